"""Months that are over: counted once, let out once, and read by who may (F63, F64, F66)."""

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from api.work.bench import service_begin
from domain.care.cover import CoverNeed
from domain.care.creep import Response, TaskRequest, ToldBy
from domain.care.roster import RosterEntry, RosterState, slot_of
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import months_after
from domain.kernel.intervals import clopper_pearson, garwood, wilson
from domain.metrics.catalogue import METRICS
from domain.metrics.closing import close, summed
from domain.metrics.counting import count
from domain.metrics.record import Figure, RollUp
from domain.metrics.releasing import release
from domain.metrics.series import LAYOUTS, ROLLED, Series
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.hours import WEEK
from domain.schemes.tasks import Task
from domain.sessions.codes import NotDelivered
from domain.sessions.mixed import CameTo, MonthCount, Residue
from domain.sessions.record import Session, SessionState
from domain.sessions.tally import DayOrNight
from domain.supporters.record import Standing, Supporter
from tests.http.cast import uid
from tests.http.furniture import session, supporter
from tests.http.places import LEEDS, MOORLAND, MOUNTJOY
from tests.http.world import World, codes, problem

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
SHANNON = uid("scheme:shannon")
NOWHERE = (404, "not-found")
_numbers = iter(range(1, 1_000_000))


def called(name: str) -> Any:
    """The id of what these tests call so, whatever it is of."""
    return uid(name)


def sessions(month: date, delivered: int, not_: int = 0, planned: int = 0, place: Any = MOORLAND) -> list[Session]:
    """So many sessions of the month, each of somebody else."""
    made: list[Session] = []
    states = (
        *(SessionState.DELIVERED,) * delivered,
        *(SessionState.NOT_DELIVERED,) * not_,
        *(SessionState.PLANNED,) * planned,
    )
    for state in states:
        number = next(_numbers)
        starts = datetime(month.year, month.month, 1 + number % 28, 9, tzinfo=UTC)
        who = {"person": uid(f"learner:{number}"), "supporter_person": uid(f"mentor:{number}")}
        said: dict[str, Any] = {"minutes": 20} if state is SessionState.DELIVERED else {}
        if state is SessionState.NOT_DELIVERED:
            said["not_delivered"] = NotDelivered.NOT_UNLOCKED
        made.append(session(place, f"more:{number}", starts, state=state, **who, **said))
    return made


async def closed(world: World, month: date) -> tuple[int, int]:
    """The month is over, mixed and closed, and its figures are let out: how many prisons, how many tables."""
    after = months_after(month, 1) + timedelta(days=8)
    world.at(datetime(after.year, after.month, after.day, 9, tzinfo=UTC))
    behind = world.house.runtime
    there = {(c.prison, c.month) for c in await world.records(MonthCount)}
    await world.keep(
        MonthCount(
            id=called(f"count:{place.prison}:{month}"),
            jurisdiction=place.jurisdiction,
            prison=place.prison,
            month=month,
            tallies=0,
            requests=0,
            **({"tallies_of_the_quarter": 0, "requests_of_the_quarter": 0} if month.month % 3 == 0 else {}),
        )
        for place in (MOORLAND, LEEDS, MOUNTJOY)
        if (place.prison, month) not in there
    )
    return await close(lambda: service_begin(behind), behind.rolls), await release(lambda: service_begin(behind))


def told(answer: Any) -> Any:
    """What an answer says now."""
    assert answer.status_code == 200, answer.text
    return answer.json()["current"]


async def test_a_month_is_told_once_it_is_over_and_beside_the_one_before(world: World) -> None:
    """41 delivered of 62 in November, 20 of 40 in December: rounded, with their intervals, each beside the other."""
    asked = f"/v1/metrics/SESSIONS_DELIVERED?on=2026-11-20&scheme={SHANNON}"
    assert problem(await world.coordinator.get(asked))[:2] == NOWHERE
    await world.keep(sessions(NOVEMBER, 41, 17, 3))
    assert await closed(world, NOVEMBER) == (3, 2 * len(ROLLED))
    assert await closed(world, NOVEMBER) == (0, 0)
    answer = await world.coordinator.get(asked)
    november = told(answer)
    assert answer.json()["previous"] is None
    assert (november["state"], november["numerator"], november["denominator"]) == ("TOLD", 40, 60)
    assert november["value"] == 66.6667
    low, high = wilson(40, 60)
    assert november["interval"] == {"low": round(100 * low, 4), "high": round(100 * high, 4)}
    assert november["exactInterval"]["low"] == round(100 * clopper_pearson(40, 60)[0], 4)
    await world.keep(sessions(DECEMBER, 20, 20))
    await closed(world, DECEMBER)
    after = (await world.coordinator.get(asked.replace("11-20", "12-01"))).json()
    assert (after["current"]["numerator"], after["current"]["value"]) == (20, 50.0)
    assert after["previous"] == november
    quarter = told(await world.coordinator.get(f"{asked}&period=QUARTER"))
    assert (quarter["first"], quarter["last"]) == ("2026-10-01", "2026-12-31")


