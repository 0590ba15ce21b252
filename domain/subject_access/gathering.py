"""Gathering an answer: one act, one line of the ledger, whatever there was.

Whether something is sealed decides nothing. A person's own row is given beside other things and never alone: asking may
have left it. Whoever is not known is looked for as anybody is, in the same looks. Of a closed policy's live requests,
which hold no person, there are those on which his number was given; the line says of them only that they were looked
for, so that it never tells whether there was one (rules 4 and 21).

The range is of days by the prison's clocks, both included: a record is in it by the one day under which it is filed
(when it happened, began or was made), and always where it has none. A record under a closed policy is filed under its
month, and the filter cuts no finer: else a day could be found by asking for one day after another.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import mask
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import R, Record
from domain.confidentiality.verbs import Verb
from domain.feedback.record import Feedback
from domain.kernel.days import months_after, zone_of
from domain.kernel.errors import Absent, Failure, Unreadable
from domain.kernel.words import JURISDICTIONS
from domain.looking import PAGE
from domain.oversight.record import Actor, Assignment
from domain.people.acts import known_by
from domain.people.record import Person
from domain.ports import Query
from domain.schemes.record import Scheme
from domain.sessions.request import Request
from domain.subject_access.helping import BY_SUPPORTER, COURSES, HELD, HELPING, SIGNED
from domain.subject_access.of_him import HELPED, SUPPORTING
from domain.subject_access.of_staff import STAFF
from domain.subject_access.told import Fact, Item, Section, Shown, Told
from domain.subject_access.words import CODES, instant, is_day, label, month, plain, said
from domain.supporters.record import Supporter
from domain.training.cohorts import Cohort

Selves = Callable[[str, str], Sequence[tuple[str, UUID]]]
"""Of a jurisdiction and a number: the issuers that vouch for people in custody there, and what our id for him is by
each."""
WHO: Final = Told(title="You", by="id", on=None, gives=("name", "identifier", "wing"))
"""Of `Person`."""


@dataclass(frozen=True, slots=True)
class Range:
    """Days, both included; None: without end."""

    since: date | None = None
    until: date | None = None

    def holds(self, first: date, last: date) -> bool:
        """Whether any day from the first to the last is in it."""
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told: sections in a fixed order. `held`: an identifier of a kind that we hold was given."""

    sections: tuple[Section, ...] = ()
    held: bool = True


