"""The lines of the ledger that a breach or an unusual look was found by."""

from collections.abc import Sequence
from uuid import UUID

from domain.act import Act
from domain.confidentiality.disclosure import View
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.oversight.record import LedgerLine
from domain.ports import Query


async def named(act: Act, ids: Sequence[UUID]) -> list[LedgerLine]:
    """Those that somebody names. Raises `Unacceptable` for one that he does not reach."""
    found: list[LedgerLine] = []
    for id in ids:
        try:
            found.append(await act.fetch(LedgerLine, id))
        except Absent:
            raise Unacceptable([Failure("LINE_UNKNOWN", "/lines")]) from None
    return found


async def shown(act: Act, ids: Sequence[UUID]) -> list[View[LedgerLine]]:
    """Those, as whoever looks may read them: one that is gone, or his own, is not among them."""
    found: list[View[LedgerLine]] = []
    for id in ids:
        page = await act.search(LedgerLine, Query(equal={"id": id}, limit=1))
        found += [act.disclose(each) for each in page.items]
    return found
