"""An issuer's public keys: which of them are fit to use, fetched over HTTP and kept for a while.

The address comes from configuration, never from a token. A set is fresh for 10 minutes; if the issuer cannot be
reached it serves for 24 hours, so that an outage of the identity provider at night is not one of ours; a key that the
issuer removed stops at the next refresh. Nothing here runs at start-up: the first token fetches the first set.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol, cast

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from api.identity.compact import decoded, strict_object
from api.identity.refusal import TokenRefused
from api.identity.signature import Algorithm, VerificationKey, key_object

FRESH: Final = 600.0
STALE_IF_ERROR: Final = 24 * 3600.0
UNKNOWN_KID: Final = 60.0
"""At most one refresh in this time for a key id that we do not know: else whoever invents ids drives traffic at the
identity provider."""
AFTER_FAILURE: Final = 10.0
"""No new attempt in this time after a failed one, whatever the reason for it."""
LARGEST_BODY: Final = 64 * 1024
LARGEST_RSA_BITS: Final = 8192
LARGEST_RSA_EXPONENT: Final = 2**64
_BRACKETS: Final = 2048
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeyState:
    """For readiness: how old the keys are, in seconds, None if there are none yet; whether they may be used."""

    age: float | None
    usable: bool

    @property
    def due_in(self) -> float:
        """Seconds until somebody who asks for a key has the set fetched again, or the fetch tried again."""
        return AFTER_FAILURE if self.age is None or self.age >= FRESH else FRESH - self.age


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a fetch may take, in seconds. `whole` bounds an answer that drips."""

    connect: float = 1.0
    read: float = 2.0
    whole: float = 5.0


class Keys(Protocol):
    """Where the keys of one issuer are found."""

    async def find(self, kid: str) -> VerificationKey | None:
        """The key of that id, or None. Never raises."""
        ...

    def state(self) -> KeyState: ...

    async def aclose(self) -> None: ...