async def test_what_comes_late_changes_nothing_that_was_told(world: World) -> None:
    """Nine sessions of November are typed in December: every figure of November is the same, byte for byte, and
    December says that about ten came late."""
    await world.keep(sessions(NOVEMBER, 30, 12))
    await closed(world, NOVEMBER)
    asked = "/v1/metrics/SESSIONS_MADE?on=2026-11-01&prison=MDI"
    before = (await world.governor.get(asked)).content
    figures = {f.id: f for f in await world.records(Figure)}
    await world.keep(sessions(NOVEMBER, 9))
    await closed(world, DECEMBER)
    assert (await world.governor.get(asked)).content == before
    assert {f.id: f for f in await world.records(Figure) if f.id in figures} == figures
    december = told(await world.governor.get(asked.replace("11-01", "12-01")))
    assert (december["late"], december["state"]) == (10, "NO_RECORDS")


async def test_nothing_recorded_is_neither_nought_nor_all(world: World) -> None:
    """A scheme of which nothing was recorded says so; a small number says no more than that it is one."""
    await closed(world, NOVEMBER)
    empty = told(await world.coordinator.get(f"/v1/metrics/RATED_GOOD?on=2026-11-01&scheme={SHANNON}"))
    assert (empty["state"], empty["value"]) == ("NO_RECORDS", None)
    await world.keep(sessions(DECEMBER, 3, 1))
    await closed(world, DECEMBER)
    few = told(await world.coordinator.get(f"/v1/metrics/SESSIONS_DELIVERED?on=2026-12-01&scheme={SHANNON}"))
    assert (few["state"], few["numerator"], few["denominator"], few["value"]) == ("TOO_FEW", None, None, None)


async def test_one_man_who_came_forty_times_is_one_man(world: World) -> None:
    """Forty sessions of one learner: people decide, and he is nobody's number."""
    his = [dataclasses.replace(s, person=uid("one man")) for s in sessions(NOVEMBER, 40)]
    apart = [
        dataclasses.replace(
            s, starts_at=s.starts_at + timedelta(hours=n % 9), ends_at=s.ends_at + timedelta(hours=n % 9)
        )
        for n, s in enumerate(his)
    ]
    seen: dict[datetime, Session] = {s.starts_at: s for s in apart}
    await world.keep(seen.values())
    assert len(seen) > 20
    await closed(world, NOVEMBER)
    asked = told(await world.coordinator.get(f"/v1/metrics/SESSIONS_MADE?on=2026-11-01&scheme={SHANNON}"))
    assert (asked["state"], asked["numerator"]) == ("TOO_FEW", None)


async def test_rates_are_of_prisoner_days_where_they_are_known(world: World) -> None:
    """Forty in a prison of a thousand, thirty days: 1.3 in a thousand prisoner-days, with Garwood's interval."""
    await world.keep(sessions(NOVEMBER, 40, 20))
    world.stage.rolls = {"MDI": 1_000}
    await closed(world, NOVEMBER)
    rate = told(await world.governor.get("/v1/metrics/SESSIONS_RATE?on=2026-11-01&prison=MDI"))
    assert (rate["denominator"], rate["value"]) == (30_000, round(40 / 30, 4))
    assert rate["interval"] == {k: round(n / 30, 4) for k, n in zip(("low", "high"), garwood(40), strict=True)}
    assert rate["exactInterval"] is None
    world.stage.rolls = {}
    await world.keep(sessions(DECEMBER, 40))
    await closed(world, DECEMBER)
    unknown = told(await world.governor.get("/v1/metrics/SESSIONS_RATE?on=2026-12-01&prison=MDI"))
    assert (unknown["state"], unknown["numerator"], unknown["value"]) == ("NOT_KNOWN", 40, None)


