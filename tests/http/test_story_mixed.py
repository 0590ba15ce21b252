"""A month of tallies and requests is mixed: what is left tells of no day, of nobody and no order, and five or more are
always alike (rules 1, 2 and 19)."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.work.bench import service_begin
from domain.confidentiality.entry import BY_THE_WEEK
from domain.oversight.record import LedgerLine
from domain.ports import Kept, Letter, Scope
from domain.sessions import emptying, mixing
from domain.sessions.mixed import MixedTally, MonthCount, Residue
from domain.sessions.request import Request
from domain.sessions.tally import RECEIPT
from persistence import driver
from tests.http import stores, tale
from tests.http.stores import MEMORY, MEMORY_FIRST, POSTGRESQL
from tests.http.tale import TALLY, done
from tests.http.world import World

FEBRUARY = datetime(2027, 2, 3, 0, 5, tzinfo=UTC)
_EVERYWHERE = Scope(None, True)
BOXES = ("tally", "residue", "period")


async def mix(world: World) -> int:
    """The mixer's tick."""
    return await mixing.mix(lambda: service_begin(world.house.runtime))


async def listeners(world: World) -> None:
    """Listeners are there, and what was before January is closed."""
    await tale.listeners_open(world)
    assert await mix(world) == 1


async def hand_in(world: World, key: str, **codes: Any) -> Any:
    """A Listener counts one contact."""
    return await world.listener.post("/v1/tallies", {**TALLY, **codes}, key=key)


async def handed_in(world: World, count: int, **codes: Any) -> None:
    """So many, alike but for their keys."""
    for _ in range(count):
        assert (await hand_in(world, f"tally-key-{uuid4()}", **codes)).json() == {"receipt": RECEIPT}


