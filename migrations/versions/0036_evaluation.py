"""Evaluations of schemes, what people answered for them, what was told of them, and the job that reports."""

from alembic import op

from migrations import fences
from migrations.fences import unfenced
from migrations.of_scheme import register

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_DESIGNS = "'SINGLE_GROUP', 'WAIT_LIST', 'STEPPED_ROLL_OUT', 'MATCHED_WING', 'BEFORE_AFTER_SERIES'"
_ABANDONED = "'TOO_FEW_PEOPLE', 'SCHEME_CHANGED', 'SCHEME_CLOSED', 'NO_RESOURCES', 'WOULD_HARM', 'PLANNED_IN_ERROR'"
_MODES = "'ON_PAPER', 'ON_SCREEN', 'READ_OUT_BY_STAFF', 'READ_OUT_BY_PARTNER', 'WITH_INTERPRETER'"


def upgrade() -> None:
    register(
        "evaluation",
        """
        title text collate "C" not null, question text collate "C" not null, design text collate "C" not null,
        outcome text collate "C" not null, further text[] collate "C" not null, wanted integer not null,
        starts_on date not null, running_weeks integer not null, analysis_on date not null,
        missing_as text collate "C" not null, collected_by text collate "C" not null,
        consent_version integer not null, compared_with text collate "C", reached text[] collate "C" not null,
        reached_on date[] not null, risk_lead uuid, approached integer not null, refused integer not null,
        harms integer, prisoner_days integer, planned_by uuid, state text collate "C" not null, registered_on date,
        ended_on date, conclusion text collate "C", abandoned_for text collate "C"
        """,
        f"design_known check (design in ({_DESIGNS}))",
        "missing_as_known check (missing_as in ('LEFT_OUT', 'AS_BEFORE'))",
        "collected_by_known check (collected_by in ('SCHEME', 'PARTNER', 'INDEPENDENT'))",
        "state_known check (state in ('DRAFT', 'REGISTERED', 'CONCLUDED', 'ABANDONED'))",
        f"abandoned_for_known check (abandoned_for in ({_ABANDONED}))",
        "drafts_are_not_registered check (state in ('DRAFT', 'ABANDONED') or registered_on is not null)",
        "ends_with_its_state check ((state in ('CONCLUDED', 'ABANDONED')) = (ended_on is not null))",
        "a_reason_goes_with_giving_up check ((state = 'ABANDONED') = (abandoned_for is not null))",
        "no_more_refuse_than_are_asked check (refused between 0 and approached)",
        "each_wing_has_its_day check (cardinality(reached) = cardinality(reached_on))",
    )
    _measurement()
    _report()
    op.execute("alter table job drop constraint job_kind_known")
    op.execute(
        "alter table job add constraint job_kind_known check"
        " (kind in ('SCHEME_SUMMARY', 'TURNOVER', 'ROTA', 'EVALUATION'))"
    )


def _measurement() -> None:
    op.execute(
        f"""
        create table measurement (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            closed boolean not null,
            evaluation uuid not null,
            enrolment uuid not null,
            person uuid not null,
            instrument text collate "C" not null,
            instrument_version integer not null,
            point text collate "C" not null,
            taken_on date not null,
            enrolled_on date not null,
            compared boolean not null,
            mode text collate "C",
            consent_version integer not null,
            answers integer[] not null,
            missed text collate "C",
            risk_told_on date,
            author uuid,
            constraint measurement_pkey primary key (id),
            constraint measurement_version_counts check (version >= 1),
            constraint measurement_point_known check (point in ('BASELINE', 'MIDWAY', 'END', 'FOLLOW_UP')),
            constraint measurement_mode_known check (mode in ({_MODES})),
            constraint measurement_missed_known check (missed in ('COURT', 'REFUSED', 'LOST')),
            constraint measurement_never_closed check (not closed),
            constraint measurement_answers_or_a_reason check ((cardinality(answers) = 0) = (missed is not null)),
            constraint measurement_how_goes_with_answers check ((missed is null) = (mode is not null))
        )
        """
    )
    op.execute("create index measurement_by_scheme on measurement (prison, scheme, id)")
    op.execute("create index measurement_by_enrolment on measurement (enrolment)")
    op.execute("create index measurement_by_person on measurement (person)")
    op.execute("create index measurement_by_evaluation on measurement (prison, evaluation, id)")
    # That it is there tells that somebody took part.
    for statement in fences.fenced("measurement", fences.of_prison(participation=True)):
        op.execute(statement)


def _report() -> None:
    op.execute(
        """
        create table month_report (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            evaluation uuid not null,
            month date not null,
            made_on date not null,
            told jsonb not null,
            kept bytea not null,
            constraint month_report_pkey primary key (id),
            constraint month_report_version_counts check (version >= 1),
            constraint month_report_month_is_its_first check (extract(day from month) = 1),
            constraint month_report_counted_when_over check (made_on > month)
        )
        """
    )
    op.execute("create index month_report_by_scheme on month_report (prison, scheme, id)")
    op.execute("create unique index month_report_once on month_report (evaluation, month)")
    # What was counted of people is behind it.
    for statement in fences.fenced("month_report", fences.of_prison(participation=True)):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table month_report, measurement, evaluation")
    with unfenced("job"):
        op.execute("delete from job where kind = 'EVALUATION'")
    op.execute("alter table job drop constraint job_kind_known")
    op.execute("alter table job add constraint job_kind_known check (kind in ('SCHEME_SUMMARY', 'TURNOVER', 'ROTA'))")
