"""After a death: envelopes are kept whoever asked, support is offered, and what is recorded later about the time before
is marked for ever (rule 16)."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from api.work.bench import service_begin
from domain.care.postvention import Postvention
from domain.sessions import emptying, envelopes
from domain.sessions.conduct import Conduct
from domain.sessions.envelopes import Envelope
from domain.sessions.holding import EnvelopeHold
from tests.http import stores, tale
from tests.http import world as worlds
from tests.http.stores import MEMORY, MEMORY_FIRST, POSTGRESQL
from tests.http.tale import done
from tests.http.world import World, actor_of, codes, opened

DEATH = {"prison": "MDI", "on": "2027-01-06"}
NIGHT_STATE = {"code": "NIGHT_STATE", "alternative": "NONE"}
HOLDS = "/v1/envelope-holds"


async def died(world: World, by: str = "oscar", **changes: Any) -> str:
    """Somebody died, and it is recorded: the hold's path."""
    answer = await world[by].post(HOLDS, {**DEATH, **changes})
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def emptied(world: World) -> None:
    """The fixed hour."""
    await emptying.empty(lambda: service_begin(world.house.runtime), lambda place, plain: "c2VhbGVk")


async def cleared(world: World) -> int:
    """The batch that deletes envelopes."""
    return await envelopes.delete_envelopes(service_begin(world.house.runtime))


async def a_night(world: World, recipient: str | None) -> None:
    """Somebody asks and is met; his request leaves the tables in the morning."""
    await tale.listeners_open(world)
    await tale.on_duty(world)
    if recipient is not None:
        await tale.met(world, await tale.asked(world, recipient=recipient))
    world.at(tale.NIGHT + timedelta(hours=8))
    await emptied(world)


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_what_is_held_is_not_deleted_until_it_is_lifted(empty: World) -> None:
    """Thirty days on the envelope of a man who was met would go: it stays, and with it all of the prison's. Lifted by
    another organisation it goes with the next batch, and the hold says when."""
    await a_night(empty, "A1234BC")
    hold = await died(empty)
    (envelope,) = await empty.records(Envelope)
    empty.at(tale.NIGHT + timedelta(days=40))
    assert await cleared(empty) == 0
    assert await empty.records(Envelope) == [envelope]
    for name in ("oscar", "governor", "safer", "officer"):
        answer = await empty[name].post(f"{hold}/lift", tag='"x"')
        assert answer.status_code == 403, name
    lifted = await done(empty.imb, hold, "lift")
    assert [lifted[n] for n in ("state", "liftedBy", "liftedOn", "deletedOn")] == [
        *("LIFTED", str(actor_of("imb")), "2027-02-15", None)
    ]
    empty.later(days=1)
    assert await cleared(empty) == 2
    assert await empty.records(Envelope) == []
    assert (await empty.imb.get(hold)).json()["deletedOn"] == "2027-02-16"
    assert await cleared(empty) == 0
    assert codes(await tale.moved(empty.imb, hold, "lift")) == ["STATE_LIFTED"]


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_two_holds_and_the_days_that_they_are_about(empty: World) -> None:
    """What a second hold keeps is kept when the first is lifted, which says so of none of it until the second is lifted
    too; and of a day before both, nothing is."""
    await a_night(empty, "A1234BC")
    first = await died(empty)
    empty.at(tale.NIGHT + timedelta(days=20))
    second = await died(empty, on="2027-01-26")
    await done(empty.imb, first, "lift")
    empty.at(tale.NIGHT + timedelta(days=45))
    assert await cleared(empty) == 0
    assert (await empty.imb.get(first)).json()["deletedOn"] is None
    assert len(await empty.records(Envelope)) == 1
    (held,) = await empty.records(EnvelopeHold, state="HELD")
    assert (held.first_day, held.last_day) == (date(2026, 12, 27), date(2027, 1, 26))
    assert not held.keeps(date(2026, 12, 26))
    await done(empty.imb, second, "lift")
    assert await cleared(empty) == 3  # the envelope, and a receipt of each
    assert {each.deleted_on for each in await empty.records(EnvelopeHold)} == {date(2027, 2, 20)}


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_behind_however_many_are_held_one_that_is_not_is_deleted(empty: World) -> None:
    """More are held than a batch takes, all older; the one of another prison goes all the same."""
    await tale.listeners_open(empty)
    await died(empty)

    def envelope(prison: str, days: int) -> Envelope:
        day = date(2027, 1, 1)
        place = {"jurisdiction": "EW", "prison": prison, "day": day, "sealed": "AQID"}
        return Envelope(id=uuid4(), delete_on=day + timedelta(days=days), **place)  # type: ignore[arg-type]

    await empty.keep([*(envelope("MDI", 1) for _ in range(5)), envelope("LEI", 2)])
    assert await envelopes.delete_envelopes(service_begin(empty.house.runtime), 3) == 1
    assert {each.prison for each in await empty.records(Envelope)} == {"MDI"}


