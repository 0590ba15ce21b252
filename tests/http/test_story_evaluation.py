"""Did it work, said honestly: a plan that is registered before it is judged, people measured, and a report that says no
more than its design can bear (S30, S32, S33, S34, X24, F61, F65, F66)."""

import dataclasses
import json
from datetime import date
from typing import Any

import httpx
import pytest

from api.work.bench import service_begin
from api.work.loop import result_of
from domain.evaluation.gathering import asked_of
from domain.evaluation.measurement import Measurement
from domain.evaluation.plan import Evaluation
from domain.evaluation.reporting import EvaluationReport
from domain.metrics.record import KEPT_BACK, Figure
from domain.metrics.series import LAYOUTS, Series
from domain.oversight import jobs
from domain.oversight.record import JobKind
from tests.http.cast import assignment, uid
from tests.http.evaluation_operations import PLAN
from tests.http.metrics_furniture import figure
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.world import World, codes, problem

LISTENERS = f"/v1/schemes/{uid('scheme:listeners')}"
RECOVERY = f"/v1/schemes/{uid('scheme:recovery')}"
SHANNON = f"/v1/schemes/{uid('scheme:shannon')}"
BEGUN = f"/v1/evaluations/{uid('evaluation')}"
CASE = f"/v1/enrolments/{uid('enrolment')}"
ARTHURS = f"/v1/measurements/{uid('measurement')}"
FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
WELL: dict[str, Any] = {
    "instrument": "SWEMWBS",
    "point": "END",
    "takenOn": "2026-11-23",
    "consentVersion": 1,
    "mode": "ON_PAPER",
    "answers": [3, 4, 3, 4, 3, 4, 3],
}
CORE: dict[str, Any] = {**WELL, "instrument": "CORE_10", "answers": [1] * 10}


async def planned(world: World, scheme: str = SHANNON, **changes: Any) -> httpx.Response:
    """A plan is sent: the answer."""
    return await world.coordinator.post(f"{scheme}/evaluations", {**PLAN, **changes})


async def measured(world: World, by: str = "coordinator", **changes: Any) -> httpx.Response:
    """Arthur is measured: the answer."""
    return await world[by].post(f"{CASE}/measurements", {**WELL, **changes})


async def reported(world: World, scheme: str = SHANNON, by: str = "evaluator") -> str:
    """A report is asked for and made: the path of its job."""
    answer = await world[by].post("/v1/jobs", {"kind": "EVALUATION", "scheme": scheme.rpartition("/")[2]})
    assert answer.status_code == 202, answer.text
    runtime = world.house.runtime
    while (job := await jobs.next_waiting(service_begin(runtime))) is not None:
        if job.kind is JobKind.EVALUATION:
            await jobs.finish(service_begin(runtime), job, await result_of(runtime, job))
    return answer.headers["location"]


async def test_a_plan_is_registered_stands_and_is_concluded_on_its_day(world: World) -> None:
    """Written, registered, changed no more but for what is told as it goes, and concluded once its time has come."""
    made = await planned(world, RECOVERY)
    assert made.status_code == 201, made.text
    path = made.headers["location"]
    assert (await done(world.coordinator, path, "register"))["state"] == "REGISTERED"
    tag = await world.coordinator.tag(path)
    other = await world.coordinator.patch(path, {"outcome": "WEMWBS"}, tag=tag)
    assert codes(other) == ["REGISTERED_AS_IT_IS"]
    told = await world.coordinator.patch(path, {"approached": 30, "refused": 4}, tag=tag)
    assert told.status_code == 200, told.text
    early = await moved(world.coordinator, path, "conclude", {"conclusion": "They fared better."})
    assert codes(early) == ["NOT_RUN_LONG_ENOUGH", "BEFORE_ANALYSIS_DAY"]
    for _ in range(4):  # whoever does nothing for ninety days holds no role
        world.later(days=50)
        assert (await world.coordinator.get(path)).status_code == 200
    ended = await done(world.coordinator, path, "conclude", {"conclusion": "They fared better, as they say."})
    assert (ended["state"], ended["endedOn"]) == ("CONCLUDED", "2027-06-11")
    assert codes(await moved(world.coordinator, path, "abandon", {"reason": "WOULD_HARM"})) == ["STATE_CONCLUDED"]


