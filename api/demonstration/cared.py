"""How the demonstration's supporters are looked after: who supervises whom, the rota and the talks that follow it, how
they are, and what was asked of them that is not theirs. Nothing is drawn from the hat, so that all else stays as it
was.

In each scheme one supporter lacks a supervisor and one's supervision is late: so there is something that waits.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from api.demonstration.hat import Hat
from domain.care.cover import CoverNeed
from domain.care.creep import Response, TaskRequest, ToldBy
from domain.care.debriefs import Debrief, DebriefBecause, DebriefState
from domain.care.pattern import RotaLine
from domain.care.roster import RosterEntry, RosterState, slot_of
from domain.care.supervision import Supervision
from domain.care.wellbeing import Sleep, WellbeingCheck
from domain.confidentiality.record import Record
from domain.kernel.bands import span
from domain.kernel.ids import (
    CoverNeedId,
    DebriefId,
    RosterEntryId,
    RotaLineId,
    SupervisionId,
    TaskRequestId,
    WellbeingCheckId,
)
from domain.kernel.words import JURISDICTIONS
from domain.oversight.record import Assignment
from domain.schemes.kinds import kind_of
from domain.schemes.record import Scheme
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.hours import WEEK
from domain.schemes.sheet import Kind
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import DebriefAfter
from domain.supporters.record import Standing, Supporter

_LATE: Final = timedelta(days=3)


def cared(
    hat: Hat, scheme: Scheme, supporters: Sequence[Supporter], by: Assignment, *, hears: bool
) -> Iterator[Record]:
    """Of one scheme. `by` supervises; `hears` says whether he is of the scheme's own partner."""
    kind, place = kind_of(scheme.kind), _place(scheme)
    active = [s for s in supporters if s.standing is Standing.ACTIVE and s.active_from is not None]
    for number, who in enumerate(active[:-1]):
        his: dict[str, Any] = {**place, "supporter": who.id, "person": who.person}
        yield _supervised(hat, his, by, kind, who.active_from or hat.today, number, hears=hears)
        if hears:
            yield WellbeingCheck(
                id=WellbeingCheckId(hat.ids()),
                **his,
                supervisor=by.holder,
                checked_on=hat.today - timedelta(days=number % 10),
                rated=5 + number % 5,
                intrusive_thoughts=number % 8 == 1,
                sleep=Sleep.BADLY if number % 6 == 1 else Sleep.WELL,
                wants_pause=False,
            )
        if kind.debrief.after is DebriefAfter.ROSTERED_BAND:
            yield from _rostered(hat, his, who, by, kind, number, hears=hears)
    if kind.debrief.after is DebriefAfter.ROSTERED_BAND:
        yield from _needed(hat, place, active, kind)
    yield TaskRequest(
        id=TaskRequestId(hat.ids()),
        **place,
        task=Task.HOLD_KEYS,
        prohibited=Task.HOLD_KEYS in kind.prohibited_tasks,
        asked_by=Answerable.WING_STAFF,
        asked_on=hat.today - timedelta(days=6),
        response=Response.REFUSED,
        staff_informed=True,
        told_by=ToldBy.SUPPORTER,
    )


def _place(of: Scheme) -> dict[str, Any]:
    return {name: getattr(of, name) for name in ("scheme", "jurisdiction", "prison", "organisation")}


def _supervised(
    hat: Hat, his: dict[str, Any], by: Assignment, kind: Kind, active_from: date, number: int, *, hears: bool
) -> Supervision:
    """The first one's is late; the others' have been met in turn."""
    since = max(active_from, by.starts_on - timedelta(days=60))
    ago = timedelta(days=kind.supervision_days) + _LATE if number == 0 else timedelta(days=number % 10)
    return Supervision(
        id=SupervisionId(hat.ids()),
        **his,
        supervisor=by.holder,
        assignment=by.id,
        hears=hears,
        every_days=kind.supervision_days,
        since=min(since, hat.today - ago),
        last_held_on=hat.today - ago,
    )


def _needed(hat: Hat, place: dict[str, Any], active: Sequence[Supporter], kind: Kind) -> Iterator[Record]:
    """Two in the last band of each day, and a pattern by which one is there: so there is a gap to see, and to fill."""
    band = kind.bands[-1]
    for number, weekday in enumerate(WEEK):
        when: dict[str, Any] = {**place, "weekday": weekday, "band": band}
        yield CoverNeed(id=CoverNeedId(hat.ids()), **when, supporters=2)
        yield RotaLine(id=RotaLineId(hat.ids()), **when, supporter=active[number % len(active)].id)


def _rostered(
    hat: Hat, his: dict[str, Any], who: Supporter, by: Assignment, kind: Kind, number: int, *, hears: bool
) -> Iterator[Record]:
    """A band of the week that was and, if he is there, one of the week that comes; a talk is due after each."""
    zone = JURISDICTIONS[his["jurisdiction"]].time_zone
    days = [hat.today - timedelta(days=2 + number % 5)]
    days += [] if who.away else [hat.today + timedelta(days=2 + number % 5)]
    for day in days:
        band = kind.bands[number % len(kind.bands)]
        entry = RosterEntry(
            id=RosterEntryId(hat.ids()),
            **{name: value for name, value in his.items() if name != "person"},
            name=who.name,
            day=day,
            band=band,
            slot=slot_of(who.person, day, band),
            wing=who.wing,
            in_force_from=hat.now - timedelta(days=10),
            state=RosterState.PUBLISHED,
            written_by=by.holder,
        )
        _, ends = span(day, band, zone)
        said = ends < hat.now and number != 1
        yield entry
        yield Debrief(
            id=DebriefId(hat.ids()),
            **his,
            supervisor=by.holder if hears else None,
            because=DebriefBecause.ROSTERED,
            entry=entry.id,
            opens_at=ends,
            due_by=ends + timedelta(hours=kind.debrief.within_hours),
            state=DebriefState.DECLINED if said else DebriefState.DUE,
            hard=1 + number % 3 if said else None,
        )
