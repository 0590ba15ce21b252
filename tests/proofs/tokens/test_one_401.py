"""Every token that must not get in, on every class of route: one 401, the same bytes (security.md 9, T1 and T2)."""

import json

import pytest

from domain.confidentiality.principal import PrincipalKind
from tests.api.identity.worlds import NOW, WORLDS, World
from tests.proofs.listening import listening
from tests.proofs.tokens.house import Asked, House, bearer
from tests.proofs.tokens.routes import CLASSES, beside_the_routes, class_of, every, one_of_each
from tests.proofs.tokens.trial import Trial, other_headers, refused_tokens


@pytest.fixture(scope="module")
def house() -> House:
    """One application for all trials of this module: it keeps nothing of a refused token."""
    return House()


async def _tried(house: House, world: World, routes: list[Asked]) -> Trial:
    with listening() as heard:
        trial = Trial(house, heard)
        await trial.admit(world, routes)
        for name, header in refused_tokens(world):
            await trial.refuse(name, [header], routes)
        for name, headers in other_headers(world):
            await trial.refuse(name, headers, routes)
        await trial.admit(world, routes, jti="another")
    return trial


def test_every_route_is_of_a_class_and_every_class_has_a_route(house: House) -> None:
    """A route of a class that is not listed here, or neither open nor guarded, fails by name."""
    found = {class_of(route, method) for route in house.app.routes for method in route.methods}  # type: ignore[attr-defined]
    assert found == set(CLASSES)
    assert {kind for kind, _ in every(house.app)} == set(CLASSES)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
async def test_every_false_token_is_one_same_401_on_every_class_of_route(house: House, world: World) -> None:
    """The whole corpus, ID and refresh tokens, and headers that are none: the same status, headers and body to the
    byte, the random request id aside; no store is asked, nothing is written, and the log says no more than that there
    was no valid token. The issuer's good token gets through on the same requests, before and after."""
    routes = one_of_each(house.app)
    trial = await _tried(house, world, routes)
    print(f"{world.name}: {trial.pairs} pairs of token and route over {len(routes)} routes")
    assert trial.faults == []
    assert trial.pairs > 78 * len(routes)


@pytest.mark.nightly
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
async def test_every_false_token_is_one_same_401_on_every_route(house: House, world: World) -> None:
    """The same of every method of every route."""
    routes = [*(asked for _, asked in every(house.app)), *beside_the_routes()]
    trial = await _tried(house, world, routes)
    print(f"{world.name}: {trial.pairs} pairs of token and route over {len(routes)} routes")
    assert trial.faults == []


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
async def test_a_token_that_was_revoked_is_the_same_401_from_the_next_request_on(world: World) -> None:
    """On every class of route, by its own id or with all of its subject's; though it was verified a moment ago."""
    house = House()
    routes, subject = one_of_each(house.app), world.principal.subject
    with listening() as heard:
        trial = Trial(house, heard)
        await trial.refuse("a false token", [b"Bearer x"], routes[:1])
        await trial.admit(world, routes)
        house.identifier.revoke_token(world.profile.issuer, str(world.payload["jti"]), 2.0**40)
        await trial.refuse("revoked", [bearer(world.token())], routes)
        await trial.admit(world, routes, jti="another")
        house.identifier.revoke_subject(world.profile.issuer, subject, NOW)
        await trial.refuse("revoked with its subject", [bearer(world.token(jti="another"))], routes)
        await trial.admit(world, routes, jti="later", iat=NOW)
    assert trial.faults == []


async def test_no_token_at_all_is_the_same_401_wherever_one_is_needed(house: House) -> None:
    """Whoever sends none learns as little as who sends a false one."""
    with listening() as heard:
        trial = Trial(house, heard)
        closed = [asked for kind, asked in every(house.app) if kind != "open"]
        await trial.refuse("false", [b"Bearer x"], closed[:1])
        await trial.refuse("none", [], closed)
    print(f"{trial.pairs} requests without a token")
    assert trial.faults == []


async def test_all_issuers_refuse_in_one_and_the_same_way(house: House) -> None:
    """The 401 does not tell which issuer's token it was, and holds nothing but the document's own constant words."""
    said = set()
    for world in WORLDS:
        for asked in one_of_each(house.app):
            said.add((await house.ask(asked, [bearer(world.token(exp=1))])).told)
    ((status, headers, body),) = said
    assert status == 401
    assert (b"www-authenticate", b"Bearer") in headers
    assert json.loads(body)["code"] == "unauthorised"
    assert json.loads(body)["failures"] == []


async def test_a_good_token_says_who_speaks(house: House) -> None:
    """What gets through is this very principal, so the trial's good tokens are good for the right reason. A partner
    whom no assignment names is known too, and told that he has no role."""
    for world in WORLDS:
        answer = await house.ask(Asked("me", "GET", "/v1/me"), [bearer(world.token())])
        if world.principal.kind is PrincipalKind.PARTNER:
            assert answer.status == 403
            continue
        told = json.loads(answer.body)
        assert (answer.status, told["issuer"], told["subject"]) == (
            200,
            world.principal.issuer,
            world.principal.subject,
        )
