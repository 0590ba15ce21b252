"""Holds on the transfer of supporters; and jobs that are about every prison of a jurisdiction."""

from alembic import op

from migrations.of_scheme import register

revision = "0024"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _jobs()
    _holds()


def downgrade() -> None:
    op.execute("drop table transfer_hold")
    op.execute("lock table job in access exclusive mode")
    op.execute("alter table job disable trigger job_entry_required")
    op.execute("select set_config('peer_support.prisons', '*', true)")
    # What an older release does not know is gone: nobody else may read such a job, and its maker may start it again.
    op.execute("delete from job where prison is null or kind = 'TURNOVER'")
    op.execute("select set_config('peer_support.prisons', '', true)")
    op.execute("alter table job enable trigger job_entry_required")
    op.execute("alter table job drop constraint job_kind_known")
    op.execute("alter table job add constraint job_kind_known check (kind in ('SCHEME_SUMMARY'))")
    op.execute("alter table job alter column prison set not null")


def _jobs() -> None:
    op.execute("alter table job alter column prison drop not null")
    op.execute("alter table job drop constraint job_kind_known")
    op.execute("alter table job add constraint job_kind_known check (kind in ('SCHEME_SUMMARY', 'TURNOVER'))")


def _holds() -> None:
    register(
        "transfer_hold",
        """
        supporter uuid not null, person uuid not null, reason text collate "C" not null, until date not null,
        state text collate "C" not null, asked_by uuid not null, asked_on date not null, decided_by uuid,
        decided_on date, refused_for text collate "C", ended_on date, outcome text collate "C"
        """,
        "reason_known check (reason in ('TRAINING', 'COVER'))",
        "state_known check (state in ('ASKED', 'GRANTED', 'REFUSED', 'WITHDRAWN', 'ENDED'))",
        """refused_for_known check (refused_for in ('POPULATION_PRESSURE', 'SECURITY', 'PROGRESSION', 'HIS_OWN_WISH',
            'OTHER_HOLD_STANDS'))""",
        "outcome_known check (outcome in ('HELD', 'MOVED_ANYWAY', 'ENDED'))",
        "refused_says_why check ((state = 'REFUSED') = (refused_for is not null))",
        "decided_is_whole check ((decided_by is null) = (decided_on is null))",
        "granted_was_decided check (state not in ('GRANTED', 'REFUSED') or decided_on is not null)",
        "ended_says_how check ((state = 'ENDED') = (outcome is not null))",
        "not_decided_by_who_asked check (decided_by <> asked_by)",
    )
