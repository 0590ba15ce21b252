"""Through the gate: what a mentor goes to with somebody around his release, on which day, and whether it was kept, over
HTTP (S4, F50, F54; domain facts 1.10, 3.8 and 3.10)."""

import pytest

from domain.sessions.appointments import PlannedAppointment
from domain.supporters.record import Standing
from tests.http.cast import uid
from tests.http.furniture import MOORLAND, supporter
from tests.http.tale import done, moved
from tests.http.test_story_contacts import run
from tests.http.world import World, codes, observed, problem

CASE = f"/v1/enrolments/{uid('enrolment:THROUGH_THE_GATE')}"
GATE: dict[str, str] = {"what": "MET_AT_GATE", "dueOn": "2026-11-26"}


async def planned(world: World, **said: str) -> str:
    """Arthur is to be gone along with: the appointment's path."""
    made = await world.coordinator.post(f"{CASE}/appointments", {**GATE, **said})
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def due(world: World, path: str) -> list[tuple[str, str, bool]]:
    """What is due in the scheme, of appointments: (which, day, late)."""
    items = (await world.coordinator.get(f"{path}/due")).json()["items"]
    return [(each["which"], each["dueOn"], each["late"]) for each in items if each["what"] == "APPOINTMENT"]


async def test_met_at_the_gate_and_at_the_doctor_s(world: World) -> None:
    """Planned for a day and due then; kept, or not and why, as the mentor says himself; whoever goes reads his own, and
    nobody else in custody; what is not said of it is late."""
    path = await run(world, "THROUGH_THE_GATE")
    gate, doctor = await planned(world), await planned(world, what="GP", dueOn="2026-11-28")
    ids = [each.rpartition("/")[2] for each in (gate, doctor)]
    assert await due(world, path) == [(ids[0], "2026-11-26", False), (ids[1], "2026-11-28", False)]
    for name in ("ben", "arthur", "coordinator"):
        assert (await world[name].get(gate)).json()["dueOn"] == "2026-11-26", name
    never = f"/v1/appointments/{uid('never-existed')}"
    for name in ("mentor", "second-listener", "far-coordinator", "facilitator"):
        assert observed(await world[name].get(gate)) == observed(await world[name].get(never)), name
    for name in ("officer", "governor", "safer"):
        assert (await world[name].get(gate)).status_code == 403, name
    early = await moved(world.ben, gate, "note", {"kept": True})
    assert problem(early) == (422, "unacceptable", [("IN_THE_FUTURE", "/kept")])
    world.later(days=3)
    met = await done(world.ben, gate, "note", {"kept": True})
    assert (met["kept"], met["notedOn"], met["overdue"]) == (True, "2026-11-26", False)
    world.later(days=3)
    assert await due(world, path) == [(ids[1], "2026-11-28", True)]
    assert (await world.arthur.get(doctor)).json()["overdue"] is True
    wordless = await moved(world.ben, doctor, "note", {"kept": False})
    assert problem(wordless) == (422, "unacceptable", [("REASON_GOES_WITH_NOT_KEPT", "/notKeptFor")])
    missed = await done(world.ben, doctor, "note", {"kept": False, "notKeptFor": "CALLED_OFF_BY_AGENCY"})
    assert (missed["kept"], missed["notKeptFor"]) == (False, "CALLED_OFF_BY_AGENCY")
    assert await due(world, path) == []
    assert codes(await moved(world.coordinator, doctor, "note", {"kept": True})) == ["ALREADY_FINISHED"]
    assert (await world.arthur.post(f"{gate}/note", {"kept": True}, tag='"x"')).status_code == 404


async def test_what_is_to_come_goes_along_with_another_mentor(world: World) -> None:
    """The one who goes finds it no longer, the one who comes does; what has been stays with whoever went."""
    await run(world, "THROUGH_THE_GATE")
    helper = supporter(MOORLAND, "supporter:gate-two", "scheme:THROUGH_THE_GATE", "second-mentor", Standing.ACTIVE)
    await world.keep([helper])
    been, to_come = await planned(world, dueOn="2026-11-23"), await planned(world)
    await done(world.ben, been, "note", {"kept": True})
    body = {"because": "MENTOR_HAS_TOO_MUCH", "supporter": str(uid("supporter:gate-two"))}
    await done(world.coordinator, CASE, "change-mentor", body)
    assert [(await world.ben.get(each)).status_code for each in (been, to_come)] == [200, 404]
    hat = {"acting_as": uid("supporter:gate-two")}
    assert [(await world["second-mentor"].get(each, **hat)).status_code for each in (been, to_come)] == [404, 200]
    await done(world.coordinator, f"/v1/supporters/{uid('supporter:gate-two')}", "stand-down", {"reason": "OWN_WISH"})
    (left,) = await world.records(PlannedAppointment, enrolment=uid("enrolment:THROUGH_THE_GATE"), kept=None)
    assert left.supporter_person is None
    assert (await world.arthur.get(to_come)).status_code == 200


@pytest.mark.parametrize(("code", "may"), [("SOCIAL_CARE_BUDDIES", True), ("PEER_ADVISERS", False)])
async def test_only_where_supporters_go_along(world: World, code: str, may: bool) -> None:
    """A buddy goes to the clinic with somebody; an adviser goes nowhere: by the sheet of each."""
    await run(world, code)
    body = {"what": "VISIT_OR_CLINIC_INSIDE", "dueOn": "2026-11-26"}
    made = await world.coordinator.post(f"/v1/enrolments/{uid(f'enrolment:{code}')}/appointments", body)
    assert made.status_code == (201 if may else 409), made.text
    if not may:
        assert codes(made) == ["KIND_DOES_NOT_ALLOW"]
    past = await world.coordinator.post(
        f"/v1/enrolments/{uid(f'enrolment:{code}')}/appointments", {**body, "dueOn": "2026-11-22"}
    )
    assert problem(past)[2] == [("IN_THE_PAST", "/dueOn")] if may else codes(past) == ["KIND_DOES_NOT_ALLOW"]
