"""The acts that are alike for every kind of record: show one, list those in reach; and how some are chosen of many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import View, mask
from domain.confidentiality.record import R, columns, some
from domain.confidentiality.verbs import Verb
from domain.kernel.pages import Page
from domain.notes import noted_of
from domain.ports import Query


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
