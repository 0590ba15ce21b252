"""What a report goes by, read by the service in the job that makes it. It notes no sight of anybody: what is told are
counts and means, and each of them has passed disclosure control before anybody sees it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.cover import CoverNeed, covered
from domain.confidentiality.verbs import Verb
from domain.evaluation.before import NOTHING_BEFORE, Before
from domain.evaluation.design import OF_PEOPLE
from domain.evaluation.facts import Asked, CoverOf, Facts, Heard, Man, Taken
from domain.evaluation.measurement import CompletionMode, Measurement, MeasuringPoint, NotMeasured
from domain.evaluation.plan import Evaluation
from domain.evaluation.planning import reported
from domain.feedback.record import Feedback, Theme
from domain.kernel.bands import Band
from domain.kernel.days import local_day
from domain.metrics.reading import let
from domain.metrics.record import Figure, FigurePeriod
from domain.metrics.series import UNMET, Series
from domain.metrics.wings import tells_waits
from domain.oversight.record import Job
from domain.schemes.objective import Objective
from domain.schemes.record import Scheme
from domain.schemes.registers.hours import WEEK, Weekday
from domain.schemes.registers.resources import Resource, ResourceKind
from domain.sessions.record import Enrolment, EnrolmentState, Session, SessionState
from domain.turnover.acts import stays_of

LOOKED_BACK: Final = timedelta(weeks=52)
"""Over how long cover is looked at, at most: as long as the rota is kept."""
_TAKEN: Final = (
    *("enrolment", "instrument", "instrument_version", "point", "taken_on", "enrolled_on", "compared", "mode"),
    *("answers", "missed"),
)


async def gathered(begin: Begin, job: Job, before: Before = NOTHING_BEFORE) -> Facts | None:
    """The facts of the evaluation of the job's scheme, and what was told `before`; None: it has none that is
    registered."""
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
            () if people else await _series(act, plan, today),
            await _asked(act, of, plan) if of.closed else (),
            await _used(act, plan, today),
            await stays_of(act, of),
            await _heard(act, plan, today),
            await _cover(act, of, plan, today),
            before,
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


async def _series(act: Act, plan: Evaluation, today: date) -> list[tuple[date, int]]:
    """The points of the measure, of whichever of the scheme's objectives has the most of them, of months that are
    over."""
    found = await looking.all_known(act, Objective, {"scheme": plan.scheme, "measure": plan.outcome})
    most = max(found, key=lambda each: (len(each.measured), each.id), default=None)
    points = [] if most is None else sorted(zip(most.measured_on, most.measured, strict=True))
    return [(month, value) for month, value in points if month < today.replace(day=1)]


async def _asked(act: Act, of: Scheme, plan: Evaluation) -> list[Asked]:
    """Of a closed policy: what was let out of the prison's requests, of each month that is closed. Figures are let out
    in one place, and here is none besides."""
    asked = {"jurisdiction": of.jurisdiction, "series": Series.LISTENER_REQUESTS, "period": FigurePeriod.MONTH}
    since = plan.starts_on.replace(day=1)
    found = [each for each in await looking.all_known(act, Figure, asked) if each.prison == of.prison]
    return [asked_of(each) for each in sorted(found, key=lambda one: one.first) if each.first >= since]


def asked_of(figure: Figure) -> Asked:
    """A month as it was let out; its waits where it is told how many were never met."""
    kept = dict(zip(figure.words, figure.told, strict=True))
    by_part = let(kept["DAY"]), let(kept["NIGHT"]), let(kept[UNMET])
    return Asked(figure.first, *by_part, *((figure.median, figure.nine_in_ten) if tells_waits(kept) else ()))


async def _used(act: Act, plan: Evaluation, today: date) -> Mapping[ResourceKind, int]:
    used = Counter[ResourceKind]()
    for each in await looking.all_known(act, Resource, {"scheme": plan.scheme}):
        if each.used is not None and f"{plan.starts_on:%Y-%m}" <= each.month < f"{today:%Y-%m}":
            used[each.kind] += each.used
    return used


async def _cover(act: Act, of: Scheme, plan: Evaluation, today: date) -> Mapping[tuple[Weekday, Band], CoverOf]:
    last = today.replace(day=1) - timedelta(days=1)
    first = max(plan.starts_on, today - LOOKED_BACK)
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
