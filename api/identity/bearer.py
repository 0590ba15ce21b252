"""The strict wrapper: a token becomes claims, or is refused. Every rule in order (security.md 1.3).

Rules 1 to 4 are `compact.open_token`, rule 7 is `signature.verify`, rule 9 (revocation) is `verified`; this module
holds the rest and their order. Rules 6 and 8 read what to ask for from the issuer's profile. The wrapper speaks of
nothing but bytes, a key and a time, so that another library could replace python-jose in a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from api.identity.compact import Opened, claims_of
from api.identity.issuers import Form, IssuerProfile, Mark, base_client, based
from api.identity.refusal import Reason, TokenRefused
from api.identity.signature import VerificationKey, verify
from api.identity.whom import speaks_for, text
from domain.confidentiality.principal import Principal, PrincipalKind

MOST_AUTHORITIES: Final = 200
LARGEST_TIME: Final = 2**40
"""Seconds since 1970, some 35,000 years. Numbers beyond are no times, and break arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a verified token says. Times are seconds since 1970. `repr` names nobody: it is read by log files."""

    issuer: str
    subject: str = field(repr=False)
    """Of the principal: the person, or the client itself, without rotation suffix."""
    kind: PrincipalKind
    client: str | None
    """The client that the token was issued to, as written there."""
    on_behalf: bool
    """Whether a client's own token names the person it acts for."""
    authorities: frozenset[str]
    """Authorities and scopes as the issuer wrote them, scopes with `SCOPE_` before."""
    issued_at: float
    expires_at: float
    token_id: str = field(repr=False)
    username: str | None = field(repr=False)
    """The person's name, where the token says it in a claim of its own and not in `sub`."""


def check(
    opened: Opened, claims: Mapping[str, object], profile: IssuerProfile, key: VerificationKey, now: float
) -> Claims:
    """Rules 5 to 8, in order. `claims` are `claims_of(opened.payload)`: read before the signature to find the issuer,
    believed only after it. `now` in seconds since 1970. Raises `TokenRefused`."""
    if opened.kid != key.kid or opened.algorithm != key.algorithm or key.algorithm not in profile.algorithms:
        raise TokenRefused(Reason.KEY)
    if opened.type not in profile.types:
        raise TokenRefused(Reason.TYPE)
    if verify(opened.token, key) != opened.payload:
        raise TokenRefused(Reason.SIGNATURE)
    if claims.get("iss") != profile.issuer:
        raise TokenRefused(Reason.ISSUER)
    _registered(claims)
    _access_token(claims, profile)
    issued_at, expires_at = _times(claims, profile, now)
    _audience(claims, profile)
    client = _client_of(claims, profile)
    spoken = speaks_for(claims, profile, client)
    is_client = spoken.kind is PrincipalKind.CLIENT
    return Claims(
        issuer=profile.issuer,
        subject=spoken.subject,
        kind=spoken.kind,
        client=client,
        on_behalf=spoken.on_behalf,
        authorities=frozenset(_authorities(claims, profile)),
        issued_at=issued_at,
        expires_at=expires_at,
        token_id=text(claims, profile.id_claim),
        username=spoken.subject if spoken.on_behalf or (profile.subject_claim != "sub" and not is_client) else None,
    )


def verify_token(opened: Opened, profile: IssuerProfile, key: VerificationKey, now: float) -> Claims:
    """`check` for one who already knows the issuer. Raises `TokenRefused`."""
    return check(opened, claims_of(opened.payload), profile, key, now)


def principal_of(claims: Claims, profile: IssuerProfile) -> Principal:
    """Who acts. The client stays beside the person, so that the ledger names both (rule 8).

    Authorities on a client's token are the client's. Those on a person's own token are roles that another system
    gave him; ours are assignments in our store, so they are left behind.
    """
    client = None if claims.client is None else base_client(claims.client, profile)
    is_client = claims.kind is PrincipalKind.CLIENT
    return Principal(
        issuer=claims.issuer,
        subject=claims.subject,
        kind=claims.kind,
        client=None if is_client else client,
        authorities=claims.authorities if is_client or claims.on_behalf else frozenset(),
    )


