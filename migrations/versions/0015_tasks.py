"""The tasks of a charter are those that the sheets of kinds know; a scheme is suspended for too few supporters in the
word in which it is at risk for them.

A plan that permits or prohibits what is no task stops the upgrade: what was meant by it is for those to say who signed
it, and not for a release.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TASKS = """
    'LISTEN_IN_PRIVATE', 'EXPLORE_FEELINGS', 'TELL_HOW_TO_REACH_SAMARITANS', 'GIVE_ADVICE',
    'ATTEND_CASE_REVIEW_AS_INFORMANT', 'MEET_AND_GREET', 'SHOW_ROUND', 'EXPLAIN_FORMS', 'SIGNPOST',
    'ASK_ABOUT_OFFENCE', 'ASSESS_RISK', 'HANDLE_PROPERTY', 'READ_TOGETHER', 'COUNT_TOGETHER', 'KEEP_PROGRESS_CARD',
    'READ_LEGAL_POST', 'PASS_ITEMS', 'ADVISE_ON_HOUSING', 'ADVISE_ON_DEBT', 'REFER_TO_AGENCY', 'KEEP_CASE_NOTES',
    'GIVE_LEGAL_ADVICE', 'HELP_TO_FILL_IN_FORMS', 'KEEP_COPIES_OF_PAPERS', 'DECIDE_APPLICATIONS',
    'GIVE_HEALTH_INFORMATION', 'SET_GOALS_TOGETHER', 'LEAD_GROUP', 'GIVE_CLINICAL_ADVICE', 'SEE_CLINICAL_RECORDS',
    'CLEAN_CELL', 'COLLECT_MEALS', 'PUSH_WHEELCHAIR', 'ACCOMPANY_TO_APPOINTMENTS', 'KEEP_COMPANY',
    'REPORT_CONCERNS', 'HANDLE_MONEY', 'SHARE_OWN_RECOVERY', 'REPORT_PROGRESS_TO_STAFF', 'TEST_FOR_DRUGS',
    'RUN_HEALTH_PROJECT', 'MEDIATE', 'CALM_DISPUTE', 'TELL_STAFF_OF_DANGER', 'HOLD_FORUM',
    'HELP_TO_REPORT_DISCRIMINATION', 'READ_DISCRIMINATION_REPORTS', 'LINK_TO_VETERANS_SERVICES', 'BRING_PROPOSALS',
    'TAKE_UP_PERSONAL_COMPLAINTS', 'NAME_PERSONS_IN_MINUTES', 'PLAN_RELEASE', 'MEET_AT_GATE',
    'SPECULATE_ON_LICENCE', 'INTIMATE_CARE', 'CONSTANT_SUPERVISION', 'DISCIPLINE_ANOTHER', 'RESTRAIN_OR_SEARCH',
    'HOLD_KEYS', 'HANDLE_MEDICATION', 'INTERPRET_CONFIDENTIAL_MATTERS', 'OPEN_CARE_PLAN', 'CARRY_ITEMS',
    'SELECT_WHO_IS_HELPED'
"""
_OTHERS = "'NO_SUPERVISION', 'REGIME', 'INFECTION_CONTROL', 'SAFETY', 'PARTNER_REQUEST'"


def upgrade() -> None:
    for column in ("permitted_tasks", "prohibited_tasks"):
        op.execute(
            f"alter table charter add constraint charter_{column}_known check ({column} <@ array[{_TASKS}]::text[])"
        )
    _suspended_for("SUPPORTERS_TOO_FEW", was="TOO_FEW_SUPPORTERS")


def downgrade() -> None:
    _suspended_for("TOO_FEW_SUPPORTERS", was="SUPPORTERS_TOO_FEW")
    for column in ("permitted_tasks", "prohibited_tasks"):
        op.execute(f"alter table charter drop constraint charter_{column}_known")


def _suspended_for(word: str, *, was: str) -> None:
    """The column's type is changed to itself with the new word: that fires no row's trigger, for no act of somebody's
    changes it, and finds the rows that forced row security would hide from the owner."""
    op.execute("alter table scheme drop constraint scheme_suspended_for_known")
    op.execute(
        f"""
        alter table scheme
            alter column suspended_for type text collate "C"
            using (case suspended_for when '{was}' then '{word}' else suspended_for end)
        """
    )
    op.execute(
        f"alter table scheme add constraint scheme_suspended_for_known check (suspended_for in ('{word}', {_OTHERS}))"
    )
