"""What a report goes by, read by the service in the job that makes it. It notes no sight of anybody: what is told are
counts and means, and each of them has passed disclosure control before anybody sees it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.cover import CoverNeed, covered
from domain.confidentiality.verbs import Verb
from domain.evaluation.design import OF_PEOPLE
from domain.evaluation.facts import CoverOf, Facts, Heard, Man, Taken, Waited
from domain.evaluation.measurement import CompletionMode, Measurement, MeasuringPoint, NotMeasured
from domain.evaluation.plan import Evaluation
from domain.evaluation.planning import reported
from domain.feedback.record import Feedback, Theme
from domain.kernel.bands import Band
from domain.kernel.days import local_day
from domain.oversight.record import Job
from domain.schemes.objective import Objective
from domain.schemes.record import Scheme
from domain.schemes.registers.hours import WEEK, Weekday
from domain.schemes.registers.resources import Resource, ResourceKind
from domain.sessions.mixed import CameTo, Residue
from domain.sessions.record import Enrolment, EnrolmentState, Session, SessionState
from domain.sessions.tally import DayOrNight
from domain.turnover.acts import stays_of

LOOKED_BACK: Final = timedelta(weeks=52)
"""Over how long cover is looked at, at most: as long as the rota is kept."""
_TAKEN: Final = (
    *("enrolment", "instrument", "instrument_version", "point", "taken_on", "enrolled_on", "compared", "mode"),
    *("answers", "missed"),
)


async def gathered(begin: Begin, job: Job) -> Facts | None:
    """The facts of the evaluation of the job's scheme; None: it has none that is registered."""
    async with begin(Verb.TICK) as act:
        of = None if job.scheme is None else await act.known_one(Scheme, job.scheme)
        plan = None if of is None else await reported(act, of.id)
        if of is None or plan is None:
            return None
        today = local_day(of, act.now)
        people = plan.design in OF_PEOPLE
        return Facts(
            plan,
            today,
            await _taken(act, plan, today),
            await _people(act, of) if people else {},
            () if people else await _series(act, plan),
            await _waited(act, of, plan) if of.closed else {},
            await _used(act, plan, today),
            await stays_of(act, of),
            await _heard(act, plan, today),
            await _cover(act, of, plan, today),
        )


async def _heard(act: Act, plan: Evaluation, today: date) -> Heard:
    """What people said of the scheme, in weeks that were over before this month began."""
    counts, given = Counter[Theme](), 0
    for week, themes in await looking.down(act, Feedback, {"scheme": plan.scheme}, ("week_of", "themes")):
        if plan.starts_on <= _day(week) < today.replace(day=1) - timedelta(days=6):
            given += 1
            counts.update(Theme(theme) for theme in themes)
    return Heard(given, {theme: counts[theme] for theme in Theme})


async def _taken(act: Act, plan: Evaluation, today: date) -> list[Taken]:
    """What was answered before this month began."""
    rows = await looking.down(act, Measurement, {"evaluation": plan.id}, _TAKEN)
    return [
        Taken(
            *(UUID(str(who)), instrument, version, MeasuringPoint(point), _day(on), _day(since), compared),
            *(None if mode is None else CompletionMode(mode), tuple(answers)),
            None if missed is None else NotMeasured(missed),
        )
        for who, instrument, version, point, on, since, compared, mode, answers, missed in rows
        if _day(on) < today.replace(day=1)
    ]


async def _people(act: Act, of: Scheme) -> Mapping[UUID, Man]:
    planned, delivered, minutes = Counter[UUID](), Counter[UUID](), Counter[UUID]()
    for which, state, took in await looking.down(act, Session, {"scheme": of.id}, ("enrolment", "state", "minutes")):
        who, state = UUID(str(which)), SessionState(state)
        planned[who] += state is not SessionState.PLANNED
        delivered[who] += state is SessionState.DELIVERED
        minutes[who] += took or 0
    rows = await looking.down(act, Enrolment, {"scheme": of.id}, ("id", "state"))
    people = {UUID(str(which)): EnrolmentState(state) for which, state in rows}
    return {who: Man(state, delivered[who], planned[who], minutes[who]) for who, state in people.items()}


async def _series(act: Act, plan: Evaluation) -> list[tuple[date, int]]:
    """The points of the measure, of whichever of the scheme's objectives has the most of them."""
    found = await looking.all_known(act, Objective, {"scheme": plan.scheme, "measure": plan.outcome})
    most = max(found, key=lambda each: (len(each.measured), each.id), default=None)
    return [] if most is None else sorted(zip(most.measured_on, most.measured, strict=True))


async def _waited(act: Act, of: Scheme, plan: Evaluation) -> Mapping[DayOrNight, Waited]:
    """Of a closed policy: what the mixer left of the prison's requests, by day and by night. A row is nobody's: what
    came of it is one letter's, and its wait another's. So each is taken by itself."""
    met, unmet = defaultdict[DayOrNight, list[int]](list), Counter[DayOrNight]()
    fields = ("month", "part", "came_to", "minutes_in_all")
    for month, part, came_to, minutes in await looking.down(act, Residue, {"prison": of.prison}, fields):
        if _day(month) < plan.starts_on.replace(day=1):
            continue
        if minutes is not None:
            met[DayOrNight(part)].append(minutes)
        if CameTo(came_to) is CameTo.UNMET:
            unmet[DayOrNight(part)] += 1
    return {part: Waited(met[part], unmet[part]) for part in DayOrNight if met[part] or unmet[part]}


async def _used(act: Act, plan: Evaluation, today: date) -> Mapping[ResourceKind, int]:
    used = Counter[ResourceKind]()
    for each in await looking.all_known(act, Resource, {"scheme": plan.scheme}):
        if each.used is not None and f"{plan.starts_on:%Y-%m}" <= each.month <= f"{today:%Y-%m}":
            used[each.kind] += each.used
    return used


async def _cover(act: Act, of: Scheme, plan: Evaluation, today: date) -> Mapping[tuple[Weekday, Band], CoverOf]:
    first, last = max(plan.starts_on, today - LOOKED_BACK), today - timedelta(days=1)
    if last < first:
        return {}
    needs = await looking.all_known(act, CoverNeed, {"scheme": of.id})
    needed, there = Counter[tuple[Weekday, Band]](), Counter[tuple[Weekday, Band]]()
    for each in await covered(act, of, needs, first, last):
        if each.wing is None and each.needed:
            at = WEEK[each.day.weekday()], each.band
            needed[at] += 1
            there[at] += not each.missing
    return {at: CoverOf(needed[at], there[at]) for at in needed}


def _day(value: Any) -> date:
    """A day as the store has it, or as it is written."""
    return value if isinstance(value, date) else date.fromisoformat(value)
