"""How often a prisoner who coordinates others may read: he has a rota and names, and no use for all of them at once
(rule 10).

The gate knows callers and not their roles, so this limit stands behind it, at the opening of the call and before its
verb: what he is refused counts as well. It holds for the person, in whatever capacity he asks.
"""

from collections.abc import Callable
from time import monotonic as system_monotonic
from typing import Final

from api.capacities import Caller
from api.edge.rate import Buckets, Rate, Reading
from domain.confidentiality.roles import Role

_A_MINUTE: Final = Rate(1, 1 / 60)
_READS: Final = frozenset({"GET", "HEAD"})


class Reads:
    """The buckets of one application."""

    def __init__(self, each: Rate, *, monotonic: Callable[[], float] = system_monotonic) -> None:
        self._each = Buckets(each, monotonic=monotonic)
        self._minutes = Buckets(_A_MINUTE, monotonic=monotonic)

    def take(self, caller: Caller, method: str) -> Reading | None:
        """What one request of his finds left. None: it is not limited here."""
        if method not in _READS or not any(c.role is Role.PEER_COORDINATOR for c in caller.capacities):
            return None
        return self._each.take(caller.actor)

    def first_refusal(self, caller: Caller) -> bool:
        """Whether he was told so a minute ago: a refusal that is repeated leaves no line."""
        return self._minutes.take(caller.actor).allowed
