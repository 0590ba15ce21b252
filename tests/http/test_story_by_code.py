"""Feedback by single-use codes: printed, used once, and joined to nobody and no hour (F57, F58; rule 12)."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from api.work.bench import service_begin
from domain.feedback.codes import MOST_SHEETS, SHEET, FeedbackCode, FeedbackSheets
from domain.feedback.complaints import Complaint
from domain.feedback.mixing import mix
from domain.feedback.record import Feedback
from domain.kernel.ids import FeedbackId, FigureId
from domain.metrics.record import Figure, FigurePeriod
from domain.metrics.series import LAYOUTS, Series
from domain.schemes.record import Scheme
from tests.http.cast import uid
from tests.http.test_story_metrics import DECEMBER, NOVEMBER, closed
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
    return await world.stranger.post("/v1/feedback-by-code", {**SAID, "code": code, **more})


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
    assert {(c.kind, c.id) for c in world.last.changes} == {("feedback-code", None), ("feedback-sheets", None)}
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
        answer = await world[name].post("/v1/feedback-by-code", {**SAID, "code": code})
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
    (hidden,) = await by_code(world, LISTENERS)
    assert hidden.closed
    assert await mixed(world) == 0
    path = f"/v1/feedback?scheme={uid('scheme:shannon')}"
    read = {i["id"] for i in (await world.coordinator.get(path)).json()["items"]}
    assert {str(row.id) for row in rows} <= read
    assert (await world.samaritan.get(f"/v1/feedback/{hidden.id}")).status_code == 404


async def test_a_complaint_by_code_is_read_once_its_week_is_over(world: World) -> None:
    """Whoever made it asks by the short code that he was given; nothing says who he is."""
    code = (await printed(world))[5]
    body = {"code": code, "about": "NOT_KEPT_PRIVATE", "against": "SUPPORTERS"}
    told = (await world.stranger.post("/v1/complaints-by-code", body)).json()
    world.later(days=7)
    assert await mixed(world) == 1
    (mine,) = [c for c in (await world.safer.get("/v1/complaints")).json()["items"] if c["code"] == told["askBy"]]
    assert (mine["about"], mine["cameFrom"], mine["weekOf"]) == ("NOT_KEPT_PRIVATE", "NOT_SAID", "2026-11-23")


async def test_with_one_code_nobody_tries_without_end(world: World) -> None:
    """Counted by the code alone: the sixth time in a minute is too often, and another code is not touched by it."""
    one, other = "ABCDE-FGHJK-MNPQR", (await printed(world))[7]
    seen = [(await say(world, one)).status_code for _ in range(6)]
    assert seen == [422, 422, 422, 422, 422, 429]
    assert (await say(world, other)).status_code == 201


async def test_whoever_tries_a_used_code_does_not_hear_when_it_was_used(world: World) -> None:
    """A moment after its use it is as often refused, before it is too often, as one that never was."""
    used, never = (await printed(world))[6], "ABCDE-FGHJK-MNPQR"
    assert (await say(world, used)).status_code == 201
    seen = [[observed(await say(world, code)) for _ in range(6)] for code in (used, never)]
    assert seen[0] == seen[1]


async def test_how_many_may_be_printed_tells_nothing_of_use(world: World) -> None:
    """Of forty sheets, the furnished one among them, the last is printed, and the next is refused: in the same bytes
    before and after codes are used, and when all of their sheet are. The next quarter has its own."""
    (sheets,) = [s for s in await world.records(FeedbackSheets) if str(s.scheme) in SHANNON]
    await world.change(dataclasses.replace(sheets, printed=MOST_SHEETS - 1))
    last = await printed(world, key="sheet-last")
    refused = await world.coordinator.post(f"{SHANNON}/print-feedback-codes", {}, key="sheet-more-0")
    assert (refused.status_code, codes(refused)) == (409, ["SHEETS_ENOUGH"])
    for many in (1, SHEET):
        for code in last[:many]:
            await say(world, code)
        again = await world.coordinator.post(f"{SHANNON}/print-feedback-codes", {}, key=f"sheet-more-{many}")
        assert observed(again) == observed(refused)
    world.later(days=39)  # the 1st of January
    assert len(await printed(world, key="sheet-new")) == SHEET


async def test_how_many_were_printed_is_forgotten_once_nothing_asks_for_it(world: World) -> None:
    """With the last of their codes and the quarter that these may still be answered in."""
    await printed(world)
    world.at(datetime(2027, 4, 28, 12, tzinfo=UTC))
    await mixed(world)
    assert [s.printed for s in await world.records(FeedbackSheets) if str(s.scheme) in SHANNON] == [2]
    world.later(days=1)
    await mixed(world)
    assert await world.records(FeedbackSheets) == []


async def test_a_code_ends_with_its_quarter(world: World) -> None:
    """Twenty-eight days after it, it is deleted, and no better than any other."""
    code = (await printed(world))[8]
    world.later(days=100)
    assert problem(await say(world, code))[2] == [("CODE_NOT_GOOD", "/code")]
    await mixed(world)
    assert await world.records(FeedbackCode) == []


async def said_by(world: World, ratings: list[int]) -> None:
    """These ratings are given by codes and mixed."""
    sheet = await printed(world, key=f"sheet-of-{len(ratings)}")
    for code, rating in zip(sheet, ratings, strict=False):
        assert (await say(world, code, rating=rating)).status_code == 201
    world.later(days=7)
    await mixed(world)


async def let_out(world: World, *told: int) -> None:
    """The quarter is over for two weeks, and of how those helped rated it so much is let out: of 1 to 5, of 3 and more,
    and in all."""
    world.at(datetime(2027, 1, 20, 9, tzinfo=UTC))
    (scheme,) = await world.records(Scheme, id=uid("scheme:shannon"))
    of: dict[str, Any] = {"scheme": scheme.scheme, "jurisdiction": scheme.jurisdiction, "prison": scheme.prison}
    figure = Figure(
        id=FigureId(uid("figure of ratings")),
        **of,
        organisation=scheme.organisation,
        series=Series.RATINGS,
        period=FigurePeriod.QUARTER,
        first=date(2026, 10, 1),
        words=LAYOUTS[Series.RATINGS].words,
        told=told,
    )
    await world.keep([figure])


async def voices(world: World, by: str) -> dict[str, dict[str, Any]]:
    """What this member is told of the last quarter, by group."""
    told = (await world[by].get(f"{SHANNON}/feedback-counts")).json()
    return {each["voice"]: each for each in told["voices"]}


NOTHING = {"given": None, "ratings": [None] * 5, "wouldAgain": None}


async def test_supporters_hear_of_many_and_never_of_one(world: World) -> None:
    """Of twelve to the nearest five, and of the four among them who rated it otherwise nothing; of the scheme's
    supporters only what those helped said."""
    await said_by(world, [4] * 8 + [5] * 4)
    await let_out(world, 0, 0, 0, 10, -1, 10, 10)
    (told,) = (await voices(world, "mentor")).values()
    assert (told["voice"], told["given"], told["ratings"]) == ("RECIPIENT", 10, [0, 0, 0, 10, None])
    assert {t["theme"]: t["times"] for t in told["themes"]}["FELT_PRIVATE"] == 10
    assert list(await voices(world, "coordinator")) == ["RECIPIENT", "SUPPORTER", "STAFF"]


@pytest.mark.parametrize(("many", "told"), [(0, 0), (1, -1), (4, -1), (5, -1), (7, -1)])
async def test_supporters_hear_of_seven_what_they_hear_of_none(world: World, many: int, told: int) -> None:
    """That one man said something would else be told by a nought that goes (rule 12). Those who run it are told nought
    of none, and nothing of seven."""
    await said_by(world, [4] * many)
    await let_out(world, 0, 0, 0, told, 0, told, told)
    (heard,) = (await voices(world, "mentor")).values()
    assert {name: heard[name] for name in NOTHING} == NOTHING
    assert {each["times"] for each in heard["themes"]} == {None}
    assert (await voices(world, "coordinator"))["RECIPIENT"]["given"] == (0 if many == 0 else None)


async def test_of_what_came_without_codes_supporters_hear_nothing(world: World) -> None:
    """Twelve said it with their tokens, of whom nobody knows that they are twelve: the figure tells of them to those
    who run it, and not to its supporters."""
    await said_by(world, [4] * 4)
    kept = (await by_code(world))[0]
    more = [dataclasses.replace(kept, id=FeedbackId(uid(f"said:{n}")), version=0, by_code=None) for n in range(12)]
    await world.keep(more)
    await let_out(world, 0, 0, 0, -1, 0, -1, 15)
    (heard,) = (await voices(world, "mentor")).values()
    assert {name: heard[name] for name in NOTHING} == NOTHING
    assert (await voices(world, "coordinator"))["RECIPIENT"]["given"] == 15


async def test_ratings_are_let_out_in_one_place(world: World) -> None:
    """They are the quarter's figure, to the number, whatever would be told of them by themselves: of eight, eight and
    one with seventeen in all, 10, 10 and 15 would tell the one, and each release keeps back what it likes."""
    await said_by(world, [3] * 8 + [4] * 8 + [1])
    await let_out(world, -1, 0, 10, -1, 0, 15, 15)
    for name in ("coordinator", "mentor"):
        told = (await voices(world, name))["RECIPIENT"]
        assert (told["given"], told["ratings"]) == (15, [None, 0, 10, None, 0])


async def test_what_is_told_beside_the_figure_gives_way_to_it(world: World) -> None:
    """Where the figure keeps back how many there were, would-agains and themes say nothing of it either."""
    await said_by(world, [3] * 8 + [4] * 8 + [1])
    await let_out(world, -1, 0, 10, 10, 0, 15, -1)
    told = (await voices(world, "coordinator"))["RECIPIENT"]
    assert {name: told[name] for name in NOTHING} == NOTHING
    assert {each["times"] for each in told["themes"]} == {None}


async def test_the_figure_is_that_which_is_let_out(world: World) -> None:
    """Said, mixed, counted with its month and let out with its quarter; until then nothing is told of those helped, and
    of the others, of whom there is no figure, it is."""
    await said_by(world, [3] * 8 + [4] * 9)
    now = world.at(datetime(2027, 1, 20, 9, tzinfo=UTC))
    told = await voices(world, "coordinator")
    assert {name: told["RECIPIENT"][name] for name in NOTHING} == NOTHING
    assert told["STAFF"]["given"] == 0
    for month in (NOVEMBER, DECEMBER):
        await closed(world, month)
    world.at(now)
    asked = {"series": Series.RATINGS, "period": FigurePeriod.QUARTER, "scheme": uid("scheme:shannon")}
    (figure,) = await world.records(Figure, **asked, first=date(2026, 10, 1))
    told = (await voices(world, "coordinator"))["RECIPIENT"]
    assert [-1 if n is None else n for n in (*told["ratings"], told["given"])] == [*figure.told[:5], figure.told[-1]]
    assert told["given"] == 15


async def test_what_was_mixed_too_late_is_not_told_beside_the_figure(world: World) -> None:
    """Thirteen were counted with their month, and ten more came when it was closed: of their themes nothing is told,
    for twenty beside a fifteen would tell how many came late."""
    await said_by(world, [4] * 5 + [5] * 8)
    await let_out(world, 0, 0, 0, -1, 10, 15, 15)
    assert (await voices(world, "coordinator"))["RECIPIENT"]["wouldAgain"] == 15
    kept = (await by_code(world))[0]
    await world.keep([dataclasses.replace(kept, id=FeedbackId(uid(f"late:{n}")), version=0) for n in range(10)])
    told = (await voices(world, "coordinator"))["RECIPIENT"]
    assert (told["given"], told["wouldAgain"]) == (15, None)
    assert {each["times"] for each in told["themes"]} == {None}


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
    await world.stranger.post("/v1/complaints-by-code", {"code": code, "about": "PRESSED"})
    world.later(days=7)
    await mixed(world)
    (kept,) = [c for c in await world.records(Complaint) if c.about == "PRESSED"]
    assert (kept.author, kept.named, kept.looked_into_by, kept.decided_by) == (None, None, None, None)
