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

BERWYN, LEEDS = frozenset[object]({"BWI"}), frozenset[object]({"LEI"})


async def test_one_at_a_time_for_each_verb_and_no_lock_is_left() -> None:
    """Two of one verb in one prison never at once; another verb waits for neither, nor does another prison; when all
    are done nothing is kept."""
    turns, inside, most = Turns(), 0, 0
    order: list[str] = []

    async def goes(name: str, verb: Verb, prison: frozenset[object] = BERWYN) -> None:
        nonlocal inside, most
        counted = verb is Verb.OFFER_REQUEST and prison is BERWYN
        async with turns.of(verb, prison):
            inside += counted
            most = max(most, inside)
            await asyncio.sleep(0)
            order.append(name)
            await asyncio.sleep(0)
            inside -= counted

    offers = [goes(f"offer {n}", Verb.OFFER_REQUEST) for n in range(5)]
    others = [goes("another", Verb.ASK), goes("elsewhere", Verb.OFFER_REQUEST, LEEDS)]
    await asyncio.gather(*offers, *others)
    assert most == 1
    assert max(order.index("another"), order.index("elsewhere")) < order.index("offer 1")
    assert [name for name in order if name.startswith("offer")] == [f"offer {n}" for n in range(5)]
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


async def test_a_turn_is_of_the_prisons_in_which_he_acts() -> None:
    """Two who lost in two prisons wait for different turns."""
    asked = list[tuple[Verb, object]]()

    class Told(Turns):
        def of(self, verb: Verb, prisons: frozenset[object] | None = None) -> Any:
            asked.append((verb, prisons))
            return super().of(verb, prisons)

    runtime: Any = SimpleNamespace(turns=Told())
    nobody: Any = None

    async def lost_once(prison: frozenset[object]) -> None:
        left = [True]

        async def act(_begin: Any) -> None:
            if left.pop() if left else False:
                raise Raced

        decided: Any = SimpleNamespace(viewer=SimpleNamespace(fact={"prisons": prison}.get))
        await Offer(runtime=runtime, caller=nobody, verb=Verb.OFFER_REQUEST, decision=decided).run(act)

    await asyncio.gather(lost_once(BERWYN), lost_once(LEEDS))
    assert set(asked) == {(Verb.OFFER_REQUEST, BERWYN), (Verb.OFFER_REQUEST, LEEDS)}


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