def residues(month: date, waits: list[int | None], part: DayOrNight = DayOrNight.NIGHT) -> list[Residue]:
    """Requests for a Listener, as they were mixed: met after so many minutes, or never. No wait lies beside what came
    of the same request."""
    came_to = sorted(CameTo.UNMET if wait is None else CameTo.MET for wait in waits)
    return [
        Residue(
            id=called(f"residue:{next(_numbers)}"),
            jurisdiction="EW",
            prison="MDI",
            month=month,
            part=part,
            came_to=came,
            minutes_to_offer=5,
            minutes_in_all=wait,
        )
        for came, wait in zip(came_to, reversed(waits), strict=True)
    ]


async def test_who_was_never_met_is_in_the_wait(world: World) -> None:
    """Thirty asked for a Listener at night, of whom twenty were met within an hour and ten never: half waited at most
    30 minutes, and nine in ten for ever. Had the ten been dropped, nine in ten would have been met in time."""
    waits = [10] * 10 + [30] * 5 + [55] * 5 + [None] * 10
    await world.keep(residues(NOVEMBER, waits))
    counted = MonthCount(
        id=called("count:listeners"),
        jurisdiction="EW",
        prison="MDI",
        month=NOVEMBER,
        tallies=0,
        requests=30,
        people=30,
        unnamed=0,
    )
    await world.keep([counted])
    await closed(world, NOVEMBER)
    wait = told(await world.governor.get("/v1/metrics/LISTENER_REQUESTS_WAIT?on=2026-11-01&prison=MDI"))
    assert (wait["state"], wait["value"], wait["nineInTen"]) == ("TOLD", 30.0, None)
    met = told(await world.governor.get("/v1/metrics/LISTENER_REQUESTS_MET?on=2026-11-01&prison=MDI"))
    assert (met["numerator"], met["denominator"], met["state"]) == (20, 30, "TOLD")


@pytest.mark.parametrize("waits", [[10] * 9 + [None], [10] * 12 + [None] * 3])
async def test_a_wait_does_not_tell_how_many_were_never_met(world: World, waits: list[int | None]) -> None:
    """Of ten one was never met, and of fifteen three: neither number is told. A wait of nine in ten beside ten would
    tell that it is one, and none beside fifteen that they are two at least: so no wait is told of either."""
    await world.keep(residues(NOVEMBER, waits))
    counted = MonthCount(
        id=called("count:few unmet"),
        jurisdiction="EW",
        prison="MDI",
        month=NOVEMBER,
        tallies=0,
        requests=len(waits),
        people=len(waits),
        unnamed=0,
    )
    await world.keep([counted])
    await closed(world, NOVEMBER)
    asked = "/v1/metrics/LISTENER_REQUESTS_{}?on=2026-11-01&prison=MDI"
    wait = told(await world.governor.get(asked.format("WAIT")))
    assert (wait["numerator"], wait["state"], wait["value"], wait["nineInTen"]) == (len(waits), "TOO_FEW", None, None)
    kept = [f for f in await world.records(Figure, series=Series.LISTENER_REQUESTS) if f.first == NOVEMBER]
    assert {(f.median, f.nine_in_ten) for f in kept} == {(None, None)}


def applicants(month: date, standing: Standing, many: int, **more: Any) -> list[Supporter]:
    """So many who applied to the reading scheme on the tenth of a month, and stand so now."""
    numbers = [next(_numbers) for _ in range(many)]
    day = month + timedelta(days=9)
    made = (supporter(MOORLAND, f"applied:{n}", "scheme:shannon", f"applicant:{n}", standing) for n in numbers)
    return [dataclasses.replace(one, applied_on=day, **more) for one in made]


