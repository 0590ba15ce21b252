"""An issuer of each ready-made shape, with its keys, and the good token that every attack is made from.

Members and forms of the payloads are those that the real issuers are known to send; names, numbers and ids are made up.
"""

from dataclasses import dataclass
from typing import Any

import httpx

from api.identity.identifier import Identifier
from api.identity.issuers import IssuerProfile, Speaks, hmpps_auth, launchpad, oidc
from api.identity.marking import Marking
from domain.confidentiality.principal import Principal, PrincipalKind
from tests.api.identity import forge

NOW = int(forge.Clock.now)
KID = "key-of-2026"
OTHER_KID = "key-of-the-other-sort"


@dataclass(frozen=True)
class World:
    """One issuer as it stands at NOW. `speaker` is the claim that names the person."""

    name: str
    profile: IssuerProfile
    key: forge.PrivateKey
    header: dict[str, Any]
    payload: dict[str, Any]
    speaker: str
    principal: Principal

    def token(self, **changed: object) -> str:
        """The good token, or one that differs from it in these claims."""
        return forge.sign(self.header, self.payload | changed, self.key)

    def keys(self) -> bytes:
        """What the issuer publishes: its key last, after one of the other sort."""
        other = forge.ec_key("other") if self.header["alg"] == "RS256" else forge.rsa_key("other")
        return forge.key_set(forge.jwk(other, OTHER_KID), forge.jwk(self.key, KID))


def rs256(kid: str = KID, **more: str) -> dict[str, Any]:
    return {"alg": "RS256", "kid": kid} | more


HMPPS = World(
    name="hmpps-auth",
    profile=hmpps_auth(
        "https://sign-in.example.test/auth/issuer",
        "https://sign-in.example.test/auth/.well-known/jwks.json",
        acts_for_prisoners=frozenset({"kiosk-ui-system"}),
        acts_for_staff=frozenset({"peer-support-ui-system"}),
    ),
    key=forge.rsa_key(),
    header=rs256(typ="JWT"),
    payload={
        "sub": "Jo Doe",
        "user_name": "JDOE_GEN",
        "user_id": "100001",
        "name": "Jo Doe",
        "aud": "peer-support-ui",
        "iss": "https://sign-in.example.test/auth/issuer",
        "iat": NOW - 10,
        "exp": NOW + 1190,
        "jti": "2a9e7b8e-0000-4000-8000-000000000001",
        "auth_source": "nomis",
        "client_id": "peer-support-ui-2",
        "grant_type": "authorization_code",
        "scope": ["read"],
        "authorities": ["ROLE_PRISON"],
    },
    speaker="user_name",
    principal=Principal(
        "https://sign-in.example.test/auth/issuer", "JDOE_GEN", PrincipalKind.STAFF, client="peer-support-ui"
    ),
)

LAUNCHPAD = World(
    name="launchpad",
    profile=launchpad(
        "https://launchpad.example.test",
        "https://launchpad.example.test/.well-known/jwks.json",
        audiences=frozenset({"00000000-0000-4000-8000-00000000000a"}),
    ),
    key=forge.rsa_key("launchpad"),
    header=rs256(typ="JWT"),
    payload={
        "jti": "0f21b9e0-0000-4000-8000-000000000002",
        "iat": NOW - 10,
        "aud": "00000000-0000-4000-8000-00000000000a",
        "sub": "A0001AA",
        "exp": NOW + 3590,
        "scopes": ["user.basic.read", "user.establishment.read"],
        "iss": "https://launchpad.example.test",
    },
    speaker="sub",
    principal=Principal(
        "https://launchpad.example.test",
        "A0001AA",
        PrincipalKind.IN_CUSTODY,
        client="00000000-0000-4000-8000-00000000000a",
    ),
)


def _oidc(name: str, key: forge.PrivateKey, algorithm: str) -> World:
    issuer = f"https://{name}.example.test"
    return World(
        name=name,
        profile=oidc(
            issuer, f"{issuer}/keys", audiences=frozenset({"peer-support"}), speaks=Speaks(PrincipalKind.PARTNER)
        ),
        key=key,
        header={"alg": algorithm, "kid": KID, "typ": "at+jwt"},
        payload={
            "iss": issuer,
            "sub": "volunteer-17",
            "aud": ["peer-support", "another"],
            "client_id": "charity-app",
            "iat": NOW - 10,
            "nbf": NOW - 10,
            "exp": NOW + 590,
            "jti": "token-3",
            "scope": "openid schemes",
        },
        speaker="sub",
        principal=Principal(issuer, "volunteer-17", PrincipalKind.PARTNER, client="charity-app"),
    )


OIDC_RS256 = _oidc("oidc-rs256", forge.rsa_key("oidc"), "RS256")
OIDC_ES256 = _oidc("oidc-es256", forge.ec_key("oidc"), "ES256")

WORLDS = (HMPPS, LAUNCHPAD, OIDC_RS256, OIDC_ES256)


def transport(*worlds: World) -> httpx.MockTransport:
    """Every issuer's keys at their address; any other address is an error of the test."""
    bodies = {world.profile.jwks_url: world.keys() for world in worlds}
    return httpx.MockTransport(lambda request: httpx.Response(200, content=bodies[str(request.url)]))


def identifier(*worlds: World, clock: forge.Clock | None = None, marking: Marking | None = None) -> Identifier:
    """An Identifier that trusts these issuers; with a `marking`, one that others understand."""
    return Identifier(
        [world.profile for world in worlds],
        clock=clock or forge.Clock(),
        http=httpx.AsyncClient(transport=transport(*worlds)),
        marking=marking,
    )
