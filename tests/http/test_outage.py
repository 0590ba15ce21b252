"""When what the service stands on is away: nothing is shown, nothing is half done, help is not delayed, and it is well
again without a restart.
"""

from typing import Any

import httpx
import pytest

from api.document import COMPONENTS
from tests.http import tale
from tests.http.cast import uid
from tests.http.operations import EACH_FOR_ITSELF, OPERATIONS, Operation
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World, observed, problem

REQUESTS = [o for o in OPERATIONS if o.template.startswith(("/v1/requests", "/v1/night-sheets"))]
TOLD = {"doThisNow", "doThisNowLanguage", "doThisNowInLanguageAsked"}


async def sent(world: World, operation: Operation, **more: Any) -> Any:
    """The operation's example, with a tag read while all was well."""
    if operation.moves:
        path = operation.record.format(id=uid(str(operation.example.on)))
        more["tag"] = await world[operation.example.by].tag(path)
    if operation.key_required:
        more["key"] = "outage-key-0001"
    return more


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
@pytest.mark.parametrize("how", ["gone", "deaf"])
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_without_store_or_ledger_nothing_is_shown(world: World, operation: Operation, how: str) -> None:
    """503 with the time to wait, the same for every operation: no record, no list, not even who one is. A ledger that
    cannot be written is as good as none. Afterwards the same request is done."""
    more = await sent(world, operation)
    entries, kept = len(world.seen.entries), len(world.seen.kept)
    setattr(world.seen, how, True)
    answer = await operation.send(world, **more)
    if operation.name in BATCHES and how == "deaf":
        assert {(item["status"], item["type"]) for item in answer.json()["items"]} == {(503, "/problems/unavailable")}
    else:
        _is_away(answer, operation)
    assert (len(world.seen.entries), len(world.seen.kept)) == (entries, kept)
    setattr(world.seen, how, False)
    assert (await operation.send(world, **more)).is_success


BATCHES = {*EACH_FOR_ITSELF}
"""Each of several is answered for itself."""


def _is_away(answer: httpx.Response, operation: Operation) -> None:
    assert problem(answer)[:2] == (503, "unavailable")
    assert int(answer.headers["retry-after"]) >= 1
    said = answer.json()
    shown = {"type", "title", "status", "code", "failures", "errorCode", "userMessage", "developerMessage", "moreInfo"}
    assert set(said) == shown | (TOLD if operation in REQUESTS else set())


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_a_refusal_that_cannot_be_written_down_is_not_told(world: World, operation: Operation) -> None:
    """Who never does this learns nothing either while the ledger is away; nor who sends nonsense, nor who asks for what
    is not there."""
    world.seen.deaf = True
    assert (await operation.send(world, by="nobody", tag='"x"')).status_code == 503
    if operation.has_body:
        assert (await operation.send(world, content=b"{", tag='"x"')).status_code == 503
    assert (await operation.send(world, path=f"{operation.path}?unknown=1", tag='"x"')).status_code == 503
    assert (await world.officer.get("/v1/there-is-no-such-thing")).status_code == 503


async def test_who_is_nobody_is_told_so_without_a_ledger(world: World) -> None:
    """401 needs none: there is no act."""
    world.seen.gone = True
    assert (await world.stranger.get("/v1/me")).status_code == 401
    assert (await world.stranger.post("/v1/requests", tale.ASK)).status_code == 401


@pytest.mark.parametrize("operation", REQUESTS, ids=str)
@pytest.mark.parametrize("language", ["en", "cy"])
async def test_an_outage_of_requests_says_what_to_do_now(world: World, operation: Operation, language: str) -> None:
    """In the caller's language, from memory, as a member of its own; and with it the language that it is in."""
    more = await sent(world, operation)
    world.seen.gone = True
    answer = await operation.send(world, headers={"Accept-Language": language}, **more)
    assert answer.status_code == 503
    said = answer.json()
    assert ("Codwch y larwm nawr" if language == "cy" else "Raise the alarm now") in said["doThisNow"]
    assert (said["doThisNowLanguage"], said["doThisNowInLanguageAsked"]) == (language, True)
    assert answer.headers["content-language"] == language


async def test_a_request_made_in_an_outage_is_taken_late(world: World) -> None:
    """Typed when the service is back, with when it happened: recorded, and marked late."""
    key = "night-key-0001"
    world.at(tale.NIGHT)
    world.seen.gone = True
    assert (await world.officer.post("/v1/requests", tale.ASK, key=key)).status_code == 503
    world.seen.gone = False
    world.later(hours=2)
    answer = await world.officer.post("/v1/requests", {**tale.ASK, "occurredAt": "2027-01-06T02:10:00Z"}, key=key)
    assert answer.status_code == 201
    live = (await world.oscar.get(answer.headers["location"])).json()
    assert (live["askedAt"], live["late"]) == ("2027-01-06T02:10:00Z", True)


