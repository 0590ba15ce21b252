"""Ledger lines on closed-policy participation are read once the hour, or the day, that they tell is over (rule 4)."""

from alembic import op

from migrations import fences

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The lines that are there are from before, so they may be read at once; of a new one the ledger says from when.
    op.execute("alter table ledger add column readable_from timestamptz not null default 'epoch'")
    op.execute("alter table ledger alter column readable_from drop default")
    op.execute(f"grant insert (readable_from) on ledger to {fences.APPLICATION}")
    # The number of its transaction goes from a closed line when it may be read: of a day's nameless lines together. One
    # by one, the transaction that cleared a line would tell the ten minutes in which it was written.
    op.execute(f"grant select (readable_from) on ledger to {fences.SEALER}")
    op.execute("drop index ledger_to_clear")
    op.execute("create index ledger_to_clear on ledger (readable_from) where closed and tx is not null")


def downgrade() -> None:
    op.execute("drop index ledger_to_clear")
    op.execute("create index ledger_to_clear on ledger (at) where closed and tx is not null")
    op.execute("alter table ledger drop column readable_from")