async def test_who_applied_and_who_was_taken_on_and_removed(world: World) -> None:
    """Forty applied, of whom twenty-five were taken on; of twenty who left ten were removed. Had all been removed, it
    would be each one's: nothing is told of any."""
    gone = {"left_on": NOVEMBER + timedelta(days=14), "probation_from": NOVEMBER}
    await world.keep(applicants(NOVEMBER, Standing.ACTIVE, 25))
    await world.keep(applicants(NOVEMBER, Standing.REJECTED, 15))
    await world.keep(applicants(date(2026, 1, 1), Standing.REMOVED, 10, **gone))
    await world.keep(applicants(date(2026, 1, 1), Standing.STOOD_DOWN, 10, **gone))
    await closed(world, NOVEMBER)
    asked = f"/v1/metrics/{{}}?on=2026-11-01&scheme={SHANNON}"
    taken = told(await world.governor.get(asked.format("APPLICANTS_TAKEN_ON")))
    assert (taken["numerator"], taken["denominator"], taken["value"]) == (25, 40, 62.5)
    removed = told(await world.governor.get(asked.format("LEAVERS_REMOVED")))
    assert (removed["numerator"], removed["denominator"], removed["value"]) == (10, 20, 50.0)
    gone["left_on"] = DECEMBER + timedelta(days=14)
    await world.keep(applicants(date(2026, 1, 1), Standing.REMOVED, 12, **gone))
    await closed(world, DECEMBER)
    alike = told(await world.governor.get(asked.format("LEAVERS_REMOVED").replace("2026-11", "2026-12")))
    assert (alike["state"], alike["numerator"]) == ("TOO_FEW", None)


async def test_bands_that_needed_somebody_are_covered_or_not(world: World) -> None:
    """Every morning of November needs a mentor, and on twenty of thirty one is there. Of a scheme that says no need
    nothing is recorded."""
    here = {"jurisdiction": "EW", "prison": "MDI", "organisation": "SHANNON_TRUST", "scheme": SHANNON}
    days = [date(2026, 11, n + 1) for n in range(30)]
    wanted = [CoverNeed(id=called(f"need:{d}"), **here, weekday=d, band=Band.AM, supporters=1) for d in WEEK]
    await world.keep(wanted)
    rota = [
        RosterEntry(
            id=called(f"rota:{day}"),
            **here,
            supporter=called("supporter:mentor"),
            name="Mentor",
            day=day,
            band=Band.AM,
            slot=slot_of(called("mentor"), day, Band.AM),
            state=RosterState.PUBLISHED,
            in_force_from=datetime(2026, 10, 1, tzinfo=UTC),
            written_by=called("coordinator"),
        )
        for day in days[:20]
    ]
    await world.keep(rota)
    await closed(world, NOVEMBER)
    asked = "/v1/metrics/BANDS_COVERED?on=2026-11-01&scheme={}"
    there = told(await world.governor.get(asked.format(SHANNON)))
    assert (there["numerator"], there["denominator"], there["value"]) == (20, 30, pytest.approx(66.7, abs=0.1))
    assert told(await world.governor.get(asked.format(uid("scheme:insiders"))))["state"] == "NO_RECORDS"


async def test_who_may_read_which(world: World) -> None:
    """A coordinator has no casework; a prison's governor no other prison; headquarters the whole. Nobody in custody has
    any of it, and nobody has what figures were counted from."""
    await world.keep(sessions(NOVEMBER, 41, 17, 3))
    await closed(world, NOVEMBER)
    here, there, whole = "prison=MDI", f"prison={LEEDS.prison}", "period=MONTH"
    asked = "/v1/metrics/{}?on=2026-11-01&{}"
    for name in ("governor", "safer", "imb"):
        assert told(await world[name].get(asked.format("INCIDENTS_REPORTED", here)))["state"] != "NOT_CLEARED"
        assert problem(await world[name].get(asked.format("SESSIONS_MADE", there)))[:2] == NOWHERE
    of_scheme = f"scheme={SHANNON}"
    assert told(await world.coordinator.get(asked.format("INCIDENTS_REPORTED", of_scheme)))["state"] == "NOT_CLEARED"
    assert told(await world.headquarters.get(asked.format("SESSIONS_MADE", whole)))["numerator"] == 40
    assert problem(await world.governor.get(asked.format("SESSIONS_MADE", whole)))[:2] == NOWHERE
    assert problem(await world.governor.get(asked.format("NO_SUCH_METRIC", here)))[:2] == NOWHERE
    for name in ("mentor", "ben"):
        assert (await world[name].get(asked.format("SESSIONS_MADE", here))).status_code == 404
    assert (await world.officer.get("/v1/metrics")).status_code == 403
    for never in ("period=QUARTER", "period=YEAR", "on=2027-06-01"):
        # Where he reads others, he is told that there is none of this period; where he reads none, nothing.
        answer = await world.governor.get(f"/v1/metrics/SESSIONS_MADE?{here}&{never}")
        assert (answer.status_code, codes(answer)) == (409, ["NOT_LET_OUT"])
        assert problem(await world.governor.get(f"/v1/metrics/SESSIONS_MADE?{there}&{never}"))[:2] == NOWHERE


