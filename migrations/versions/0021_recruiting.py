"""Recruiting supporters: vacancies, applications, panels, clearances, assessments; and two more standings."""

from alembic import op

from migrations.fences import unfenced
from migrations.of_scheme import register

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_BEFORE = "'APPLIED', 'REJECTED', 'ACCEPTED', 'IN_TRAINING', 'PROBATION', 'ACTIVE', 'PAUSED', 'STOOD_DOWN'"
_QUESTIONS = """'WHY_THIS_ROLE', 'HELPING_SOMEBODY', 'KEEPING_A_BOUNDARY', 'LOOKING_AFTER_YOURSELF',
    'WORKING_WITH_STAFF', 'HEARING_DISTRESS', 'KEEPING_CONFIDENCE', 'EXPLAINING_PLAINLY', 'PATIENCE_WITH_A_LEARNER',
    'SPEAKING_FOR_OTHERS', 'CALMING_A_QUARREL', 'BEING_RELIED_ON'"""


def upgrade() -> None:
    _standings(f"{_BEFORE}, 'DEFERRED', 'WAITING'", "standing in ('APPLIED', 'DEFERRED', 'WAITING')")
    op.execute(
        """
        alter table supporter
            add column appeal text collate "C",
            add constraint supporter_appeal_known check (appeal in ('LODGED', 'UPHELD', 'DISMISSED'))
        """
    )
    _vacancies()
    _applications()
    _suitability()


def downgrade() -> None:
    """Downwards, who waits or was put off has applied."""
    op.execute("drop table vacancy, application, panel_score, clearance, assessment")
    with unfenced("supporter"):
        op.execute("update supporter set standing = 'APPLIED' where standing in ('DEFERRED', 'WAITING')")
    op.execute("alter table supporter drop column appeal")
    _standings(_BEFORE, "standing = 'APPLIED'")


def _standings(known: str, applying: str) -> None:
    op.execute("alter table supporter drop constraint supporter_standing_known")
    op.execute(f"alter table supporter add constraint supporter_standing_known check (standing in ({known}))")
    op.execute("drop index supporter_one_open_application")
    op.execute(f"create unique index supporter_one_open_application on supporter (scheme, person) where {applying}")


def _vacancies() -> None:
    register(
        "vacancy",
        """
        kind text collate "C" not null, state text collate "C" not null, places integer not null,
        filled integer not null, closes_on date not null, waiting_list boolean not null, adverts json not null,
        questions text[] collate "C" not null, own_questions text[] collate "C" not null, written_by uuid not null,
        in_force_from timestamptz, in_force_until timestamptz
        """,
        "state_known check (state in ('DRAFT', 'PUBLISHED', 'CLOSED', 'WITHDRAWN'))",
        f"questions_known check (questions <@ array[{_QUESTIONS}]::text[])",
        "places_count check (places between 1 and 100 and filled between 0 and places)",
        "published_from check (state not in ('PUBLISHED', 'CLOSED') or in_force_from is not null)",
        "withdrawn_is_taken_down check ((state = 'WITHDRAWN') = (in_force_until is not null))",
        by="closes_on",
    )


def _applications() -> None:
    register(
        "application",
        """
        supporter uuid not null, person uuid not null, vacancy uuid, applied_on date not null,
        consent_text text collate "C", entered_by uuid, helped_by text collate "C", panel integer not null,
        panel_of_partner integer not null, totals json not null, score integer, decided_by uuid[] not null,
        decided_on date, staff_reason text collate "C", deferred_for text collate "C", review_on date,
        waiting boolean not null, turn text collate "C", called_for text collate "C", appealed_on date,
        appeal_decided_by uuid
        """,
        "consent_text_known check (consent_text in ('V1'))",
        """helped_by_known check (helped_by in ('COORDINATOR', 'WING_STAFF', 'SUPPORTER', 'PARTNER', 'EDUCATION',
            'CHAPLAINCY', 'OTHER'))""",
        """staff_reason_known check (staff_reason in ('CLEARANCE', 'RISK_TO_OTHERS', 'RISK_TO_HIMSELF',
            'UNDER_PRESSURE', 'CONFLICT_ON_WING', 'MOVE_PLANNED', 'SCORED_TOO_LOW', 'AS_TOLD'))""",
        """deferred_for_known check (deferred_for in ('TIME_TO_SETTLE', 'REVIEW_UNDER_WAY', 'HEALTH', 'NEXT_COURSE',
            'OWN_WISH'))""",
        """called_for_known check (called_for in ('WING_WITHOUT_SUPPORTER', 'LANGUAGE_NEEDED',
            'FIRST_NOT_AVAILABLE'))""",
        "waiting_has_a_turn check (waiting = (turn is not null))",
        "appeal_decided check (appeal_decided_by is null or appealed_on is not null)",
        by="applied_on",
    )
    op.execute("create unique index application_one_a_supporter on application (supporter)")
    op.execute("create index application_by_turn on application (scheme, turn, id) where waiting")
    op.execute("create index application_by_person on application (person)")
    register(
        "panel_score",
        """
        supporter uuid not null, person uuid not null, author uuid not null, side text collate "C" not null,
        scores json not null, given_on date not null
        """,
        "side_known check (side in ('PRISON', 'PARTNER'))",
    )
    op.execute("create unique index panel_score_once on panel_score (supporter, author)")


def _suitability() -> None:
    register(
        "clearance",
        """
        supporter uuid not null, person uuid not null, outcome text collate "C" not null, decided_on date not null,
        expires_on date, decided_by uuid not null, current boolean not null, lapsed_on date
        """,
        "outcome_known check (outcome in ('CLEARED', 'NOT_CLEARED', 'PENDING'))",
        "cleared_has_an_end check ((outcome = 'CLEARED') = (expires_on is not null))",
        by="expires_on",
    )
    op.execute("create unique index clearance_one_counts on clearance (supporter) where current")
    register(
        "assessment",
        """
        supporter uuid not null, person uuid not null, kind text collate "C" not null, kind_version integer,
        rule_version text collate "C" not null, made_at timestamptz not null, made_by uuid not null,
        valid_until date not null, source_known boolean not null, results json not null, snapshot json not null,
        overrides json not null
        """,
    )
    op.execute("create index assessment_by_supporter on assessment (supporter)")
