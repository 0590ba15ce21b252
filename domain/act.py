"""An act: one thing, done by one person, for one reason. It is recorded, or it did not happen.

    async with begin(Verb.STAND_DOWN_SUPPORTER) as act:
        supporter = await act.fetch(Supporter, id, seen=seen)
        changed = stand_down(supporter, reason)
        act.keep(changed, was=supporter)
        return act.disclose(changed)

`fetch` and `search` note a *sight* of each record, `disclose` fills in which fields were shown, and leaving the block
makes one entry and hands it to the store: `settle` when all went well, `abandon` when it did not (refused, absent,
malformed, stale, failed). A look without disclosure, a search that finds nothing, a refusal and a crash each leave a
line. If the entry cannot be written, the exception leaves the block and no view is returned: nothing is shown.

An act has no side effect outside itself, so it may be run again when another transaction won (`Raced`); only the last
attempt makes an entry. `begin.serially`: looks and settling share one SERIALIZABLE transaction. DESIGN section 5.
"""

import hashlib
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from domain import scopes
from domain.confidentiality import disclosure
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import Tag, Tagger, View
from domain.confidentiality.entry import Entry, Outcome
from domain.confidentiality.policy import Decision, filterable, moves_of
from domain.confidentiality.record import R, Record, columns, with_version
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import covers
from domain.kernel.errors import Absent, Failure, NotNow, Stale, TagRequired, Trouble, Unacceptable, Unreadable
from domain.kernel.ids import ActorId, EntryId
from domain.kernel.pages import Page
from domain.kernel.rollout import EVERYWHERE, RollOut
from domain.kernel.words import camel
from domain.notes import TRIED, notes_of, outcome_of
from domain.ports import Clash, Clock, Footing, Ids, Kept, KeyUse, Letter, Look, Outdated, Query, Raced, Scope, Store

_EVERYWHERE: Final = Scope(None, True)
UNSEEN: Tag = ""
"""Given for a tag where none was sent: the act answers that one is required."""


