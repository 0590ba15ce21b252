"""Transfer holds: a coordinator asks that a supporter be not moved until a day, the governor decides, and how it ended
is kept, so that it can be told how often holds are refused and how often they held (domain facts 2.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, PersonId, SchemeId, SupporterId, TransferHoldId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import OfScheme, changed, made, scheme_to_write, with_
from domain.supporters.record import LeavingReason, Standing, Supporter

LONGEST: Final = timedelta(days=183)
"""A hold keeps somebody from where he may want to go: half a year, and then it is asked for anew. A default of ours."""
BATCH: Final = 200


class HoldReason(StrEnum):
    """Why somebody should stay."""

    TRAINING = "TRAINING"
    """Until his training is over."""
    COVER = "COVER"
    """Until another can do what he does."""


class HoldState(StrEnum):
    """Where a request for a hold stands."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    ENDED = "ENDED"


class HoldRefusal(StrEnum):
    """Why a hold was refused."""

    POPULATION_PRESSURE = "POPULATION_PRESSURE"
    SECURITY = "SECURITY"
    PROGRESSION = "PROGRESSION"
    """He is due elsewhere: a course, a category, a prison nearer home."""
    HIS_OWN_WISH = "HIS_OWN_WISH"
    OTHER_HOLD_STANDS = "OTHER_HOLD_STANDS"


class HoldOutcome(StrEnum):
    """How a hold that was granted ended."""

    HELD = "HELD"
    """He was there until its day."""
    MOVED_ANYWAY = "MOVED_ANYWAY"
    ENDED = "ENDED"
    """It was lifted, or he left for another reason."""


_S = HoldState
HOLD_MOVES: Final[Moves[HoldState]] = {
    _S.ASKED: frozenset({_S.GRANTED, _S.REFUSED, _S.WITHDRAWN}),
    _S.GRANTED: frozenset({_S.ENDED}),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.ENDED: frozenset(),
}
HOLD_LIFE: Final = Life(
    "state",
    {
        Verb.DECIDE_TRANSFER_HOLD: frozenset({_S.ASKED}),
        Verb.WITHDRAW_TRANSFER_HOLD: frozenset({_S.ASKED}),
        Verb.END_TRANSFER_HOLD: frozenset({_S.GRANTED}),
    },
)
_FITS: Final = {
    HoldReason.TRAINING: frozenset({Standing.ACCEPTED, Standing.IN_TRAINING, Standing.PROBATION}),
    HoldReason.COVER: frozenset({Standing.PROBATION, Standing.ACTIVE, Standing.PAUSED}),
}


