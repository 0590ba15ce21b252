"""What may be typed: nothing that numbers a person, in a text or in a code, in whatever letters; and nothing blank."""

# ruff: noqa: RUF001  (letters that look like others are what it is about)
import json
from typing import Any

import pytest

from api.routes.charters import AmendCharter
from api.wire import camel
from domain.kernel.screened import hides_something
from domain.schemes.questions import Section
from tests.http.cast import uid
from tests.http.test_charter_story import amended, answers, scheme_of
from tests.http.world import World, problem

SHANNON = f"/v1/schemes/{uid('scheme:shannon')}"
IRISH = f"/v1/schemes/{uid('irish:scheme:shannon')}"


async def refused(
    world: World, path: str, body: dict[str, Any], by: str = "coordinator"
) -> list[tuple[str, str | None]]:
    """What is wrong with it, by code and place; and the record is as it was."""
    tag = await world[by].tag(path)
    answer = await world[by].send("PATCH", path, content=json.dumps(body).encode(), tag=tag)
    assert await world[by].tag(path) == tag
    return [] if answer.status_code == 200 else list(problem(answer)[2])


@pytest.mark.parametrize(
    "text", ["Ask A\u200b1001QX.", "Ask A-1001-QX.", "A 10 01 QX", "А1001QX", "Ａ1001QX", "A1001QXs"]
)
async def test_a_disguised_number_is_refused_wherever_text_is_typed(world: World, text: str) -> None:
    """One text, a short one, one in a list; and it is not repeated."""
    for member, value, place in (
        ("howToAsk", text, "/howToAsk"),
        ("name", text, "/name"),
        ("places", ["Library", text], "/places/1"),
    ):
        told = await refused(world, SHANNON, {member: value})
        assert len(told) == 1, member
        assert (told[0][1], told[0][0] in ("LOOKS_LIKE_A_PRISON_NUMBER", "INVISIBLE_CHARACTER")) == (place, True)


@pytest.mark.parametrize("text", ["Ask 190123 on A1.", "1 9 0 1 2 3", "１９０１２３"])
async def test_in_ireland_its_own_numbers_are_refused(world: World, text: str) -> None:
    """The pattern is the rule pack's: a number there is digits; the same digits in Moorland are a sum."""
    assert await refused(world, IRISH, {"howToAsk": text}, by="irish-coordinator") == [
        ("LOOKS_LIKE_A_PRISON_NUMBER", "/howToAsk")
    ]
    honest = {"name": "Ring 01 806 2800 or leave a note by 14:30; since 2009 €1500 a year."}
    tag = await world["irish-coordinator"].tag(IRISH)
    assert (await world["irish-coordinator"].patch(IRISH, honest, tag=tag)).status_code == 200
    tag = await world.coordinator.tag(SHANNON)
    assert (await world.coordinator.patch(SHANNON, {"name": text}, tag=tag)).status_code == 200


async def test_a_code_names_nobody_either(world: World) -> None:
    """Where codes are free a number would be one by its form: modules, and what a kind is called."""
    _, charter = await scheme_of(world)
    assert await refused(world, charter, {"trainingModules": ["A1001QX"]}) == [
        ("LOOKS_LIKE_A_PRISON_NUMBER", "/trainingModules/0")
    ]
    kind = await world.headquarters.post("/v1/kind-versions", {"code": "A1001QX", "base": "INSIDERS", "sheet": {}})
    assert (problem(kind)[0], kind.json()["failures"][0]["code"]) == (422, "LOOKS_LIKE_A_PRISON_NUMBER")
    assert "A1001" not in kind.text


@pytest.mark.parametrize("blank", [" ", "\u200b", "\n\t ", "\u2800\u3164", "\u200d"])
async def test_blank_answers_are_none(world: World, blank: str) -> None:
    """Not one member of a plan, an item of a list, or an objective's argument is answered by what nobody sees."""
    scheme, charter = await scheme_of(world)
    texts = {m: v for m, v in answers(*Section).items() if isinstance(v, str) and " " in v}
    assert len(texts) > 15
    assert await refused(world, charter, dict.fromkeys(texts, blank)) == [("BLANK", f"/{m}") for m in _in_order(texts)]
    assert await refused(world, charter, {"places": ["Chapel", blank]}) == [("BLANK", "/places/1")]
    told = await world.coordinator.post(
        f"{scheme}/objectives", {"measure": "SATISFACTION", **dict.fromkeys(("title", "forWhom"), blank)}
    )
    assert problem(told)[2] == [("BLANK", "/title"), ("BLANK", "/forWhom")]


async def test_words_are_kept_trimmed_and_without_what_nobody_sees(world: World) -> None:
    """What honest writing has stays: lines, Welsh, emoji; a tab is a space, and lines end one way. A control, an
    override of direction or a sign without width is refused by a code of its own."""
    _, charter = await scheme_of(world)
    said = await amended(world, charter, {"howToAsk": "  Tŷ\tcoffi\r\n\U0001f468\u200d\U0001f469\u200d\U0001f467 \n"})
    assert said["howToAsk"] == "Tŷ coffi\n\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert not hides_something(said["howToAsk"])
    for text in ("a\u0007b", "\u202ecba", "a\u00adb", "\ufeffa", "a\u200bb", "a\u0085b"):
        assert await refused(world, charter, {"howToAsk": text}) == [("INVISIBLE_CHARACTER", "/howToAsk")], ascii(text)


def _in_order(texts: dict[str, str]) -> list[str]:
    """As the body's own members stand."""
    return [camel(m) for m in AmendCharter.model_fields if camel(m) in texts]