@FIRST
async def test_one_evaluation_of_a_scheme_is_under_way_at_a_time(world: World) -> None:
    """What people answer is answered for it; given up, it stays to be seen, and another may begin."""
    path = (await planned(world)).headers["location"]
    assert codes(await moved(world.coordinator, path, "register")) == ["ANOTHER_UNDER_WAY"]
    gone = await done(world.coordinator, BEGUN, "abandon", {"reason": "TOO_FEW_PEOPLE"})
    assert (gone["state"], gone["abandonedFor"]) == ("ABANDONED", "TOO_FEW_PEOPLE")
    assert (await done(world.coordinator, path, "register"))["state"] == "REGISTERED"
    assert (await world.governor.get(BEGUN)).json()["state"] == "ABANDONED"


@FIRST
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"question": "What effect has it?"}, ("DESIGN_SHOWS_NO_EFFECT", "/question")),
        ({"title": "Effaith darllen"}, ("DESIGN_SHOWS_NO_EFFECT", "/title")),
        ({"outcome": "MQPL_DIMENSION"}, ("OUTCOME_NOT_OF_THE_DESIGN", "/outcome")),
        ({"outcome": "SATISFACTION"}, ("OUTCOME_NOT_OF_THE_DESIGN", "/outcome")),
        ({"further": ["SWEMWBS"]}, ("NAMED_TWICE", "/further/0")),
        ({"analysisOn": "2027-02-01"}, ("ANALYSIS_BEFORE_RUNNING_TIME", "/analysisOn")),
        ({"design": "MATCHED_WING"}, ("WING_GOES_WITH_DESIGN", "/comparedWith")),
        ({"design": "STEPPED_ROLL_OUT"}, ("WINGS_GO_WITH_DESIGN", "/reached")),
        ({"comparedWith": "MDI-B"}, ("WING_GOES_WITH_DESIGN", "/comparedWith")),
        ({"design": "MATCHED_WING", "comparedWith": "LEI-B"}, ("WING_OF_ANOTHER_PRISON", "/comparedWith")),
        ({"design": "BEFORE_AFTER_SERIES", "further": []}, ("OUTCOME_NOT_OF_THE_DESIGN", "/outcome")),
    ],
)
async def test_a_plan_that_contradicts_itself_is_refused(
    world: World, changes: dict[str, Any], wrong: tuple[str, str]
) -> None:
    """Each with its code and its place; and no plan promises an effect that its design cannot show."""
    assert problem(await planned(world, **changes)) == (422, "unacceptable", [wrong])


@FIRST
async def test_where_somebody_is_compared_the_word_may_be_said(world: World) -> None:
    """With a wait list 'effect' is a question that can be asked."""
    made = await planned(world, design="WAIT_LIST", question="What effect has it?")
    assert made.status_code == 201, made.text


@FIRST
async def test_a_closed_policy_holds_no_score_of_anybody(world: World) -> None:
    """Listeners: no instrument, CORE-10 by its own code, and a series of a measure instead (domain facts 5.4)."""
    given = {"further": []}
    refused = await planned(world, LISTENERS, **given)
    assert problem(refused) == (422, "unacceptable", [("NO_SCORES_IN_CLOSED_POLICY", "/outcome")])
    risk = await planned(world, LISTENERS, **given, outcome="CORE_10")
    assert problem(risk) == (422, "unacceptable", [("RISK_ITEM_IN_CLOSED_POLICY", "/outcome")])
    hidden = await planned(world, LISTENERS, design="BEFORE_AFTER_SERIES", outcome="REQUESTS_MET", further=["CORE_10"])
    assert problem(hidden) == (422, "unacceptable", [("RISK_ITEM_IN_CLOSED_POLICY", "/further/0")])
    series = await planned(world, LISTENERS, **given, design="BEFORE_AFTER_SERIES", outcome="REQUESTS_MET")
    assert series.status_code == 201, series.text