async def test_health_tells_an_outage_and_its_end(world: World) -> None:
    """Liveness and ping stay; readiness and health say DOWN with 503, without a name or a reason; all of it well again
    by itself."""
    world.later(seconds=10)
    up = {path: await world.stranger.get(path) for path in PROBES}
    assert {path: a.status_code for path, a in up.items()} == dict.fromkeys(PROBES, 200)
    world.seen.gone = True
    world.later(seconds=10)
    down = {path: await world.stranger.get(path) for path in PROBES}
    assert {path: a.status_code for path, a in down.items()} == {
        "/health/ping": 200,
        "/health/liveness": 200,
        "/health/readiness": 503,
        "/health": 503,
    }
    assert down["/health/readiness"].json() == {"status": "DOWN"}
    assert down["/health"].json() == {
        "status": "DOWN",
        "components": {name: {"status": "DOWN"} for name in COMPONENTS},
    }
    world.seen.gone = False
    world.later(seconds=10)
    assert (await world.stranger.get("/health/readiness")).json() == {"status": "UP"}
    assert (await world.officer.get("/v1/schemes")).status_code == 200


PROBES = ("/health/ping", "/health/liveness", "/health/readiness", "/health")


async def test_what_needs_no_store_is_there_without_it(world: World) -> None:
    """The document, what each problem means, and what runs here: open to all, whatever is down."""
    world.seen.gone = True
    for path in ("/openapi.json", "/problems", "/problems/unavailable", "/info"):
        answer = await world.stranger.get(path)
        assert answer.status_code == 200, path
    assert (await world.stranger.get("/openapi.json")).json() == world.house.contract.document


# --- rule 5 ----------------------------------------------------------------------------------------------------------

RISK = {**tale.ASK, "urgency": "LIFE_AT_RISK"}


@pytest.mark.parametrize("language", ["en", "cy"])
async def test_a_life_at_risk_is_recorded_and_the_answer_says_what_to_do(world: World, language: str) -> None:
    """201 with the instruction in the caller's language; recorded, never queued, never matched."""
    spoken = {"Accept-Language": language}
    answer = await world.officer.post("/v1/requests", RISK, key="life-key-0001", headers=spoken)
    assert answer.status_code == 201
    said = answer.json()
    assert ("Codwch y larwm nawr" if language == "cy" else "Raise the alarm now") in said["doThisNow"]
    assert (said["doThisNowLanguage"], said["doThisNowInLanguageAsked"]) == (language, True)
    live = await world.oscar.get(answer.headers["location"])
    assert live.json()["state"] == "LIFE_AT_RISK"
    assert live.json()["offeredTo"] is None
    assert not TOLD & set(live.json())
    for action in ("offer", "withdraw"):
        moved = await tale.moved(world.oscar, answer.headers["location"], action)
        assert problem(moved)[2] == [("STATE_LIFE_AT_RISK", None)]
    again = await world.officer.post("/v1/requests", RISK, key="life-key-0001", headers=spoken)
    assert observed(again) == observed(answer)


async def test_other_urgencies_are_answered_without_an_alarm(world: World) -> None:
    """An instruction on every answer would be read on none."""
    answer = await world.officer.post("/v1/requests", tale.ASK, key="calm-key-0001")
    assert not TOLD & set(answer.json())


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"wing": "not a wing"}, 422),
        ({"unknown": 1}, 422),
        ({"recipient": "x" * 41}, 422),
        ({"occurredAt": "2030-01-01T00:00:00Z"}, 422),
    ],
)
async def test_a_wrong_word_about_a_life_at_risk_is_refused_with_what_to_do(
    world: World, change: dict[str, Any], status: int
) -> None:
    """Any answer to it says what to do now, a refusal too."""
    answer = await world.officer.post("/v1/requests", {**RISK, **change}, key="life-key-0001")
    assert answer.status_code == status
    assert "Raise the alarm now" in answer.json()["doThisNow"]
    keyless = await world.officer.post("/v1/requests", RISK)
    assert problem(keyless)[2] == [("IDEMPOTENCY_KEY_REQUIRED", "header:Idempotency-Key")]
    assert "Raise the alarm now" in keyless.json()["doThisNow"]
    reused = await world.officer.post("/v1/requests", RISK, key="life-key-0002")
    assert reused.status_code == 201
    reused = await world.officer.post("/v1/requests", {**RISK, "cell": "A-1-013"}, key="life-key-0002")
    assert (reused.status_code, "doThisNow" in reused.json()) == (422, True)


async def test_a_life_at_risk_needs_no_name_and_no_scheme(world: World) -> None:
    """By anybody of staff, or by the man himself; of a prison without a scheme too."""
    bare = {k: RISK[k] for k in ("need", "channel", "urgency", "wing")}
    for name, place in (("staff", {"prison": "LEI", "wing": "LEI-A"}), ("arthur", {}), ("far-man", {"wing": "LEI-A"})):
        answer = await world[name].post("/v1/requests", {**bare, **place}, key="life-key-0001")
        assert answer.status_code == 201, name
        assert "Raise the alarm now" in answer.json()["doThisNow"]