async def night(world: World, *recipients: str | None) -> None:
    """As many ask, and are refused; eight hours later their requests leave the tables."""
    await tale.on_duty(world)
    for recipient in recipients:
        path = await tale.asked(world, key=f"night-key-{uuid4()}", recipient=recipient)
        world.later(minutes=1)
        await done(world.officer, path, "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
    world.later(hours=8)
    await emptying.empty(lambda: service_begin(world.house.runtime), None)


async def lying(world: World) -> dict[str, list[Letter]]:
    """What lies in each letterbox."""
    assert world.stage.store is not None
    async with world.stage.store.inner.serially() as within:
        return {box: list(await within.lying(box)) for box in BOXES}


async def count_of(world: World, month: date) -> MonthCount:
    """What was counted of a month."""
    (found,) = await world.records(MonthCount, prison="MDI", month=month)
    return found


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_a_month_is_mixed_once_it_is_over(empty: World) -> None:
    """Two days after its end and not before: rows of month, part and codes, fresh ids, and the letters are gone."""
    await listeners(empty)
    await handed_in(empty, 3, concerns=["DEBT", "FAMILY"])
    await handed_in(empty, 2, duration="OVER_120", selfHarm="YES")
    await night(empty, "A1111AA", " a1111aa", "A2222AA", None, "B3333BB")
    empty.at(FEBRUARY - timedelta(minutes=6))
    assert await mix(empty) == 0
    assert await empty.records(MixedTally) == []
    empty.at(FEBRUARY)
    assert await mix(empty) == 1
    assert await mix(empty) == 0
    tallies, residues = await empty.records(MixedTally), await empty.records(Residue)
    # Each value as often as it was said; not which were said together.
    assert Counter(t.duration for t in tallies) == {"FROM_30_TO_60": 3, "OVER_120": 2}
    assert Counter(t.concerns for t in tallies) == {("DEBT", "FAMILY"): 3, ("FAMILY",): 2}
    assert Counter(t.self_harm for t in tallies) == {"UNKNOWN": 3, "YES": 2}
    assert {(t.prison, t.month, t.part) for t in (*tallies, *residues)} == {("MDI", date(2027, 1, 1), "NIGHT")}
    assert [r.came_to for r in residues] == ["UNMET"] * 5
    counted = await count_of(empty, date(2027, 1, 1))
    assert (counted.tallies, counted.requests, counted.people, counted.unnamed) == (5, 5, 3, 1)
    assert (counted.tallies_of_the_quarter, counted.requests_of_the_quarter) == (None, None)
    assert await lying(empty) == {box: [] for box in BOXES}


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_mixer_that_never_ran_begins_with_the_oldest_letter(empty: World) -> None:
    """Its keys come two months late: of January, which nobody has closed, rows are made all the same."""
    await tale.listeners_open(empty)
    await handed_in(empty, 5)
    await night(empty, "A1111AA", None, "B3333BB", "C1111CC", "D1111DD")
    empty.at(datetime(2027, 3, 3, 1, tzinfo=UTC))
    assert await mix(empty) == 2
    rows = [*await empty.records(MixedTally), *await empty.records(Residue)]
    assert [row.month for row in rows] == [date(2027, 1, 1)] * 10
    assert sorted(each.month for each in await empty.records(MonthCount, prison="MDI")) == [
        *(date(2027, 1, 1), date(2027, 2, 1))
    ]


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_fewer_than_five_wait_and_then_only_their_number_is_kept(empty: World) -> None:
    """Four of the nights wait while five of the days are mixed. In February four more, and in March: at the quarter's
    end there is a number and no row, and nothing waits."""
    await listeners(empty)
    await handed_in(empty, 5, part="DAY")
    await handed_in(empty, 4)
    await night(empty, "A1111AA", None, "B3333BB", "C1111CC")
    empty.at(FEBRUARY)
    assert await mix(empty) == 1
    assert [t.part for t in await empty.records(MixedTally)] == ["DAY"] * 5
    assert await empty.records(Residue) == []
    waiting = await lying(empty)
    assert {box: len(letters) for box, letters in waiting.items()} == {"tally": 4, "residue": 4, "period": 0}
    counted = await count_of(empty, date(2027, 1, 1))
    assert (counted.requests, counted.people, counted.unnamed) == (0, None, None)
    await handed_in(empty, 4, month="2027-02")
    empty.at(datetime(2027, 3, 3, 1, tzinfo=UTC))
    assert await mix(empty) == 1
    empty.at(datetime(2027, 4, 3, 1, tzinfo=UTC))
    assert await mix(empty) == 1
    march = await count_of(empty, date(2027, 3, 1))
    assert (march.tallies_of_the_quarter, march.requests_of_the_quarter) == (8, 4)
    assert len(await empty.records(MixedTally)) == 5
    assert await lying(empty) == {box: [] for box in BOXES}


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_closed_month_never_changes(empty: World) -> None:
    """Tallies of January that come in February change nothing of it, however many: at the quarter's end their number is
    kept (rule 19). And a month without a letter is closed too, so that the first one that comes late finds it so."""
    await listeners(empty)
    empty.at(FEBRUARY)
    assert await mix(empty) == 1
    before = await count_of(empty, date(2027, 1, 1))
    assert (before.tallies, before.requests) == (0, 0)
    await handed_in(empty, 6)
    empty.at(datetime(2027, 3, 3, 1, tzinfo=UTC))
    assert await mix(empty) == 1
    assert await empty.records(MixedTally) == []
    assert await count_of(empty, date(2027, 1, 1)) == before
    empty.at(datetime(2027, 4, 3, 1, tzinfo=UTC))
    assert await mix(empty) == 1
    assert (await count_of(empty, date(2027, 3, 1))).tallies_of_the_quarter == 6


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_months_that_were_missed_are_closed_one_by_one(empty: World) -> None:
    """Nobody worked for three months: each is closed by itself, with what was handed in for it."""
    await listeners(empty)
    empty.at(FEBRUARY)
    await mix(empty)
    await handed_in(empty, 5, month="2027-02")
    empty.at(datetime(2027, 5, 20, tzinfo=UTC))
    assert await mix(empty) == 3
    assert [t.month for t in await empty.records(MixedTally)] == [date(2027, 2, 1)] * 5
    closed = sorted(each.month.month for each in await empty.records(MonthCount))
    assert closed == [1, 2, 3, 4, 12]


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_the_month_ends_by_the_clocks_of_the_prison(empty: World) -> None:
    """At midnight by a British summer's clocks, when UTC has yesterday."""
    await listeners(empty)
    empty.at(datetime(2027, 7, 2, 22, 59, tzinfo=UTC))
    await mix(empty)
    assert max(each.month for each in await empty.records(MonthCount)) == date(2027, 5, 1)
    empty.at(datetime(2027, 7, 2, 23, tzinfo=UTC))
    assert await mix(empty) == 1
    assert max(each.month for each in await empty.records(MonthCount)) == date(2027, 6, 1)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_the_line_of_the_mixing_tells_the_day_and_a_number(empty: World) -> None:
    """No record, no hour; no id of what was mixed is in any line."""
    await listeners(empty)
    await handed_in(empty, 5)
    empty.at(FEBRUARY)
    mark = len(empty.seen.entries)
    await mix(empty)
    (entry,) = empty.seen.entries[mark:]
    assert (entry.verb, entry.nameless, entry.closed, entry.at.hour, entry.at.minute) == ("TICK", True, True, 0, 0)
    assert {change.id for change in entry.changes} == {None}
    ids = {str(each.id) for kind in (MixedTally, MonthCount) for each in await empty.records(kind)}
    assert len(ids) == 7
    for line in await empty.records(LedgerLine):
        assert not any(id in str(dataclasses.asdict(line)) for id in ids)


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_people_are_told_apart_for_a_month_and_no_longer(empty: World) -> None:
    """The same man twice in January and once in February: once each. What tells him apart is alike within the month,
    another the next, and the key of January is gone when January is mixed."""
    await listeners(empty)
    await night(empty, *["A1111AA"] * 5)
    january = await lying(empty)
    assert len(january["period"]) == 1
    assert len({letter.plain["who"] for letter in january["residue"]}) == 1
    assert "A1111AA" not in str(january)
    empty.at(datetime(2027, 2, 1, 2, 10, tzinfo=UTC))
    await night(empty, *["A1111AA"] * 5)
    whos = {letter.plain["who"] for letter in (await lying(empty))["residue"]}
    assert len(whos) == 2
    empty.at(FEBRUARY)
    await mix(empty)
    assert [key.plain["month"] for key in (await lying(empty))["period"]] == ["2027-02"]
    assert (await count_of(empty, date(2027, 1, 1))).people == 1


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_a_key_that_comes_again_counts_once(empty: World) -> None:
    """POST twice with one key: identical bytes, and after the mixing there is one row more (rule 1)."""
    await listeners(empty)
    await handed_in(empty, 5)
    once = await hand_in(empty, "tally-key-again")
    again = await hand_in(empty, "tally-key-again")
    assert (once.status_code, once.content) == (again.status_code, again.content)
    empty.at(FEBRUARY)
    await mix(empty)
    assert len(await empty.records(MixedTally)) == 6


# What somebody has who holds everything, and knows of each request besides when it was and that somebody came.

DAYS = 17
"""Requests of the month; a tally of each but the last."""


@dataclasses.dataclass(frozen=True)
class Stored:
    """A row as it lies: its table, the transaction that wrote it, its place, and all that stands in it."""

    table: str
    xmin: int
    values: dict[str, Any]


async def dumped() -> list[Stored]:
    """Every row of every table, in the order in which they lie."""
    owner = await driver.connect(stores._databases["18"].owner_url, timeout=5)
    try:
        tables = await owner.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
        )
        return [
            Stored(table["relname"], row["lies_in"], dict(row))
            for table in tables
            for row in await owner.fetch(
                f"select xmin::text::bigint as lies_in, * from {table['relname']} order by ctid"
            )
        ]
    finally:
        await owner.close()


