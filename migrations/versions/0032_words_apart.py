"""Free text has an end of its own, before that of its record; and of what was done by somebody who had been stood down
it is marked."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_WORDS = {
    "session": ("note is null", "starts_at"),
    "support_record": ("note is null", "held_on"),
    "feedback": ("words is null", "week_of"),
    "supervision_talk": ("(note is null and answer_in_words is null)", "booked_for"),
}
"""By table: that it holds none, and since when what it holds is counted."""
_MARKS = "array['STOOD_DOWN_AT_TIME']::text[]"
_MARKED = ("induction", "session", "support_record")


def upgrade() -> None:
    for table, (none, since) in _WORDS.items():
        op.execute(f"alter table {table} add column words_gone_on date")
        op.execute(
            f"alter table {table} add constraint {table}_words_gone_are_gone check (words_gone_on is null or {none})"
        )
        op.execute(f"create index {table}_with_words on {table} ({since}, id) where words_gone_on is null")
    for table in _MARKED:
        op.execute(f"""alter table {table} add column marks text[] collate "C" not null default '{{}}'""")
        op.execute(f"alter table {table} alter column marks drop default")
        op.execute(f"alter table {table} add constraint {table}_marks_known check (marks <@ {_MARKS})")


def downgrade() -> None:
    for table in _MARKED:
        op.execute(f"alter table {table} drop column marks")
    for table in _WORDS:
        op.execute(f"drop index {table}_with_words")
        op.execute(f"alter table {table} drop column words_gone_on")
