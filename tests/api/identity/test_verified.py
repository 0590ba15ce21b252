"""What was verified a moment ago, and what was revoked."""

from dataclasses import replace

import httpx
import pytest

from api.identity.bearer import Claims
from api.identity.identifier import Identifier
from api.identity.refusal import Reason, TokenRefused
from api.identity.verified import CAPACITY, LONGEST, Revocations, VerifiedTokens
from domain.confidentiality.principal import PrincipalKind
from tests.api.identity import forge
from tests.api.identity.worlds import HMPPS, KID, LAUNCHPAD, NOW, OIDC_ES256, World, identifier, transport

CLAIMS = Claims(
    issuer="https://id.example.test",
    subject="volunteer-17",
    kind=PrincipalKind.PARTNER,
    client="app",
    on_behalf=False,
    authorities=frozenset(),
    issued_at=NOW - 10,
    expires_at=NOW + 600,
    token_id="1",
    username=None,
)
PRINCIPAL = OIDC_ES256.principal


async def refused(entry: Identifier, token: str) -> Reason:
    with pytest.raises(TokenRefused) as refusal:
        await entry.identify(f"Bearer {token}")
    return refusal.value.reason


def test_a_token_is_recalled_for_a_minute() -> None:
    """The very principal and claims; never a token of other bytes."""
    clock = forge.Clock()
    verified = VerifiedTokens(clock)
    verified.keep("token", PRINCIPAL, CLAIMS)
    clock.advance(LONGEST - 0.001)
    assert verified.recall("token") == (PRINCIPAL, CLAIMS)
    assert verified.recall("token ") is None
    assert verified.recall("\ud800") is None
    clock.advance(0.001)
    assert verified.recall("token") is None
    assert len(verified) == 0


def test_a_token_is_never_recalled_past_its_end() -> None:
    """Nor at its end."""
    clock = forge.Clock()
    verified = VerifiedTokens(clock)
    verified.keep("token", PRINCIPAL, replace(CLAIMS, expires_at=NOW + 5))
    clock.advance(4.999)
    assert verified.recall("token") is not None
    clock.advance(0.001)
    assert verified.recall("token") is None


def test_nothing_is_recalled_from_the_future() -> None:
    """After the clock was set back, a token is verified anew."""
    clock = forge.Clock()
    verified = VerifiedTokens(clock)
    verified.keep("token", PRINCIPAL, CLAIMS)
    clock.advance(-1)
    assert verified.recall("token") is None


def test_the_least_recently_used_goes_first() -> None:
    """The number of tokens is bounded, whoever sends how many."""
    verified = VerifiedTokens(forge.Clock(), capacity=2)
    for name in ("a", "b"):
        verified.keep(name, PRINCIPAL, CLAIMS)
    assert verified.recall("a") is not None
    verified.keep("c", PRINCIPAL, CLAIMS)
    assert [verified.recall(name) is not None for name in "abc"] == [True, False, True]
    verified.keep("c", PRINCIPAL, CLAIMS)
    assert len(verified) == 2
    assert CAPACITY == 4096


def test_revocation_of_one_token_and_of_all_before_a_moment() -> None:
    """By issuer and token id, and by issuer, subject and time of issue: another issuer's are untouched."""
    revocations = Revocations(forge.Clock())
    revocations.revoke_token(CLAIMS.issuer, "1", NOW + 600)
    revocations.revoke_subject(CLAIMS.issuer, "volunteer-18", NOW)
    assert revocations.covers(CLAIMS)
    assert not revocations.covers(replace(CLAIMS, token_id="2"))
    assert not revocations.covers(replace(CLAIMS, issuer="https://other.example.test"))
    other = replace(CLAIMS, token_id="3", subject="volunteer-18")
    assert revocations.covers(other)
    assert not revocations.covers(replace(other, issued_at=NOW))
    assert not revocations.covers(replace(other, issuer="https://other.example.test"))
    revocations.revoke_subject(CLAIMS.issuer, "volunteer-18", NOW - 100)
    assert revocations.covers(other)


def test_a_revocation_is_kept_as_long_as_the_token_would_live() -> None:
    """Then it may be forgotten; a second, earlier end does not shorten it."""
    clock = forge.Clock()
    revocations = Revocations(clock)
    revocations.revoke_token(CLAIMS.issuer, "1", NOW + 600)
    revocations.revoke_token(CLAIMS.issuer, "1", NOW + 10)
    clock.advance(599)
    revocations.revoke_token(CLAIMS.issuer, "2", NOW + 900)
    assert revocations.covers(CLAIMS)
    clock.advance(1)
    revocations.revoke_token(CLAIMS.issuer, "3", NOW + 900)
    assert not revocations.covers(CLAIMS)


