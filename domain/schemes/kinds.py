"""Ready-made kinds of scheme, as data. A kind says what its schemes may hold, who decides, and what a supporter must
have done before meeting anybody. Sources: domain facts 1.1 to 1.3 and 1.12."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.confidentiality.admission import InformationPolicy, RecipientIdentity, RecordLevel
from domain.confidentiality.classification import Classification as C
from domain.kernel.errors import Absent


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. Times in minutes; `observed_contacts` and `probation_days` gate probation's end (domain facts 11.1)."""

    code: str
    title: str
    support_types: tuple[str, ...]
    stage_of_sentence: tuple[str, ...]
    purpose: str
    partner: str
    """The code of the organisation that usually certifies and supervises."""
    policy: InformationPolicy
    partner_certifies: bool
    modules: tuple[str, ...]
    observed_contacts: int
    probation_days: int
    response_target_day: int | None
    response_target_night: int | None
    permitted_tasks: tuple[str, ...]
    prohibited_tasks: tuple[str, ...]
    contact: str
    """How a contact is recorded: TALLY, INDUCTION or ENROLMENT."""


LISTENERS: Final = Kind(
    code="LISTENERS",
    title="Listeners",
    support_types=("EMOTIONAL",),
    stage_of_sentence=("INDUCTION", "ANY"),
    purpose="Confidential emotional support for anyone who is struggling to cope or feels suicidal, by day and night.",
    partner="SAMARITANS",
    policy=InformationPolicy(
        closed=True,
        level=RecordLevel.COUNT_ONLY,
        identity=RecipientIdentity.UNTIL_BAND_END,
        holds=frozenset({C.OPEN, C.OPERATIONAL, C.PARTICIPATION, C.SEALED, C.WELLBEING}),
        told_to_newcomers="What you say stays with the Listeners and Samaritans. Staff are not told what is said.",
    ),
    partner_certifies=True,
    modules=(
        "LISTENING",
        "BOUNDARIES",
        "CONFIDENTIALITY",
        "SUICIDE_AND_SELF_HARM",
        "SAFEGUARDING",
        "LOOKING_AFTER_YOURSELF",
    ),
    observed_contacts=3,
    probation_days=28,
    response_target_day=60,
    response_target_night=90,
    permitted_tasks=("LISTEN_IN_PRIVATE", "EXPLORE_FEELINGS", "TELL_HOW_TO_REACH_SAMARITANS"),
    prohibited_tasks=("GIVE_ADVICE", "CONSTANT_SUPERVISION", "ATTEND_CASE_REVIEW_AS_INFORMANT", "CARRY_ITEMS"),
    contact="TALLY",
)

INSIDERS: Final = Kind(
    code="INSIDERS",
    title="Insiders",
    support_types=("INDUCTION",),
    stage_of_sentence=("INDUCTION",),
    purpose="Meet every new arrival within 24 hours, explain how the prison works, and say who can help.",
    partner="PRISON",
    policy=InformationPolicy(
        closed=False,
        level=RecordLevel.CODED,
        identity=RecipientIdentity.WITH_RECORD,
        holds=frozenset({C.OPEN, C.OPERATIONAL, C.PARTICIPATION}),
        told_to_newcomers="I tell staff if I am worried about you. To talk in confidence, ask for a Listener.",
    ),
    partner_certifies=False,
    modules=("COMMUNICATION", "INDUCTION_FACTS", "WHEN_TO_TELL_STAFF"),
    observed_contacts=2,
    probation_days=28,
    response_target_day=1440,
    response_target_night=1440,
    permitted_tasks=("MEET_AND_GREET", "SHOW_ROUND", "EXPLAIN_FORMS", "SIGNPOST"),
    prohibited_tasks=("ASK_ABOUT_OFFENCE", "ASSESS_RISK", "HANDLE_PROPERTY"),
    contact="INDUCTION",
)

SHANNON_TRUST: Final = Kind(
    code="SHANNON_TRUST",
    title="Shannon Trust reading mentors (Toe by Toe)",
    support_types=("EDUCATION",),
    stage_of_sentence=("ANY",),
    purpose="Help anyone who finds reading or numbers hard, one to one, twenty minutes a day, at their own pace.",
    partner="SHANNON_TRUST",
    policy=InformationPolicy(
        closed=False,
        level=RecordLevel.CODED_WITH_NOTE,
        identity=RecipientIdentity.WITH_RECORD,
        holds=frozenset({C.OPEN, C.OPERATIONAL, C.PARTICIPATION, C.CONTENT}),
        told_to_newcomers="Your progress is shared with you, your mentor and the programme. It is not a test.",
    ),
    partner_certifies=True,
    modules=("COMMUNICATION", "TURNING_PAGES", "COUNT_ME_IN"),
    observed_contacts=2,
    probation_days=28,
    response_target_day=None,
    response_target_night=None,
    permitted_tasks=("READ_TOGETHER", "COUNT_TOGETHER", "KEEP_PROGRESS_CARD"),
    prohibited_tasks=("READ_LEGAL_POST", "PASS_ITEMS"),
    contact="ENROLMENT",
)

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({k.code: k for k in (LISTENERS, INSIDERS, SHANNON_TRUST)})
"""Every kind that the service knows. A kind is data: another is added without code elsewhere."""


def kind_of(code: str) -> Kind:
    """The kind, or `Absent`."""
    try:
        return KINDS[code]
    except KeyError:
        raise Absent from None
