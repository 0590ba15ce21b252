"""The tables of a report together give nobody away: a linear programme reckons through all of them (X13, F66)."""

from collections.abc import Hashable
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

from domain.evaluation.facts import Facts, Lost, Man, Taken
from domain.evaluation.measurement import MeasuringPoint, NotMeasured
from domain.evaluation.report import report
from domain.sessions.record import EnrolmentState
from tests.domain.attacker import Found, Number, attack
from tests.domain.test_evaluation_report import PLAN, TODAY, pair, taken

DRAWN = 60
REFUSED, NEVER, BOTH = "refused", "never measured", "both"
BY_STATE = {
    Lost.TRANSFERRED: EnrolmentState.TRANSFERRED,
    Lost.RELEASED: EnrolmentState.RELEASED,
    Lost.WITHDREW: EnrolmentState.WITHDRAWN_LEARNER,
}
LOST = [why for why in Lost if why is not Lost.NOT_DUE_YET]


def drawn(random_: Random) -> dict[Hashable, int]:
    """So many refused, were never measured, were measured twice, and were lost for each reason."""
    sizes = {REFUSED: 9, NEVER: 6, BOTH: 24, **dict.fromkeys(LOST, 3)}
    return {what: random_.randint(0, 2 * size) for what, size in sizes.items()}


def measured(of: dict[Hashable, int]) -> list[Taken]:
    """Everybody who was measured before, and how it ended for him."""
    found: list[Taken] = []
    for _ in range(of[BOTH]):
        found += pair(len(found), 20 + len(found) % 7, 22 + len(found) % 5)
    for why in LOST:
        for _ in range(of[why]):
            who = len(found)
            found += pair(who, 20 + who % 7, None)
            if why not in BY_STATE:
                found.append(taken(who, MeasuringPoint.END, None, missed=NotMeasured(why.value)))
    return found


def men(of: dict[Hashable, int], found: list[Taken]) -> dict[UUID, Man]:
    """How each enrolment stands; whoever was transferred, released or withdrew is told by that."""
    there = list(dict.fromkeys(each.enrolment for each in found))
    states = [EnrolmentState.COMPLETED] * of[BOTH]
    states += [BY_STATE.get(why, EnrolmentState.COMPLETED) for why in LOST for _ in range(of[why])]
    return {who: Man(state) for who, state in zip(there, states, strict=True)}


def told(of: dict[Hashable, int]) -> dict[str, Any]:
    """The report on them."""
    plan = replace(PLAN, approached=sum(of.values()), refused=of[REFUSED])
    found = measured(of)
    return report(Facts(plan, TODAY, found, men(of, found)))


def moving(of: dict[Hashable, int], made: dict[str, Any]) -> list[tuple[frozenset[Hashable], int | None]]:
    """Every count of people in it that is told anew with each report, with those whom it is of; and those of whom it
    has none, who can be reckoned."""
    lost = frozenset[Hashable](LOST)
    flow = {
        "APPROACHED": frozenset(of),
        "CONSENTED": frozenset(of) - {REFUSED},
        "BASELINE": lost | {BOTH},
        "END": frozenset({BOTH}),
        "ANALYSED": frozenset({BOTH}),
    }
    shown = [(flow[step["step"]], step["people"]) for step in made["flow"] if step["step"] in flow]
    shown += [(frozenset[Hashable]({why}), made["notMeasuredAfter"][why.value]) for why in LOST]
    shown += [(lost, made["notMeasuredAfter"]["total"]), (flow["END"], made["leavers"]["stayed"]["people"])]
    return [*shown, (frozenset({REFUSED}), None), (frozenset({NEVER}), None)]


def standing(made: dict[str, Any]) -> tuple[list[int | None], int | None]:
    """Every count that stands with a mean: of those who are analysed, of their dose first; and of those who were
    lost."""
    points = [point["people"] for point in made["points"] if point["point"] in ("BASELINE", "END")]
    people = [made["dose"]["people"], made["change"]["scheme"]["people"], *points]
    return people, made["leavers"]["left"]["people"]


def numbers(of: dict[Hashable, int], made: dict[str, Any]) -> list[Number]:
    """Every count of people in it, with those whom it is of."""
    people, left = standing(made)
    both, lost = frozenset[Hashable]({BOTH}), frozenset[Hashable](LOST)
    shown = [*moving(of, made), *((both, n) for n in people), (lost, left)]
    return [Number(cells, n, sum(of[c] for c in cells)) for cells, n in shown]


def test_no_small_number_is_found_through_all_tables_of_a_report() -> None:
    """Of sixty drawn evaluations nobody's reason to be gone is reckoned out of flow, drop-out, change and dose; nor
    whoever refused, or was never measured, who stand in no table."""
    random_, found = Random("reports"), list[Found]()
    for _ in range(DRAWN):
        of = drawn(random_)
        found += attack(numbers(of, told(of)))
    assert len(found) > 100
    assert [f for f in found if f.exact] == []
    assert sum(f.narrow for f in found) < len(found) / 100


def test_one_who_was_lost_takes_others_with_him() -> None:
    """Ten before, nine after: alone these would be 10 and 10, and the one lost is suppressed. Of ten and seventeen more
    who refused nothing else is to be had."""
    of = dict[Hashable, int]({REFUSED: 17, NEVER: 0, BOTH: 9, **dict.fromkeys(LOST, 0), Lost.COURT: 1})
    made = told(of)
    assert (made["notMeasuredAfter"]["COURT"], made["notMeasuredAfter"]["total"]) == (None, None)
    assert all(not f.narrow for f in attack(numbers(of, made)))
