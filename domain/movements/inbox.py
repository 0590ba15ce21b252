"""The inbox: each event is written down in the transaction that does what follows from it, so that one that comes again
does nothing again, and one that is lost half way is done whole when it comes again.

Nearly all events are of nobody who is known here, or of what nothing follows from. Those of one batch are written down
in one act (`take_in`); the others each in an act of their own (`follow`). No row says of whom an event was: a list of
everybody who moved, with when, is not ours to keep.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Open
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Unavailable
from domain.kernel.ids import PrisonEventId
from domain.kernel.prison import PrisonFacts
from domain.kernel.whereabouts import InOut, Located, Whereabouts
from domain.merging import merge as merging
from domain.merging.merge import MergeOutcome
from domain.movements import standards
from domain.movements.event import ASKED_ABOUT, MOVES, PrisonEvent, What, Why, by_its_word
from domain.movements.followed import Followed
from domain.movements.moving import brought
from domain.people.acts import known_by, with_numbers
from domain.people.merges import PersonMerge
from domain.people.record import Person
from domain.people.reviews import ReviewKind, put_before_staff
from domain.ports import PrisonRecords, Query, Raced, nothing_known

_OF_NUMBERS: Final = (What.MERGED, What.BOOKING_MOVED)
"""What is told of numbers themselves, known or not."""


@record(kind="prison-event", kept="thirty days", existence=Classification.SEALED)
class EventTaken(Record):
    """An event of the prison's systems that was taken in: its type and what came of it, never of whom it was."""

    id: Open[PrisonEventId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    type: Open[str]
    occurred_at: Open[datetime]
    taken_at: Open[datetime]
    followed: Open[Followed]


async def take_in(begin: Begin, jurisdiction: str, events: Sequence[PrisonEvent]) -> list[PrisonEvent]:
    """Write down those from which nothing follows here. The rest: to be followed one by one, in the order in which they
    happened."""
    async with begin(Verb.TICK) as act:
        fresh = {event.id: event for event in events}
        taken = await act.known(EventTaken, Query(equal={"id": frozenset(fresh)}, limit=len(fresh))) if fresh else ()
        for each in taken:
            del fresh[each.id]
        known = await _known(act, jurisdiction, list(fresh.values()))
        rest: list[PrisonEvent] = []
        for event in fresh.values():
            if event.what is What.NOTHING:
                _written(act, jurisdiction, event, Followed.NOTHING_TO_DO)
            elif event.numbers & known or event.what in _OF_NUMBERS:
                rest.append(event)
            else:
                _written(act, jurisdiction, event, Followed.NOT_KNOWN)
        return sorted(rest, key=lambda event: (event.at, str(event.id)))


async def follow(
    begin: Begin,
    jurisdiction: str,
    event: PrisonEvent,
    where: Whereabouts | None,
    records: PrisonRecords = nothing_known,
    turn: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
) -> Followed:
    """Do what follows from one event, and write it down. `where` and `records`: the prison's systems, asked again
    before anything is done; `where` None: none are set up, and the event's own word counts. `turn`: in which it is done
    once they have answered, so that nobody waits for an answer of theirs about another. Raises `Unavailable`: they
    cannot be asked now; `Raced`: more was done of him while they were asked."""
    async with begin(Verb.TICK) as act:
        seen = await known_by(act, jurisdiction, event.number or "") if event.what in ASKED_ABOUT else None
        # Whoever holds alerts writes down of whom they were asked for: of nobody who has and seeks no role (rule 4).
        concerned = event.what in (What.ALERTS, What.INCENTIVE) and bool(seen and await standards.roles(act, seen))
    located = await _asked(event, seen, where)
    facts = None
    if concerned and seen is not None:
        facts = await records(seen.identifier_kind, seen.identifier)
        if facts is None and event.what is What.INCENTIVE and records is not nothing_known:
            raise Unavailable  # the event does not say which level it is
    async with turn(), begin.serially(Verb.TICK) as act:
        taken = await act.known(EventTaken, Query(equal={"id": event.id}, limit=1))
        if taken:
            return taken[0].followed
        # A time that is still to come would make all that is told until then old.
        so_far = replace(event, at=min(event.at, act.now))
        followed = await _followed(act, jurisdiction, so_far, seen, located, facts)
        _written(act, jurisdiction, event, followed)
        return followed


_UNASKED: Final[Mapping[str, Located | None]] = {}


async def _asked(
    event: PrisonEvent, of: Person | None, where: Whereabouts | None
) -> Mapping[str, Located | None] | None:
    """Where he is by the systems themselves, by the number that he has now. None: nobody was asked."""
    if event.what not in MOVES or event.why is Why.POST_MERGE_ADMISSION or of is None:
        return _UNASKED
    if where is None:
        return None
    found = await where([of.identifier])
    if found is None or of.identifier not in found:
        raise Unavailable
    return found


async def _known(act: Act, jurisdiction: str, events: Sequence[PrisonEvent]) -> frozenset[str]:
    """The numbers of which something may be known here: somebody has them, or had them before a merge."""
    numbers = frozenset(n for event in events if event.what is not What.NOTHING for n in event.numbers)
    if not numbers:
        return numbers
    theirs = {each.identifier for each in await with_numbers(act, jurisdiction, numbers)}
    merged = await looking.all_known(act, PersonMerge, {"jurisdiction": jurisdiction, "removed": numbers - theirs})
    # Of a number that is told to be another's in this very batch nothing is known yet, and may be at once.
    told = {number for event in events if event.what in _OF_NUMBERS for number in event.numbers}
    return frozenset(theirs | told | {each.removed for each in merged})


def _written(act: Act, jurisdiction: str, event: PrisonEvent, followed: Followed) -> None:
    act.keep_beside(
        EventTaken(
            id=PrisonEventId(event.id),
            jurisdiction=jurisdiction,
            type=event.type,
            occurred_at=event.at,
            taken_at=act.now,
            followed=followed,
        )
    )


async def _followed(
    act: Act,
    jurisdiction: str,
    event: PrisonEvent,
    seen: Person | None,
    located: Mapping[str, Located | None] | None,
    facts: PrisonFacts | None,
) -> Followed:
    number, other = event.number, event.other
    match event.what:
        case What.MERGED if number is not None and other is not None:
            return _merged(await merging.merge(act, jurisdiction, number, other, event.at))
        case What.BOOKING_MOVED if number is not None and other is not None:
            return _merged(await merging.move_booking(act, jurisdiction, other, number, event.began, event.at))
        case What.RECEIVED | What.RELEASED | What.UPDATED:
            return await _moved(act, jurisdiction, event, seen, located)
        case What.ALERTS | What.INCENTIVE:
            return await standards.looked_at(act, jurisdiction, event, facts)
        case What.NON_ASSOCIATION:
            return await standards.kept_apart(act, jurisdiction, event)
        case _:
            return Followed.NOTHING_TO_DO


_OF_A_MERGE: Final = {
    MergeOutcome.NOTHING_KNOWN: Followed.NOT_KNOWN,
    MergeOutcome.ALREADY_MERGED: Followed.AS_IT_WAS,
    MergeOutcome.DIFFERS: Followed.TO_REVIEW,
}


def _merged(outcome: MergeOutcome) -> Followed:
    return _OF_A_MERGE.get(outcome, Followed.DONE)


async def _moved(
    act: Act,
    jurisdiction: str,
    event: PrisonEvent,
    seen: Person | None,
    located: Mapping[str, Located | None] | None,
) -> Followed:
    person = await known_by(act, jurisdiction, event.number or "")
    if located is not None and _at(person) != _at(seen):
        raise Raced  # what was answered may be older than what has been done since
    if person is None:
        return Followed.NOT_KNOWN
    said = by_its_word(event)
    if located is None:
        return await _by_its_word(act, person, event, said)
    if not located:
        return Followed.NOTHING_TO_DO
    at = located.get(person.identifier)
    if at is None:
        return await _looked_into(act, person, ReviewKind.UNVERIFIED)
    if said is not None and _elsewhere(said, at) and at.prison != person.prison:
        # Neither what was known nor what is told now: whoever is told of it too early acts on the wrong man's place.
        return await _looked_into(act, person, ReviewKind.WHEREABOUTS_DIFFER)
    return await brought(act, person, at, event.at)


def _at(person: Person | None) -> tuple[UUID, int] | None:
    return None if person is None else (person.id, person.version)


def _elsewhere(said: Located, at: Located) -> bool:
    if said.in_out is InOut.TRN and at.prison is not None:
        return False  # it was told that he left for another prison, and he is there already (rule 24)
    return (said.prison, said.in_out) != (at.prison, at.in_out)


async def _by_its_word(act: Act, person: Person, event: PrisonEvent, said: Located | None) -> Followed:
    """Nobody can be asked: the event counts, unless a later one was there first."""
    if said is None:
        return Followed.NOTHING_TO_DO
    overtaken = person.moved_at is not None and event.at < person.moved_at
    if overtaken or (event.what is What.RELEASED and event.prison != person.prison):
        return Followed.AS_IT_WAS
    return await brought(act, person, said, event.at)


async def _looked_into(act: Act, person: Person, kind: ReviewKind) -> Followed:
    await put_before_staff(act, kind, person)
    return Followed.TO_REVIEW
