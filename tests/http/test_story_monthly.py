"""The month's figures of every prison, as they were let out; and no prison's small number comes out of the national one
(domain facts, need 30; F63, F66, F67)."""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest

from api.spreadsheets import BOM
from api.work.bench import service_begin
from domain.metrics.catalogue import METRICS
from domain.metrics.record import RollUp
from domain.metrics.releasing import release
from domain.metrics.series import ALL, LAYOUTS, ROLLED, Series
from domain.packs.monthly import DEFINITIONS
from domain.schemes.record import Scheme, SchemeState
from tests.domain.attacker import Number, attack
from tests.http.cast import uid
from tests.http.stores import MEMORY_FIRST
from tests.http.test_story_metrics import NOVEMBER, closed, sessions
from tests.http.world import World

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
ASKED = Series.TASK_REQUESTS
CODES = LAYOUTS[ASKED].codes
WORDS = LAYOUTS[ASKED].words
PRISONS = ("MDI", "LEI", "WWI", "BXI", "PVI", "SWI")
VERSIONS = {"1": "e01f4192bb0d89f6", "2": "95d58c3db3aa6437"}


def counted(prison: str, scheme: str, counts: Mapping[str, int]) -> RollUp:
    """What was counted of a scheme in November, of as many different people."""
    name: Any = uid(f"counted:{prison}:{scheme}")
    whole: Any = uid(f"scheme:{prison}:{scheme}")
    numbers = tuple(sum(counts[c] for c in LAYOUTS[ASKED].made_of.get(word, (word,))) for word in WORDS)
    return RollUp(
        id=name,
        jurisdiction="EW",
        prison=prison,
        scheme=whole,
        organisation="HMPPS",
        series=ASKED,
        of_month=NOVEMBER,
        closed_in=NOVEMBER,
        words=WORDS,
        counts=numbers,
        people=numbers,
        most=tuple(min(1, n) for n in numbers),
    )


def days(prison: str) -> RollUp:
    """That a prison's month is closed."""
    name: Any = uid(f"days:{prison}")
    return RollUp(
        id=name,
        jurisdiction="EW",
        prison=prison,
        series=Series.PRISONER_DAYS,
        of_month=NOVEMBER,
        closed_in=NOVEMBER,
        words=(ALL,),
        counts=(30_000,),
        people=(30_000,),
        most=(1,),
    )