@dataclass(slots=True)
class _Gathered:
    """What was found, and what it takes to tell it."""

    act: Act
    jurisdiction: str
    within: Range
    found: list[tuple[Told, list[Record]]] = field(default_factory=list[tuple[Told, list[Record]]])
    schemes: Mapping[UUID, Scheme] = field(default_factory=dict[UUID, Scheme])
    users: Mapping[UUID, str] = field(default_factory=dict[UUID, str])

    async def look(self, kind: type[R], told: Told, equal: Mapping[str, Any]) -> list[R]:
        """Find, and keep to be told."""
        found = await _all(self.act, kind, equal)
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
        made = [Section(told.title, items) for told, there in self.found if (items := self._items(told, there))]
        return tuple(made)

    def _items(self, told: Told, there: Sequence[Record]) -> tuple[Item, ...]:
        today = self.act.now.astimezone(zone_of(self.jurisdiction)).date()
        shown = [each for each in there if told.which(each, today) and self._in_range(told, each)]
        counted = [each for each in shown if self._of(told, each) is Shown.COUNTED and told.counts(each)]
        listed = [each for each in shown if self._of(told, each) in (None, Shown.BY_THE_MONTH)]
        self._note(told, [*listed, *counted])
        items = [self.item(told, each) for each in sorted(listed, key=lambda each: self._order(told, each))]
        return (*items, *self._counts(told, counted))

    def _note(self, told: Told, shown: Sequence[Record]) -> None:
        """Each is a sight; what is live under a closed policy is none, there or not."""
        named = [each for each in shown if not getattr(each, "closed", False)]
        if named:
            kind = type(named[0])
            self.act.saw(kind, named, self._names(kind, (*told.gives, *told.staff)))

    def _names(self, kind: type[Record], names: Sequence[str]) -> tuple[str, ...]:
        """Those that the grant sees."""
        sees = mask(kind, self.act.decision.sees(kind))[0]
        return tuple(name for name in names if name in sees)

    def _of(self, told: Told, record: Record) -> Shown | None:
        """How much of it; None: all that is given."""
        if told.closed is None:
            return None
        scheme = self.schemes.get(getattr(record, "scheme", UUID(int=0)))
        return told.closed if scheme is None or scheme.closed else None

    def _day(self, told: Told, record: Record) -> date | None:
        value = None if told.on is None else getattr(record, told.on)
        return self._local(value) if isinstance(value, datetime) else value

    def _local(self, value: datetime) -> date:
        return value.astimezone(zone_of(self.jurisdiction)).date()

    def _in_range(self, told: Told, record: Record) -> bool:
        day = self._day(told, record)
        if day is None:
            return True
        if self._of(told, record) is None:
            return self.within.holds(day, day)
        first = day.replace(day=1)
        return self.within.holds(first, date.fromordinal(months_after(first, 1).toordinal() - 1))

    def _order(self, told: Told, record: Record) -> tuple[date, UUID]:
        day = self._day(told, record) or date.min
        return (day if self._of(told, record) is None else day.replace(day=1), record.id)

    def item(self, told: Told, record: Record) -> Item:
        """One record, told."""
        blurred = self._of(told, record) is not None
        gives = self._names(type(record), told.gives)
        facts = [fact for name in gives if (fact := self._fact(name, getattr(record, name), blurred))]
        for name in self._names(type(record), told.staff):
            users = sorted({self.users[id] for id in _ids(getattr(record, name)) if id in self.users})
            facts += [Fact(label(name), users=tuple(users))] if users else []
        return Item(self._name(record), getattr(record, "prison", None), tuple(facts))

    def _fact(self, name: str, value: Any, blurred: bool) -> Fact | None:
        days = [each for each in _several(value) if is_day(each)]
        if days and blurred:
            return Fact(label(name), texts=tuple(dict.fromkeys(month(self._clock(each)) for each in days)))
        if days:
            return Fact(label(name), dates=tuple(instant(self._clock(each)) for each in days))
        words = said(value)
        words = tuple(map(plain, words)) if name in CODES else words
        return Fact(label(name), texts=words) if words else None

    def _clock(self, value: date) -> date:
        return value.astimezone(zone_of(self.jurisdiction)) if isinstance(value, datetime) else value

    def _counts(self, told: Told, there: Sequence[Record]) -> tuple[Item, ...]:
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

    def _name(self, record: Record) -> str | None:
        scheme = self.schemes.get(getattr(record, "scheme", None) or UUID(int=0))
        return None if scheme is None else scheme.name


async def of_person(begin: Begin, *, number: str | None, other: str | None, within: Range, selves: Selves) -> Answer:
    """All that is given of whoever has this number. `other`: an identifier of a kind that we do not hold.

    Raises `Unreadable`: neither was given."""
    async with begin(Verb.READ_SUBJECT_ACCESS) as act:
        act.mark_closed()
        if not number and not other:
            raise Unreadable([Failure("MISSING", "prn")])
        if not number:
            return Answer(held=False)
        jurisdiction = _wall(act)
        value = number.strip().upper()
        if re.fullmatch(JURISDICTIONS[jurisdiction].identifier_pattern, value) is None:
            return Answer()
        act.looked(Person)
        act.looked(Request)
        who = await known_by(act, jurisdiction, value)
        gathered = _Gathered(act, jurisdiction, within)
        await _look(gathered, act.new_id() if who is None else who.id, value, selves(jurisdiction, value))
        await gathered.join()
        told = gathered.sections()
        return Answer((*_who(gathered, who), *told) if told else ())


