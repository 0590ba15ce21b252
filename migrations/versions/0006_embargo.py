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


def downgrade() -> None:
    op.execute("alter table ledger drop column readable_from")
