"""The life of a scheme: pilot, at risk, suspended; who leads supervision; what its closing says; how each stands.

PAUSED is no state any more. A scheme at rest is SUSPENDED, for the reason that was given, and since nobody said when it
would be looked at again, that is due today. What was open is LIVE, as it was: pilots are of new schemes. Its floor was
never said, so it is the least that there is, one active supporter.

Downwards, what an older release does not know becomes what it knows: a pilot and a scheme at risk were LIVE, a
suspended one PAUSED. Why and since when at risk, the pilot's limit and the closing's words are gone.
"""

from alembic import op

from migrations import fences

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_REASONS = "'TOO_FEW_SUPPORTERS', 'NO_SUPERVISION', 'REGIME', 'INFECTION_CONTROL', 'SAFETY', 'PARTNER_REQUEST'"
_AT_RISK = "'SUPPORTERS_TOO_FEW', 'SUPERVISION_VACANT', 'REVIEW_OVERDUE'"
_NEW = (
    "open boolean",
    "supporters_needed integer",
    "pilot_limit integer",
    "pilot_days integer",
    "supervision_lead uuid",
    "supervision_since date",
    "live_from date",
    'at_risk_for text[] collate "C"',
    "at_risk_since date",
    "suspended_at timestamptz",
    "suspension_review_on date",
    "partner_told_on date",
    'lessons text collate "C"',
    'learners_go text collate "C"',
)
_ALWAYS_THERE = ("open", "supporters_needed", "pilot_limit", "pilot_days", "at_risk_for")


def upgrade() -> None:
    _unfenced()
    op.execute("alter table scheme drop constraint scheme_state_known, drop constraint scheme_paused_for_known")
    op.execute("alter table scheme rename column paused_for to suspended_for")
    op.execute(f"alter table scheme {', '.join(f'add column {column}' for column in _NEW)}")
    op.execute(
        """
        update scheme set
            version = version + 1,
            state = case state when 'PAUSED' then 'SUSPENDED' else state end,
            open = state = 'LIVE',
            supporters_needed = 1,
            pilot_limit = supporters_wanted,
            pilot_days = 28,
            live_from = opened_on,
            at_risk_for = '{}',
            suspended_at = case state when 'PAUSED' then now() end,
            suspension_review_on = case state when 'PAUSED' then current_date end
        """
    )
    op.execute(f"alter table scheme {', '.join(f'alter column {column} set not null' for column in _ALWAYS_THERE)}")
    op.execute(
        f"""
        alter table scheme
            add constraint scheme_state_known check (state in ('DRAFT', 'APPROVED', 'PILOT', 'LIVE', 'AT_RISK',
                'SUSPENDED', 'CLOSED')),
            add constraint scheme_at_risk_for_known check (at_risk_for <@ array[{_AT_RISK}]::text[]),
            add constraint scheme_suspended_for_known check (suspended_for in ({_REASONS})),
            add constraint scheme_learners_go_known check (learners_go in ('NOBODY_WAS_LEFT', 'TO_ANOTHER_SCHEME',
                'TO_STAFF', 'TO_A_PARTNER', 'WITHOUT_SUPPORT')),
            add constraint scheme_open_is_serving check (open = (state in ('PILOT', 'LIVE', 'AT_RISK')))
        """
    )
    _fenced()
    _status()


def _status() -> None:
    op.execute(
        f"""
        create table scheme_status (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            kind text collate "C" not null,
            name text collate "C" not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            state text collate "C" not null,
            at_risk_for text[] collate "C" not null,
            at_risk_since date,
            gaps text[] collate "C" not null,
            supporters_wanted integer not null,
            supporters_needed integer not null,
            supporters_about integer,
            supporters_active integer not null,
            supporters_in_role integer not null,
            review_on date,
            review_due boolean not null,
            since timestamptz not null,
            constraint scheme_status_pkey primary key (id),
            constraint scheme_status_version_counts check (version >= 1),
            constraint scheme_status_state_known check (state in ('DRAFT', 'APPROVED', 'PILOT', 'LIVE', 'AT_RISK',
                'SUSPENDED', 'CLOSED')),
            constraint scheme_status_at_risk_for_known check (at_risk_for <@ array[{_AT_RISK}]::text[]),
            constraint scheme_status_scheme_is_id check (scheme = id)
        )
        """
    )
    op.execute("create index scheme_status_by_prison on scheme_status (prison, id)")
    for statement in fences.fenced("scheme_status", fences.of_prison()):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table scheme_status")
    _unfenced()
    op.execute(
        "alter table scheme drop constraint scheme_open_is_serving, drop constraint scheme_state_known,"
        " drop constraint scheme_suspended_for_known"
    )
    op.execute(
        """
        update scheme set
            version = version + 1,
            state = case state when 'SUSPENDED' then 'PAUSED' when 'CLOSED' then state
                when 'DRAFT' then state when 'APPROVED' then state else 'LIVE' end
        """
    )
    op.execute(f"alter table scheme {', '.join(f'drop column {column.split()[0]}' for column in _NEW)}")
    op.execute("alter table scheme rename column suspended_for to paused_for")
    op.execute(
        f"""
        alter table scheme
            add constraint scheme_state_known check (state in ('DRAFT', 'APPROVED', 'LIVE', 'PAUSED', 'CLOSED')),
            add constraint scheme_paused_for_known check (paused_for in ({_REASONS}))
        """
    )
    _fenced()


def _unfenced() -> None:
    """No act changes these rows, and there is no entry to keep with them: the release does. Forced row security would
    else show the owner none."""
    op.execute("lock table scheme in access exclusive mode")
    op.execute("alter table scheme disable trigger scheme_entry_required")
    op.execute("select set_config('peer_support.prisons', '*', true)")


def _fenced() -> None:
    op.execute("select set_config('peer_support.prisons', '', true)")
    op.execute("alter table scheme enable trigger scheme_entry_required")