async def _look(gathered: _Gathered, person: UUID, number: str, selves: Sequence[tuple[str, UUID]]) -> None:
    act = gathered.act
    supporters = list[Supporter]()
    for kind, told in SUPPORTING.items():
        found: list[Any] = await gathered.look(kind, told, {told.by: person})
        supporters += found if kind is Supporter else []
    roles = frozenset(each.id for each in supporters) or frozenset({act.new_id()})
    for kind, told in BY_SUPPORTER.items():
        await gathered.look(kind, told, {told.by: roles})
    schemes = frozenset(each.scheme for each in supporters) or frozenset({act.new_id()})
    cohorts = await _all(act, Cohort, {"scheme": schemes})
    gathered.found.append((COURSES, [each for each in cohorts if roles & set(each.members)]))
    held = list[Record]()
    for issuer, _ in selves:
        vouched = {"issuer": issuer, "subject": number, "principal_kind": PrincipalKind.IN_CUSTODY}
        held += await _all(act, Assignment, vouched)
    gathered.found.append((HELD, held))
    for kind, told in HELPING.items():
        await gathered.look(kind, told, {told.by: person})
    for kind, told in HELPED.items():
        found = await gathered.look(kind, told, {told.by: person})
        if kind is Request:
            live = await _all(act, Request, {"closed": True})
            gathered.found[-1][1].extend(each for each in live if _is_his(each, number, act.now))
    authors = frozenset(id for _, id in selves) or frozenset({act.new_id()})
    await gathered.look(Feedback, SIGNED, {"author": authors})


def _is_his(live: Request, number: str, now: datetime) -> bool:
    """A name alone may be another's; and what waits for its batch is sealed already, as far as anybody is told."""
    return live.readable_until > now and (live.recipient or "").strip().upper() == number


def _who(gathered: _Gathered, who: Person | None) -> Iterable[Section]:
    """His own row, as an item of no scheme."""
    return [] if who is None else [Section(WHO.title, (gathered.item(WHO, who),))]


async def template(begin: Begin) -> None:
    """That the template was fetched: a line like any other."""
    async with begin(Verb.READ_SUBJECT_ACCESS) as act:
        act.mark_closed()


async def of_staff(begin: Begin, id: UUID, *, within: Range) -> Answer:
    """All that is given of a member of staff, by our id for him. Raises `Absent`: there is nothing of him in this
    prison, whether he is known elsewhere or nowhere; or it is whoever asks. Nobody sees to his own, and what he had a
    part in himself is not in what he is shown of others either (rule 6)."""
    async with begin(Verb.READ_STAFF_SUBJECT_ACCESS) as act:
        act.mark_closed()
        gathered = _Gathered(act, _wall(act), within)
        for kind, told in STAFF.items():
            await gathered.look(kind, told, {told.by: id})
        await gathered.join()
        there = next((each for each in await _by_id(act, Actor, [id]) if each.kind is PrincipalKind.STAFF), None)
        if there is None or id == act.viewer.actor or not any(records for _, records in gathered.found):
            raise Absent
        you = Section(WHO.title, (Item(None, None, (Fact(label("subject"), users=(there.subject,)),)),))
        return Answer((you, *gathered.sections()))


def _wall(act: Act) -> str:
    walls = act.viewer.fact("jurisdictions")
    if walls is None or len(walls) != 1:
        raise Absent
    return str(next(iter(walls)))


async def _all(act: Act, kind: type[R], equal: Mapping[str, Any]) -> list[R]:
    """All that the grant reaches, to the end."""
    query, found = Query(equal=equal, limit=PAGE), list[R]()
    while True:
        page = list(await act.unread(kind, query, act.decision))
        found += page
        if len(page) < PAGE:
            return found
        query = replace(query, after=(None, page[-1].id))


async def _by_id(act: Act, kind: type[R], ids: Collection[UUID]) -> list[R]:
    there, found = sorted(ids) or [act.new_id()], list[R]()
    for at in range(0, len(there), PAGE):
        some = frozenset(there[at : at + PAGE])
        found += await act.known(kind, Query(equal={"id": some}, limit=PAGE))
    return found


def _ids(value: Any) -> tuple[UUID, ...]:
    """Of one id, several, or none."""
    many = cast(Sequence[UUID | None], value if isinstance(value, tuple) else (value,))
    return tuple(each for each in many if each is not None)


def _several(value: Any) -> Sequence[Any]:
    return cast(tuple[Any, ...], value) if isinstance(value, tuple) else (value,)


def kinds_told() -> Iterable[tuple[type[Record], Told]]:
    """Every kind of which something is given to somebody, with its table's line."""
    for table in (SUPPORTING, BY_SUPPORTER, HELPING, HELPED, STAFF):
        yield from table.items()
    yield from ((Cohort, COURSES), (Assignment, HELD), (Feedback, SIGNED))