@record(kind="transfer-hold", kept="two years after it was asked for", parties=("person",), life=HOLD_LIFE)
class TransferHold(OfScheme):
    """A request that a supporter be not moved to another prison before a day. It binds nobody: whoever plans moves
    reads it, and a move that is made all the same is counted."""

    to_come: ClassVar[tuple[str, ...]] = ("until",)
    id: Open[TransferHoldId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    reason: Operational[HoldReason]
    until: Operational[date]
    """The last day on which it holds."""
    state: Operational[HoldState] = HoldState.ASKED
    asked_by: Operational[ActorId]
    asked_on: Operational[date]
    decided_by: Operational[ActorId | None] = None
    decided_on: Operational[date | None] = None
    refused_for: Operational[HoldRefusal | None] = None
    ended_on: Operational[date | None] = None
    outcome: Operational[HoldOutcome | None] = None

    @derived
    def stands(self, now: datetime) -> Operational[bool]:
        """Whether it holds today."""
        return self.state is HoldState.GRANTED and self.until >= local_day(self, now)

    def faults(self) -> Iterable[Failure]:
        """No longer than half a year from the day on which it was asked for."""
        if self.until > self.asked_on + LONGEST:
            yield Failure("HOLD_TOO_LONG", "/until")


async def ask(begin: Begin, scheme: UUID, *, supporter: UUID, reason: HoldReason, until: date) -> View[TransferHold]:
    """Ask for a hold on a supporter of the scheme: one at a time, for a reason that fits where he stands."""
    async with begin.serially(Verb.REQUEST_TRANSFER_HOLD) as act:
        of = await scheme_to_write(act, scheme, TransferHold)
        held = await act.known_one(Supporter, supporter)
        if held is None or held.scheme != of.id:
            raise Unacceptable([Failure("NOT_OF_THIS_SCHEME", "/supporter")])
        there = await act.known(TransferHold, Query(equal={"scheme": of.id, "supporter": held.id}, limit=100))
        open_ = any(h.state is HoldState.ASKED or h.stands(act.now) for h in there)
        require(
            (held.standing in _FITS[reason], f"STATE_{held.standing.value}"),
            (not open_, "HOLD_ALREADY_ASKED"),
        )
        hold = made(
            act,
            of,
            TransferHold,
            supporter=held.id,
            person=held.person,
            reason=reason,
            until=until,
            asked_by=ActorId(act.viewer.actor),
            asked_on=local_day(of, act.now),
        )
        act.keep(hold)
        return act.disclose(hold)


async def decide(
    begin: Begin, id: UUID, *, seen: Tag, granted: bool, refused_for: HoldRefusal | None = None
) -> View[TransferHold]:
    """Grant or refuse it: not whoever asked for it. A refusal says why."""
    async with begin(Verb.DECIDE_TRANSFER_HOLD) as act:
        hold = await act.fetch(TransferHold, id, seen=seen)
        if granted is not (refused_for is None):
            raise Unacceptable([Failure("REASON_GOES_WITH_NO", "/refusedFor")])
        require(may_move(act, hold), (hold.asked_by != act.viewer.actor, "DECIDER_ASKED"))
        now = with_(
            hold,
            state=move(HOLD_MOVES, hold.state, _S.GRANTED if granted else _S.REFUSED),
            decided_by=ActorId(act.viewer.actor),
            decided_on=local_day(hold, act.now),
            refused_for=refused_for,
        )
        return await changed(act, hold, now)


async def withdraw(begin: Begin, id: UUID, *, seen: Tag) -> View[TransferHold]:
    """It is not asked for any more."""
    async with begin(Verb.WITHDRAW_TRANSFER_HOLD) as act:
        hold = await act.fetch(TransferHold, id, seen=seen)
        require(may_move(act, hold))
        return await changed(
            act, hold, with_(hold, state=move(HOLD_MOVES, hold.state, _S.WITHDRAWN), ended_on=local_day(hold, act.now))
        )


async def end(begin: Begin, id: UUID, *, seen: Tag) -> View[TransferHold]:
    """Lift it: it is not needed any more."""
    async with begin(Verb.END_TRANSFER_HOLD) as act:
        hold = await act.fetch(TransferHold, id, seen=seen)
        require(may_move(act, hold))
        return await changed(act, hold, _ended(hold, local_day(hold, act.now), HoldOutcome.ENDED))


async def settle(begin: Begin) -> int:
    """What the clock ends: a hold whose supporter has left, or whose last day has passed. How many; at most `BATCH`."""
    async with begin.serially(Verb.TICK) as act:
        done = 0
        query = Query(equal={"state": HoldState.GRANTED}, order="until", limit=BATCH)
        for hold in await act.known(TransferHold, query):
            supporter = await act.known_one(Supporter, hold.supporter)
            today = local_day(hold, act.now)
            outcome = _outcome(hold, supporter, today)
            if outcome is not None:
                act.keep_beside(_ended(hold, today, outcome), was=hold)
                done += 1
        return done


def _outcome(hold: TransferHold, supporter: Supporter | None, today: date) -> HoldOutcome | None:
    left = None if supporter is None else supporter.left_on
    if supporter is not None and left is not None and left <= hold.until:
        return HoldOutcome.MOVED_ANYWAY if supporter.left_for is LeavingReason.TRANSFERRED else HoldOutcome.ENDED
    return HoldOutcome.HELD if hold.until < today else None


def _ended(hold: TransferHold, on: date, outcome: HoldOutcome) -> TransferHold:
    return with_(hold, state=move(HOLD_MOVES, hold.state, _S.ENDED), ended_on=on, outcome=outcome)


SAID_FROM: Final = 8
"""A share of fewer decisions is too few to say."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What became of requests for holds. `share_refused` per cent; None: too few to say."""

    asked: int
    refused: int
    held: int
    moved_anyway: int
    share_refused: int | None


def counted(holds: Iterable[TransferHold]) -> Holds:
    """The count of these."""
    all_ = list(holds)
    refused, decided = sum(h.state is _S.REFUSED for h in all_), sum(h.decided_on is not None for h in all_)
    return Holds(
        asked=len(all_),
        refused=refused,
        held=sum(h.outcome is HoldOutcome.HELD for h in all_),
        moved_anyway=sum(h.outcome is HoldOutcome.MOVED_ANYWAY for h in all_),
        share_refused=round(100 * refused / decided) if decided >= SAID_FROM else None,
    )