async def test_the_catalogue_says_what_each_metric_is(world: World) -> None:
    """Of what over what, whose it is and who may read it; both are words of its series."""
    items = (await world.evaluator.get("/v1/metrics")).json()["items"]
    assert [each["code"] for each in items] == list(METRICS)
    for each in items:
        words = LAYOUTS[Series(each["series"])].words
        assert each["numerator"] in words
        assert each["denominator"] in (None, *words)
        assert each["definition"]
        assert each["cleared"] is (each["code"] in ("INCIDENTS_REPORTED", "COMPLAINTS_MADE"))
    assert {each["area"] for each in items} == {
        *("COVERAGE", "ACCESS", "QUALITY", "CARE", "EQUALITY", "REGIME", "OUTCOME"),
    }


# The roll-up and the recount.


def drawn(random: Random, month: date, late: bool) -> list[Record]:
    """Things that happened in a month, at random."""
    made: list[Record] = [
        *sessions(month, *(random.randint(0, 6 if late else 12) for _ in range(3))),
        *sessions(month, random.randint(0, 4), place=LEEDS),
    ]
    for _ in range(random.randint(0, 5)):
        made.append(
            TaskRequest(
                id=called(f"task:{next(_numbers)}"),
                scheme=called("scheme:shannon"),
                jurisdiction="EW",
                prison="MDI",
                organisation="SHANNON_TRUST",
                task=random.choice(list(Task)),
                prohibited=False,
                asked_by=next(iter(Answerable)),
                asked_on=month + timedelta(days=random.randint(0, 27)),
                response=random.choice(list(Response)),
                staff_informed=True,
                told_by=ToldBy.STAFF,
            )
        )
    return made


async def recounted(world: World, prison: str, first: date, until: date) -> dict[Any, dict[str, int]]:
    """What is there now, counted from nothing."""
    async with service_begin(world.house.runtime)(Verb.TICK) as act:
        found = await count(act, "EW", prison, first, until)
    return {
        (c.series, c.scheme, c.month): {w: cell.count for w, cell in c.cells.items()}
        for c in found
        if not LAYOUTS[c.series].stands
    }


def nothing_left_out(counts: dict[Any, dict[str, int]]) -> dict[Any, dict[str, int]]:
    return {key: words for key, words in counts.items() if any(words.values())}


async def test_all_roll_ups_of_a_month_are_what_a_recount_finds(world: World) -> None:
    """Four months with what came late, and sessions that were written down only afterwards, under another word: after
    each closing the roll-ups of every month come to the recount, to the last unit, in both prisons."""
    random, months = Random(5), [months_after(NOVEMBER, n) for n in range(4)]
    for at, month in enumerate(months):
        await world.keep([r for m in months[: at + 1] for r in drawn(random, m, m != month)])
        for waiting in await world.records(Session, state=SessionState.PLANNED):
            if waiting.starts_at < world.now and random.random() < 0.5:
                done = {"state": SessionState.DELIVERED, "minutes": 20}
                await world.change(dataclasses.replace(waiting, **done))
        await closed(world, month)
        for prison in ("MDI", LEEDS.prison):
            kept = await world.records(RollUp, prison=prison)
            rolled = summed([r for r in kept if not LAYOUTS[r.series].stands and r.of_month >= NOVEMBER])
            found = await recounted(world, prison, NOVEMBER, months_after(month, 1))
            assert nothing_left_out(rolled) == nothing_left_out(found)
            assert found


async def test_a_roll_up_is_never_shown(world: World) -> None:
    """No role has a grant for one: what figures are counted from is read by nobody."""
    await world.keep(sessions(NOVEMBER, 41, 17, 3))
    await closed(world, NOVEMBER)
    answers = [await world.governor.get("/v1/metrics/SESSIONS_MADE?on=2026-11-01&prison=MDI")]
    assert all("41" not in json.dumps(told(a)) for a in answers)
