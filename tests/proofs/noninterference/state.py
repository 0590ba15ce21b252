"""A world's state, and what may be changed in it: the furnished world of the HTTP tests, with a little more in it.

A change (`Edit`) is plain data, so that a trace can be kept as JSON and replayed: a record left out, a record like
another one, or a record with fields as another's are or a little beside what they were. So whatever field a record
gets, it is changed here without a line.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, EnumType
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID, uuid5

from domain.care.roster import RosterEntry, RosterState, slot_of
from domain.confidentiality.entry import Entry, Family, Outcome
from domain.confidentiality.record import Record
from domain.kernel.bands import band_at
from domain.kernel.ids import EntryId, MixedTallyId, MonthCountId, PrisonEventId, ResidueId, TokensEndedId
from domain.movements.followed import Followed
from domain.movements.inbox import EventTaken
from domain.oversight.ended import TokensEnded
from domain.oversight.record import Actor, Duty
from domain.ports import KeyUse, Letter
from domain.records import KINDS
from domain.schemes.kinds import LISTENERS
from domain.schemes.record import SERVING, Scheme
from domain.sessions.codes import DurationBand, YesNoUnknown
from domain.sessions.mixed import CameTo, MixedTally, MonthCount, Residue
from domain.sessions.request import Request, RequestState
from domain.sessions.tally import BOX, DayOrNight
from persistence.ledger.line import line_of
from persistence.memory import MemoryStore
from tests.http import cast, furniture
from tests.http.cast import START, uid
from tests.http.merging_furniture import put_back
from tests.http.places import LEEDS, MOORLAND, MOUNTJOY
from tests.http.world import actor_of

Key = tuple[str, UUID]
_NEAR = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


@dataclass(frozen=True, slots=True)
class State:
    """What a store holds."""

    records: Mapping[Key, Record]
    entries: tuple[Entry, ...] = ()
    keys: tuple[KeyUse, ...] = ()
    letters: tuple[Letter, ...] = ()

    def store(self) -> MemoryStore:
        """A store that holds it."""
        store = MemoryStore()
        store.records = dict(self.records)
        store.entries = list(self.entries)
        # So that capacities are remembered between requests, as they are of whoever was ever granted something.
        store.marks = {r.id: uuid5(_NEAR, f"mark {r.id}") for r in self.records.values() if isinstance(r, Actor)}
        store.letters = list(self.letters)
        store.keys = {(k.actor, k.route, k.key): k for k in self.keys}
        return store

    def all(self) -> dict[Key, Record]:
        """Its records, lines of the ledger among them."""
        return {**self.records, **{("ledger-line", e.id): line_of(e) for e in self.entries}}


def held(store: MemoryStore) -> dict[Key, Record]:
    """The records of a store, lines of the ledger among them."""
    return State(store.records, tuple(store.entries)).all()


def differing(one: Mapping[Key, Record], other: Mapping[Key, Record]) -> list[Key]:
    """Where two states differ; a version counts changes and is no fact."""
    keys = [*one, *(k for k in other if k not in one)]
    return [k for k in keys if one.get(k) is not other.get(k) and _bare(one.get(k)) != _bare(other.get(k))]


def _bare(record: Record | None) -> Any:
    return None if record is None else dataclasses.replace(record, version=0)  # type: ignore[type-var]


# --- what stands at the beginning ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def base() -> State:
    """The cast, the furniture (its requests by somebody, from somewhere), somebody on duty in each prison so that
    somebody is cleared for what is live there, and a few lines of the ledger."""
    furnished = [*furniture.records(), *_on_the_other_wing()]
    asked = [r for r in furnished if isinstance(r, Request)]
    for n, request in enumerate(asked):
        given = {"recipient": f"Quentin Quire {n}", "cell": f"C-{n}-030", "language": ("en", "cy", "so")[n % 3]}
        furnished[furnished.index(request)] = dataclasses.replace(request, **given)  # type: ignore[type-var]
    records = [*cast.records(), *furnished, *_rostered(furnished), *_duties(), *_mixed()]
    return State({(r.shape.kind, r.id): r for r in records}, tuple(_entries()))


def _on_the_other_wing() -> Iterable[Record]:
    """Of the same scheme as the requests that an officer on duty reaches, and out of his reach: one that waits longer
    than these, and one whose supporter is back."""
    for place in (MOORLAND, LEEDS, MOUNTJOY):
        wing, before = f"{place.prison}-B", START - timedelta(minutes=10)
        times: dict[str, Any] = {"asked_at": before, "recorded_at": before}
        yield furniture.request(place, "request:other-wing", wing=wing, **times)
        met: dict[str, Any] = {"offered_at": before, "accepted_at": before, "unlocked_at": before, "ended_at": START}
        yield furniture.request(
            place,
            "request:met",
            RequestState.COMPLETED,
            wing=wing,
            offered_to=place.id("supporter:listener"),
            **times,
            **met,
        )


def _rostered(furnished: Iterable[Record]) -> Iterable[Record]:
    """The same Listener is on his scheme's rota: what is published of him does not hang on who was called."""
    for entry in furnished:
        if isinstance(entry, RosterEntry) and entry.state is RosterState.PUBLISHED:
            place = next(p for p in (MOORLAND, LEEDS, MOUNTJOY) if p.prison == entry.prison)
            listener = cast.person(f"{place.prefix}listener")
            his: dict[str, Any] = {
                "id": place.id("roster-entry:listener"),
                "scheme": place.id("scheme:listeners"),
                "organisation": LISTENERS.partner,
                "supporter": place.id("supporter:listener"),
                "slot": slot_of(listener, entry.day, entry.band),
            }
            yield dataclasses.replace(entry, **his)


