"""Tokens that were verified a moment ago, and tokens that were revoked.

Verifying a token costs about a tenth of a millisecond and every request carries one; looking it up costs a few
microseconds (performance.md 7, item 4: 113 to 209 us of CPU saved a request). The cache knows a token by the SHA-256 of
its bytes; revocation never does, since one token may have several spellings: it goes by issuer and token id.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from api.identity.bearer import Claims
from api.identity.marking import Marking
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
    """Rule 9: tokens that are refused although everything else about them is right. Each is known by its mark alone, as
    it is kept at rest: what another process ended is known to this one by nothing else. `clock` tells seconds since
    1970."""

    def __init__(self, clock: Callable[[], float], marking: Marking | None = None) -> None:
        """`marking`: the marks of the service; without it those of this process alone."""
        self.marking = marking or Marking([secrets.token_bytes(32)])
        self._clock = clock
        self._tokens: dict[UUID, float] = {}
        self._subjects: dict[UUID, tuple[float, float]] = {}

    def __len__(self) -> int:
        return len(self._tokens) + len(self._subjects)

    def revoke_token(self, issuer: str, token_id: str, until: float) -> None:
        """Refuse one token. `until` is when it would have ended: later than that nothing need be remembered."""
        self.hear([(self.marking.of_token(issuer, token_id)[0], None, until)])

    def revoke_subject(self, issuer: str, subject: str, before: float, until: float = float("inf")) -> None:
        """Refuse every token of the subject that was issued before this moment. By `until` all of them have ended."""
        self.hear([(self.marking.of_subject(issuer, subject)[0], before, until)])

    def hear(self, ended: Iterable[tuple[UUID, float | None, float]]) -> bool:
        """Refuse what these marks stand for: all tokens of a subject that were issued before a moment, or (None) one
        token; until when there can be any. False: all of it was known."""
        self._forget()
        news = [self._heard(*each) for each in ended]  # each, and not as far as the first
        return any(news)

    def _heard(self, mark: UUID, before: float | None, until: float) -> bool:
        if before is None:
            known = self._tokens.get(mark)
            self._tokens[mark] = max(until, known or until)
            return known is None
        earlier, longer = self._subjects.get(mark, (before, until))
        is_new = mark not in self._subjects or before > earlier
        self._subjects[mark] = (max(before, earlier), max(until, longer))
        return is_new

    def covers(self, claims: Claims) -> bool:
        """Whether the token has been revoked."""
        if self._tokens and any(m in self._tokens for m in self.marking.of_token(claims.issuer, claims.token_id)):
            return True
        if not self._subjects:
            return False
        found = (self._subjects.get(mark) for mark in self.marking.of_subject(claims.issuer, claims.subject))
        return any(each is not None and claims.issued_at < each[0] for each in found)

    def _forget(self) -> None:
        now = self._clock()
        self._tokens = {mark: until for mark, until in self._tokens.items() if until > now}
        self._subjects = {mark: each for mark, each in self._subjects.items() if each[1] > now}


def _digest(token: str) -> bytes:
    # Any text may come in here, before its form is looked at.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
