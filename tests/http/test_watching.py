"""Rule 29: watching the board is one act, however often it is polled."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.confidentiality.entry import Outcome
from domain.sessions.watching import Watch
from tests.http import tale
from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, request
from tests.http.tale import done
from tests.http.world import World, problem

BAND_END = START + timedelta(hours=2, minutes=15)


async def opened(world: World, name: str = "oscar") -> tuple[str, str]:
    """A watch's id, and the board's tag, as `If-None-Match` wants it."""
    answer = await world[name].post("/v1/board/watches", {"prison": "MDI"})
    assert answer.status_code == 201
    return answer.json()["watch"]["id"], f'"{answer.json()["board"]["tag"]}"'


async def polled(world: World, watch: str | None, tag: str, name: str = "oscar") -> int:
    """The status of one poll."""
    path = "/v1/board" if watch is None else f"/v1/board?watch={watch}"
    return (await world[name].get(path, headers={"If-None-Match": tag})).status_code


async def test_an_hour_of_polling_an_unchanged_board_is_two_lines(world: World) -> None:
    """One when it is opened, one when it is closed; 304 without a body in between, every five seconds."""
    mark = len(world.entries())
    watch, tag = await opened(world)
    for _ in range(0, 3600, 5):
        world.later(seconds=5)
        assert await polled(world, watch, tag) == 304
    path = f"/v1/board/watches/{watch}"
    closing = await world.oscar.tag(path)
    closed = await world.oscar.post(f"{path}/close", tag=closing)
    assert (closed.status_code, closed.json()["closedAt"]) == (200, "2026-11-23T11:00:00Z")
    verbs = [(str(e.verb), e.outcome) for e in world.since(mark)]
    assert verbs == [
        ("READ_BOARD", Outcome.DONE),
        ("READ_WATCH", Outcome.DONE),  # for the tag, which opening it gave already
        ("CLOSE_WATCH", Outcome.DONE),
    ]


async def test_the_tag_that_opening_gave_closes_it(world: World) -> None:
    """So that nothing need be read in between."""
    answer = await world.oscar.post("/v1/board/watches", {"prison": "MDI"})
    id = answer.json()["watch"]["id"]
    closed = await world.oscar.post(f"/v1/board/watches/{id}/close", tag=answer.headers["etag"])
    assert closed.status_code == 200
    assert (await world.record(Watch, UUID(id))).closed_at == world.now


async def test_what_is_new_is_shown_and_has_its_line(world: World) -> None:
    """A new request, or an old one that moved: 200 with another tag, and one line each."""
    watch, tag = await opened(world)
    mark = len(world.entries())
    await world.keep([request(MOORLAND, "request:new")])
    shown = await world.oscar.get(f"/v1/board?watch={watch}", headers={"If-None-Match": tag})
    assert shown.status_code == 200
    assert str(uid("request:new")) in {i["id"] for i in shown.json()["items"]}
    second = f'"{shown.json()["tag"]}"'
    assert second != tag
    assert await polled(world, watch, second) == 304
    assert [e.verb for e in world.since(mark)] == ["READ_BOARD"]
    await done(world.oscar, f"/v1/requests/{uid('request:new')}", "withdraw")
    assert await polled(world, watch, second) == 200


async def test_without_a_watch_every_look_is_a_line(world: World) -> None:
    """The tag alone spares nothing: else whoever kept one could look unseen."""
    _, tag = await opened(world)
    mark = len(world.entries())
    assert await polled(world, None, tag) == 200
    assert await polled(world, None, tag) == 200
    assert len(world.since(mark)) == 2


@pytest.mark.parametrize("end", ["band", "closed"])
async def test_a_watch_that_is_over_spares_no_line(world: World, end: str) -> None:
    """With its band it ends, or when it is closed: from then on a look is a line again."""
    watch, tag = await opened(world)
    assert await polled(world, watch, tag) == 304
    if end == "band":
        world.at(BAND_END)
    else:
        path = f"/v1/board/watches/{watch}"
        await world.oscar.post(f"{path}/close", tag=await world.oscar.tag(path))
    mark = len(world.entries())
    assert await polled(world, watch, tag) == 200
    assert [e.verb for e in world.since(mark)] == ["READ_BOARD"]


async def test_a_watch_shows_no_more_than_the_board(world: World) -> None:
    """Without a duty an officer watches an empty board; another prison is out of reach; other roles never watch."""
    answer = await world.officer.post("/v1/board/watches", {"prison": "MDI"})
    assert answer.json()["board"]["items"] == []
    assert (await world.officer.post("/v1/board/watches", {"prison": "LEI"})).status_code == 404
    for name in ("governor", "coordinator", "safer", "samaritan", "staff"):
        assert (await world[name].post("/v1/board/watches", {"prison": "MDI"})).status_code == 403
    assert (await world.arthur.post("/v1/board/watches", {"prison": "MDI"})).status_code == 404


async def test_a_duty_that_ends_empties_the_watched_board(world: World) -> None:
    """The board of a watch is the board of now: reach is looked at anew with each poll."""
    await tale.on_duty(world)
    watch, tag = await opened(world, "officer")
    assert await polled(world, watch, tag, "officer") == 304
    world.stage.caseloads["officer"] = frozenset({"LEI"})
    world.later(minutes=5)
    gone = await world.officer.get(f"/v1/board?watch={watch}", headers={"If-None-Match": tag})
    assert (gone.status_code, gone.json()["items"]) == (200, [])


@pytest.mark.parametrize("tag", ["*", 'W/"abc"', "abc", '"a", "b"'])
async def test_a_tag_that_is_none_is_refused(world: World, tag: str) -> None:
    """As for `If-Match`: one strong tag, and a line for the attempt."""
    watch, _ = await opened(world)
    answer = await world.oscar.get(f"/v1/board?watch={watch}", headers={"If-None-Match": tag})
    assert problem(answer) == (400, "unreadable", [("IF_NONE_MATCH", "header:If-None-Match")])
    assert world.last.outcome is Outcome.MALFORMED