async def test_an_item_about_risk_is_asked_only_where_somebody_acts(world: World) -> None:
    """CORE-10 elsewhere: no registration without somebody of safer custody, no answer without him, and one that tells
    of a risk is kept only with the day on which he was told."""
    await done(world.coordinator, BEGUN, "abandon", {"reason": "PLANNED_IN_ERROR"})
    path = (await planned(world, outcome="CORE_10", further=[])).headers["location"]
    assert codes(await moved(world.coordinator, path, "register")) == ["RISK_NOT_STAFFED"]
    for who, holds in (("officer", False), ("far-safer", False), ("safer", True)):
        tag = await world.coordinator.tag(path)
        named = await world.coordinator.patch(path, {"riskLead": str(assignment(who))}, tag=tag)
        assert named.status_code == 200, named.text
        answer = await moved(world.coordinator, path, "register")
        assert (answer.status_code == 200) is holds, (who, answer.text)
    told = await measured(world, **CORE)
    assert problem(told) == (422, "unacceptable", [("RISK_NOT_TOLD", "/riskToldOn")])
    kept = await measured(world, **{**CORE, "riskToldOn": "2026-11-23"})
    assert kept.status_code == 201, kept.text
    assert (kept.json()["score"], kept.json()["band"]) == (1400, "MILD")
    tag = await world.coordinator.tag(path)
    assert (await world.coordinator.patch(path, {"riskLead": None}, tag=tag)).status_code == 200
    calm = {**CORE, "point": "MIDWAY", "answers": [1, 1, 1, 1, 1, 0, 1, 1, 1, 1]}
    assert codes(await measured(world, **calm)) == ["RISK_NOT_STAFFED"]


async def test_somebody_is_measured_and_the_score_is_worked_out(world: World) -> None:
    """Raw 24 is 21.54 by the conversion table; with one item left out there is no score, and none can be typed."""
    made = await measured(world)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["raw"], shown["score"], shown["band"], shown["late"]) == (2400, 2154, None, False)
    assert (shown["instrumentVersion"], shown["consentVersion"], shown["mode"]) == (1, 1, "ON_PAPER")
    assert codes(await measured(world)) == ["ALREADY_MEASURED"]
    part = await measured(world, point="MIDWAY", answers=[3, 4, 3, 4, 3, 4, None])
    assert (part.json()["raw"], part.json()["score"]) == (None, None)
    typed = await measured(world, point="FOLLOW_UP", score=2154)
    assert codes(typed) == ["UNKNOWN_FIELD"]
    gone = await measured(world, point="FOLLOW_UP", answers=[], mode=None, missed="COURT")
    assert (gone.status_code, gone.json()["missed"]) == (201, "COURT")


@FIRST
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"answers": [3] * 6}, ("ANSWERS_NOT_OF_THE_INSTRUMENT", "/answers")),
        ({"answers": [3, 3, 6, 3, 3, 3, 0]}, ("ANSWER_OUT_OF_BOUNDS", "/answers/2")),
        ({"answers": []}, ("ANSWERS_OR_REASON", "/answers")),
        ({"missed": "LOST"}, ("ANSWERS_OR_REASON", "/answers")),
        ({"mode": None}, ("MODE_GOES_WITH_ANSWERS", "/mode")),
        ({"instrument": "WEMWBS"}, ("INSTRUMENT_NOT_OF_THE_PLAN", "/instrument")),
        ({"consentVersion": 2}, ("CONSENT_UNKNOWN", "/consentVersion")),
        ({"takenOn": "2026-11-24"}, ("IN_THE_FUTURE", "/takenOn")),
    ],
)
async def test_what_cannot_have_been_answered_is_refused(
    world: World, changes: dict[str, Any], wrong: tuple[str, str]
) -> None:
    """Each with its code and place."""
    status, kind, found = problem(await measured(world, **changes))
    assert (status, kind) == (422, "unacceptable")
    assert wrong in found


