"""The two acts that are alike for every kind of record: show one, list those in reach."""

from uuid import UUID

from domain.act import Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import R
from domain.confidentiality.verbs import Verb
from domain.kernel.pages import Page
from domain.ports import Query


async def one(begin: Begin, verb: Verb, kind: type[R], id: UUID) -> View[R]:
    """The record, as this viewer may see it; `Absent` where it is out of reach or was never there."""
    async with begin(verb) as act:
        return act.disclose(await act.fetch(kind, id))


async def many(begin: Begin, verb: Verb, kind: type[R], query: Query) -> Page[View[R]]:
    """A page of those in reach that the query asks for. The item rule is the list rule."""
    async with begin(verb) as act:
        return await act.show(kind, query)
