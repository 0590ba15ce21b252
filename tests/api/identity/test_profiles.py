"""The tokens that the estate's issuers really send: access tokens get in, their ID and refresh tokens never do."""

from dataclasses import replace
from typing import Any

import pytest

from api.identity.issuers import AT_JWT, IssuerProfile, Mark, Speaks, Tells, oidc, require_safe_url
from api.identity.refusal import Reason, TokenRefused
from api.identity.signature import Algorithm
from domain.confidentiality.principal import PrincipalKind
from tests.api.identity import forge
from tests.api.identity.besides import HMPPS_ID, HMPPS_REFRESH, LAUNCHPAD_ID, LAUNCHPAD_REFRESH, Besides, besides
from tests.api.identity.worlds import HMPPS, LAUNCHPAD, NOW, World, identifier


@pytest.mark.parametrize(
    ("world", "payload", "reason"),
    [
        (LAUNCHPAD, LAUNCHPAD_ID, Reason.NOT_ACCESS),
        (LAUNCHPAD, forge.without(LAUNCHPAD_ID, "nonce"), Reason.NOT_ACCESS),
        (LAUNCHPAD, LAUNCHPAD_ID | {"jti": "a"}, Reason.NOT_ACCESS),
        (LAUNCHPAD, LAUNCHPAD_ID | {"scopes": []}, Reason.NOT_ACCESS),
        (LAUNCHPAD, LAUNCHPAD_REFRESH, Reason.ISSUER),
        (LAUNCHPAD, LAUNCHPAD_REFRESH | {"iss": LAUNCHPAD.profile.issuer}, Reason.NOT_ACCESS),
        (LAUNCHPAD, forge.without(LAUNCHPAD_REFRESH, "ati") | {"iss": LAUNCHPAD.profile.issuer}, Reason.LIFE),
        (HMPPS, HMPPS_ID, Reason.NOT_ACCESS),
        (HMPPS, forge.without(HMPPS_ID, "nonce"), Reason.NOT_ACCESS),
        (HMPPS, forge.without(HMPPS_ID, "nonce") | {"client_id": "peer-support-ui"}, Reason.NOT_ACCESS),
        (HMPPS, HMPPS_REFRESH, Reason.NOT_ACCESS),
        (HMPPS, forge.without(HMPPS_REFRESH, "ati"), Reason.LIFE),
    ],
    ids=[
        "launchpad-id",
        "launchpad-id-without-nonce",
        "launchpad-id-with-jti",
        "launchpad-id-with-scopes",
        "launchpad-refresh",
        "launchpad-refresh-with-iss",
        "launchpad-refresh-disguised",
        "hmpps-id",
        "hmpps-id-without-nonce",
        "hmpps-id-with-client",
        "hmpps-refresh",
        "hmpps-refresh-disguised",
    ],
)
async def test_id_and_refresh_tokens_are_refused(world: World, payload: dict[str, Any], reason: Reason) -> None:
    """They bear the same signature; each is refused by more than one of its features."""
    with pytest.raises(TokenRefused) as refused:
        await identifier(world).identify(f"Bearer {forge.sign(world.header, payload, world.key)}")
    assert refused.value.reason is reason


@pytest.mark.parametrize("one", besides(), ids=lambda one: one.id)
async def test_nothing_else_that_an_issuer_signs_is_a_way_in(one: Besides) -> None:
    """ID and refresh tokens of every shape, plain and dressed up, at the issuer that signed them."""
    with pytest.raises(TokenRefused):
        await identifier(one.world).identify(f"Bearer {one.token}")


@pytest.mark.parametrize("header", [{"typ": "JWT"}, {}, {"typ": "jwt", "x5t": "abc"}, {"typ": "application/at+jwt"}])
async def test_hmpps_tokens_of_older_and_newer_servers(header: dict[str, str]) -> None:
    """With or without `typ`, `aud`, `iat` and `authorities`: all have been seen, and none is what makes them safe."""
    for left_out in ((), ("iat",), ("aud",), ("aud", "iat", "authorities", "sub", "name")):
        token = forge.sign(
            {"alg": "RS256", "kid": HMPPS.header["kid"]} | header, forge.without(HMPPS.payload, *left_out), HMPPS.key
        )
        principal, claims = await identifier(HMPPS).identify(f"Bearer {token}")
        assert principal == HMPPS.principal
        # Without `iat`, the earliest moment that it can have been issued.
        assert claims.issued_at == (NOW - 10 if "iat" not in left_out else NOW + 1190 - 3600)


async def test_an_audience_is_asked_for_where_the_profile_names_one() -> None:
    """For HMPPS Auth too, if the operator wants it."""
    world = replace(HMPPS, profile=replace(HMPPS.profile, audiences=frozenset({"peer-support-api"})))
    with pytest.raises(TokenRefused) as refused:
        await identifier(world).identify(f"Bearer {world.token()}")
    assert refused.value.reason is Reason.AUDIENCE
    assert (await identifier(world).identify(f"Bearer {world.token(aud='peer-support-api')}"))[0] == HMPPS.principal


