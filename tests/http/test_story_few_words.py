"""A remand learner for whom a kiosk reads everything aloud, and who answers by icons (scenario 16); and a call from a
cell's telephone by somebody who does not say who he is (scenario 17)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from api.work.bench import service_begin
from domain.confidentiality.policy import grants_of
from domain.confidentiality.roles import Role
from domain.people.record import Person
from domain.sessions import emptying, mixing
from domain.sessions.conduct import Conduct
from domain.sessions.mixed import MixedTally, MonthCount, Residue
from domain.sessions.request import Request
from tests.http import tale
from tests.http.cast import person, uid
from tests.http.operations import OPERATIONS
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done
from tests.http.world import World, theatre

CODED: Final = {"enum", "format", "pattern", "const"}
"""What a schema says of a text that is chosen and not written."""


def written(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    """The members of a body without which it is refused and that must be typed in words."""
    for name in schema.get("required", []):
        told = schema["properties"][name]
        while "$ref" in told or "items" in told:
            told = told.get("items") or document["components"]["schemas"][told["$ref"].rpartition("/")[2]]
        if told.get("type") == "string" and not CODED & set(told):
            yield name


def test_nothing_that_a_man_may_do_asks_him_for_words() -> None:
    """Scenario 16: whatever a person in custody may send by himself is yes or no, a number, a day or a code with an
    icon of its own; the same API as for everybody."""
    document = theatre().contract.document
    his = [o for o in OPERATIONS if o.has_body and grants_of(Role.PERSON_IN_CUSTODY, o.verb)]
    assert {"askForSupport", "giveFeedback", "applyToSupport", "shareEnrolment"} <= {o.name for o in his}
    for operation in his:
        body = document["paths"][operation.template][operation.method.lower()]["requestBody"]["content"]
        told = body["application/json"]["schema"]
        schema = document["components"]["schemas"][told["$ref"].rpartition("/")[2]] if "$ref" in told else told
        assert list(written(schema, document)) == [], operation.name


@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_a_learner_answers_by_icons(world: World) -> None:
    """Scenario 16: he says yes to others being told how he gets on, gives a number of stars, and asks for help to read:
    yes, a number and codes."""
    shared = await done(world.arthur, f"/v1/enrolments/{uid('enrolment')}", "share", {"shared": True})
    assert shared["shared"] is True
    stars = {"scheme": str(uid("scheme:shannon")), "rating": 4, "anonymous": True}
    assert (await world.arthur.post("/v1/feedback", stars)).status_code == 201
    asked = {"need": "EDUCATION", "channel": "KIOSK_OR_LAPTOP", "urgency": "ROUTINE", "wing": "MDI-A"}
    answer = await world.arthur.post("/v1/requests", asked, key="kiosk-key-0001")
    assert answer.status_code == 201, answer.text
    (kept,) = [
        r
        for r in await world.records(Request, prison="MDI")
        if r.person == person("arthur") and r.asked_at == world.now
    ]
    assert (kept.need, kept.closed) == ("EDUCATION", False)


async def call(world: World, number: int) -> None:
    """From a cell's telephone: nobody says who he is, nobody moves; the Listener counts it."""
    await tale.on_duty(world)
    path = await tale.asked(
        world, key=f"phone-key-{number:04d}", channel="IN_CELL_PHONE", recipient=None, cell=None, language=None
    )
    await done(world.officer, path, "offer")
    await done(world.officer, path, "answer", {"accepted": True})
    through = await done(world.officer, path, "unlock", {"place": "IN_CELL_PHONE"})
    assert (through["recipient"], through["cell"], through["person"]) == (None, None, None)
    world.later(minutes=20)
    await done(world.officer, path, "complete")
    tally = {**tale.TALLY, "duration": "FROM_15_TO_30"}
    assert (await world.listener.post("/v1/tallies", tally, key=f"count-key-{number:04d}")).status_code == 201


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_call_of_somebody_without_a_name_is_a_count(empty: World) -> None:
    """Scenario 17: a request without identity, no movement, a tally alone. No person is heard of by it; the month
    counts five requests of nobody who was named, met, and no refusal. What a supporter's load counts is his rota, and
    not the calls (rule 9): his own page is as it was."""
    _, (listener, _) = await tale.listeners_open(empty)
    await mixing.mix(lambda: service_begin(empty.house.runtime))
    people = await empty.records(Person)
    load = (await empty.samaritan.get(listener)).json()
    for number in range(5):
        empty.at(tale.NIGHT + timedelta(days=number))
        await call(empty, number)
    empty.later(hours=10)
    await emptying.empty(lambda: service_begin(empty.house.runtime), None)
    assert await empty.records(Request) == []
    assert await empty.records(Conduct) == []
    assert await empty.records(Person) == people
    assert (await empty.samaritan.get(listener)).json() == load
    empty.at(datetime(2027, 2, 3, 0, 5, tzinfo=UTC))
    await mixing.mix(lambda: service_begin(empty.house.runtime))
    (month,) = [m for m in await empty.records(MonthCount) if m.month.month == 1]
    assert (month.tallies, month.requests, month.people, month.unnamed) == (5, 5, 0, 5)
    assert [t.duration for t in await empty.records(MixedTally)] == ["FROM_15_TO_30"] * 5
    assert [(r.came_to, r.minutes_in_all) for r in await empty.records(Residue)] == [("MET", 0)] * 5
