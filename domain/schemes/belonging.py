"""What belongs to a scheme: how any such record is added to it, read, changed and listed. Each register says for itself
what it holds, what it may not say, and who moves it.

A record has its scheme's jurisdiction, prison and partner, so that one reach reads schemes and what belongs to them
alike. A scheme out of reach is `Absent`, in the words for one that never was; a closed one is history, and stays as it
is (`SCHEME_CLOSED`).
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import R, Record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.moves import require
from domain.kernel.pages import Page
from domain.kernel.words import JURISDICTIONS
from domain.ports import Query
from domain.schemes.record import Scheme, SchemeState


class OfScheme(Record):
    """What every record of a scheme has besides: the fields that reach reads, and what it may not say."""

    __slots__ = ()
    scheme: Any
    jurisdiction: Any
    prison: Any
    organisation: Any

    def faults(self) -> Iterable[Failure]:
        """What may not be said of it, by code and member: all of it at once."""
        return ()


S = TypeVar("S", bound=OfScheme)
Into = Callable[[Act, S], S]


def local_day(jurisdiction: str, now: datetime) -> date:
    """The day by the clocks of the jurisdiction's prisons: what is due on a day is due by theirs."""
    return now.astimezone(zone_of(jurisdiction)).date()


def overdue(due: date | None, jurisdiction: str, now: datetime) -> bool:
    """Whether the day on which something was due has passed; never, where none was set."""
    return due is not None and due < local_day(jurisdiction, now)


def zone_of(jurisdiction: str) -> ZoneInfo:
    """The zone of the jurisdiction's clocks; UTC for one that the service does not know."""
    known = JURISDICTIONS.get(jurisdiction)
    return ZoneInfo("UTC" if known is None else known.time_zone)


async def scheme_to_write(act: Act, id: UUID) -> Scheme:
    """The scheme, within the reach of this act and not closed."""
    scheme = await act.fetch(Scheme, id)
    require((scheme.state is not SchemeState.CLOSED, "SCHEME_CLOSED"))
    return scheme


def drafted(act: Act, of: Scheme, kind: type[S], /, **given: Any) -> S:
    """A new record of the scheme, which may still say what it may not."""
    place = {name: getattr(of, name) for name in ("scheme", "jurisdiction", "prison", "organisation")}
    return cast(Any, kind)(id=act.new_id(), **place, **given)


def made(act: Act, of: Scheme, kind: type[S], /, **given: Any) -> S:
    """A new record of the scheme that says nothing that it may not."""
    return sound(drafted(act, of, kind, **given))


async def add(begin: Begin, verb: Verb, kind: type[S], scheme: UUID, /, **given: Any) -> View[S]:
    """Add a record to a register of the scheme."""
    async with begin(verb) as act:
        record = made(act, await scheme_to_write(act, scheme), kind, **given)
        act.keep(record)
        return act.disclose(record)


async def change(begin: Begin, verb: Verb, kind: type[S], id: UUID, *, seen: Tag, into: Into[S]) -> View[S]:
    """Change one into what `into` makes of it."""
    async with begin(verb) as act:
        was = await act.fetch(kind, id, seen=seen)
        return await changed(act, was, into(act, was))


async def changed(act: Act, was: S, now: S) -> View[S]:
    """Keep what has become of a record, if it is sound and its scheme not closed."""
    of = await act.known_one(Scheme, was.scheme)
    require((of is None or of.state is not SchemeState.CLOSED, "SCHEME_CLOSED"))
    act.keep(sound(now), was=was)
    return act.disclose(now)


async def amend(begin: Begin, verb: Verb, kind: type[S], id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[S]:
    """Change the members that were sent, and no others."""

    def into(act: Act, was: S) -> S:
        act.admit_writes(changes)
        return with_(was, **changes)

    return await change(begin, verb, kind, id, seen=seen, into=into)


async def search(begin: Begin, verb: Verb, kind: type[R], under: type[Record], query: Query) -> Page[View[R]]:
    """A page of the records of a kind that are under one of another (its scheme, its charter), which the query names.
    One out of reach is `Absent`, and no empty list."""
    async with begin(verb) as act:
        await act.fetch(under, query.equal[under.shape.kind])
        return await act.show(kind, query)


def in_the_future(act: Act, record: OfScheme, field: str, path: str) -> list[Failure]:
    """The failure of a day that cannot have been yet."""
    ahead = getattr(record, field) > local_day(record.jurisdiction, act.now)
    return [Failure("IN_THE_FUTURE", path)] if ahead else []


def with_(record: S, **changes: Any) -> S:
    """The record with these members changed."""
    return cast(S, dataclasses.replace(cast(Any, record), **changes))


def sound(record: S, *further: Failure) -> S:
    """The record, if it says nothing that it may not; `further` is what only its neighbours show."""
    if faults := [*record.faults(), *further]:
        raise Unacceptable(faults)
    return record