async def test_how_somebody_scored_is_for_him_and_those_who_run_the_scheme(world: World) -> None:
    """The coordinator, the partner and Arthur himself read it; the evaluator has counts, and nobody else a word."""
    for name in ("coordinator", "facilitator", "arthur"):
        shown = await world[name].get(ARTHURS)
        assert (shown.status_code, shown.json()["score"]) == (200, 1798)
        assert shown.json()["answers"] == [3, 3, 2, 3, 2, 3, 3]
    for name in ("evaluator", "governor", "officer", "safer", "imb"):
        assert (await world[name].get(ARTHURS)).status_code == 403, name
    for name in ("ben", "mentor", "listener", "samaritan"):
        assert (await world[name].get(ARTHURS)).status_code == 404, name
    assert (await measured(world, by="evaluator")).status_code == 403
    assert len(await world.records(Measurement, enrolment=uid("enrolment"))) == 1


async def test_who_waits_is_compared_with(world: World) -> None:
    """Under a wait list somebody without a mentor is among those compared with, and Arthur, who has one, is not."""
    kept = await world.record(Evaluation, uid("evaluation"))
    await done(world.coordinator, BEGUN, "abandon", {"reason": "PLANNED_IN_ERROR"})
    path = (await planned(world, design="WAIT_LIST", further=[])).headers["location"]
    await done(world.coordinator, path, "register")
    his = (await measured(world, point="BASELINE")).json()
    waiting = f"/v1/enrolments/{uid('enrolment:vacant')}"
    other = await world.coordinator.post(f"{waiting}/measurements", {**WELL, "point": "BASELINE"})
    assert (his["compared"], other.json()["compared"]) == (False, True)
    assert his["evaluation"] != str(kept.id)


async def test_the_report_is_one_call_as_json_page_and_pdf(world: World) -> None:
    """A job, and then the same figures three ways: each plot with its words and data, what limits it first, nobody's
    number, and 'effect' nowhere (X24, F65)."""
    await measured(world)
    world.later(days=14)  # what is answered in a month is counted when that month is over
    path = await reported(world)
    result = (await world.evaluator.get(path)).json()["result"]
    told = result["report"]
    assert told["method"]["design"] == "SINGLE_GROUP"
    flow = {each["step"]: each["people"] for each in told["flow"]}
    assert (flow["APPROACHED"], flow["BASELINE"], flow["ANALYSED"]) == (10, None, None)
    assert told["change"]["scheme"]["mean"] is None
    assert {"NOT_COMPARED", "REGRESSION_TO_THE_MEAN", "TOO_FEW_FOR_MEAN"} <= {c["code"] for c in told["caveats"]}
    (plot,) = [p for p in result["plots"] if p["name"] == "FLOW"]
    assert plot["svg"].startswith("<svg")
    assert "Approached 10" in plot["alternative"]
    page = await world.evaluator.get(f"{path}/report.html")
    assert page.status_code == 200, page.text
    assert page.text.index("What these figures cannot say") < page.text.index("Question and method")
    assert 'alt="From those who were asked' in page.text
    assert "<script" not in page.text
    assert "img-src data:" in page.headers["content-security-policy"]
    assert "effect" not in page.text.lower()
    printed = await world.evaluator.get(f"{path}/report.pdf")
    assert printed.content.startswith(b"%PDF-")
    for word in ("Arthur", "A1001QX", str(uid("enrolment"))):
        assert word not in f"{result}"
        assert word not in page.text


@FIRST
async def test_answers_are_counted_when_their_month_is_over(world: World) -> None:
    """Two reports of one week are the same, whoever was measured between them; the next month's has him."""
    before = (await world.evaluator.get(await reported(world))).json()["result"]
    assert (await measured(world)).status_code == 201
    again = (await world.evaluator.get(await reported(world))).json()["result"]
    assert again == before
    assert before["report"]["method"]["countedUntil"] == "2026-10-31"
    world.later(days=14)
    then = (await world.evaluator.get(await reported(world))).json()["result"]["report"]
    assert [s["people"] for s in then["flow"] if s["step"] == "END"] == [None]
    assert [s["people"] for s in before["report"]["flow"] if s["step"] == "END"] == [0]