async def read(world: World, by: str, on: str = "2026-11-20") -> dict[str, Any]:
    """The month, as JSON."""
    answer = await world[by].get(f"/v1/monthly-figures?on={on}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_headquarters_has_a_row_for_each_prison_and_series(world: World) -> None:
    """Of the whole jurisdiction and of each prison, every series; no scheme, no other jurisdiction; and what is told to
    those alone who see casework is named and not told."""
    await world.keep(sessions(NOVEMBER, 41, 17, 3))
    await closed(world, NOVEMBER)
    told = await read(world, "headquarters")
    places = {(row["prison"], row["series"]) for row in told["items"]}
    assert {place for place, _ in places} == {None, "MDI", "LEI"}
    assert len(told["items"]) == len(places) == 3 * len(ROLLED)
    assert {row["scheme"] for row in told["items"]} == {None}
    assert (told["definitions"], told["first"], told["last"]) == (DEFINITIONS, "2026-11-01", "2026-11-30")
    rows = {(row["prison"], row["series"]): row["numbers"] for row in told["items"]}
    assert {"word": "DELIVERED", "told": 40, "state": "TOLD"} in rows["MDI", "SESSIONS"]
    assert {n["state"] for n in rows["MDI", "INCIDENTS"]} == {"NOT_CLEARED"}
    assert {n["state"] for n in rows["LEI", "UNLOCKING"]} == {"NO_RECORDS"}


@FIRST
async def test_others_read_what_is_theirs(world: World) -> None:
    """A governor his prison, casework too; an evaluator and a partner the schemes of their own; a month that was not
    let out is not there; and who reads no figures is refused."""
    await world.keep(sessions(NOVEMBER, 41, 17, 3))
    await closed(world, NOVEMBER)
    governor = await read(world, "governor")
    assert {(row["prison"], row["scheme"]) for row in governor["items"]} == {("MDI", None)}
    cleared = {n["state"] for row in governor["items"] if row["series"] == "INCIDENTS" for n in row["numbers"]}
    assert cleared <= {"TOLD", "TOO_FEW", "NO_RECORDS"}
    evaluator = await read(world, "evaluator")
    assert {row["scheme"] for row in evaluator["items"]} == {str(uid("scheme:shannon"))}
    partner = {UUID(str(row["scheme"])) for row in (await read(world, "facilitator"))["items"]}
    schemes = await world.records(Scheme, prison="MDI", organisation="SHANNON_TRUST")
    assert partner == {each.id for each in schemes if each.state is not SchemeState.CLOSED}
    assert (await world.headquarters.get("/v1/monthly-figures?on=2026-12-24")).status_code == 404
    assert (await world.officer.get("/v1/monthly-figures")).status_code == 403
    assert (await world.arthur.get("/v1/monthly-figures")).status_code == 404


async def test_the_file_says_what_the_document_says(world: World) -> None:
    """Line by line; and it begins with the mark without which Excel reads it as something else."""
    await world.keep(sessions(NOVEMBER, 41, 17, 3))
    await closed(world, NOVEMBER)
    told = await read(world, "headquarters")
    answer = await world.headquarters.get("/v1/monthly-figures.csv?on=2026-11-20")
    assert answer.headers["content-disposition"] == 'attachment; filename="figures-2026-11.csv"'
    text = answer.content.decode()
    assert text.startswith(BOM)
    lines = list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))
    assert [(n["prison"], n["series"], n["word"], n["told"], n["state"]) for n in lines] == [
        (row["prison"] or "", row["series"], n["word"], "" if n["told"] is None else str(n["told"]), n["state"])
        for row in told["items"]
        for n in row["numbers"]
    ]


@FIRST
@pytest.mark.parametrize("drawn", range(4))
async def test_nobody_reckons_a_prison_out_of_the_whole(world: World, drawn: int) -> None:
    """Six prisons, two schemes each, many of their numbers small: a linear programme that has the whole extract, and
    knows which numbers are small, finds none of them, and hardly any to three."""
    random = Random(drawn)
    counts = {
        (prison, scheme): {code: int(random.expovariate(1 / 9)) for code in CODES}
        for prison in PRISONS
        for scheme in ("one", "two")
    }
    await world.keep(counted(prison, scheme, of) for (prison, scheme), of in counts.items())
    await world.keep(days(prison) for prison in PRISONS)
    world.at(datetime(2026, 12, 5, 9, tzinfo=UTC))
    assert await release(lambda: service_begin(world.house.runtime)) > 0
    told = await read(world, "headquarters")
    truth: dict[tuple[str, str], int] = defaultdict(int)
    for (prison, _), of in counts.items():
        for code, n in of.items():
            truth[prison, code] += n
    numbers = list[Number]()
    for row in told["items"]:
        if row["series"] == ASKED:
            for one in row["numbers"]:
                codes = LAYOUTS[ASKED].made_of.get(one["word"], (one["word"],))
                cells = frozenset((p, c) for p in PRISONS if row["prison"] in (None, p) for c in codes)
                known = 0 if one["state"] == "NO_RECORDS" else one["told"]
                numbers.append(Number(cells, known, sum(truth[c] for c in cells)))  # type: ignore[index]
    assert len(numbers) == (len(PRISONS) + 1) * len(WORDS)
    found = attack(numbers)
    assert found, "there was a small number to be found"
    assert not [each for each in found if each.exact]
    assert not [each for each in found if each.narrow]


def test_what_words_mean_has_a_version() -> None:
    """Another definition, series or word, and the version is another: change the constant with it."""
    said = repr([(s.value, LAYOUTS[s]) for s in Series]) + repr(list(METRICS.values()))
    assert (DEFINITIONS, hashlib.sha256(said.encode()).hexdigest()[:16]) == ("2", VERSIONS["2"])
