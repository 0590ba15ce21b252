"""What left a scheme and on which ground, concerns for somebody who has not asked, and referrals to other help."""

from alembic import op

from migrations import fences

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_OF_SCHEME = """scheme uuid not null, jurisdiction text collate "C" not null, prison text collate "C" not null,
    organisation text collate "C" not null, closed boolean not null,"""
_TOLD_TO = (
    "'EMERGENCY_SERVICES', 'SOCIAL_SERVICES', 'POLICE', 'COURT', 'PARTNER', 'PRISON_STAFF', 'HEALTHCARE',"
    " 'SAFER_CUSTODY'"
)
_BASIS = (
    "'CONSENT', 'VITAL_INTERESTS', 'CHILD_PROTECTION', 'ADULT_SAFEGUARDING', 'TERRORISM', 'COURT_ORDER',"
    " 'POLICE_INVESTIGATION', 'ESCAPE_OR_SECURITY', 'ABUSE_OF_SERVICE', 'SERIOUS_CRIME_PREVENTION'"
)
_SHARED = (
    "'THAT_SOMEBODY_IS_IN_DANGER', 'WHERE_TO_COME', 'WHO_IT_IS', 'WHAT_WAS_TAKEN_OR_DONE', 'WHO_IS_AT_RISK',"
    " 'WHAT_IS_PLANNED', 'WHAT_THE_ORDER_NAMES'"
)
_TO = (
    "'KEY_WORKER', 'HEALTHCARE', 'MENTAL_HEALTH_TEAM', 'SUBSTANCE_MISUSE_TEAM', 'SAFER_CUSTODY_TEAM', 'CHAPLAINCY',"
    " 'EDUCATION_PROVIDER', 'RESETTLEMENT_TEAM', 'ANOTHER_SCHEME'"
)
_WORRIED = "'FAMILY_CONCERN', 'STAFF_CONCERN', 'HEALTHCARE_CONCERN', 'CHAPLAIN_CONCERN', 'KEY_WORKER_CONCERN'"


def upgrade() -> None:
    _table(
        "escalation",
        f"""{_OF_SCHEME}
        month date not null, told_on date, late boolean not null, basis text collate "C" not null,
        ground bytea, list_number integer, decided_by text collate "C" not null,
        consent text collate "C" not null, shared text[] collate "C" not null, told_to text collate "C" not null,
        how text collate "C" not null, person_told text collate "C" not null, not_told_for text collate "C",
        outcome text collate "C" not null, author uuid not null
        """,
        f"basis_known check (basis in ({_BASIS}))",
        "decided_by_known check (decided_by in ('PARTNER', 'PRISON', 'THE_LAW'))",
        "consent_known check (consent in ('GIVEN', 'REFUSED', 'NOT_ASKED', 'NOT_POSSIBLE'))",
        f"shared_known check (shared <@ array[{_SHARED}]::text[])",
        f"told_to_known check (told_to in ({_TOLD_TO}))",
        "how_known check (how in ('VOICE_OR_BELL', 'RADIO', 'PHONE', 'IN_PERSON', 'IN_WRITING'))",
        "person_told_known check (person_told in ('BEFORE', 'AFTER', 'NOT_TOLD'))",
        """not_told_for_known check (not_told_for in ('COULD_NOT_UNDERSTAND', 'NO_TIME', 'DANGER_TO_SOMEBODY',
            'THE_LAW_FORBIDS_IT', 'COULD_NOT_BE_REACHED'))""",
        "outcome_known check (outcome in ('HELP_CAME', 'TAKEN_OVER', 'NOT_NEEDED', 'NOT_KNOWN'))",
        "of_a_month check (extract(day from month) = 1)",
        "closed_keeps_no_day check (not closed or told_on is null)",
        "a_ground_is_of_a_list check ((ground is null) = (list_number is null))",
        "a_reason_goes_with_not_before check ((person_told = 'BEFORE') = (not_told_for is null))",
        "something_was_shared check (cardinality(shared) > 0)",
    )
    op.execute("create index escalation_by_scheme on escalation (prison, scheme, id)")
    _table(
        "concern",
        """jurisdiction text collate "C" not null, prison text collate "C" not null, closed boolean not null,
        offer bytea not null, who text collate "C" not null, whom bytea not null, cell bytea,
        readable_until timestamptz not null, seen_to boolean not null
        """,
        f"who_known check (who in ({_WORRIED}))",
        "always_closed check (closed)",
    )
    op.execute("create index concern_by_end on concern (readable_until, id)")
    _table(
        "referral",
        f"""{_OF_SCHEME}
        enrolment uuid not null, person uuid not null, referred_to text collate "C" not null,
        agreed_on date not null, state text collate "C" not null, answered_on date, author uuid not null
        """,
        f"referred_to_known check (referred_to in ({_TO}))",
        "state_known check (state in ('MADE', 'ACCEPTED', 'DECLINED', 'TAKEN_BACK'))",
        "answered_says_when check ((state = 'MADE') = (answered_on is null))",
        "never_closed check (not closed)",
    )
    op.execute("create index referral_by_scheme on referral (prison, scheme, id)")
    op.execute("create index referral_by_person on referral (person, id)")
    for table in ("escalation", "concern", "referral"):
        # That something of it is there tells that somebody took part.
        for statement in fences.fenced(table, fences.of_prison(participation=True)):
            op.execute(statement)


def downgrade() -> None:
    op.execute("drop table escalation, concern, referral")


def _table(table: str, columns: str, *truths: str) -> None:
    checks = "".join(f", constraint {table}_{truth}" for truth in ("version_counts check (version >= 1)", *truths))
    op.execute(
        f"""
        create table {table} (
            id uuid not null,
            version integer not null,
            {columns},
            constraint {table}_pkey primary key (id)
            {checks}
        )
        """
    )
