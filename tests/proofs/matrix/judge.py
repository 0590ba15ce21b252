"""The judge of a cell: sends it, and says what is wrong with its answer, its line in the ledger and the store after."""

from collections import Counter
from typing import Any, Final

from domain.confidentiality.verbs import Verb
from tests.http.cast import IN_CUSTODY
from tests.proofs.matrix import players
from tests.proofs.matrix.asgi import Reply, Stand
from tests.proofs.matrix.cells import Cell
from tests.proofs.matrix.masks import unmasked

NOWHERE: Final = "/v1/there-is-no-such-thing"
_OF_THE_GATE: Final = frozenset({"forbidden", "purpose-required", "capacity-required"})


class Judge:
    """Sends cells, and says of each what is wrong with its answer."""

    def __init__(self) -> None:
        self.stand = Stand(players.records())
        self.absence: dict[str, Any] = {}
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.reached: set[tuple[str, Verb]] = set()
        self.missed: set[tuple[str, Verb]] = set()

    async def wrong(self, cell: Cell) -> list[str]:
        """Send it over a store of its own, and hold the answer, the ledger and the store to what they should be."""
        self.stand.set(*cell.placed, without=cell.instead)
        before = dict(self.stand.records)
        reply = await self.stand.send(cell.who, cell.operation.method, cell.path, body=cell.body, headers=cell.headers)
        self._count(cell, reply)
        found = [] if reply.status in cell.expected else [f"{reply.status} {reply.content[:200]!r}"]
        if cell.who in IN_CUSTODY and reply.status >= 400 and reply.said["code"] in _OF_THE_GATE:
            found.append("a person in custody is told why")
        if cell.absent:
            found += await self._absent(cell, reply)
        found += self._written(cell)
        if not cell.changes and (self.stand.records != before or self.stand.seen.letters):
            found.append("something was kept")
        if reply.status < 300 and not isinstance(cell.decision, int):
            found += unmasked(cell.decision, reply)
        return [f"{cell}: {what}" for what in found]

    def _count(self, cell: Cell, reply: Reply) -> None:
        self.statuses[cell.operation.name, reply.status] += 1
        if not isinstance(cell.decision, int):
            hit = self.missed if reply.status == 404 else self.reached
            hit.add((cell.decision.rule, cell.operation.verb))

    async def _absent(self, cell: Cell, reply: Reply) -> list[str]:
        """What a member may not know of is, for him, one and the same answer, whatever it is."""
        if cell.who not in self.absence:
            self.stand.set()
            nowhere = await self.stand.send(cell.who, "GET", NOWHERE)
            self.absence[cell.who] = nowhere.seen
            self.stand.set(*cell.placed, without=cell.instead)
            await self.stand.send(cell.who, cell.operation.method, cell.path, body=cell.body, headers=cell.headers)
        return [] if reply.seen == self.absence[cell.who] else ["this absence is not like the others"]

    def _written(self, cell: Cell) -> list[str]:
        """One line, of this verb; by the rule that decided, if any did."""
        lines = self.stand.lines
        if len(lines) != 1:
            return [f"{len(lines)} lines in the ledger"]
        (line,) = lines
        found = [] if line.verb == cell.operation.verb else [f"a line of {line.verb}"]
        if not isinstance(cell.decision, int) and line.rule not in (cell.decision.rule, None):
            found.append(f"by {line.rule} and not {cell.decision.rule}")
        return found