def _mixed() -> Iterable[Record]:
    """A closed month of a prison, an event that was taken in, and tokens that were ended: rows that nobody reads."""
    month: dict[str, Any] = {"jurisdiction": "EW", "prison": MOORLAND.prison, "month": date(2026, 10, 1)}
    night: dict[str, Any] = {**month, "part": DayOrNight.NIGHT}
    unknown = dict.fromkeys(("first_time", "suicidal_feelings", "self_harm"), YesNoUnknown.UNKNOWN)
    yield MixedTally(
        id=MixedTallyId(uid("mixed-tally")), duration=DurationBand.UNDER_15, concerns=(), **unknown, **night
    )
    yield Residue(id=ResidueId(uid("residue")), came_to=CameTo.MET, minutes_to_offer=10, **night)
    came = {"type": "prisoner-offender-search.prisoner.updated", "occurred_at": START, "taken_at": START}
    yield EventTaken(id=PrisonEventId(uid("prison-event")), jurisdiction="EW", followed=Followed.NOT_KNOWN, **came)
    for name, before in (("token", None), ("subject", START)):
        until = START + timedelta(hours=2)
        yield TokensEnded(id=TokensEndedId(uid(name)), ended_at=START, issued_before=before, until=until)
    yield MonthCount(id=MonthCountId(uid("month-count")), tallies=5, requests=6, people=5, unnamed=1, **month)


def _duties() -> Iterable[Record]:
    for name, zone in (
        ("second-officer", "Europe/London"),
        ("far-officer", "Europe/London"),
        ("irish-officer", "Europe/Dublin"),
    ):
        member = cast.CAST[name]
        band, ends = band_at(START, zone)
        yield Duty(
            id=uid(f"duty:{name}"),  # type: ignore[arg-type]
            author=cast.actor(name),
            jurisdiction=member.jurisdiction,
            prison=str(member.prison),
            wings=(f"{member.prison}-A",),
            band=band,
            starts_at=START,
            ends_at=ends,
        )


def _entries() -> Iterable[Entry]:
    for name in ("coordinator", "officer", "arthur", "far-coordinator", "far-officer", "far-man", "irish-coordinator"):
        for closed in (False, True):
            yield entry(f"entry:{name}:{closed}", name, closed=closed)


def entry(id: str, by: str, *, closed: bool) -> Entry:
    """A line of what somebody did some time ago."""
    member = cast.CAST[by]
    inside = by in cast.IN_CUSTODY
    return Entry(
        id=EntryId(uid(id)),
        at=START.replace(minute=0) - timedelta(hours=3),
        actor=None if closed and inside else actor_of(by),  # type: ignore[arg-type]
        client=None,
        role=str(member.role or "PERSON_IN_CUSTODY"),
        assignment=None,
        purpose="support",
        verb="ASK" if closed else "READ_SCHEME",
        family=Family.CHANGE if closed else Family.LOOK,
        rule=None,
        outcome=Outcome.DONE,
        code=None,
        prison=member.prison,
        jurisdiction=member.jurisdiction,
        closed=closed,
    )