async def test_a_provider_without_the_right_typ_is_told_by_a_mark() -> None:
    """A claim of a given value stands in for `at+jwt`; its ID tokens, which say another, are refused."""
    profile = oidc(
        "https://id.example.test",
        "https://id.example.test/keys",
        audiences=None,
        speaks=Speaks(PrincipalKind.STAFF),
        types=frozenset({"jwt"}),
        marks=(Mark("typ", one_of=frozenset({"Bearer"})),),
        client_claim="azp",
    )
    payload = {
        "iss": profile.issuer,
        "sub": "u1",
        "azp": "app",
        "typ": "Bearer",
        "jti": "1",
        "iat": NOW,
        "exp": NOW + 60,
    }
    world = World(
        "keycloak", profile, forge.rsa_key(), HMPPS.header, payload, "sub", replace(HMPPS.principal, subject="u1")
    )
    principal, _ = await identifier(world).identify(f"Bearer {world.token()}")
    assert (principal.subject, principal.client) == ("u1", "app")
    for kind in ("ID", "Refresh", ["Bearer"], None):
        with pytest.raises(TokenRefused) as refused:
            await identifier(world).identify(f"Bearer {world.token(typ=kind)}")
        assert refused.value.reason is Reason.NOT_ACCESS


def sound(**changed: Any) -> IssuerProfile:
    """A profile that is right but for these."""
    right: dict[str, Any] = {
        "issuer": "https://id.example.test",
        "jwks_url": "https://id.example.test/keys",
        "algorithms": frozenset({Algorithm.ES256}),
        "audiences": None,
        "types": frozenset({AT_JWT}),
        "marks": (),
        "client_claim": "client_id",
        "tells": Tells.SUBJECT,
        "subject_claim": "sub",
        "speaks": Speaks(PrincipalKind.STAFF),
        "longest_life": 3600,
    }
    return IssuerProfile(**right | changed)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"jwks_url": "http://id.example.test/keys"}, "jwks_url"),
        ({"issuer": "http://id.example.test"}, "issuer"),
        ({"algorithms": frozenset()}, "algorithms"),
        ({"types": frozenset()}, "types"),
        ({"types": frozenset({"jwt"})}, "marks"),
        ({"types": frozenset({AT_JWT, None})}, "marks"),
        ({"longest_life": 0}, "longest_life"),
        ({"leeway": -1}, "leeway"),
        ({"client_claim": None}, "client_claim"),
        ({"prison_number": "["}, "prison_number"),
    ],
)
def test_an_unsafe_profile_cannot_be_made(changed: dict[str, Any], named: str) -> None:
    """And the one line says which part of it is wrong."""
    assert sound().issuer == "https://id.example.test"
    with pytest.raises(ValueError, match=named):
        sound(**changed)


@pytest.mark.parametrize(
    "url",
    [
        "http://id.example.test/keys",
        "http://127.0.0.1.example.test/keys",
        "http://localhost.example.test/keys",
        "http://10.0.0.1/keys",
        "http://0.0.0.0/keys",
        "ftp://127.0.0.1/keys",
        "file:///etc/passwd",
        "//id.example.test/keys",
        "id.example.test/keys",
        "https:///keys",
        "https://user:secret@id.example.test/keys",
        "https://user@id.example.test/keys",
        "https://id.example.test/keys#part",
        "https://id.example.test/ke ys",
        "https://id.example.test/keys\n",
        "https://id.exämple.test/keys",
        "https://[::1/keys",
        "https://id.example.test:port/keys",
        "",
    ],
)
def test_unsafe_addresses(url: str) -> None:
    """https anywhere, http to this machine only, and nobody's password in it."""
    with pytest.raises(ValueError, match="jwks_url"):
        require_safe_url(url, "jwks_url")


@pytest.mark.parametrize(
    "url",
    [
        "https://id.example.test/keys?p=1",
        "http://127.0.0.1:9/keys",
        "http://localhost/",
        "http://[::1]:3/",
        "http://127.9.9.9",
    ],
)
def test_safe_addresses(url: str) -> None:
    """Nothing is raised."""
    require_safe_url(url, "jwks_url")


@pytest.mark.parametrize("value", [7, None, True, ["Jo Doe"], {"name": "Jo Doe"}])
@pytest.mark.parametrize("claim", ["sub", "aud"])
async def test_a_claim_that_is_not_read_has_its_form_all_the_same(claim: str, value: object) -> None:
    """HMPPS Auth's `sub` and `aud` decide nothing; what RFC 7519 would not call one is refused nonetheless, since
    every other library refuses it too. A list of texts is an audience."""
    answer = identifier(HMPPS).identify(f"Bearer {HMPPS.token(**{claim: value})}")
    if claim == "aud" and isinstance(value, list):
        assert (await answer)[0] == HMPPS.principal
        return
    with pytest.raises(TokenRefused) as refused:
        await answer
    assert refused.value.reason is Reason.CLAIM
