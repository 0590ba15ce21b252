"""Feedback that somebody in custody gives with his token, without his name: told with its week, and from none that was
given by a single-use code (rule 12)."""

import dataclasses
from typing import Any

import pytest

from domain.feedback.record import Feedback
from tests.http.cast import uid
from tests.http.test_story_by_code import LISTENERS, SAID, SHANNON, mixed, printed
from tests.http.world import World, observed

SCHEME = str(uid("scheme:shannon"))
BY_TOKEN: dict[str, Any] = {name: said for name, said in SAID.items() if name != "voice"}


async def read(world: World, by: str = "coordinator") -> dict[str, dict[str, Any]]:
    """The feedback that this member reads of the scheme, by id."""
    told = await world[by].get(f"/v1/feedback?scheme={SCHEME}&limit=100", purpose="evaluation")
    assert told.status_code == 200, told.text
    return {item["id"]: item for item in told.json()["items"]}


@pytest.mark.parametrize("of", [SHANNON, LISTENERS])
async def test_by_token_it_comes_with_its_week_and_as_one_by_code(world: World, of: str) -> None:
    """Until then nobody reads it and no row is there: the minute of either would tell who was at the kiosk. And then
    it is read as one by a code: but for its id nothing is other."""
    before, shown = {each.id for each in await world.records(Feedback)}, await read(world)
    by = "samaritan" if of == LISTENERS else "coordinator"
    code = (await printed(world, of, by))[0]
    scheme = of.rpartition("/")[2]
    answer = await world.ben.post("/v1/feedback", {**BY_TOKEN, "scheme": scheme, "anonymous": True})
    assert (answer.status_code, answer.json()) == (201, {"receipt": "RECEIVED"})
    assert (await world.stranger.post("/v1/feedback-by-code", {**SAID, "code": code})).status_code == 201
    world.later(days=6)
    assert await mixed(world) == 0
    assert ({each.id for each in await world.records(Feedback)}, await read(world)) == (before, shown)
    world.later(days=1)
    assert await mixed(world) == 2
    both = [each for each in await world.records(Feedback) if each.id not in before]
    assert len(both) == 2
    assert len({dataclasses.replace(each, id=both[0].id, by_code=True) for each in both}) == 1
    if of == SHANNON:
        new = [item for id, item in (await read(world)).items() if id not in shown]
        assert len(new) == 2
        assert {**new[0], "id": None} == {**new[1], "id": None}
        assert "byCode" not in {*new[0], *new[0]["withheld"]}


async def test_his_words_travel_with_it(world: World) -> None:
    """A thousand of the longest letters too; and the same key is the same receipt, and one piece of feedback."""
    words = "\U00010348" * 1000
    said = {**BY_TOKEN, "themes": SAID["themes"] * 5, "scheme": SCHEME, "words": words}
    told = [await world.mentor.post("/v1/feedback", said, key="words-key-0001") for _ in range(2)]
    assert told[0].status_code == 201, told[0].text
    assert observed(told[0])[:2] == observed(told[1])[:2]
    assert (world.last.outcome, world.last.actor, world.last.nameless) == ("REPLAYED", None, True)
    assert words not in str(await read(world))
    world.later(days=7)
    assert await mixed(world) == 1
    (mine,) = [item for item in (await read(world)).values() if item["words"] == words]
    assert (mine["voice"], mine["author"], mine["weekOf"]) == ("SUPPORTER", None, "2026-11-23")


async def test_what_is_signed_or_said_by_staff_is_there_at_once(world: World) -> None:
    """Who signs wants to be read; and staff are at no kiosk."""
    shown = set(await read(world))
    for name, more in (("ben", {"anonymous": False}), ("officer", {})):
        answer = await world[name].post("/v1/feedback", {**BY_TOKEN, "scheme": SCHEME, **more})
        assert answer.status_code == 201, answer.text
    new = [item for id, item in (await read(world)).items() if id not in shown]
    assert {(item["voice"], item["author"] is None) for item in new} == {("RECIPIENT", False), ("STAFF", True)}
