"""What leaves the service: events, audit messages and webhooks; and what never does (F96, rule 3)."""

import json
import logging
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from api.logs import KEYS
from domain.oversight.record import Assignment
from domain.records import KINDS
from domain.sessions.request import Request
from domain.telling import audit
from domain.telling.audit import DAY
from domain.telling.subscription import Subscription
from domain.telling.types import PINGED, EventType
from tests.http import stores, tale
from tests.http.cast import IN_CUSTODY, SECRETS, assignment
from tests.http.outside import Killed, Outside, passed, relay
from tests.http.stores import MEMORY, MEMORY_FIRST
from tests.http.world import World, actor_of, codes, opened, problem, theatre

FIRST = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
HOOK = "https://hooks.example.org/peer-support"
SCHEMES = [type.value for type in EventType if type.startswith("peer-support.scheme.")]


async def subscribed(world: World, address: str = HOOK, types: list[str] | None = None) -> tuple[str, str]:
    """The integrator subscribes: the path, and the secret."""
    body = {"address": address, "types": types or SCHEMES}
    answer = await world.integrator.post("/v1/subscriptions", body)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"], answer.json()["secret"]


async def begun(world: World) -> Outside:
    """Outside, from now on: what was before is told to nobody."""
    outside = Outside()
    await passed(world, outside)
    assert (outside.events, outside.audit, outside.sent) == ([], [], [])
    return outside


async def test_a_scheme_s_life_is_told_with_ids_alone(empty: World) -> None:
    """Created, approved, opened, launched, stopped: the topic hears of each once, in order; of the supporters that
    something changed, and neither who, which, nor where."""
    outside = await begun(empty)
    scheme, supporters = await tale.scheme_open(empty, "LISTENERS", "samaritan", tale.LISTENING, "listener")
    stop = {"reason": "REGIME", "reviewOn": (empty.now.date() + timedelta(days=30)).isoformat()}
    await tale.done(empty.governor, scheme, "suspend", stop)
    await passed(empty, outside)
    told = [event["eventType"].removeprefix("peer-support.") for event in outside.events]
    assert told == [
        *("scheme.created", "scheme.changed", "supporter.changed", "supporter.changed", "scheme.opened"),
        "scheme.suspended",
    ]
    id = scheme.rpartition("/")[2]
    for event in outside.events:
        more = event["additionalInformation"]
        if "supporter" in event["eventType"]:
            assert more == {"eventId": more["eventId"], "supporterId": supporters[0].rpartition("/")[2]}
        else:
            assert more == {"eventId": more["eventId"], "schemeId": id, "prisonId": "MDI"}
        assert event["detailUrl"].startswith("https://peer-support.example/v1/")
    read = await empty.integrator.get(outside.events[0]["detailUrl"].removeprefix("https://peer-support.example"))
    assert read.json()["id"] == id
    assert not [secret for secret in SECRETS if secret in outside.written().decode()]
    acts = [m for m in outside.audit if m["what"] != DAY]
    assert {(m["who"], m["what"]) for m in acts} == {
        ("coordinator", "CREATE_SCHEME"),
        ("coordinator", "EDIT_SCHEME"),
        ("governor", "EDIT_SCHEME"),
    }
    assert all(("subjectId" in m) is ("subjectType" in m) for m in outside.audit)


# --- the night --------------------------------------------------------------------------------------------------------


async def the_night(world: World, asked: bool) -> list[str]:
    """Ten past two. An officer on duty, and the night manager; with `asked`, one man has a Listener, another is refused
    one, a third asks for himself, and a tally is handed in. The requests' paths."""
    await tale.on_duty(world)
    if not asked:
        return []
    first = await tale.asked(world)
    await tale.met(world, first)
    second = await tale.asked(world, key="night-key-0002", recipient="Ulric Quench", cell="A-1-014")
    refusal = {"code": "STAFF_DISCRETION", "alternative": "NONE"}
    await tale.done(world.officer, second, "refuse", refusal)
    own = {"need": "EMOTIONAL", "channel": "KIOSK_OR_LAPTOP", "urgency": "NOW", "wing": "MDI-A"}
    third = await world.arthur.post("/v1/requests", own, key="night-key-0003")
    assert third.status_code == 201, third.text
    tally = await world.listener.post("/v1/tallies", tale.TALLY, key="tally-key-0001")
    assert tally.status_code == 201, tally.text
    for reader in (world.officer, world.oscar):
        await reader.get("/v1/requests?limit=20")
    return [first, second]


