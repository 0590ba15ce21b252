"""The registers of schemes."""

from alembic import op

from migrations import fences

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES = ("contingency_plan", "activation", "log_entry", "risk", "action", "service_time", "meeting_place", "outage")
_TRIGGERS = """'LOCKDOWN', 'STAFF_SHORTAGE', 'LOSS_OF_SUPPORTERS', 'OUTBREAK', 'DEATH_IN_CUSTODY',
    'PARTNER_UNAVAILABLE', 'SUITE_OUT_OF_USE', 'SYSTEMS_DOWN'"""
_TELL = """'ORDERLY_OFFICER', 'WING_STAFF', 'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'PARTNER', 'HEALTHCARE',
    'CHAPLAINCY', 'MONITORING_BOARD', 'SUPPORTERS', 'PEOPLE_IN_CUSTODY'"""


def upgrade() -> None:
    _contingency()
    _risks()
    _times()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.execute(f"drop table {table}")


def _register(table: str, columns: str, *truths: str) -> None:
    """A table of records of a scheme: what all have, its own columns, its own checks (name and condition)."""
    checks = "".join(f", constraint {table}_{truth}" for truth in ("version_counts check (version >= 1)", *truths))
    op.execute(
        f"""
        create table {table} (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            {columns},
            constraint {table}_pkey primary key (id)
            {checks}
        )
        """
    )
    op.execute(f"create index {table}_by_scheme on {table} (prison, scheme, id)")
    for statement in fences.fenced(table, fences.of_prison()):
        op.execute(statement)


def _contingency() -> None:
    _register(
        "contingency_plan",
        """
        trigger text collate "C" not null,
        cover text[] collate "C" not null,
        cover_in_words text collate "C",
        tell text[] collate "C" not null,
        review_on date not null,
        in_force boolean not null,
        activation uuid
        """,
        f"trigger_known check (trigger in ({_TRIGGERS}))",
        """cover_known check (cover <@ array['SAMARITANS_PHONE', 'IN_CELL_PHONE', 'AT_THE_DOOR',
            'SUPPORTERS_OF_ANOTHER_WING', 'SUPPORTERS_OF_ANOTHER_PRISON', 'PARTNER_VISITS', 'CHAPLAINCY', 'STAFF',
            'PRINTED_MATERIAL', 'ANOTHER_ROOM', 'POSTPONED']::text[])""",
        f"tell_known check (tell <@ array[{_TELL}]::text[])",
    )
    _register(
        "activation",
        """
        plan uuid not null,
        trigger text collate "C" not null,
        state text collate "C" not null,
        why text collate "C" not null,
        started_at timestamptz not null,
        started_by uuid not null,
        to_tell text[] collate "C" not null,
        told text[] collate "C" not null,
        log_entries integer not null,
        ended_at timestamptz,
        ended_by uuid,
        untold_because text collate "C",
        review_on date,
        reviewed_on date,
        learned text collate "C",
        learned_in_words text collate "C"
        """,
        f"trigger_known check (trigger in ({_TRIGGERS}))",
        "state_known check (state in ('ACTIVE', 'ENDED', 'REVIEWED'))",
        "why_known check (why in ('TRIGGER_MET', 'PRECAUTION', 'EXERCISE'))",
        f"to_tell_known check (to_tell <@ array[{_TELL}]::text[])",
        f"told_known check (told <@ array[{_TELL}]::text[])",
        """untold_because_known check (untold_because in ('OVER_BEFORE_THEY_COULD_BE', 'NOT_CONCERNED',
            'COULD_NOT_BE_REACHED', 'EXERCISE_ONLY'))""",
        """learned_known check (learned in ('PLAN_WORKED', 'PLAN_TO_BE_CHANGED', 'PLAN_NOT_FOLLOWED',
            'NOT_NEEDED'))""",
    )
    _register(
        "log_entry",
        """
        activation uuid not null,
        at timestamptz not null,
        code text collate "C" not null,
        told text collate "C",
        words text collate "C",
        author uuid not null
        """,
        """code_known check (code in ('TOLD', 'COVER_STARTED', 'COVER_FAILED', 'COVER_CHANGED',
            'SUPPORTERS_STOOD_DOWN', 'SUPPORTERS_BACK', 'DECISION', 'NOTE'))""",
        f"told_known check (told in ({_TELL}))",
    )
    op.execute("create index log_entry_by_time on log_entry (prison, scheme, at, id)")


