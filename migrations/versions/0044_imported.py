"""Supporters who came with a scheme that had run before."""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table supporter add column imported_on date")


def downgrade() -> None:
    op.execute("alter table supporter drop column imported_on")
