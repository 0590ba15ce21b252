"""The rota as it was published, on paper and in a calendar: duty, and nothing besides (F32, F36; rules 9 and 10)."""

import dataclasses
import re
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from api.language import Language
from api.printing.wall import wall_page
from domain.care.published import Printed
from domain.care.roster import RosterEntry
from domain.confidentiality.entry import Outcome
from domain.supporters.record import Supporter
from tests.http import tale
from tests.http.cast import CAST, uid
from tests.http.tale import done
from tests.http.test_rules_rota import NIGHT, called
from tests.http.test_story_rota import LISTENER, LISTENERS, written
from tests.http.test_story_rota_cover import SECOND
from tests.http.world import World, observed

SHEET, FEED = f"{LISTENERS}/rota.pdf?since=2026-11-23&weeks=2", f"{LISTENERS}/rota.ics"
NEVER = f"/v1/schemes/{uid('never-existed')}"
read: Any = Calendar.from_ical
"""As somebody else's calendar does."""
PRINTING = ("coordinator", "samaritan", "officer", "oscar", "hub")
FEEDING = ("coordinator", "samaritan")


async def events(world: World, by: str = "coordinator") -> list[tuple[str, str, str, int, str]]:
    """(what, when it begins, stamp, sequence, status) of each in the calendar, in its order."""
    answer = await world[by].get(FEED)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/calendar")
    assert answer.headers["cache-control"] == "no-store"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    return [
        (
            str(e["SUMMARY"]),
            f"{e['DTSTART'].dt:%d %H:%M}",
            f"{e['DTSTAMP'].dt:%d %H:%M}",
            int(e["SEQUENCE"]),
            str(e["STATUS"]),
        )
        for e in read(answer.text).walk("VEVENT")
    ]


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[Printed]:
    """What is printed, as it goes to the page."""
    found = list[Printed]()

    def noted(of: Printed, language: Language) -> object:
        found.append(of)
        return wall_page(of, language)

    monkeypatch.setattr("api.routes.published.wall_page", noted)
    return found


async def listed(world: World, *, yes: bool = True, who: tuple[str, ...] = ("listener", "second-listener")) -> None:
    """They agree to be listed, or take it back."""
    for name in who:
        path = f"/v1/supporters/{uid(f'supporter:{name}')}"
        answer = await world[name].patch(path, {"agreedToBeListed": yes}, tag=await world[name].tag(path))
        assert answer.status_code == 200, answer.text


async def test_the_wall_names_those_who_agreed(world: World, pages: list[Printed]) -> None:
    """Who has not agreed, or took it back, is there and not named: paper reaches a prisoner who coordinates (rule
    10)."""
    await listed(world)
    await written(world, 24)
    await written(world, 24, supporter=SECOND)
    for _ in range(2):
        assert (await world.officer.get(SHEET)).status_code == 200
        await listed(world, yes=False, who=("second-listener",))
    cells = ["\n".join(row) for page in pages for row in wall_page(page, Language.ENGLISH)["table"]["rows"]]
    (both, one) = [cell for cell in cells if "Lionel Quaverley" in cell]
    assert ("Leopold Quexington" in both, "+1" in both) == (True, False)
    assert ("Leopold Quexington" in one, "+1" in one) == (False, True)


async def test_two_weeks_on_a_page_by_name(world: World, pages: list[Printed]) -> None:
    """Days and bands of the kind; whoever is on the rota by name, and no number. Those beyond the weeks are not on it.
    It is a line in the ledger, with those whose names were shown."""
    await listed(world)
    for day in (24, 30):
        await written(world, day)
    await written(world, 24, supporter=SECOND)
    await world.coordinator.post(f"{LISTENERS}/roster", {"supporter": LISTENER, "day": "2026-12-08", "band": "NIGHT"})
    answer = await world.officer.get(SHEET)
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert (world.last.outcome, world.last.verb) == (Outcome.DONE, "READ_ROTA_SHEET")
    assert [len(s.ids) for s in world.last.sights if s.kind == "roster-entry"] == [3]
    (page,) = pages
    assert {(f"{d}", b): names for (d, b), names in page.names.items()} == {
        ("2026-11-24", "NIGHT"): ("Leopold Quexington", "Lionel Quaverley"),
        ("2026-11-30", "NIGHT"): ("Lionel Quaverley",),
    }
    said = str(wall_page(page, Language.ENGLISH))
    assert not any(str(CAST[n].number) in said for n in ("listener", "second-listener"))
    assert (len(page.days), len(page.bands)) == (14, 5)


