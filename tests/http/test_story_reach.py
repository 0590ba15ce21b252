"""Whom a scheme reaches: for which needs, and at which stage of a sentence, beside what its plan is for (S5, S7)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.confidentiality.record import Record
from domain.metrics.record import Figure
from domain.metrics.releasing import release
from domain.metrics.series import WITHOUT, Series
from domain.schemes.charter import Charter
from domain.schemes.needs import TargetNeed
from domain.sessions.codes import StageOfSentence
from domain.sessions.goals import EnrolmentGoal, GoalState
from domain.sessions.record import Enrolment
from tests.http import test_story_metrics
from tests.http.cast import uid
from tests.http.stores import POSTGRESQL
from tests.http.test_story_metrics import NOVEMBER, SHANNON, called, closed, told
from tests.http.world import World

READING, NUMBERS = TargetNeed.READING, TargetNeed.NUMBERS
_IDLE = """
    select count(*) as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
"""
INDUCTION, RELEASE = StageOfSentence.INDUCTION, StageOfSentence.BEFORE_RELEASE


async def enrolled(world: World, name: str, many: int, *needs: TargetNeed, **more: Any) -> list[Record]:
    """So many who began to learn in November, in need of these things."""
    one = await world.record(Enrolment, uid("enrolment"))
    given: dict[str, Any] = {"version": 0, "enrolled_on": NOVEMBER + timedelta(days=9), "needs": needs, **more}
    return [replace(one, id=called(f"{name}:{n}"), person=called(f"{name}:person:{n}"), **given) for n in range(many)]


async def told_of(world: World, code: str, scheme: Any = SHANNON) -> Any:
    """What a metric says of November."""
    answer = told(await world.governor.get(f"/v1/metrics/{code}?on=2026-11-01&scheme={scheme}"))
    return answer["state"], answer["numerator"], answer["denominator"]


async def test_each_need_is_told_beside_all_who_were_enrolled(world: World) -> None:
    """Of forty, thirty want to read and twenty to reckon, ten of them both; nobody came for a language."""
    await world.keep(await enrolled(world, "reads", 20, READING))
    await world.keep(await enrolled(world, "both", 10, READING, NUMBERS))
    await world.keep(await enrolled(world, "reckons", 10, NUMBERS))
    await closed(world, NOVEMBER)
    assert await told_of(world, "ENROLMENTS_BEGUN") == ("TOLD", 40, None)
    assert await told_of(world, "NEED_READING") == ("TOLD", 30, 40)
    assert await told_of(world, "NEED_NUMBERS") == ("TOLD", 20, 40)
    assert await told_of(world, "NEED_LANGUAGE") == ("TOLD", 0, 40)
    figures = [each for each in await world.records(Figure) if each.series is Series.ENROLMENTS]
    assert not [word for each in figures for word in each.words if word in {f"{WITHOUT}{n}" for n in TargetNeed}], (
        "beside it all is told"
    )


async def test_what_went_on_after_a_move_began_elsewhere(world: World) -> None:
    """Of thirty, ten had begun in another prison."""
    await world.keep(await enrolled(world, "here", 20, READING))
    await world.keep(await enrolled(world, "moved", 10, READING, NUMBERS, carries_on=called("elsewhere")))
    await closed(world, NOVEMBER)
    assert await told_of(world, "ENROLMENTS_BEGUN") == ("TOLD", 20, None)
    assert await told_of(world, "NEED_NUMBERS") == ("TOLD", 0, 20)


async def test_reach_stands_beside_what_the_plan_is_for(world: World) -> None:
    """A need that the plan names, and nobody came for, is told as planned; one that it does not name, as not; of a
    prison, or of another metric, there is no such thing."""
    await world.keep(await enrolled(world, "reads", 20, READING))
    await closed(world, NOVEMBER)
    (plan,) = await world.records(Charter, scheme=SHANNON, state="PUBLISHED")
    for need in TargetNeed:
        answer = await world.governor.get(f"/v1/metrics/NEED_{need}?on=2026-11-01&scheme={SHANNON}")
        assert answer.json()["planned"] is (need in plan.needs), need
    assert plan.needs
    for asked in (f"ENROLMENTS_BEGUN?scheme={SHANNON}&", "NEED_READING?prison=MDI&"):
        assert (await world.governor.get(f"/v1/metrics/{asked}on=2026-11-01")).json()["planned"] is None


async def test_what_would_be_told_of_everybody_is_not_told(world: World) -> None:
    """All are in recovery: how many were enrolled is told, and of what nobody was in need of, that; not the rest."""
    await world.keep(await enrolled(world, "all", 20, TargetNeed.SUBSTANCE_USE, READING))
    await world.keep(await enrolled(world, "more", 15, TargetNeed.SUBSTANCE_USE))
    await closed(world, NOVEMBER)
    assert await told_of(world, "ENROLMENTS_BEGUN") == ("TOLD", 35, None)
    assert (await told_of(world, "NEED_SUBSTANCE_USE"))[:2] == ("TOO_FEW", None)
    assert await told_of(world, "NEED_READING") == ("TOLD", 20, 35)
    assert await told_of(world, "NEED_LANGUAGE") == ("TOLD", 0, 35)


async def test_few_are_told_of_no_need(world: World) -> None:
    """Three of thirty want to reckon: they are not told, and the others only so that these could be any few."""
    await world.keep(await enrolled(world, "reads", 27, READING))
    await world.keep(await enrolled(world, "reckons", 3, NUMBERS))
    await closed(world, NOVEMBER)
    assert (await told_of(world, "NEED_NUMBERS"))[:2] == ("TOO_FEW", None)
    assert await told_of(world, "NEED_READING") == ("TOLD", 25, 30)


async def test_goals_that_were_measured_again_are_told(world: World) -> None:
    """Of twenty goals of different people twelve were achieved; of one that is not measured yet nothing is."""
    one = (await world.records(EnrolmentGoal, prison="MDI"))[0]
    on = NOVEMBER + timedelta(days=9)

    def goals(state: GoalState, many: int) -> list[Record]:
        given: dict[str, Any] = {"version": 0, "scheme": SHANNON, "state": state, "measured_on": on, "reached": 3}
        if state is GoalState.OPEN:
            given |= {"measured_on": None, "reached": None}
        return [
            replace(one, id=called(f"{state}:{n}"), person=called(f"{state}:person:{n}"), **given) for n in range(many)
        ]

    await world.keep([*goals(GoalState.ACHIEVED, 12), *goals(GoalState.NOT_ACHIEVED, 8), *goals(GoalState.OPEN, 15)])
    await closed(world, NOVEMBER)
    assert await told_of(world, "GOALS_ACHIEVED") == ("TOLD", 10, 20)


async def test_each_stage_is_told_beside_all_who_were_enrolled(world: World) -> None:
    """Of forty, twenty-five at induction and ten before release; of the rest nothing was said."""
    await world.keep(await enrolled(world, "new", 25, READING, stage_of_sentence=INDUCTION))
    await world.keep(await enrolled(world, "old", 10, READING, stage_of_sentence=RELEASE))
    await world.keep(await enrolled(world, "silent", 5))
    await closed(world, NOVEMBER)
    assert await told_of(world, "STAGE_INDUCTION") == ("TOLD", 25, 40)
    assert await told_of(world, "STAGE_BEFORE_RELEASE") == ("TOLD", 10, 40)
    assert await told_of(world, "STAGE_SETTLED") == ("TOLD", 0, 40)


async def test_where_no_stage_was_said_nothing_is_told_of_anybody(world: World) -> None:
    """So how many came at a stage is nought, and of how many."""
    await world.keep(await enrolled(world, "new", 20, READING))
    await closed(world, NOVEMBER)
    assert await told_of(world, "STAGE_INDUCTION") == ("TOLD", 0, 20)


async def test_that_all_came_at_one_stage_is_told_of_nobody(world: World) -> None:
    """Neither that stage nor any other, nor how many they are."""
    await world.keep(await enrolled(world, "new", 20, READING, stage_of_sentence=INDUCTION))
    await closed(world, NOVEMBER)
    for stage in StageOfSentence:
        assert (await told_of(world, f"STAGE_{stage}"))[:2] == ("TOO_FEW", None)


@pytest.mark.parametrize("world", [POSTGRESQL], indirect=True)
async def test_no_transaction_is_open_while_a_country_is_reckoned(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may take longer than one may stand idle: the database would end it, and nothing would ever be let out."""
    assert world.stage.store is not None
    inner: Any = world.stage.store.inner
    idle = list[int]()

    async def apart(reckon: Callable[[], Any]) -> Any:
        (row,) = await inner.engine.fetch(_IDLE, [])
        idle.append(row["n"])
        return reckon()

    monkeypatch.setattr(test_story_metrics, "release", partial(release, apart=apart))
    await world.keep(await enrolled(world, "reads", 20, READING))
    assert (await closed(world, NOVEMBER))[1] > 0
    assert idle
    assert set(idle) == {0}
