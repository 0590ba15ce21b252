"""What the tokens of an issuer that we trust look like: a profile, which is data.

Real issuers differ, and none follows RFC 9068 whole: HMPPS Auth has no audience to rely on and puts the person's name
in `user_name`; Launchpad has neither `client_id` nor an access token's `typ`, and signs its ID and refresh tokens with
the same key. So rules 6 and 8 of the strict wrapper read what to ask for from here (hmpps.md 1.1 to 1.7).

Three ready-made shapes: `hmpps_auth`, `launchpad`, `oidc`. Settings that a stranger may write: `configuration`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from api.identity.signature import Algorithm
from domain.confidentiality.principal import PrincipalKind

NOMS_NUMBER: Final = "[A-Z][0-9]{4}[A-Z]{2}"
"""A prison number of England and Wales. Another jurisdiction's profile has its own pattern (rule 27)."""

AT_JWT: Final = "at+jwt"
"""RFC 9068, 2.1. The one `typ` that by itself says what the token is."""

NEVER_IN_ACCESS_TOKENS: Final = frozenset({"nonce", "at_hash", "c_hash", "ati", "cnf", "events"})
"""ID tokens have `nonce`, `at_hash`, `c_hash`; refresh tokens of HMPPS Auth and Launchpad have `ati`; `events` is a
log-out or security event. `cnf` binds a token to a key that its holder must prove; a bearer does not (RFC 9449)."""


class Form(StrEnum):
    """What a claim must look like."""

    TEXT = "TEXT"
    LIST = "LIST"
    TEXT_OR_LIST = "TEXT_OR_LIST"


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that access tokens of this issuer always have. `one_of`, if not empty, are the texts it may be."""

    claim: str
    form: Form = Form.TEXT
    one_of: frozenset[str] = frozenset()


class Tells(StrEnum):
    """What shows that a token is a person's own, and not its client's."""

    GRANT = "GRANT"
    """`grant_type` is one of the profile's user grants. Where it is missing the token counts as the client's."""
    SUBJECT = "SUBJECT"
    """`sub` is not the client (RFC 9068, 2.2)."""
    ALWAYS = "ALWAYS"
    """This issuer gives access tokens to people only."""


@dataclass(frozen=True, slots=True)
class Speaks:
    """The kind of principal behind a person's own token: by the value of a claim, or `otherwise`. None: refused."""

    otherwise: PrincipalKind | None
    claim: str | None = None
    values: Mapping[str, PrincipalKind] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerProfile:
    """One trusted issuer. Times in seconds. Raises `ValueError`, in one line, for a profile that would not be safe."""

    issuer: str
    """`iss`, compared exactly."""
    jwks_url: str | None
    """Where its keys are; None if they are handed over in memory."""
    algorithms: frozenset[Algorithm]
    audiences: frozenset[str] | None
    """One of these must be in `aud`; None if `aud` says nothing at this issuer."""
    types: frozenset[str | None]
    """Accepted `typ`, lower case and without `application/`; None: the header may lack it."""
    marks: tuple[Mark, ...]
    forbidden: frozenset[str] = NEVER_IN_ACCESS_TOKENS
    issued_at: bool = True
    """Whether `iat` must be there. Without it a token counts as issued at the earliest moment that its end allows."""
    id_claim: str = "jti"
    """Names the token itself."""
    client_claim: str | None
    rotating_clients: bool = False
    """Whether `-1` at the end of a client's id is a rotation suffix and not part of its name."""
    clients: frozenset[str] | None = None
    """Only tokens issued to these clients (base ids); None: to any."""
    authority_claims: tuple[tuple[str, str], ...] = ()
    """(claim, prefix): where authorities are read from, and what is put before each."""
    tells: Tells
    user_grants: frozenset[str] = frozenset({"authorization_code"})
    subject_claim: str
    """Names the person on his own token."""
    upper_case_names: bool = False
    """Whether the issuer takes names of people without regard to case; they are then kept in upper case."""
    speaks: Speaks
    prison_number: str = NOMS_NUMBER
    """A pattern. A person in custody has a subject like this, staff and partners never do."""
    acts_for_prisoners: frozenset[str] = frozenset()
    """Clients (base ids) whose `username` is a person in custody (rule 8)."""
    acts_for_staff: frozenset[str] = frozenset()
    longest_life: int
    leeway: int = 5
    """For `iat` and `nbf`. There is none for `exp`: a token that has ended is worth nothing."""

    def __post_init__(self) -> None:
        if self.jwks_url is not None:
            require_safe_url(self.issuer, "issuer")
            require_safe_url(self.jwks_url, "jwks_url")
        if not self.algorithms or not self.types:
            raise ValueError("algorithms and types: at least one each")
        if not says_what_it_is(self.types) and not self.marks:
            raise ValueError("marks: needed where `typ` does not say that it is an access token")
        if self.longest_life <= 0 or self.leeway < 0:
            raise ValueError("longest_life and leeway: seconds, not negative")
        if self.tells is not Tells.ALWAYS and self.client_claim is None:
            raise ValueError("client_claim: needed to tell a client's token from a person's")
        both = based(self.acts_for_prisoners, self) & based(self.acts_for_staff, self)
        if both:
            raise ValueError("acts_for: a client acts for prisoners or for staff, never for both")
        try:
            re.compile(self.prison_number)
        except re.error:
            raise ValueError("prison_number: not a regular expression") from None


