"""Watching the board: one act, with an entry when it is opened and one when it is closed (rule 29).

A wing office polls its board every few seconds all night. Were each look an entry, the ledger would drown in them, and
an unusual look with them. So a watch is opened; inside it a look that would show nothing new says only that, and leaves
no line of its own; a look that shows something leaves one. It ends with its band, or when it is closed.
"""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import band_at
from domain.kernel.errors import Absent
from domain.kernel.ids import ActorId, WatchId
from domain.kernel.moves import require
from domain.kernel.words import JURISDICTIONS
from domain.ports import Query
from domain.sessions.answering import OPEN_STATES
from domain.sessions.request import Request

EACH: Final = 20
"""The most of one state that a board shows."""


@record(kind="watch", kept="one day after its band")
class Watch(Record):
    """That somebody watches the board until this band ends."""

    id: Open[WatchId]
    version: Open[int] = 0
    author: Operational[ActorId]
    jurisdiction: Open[str]
    prison: Open[str]
    opened_at: Operational[datetime]
    ends_at: Operational[datetime]
    closed_at: Operational[datetime | None] = None


@dataclass(frozen=True, slots=True)
class Board:
    """What is open now. `tag` changes when anything of it does; `more`: there are others besides, to be listed;
    `watch` is the watch that was opened with it."""

    items: tuple[View[Request], ...]
    tag: Tag
    more: bool
    watch: View[Watch] | None = None


async def board(begin: Begin, *, watch: UUID | None = None, known: Tag | None = None) -> Board | None:
    """What is open now, on the viewer's declared wings (or, for whoever runs the prison tonight, everywhere in it).
    None: inside this open `watch` of the viewer's own, nothing has changed since `known`."""
    async with begin(Verb.READ_BOARD) as act:
        found = await _open_now(act)
        if watch is not None and await _watched(act, watch) and found.tag == known:
            act.unchanged()
            return None
        return found


async def open_watch(begin: Begin, *, prison: str, again: UUID | None = None) -> Board:
    """Begin to watch, until this band ends: the board as it is, and the watch. `again`: the watch that the caller's key
    opened before."""
    async with begin(Verb.READ_BOARD) as act:
        prisons = act.viewer.fact("prisons")
        if prisons is not None and prison not in prisons:
            raise Absent
        jurisdiction = str(next(iter(act.viewer.fact("jurisdictions") or ("EW",))))
        watch = Watch(
            id=WatchId(act.new_id()),
            author=ActorId(act.viewer.actor),
            jurisdiction=jurisdiction,
            prison=prison,
            opened_at=act.now,
            ends_at=band_at(act.now, JURISDICTIONS[jurisdiction].time_zone)[1],
        )
        found = await _open_now(act)
        if again is not None:
            watch = await act.known_one(Watch, again) or watch
            act.replays()
        else:
            act.keep_beside(watch, subject=True)
        return dataclasses.replace(found, watch=act.disclose(watch))


async def close_watch(begin: Begin, id: UUID, *, seen: Tag) -> View[Watch]:
    """Watch no longer."""
    async with begin(Verb.CLOSE_WATCH) as act:
        watch = await act.fetch(Watch, id, seen=seen)
        require((watch.closed_at is None, "CLOSED"))
        closed = dataclasses.replace(watch, closed_at=act.now)
        act.keep(closed, was=watch)
        return act.disclose(closed)


async def end_watches(begin: Begin) -> int:
    """The clock closes the watches whose band has ended: every one has its closing entry. How many."""
    async with begin.serially(Verb.TICK) as act:
        left = await act.known(Watch, Query(equal={"closed_at": None}, order="ends_at", limit=200))
        over = [w for w in left if w.ends_at <= act.now]
        for watch in over:
            act.keep_beside(dataclasses.replace(watch, closed_at=watch.ends_at), was=watch)
        return len(over)


async def _open_now(act: Act) -> Board:
    # State by state, the longest waiting first: however many are made, none that waits is pushed off unseen.
    shown: list[Request] = []
    more = False
    for state in OPEN_STATES:
        page = await act.search(Request, Query(equal={"state": state}, order="asked_at", limit=EACH))
        shown += page.items
        more = more or page.next is not None
    views = tuple(act.disclose(r) for r in shown)
    return Board(views, act.tag_of_all(views), more)


async def _watched(act: Act, id: UUID) -> bool:
    watch = await act.known_one(Watch, id)
    if watch is None or watch.author != act.viewer.actor:
        raise Absent
    return watch.closed_at is None and watch.opened_at <= act.now < watch.ends_at