async def the_morning(world: World, outside: Outside) -> None:
    """What happens in either world: another scheme is begun at nine, and the next day the day's numbers go out. Ids are
    drawn anew, so that two worlds draw the same from here on."""
    world.stage.random = Random(7)
    world.at(tale.NIGHT.replace(hour=9, minute=0))
    await tale.scheme_begun(world, "INSIDERS")
    await passed(world, outside)
    world.at(tale.NIGHT.replace(hour=3, minute=30) + timedelta(days=1))
    await passed(world, outside)


async def test_a_night_leaves_nothing(empty: World) -> None:
    """A whole 02:10 with topic, audit queue and webhooks captured: nothing came of it to any of them while it lasted,
    and of what came the next day nothing bears the man, the supporter, the request, the cell or the minute."""
    _, supporters = await tale.listeners_open(empty)
    await subscribed(empty)
    outside = await begun_after(empty)
    await the_night(empty, asked=True)
    live = await empty.records(Request)
    assert len(live) == 3
    await passed(empty, outside)
    assert (outside.events, outside.audit, outside.sent) == ([], [], [])
    await the_morning(empty, outside)
    assert [e["eventType"] for e in outside.events] == ["peer-support.scheme.created"]
    assert outside.types() == ["peer-support.scheme.created"]
    assert {m["what"] for m in outside.audit} == {"CREATE_SCHEME", DAY}
    left = outside.written().decode()
    men = {str(actor_of(name)) for name in IN_CUSTODY} | SECRETS | {"Quincy", "Ulric", "A-1-01", "MDI-A"}
    ids = {str(r.id) for r in live} | {s.rpartition("/")[2] for s in supporters}
    people = {str(p.id) for p in await empty.records(KINDS["person"])}
    minutes = {f"T0{hour}:{minute:02}" for hour in (2, 3) for minute in range(60)}
    assert len(men) > 20
    assert len(people) > 3
    assert [word for word in men | ids | people | minutes if word in left] == []
    days = [m for m in outside.audit if m["what"] == DAY]
    assert {m["who"] for m in days} == {"officer", "oscar", "coordinator"}
    assert {json.loads(m["details"])["upTo"] for m in days} == {50}
    assert {m["when"] for m in days} == {"2027-01-06T00:00:00Z"}


async def begun_after(world: World) -> Outside:
    """Outside, which has taken what was before."""
    outside = Outside()
    await passed(world, outside)
    await passed(world, outside)
    outside.events.clear()
    outside.audit.clear()
    outside.sent.clear()
    return outside


async def one_world(name: str, asked: bool) -> bytes:
    """Every byte that leaves a world in which somebody asked, or nobody did."""
    async with stores.opened(name, theatre().stage.clock) as store, opened(store, furnished=False) as world:
        await tale.listeners_open(world)
        await subscribed(world)
        outside = await begun_after(world)
        await world.oscar.get("/v1/requests?limit=20")
        await the_night(world, asked)
        await passed(world, outside)
        await the_morning(world, outside)
        assert len(outside.events) == len(outside.sent) == 1
        assert len(outside.audit) >= 4
        return outside.written()


@pytest.mark.parametrize("name", MEMORY_FIRST)
async def test_two_worlds_with_and_without_a_request_give_the_same_bytes(name: str) -> None:
    """P1 over the outbox: whoever reads the topic, the queue and every webhook together cannot tell whether anybody
    asked for a Listener that night."""
    assert await one_world(name, asked=True) == await one_world(name, asked=False)


