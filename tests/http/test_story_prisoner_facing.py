"""What a person in custody finds at a kiosk or in his cell: his own, by his own token, at addresses that name nobody
(F105; rules 7 and 8). That nothing there tells whether he asked or complained is told in `test_rules_custody`."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from api.identity.refusal import Reason, TokenRefused
from domain.confidentiality.policy import grants_of
from domain.confidentiality.roles import IN_CUSTODY, Role
from persistence.memory import MemoryStore
from tests.api.identity import worlds as issuers
from tests.http import world as worlds
from tests.http.cast import CAST, person, uid
from tests.http.operations import OPERATIONS, Operation
from tests.http.world import Voice, World, actor_of, observed

HIS = [each for each in OPERATIONS if any(grants_of(role, each.verb) for role in IN_CUSTODY)]
"""Every operation that somebody in custody may call."""
OF_ONE = [each for each in HIS if "{" in each.template]
NUMBER = str(CAST["mentor"].number)


def test_no_address_that_he_calls_has_a_place_for_a_person() -> None:
    """Of a path of his the one thing that varies is the random id of a record, or the code of a kind; none is of
    people, and none of its filters is a number or a name."""
    assert len(OF_ONE) > 50
    for each in HIS:
        named = {part for part in each.template.split("/") if part.startswith("{")}
        assert named <= {"{id}", "{code}"}, each.template
        assert not {"people", "persons", "prisoners", "residents"} & set(each.template.split("/")), each.template
    routes = {str(route.operation_id): route for route in worlds.theatre().app.routes if isinstance(route, APIRoute)}
    for each in HIS:
        asked = {str(parameter.alias) for parameter in routes[each.name].dependant.query_params}
        assert not {"person", "identifier", "prisonNumber", "recipient", "subject", "fullName"} & asked, each.name


async def test_a_person_in_an_address_is_as_one_that_never_was() -> None:
    """Ours for him, ours for another man, and what stands for him in the ledger: to each operation of his that is about
    one record they are an id that never was; and his own number is to it what any nonsense is."""
    told: dict[str, list[tuple[int, bytes]]] = {}
    typed: dict[str, list[tuple[int, bytes]]] = {}
    async with worlds.opened(MemoryStore()) as moorland:
        for each in OF_ONE:
            theirs = {role for role in IN_CUSTODY if grants_of(role, each.verb)}
            voice = moorland["peer-coordinator" if theirs == {Role.PEER_COORDINATOR} else "mentor"]
            ids = (uid("never-existed"), person("mentor"), person("arthur"), actor_of("mentor"))
            told[each.name] = [await _asked(voice, each, str(id)) for id in ids]
            typed[each.name] = [await _asked(voice, each, id) for id in ("Z9999ZZ", NUMBER)]
    assert [name for name, answers in {**told, **typed}.items() if len(set(answers)) != 1] == []
    # 422: what only staff may write there is refused before anything is looked up.
    assert {status for answers in [*told.values(), *typed.values()] for status, _ in answers} <= {400, 404, 422}


async def _asked(voice: Voice, each: Operation, id: str) -> tuple[int, bytes]:
    more: dict[str, Any] = {}
    if each.has_body:
        more = {"body": each.example.body or {}, "tag": '"a-tag"'}
    if each.method == "POST":
        more["key"] = f"key-{uuid4().hex}"
    path = each.template.replace("{id}", id).replace("{code}", id) + each.example.query
    status, content, _ = observed(await voice.send(each.method, path, **more))
    return status, content


async def test_a_launchpad_token_is_all_that_he_needs(world: World) -> None:
    """From the token that Launchpad gives his device to what is his: who he is, what there is in his prison, applying
    for a role, and his own application among nobody else's. The ids are ours and random; his number is in his token
    alone."""
    number = str(CAST["ben"].number)
    token = issuers.LAUNCHPAD.token(sub=number)
    who, _ = await issuers.identifier(issuers.LAUNCHPAD).identify(f"Bearer {token}")
    assert (who.subject, who.kind) == (number, "IN_CUSTODY")
    world.stage.tokens[token] = who
    he = Voice(world, token)
    me = await he.get("/v1/me")
    assert [each["role"] for each in me.json()["capacities"]] == ["PERSON_IN_CUSTODY"]
    schemes = (await he.get("/v1/schemes")).json()["items"]
    assert {each["prison"] for each in schemes} == {"MDI"}
    body = {"scheme": str(uid("scheme:shannon")), "wing": "MDI-A", "motivation": "GIVE_BACK"}
    applied = await he.post("/v1/supporters", body)
    assert applied.status_code == 201, applied.text
    assert number not in applied.headers["location"]
    own = (await he.get("/v1/supporters")).json()["items"]
    assert applied.json()["id"] in {each["id"] for each in own}
    of_another = await he.get(f"/v1/supporters/{uid('supporter:mentor')}")
    assert observed(of_another) == observed(await he.get(f"/v1/supporters/{uid('never-existed')}"))


@pytest.mark.parametrize(
    ("claims", "why"),
    [({"nonce": "n-1"}, Reason.NOT_ACCESS), ({"ati": "a-1"}, Reason.NOT_ACCESS), ({"aud": "another"}, Reason.AUDIENCE)],
    ids=["ID token", "refresh token", "another app's token"],
)
async def test_what_lies_beside_it_on_the_device_opens_nothing(claims: dict[str, str], why: Reason) -> None:
    """The other tokens that a kiosk holds, signed by the same key, are no way in."""
    token = issuers.LAUNCHPAD.token(sub="A1002QX", **claims)
    with pytest.raises(TokenRefused) as refused:
        await issuers.identifier(issuers.LAUNCHPAD).identify(f"Bearer {token}")
    assert refused.value.reason is why


async def test_a_token_that_was_taken_away_is_refused_at_once() -> None:
    """Whoever was logged in at a shared kiosk is locked out by token or by number, with what was remembered of him
    too; and the man himself, who logs in anew, is not."""
    found = issuers.identifier(issuers.LAUNCHPAD)
    issuer, header = issuers.LAUNCHPAD.profile.issuer, f"Bearer {issuers.LAUNCHPAD.token()}"
    _, claims = await found.identify(header)
    found.revoke_token(issuer, claims.token_id, claims.expires_at)
    with pytest.raises(TokenRefused) as refused:
        await found.identify(header)
    assert refused.value.reason is Reason.REVOKED
    again = f"Bearer {issuers.LAUNCHPAD.token(jti='0f21b9e0-0000-4000-8000-000000000003')}"
    assert (await found.identify(again))[0].subject == claims.subject
    found.revoke_subject(issuer, claims.subject, issuers.NOW)
    with pytest.raises(TokenRefused):
        await found.identify(again)
    later = f"Bearer {issuers.LAUNCHPAD.token(jti='0f21b9e0-0000-4000-8000-000000000004', iat=issuers.NOW)}"
    assert (await found.identify(later))[0].subject == claims.subject
