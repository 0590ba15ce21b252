"""Our own tokens at the estate's issuer: client credentials (hmpps.md 1.3).

The token is the service's, and the estate's systems see the service ask and nobody else. `username` is there for an
upstream that answers to a person's own rights; nothing about schemes is asked in anybody's name, because whoever reads
those systems' logs would else learn which officer asked, and when (rules 3 and 4).
"""

import asyncio
import base64
import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote_plus

import orjson

from persistence.prison.asking import CannotBeAsked, Monotonic, Silence, a_text, an_object, number
from persistence.prison.sending import Sending

log = logging.getLogger("peer_support.prison")

SPARE: Final = 60.0
"""Seconds before its end at which a token is no longer used, so that none ends on its way."""
AFTER_FAILURE: Final = 5.0
"""No new attempt in this many seconds after one that failed."""
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class _Held:
    token: str = field(repr=False)
    until: float


class Tokens:
    """Tokens of one client, by the name in which it asks (None: its own). Many who need one at once are one fetch."""

    def __init__(self, url: str, client: str, secret: str, *, sending: Sending, monotonic: Monotonic) -> None:
        # RFC 6749, 2.3.1: both are form-encoded before they are joined.
        pair = f"{quote_plus(client)}:{quote_plus(secret)}".encode()
        self._basic = "Basic " + base64.b64encode(pair).decode()
        self._url, self._sending, self._monotonic = url, sending, monotonic
        self._held: OrderedDict[str | None, _Held] = OrderedDict()
        self._failed_at: dict[str | None, float] = {}
        self._flights: dict[str | None, asyncio.Task[str]] = {}

    async def __call__(self, username: str | None = None) -> str:
        """A token that holds for a minute at least. Raises `CannotBeAsked`."""
        held = self._held.get(username)
        if held is not None and self._monotonic() < held.until:
            return held.token
        flight = self._flights.get(username)
        if flight is None:
            failed = self._failed_at.get(username)
            if failed is not None and self._monotonic() - failed < AFTER_FAILURE:
                raise CannotBeAsked(Silence.NO_TOKEN)
            flight = self._flights[username] = asyncio.create_task(self._fly(username))
            flight.add_done_callback(_looked_at)
        return await asyncio.shield(flight)  # whoever goes away does not end it for the others

    def forget(self, username: str | None, token: str) -> None:
        """It was refused: unless another has taken its place, the next who needs one has it fetched."""
        held = self._held.get(username)
        if held is not None and held.token == token:
            del self._held[username]

    async def aclose(self) -> None:
        """Ends the fetches that are under way."""
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    async def _fly(self, username: str | None) -> str:
        try:
            token, life = await self._fetched(username)
        except CannotBeAsked as silence:
            self._failed_at[username] = self._monotonic()
            log.warning("no token from the estate's issuer", extra={"error": silence.state.value})
            raise CannotBeAsked(Silence.NO_TOKEN) from None
        else:
            self._failed_at.pop(username, None)
            self._held[username] = _Held(token, self._monotonic() + life - SPARE)
            self._held.move_to_end(username)
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
            return token
        finally:
            self._flights.pop(username, None)

    async def _fetched(self, username: str | None) -> tuple[str, int]:
        form = {"grant_type": "client_credentials"} | ({} if username is None else {"username": username})
        status, body = await self._sending.send("POST", self._url, headers={"Authorization": self._basic}, data=form)
        if status != 200:
            raise CannotBeAsked(Silence.REFUSED if status < 500 else Silence.FAILING)
        try:
            found = an_object(orjson.loads(body))
        except ValueError:
            raise CannotBeAsked(Silence.UNREADABLE) from None
        token = a_text(found, "access_token")
        if a_text(found, "token_type").lower() != "bearer" or not token.isascii() or not token.isprintable():
            raise CannotBeAsked(Silence.UNREADABLE)
        return token, number(found, "expires_in")


def _looked_at(flight: asyncio.Task[str]) -> None:
    """Its failure is known, even where everybody who waited for it has gone."""
    if not flight.cancelled():
        flight.exception()
