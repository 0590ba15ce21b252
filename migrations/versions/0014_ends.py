"""What ends otherwise than by being done: a plan discarded before it was published, an objective closed. And the review
of a scheme, which alone puts the next one further off.

Downwards, a discarded plan becomes a superseded one that never held: an older release knows nothing nearer.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_STATES = "'DRAFT', 'SUBMITTED', 'PUBLISHED', 'SUPERSEDED'"


def upgrade() -> None:
    op.execute("alter table charter drop constraint charter_state_known")
    op.execute(f"alter table charter add constraint charter_state_known check (state in ({_STATES}, 'DISCARDED'))")
    op.execute(
        """
        alter table objective
            add column state text collate "C" not null default 'OPEN',
            add column closed_on date,
            add column closed_for text collate "C",
            add constraint objective_state_known check (state in ('OPEN', 'CLOSED')),
            add constraint objective_closed_for_known check (closed_for in ('REPLACED', 'NO_LONGER_NEEDED',
                'CANNOT_BE_REACHED', 'CANNOT_BE_MEASURED', 'SCHEME_CHANGED', 'SET_IN_ERROR')),
            add constraint objective_closed_says_why check ((state = 'CLOSED') = (closed_on is not null)
                and (state = 'CLOSED') = (closed_for is not null))
        """
    )
    op.execute("alter table objective alter column state drop default")
    op.execute(
        """
        alter table scheme
            add column reviewed_on date,
            add column reviewed_by uuid,
            add column review_found text collate "C",
            add constraint scheme_review_found_known check (review_found in ('GOES_ON', 'PLAN_TO_BE_CHANGED',
                'TO_BE_CLOSED')),
            add constraint scheme_review_is_whole check ((reviewed_on is null) = (reviewed_by is null)
                and (reviewed_on is null) = (review_found is null))
        """
    )


def downgrade() -> None:
    op.execute("alter table scheme drop column reviewed_on, drop column reviewed_by, drop column review_found")
    op.execute("alter table objective drop column state, drop column closed_on, drop column closed_for")
    op.execute("alter table charter drop constraint charter_state_known")
    # To itself, with other values: the table is rewritten, and no trigger asks for an entry of somebody's doing.
    op.execute(
        'alter table charter alter column state type text collate "C"'
        " using (case state when 'DISCARDED' then 'SUPERSEDED' else state end)"
    )
    op.execute(f"alter table charter add constraint charter_state_known check (state in ({_STATES}))")
