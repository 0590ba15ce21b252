"""When something may leave a scheme all the same: the partner's own list, in versions (domain facts 1.1, 4.4).

The partner owns the list, since it is the partner's promise. Prisons often assume further exceptions (escape, a
hostage, a threat to security); whether they are in it is the partner's to say and nobody's to type over, so nothing of
the kind is written down here. Old versions stay readable: what was promised then is judged by what was promised then.
So a promise that has begun is never taken back: another takes its place, and of whatever is promised at all one list
always holds. What is withdrawn had not begun.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from domain.act import Act
from domain.confidentiality.classification import Open
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.ids import ActorId, ExceptionListId
from domain.ports import Query
from domain.schemes.made import ALL
from domain.schemes.publication import PublicationState, life
from domain.schemes.vocabulary import Basis


class Obligation(StrEnum):
    """Whether the partner must act, or may."""

    MANDATORY = "MANDATORY"
    DISCRETIONARY = "DISCRETIONARY"


class NotifyTo(StrEnum):
    """Who is told: the least that the ground asks for."""

    EMERGENCY_SERVICES = "EMERGENCY_SERVICES"
    SOCIAL_SERVICES = "SOCIAL_SERVICES"
    POLICE = "POLICE"
    COURT = "COURT"
    PARTNER = "PARTNER"
    PRISON_STAFF = "PRISON_STAFF"


@dataclass(frozen=True, slots=True)
class Ground:
    """One exception, and its ground in law. `person_told`: the person is told before anything is passed on."""

    code: str
    label: str
    duty: Obligation
    notify_to: NotifyTo
    person_told: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class Promise:
    """One version of a partner's list. `effective_from` is None where its source gives no day."""

    organisation: str
    jurisdiction: str
    number: int
    effective_from: date | None
    exceptions: tuple[Ground, ...]


# The published list (S4), with what else is reported of it (S5). Which are duties and which are choices the sources
# do not say outright: these are our reading until Samaritans supply and sign the wording (domain facts 17, 2). An adult
# who can decide for himself and says that he intends suicide is in none of them.
SAMARITANS: Final = Promise(
    organisation="SAMARITANS",
    jurisdiction="EW",
    number=1,
    effective_from=None,
    exceptions=(
        Ground(
            "NOT_ABLE_TO_DECIDE",
            "The person is not able to decide: does not understand the risk, cannot recall where they are, or loses"
            " consciousness.",
            Obligation.DISCRETIONARY,
            NotifyTo.EMERGENCY_SERVICES,
            False,
            Basis.VITAL_INTERESTS,
        ),
        Ground(
            "CHILD",
            "The person is a child, and we know who they are.",
            Obligation.DISCRETIONARY,
            NotifyTo.SOCIAL_SERVICES,
            True,
            Basis.CHILD_PROTECTION,
        ),
        Ground(
            "CHILD_OR_ADULT_AT_RISK",
            "We learn who a child or adult at risk is who suffers abuse, after we have talked about it.",
            Obligation.DISCRETIONARY,
            NotifyTo.SOCIAL_SERVICES,
            True,
            Basis.ADULT_SAFEGUARDING,
        ),
        Ground(
            "TERRORISM",
            "We are told of an act of terrorism: the law obliges us to pass it on.",
            Obligation.MANDATORY,
            NotifyTo.POLICE,
            False,
            Basis.TERRORISM,
        ),
        Ground(
            "COURT_ORDER",
            "A court orders us to.",
            Obligation.MANDATORY,
            NotifyTo.COURT,
            True,
            Basis.COURT_ORDER,
        ),
    ),
)
READY_MADE: Final = (SAMARITANS,)
"""The first version of each list that is published in the world. Later ones are records."""


@record(
    kind="exception-list",
    kept="as long as the service: a promise is judged by what it was when it was made",
    life=life(publish=Verb.PUBLISH_EXCEPTION_LIST, withdraw=Verb.WITHDRAW_EXCEPTION_LIST),
)
class ExceptionList(Record):
    """One version of a partner's list, as it was made and published."""

    id: Open[ExceptionListId]
    version: Open[int] = 0
    organisation: Open[str]
    """The partner whose promise it is."""
    jurisdiction: Open[str]
    number: Open[int]
    """Counts the versions of one partner's list: 1 is the first."""
    effective_from: Open[date]
    """The day from which it holds, once it is published."""
    state: Open[PublicationState] = PublicationState.DRAFT
    exceptions: Open[tuple[dict[str, Any], ...]]
    made_by: Open[ActorId]
    published_by: Open[ActorId | None] = None
    published_on: Open[date | None] = None


def promise_in(made: ExceptionList) -> Promise:
    """The list that a version says."""
    return Promise(
        made.organisation,
        made.jurisdiction,
        made.number,
        made.effective_from,
        tuple(_ground(each) for each in made.exceptions),
    )


def _ground(plain: dict[str, Any]) -> Ground:
    return Ground(
        plain["code"],
        plain["label"],
        Obligation(plain["duty"]),
        NotifyTo(plain["notifyTo"]),
        plain["personTold"],
        Basis(plain["basis"]),
    )


def first_number(organisation: str, jurisdiction: str) -> int:
    """The number that a partner's first list of its own has: after the one that is ready-made, if there is one."""
    ready = [p.number for p in READY_MADE if (p.organisation, p.jurisdiction) == (organisation, jurisdiction)]
    return 1 + max(ready, default=0)


async def promises_here(act: Act, organisation: str | None) -> list[Promise]:
    """Every published version in the viewer's jurisdiction, of one partner or of all, the oldest first."""
    found: list[Promise] = []
    for jurisdiction in sorted(str(j) for j in act.viewer.fact("jurisdictions") or ()):
        found += [p for p in READY_MADE if p.jurisdiction == jurisdiction and organisation in (None, p.organisation)]
        equal: dict[str, Any] = {"jurisdiction": jurisdiction, "state": PublicationState.PUBLISHED}
        if organisation is not None:
            equal["organisation"] = organisation
        found += map(promise_in, await act.known(ExceptionList, Query(equal=equal, limit=ALL)))
    return sorted(found, key=lambda p: (p.organisation, p.number))


def in_force(promises: Iterable[Promise], now: datetime) -> frozenset[tuple[str, int]]:
    """(organisation, number) of each list that holds now: of one partner's the one whose day came last, whichever was
    made first; of two with one day the later made. A list without a day has always been there."""
    latest: dict[str, Promise] = {}
    for promise in promises:
        if promise.effective_from is None or promise.effective_from <= local_day(promise, now):
            held = latest.setdefault(promise.organisation, promise)
            latest[promise.organisation] = max(held, promise, key=lambda p: (p.effective_from or date.min, p.number))
    return frozenset((p.organisation, p.number) for p in latest.values())
