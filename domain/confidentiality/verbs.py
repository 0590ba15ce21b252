"""Everything that can be done, each with the kind of record it is about and the family that the ledger shows.

Reading one and listing many are one verb: the item rule is the list rule.
"""

from collections.abc import Mapping
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
    PUBLISH_SCHEME_KIND = "PUBLISH_SCHEME_KIND"
    WITHDRAW_SCHEME_KIND = "WITHDRAW_SCHEME_KIND"
    READ_EXCEPTIONS = "READ_EXCEPTIONS"
    CREATE_EXCEPTION_LIST = "CREATE_EXCEPTION_LIST"
    READ_EXCEPTION_LIST = "READ_EXCEPTION_LIST"
    PUBLISH_EXCEPTION_LIST = "PUBLISH_EXCEPTION_LIST"
    TICK = "TICK"
    KEEP_CONTINGENCY_PLAN = "KEEP_CONTINGENCY_PLAN"
    READ_CONTINGENCY_PLAN = "READ_CONTINGENCY_PLAN"
    START_CONTINGENCY_PLAN = "START_CONTINGENCY_PLAN"
    READ_ACTIVATION = "READ_ACTIVATION"
    RUN_ACTIVATION = "RUN_ACTIVATION"
    READ_LOG_ENTRY = "READ_LOG_ENTRY"
    KEEP_RISK = "KEEP_RISK"
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
    READ_PROPOSAL = "READ_PROPOSAL"
    READ_OUTCOME = "READ_OUTCOME"


@dataclass(frozen=True, slots=True)
class VerbFacts:
    """What a verb is about: the kind of record (None: none), and its family in the ledger. `shows`: what is answered is
    records of that kind, and not codes of ours about one."""

    kind: str | None
    family: Family
    shows: bool = True


_OTHERWISE: Final[Mapping[Verb, str | None]] = {
    Verb.READ_ME: None,
    Verb.READ_POLICY: None,
    Verb.READ_KIND: None,
    Verb.READ_EXCEPTIONS: None,
    Verb.READ_AVAILABILITY: None,
    Verb.HAND_IN_TALLY: None,
    Verb.NAME_LEAD: "scheme",
    Verb.READ_READINESS: "scheme",
    Verb.READ_CLOSING: "scheme",
    Verb.COMMENT: "charter-comment",
    Verb.READ_COMMENT: "charter-comment",
    Verb.APPLY: "supporter",
    Verb.DECIDE_APPLICATION: "supporter",
    Verb.STAND_DOWN_SUPPORTER: "supporter",
    Verb.ASK: "request",
    Verb.READ_BOARD: "request",
    Verb.ANSWER_OFFER: "request",
    Verb.ENROL: "enrolment",
    Verb.READ_LEDGER: "ledger-line",
}
"""The verbs that do not end with the kind of record that they are about, and the kind; None: no record."""
_CODES: Final = frozenset({Verb.READ_READINESS, Verb.READ_CLOSING})


def _facts(verb: Verb) -> VerbFacts:
    first, _, rest = verb.value.partition("_")
    kind = _OTHERWISE.get(verb, rest.lower().replace("_", "-") or None)
    if verb is Verb.TICK:
        family = Family.TICK
    elif first == "READ":
        family = Family.LOOK
    elif kind == "assignment":
        family = Family.GRANT
    else:
        family = Family.CHANGE
    return VerbFacts(kind, family, verb not in _CODES)


ABOUT: Final = {verb: _facts(verb) for verb in Verb}
"""Every verb's facts."""
