"""Recruiting supporters, over HTTP: from the advert to a yes, and from a no to an appeal (S17, S18, F13-F21)."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.kernel.prison import IncentiveLevel
from tests.http import tale
from tests.http.cast import CAST
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.world import World, codes, problem
from tests.recruited import FIT

pytestmark = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
ADVERTS = [
    {"language": "en", "easyRead": True, "title": "Be a Listener", "words": "Listen to people. It is private."},
    {"language": "cy", "easyRead": False, "title": "Gwrandawyr", "words": "Gwrandewch ar bobl, yn gyfrinachol."},
]
YES: Any = {"verdict": "YES"}


async def advertised(world: World, **more: Any) -> tuple[str, str]:
    """A Listeners scheme with a published vacancy for one: the scheme's id, and the vacancy's path."""
    scheme = await tale.scheme_approved(world, "LISTENERS")
    body = {"places": 1, "closesOn": "2026-12-20", "adverts": ADVERTS, "questions": ["WHY_THIS_ROLE"], **more}
    made = await world.coordinator.post(f"{scheme}/vacancies", body)
    assert made.status_code == 201, made.text
    await done(world.coordinator, made.headers["location"], "publish")
    return scheme.rpartition("/")[2], made.headers["location"]


async def applied(world: World, who: str, scheme: str, vacancy: str | None = None) -> str:
    """He applies: his path as a supporter."""
    body = {"scheme": scheme, "wing": CAST[who].wing, "vacancy": vacancy and vacancy.rpartition("/")[2]}
    answer = await world[who].post("/v1/supporters", body)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def scored(world: World, path: str, mark: int, *panel: str) -> None:
    """Each of these gives that mark for each question."""
    for name in panel:
        marks = {"scores": [{"question": "WHY_THIS_ROLE", "mark": mark}]}
        assert (await world[name].post(f"{path}/scores", marks)).status_code == 201


async def test_an_advert_is_read_by_everybody_once_it_is_published(empty: World) -> None:
    """F13: a draft is nobody's but staff's; the published one is read in custody, and its questions are fixed."""
    scheme = await tale.scheme_approved(empty, "LISTENERS")
    body = {"places": 1, "closesOn": "2026-12-20"}
    past = await empty.coordinator.post(f"{scheme}/vacancies", {**body, "closesOn": "2026-11-01"})
    assert problem(past) == (422, "unacceptable", [("IN_THE_PAST", "/closesOn")])
    assert (await empty.officer.post(f"{scheme}/vacancies", body)).status_code == 403
    made = await empty.coordinator.post(f"{scheme}/vacancies", body)
    path = made.headers["location"]
    assert "HEARING_DISTRESS" in made.json()["questions"], "of the kind's own catalogue"
    assert (await empty.arthur.get(path)).status_code == 404
    assert codes(await moved(empty.coordinator, path, "publish")) == ["ADVERT_MISSING", "EASY_READ_MISSING"]
    tag = await empty.coordinator.tag(path)
    assert (await empty.coordinator.patch(path, {"adverts": ADVERTS}, tag=tag)).status_code == 200
    await done(empty.coordinator, path, "publish")
    shown = (await empty.arthur.get(path)).json()
    assert (shown["adverts"], shown["open"], shown["writtenBy"]) == (ADVERTS, True, None)
    assert [each["id"] for each in (await empty.arthur.get("/v1/vacancies")).json()["items"]] == [shown["id"]]
    tag = await empty.coordinator.tag(path)
    late = await empty.coordinator.patch(path, {"questions": ["WHY_THIS_ROLE"]}, tag=tag)
    assert codes(late) == ["QUESTIONS_FIXED"]
    await done(empty.coordinator, path, "withdraw")
    assert (await empty.arthur.get(path)).status_code == 404


async def test_a_closed_vacancy_takes_nobody_but_to_wait(empty: World) -> None:
    """F14: after its day it is VACANCY_CLOSED, unless it has a waiting list; one that never was is another code."""
    scheme, vacancy = await advertised(empty)
    id = vacancy.rpartition("/")[2]
    body = {"scheme": scheme, "wing": "MDI-A", "vacancy": id}
    wrong = await empty.arthur.post("/v1/supporters", {**body, "vacancy": scheme})
    assert problem(wrong) == (422, "unacceptable", [("NOT_OF_THIS_SCHEME", "/vacancy")])
    await done(empty.coordinator, vacancy, "close")
    late = await empty.arthur.post("/v1/supporters", body)
    assert problem(late) == (409, "conflict", [("VACANCY_CLOSED", "/vacancy")])
    tag = await empty.coordinator.tag(vacancy)
    assert codes(await empty.coordinator.patch(vacancy, {"waitingList": True}, tag=tag)) == ["STATE_CLOSED"]
    _, waits = await advertised(empty, waitingList=True)
    await done(empty.coordinator, waits, "close")
    of = (await empty.coordinator.get(waits)).json()["scheme"]
    await applied(empty, "arthur", of, waits)
    again = await empty.arthur.post("/v1/supporters", {**body, "scheme": of, "vacancy": None})
    assert problem(again) == (409, "conflict", [("ALREADY_APPLIED", "/scheme")])


async def test_everybody_is_scored_by_several_on_the_same_questions(empty: World) -> None:
    """S17: each scores every question once; the partner is on the panel; the total is by question."""
    scheme, vacancy = await advertised(empty)
    path = await applied(empty, "arthur", scheme, vacancy)
    await tale.suited(empty, path)
    none = await moved(empty.coordinator, path, "decide", YES)
    assert codes(none) == ["PANEL_TOO_SMALL", "PANEL_WITHOUT_PARTNER"]
    wrong = {"scores": [{"question": "WHO_ARE_YOU", "mark": 1}]}
    refused = await empty.coordinator.post(f"{path}/scores", wrong)
    said = [("QUESTION_UNKNOWN", "/scores/0/question"), ("QUESTION_LEFT_OUT", "/scores")]
    assert problem(refused) == (422, "unacceptable", said)
    high = await empty.coordinator.post(f"{path}/scores", {"scores": [{"question": "WHY_THIS_ROLE", "mark": 5}]})
    assert high.status_code == 422
    assert high.json()["failures"][0]["path"] == "/scores/0/mark"
    await scored(empty, path, 3, "coordinator", "samaritan")
    again = await empty.samaritan.post(f"{path}/scores", {"scores": [{"question": "WHY_THIS_ROLE", "mark": 4}]})
    assert codes(again) == ["ALREADY_SCORED"]
    assert (await empty.arthur.get(f"{path}/scores")).status_code == 404
    (kept,) = (await empty.coordinator.get(f"/v1/schemes/{scheme}/applications")).json()["items"]
    assert (kept["totals"], kept["score"]) == ([{"question": "WHY_THIS_ROLE", "total": 6}], 300)
    await done(empty.coordinator, path, "decide", YES)
    assert (await done(empty.samaritan, path, "decide", YES))["standing"] == "ACCEPTED"
    assert (await empty.arthur.get(vacancy)).json()["filled"] == 1


async def test_the_prison_says_yes_to_nobody_who_is_not_cleared(empty: World) -> None:
    """F18: an outcome with an end; all that fails is told to the coordinator, and to the partner nothing of it."""
    scheme, _ = await advertised(empty)
    path = await applied(empty, "arthur", scheme)
    assert codes(await moved(empty.coordinator, path, "decide", YES)) == ["CLEARANCE_MISSING", "NOT_ASSESSED"]
    assert (await empty.coordinator.post(f"{path}/clearances", {"outcome": "CLEARED"})).status_code == 403
    early = {"outcome": "CLEARED", "decidedOn": "1980-01-01", "expiresOn": "2030-01-01"}
    refused = await empty.security.post(f"{path}/clearances", early)
    said = [("BEFORE_BIRTH", "/decidedOn"), ("LONGER_THAN_THE_KIND_ALLOWS", "/expiresOn")]
    assert problem(refused) == (422, "unacceptable", said)
    await tale.suited(empty, path)
    await done(empty.coordinator, path, "decide", YES)
    given = await empty.security.post(f"{path}/clearances", {"outcome": "NOT_CLEARED"})
    assert given.json()["expiresOn"] is None
    blind = await moved(empty.samaritan, path, "decide", YES)
    assert problem(blind) == (409, "conflict", [("NOT_AVAILABLE", None)])
    assert (await empty.samaritan.get(f"{path}/clearances")).status_code == 403
    assert (await empty.arthur.get(f"{path}/clearances")).status_code == 404


async def test_clearances_that_run_out_are_on_a_list(empty: World) -> None:
    """F18: within sixty days of its end it is to renew, and not before; one that was replaced is on it no more."""
    scheme, _ = await advertised(empty)
    path = await applied(empty, "arthur", scheme)
    later = (empty.now.date() + timedelta(days=61)).isoformat()
    given = await empty.security.post(f"{path}/clearances", {"outcome": "CLEARED", "expiresOn": later})
    assert (await empty.security.get("/v1/clearance-renewals")).json()["items"] == []
    empty.later(days=1)
    (due,) = (await empty.security.get("/v1/clearance-renewals")).json()["items"]
    assert due["id"] == given.json()["id"]
    await empty.security.post(f"{path}/clearances", {"outcome": "CLEARED"})
    assert (await empty.security.get("/v1/clearance-renewals")).json()["items"] == []
    assert (await empty.officer.get("/v1/clearance-renewals")).status_code == 403


async def test_a_rule_is_explained_and_overridden_by_two(empty: World) -> None:
    """S18, F16, F17, F19: each rule has its outcome and reason; the facts are security's; two people lift a hard one,
    and an assessment goes stale."""
    number = str(CAST["arthur"].number)
    scheme = await tale.scheme_approved(empty, "SHANNON_TRUST")
    path = await applied(empty, "arthur", scheme.rpartition("/")[2])
    alerts = frozenset({"HA", "XA"})
    soon = empty.now.date() + timedelta(days=30)
    facts = dataclasses.replace(FIT, literate=None, alerts=alerts, release_on=soon, incentive=IncentiveLevel.BAS)
    empty.stage.prison.know(number, facts)
    made = await tale.suited(empty, path)
    told = (await empty.coordinator.get(made)).json()
    came = {each["rule"]: (each["outcome"], each["reason"]) for each in told["results"]}
    assert came["TIME_LEFT"] == ("FAILED", "TOO_LITTLE_TIME")
    assert came["ACCT_OPEN"] == ("REVIEW", "OPEN_NOW")
    assert came["LITERACY"] == ("UNKNOWN", "NOT_KNOWN")
    assert (told["blockedBy"], told["snapshot"]) == (["ACCT_OPEN", "LITERACY"], None)
    seen = (await empty.security.get(made)).json()["snapshot"]
    assert {"rule": "ACCT_OPEN", "facts": ["HA"]} in seen
    assert "XA" not in str(seen), "only what a rule looks for"
    no = await moved(empty.coordinator, path, "decide", YES)
    assert codes(no) == ["UNREVIEWED_ACCT_OPEN", "FAILS_LITERACY"]
    ask = {"rule": "LITERACY", "reason": "SHOWN_ON_PAPER"}
    own = await moved(empty.coordinator, made, "override", {**ask, "rule": "SECURITY_CLEARANCE"})
    assert problem(own) == (422, "unacceptable", [("CLEARANCE_IS_SECURITYS", "/rule")])
    await done(empty.coordinator, made, "override", {"rule": "ACCT_OPEN", "reason": "SUPPORTED_BY_REVIEW"})
    reviewed = await done(empty.safer, made, "approve", {"rule": "ACCT_OPEN"})
    assert reviewed["blockedBy"] == ["LITERACY"], "an open ACCT is a reason to talk, and somebody has"
    await done(empty.coordinator, made, "override", ask)
    assert codes(await moved(empty.coordinator, path, "decide", YES)) == ["FAILS_LITERACY"], "nobody approved it yet"
    assert (await moved(empty.coordinator, made, "approve", {"rule": "LITERACY"})).status_code == 403
    await done(empty.governor, made, "approve", {"rule": "LITERACY"})
    empty.later(days=29)
    assert codes(await moved(empty.coordinator, path, "decide", YES)) == ["ASSESSMENT_STALE"]
    empty.later(days=-29)
    assert (await done(empty.coordinator, path, "decide", YES))["prisonVerdict"] == "YES"


async def test_what_cannot_be_asked_is_not_known_and_passes_nothing(empty: World) -> None:
    """The prison's systems are down: every rule of theirs is UNKNOWN."""
    scheme, _ = await advertised(empty)
    path = await applied(empty, "arthur", scheme)
    empty.stage.prison.reachable = False
    made = (await empty.coordinator.post(f"{path}/assessments", {})).json()
    assert made["sourceKnown"] is False
    assert {each["outcome"] for each in made["results"]} == {"UNKNOWN"}


