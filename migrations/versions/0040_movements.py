"""What the prison's systems tell is taken in once; and of a person, when the last of it happened that told where he
is, and when he last left a prison."""

from alembic import op

from migrations import fences

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table person add column moved_at timestamptz, add column left_at timestamptz")
    op.execute(
        """
        create table prison_event (
            id uuid not null,
            version integer not null,
            jurisdiction text collate "C" not null,
            type text collate "C" not null,
            occurred_at timestamptz not null,
            taken_at timestamptz not null,
            followed text collate "C" not null,
            constraint prison_event_pkey primary key (id),
            constraint prison_event_version_counts check (version >= 1),
            constraint prison_event_followed_known check (followed in ('NOTHING_TO_DO', 'NOT_KNOWN', 'DONE',
                'AS_IT_WAS', 'TO_REVIEW')),
            constraint prison_event_type_is_a_name check (type ~ '^[A-Za-z0-9._-]{1,100}$')
        )
        """
    )
    op.execute("create index prison_event_by_time on prison_event (taken_at, id)")
    for statement in fences.fenced("prison_event", fences.PRISONS + " is not null"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table prison_event")
    op.execute("alter table person drop column left_at, drop column moved_at")