def _registered(claims: Mapping[str, object]) -> None:
    """RFC 7519, 4.1: what it names has the form that it says, also where this profile reads another claim. Whoever
    reads the same token after us would refuse it, or read something else."""
    named = [claims[name] for name in ("sub", "jti") if name in claims]
    audience = claims.get("aud", "")
    if not all(isinstance(value, str) for value in (*named, *_members(audience))):
        raise TokenRefused(Reason.CLAIM)


def _members(value: object) -> list[object]:
    return cast(list[object], value) if isinstance(value, list) else [value]


def _access_token(claims: Mapping[str, object], profile: IssuerProfile) -> None:
    """Rule 6, its other half: what only access tokens have is there, what they never have is not."""
    if not profile.forbidden.isdisjoint(claims):
        raise TokenRefused(Reason.NOT_ACCESS)
    if not all(_marked(claims.get(mark.claim), mark) for mark in profile.marks):
        raise TokenRefused(Reason.NOT_ACCESS)


def _marked(value: object, mark: Mark) -> bool:
    if mark.one_of:
        return isinstance(value, str) and value in mark.one_of
    match mark.form:
        case Form.TEXT:
            return isinstance(value, str)
        case Form.LIST:
            return isinstance(value, list)
        case Form.TEXT_OR_LIST:
            return isinstance(value, str | list)


def _times(claims: Mapping[str, object], profile: IssuerProfile, now: float) -> tuple[float, float]:
    """When it was issued and when it ends. The end itself is too late (RFC 7519, 4.1.4)."""
    expires_at = _time(claims, "exp")
    # The earliest moment at which it can have been issued, where it does not say: a revocation of all tokens issued
    # before some time then errs towards refusing.
    known = profile.issued_at or "iat" in claims
    issued_at = _time(claims, "iat") if known else expires_at - profile.longest_life
    if expires_at <= now or expires_at <= issued_at or issued_at > now + profile.leeway:
        raise TokenRefused(Reason.TIME)
    if "nbf" in claims and _time(claims, "nbf") > now + profile.leeway:
        raise TokenRefused(Reason.TIME)
    # So it also ends within the longest life from now, leeway aside: it was not issued later than now.
    if expires_at - issued_at > profile.longest_life:
        raise TokenRefused(Reason.LIFE)
    return issued_at, expires_at


def _time(claims: Mapping[str, object], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefused(Reason.CLAIM)
    if not 0 <= value <= LARGEST_TIME:
        raise TokenRefused(Reason.TIME)
    return float(value)


def _audience(claims: Mapping[str, object], profile: IssuerProfile) -> None:
    if profile.audiences is None:
        return
    if profile.audiences.isdisjoint(_texts(claims.get("aud"))):
        raise TokenRefused(Reason.AUDIENCE)


def _client_of(claims: Mapping[str, object], profile: IssuerProfile) -> str | None:
    """The client that the token was issued to; a list of one names one. Raises `TokenRefused` if it is not admitted."""
    if profile.client_claim is None:
        return None
    value = claims.get(profile.client_claim)
    if isinstance(value, list):
        members = cast(list[object], value)
        value = members[0] if len(members) == 1 else None
    client = text({"client": value}, "client")
    if profile.clients is not None and base_client(client, profile) not in based(profile.clients, profile):
        raise TokenRefused(Reason.CLIENT)
    return client


def _authorities(claims: Mapping[str, object], profile: IssuerProfile) -> Iterable[str]:
    """Every authority, prefixed. An absent claim has none; a malformed one is refused, never skipped."""
    for claim, prefix in profile.authority_claims:
        if claim in claims:
            for value in _texts(claims[claim]):
                yield prefix + value


def _texts(value: object) -> list[str]:
    """A list of texts, or one text with blanks between (RFC 8693, 4.2)."""
    members = value.split() if isinstance(value, str) else value
    if not isinstance(members, list):
        raise TokenRefused(Reason.CLAIM)
    listed = cast(list[object], members)
    if len(listed) > MOST_AUTHORITIES:
        raise TokenRefused(Reason.CLAIM)
    return [text({"text": member}, "text") for member in listed]