class Act:
    """One act under way. Made by `Begin`; ended by leaving its block: left well, it settles; left with an error, it
    abandons, unless it shall be run again."""

    def __init__(self, begin: "Begin", decision: Decision, store: Store, now: datetime) -> None:
        self.decision, self.viewer, self.now = decision, decision.viewer, now
        self._begin, self._store = begin, store
        self.dry, self.is_rolled_out, self.new_id = begin.dry, begin.rollout.includes, begin.ids
        self._notes = notes_of(decision.verb)
        self.saw, self.searched = self._notes.saw_page, self._notes.searched
        self.written = store.written  # which lines of the ledger wrote a record: what was first stands there for ever
        self._kept: dict[tuple[str, UUID], Kept] = {}
        self._letters: list[Letter] = []
        self._subject: UUID | None = None
        self._quiet, self._stands = False, begin.footing is None

    async def __aenter__(self) -> "Act":
        return self

    async def __aexit__(self, _kind: Any, error: BaseException | None, _trace: Any) -> None:
        if not isinstance(error, (Raced, Outdated)):
            await self.end(error)

    async def fetch(self, kind: type[R], id: UUID, *, seen: Tag | None = None) -> R:
        """The record, if it is in reach; `Absent` in the same words and work if not. `seen` is the tag that the caller
        read: `UNSEEN` raises `TagRequired`, another than that of the record as this viewer sees it now raises `Stale`.
        None: the act reads, or makes something new beside it."""
        record = await self._store.get(kind, id, self._look(kind))
        self._stands = True
        if record is None:
            raise Absent
        self._notes.saw(record)
        if seen is not None:
            self._check(record, seen)
        return record

    async def search(self, kind: type[R], query: Query) -> Page[R]:
        """The records in reach that the query asks for, by fields that this grant sees."""
        page = await self.page(kind, query)
        for record in (made := list(page.items)):  # once: a store makes a record each time that it is asked for
            self._notes.saw(record)
        return Page(made, page.next)

    async def show(self, kind: type[R], query: Query) -> Page[View[R]]:
        """The same page, disclosed whole: of each record only what is shown is opened, and no record is made."""
        page, sees = await self.page(kind, query), self.decision.sees(kind)
        self.saw(kind, page.items, disclosure.mask(kind, sees)[0])
        return Page(disclosure.disclose_all(kind, page.items, sees, self.now), page.next)

    async def page(self, kind: type[R], query: Query, ceiling: int | None = None) -> Page[R]:
        """What `search` finds, of which nothing is shown yet: who shows any says so (`saw`). `ceiling`: a roster's."""
        asked = {*query.equal, *(() if query.order is None else (query.order,))}
        if not asked <= filterable(self.decision.grant, kind):
            raise Unreadable([Failure("FILTER_NOT_ALLOWED")])
        limit = min(query.limit, ceiling or kind.shape.ceiling)
        found = await self._store.find(kind, replace(query, limit=limit + 1), self._look(kind))
        self._stands, shown = True, found[:limit]
        self._notes.searched(kind, len(shown))
        if len(found) <= limit:
            return Page(shown)
        last = columns(shown[-1:], ("id", query.order or "id"))
        return Page(shown, (last[query.order][0] if query.order else None, last["id"][0]))

    async def known(self, kind: type[R], query: Query) -> list[R]:
        """Records that the *rules* need and nobody is shown: a double use, a guard over others. It notes no sight, and
        what it finds must never decide an answer that a viewer without clearance could tell apart."""
        return list(await self.unread(kind, query))

    async def unread(self, kind: type[R], query: Query, by: Decision | None = None) -> Sequence[R]:
        """`known`, for rules that choose among many by few fields: a record is made each time that it is asked for.
        `by` another grant of the viewer's: what he reaches by it, and no more; who shows any says so (`saw`)."""
        footing = None if self._stands else self._begin.footing
        everything = Look((), self.viewer, self.now, _EVERYWHERE, footing)
        look = everything if by is None else scopes.to_look(by, kind, self.now, footing)
        found, self._stands = await self._store.find(kind, query, look), True
        return found

    async def known_one(self, kind: type[R], id: UUID) -> R | None:
        """`known`, by id."""
        return next(iter(await self.known(kind, Query(equal={"id": id}, limit=1))), None)

    async def replayed(self, kind: type[R], id: UUID) -> R:
        """What an idempotency key was used for, as it is now: only ever called with the subject of the caller's own
        key, and still only within the grant's reach."""
        record = await self.known_one(kind, id)
        if record is None or not covers(self.decision.reach(kind), self.viewer, self.now, record):
            raise Absent
        self._notes.saw(record)
        self.replays()
        return record

    def within_reach(self, record: Record) -> None:
        """A new record must lie where the grant reaches: else `Absent`, as for any place out of reach."""
        if not covers(self.decision.reach(type(record)), self.viewer, self.now, record):
            raise Absent

    def keep(self, record: Record, *, was: Record | None = None) -> None:
        """Keep this when the act settles. `was` is the record that was read, whose version guards the write."""
        if was is None:
            self.within_reach(record)
        self._subject = self._subject or record.id
        self.keep_beside(record, was=was)

    def replays(self) -> None:
        """This act shows again what the caller's key was used for before."""
        self._notes.replayed = True

    def keep_beside(self, record: Record, *, was: Record | None = None, subject: bool = False) -> None:
        """Keep what an act makes besides its subject (a person first heard of, a grant's holder): the rules decided it,
        not the viewer's reach. `subject`: it is what an idempotency key will show again."""
        self._subject = self._subject or (record.id if subject else None)
        key = (record.shape.kind, record.id)
        first = self._kept.get(key)
        before: int = first.before if first else (was.version if was else 0)
        if was is not None:
            self._notes.was.setdefault(key, was)
        self._kept[key] = Kept(with_version(record, before + 1), before)
        self._notes.about(record)

    def post(self, letter: Letter) -> None:
        """Hand something into a letterbox, or take out what lies there. The entry says no more than that, with no
        reference, nobody's name, and the time to the day or week (rule 1)."""
        self._letters.append(letter)
        self._notes.posted = True

    async def lying(self, box: str) -> Sequence[Letter]:
        """What lies in a letterbox, opened for the rules; nobody is shown it."""
        return await self._store.lying(box)

    def admit_writes(self, names: Mapping[str, Any]) -> None:
        """Refuse members that an amendment under this grant may not change, in the words for an unknown member."""
        wrong = sorted(set(names) - self.decision.grant.writes)
        if wrong:
            raise Unacceptable([Failure("UNKNOWN_FIELD", f"/{camel(name)}") for name in wrong])

    def disclose(self, record: R) -> View[R]:
        """The record as this viewer may see it; the entry will say which fields were shown."""
        sees = self.decision.sees(type(record))
        self._notes.sights[record.shape.kind, record.id] = disclosure.mask(type(record), sees)[0]
        return disclosure.disclose(record, sees, self.now)

    def handed_in_before(self) -> None:
        """The key of something handed in came again: the same receipt, and a line that names as little."""
        self._notes.replayed = self._notes.unsigned = True

    def turn(self, of: Record, among: Record) -> Tag:
        """A place in an order that is fixed for `of`, and that needs our key to be worked out (rule 11)."""
        return self._begin.tag(disclosure.disclose(among, frozenset({Classification.OPEN}), self.now), ActorId(of.id))

    def erase(self, record: Record) -> None:
        """Delete it when the act settles: what its `kept` says has come."""
        self._notes.was[record.shape.kind, record.id] = record
        self._kept[record.shape.kind, record.id] = Kept(record, record.version, erased=True)
        self._notes.about(record)

    def tag_of_all(self, views: Iterable[View[Any]]) -> Tag:
        """One tag for several views in their order."""
        tags = "|".join(f"{view.id}={self._begin.tag(view, self.viewer.actor)}" for view in views)
        return hashlib.sha256(f"{self.viewer.actor}|{tags}".encode()).hexdigest()[:32]

    def unchanged(self) -> None:
        """Inside an open watch, and nothing new to show: this look leaves no line (rule 29)."""
        self._quiet = True

    def mark_closed(self, closed: bool = True) -> None:
        """This act is about closed-policy participation: its entry names nobody in custody, and shows hour and family.
        Said first, and taken back (`False`) once the policy is known to be open: a slip before that names nobody."""
        self._notes.closed = closed

    def unsigned(self) -> None:
        """What is kept here is given anonymously: the entry names no actor and no record, and shows the day or week."""
        self._notes.unsigned = True

    async def end(self, error: BaseException | None) -> None:
        """Settle, or abandon. Called by leaving the block."""
        footing = self._begin.footing
        if footing is not None and not self._stands and await self._store.mark(footing.actor) != footing.mark:
            raise Outdated  # no look of this act has held what it was decided on
        if error is not None:
            if isinstance(error, NotNow):
                error.moves = moves_of(self.decision, self.now, self._notes.last)
            code = error.code if isinstance(error, Trouble) else None
            return await self._begin.store.abandon(self._entry(outcome_of(error), code))
        # A tick of the clock that found nothing to do is no act: twice a second, such lines would be all that there is.
        if (self._quiet or self.decision.verb is Verb.TICK) and not self._kept and not self._letters:
            return None
        key = self._begin.key if self._kept or self._letters else None
        if key is not None and self._notes.retold:
            key = replace(key, subject=self._subject)
        outcome = Outcome.REPLAYED if self._notes.replayed else Outcome.DONE
        if self._begin.dry and (self._kept or self._letters):  # no key is spent
            self._kept = self._notes.tried(self._kept)
            return await self._begin.store.abandon(self._entry(outcome, TRIED))
        kept, entry = list(self._kept.values()), self._entry(outcome)
        try:
            await self._store.settle(entry, kept, scopes.to_write(kept, self._notes.was.values()), key, self._letters)
        except Clash as clash:
            await self._begin.store.abandon(self._entry(Outcome.NOT_NOW, NotNow.code))
            raise NotNow([clash.rule]) from None

    def _entry(self, outcome: Outcome, code: str | None = None) -> Entry:
        id = EntryId(self._begin.ids())
        return self._notes.entry(id, self.now, self.decision, outcome, code, self._kept.values())

    def _look(self, kind: type[Record]) -> Look:
        return scopes.to_look(self.decision, kind, self.now, self._begin.footing)

    def _check(self, record: Record, seen: Tag) -> None:
        if seen == UNSEEN:
            raise TagRequired
        now = disclosure.disclose(record, self.decision.sees(type(record)), self.now)
        if seen != self._begin.tag(now, self.viewer.actor):
            raise Stale


