"""Suitability from the prison's own records, in the shapes in which the estate's systems answer (S18): what they say
decides, what they do not say is not known, and never 'none'."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from persistence.prison.apart import KnownApart
from persistence.prison.facts import PrisonFactsFound
from tests.http import tale
from tests.http.cast import CAST
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import moved
from tests.http.test_story_kept_apart import PLAN
from tests.http.test_story_recruiting import YES, applied
from tests.http.world import World, codes
from tests.outside import estate_data
from tests.prison.elsewhere import Elsewhere, line, said

ARTHUR = str(CAST["arthur"].number)
SEARCH, ALERTS = "/prisoner-search/prisoner-numbers", "/search/alerts/prison-numbers"
CSIP, ROLES = f"/prisoners/{ARTHUR}/csip-records/current", "/prisons/MDI/prisoner-allocations"
APART = "/non-associations/involving"


def sample(name: str) -> Any:
    """What a system of the estate answers, as its makers publish it."""
    return json.loads(estate_data("samples", name).read_text())


def him(**more: Any) -> list[dict[str, Any]]:
    """Arthur, as Prisoner Search knows the man of its example."""
    return [sample("prisoner-search.prisoner.full.json") | {"prisonerNumber": ARTHUR} | more]


def alerts(*given: str) -> dict[str, Any]:
    """His alerts, as the alerts' system knows those of its example."""
    (example,) = sample("alerts.search-prison-numbers.json")["content"]
    codes = [{**example["alertCode"], "code": code} for code in given]
    return {"content": [example | {"prisonNumber": ARTHUR, "alertCode": code} for code in codes]}


@asynccontextmanager
async def systems(world: World) -> AsyncGenerator[Elsewhere]:
    """The four systems that say what is known of him, asked as a service asks them."""
    async with line() as at:
        at.server.answers |= {
            SEARCH: said(him()),
            ALERTS: said(alerts()),
            CSIP: said({"currentCsip": {"status": {"code": "CSIP_OPEN"}}, "totalOpenedCsipCount": 1}),
            ROLES: said([{"prisonerNumber": ARTHUR, "allocations": [{"status": "ACTIVE", "isUnemployment": False}]}]),
        }
        found: Any = PrisonFactsFound(at.upstream, alerts=at.upstream, csip=at.upstream, activities=at.upstream)
        world.stage.prison = found
        yield at.server


async def assessed(world: World) -> tuple[str, dict[str, tuple[str, str]]]:
    """He applies, is cleared and is assessed: his path, and what came of each rule."""
    scheme = await tale.scheme_approved(world, "INSIDERS")
    path = await applied(world, "arthur", scheme.rpartition("/")[2])
    told = (await world.coordinator.get(await tale.suited(world, path))).json()
    return path, {each["rule"]: (each["outcome"], each["reason"]) for each in told["results"]}


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_what_the_systems_say_decides(empty: World) -> None:
    """An open ACCT, a level of incentives, a plan, a day of release that is near."""
    async with systems(empty) as at:
        soon = empty.now.date().replace(day=30).isoformat()
        at.answers[SEARCH] = said(him(confirmedReleaseDate=soon))
        at.answers[ALERTS] = said(alerts("XNR", "HA", "XEL"))
        path, came = await assessed(empty)
    assert came["TIME_LEFT"] == ("FAILED", "TOO_LITTLE_TIME")
    assert came["ACCT_OPEN"] == ("REVIEW", "OPEN_NOW")
    assert came["SAFETY_ALERT"] == ("REVIEW", "ALERT_ACTIVE")
    assert came["CSIP_OPEN"][1] == "OPEN_NOW"
    assert came["INCENTIVE_LEVEL"] == ("PASSED", "AS_ASKED"), "Standard, as it is asked for"
    assert "UNREVIEWED_ACCT_OPEN" in codes(await moved(empty.coordinator, path, "decide", YES))


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
@pytest.mark.parametrize(
    ("path", "answer", "unknown"),
    [
        (SEARCH, him, {"TIME_LEFT", "INCENTIVE_LEVEL"}),
        (ALERTS, {"status": 503}, {"ACCT_OPEN", "SAFETY_ALERT"}),
        (CSIP, {"status": 503}, {"CSIP_OPEN"}),
        (SEARCH, {"status": 503}, {"TIME_LEFT", "INCENTIVE_LEVEL", "ACCT_OPEN", "SAFETY_ALERT", "CSIP_OPEN"}),
    ],
    ids=["no date and no level", "alerts are away", "CSIP is away", "all that is known of him is away"],
)
async def test_what_they_do_not_say_is_not_known_and_no_pass(
    empty: World, path: str, answer: Any, unknown: set[str]
) -> None:
    """On remand there is no day of release; a system is away: neither is 'none', and nobody is let in by it."""
    async with systems(empty) as at:
        if callable(answer):
            at.answers[path] = said(him(releaseDate=None, confirmedReleaseDate=None, currentIncentive=None))
        else:
            at.answers[path] = said(answer, answer["status"])
        supporter, came = await assessed(empty)
    assert {
        rule for rule in came if rule in _THEIRS and came[rule] == ("UNKNOWN", "NOT_KNOWN")
    } == unknown & came.keys()
    no = codes(await moved(empty.coordinator, supporter, "decide", YES))
    assert no, "what is not known lets nobody in"


_THEIRS = {"TIME_LEFT", "INCENTIVE_LEVEL", "ACCT_OPEN", "SAFETY_ALERT", "CSIP_OPEN"}


@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_two_whom_the_systems_keep_apart_are_not_brought_together(world: World) -> None:
    """A non-association as its system answers it: the next session of the two is refused; of one that was closed, or is
    of others, nothing is."""
    learner, mentor = ARTHUR, str(CAST["mentor"].number)
    first, *_ = sample("non-associations.involving.json")
    pair = first | {"firstPrisonerNumber": learner, "secondPrisonerNumber": mentor}
    closed = pair | {"isClosed": True, "isOpen": False}
    for hour, answer, status in ((10, [first], 201), (11, [closed], 201), (14, [first, pair], 409)):
        plan = PLAN | {"startsAt": f"2026-11-26T{hour}:00:00Z", "endsAt": f"2026-11-26T{hour}:20:00Z"}
        async with line() as at:
            at.server.answers[APART] = said(answer)
            apart: Any = KnownApart(at.upstream, recorded_as_non_associations=True)
            world.stage.apart = apart
            answered = await world.coordinator.post("/v1/sessions", plan)
            await apart.aclose()
        assert answered.status_code == status, answered.text
    assert codes(answered) == ["NOT_AVAILABLE"]