async def test_a_no_is_told_in_one_way_to_him_and_in_another_to_staff_and_is_appealed_once(empty: World) -> None:
    """F15: the staff-only reason is never the applicant's; an appeal is heard by somebody who did not decide."""
    scheme, _ = await advertised(empty)
    path = await applied(empty, "arthur", scheme)
    no = {"verdict": "NO", "reason": "NOT_THIS_ROLE", "staffReason": "UNDER_PRESSURE"}
    passing = (empty.officer, empty.oscar, empty.hub)
    assert [(await each.get(path)).status_code for each in passing] == [200, 200, 200]
    await done(empty.coordinator, path, "decide", no)
    assert [(await each.get(path)).status_code for each in passing] == [404, 404, 404], "he is in no role"
    own = (await empty.arthur.get("/v1/applications")).json()["items"][0]
    assert (own["staffReason"], own["score"], "staffReason" in own["withheld"]) == (None, None, True)
    assert (await empty.arthur.get(path)).json()["rejectedFor"] == "NOT_THIS_ROLE"
    told = (await empty.arthur.get(f"{path}/own-record")).json()["sentences"]
    assert not [each for each in told if each.startswith("Your role ended")]
    assert "UNDER_PRESSURE" not in (await empty.arthur.get("/v1/applications")).text
    (kept,) = (await empty.security.get(f"/v1/schemes/{scheme}/applications")).json()["items"]
    assert kept["staffReason"] == "UNDER_PRESSURE"
    assert codes(await moved(empty.governor, path, "decide-appeal", {"outcome": "UPHELD"})) == ["NOT_APPEALED"]
    await done(empty.arthur, path, "appeal")
    assert codes(await moved(empty.arthur, path, "appeal")) == ["ALREADY_APPEALED"]
    back = await done(empty.governor, path, "decide-appeal", {"outcome": "UPHELD"})
    assert (back["standing"], back["prisonVerdict"], back["rejectedFor"]) == ("APPLIED", None, None)
    assert (await empty.officer.get(path)).status_code == 200
    await done(empty.coordinator, path, "decide", no)
    empty.later(days=15)
    assert codes(await moved(empty.arthur, path, "appeal")) == ["ALREADY_APPEALED", "TOO_LATE_TO_APPEAL"]
    assert (await moved(empty.coordinator, path, "decide-appeal", {"outcome": "UPHELD"})).status_code == 403