@dataclass(frozen=True, slots=True)
class Begin:
    """How a use case begins an act: who, decided how, with which store, clock, ids, tags and idempotency key.

    `footing` is what the decision rests on where it was remembered: the act holds it (`Outdated`), at its first look if
    it has one. `began` is told that an act began, which from then on sees to its own line. `dry`: it is only tried.
    `rollout`: in which prisons the service is rolled out.
    """

    decision: Decision
    store: Store
    clock: Clock
    ids: Ids
    tag: Tagger
    key: KeyUse | None = None
    footing: Footing | None = None
    began: Callable[[], None] = field(default=lambda: None)
    dry: bool = False
    rollout: RollOut = EVERYWHERE

    def __call__(self, verb: Verb) -> AbstractAsyncContextManager[Act]:
        """A simple act: reads without a transaction, and a change guarded by the version that was read."""
        act = Act(self, self._decided(verb), self.store, self.clock())
        self.began()
        return act

    @asynccontextmanager
    async def serially(self, verb: Verb) -> AsyncGenerator[Act]:
        """An act that decides over several rows: everything in one SERIALIZABLE transaction."""
        decision = self._decided(verb)
        async with self.store.serially() as store, Act(self, decision, store, self.clock()) as act:
            self.began()
            yield act

    def _decided(self, verb: Verb) -> Decision:
        if verb is not self.decision.verb:
            raise TypeError(f"decided for {self.decision.verb}, begun as {verb}")
        return self.decision
