"""A merge that was wrong, taken back by two people (rule 23): one says that it was wrong, another takes it back.

What is still as the merge left it is as it was before. What has changed since stays where it is, and is put before a
person: nobody but he can say whose it is. The number is its own again, and an event that tells of the same merge once
more is not heeded.
"""

import json
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow
from domain.kernel.moves import move, require
from domain.merging.doubles import OFF
from domain.merging.rekeying import read
from domain.moving import may_move
from domain.people.acts import with_number
from domain.people.merges import MERGE_MOVES, MergeState, PersonMerge
from domain.people.record import Person
from domain.people.reviews import ReviewKind, raise_
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
    person = Person(**{n: read(Person.shape.fields[n].type, v) for n, v in before["person"].items()})
    if await with_number(act, merge.jurisdiction, merge.removed) is not None:
        raise NotNow(["NUMBER_IN_USE"])
    if "into" not in before:
        there = await act.known_one(Person, person.id)
        if there is not None:
            act.keep_beside(replace(there, identifier=person.identifier), was=there)
        return
    act.keep_beside(replace(person, version=0))
    for each in before["rows"]:
        kind = KINDS[each["kind"]]
        row = await act.known_one(kind, UUID(each["id"]))
        if row is None:
            continue
        if row.version != each["version"]:
            await _look_at(act, row, UUID(before["into"]))
            continue
        given = {name: read(kind.shape.fields[name].type, value) for name, value in each["was"].items()}
        if isinstance(row, Session):  # what was called off stays off: people were told, and its time may be taken
            given = {name: value for name, value in given.items() if name not in OFF}
        act.keep_beside(replace(cast(Any, row), **given), was=row)


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
