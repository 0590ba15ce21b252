"""The night pack: who is on call, on paper, for a night on which nothing answers (rule 5)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.supporters.record import Supporter
from tests.http import tale
from tests.http.cast import actor as actor_of
from tests.http.cast import uid
from tests.http.stores import MEMORY, MEMORY_FIRST
from tests.http.tale import NIGHT
from tests.http.world import World

FURNISHED = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
FIRST = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
QUINCY = tale.ASK["recipient"]


async def rostered(world: World) -> tuple[str, list[str]]:
    """Listeners, of whom the first is on the rota of this night: scheme and supporters."""
    scheme, supporters = await tale.listeners_open(world)
    world.at(NIGHT - timedelta(days=1))
    entry = {"supporter": supporters[0].rpartition("/")[2], "day": "2027-01-05", "band": "NIGHT"}
    made = await world.coordinator.post(f"{scheme}/roster", entry)
    assert made.status_code == 201, made.text
    place = {"kind": "LISTENER_SUITE", "name": "The quiet room", "wing": "MDI-A"}
    kept = await world.coordinator.post(f"{scheme}/places", place)
    assert kept.status_code == 201, kept.text
    world.at(NIGHT)
    return scheme, supporters


async def page(world: World, scheme: str, name: str = "oscar", **more: Any) -> str:
    """The pack as a web page."""
    answer = await world[name].get(f"{scheme}/night-pack.html", **more)
    assert answer.status_code == 200, answer.text
    return answer.text


@FIRST
async def test_it_says_who_is_on_call_where_and_what_to_do(empty: World) -> None:
    """The rota's name and no other's, the place, the end of the band, and above all what to do where a life may be at
    risk; in Welsh for whoever asks for it."""
    scheme, supporters = await rostered(empty)
    on_call, not_on_call = [(await empty.oscar.get(path)).json()["name"] for path in supporters]
    told = await page(empty, scheme)
    for words in (on_call, "The quiet room", "07:45, 6 January 2027", "Raise the alarm now", "non-associations in DPS"):
        assert words in told, words
    assert not_on_call not in told
    welsh = await page(empty, scheme, headers={"Accept-Language": "cy"})
    assert "Codwch y larwm nawr" in welsh
    empty.later(hours=8)  # into a band for which no rota was published: both may be asked
    forgotten = await page(empty, scheme)
    for words in (on_call, not_on_call, "Nobody is on the rota who can come"):
        assert words in forgotten, words


@FIRST
async def test_whom_no_offer_may_name_it_does_not_name(empty: World) -> None:
    """Suspended on an allegation he is on the rota still, and on no paper that sends somebody to unlock him."""
    scheme, supporters = await rostered(empty)
    on_call = (await empty.oscar.get(supporters[0])).json()["name"]
    assert on_call in await page(empty, scheme)
    await tale.done(
        empty.oscar, supporters[0], "suspend", {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
    )
    told = await page(empty, scheme)
    assert on_call not in told
    assert (await empty.oscar.get(supporters[1])).json()["name"] in told  # for the rota names nobody who can come
    assert "The quiet room" in told


@pytest.mark.parametrize("empty", [MEMORY], indirect=True)
@pytest.mark.parametrize(
    "changed",
    [{"certificate_expires_on": NIGHT.date() - timedelta(days=2)}, {"away": ("2027-01-05/2027-01-06",)}],
    ids=str,
)
async def test_nor_whom_nobody_could_fetch(empty: World, changed: dict[str, Any]) -> None:
    """His certificate has run out, or he is at court: on the rota still, and on no paper."""
    scheme, supporters = await rostered(empty)
    was = await empty.record(Supporter, UUID(supporters[0].rpartition("/")[2]))
    assert was.name in await page(empty, scheme)
    await empty.change(replace(was, **changed))
    assert was.name not in await page(empty, scheme)


@pytest.mark.parametrize("empty", [MEMORY], indirect=True)
async def test_its_bytes_are_the_same_whether_anybody_was_called(empty: World) -> None:
    """Before, while somebody is with him and after: one page and one file, without a name, number or cell of whoever
    asked (rules 5 and 9)."""
    scheme, _ = await rostered(empty)
    await tale.on_duty(empty)
    before = await page(empty, scheme)
    printed = (await empty.oscar.get(f"{scheme}/night-pack.pdf")).content
    assert printed.startswith(b"%PDF")
    request = await tale.asked(empty)
    await tale.done(empty.officer, request, "offer")
    assert await page(empty, scheme) == before
    empty.later(minutes=4)
    await tale.done(empty.officer, request, "answer", {"accepted": True})
    await tale.done(empty.officer, request, "unlock", {"place": "LISTENER_SUITE"})
    assert await page(empty, scheme) == before
    assert (await empty.safer.get(f"{scheme}/night-pack.pdf")).content == printed
    for word in (QUINCY, "Quincy", tale.ASK["cell"], "MDI-A", request.rpartition("/")[2]):
        assert word not in before, word


@pytest.mark.parametrize("empty", [MEMORY], indirect=True)
async def test_no_line_tells_the_minute_at_which_an_officer_looked_whom_to_ask(empty: World) -> None:
    """In the night it would be that of a request: hour and family, as of the request itself; of a coordinator, who
    passes nothing on, the second and the act (rules 4 and 9)."""
    scheme, supporters = await rostered(empty)
    empty.later(seconds=77)
    looks = {
        supporters[0]: ("officer", "oscar"),
        f"{scheme}/team": ("officer",),
        f"{scheme}/night-pack.html": ("officer", "oscar"),
        "/v1/roster": ("officer", "oscar"),
        f"{scheme}/rota.pdf": ("officer",),
    }
    for path, names in looks.items():
        for name in names:
            mark = len(empty.entries())
            assert (await empty[name].get(path)).status_code == 200, (path, name)
            (line,) = empty.since(mark)
            assert (line.closed, line.at, line.actor) == (True, NIGHT.replace(minute=0), actor_of(name)), (path, name)
            read = await empty.governance.get(f"/v1/ledger?actor={actor_of(name)}", purpose="oversight")
            assert str(line.id) not in read.text
    mark = len(empty.entries())
    assert (await empty.officer.get("/v1/supporters?nonsense=1")).status_code == 400
    (line,) = empty.since(mark)
    assert (line.outcome, line.closed, line.at) == ("MALFORMED", True, NIGHT.replace(minute=0))
    mark = len(empty.entries())
    await empty.coordinator.get(supporters[0])
    (line,) = empty.since(mark)
    assert (line.closed, line.at) == (False, empty.now)


@FURNISHED
async def test_no_open_scheme_has_one(world: World) -> None:
    """Who learns to read is not fetched at night, and the words of a pack are those of listening in confidence."""
    for kind, status in (("listeners", 200), ("shannon", 404)):
        answer = await world.oscar.get(f"/v1/schemes/{uid(f'scheme:{kind}')}/night-pack.html")
        assert answer.status_code == status, answer.text


@FIRST
async def test_it_is_for_staff_of_the_prison(empty: World) -> None:
    """No supporter and no peer coordinator reads it, for they have the rota; nor does the partner or another prison."""
    scheme, _ = await rostered(empty)
    for name in ("officer", "coordinator", "safer"):
        await page(empty, scheme, name)
    for name in ("listener", "arthur", "peer-coordinator"):
        assert (await empty[name].get(f"{scheme}/night-pack.html")).status_code == 404, name
    for name in ("samaritan", "imb", "headquarters"):
        assert (await empty[name].get(f"{scheme}/night-pack.html")).status_code == 403, name
