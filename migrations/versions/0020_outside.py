"""Who wrote a proposal down; and what is told outside the prison of an objective and of how a scheme stands."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_STATES = "'DRAFT', 'APPROVED', 'PILOT', 'LIVE', 'AT_RISK', 'SUSPENDED', 'CLOSED'"
# As `domain.kernel.counts.released` had it.
_RELEASED = "case when {0} = 0 then 0 when {0} < 8 then null else 5 * (({0} + 2) / 5) end"
_WHOLE = "cardinality(measured) = cardinality(measured_on) and cardinality(measured) = cardinality(measured_from)"


def upgrade() -> None:
    op.execute("alter table proposal add column proposed_by uuid")
    _unfenced()
    _objective()
    _scheme_status()
    _fenced()


def downgrade() -> None:
    op.execute("alter table proposal drop column proposed_by")
    op.execute("alter table objective drop constraint objective_points_are_whole")
    op.execute("alter table objective drop column baseline_about, drop column measured_about")
    op.execute(f"alter table objective add constraint objective_points_are_whole check ({_WHOLE})")
    op.execute("alter table scheme_status drop column state_about, drop column gaps_about, drop column supporters_gap")


def _objective() -> None:
    """What is told of values that are there; and a value that had a day has its month."""
    op.execute("alter table objective drop constraint objective_points_are_whole")
    op.execute("alter table objective add column baseline_about integer, add column measured_about integer[]")
    each = _RELEASED.format("value")
    op.execute(
        f"""
        update objective set
            baseline_about = {_RELEASED.format("baseline")},
            measured_about = array(select {each} from unnest(measured) with ordinality as m (value, n) order by n),
            measured_on = array(
                select date_trunc('month', day)::date from unnest(measured_on) with ordinality as m (day, n) order by n
            )
        """
    )
    op.execute("alter table objective alter column measured_about set not null")
    op.execute(
        f"alter table objective add constraint objective_points_are_whole check ({_WHOLE}"
        " and cardinality(measured) = cardinality(measured_about))"
    )


def _scheme_status() -> None:
    """How a scheme stands follows from other rows: the service keeps it anew within a minute."""
    op.execute("delete from scheme_status")
    op.execute(
        f"""
        alter table scheme_status
            add column state_about text collate "C" not null,
            add column gaps_about text[] collate "C" not null,
            add column supporters_gap text collate "C" not null,
            add constraint scheme_status_state_about_known check (state_about in ({_STATES})),
            add constraint scheme_status_supporters_gap_known
                check (supporters_gap in ('GAP', 'NONE', 'TOO_SMALL_TO_SAY'))
        """
    )


_TABLES = ("objective", "scheme_status")


def _unfenced() -> None:
    """No act changes these rows, and there is no entry to keep with them: the release does. Forced row security would
    else show the owner none."""
    for table in _TABLES:
        op.execute(f"lock table {table} in access exclusive mode")
        op.execute(f"alter table {table} disable trigger {table}_entry_required")
    op.execute("select set_config('peer_support.prisons', '*', true)")


def _fenced() -> None:
    op.execute("select set_config('peer_support.prisons', '', true)")
    for table in _TABLES:
        op.execute(f"alter table {table} enable trigger {table}_entry_required")
