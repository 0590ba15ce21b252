"""A merge that the prison's systems tell of, as the service does it by itself (F91; hmpps.md 4.5; rule 23).

`merge` and `move_booking` are called inside a serial act of the service, by whatever reads events. Both may be called
again with the same words, and merges in any order: the end is the same. What they answer is for counting alone: whether
a number was known here may be that its man once asked for a Listener, so no answer of theirs is shown to anybody.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.act import Act
from domain.confidentiality.record import Record
from domain.kernel.ids import PersonId, PersonMergeId
from domain.merging import doubles
from domain.merging.rekeying import Gathered, written
from domain.people.acts import checked_identifier, with_number
from domain.people.merges import MergeState, PersonMerge, links, moves
from domain.people.merges import resolved as number_now
from domain.people.record import Person
from domain.people.reviews import MovementReview, ReviewKind, put_before_staff, raise_
from domain.sessions.record import Enrolment
from domain.supporters.record import Supporter


class MergeOutcome(StrEnum):
    """What came of an event. Counted, and never shown of one of them."""

    MERGED = "MERGED"
    """Both numbers were known: what was of the one is the other's."""
    REKEYED = "REKEYED"
    """The removed number alone was known: its person has the other now."""
    MAPPED = "MAPPED"
    """The surviving number alone was known: the map says what the other was."""
    NOTHING_KNOWN = "NOTHING_KNOWN"
    """Neither was. The map says it for what may be heard of later."""
    ALREADY_MERGED = "ALREADY_MERGED"
    DIFFERS = "DIFFERS"
    """The removed number was merged into another before, or it is not said when a booking began. Nothing is joined;
    people look."""
    MOVED = "MOVED"
    """What was made in the time of a booking is the other person's."""


async def resolved(act: Act, jurisdiction: str, number: str) -> str:
    """The number that a person has now who once had this one. Raises `Unacceptable`: it is no number there."""
    return await number_now(act, jurisdiction, checked_identifier(jurisdiction, number))


async def merge(act: Act, jurisdiction: str, survivor: str, removed: str, at: datetime) -> MergeOutcome:
    """The person with the removed number is the one with the surviving number. Raises `Unacceptable`: one of them is
    no number there."""
    kept, old = checked_identifier(jurisdiction, survivor), checked_identifier(jurisdiction, removed)
    if kept == old:
        return MergeOutcome.NOTHING_KNOWN
    end = await number_now(act, jurisdiction, kept)
    now = await number_now(act, jurisdiction, old)
    # An event that is heard again after somebody took the merge back does not bring it back; a later one does.
    reversed = (e for e in await links(act, jurisdiction, old) if e.state is MergeState.REVERSED)
    if any(at <= each.occurred_at for each in reversed):
        return MergeOutcome.ALREADY_MERGED
    if now == end:  # told so before; or the one that stays was told to be this one
        return MergeOutcome.ALREADY_MERGED if now != old else await _differs(act, jurisdiction, {old})
    if now != old:
        return await _differs(act, jurisdiction, {now, end})
    gone, stays = await with_number(act, jurisdiction, old), await with_number(act, jurisdiction, end)
    outcome, prison, undo = await _joined(act, gone, stays, end)
    _written(act, jurisdiction, old, kept, at, prison, undo)
    return outcome


def _written(
    act: Act,
    jurisdiction: str,
    removed: str,
    survivor: str,
    at: datetime,
    prison: str | None,
    undo: dict[str, Any] | None,
    *,
    booking: bool = False,
) -> None:
    act.keep_beside(
        PersonMerge(
            id=PersonMergeId(act.new_id()),
            jurisdiction=jurisdiction,
            prison=prison,
            removed=removed,
            survivor=survivor,
            occurred_at=at,
            merged_at=act.now,
            booking=booking,
            undo=None if undo is None else json.dumps(undo, separators=(",", ":")),
        )
    )


async def _differs(act: Act, jurisdiction: str, numbers: set[str]) -> MergeOutcome:
    for number in sorted(numbers):
        person = await with_number(act, jurisdiction, number)
        if person is not None and await _told(act, person.id):
            await put_before_staff(act, ReviewKind.MERGE_DIFFERS, person)
    return MergeOutcome.DIFFERS


async def _joined(
    act: Act, gone: Person | None, stays: Person | None, number: str
) -> tuple[MergeOutcome, str | None, dict[str, Any] | None]:
    """What came of it, where that may be read of, and how it was before."""
    if gone is None:
        return (MergeOutcome.NOTHING_KNOWN if stays is None else MergeOutcome.MAPPED), None, None
    told = await _told(act, gone.id)
    undo: dict[str, Any] = {"person": {n: written(getattr(gone, n)) for n in gone.shape.fields}}
    if stays is None:
        # His rows bear our own id, and not the number: they stay as they are.
        act.keep_beside(replace(gone, identifier=number), was=gone)
        if not told:
            return MergeOutcome.REKEYED, None, None
        undo |= _told_of([await put_before_staff(act, ReviewKind.MERGED, gone)])
        return MergeOutcome.REKEYED, gone.prison, undo
    rows = Gathered(act)
    await join(rows, gone.id, stays.id)
    told = bool(rows.now)
    reviews = await _reviews(rows, ReviewKind.MERGED, stays)
    rows.keep()
    act.erase(gone)
    undo |= {"into": str(stays.id), "rows": rows.undo(), **reviews}
    return MergeOutcome.MERGED, stays.prison if told else None, undo if told else None


