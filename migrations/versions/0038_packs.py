"""Jobs that gather evidence and that export registers; complaints and meetings of supervision are counted."""

from alembic import op

from migrations.fences import unfenced

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_JOBS = ("SCHEME_SUMMARY", "TURNOVER", "ROTA", "EVALUATION")
_EXPORTED = (
    *("RISKS", "STAKEHOLDERS", "RESOURCES", "PUBLICITY", "SPOT_CHECKS", "ROUTINE_CHECKS", "ACTIONS", "COVER_NEEDS"),
)
_BEFORE = (
    *("LISTENER_REQUESTS", "REQUESTS", "SESSIONS", "INDUCTIONS", "CHECKLISTS", "GOALS", "DEBRIEFS", "TASK_REQUESTS"),
    "INCIDENTS",
)
_AFTER = ("SUPPORTERS", "RATINGS", "UNLOCKING", "COVER", "APPLICATIONS", "LEAVERS", "PRISONER_DAYS")
_COUNTED = ("COMPLAINTS", "SUPERVISION_TALKS")


def _known(table: str, column: str, words: tuple[str, ...]) -> None:
    said = ", ".join(f"'{word}'" for word in words)
    op.execute(f"alter table {table} drop constraint if exists {table}_{column}_known")
    op.execute(f"alter table {table} add constraint {table}_{column}_known check ({column} in ({said}))")


def upgrade() -> None:
    op.execute("alter table job add column quarter date")
    op.execute('alter table job add column exported text collate "C"')
    op.execute('alter table job add column rule text collate "C"')
    op.execute("alter table job add column hold uuid, add column person uuid")
    _known("job", "kind", (*_JOBS, "EVIDENCE", "EXPORT", "CHRONOLOGY"))
    _known("job", "exported", _EXPORTED)
    for table in ("roll_up", "figure"):
        _known(table, "series", (*_BEFORE, *_COUNTED, *_AFTER))


def downgrade() -> None:
    for table in ("figure", "roll_up"):
        with unfenced(table):
            op.execute(f"delete from {table} where series in ('COMPLAINTS', 'SUPERVISION_TALKS')")
        _known(table, "series", (*_BEFORE, *_AFTER))
    with unfenced("job"):
        op.execute("delete from job where kind in ('EVIDENCE', 'EXPORT', 'CHRONOLOGY')")
    op.execute("alter table job drop constraint job_exported_known")
    _known("job", "kind", _JOBS)
    for column in ("quarter", "exported", "rule", "hold", "person"):
        op.execute(f"alter table job drop column {column}")
