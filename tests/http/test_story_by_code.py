"""Feedback by single-use codes: printed, used once, and joined to nobody and no hour (F57, F58; rule 12)."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.work.bench import service_begin
from domain.feedback.codes import FeedbackCode
from domain.feedback.complaints import Complaint
from domain.feedback.mixing import mix
from domain.feedback.record import Feedback
from tests.http.cast import uid
from tests.http.world import World, codes, observed, problem

LISTENERS, SHANNON = f"/v1/schemes/{uid('scheme:listeners')}", f"/v1/schemes/{uid('scheme:shannon')}"
SAID = {"voice": "RECIPIENT", "rating": 4, "themes": ["GOT_HELP_IN_TIME", "FELT_PRIVATE"], "wouldAgain": True}


async def printed(world: World, scheme: str = SHANNON, by: str = "coordinator", key: str = "sheet-0001") -> list[str]:
    """The codes of one sheet."""
    answer = await world[by].post(f"{scheme}/print-feedback-codes", {}, key=key)
    assert answer.status_code == 201, answer.text
    return answer.json()["codes"]


async def say(world: World, code: str, **more: Any) -> httpx.Response:
    """Feedback by a code: the answer."""
    return await world.stranger.post("/v1/feedback/anonymous", {**SAID, "code": code, **more})


async def mixed(world: World) -> int:
    """The clock looks into the letterbox."""
    return await mix(lambda: service_begin(world.house.runtime))


async def by_code(world: World, scheme: str = SHANNON) -> list[Feedback]:
    """What was given by codes, as it is kept."""
    found = await world.records(Feedback, by_code=True)
    return [each for each in found if str(each.scheme) in scheme]


async def test_a_sheet_is_printed_and_its_codes_are_kept_nowhere(world: World) -> None:
    """Fifty, shown once: what is kept is a keyed hash of each, in the order of the hashes, and of no person. Sent again
    the key is refused, and the ledger says who printed a sheet, and nothing of its codes."""
    sheet = await printed(world)
    assert len(set(sheet)) == 50
    rows = [r for r in await world.records(FeedbackCode) if str(r.scheme) in SHANNON and r.id != uid("feedback-code")]
    assert len(rows) == 50
    assert {r.quarter.isoformat() for r in rows} == {"2026-10-01"}
    assert world.last.actor is not None
    assert {c.id for c in world.last.changes if c.kind == "feedback-code"} == {None}
    again = await world.coordinator.post(f"{SHANNON}/print-feedback-codes", {}, key="sheet-0001")
    assert (again.status_code, codes(again)) == (409, ["SHEET_SHOWN_ONCE"])
    kept = repr(world.last.as_json()) + repr([vars_of(r) for r in rows])
    assert not any(code in kept or code.replace("-", "") in kept for code in sheet)


def vars_of(record: Any) -> dict[str, str]:
    """All that a record holds, as text."""
    return {name: str(getattr(record, name)) for name in record.shape.fields}


@pytest.mark.parametrize(
    ("by", "status"), [("officer", 403), ("safer", 403), ("governor", 403), ("arthur", 404), ("mentor", 404)]
)
async def test_nobody_else_prints(world: World, by: str, status: int) -> None:
    """Coordinator and partner print; to others it is forbidden, or not there."""
    answer = await world[by].post(f"{SHANNON}/print-feedback-codes", {}, key="sheet-0002")
    assert answer.status_code == status
    far = await world["far-coordinator"].post(f"{SHANNON}/print-feedback-codes", {}, key="sheet-0003")
    assert far.status_code == 404


async def test_a_code_is_good_once_and_a_used_one_is_as_one_that_never_was(world: World) -> None:
    """The code is typed as one likes; used, it is gone; used again and never printed are the same bytes, and leave no
    line."""
    code = (await printed(world))[0]
    before = len(await world.records(FeedbackCode))
    given = await say(world, code.lower().replace("-", " "))
    assert (given.status_code, given.json()["receipt"]) == (201, "RECEIVED")
    assert len(await world.records(FeedbackCode)) == before - 1
    mark = len(world.seen.entries)
    used, unknown = await say(world, code), await say(world, "ABCDE-FGHJK-MNPQR")
    assert problem(used)[2] == [("CODE_NOT_GOOD", "/code")]
    assert observed(used) == observed(unknown)
    assert len(world.seen.entries) == mark


async def test_a_token_is_refused(world: World) -> None:
    """Whoever sends one would be known: 400 with a code, good or not; and nothing is kept."""
    code = (await printed(world))[1]
    for name in ("arthur", "officer"):
        answer = await world[name].post("/v1/feedback/anonymous", {**SAID, "code": code})
        assert (answer.status_code, codes(answer)) == (400, ["TOKEN_NOT_WANTED"])
    assert (await say(world, code)).status_code == 201


async def test_a_line_tells_the_week_and_nobody(world: World) -> None:
    """It has no actor, no id and no day; whoever reads the ledger sees it once its week is over."""
    code = (await printed(world))[2]
    world.later(days=2, hours=3)  # a Wednesday
    await say(world, code)
    line = world.last
    assert (line.actor, line.assignment, line.client, line.nameless) == (None, None, None, True)
    assert line.at.isoformat() == "2026-11-23T00:00:00+00:00"
    assert line.readable_from.isoformat() == "2026-11-30T00:05:00+00:00"
    assert [c.id for c in line.changes] == [None]
    assert code not in repr(line.as_json())


async def test_rows_come_once_the_week_is_over_and_say_no_more(world: World) -> None:
    """All of a week together, with fresh ids; of a closed policy too, and there never shown as a row."""
    shannon, listeners = await printed(world), await printed(world, LISTENERS, "samaritan", "sheet-0009")
    for n in range(3):
        assert (await say(world, shannon[n])).status_code == 201
    assert (await say(world, listeners[0], rating=2)).status_code == 201
    assert await mixed(world) == 0
    assert await by_code(world) == []
    world.later(days=7)
    assert await mixed(world) == 4
    rows = await by_code(world)
    assert {(r.rating, r.would_again, r.week_of.isoformat(), r.author, r.words) for r in rows} == {
        (4, True, "2026-11-23", None, None)
    }
    (closed,) = await by_code(world, LISTENERS)
    assert closed.closed
    assert await mixed(world) == 0
    path = f"/v1/feedback?scheme={uid('scheme:shannon')}"
    assert len([i for i in (await world.coordinator.get(path)).json()["items"] if i["byCode"]]) == 3
    assert (await world.samaritan.get(f"/v1/feedback/{closed.id}")).status_code == 404


async def test_a_complaint_by_code_is_read_once_its_week_is_over(world: World) -> None:
    """Whoever made it asks by the short code that he was given; nothing says who he is."""
    code = (await printed(world))[5]
    body = {"code": code, "about": "NOT_KEPT_PRIVATE", "against": "SUPPORTERS"}
    told = (await world.stranger.post("/v1/complaints/anonymous", body)).json()
    world.later(days=7)
    assert await mixed(world) == 1
    (mine,) = [c for c in (await world.safer.get("/v1/complaints")).json()["items"] if c["code"] == told["askBy"]]
    assert (mine["about"], mine["cameFrom"], mine["author"], mine["weekOf"]) == (
        *("NOT_KEPT_PRIVATE", "NOT_SAID", None, "2026-11-23"),
    )


async def test_with_one_code_nobody_tries_without_end(world: World) -> None:
    """Counted by the code alone: the sixth time in a minute is too often, and another code is not touched by it."""
    one, other = (await printed(world))[6:8]
    seen = [(await say(world, one)).status_code for _ in range(6)]
    assert seen == [201, 422, 422, 422, 422, 429]
    assert (await say(world, other)).status_code == 201


async def test_a_code_ends_with_its_quarter(world: World) -> None:
    """Twenty-eight days after it, it is deleted, and no better than any other."""
    code = (await printed(world))[8]
    world.later(days=100)
    assert problem(await say(world, code))[2] == [("CODE_NOT_GOOD", "/code")]
    await mixed(world)
    assert await world.records(FeedbackCode) == []


async def given(world: World, many: int, **more: Any) -> None:
    """So many pieces of feedback by code, mixed, and told: the quarter is over for two weeks."""
    sheet = await printed(world, key=f"sheet-of-{many}")
    for code in sheet[:many]:
        assert (await say(world, code, **more)).status_code == 201
    world.later(days=7)
    await mixed(world)
    world.at(world.now + timedelta(days=60))


async def test_supporters_hear_of_many_and_never_of_one(world: World) -> None:
    """Of twelve to the nearest five, and of the four among them who rated it otherwise nothing; of the scheme's
    supporters only what those helped said by codes. While the quarter runs, and of four, the bytes are the same as of
    none."""
    path = f"{SHANNON}/feedback-counts"
    before = (await world.mentor.get(path)).content
    sheet = await printed(world)
    for code in sheet[:4]:
        await say(world, code, rating=5)
    world.later(days=7)
    await mixed(world)
    assert (await world.mentor.get(path)).content == before
    await given(world, 8)
    (told,) = (await world.mentor.get(path)).json()["voices"]
    assert (told["voice"], told["given"], told["ratings"]) == ("RECIPIENT", 10, [0, 0, 0, 10, None])
    assert {t["theme"]: t["times"] for t in told["themes"]}["FELT_PRIVATE"] == 10
    assert [v["voice"] for v in (await world.coordinator.get(path)).json()["voices"]] == [
        *("RECIPIENT", "SUPPORTER", "STAFF"),
    ]


async def test_a_quarter_that_is_not_over_is_not_told(world: World) -> None:
    """Nor the last one before two weeks have passed; and the count is for those who run, oversee or serve in it."""
    path = f"{SHANNON}/feedback-counts"
    refused = await world.coordinator.get(f"{path}?quarter=2026-11-01")
    assert (refused.status_code, codes(refused)) == (400, ["QUARTER_NOT_OVER"])
    assert (await world.coordinator.get(path)).json()["quarter"] == "2026-07-01"
    for name in ("officer", "hub"):
        assert (await world[name].get(path)).status_code == 403
    for name in ("arthur", "listener", "far-coordinator"):
        assert (await world[name].get(path)).status_code == 404


async def test_the_form_speaks_two_languages_and_needs_no_token(world: World) -> None:
    """One sentence and one picture for each code, the same to everybody."""
    english = await world.stranger.get("/v1/feedback-forms")
    welsh = await world.stranger.get("/v1/feedback-forms", headers={"Accept-Language": "cy"})
    assert (english.headers["content-language"], welsh.headers["content-language"]) == ("en", "cy")
    one, other = english.json(), welsh.json()
    assert one["feedback"]["ratings"][4] == {"code": "5", "picture": "face-very-happy", "words": "Very good"}
    assert other["feedback"]["ratings"][4]["words"] == "Da iawn"
    assert [g["group"] for g in one["pulse"]["groups"]] == [g["group"] for g in other["pulse"]["groups"]]


async def test_complaints_that_were_mixed_keep_nobody(world: World) -> None:
    """Of all that is kept of a complaint no field names anybody."""
    code = (await printed(world))[9]
    await world.stranger.post("/v1/complaints/anonymous", {"code": code, "about": "PRESSED"})
    world.later(days=7)
    await mixed(world)
    (kept,) = [c for c in await world.records(Complaint) if c.about == "PRESSED"]
    assert (kept.author, kept.named, kept.looked_into_by, kept.decided_by) == (None, None, None, None)
