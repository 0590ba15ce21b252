"""Who wrote a proposal down; and what is told outside the prison of an objective and of how a scheme stands."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table proposal add column proposed_by uuid")


def downgrade() -> None:
    op.execute("alter table proposal drop column proposed_by")
