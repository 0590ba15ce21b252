"""What is told of a period passes together with what was told of its parts: late counts, casework, the last week of a
month, and wings by the quarter (F63, X13; rules 1, 12 and 19)."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from api.work.bench import service_begin
from domain.care.cover import CoverNeed
from domain.care.incidents import Incident
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import months_after
from domain.metrics.closing import last_month, summed
from domain.metrics.record import Figure, FigurePeriod, RollUp
from domain.metrics.releasing import release
from domain.metrics.series import ALL, LAYOUTS, Series
from domain.retention.ending import delete_what_is_over
from domain.schemes.kinds import INSIDERS
from domain.schemes.registers.hours import WEEK
from domain.sessions.codes import Need
from domain.sessions.request import Request, RequestState
from tests.domain.attacker import Number, attack
from tests.http.cast import uid
from tests.http.furniture import request
from tests.http.places import MOORLAND
from tests.http.stores import MEMORY_FIRST
from tests.http.test_story_by_code import mixed, printed, say
from tests.http.test_story_metrics import SHANNON, called, closed, nothing_left_out, recounted, told
from tests.http.world import World, codes, problem

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
MONTHS = (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))
NOVEMBER, DECEMBER = MONTHS[1:]
PRISONS = ("MDI", "LEI")
SCHEMES = ("one", "two")
ASKED = Series.TASK_REQUESTS
OF_INSIDERS = uid("scheme:insiders")
NOWHERE = (404, "not-found")


# Late counts.


def rolled(series: Series, prison: str, scheme: str | None, of: date, in_: date, counts: Mapping[str, int]) -> RollUp:
    """What was counted of a month, with another."""
    layout = LAYOUTS[series]
    numbers = tuple(sum(counts.get(c, 0) for c in layout.made_of.get(word, (word,))) for word in layout.words)
    return RollUp(
        id=called(f"rolled:{series}:{prison}:{scheme}:{of}:{in_}"),
        jurisdiction="EW",
        prison=prison,
        scheme=None if scheme is None else called(f"scheme:{prison}:{scheme}"),
        organisation=None if scheme is None else "HMPPS",
        series=series,
        of_month=of,
        closed_in=in_,
        words=layout.words,
        counts=numbers,
        people=numbers,
        most=tuple(min(1, n) for n in numbers),
    )


def came_late(prison: str, scheme: str, late: Sequence[int]) -> Iterator[RollUp]:
    """So much of the month before was counted with each month."""
    for month, n in zip(MONTHS, late, strict=True):
        yield rolled(ASKED, prison, scheme, month, month, {"REFUSED": 20})
        if n:
            yield rolled(ASKED, prison, scheme, months_after(month, -1), month, {"DONE": n})


DRAWN = [
    {("MDI", "one"): (8, 8, 1), ("MDI", "two"): (0, 0, 0), ("LEI", "one"): (0, 0, 0), ("LEI", "two"): (0, 0, 0)},
    {("MDI", "one"): (8, 8, 2), ("MDI", "two"): (8, 0, 1), ("LEI", "one"): (12, 8, 1), ("LEI", "two"): (0, 9, 0)},
    *(
        {(p, s): tuple(int(random.expovariate(1 / 7)) for _ in MONTHS) for p in PRISONS for s in SCHEMES}
        for random in map(Random, range(3))
    ),
]


@FIRST
@pytest.mark.parametrize("late", DRAWN, ids=range(len(DRAWN)))
async def test_late_of_a_quarter_tells_no_month_of_it(
    world: World, late: Mapping[tuple[str, str], tuple[int, ...]]
) -> None:
    """Months and their quarter, schemes, prisons and their whole: a linear programme that has all late counts finds no
    small one, and none of them to three."""
    await world.keep(each for (prison, scheme), n in late.items() for each in came_late(prison, scheme, n))
    days = {ALL: 30_000}
    await world.keep(rolled(Series.PRISONER_DAYS, p, None, m, m, days) for p in PRISONS for m in MONTHS)
    world.at(datetime(2027, 1, 9, 9, tzinfo=UTC))
    assert await release(lambda: service_begin(world.house.runtime)) > 0
    truth = {(called(f"scheme:{p}:{s}"), m): n for (p, s), of in late.items() for m, n in zip(MONTHS, of, strict=True)}
    where = {called(f"scheme:{p}:{s}"): p for p, s in late}
    numbers = list[Number]()
    for each in await world.records(Figure, series=ASKED):
        if each.period is FigurePeriod.YEAR or each.first < MONTHS[0] or each.jurisdiction != "EW":
            continue
        months = [months_after(each.first, n) for n in range(each.period.months)]
        of = [s for s in where if each.scheme in (None, s) and each.prison in (None, where[s])]
        cells = frozenset((s, m) for s in of for m in months)
        if cells:
            known = None if each.late < 0 else each.late
            numbers.append(Number(cells, known, sum(truth[s, m] for s, m in cells)))
    assert len(numbers) == 4 * (len(late) + len(PRISONS) + 1)
    found = attack(numbers)
    assert found, "there was a small number to be found"
    assert not [each for each in found if each.exact]
    assert not [each for each in found if each.narrow]


async def test_late_casework_is_for_who_sees_casework(world: World) -> None:
    """Twelve reports of November are typed in December: a governor reads that about ten came late; headquarters and a
    coordinator read nothing of it, and the figure keeps it in no field that they see."""
    (one,) = await world.records(Incident, id=uid("incident"))
    await closed(world, NOVEMBER)
    reports = (
        dataclasses.replace(one, id=called(f"late:{n}"), version=0, reported_on=date(2026, 11, 20)) for n in range(12)
    )
    await world.keep(reports)
    await closed(world, DECEMBER)
    asked = "/v1/metrics/INCIDENTS_REPORTED?on=2026-12-01&"
    assert told(await world.governor.get(f"{asked}prison=MDI"))["late"] == 10
    coordinator = told(await world.coordinator.get(f"{asked}scheme={one.scheme}"))
    assert (coordinator["state"], coordinator["late"]) == ("NOT_CLEARED", None)
    for by, late in (("headquarters", None), ("governor", 10)):
        rows = (await world[by].get("/v1/monthly-figures?on=2026-12-01")).json()["items"]
        assert {r["late"] for r in rows if (r["series"], r["prison"]) == ("INCIDENTS", "MDI")} == {late}
    asked_of = {"series": Series.INCIDENTS, "period": FigurePeriod.MONTH, "first": DECEMBER, "prison": "MDI"}
    kept = [each for each in await world.records(Figure, **asked_of) if each.scheme is None]
    assert [(each.late, each.late_cleared) for each in kept] == [(0, 10)]


# The last week of a month.


async def test_what_was_said_in_the_last_week_is_counted_with_its_month(world: World) -> None:
    """Nine codes are used on Monday the thirtieth. Their week is mixed on the seventh: until then, and until it was
    done, the month stays open. Then all roll-ups of it come to the recount, and nothing of it is late."""
    world.at(datetime(2026, 11, 30, 9, tzinfo=UTC))
    for code in (await printed(world))[:9]:
        assert (await say(world, code)).status_code == 201
    begin = service_begin(world.house.runtime)
    for day, last in ((8, MONTHS[0]), (9, NOVEMBER)):
        world.at(datetime(2026, 12, day, 9, tzinfo=UTC))
        async with begin(Verb.TICK) as act:
            assert last_month("EW", act) == last
    await closed(world, NOVEMBER)
    assert not await world.records(RollUp, prison="MDI", series=Series.RATINGS)
    assert await mixed(world) == 9
    await closed(world, NOVEMBER)
    kept = await world.records(RollUp, prison="MDI")
    (ratings,) = [each for each in kept if each.series is Series.RATINGS]
    assert (ratings.of_month, ratings.closed_in) == (NOVEMBER, NOVEMBER)
    assert dict(zip(ratings.words, ratings.counts, strict=True))["RATED_4"] == 9
    counted = summed([r for r in kept if not LAYOUTS[r.series].stands and r.of_month >= NOVEMBER])
    assert nothing_left_out(counted) == nothing_left_out(await recounted(world, "MDI", NOVEMBER, DECEMBER))


async def test_a_request_of_the_first_day_is_there_when_its_month_is_closed(world: World) -> None:
    """Of a month of thirty-one days too: what was asked on the first of December is counted on the ninth of January,
    whatever is deleted meanwhile."""
    await closed(world, NOVEMBER)
    await world.keep(asked("MDI-A", 12, 8, datetime(2026, 12, 1, 9, tzinfo=UTC)))
    world.at(datetime(2027, 1, 9, 8, tzinfo=UTC))
    await delete_what_is_over(service_begin(world.house.runtime))
    await closed(world, DECEMBER)
    (counted,) = await world.records(RollUp, scheme=OF_INSIDERS, series=Series.REQUESTS, closed_in=DECEMBER)
    assert dict(zip(counted.words, counted.counts, strict=True))["ALL"] == 12
    world.later(days=30)
    await delete_what_is_over(service_begin(world.house.runtime))
    left = await world.records(Request, scheme=OF_INSIDERS)
    assert not [each for each in left if each.asked_at.month == 12]


# Wings.


def asked(wing: str, many: int, met: int, at: datetime) -> Iterator[Request]:
    """So many people of a wing asked an Insider, of whom so many were met after twenty minutes."""
    for n in range(many):
        name = f"asked:{wing}:{at:%m-%d}:{n}"
        more: dict[str, Any] = {"unlocked_at": at + timedelta(minutes=20)} if n < met else {}
        yield dataclasses.replace(
            request(
                MOORLAND,
                name,
                scheme=OF_INSIDERS,
                organisation=INSIDERS.partner,
                closed=False,
                need=Need.INDUCTION,
                wing=wing,
                asked_at=at,
                recorded_at=at,
                readable_until=at + timedelta(hours=8),
                person=called(f"who:{name}"),
                **more,
            ),
            state=RequestState.COMPLETED if n < met else RequestState.EXPIRED,
        )


async def of_wings(world: World, november: Mapping[str, tuple[int, int]]) -> None:
    """So many asked and were met, by wing; the quarter is over, and let out."""
    tenth = datetime(2026, 11, 10, 9, tzinfo=UTC)
    await world.keep(each for wing, of in november.items() for each in asked(wing, *of, tenth))
    await closed(world, NOVEMBER)
    await closed(world, DECEMBER)


WINGED = f"/v1/metrics/{{}}?on=2026-11-01&period={{}}&scheme={OF_INSIDERS}&wing={{}}"


async def test_access_is_told_by_wing_and_quarter(world: World) -> None:
    """Of thirty on A twenty were met, of twenty on B ten; a wing from which nobody asked has no records, and no month
    of a wing is told, nor any wing of a closed policy, nor a rate."""
    await of_wings(world, {"MDI-A": (30, 20), "MDI-B": (20, 10)})
    for wing, met, of in (("MDI-A", 20, 30), ("MDI-B", 10, 20)):
        one = told(await world.governor.get(WINGED.format("REQUESTS_MET", "QUARTER", wing)))
        assert (one["state"], one["numerator"], one["denominator"]) == ("TOLD", met, of)
    wait = told(await world.coordinator.get(WINGED.format("REQUESTS_WAIT", "QUARTER", "MDI-A")))
    assert (wait["state"], wait["value"], wait["nineInTen"]) == ("TOLD", 20.0, None)
    whole = (await world.governor.get(WINGED.format("REQUESTS_MET", "QUARTER", "MDI-A"))).json()
    assert (whole["wing"], whole["scheme"], whole["period"]) == ("MDI-A", str(OF_INSIDERS), "QUARTER")
    for period in ("MONTH", "YEAR"):
        other = await world.governor.get(WINGED.format("REQUESTS_MET", period, "MDI-A"))
        assert (other.status_code, codes(other)) == (409, ["NOT_LET_OUT"])
    for code, period, wing in (
        ("REQUESTS_MET", "QUARTER", "MDI-Z"),
        ("REQUESTS_MET_AT_NIGHT", "QUARTER", "MDI-A"),
        ("REQUESTS_RATE", "QUARTER", "MDI-A"),
        ("LISTENER_REQUESTS_MET", "QUARTER", "MDI-A"),
        ("SESSIONS_MADE", "QUARTER", "MDI-A"),
    ):
        assert problem(await world.governor.get(WINGED.format(code, period, wing)))[:2] == NOWHERE, code
    assert problem(await world["far-safer"].get(WINGED.format("REQUESTS_MET", "QUARTER", "MDI-A")))[:2] == NOWHERE


@FIRST
@pytest.mark.parametrize("drawn", range(4))
async def test_no_wing_is_reckoned_out_of_its_scheme(world: World, drawn: int) -> None:
    """Five wings, some of them small, beside what was told of the scheme in the same quarter: a linear programme finds
    no small number, and none of them to three."""
    random = Random(drawn)
    wings = {f"MDI-{w}": (n := int(random.expovariate(1 / 12)), random.randint(0, n)) for w in "ABCDE"}
    if drawn == 0:
        wings = {"MDI-A": (20, 10), "MDI-B": (30, 20), "MDI-C": (3, 3), "MDI-D": (0, 0), "MDI-E": (0, 0)}
    await of_wings(world, wings)
    of = {"scheme": OF_INSIDERS, "period": FigurePeriod.QUARTER, "first": MONTHS[0]}
    whole = await world.records(Figure, series=Series.REQUESTS, **of)
    each_wing = await world.records(Figure, series=Series.WING_REQUESTS, **of)
    truth = {(wing, met): n if met else many - n for wing, (many, n) in wings.items() for met in (True, False)}
    numbers = list[Number]()
    for figure in (*whole, *each_wing):
        for word, n in zip(figure.words, figure.told, strict=True):
            kinds = {"MET": (True,), "UNMET": (False,), "ALL": (True, False)}.get(word, ())
            cells = frozenset((w, k) for w in wings if figure.wing in (None, w) for k in kinds)
            if cells:
                numbers.append(Number(cells, None if n < 0 else n, sum(truth[c] for c in cells)))
    assert len(whole) == 1
    assert {f.wing for f in each_wing} >= {w for w, (many, _) in wings.items() if many}
    found = attack(numbers)
    assert found, "there was a small number to be found"
    assert not [each for each in found if each.exact]
    assert not [each for each in found if each.narrow]


async def test_bands_of_a_wing_are_covered_or_not(world: World) -> None:
    """The scheme says how many it needs on D each morning, and nobody is on its rota: 61 bands of two months."""
    here = {"jurisdiction": "EW", "prison": "MDI", "organisation": "SHANNON_TRUST", "scheme": SHANNON}
    needs: list[Record] = [
        CoverNeed(id=called(f"wing need:{d}"), **here, wing="MDI-D", weekday=d, band=Band.AM, supporters=1)
        for d in WEEK
    ]
    await world.keep(needs)
    await closed(world, NOVEMBER)
    await closed(world, DECEMBER)
    path = WINGED.replace(str(OF_INSIDERS), str(SHANNON))
    one = told(await world.governor.get(path.format("BANDS_COVERED", "QUARTER", "MDI-D")))
    assert (one["state"], one["numerator"], one["denominator"]) == ("TOLD", 0, 60)
