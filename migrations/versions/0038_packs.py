"""Jobs that gather evidence, that export registers and that tell what happened before a death; complaints and meetings
of supervision are counted, and the cover of each month is kept."""

from alembic import op

from migrations import fences
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
    *("LISTENER_REQUESTS", "REQUESTS", "WING_REQUESTS", "SESSIONS", "INDUCTIONS"),
    *("GOALS", "DEBRIEFS", "TASK_REQUESTS", "INCIDENTS"),
)
_AFTER = (
    *("SUPPORTERS", "RATINGS", "UNLOCKING", "COVER", "WING_COVER", "APPLICATIONS"),
    *("LEAVERS", "SPREAD_TAKEN_ON", "SPREAD_REMOVED", "SPREAD_SHIFTS", "SPREAD_PAY", "BREACHES"),
    *("PRISONER_DAYS",),
)
_STATES = ("WAITING", "RUNNING", "DONE", "FAILED")
_FILES = "('EVIDENCE', 'EXPORT', 'CHRONOLOGY')"
_SEALED = f"(file is null or kind in {_FILES}) and (result is null or kind not in {_FILES})"
_HASHES = "array_to_string(about, '') ~ '^([0-9a-f]{64})*$'"
_COUNTED = ("COMPLAINTS", "SUPERVISION_TALKS")


def _known(table: str, column: str, words: tuple[str, ...]) -> None:
    said = ", ".join(f"'{word}'" for word in words)
    op.execute(f"alter table {table} drop constraint if exists {table}_{column}_known")
    op.execute(f"alter table {table} add constraint {table}_{column}_known check ({column} in ({said}))")


def upgrade() -> None:
    op.execute("alter table job add column quarter date")
    op.execute('alter table job add column exported text collate "C"')
    op.execute('alter table job add column rule text collate "C"')
    op.execute("alter table job add column hold uuid, add column person uuid, add column file bytea")
    op.execute('alter table job add column about text collate "C"')
    op.execute("alter table job add constraint job_about_is_a_hash check (about ~ '^[0-9a-f]{64}$')")
    op.execute(f"alter table job add constraint job_files_are_sealed check ({_SEALED})")
    _known("job", "kind", (*_JOBS, "EVIDENCE", "EXPORT", "CHRONOLOGY"))
    _known("job", "exported", _EXPORTED)
    _known("job", "state", ("FOR_A_SECOND", *_STATES))
    op.execute("""alter table envelope_hold add column about text[] collate "C" not null default '{}'""")
    op.execute("alter table envelope_hold alter column about drop default")
    op.execute(f"alter table envelope_hold add constraint envelope_hold_about_is_hashes check ({_HASHES})")
    _cover()
    for table in ("roll_up", "figure"):
        _known(table, "series", (*_BEFORE, *_COUNTED, *_AFTER))


def _cover() -> None:
    op.execute(
        """
        create table cover_kept (
            id uuid not null,
            version integer not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            scheme uuid not null,
            month date not null,
            wings text[] collate "C" not null,
            day_needed integer[] not null,
            day_covered integer[] not null,
            night_needed integer[] not null,
            night_covered integer[] not null,
            constraint cover_kept_pkey primary key (id),
            constraint cover_kept_version_counts check (version >= 1),
            constraint cover_kept_month_is_its_first check (extract(day from month) = 1),
            constraint cover_kept_a_number_a_wing check (
                cardinality(day_needed) = cardinality(wings) and cardinality(day_covered) = cardinality(wings)
                and cardinality(night_needed) = cardinality(wings) and cardinality(night_covered) = cardinality(wings)
            )
        )
        """
    )
    op.execute("create unique index cover_kept_once on cover_kept (prison, month, scheme)")
    for statement in fences.fenced("cover_kept", fences.of_prison(participation=True)):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table cover_kept")
    op.execute("alter table envelope_hold drop column about")
    for table in ("figure", "roll_up"):
        with unfenced(table):
            op.execute(f"delete from {table} where series in ('COMPLAINTS', 'SUPERVISION_TALKS')")
        _known(table, "series", (*_BEFORE, *_AFTER))
    with unfenced("job"):
        op.execute("delete from job where kind in ('EVIDENCE', 'EXPORT', 'CHRONOLOGY')")
    op.execute("alter table job drop constraint job_exported_known, drop constraint job_files_are_sealed")
    op.execute("alter table job drop constraint job_about_is_a_hash")
    _known("job", "state", _STATES)
    _known("job", "kind", _JOBS)
    for column in ("quarter", "exported", "rule", "hold", "person", "about", "file"):
        op.execute(f"alter table job drop column {column}")
