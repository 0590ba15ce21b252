"""A merge that was wrong, taken back by two people (rule 23): one says that it was wrong, another takes it back.

Whose everything was, it is again: whoever was suspended is so, and nobody else. What else the merge changed is as it
was, where it is still as the merge left it; a row that has changed since is put before a person. The number is its own
again, and an event that tells of the same merge once more is not heeded.
"""

import json
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow
from domain.kernel.ids import PersonId, SupporterId
from domain.kernel.moves import move, require
from domain.merging.doubles import OFF
from domain.merging.rekeying import naming, read, written
from domain.moving import may_move
from domain.people.acts import with_number
from domain.people.merges import MERGE_MOVES, MergeState, PersonMerge, became, resolved
from domain.people.record import Person
from domain.people.reviews import MovementReview, MovementReviewState, ReviewKind, SettledAs, raise_, settled
from domain.sessions.record import Enrolment, Session
from domain.supporters.record import Supporter


async def doubt(begin: Begin, id: UUID, *, seen: Tag) -> View[PersonMerge]:
    """Say that it was wrong."""
    async with begin(Verb.DOUBT_PERSON_MERGE) as act:
        was = await act.fetch(PersonMerge, id, seen=seen)
        require(may_move(act, was))
        now = replace(was, state=move(MERGE_MOVES, was.state, MergeState.DOUBTED), doubted_by=act.viewer.actor)
        act.keep(now, was=was)
        return act.disclose(now)


async def reverse(begin: Begin, id: UUID, *, seen: Tag) -> View[PersonMerge]:
    """Take it back: another than whoever said that it was wrong."""
    async with begin.serially(Verb.REVERSE_PERSON_MERGE) as act:
        was = await act.fetch(PersonMerge, id, seen=seen)
        require(may_move(act, was), (was.doubted_by != act.viewer.actor, "SECOND_PERSON_NEEDED"))
        now = replace(
            was,
            state=move(MERGE_MOVES, was.state, MergeState.REVERSED),
            undo=None,
            reversed_by=act.viewer.actor,
            reversed_at=act.now,
        )
        await _put_back(act, was)
        act.keep(now, was=was)
        return act.disclose(now)


async def _put_back(act: Act, merge: PersonMerge) -> None:
    before: dict[str, Any] = json.loads(merge.undo or "{}")
    if not before:
        return
    if merge.booking or await _person_back(act, merge, before):
        into = UUID(before["into"])
        for each in before["rows"]:
            await _row_back(act, each, into)
    await _not_so(act, merge, frozenset(before.get("reviews", ())))


async def _person_back(act: Act, merge: PersonMerge, before: dict[str, Any]) -> bool:
    """The number is somebody's again. Whether anything was joined to another's besides."""
    person = Person(**{n: read(Person.shape.fields[n].type, v) for n, v in before["person"].items()})
    if await with_number(act, merge.jurisdiction, merge.removed) is not None:
        raise NotNow(["NUMBER_IN_USE"])
    if "into" not in before:
        there = await act.known_one(Person, person.id)
        if there is not None:
            act.keep_beside(replace(there, identifier=person.identifier), was=there)
        return False
    act.keep_beside(replace(person, version=0))
    return True


async def _row_back(act: Act, left: dict[str, Any], into: UUID) -> None:
    kind = KINDS[left["kind"]]
    row = await act.known_one(kind, UUID(left["id"]))
    if row is None:
        return
    given = {name: read(kind.shape.fields[name].type, left["was"][name]) for name in _back(row, left)}
    now = replace(cast(Any, row), **given)
    if given:
        act.keep_beside(now, was=row)
    if row.version != left["version"]:
        await _look_at(act, row, getattr(now, "person", None) or into)


def _back(row: Record, left: dict[str, Any]) -> set[str]:
    """Which fields are as they were again. Whose it is, always; other ids each that nobody has changed since; and the
    rest together or not at all, for they hang together."""
    changed = set(left["was"])
    same = {name for name in changed if written(getattr(row, name)) == left["now"][name]}
    ids = {*naming(type(row), PersonId), *naming(type(row), SupporterId)}
    back = (same if same == changed else same & ids) | (changed & {"person"})
    # What was called off stays off: people were told, and its time may be taken.
    return back - OFF.keys() if isinstance(row, Session) else back


async def _not_so(act: Act, merge: PersonMerge, reviews: frozenset[str]) -> None:
    """What the merge put before people is no more: it may bear the id of a man whom it does not concern. What another
    merge that stands put before them too, they look at as before."""
    numbers = await became(act, merge.jurisdiction, await resolved(act, merge.jurisdiction, merge.survivor))
    into = await looking.all_known(act, PersonMerge, {"jurisdiction": merge.jurisdiction, "survivor": numbers})
    stand = (json.loads(e.undo) for e in into if e.undo and e.id != merge.id)
    theirs = {id for undo in stand for id in (*undo.get("reviews", ()), *undo.get("found", ()))}
    for id in sorted(reviews - theirs):
        was = await act.known_one(MovementReview, UUID(id))
        if was is not None and was.state is MovementReviewState.OPEN:
            act.keep_beside(settled(act, was, SettledAs.NOT_SO), was=was)


async def _look_at(act: Act, row: Record, person: UUID) -> None:
    """It has changed since, and whose it is a person must say."""
    role = row.id if isinstance(row, Supporter) else getattr(row, "supporter", None)
    enrolment = row.id if isinstance(row, Enrolment) else None
    prison, jurisdiction = getattr(row, "prison", None), getattr(row, "jurisdiction", None)
    if prison is None or jurisdiction is None:
        return
    await raise_(
        act,
        ReviewKind.MERGE_REVERSED,
        jurisdiction=jurisdiction,
        prison=prison,
        person=person,
        supporter=None if enrolment is not None else role,
        enrolment=enrolment,
    )
