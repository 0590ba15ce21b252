"""Leaves a system alone that fails again and again, so that it may recover and nobody here waits for it."""

from typing import Final

from persistence.prison.asking import Monotonic

FAILURES: Final = 5
"""So many in a row, and it is left alone."""
REST: Final = 30.0
"""For so many seconds; then one asker tries, while the others still hear that it rests."""


class Breaker:
    """Closed: everybody may ask. Open: nobody. Half open: one. Whoever was admitted says how it went, or that he
    left."""

    def __init__(self, monotonic: Monotonic, failures: int = FAILURES, rest: float = REST) -> None:
        self._monotonic, self._failures, self._rest = monotonic, failures, rest
        self._bad = 0
        self._opened_at: float | None = None
        self._trying = False

    @property
    def is_open(self) -> bool:
        """Whether it is left alone, or tried by one."""
        return self._opened_at is not None

    def admits(self) -> bool:
        """Whether it may be asked now."""
        if self._opened_at is None:
            return True
        if self._trying or self._monotonic() - self._opened_at < self._rest:
            return False
        self._trying = True
        return True

    def good(self) -> None:
        """It answered."""
        self._bad, self._opened_at, self._trying = 0, None, False

    def bad(self) -> None:
        """It failed. Whoever was admitted before it was left alone does not prolong the rest."""
        self._bad += 1
        if self._trying or (self._opened_at is None and self._bad >= self._failures):
            self._opened_at = self._monotonic()
        self._trying = False

    def left(self) -> None:
        """Whoever asked went away before an answer: nothing is known, and another may try."""
        self._trying = False
