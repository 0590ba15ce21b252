"""What is done with a version of a charter until it is published: begun, written, submitted, sent back, read."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent
from domain.kernel.ids import CharterId
from domain.kernel.moves import move, require
from domain.kernel.pages import Page
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.charter import (
    CHARTER_MOVES,
    UNPUBLISHED,
    Charter,
    CharterState,
    answers_of,
    faults,
    unsigned,
)
from domain.schemes.comments import said_of
from domain.schemes.made import terms_of
from domain.schemes.questions import Section
from domain.schemes.record import Scheme, SchemeState


async def begin_draft(begin: Begin, scheme: UUID) -> View[Charter]:
    """A new version, in draft: the first is blank, each further one begins with what holds now. One at a time."""
    async with begin.serially(Verb.DRAFT_CHARTER) as act:
        of = await scheme_here(act, scheme)
        versions = await _versions(act, of.id)
        now = next((c for c in versions if c.state is CharterState.PUBLISHED), None)
        draft = Charter(
            id=CharterId(act.new_id()),
            scheme=of.id,
            kind=of.kind,
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            organisation=of.organisation,
            number=1 + max((c.number for c in versions), default=0),
            written_by=(act.viewer.actor,),
            **({} if now is None else answers_of(now)),
        )
        act.within_reach(draft)
        require(
            (of.state is not SchemeState.CLOSED, "SCHEME_CLOSED"),
            (not any(c.state in UNPUBLISHED for c in versions), "DRAFT_EXISTS"),
        )
        act.keep(draft)
        return act.disclose(draft)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Charter]:
    """Write the members that were sent, and no others. Whoever does is among its authors from then on."""
    async with begin(Verb.AMEND_CHARTER) as act:
        act.admit_writes(changes)
        charter = await act.fetch(Charter, id, seen=seen)
        require((charter.state is CharterState.DRAFT, f"STATE_{charter.state.value}"))
        by = charter.written_by if act.viewer.actor in charter.written_by else (*charter.written_by, act.viewer.actor)
        changed = dataclasses.replace(charter, **changes, written_by=by)
        act.keep(changed, was=charter)
        return act.disclose(changed)


async def submit(begin: Begin, id: UUID, *, seen: Tag) -> View[Charter]:
    """Hand it to those who sign. It is whole by then: nobody's signature is asked for half a plan."""
    async with begin(Verb.SUBMIT_CHARTER) as act:
        charter = await act.fetch(Charter, id, seen=seen)
        state = move(CHARTER_MOVES, charter.state, CharterState.SUBMITTED)
        prohibited = await prohibited_in(act, charter)
        require(*((False, code) for code in faults(charter, act.now.date(), prohibited=prohibited)))
        changed = dataclasses.replace(charter, state=state, submitted_at=act.now)
        act.keep(changed, was=charter)
        return act.disclose(changed)


async def prohibited_in(act: Act, charter: Charter) -> tuple[str, ...]:
    """The tasks that the terms of the charter's scheme never permit, whatever a plan says."""
    of = await act.known_one(Scheme, charter.scheme)
    if of is None:
        raise Absent
    return (await terms_of(act, of)).prohibited_tasks


async def return_(begin: Begin, id: UUID, *, seen: Tag, section: Section, words: str) -> View[Charter]:
    """Send it back to be written again, and say why: that is the last comment on it as it stood. What was signed is
    signed no more."""
    async with begin(Verb.RETURN_CHARTER) as act:
        charter = await act.fetch(Charter, id, seen=seen)
        require((charter.state is CharterState.SUBMITTED, f"STATE_{charter.state.value}"))
        changed = dataclasses.replace(unsigned(charter), state=CharterState.DRAFT)
        act.keep(changed, was=charter)
        act.keep_beside(said_of(act, charter, section, words))
        return act.disclose(changed)


async def of_scheme(begin: Begin, scheme: UUID, number: int | None = None) -> View[Charter]:
    """A scheme's charter: the version that holds now, or the one of that number. One look, whole."""
    async with begin(Verb.READ_CHARTER) as act:
        return act.disclose(await _one(act, scheme, number))


async def versions_of(begin: Begin, query: Query) -> Page[View[Charter]]:
    """A scheme's versions in reach; `Absent` where none is. Not by the scheme's own reach: who reads only what is in
    force has none over schemes."""
    async with begin(Verb.READ_CHARTER) as act:
        page = await act.show(Charter, query)
        if not page.items and query.after is None:
            raise Absent
        return page


async def two_of_scheme(
    begin: Begin, scheme: UUID, to: int | None, since: int | None
) -> tuple[View[Charter] | None, View[Charter]]:
    """Two versions to compare: `to` (else the one that holds now) with `since` (else the one before it; before the
    first there is none)."""
    async with begin(Verb.READ_CHARTER) as act:
        after = await _one(act, scheme, to)
        earlier = after.number - 1 if since is None else since
        before = None if earlier == 0 else await _one(act, scheme, earlier)
        return (None if before is None else act.disclose(before)), act.disclose(after)


async def _one(act: Act, scheme: UUID, number: int | None) -> Charter:
    which = {"state": CharterState.PUBLISHED} if number is None else {"number": number}
    found = await act.search(Charter, Query(equal={"scheme": scheme, **which}, limit=1))
    if not found.items:
        raise Absent
    return found.items[0]


async def _versions(act: Act, scheme: UUID) -> Sequence[Charter]:
    return await act.known(Charter, Query(equal={"scheme": scheme}, limit=1_000))
