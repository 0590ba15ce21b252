"""The way in: an Authorization header becomes a principal and the claims of its token, or `Unidentified`.

The issuer is chosen by the token's own `iss`, read before anything is verified, and only looked up in our table: it is
never an address to ask. Whatever is wrong, the answer is the same one; the reason stays in the exception, for the
security log.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx

from api.door import Carried
from api.identity.bearer import Claims, check, principal_of
from api.identity.compact import LONGEST_TOKEN, claims_of, open_token
from api.identity.issuers import IssuerProfile
from api.identity.keys import FetchedKeys, Keys, KeysInMemory, KeyState, Patience
from api.identity.marking import Marking
from api.identity.refusal import Reason, TokenRefused
from api.identity.signature import VerificationKey
from api.identity.verified import Revocations, VerifiedTokens
from api.identity.whom import named
from domain.confidentiality.principal import Principal
from domain.oversight.ended import Marks, TokensEnded

_SCHEME: Final = "bearer"
_THIS_MACHINE: Final = ("all://localhost", "all://127.0.0.1", "all://[::1]")


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """A profile, and where its keys are."""

    profile: IssuerProfile
    keys: Keys


class Identifier:
    """The issuers that we trust, and what their tokens were lately verified to say. One a process.

    Safe for concurrent requests on one event loop. `clock` tells seconds since 1970.
    """

    def __init__(
        self,
        profiles: Iterable[IssuerProfile],
        *,
        clock: Callable[[], float] = time.time,
        in_memory: Mapping[str, Mapping[str, VerificationKey]] | None = None,
        http: httpx.AsyncClient | None = None,
        patience: Patience | None = None,
        capacity: int | None = None,
        marking: Marking | None = None,
    ) -> None:
        """`in_memory`: keys by issuer, for the profiles without `jwks_url`. `http`: a client to fetch the others with;
        without one it makes its own, and closes it. `marking`: how tokens that were ended stand at rest; without it
        what ends elsewhere is not understood here. Raises `ValueError` if two profiles share an issuer, or one has no
        keys to be found anywhere."""
        self._clock = clock
        self._http = http
        self._own_http: httpx.AsyncClient | None = None
        self._patience = patience
        self._verified = VerifiedTokens(clock) if capacity is None else VerifiedTokens(clock, capacity)
        self._revocations = Revocations(clock, marking)
        self._issuers: dict[str, TrustedIssuer] = {}
        for profile in profiles:
            if profile.issuer in self._issuers:
                raise ValueError("two profiles for one issuer")
            self._issuers[profile.issuer] = TrustedIssuer(profile, self._keys_of(profile, in_memory or {}))

    async def identify(self, authorization: str | None) -> tuple[Principal, Claims]:
        """Who sends this header. Raises `Unidentified` (as `TokenRefused`, whose reason is for the security log)."""
        token = bearer_token(authorization)
        known = self._verified.recall(token)
        if known is not None:
            return known
        opened = open_token(token)
        unverified = claims_of(opened.payload)
        named = unverified.get("iss")
        issuer = self._issuers.get(named) if isinstance(named, str) else None
        if issuer is None:
            raise TokenRefused(Reason.ISSUER)
        key = await issuer.keys.find(opened.kid)
        if key is None:
            raise TokenRefused(Reason.KEY)
        claims = check(opened, unverified, issuer.profile, key, self._clock())
        if self._revocations.covers(claims):
            raise TokenRefused(Reason.REVOKED)
        principal = principal_of(claims, issuer.profile)
        # No await between the look at revocations and here: a revocation cannot fall between the two.
        # Not past the next fetch either: a key that its issuer removed stops then, for every token, within ten minutes.
        self._verified.keep(token, principal, claims, issuer.keys.state().due_in)
        return principal, claims

    @property
    def longest(self) -> timedelta:
        """No token of any issuer lives longer."""
        return timedelta(seconds=max((i.profile.longest_life for i in self._issuers.values()), default=0))

    async def carried(self, authorization: str | None) -> Carried:
        """The token in this header. Raises as `identify`."""
        claims = (await self.identify(authorization))[1]
        marks = self._revocations.marking.of_token(claims.issuer, claims.token_id)
        return Carried(marks, datetime.fromtimestamp(claims.expires_at, UTC))

    def of_subject(self, issuer: str, subject: str) -> Marks | None:
        """What stands for all tokens of a subject, named as his issuer names him, in whatever case it takes that. None:
        no such issuer is trusted."""
        trusted = self._issuers.get(issuer)
        if trusted is None:
            return None
        return self._revocations.marking.of_subject(issuer, named(subject, trusted.profile))

    def hear(self, ended: Iterable[TokensEnded]) -> None:
        """Refuse these from now on, with what was remembered of them."""
        if self._revocations.hear((each.id, _seconds(each.issued_before), each.until.timestamp()) for each in ended):
            self._verified.forget(self._revocations.covers)

    def revoke_token(self, issuer: str, token_id: str, until: float) -> None:
        """Refuse one token from now on; `until`, seconds since 1970, is when it would have ended."""
        self._revocations.revoke_token(issuer, token_id, until)
        self._verified.forget(self._revocations.covers)

    def revoke_subject(self, issuer: str, subject: str, before: float) -> None:
        """Refuse all tokens of a subject issued before that moment (seconds since 1970)."""
        self._revocations.revoke_subject(issuer, subject, before)
        self._verified.forget(self._revocations.covers)

    def state(self) -> Mapping[str, KeyState]:
        """For readiness: the age of each issuer's keys. Never fetches."""
        return {name: issuer.keys.state() for name, issuer in self._issuers.items()}

    async def aclose(self) -> None:
        """End fetches under way, and the HTTP client if it is our own."""
        for issuer in self._issuers.values():
            await issuer.keys.aclose()
        if self._own_http is not None:
            await self._own_http.aclose()

    def _keys_of(self, profile: IssuerProfile, in_memory: Mapping[str, Mapping[str, VerificationKey]]) -> Keys:
        if profile.jwks_url is None:
            if profile.issuer not in in_memory:
                raise ValueError("an issuer without jwks_url and without keys in memory")
            return KeysInMemory(in_memory[profile.issuer])
        return FetchedKeys(
            profile.jwks_url,
            profile.algorithms,
            http=self._client(),
            clock=self._clock,
            changed=lambda: self._verified.forget(lambda claims: claims.issuer == profile.issuer),
            patience=self._patience,
        )

    def _client(self) -> httpx.AsyncClient:
        if self._http is not None:
            return self._http
        if self._own_http is None:
            # A proxy of the environment serves the world outside; this machine is reached directly, or plain http to
            # it would travel over the network after all.
            self._own_http = httpx.AsyncClient(follow_redirects=False, mounts=dict.fromkeys(_THIS_MACHINE))
        return self._own_http


def _seconds(instant: datetime | None) -> float | None:
    return None if instant is None else instant.timestamp()


def bearer_token(authorization: str | None) -> str:
    """What follows the scheme `Bearer` (in any case). Raises `TokenRefused`; the token itself is not looked at, only
    kept from being hashed if it is too long to be one."""
    scheme, blank, token = (authorization or "").partition(" ")
    token = token.strip(" ")
    if scheme.lower() != _SCHEME or not blank or not token:
        raise TokenRefused(Reason.AUTHORIZATION)
    if len(token) > LONGEST_TOKEN:
        raise TokenRefused(Reason.FORM)
    return token
