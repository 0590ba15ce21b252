"""A move that its state does not allow says which are left, to whoever tried: of every record that has a state."""

import dataclasses
from typing import Any

import pytest

from domain.schemes.exceptions import ExceptionList
from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.world import World, codes

RISK = f"/v1/risks/{uid('risk')}"
OPEN_RISK = f"/v1/risks/{uid('risk:open')}"
ASSESSED = {"likelihood": 4, "impact": 5, "owner": "SAFER_CUSTODY", "reviewOn": "2027-01-11"}
SETTLED = {"to": "ACCEPTED", "because": "Two more are trained."}
ON = f"/v1/activations/{uid('activation')}"
ENDED = f"/v1/activations/{uid('activation:ended')}"
READY = f"/v1/charters/{uid('charter:ready')}"
SUBMITTED = f"/v1/charters/{uid('charter:submitted')}"
HOLDS = f"/v1/charters/{uid('charter:insiders')}"
FINDING = f"/v1/findings/{uid('finding:answered')}"
LISTS = "/v1/exception-lists"
KIND = f"/v1/kind-versions/{uid('scheme-kind:published')}"


@pytest.mark.parametrize(
    ("by", "path", "action", "body", "state", "left"),
    [
        ("governor", READY, "sign", {}, "DRAFT", []),
        ("coordinator", READY, "publish", {}, "DRAFT", ["AMEND_CHARTER", "SUBMIT_CHARTER", "DISCARD_CHARTER"]),
        ("coordinator", SUBMITTED, "submit", {}, "SUBMITTED", ["RETURN_CHARTER", "PUBLISH_CHARTER"]),
        ("governor", HOLDS, "return", {"section": "WHY", "words": "Why?"}, "PUBLISHED", []),
        ("governor", FINDING, "decline", {"reason": "WOULD_HARM"}, "ANSWERED", []),
        ("coordinator", RISK, "settle", SETTLED, "NOT_ASSESSED", ["ASSESS_RISK"]),
        ("coordinator", ON, "review", {"learned": "NOT_NEEDED"}, "ACTIVE", ["LOG_ACTIVATION", "END_ACTIVATION"]),
        ("oscar", ENDED, "log", {"code": "NOTE"}, "ENDED", ["REVIEW_ACTIVATION"]),
        ("governor", KIND, "publish", {}, "PUBLISHED", ["WITHDRAW_SCHEME_KIND"]),
    ],
)
async def test_what_is_left_from_here(
    world: World, by: str, path: str, action: str, body: dict[str, Any], state: str, left: list[str]
) -> None:
    """The state that forbids it is among the codes, and the moves are those that he may try."""
    refused = await moved(world[by], path, action, body)
    assert refused.status_code == 409
    assert f"STATE_{state}" in codes(refused)
    assert refused.json()["allowedMoves"] == left


async def test_a_proposal_says_what_is_left_at_each_step(world: World) -> None:
    """From what is proposed to what everybody is told: to coordinator and partner alike, but that a partner does not
    publish."""
    body = {"fromGroup": "STAFF", "said": "A bell on C wing."}
    made = await world.facilitator.post(f"/v1/schemes/{uid('scheme:shannon')}/proposals", body)
    path = made.headers["location"]
    told = {"youSaid": "The bell is not heard.", "weDid": "It rings."}
    steps: list[tuple[str, dict[str, Any], str, dict[str, Any], list[str]]] = [
        ("implement", {}, "answer", {"answer": "ACCEPTED"}, ["ANSWER_PROPOSAL"]),
        ("publish", told, "implement", {}, ["ANSWER_PROPOSAL", "IMPLEMENT_PROPOSAL"]),
        ("answer", {"answer": "ACCEPTED"}, "publish", told, ["PUBLISH_PROPOSAL"]),
    ]
    for wrong, sent, right, then, left in steps:
        for who in ("coordinator", "facilitator"):
            if (wrong, who) == ("publish", "facilitator"):
                continue
            refused = await moved(world[who], path, wrong, sent)
            his = left if who == "coordinator" else [move for move in left if move != "PUBLISH_PROPOSAL"]
            assert (refused.status_code, refused.json()["allowedMoves"]) == (409, his)
        await done(world.coordinator, path, right, then)


async def test_each_move_of_a_register_is_a_verb_of_its_own(world: World) -> None:
    """So that a 409 names the operation that is left, and the ledger what was done."""
    await done(world.coordinator, RISK, "assess", ASSESSED)
    await done(world.coordinator, RISK, "settle", SETTLED)
    assert [e.verb for e in world.entries() if e.outcome == "DONE" and not e.verb.startswith("READ_")][-2:] == [
        "ASSESS_RISK",
        "SETTLE_RISK",
    ]
    refused = await moved(world.coordinator, RISK, "settle", SETTLED)
    assert (codes(refused), refused.json()["allowedMoves"]) == (["STATE_ACCEPTED"], ["ASSESS_RISK", "SETTLE_RISK"])


async def test_a_promise_that_has_begun_is_not_taken_back(world: World) -> None:
    """A list that was published for a day to come is withdrawn until that day, and what held goes on holding; from then
    on it is a promise, which only another version ends: one always holds."""

    async def held() -> list[tuple[int, bool]]:
        items = (await world.officer.get("/v1/exceptions?organisation=SAMARITANS")).json()["items"]
        return [(item["number"], item["inForce"]) for item in items]

    draft = await world.record(ExceptionList, uid("exception-list"))
    await world.keep([dataclasses.replace(draft, id=uid("exception-list:next"), number=3)])
    first, second = f"{LISTS}/{draft.id}", f"{LISTS}/{uid('exception-list:next')}"
    await done(world.lead, first, "publish")
    assert await held() == [(1, True), (2, False)]
    assert (await done(world.lead, first, "withdraw"))["state"] == "WITHDRAWN"
    assert await held() == [(1, True)]
    again = await moved(world.lead, first, "withdraw")
    assert (codes(again), again.json()["allowedMoves"]) == (["STATE_WITHDRAWN"], [])
    await done(world.lead, second, "publish")
    world.later(days=30)
    assert await held() == [(1, False), (3, True)]
    begun = await moved(world.lead, second, "withdraw")
    assert codes(begun) == ["PROMISE_HAS_BEGUN"]
    assert await held() == [(1, False), (3, True)]