# --- changes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. `what`: `drop` a record, or its `twin` beside it, or `set` its fields. `fields` says of each field
    whose value it takes: another record's of the kind (its id), or the n-th value beside its own (a number)."""

    what: str
    kind: str
    id: str
    fields: tuple[tuple[str, str | int], ...] = ()

    @property
    def key(self) -> Key:
        """The record that is changed, or made."""
        id = UUID(self.id)
        return self.kind, uuid5(_NEAR, str(id)) if self.what == "twin" else id

    def done(self, state: State) -> State:
        """The state with the change made."""
        if self.kind == "ledger-line":
            return self._line(state)
        records = dict(state.records)
        was = records.get((self.kind, UUID(self.id)))
        if was is None:
            return state
        if self.what == "drop":
            del records[self.kind, was.id]
        else:
            changes = {name: self._value(state, was, name, how) for name, how in self.fields}
            changes["version"] = was.version + 1
            if self.what == "twin":
                changes |= {n: self.key[1] for n in was.shape.fields if n == "id" or getattr(was, n) == was.id}
            if isinstance(was, Scheme) and "state" in changes:
                changes["open"] = changes["state"] in SERVING  # no act makes one without the other
            records[self.key] = dataclasses.replace(was, **changes)  # type: ignore[type-var]
        return dataclasses.replace(state, records=records)

    def _line(self, state: State) -> State:
        was = next((e for e in state.entries if e.id == UUID(self.id)), None)
        if was is None:
            return state
        if self.what == "drop":
            return dataclasses.replace(state, entries=tuple(e for e in state.entries if e is not was))
        made = dataclasses.replace(was, id=EntryId(self.key[1]), outcome=Outcome.REFUSED)
        entries = [made if e is was and self.what == "set" else e for e in state.entries]
        return dataclasses.replace(state, entries=(*entries, made) if self.what == "twin" else tuple(entries))

    def _value(self, state: State, was: Record, name: str, how: str | int) -> Any:
        if isinstance(how, int):
            if name == "away":
                return (f"{START.date() + timedelta(days=how)}/..",)
            if name == "undo":
                merge: Any = was
                return put_back(merge.jurisdiction, merge.prison, merge.removed, f"Quentin Quire {how}")
            return beside(was.shape.fields[name].type, getattr(was, name), how)
        other = state.records.get((self.kind, UUID(how)), was)
        return getattr(other, name)


@dataclass(frozen=True, slots=True)
class Used:
    """That somebody used an idempotency key, or handed something in: what is in no record."""

    by: str
    route: str
    key: str
    letter: bool = False

    def done(self, state: State) -> State:
        """The state with it."""
        if self.letter:
            return dataclasses.replace(state, letters=(*state.letters, Letter(BOX, {"by": self.by})))
        use = KeyUse(
            actor_of(self.by), self.route, self.key, b"\0" * 32, uid("request:received"), START + timedelta(hours=72)
        )
        return dataclasses.replace(state, keys=(*state.keys, use))


Secret = Edit | Used


def changed(state: State, secrets: Sequence[Secret]) -> State:
    """The state with all of them done."""
    for secret in secrets:
        state = secret.done(state)
    return state


def beside(hint: Any, value: Any, n: int) -> Any:
    """Another value of a field's type: the n-th beside this one. What is empty is filled, and now and then emptied."""
    optional = get_origin(hint) in (Union, UnionType) and type(None) in get_args(hint)
    plain = next(t for t in get_args(hint) if t is not type(None)) if optional else hint
    of_one = isinstance(plain, EnumType) and len(plain) == 1
    if optional and value is not None and (of_one or n % 4 == 3):
        return None
    return _other(getattr(plain, "__supertype__", plain), value, n)


def _other(plain: Any, value: Any, n: int) -> Any:
    ways: dict[Any, Callable[[], Any]] = {
        bool: lambda: not value,
        int: lambda: (value or 0) + 1 + n,
        str: lambda: f"{value or 'Quill'}{'QXZ'[n % 3]}",
        UUID: lambda: uuid5(_NEAR, f"{value}{n}"),
        date: lambda: (value or START.date()) + timedelta(days=1 + n),
        datetime: lambda: (value or START) + timedelta(minutes=1 + n),
    }
    if get_origin(plain) is tuple:
        of = getattr(get_args(plain)[0], "__supertype__", get_args(plain)[0])
        return value[1:] if value and n % 2 else (*(value or ()), beside(of, value[-1] if value else None, n))
    if get_origin(plain) is dict:
        return {"other": n}
    if isinstance(plain, type) and issubclass(plain, Enum):
        members = list(plain)
        return members[(members.index(value) + 1 + n if value in members else n) % len(members)]
    return ways[plain]()


def kinds() -> Mapping[str, type[Record]]:
    """Every kind of record."""
    return KINDS
