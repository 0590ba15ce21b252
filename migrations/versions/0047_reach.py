"""Whom a scheme reaches is counted: for which needs, and at which stage of a sentence."""

from alembic import op

from migrations.fences import unfenced

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_BEFORE = ("LISTENER_REQUESTS", "REQUESTS", "WING_REQUESTS", "SESSIONS", "INDUCTIONS", "GOALS")
_COUNTED = ("ENROLMENTS",)
_AFTER = (
    *("DEBRIEFS", "TASK_REQUESTS", "INCIDENTS", "COMPLAINTS", "SUPERVISION_TALKS", "SUPPORTERS", "RATINGS"),
    *("UNLOCKING", "COVER", "WING_COVER", "APPLICATIONS", "LEAVERS", "SPREAD_TAKEN_ON", "SPREAD_REMOVED"),
    *("SPREAD_SHIFTS", "SPREAD_PAY", "BREACHES", "PRISONER_DAYS"),
)


def _known(table: str, words: tuple[str, ...]) -> None:
    said = ", ".join(f"'{word}'" for word in words)
    op.execute(f"alter table {table} drop constraint {table}_series_known")
    op.execute(f"alter table {table} add constraint {table}_series_known check (series in ({said}))")


def _words(longest: int) -> None:
    check = f"check (char_length(array_to_string(words, '')) <= {longest})"
    op.execute("alter table roll_up drop constraint roll_up_no_free_text")
    op.execute(f"alter table roll_up add constraint roll_up_no_free_text {check}")


def upgrade() -> None:
    _words(600)  # of an enrolment each need is said, or that it was not
    for table in ("roll_up", "figure"):
        _known(table, (*_BEFORE, *_COUNTED, *_AFTER))


def downgrade() -> None:
    for table in ("figure", "roll_up"):
        with unfenced(table):
            op.execute(f"delete from {table} where series = 'ENROLMENTS'")
        _known(table, (*_BEFORE, *_AFTER))
    _words(400)
