"""Everything that can be done, each with the kind of record it is about and the family that the ledger shows.

Reading one and listing many are one verb: the item rule is the list rule.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.confidentiality.entry import Family


class Verb(StrEnum):
    """One thing that can be done. A route without one does not start; a verb without a grant does not start either."""

    READ_ME = "READ_ME"
    READ_POLICY = "READ_POLICY"
    READ_KIND = "READ_KIND"
    CREATE_SCHEME = "CREATE_SCHEME"
    READ_SCHEME = "READ_SCHEME"
    AMEND_SCHEME = "AMEND_SCHEME"
    APPROVE_SCHEME = "APPROVE_SCHEME"
    OPEN_SCHEME = "OPEN_SCHEME"
    LAUNCH_SCHEME = "LAUNCH_SCHEME"
    SUSPEND_SCHEME = "SUSPEND_SCHEME"
    RESUME_SCHEME = "RESUME_SCHEME"
    CLOSE_SCHEME = "CLOSE_SCHEME"
    NAME_LEAD = "NAME_LEAD"
    READ_READINESS = "READ_READINESS"
    READ_CLOSING = "READ_CLOSING"
    READ_LEADERS = "READ_LEADERS"
    READ_SCHEME_STATUS = "READ_SCHEME_STATUS"
    READ_CHARTER = "READ_CHARTER"
    DRAFT_CHARTER = "DRAFT_CHARTER"
    AMEND_CHARTER = "AMEND_CHARTER"
    SUBMIT_CHARTER = "SUBMIT_CHARTER"
    RETURN_CHARTER = "RETURN_CHARTER"
    SIGN_CHARTER = "SIGN_CHARTER"
    PUBLISH_CHARTER = "PUBLISH_CHARTER"
    COMMENT = "COMMENT"
    READ_COMMENT = "READ_COMMENT"
    READ_OBJECTIVE = "READ_OBJECTIVE"
    SET_OBJECTIVE = "SET_OBJECTIVE"
    AMEND_OBJECTIVE = "AMEND_OBJECTIVE"
    MEASURE_OBJECTIVE = "MEASURE_OBJECTIVE"
    READ_FINDING = "READ_FINDING"
    RECORD_FINDING = "RECORD_FINDING"
    DECLINE_FINDING = "DECLINE_FINDING"
    APPLY = "APPLY"
    READ_SUPPORTER = "READ_SUPPORTER"
    AMEND_SUPPORTER = "AMEND_SUPPORTER"
    DECIDE_APPLICATION = "DECIDE_APPLICATION"
    TRAIN_SUPPORTER = "TRAIN_SUPPORTER"
    CERTIFY_SUPPORTER = "CERTIFY_SUPPORTER"
    ACTIVATE_SUPPORTER = "ACTIVATE_SUPPORTER"
    PAUSE_SUPPORTER = "PAUSE_SUPPORTER"
    RESUME_SUPPORTER = "RESUME_SUPPORTER"
    STAND_DOWN_SUPPORTER = "STAND_DOWN_SUPPORTER"
    ASK = "ASK"
    READ_REQUEST = "READ_REQUEST"
    READ_BOARD = "READ_BOARD"
    READ_WATCH = "READ_WATCH"
    CLOSE_WATCH = "CLOSE_WATCH"
    OFFER_REQUEST = "OFFER_REQUEST"
    ANSWER_OFFER = "ANSWER_OFFER"
    UNLOCK_REQUEST = "UNLOCK_REQUEST"
    COMPLETE_REQUEST = "COMPLETE_REQUEST"
    REFUSE_REQUEST = "REFUSE_REQUEST"
    WITHDRAW_REQUEST = "WITHDRAW_REQUEST"
    HAND_IN_TALLY = "HAND_IN_TALLY"
    RECORD_INDUCTION = "RECORD_INDUCTION"
    READ_INDUCTION = "READ_INDUCTION"
    ENROL = "ENROL"
    READ_ENROLMENT = "READ_ENROLMENT"
    END_ENROLMENT = "END_ENROLMENT"
    PLAN_SESSION = "PLAN_SESSION"
    RECORD_SESSION = "RECORD_SESSION"
    READ_SESSION = "READ_SESSION"
    GIVE_FEEDBACK = "GIVE_FEEDBACK"
    READ_FEEDBACK = "READ_FEEDBACK"
    READ_LEDGER = "READ_LEDGER"
    PROPOSE_ASSIGNMENT = "PROPOSE_ASSIGNMENT"
    CONFIRM_ASSIGNMENT = "CONFIRM_ASSIGNMENT"
    END_ASSIGNMENT = "END_ASSIGNMENT"
    READ_ASSIGNMENT = "READ_ASSIGNMENT"
    DECLARE_DUTY = "DECLARE_DUTY"
    READ_DUTY = "READ_DUTY"
    START_JOB = "START_JOB"
    READ_JOB = "READ_JOB"
    CREATE_SCHEME_KIND = "CREATE_SCHEME_KIND"
    READ_SCHEME_KIND = "READ_SCHEME_KIND"
    CONFIRM_SCHEME_KIND = "CONFIRM_SCHEME_KIND"
    PUBLISH_SCHEME_KIND = "PUBLISH_SCHEME_KIND"
    WITHDRAW_SCHEME_KIND = "WITHDRAW_SCHEME_KIND"
    READ_EXCEPTIONS = "READ_EXCEPTIONS"
    CREATE_EXCEPTION_LIST = "CREATE_EXCEPTION_LIST"
    READ_EXCEPTION_LIST = "READ_EXCEPTION_LIST"
    PUBLISH_EXCEPTION_LIST = "PUBLISH_EXCEPTION_LIST"
    WITHDRAW_EXCEPTION_LIST = "WITHDRAW_EXCEPTION_LIST"
    TICK = "TICK"
    KEEP_CONTINGENCY_PLAN = "KEEP_CONTINGENCY_PLAN"
    READ_CONTINGENCY_PLAN = "READ_CONTINGENCY_PLAN"
    START_CONTINGENCY_PLAN = "START_CONTINGENCY_PLAN"
    READ_ACTIVATION = "READ_ACTIVATION"
    LOG_ACTIVATION = "LOG_ACTIVATION"
    END_ACTIVATION = "END_ACTIVATION"
    REVIEW_ACTIVATION = "REVIEW_ACTIVATION"
    READ_LOG_ENTRY = "READ_LOG_ENTRY"
    KEEP_RISK = "KEEP_RISK"
    ASSESS_RISK = "ASSESS_RISK"
    SETTLE_RISK = "SETTLE_RISK"
    READ_RISK = "READ_RISK"
    KEEP_ACTION = "KEEP_ACTION"
    READ_ACTION = "READ_ACTION"
    KEEP_SERVICE_TIME = "KEEP_SERVICE_TIME"
    READ_SERVICE_TIME = "READ_SERVICE_TIME"
    READ_AVAILABILITY = "READ_AVAILABILITY"
    KEEP_MEETING_PLACE = "KEEP_MEETING_PLACE"
    READ_MEETING_PLACE = "READ_MEETING_PLACE"
    READ_OUTAGE = "READ_OUTAGE"
    KEEP_PUBLICITY = "KEEP_PUBLICITY"
    READ_PUBLICITY = "READ_PUBLICITY"
    KEEP_SPOT_CHECK = "KEEP_SPOT_CHECK"
    READ_SPOT_CHECK = "READ_SPOT_CHECK"
    KEEP_ROUTINE_CHECK = "KEEP_ROUTINE_CHECK"
    READ_ROUTINE_CHECK = "READ_ROUTINE_CHECK"
    KEEP_STAKEHOLDER = "KEEP_STAKEHOLDER"
    READ_STAKEHOLDER = "READ_STAKEHOLDER"
    KEEP_RESOURCE = "KEEP_RESOURCE"
    READ_RESOURCE = "READ_RESOURCE"
    KEEP_MEETING = "KEEP_MEETING"
    READ_MEETING = "READ_MEETING"
    KEEP_PROPOSAL = "KEEP_PROPOSAL"
    ANSWER_PROPOSAL = "ANSWER_PROPOSAL"
    IMPLEMENT_PROPOSAL = "IMPLEMENT_PROPOSAL"
    PUBLISH_PROPOSAL = "PUBLISH_PROPOSAL"
    READ_PROPOSAL = "READ_PROPOSAL"
    READ_OUTCOME = "READ_OUTCOME"
    DISCARD_CHARTER = "DISCARD_CHARTER"
    CLOSE_OBJECTIVE = "CLOSE_OBJECTIVE"
    REVIEW_SCHEME = "REVIEW_SCHEME"
    UNPUBLISH_PROPOSAL = "UNPUBLISH_PROPOSAL"


@dataclass(frozen=True, slots=True)
class VerbFacts:
    """What a verb is about: the kind of record (None: none), and its family in the ledger. `shows`: what is answered is
    records of that kind, and not codes of ours about one."""

    kind: str | None
    family: Family
    shows: bool = True


def _facts(verb: Verb) -> VerbFacts:
    name = verb.value
    kinds = {
        "_SCHEME": "scheme",
        "_SCHEME_STATUS": "scheme-status",
        "_CHARTER": "charter",
        "_COMMENT": "charter-comment",
        "_OBJECTIVE": "objective",
        "_FINDING": "finding",
        "_SUPPORTER": "supporter",
        "_APPLICATION": "supporter",
        "_REQUEST": "request",
        "_OFFER": "request",
        "_BOARD": "request",
        "_WATCH": "watch",
        "_INDUCTION": "induction",
        "_ENROLMENT": "enrolment",
        "_SESSION": "session",
        "_FEEDBACK": "feedback",
        "_LEDGER": "ledger-line",
        "_ASSIGNMENT": "assignment",
        "_DUTY": "duty",
        "_JOB": "job",
        "_CONTINGENCY_PLAN": "contingency-plan",
        "_ACTIVATION": "activation",
        "_LOG_ENTRY": "log-entry",
        "_RISK": "risk",
        "_ACTION": "action",
        "_SERVICE_TIME": "service-time",
        "_MEETING_PLACE": "meeting-place",
        "_OUTAGE": "outage",
        "_PUBLICITY": "publicity",
        "_SPOT_CHECK": "spot-check",
        "_ROUTINE_CHECK": "routine-check",
        "_STAKEHOLDER": "stakeholder",
        "_RESOURCE": "resource",
        "_MEETING": "meeting",
        "_PROPOSAL": "proposal",
        "_OUTCOME": "outcome",
        "_SCHEME_KIND": "scheme-kind",
        "_EXCEPTION_LIST": "exception-list",
    }
    alone = {
        "APPLY": "supporter",
        "ASK": "request",
        "ENROL": "enrolment",
        "COMMENT": "charter-comment",
        "NAME_LEAD": "scheme",
    }
    told = {"READ_READINESS": "scheme", "READ_CLOSING": "scheme", "READ_LEADERS": "scheme"}
    kind = alone.get(name) or told.get(name) or next((k for end, k in kinds.items() if name.endswith(end)), None)
    if verb is Verb.TICK:
        family = Family.TICK
    elif name.startswith("READ_"):
        family = Family.LOOK
    elif kind == "assignment":
        family = Family.GRANT
    else:
        family = Family.CHANGE
    return VerbFacts(kind, family, name not in told)


ABOUT: Final = {verb: _facts(verb) for verb in Verb}
"""Every verb's facts."""