def says_what_it_is(types: frozenset[str | None]) -> bool:
    """Whether `typ` alone tells an access token from every other."""
    return types <= frozenset((AT_JWT,))


def base_client(client: str, profile: IssuerProfile) -> str:
    """The client's id without the rotation suffix: HMPPS Auth has up to three live duplicates, `…-1` to `…-3`."""
    return re.sub(r"-[0-9]+\Z", "", client) if profile.rotating_clients else client


def based(clients: Iterable[str], profile: IssuerProfile) -> frozenset[str]:
    """All of them without rotation suffix."""
    return frozenset(base_client(client, profile) for client in clients)


def require_safe_url(url: str, name: str) -> None:
    """https, or http to this machine; a host; nobody's password in it. Raises `ValueError` that names the setting."""
    try:
        parts = urlsplit(url)
        host, user = parts.hostname, parts.username
        _ = parts.port
    except ValueError:
        raise ValueError(f"{name}: not a URL") from None
    if not url.isascii() or not url.isprintable() or " " in url or not host or parts.fragment:
        raise ValueError(f"{name}: not a URL that a key can be fetched from")
    if user is not None or parts.password is not None:
        raise ValueError(f"{name}: no user or password in it")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise ValueError(f"{name}: https, or http to this machine only")


def is_loopback(host: str) -> bool:
    """Whether the host is this machine, said by name or address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def hmpps_auth(
    issuer: str,
    jwks_url: str,
    *,
    audiences: frozenset[str] | None = None,
    clients: frozenset[str] | None = None,
    acts_for_prisoners: frozenset[str] = frozenset(),
    acts_for_staff: frozenset[str] = frozenset(),
    speaks: Speaks | None = None,
    longest_life: int = 3600,
    prison_number: str = NOMS_NUMBER,
) -> IssuerProfile:
    """HMPPS Auth: staff on a user's grant, services on client credentials, people named by services that may.

    `aud` is `oauth2-resource`, a client's id or absent, so it is not relied on; `sub` may be a display name, so it is
    not read; older tokens have neither `iat` nor `grant_type`. Access tokens always have `client_id` and `scope`.
    """
    return IssuerProfile(
        issuer=issuer,
        jwks_url=jwks_url,
        algorithms=frozenset({Algorithm.RS256}),
        audiences=audiences,
        types=frozenset({"jwt", AT_JWT, None}),
        marks=(Mark("client_id"), Mark("scope", Form.TEXT_OR_LIST)),
        issued_at=False,
        client_claim="client_id",
        rotating_clients=True,
        clients=clients,
        authority_claims=(("authorities", ""), ("scope", "SCOPE_")),
        tells=Tells.GRANT,
        subject_claim="user_name",
        upper_case_names=True,
        speaks=speaks or Speaks(PrincipalKind.STAFF),
        prison_number=prison_number,
        acts_for_prisoners=acts_for_prisoners,
        acts_for_staff=acts_for_staff,
        longest_life=longest_life,
    )


def launchpad(
    issuer: str,
    jwks_url: str,
    *,
    audiences: frozenset[str] | None,
    longest_life: int = 3600,
    prison_number: str = NOMS_NUMBER,
) -> IssuerProfile:
    """Launchpad: people in custody, on their own devices. `aud` is the client's id and the only thing that names it.

    An ID token has no `scopes`; a refresh token has `scopes` and lives seven days, but no `iss`, and has `ati`.
    """
    return IssuerProfile(
        issuer=issuer,
        jwks_url=jwks_url,
        algorithms=frozenset({Algorithm.RS256}),
        audiences=audiences,
        types=frozenset({"jwt"}),
        marks=(Mark("scopes", Form.LIST),),
        client_claim="aud",
        authority_claims=(("scopes", "SCOPE_"),),
        tells=Tells.ALWAYS,
        subject_claim="sub",
        speaks=Speaks(PrincipalKind.IN_CUSTODY),
        prison_number=prison_number,
        longest_life=longest_life,
    )


def oidc(
    issuer: str,
    jwks_url: str,
    *,
    audiences: frozenset[str] | None,
    speaks: Speaks,
    algorithms: frozenset[Algorithm] = frozenset(Algorithm),
    types: frozenset[str | None] = frozenset({AT_JWT}),
    marks: tuple[Mark, ...] = (),
    client_claim: str = "client_id",
    subject_claim: str = "sub",
    id_claim: str = "jti",
    clients: frozenset[str] | None = None,
    acts_for_prisoners: frozenset[str] = frozenset(),
    acts_for_staff: frozenset[str] = frozenset(),
    longest_life: int = 3600,
    prison_number: str = NOMS_NUMBER,
) -> IssuerProfile:
    """Any provider whose access tokens are JWTs as RFC 9068 wants them, or are told apart by `marks`."""
    return IssuerProfile(
        issuer=issuer,
        jwks_url=jwks_url,
        algorithms=algorithms,
        audiences=audiences,
        types=types,
        marks=(Mark(client_claim), *marks) if says_what_it_is(types) else marks,
        id_claim=id_claim,
        client_claim=client_claim,
        clients=clients,
        authority_claims=(("scope", "SCOPE_"),),
        tells=Tells.SUBJECT,
        subject_claim=subject_claim,
        speaks=speaks,
        prison_number=prison_number,
        acts_for_prisoners=acts_for_prisoners,
        acts_for_staff=acts_for_staff,
        longest_life=longest_life,
    )
