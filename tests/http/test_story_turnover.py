"""How many supporters there will be, and holds on their transfer: over HTTP, by everybody who may and who may not."""

from datetime import timedelta
from math import exp
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from api.work.loop import result_of
from domain.oversight import jobs
from domain.oversight.record import Job
from domain.supporters.record import LeavingReason, Standing, Supporter
from domain.turnover.holds import TransferHold, settle
from tests.http import furniture
from tests.http.cast import CAST, START, uid
from tests.http.places import LEEDS, MOORLAND
from tests.http.world import World, codes, problem

TODAY = START.date()
SHANNON = f"/v1/schemes/{uid('scheme:shannon')}"
FORECAST = f"{SHANNON}/forecast"
HOLDS = f"{SHANNON}/transfer-holds"
READERS = ("coordinator", "governor", "safer", "facilitator")


def number(name: str) -> str:
    return str(CAST[name].number)


async def test_the_forecast_says_what_it_came_from(world: World) -> None:
    """By hand: two mentors and two who are suspended have served 170 days each and nobody has left, so with the prior
    four in 1,440 + 680 days. Those who are suspended give no cover, and are counted as that;
    one of the two is released in ten days, of the other's release nothing is known."""
    assert world.stage.releases is not None
    world.stage.releases |= {number("mentor"): TODAY + timedelta(days=10), number("second-mentor"): None}
    rate = 4 / (1440 + 680)
    for name in READERS:
        told = (await world[name].get(FORECAST)).json()
        assert told["label"] == "ESTIMATE"
        assert (told["active"], told["minimum"], told["releaseUnknown"], told["releaseNotAsked"]) == (2, 1, 1, 0)
        weeks = told["weeks"]
        assert len(weeks) == 13
        assert [w["expected"] for w in weeks[:2]] == [round(2 * exp(-7 * rate), 2), round(exp(-14 * rate), 2)]
        assert [w["released"] for w in weeks[:3]] == [0, 1, 0]
        assert (told["usualDropOut"]["basis"], told["usualDropOut"]["leavers"]) == ("PRIOR", 0)
        assert told["usualDropOut"]["share"] == round(1 - exp(-30 * rate), 2)
        assert told["shortIn"] == weeks[1]["starts"]  # below one, from the week in which one is released
        lead = told["leadTime"]
        assert lead["days"] == lead["vacancy"] + lead["training"] + lead["probation"]
        assert told["startBy"] == str(TODAY + timedelta(days=7 - lead["days"]))
        assert told["tooLate"]
        assert [at["days"] for at in told["at"]] == [30, 60, 90]


async def test_a_source_that_cannot_be_asked_is_said(world: World) -> None:
    """No date is made up: how many could not be asked for is told."""
    world.stage.releases = None
    told = (await world.coordinator.get(FORECAST)).json()
    assert (told["releaseUnknown"], told["releaseNotAsked"]) == (0, 2)


async def test_a_transfer_at_six_makes_the_forecast_anew(world: World) -> None:
    """Scenario 5: an active mentor is transferred; his learners stay enrolled, and the forecast counts one fewer, and
    one who left, at once."""
    before = (await world.coordinator.get(FORECAST)).json()
    mentor = f"/v1/supporters/{uid('supporter:mentor')}"
    tag = await world.coordinator.tag(mentor)
    assert (await world.coordinator.post(f"{mentor}/stand-down", {"reason": "TRANSFERRED"}, tag=tag)).is_success
    after = (await world.coordinator.get(FORECAST)).json()
    assert (before["active"], after["active"]) == (2, 1)
    assert (after["usualDropOut"]["basis"], after["usualDropOut"]["leavers"]) == ("OWN_PAST_AND_PRIOR", 1)
    assert after["whileHeld"]["leavers"] == 0
    enrolment = (await world.coordinator.get(f"/v1/enrolments/{uid('enrolment')}", purpose="support")).json()
    assert enrolment["state"] == "STARTED"


async def test_a_scheme_s_own_past_is_a_curve_of_its_own(world: World) -> None:
    """Eight leavers and it is Kaplan and Meier's: the same number that the estimator gives by itself."""
    gone = [
        furniture.supporter(
            MOORLAND,
            f"gone:{n}",
            "scheme:shannon",
            f"gone:{n}",
            Standing.STOOD_DOWN,
            active_from=TODAY - timedelta(days=300),
            left_on=TODAY - timedelta(days=300 - 20 * n),
            left_for=LeavingReason.OWN_WISH,
        )
        for n in range(1, 9)
    ]
    await world.keep(gone)
    told = (await world.coordinator.get(FORECAST)).json()
    assert (told["usualDropOut"]["basis"], told["usualDropOut"]["leavers"]) == ("OWN_PAST", 8)
    assert told["usualDropOut"]["days"] == 20 * 36 + 4 * 170


