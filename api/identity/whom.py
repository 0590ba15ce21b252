"""For whom a verified token speaks, and for whom it may not (rule 8 of CONFIDENTIALITY.md).

The house flow of the estate is client credentials everywhere, with the person's name riding along: any holder of
client credentials becomes any prisoner or officer. So a name on a client's token counts only for clients that the
profile lists, for one kind of person each, and only in the form that this kind has. Everything else is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.identity.issuers import IssuerProfile, Tells, base_client, based
from api.identity.refusal import Reason, TokenRefused
from domain.confidentiality.principal import PrincipalKind

NAMES_ON_A_CLIENTS_TOKEN: Final = ("user_name", "username")
"""Where a client's token carries the name of a person: HMPPS Auth says the first, RFC 7662 the second."""

_TEXT: Final = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Kind and subject of the principal; `on_behalf` if it is a client that speaks for a person."""

    kind: PrincipalKind
    subject: str
    on_behalf: bool


def text(claims: Mapping[str, object], name: str) -> str:
    """A claim that names something: 1 to 255 printable ASCII characters without blanks. Raises `TokenRefused`.

    Full-width letters, NUL and invisible characters make two names look like one.
    """
    value = claims.get(name)
    if not isinstance(value, str) or _TEXT.fullmatch(value) is None:
        raise TokenRefused(Reason.CLAIM)
    return value


def speaks_for(claims: Mapping[str, object], profile: IssuerProfile, client: str | None) -> Spoken:
    """Whom the token speaks for. `client` is the client that it was issued to. Raises `TokenRefused`."""
    if _is_persons_own(claims, profile, client):
        return _person(claims, profile, client)
    if client is None:  # a profile that tells people from clients always names the client's claim
        raise TokenRefused(Reason.CLIENT)
    present = [name for name in NAMES_ON_A_CLIENTS_TOKEN if name in claims]
    if present:
        return _named_by_client(claims, profile, client, present)
    return _client(claims, profile, client)


def _is_persons_own(claims: Mapping[str, object], profile: IssuerProfile, client: str | None) -> bool:
    match profile.tells:
        case Tells.ALWAYS:
            return True
        case Tells.GRANT:
            # An older token without the claim is the client's: the weaker reading, and the one that rule 8 then checks.
            return "grant_type" in claims and text(claims, "grant_type") in profile.user_grants
        case Tells.SUBJECT:
            return text(claims, "sub") != client


def _person(claims: Mapping[str, object], profile: IssuerProfile, client: str | None) -> Spoken:
    subject = named(text(claims, profile.subject_claim), profile)
    speaks = profile.speaks
    kind = speaks.otherwise
    if speaks.claim is not None and speaks.claim in claims:
        kind = speaks.values.get(text(claims, speaks.claim), kind)
    match kind:
        case None:
            raise TokenRefused(Reason.KIND)
        case PrincipalKind.CLIENT:
            if client is None:
                raise TokenRefused(Reason.CLIENT)
            return Spoken(kind, base_client(client, profile), on_behalf=False)
        case PrincipalKind.IN_CUSTODY:
            if not _is_prison_number(subject, profile):
                raise TokenRefused(Reason.KIND)
        case PrincipalKind.STAFF | PrincipalKind.PARTNER:
            # In any case: `a1234bc` is a prison number written small, not an officer.
            if _is_prison_number(subject.upper(), profile):
                raise TokenRefused(Reason.KIND)
    return Spoken(kind, subject, on_behalf=False)


def _named_by_client(claims: Mapping[str, object], profile: IssuerProfile, client: str, present: list[str]) -> Spoken:
    names = {named(text(claims, name), profile) for name in present}
    if len(names) != 1:
        raise TokenRefused(Reason.ON_BEHALF)
    subject = names.pop()
    base = base_client(client, profile)
    if base in based(profile.acts_for_prisoners, profile):
        kind, fits = PrincipalKind.IN_CUSTODY, _is_prison_number(subject, profile)
    elif base in based(profile.acts_for_staff, profile):
        kind, fits = PrincipalKind.STAFF, not _is_prison_number(subject.upper(), profile)
    else:
        raise TokenRefused(Reason.ON_BEHALF)
    if not fits:
        raise TokenRefused(Reason.ON_BEHALF)
    return Spoken(kind, subject, on_behalf=True)


def _client(claims: Mapping[str, object], profile: IssuerProfile, client: str) -> Spoken:
    # `sub` of a client's own token is the client. Another one is a person whose name was left out: not a client.
    if "sub" in claims and text(claims, "sub") != client:
        raise TokenRefused(Reason.KIND)
    return Spoken(PrincipalKind.CLIENT, base_client(client, profile), on_behalf=False)


def named(written: str, profile: IssuerProfile) -> str:
    """A name of a person as this service keeps it."""
    return written.upper() if profile.upper_case_names else written


def _is_prison_number(name: str, profile: IssuerProfile) -> bool:
    return re.fullmatch(profile.prison_number, name) is not None
