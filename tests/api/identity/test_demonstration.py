"""The demonstration's issuer: rule 22."""

import asyncio
import re
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

import api.identity.demonstration
from api.identity.configuration import IssuersUnreadable, read_issuers
from api.identity.demonstration import AUDIENCE, CLIENT, ISSUER, LIFE, PROFILE, Demonstration
from api.identity.identifier import Identifier
from api.identity.refusal import Reason, TokenRefused
from domain.confidentiality.principal import Principal, PrincipalKind
from tests.api.identity import forge
from tests.api.identity.worlds import NOW, WORLDS, identifier


def entrance(demonstration: Demonstration, clock: forge.Clock) -> Identifier:
    return Identifier([demonstration.profile], clock=clock, in_memory={ISSUER: demonstration.keys()})


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (PrincipalKind.STAFF, "GOVERNOR"),
        (PrincipalKind.PARTNER, "samaritans-1"),
        (PrincipalKind.IN_CUSTODY, "A0001AA"),
        (PrincipalKind.CLIENT, "timetable"),
    ],
)
async def test_it_speaks_for_every_kind_for_twelve_hours(kind: PrincipalKind, subject: str) -> None:
    """And not a second longer."""
    clock = forge.Clock()
    demonstration = Demonstration(clock)
    entry = entrance(demonstration, clock)
    authorities = ["ROLE_X"] if kind is PrincipalKind.CLIENT else []
    header = f"Bearer {demonstration.issue(subject, kind, authorities)}"
    client = None if kind is PrincipalKind.CLIENT else CLIENT
    assert (await entry.identify(header))[0] == Principal(ISSUER, subject, kind, client, frozenset(authorities))
    clock.advance(12 * 3600 - 1)
    assert (await entry.identify(header))[0].subject == subject
    clock.advance(1)
    with pytest.raises(TokenRefused) as refused:
        await entry.identify(header)
    assert refused.value.reason is Reason.TIME


async def test_a_token_of_one_demonstration_is_nothing_to_another_or_to_a_service_in_earnest() -> None:
    """Rule 22: the same issuer with another key does not know it; real issuers' table does not have it."""
    clock = forge.Clock()
    header = f"Bearer {Demonstration(clock).issue('GOVERNOR', PrincipalKind.STAFF)}"
    with pytest.raises(TokenRefused) as refused:
        await entrance(Demonstration(clock), clock).identify(header)
    assert refused.value.reason is Reason.KEY
    with pytest.raises(TokenRefused) as refused:
        await identifier(*WORLDS).identify(header)
    assert refused.value.reason is Reason.ISSUER


@pytest.mark.parametrize("preset", ["hmpps-auth", "launchpad", "oidc"])
def test_settings_cannot_make_its_issuer(preset: str) -> None:
    """It has no address of https, so that no operator can trust it by mistake."""
    more = ',"kind":"STAFF"' if preset == "oidc" else ""
    with pytest.raises(IssuersUnreadable, match="issuer"):
        read_issuers(
            f'[{{"preset":"{preset}","issuer":"{ISSUER}","jwks_url":"https://id.example.test/k","audiences":"any"{more}}}]'
        )


async def test_rule_8_holds_for_it_too() -> None:
    """A governor's name as a person in custody, a prison number as staff: refused; its own client is no person."""
    clock = forge.Clock()
    demonstration = Demonstration(clock)
    for subject, kind in (("GOVERNOR", PrincipalKind.IN_CUSTODY), ("A0001AA", PrincipalKind.STAFF)):
        with pytest.raises(TokenRefused) as refused:
            await entrance(demonstration, clock).identify(f"Bearer {demonstration.issue(subject, kind)}")
        assert refused.value.reason is Reason.KIND
    with pytest.raises(ValueError, match="client"):
        demonstration.issue(CLIENT, PrincipalKind.STAFF)
    with pytest.raises(ValueError, match="authorities"):
        demonstration.issue("GOVERNOR", PrincipalKind.STAFF, ["ROLE_X"])


def test_two_tokens_are_two_tokens() -> None:
    """Each has an id of its own; the end is twelve hours after the start, which is the profile's longest life."""
    demonstration = Demonstration(forge.Clock())
    assert demonstration.issue("A", PrincipalKind.STAFF) != demonstration.issue("A", PrincipalKind.STAFF)
    assert PROFILE.longest_life == LIFE == 12 * 3600


async def test_a_reader_that_no_one_here_wrote_agrees_with_its_tokens() -> None:
    """joserfc verifies the signature with the published point, and reads the claims that RFC 9068 asks for."""
    demonstration = Demonstration(forge.Clock())
    token = demonstration.issue("GOVERNOR", PrincipalKind.STAFF)
    public = demonstration._key.public_key()  # pyright: ignore[reportPrivateUsage]
    numbers = public.public_numbers()
    key = ECKey.import_key(
        {"kty": "EC", "crv": "P-256", "x": forge.number(numbers.x, 32), "y": forge.number(numbers.y, 32)}
    )
    read = jwt.decode(token, key, algorithms=["ES256"])
    assert read.header["typ"] == "at+jwt"
    assert {name: read.claims[name] for name in ("iss", "aud", "sub", "iat", "exp", "client_id")} == {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "GOVERNOR",
        "iat": NOW,
        "exp": NOW + LIFE,
        "client_id": CLIENT,
    }


async def test_its_keys_need_no_http() -> None:
    """Tokens are identified with no client at all; many at once."""
    clock = forge.Clock()
    demonstration = Demonstration(clock)
    entry = entrance(demonstration, clock)
    tokens = [demonstration.issue(f"OFFICER_{n}", PrincipalKind.STAFF) for n in range(20)]
    found = await asyncio.gather(*(entry.identify(f"Bearer {token}") for token in tokens))
    assert [principal.subject for principal, _ in found] == [f"OFFICER_{n}" for n in range(20)]
    await entry.aclose()


def test_its_private_key_is_never_written_down() -> None:
    """Nothing in the module can turn the private key into bytes or open a file, and what prints it shows nothing."""
    source = Path(api.identity.demonstration.__file__).read_text("utf-8")
    assert re.search(r"private_bytes|private_numbers|\bopen\(|write_|Path", source) is None
    assert repr(Demonstration()) == "Demonstration()"
