"""The coded vocabularies of requests and contacts (domain facts 3.2, 3.3, 3.6, 3.7). Codes never change with
language."""

from enum import StrEnum
from typing import Final

from domain.kernel.bands import Band as Band
from domain.schemes.vocabulary import SupportType


class Channel(StrEnum):
    """How the request came."""

    IN_PERSON_TO_OFFICER = "IN_PERSON_TO_OFFICER"
    IN_PERSON_TO_PEER = "IN_PERSON_TO_PEER"
    CELL_BELL = "CELL_BELL"
    PAPER_APP = "PAPER_APP"
    KIOSK_OR_LAPTOP = "KIOSK_OR_LAPTOP"
    IN_CELL_PHONE = "IN_CELL_PHONE"
    STAFF_REFERRAL = "STAFF_REFERRAL"
    HEALTHCARE_REFERRAL = "HEALTHCARE_REFERRAL"
    CHAPLAIN_REFERRAL = "CHAPLAIN_REFERRAL"
    KEYWORKER = "KEYWORKER"
    AUTO_NEW_ARRIVAL = "AUTO_NEW_ARRIVAL"
    PEER_REFERRAL = "PEER_REFERRAL"


REFERRALS: Final = frozenset(
    {
        Channel.STAFF_REFERRAL,
        Channel.HEALTHCARE_REFERRAL,
        Channel.CHAPLAIN_REFERRAL,
        Channel.KEYWORKER,
        Channel.PEER_REFERRAL,
    }
)
"""Channels by which somebody asks for somebody else."""


class Urgency(StrEnum):
    """How soon. LIFE_AT_RISK is recorded and never queued: a life is saved by voice, bell and radio (rule 5)."""

    ROUTINE = "ROUTINE"
    TODAY = "TODAY"
    NOW = "NOW"
    LIFE_AT_RISK = "LIFE_AT_RISK"


class StageOfSentence(StrEnum):
    """At which stage of a sentence somebody asks: the stages that a kind may name, without ANY, which is nobody's."""

    INDUCTION = "INDUCTION"
    SETTLED = "SETTLED"
    TRANSFER = "TRANSFER"
    BEFORE_RELEASE = "BEFORE_RELEASE"
    AFTER_RELEASE = "AFTER_RELEASE"


Need = SupportType
"""What is asked for: one of the types of support that schemes give."""


class RefusalGround(StrEnum):
    """The first level of a refusal: where the obstacle lay. IMPROPER needs review by somebody who had no part in it."""

    SYSTEM = "SYSTEM"
    RISK = "RISK"
    RECIPIENT = "RECIPIENT"
    IMPROPER = "IMPROPER"


class RefusalCode(StrEnum):
    """The second level. What an officer says about the recipient or the supporter is a claim until confirmed (rule
    6)."""

    NO_PEER_AVAILABLE = "NO_PEER_AVAILABLE"
    NO_STAFF_TO_UNLOCK = "NO_STAFF_TO_UNLOCK"
    NIGHT_STATE = "NIGHT_STATE"
    SUITE_OUT_OF_USE = "SUITE_OUT_OF_USE"
    NO_PRIVATE_SPACE = "NO_PRIVATE_SPACE"
    REGIME_CURTAILED = "REGIME_CURTAILED"
    LOCKDOWN_INCIDENT = "LOCKDOWN_INCIDENT"
    INFECTION_CONTROL = "INFECTION_CONTROL"
    IT_FAILURE = "IT_FAILURE"
    RECIPIENT_RISK_TO_PEER = "RECIPIENT_RISK_TO_PEER"
    PEER_UNSUITABLE = "PEER_UNSUITABLE"
    NON_ASSOCIATION = "NON_ASSOCIATION"
    SECURITY_RESTRICTION = "SECURITY_RESTRICTION"
    SEGREGATION_DECISION = "SEGREGATION_DECISION"
    HEALTHCARE_ADVICE = "HEALTHCARE_ADVICE"
    WITHDRAWN_CLAIMED = "WITHDRAWN_CLAIMED"
    ASLEEP_CLAIMED = "ASLEEP_CLAIMED"
    DECLINED_CLAIMED = "DECLINED_CLAIMED"
    MOVED = "MOVED"
    STAFF_DISCRETION = "STAFF_DISCRETION"
    NOT_PASSED_ON = "NOT_PASSED_ON"
    DENIED_AS_PUNISHMENT = "DENIED_AS_PUNISHMENT"
    TOLD_TO_WAIT_UNTIL_MORNING = "TOLD_TO_WAIT_UNTIL_MORNING"
    OTHER_ASK_ME = "OTHER_ASK_ME"