async def test_a_prison_is_one_request(world: World) -> None:
    """Each open scheme in reach, and none of another prison or of another coordinator's."""
    mine = (await world.governor.get("/v1/forecasts")).json()["items"]
    assert {each["prison"] for each in mine} == {"MDI"}
    assert str(uid("scheme:shannon")) in {each["scheme"] for each in mine}
    theirs = (await world["far-safer"].get("/v1/forecasts?prison=LEI")).json()["items"]
    assert {each["prison"] for each in theirs} == {"LEI"}
    assert (await world.governor.get("/v1/forecasts?prison=LEI")).json()["items"] == []
    one = (await world["shannon-coordinator"].get("/v1/forecasts")).json()["items"]
    assert [each["scheme"] for each in one] == [str(uid("scheme:shannon"))]


@pytest.mark.parametrize("name", ["officer", "hub", "headquarters", "inspector", "evaluator", "integrator"])
async def test_whoever_does_not_run_or_watch_over_it_reads_no_forecast(world: World, name: str) -> None:
    """Numbers of supporters that small stay with those who need them."""
    if name not in CAST:
        pytest.skip("nobody of that role in the cast")
    assert (await world[name].get(FORECAST)).status_code == 403


@pytest.mark.parametrize("name", ["arthur", "mentor", "peer-coordinator"])
async def test_in_custody_there_is_no_forecast(world: World, name: str) -> None:
    """Nor that there is one: who is to be released when is nobody's to work out."""
    assert (await world[name].get(FORECAST)).status_code == 404


async def ask(world: World, **body: Any) -> Any:
    """The coordinator asks for a hold on the mentor."""
    given = {"supporter": str(uid("supporter:mentor")), "reason": "COVER", "until": str(TODAY + timedelta(days=30))}
    return await world.coordinator.post(HOLDS, {**given, **body})


async def decide(world: World, hold: str, name: str = "governor", **body: Any) -> Any:
    """Somebody decides."""
    tag = await world[name].tag(hold)
    return await world[name].post(f"{hold}/decide", body or {"granted": True}, tag=tag)


async def test_a_hold_is_asked_for_granted_and_holds(world: World) -> None:
    """Asked by the coordinator, granted by the governor, in the forecast while it stands; when its day has passed and
    he is still there, the clock says that it held."""
    hold = (await ask(world)).headers["Location"]
    assert codes(await ask(world)) == ["HOLD_ALREADY_ASKED"]
    told = (await decide(world, hold)).json()
    assert (told["state"], told["stands"]) == ("GRANTED", True)
    assert (await world.coordinator.get(FORECAST)).json()["holds"]["standing"] == 1
    world.later(days=31)
    assert await settle(service_begin(world.house.runtime)) == 1
    (kept,) = await world.records(TransferHold, supporter=uid("supporter:mentor"))
    assert (kept.state, kept.outcome) == ("ENDED", "HELD")


async def test_a_move_in_spite_of_a_hold_is_counted(world: World) -> None:
    """It binds nobody; but it is known how often it was not minded."""
    hold = (await ask(world)).headers["Location"]
    await decide(world, hold)
    mentor = f"/v1/supporters/{uid('supporter:mentor')}"
    tag = await world.coordinator.tag(mentor)
    await world.coordinator.post(f"{mentor}/stand-down", {"reason": "TRANSFERRED"}, tag=tag)
    assert await settle(service_begin(world.house.runtime)) == 1
    assert (await world.coordinator.get(FORECAST)).json()["holds"]["movedAnyway"] == 1
    assert await settle(service_begin(world.house.runtime)) == 0


async def test_a_refusal_says_why_and_enough_of_them_make_a_share(world: World) -> None:
    """A no has a reason; of fewer than eight decisions no share is told, of eight it is."""
    hold = (await ask(world)).headers["Location"]
    assert problem(await decide(world, hold, granted=False))[2] == [("REASON_GOES_WITH_NO", "/refusedFor")]
    refused = (await decide(world, hold, granted=False, refusedFor="PROGRESSION")).json()
    assert (refused["state"], refused["refusedFor"]) == ("REFUSED", "PROGRESSION")
    assert codes(await decide(world, hold)) == ["STATE_REFUSED"]
    holds = (await world.governor.get(FORECAST)).json()["holds"]
    assert (holds["refused"], holds["shareRefused"]) == (1, None)
    for _ in range(6):
        await decide(world, (await ask(world)).headers["Location"], granted=False, refusedFor="SECURITY")
    assert (await world.governor.get(FORECAST)).json()["holds"]["shareRefused"] == 88  # seven of eight


