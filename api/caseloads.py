"""A member of staff's caseload, asked again after five minutes at most (rule 14): one that was withdrawn upstream ends
the reach of the same token within that time."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from domain.confidentiality.principal import Principal
from domain.ports import Caseloads

RECHECK: Final = 300.0
_MOST: Final = 10_000


class Rechecked:
    """Remembers what the source said for `RECHECK` seconds. `monotonic` tells seconds."""

    def __init__(self, source: Caseloads, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._monotonic = monotonic
        self._known: OrderedDict[Principal, tuple[float, frozenset[str] | None]] = OrderedDict()

    async def __call__(self, principal: Principal) -> frozenset[str] | None:
        """The caseload, not older than five minutes."""
        now = self._monotonic()
        known = self._known.get(principal)
        if known is not None and now - known[0] < RECHECK:
            return known[1]
        found = await self._source(principal)
        self._known[principal] = (now, found)
        self._known.move_to_end(principal)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return found


async def not_configured(principal: Principal) -> frozenset[str] | None:
    """No source of caseloads is set up: assignments alone decide."""
    del principal
    return None