async def test_a_number_told_exactly_would_tell_the_worlds_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rounding is for: without it the officer's day says that somebody asked."""
    monkeypatch.setattr(audit, "STEP", 1)
    assert await one_world(MEMORY, asked=True) != await one_world(MEMORY, asked=False)


# --- at least once ----------------------------------------------------------------------------------------------------


@FIRST
@pytest.mark.parametrize("where", ["topic", "audit", HOOK])
async def test_killed_between_sending_and_moving_on_it_is_sent_again(empty: World, where: str) -> None:
    """With the same ids, and nothing is lost: the place moves only after all of it was taken."""
    await subscribed(empty)
    outside = await begun(empty)
    await tale.scheme_begun(empty, "INSIDERS")
    outside.dies = {where}
    with pytest.raises(Killed):
        await relay(empty, outside).pass_on()
    outside.dies = set()
    await passed(empty, outside)
    came: dict[str, list[Any]] = {
        "topic": [e["additionalInformation"]["eventId"] for e in outside.events],
        "audit": [m["correlationId"] for m in outside.audit if m["what"] == "CREATE_SCHEME"],
        HOOK: [d.id for d in outside.sent],
    }
    first, again = came.pop(where)
    assert first == again
    assert {len(set(ids)) for ids in came.values()} == {1}


@FIRST
async def test_a_subscriber_that_is_down_loses_nothing_and_is_told_so(empty: World) -> None:
    """It pauses longer each time, up to an hour, and is called failing; nobody else waits for it. When it is back it is
    told everything in its order, and is well again."""
    other = "https://other.example.org/"
    path, _ = await subscribed(empty)
    await subscribed(empty, other)
    outside = await begun(empty)
    outside.down = {HOOK}
    scheme = await tale.scheme_begun(empty, "INSIDERS")
    for _ in range(5):
        await relay(empty, outside).pass_on()
        empty.later(hours=1)
    assert outside.types(other) == ["peer-support.scheme.created"]
    shown = (await empty.integrator.get(path)).json()
    assert (shown["state"], shown["failingSince"] is None) == ("FAILING", False)
    tag = await empty.coordinator.tag(scheme)
    assert (await empty.coordinator.patch(scheme, {"howToAsk": "Ask anybody."}, tag=tag)).status_code == 200
    await relay(empty, outside).pass_on()
    outside.down = set()
    await relay(empty, outside).pass_on()
    assert outside.types(HOOK) == []  # it pauses still
    empty.later(hours=1)
    await passed(empty, outside)
    assert outside.types(HOOK) == outside.types(other) == ["peer-support.scheme.created", "peer-support.scheme.changed"]
    shown = (await empty.integrator.get(path)).json()
    assert (shown["state"], shown["failingSince"]) == ("ACTIVE", None)


@FIRST
async def test_the_log_says_which_did_not_take_it_and_why(empty: World, caplog: pytest.LogCaptureFixture) -> None:
    """A word for the destination and one for why, both on the list of what a log may hold: no address."""
    await subscribed(empty)
    outside = await begun(empty)
    await tale.scheme_open(empty, "LISTENERS", "samaritan", tale.LISTENING, "listener")
    outside.down = {HOOK, "topic"}
    with caplog.at_level(logging.WARNING, "peer_support.relay"):
        await passed(empty, outside)
    said = {(vars(r)["component"], vars(r)["error"]) for r in caplog.records}
    assert said == {("hook", "Undelivered down"), ("topic", "Undelivered down")}
    assert {"component", "error"} <= KEYS


async def test_a_topic_that_is_down_holds_up_nothing_else(empty: World) -> None:
    """And has all of it later."""
    outside = await begun(empty)
    outside.down = {"topic"}
    await tale.scheme_begun(empty, "INSIDERS")
    await passed(empty, outside)
    assert (len(outside.audit), outside.events) == (1, [])
    outside.down = set()
    empty.later(minutes=1)
    await passed(empty, outside)
    assert [e["eventType"] for e in outside.events] == ["peer-support.scheme.created"]


