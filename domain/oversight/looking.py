"""Reading the ledger (rule 15): by actor, for conduct, in one's own prison, never one's own acts, never by subject."""

from domain.act import Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.verbs import Verb
from domain.kernel.pages import Page
from domain.oversight.record import LedgerLine
from domain.ports import Query


async def search(begin: Begin, query: Query) -> Page[View[LedgerLine]]:
    """The lines in reach. Reading them is itself an entry."""
    async with begin(Verb.READ_LEDGER) as act:
        page = await act.search(LedgerLine, query)
        return Page([act.disclose(line) for line in page.items], page.next)


async def nothing_shown(begin: Begin, verb: Verb) -> None:
    """An act that shows no record: the caller's own capacities, the policy, the kinds. It has its line all the same."""
    async with begin(verb):
        pass
