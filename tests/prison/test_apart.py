"""Non-associations: asked about supporters, by the clock, in nobody's name; and what is not known is not nobody."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from domain.kernel.prison import Apart
from persistence.prison import apart as module
from persistence.prison.apart import ANEW, BELIEVED, EVERY, KnownApart
from tests.prison.elsewhere import Line, line, said, silent

ONE, OTHER, ENEMY = "A0001AA", "A0002AA", "A9999ZZ"
INVOLVING = "/non-associations/involving"


def between(first: str, second: str, closed: bool = False) -> dict[str, Any]:
    """One of them, with words that nobody is to read."""
    return {"firstPrisonerNumber": first, "secondPrisonerNumber": second, "isClosed": closed, "comment": "CANARY"}


@asynccontextmanager
async def keeping(*held: dict[str, Any], recorded: bool = False) -> AsyncGenerator[tuple[Line, KnownApart]]:
    """A system that has these, and the client."""
    async with line() as at:
        at.server.answers[INVOLVING] = said(list(held))
        known = KnownApart(at.upstream, recorded_as_non_associations=recorded, monotonic=at.server.monotonic)
        try:
            yield at, known
        finally:
            await known.aclose()


def enemies(*numbers: str) -> Apart:
    """Kept apart from these; of co-defendants nothing is known."""
    return Apart(non_associations=frozenset(numbers))


async def test_both_sides_of_what_stands_in_any_prison() -> None:
    """Open ones, whichever side he is on, wherever the other is; nobody is an answer, and half of one is not whole."""
    held = (between(ONE, ENEMY), between("A8888ZZ", ONE), between(ONE, "A7777ZZ", closed=True))
    async with keeping(*held) as (at, known):
        found = await known("NOMS", [ONE, OTHER])
        assert found is not None
        assert found == {ONE: enemies(ENEMY, "A8888ZZ"), OTHER: enemies()}
        assert not any(each.whole for each in found.values())
        (asked,) = at.server.asks(INVOLVING)
        assert asked.json == [ONE, OTHER]
        assert dict(asked.query) == {"includeOpen": "true", "includeClosed": "false"}


async def test_an_owner_may_say_where_co_defendants_are_recorded() -> None:
    """Then none apart from the non-associations is an answer, and the answer is whole."""
    async with keeping(recorded=True) as (_, known):
        found = await known("NOMS", [ONE])
        assert found is not None
        assert found == {ONE: Apart(non_associations=frozenset(), co_defendants=frozenset())}
        assert found[ONE].whole


async def test_one_who_is_not_known_there_does_not_hide_the_others() -> None:
    """It refuses the whole question then, and each is asked about by himself, in all prisons."""
    async with keeping() as (at, known):
        at.server.answers[INVOLVING] = said({}, 404)
        other = {"isClosed": False, "otherPrisonerDetails": {"prisonerNumber": ENEMY}}
        at.server.answers[f"/prisoner/{ONE}/non-associations"] = said({"nonAssociations": [other]})
        assert await known("NOMS", [ONE, OTHER]) == {ONE: enemies(ENEMY)}
        (asked,) = at.server.asks(f"/prisoner/{ONE}/non-associations")
        assert dict(asked.query)["includeOtherPrisons"] == "true"
        at.server.seconds += 1
        assert await known("NOMS", [OTHER]) == {}


async def test_one_of_whom_it_cannot_say_costs_the_others_nothing() -> None:
    """A round keeps what it was told, and an offer asks nothing: of that one alone nobody can say (rules 3 and 4)."""
    async with keeping() as (at, known):
        at.server.answers[INVOLVING] = said({}, 404)
        for number, answer in ((ONE, said({"nonAssociations": []})), (OTHER, said({}, 403))):
            at.server.answers[f"/prisoner/{number}/non-associations"] = answer
        for _ in range(4):
            assert await known.ask_again([ONE, OTHER])
            before = len(at.server.asked)
            assert await known("NOMS", [ONE, OTHER]) == {ONE: enemies()}
            assert await known("NOMS", [OTHER]) is None
            assert len(at.server.asked) == before
            at.server.seconds += EVERY


async def test_an_offer_asks_nothing_there() -> None:
    """After a round, offers find the answer here: what is asked, and when, is alike with them and without (rule 3)."""

    async def night(offers: Sequence[str]) -> list[tuple[float, bytes]]:
        times: list[tuple[float, bytes]] = []
        async with keeping(between(ONE, ENEMY)) as (at, known):
            for _ in range(4):
                before = len(at.server.asked)
                assert await known.ask_again([OTHER, ONE])
                times += [(at.server.seconds, each.body) for each in at.server.asked[before:]]
                for _offer in offers:
                    at.server.seconds += EVERY / len(offers)
                    before = len(at.server.asked)
                    assert await known("NOMS", [ONE, OTHER]) == {ONE: enemies(ENEMY), OTHER: enemies()}
                    times += [(at.server.seconds, each.body) for each in at.server.asked[before:]]
                at.server.seconds += 0 if offers else EVERY
        return times

    assert await night(["one", "another"]) == await night([])


async def test_what_is_too_old_is_not_used() -> None:
    """A round that fails costs nothing; after two nothing is known until one succeeds. An offer does not ask either: it
    would be seen there at the minute of the offer (rules 3 and 4)."""
    async with keeping(between(ONE, ENEMY)) as (at, known):
        assert await known.ask_again([ONE])
        at.server.answers[INVOLVING] = said({}, 500)
        at.server.seconds += EVERY
        assert not await known.ask_again([ONE])
        assert await known("NOMS", [ONE]) == {ONE: enemies(ENEMY)}
        at.server.seconds += BELIEVED - EVERY + 1
        at.server.answers[INVOLVING] = said([])
        before = len(at.server.asked)
        assert await known("NOMS", [ONE]) is None
        assert len(at.server.asked) == before
        assert await known.ask_again([ONE])
        assert await known("NOMS", [ONE]) == {ONE: enemies()}


async def test_a_worker_asks_anew_each_time() -> None:
    """Its questions come by the clock, and tell nothing: what was opened since is known at the next tick."""
    async with keeping() as (at, _):
        known = KnownApart(at.upstream, believed=ANEW, monotonic=at.server.monotonic)
        assert await known("NOMS", [ONE]) == {ONE: enemies()}
        assert await known("NOMS", [ONE]) == {ONE: enemies()}
        at.server.answers[INVOLVING] = said([between(ENEMY, ONE)])
        at.server.seconds += EVERY
        assert await known("NOMS", [ONE]) == {ONE: enemies(ENEMY)}
        assert len(at.server.asks(INVOLVING)) == 2


async def test_many_offers_at_once_are_one_question() -> None:
    """And one question is one, for all whom nobody has asked about."""
    async with keeping() as (at, known):
        assert (
            await asyncio.gather(*(known("NOMS", [ONE, OTHER]) for _ in range(10)))
            == [{ONE: enemies(), OTHER: enemies()}] * 10
        )
        assert len(at.server.asks(INVOLVING)) == 1


async def test_nobody_waits_long_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An offer is made within a transaction: it is told that nobody can say, while the question goes on without it."""
    monkeypatch.setattr(module, "IN_HAND", 0.05)
    async with keeping() as (at, known):
        await at.tokens()
        at.server.answers[INVOLVING] = silent
        for _ in range(3):
            assert await known("NOMS", [ONE]) is None
        assert len(known._flights) == 3
        await asyncio.wait(known._flights)
        assert at.breaker._bad == 1, "and asks once for all of them"


@pytest.mark.parametrize(
    "answer", [said({}, 500), said({}), said([{"isClosed": False}]), said([between(ONE, "")]), said(b"x")]
)
async def test_what_cannot_be_asked_is_not_nobody(answer: Any) -> None:
    """An error, or another shape, is None for all."""
    async with keeping() as (at, known):
        at.server.answers[INVOLVING] = answer
        assert await known("NOMS", [ONE]) is None


async def test_who_is_out_of_the_estate_is_not_asked_about() -> None:
    """Another jurisdiction's numbers go nowhere, and what is no number is not known."""
    async with keeping() as (at, known):
        assert await known("PRIS", ["12345"]) is None
        assert await known("NOMS", ["12345", "x/../y"]) == {}
        assert at.server.asked == []