def matched(rows: Sequence[Stored], asked: Sequence[datetime]) -> list[set[int]]:
    """For each tally, in the order in which they lie, the requests (by their place in `asked`) of which it may be: of
    its month and part, and where another row ties it to a day, of that day. Two rows are tied by one transaction, by
    transactions next to each other, or by a value that they alone share. A tie of more tallies than there were
    requests on its day is none."""
    tallies = [row for row in rows if row.table == "mixed_tally"]
    others = [row for row in rows if row.table not in ("mixed_tally", "alembic_version")]
    written = Counter(tally.xmin for tally in tallies)
    shared = Counter(v for row in rows for v in _telling(row))
    found: list[set[int]] = []
    for tally in tallies:
        night = tally.values["part"] == "NIGHT"
        fits = {n for n, at in enumerate(asked) if (at.hour < 6) is night}
        mine = set(_telling(tally))
        for row in others:
            alone = any(shared[value] == 2 and value in mine for value in _telling(row))
            days = {n for n, at in enumerate(asked) if at.date() in _days(row)}
            if len(days) >= written[tally.xmin] and (alone or 0 <= tally.xmin - row.xmin <= 1):
                fits &= days
        found.append(fits)
    return found


def _telling(row: Stored) -> Iterable[Any]:
    return {v for v in row.values.values() if isinstance(v, UUID | bytes)}