@FIRST
async def test_a_day_that_nobody_could_take_is_told_later(empty: World) -> None:
    """The numbers of each day are owed until they were taken, day by day."""
    outside = await begun(empty)
    await tale.on_duty(empty)
    outside.down = {"audit"}
    empty.later(days=2)
    await passed(empty, outside)
    outside.down = set()
    empty.later(days=1)
    await passed(empty, outside)
    (told,) = [m for m in outside.audit if m["who"] == "officer"]
    assert json.loads(told["details"])["day"] == (empty.now - timedelta(days=3)).date().isoformat()
    assert told["what"] == DAY


# --- subscriptions ----------------------------------------------------------------------------------------------------


async def test_a_subscription_is_its_owner_s_and_its_secret_is_told_once(empty: World) -> None:
    """Its owner and the access administrators see it; nobody sees the secret again, nor does the same key show it."""
    body = {"address": HOOK, "types": SCHEMES[:1]}
    made = await empty.integrator.post("/v1/subscriptions", body, key="subscribe-0001")
    assert made.status_code == 201, made.text
    secret = made.json()["secret"]
    assert secret.startswith("whsec_")
    assert len(secret) == 50
    again = await empty.integrator.post("/v1/subscriptions", body, key="subscribe-0001")
    assert (again.status_code, again.json()["secret"], again.json()["id"]) == (201, None, made.json()["id"])
    path = made.headers["location"]
    (kept,) = await empty.records(Subscription)
    assert kept.secret == secret
    shown = await empty.integrator.get(path)
    assert secret not in shown.text
    assert "secret" not in shown.json()
    assert shown.json()["withheld"] == []
    listed = (await empty.integrator.get("/v1/subscriptions")).json()["items"]
    assert [each["id"] for each in listed] == [made.json()["id"]]
    assert (await empty.admin.get(path)).status_code == 404  # it is of the whole jurisdiction, and he of one prison
    for name in ("coordinator", "governor", "headquarters", "bare-client"):
        assert (await empty[name].get(path)).status_code == 403, name
    assert (await empty.arthur.get(path)).status_code == 404


@FIRST
async def test_the_administrator_of_a_prison_sees_what_is_told_of_it(empty: World) -> None:
    """A client that was assigned to one prison: its administrator sees the subscription, and cannot end it."""
    held = await empty.record(Assignment, assignment("integrator"))
    values = {name: getattr(held, name) for name in Assignment.shape.fields}
    await empty.change(Assignment(**{**values, "prison": "MDI"}))
    path, _ = await subscribed(empty)
    shown = await empty.admin.get(path)
    assert (shown.status_code, shown.json()["address"]) == (200, HOOK)
    assert (await empty.admin.post(f"{path}/end", tag=shown.headers["etag"])).status_code == 403
    outside = await begun(empty)
    await tale.scheme_begun(empty, "INSIDERS")
    far = {"kind": "INSIDERS", "name": "Insiders of Leeds", "prison": "LEI"}
    assert (await empty["far-coordinator"].post("/v1/schemes", far)).status_code == 201
    await passed(empty, outside)
    assert [b["additionalInformation"]["prisonId"] for b in outside.bodies()] == ["MDI"]
    assert sorted(e["additionalInformation"]["prisonId"] for e in outside.events) == ["LEI", "MDI"]


