"""The attribute sheet of a kind of scheme (domain facts 1.12), with what it says of itself that cannot be true.

A kind is data. It says whom its schemes help and when, what they may hold, who decides, what a supporter must have done
before meeting anybody, how he is cared for and paid, and what may never be asked of him. The rules of supporters,
sessions and feedback read it; none of them knows a kind by its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.confidentiality.admission import InformationPolicy, RecipientIdentity, RecordLevel
from domain.confidentiality.classification import Classification as C
from domain.kernel.bands import Band
from domain.kernel.errors import Failure
from domain.kernel.words import JURISDICTIONS
from domain.schemes.tasks import FLOOR, Task
from domain.schemes.vocabulary import (
    NEEDED_BY,
    NEEDED_FOR,
    Basis,
    Contact,
    DebriefAfter,
    EligibilityRule,
    Holder,
    Pay,
    Stage,
    SupportType,
    Weight,
)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """One rule of eligibility, how it counts, and its parameter where it has one."""

    rule: EligibilityRule
    weight: Weight
    parameter: int | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """When a supporter is asked how he is, and within how many hours."""

    after: DebriefAfter
    within_hours: int


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked of one supporter: hours a week, above which somebody asks, and above which nobody may; nights
    on call in seven; hours of rest after a night. Defaults of domain facts 2.5, to be confirmed by the partner."""

    hours_soft: int
    hours_hard: int
    nights_in_seven: int
    rest_hours: int


@dataclass(frozen=True, slots=True)
class SelfService:
    """What a supporter may do about the rota himself. `offered`: he takes bands, and asks to drop or to swap his own.
    `until_hours`: up to so many hours before a band begins; after that it is left to those who run the day. `waits`:
    whatever he drops or swaps waits for the coordinator. Where it does not wait, what is done at once and what is not
    tells him how many a band needs, and of the other whether he can be had."""

    offered: bool = True
    until_hours: int = 24
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many supporters there should be: one for so many people, or so many on each wing; None: no such aim."""

    people_for_one: int | None = None
    on_each_wing: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind. Response targets in minutes, supervision and probation in days, training in hours."""

    code: str
    jurisdiction: str = "EW"
    title: str
    support_types: tuple[SupportType, ...]
    stage_of_sentence: tuple[Stage, ...]
    purpose: str
    purpose_plain: str
    """The same in plain words, for people in prison who find reading hard."""
    partner: str
    """The code of the organisation that usually certifies and supervises."""
    closed_policy: bool
    """Even the fact of contact is confidential, as for Listeners."""
    record_level: RecordLevel
    recipient_identity: RecipientIdentity
    holds: frozenset[C]
    told_to_newcomers: str
    """What supporters say to the person helped about what is passed on: wording that is approved, never typed over."""
    told_plain: str
    content_owned_by: tuple[Holder, ...]
    identity_held_by: tuple[Holder, ...]
    disclosure: tuple[Basis, ...]
    """The grounds on which something may leave; the partner's own list has the words (`domain.schemes.exceptions`)."""
    eligibility: tuple[Eligibility, ...]
    partner_certifies: bool
    certified_by: str | None
    modules: tuple[str, ...]
    training_hours: int
    observed_contacts: int
    probation_days: int
    """With `observed_contacts`, what gates probation's end (domain facts 11.1)."""
    supervision_days: int
    debrief: Debrief
    load: Load
    pay: Pay
    bands: tuple[Band, ...]
    coverage: Coverage
    self_service: SelfService = SelfService()
    response_target_day: int | None
    response_target_night: int | None
    permitted_tasks: tuple[Task, ...]
    prohibited_tasks: tuple[Task, ...]
    contact: Contact

    @property
    def policy(self) -> InformationPolicy:
        """What its schemes may hold."""
        return InformationPolicy(
            closed=self.closed_policy,
            level=self.record_level,
            identity=self.recipient_identity,
            holds=self.holds,
            told_to_newcomers=self.told_to_newcomers,
        )


def forbidding(*own: Task) -> tuple[Task, ...]:
    """A kind's own prohibited tasks, and the floor."""
    return (*own, *(task for task in FLOOR if task not in own))


LIVE: Final = frozenset({C.OPEN, C.OPERATIONAL, C.PARTICIPATION})
"""What every kind may hold: a request while it lives. So asking needs no admission, and cannot be refused by it."""
NEVER: Final = frozenset({C.SECURITY, C.CASEWORK})
"""What no kind may hold. Clearance is an outcome; casework is the prison's."""


def faults(kind: Kind) -> list[Failure]:
    """What a sheet says that no kind may say: a stable code, and the member's place in the sheet."""
    return [Failure(code, f"/sheet/{member}") for code, member in _faults(kind)]


