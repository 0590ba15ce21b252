"""A prison in which the service is not rolled out yet: it is prepared there, and nobody in custody is shown it."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.rollout import EVERYWHERE, RollOut, rolled_out
from domain.sessions.request import Request
from domain.supporters.record import Standing, Supporter
from tests.http import stores, tale, world
from tests.http.cast import uid
from tests.http.prison_events import told
from tests.http.tale import done, moved
from tests.http.test_story_life import PLAN, planned
from tests.http.test_story_movements import LEFT
from tests.http.world import Theatre, World, codes, observed

_ELSEWHERE = RollOut(frozenset({"LEI"}))
"""Leeds has it, and Moorland not yet."""
OWN = (
    *("/v1/me", "/v1/policy", "/v1/kinds", "/v1/schemes", "/v1/supporters", "/v1/tasks", "/v1/enrolments"),
    *("/v1/vacancies", "/v1/certificates", f"/v1/schemes/{uid('scheme:shannon')}"),
)
_houses: list[Theatre] = []


@pytest.fixture(params=stores.NAMES, name="leeds_only")
async def _leeds_only(request: pytest.FixtureRequest) -> AsyncGenerator[World]:
    """The furnished world, of which Leeds has the service."""
    if not _houses:
        _houses.append(Theatre(rollout=_ELSEWHERE))
    (house,) = _houses
    async with stores.opened(request.param, house.stage.clock) as store, world.opened(store, house=house) as made:
        yield made


async def test_a_scheme_is_prepared_and_does_not_open(leeds_only: World) -> None:
    """It is planned, approved, and its mentors are trained and take up their roles; the day itself waits for the
    roll-out, and readiness says so before it is tried. In Leeds the same is no hindrance."""
    scheme = await tale.scheme_approved(leeds_only, "SHANNON_TRUST", **PLAN)
    await planned(leeds_only, scheme)
    (move,) = (await leeds_only.coordinator.get(f"{scheme}/readiness")).json()["moves"]
    assert (move["move"], move["missing"]) == ("OPEN_SCHEME", ["NO_ACTIVE_SUPPORTER", "PRISON_NOT_ROLLED_OUT"])
    refused = await moved(leeds_only.coordinator, scheme, "open")
    assert (refused.status_code, codes(refused)) == (409, move["missing"])
    mine = (await leeds_only["far-coordinator"].get("/v1/schemes?state=APPROVED")).json()["items"]
    for each in mine:
        said = (await leeds_only["far-coordinator"].get(f"/v1/schemes/{each['id']}/readiness")).json()["moves"]
        assert all("PRISON_NOT_ROLLED_OUT" in m["cleared"] for m in said if m["move"] == "OPEN_SCHEME")


async def test_what_serves_already_goes_on_and_what_stopped_does_not(leeds_only: World) -> None:
    """No setting ends a night's cover: a live scheme stays live, and shows the gap; suspended, it does not go on."""
    scheme = f"/v1/schemes/{uid('scheme:shannon')}"
    assert (await leeds_only.coordinator.get(scheme)).json()["open"] is True
    await done(leeds_only.governor, scheme, "suspend", {"reason": "REGIME", "reviewOn": "2026-12-01"})
    assert codes(await moved(leeds_only.governor, scheme, "resume")) == ["PRISON_NOT_ROLLED_OUT"]


async def test_people_in_custody_have_no_surface(leeds_only: World) -> None:
    """Whatever they ask, where it is and where it is not: the one answer that is no answer, supporters too. In Leeds a
    man finds what he always did."""
    nothing = observed(await leeds_only.arthur.get("/v1/there-is-no-such-thing"))
    assert nothing[0] == 404
    for who in ("arthur", "listener", "mentor", "peer-coordinator"):
        for path in OWN:
            assert observed(await leeds_only[who].get(path)) == nothing, (who, path)
    applied = await leeds_only.arthur.post("/v1/supporters", {"scheme": str(uid("scheme:shannon")), "wing": "MDI-A"})
    assert applied.status_code == 404
    assert (await leeds_only["far-man"].get("/v1/me")).status_code == 200
    assert (await leeds_only["far-man"].get("/v1/schemes")).json()["items"] != []


async def test_asking_is_taken_wherever_it_comes_from(leeds_only: World) -> None:
    """A setting refuses nobody's call for help; and where a life is at risk the answer says what to do now."""
    body: dict[str, Any] = {"need": "EMOTIONAL", "channel": "KIOSK_OR_LAPTOP", "urgency": "NOW", "wing": "MDI-A"}
    leeds_only.later(minutes=1)
    asked = await leeds_only.arthur.post("/v1/requests", body, key="asked-once")
    assert asked.status_code == 201
    at_risk = await leeds_only.arthur.post("/v1/requests", {**body, "urgency": "LIFE_AT_RISK"}, key="asked-at-risk")
    assert at_risk.json()["doThisNow"]
    kept = [each for each in await leeds_only.records(Request, prison="MDI") if each.asked_at == leeds_only.now]
    assert sorted(each.urgency for each in kept) == ["LIFE_AT_RISK", "NOW"]


async def test_events_are_followed_for_whom_something_is_kept(leeds_only: World) -> None:
    """He was moved, whether or not his prison has the service: records that did not follow would be wrong on its first
    day."""
    await told(leeds_only, LEFT)
    mentor = await leeds_only.record(Supporter, UUID(str(uid("supporter:mentor"))))
    assert mentor.standing is Standing.TRANSFERRED_OUT


def test_the_list_of_the_estate() -> None:
    """Codes, or its word for all of them, whichever stands beside it."""
    assert rolled_out(["MDI", "LEI"]).includes("MDI")
    assert not rolled_out(["LEI"]).includes("MDI")
    assert not rolled_out([]).includes("MDI")
    assert rolled_out(["LEI", "***"]) == EVERYWHERE
    assert EVERYWHERE.includes("MDI")
