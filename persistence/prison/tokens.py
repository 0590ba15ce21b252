"""Our own token at the estate's issuer: client credentials (hmpps.md 1.3).

The token is the service's, and the estate's systems see the service ask and nobody else. The issuer would put a name in
it (`username`) if we gave one. We give none: whoever reads those systems' logs would learn which officer asked, and
when (rules 3 and 4).
"""

import asyncio
import base64
import logging
import math
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


class Tokens:
    """The token of one client, fetched when it is needed. Many who need one at once are one fetch."""

    def __init__(self, url: str, client: str, secret: str, *, sending: Sending, monotonic: Monotonic) -> None:
        # RFC 6749, 2.3.1: both are form-encoded before they are joined.
        pair = f"{quote_plus(client)}:{quote_plus(secret)}".encode()
        self._basic = "Basic " + base64.b64encode(pair).decode()
        self._url, self._sending, self._monotonic = url, sending, monotonic
        self._token, self._until = "", -math.inf
        self._failed_at = -math.inf
        self._flight: asyncio.Task[str] | None = None

    async def __call__(self) -> str:
        """A token that holds for a minute at least. Raises `CannotBeAsked`."""
        if self._monotonic() < self._until:
            return self._token
        if self._flight is None:
            if self._monotonic() - self._failed_at < AFTER_FAILURE:
                raise CannotBeAsked(Silence.NO_TOKEN)
            self._flight = asyncio.create_task(self._fly())
            self._flight.add_done_callback(_looked_at)
        return await asyncio.shield(self._flight)  # whoever goes away does not end it for the others

    def forget(self, token: str) -> None:
        """It was refused: unless another has taken its place, the next who needs one has it fetched."""
        if token == self._token:
            self._until = -math.inf

    async def aclose(self) -> None:
        """Ends a fetch that is under way."""
        if self._flight is not None:
            self._flight.cancel()
            await asyncio.gather(self._flight, return_exceptions=True)

    async def _fly(self) -> str:
        try:
            token, life = await self._fetched()
        except CannotBeAsked as silence:
            self._failed_at = self._monotonic()
            log.warning("no token from the estate's issuer", extra={"error": silence.state.value})
            raise CannotBeAsked(Silence.NO_TOKEN) from None
        else:
            self._failed_at = -math.inf
            self._token, self._until = token, self._monotonic() + life - SPARE
            return token
        finally:
            self._flight = None

    async def _fetched(self) -> tuple[str, int]:
        form = {"grant_type": "client_credentials"}
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
