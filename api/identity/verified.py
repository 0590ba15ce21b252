"""Tokens that were verified a moment ago, and tokens that were revoked.

Verifying a token costs about a tenth of a millisecond and every request carries one; looking it up costs a few
microseconds (performance.md 7, item 4: 113 to 209 us of CPU saved a request). The cache knows a token by the SHA-256 of
its bytes; revocation never does, since one token may have several spellings: it goes by issuer and token id.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from api.identity.bearer import Claims
from domain.confidentiality.principal import Principal

LONGEST: Final = 60.0
"""Seconds for which a verified token is believed without a look at its issuer's keys."""
CAPACITY: Final = 4096
"""Tokens; the least recently used goes first. About 4 MB when full."""


@dataclass(frozen=True, slots=True)
class _Entry:
    principal: Principal
    claims: Claims
    since: float
    until: float


class VerifiedTokens:
    """A bounded cache. `clock` tells seconds since 1970."""

    def __init__(self, clock: Callable[[], float], capacity: int = CAPACITY) -> None:
        self._clock, self._capacity = clock, capacity
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def recall(self, token: str) -> tuple[Principal, Claims] | None:
        """What the token was verified to say, if that is not too long ago and it has not ended."""
        key = _digest(token)
        entry = self._entries.get(key)
        if entry is None:
            return None
        # Not before `since` either: after a clock was set back, nothing verified in its future is believed.
        if not entry.since <= self._clock() < entry.until:
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        return entry.principal, entry.claims

    def keep(self, token: str, principal: Principal, claims: Claims, at_most: float = LONGEST) -> None:
        """Remember a token that has just been verified, until it ends, for a minute, or for so many seconds, whichever
        is soonest."""
        now = self._clock()
        key = _digest(token)
        self._entries[key] = _Entry(principal, claims, now, min(claims.expires_at, now + min(LONGEST, at_most)))
        self._entries.move_to_end(key)
        if len(self._entries) > self._capacity:
            self._entries.popitem(last=False)

    def forget(self, which: Callable[[Claims], bool]) -> None:
        """Forget the tokens of which this is true."""
        for key in [key for key, entry in self._entries.items() if which(entry.claims)]:
            del self._entries[key]


class Revocations:
    """Rule 9: tokens that are refused although everything else about them is right. Kept by this process; who keeps
    them for longer hands them over again at start-up. `clock` tells seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tokens: dict[tuple[str, str], float] = {}
        self._subjects: dict[tuple[str, str], float] = {}

    def revoke_token(self, issuer: str, token_id: str, until: float) -> None:
        """Refuse one token. `until` is when it would have ended: later than that nothing need be remembered."""
        now = self._clock()
        self._tokens = {key: end for key, end in self._tokens.items() if end > now}
        key = (issuer, token_id)
        self._tokens[key] = max(until, self._tokens.get(key, until))

    def revoke_subject(self, issuer: str, subject: str, before: float) -> None:
        """Refuse every token of the subject that was issued before this moment."""
        key = (issuer, subject)
        self._subjects[key] = max(before, self._subjects.get(key, before))

    def covers(self, claims: Claims) -> bool:
        """Whether the token has been revoked."""
        if (claims.issuer, claims.token_id) in self._tokens:
            return True
        before = self._subjects.get((claims.issuer, claims.subject))
        return before is not None and claims.issued_at < before


def _digest(token: str) -> bytes:
    # Any text may come in here, before its form is looked at.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
