"""Every number that an act counts has passed disclosure control, or it is said here why it need not (rule 19, X13).

What an act returns that is no view of a record is looked through field by field: a whole number is of the type
`domain.kernel.counts.Told`, which only disclosure control makes, or its class is named below with the reason."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args, get_origin, get_type_hints

import pytest

import domain
from domain.act import Begin
from domain.care.creep import Creep, Response, TaskRequest, ToldBy, summary
from domain.confidentiality.record import Record
from domain.feedback import counts as feedback_counts
from domain.feedback.record import Feedback, Voice
from domain.kernel.counts import Told
from domain.oversight.counts import of_the_same
from domain.schemes.tasks import Task
from domain.vigilance import spread
from tests.domain.given import sample

_LENGTH = "how long a time is counted, of nobody"
_ONE = "of one supporter or one enrolment, for those who read its record by name"
_ROTA = "of the rota, of which the same readers see each duty"
_FORECAST = "of one scheme, for those who read each of its supporters; what goes further passes `of_kinds`"
_KEPT = "what is kept sealed of a report, for the next one alone"
_REPORT = "what a report goes by, which is told by `domain.evaluation.report` alone"
_LIMIT = "a limit of the kind, which everybody reads"
EXEMPT: Final[Mapping[str, str]] = {
    "domain.care.cover.Cover": _ROTA,
    "domain.care.creep.Creep.days": _LENGTH,
    "domain.care.filling.Gap": _ROTA,
    "domain.care.load.Asked": _ONE,
    "domain.care.published.Printed": _ROTA,
    "domain.care.strain.Strain": _ONE,
    "domain.care.wellbeing.Faring.days": _LENGTH,
    "domain.evaluation.before.Numbers": _KEPT,
    "domain.evaluation.before.Part": _KEPT,
    "domain.evaluation.facts.Asked.median": "minutes, of ten requests and more",
    "domain.evaluation.facts.Asked.nine_in_ten": "minutes, of ten requests and more",
    "domain.evaluation.facts.CoverOf": _REPORT,
    "domain.evaluation.facts.Facts": _REPORT,
    "domain.evaluation.facts.Heard": _REPORT,
    "domain.evaluation.facts.Man": _REPORT,
    "domain.evaluation.facts.Taken": _REPORT,
    "domain.metrics.reading.Value.nine_in_ten": "minutes, of ten requests and more",
    "domain.packs.monthly.Row.median": "minutes, of ten requests and more",
    "domain.packs.monthly.Row.nine_in_ten": "minutes, of ten requests and more",
    "domain.packs.reading.Pack.drawn": "of looks, each of which stands beside it",
    "domain.pay.sheet.Parity.job_money_minor_units": "of jobs, and of no supporter",
    "domain.pay.sheet.Parity.jobs": "of jobs, and of no supporter",
    "domain.pay.sheet.Parity.money_minor_units": "a mean, of eight and more",
    "domain.pay.sheet.Parity.places": "of jobs, and of no supporter",
    "domain.schemes.sheet.Load": _LIMIT,
    "domain.sessions.groups.GroupCounts.days": _LENGTH,
    "domain.sessions.progress.Progress": _ONE,
    "domain.turnover.forecast.Forecast": _FORECAST,
    "domain.turnover.forecast.Lead": _FORECAST,
    "domain.turnover.forecast.Week": _FORECAST,
    "domain.turnover.holds.Holds": "of transfer holds, each of which the same readers see",
    "domain.turnover.survival.Stay": _REPORT,
    "domain.turnover.survival.Step": _FORECAST,
    "domain.turnover.survival.Usual": _FORECAST,
    "domain.vigilance.signals.PulseSignal": "means that a pulse told: of ten and more, and not all alike",
    "domain.vigilance.spread.GroupSpread.share": "per cent, worked out of two numbers that were let out",
}
"""Whole numbers that are no counts of people, by class or by field; and why."""


def _numbers(hint: Any, seen: set[Any]) -> Iterator[str]:
    """The dotted names of all whole numbers in a type but those that were let out."""
    for part in get_args(hint):
        yield from _numbers(part, seen)
    whole = isinstance(hint, type) and dataclasses.is_dataclass(hint) and get_origin(hint) is None
    if not whole or issubclass(hint, Record) or hint in seen:
        return
    seen.add(hint)
    hints = get_type_hints(hint)
    for field in dataclasses.fields(hint):
        if _holds(hints[field.name], int):
            yield f"{hint.__module__}.{hint.__qualname__}.{field.name}"
        yield from _numbers(hints[field.name], seen)


def _holds(hint: Any, what: Any) -> bool:
    return hint is what or any(_holds(part, what) for part in get_args(hint))


def _answers() -> Iterator[Any]:
    """What every act of the domain returns."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        for name, act in vars(importlib.import_module(module.name)).items():
            own = inspect.iscoroutinefunction(act) and act.__module__ == module.name and not name.startswith("_")
            if own and Begin in (hints := get_type_hints(act)).values():
                yield hints.get("return")