@pytest.mark.parametrize("store", [MEMORY, pytest.param(POSTGRESQL, marks=pytest.mark.nightly)])
async def test_a_man_who_asked_and_one_who_never_did(store: str) -> None:
    """The death of either: the same holds and the same responses, then and until it is lifted and all is gone."""
    told: list[Any] = []
    for recipient in (None, "A1234BC"):
        async with (
            stores.opened(store, worlds.theatre().stage.clock) as within,
            opened(within, furnished=False) as world,
        ):
            await a_night(world, recipient)
            world.stage.random.seed(7)  # the same ids from here on: what differs then tells
            hold = await died(world)
            said = [await world[name].get(path) for name in ("oscar", "imb", "safer") for path in (HOLDS, hold)]
            world.at(tale.NIGHT + timedelta(days=40))
            await cleared(world)
            said.append(await tale.moved(world.imb, hold, "lift"))
            await cleared(world)
            said.append(await world.imb.get(hold))
            told.append([(a.status_code, a.content, a.headers.get("etag")) for a in said])
    assert told[0] == told[1]
    assert {status for status, _, _ in told[0]} == {200}


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_support_is_offered_at_once_and_once_a_day(empty: World) -> None:
    """To every active supporter, in the same act. What another records within the hour is the same hold, and needs no
    second offer; lifted once, it is lifted. What is recorded later, or of another day, has its own."""
    await tale.listeners_open(empty)
    hold = await died(empty)
    empty.later(minutes=60)
    assert await died(empty, "governor") == hold
    (offered,) = await empty.records(Postvention)
    assert (offered.supporters, offered.opened_on) == (2, date(2027, 1, 6))
    assert len((await empty.listener.get("/v1/postvention-tasks")).json()["items"]) == 1
    assert len(await empty.records(EnvelopeHold)) == 1
    await died(empty, on="2027-01-05")
    empty.later(seconds=1)
    assert await died(empty, "governor") != hold
    await done(empty.imb, hold, "lift")
    assert sorted((each.first_day, each.state) for each in await empty.records(EnvelopeHold)) == [
        *((date(2026, 12, 6), "HELD"), (date(2026, 12, 7), "HELD"), (date(2026, 12, 7), "LIFTED"))
    ]


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
@pytest.mark.parametrize(("typed", "marks"), [(10, [False, False]), (270, [True, True])])
async def test_what_is_typed_after_the_hold_is_marked(empty: World, typed: int, marks: list[bool]) -> None:
    """Asked at ten past two. Refused then, or so it is typed at twenty to seven, when the hold is there: late and after
    the hold, for safer custody, governor and board, and still so once it was lifted."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    path = await tale.asked(empty)
    empty.later(minutes=5)
    then = empty.now.isoformat()
    empty.later(minutes=typed - 5)
    if typed > 60:
        hold = await died(empty)
    await done(empty.officer, path, "refuse", {**NIGHT_STATE, "occurredAt": then})
    if typed > 60:
        await done(empty.imb, hold, "lift")
    empty.at(tale.NIGHT + timedelta(hours=8))
    await emptied(empty)
    (conduct,) = await empty.records(Conduct)
    for name in ("safer", "governor", "imb", "inspector"):
        shown = (await empty[name].get(f"/v1/conduct-records/{conduct.id}")).json()
        assert [shown["late"], shown["afterHold"]] == marks, name


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_what_happens_after_the_death_is_not_marked(empty: World) -> None:
    """Nor what is typed late about a time after it, nor in another prison."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    await died(empty)
    empty.later(minutes=1)
    then = empty.now.isoformat()
    empty.later(minutes=50)
    path = await tale.asked(empty, occurredAt=then)
    shown = (await empty.officer.get(path)).json()
    assert (shown["late"], shown["afterHold"]) == (True, False)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_who_records_a_death_and_when(empty: World) -> None:
    """Whoever runs the shift, or the governor, of his own prison, within a week."""
    await tale.listeners_open(empty)
    for name, status in (("officer", 403), ("safer", 403), ("imb", 403), ("coordinator", 403), ("listener", 404)):
        assert (await empty[name].post(HOLDS, DEATH)).status_code == status, name
    assert (await empty.oscar.post(HOLDS, {**DEATH, "prison": "LEI"})).status_code == 404
    for day in ("2027-01-07", "2026-12-29"):
        assert codes(await empty.oscar.post(HOLDS, {**DEATH, "on": day})) == ["WITHIN_A_WEEK"]
    assert codes(await empty.oscar.post(HOLDS, {**DEATH, "who": "A1234BC"})) == ["UNKNOWN_FIELD"]
    await died(empty, on="2026-12-30")
