"""Rule 8: for whom a token may speak. The estate's clients put a person's name on their own token; few may."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from api.identity.bearer import Claims
from api.identity.issuers import IssuerProfile, Speaks, hmpps_auth
from api.identity.refusal import Reason, TokenRefused
from domain.confidentiality.principal import Principal, PrincipalKind
from tests.api.identity import forge
from tests.api.identity.worlds import HMPPS, LAUNCHPAD, OIDC_ES256, World, identifier

SYSTEM: dict[str, Any] = forge.without(HMPPS.payload, "user_name", "user_id", "name") | {
    "sub": "timetable-system-1",
    "client_id": "timetable-system-1",
    "aud": "oauth2-resource",
    "auth_source": "none",
    "grant_type": "client_credentials",
    "scope": ["read", "write"],
    "authorities": ["ROLE_PEER_SUPPORT__SCHEMES__RO"],
}
"""A client's own token at HMPPS Auth."""

CLIENTS_AUTHORITIES = frozenset({"ROLE_PEER_SUPPORT__SCHEMES__RO", "SCOPE_read", "SCOPE_write"})


def on_behalf(client: str, name: str, claim: str = "user_name") -> dict[str, Any]:
    """A client's token with a person's name on it."""
    return SYSTEM | {"client_id": client, "sub": name, claim: name}


async def identified(payload: dict[str, Any], world: World = HMPPS) -> tuple[Principal, Claims]:
    return await identifier(world).identify(f"Bearer {forge.sign(world.header, payload, world.key)}")


async def refused(payload: dict[str, Any], world: World = HMPPS) -> Reason:
    with pytest.raises(TokenRefused) as refusal:
        await identified(payload, world)
    return refusal.value.reason


async def test_a_client_that_is_not_listed_speaks_for_nobody() -> None:
    """A name on its token, in either claim, of either kind, empty or null: 401, and not merely the client itself."""
    for name in ("A0001AA", "JDOE_GEN"):
        assert await refused(on_behalf("timetable-system-1", name)) is Reason.ON_BEHALF
        assert await refused(on_behalf("timetable-system-1", name, "username")) is Reason.ON_BEHALF
    assert await refused(SYSTEM | {"user_name": ""}) is Reason.CLAIM
    assert await refused(SYSTEM | {"username": None}) is Reason.CLAIM


async def test_listed_for_prisoners_it_speaks_for_people_in_custody_only() -> None:
    """A prison number makes a person in custody, the client beside him; a governor's name is refused."""
    principal, claims = await identified(on_behalf("kiosk-ui-system-1", "A0001AA"))
    assert principal == Principal(
        HMPPS.profile.issuer, "A0001AA", PrincipalKind.IN_CUSTODY, "kiosk-ui-system", CLIENTS_AUTHORITIES
    )
    assert (claims.client, claims.username, claims.on_behalf) == ("kiosk-ui-system-1", "A0001AA", True)
    for name in ("GOVERNOR_GEN", "A0001A", "A0001AAA", "A0001AA1", "AA0001A", "1A0001AA"):
        assert await refused(on_behalf("kiosk-ui-system-1", name)) is Reason.ON_BEHALF


async def test_listed_for_staff_it_never_speaks_for_people_in_custody() -> None:
    """A name makes staff; a prison number is refused, written small or large."""
    principal, _ = await identified(on_behalf("peer-support-ui-system-1", "jdoe_gen", "username"))
    assert principal == Principal(
        HMPPS.profile.issuer, "JDOE_GEN", PrincipalKind.STAFF, "peer-support-ui-system", CLIENTS_AUTHORITIES
    )
    for name in ("A0001AA", "a0001aa", "a0001AA"):
        assert await refused(on_behalf("peer-support-ui-system-1", name)) is Reason.ON_BEHALF


async def test_two_names_on_one_token_name_nobody() -> None:
    """`user_name` and `username` must agree."""
    payload = on_behalf("kiosk-ui-system-1", "A0001AA")
    assert await refused(payload | {"username": "A0002AA"}) is Reason.ON_BEHALF
    assert (await identified(payload | {"username": "a0001aa"}))[0].subject == "A0001AA"


