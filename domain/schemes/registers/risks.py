"""The risk register of a scheme (seed: 'remain vigilant for possible risks to the scheme'). Every scheme begins with
the risks that the evidence names, listed and not yet assessed; it adds its own."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import RiskId, SchemeId
from domain.kernel.moves import Life, Moves, move, require
from domain.ports import Query
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, made, scheme_to_write, with_
from domain.schemes.record import Scheme
from domain.schemes.registers.answerable import Answerable


class RiskCode(StrEnum):
    """What may go wrong with a scheme: the risks that the evidence names (domain facts 15), and others in words."""

    ATTITUDE_USERS = "ATTITUDE_USERS"
    """Those who use it are looked down on."""
    ATTITUDE_PEERS = "ATTITUDE_PEERS"
    """Those who give support are."""
    CONFIDENTIALITY = "CONFIDENTIALITY"
    """What is private is misused or passed on."""
    PREFERENTIAL_TREATMENT = "PREFERENTIAL_TREATMENT"
    COERCION = "COERCION"
    """Somebody is pressed to carry, to tell or to use it."""
    OVERLOAD = "OVERLOAD"
    STAFF_BUY_IN = "STAFF_BUY_IN"
    CHURN = "CHURN"
    """Supporters leave faster than they are trained."""
    OTHER = "OTHER"


NAMED: Final = tuple(code for code in RiskCode if code is not RiskCode.OTHER)
"""The risks that every scheme begins with."""


class RiskState(StrEnum):
    """Where a risk stands."""

    NOT_ASSESSED = "NOT_ASSESSED"
    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    """Known, and lived with."""
    CLOSED = "CLOSED"


RISK_MOVES: Final[Moves[RiskState]] = {
    RiskState.NOT_ASSESSED: frozenset({RiskState.OPEN}),
    RiskState.OPEN: frozenset({RiskState.OPEN, RiskState.ACCEPTED, RiskState.CLOSED}),
    RiskState.ACCEPTED: frozenset({RiskState.OPEN, RiskState.CLOSED}),
    RiskState.CLOSED: frozenset({RiskState.OPEN}),
}
"""To assess is to open, and is done again and again."""
RISK_LIFE: Final = Life(
    "state",
    {Verb.ASSESS_RISK: frozenset(RiskState), Verb.SETTLE_RISK: frozenset({RiskState.OPEN, RiskState.ACCEPTED})},
)


class Settled(StrEnum):
    """How an open risk is laid to rest."""

    ACCEPTED = "ACCEPTED"
    CLOSED = "CLOSED"


@record(kind="risk", kept="six years after its scheme closes; it names nobody in custody", life=RISK_LIFE)
class Risk(OfScheme):
    """One risk of a scheme. Likelihood and impact go from 1 to 5. What is done about it are actions of their own."""

    id: Open[RiskId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    risk: Operational[RiskCode]
    in_words: Operational[str | None] = None
    state: Operational[RiskState] = RiskState.NOT_ASSESSED
    likelihood: Operational[int | None] = None
    """1 to 5; None: not assessed."""
    impact: Operational[int | None] = None
    """1 to 5; None: not assessed."""
    owner: Operational[Answerable | None] = None
    """The role that answers for it."""
    assessed_on: Operational[date | None] = None
    review_on: Operational[date | None] = None
    settled_because: Operational[str | None] = None
    """Why it was accepted or closed."""
    to_come = ("review_on",)

    @derived
    def score(self, now: datetime) -> Operational[int | None]:
        """Likelihood times impact, 1 to 25; none before it is assessed."""
        return None if self.likelihood is None or self.impact is None else self.likelihood * self.impact

    @derived
    def review_overdue(self, now: datetime) -> Operational[bool]:
        """It is open or accepted, and the day of its review has passed."""
        watched = self.state in (RiskState.OPEN, RiskState.ACCEPTED)
        return watched and overdue(self.review_on, self, now)

    def faults(self) -> Iterable[Failure]:
        """A risk that has no name of ours is said in words."""
        if self.risk is RiskCode.OTHER and self.in_words is None:
            yield Failure("OTHER_NEEDS_WORDS", "/inWords")


def named(act: Act, of: Scheme) -> Iterator[Risk]:
    """The risks with which a new scheme begins."""
    return (made(act, of, Risk, risk=code) for code in NAMED)


async def add(begin: Begin, scheme: UUID, *, risk: RiskCode, in_words: str | None = None) -> View[Risk]:
    """A risk of the scheme's own. One that has a name stands in the register once."""
    async with begin.serially(Verb.KEEP_RISK) as act:
        new = made(act, await scheme_to_write(act, scheme, Risk), Risk, risk=risk, in_words=in_words)
        listed = risk is not RiskCode.OTHER and await act.known(
            Risk, Query(equal={"scheme": new.scheme, "risk": risk}, limit=1)
        )
        require((not listed, "ALREADY_LISTED"))
        act.keep(new)
        return act.disclose(new)


async def assess(
    begin: Begin, id: UUID, *, seen: Tag, likelihood: int, impact: int, owner: Answerable, review_on: date
) -> View[Risk]:
    """Say how likely and how grave it is now, whose it is, and when it is looked at again. One that was laid to rest is
    open again by it."""

    def into(act: Act, was: Risk) -> Risk:
        # The day that was agreed before is no day to come either, once it has passed.
        if late := belonging.in_the_past(act, was, review_on, "/reviewOn"):
            raise Unacceptable(late)
        return with_(
            was,
            state=move(RISK_MOVES, was.state, RiskState.OPEN),
            likelihood=likelihood,
            impact=impact,
            owner=owner,
            assessed_on=local_day(was, act.now),
            review_on=review_on,
            settled_because=None,
        )

    return await belonging.change(begin, Verb.ASSESS_RISK, Risk, id, seen=seen, into=into)


async def settle(begin: Begin, id: UUID, *, seen: Tag, to: Settled, because: str) -> View[Risk]:
    """Accept it or close it, and say why."""

    def into(act: Act, was: Risk) -> Risk:
        return with_(was, state=move(RISK_MOVES, was.state, RiskState(to)), settled_because=because)

    return await belonging.change(begin, Verb.SETTLE_RISK, Risk, id, seen=seen, into=into)
