"""Watches of the board (rule 29)."""

from alembic import op

from migrations import fences

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table watch (
            id uuid not null,
            version integer not null,
            author uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            opened_at timestamptz not null,
            ends_at timestamptz not null,
            closed_at timestamptz,
            constraint watch_pkey primary key (id),
            constraint watch_version_counts check (version >= 1)
        )
        """
    )
    op.execute("create index watch_by_prison on watch (prison, id)")
    op.execute("create index watch_open on watch (ends_at) where closed_at is null")
    for statement in fences.fenced("watch", fences.of_prison()):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table watch")