@pytest.mark.parametrize("grant", ["client_credentials", "refresh_token", "password", "AUTHORIZATION_CODE", None])
async def test_what_is_not_a_users_grant_is_the_clients(grant: str | None) -> None:
    """Any other grant, and an older token without the claim, is judged as a client's: a name on it needs the list."""
    changed: dict[str, Any] = {} if grant is None else {"grant_type": grant}
    payload = forge.without(HMPPS.payload, "grant_type") | changed
    assert await refused(payload) is Reason.ON_BEHALF
    listed = payload | {"client_id": "peer-support-ui-system"}
    assert (await identified(listed))[0].kind is PrincipalKind.STAFF
    assert await refused(payload | {"grant_type": ["authorization_code"]}) is Reason.CLAIM


async def test_a_users_own_token_is_staff_and_brings_no_authorities() -> None:
    """Roles that another system gave a person are not ours; the client of his front end stays beside him."""
    principal, claims = await identified(HMPPS.payload | {"user_name": "jdoe_gen"})
    assert principal == HMPPS.principal
    assert claims.authorities == {"ROLE_PRISON", "SCOPE_read"}
    assert (claims.username, claims.on_behalf) == ("JDOE_GEN", False)


async def test_a_users_own_token_without_name_or_with_a_prison_number_is_refused() -> None:
    """It never falls back to the client, and a person in custody never becomes staff."""
    assert await refused(forge.without(HMPPS.payload, "user_name")) is Reason.CLAIM
    assert await refused(HMPPS.payload | {"user_name": "A0001AA"}) is Reason.KIND
    assert await refused(HMPPS.payload | {"user_name": "a0001aa"}) is Reason.KIND


async def test_a_clients_own_token_is_the_client_whatever_its_rotation() -> None:
    """The base id is the subject, so that an assignment survives a change of secret."""
    first, _ = await identified(SYSTEM)
    second, claims = await identified(SYSTEM | {"client_id": "timetable-system-2", "sub": "timetable-system-2"})
    assert first == second
    assert first == Principal(HMPPS.profile.issuer, "timetable-system", PrincipalKind.CLIENT, None, CLIENTS_AUTHORITIES)
    assert (claims.client, claims.username) == ("timetable-system-2", None)
    assert (await identified(forge.without(SYSTEM, "authorities")))[0].authorities == {"SCOPE_read", "SCOPE_write"}


async def test_a_clients_token_about_someone_is_not_the_clients_own() -> None:
    """`sub` of a client's own token is the client: another one is a person whose name was left out."""
    assert await refused(SYSTEM | {"sub": "JDOE_GEN"}) is Reason.KIND
    assert await refused(forge.without(HMPPS.payload, "user_name", "grant_type") | {"sub": "JDOE"}) is Reason.KIND


@pytest.mark.parametrize(
    "client", ["kiosk-ui-system-1-1", "kiosk-ui-system-", "kiosk-ui-system-x", "KIOSK-UI-SYSTEM", "ui-kiosk-ui-system"]
)
async def test_only_the_rotation_suffix_is_left_off(client: str) -> None:
    """A client that is merely called something like a listed one is not it."""
    assert await refused(on_behalf(client, "A0001AA")) is Reason.ON_BEHALF


@pytest.mark.parametrize(("prisoners", "staff"), [("app", "app"), ("app-1", "app"), ("app-2", "app-1")])
def test_no_client_is_listed_for_both(prisoners: str, staff: str) -> None:
    """Not even under two of its rotations: the profile cannot be made."""
    with pytest.raises(ValueError, match="acts_for"):
        hmpps_auth(
            "https://sign-in.example.test/issuer",
            "https://sign-in.example.test/keys",
            acts_for_prisoners=frozenset({prisoners}),
            acts_for_staff=frozenset({staff}),
        )


async def test_a_profile_may_admit_some_clients_only() -> None:
    """Without an audience to rely on, this keeps out tokens that people gave to other front ends."""
    narrow = replace(HMPPS, profile=replace(HMPPS.profile, clients=frozenset({"peer-support-ui"})))
    assert (await identified(HMPPS.payload, narrow))[0] == HMPPS.principal
    assert await refused(HMPPS.payload | {"client_id": "another-ui"}, narrow) is Reason.CLIENT


async def test_launchpad_speaks_for_people_in_custody_only() -> None:
    """A subject that is not a prison number is refused, small letters included: Launchpad writes them large."""
    assert (await identified(LAUNCHPAD.payload, LAUNCHPAD))[0] == LAUNCHPAD.principal
    for subject in ("GOVERNOR_GEN", "a0001aa"):
        assert await refused(LAUNCHPAD.payload | {"sub": subject}, LAUNCHPAD) is Reason.KIND


