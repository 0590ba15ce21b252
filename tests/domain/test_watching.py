"""The board, and watching it: a line when a watch opens, one when it closes, one for each new sight (rule 29)."""

from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.kernel.errors import Absent, NotNow
from domain.sessions import answering, asking, watching
from domain.sessions.codes import Channel, Need, Urgency
from domain.sessions.request import Request
from domain.sessions.watching import EACH, Board, Watch
from tests.domain.world import NOW, PRISON, WING, World, codes

ASKING: dict[str, Any] = {"need": Need.EMOTIONAL, "channel": Channel.CELL_BELL, "urgency": Urgency.NOW}


async def _ask(world: World, wing: str = WING, **given: Any) -> View[Request]:
    staff = world.viewer(Role.STAFF_MEMBER)
    made = {**ASKING, "prison": PRISON, "wing": wing, **given}
    return (await world.make(staff, Verb.ASK, asking.ask, **made)).view


async def _board(world: World, who: Viewer, **given: Any) -> Board | None:
    return await world.make(who, Verb.READ_BOARD, watching.board, **given)


async def _open(world: World, who: Viewer) -> tuple[View[Watch], Board]:
    board = await world.make(who, Verb.READ_BOARD, watching.open_watch, prison=PRISON)
    assert board.watch is not None
    return board.watch, board


def _lines(world: World, who: Viewer) -> int:
    return sum(e.actor == who.actor for e in world.store.entries)


async def test_the_board_shows_what_is_open_now(world: World) -> None:
    """The officer's board holds the open requests of his wing, a life at risk among them, and none that ended; the
    orderly officer's those of the whole prison, and of no other."""
    world.scheme()
    here, away = await _ask(world), await _ask(world, wing="C")
    risk = await _ask(world, urgency=Urgency.LIFE_AT_RISK)
    await _ask(world, prison="LEI", wing="LEI-B")
    ended = await _ask(world)
    officer, orderly = world.viewer(Role.WING_OFFICER), world.viewer(Role.ORDERLY_OFFICER)
    await world.change(officer, Verb.WITHDRAW_REQUEST, answering.withdraw, ended)
    board = await _board(world, officer)
    assert board is not None
    assert {v.id for v in board.items} == {here.id, risk.id}
    board = await _board(world, orderly)
    assert board is not None
    assert {v.id for v in board.items} == {here.id, risk.id, away.id}
    nobody = world.viewer(Role.WING_OFFICER, wings=frozenset())
    board = await _board(world, nobody)
    assert board is not None
    assert board.items == ()


async def test_none_that_waits_is_pushed_off_the_board(world: World) -> None:
    """State by state, a life at risk first and then the longest waiting; however many there are, the board says that
    there are more, and those that waited longest are on it."""
    world.scheme()
    asked = []
    for minute in range(EACH + 3):
        world.clock.now = NOW + timedelta(minutes=minute)
        asked.append((await _ask(world)).id)
    risk = await _ask(world, urgency=Urgency.LIFE_AT_RISK)
    officer = world.viewer(Role.WING_OFFICER)
    board = await _board(world, officer)
    assert board is not None
    assert [v.id for v in board.items] == [risk.id, *asked[:EACH]]
    assert board.more
    few = await _board(world, world.viewer(Role.WING_OFFICER, wings=frozenset({"nowhere"})))
    assert few is not None
    assert not few.more


async def test_an_unchanged_board_leaves_no_line_of_its_own(world: World) -> None:
    """Polled every five seconds for an hour, a watched board makes one line when it is opened and one when it is
    closed; the closing one is the watch's own end."""
    world.scheme()
    await _ask(world)
    officer = world.viewer(Role.WING_OFFICER)
    watch, board = await _open(world, officer)
    for _ in range(720):
        world.clock.forward(seconds=5)
        assert await _board(world, officer, watch=watch.id, known=board.tag) is None
    assert _lines(world, officer) == 1
    await world.change(officer, Verb.CLOSE_WATCH, watching.close_watch, watch)
    assert _lines(world, officer) == 2
    assert world.kept(watch).closed_at == world.clock.now


