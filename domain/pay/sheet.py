"""The activities hub's sheet of a week: who is allocated, in which band, for how many days, what it comes to, and
whether it clashes with another allocation. No time of any session (rule 30)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import SMALLEST, Told, released
from domain.kernel.days import zone_of
from domain.kernel.errors import Failure, Unreadable
from domain.pay.comparison import ComparisonJob
from domain.pay.entries import HALF_DAYS_IN_A_WEEK, PayEntry, in_role_during
from domain.pay.rates import is_monday, jurisdiction_of
from domain.schemes.made import terms_of
from domain.schemes.vocabulary import Pay
from domain.supporters.record import Supporter


@dataclass(frozen=True, slots=True)
class Line:
    """One allocation: whose, and what was entered for it (None: nothing yet). `clash`: his allocations of that week
    come to more than a week has."""

    supporter: View[Supporter]
    entry: View[PayEntry] | None
    clash: bool


async def sheet(begin: Begin, week_of: date | None) -> list[Line]:
    """The lines of a week, by scheme; of the week before this one, unless one is named."""
    async with begin(Verb.READ_PAY_SHEET) as act:
        week = _week(act, week_of)
        there = [s for s in await looking.every(act, Supporter, {}) if in_role_during(s, week)]
        entered = await looking.every(act, PayEntry, {"week_of": week})
        by_supporter = {entry.supporter: entry for entry in entered}
        units = Counter[UUID]()
        for entry in entered:
            units[entry.person] += entry.units
        paid = await _paid(act, there)
        lines = [
            Line(act.disclose(s), None if e is None else act.disclose(e), units[s.person] > HALF_DAYS_IN_A_WEEK)
            for s in there
            if (s.kind, s.kind_version) in paid
            for e in (by_supporter.get(s.id),)
        ]
        return sorted(lines, key=lambda line: (str(line.supporter.values["scheme"]), str(line.supporter.id)))


async def _paid(act: Act, there: Iterable[Supporter]) -> set[tuple[str, int | None]]:
    of = {(s.kind, s.kind_version): s for s in there}
    return {kind for kind, one in of.items() if (await terms_of(act, one)).pay is not Pay.UNPAID}


@dataclass(frozen=True, slots=True)
class Parity:
    """One band: supporters' work beside other work. A mean of fewer than eight is not told (None), nor how many."""

    band: str
    supporters: Told | None
    half_days: float | None
    money_minor_units: int | None
    jobs: int
    places: int
    job_half_days: float | None
    job_money_minor_units: int | None


def _week(act: Act, asked: date | None) -> date:
    if asked is None:
        today = act.now.astimezone(zone_of(jurisdiction_of(act))).date()
        return today - timedelta(days=today.weekday() + 7)
    if not is_monday(asked):
        raise Unreadable([Failure("NOT_A_MONDAY", "query:weekOf")])
    return asked


async def parity(begin: Begin, week_of: date | None) -> list[Parity]:
    """Supporters' pay and hours of a week beside those of other prison jobs of the same band, and how many places each
    has (X23): of each band that there is another job in. The counts and means of supporters pass disclosure control."""
    async with begin(Verb.READ_PAY_PARITY) as act:
        week = _week(act, week_of)
        entries, jobs = defaultdict[str, list[PayEntry]](list), defaultdict[str, list[ComparisonJob]](list)
        for entry in await looking.every(act, PayEntry, {"week_of": week}):
            entries[entry.band].append(entry)
        for job in await looking.every(act, ComparisonJob, {}):
            if job.in_use:
                jobs[job.band].append(job)
        return [_compared(band, entries[band], jobs[band]) for band in sorted(jobs)]


def _compared(band: str, entries: list[PayEntry], jobs: list[ComparisonJob]) -> Parity:
    enough = len(entries) >= SMALLEST
    return Parity(
        band,
        released(len(entries)),
        round(fmean(e.units for e in entries), 1) if enough else None,
        round(fmean(e.money_minor_units for e in entries)) if enough else None,
        len(jobs),
        sum(j.places for j in jobs),
        round(fmean(j.half_days for j in jobs), 1) if jobs else None,
        round(fmean(j.money_minor_units for j in jobs)) if jobs else None,
    )
