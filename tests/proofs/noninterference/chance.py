"""Nothing left to chance: clock, ids, nonces and request ids, the same in two worlds whatever one alone does.

Each is worked out from (low step, high step, how often asked), each source with a count of its own. A step that one
world alone has is a *high* step: it counts for itself, so that nothing after it shifts.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tests.http import cast

BETWEEN = timedelta(seconds=61)
"""How long one low step takes by the clock."""


@dataclass(slots=True)
class Turn:
    """Whose turn it is, and all that a world draws: the same for the same turn, whatever other turns there were."""

    low: int = 0
    high: int | None = None
    worlds: int = 0
    late: timedelta = timedelta(0)
    passed: timedelta = timedelta(0)
    """What has passed besides: an hour with each tick, so that what is held back for its hour comes out."""
    drawn: Counter[tuple[str, int, int | None]] = field(default_factory=Counter[tuple[str, int, int | None]])

    def _draw(self, source: str) -> bytes:
        turn = (source, self.low, self.high)
        self.drawn[turn] += 1
        return hashlib.sha256(repr((*turn, self.drawn[turn])).encode()).digest()

    def clock(self) -> datetime:
        """The low step decides the instant. A high step lies between two of them."""
        now = cast.START + self.low * BETWEEN + self.passed
        return now if self.high is None else now + timedelta(seconds=7 + self.high) + self.late

    def again(self, source: str) -> None:
        """Draw from one source as if it were the first time."""
        for turn in [t for t in self.drawn if t[0] == source]:
            del self.drawn[turn]

    def monotonic(self) -> float:
        """Seconds for what is limited or remembered for a while. Each world begins long after the one before."""
        return self.worlds * 1e6 + (self.clock() - cast.START).total_seconds()

    def ids(self) -> UUID:
        return UUID(bytes=self._draw("id")[:16], version=4)

    def token_hex(self, length: int) -> str:
        return self._draw("hex")[:length].hex()

    def urandom(self, length: int) -> bytes:
        return self._draw("nonce")[:length]
