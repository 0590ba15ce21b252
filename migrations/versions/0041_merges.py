"""What the service found in the prison's data and a person must look at; and the map of merged numbers."""

from alembic import op

from migrations import fences

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _table(
        "movement_review",
        """jurisdiction text collate "C" not null, prison text collate "C" not null, scheme uuid, kind text collate
            "C" not null, asks text collate "C" not null, person uuid not null, supporter uuid, enrolment uuid,
            raised_on date not null, state text collate "C" not null, settled_as text collate "C", settled_on date,
            settled_by uuid""",
        """kind_known check (kind in ('TRANSFERRED_OUT', 'RELEASED', 'HOSPITAL', 'ARRIVED', 'NOT_IN_PRISON',
            'WHEREABOUTS_DIFFER', 'UNVERIFIED', 'MERGED', 'MERGE_DIFFERS', 'MERGE_REVERSED', 'BOOKING_MOVED',
            'NON_ASSOCIATION', 'ALERT', 'INCENTIVE'))""",
        "asks_known check (asks in ('PERSON_LEFT', 'PERSON_ARRIVED', 'CHECK_WHEREABOUTS', 'CHECK_ROLE'))",
        "state_known check (state in ('OPEN', 'SETTLED'))",
        "settled_as_known check (settled_as in ('PUT_RIGHT', 'NOTHING_TO_DO', 'NOT_SO'))",
        "of_one_role check (supporter is null or enrolment is null)",
        "settled_says_as_what check ((state = 'SETTLED') = (settled_as is not null))",
        "settled_says_when check ((state = 'SETTLED') = (settled_on is not null))",
        "settled_says_by_whom check ((state = 'SETTLED') = (settled_by is not null))",
        within=fences.of_prison(participation=True),
    )
    op.execute("create index movement_review_by_day on movement_review (prison, raised_on, id)")
    op.execute("create index movement_review_by_person on movement_review (person)")
    _table(
        "person_merge",
        """jurisdiction text collate "C" not null, prison text collate "C", removed bytea not null, removed_index
            bytea not null, survivor bytea not null, survivor_index bytea not null, occurred_at timestamptz not null,
            merged_at timestamptz not null, booking boolean not null, undo bytea, state text collate "C" not null,
            doubted_by uuid, reversed_by uuid, reversed_at timestamptz""",
        "state_known check (state in ('JOINED', 'DOUBTED', 'REVERSED'))",
        "doubted_says_by_whom check ((state = 'JOINED') = (doubted_by is null))",
        "reversed_says_by_whom check ((state = 'REVERSED') = (reversed_by is not null))",
        "reversed_says_when check ((state = 'REVERSED') = (reversed_at is not null))",
        "two_people check (reversed_by <> doubted_by)",
        "reversed_keeps_nothing check (state <> 'REVERSED' or undo is null)",
        within=fences.of_prison(),
    )
    op.execute(
        "create unique index person_merge_stands_once on person_merge (jurisdiction, removed_index)"
        " where state <> 'REVERSED' and not booking"
    )
    op.execute("create index person_merge_by_survivor on person_merge (jurisdiction, survivor_index)")
    op.execute("create index person_merge_by_prison on person_merge (prison, merged_at, id)")
    _never_twice("state = 'PLANNED'")


def downgrade() -> None:
    op.execute("drop table movement_review, person_merge")
    _never_twice("state <> 'NOT_DELIVERED'")


def _never_twice(where: str) -> None:
    """Of sessions, what may not overlap: bookings. Two men who are one may each have had one that was held."""
    op.execute("alter table session drop constraint session_nobody_double_booked")
    op.execute(
        f"""
        alter table session add constraint session_nobody_double_booked exclude using gist (
            tstzrange(starts_at, ends_at) with &&,
            uuidmultirange(uuidrange(person, person, '[]'), uuidrange(supporter_person, supporter_person, '[]'))
            with &&) where ({where})
        """
    )


def _table(table: str, columns: str, *truths: str, within: str) -> None:
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
    for statement in fences.fenced(table, within):
        op.execute(statement)
