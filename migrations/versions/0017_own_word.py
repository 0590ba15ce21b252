"""Whose word a kind is: the partner that it names, and the lead of it who confirmed what is said in its name."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column's type is changed to itself with the values: that rewrites the table and fires no row's trigger (0009).
    op.execute('alter table scheme_kind add column organisation text collate "C", add column confirmed_by uuid')
    op.execute("""alter table scheme_kind alter column organisation type text collate "C" using sheet ->> 'partner'""")
    op.execute("alter table scheme_kind alter column organisation set not null")
    op.execute(
        "alter table scheme_kind add constraint scheme_kind_another_confirmed"
        " check (confirmed_by is null or confirmed_by <> made_by)"
    )


def downgrade() -> None:
    op.execute("alter table scheme_kind drop column organisation, drop column confirmed_by")
