"""The queues' keeper over HTTP: what was put aside is listed without its words, sent again, let go; by whoever keeps
the service, with a line for each, at the estate's own addresses (hmpps.md 4.6)."""

import pytest

from api.messages.commands import type_of
from tests.http.cast import CAST, START
from tests.http.prison_events import SEARCH, notification
from tests.http.queues import ASIDE, EVENTS, tended
from tests.http.world import World, observed, problem

NUMBER = str(CAST["mentor"].number)
CAME = notification(f"{SEARCH}received", START, of=NUMBER, reason="TRANSFERRED", prisonId="LEI")
LIST = f"/queue-admin/get-dlq-messages/{ASIDE}"
AGAIN, ALL, PURGE = (
    f"/queue-admin/retry-dlq/{ASIDE}",
    "/queue-admin/retry-all-dlqs",
    f"/queue-admin/purge-queue/{ASIDE}",
)


async def test_what_was_put_aside_is_listed_by_type_alone(world: World) -> None:
    """How many there are, and of each its type, how often it came and when it was sent: no number of anybody, nothing
    of its body. At most as many as are asked for."""
    (queue,) = world.stage.queues
    queue.client.put(ASIDE, CAME, "{", CAME)
    answer = await world.operator.get(LIST)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["messagesFoundCount"], told["messagesReturnedCount"]) == (3, 3)
    assert [each["type"] for each in told["messages"]] == [
        f"{SEARCH}received",
        "MESSAGE_IS_NOT_JSON",
        f"{SEARCH}received",
    ]
    assert {tuple(each) for each in told["messages"]} == {("messageId", "type", "received", "sentAt")}
    assert NUMBER not in answer.text and "LEI" not in answer.text  # noqa: PT018
    assert (world.last.verb, world.last.outcome, world.last.role) == ("READ_QUEUE", "DONE", "OPERATOR")
    queue.client.again()
    assert (await world.operator.get(f"{LIST}?maxMessages=1")).json()["messagesReturnedCount"] == 1


async def test_it_comes_again(world: World) -> None:
    """All of it lies in its queue again, and nothing is lost; by name, or of all queues."""
    (queue,) = world.stage.queues
    commands = tended("commands", "commands-dlq", type_of)
    world.stage.queues += [commands, tended("bare", None)]
    queue.client.put(ASIDE, CAME, "{")
    answer = await world.operator.send("PUT", AGAIN)
    assert (answer.status_code, answer.json()) == (200, {"messagesFoundCount": 2})
    assert (queue.client.bodies(EVENTS), queue.client.bodies(ASIDE)) == ([CAME, "{"], [])
    commands.client.put("commands-dlq", "{")
    answer = await world.operator.send("PUT", ALL)
    assert (answer.status_code, answer.json()) == (200, [{"messagesFoundCount": 0}, {"messagesFoundCount": 1}])
    assert commands.client.bodies("commands") == ["{"]
    assert [(e.verb, e.outcome) for e in world.entries()[-2:]] == [("RETRY_QUEUE", "DONE")] * 2


async def test_it_is_let_go_and_what_still_waits_is_not(world: World) -> None:
    """Only what was put aside can be deleted: for the queue itself there is no such address."""
    (queue,) = world.stage.queues
    for name in (EVENTS, ASIDE):
        queue.client.put(name, CAME)
    absent = await world.operator.send("PUT", f"/queue-admin/purge-queue/{EVENTS}")
    assert problem(absent)[0] == 404
    assert observed(absent) == observed(await world.operator.send("PUT", "/queue-admin/purge-queue/never-was"))
    assert (world.last.verb, world.last.outcome) == ("PURGE_QUEUE", "ABSENT")
    answer = await world.operator.send("PUT", PURGE)
    assert (answer.status_code, answer.json()) == (200, {"messagesFoundCount": 1})
    assert (queue.client.bodies(EVENTS), queue.client.bodies(ASIDE)) == ([CAME], [])
    assert (world.last.verb, world.last.outcome) == ("PURGE_QUEUE", "DONE")


EACH = [("GET", LIST), ("PUT", AGAIN), ("PUT", ALL), ("PUT", PURGE)]


@pytest.mark.parametrize(("method", "path"), EACH)
@pytest.mark.parametrize("name", ["governor", "governance", "admin", "integrator", "provider", "headquarters"])
async def test_nobody_else_keeps_them(world: World, method: str, path: str, name: str) -> None:
    """403, and a line; nothing is asked of the queue. Least of all is sending again open to the whole cluster."""
    (queue,) = world.stage.queues
    queue.client.put(ASIDE, CAME)
    assert (await world[name].send(method, path)).status_code == 403
    assert (await world.stranger.send(method, path)).status_code == 401
    assert world.last.outcome == "REFUSED"
    assert (queue.client.bodies(ASIDE), queue.client.hidden) == ([CAME], set())


@pytest.mark.parametrize(("method", "path"), EACH)
async def test_a_queue_that_cannot_be_asked_is_away_and_no_more(world: World, method: str, path: str) -> None:
    """503, without a word of where it is."""
    (queue,) = world.stage.queues
    queue.client.away = True
    answer = await world.operator.send(method, path)
    assert answer.status_code == 503
    assert "amazonaws" not in answer.text


async def test_where_no_queue_is_set_there_is_none(world: World) -> None:
    """404 by name, and of all nothing."""
    world.stage.queues.clear()
    assert (await world.operator.get(LIST)).status_code == 404
    answer = await world.operator.send("PUT", ALL)
    assert (answer.status_code, answer.json()) == (200, [])


async def test_nothing_is_sent_again_that_the_ledger_does_not_know_of(world: World) -> None:
    """The ledger is away: 503, and what was put aside lies where it lay."""
    (queue,) = world.stage.queues
    queue.client.put(ASIDE, CAME)
    await world.operator.get("/v1/me")
    world.seen.gone = True
    for method, path in EACH:
        assert (await world.operator.send(method, path)).status_code == 503
    assert queue.client.bodies(ASIDE) == [CAME]
