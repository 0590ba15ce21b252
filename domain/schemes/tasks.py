"""What a supporter may be asked to do, and what nobody may ask of him. Closed words, like the rest of the sheet."""

from enum import StrEnum
from typing import Final


class Task(StrEnum):
    """One task. Whether it is permitted or prohibited is said by each kind; a kind need not speak of all."""

    # Emotional support, induction (domain facts 1.1, 1.2)
    LISTEN_IN_PRIVATE = "LISTEN_IN_PRIVATE"
    EXPLORE_FEELINGS = "EXPLORE_FEELINGS"
    TELL_HOW_TO_REACH_SAMARITANS = "TELL_HOW_TO_REACH_SAMARITANS"
    GIVE_ADVICE = "GIVE_ADVICE"
    ATTEND_CASE_REVIEW_AS_INFORMANT = "ATTEND_CASE_REVIEW_AS_INFORMANT"
    MEET_AND_GREET = "MEET_AND_GREET"
    SHOW_ROUND = "SHOW_ROUND"
    EXPLAIN_FORMS = "EXPLAIN_FORMS"
    SIGNPOST = "SIGNPOST"
    ASK_ABOUT_OFFENCE = "ASK_ABOUT_OFFENCE"
    ASSESS_RISK = "ASSESS_RISK"
    HANDLE_PROPERTY = "HANDLE_PROPERTY"
    # Learning, advice, desks (1.3, 1.4, 1.11)
    READ_TOGETHER = "READ_TOGETHER"
    COUNT_TOGETHER = "COUNT_TOGETHER"
    KEEP_PROGRESS_CARD = "KEEP_PROGRESS_CARD"
    READ_LEGAL_POST = "READ_LEGAL_POST"
    PASS_ITEMS = "PASS_ITEMS"  # noqa: S105  (a task, no password)
    ADVISE_ON_HOUSING = "ADVISE_ON_HOUSING"
    ADVISE_ON_DEBT = "ADVISE_ON_DEBT"
    REFER_TO_AGENCY = "REFER_TO_AGENCY"
    KEEP_CASE_NOTES = "KEEP_CASE_NOTES"
    GIVE_LEGAL_ADVICE = "GIVE_LEGAL_ADVICE"
    HELP_TO_FILL_IN_FORMS = "HELP_TO_FILL_IN_FORMS"
    KEEP_COPIES_OF_PAPERS = "KEEP_COPIES_OF_PAPERS"
    DECIDE_APPLICATIONS = "DECIDE_APPLICATIONS"
    # Health, social care, recovery (1.5, 1.6, 1.7)
    GIVE_HEALTH_INFORMATION = "GIVE_HEALTH_INFORMATION"
    SET_GOALS_TOGETHER = "SET_GOALS_TOGETHER"
    LEAD_GROUP = "LEAD_GROUP"
    GIVE_CLINICAL_ADVICE = "GIVE_CLINICAL_ADVICE"
    SEE_CLINICAL_RECORDS = "SEE_CLINICAL_RECORDS"
    CLEAN_CELL = "CLEAN_CELL"
    COLLECT_MEALS = "COLLECT_MEALS"
    PUSH_WHEELCHAIR = "PUSH_WHEELCHAIR"
    ACCOMPANY_TO_APPOINTMENTS = "ACCOMPANY_TO_APPOINTMENTS"
    KEEP_COMPANY = "KEEP_COMPANY"
    REPORT_CONCERNS = "REPORT_CONCERNS"
    HANDLE_MONEY = "HANDLE_MONEY"
    SHARE_OWN_RECOVERY = "SHARE_OWN_RECOVERY"
    REPORT_PROGRESS_TO_STAFF = "REPORT_PROGRESS_TO_STAFF"
    TEST_FOR_DRUGS = "TEST_FOR_DRUGS"
    RUN_HEALTH_PROJECT = "RUN_HEALTH_PROJECT"
    # Voice and safety (1.8, 1.9)
    MEDIATE = "MEDIATE"
    CALM_DISPUTE = "CALM_DISPUTE"
    TELL_STAFF_OF_DANGER = "TELL_STAFF_OF_DANGER"
    HOLD_FORUM = "HOLD_FORUM"
    HELP_TO_REPORT_DISCRIMINATION = "HELP_TO_REPORT_DISCRIMINATION"
    READ_DISCRIMINATION_REPORTS = "READ_DISCRIMINATION_REPORTS"
    LINK_TO_VETERANS_SERVICES = "LINK_TO_VETERANS_SERVICES"
    BRING_PROPOSALS = "BRING_PROPOSALS"
    TAKE_UP_PERSONAL_COMPLAINTS = "TAKE_UP_PERSONAL_COMPLAINTS"
    NAME_PERSONS_IN_MINUTES = "NAME_PERSONS_IN_MINUTES"
    # Resettlement (1.10)
    PLAN_RELEASE = "PLAN_RELEASE"
    MEET_AT_GATE = "MEET_AT_GATE"
    SPECULATE_ON_LICENCE = "SPECULATE_ON_LICENCE"
    # The floor
    INTIMATE_CARE = "INTIMATE_CARE"
    CONSTANT_SUPERVISION = "CONSTANT_SUPERVISION"
    DISCIPLINE_ANOTHER = "DISCIPLINE_ANOTHER"
    RESTRAIN_OR_SEARCH = "RESTRAIN_OR_SEARCH"
    HOLD_KEYS = "HOLD_KEYS"
    HANDLE_MEDICATION = "HANDLE_MEDICATION"
    INTERPRET_CONFIDENTIAL_MATTERS = "INTERPRET_CONFIDENTIAL_MATTERS"
    OPEN_CARE_PLAN = "OPEN_CARE_PLAN"
    CARRY_ITEMS = "CARRY_ITEMS"
    SELECT_WHO_IS_HELPED = "SELECT_WHO_IS_HELPED"


FLOOR: Final = (
    # Feeding, oral care, washing, dressing, toilet, continence, cleaning after soiling (1.6, S35). Where the line to
    # personal care runs is the local authority's to say (section 17, 9); this side of it there is none.
    Task.INTIMATE_CARE,
    # A task of staff (1.1, 13): observing somebody at risk is never a prisoner's, whatever other countries do (8).
    Task.CONSTANT_SUPERVISION,
    # Mandela Rules, rule 40(1): no prisoner in any disciplinary capacity over another (1.8).
    Task.DISCIPLINE_ANOTHER,
    Task.RESTRAIN_OR_SEARCH,
    Task.HOLD_KEYS,
    Task.HANDLE_MEDICATION,
    # Prisoners do not interpret in confidential or clinical matters (1.8).
    Task.INTERPRET_CONFIDENTIAL_MATTERS,
    # Any member of staff opens one; a supporter tells staff (1.1, 13).
    Task.OPEN_CARE_PLAN,
    # Under pressure to pass drugs, phones, messages (2.5).
    Task.CARRY_ITEMS,
    # No bully decides who gets help.
    Task.SELECT_WHO_IS_HELPED,
)
"""What no kind, variant or scheme may ask of a supporter: the national floor. It is part of every kind's prohibited
tasks, and no sheet can leave it out or permit it."""
