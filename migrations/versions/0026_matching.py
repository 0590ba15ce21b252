"""Whom a recipient would not have, and who said that it may be offered while nobody can say who is kept apart."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default fills the rows that are there, of which nobody said any such thing; what is new says it.
    op.execute("alter table request add column not_wanted uuid[] not null default '{}', add column cleared_by uuid")
    op.execute("alter table request alter column not_wanted drop default")


def downgrade() -> None:
    op.execute("alter table request drop column not_wanted, drop column cleared_by")