async def test_an_application_is_put_off_until_a_day_and_taken_back(empty: World) -> None:
    """A deferral has a day that can be; a review opens it again; the applicant withdraws without a reason."""
    scheme, _ = await advertised(empty)
    path = await applied(empty, "arthur", scheme)
    for day, code in (("2026-11-23", "IN_THE_PAST"), ("2040-01-01", "AFTER_RELEASE")):
        body = {"reason": "NEXT_COURSE", "reviewOn": day}
        wrong = await moved(empty.coordinator, path, "defer", body)
        assert problem(wrong) == (422, "unacceptable", [(code, "/reviewOn")])
    put_off = await done(empty.coordinator, path, "defer", {"reason": "NEXT_COURSE", "reviewOn": "2027-01-10"})
    assert put_off["standing"] == "DEFERRED"
    (own,) = (await empty.arthur.get("/v1/applications")).json()["items"]
    assert (own["reviewOn"], own["deferredFor"]) == ("2027-01-10", "NEXT_COURSE")
    assert (await done(empty.coordinator, path, "reopen", {}))["standing"] == "APPLIED"
    gone = await done(empty.arthur, path, "withdraw")
    assert (gone["standing"], gone["leftFor"]) == ("STOOD_DOWN", "OWN_WISH")
    tag = await empty.coordinator.tag(path)
    assert (await empty.ben.post(f"{path}/withdraw", {}, tag=tag)).status_code == 404


