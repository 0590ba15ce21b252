"""What stays of closed-policy requests: conduct in the open, and sealed envelopes."""

from alembic import op

from migrations import fences

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _table(
        "conduct",
        """
        wing text collate "C" not null, at timestamptz not null, ended text collate "C" not null, code text
        collate "C", late boolean not null, coded_by uuid, noted_by uuid, cleared_by uuid,
        goes_up boolean not null,
        review text collate "C" not null, verdict text collate "C", reviewed_by uuid, reviewed_on date
        """,
        "ended_known check (ended in ('REFUSED', 'WITHDRAWN', 'EXPIRED'))",
        """code_known check (code in ('NO_PEER_AVAILABLE', 'NO_STAFF_TO_UNLOCK', 'NIGHT_STATE',
            'SUITE_OUT_OF_USE', 'NO_PRIVATE_SPACE', 'REGIME_CURTAILED', 'LOCKDOWN_INCIDENT',
            'INFECTION_CONTROL', 'IT_FAILURE', 'RECIPIENT_RISK_TO_PEER', 'PEER_UNSUITABLE', 'NON_ASSOCIATION',
            'SECURITY_RESTRICTION', 'SEGREGATION_DECISION', 'HEALTHCARE_ADVICE', 'WITHDRAWN_CLAIMED',
            'ASLEEP_CLAIMED', 'DECLINED_CLAIMED', 'MOVED', 'STAFF_DISCRETION', 'NOT_PASSED_ON',
            'DENIED_AS_PUNISHMENT', 'TOLD_TO_WAIT_UNTIL_MORNING', 'OTHER_ASK_ME'))""",
        "review_known check (review in ('NOT_NEEDED', 'WAITING', 'REVIEWED'))",
        "verdict_known check (verdict in ('IT_WAS_SO', 'IT_WAS_NOT_SO', 'CANNOT_BE_TOLD'))",
        "no_free_text check (char_length(wing) <= 40)",
        "who_decided_gave_a_code check (coded_by is null or code is not null)",
        "expired_says_no_code check ((ended = 'EXPIRED') = (code is null))",
        "reviewed_says_what check ((review = 'REVIEWED') = (verdict is not null))",
        "reviewed_says_by_whom check ((verdict is null) = (reviewed_by is null))",
        "reviewed_says_when check ((verdict is null) = (reviewed_on is null))",
        "two_people check (reviewed_by is null or reviewed_by <> coded_by)",
    )
    op.execute("create index conduct_by_day on conduct (prison, at, id)")
    _table("envelope", "day date not null, delete_on date not null, sealed bytea not null")
    op.execute("create index envelope_by_day on envelope (prison, day, id)")
    op.execute("create index envelope_by_end on envelope (delete_on, id)")
    for statement in fences.fenced("conduct", fences.of_prison()):
        op.execute(statement)
    # That somebody asked, on which day: as for the request itself, only where the scope says so.
    for statement in fences.fenced("envelope", fences.of_prison(participation=True)):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table conduct, envelope")


def _table(table: str, columns: str, *truths: str) -> None:
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
