"""What is done with a version of a charter until it is published: begun, written, submitted, sent back, discarded,
read."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.policy import grants_of, reach_of
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import covers
from domain.kernel.days import local_day
from domain.kernel.errors import Absent
from domain.kernel.moves import require
from domain.kernel.pages import Page
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import changed, made, scheme_to_write, with_
from domain.schemes.charter import UNPUBLISHED, Charter, CharterState, answers_of, faults, unsigned
from domain.schemes.comments import said_of
from domain.schemes.made import terms_of
from domain.schemes.naming import names_wrongly
from domain.schemes.objective import Objective
from domain.schemes.questions import Section
from domain.schemes.record import Scheme
from domain.schemes.tasks import Task


async def begin_draft(begin: Begin, scheme: UUID) -> View[Charter]:
    """A new version, in draft: the first is blank, each further one begins with what holds now, and its words are still
    those of who wrote it: none of its authors signs the next. One at a time."""
    async with begin.serially(Verb.DRAFT_CHARTER) as act:
        of = await scheme_to_write(act, scheme, Charter)
        versions = await _versions(act, of.id)
        require((not any(c.state in UNPUBLISHED for c in versions), "DRAFT_EXISTS"))
        now = next((c for c in versions if c.state is CharterState.PUBLISHED), None)
        draft = made(
            act,
            of,
            Charter,
            kind=of.kind,
            number=1 + max((c.number for c in versions), default=0),
            written_by=tuple(dict.fromkeys((act.viewer.actor, *(() if now is None else now.written_by)))),
            **({} if now is None else answers_of(now)),
        )
        act.keep(draft)
        return act.disclose(draft)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Charter]:
    """Write the members that were sent, and no others. Whoever does is among its authors from then on."""
    async with begin(Verb.AMEND_CHARTER) as act:
        act.admit_writes(changes)
        charter = await act.fetch(Charter, id, seen=seen)
        require(may_move(act, charter))
        by = charter.written_by if act.viewer.actor in charter.written_by else (*charter.written_by, act.viewer.actor)
        return await changed(act, charter, with_(charter, **changes, written_by=by))


async def submit(begin: Begin, id: UUID, *, seen: Tag) -> View[Charter]:
    """Hand it to those who sign. It is whole by then, and so is what it names: nobody's signature is asked for half a
    plan."""
    async with begin(Verb.SUBMIT_CHARTER) as act:
        charter = await act.fetch(Charter, id, seen=seen)
        today = local_day(charter, act.now)
        wrong = (
            *faults(charter, today, prohibited=await prohibited_in(act, charter)),
            *await names_wrongly(act, charter),
        )
        require(may_move(act, charter), *((False, each) for each in wrong))
        return await changed(act, charter, with_(charter, state=CharterState.SUBMITTED, submitted_at=act.now))


async def prohibited_in(act: Act, charter: Charter) -> tuple[Task, ...]:
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
        require(may_move(act, charter))
        view = await changed(act, charter, with_(unsigned(charter), state=CharterState.DRAFT))
        act.keep_beside(said_of(act, charter, section, words))
        return view


async def discard(begin: Begin, id: UUID, *, seen: Tag) -> View[Charter]:
    """Give a draft up: another may be begun in its place, from what holds now. What is submitted is in the hands of
    those who sign, and comes back first."""
    async with begin(Verb.DISCARD_CHARTER) as act:
        charter = await act.fetch(Charter, id, seen=seen)
        require(may_move(act, charter))
        return await changed(act, charter, with_(charter, state=CharterState.DISCARDED))


async def of_scheme(begin: Begin, scheme: UUID, number: int | None = None) -> View[Charter]:
    """A scheme's charter: the version that holds now, or the one of that number. One look, whole."""
    async with begin(Verb.READ_CHARTER) as act:
        return act.disclose(await _one(act, scheme, number))


async def printed(begin: Begin, scheme: UUID) -> tuple[View[Charter], View[Scheme] | None, list[View[Objective]]]:
    """What the page of the version that holds is made of: the plan, its scheme (is it open? who prints must not send
    anybody to one that does not run), and those of its objectives that this viewer's role may read for any of its
    purposes."""
    async with begin(Verb.READ_CHARTER) as act:
        charter = await _one(act, scheme, None)
        of = await act.known_one(Scheme, charter.scheme)
        view, viewer = act.disclose(charter), act.viewer
        ids = () if "objectives" in view.withheld else charter.objectives
        found = [o for id in ids if (o := await act.known_one(Objective, id)) is not None]
        found = [o for o in found if o.scheme == charter.scheme]
        grants = grants_of(viewer.role, Verb.READ_OBJECTIVE)
        read = [o for o in found if any(covers(reach_of(g, Objective), viewer, act.now, o) for g in grants)]
        return view, None if of is None else act.disclose(of), [act.disclose(o) for o in read]


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
    """Two versions to compare: `to` (else the one that holds now) with `since` (else the one that held before it;
    before the first there is none)."""
    async with begin(Verb.READ_CHARTER) as act:
        after = await _one(act, scheme, to)
        earlier = await _held_before(act, after) if since is None else since
        before = None if earlier == 0 else await _one(act, scheme, earlier)
        return (None if before is None else act.disclose(before)), act.disclose(after)


async def _one(act: Act, scheme: UUID, number: int | None) -> Charter:
    which = {"state": CharterState.PUBLISHED} if number is None else {"number": number}
    found = await act.search(Charter, Query(equal={"scheme": scheme, **which}, limit=1))
    if not found.items:
        raise Absent
    return found.items[0]


async def _held_before(act: Act, charter: Charter) -> int:
    """The number of the version before it that held, past those that were discarded; 0: none did."""
    earlier = (c for c in await _versions(act, charter.scheme) if c.number < charter.number)
    return max((c.number for c in earlier if c.in_force_from is not None), default=0)


async def _versions(act: Act, scheme: UUID) -> Sequence[Charter]:
    return await act.known(Charter, Query(equal={"scheme": scheme}, limit=1_000))
