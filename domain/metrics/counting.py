"""A month of a prison, counted from what is kept: events under their words, with the people behind them.

Who is behind an event is used to count different people, and kept nowhere. Of what names nobody by design, each event
is taken for somebody's own; of requests that were mixed it is known only how many different people a month's are of,
and so the least that any part of them can be.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act
from domain.care.cover import CoverNeed, covered
from domain.care.creep import TaskRequest
from domain.care.debriefs import Debrief, DebriefState
from domain.care.incidents import Incident
from domain.care.supervision import SupervisionState, SupervisionTalk
from domain.feedback.complaints import Complaint
from domain.feedback.record import Feedback, Voice
from domain.kernel.bands import Band
from domain.kernel.counts import Cell, each_one
from domain.kernel.days import local_day, months_after, zone_of
from domain.metrics.record import LONGEST, STEP
from domain.metrics.series import ALL, LAYOUTS, NOT_SAID, NOT_TAKEN_ON, TAKEN_ON, UNDECIDED, WITHOUT, Series
from domain.schemes.needs import TargetNeed
from domain.schemes.record import Scheme, SchemeState
from domain.schemes.registers.resources import Resource, ResourceKind
from domain.sessions.codes import Urgency
from domain.sessions.goals import EnrolmentGoal
from domain.sessions.mixed import CameTo, MonthCount, Residue
from domain.sessions.record import WITHIN, Enrolment, Induction, Session, SessionState
from domain.sessions.request import MET, Request, minutes
from domain.supporters.record import APPLYING, GONE, Standing, Supporter, Verdict

_NOBODY: Final = "not named"
_STANDS: Final[Mapping[Standing, str]] = {
    Standing.ACTIVE: "ACTIVE",
    **dict.fromkeys((Standing.ACCEPTED, Standing.IN_TRAINING, Standing.PROBATION), "LEARNING"),
    **dict.fromkeys((Standing.PAUSED, Standing.SUSPENDED, Standing.LAPSED), "NOT_NOW"),
}
_LEFT: Final[Mapping[Standing, str]] = {Standing.REMOVED: "REMOVED", Standing.STOOD_DOWN: "STOOD_DOWN"}
_NOT_HELD: Final[Mapping[SupervisionState, str]] = {
    SupervisionState.BOOKED: "NOT_RECORDED",
    SupervisionState.MISSED: "MISSED",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, under its code. `who`: whose it is. `wait`: minutes; None: he waits for ever."""

    series: Series
    scheme: UUID | None
    month: date
    code: str
    who: Hashable
    wait: int | None = None
    wing: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A series of a scheme, or of the prison, in a month."""

    series: Series
    scheme: UUID | None
    month: date
    cells: Mapping[str, Cell]
    waits: tuple[int, ...] = ()
    wing: str | None = None


@dataclass(slots=True)
class _Seen:
    """Events of one place and month, by code."""

    by_code: dict[str, Counter[Hashable]] = field(default_factory=lambda: defaultdict(Counter))
    waits: list[int | None] = field(default_factory=list[int | None])


async def count(act: Act, jurisdiction: str, prison: str, first: date, until: date) -> list[Count]:
    """Every series of the months from one to another (the first days; `until` is not among them), but those that are
    counted as they stand."""
    where = {"jurisdiction": jurisdiction, "prison": prison}
    since = datetime.combine(first, time(), zone_of(jurisdiction)).astimezone(UTC)
    events: list[Event] = []
    for request in await looking.all_known(act, Request, where, order="asked_at", since=since):
        if not request.closed and request.urgency is not Urgency.LIFE_AT_RISK:
            events.append(_asked(request))
    for session in await looking.all_known(act, Session, where, order="starts_at", since=since):
        code = "NOT_RECORDED" if session.state is SessionState.PLANNED else session.state.value
        month = _month(local_day(session, session.starts_at))
        events.append(Event(Series.SESSIONS, session.scheme, month, code, session.person))
    for begun in await looking.all_known(act, Enrolment, where):
        # What goes on here after a move began elsewhere.
        if first <= begun.enrolled_on < until and begun.carries_on is None:
            events += _enrolled(begun)
    for met in await looking.all_known(act, Induction, where, order="seen_at", since=since):
        who, month = met.person or _NOBODY, _month(local_day(met, met.seen_at))
        soon = "IN_A_DAY" if met.minutes_after_arrival <= WITHIN.total_seconds() // 60 else "LATER"
        whole = "PART" if met.not_gone_through else "WHOLE"
        events.append(Event(Series.INDUCTIONS, met.scheme, month, f"{soon}_{whole}", who))
    for goal in await looking.all_known(act, EnrolmentGoal, where):
        if goal.measured_on is not None:
            events.append(Event(Series.GOALS, goal.scheme, _month(goal.measured_on), goal.state.value, goal.person))
    for talk in await looking.all_known(act, Debrief, where, order="due_by", since=since):
        code = "NOT_HELD" if talk.state is DebriefState.DUE else talk.state.value
        events.append(Event(Series.DEBRIEFS, talk.scheme, _month(local_day(talk, talk.due_by)), code, talk.supporter))
    for asked in await looking.all_known(act, TaskRequest, where):
        month = _month(asked.asked_on)
        events.append(Event(Series.TASK_REQUESTS, asked.scheme, month, asked.response.value, asked.id))
    for report in await looking.all_known(act, Incident, where):
        events.append(Event(Series.INCIDENTS, report.scheme, _month(report.reported_on), report.what.value, report.id))
    for complaint in await looking.all_known(act, Complaint, where):
        # Who complained is not kept: each is taken for somebody's own.
        events.append(
            Event(Series.COMPLAINTS, complaint.scheme, _month(complaint.week_of), complaint.about.value, complaint.id)
        )
    for meeting in await looking.all_known(act, SupervisionTalk, where):
        whose = meeting.supporter or meeting.supervisee or _NOBODY
        code = _NOT_HELD.get(meeting.state, "HELD")
        events.append(Event(Series.SUPERVISION_TALKS, meeting.scheme, _month(meeting.booked_for), code, whose))
    for said in await looking.all_known(act, Feedback, where, order="week_of", since=first):
        if said.voice is Voice.RECIPIENT:
            events.append(Event(Series.RATINGS, said.scheme, _month(said.week_of), f"RATED_{said.rating}", said.id))
    for one in await looking.all_known(act, Supporter, where):
        if one.imported_on is None:  # nobody here decided on him
            events.append(Event(Series.APPLICATIONS, one.scheme, _month(one.applied_on), what_became(one), one.person))
        served = one.probation_from is not None or one.imported_on is not None
        if one.left_on is not None and one.standing in GONE and served:
            how = _LEFT.get(one.standing, "MOVED_ON")
            events.append(Event(Series.LEAVERS, one.scheme, _month(one.left_on), how, one.person))
    found = _counted(event for event in events if first <= event.month < until)
    found += _amounts(await looking.all_known(act, Resource, where | {"kind": ResourceKind.UNLOCK_TIME}), first, until)
    mixed: list[Residue] = []
    for closed in await looking.all_known(act, MonthCount, {"prison": prison}):
        if first <= closed.month < until:
            mixed = await looking.all_known(act, Residue, {"prison": prison, "month": closed.month})
            found.append(_mixed(closed, mixed))
    return found


async def stand(act: Act, jurisdiction: str, prison: str, month: date) -> list[Count]:
    """Where supporters of each scheme stand now, how its rota of the month covered what was needed, and what each of
    its wings asked. A wing from which nobody asked is told too, as one of which nothing was recorded (rule 19)."""
    where = {"jurisdiction": jurisdiction, "prison": prison}
    there = [one for one in await looking.all_known(act, Supporter, where) if one.standing in _STANDS]
    events = [Event(Series.SUPPORTERS, one.scheme, month, _STANDS[one.standing], one.person) for one in there]
    last = months_after(month, 1) - timedelta(days=1)
    schemes = await looking.all_known(act, Scheme, where)
    for scheme in schemes:
        needs = await looking.all_known(act, CoverNeed, {"scheme": scheme.id})
        if not needs or scheme.state is SchemeState.CLOSED:
            continue
        for each in await covered(act, scheme, needs, month, last):
            if each.needed:
                how = "SHORT" if each.missing else "WHOLE"
                series = Series.COVER if each.wing is None else Series.WING_COVER
                events.append(Event(series, scheme.id, month, how, (each.day, each.band), wing=each.wing))
    asked = await _of_wings(act, jurisdiction, prison, month)
    open_ = {scheme.id for scheme in schemes if not scheme.closed}
    silent = {(one.scheme, one.wing) for one in there if one.scheme in open_} - {(e.scheme, e.wing) for e in asked}
    series, nothing = Series.WING_REQUESTS, _cells(Series.WING_REQUESTS, {})
    none = [Count(series, of, month, nothing, waited(()), wing) for of, wing in sorted(silent, key=str)]
    return [*_counted([*events, *asked]), *none]


async def _of_wings(act: Act, jurisdiction: str, prison: str, month: date) -> list[Event]:
    """What wings asked of schemes whose policy is not closed."""
    since = datetime.combine(month, time(), zone_of(jurisdiction)).astimezone(UTC)
    where = {"jurisdiction": jurisdiction, "prison": prison, "closed": False}
    found = [
        (request.wing, _asked(request))
        for request in await looking.all_known(act, Request, where, order="asked_at", since=since)
        if request.scheme is not None and request.urgency is not Urgency.LIFE_AT_RISK
    ]
    return [
        replace(event, series=Series.WING_REQUESTS, code=event.code.partition("_")[2], wing=wing)
        for wing, event in found
        if event.month == month
    ]


def of_days(month: date, days: int) -> Count:
    """The prisoner-days of a month."""
    return Count(Series.PRISONER_DAYS, None, month, {ALL: each_one(days)})


def what_became(one: Supporter) -> str:
    """What came of his application. Whoever left before the prison had said yes withdrew it: it is undecided."""
    if one.standing is Standing.REJECTED:
        return NOT_TAKEN_ON
    waits = one.standing in APPLYING or one.prison_verdict is not Verdict.YES
    return UNDECIDED if waits else TAKEN_ON


def _month(day: date) -> date:
    return day.replace(day=1)


def _asked(request: Request) -> Event:
    met = request.state in MET
    part = "NIGHT" if request.band is Band.NIGHT else "DAY"
    wait = minutes(request.asked_at, request.unlocked_at) if met else None
    month = _month(local_day(request, request.asked_at))
    code = f"{part}_{'MET' if met else 'UNMET'}"
    return Event(Series.REQUESTS, request.scheme, month, code, request.person or _NOBODY, wait)


def _enrolled(of: Enrolment) -> Iterable[Event]:
    """Once at its stage, and for each need whether it was said."""
    stage = NOT_SAID if of.stage_of_sentence is None else of.stage_of_sentence.value
    said = (need.value if need in of.needs else f"{WITHOUT}{need.value}" for need in TargetNeed)
    return (Event(Series.ENROLMENTS, of.scheme, _month(of.enrolled_on), code, of.person) for code in (stage, *said))


def _counted(events: Iterable[Event]) -> list[Count]:
    seen: dict[tuple[Series, UUID | None, date, str | None], _Seen] = defaultdict(_Seen)
    for event in events:
        of = seen[event.series, event.scheme, event.month, event.wing]
        of.by_code[event.code][event.who] += 1
        of.waits.append(event.wait)
    return [
        Count(series, scheme, month, _cells(series, of.by_code), waited(of.waits) if _waits(series) else (), wing)
        for (series, scheme, month, wing), of in seen.items()
    ]


def _waits(series: Series) -> bool:
    return series in (Series.REQUESTS, Series.WING_REQUESTS, Series.LISTENER_REQUESTS)


def _cells(series: Series, by_code: Mapping[str, Counter[Hashable]]) -> dict[str, Cell]:
    layout = LAYOUTS[series]
    cells = dict[str, Cell]()
    for word in layout.words:
        who = Counter[Hashable]()
        for code in layout.made_of.get(word, (word,)):
            who.update(by_code.get(code, Counter()))
        cells[word] = Cell(who.total(), len(who), max(who.values(), default=0))
    return cells


def _amounts(resources: Iterable[Resource], first: date, until: date) -> list[Count]:
    """Minutes are nobody's: each is told as if it were somebody's own."""
    found: list[Count] = []
    for one in resources:
        month = date.fromisoformat(f"{one.month}-01")
        if first <= month < until and one.used is not None:
            found.append(Count(Series.UNLOCKING, one.scheme, month, {ALL: each_one(one.used)}))
    return found


def _mixed(closed: MonthCount, mixed: Sequence[Residue]) -> Count:
    """A row is nobody's: what came of it is one letter's, and its wait another's. So each is counted by itself."""
    rows = [row for row in mixed if row.came_to is not CameTo.LIFE_AT_RISK]
    met = [row.minutes_in_all for row in mixed if row.minutes_in_all is not None]
    series, layout = Series.LISTENER_REQUESTS, LAYOUTS[Series.LISTENER_REQUESTS]
    codes = Counter(f"{row.part.value}_{'MET' if row.came_to is CameTo.MET else 'UNMET'}" for row in rows)
    counts = {word: sum(codes[code] for code in layout.made_of.get(word, (word,))) for word in layout.words}
    # The others of the month may be of as many different people as there are of them, and no more.
    people = closed.people or 0
    least = {word: min(n, max(min(n, 1), people - (closed.requests - n))) for word, n in counts.items()}
    cells = {word: Cell(n, least[word], n - least[word] + 1 if n else 0) for word, n in counts.items()}
    return Count(series, None, closed.month, cells, waited([*met, *[None] * (len(rows) - len(met))]))


def waited(waits: Iterable[int | None]) -> tuple[int, ...]:
    """How many waited so many steps, to the nearest; the last: how many for ever."""
    steps = [0] * (LONGEST // STEP + 2)
    for wait in waits:
        steps[-1 if wait is None else min((wait + STEP // 2) // STEP, LONGEST // STEP)] += 1
    return tuple(steps)


def within(steps: Sequence[int], share: float) -> int | None:
    """The wait, in minutes, that this share of all is under; None where so many were never met."""
    reached, needed = 0, share * sum(steps)
    for step, n in enumerate(steps[:-1]):
        reached += n
        if reached >= needed and n:
            return step * STEP
    return None