async def test_what_is_new_is_shown_and_recorded(world: World) -> None:
    """A request that appears, moves, or is over changes the board's tag: it is shown, with a line and its sight."""
    world.scheme()
    officer = world.viewer(Role.WING_OFFICER)
    watch, board = await _open(world, officer)
    request = await _ask(world)
    after = await _board(world, officer, watch=watch.id, known=board.tag)
    assert after is not None
    assert [v.id for v in after.items] == [request.id]
    assert world.entry.actor == officer.actor
    assert world.entry.sights[0].ids == (request.id,)
    assert await _board(world, officer, watch=watch.id, known=after.tag) is None
    await world.change(officer, Verb.WITHDRAW_REQUEST, answering.withdraw, request)
    gone = await _board(world, officer, watch=watch.id, known=after.tag)
    assert gone is not None
    assert gone.items == ()


async def test_a_tag_alone_is_no_watch(world: World) -> None:
    """Without a watch, in one that has been closed, or in one whose band is over, every look leaves its line and shows
    the board, known or not."""
    world.scheme()
    officer = world.viewer(Role.WING_OFFICER)
    watch, board = await _open(world, officer)
    closed, _ = await _open(world, officer)
    await world.change(officer, Verb.CLOSE_WATCH, watching.close_watch, closed)
    before = _lines(world, officer)
    assert await _board(world, officer, known=board.tag) is not None
    assert await _board(world, officer, watch=closed.id, known=board.tag) is not None
    world.clock.now = world.kept(watch).ends_at - timedelta(seconds=1)
    assert await _board(world, officer, watch=watch.id, known=board.tag) is None
    world.clock.forward(seconds=1)
    assert await _board(world, officer, watch=watch.id, known=board.tag) is not None
    assert _lines(world, officer) == before + 3


async def test_another_s_watch_is_absent(world: World) -> None:
    """A watch covers the looks of its own watcher: to anybody else it is as absent as one that never was."""
    world.scheme()
    officer, other = world.viewer(Role.WING_OFFICER), world.viewer(Role.WING_OFFICER)
    watch, board = await _open(world, officer)
    for id in (watch.id, world.ids()):
        with pytest.raises(Absent):
            await _board(world, other, watch=id, known=board.tag)
    with pytest.raises(Absent):
        await world.change(other, Verb.CLOSE_WATCH, watching.close_watch, watch)
    with pytest.raises(Absent):
        await world.make(other, Verb.READ_BOARD, watching.open_watch, prison="LEI")


async def test_two_officers_boards_have_two_tags(world: World) -> None:
    """The same board has another tag for another viewer: nobody can tell from a tag what somebody else sees."""
    world.scheme()
    await _ask(world)
    one, two = world.viewer(Role.WING_OFFICER), world.viewer(Role.WING_OFFICER)
    boards = [await _board(world, one), await _board(world, two), await _board(world, one)]
    tags = [b.tag for b in boards if b is not None]
    assert tags[0] == tags[2] != tags[1]


async def test_a_watch_is_closed_once_or_by_its_band(world: World) -> None:
    """Its watcher closes it, once; what is left open the clock closes when the band has ended, as of that instant."""
    officer = world.viewer(Role.WING_OFFICER)
    mine, _ = await _open(world, officer)
    left, _ = await _open(world, officer)
    await world.change(officer, Verb.CLOSE_WATCH, watching.close_watch, mine)
    with pytest.raises(NotNow) as wrong:
        await world.change(officer, Verb.CLOSE_WATCH, watching.close_watch, mine)
    assert codes(wrong.value) == ["CLOSED"]
    service = world.viewer(Role.SERVICE)
    assert await world.make(service, Verb.TICK, watching.end_watches) == 0
    end = world.kept(left).ends_at
    world.clock.now = end + timedelta(minutes=7)
    assert await world.make(service, Verb.TICK, watching.end_watches) == 1
    assert world.kept(left).closed_at == end
    assert world.kept(mine).closed_at < end
    assert await world.make(service, Verb.TICK, watching.end_watches) == 0
