"""Tokens that end before their time: by sign-out, or by a lock-out of somebody whose device is in other hands."""

from alembic import op

from migrations import fences

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table tokens_ended (
            id uuid not null,
            version integer not null,
            ended_at timestamptz not null,
            issued_before timestamptz,
            until timestamptz not null,
            constraint tokens_ended_pkey primary key (id),
            constraint tokens_ended_version_counts check (version >= 1)
        )
        """
    )
    op.execute("create index tokens_ended_by_time on tokens_ended (ended_at, id)")
    op.execute("create index tokens_ended_until on tokens_ended (until, id)")
    for statement in fences.fenced("tokens_ended", fences.PRISONS + " is not null"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table tokens_ended")