_C = RefusalCode
GROUND_OF: Final = (
    dict.fromkeys(
        (
            _C.NO_PEER_AVAILABLE,
            _C.NO_STAFF_TO_UNLOCK,
            _C.NIGHT_STATE,
            _C.SUITE_OUT_OF_USE,
            _C.NO_PRIVATE_SPACE,
            _C.REGIME_CURTAILED,
            _C.LOCKDOWN_INCIDENT,
            _C.INFECTION_CONTROL,
            _C.IT_FAILURE,
        ),
        RefusalGround.SYSTEM,
    )
    | dict.fromkeys(
        (
            _C.RECIPIENT_RISK_TO_PEER,
            _C.PEER_UNSUITABLE,
            _C.NON_ASSOCIATION,
            _C.SECURITY_RESTRICTION,
            _C.SEGREGATION_DECISION,
            _C.HEALTHCARE_ADVICE,
        ),
        RefusalGround.RISK,
    )
    | dict.fromkeys((_C.WITHDRAWN_CLAIMED, _C.ASLEEP_CLAIMED, _C.DECLINED_CLAIMED, _C.MOVED), RefusalGround.RECIPIENT)
    | dict.fromkeys(
        (
            _C.STAFF_DISCRETION,
            _C.NOT_PASSED_ON,
            _C.DENIED_AS_PUNISHMENT,
            _C.TOLD_TO_WAIT_UNTIL_MORNING,
            _C.OTHER_ASK_ME,
        ),
        RefusalGround.IMPROPER,
    )
)
"""Which ground each code belongs to. OTHER_ASK_ME leads to a talk that is not recorded here, and is reviewed (rule
20)."""


CLAIMS: Final = frozenset({_C.WITHDRAWN_CLAIMED, _C.ASLEEP_CLAIMED, _C.DECLINED_CLAIMED})
"""What whoever types it says of the recipient or of a supporter, and nobody has confirmed: unmet in every count (rule
6). A recipient who withdraws by himself makes no claim; nothing lets him do so through the service yet."""


def to_review(code: RefusalCode | None) -> bool:
    """Whether another person reviews it: an improper one, which whoever is accused of it coded himself, and a claim."""
    return code is not None and (code in CLAIMS or GROUND_OF[code] is RefusalGround.IMPROPER)


class Alternative(StrEnum):
    """What was offered instead."""

    SAMARITANS_PHONE = "SAMARITANS_PHONE"
    OFFICER_TALK = "OFFICER_TALK"
    KEY_WORKER = "KEY_WORKER"
    CHAPLAIN = "CHAPLAIN"
    HEALTHCARE = "HEALTHCARE"
    NONE = "NONE"


class DurationBand(StrEnum):
    """How long a contact lasted, in bands of minutes."""

    UNDER_15 = "UNDER_15"
    FROM_15_TO_30 = "FROM_15_TO_30"
    FROM_30_TO_60 = "FROM_30_TO_60"
    FROM_60_TO_120 = "FROM_60_TO_120"
    OVER_120 = "OVER_120"


class Concern(StrEnum):
    """What a contact was about, in Samaritans' own aggregate terms. Never who, never what was said."""

    MENTAL_HEALTH = "MENTAL_HEALTH"
    FAMILY = "FAMILY"
    BULLYING = "BULLYING"
    DEBT = "DEBT"
    HOMELESSNESS = "HOMELESSNESS"
    LONELINESS = "LONELINESS"
    STAFF_OR_REGIME = "STAFF_OR_REGIME"
    FIRST_TIME_IN_PRISON = "FIRST_TIME_IN_PRISON"
    PROBLEMS_WITH_OTHERS = "PROBLEMS_WITH_OTHERS"
    BEREAVEMENT = "BEREAVEMENT"
    OFFENCE_OR_SENTENCE = "OFFENCE_OR_SENTENCE"
    OTHER = "OTHER"


