"""What each issuer signs besides access tokens: ID and refresh tokens by the same key, as it really sends them.

A device holds all of them side by side, and sends the wrong one sooner or later; none of them is a way in.
"""

from dataclasses import dataclass
from typing import Any

from tests.api.identity import forge
from tests.api.identity.worlds import HMPPS, LAUNCHPAD, NOW, OIDC_ES256, OIDC_RS256, World

_WEEK = 7 * 86_400

LAUNCHPAD_ID = forge.without(LAUNCHPAD.payload, "jti", "scopes") | {
    "name": "Sam Roe",
    "given_name": "Sam",
    "family_name": "Roe",
    "nonce": "n-1",
    "booking": {"id": "10001"},
    "establishment": {"agency_id": "MDI", "name": "moorland", "display_name": "HMP Moorland", "youth": False},
}
LAUNCHPAD_REFRESH = forge.without(LAUNCHPAD.payload, "iss") | {"ati": "0f21b9e0", "exp": NOW + _WEEK}
HMPPS_ID = forge.without(HMPPS.payload, "scope", "authorities", "grant_type", "client_id") | {
    "aud": "peer-support-ui",
    "azp": "peer-support-ui",
    "nonce": "n-1",
    "auth_time": NOW - 10,
}
HMPPS_REFRESH = HMPPS.payload | {"ati": "0f21b9e0", "exp": NOW + 43_200}
"""As HMPPS Auth makes them: the access token's own claims, `ati`, and half a day."""


def oidc_id(world: World) -> dict[str, Any]:
    """OpenID Connect Core 2: for the client, not for us; it says when somebody signed in, and not what he may do."""
    return forge.without(world.payload, "client_id", "jti", "nbf", "scope") | {
        "aud": "charity-app",
        "azp": "charity-app",
        "nonce": "n-1",
        "at_hash": "77QmUPtjPfzWtF2AnpK9RQ",
        "auth_time": NOW - 10,
        "name": "Vi Volunteer",
    }


def oidc_refresh(world: World) -> dict[str, Any]:
    """As the providers that sign theirs make them: for the issuer itself."""
    return forge.without(world.payload, "nbf") | {
        "aud": world.profile.issuer,
        "typ": "Refresh",
        "exp": NOW + _WEEK,
        "sid": "9f2a3c1e-0000-4000-8000-000000000009",
    }


@dataclass(frozen=True)
class Besides:
    """One such token of one issuer."""

    id: str
    world: World
    token: str


def besides() -> list[Besides]:
    """All of them: plain, and dressed up with whatever would be nearest to an access token."""
    return [*_estate(), *(one for world in (OIDC_RS256, OIDC_ES256) for one in _of_oidc(world)), *_opaque()]


def _signed(id: str, world: World, payload: dict[str, Any], **header: str) -> Besides:
    return Besides(id, world, forge.sign(world.header | header, payload, world.key))


def _estate() -> list[Besides]:
    bare_id, bare_refresh = forge.without(HMPPS_ID, "nonce"), forge.without(HMPPS_REFRESH, "ati")
    with_issuer = LAUNCHPAD_REFRESH | {"iss": LAUNCHPAD.profile.issuer}
    return [
        _signed("launchpad-id", LAUNCHPAD, LAUNCHPAD_ID),
        _signed("launchpad-id-without-nonce", LAUNCHPAD, forge.without(LAUNCHPAD_ID, "nonce")),
        _signed("launchpad-id-with-jti", LAUNCHPAD, LAUNCHPAD_ID | {"jti": "a"}),
        _signed("launchpad-id-with-scopes", LAUNCHPAD, LAUNCHPAD_ID | {"scopes": []}),
        _signed("launchpad-refresh", LAUNCHPAD, LAUNCHPAD_REFRESH),
        _signed("launchpad-refresh-with-iss", LAUNCHPAD, with_issuer),
        _signed("launchpad-refresh-disguised", LAUNCHPAD, forge.without(with_issuer, "ati")),
        _signed("hmpps-id", HMPPS, HMPPS_ID),
        _signed("hmpps-id-without-nonce", HMPPS, bare_id),
        _signed("hmpps-id-with-client", HMPPS, bare_id | {"client_id": "peer-support-ui"}),
        _signed("hmpps-id-typed", HMPPS, HMPPS_ID, typ="at+jwt"),
        _signed("hmpps-refresh", HMPPS, HMPPS_REFRESH),
        _signed("hmpps-refresh-disguised", HMPPS, bare_refresh),
        _signed("hmpps-refresh-typed", HMPPS, HMPPS_REFRESH, typ="at+jwt"),
    ]


def _of_oidc(world: World) -> list[Besides]:
    id, refresh = oidc_id(world), oidc_refresh(world)
    ours = {"aud": ["peer-support", "charity-app"], "client_id": "charity-app", "jti": "a"}
    return [
        _signed(f"{world.name}-id", world, id, typ="JWT"),
        _signed(f"{world.name}-id-typed", world, id),
        _signed(f"{world.name}-id-for-us", world, id | ours, typ="JWT"),
        _signed(f"{world.name}-id-for-us-typed", world, id | ours),
        _signed(f"{world.name}-refresh", world, refresh, typ="JWT"),
        _signed(f"{world.name}-refresh-typed", world, refresh),
        _signed(f"{world.name}-refresh-for-us", world, refresh | {"aud": "peer-support"}),
    ]


def _opaque() -> list[Besides]:
    """Refresh tokens and codes that say nothing: a device may send them as they are."""
    return [
        Besides("opaque-uuid", HMPPS, "0f21b9e0-d153-42c6-a9ab-d583fe590987"),
        Besides("opaque-random", OIDC_RS256, "8xLOxBtZp8dR2kq1ffYwz3nVb0tN6sQm"),
    ]
