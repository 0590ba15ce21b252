"""Watching the board (rule 29): one line when it begins and one when it ends, however often it is polled."""

from tests.http import tale
from tests.http.world import World


async def test_an_hour_of_polling_an_unchanged_board_is_two_lines(world: World) -> None:
    """Every five seconds for an hour, nothing new: the ledger has the opening and the closing, and nothing else."""
    await tale.on_duty(world)
    opened = await world.officer.post("/v1/board/watches", {"prison": "MDI"})
    assert opened.status_code == 201
    watch, board = opened.json()["watch"], opened.json()["board"]
    before = len(world.entries())
    for _ in range(720):
        world.later(seconds=5)
        answer = await world.officer.get(
            f"/v1/board?watch={watch['id']}", headers={"If-None-Match": f'"{board["tag"]}"'}
        )
        assert (answer.status_code, answer.content) == (304, b"")
    assert len(world.entries()) == before
    closed = await world.officer.post(f"/v1/board/watches/{watch['id']}/close", {}, tag=opened.headers["etag"])
    assert closed.status_code == 200
    assert [tale.line(e)[:3] for e in world.entries()[before - 1 :]] == [
        ("officer", "WING_OFFICER", "READ_BOARD"),
        ("officer", "WING_OFFICER", "CLOSE_WATCH"),
    ]


async def test_what_is_new_is_shown_and_has_its_line(world: World) -> None:
    """A request that comes in changes the tag: it is shown, and the ledger says so."""
    await tale.on_duty(world)
    opened = (await world.officer.post("/v1/board/watches", {"prison": "MDI"})).json()
    request = await tale.asked(world)
    before = len(world.entries())
    answer = await world.officer.get(
        f"/v1/board?watch={opened['watch']['id']}", headers={"If-None-Match": f'"{opened["board"]["tag"]}"'}
    )
    assert answer.status_code == 200
    assert request.rpartition("/")[2] in [item["id"] for item in answer.json()["items"]]
    (line,) = world.entries()[before:]
    assert line.sights


async def test_outside_an_open_watch_of_ones_own_every_look_is_a_line(world: World) -> None:
    """Without a watch, after its end, or with somebody else's, a tag spares nobody his line; another's is not there."""
    await tale.on_duty(world)
    await tale.on_duty(world, "second-officer")
    opened = await world.officer.post("/v1/board/watches", {"prison": "MDI"})
    watch, tag = opened.json()["watch"]["id"], {"If-None-Match": f'"{opened.json()["board"]["tag"]}"'}
    before = len(world.entries())
    assert (await world.officer.get("/v1/board", headers=tag)).status_code == 200
    assert (await world["second-officer"].get(f"/v1/board?watch={watch}", headers=tag)).status_code == 404
    closed = await world.officer.post(f"/v1/board/watches/{watch}/close", {}, tag=opened.headers["etag"])
    assert closed.status_code == 200
    assert (await world.officer.get(f"/v1/board?watch={watch}", headers=tag)).status_code == 200
    assert len(world.entries()) == before + 4
