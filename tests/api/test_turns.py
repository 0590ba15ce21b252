"""Those who lost a race go one after another."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from api import turns as turns_
from api.attempt import Attempt
from api.turns import Turns
from domain.confidentiality.verbs import Verb
from domain.ports import Raced


async def test_one_at_a_time_for_each_verb_and_no_lock_is_left() -> None:
    """Two of one verb never at once; another verb waits for neither; when all are done nothing is kept."""
    turns, inside, most = Turns(), 0, 0
    order: list[str] = []

    async def goes(name: str, verb: Verb) -> None:
        nonlocal inside, most
        async with turns.of(verb):
            inside += verb is Verb.OFFER_REQUEST
            most = max(most, inside)
            await asyncio.sleep(0)
            order.append(name)
            await asyncio.sleep(0)
            inside -= verb is Verb.OFFER_REQUEST

    offers = [goes(f"offer {n}", Verb.OFFER_REQUEST) for n in range(5)]
    await asyncio.gather(*offers, goes("another", Verb.ASK))
    assert most == 1
    assert order.index("another") < order.index("offer 1")
    assert [name for name in order if name != "another"] == [f"offer {n}" for n in range(5)]
    assert len(turns._locks) == 0


async def test_nobody_waits_for_his_turn_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one takes long the next goes without a turn; and has none to give back."""
    monkeypatch.setattr(turns_, "LONGEST", 0.01)
    turns, went = Turns(), list[str]()
    async with turns.of(Verb.OFFER_REQUEST):
        async with turns.of(Verb.OFFER_REQUEST):
            went.append("without")
        assert [lock.locked() for lock in turns._locks.values()] == [True]
    assert went == ["without"]


class Offer(Attempt):
    """An attempt that is decided already."""

    def choose(self) -> Any:
        raise NotImplementedError

    def begin(self, key: Any = None) -> Any:
        return None


async def test_who_lost_goes_in_turn_and_who_did_not_waits_for_nobody() -> None:
    """Of five that lose once, each goes again alone; another that loses nothing goes meanwhile."""
    runtime: Any = SimpleNamespace(turns=Turns())
    nobody: Any = None
    inside, most, overtakes, begun = 0, 0, 0, asyncio.Event()

    def act(loses: bool) -> Any:
        left = [loses]

        async def tried(_begin: Any) -> str:
            nonlocal inside, most, overtakes
            if left.pop() if left else False:
                raise Raced
            inside += loses
            begun.set()
            most, overtakes = max(most, inside), overtakes + (not loses and inside == 1)
            await asyncio.sleep(0.01)
            inside -= loses
            return "done"

        return tried

    async def later() -> str:
        await begun.wait()
        return await Offer(runtime=runtime, caller=nobody, verb=Verb.OFFER_REQUEST).run(act(False))

    offers = [Offer(runtime=runtime, caller=nobody, verb=Verb.OFFER_REQUEST).run(act(True)) for _ in range(5)]
    assert await asyncio.gather(*offers, later()) == ["done"] * 6
    assert (most, overtakes) == (1, 1)


def test_each_loop_has_its_own() -> None:
    """A turn that was waited for in one loop is none of the next one's."""
    turns = Turns()

    async def both() -> None:
        async def goes() -> None:
            async with turns.of(Verb.OFFER_REQUEST):
                await asyncio.sleep(0)

        await asyncio.gather(goes(), goes())

    for _ in range(2):
        asyncio.run(both())
