"""Token buckets in memory: how often one caller may ask. Bounded, so that many callers cannot fill the memory.

Each process has its own; behind a balancer the real rate is that of all processes together. That is enough for what
the limit is for (a loop gone wild, a guesser), and it asks no shared store on the way of every request.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import ceil, floor
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, then `per_second` of them each second."""

    burst: int
    per_second: float

    def __post_init__(self) -> None:
        if self.burst < 1 or self.per_second <= 0:
            raise ValueError("a rate has a burst of at least one and refills")


class Reading(NamedTuple):
    """What one request found in its bucket. `reset` and `retry_after` are whole seconds.

    `limit`, `remaining` and `reset` are the `RateLimit-*` headers: the bucket's size, what is left in it, and when it
    is full again.
    """

    allowed: bool
    limit: int
    remaining: int
    reset: int
    retry_after: int = 0


@dataclass(slots=True)
class _Level:
    tokens: float
    at: float


class Buckets:
    """One bucket a key, all of one rate. The least recently used is forgotten beyond `most`; forgotten means full.

    `monotonic` is seconds from any start, never going back.
    """

    def __init__(self, rate: Rate, *, monotonic: Callable[[], float], most: int = 10_000) -> None:
        self.rate = rate
        self._monotonic = monotonic
        self._most = most
        self._levels: OrderedDict[Hashable, _Level] = OrderedDict()

    def __len__(self) -> int:
        return len(self._levels)

    def full(self) -> Reading:
        """What a caller without a bucket of his own is told: all of it, always."""
        return Reading(True, self.rate.burst, self.rate.burst, 0)

    def take(self, key: Hashable) -> Reading:
        """Take one token, if one is there."""
        now = self._monotonic()
        level = self._levels.get(key)
        if level is None:
            level = self._levels[key] = _Level(float(self.rate.burst), now)
            if len(self._levels) > self._most:
                self._levels.popitem(last=False)
        else:
            self._levels.move_to_end(key)
            level.tokens = min(self.rate.burst, level.tokens + max(0.0, now - level.at) * self.rate.per_second)
            level.at = now
        allowed = level.tokens >= 1.0
        if allowed:
            level.tokens -= 1.0
        return Reading(
            allowed,
            self.rate.burst,
            floor(level.tokens),
            ceil((self.rate.burst - level.tokens) / self.rate.per_second),
            0 if allowed else max(1, ceil((1.0 - level.tokens) / self.rate.per_second)),
        )

    def forget(self, key: Hashable) -> None:
        """The key is as one that never came."""
        self._levels.pop(key, None)

    def give_back(self, key: Hashable) -> None:
        """Undo one `take`, when what it was taken for did not happen."""
        level = self._levels.get(key)
        if level is not None:
            level.tokens = min(self.rate.burst, level.tokens + 1.0)


class Windows:
    """No more than the rate's `burst` in any stretch of the time in which a bucket of it would fill: a bucket lets
    through all at once and then as many again while it fills, which is twice what somebody is to be asked about.

    The least recently used is forgotten beyond `most`. Who is refused uses nothing up.
    """

    def __init__(self, rate: Rate, *, monotonic: Callable[[], float], most: int = 10_000) -> None:
        self.rate = rate
        self._span = rate.burst / rate.per_second
        self._monotonic = monotonic
        self._most = most
        self._taken: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def take(self, key: Hashable) -> Reading:
        """Take one, if one is left."""
        now, most = self._monotonic(), self.rate.burst
        taken = self._taken.setdefault(key, deque(maxlen=most))
        self._taken.move_to_end(key)
        if len(self._taken) > self._most:
            self._taken.popitem(last=False)
        while taken and taken[0] + self._span <= now:
            taken.popleft()
        if allowed := len(taken) < most:
            taken.append(now)
        wait = ceil(taken[0] + self._span - now)
        return Reading(allowed, most, most - len(taken), ceil(taken[-1] + self._span - now), 0 if allowed else wait)
