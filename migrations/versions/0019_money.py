"""Money is kept in minor units (pence, cents), as a scheme's resources are.

Downwards what an older release does not know is gone: the pence of an amount.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _unfenced()
    op.execute("alter table charter rename column money_a_year to money_minor_units_a_year")
    op.execute(
        "update charter set version = version + 1, money_minor_units_a_year = money_minor_units_a_year * 100"
        " where money_minor_units_a_year is not null"
    )
    _fenced()


def downgrade() -> None:
    _unfenced()
    op.execute(
        "update charter set version = version + 1, money_minor_units_a_year = money_minor_units_a_year / 100"
        " where money_minor_units_a_year is not null"
    )
    op.execute("alter table charter rename column money_minor_units_a_year to money_a_year")
    _fenced()


def _unfenced() -> None:
    """No act changes these rows, and there is no entry to keep with them: the release does. Forced row security would
    else show the owner none."""
    op.execute("lock table charter in access exclusive mode")
    op.execute("alter table charter disable trigger charter_entry_required")
    op.execute("select set_config('peer_support.prisons', '*', true)")


def _fenced() -> None:
    op.execute("select set_config('peer_support.prisons', '', true)")
    op.execute("alter table charter enable trigger charter_entry_required")
