"""A scheme's charter as a page for people, over HTTP: who sees what of it, in which language, and its line."""

from uuid import UUID

import httpx
import pytest

from api.printing.html import POLICY
from domain.confidentiality.entry import Outcome
from tests.http.cast import uid
from tests.http.tale import done
from tests.http.world import World

SCHEME = f"/v1/schemes/{uid('scheme:listeners')}"


@pytest.mark.parametrize(("page", "media"), [("charter.html", "text/html"), ("charter.pdf", "application/pdf")])
async def test_a_page_is_a_look_like_any_other(world: World, page: str, media: str) -> None:
    """The same act, the same line, the same fields, and besides the scheme whose name is on it; kept by no cache; and
    whatever `Accept` says, its address has one media type: there is no 406."""
    asked = {"Accept": "application/json;q=0.1, image/png"}
    answer = await world.arthur.get(f"{SCHEME}/{page}", headers=asked)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert answer.headers["cache-control"] == "no-store"
    printed = world.last
    await world.arthur.get(f"{SCHEME}/charter")
    assert (world.last.verb, world.last.rule) == (printed.verb, printed.rule)
    assert [s for s in printed.sights if s.kind != "scheme"] == list(world.last.sights)
    assert [s.ids for s in printed.sights if s.kind == "scheme"] == [(UUID(SCHEME.rpartition("/")[2]),)]
    assert printed.outcome is Outcome.DONE
    assert printed.actor is None


@pytest.mark.parametrize("page", ["charter.html", "charter.pdf"])
async def test_a_page_shows_just_what_its_viewer_may_see(world: World, page: str) -> None:
    """To a man in custody the public page, to an officer all of it; to both the same where nothing is withheld."""
    to = {who: await world[who].get(f"{SCHEME}/{page}") for who in ("arthur", "listener", "headquarters", "officer")}
    assert to["arthur"].content == to["listener"].content == to["headquarters"].content
    assert to["officer"].content != to["arthur"].content
    if page == "charter.html":
        assert "Ask any officer" in to["arthur"].text
        assert "Survey of March" not in to["arthur"].text
        assert "Survey of March" in to["officer"].text


@pytest.mark.parametrize("page", ["charter.html", "charter.pdf"])
async def test_a_page_is_in_the_language_that_is_preferred(world: World, page: str) -> None:
    """English or Welsh, and it says which."""
    english, welsh = [
        await world.arthur.get(f"{SCHEME}/{page}", headers={"Accept-Language": asked})
        for asked in ("en", "cy, en;q=0.5")
    ]
    assert (english.headers["content-language"], welsh.headers["content-language"]) == ("en", "cy")
    assert english.content != welsh.content
    assert "Accept-Language" in welsh.headers["vary"]
    if page == "charter.html":
        assert "Sut i ofyn" in welsh.text


@pytest.mark.parametrize("asked", ["en", "cy"])
async def test_nobody_is_told_to_ask_what_does_not_run(world: World, asked: str) -> None:
    """While the scheme is suspended its page says so and what to do instead, in the language that is preferred, to
    whoever prints it; and nothing is next to be had. When it goes on, all is as before."""
    said = {"Accept-Language": asked}
    runs = "does not run now" if asked == "en" else "yn rhedeg nawr"
    before = await world.arthur.get(f"{SCHEME}/charter.html", headers=said)
    band = {"weekday": "MONDAY", "band": "PM", "starts": "14:00", "ends": "16:00", "validFrom": "2026-11-23"}
    assert (await world.coordinator.post(f"{SCHEME}/service-times", band)).status_code == 201
    assert (await world.arthur.get(f"{SCHEME}/availability")).json()["items"] != []
    await done(world.governor, SCHEME, "suspend", {"reason": "SAFETY", "reviewOn": "2027-01-01"})
    for who in ("arthur", "officer"):
        stopped = await world[who].get(f"{SCHEME}/charter.html", headers=said)
        assert runs in stopped.text
        assert "Ask any officer" not in stopped.text
        assert (await world[who].get(f"{SCHEME}/availability")).json()["items"] == []
    assert ("Ask any officer" in before.text, runs in before.text) == (True, False)
    await done(world.governor, SCHEME, "resume")
    assert (await world.arthur.get(f"{SCHEME}/charter.html", headers=said)).content == before.content
    assert (await world.arthur.get(f"{SCHEME}/availability")).json()["items"] != []


async def test_only_the_page_s_own_style_works(world: World) -> None:
    """Its policy names the hash of its one style; every other answer's lets nothing work at all."""
    html = await world.arthur.get(f"{SCHEME}/charter.html")
    assert html.headers.get_list("content-security-policy") == [POLICY]
    for path in (f"{SCHEME}/charter", f"{SCHEME}/charter.pdf"):
        answer = await world.arthur.get(path)
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize("page", ["charter.html", "charter.pdf"])
async def test_where_nothing_holds_there_is_no_page(world: World, page: str) -> None:
    """A draft is no page; nor is there one in another prison: the one 404."""
    seen: set[tuple[int, bytes]] = set()
    for scheme in ("scheme:planned", "far:scheme:listeners", "never-existed"):
        answer: httpx.Response = await world.arthur.get(f"/v1/schemes/{uid(scheme)}/{page}")
        seen.add((answer.status_code, answer.content))
    assert len(seen) == 1
    assert next(iter(seen))[0] == 404
