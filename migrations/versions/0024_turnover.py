"""Holds on the transfer of supporters, what they take with them, and their pay; jobs about a whole jurisdiction."""

from alembic import op

from migrations import fences
from migrations.of_scheme import register

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _jobs()
    _holds()
    _carried()
    _pay()


def downgrade() -> None:
    op.execute("drop table transfer_hold, passport, reference, self_rating, pay_entry, pay_rate, comparison_job")
    op.execute("lock table job in access exclusive mode")
    op.execute("alter table job disable trigger job_entry_required")
    op.execute("select set_config('peer_support.prisons', '*', true)")
    # What an older release does not know is gone: nobody else may read such a job, and its maker may start it again.
    op.execute("delete from job where prison is null or kind = 'TURNOVER'")
    op.execute("select set_config('peer_support.prisons', '', true)")
    op.execute("alter table job enable trigger job_entry_required")
    op.execute("alter table job drop constraint job_kind_known")
    op.execute("alter table job add constraint job_kind_known check (kind in ('SCHEME_SUMMARY'))")
    op.execute("alter table job alter column prison set not null")


def _jobs() -> None:
    op.execute("alter table job alter column prison drop not null")
    op.execute("alter table job drop constraint job_kind_known")
    op.execute("alter table job add constraint job_kind_known check (kind in ('SCHEME_SUMMARY', 'TURNOVER'))")


def _holds() -> None:
    register(
        "transfer_hold",
        """
        supporter uuid not null, person uuid not null, reason text collate "C" not null, until date not null,
        state text collate "C" not null, asked_by uuid not null, asked_on date not null, decided_by uuid,
        decided_on date, refused_for text collate "C", ended_on date, outcome text collate "C"
        """,
        "reason_known check (reason in ('TRAINING', 'COVER'))",
        "state_known check (state in ('ASKED', 'GRANTED', 'REFUSED', 'WITHDRAWN', 'ENDED'))",
        """refused_for_known check (refused_for in ('POPULATION_PRESSURE', 'SECURITY', 'PROGRESSION', 'HIS_OWN_WISH',
            'OTHER_HOLD_STANDS'))""",
        "outcome_known check (outcome in ('HELD', 'MOVED_ANYWAY', 'ENDED'))",
        "refused_says_why check ((state = 'REFUSED') = (refused_for is not null))",
        "decided_is_whole check ((decided_by is null) = (decided_on is null))",
        "granted_was_decided check (state not in ('GRANTED', 'REFUSED') or decided_on is not null)",
        "ended_says_how check ((state = 'ENDED') = (outcome is not null))",
        "not_decided_by_who_asked check (decided_by <> asked_by)",
    )


_STRENGTHS = """'RELIABLE', 'PUNCTUAL', 'LISTENS_WELL', 'KEEPS_CONFIDENCES', 'EXPLAINS_CLEARLY', 'PATIENT',
    'WORKS_IN_A_TEAM', 'WORKS_ON_HIS_OWN', 'TRAINED_OTHERS', 'KEPT_RECORDS', 'SPEAKS_SEVERAL_LANGUAGES'"""


def _carried() -> None:
    register(
        "passport",
        """
        supporter uuid not null, person uuid not null, name bytea not null, kind text collate "C" not null,
        certificate text collate "C", certified_on date, certificate_expires_on date,
        modules text[] collate "C" not null, signed_off text[] collate "C" not null,
        served_from date not null, served_until date,
        valid_until date not null, state text collate "C" not null, consented_on date not null, withdrawn_on date,
        verified_on date, taken_on date
        """,
        "state_known check (state in ('ISSUED', 'WITHDRAWN'))",
        "signed_off_known check (signed_off <@ array['COMMUNICATION', 'PROBLEM_SOLVING', 'SPECIFIC_NEED']::text[])",
        "withdrawn_says_when check ((state = 'WITHDRAWN') = (withdrawn_on is not null))",
        "months_in_order check (served_from <= served_until)",
    )
    register(
        "reference",
        """
        supporter uuid not null, person uuid not null, name bytea not null, kind text collate "C" not null,
        strengths text[] collate "C" not null, served_from date not null, served_until date,
        written_by uuid not null, written_on date not null, state text collate "C" not null, answered_on date
        """,
        f"strengths_known check (strengths <@ array[{_STRENGTHS}]::text[])",
        "state_known check (state in ('WRITTEN', 'SIGNED', 'DECLINED'))",
        "answered_says_when check ((state = 'WRITTEN') = (answered_on is null))",
        "months_in_order check (served_from <= served_until)",
    )
    register(
        "self_rating",
        """
        supporter uuid not null, person uuid not null, moment text collate "C" not null, identity integer not null,
        confidence integer not null, employability integer not null, rated_on date not null
        """,
        "moment_known check (moment in ('BEFORE', 'AFTER'))",
        "scales_of_ten check (identity between 0 and 10 and confidence between 0 and 10)",
        "employability_of_ten check (employability between 0 and 10)",
    )
    op.execute("create unique index self_rating_once_before on self_rating (supporter) where moment = 'BEFORE'")


def _pay() -> None:
    register(
        "pay_entry",
        """
        supporter uuid not null, person uuid not null, week_of date not null, band text collate "C" not null,
        half_days integer not null, full_days integer not null, money_minor_units integer not null,
        entered_by uuid not null
        """,
        "week_begins_on_monday check (extract(isodow from week_of) = 1)",
        "days_of_a_week check (half_days >= 0 and full_days >= 0 and half_days + 2 * full_days between 1 and 14)",
        "amount_is_none_s_debt check (money_minor_units >= 0)",
    )
    op.execute("create unique index pay_entry_once_a_week on pay_entry (supporter, week_of)")
    _of_prison(
        "pay_rate",
        """
        band text collate "C" not null, money_minor_units_half_day integer not null,
        money_minor_units_full_day integer not null, valid_from date not null, valid_until date
        """,
        "begins_on_monday check (extract(isodow from valid_from) = 1)",
        "ends_on_sunday check (extract(isodow from valid_until) = 7 and valid_until > valid_from)",
        "amounts_are_none_s_debt check (money_minor_units_half_day >= 0 and money_minor_units_full_day >= 0)",
    )
    op.execute("create index pay_rate_by_prison on pay_rate (prison, band, id)")
    _of_prison(
        "comparison_job",
        """
        job text collate "C" not null, band text collate "C" not null, half_days integer not null,
        money_minor_units integer not null, places integer not null, in_use boolean not null
        """,
        "days_of_a_week check (half_days between 0 and 14)",
        "somebody_has_it check (places >= 1)",
    )
    op.execute("create index comparison_job_by_prison on comparison_job (prison, id)")


def _of_prison(table: str, columns: str, *truths: str) -> None:
    """A table of what is a prison's, and of no scheme."""
    checks = "".join(f", constraint {table}_{truth}" for truth in ("version_counts check (version >= 1)", *truths))
    op.execute(
        f"""
        create table {table} (
            id uuid not null,
            version integer not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            {columns},
            constraint {table}_pkey primary key (id)
            {checks}
        )
        """
    )
    for statement in fences.fenced(table, fences.of_prison()):
        op.execute(statement)