_ANSWERABLE = """'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB', 'SECURITY', 'HEALTHCARE', 'CHAPLAINCY',
    'EDUCATION', 'WING_STAFF', 'PARTNER', 'SUPPORTERS'"""


def _risks() -> None:
    _register(
        "risk",
        """
        risk text collate "C" not null,
        in_words text collate "C",
        state text collate "C" not null,
        likelihood integer,
        impact integer,
        owner text collate "C",
        assessed_on date,
        review_on date,
        settled_because text collate "C"
        """,
        """risk_known check (risk in ('ATTITUDE_USERS', 'ATTITUDE_PEERS', 'CONFIDENTIALITY',
            'PREFERENTIAL_TREATMENT', 'COERCION', 'OVERLOAD', 'STAFF_BUY_IN', 'CHURN', 'OTHER'))""",
        "state_known check (state in ('NOT_ASSESSED', 'OPEN', 'ACCEPTED', 'CLOSED'))",
        f"owner_known check (owner in ({_ANSWERABLE}))",
        "likelihood_of_five check (likelihood between 1 and 5)",
        "impact_of_five check (impact between 1 and 5)",
    )
    _register(
        "action",
        """
        about text collate "C" not null,
        which uuid not null,
        what text collate "C" not null,
        owner text collate "C" not null,
        due_on date not null,
        done_on date,
        outcome text collate "C"
        """,
        """about_known check (about in ('RISK', 'CONTINGENCY_PLAN', 'ACTIVATION', 'CHECK', 'STAKEHOLDER', 'MEETING',
            'PROPOSAL'))""",
        f"owner_known check (owner in ({_ANSWERABLE}))",
        "outcome_known check (outcome in ('DONE', 'PARTLY_DONE', 'NOT_POSSIBLE', 'NO_LONGER_NEEDED'))",
    )
    op.execute("create index action_by_day on action (prison, scheme, due_on, id)")


_OUT_OF_USE = """'DAMAGE', 'LIGATURE_RISK', 'USED_AS_CELL', 'USED_FOR_SOMETHING_ELSE', 'NO_STAFF_TO_SUPERVISE',
    'INFECTION_CONTROL', 'NOT_PRIVATE'"""


def _times() -> None:
    clock = "'^([01][0-9]|2[0-3]):[0-5][0-9]$'"
    _register(
        "service_time",
        """
        weekday text collate "C" not null,
        band text collate "C" not null,
        starts text collate "C" not null,
        ends text collate "C" not null,
        valid_from date not null,
        valid_until date,
        place uuid
        """,
        """weekday_known check (weekday in ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY',
            'SUNDAY'))""",
        "band_known check (band in ('AM', 'LUNCH_LOCKUP', 'PM', 'ED', 'NIGHT'))",
        f"starts_by_clock check (starts ~ {clock})",
        f"ends_by_clock check (ends ~ {clock})",
        "days_in_order check (valid_from <= valid_until)",
    )
    _register(
        "meeting_place",
        """
        kind text collate "C" not null,
        name text collate "C" not null,
        wing text collate "C",
        out_of_use_since date,
        out_of_use_for text collate "C",
        outage uuid
        """,
        "kind_known check (kind in ('LISTENER_SUITE', 'ROOM', 'CELL_VISIT', 'AT_THE_DOOR', 'PHONE', 'OUTDOORS'))",
        f"out_of_use_for_known check (out_of_use_for in ({_OUT_OF_USE}))",
    )
    _register(
        "outage",
        """
        place uuid not null,
        reason text collate "C" not null,
        since date not null,
        until date
        """,
        f"reason_known check (reason in ({_OUT_OF_USE}))",
    )
    op.execute("create index outage_by_day on outage (prison, scheme, since, id)")
