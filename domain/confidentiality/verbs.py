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
    PAUSE_SCHEME = "PAUSE_SCHEME"
    CLOSE_SCHEME = "CLOSE_SCHEME"
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
    TICK = "TICK"


@dataclass(frozen=True, slots=True)
class VerbFacts:
    """What a verb is about: the kind of record (None: none), and its family in the ledger."""

    kind: str | None
    family: Family


def _facts(verb: Verb) -> VerbFacts:
    name = verb.value
    kinds = {
        "_SCHEME": "scheme",
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
    }
    alone = {"APPLY": "supporter", "ASK": "request", "ENROL": "enrolment"}
    kind = alone.get(name) or next((k for end, k in kinds.items() if name.endswith(end)), None)
    if verb is Verb.TICK:
        family = Family.TICK
    elif name.startswith("READ_"):
        family = Family.LOOK
    elif kind == "assignment":
        family = Family.GRANT
    else:
        family = Family.CHANGE
    return VerbFacts(kind, family)


ABOUT: Final = {verb: _facts(verb) for verb in Verb}
"""Every verb's facts."""