_DATED = {
    "ledger": ("at", 0),
    "conduct": ("at", 0),
    "envelope": ("day", 0),
    "duty": ("starts_at", 0),
    "tally_key": ("until", 2),
}
"""By table: the column that tells the day on which the row was written, and how many days too late."""


def _days(row: Stored) -> set[date]:
    column, late = _DATED.get(row.table, (None, 0))
    told = None if column is None else row.values[column]
    if told is None:
        return set()
    if row.table == "ledger" and json.loads(row.values["bytes"])["verb"] in BY_THE_WEEK:  # the Monday of its week
        return {told.date() + timedelta(days=n) for n in range(7)}
    return {(told.date() if isinstance(told, datetime) else told) - timedelta(days=late)}


async def _a_month(world: World) -> list[datetime]:
    """Seventeen requests by night and by day in turn, each with a tally when it is over but the last. When they were
    asked."""
    asked: list[datetime] = []
    for n in range(DAYS):
        world.at(tale.NIGHT + timedelta(days=n, hours=12 * (n % 2)))
        asked.append(world.now)
        await tale.on_duty(world)
        path = await tale.asked(world, key=f"night-key-{n:04d}")
        await done(world.officer, path, "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
        world.later(minutes=50)
        if n < DAYS - 1:
            part = "DAY" if n % 2 else "NIGHT"
            await handed_in(world, 1, part=part, duration=("UNDER_15", "OVER_120")[n // 2 % 2])
        world.later(hours=9)
        await emptying.empty(lambda: service_begin(world.house.runtime), lambda place, plain: "c2VhbGVk")
    assert await world.records(Request) == []
    return asked


@pytest.mark.parametrize("empty", [POSTGRESQL], indirect=True)
async def test_who_holds_everything_says_of_no_tally_whose_it_is(empty: World) -> None:
    """Every table, each row's transaction and place: of each tally five requests or more are as likely. Tallies and
    what is left of requests were written by one transaction, in the order of their random ids, and no line of the
    ledger but one a day long stands beside them (rule 1)."""
    await listeners(empty)
    asked = await _a_month(empty)
    empty.at(FEBRUARY)
    await mix(empty)
    rows = await dumped()
    found = matched(rows, asked)
    assert len(found) == DAYS - 1
    assert min(len(fits) for fits in found) >= 5
    mixed = [row for row in rows if row.table in ("mixed_tally", "residue")]
    assert len({row.xmin for row in mixed}) == 1
    for table in ("mixed_tally", "residue"):
        ids = [row.values["id"] for row in mixed if row.table == table]
        assert ids == sorted(ids)
    (line,) = [row for row in rows if row.table == "ledger" and row.xmin == mixed[0].xmin]
    assert (line.values["at"].hour, line.values["actor"]) == (0, None)
    assert [row for row in rows if row.table == "letterbox"] == []


@pytest.mark.parametrize("empty", [POSTGRESQL], indirect=True)
async def test_the_matcher_finds_what_is_written_as_it_comes(empty: World) -> None:
    """The same month, each tally a row as soon as it is handed in: the matcher says of each whose it is. So that it
    found nothing above says something."""
    await listeners(empty)
    assert empty.stage.store is not None
    inner: Any = empty.stage.store.inner
    settle = inner.settle

    async def at_once(entry: Any, kept: Any, scope: Scope, key: Any = None, letters: Any = ()) -> None:
        where: Any = {"jurisdiction": "EW", "prison": "MDI", "month": date(2027, 1, 1)}
        fresh: Any = SimpleNamespace(new_id=uuid4)
        rows = [mixing._tally(fresh, letter.plain, where) for letter in letters if letter.box == "tally"]
        await settle(entry, [*kept, *(Kept(row, 0) for row in rows)], _EVERYWHERE if rows else scope, key, letters)

    inner.settle = at_once
    asked = await _a_month(empty)
    found = matched(await dumped(), asked)
    assert [len(fits) for fits in found] == [1] * (DAYS - 1)