async def test_who_waits_is_called_by_score_and_then_by_day(empty: World) -> None:
    """F21: the better score first; out of turn only with a reason; who waits is not told his place."""
    scheme, vacancy = await advertised(empty)
    paths = {who: await applied(empty, who, scheme, vacancy) for who in ("arthur", "ben")}
    for who, mark in (("arthur", 2), ("ben", 4)):
        assert "PANEL_TOO_SMALL" in codes(await moved(empty.coordinator, paths[who], "waitlist"))
        await scored(empty, paths[who], mark, "coordinator", "samaritan")
        assert (await done(empty.coordinator, paths[who], "waitlist"))["standing"] == "WAITING"
    listed = (await empty.coordinator.get(f"/v1/schemes/{scheme}/waiting-list")).json()["items"]
    assert [each["score"] for each in listed] == [400, 200]
    for who, status in (("arthur", 404), ("samaritan", 403), ("governor", 403)):
        assert (await empty[who].get(f"/v1/schemes/{scheme}/waiting-list")).status_code == status
    (own,) = (await empty.arthur.get("/v1/applications")).json()["items"]
    assert (own["turn"], own["waiting"]) == (None, None)
    assert codes(await moved(empty.coordinator, paths["arthur"], "reopen", {})) == ["NOT_HIS_TURN"]
    called = await done(empty.coordinator, paths["arthur"], "reopen", {"outOfTurn": "LANGUAGE_NEEDED"})
    assert called["standing"] == "APPLIED"
    assert (await done(empty.coordinator, paths["ben"], "reopen", {}))["standing"] == "APPLIED"