async def test_a_hold_fits_where_its_supporter_stands_and_is_no_life_sentence(world: World) -> None:
    """Training is no reason for one who has served for months; half a year is the most; yesterday is no day."""
    assert codes(await ask(world, reason="TRAINING")) == ["STATE_ACTIVE"]
    too_long = await ask(world, until=str(TODAY + timedelta(days=184)))
    assert problem(too_long)[2] == [("HOLD_TOO_LONG", "/until")]
    past = await ask(world, until=str(TODAY - timedelta(days=1)))
    assert problem(past)[2] == [("IN_THE_PAST", "/until")]
    elsewhere = await ask(world, supporter=str(uid("supporter:insider")))
    assert problem(elsewhere)[2] == [("NOT_OF_THIS_SCHEME", "/supporter")]


async def test_who_asked_does_not_decide_and_may_take_it_back(world: World) -> None:
    """The coordinator has no such verb; he withdraws what waits, and lifts what stands."""
    hold = (await ask(world)).headers["Location"]
    tag = await world.coordinator.tag(hold)
    assert (await world.coordinator.post(f"{hold}/decide", {"granted": True}, tag=tag)).status_code == 403
    assert (await world.coordinator.post(f"{hold}/withdraw", tag=tag)).json()["state"] == "WITHDRAWN"
    again = (await ask(world)).headers["Location"]
    await decide(world, again)
    lifted = await world.coordinator.post(f"{again}/end", tag=await world.coordinator.tag(again))
    assert (lifted.json()["state"], lifted.json()["outcome"]) == ("ENDED", "ENDED")


async def test_headquarters_has_counts_of_all_prisons_and_of_none_by_itself(world: World) -> None:
    """A job of headquarters' own: every count through disclosure control; nobody else may start it."""
    started = await world.headquarters.post("/v1/jobs", {"kind": "TURNOVER"})
    assert started.status_code == 202
    refused = await world.governor.post("/v1/jobs", {"kind": "TURNOVER"}, purpose="oversight")
    assert problem(refused)[2] == [("JOB_OF_HEADQUARTERS", "/kind")]
    with_scheme = await world.headquarters.post("/v1/jobs", {"kind": "TURNOVER", "scheme": str(uid("scheme:shannon"))})
    assert problem(with_scheme)[2] == [("UNKNOWN_FIELD", "/scheme")]
    runtime = world.house.runtime
    while (job := await jobs.next_waiting(service_begin(runtime))) is not None:
        if job.kind == "TURNOVER":
            await jobs.finish(service_begin(runtime), job, await result_of(runtime, job))
    done = (await world.headquarters.get(started.headers["Location"])).json()
    assert (done["state"], done["progress"], done["prison"]) == ("DONE", 100, None)
    told = done["result"]
    assert told["prisons"] == 2  # of England and Wales: never Ireland's
    assert "LISTENERS" in told["kinds"]
    counts = [count for row in (*told["kinds"].values(), told["total"]) for count in row.values()]
    assert all(count is None or count % 5 == 0 for count in counts)
    assert (await world.governor.get(started.headers["Location"])).status_code == 404
    (kept,) = await world.records(Job, id=job_id(started.headers["Location"]))
    assert kept.progress == 100


def job_id(location: str) -> Any:
    """The id at the end of an address."""
    return UUID(location.rpartition("/")[2])


async def test_the_same_supporters_elsewhere_change_nothing(world: World) -> None:
    """A forecast is of one scheme: another prison's past moves no number of it."""
    before = (await world.coordinator.get(FORECAST)).json()
    (theirs,) = await world.records(Supporter, id=LEEDS.id("supporter:mentor"))
    await world.change(
        furniture.supporter(
            LEEDS,
            "supporter:mentor",
            "scheme:shannon",
            "far:mentor",
            Standing.STOOD_DOWN,
            left_on=TODAY,
            left_for=LeavingReason.OWN_WISH,
            active_from=theirs.active_from,
        )
    )
    assert (await world.coordinator.get(FORECAST)).json() == before