async def test_a_week_from_its_monday_in_the_language_that_is_preferred(world: World, pages: list[Printed]) -> None:
    """Without a day it is this week's; in Welsh days and bands are Welsh."""
    english, welsh = [
        await world.officer.get(f"{LISTENERS}/rota.pdf", headers={"Accept-Language": asked}) for asked in ("en", "cy")
    ]
    assert (english.headers["content-language"], welsh.headers["content-language"]) == ("en", "cy")
    assert english.content != welsh.content
    assert [f"{pages[0].days[at]}" for at in (0, -1)] == ["2026-11-23", "2026-11-29"]
    rows = wall_page(pages[0], Language.WELSH)["table"]["rows"]
    assert rows[0][0].startswith("Dydd Llun")
    for asked in ("weeks=0", "weeks=3", "since=yesterday"):
        assert (await world.officer.get(f"{LISTENERS}/rota.pdf?{asked}")).status_code == 400, asked


async def test_a_page_is_landscape_and_says_every_name(world: World) -> None:
    """The file itself: A4 lying down, and the same bytes for the same rota."""
    await written(world, 24)
    one, other = [(await world[name].get(SHEET)).content for name in ("officer", "hub")]
    assert one == other
    sizes = re.findall(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", one)
    assert sizes
    assert all(float(width) > float(height) for width, height in sizes)


async def test_a_calendar_has_duty_and_moves_by_publication_alone(world: World) -> None:
    """A night from lock-up on; stamped when it was published. When it is withdrawn it is told as cancelled, once more
    and with that instant; what waits for a second person was never published, and is not in it."""
    path = (await written(world, 24)).headers["location"]
    name = f"{(await world.coordinator.get(LISTENERS)).json()['name']}, night: Lionel Quaverley"
    for by in FEEDING:
        assert await events(world, by) == [(name, "24 20:30", "23 10:00", 0, "CONFIRMED")], by
    await written(world, 26)
    assert (await written(world, 28, override="SWAP")).json()["state"] == "WAITING"
    world.later(hours=3)
    await done(world.coordinator, path, "withdraw")
    assert [e[1:] for e in await events(world)] == [
        ("24 20:30", "23 13:00", 1, "CANCELLED"),
        ("26 20:30", "23 10:00", 0, "CONFIRMED"),
    ]
    world.later(days=31)
    assert [e[1] for e in await events(world)] == ["26 20:30"]


async def test_neither_tells_who_was_called_or_cannot_come(world: World) -> None:
    """Called twice that night, or at court, or suspended: to everybody who reads them the bytes are those of before;
    and withdrawn, they are others."""
    path = (await written(world, 24)).headers["location"]
    await written(world, 24, supporter=SECOND)
    world.at(NIGHT.replace(day=25))
    looks = [(who, SHEET) for who in PRINTING] + [(who, FEED) for who in FEEDING]

    async def seen() -> dict[tuple[str, str], object]:
        return {(who, path): observed(await world[who].get(path)) for who, path in looks}

    before = await seen()
    await tale.on_duty(world)
    await called(world, 2)
    assert await seen() == before
    was = await world.record(Supporter, UUID(LISTENER))
    await world.change(dataclasses.replace(was, away=("2026-11-24/..",)))
    assert await seen() == before
    body = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
    await done(world.oscar, f"/v1/supporters/{LISTENER}", "suspend", body)
    assert await seen() == before
    entry = await world.record(RosterEntry, UUID(path.rpartition("/")[2]))
    assert entry.in_force_until is None
    world.at(NIGHT)
    await done(world.coordinator, path, "withdraw")
    after = await seen()
    assert all(after[look] != before[look] for look in looks)


async def test_staff_print_it_and_those_who_run_the_scheme_have_the_calendar(world: World) -> None:
    """Nobody in custody has either, himself a Listener or the peer coordinator: paper reaches him by staff. Another
    prison's scheme is not there."""
    await written(world, 24)
    for name in ("officer", "oscar", "hub"):
        assert (await world[name].get(FEED)).status_code == 403, name
    for name in ("staff", "safer", "governor", "imb", "headquarters", "evaluator"):
        for path in (SHEET, FEED):
            assert (await world[name].get(path)).status_code == 403, name
    for name in ("listener", "second-listener", "peer-coordinator", "arthur"):
        for path in ("rota.pdf", "rota.ics"):
            answer = await world[name].get(f"{LISTENERS}/{path}")
            assert observed(answer) == observed(await world[name].get(f"{NEVER}/{path}")), name
            assert answer.status_code == 404
    for name in ("far-coordinator", "shannon-coordinator", "facilitator"):
        for path in ("rota.pdf", "rota.ics"):
            assert (await world[name].get(f"{LISTENERS}/{path}")).status_code == 404, name
    assert (await world[""].get(FEED)).status_code == 401
