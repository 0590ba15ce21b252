"""The registers of schemes."""

from alembic import op

from migrations import fences

revision = "0012"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLES = ("contingency_plan", "activation", "log_entry")
_TRIGGERS = """'LOCKDOWN', 'STAFF_SHORTAGE', 'LOSS_OF_SUPPORTERS', 'OUTBREAK', 'DEATH_IN_CUSTODY',
    'PARTNER_UNAVAILABLE', 'SUITE_OUT_OF_USE', 'SYSTEMS_DOWN'"""
_TELL = """'ORDERLY_OFFICER', 'WING_STAFF', 'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'PARTNER', 'HEALTHCARE',
    'CHAPLAINCY', 'MONITORING_BOARD', 'SUPPORTERS', 'PEOPLE_IN_CUSTODY'"""


def upgrade() -> None:
    _contingency()


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
