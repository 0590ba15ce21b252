"""What was found, and what it takes to tell it: schemes, members of staff, days, words."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from domain import looking
from domain.act import Act
from domain.confidentiality.disclosure import mask
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import R, Record
from domain.kernel.days import months_after, zone_of
from domain.kernel.errors import Failure, Unreadable
from domain.oversight.record import Actor
from domain.schemes.record import Scheme
from domain.subject_access.told import Fact, Given, Item, Section, Shown
from domain.subject_access.words import CODES, instant, label, month, plain, said


@dataclass(frozen=True, slots=True)
class Range:
    """Days, both included; None: without end."""

    since: date | None = None
    until: date | None = None

    def check(self) -> None:
        """Raises `Unreadable`: it ends before it begins. An empty answer would tell somebody that nothing is kept."""
        if self.since is not None and self.until is not None and self.until < self.since:
            raise Unreadable([Failure("ENDS_BEFORE_START", "toDate")])

    def holds(self, first: date, last: date) -> bool:
        """Whether any day from the first to the last is in it."""
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told: sections in a fixed order. `held`: an identifier of a kind that we hold was given."""

    sections: tuple[Section, ...] = ()
    held: bool = True


@dataclass(slots=True)
class Gathered:
    """What was found, by the line of the table that tells it."""

    act: Act
    jurisdiction: str
    within: Range
    found: list[tuple[Given, list[Record]]] = field(default_factory=list[tuple[Given, list[Record]]])
    schemes: Mapping[UUID, Scheme] = field(default_factory=dict[UUID, Scheme])
    users: Mapping[UUID, str] = field(default_factory=dict[UUID, str])

    async def look(self, kind: type[R], told: Given, equal: Mapping[str, Any]) -> list[R]:
        """Find, and keep to be told."""
        found = await every_of(self.act, kind, equal)
        self.found.append((told, list(found)))
        return found

    async def join(self) -> None:
        """Which schemes they are of, and which members of staff stand in them."""
        records = [(told, record) for told, there in self.found for record in there]
        schemes = {id for _, record in records if (id := getattr(record, "scheme", None)) is not None}
        self.schemes = {each.id: each for each in await _by_id(self.act, Scheme, schemes)}
        actors = {id for told, record in records for name in told.staff for id in _ids(getattr(record, name))}
        known = await _by_id(self.act, Actor, actors)
        self.users = {each.id: each.subject for each in known if each.kind is PrincipalKind.STAFF}

    def sections(self) -> tuple[Section, ...]:
        """What is in the range, told; and noted as shown."""
        return tuple(Section(told.title, items) for told, there in self.found if (items := self._items(told, there)))

    def _items(self, told: Given, there: Sequence[Record]) -> tuple[Item, ...]:
        today = self._local(self.act.now)
        shown = [each for each in there if told.which(each, today) and self._in_range(told, each)]
        counted = [each for each in shown if self._of(told, each) is Shown.COUNTED and told.counts(each)]
        listed = [each for each in shown if self._of(told, each) in (None, Shown.BY_THE_MONTH)]
        self._note(told, [*listed, *counted])
        items = [self.item(told, each) for each in sorted(listed, key=lambda each: self._order(told, each))]
        return (*items, *self._counts(told, counted))

    def _note(self, told: Given, shown: Sequence[Record]) -> None:
        """Each is a sight; what is live under a closed policy is none, there or not."""
        named = [each for each in shown if not getattr(each, "closed", False)]
        if named:
            kind = type(named[0])
            self.act.saw(kind, named, self._names(kind, (*told.gives, *told.staff)))

    def _names(self, kind: type[Record], names: Sequence[str]) -> tuple[str, ...]:
        """Those that the grant sees."""
        sees = mask(kind, self.act.decision.sees(kind))[0]
        return tuple(name for name in names if name in sees)

    def _of(self, told: Given, record: Record) -> Shown | None:
        """How much of it; None: all that is given."""
        if told.closed is None:
            return None
        scheme = self._scheme(record)
        return told.closed if scheme is None or scheme.closed else None

    def _day(self, told: Given, record: Record) -> date | None:
        value = None if told.on is None else getattr(record, told.on)
        return self._local(value) if isinstance(value, datetime) else value

    def _local(self, value: datetime) -> date:
        return value.astimezone(zone_of(self.jurisdiction)).date()

    def _in_range(self, told: Given, record: Record) -> bool:
        day = self._day(told, record)
        if day is None:
            return True
        if self._of(told, record) is None:
            return self.within.holds(day, day)
        first = day.replace(day=1)
        return self.within.holds(first, months_after(first, 1) - timedelta(days=1))

    def _order(self, told: Given, record: Record) -> tuple[date, UUID]:
        day = self._day(told, record) or date.min
        return (day if self._of(told, record) is None else day.replace(day=1), record.id)

    def item(self, told: Given, record: Record) -> Item:
        """One record, told."""
        blurred = self._of(told, record) is not None
        gives = self._names(type(record), told.gives)
        facts = [fact for name in gives if (fact := self._fact(told, name, getattr(record, name), blurred))]
        for name in self._names(type(record), told.staff):
            users = sorted({self.users[id] for id in _ids(getattr(record, name)) if id in self.users})
            facts += [Fact(label(name), users=tuple(users))] if users else []
        return Item(self._name(record), getattr(record, "prison", None), tuple(facts))

    def _fact(self, told: Given, name: str, value: Any, blurred: bool) -> Fact | None:
        called = told.labels.get(name) or label(name)
        days = [each for each in _several(value) if isinstance(each, date)]
        if days and blurred:
            return Fact(called, texts=tuple(dict.fromkeys(month(self._clock(each)) for each in days)))
        if days:
            return Fact(called, dates=tuple(instant(self._clock(each)) for each in days))
        words = said(value)
        words = tuple(map(plain, words)) if name in CODES else words
        return Fact(called, texts=words) if words else None

    def _clock(self, value: date) -> date:
        return value.astimezone(zone_of(self.jurisdiction)) if isinstance(value, datetime) else value

    def _counts(self, told: Given, there: Sequence[Record]) -> tuple[Item, ...]:
        """How many a month, scheme by scheme."""
        found: dict[tuple[str, str], Counter[date]] = {}
        for each in there:
            day = self._day(told, each)
            if day is not None:
                where = (self._name(each) or "", getattr(each, "prison", "") or "")
                found.setdefault(where, Counter())[day.replace(day=1)] += 1
        return tuple(
            Item(name or None, prison or None, tuple(Fact(month(m), texts=(str(n),)) for m, n in sorted(many.items())))
            for (name, prison), many in sorted(found.items())
        )

    def _scheme(self, record: Record) -> Scheme | None:
        return self.schemes.get(getattr(record, "scheme", None) or UUID(int=0))

    def _name(self, record: Record) -> str | None:
        scheme = self._scheme(record)
        return None if scheme is None else scheme.name


async def _by_id(act: Act, kind: type[R], ids: Collection[UUID]) -> list[R]:
    """Those with these ids. One look at least, whether there are any or not."""
    return await looking.all_known(act, kind, {"id": frozenset(ids) or frozenset({act.new_id()})})


def _ids(value: Any) -> tuple[UUID, ...]:
    """Of one id, several, or none."""
    return tuple(each for each in _several(value) if each is not None)


def _several(value: Any) -> Sequence[Any]:
    return cast(tuple[Any, ...], value) if isinstance(value, tuple) else (value,)


async def every_of(act: Act, kind: type[R], equal: Mapping[str, Any]) -> list[R]:
    """All that the grant reaches, to the end."""
    return await looking.all_known(act, kind, equal, by=act.decision)