async def test_elsewhere_a_client_is_known_by_its_own_name_as_subject() -> None:
    """RFC 9068, 2.2: then it is a client, whatever kind of person the issuer speaks for, and rule 8 holds for it."""
    own = OIDC_ES256.payload | {"sub": "charity-app"}
    principal, _ = await identified(own, OIDC_ES256)
    assert (principal.kind, principal.subject, principal.client) == (PrincipalKind.CLIENT, "charity-app", None)
    assert principal.authorities == {"SCOPE_openid", "SCOPE_schemes"}
    assert await refused(own | {"username": "volunteer-17"}, OIDC_ES256) is Reason.ON_BEHALF
    listed = replace(OIDC_ES256, profile=replace(OIDC_ES256.profile, acts_for_staff=frozenset({"charity-app"})))
    assert (await identified(own | {"username": "officer-1"}, listed))[0] == Principal(
        OIDC_ES256.profile.issuer, "officer-1", PrincipalKind.STAFF, "charity-app", principal.authorities
    )
    # Names keep their case here, and a prison number is one in small letters too.
    for number in ("A0001AA", "a0001aa"):
        assert await refused(own | {"username": number}, listed) is Reason.ON_BEHALF
        assert await refused(OIDC_ES256.payload | {"sub": number}, OIDC_ES256) is Reason.KIND


async def test_a_claim_may_say_the_kind() -> None:
    """By its value; a value that is not listed falls to `otherwise`, and without one the token is refused."""

    def by_role(otherwise: PrincipalKind | None) -> World:
        kinds = MappingProxyType({kind.value.lower(): kind for kind in PrincipalKind})
        return replace(OIDC_ES256, profile=replace(OIDC_ES256.profile, speaks=Speaks(otherwise, "role", kinds)))

    for role, subject, kind in (
        ("staff", "volunteer-17", PrincipalKind.STAFF),
        ("partner", "volunteer-17", PrincipalKind.PARTNER),
        ("client", "charity-app", PrincipalKind.CLIENT),
    ):
        principal, _ = await identified(OIDC_ES256.payload | {"role": role}, by_role(None))
        assert (principal.kind, principal.subject) == (kind, subject)
    assert await refused(OIDC_ES256.payload | {"role": "in_custody"}, by_role(None)) is Reason.KIND
    assert await refused(OIDC_ES256.payload | {"role": "governor"}, by_role(None)) is Reason.KIND
    assert await refused(OIDC_ES256.payload, by_role(None)) is Reason.KIND
    assert (await identified(OIDC_ES256.payload, by_role(PrincipalKind.PARTNER)))[0].kind is PrincipalKind.PARTNER
    assert await refused(OIDC_ES256.payload | {"role": ["staff"]}, by_role(PrincipalKind.STAFF)) is Reason.CLAIM


async def test_a_client_without_a_name_is_no_client() -> None:
    """Where a claim says that it is a client, but nothing says which."""
    speaks = Speaks(None, "role", MappingProxyType({"client": PrincipalKind.CLIENT}))
    world = replace(LAUNCHPAD, profile=replace(LAUNCHPAD.profile, client_claim=None, speaks=speaks))
    assert await refused(LAUNCHPAD.payload | {"role": "client"}, world) is Reason.CLIENT


async def test_another_jurisdiction_has_its_own_prison_numbers() -> None:
    """Rule 27: the pattern is the profile's."""
    irish: IssuerProfile = replace(LAUNCHPAD.profile, prison_number="[0-9]{6}")
    world = replace(LAUNCHPAD, profile=irish)
    assert (await identified(LAUNCHPAD.payload | {"sub": "123456"}, world))[0].subject == "123456"
    assert await refused(LAUNCHPAD.payload, world) is Reason.KIND


async def test_what_a_log_may_print_of_a_token_names_nobody() -> None:
    """`repr` of claims and of a refusal holds neither subject, name nor token id."""
    _, claims = await identified(on_behalf("kiosk-ui-system-1", "A0001AA"))
    assert "A0001AA" not in repr(claims)
    assert HMPPS.payload["jti"] not in repr(claims)
