"""Somebody who is helped goes to another prison: what he waited for ends there, and follows him nowhere (F47, rule
24)."""

from datetime import timedelta
from typing import Any

from domain.people.record import Person
from domain.sessions.request import Request
from tests.http.cast import CAST, person
from tests.http.prison_events import SEARCH, notification, told
from tests.http.world import World, observed

NUMBER = str(CAST["arthur"].number)
ASKED: dict[str, Any] = {"need": "EDUCATION", "channel": "KIOSK_OR_LAPTOP", "urgency": "ROUTINE", "wing": "MDI-A"}


async def test_what_he_asked_for_ends_where_he_asked(world: World) -> None:
    """A request under an open policy ends as moved, once, in whichever order it is told; his old prison has it so, and
    to the new one it never was. He asks anew there, and that is a request of the new prison."""
    path = (await world.arthur.post("/v1/requests", ASKED, key="asked-before")).headers["location"]
    left = notification(f"{SEARCH}released", world.now, of=NUMBER, reason="TRANSFERRED", prisonId="MDI")
    at = world.now + timedelta(minutes=5)
    came = notification(f"{SEARCH}received", at, of=NUMBER, reason="TRANSFERRED", prisonId="LEI")
    await told(world, came, left, came)
    (over,) = [r for r in await world.records(Request, prison="MDI") if r.person == person("arthur") and r.refusal_code]
    assert (over.state, over.refusal_code) == ("REFUSED", "MOVED")
    assert (await world.record(Person, person("arthur"))).prison == "LEI"
    nowhere = observed(await world["far-officer"].get("/v1/requests/00000000-0000-4000-8000-000000000000"))
    assert observed(await world["far-officer"].get(path)) == nowhere
    again = await world.arthur.post("/v1/requests", {**ASKED, "wing": "LEI-A"}, key="asked-after")
    assert again.status_code == 201
    (new,) = [r for r in await world.records(Request, prison="LEI") if r.person == person("arthur")]
    assert (new.state, new.wing) == ("RECEIVED", "LEI-A")