def _counted() -> set[str]:
    seen = set[Any]()
    return {name for answer in _answers() for name in _numbers(answer, seen)}


def test_no_act_returns_a_count_that_has_not_passed() -> None:
    """A new count is of the type `Told`, or its reason not to be is written above."""
    found = _counted()
    assert len(found) > 50
    assert sorted(n for n in found if n not in EXEMPT and n.rpartition(".")[0] not in EXEMPT) == []


def test_no_reason_is_for_what_is_not_there() -> None:
    """A class or field that is gone, or that passes now, is not excused any more."""
    found = _counted()
    assert sorted(n for n in EXEMPT if n not in found and not any(f.rpartition(".")[0] == n for f in found)) == []


@pytest.mark.parametrize(
    ("hint", "found"), [(int, True), (int | None, True), (dict[str, int], True), (Told | None, False), (bool, False)]
)
def test_a_count_that_has_not_passed_is_found(hint: Any, found: bool) -> None:
    """Of a class that an act would return."""
    made = dataclasses.make_dataclass("Made", [("n", hint)])
    assert (sum(1 for _ in _numbers(list[made], set())) == 1) is found


def test_told_is_made_in_few_places() -> None:
    """By the control itself, and where what it let out before is read again; nowhere else."""
    makers = {
        path.relative_to(Path(domain.__path__[0])).as_posix()
        for path in Path(domain.__path__[0]).rglob("*.py")
        if re.search(r"\bTold\([^)]", path.read_text()) and "class Told" not in path.read_text()
    }
    assert makers == {"kernel/counts.py", "metrics/releasing.py"}


def test_of_the_same_people_no_rest_is_given_away() -> None:
    """Of nine, eight: who does not is one, and could be told. So less is told; of twenty-four and twelve all is."""
    assert of_the_same(24, {"low": 12, "pause": 0}) == {"low": 10, "pause": 0, "total": 25}
    told = of_the_same(9, {"low": 8})
    assert told["total"] is None or told["low"] is None or 9 + 2 - 8 >= 3


def test_creep_adds_up_in_three_ways_and_is_told_together() -> None:
    """Twenty asked, three of them done: the three are nobody's to know, nor what is missing from seventeen."""
    rows = [
        sample(TaskRequest, task=Task.READ_TOGETHER, prohibited=False, response=r, told_by=ToldBy.STAFF)
        for r in [Response.REFUSED] * 17 + [Response.DONE] * 3
    ]
    assert summary(rows) == Creep(90, Told(20), Told(0), None, {Task.READ_TOGETHER: Told(20)})
    assert summary([]) == Creep(90, Told(0), Told(0), Told(0), {})


def test_feedback_that_is_all_alike_is_not_told() -> None:
    """Twelve of twelve rated it 4: that would be each one's word. With four otherwise it is told, but for the four."""

    def counts(ratings: list[int]) -> feedback_counts.VoiceCount:
        given = [sample(Feedback, voice=Voice.RECIPIENT, rating=r, themes=(), would_again=None) for r in ratings]
        return feedback_counts.of_voice(Voice.RECIPIENT, given)

    assert counts([4] * 12).ratings[3] is None
    assert counts([4] * 8 + [5] * 4).ratings == (0, 0, 0, 10, None)
    assert counts([4] * 8 + [5] * 4).given == 10


def test_one_supporters_shifts_are_not_a_wings() -> None:
    """Ten supporters of a wing, and one of them has more than half of all its bands: how many is his to know."""
    assert spread.let_out_of({"A": spread.Group(10, 60, 10, 40)}, of_people=False)["A", "times"] is None
    assert spread.let_out_of({"A": spread.Group(10, 60, 10, 6)}, of_people=False)["A", "times"] == 60
    assert spread.let_out_of({"A": spread.Group(9, 60, 9, 6)}, of_people=False) == {}