@pytest.mark.parametrize("world", [HMPPS, OIDC_ES256], ids=lambda world: world.name)
async def test_a_revoked_token_stops_at_once(world: World) -> None:
    """Although it was verified a moment ago, and in whatever spelling it comes: it is known by its id."""
    entry = identifier(world)
    token = world.token()
    _, claims = await entry.identify(f"Bearer {token}")
    entry.revoke_token(claims.issuer, claims.token_id, claims.expires_at)
    assert await refused(entry, token) is Reason.REVOKED
    assert await refused(entry, world.token(pad="another spelling")) is Reason.REVOKED
    assert (await entry.identify(f"Bearer {world.token(jti='another')}"))[0] == world.principal


async def test_all_earlier_tokens_of_a_subject_stop_at_once() -> None:
    """And his next one, issued after that moment, is good. A token that does not say when it was issued counts as an
    early one."""
    entry = identifier(HMPPS)
    assert (await entry.identify(f"Bearer {HMPPS.token()}"))[0] == HMPPS.principal
    entry.revoke_subject(HMPPS.profile.issuer, "JDOE_GEN", NOW)
    assert await refused(entry, HMPPS.token()) is Reason.REVOKED
    assert await refused(entry, HMPPS.token(iat=NOW - 1)) is Reason.REVOKED
    undated = forge.sign(HMPPS.header, forge.without(HMPPS.payload, "iat"), HMPPS.key)
    assert await refused(entry, undated) is Reason.REVOKED
    assert (await entry.identify(f"Bearer {HMPPS.token(iat=NOW)}"))[0] == HMPPS.principal
    assert (await entry.identify(f"Bearer {HMPPS.token(user_name='OTHER_GEN')}"))[0].subject == "OTHER_GEN"


async def test_a_rotation_of_keys_forgets_that_issuers_tokens_and_no_others() -> None:
    """A token whose key is gone is refused as soon as the set without it has come, cached or not."""
    clock = forge.Clock()
    bodies = {world.profile.jwks_url: world.keys() for world in (OIDC_ES256, LAUNCHPAD)}
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, content=bodies[str(request.url)])

    entry = Identifier(
        [OIDC_ES256.profile, LAUNCHPAD.profile],
        clock=clock,
        http=httpx.AsyncClient(transport=httpx.MockTransport(answer)),
    )
    good, other = f"Bearer {OIDC_ES256.token()}", f"Bearer {LAUNCHPAD.token()}"
    claims = (await entry.identify(good))[1]
    others = (await entry.identify(other))[1]
    assert (await entry.identify(good))[1] is claims  # recalled, not verified again
    assert len(asked) == 2
    new = forge.jwk(forge.ec_key("rotated"), "rotated")
    bodies[OIDC_ES256.profile.jwks_url] = forge.key_set(new)
    rotated = forge.sign(OIDC_ES256.header | {"kid": "rotated"}, OIDC_ES256.payload, forge.ec_key("rotated"))
    assert (await entry.identify(f"Bearer {rotated}"))[0] == OIDC_ES256.principal
    assert await refused(entry, good.removeprefix("Bearer ")) is Reason.KEY
    assert (await entry.identify(other))[1] is others


@pytest.mark.parametrize("first_seen", [0, 1, 30, 59, 599])
async def test_a_key_that_was_removed_right_after_a_fetch_stops_within_ten_minutes(first_seen: int) -> None:
    """For a token that is sent each second too, whenever it came first: no token is recalled past the moment at which
    the keys are next asked for."""
    clock = forge.Clock()
    body = OIDC_ES256.keys()
    entry = Identifier(
        [OIDC_ES256.profile],
        clock=clock,
        http=httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))),
    )
    await entry.identify(f"Bearer {OIDC_ES256.token(jti='first')}")
    body = forge.key_set(forge.jwk(forge.ec_key("rotated"), "rotated"))
    token = OIDC_ES256.token(iat=NOW, exp=NOW + 3000)
    clock.advance(first_seen)
    for _ in range(first_seen, 600):
        assert (await entry.identify(f"Bearer {token}"))[0] == OIDC_ES256.principal
        clock.advance(1)
    assert await refused(entry, token) is Reason.KEY


async def test_recalled_tokens_are_verified_again_after_a_minute_and_end_when_they_end() -> None:
    """With the same result, while they are good."""
    clock = forge.Clock()
    entry = Identifier(
        [OIDC_ES256.profile], clock=clock, http=httpx.AsyncClient(transport=transport(OIDC_ES256)), capacity=8
    )
    header = f"Bearer {OIDC_ES256.token()}"
    first = (await entry.identify(header))[1]
    clock.advance(59)
    assert (await entry.identify(header))[1] is first
    clock.advance(1)
    again = (await entry.identify(header))[1]
    assert again == first
    assert again is not first
    clock.advance(529)
    assert (await entry.identify(header))[1] == first
    clock.advance(1)
    assert await refused(entry, OIDC_ES256.token()) is Reason.TIME


async def test_refused_tokens_are_not_remembered() -> None:
    """A refusal is worked out each time; only what is good is kept."""
    entry = identifier(OIDC_ES256)
    bad = forge.sign(OIDC_ES256.header | {"kid": KID}, OIDC_ES256.payload, forge.ec_key("attacker"))
    for _ in range(2):
        assert await refused(entry, bad) is Reason.SIGNATURE