class YesNoUnknown(StrEnum):
    """An answer that may honestly be missing."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


class ChecklistItem(StrEnum):
    """What an Insider goes through with a new arrival (domain facts 1.2)."""

    MET_IN_RECEPTION = "MET_IN_RECEPTION"
    SHOWN_ROUND = "SHOWN_ROUND"
    PHONE_EXPLAINED = "PHONE_EXPLAINED"
    CANTEEN_EXPLAINED = "CANTEEN_EXPLAINED"
    VISITS_EXPLAINED = "VISITS_EXPLAINED"
    APPS_EXPLAINED = "APPS_EXPLAINED"
    KIT_RECEIVED = "KIT_RECEIVED"
    TOLD_ABOUT_LISTENERS = "TOLD_ABOUT_LISTENERS"
    TOLD_ABOUT_HEALTHCARE = "TOLD_ABOUT_HEALTHCARE"
    SECOND_DAY_CHECK_BACK = "SECOND_DAY_CHECK_BACK"


class NotDelivered(StrEnum):
    """Why a planned session did not happen: the field's own words (domain facts 1.3), and the codes of attendance that
    the prison service has (3.7)."""

    LEARNER_ABSENT = "LEARNER_ABSENT"
    MENTOR_ABSENT = "MENTOR_ABSENT"
    NOT_UNLOCKED = "NOT_UNLOCKED"
    NO_SPACE = "NO_SPACE"
    CANCELLED_REGIME = "CANCELLED_REGIME"
    TRANSFERRED = "TRANSFERRED"
    SICK = "SICK"
    REFUSED = "REFUSED"
    NOT_REQUIRED = "NOT_REQUIRED"
    REST = "REST"
    CLASH = "CLASH"
    SUSPENDED = "SUSPENDED"
    OTHER = "OTHER"


class FactMark(StrEnum):
    """What is marked of a fact that was accepted as one (rule 18)."""

    STOOD_DOWN_AT_TIME = "STOOD_DOWN_AT_TIME"
    """On that day the supporter had been stood down, or was suspended."""


class Programme(StrEnum):
    """What is learned manual by manual (domain facts 1.3): reading, or numbers. Each has five."""

    TURNING_PAGES = "TURNING_PAGES"
    COUNT_ME_IN = "COUNT_ME_IN"


class MentorChanged(StrEnum):
    """Why somebody is a learner's mentor no longer. Why two are kept apart is told to neither: STAFF_DECISION."""

    LEFT_THE_ROLE = "LEFT_THE_ROLE"
    LEARNER_ASKED = "LEARNER_ASKED"
    MENTOR_ASKED = "MENTOR_ASKED"
    WING_CHANGED = "WING_CHANGED"
    TIMES_DO_NOT_FIT = "TIMES_DO_NOT_FIT"
    MENTOR_HAS_TOO_MUCH = "MENTOR_HAS_TOO_MUCH"
    STAFF_DECISION = "STAFF_DECISION"
    LEARNER_LEFT = "LEARNER_LEFT"
    """The learner has left the prison."""
    NOT_RECORDED = "NOT_RECORDED"
    """It was before reasons were kept."""


class ReviewedAs(StrEnum):
    """What a review of an enrolment came to."""

    GOES_ON = "GOES_ON"
    GOES_ON_MORE_OFTEN = "GOES_ON_MORE_OFTEN"
    GOES_ON_LESS_OFTEN = "GOES_ON_LESS_OFTEN"
    NEEDS_ANOTHER_GOAL = "NEEDS_ANOTHER_GOAL"
    NEARLY_DONE = "NEARLY_DONE"
    NEEDS_OTHER_SUPPORT = "NEEDS_OTHER_SUPPORT"


class Place(StrEnum):
    """Where supporter and recipient met. A Listener suite is a room like any other: observations go on in it."""

    LISTENER_SUITE = "LISTENER_SUITE"
    CELL_OF_RECIPIENT = "CELL_OF_RECIPIENT"
    CELL_OF_SUPPORTER = "CELL_OF_SUPPORTER"
    PRIVATE_ROOM = "PRIVATE_ROOM"
    OUTSIDE_THE_DOOR = "OUTSIDE_THE_DOOR"
    IN_CELL_PHONE = "IN_CELL_PHONE"
