"""Putting the year into a store: in bulk, by the service, each handful with its line in the ledger.

No act made these records, so no act's line is made up for them: the ledger says what was so, that the service loaded
them, when the demonstration was first started. Of people in custody and of what is given anonymously its lines say as
little as any other's (`domain.notes`).

The cast's Listener comes in with the last transaction. So a later start that finds him (`Examples.listener`) knows that
nothing is missing, and one that does not, that it was stopped on the way.

One transaction after another: several at a time were no quicker (4,300 records in 1.5 s, tried with one and with four).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Final

from api.demonstration.examples import Examples, find_examples
from api.demonstration.lines import line
from api.demonstration.people import MDI
from api.demonstration.year import NUMBER, a_year
from domain.confidentiality.classification import Classification
from domain.confidentiality.entry import Change
from domain.confidentiality.record import Record, changed_fields, with_version
from domain.feedback.record import Feedback
from domain.ports import Ids, Kept, Scope, Store
from domain.supporters.record import Supporter

HANDFUL: Final = 300
"""Records in one transaction: its line names each of them, and should stay readable."""
_EVERYWHERE: Final = Scope(None, True)
_NAMED: Final = MappingProxyType(
    {
        "absence": "days away",
        "actor": "principals",
        "application": "applications",
        "assessment": "assessments of suitability",
        "assignment": "assignments",
        "attendance": "days of training",
        "certificate": "certificates",
        "charter": "charters",
        "clearance": "clearances",
        "cohort": "cohorts",
        "comparison-job": "jobs to compare with",
        "contingency-plan": "contingency plans",
        "course": "courses",
        "debrief": "talks after a band",
        "enrolment": "learners",
        "evaluation": "evaluations",
        "feedback": "pieces of feedback",
        "induction": "first meetings",
        "job": "rotas to be proposed",
        "measurement": "measurements",
        "meeting-place": "meeting places",
        "objective": "objectives",
        "panel-score": "panel scores",
        "passport": "passports",
        "pay-entry": "weeks of pay",
        "pay-rate": "rates of pay",
        "person": "people",
        "publicity": "posters",
        "pulse-result": "results of pulses",
        "request": "live requests",
        "resource": "months of what was used",
        "risk": "risks",
        "roster-entry": "places on the rota",
        "cover-need": "bands that need somebody",
        "rota-line": "lines of a week's pattern",
        "rota-wish": "wishes about the rota",
        "scheme": "schemes",
        "service-time": "service times",
        "session": "reading sessions",
        "sign-off": "sign-offs",
        "supervision": "supervisions",
        "supporter": "supporters",
        "suspension": "suspensions",
        "task-request": "tasks that are not theirs",
        "transfer-hold": "holds on transfer",
        "vacancy": "vacancies",
        "wellbeing-check": "answers to how are you",
    }
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was put in: records by kind, letters, and ids to try things on."""

    records: Mapping[str, int]
    letters: int
    examples: Examples


async def seed(store: Store, ids: Ids, now: datetime, say: Callable[[str], None], *, number: int = NUMBER) -> Seeded:
    """Fill an empty store with the year that ends now; `say` is told of each kind once it is in."""
    year = a_year(ids, now, number)
    await store.settle(line(ids, _day(now), None, closed=True), [], _EVERYWHERE, None, year.letters)
    say(f"{len(year.letters)} tallies in the letterbox")
    counts: dict[str, int] = {}
    for kind, records in _by_kind(year.records):
        for handful in _handfuls(records):
            await _keep(store, ids, now, handful)
        counts[kind] = len(records)
        say(f"{counts[kind]} {_NAMED[kind]}")
    return Seeded(MappingProxyType(counts), len(year.letters), await find_examples(store, ids, now))


def _by_kind(records: Sequence[Record]) -> Iterator[tuple[str, list[Record]]]:
    """Kind by kind, supporters at the end."""

    def kind(record: Record) -> tuple[bool, str]:
        return (isinstance(record, Supporter), record.shape.kind)

    return ((name, list(found)) for (_, name), found in groupby(sorted(records, key=kind), kind))


def _handfuls(records: Sequence[Record]) -> Iterator[list[Record]]:
    """A few hundred of one kind and of one prison, so that each line is of a prison; the cast's prison at the end."""

    def place(record: Record) -> tuple[bool, str]:
        prison = getattr(record, "prison", None) or ""
        return (prison == MDI.code, prison)

    for _, found in groupby(sorted(records, key=place), place):
        there = list(found)
        yield from (there[n : n + HANDFUL] for n in range(0, len(there), HANDFUL))


async def _keep(store: Store, ids: Ids, now: datetime, records: Sequence[Record]) -> None:
    nameless = isinstance(records[0], Feedback)
    entry = line(
        ids,
        _day(now) if nameless else now,
        getattr(records[0], "prison", None),
        closed=any(_closed(r) for r in records),
        changes=tuple(_change(r) for r in records),
    )
    await store.settle(entry, [Kept(with_version(r, 1), 0) for r in records], _EVERYWHERE)


def _change(record: Record) -> Change:
    unnamed = isinstance(record, Feedback)
    return Change(record.shape.kind, None if unnamed else record.id, 0, 1, changed_fields(None, record))


def _closed(record: Record) -> bool:
    return record.shape.existence is Classification.PARTICIPATION and bool(getattr(record, "closed", False))


def _day(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
