"""Who planned a scheme: none of them approves it. Of older plans nobody knows any more who wrote them."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table scheme add column planned_by uuid[] not null default '{}'")
    op.execute("alter table scheme alter column planned_by drop default")


def downgrade() -> None:
    op.execute("alter table scheme drop column planned_by")
