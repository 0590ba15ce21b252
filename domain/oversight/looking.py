"""Reading the ledger (rule 15): by actor, for conduct, in one's own prison, never one's own acts, never by subject."""

from domain import looking
from domain.act import Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.verbs import Verb
from domain.kernel.pages import Page
from domain.oversight.record import LedgerLine
from domain.ports import Query


async def search(begin: Begin, query: Query) -> Page[View[LedgerLine]]:
    """The lines in reach. Reading them is itself an entry."""
    return await looking.many(begin, Verb.READ_LEDGER, LedgerLine, query)


async def nothing_shown(begin: Begin, verb: Verb) -> None:
    """An act that shows no record: the caller's own capacities, the policy, the kinds. It has its line all the same."""
    async with begin(verb):
        pass