@FIRST
async def test_only_a_field_that_its_role_sees_is_worth_an_event(empty: World) -> None:
    """How long its pilot is is operational: whoever reads only what is open is not told that it was changed. And
    nothing of another jurisdiction is told at all."""
    await subscribed(empty)
    outside = await begun(empty)
    scheme = await tale.scheme_begun(empty, "INSIDERS")
    amend = empty.coordinator.patch
    for body in ({"pilotDays": 30}, {"howToAsk": "Ask anybody."}):
        answer = await amend(scheme, body, tag=await empty.coordinator.tag(scheme))
        assert answer.status_code == 200, answer.text
    irish = {"kind": "RED_CROSS_VOLUNTEERS", "name": "Volunteers", "prison": "MJY"}
    there = await empty["irish-coordinator"].post("/v1/schemes", irish)
    await passed(empty, outside)
    assert there.status_code in (201, 422), there.text
    assert outside.types() == ["peer-support.scheme.created", "peer-support.scheme.changed"]
    told = [e["eventType"] for e in outside.events if e["additionalInformation"]["prisonId"] == "MDI"]
    assert told == ["peer-support.scheme.created", "peer-support.scheme.changed", "peer-support.scheme.changed"]


@FIRST
async def test_a_test_is_sent_in_its_turn_and_an_ended_one_is_sent_nothing(empty: World) -> None:
    """After what is on its way; and none once its owner, or the end of his assignment, ended it."""
    path, secret = await subscribed(empty)
    outside = await begun(empty)
    await tale.scheme_begun(empty, "INSIDERS")
    await tale.done(empty.integrator, path, "ping")
    await passed(empty, outside)
    assert outside.types() == ["peer-support.scheme.created", PINGED]
    assert {d.secrets for d in outside.sent} == {(secret,)}
    assert PINGED not in {e["eventType"] for e in outside.events}
    ended = await tale.done(empty.integrator, path, "end")
    assert (ended["state"], ended["endedAt"] is None) == ("ENDED", False)
    answer = await tale.moved(empty.integrator, path, "ping")
    assert problem(answer)[2] == [("STATE_ENDED", None)]
    await tale.scheme_begun(empty, "LISTENERS")
    await passed(empty, outside)
    assert len(outside.sent) == 2


@FIRST
async def test_with_the_assignment_it_ends(empty: World) -> None:
    """Nobody has to remember it: the next round finds it gone, and the subscription says so."""
    await subscribed(empty)
    outside = await begun(empty)
    held = await empty.record(Assignment, assignment("integrator"))
    values = {name: getattr(held, name) for name in Assignment.shape.fields}
    await empty.change(Assignment(**{**values, "ended_at": empty.now}))
    await tale.scheme_begun(empty, "INSIDERS")
    await passed(empty, outside)
    assert outside.sent == []
    (kept,) = await empty.records(Subscription)
    assert (kept.state, kept.ended_at) == ("ENDED", empty.now)


@FIRST
async def test_a_changed_secret_and_the_one_before_both_sign_for_a_day(empty: World) -> None:
    """Then the new one alone. The new one is told once, as the first was."""
    path, first = await subscribed(empty)
    outside = await begun(empty)
    rotated = await tale.done(empty.integrator, path, "rotate")
    second = rotated["secret"]
    assert second not in (None, first)
    for hours, secrets in ((1, (second, first)), (24, (second,))):
        empty.later(hours=hours)
        await tale.done(empty.integrator, path, "ping")
        await passed(empty, outside)
        assert outside.sent[-1].secrets == secrets


@FIRST
async def test_what_a_subscription_may_not_be_is_said_of_each_member(empty: World) -> None:
    """An address inside, a type of which its role reads nothing, one twice; and no more than twenty."""
    address = "https://169.254.169.254/latest"
    types = ["peer-support.scheme.created", "peer-support.supporter.changed", "peer-support.scheme.created"]
    refused = await empty.integrator.post("/v1/subscriptions", {"address": address, "types": types})
    assert problem(refused)[2] == [
        ("ADDRESS_NOT_PUBLIC_HTTPS", "/address"),
        ("TWICE", "/types"),
        ("NOT_TOLD_TO_THIS_ROLE", "/types/1"),
    ]
    for _ in range(20):
        await subscribed(empty)
    more = await empty.integrator.post("/v1/subscriptions", {"address": HOOK, "types": SCHEMES})
    assert (more.status_code, codes(more)) == (409, ["TOO_MANY_SUBSCRIPTIONS"])
