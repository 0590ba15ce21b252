"""After a death in the prison: all envelopes of the thirty days before are kept until the hold is lifted, whoever asked
and whether anybody did (rule 16). A duty governor records it by hand; whose death it was stands nowhere in here, so
that nothing tells whether he had asked: of whom a chronology was made is here as a hash, which needs our key. Support
is offered to every active supporter in the same act.

Since nothing here says who died, nothing here is silent about him by name: the service sends nobody a message, and
what would speak of him (his live request, a worry about him) goes at its own hour, within a day, and is read until then
by those on duty alone. What open schemes keep of him is not silent of itself: who records the death tells them.

What is recorded afterwards about the time before is marked so, for ever. Lifting is for another organisation than that
which recorded it; then the next batch deletes what should have gone, and the hold says on which day that was done.
"""

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import postvention
from domain.confidentiality.classification import Counted, Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, EnvelopeHoldId
from domain.kernel.moves import Life, Moves, move
from domain.schemes.record import Scheme

BACK: Final = timedelta(days=30)
"""How far before the death envelopes are kept."""
LATELY: Final = timedelta(days=7)
"""For so long after a death it may be recorded."""

SAME_DEATH: Final = timedelta(hours=1)
"""For so long what another records of that day is taken for the same death. A default of ours."""


class HoldStands(StrEnum):
    """Whether it is still kept."""

    HELD = "HELD"
    LIFTED = "LIFTED"


ENVELOPE_HOLD_MOVES: Final[Moves[HoldStands]] = {
    HoldStands.HELD: frozenset({HoldStands.LIFTED}),
    HoldStands.LIFTED: frozenset(),
}
ENVELOPE_HOLD_LIFE: Final = Life("state", {Verb.LIFT_ENVELOPE_HOLD: frozenset({HoldStands.HELD})})


@record(kind="envelope-hold", kept="six years; it names nobody in custody", life=ENVELOPE_HOLD_LIFE)
class EnvelopeHold(Record):
    """That the envelopes of a prison and some days are kept."""

    id: Open[EnvelopeHoldId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    first_day: Operational[date]
    """The first day whose envelopes are kept."""
    last_day: Operational[date]
    """The last one: the day on which it was recorded."""
    recorded_at: Operational[datetime]
    """By our clock: what is recorded later about the time before is marked."""
    recorded_by: Operational[ActorId]
    state: Operational[HoldStands] = HoldStands.HELD
    lifted_by: Operational[ActorId | None] = None
    lifted_on: Operational[date | None] = None
    deleted_on: Operational[date | None] = None
    """The receipt: on this day all that it had kept beyond its time was deleted, if there was any."""
    about: Counted[tuple[str, ...]] = ()
    """Keyed hashes of the numbers of which a chronology may be made: that which was asked for first, and each of which
    two people asked since. Told to nobody."""

    def keeps(self, day: date) -> bool:
        """Whether it is about this day."""
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: "EnvelopeHold") -> bool:
        """Whether both keep the same envelopes, of one day at least."""
        days = self.first_day <= other.last_day and other.first_day <= self.last_day
        return self.prison == other.prison and days


async def record_death(begin: Begin, *, prison: str, on: date) -> View[EnvelopeHold]:
    """Somebody died in the prison on this day. At once, and whoever it was: the hold, and an offer of support to every
    active supporter. What two officers record of one day within an hour is one hold, that of the first: two would both
    have to be lifted. Later it may be another death, and what was written down in between is marked by a hold of its
    own. Raises `Unacceptable`: the day lies ahead, or long past."""
    async with begin.serially(Verb.RECORD_DEATH) as act:
        hold = EnvelopeHold(
            id=EnvelopeHoldId(act.new_id()),
            jurisdiction=str(next(iter(act.viewer.fact("jurisdictions") or ()), "EW")),
            prison=prison,
            first_day=on - BACK,
            last_day=on,
            recorded_at=act.now,
            recorded_by=ActorId(act.viewer.actor),
        )
        act.within_reach(hold)
        today = local_day(hold, act.now)
        if not today - LATELY <= on <= today:
            raise Unacceptable([Failure("WITHIN_A_WEEK", "/on")])
        same = {"prison": prison, "state": HoldStands.HELD, "first_day": hold.first_day, "last_day": today}
        before = await looking.all_known(act, EnvelopeHold, same)
        there = [each for each in before if act.now - each.recorded_at <= SAME_DEATH]
        hold = there[0] if there else dataclasses.replace(hold, last_day=today)
        if not there:
            act.keep(hold)
        for scheme in await looking.all_known(act, Scheme, {"prison": prison, "open": True}):
            if not await postvention.offered_today(act, scheme):
                await postvention.offer_to_all(act, scheme)
        return act.disclose(hold)


async def lift(begin: Begin, id: UUID, *, seen: Tag) -> View[EnvelopeHold]:
    """Nothing is kept any longer for it. What another hold keeps stays kept."""
    async with begin(Verb.LIFT_ENVELOPE_HOLD) as act:
        was = await act.fetch(EnvelopeHold, id, seen=seen)
        now = dataclasses.replace(
            was,
            state=move(ENVELOPE_HOLD_MOVES, was.state, HoldStands.LIFTED),
            lifted_by=ActorId(act.viewer.actor),
            lifted_on=local_day(was, act.now),
        )
        act.keep(now, was=was)
        return act.disclose(now)


async def holds(act: Act) -> Sequence[EnvelopeHold]:
    """All that hold now, of every prison."""
    return await looking.all_known(act, EnvelopeHold, {"state": HoldStands.HELD})


async def receipts(act: Act) -> int:
    """Say of those that were lifted that what they kept beyond its time has gone. How many. Not of one whose days
    another keeps: it has not."""
    lifted = await looking.all_known(act, EnvelopeHold, {"state": HoldStands.LIFTED, "deleted_on": None})
    held = await holds(act)
    gone = [was for was in lifted if not any(each.overlaps(was) for each in held)]
    for was in gone:
        act.keep_beside(dataclasses.replace(was, deleted_on=local_day(was, act.now)), was=was)
    return len(gone)


async def after_hold(act: Act, jurisdiction: str, prison: str, at: datetime) -> bool:
    """Whether something that happened at this instant is recorded after a hold over its time. One that was lifted since
    counts too: the mark is for ever."""
    recorded = await looking.all_known(act, EnvelopeHold, {"jurisdiction": jurisdiction, "prison": prison})
    return any(at < each.recorded_at <= act.now and each.keeps(local_day(each, at)) for each in recorded)