def verification_key(kid: str, public: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> VerificationKey:
    """A key fit to use: RSA from 2048 bits with an exponent from 65537, or P-256. Raises `ValueError`."""
    if isinstance(public, rsa.RSAPublicKey):
        exponent = public.public_numbers().e
        if not 2048 <= public.key_size <= LARGEST_RSA_BITS or not 65537 <= exponent <= LARGEST_RSA_EXPONENT:
            raise ValueError("RSA key too weak, or too large to verify with")
        algorithm = Algorithm.RS256
    else:
        if not isinstance(public.curve, ec.SECP256R1):
            raise ValueError("not P-256")
        algorithm = Algorithm.ES256
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return VerificationKey(kid, algorithm, hashlib.sha256(der).digest(), key_object(public))


def keys_in(body: bytes, algorithms: frozenset[Algorithm]) -> Mapping[str, VerificationKey]:
    """The usable keys of a JWK set, by id. Unknown and unfit ones are left out, and a `kid` that two usable keys share
    names neither. An empty set is a set: its issuer has withdrawn every key. Raises `ValueError` if it is no set."""
    members = strict_object(body, _BRACKETS).get("keys")
    if not isinstance(members, list):
        raise ValueError("no JWK set")
    keys: dict[str, VerificationKey] = {}
    twice: set[str] = set()
    for member in cast(list[object], members):
        key = _usable(member, algorithms)
        if key is not None and key.kid in keys:
            twice.add(key.kid)
        elif key is not None:
            keys[key.kid] = key
    return MappingProxyType({kid: key for kid, key in keys.items() if kid not in twice})


def _usable(member: object, algorithms: frozenset[Algorithm]) -> VerificationKey | None:
    """The key, or None if it is of another kind, for another use, or has a private part (and so is nobody's secret)."""
    if not isinstance(member, dict):
        return None
    jwk = cast(dict[str, object], member)
    kid, operations = jwk.get("kid"), jwk.get("key_ops", ["verify"])
    if not isinstance(kid, str) or not kid or jwk.get("use", "sig") != "sig" or not _PRIVATE.isdisjoint(jwk):
        return None
    if not isinstance(operations, list) or "verify" not in operations:
        return None
    try:
        key = verification_key(kid, _public(jwk))
    except (ValueError, TypeError, TokenRefused):
        return None
    return key if key.algorithm in algorithms and jwk.get("alg", key.algorithm) == key.algorithm else None


def _public(jwk: Mapping[str, object]) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
    match jwk.get("kty"):
        case "RSA":
            return rsa.RSAPublicNumbers(_number(jwk, "e"), _number(jwk, "n")).public_key()
        case "EC" if jwk.get("crv") == "P-256":
            # `cryptography` refuses a point that is not on the curve (RFC 8725, 3.4).
            return ec.EllipticCurvePublicNumbers(_number(jwk, "x"), _number(jwk, "y"), ec.SECP256R1()).public_key()
        case _:
            raise ValueError("a kind of key that we do not use")


def _number(jwk: Mapping[str, object], name: str) -> int:
    value = jwk.get(name)
    if not isinstance(value, str):
        raise ValueError("not a number in base64url")
    return int.from_bytes(decoded(value), "big")


class KeysInMemory:
    """Keys handed over without HTTP; they never age."""

    def __init__(self, keys: Mapping[str, VerificationKey]) -> None:
        self._keys = MappingProxyType(dict(keys))

    async def find(self, kid: str) -> VerificationKey | None:
        return self._keys.get(kid)

    def state(self) -> KeyState:
        return KeyState(0.0, usable=True)

    async def aclose(self) -> None:
        return None


class FetchedKeys:
    """Keys behind one fixed address. `clock` tells seconds since 1970; `changed` is called when the set changed."""

    def __init__(
        self,
        url: str,
        algorithms: frozenset[Algorithm],
        *,
        http: httpx.AsyncClient,
        clock: Callable[[], float],
        changed: Callable[[], None],
        patience: Patience | None = None,
    ) -> None:
        self._url, self._algorithms, self._http, self._clock, self._changed = url, algorithms, http, clock, changed
        self._patience = patience or Patience()
        self._keys: Mapping[str, VerificationKey] = MappingProxyType({})
        self._fetched_at: float | None = None
        self._failed_at: float | None = None
        self._asked_for_unknown_at: float | None = None
        self._flight: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> VerificationKey | None:
        """The key of that id. May fetch: when the set is not fresh, and now and then for an id that it lacks."""
        refreshed = False
        if not self._within(self._fetched_at, FRESH) and self._may_try():
            await self._refresh()
            refreshed = True
        key = self._current().get(kid)
        if key is None and not refreshed and self._may_ask_for_unknown():
            await self._refresh()
            key = self._current().get(kid)
        return key

    def state(self) -> KeyState:
        """How old the keys are. Never fetches."""
        age = None if self._fetched_at is None else max(0.0, self._clock() - self._fetched_at)
        return KeyState(age, usable=self._within(self._fetched_at, STALE_IF_ERROR))

    async def aclose(self) -> None:
        """Ends a fetch that is under way. The HTTP client belongs to who made it."""
        if self._flight is not None:
            self._flight.cancel()
            await asyncio.gather(self._flight, return_exceptions=True)

    def _current(self) -> Mapping[str, VerificationKey]:
        return self._keys if self._within(self._fetched_at, STALE_IF_ERROR) else MappingProxyType({})

    def _within(self, since: float | None, seconds: float) -> bool:
        # A clock set back must not make keys young for ever: what lies in the future is not recent.
        return since is not None and 0 <= self._clock() - since < seconds

    def _may_try(self) -> bool:
        if self._http.is_closed:
            return False
        return self._flight is not None or not self._within(self._failed_at, AFTER_FAILURE)

    def _may_ask_for_unknown(self) -> bool:
        if self._flight is not None:
            return True
        if not self._may_try() or self._within(self._asked_for_unknown_at, UNKNOWN_KID):
            return False
        self._asked_for_unknown_at = self._clock()
        return True

    async def _refresh(self) -> None:
        """Join the fetch that is under way, or start one. A caller that goes away does not end it for the others."""
        if self._flight is None:
            self._flight = asyncio.create_task(self._fly())
        await asyncio.shield(self._flight)

    async def _fly(self) -> None:
        try:
            async with asyncio.timeout(self._patience.whole):
                keys = keys_in(await self._fetch(), self._algorithms)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, TimeoutError, ValueError) as error:
            self._failed_at = self._clock()
            _log.warning("keys of an issuer could not be fetched: %s", type(error).__name__)
        else:
            before, self._keys, self._fetched_at, self._failed_at = self._keys, keys, self._clock(), None
            if _thumbprints(before) != _thumbprints(keys):
                self._changed()
        finally:
            self._flight = None

    async def _fetch(self) -> bytes:
        timeout = httpx.Timeout(self._patience.read, connect=self._patience.connect)
        # Not compressed: a body of 64 KiB could otherwise unfold to 64 MB before it is measured.
        headers = {"Accept": "application/jwk-set+json, application/json", "Accept-Encoding": "identity"}
        async with self._http.stream(
            "GET", self._url, headers=headers, timeout=timeout, follow_redirects=False
        ) as answer:
            if answer.status_code != 200 or answer.headers.get("content-encoding", "identity") != "identity":
                raise ValueError("not the answer asked for")
            body = bytearray()
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise ValueError("too large")
        return bytes(body)


def _thumbprints(keys: Mapping[str, VerificationKey]) -> dict[str, bytes]:
    return {kid: key.thumbprint for kid, key in keys.items()}