def _faults(kind: Kind) -> Iterator[tuple[str, str]]:
    closed, holds = kind.closed_policy, kind.holds
    if closed is not (kind.contact is Contact.TALLY):
        yield "CLOSED_COUNTS_BY_TALLY", "contact"
    if closed is not (kind.record_level is RecordLevel.COUNT_ONLY):
        yield "CLOSED_COUNTS_ONLY", "recordLevel"
    if closed is not (kind.recipient_identity is RecipientIdentity.UNTIL_BAND_END):
        yield "CLOSED_FORGETS_AT_BAND_END", "recipientIdentity"
    if SupportType.EMOTIONAL in kind.support_types and not closed:
        yield "EMOTIONAL_IS_CLOSED", "supportTypes"
    if closed is not (C.SEALED in holds) or (closed and holds & {C.CONTENT, C.HEALTH}):
        yield "CLOSED_HOLDS_NO_CONTENT", "holds"
    if (kind.record_level is RecordLevel.CODED_WITH_NOTE) is not (C.CONTENT in holds):
        yield "NOTE_IS_CONTENT", "holds"
    if not holds >= LIVE or holds & NEVER:
        yield "HOLDS_WHAT_NO_KIND_MAY", "holds"
    if closed and kind.debrief.after is not DebriefAfter.ROSTERED_BAND:
        yield "DEBRIEF_TELLS_OF_CONTACT", "debrief"  # rule 9
    if not set(kind.prohibited_tasks) >= set(FLOOR):
        yield "FLOOR_DROPPED", "prohibitedTasks"
    if set(kind.permitted_tasks) & {*kind.prohibited_tasks, *FLOOR}:
        yield "TASK_PROHIBITED", "permittedTasks"
    if kind.partner_certifies and kind.certified_by is None:
        yield "CERTIFIED_BY_NOBODY", "certifiedBy"
    yield from _below(kind)
    if kind.load.hours_soft > kind.load.hours_hard:
        yield "SOFT_ABOVE_HARD", "load"
    if len({e.rule for e in kind.eligibility}) < len(kind.eligibility):
        yield "TWICE", "eligibility"
    yield from _lacking(kind)


HARM: Final = frozenset(
    {
        SupportType.EMOTIONAL,
        SupportType.SOCIAL_CARE,
        SupportType.RECOVERY,
        SupportType.SAFETY_VIOLENCE_REDUCTION,
        SupportType.END_OF_LIFE,
    }
)
"""Support that harms where it is given badly: to who gets it, and to who gives it."""


def _below(kind: Kind) -> Iterator[tuple[str, str]]:
    """Where a sheet falls below the floor of its jurisdiction. The floor of tasks is looked at beside (`FLOOR`)."""
    pack, load = JURISDICTIONS[kind.jurisdiction], kind.load
    harmful = bool(HARM & set(kind.support_types)) or C.HEALTH in kind.holds
    floor = pack.floor_of_confidence if kind.closed_policy else pack.floor_of_harm if harmful else pack.floor
    if (
        load.hours_hard > floor.hours_a_week
        or load.nights_in_seven > floor.nights_in_seven
        or load.rest_hours < floor.rest_hours
    ):
        yield "BELOW_FLOOR", "load"
    if kind.supervision_days > floor.supervision_days:
        yield "BELOW_FLOOR", "supervisionDays"
    if kind.training_hours < floor.training_hours:
        yield "BELOW_FLOOR", "trainingHours"
    if kind.observed_contacts < floor.observed_contacts:
        yield "BELOW_FLOOR", "observedContacts"
    if kind.probation_days < floor.probation_days:
        yield "BELOW_FLOOR", "probationDays"
    if not any(e.rule is EligibilityRule.SECURITY_CLEARANCE and e.weight is Weight.HARD for e in kind.eligibility):
        yield "BELOW_FLOOR", "eligibility"


def _lacking(kind: Kind) -> Iterator[tuple[str, str]]:
    """What the kind's jurisdiction does not have (rule 27)."""
    pack = JURISDICTIONS[kind.jurisdiction]
    if pack.lacks(NEEDED_FOR[kind.contact]):
        yield "KIND_DOES_NOT_ALLOW", "contact"
    for number, each in enumerate(kind.eligibility):
        if pack.lacks(NEEDED_BY.get(each.rule)):
            yield "KIND_DOES_NOT_ALLOW", f"eligibility/{number}/rule"
    if not set(kind.bands) <= set(pack.bands):
        yield "KIND_DOES_NOT_ALLOW", "bands"