async def join(rows: Gathered, gone: UUID, stays: UUID, only: Callable[[Record], bool] = lambda _: True) -> None:
    """Everything of the one is the other's, and what is double or turned upon itself by that has ended."""
    await rows.give(gone, stays, only)
    rows.roles = await doubles.roles(rows, stays) + await doubles.unlike(rows, stays)
    rows.ended = await doubles.enrolments(rows, stays)
    rows.ended += await doubles.sessions(rows, stays)
    await doubles.shifts(rows, stays)


async def _told(act: Act, person: UUID) -> bool:
    """Whether anything is held of him that those may know who answer for his prison: a closed policy's use is not."""
    rows = Gathered(act)
    await rows.give(person, UUID(int=0))
    return bool(rows.was)


def _told_of(reviews: Iterable[MovementReview | None]) -> dict[str, list[str]]:
    """What was put before people, as an undo keeps it: what the merge raised, and what it found open already, which
    somebody looks at in any case."""
    there = [each for each in reviews if each is not None]
    return {
        "reviews": [str(each.id) for each in there if each.version == 0],
        "found": [str(each.id) for each in there if each.version > 0],
    }


async def _reviews(rows: Gathered, kind: ReviewKind, person: Person) -> dict[str, list[str]]:
    """Before a person: each role and enrolment that was joined to others or has ended, or of which a session met
    another; and each role of one who stands worse by his other number. Where none was, and yet there is something to
    read, the person himself."""
    said = list(rows.now.values())
    roles = {each.id: each for each in (*rows.roles, *(s for s in said if isinstance(s, Supporter) and not s.left_on))}
    ended = {each.id: each for each in rows.ended}
    if said and not roles and not ended:
        return _told_of([await put_before_staff(rows.act, kind, person)])
    return _told_of(
        [
            await raise_(
                rows.act,
                kind,
                jurisdiction=role.jurisdiction,
                prison=role.prison,
                person=person.id,
                supporter=role.id if isinstance(role, Supporter) else None,
                enrolment=role.id if isinstance(role, Enrolment) else None,
            )
            for role in sorted((*roles.values(), *ended.values()), key=lambda each: each.id)
        ]
    )


async def move_booking(
    act: Act, jurisdiction: str, from_: str, to: str, started: datetime | None, at: datetime
) -> MergeOutcome:
    """One person's time in prison was another's: what was made of him in it, and until the event, is the other's.
    Without a beginning nothing is: people look. It is taken back as a merge is, and heard again after that it brings
    nothing back. What is of a closed policy's use has no time of its making, and stays. Raises `Unacceptable`: one of
    them is no number there."""
    source, target = await resolved(act, jurisdiction, from_), await resolved(act, jurisdiction, to)
    gone = await with_number(act, jurisdiction, source)
    if gone is None or source == target:
        return MergeOutcome.NOTHING_KNOWN
    found = Gathered(act)
    await found.give(gone.id, UUID(int=0))
    his = [each for each in found.was.values() if not isinstance(each, MovementReview)]
    if his and started is None:
        await put_before_staff(act, ReviewKind.BOOKING_MOVED, gone)
        return MergeOutcome.DIFFERS
    theirs = set[UUID]() if started is None else await _made(act, his, started, at)
    if not theirs:
        return MergeOutcome.NOTHING_KNOWN
    heard = [e for e in await moves(act, jurisdiction, source) if e.booking and e.survivor == target]
    if any(each.state is MergeState.REVERSED and at <= each.occurred_at for each in heard):
        return MergeOutcome.ALREADY_MERGED
    stays = await with_number(act, jurisdiction, target)
    if stays is None:
        id = PersonId(act.new_id())
        stays = replace(gone, id=id, person=id, identifier=target, version=0)
        act.keep_beside(stays)
    rows = Gathered(act)
    await join(rows, gone.id, stays.id, lambda each: each.id in theirs)
    reviews = await _reviews(rows, ReviewKind.BOOKING_MOVED, stays)
    rows.keep()
    undo = {"into": str(stays.id), "rows": rows.undo(), **reviews}
    _written(act, jurisdiction, source, target, at, stays.prison, undo, booking=True)
    return MergeOutcome.MOVED


async def _made(act: Act, his: list[Record], started: datetime, at: datetime) -> set[UUID]:
    """Those of them that the ledger says were made in that time."""
    by: dict[str, list[UUID]] = {}
    for each in his:
        prison = getattr(each, "prison", None)
        if prison is not None:
            by.setdefault(prison, []).append(each.id)
    lines = [line for prison, ids in by.items() for line in await act.written(prison, started, ids)]
    return {line.record for line in lines if line.first and started <= line.at <= at}