async def test_a_month_has_one_report_and_whoever_asks_again_has_the_same(world: World) -> None:
    """Asked for by two, days apart, and with figures changed between: the same, to the last byte, and kept once. The
    next month has its own; the conclusion comes to the last one's method, and changes no figure."""
    first = (await world.evaluator.get(await reported(world))).json()["result"]
    tag = await world.coordinator.tag(BEGUN)
    told = await world.coordinator.patch(BEGUN, {"approached": 90, "refused": 30}, tag=tag)
    assert told.status_code == 200, told.text
    world.later(days=5)
    again = (await world.coordinator.get(await reported(world, by="coordinator"))).json()["result"]
    assert json.dumps(again) == json.dumps(first)
    world.later(days=14)
    then = (await world.evaluator.get(await reported(world))).json()["result"]["report"]
    assert [each["people"] for each in then["flow"][:2]] == [90, 60]
    assert (then["method"]["asOf"], then["method"]["countedUntil"]) == ("2026-12-12", "2026-11-30")
    ended = await done(world.coordinator, BEGUN, "conclude", {"conclusion": "They fared better, as they say."})
    assert ended["state"] == "CONCLUDED"
    world.later(days=40)
    last = (await world.evaluator.get(await reported(world))).json()["result"]["report"]
    assert last["method"].pop("conclusion") == "They fared better, as they say."
    assert then["method"].pop("conclusion") is None
    assert last == then
    kept = await world.records(EvaluationReport, evaluation=uid("evaluation"))
    assert sorted(each.month for each in kept) == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]


@FIRST
async def test_requests_for_listeners_are_told_as_they_were_let_out(world: World) -> None:
    """Of a closed policy a report has the figures of the prison and nothing that was counted beside them: requests of
    closed months, the same as the metric tells; and no record that was mixed is so much as read."""
    given = {"design": "BEFORE_AFTER_SERIES", "outcome": "REQUESTS_MET", "further": [], "startsOn": "2026-09-15"}
    path = (await planned(world, LISTENERS, **given)).headers["location"]
    await done(world.coordinator, path, "register")
    job = await reported(world, LISTENERS, by="coordinator")
    told = (await world.coordinator.get(job)).json()["result"]["report"]
    figure = await world.record(Figure, uid("figure"))
    words = dict(zip(figure.words, figure.told, strict=True))
    assert told["requests"] == [
        {"month": "2026-10", "day": 0, "night": words["NIGHT"], "unmet": words["UNMET"]} | _NO_WAIT
    ]
    assert "waits" not in told


def test_a_figure_that_keeps_back_who_was_never_met_tells_no_wait() -> None:
    """Nor does a report: nine in ten who waited an hour at most say that of ten one at most was never met."""
    words = LAYOUTS[Series.LISTENER_REQUESTS].words
    for unmet, waits in ((10, (25, 60)), (0, (25, 60)), (KEPT_BACK, (None, None))):
        told = tuple(unmet if word == "UNMET" else 20 for word in words)
        let_out = dataclasses.replace(figure(uid("figure"), "EW", "MDI", told), median=25, nine_in_ten=60)
        of = asked_of(let_out)
        assert (of.median, of.nine_in_ten) == waits


_NO_WAIT = {"median": None, "nineInTen": None}


@FIRST
async def test_a_job_without_an_evaluation_has_no_page(world: World) -> None:
    """A scheme that nobody evaluates is told so, and another's job is not there."""
    path = await reported(world, RECOVERY, by="coordinator")
    assert (await world.coordinator.get(path)).json()["result"] == {"report": None, "plots": []}
    assert codes(await world.coordinator.get(f"{path}/report.html")) == ["NO_REPORT"]
    assert (world.last.verb, world.last.outcome) == ("READ_JOB", "NOT_NOW")
    assert (await world.evaluator.get(f"{path}/report.html")).status_code == 404


@FIRST
async def test_instruments_are_told_without_their_words(world: World) -> None:
    """Numbers of items, bounds, which are reversed, whether converted, from which change on: and no item's text."""
    told = {i["code"]: i for i in (await world.officer.get("/v1/instruments")).json()["items"]}
    core = told["CORE_10"]
    assert (core["items"], core["reversed"], core["asksAboutRisk"], core["licensed"]) == (10, [2, 3], True, True)
    assert [b["least"] for b in core["bands"]] == [0, 11, 15, 20, 25]
    assert (told["SWEMWBS"]["converted"], told["SWEMWBS"]["reliable"]) == (True, 287)
    assert set(core) == set(told["SWEMWBS"])
