"""What belongs to a scheme: how any such record is added to it, read, changed and listed. Each register says for itself
what it holds, what it may not say, and who moves it.

A record has its scheme's jurisdiction, prison and partner, so that one reach reads schemes and what belongs to them
alike. A scheme out of reach is `Absent`, in the words for one that never was; a closed one is history, and what belongs
to it stays as it is (`SCHEME_CLOSED`; a `STATE_…` is a record's own), unless it `outlives` its scheme.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar, cast
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import R, Record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import fields_of
from domain.kernel.days import InJurisdiction, local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.moves import require
from domain.kernel.pages import Page
from domain.kernel.words import camel
from domain.ports import Query
from domain.schemes.record import Scheme, SchemeState


class InScheme(Protocol):
    """Whatever lies in a scheme: what belongs to one, and a scheme itself."""

    @property
    def scheme(self) -> Any: ...
    @property
    def jurisdiction(self) -> str: ...
    @property
    def prison(self) -> str: ...
    @property
    def organisation(self) -> str: ...


class OfScheme(Record):
    """What every record of a scheme has besides: the fields that reach reads, and what it may not say.

    `been` are its days that have been: none lies ahead (`IN_THE_FUTURE`). `to_come` are days that are still to come,
    or today, when they are written (`IN_THE_PAST`); one that has passed since stands until another is written.
    `outlives`: it is made and changed after its scheme has closed, too.
    """

    __slots__ = ()
    scheme: Any
    jurisdiction: Any
    prison: Any
    organisation: Any
    been: ClassVar[tuple[str, ...]] = ()
    to_come: ClassVar[tuple[str, ...]] = ()
    outlives: ClassVar[bool] = False

    def faults(self) -> Iterable[Failure]:
        """What may not be said of it, by code and member: all of it at once."""
        return ()


S = TypeVar("S", bound=OfScheme)
Into = Callable[[Act, S], S]


async def scheme_to_write(act: Act, id: UUID, kind: type[OfScheme]) -> Scheme:
    """The scheme, within the reach of this act, that takes a new record of this kind: it has not closed."""
    scheme = await act.fetch(Scheme, id)
    open_to_systems(act, scheme)
    require(_takes(scheme, kind))
    return scheme


def open_to_systems(act: Act, of: Scheme | None) -> None:
    """Raise `Absent` for the system of an organisation outside where the policy is closed: to it there is no such
    scheme, and nothing of it (rule 3)."""
    if act.viewer.role is Role.PROVIDER and (of is None or of.closed):
        raise Absent


def drafted(act: Act, of: InScheme, kind: type[S], /, **given: Any) -> S:
    """A new record of the same scheme, which may still say what it may not."""
    return cast(Any, kind)(id=act.new_id(), **scheme_place(of), **given)


def scheme_place(of: InScheme) -> dict[str, Any]:
    """The members that say in which scheme this lies, as every record of the same scheme has them."""
    return {name: getattr(of, name) for name in ("scheme", "jurisdiction", "prison", "organisation")}


def made(act: Act, of: InScheme, kind: type[S], /, **given: Any) -> S:
    """A new record of the same scheme that says nothing that it may not."""
    return sound(act, drafted(act, of, kind, **given))


async def add(begin: Begin, verb: Verb, kind: type[S], scheme: UUID, /, **given: Any) -> View[S]:
    """Add a record to a register of the scheme."""
    async with begin(verb) as act:
        record = made(act, await scheme_to_write(act, scheme, kind), kind, **given)
        act.keep(record)
        return act.disclose(record)


async def change(begin: Begin, verb: Verb, kind: type[S], id: UUID, *, seen: Tag, into: Into[S]) -> View[S]:
    """Change one into what `into` makes of it."""
    async with begin(verb) as act:
        was = await act.fetch(kind, id, seen=seen)
        return await changed(act, was, into(act, was))


async def changed(act: Act, was: S, now: S) -> View[S]:
    """Keep what has become of a record, if it is sound and its scheme not closed."""
    require(await not_closed(act, was))
    act.keep(sound(act, now, was=was), was=was)
    return act.disclose(now)


async def not_closed(act: Act, record: OfScheme) -> tuple[bool, str]:
    """The guard that the scheme of this record has not closed, or that the record outlives it."""
    return _takes(await act.known_one(Scheme, record.scheme), type(record))


def _takes(scheme: Scheme | None, kind: type[OfScheme]) -> tuple[bool, str]:
    over = scheme is not None and scheme.state is SchemeState.CLOSED
    return kind.outlives or not over, "SCHEME_CLOSED"


async def amend(begin: Begin, verb: Verb, kind: type[S], id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[S]:
    """Change the members that were sent, and no others."""

    def into(act: Act, was: S) -> S:
        act.admit_writes(changes)
        return with_(was, **changes)

    return await change(begin, verb, kind, id, seen=seen, into=into)


async def search(begin: Begin, verb: Verb, kind: type[R], under: type[Record], query: Query) -> Page[View[R]]:
    """A page of the records of a kind that are under one of another (its scheme, its charter), which the query names.
    One out of reach is `Absent`, and no empty list. Whose reach says nothing of what it is under (he reads what is in
    force, or his own) has the list where any of it is his to read."""
    async with begin(verb) as act:
        if reaches_over(act.decision, under):
            await act.fetch(under, query.equal[under.shape.kind])
            return await act.show(kind, query)
        page = await act.show(kind, query)
        if not page.items and query.after is None:
            raise Absent
        return page


def reaches_over(decision: Decision, kind: type[Record]) -> bool:
    """Whether this decision's reach can be told of records of that kind, which its grant was not made for."""
    return fields_of(decision.reach(kind)) <= kind.shape.fields.keys()


def with_(record: S, **changes: Any) -> S:
    """The record with these members changed."""
    return cast(S, dataclasses.replace(cast(Any, record), **changes))


def sound(act: Act, record: S, *further: Failure, was: S | None = None) -> S:
    """The record, if it says nothing that it may not; `was` is what it was, `further` what only its neighbours show."""
    if faults := [*record.faults(), *_misdated(act, record, was), *further]:
        raise Unacceptable(faults)
    return record


def _misdated(act: Act, record: OfScheme, was: OfScheme | None) -> Iterator[Failure]:
    for names, wrong in ((record.been, in_the_future), (record.to_come, in_the_past)):
        for name in names:
            day = getattr(record, name)
            if was is None or getattr(was, name) != day:
                yield from wrong(act, record, day, f"/{camel(name)}")


def in_the_future(act: Act, of: InJurisdiction, day: date | None, path: str) -> list[Failure]:
    """The failure of a day that cannot have been yet, by the clocks of the prison."""
    return [Failure("IN_THE_FUTURE", path)] if day is not None and day > local_day(of, act.now) else []


def in_the_past(act: Act, of: InJurisdiction, day: date | None, path: str) -> list[Failure]:
    """The failure of a day that is to come and has passed."""
    return [Failure("IN_THE_PAST", path)] if day is not None and day < local_day(of, act.now) else []
