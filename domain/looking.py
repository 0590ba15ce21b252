"""The acts that are alike for every kind of record: show one, list those in reach; how some are chosen of many, and how
all of them are read, where a rule that missed the last would be wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import View, mask
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import R, columns, some
from domain.confidentiality.verbs import Verb
from domain.kernel.pages import Page
from domain.notes import noted_of
from domain.ports import Query

PAGE: Final = 1_000
"""As many as are read at a time, where all are."""


async def one(begin: Begin, verb: Verb, kind: type[R], id: UUID) -> View[R]:
    """The record, as this viewer may see it; `Absent` where it is out of reach or was never there."""
    async with begin(verb) as act:
        return act.disclose(await act.fetch(kind, id))


async def many(begin: Begin, verb: Verb, kind: type[R], query: Query) -> Page[View[R]]:
    """A page of those in reach that the query asks for. The item rule is the list rule."""
    async with begin(verb) as act:
        return await act.show(kind, query)


async def chosen(
    act: Act,
    kind: type[R],
    query: Query,
    *,
    gates: Sequence[str],
    which: Callable[[Mapping[str, Sequence[Any]]], Sequence[int]],
    only: Sequence[str],
    ceiling: int,
) -> Mapping[str, Sequence[Any]]:
    """Of what the query finds those at the places that `which` picks, by fields that the rules need, shown or not; and
    of these the fields `only`, as far as the grant sees them. Of the others nothing is opened, and they are no sight:
    so four hundred are chosen among for the price of a page."""
    shown = tuple(name for name in mask(kind, act.decision.sees(kind))[0] if name in only)
    page = await act.page(kind, replace(query, only=(*noted_of(kind), *gates, *shown)), ceiling)
    found = some(page.items, which(columns(page.items, gates)))
    act.saw(kind, found, shown)
    return columns(found, shown)


async def every(
    act: Act, kind: type[R], equal: Mapping[str, Any], *, order: str | None = None, since: Any = None
) -> list[R]:
    """All in reach, in this order, from this place in it on. Each is a sight."""
    query, found = _from(equal, order, since), list[R]()
    while True:
        page = await act.search(kind, query)
        found += page.items
        if page.next is None:
            return found
        query = replace(query, after=page.next)


async def all_known(
    act: Act,
    kind: type[R],
    equal: Mapping[str, Any],
    *,
    order: str | None = None,
    since: Any = None,
    by: Decision | None = None,
) -> list[R]:
    """`Act.known`, to the end; `by` as `Act.unread` has it."""
    query, found = _from(equal, order, since), list[R]()
    while True:
        page = list(await act.unread(kind, query, by))
        found += page
        if len(page) < PAGE:
            return found
        query = replace(query, after=(getattr(page[-1], order) if order else None, page[-1].id))


async def down(act: Act, kind: type[R], equal: Mapping[str, Any], fields: Sequence[str]) -> list[tuple[Any, ...]]:
    """These fields of all that are known, as they are written in JSON: no record is made, nothing else is opened."""
    query, found = replace(_from(equal), only=tuple(fields)), list[tuple[Any, ...]]()
    while True:
        page = columns(await act.unread(kind, query), ("id", *fields))
        found += zip(*(page[name] for name in fields), strict=True)
        if len(page["id"]) < PAGE:
            return found
        query = replace(query, after=(None, page["id"][-1]))


def _from(equal: Mapping[str, Any], order: str | None = None, since: Any = None) -> Query:
    return Query(equal=equal, order=order, after=None if since is None else (since, UUID(int=0)), limit=PAGE)
