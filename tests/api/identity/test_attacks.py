"""The attack corpus against an issuer of each shape: nothing gets in, nothing breaks, nobody learns why."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.identity.bearer import verify_token
from api.identity.compact import open_token
from api.identity.keys import keys_in
from api.identity.refusal import Reason, TokenRefused
from api.identity.signature import Algorithm
from domain.kernel.errors import Unidentified
from tests.api.identity import forge
from tests.api.identity.attacks import Attack, attacks
from tests.api.identity.worlds import KID, NOW, WORLDS, World, identifier

CORPUS = [(world, attack) for world in WORLDS for attack in attacks(world)]


@pytest.mark.parametrize(("world", "attack"), CORPUS, ids=[f"{w.name}:{a.id}" for w, a in CORPUS])
async def test_every_attack_is_refused_by_its_own_rule_and_all_look_the_same(world: World, attack: Attack) -> None:
    """The token is refused as Unidentified, by the rule that it breaks; what may be told of it is the same for all; and
    the issuer's good token is accepted before and after."""
    entry = identifier(world)
    assert (await entry.identify(f"Bearer {world.token()}"))[0] == world.principal
    token = attack.build()
    with pytest.raises(Unidentified) as refused:
        await entry.identify(f"Bearer {token}")
    assert isinstance(refused.value, TokenRefused)
    assert refused.value.reason is attack.reason
    assert (str(refused.value), refused.value.code, refused.value.failures) == ("unauthorised", "unauthorised", ())
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    assert (await entry.identify(f"Bearer {world.token(jti='another')}"))[0] == world.principal


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_the_corpus_is_as_large_as_the_published_one(world: World) -> None:
    """At least 78 tokens for each issuer, each with a name of its own and no two the same."""
    corpus = list(attacks(world))
    assert len(corpus) >= 78
    assert len({attack.id for attack in corpus}) == len(corpus)
    assert len({attack.build() for attack in corpus}) == len(corpus)


def test_every_reason_of_the_wrapper_has_an_attack() -> None:
    """No rule of the wrapper goes unattacked. The others have tests of their own."""
    elsewhere = {Reason.AUTHORIZATION, Reason.CLIENT, Reason.KIND, Reason.ON_BEHALF, Reason.REVOKED}
    assert {attack.reason for _, attack in CORPUS} == set(Reason) - elsewhere


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.integers(0, 10_000), written=st.sampled_from([*"AZaz09-_=.", "", "\0", "é", "\ud800"]))
def test_no_change_of_one_character_is_accepted(world: World, place: int, written: str) -> None:
    """A good token with any one character replaced or left out is refused, and nothing else is raised."""
    token = world.token()
    place %= len(token)
    changed = token[:place] + written + token[place + 1 :]
    if changed == token:
        return
    key = keys_in(world.keys(), world.profile.algorithms)[KID]
    with pytest.raises(TokenRefused):
        verify_token(open_token(changed), world.profile, key, NOW)


@settings(max_examples=300, deadline=None)
@given(st.text() | st.binary().map(lambda data: f"{forge.b64(data)}.{forge.b64(data)}.{forge.b64(data)}"))
async def test_any_text_at_all_is_refused_and_breaks_nothing(text: str) -> None:
    """Whatever stands after the scheme, the only exception is Unidentified."""
    with pytest.raises(Unidentified):
        await identifier(WORLDS[0]).identify(f"Bearer {text}")


@pytest.mark.parametrize("token", [None, b"e30.e30.AA", 1, ["e30.e30.AA"]], ids=["none", "bytes", "number", "list"])
def test_what_is_not_text_is_no_token(token: object) -> None:
    """Rule 1 asks for text first."""
    with pytest.raises(TokenRefused) as refused:
        open_token(token)
    assert refused.value.reason is Reason.FORM


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_the_wrapper_trusts_no_one_to_have_chosen_key_and_profile_well(world: World) -> None:
    """Handed another key, a key of an algorithm that the profile does not admit, or another issuer's profile, it
    refuses by itself; and so it does a token that is too long."""
    key = keys_in(world.keys(), world.profile.algorithms)[KID]
    opened = open_token(world.token())
    assert verify_token(opened, world.profile, key, NOW).subject == world.principal.subject
    others = frozenset(Algorithm) - {key.algorithm}
    for profile, wrong, reason in (
        (world.profile, replace(key, kid="other"), Reason.KEY),
        (world.profile, replace(key, algorithm=next(iter(others))), Reason.KEY),
        (replace(world.profile, algorithms=others), key, Reason.KEY),
        (replace(world.profile, issuer="https://other.example.test"), key, Reason.ISSUER),
    ):
        with pytest.raises(TokenRefused) as refused:
            verify_token(opened, profile, wrong, NOW)
        assert refused.value.reason is reason
    with pytest.raises(TokenRefused) as refused:
        open_token(world.token(pad="a" * 8192))
    assert refused.value.reason is Reason.FORM


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
async def test_times_at_the_edge(world: World) -> None:
    """Five seconds of leeway for clocks that run ahead of ours, none for a token that has ended; times may be fractions
    of a second, and the longest life itself is allowed."""
    entry = identifier(world)
    for name, changed in {
        "iat-at-leeway": {"iat": NOW + 5, "exp": NOW + 60},
        "nbf-at-leeway": {"nbf": NOW + 5},
        "last-second": {"exp": NOW + 1},
        "fractions": {"iat": NOW - 0.25, "exp": NOW + 0.5},
        "longest": {"iat": NOW, "exp": NOW + world.profile.longest_life},
    }.items():
        assert (await entry.identify(f"Bearer {world.token(jti=name, **changed)}"))[0] == world.principal
