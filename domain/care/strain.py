"""What a supervisor looks at before he talks with a supporter, and the supporter himself: how much is asked of him and
how he says he fares (X9). The rota gives the first; the second is what these two may read anyway."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import roster
from domain.care.debriefs import HARD_FROM, HARD_SESSIONS, Debrief
from domain.care.load import asked
from domain.care.roster import shift_of
from domain.care.supervision import Supervision
from domain.care.wellbeing import LOOKED_BACK, LOW, WellbeingCheck
from domain.confidentiality.record import R
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, zone_of
from domain.kernel.moves import require
from domain.schemes.made import terms_of
from domain.supporters.record import Supporter


class Suggestion(StrEnum):
    """What the figures suggest to talk about. It is a suggestion: nobody is stood down by a figure."""

    REST_AFTER_HARD_SESSIONS = "REST_AFTER_HARD_SESSIONS"
    FEWER_NIGHTS = "FEWER_NIGHTS"
    FEWER_HOURS = "FEWER_HOURS"
    ASKED_FOR_A_PAUSE = "ASKED_FOR_A_PAUSE"
    RATES_HIMSELF_LOW = "RATES_HIMSELF_LOW"


@dataclass(frozen=True, slots=True)
class Strain:
    """How much is asked of a supporter, of the rota as published; and, as far as the viewer may read it, how he fares.
    Minutes and nights are of the seven days up to today, and of the seven after; nights in a row of both."""

    supporter: UUID
    minutes_last_seven_days: int
    minutes_next_seven_days: int
    nights_last_seven_days: int
    nights_next_seven_days: int
    nights_in_a_row: int
    hours_soft: int
    hours_hard: int
    nights_in_seven: int
    hard_sessions: int
    last_rated: int | None
    suggestions: tuple[Suggestion, ...]


async def strain(begin: Begin, supervision: UUID) -> Strain:
    """Of the supporter whose supervision this is; there is none of staff."""
    async with begin(Verb.READ_STRAIN) as act:
        of = await act.fetch(Supervision, supervision)
        who = None if of.supporter is None else await act.known_one(Supporter, of.supporter)
        require((who is not None, "NO_SUPPORTER"))
        return await _of(act, who) if who is not None else _nothing()


def _nothing() -> Strain:
    raise TypeError("guarded above")


async def _of(act: Act, who: Supporter) -> Strain:
    kind, zone, today = await terms_of(act, who), zone_of(who.jurisdiction).key, local_day(who, act.now)
    load = asked(map(shift_of, await roster.of_supporter(act, who.id)), today, zone)
    debriefs = await _since(act, Debrief, who, "opens_at", act.now - timedelta(days=LOOKED_BACK))
    hard = sum((d.hard or 0) >= HARD_FROM for d in debriefs)
    checks = await _since(act, WellbeingCheck, who, "checked_on", today - timedelta(days=LOOKED_BACK))
    check = checks[-1] if checks else None
    found = {
        Suggestion.REST_AFTER_HARD_SESSIONS: hard >= HARD_SESSIONS,
        Suggestion.FEWER_NIGHTS: max(load.nights_last, load.nights_next) > kind.load.nights_in_seven,
        Suggestion.FEWER_HOURS: max(load.minutes_last, load.minutes_next) > kind.load.hours_soft * 60,
        Suggestion.ASKED_FOR_A_PAUSE: check is not None and check.wants_pause,
        Suggestion.RATES_HIMSELF_LOW: check is not None and check.rated <= LOW,
    }
    return Strain(
        supporter=who.id,
        minutes_last_seven_days=load.minutes_last,
        minutes_next_seven_days=load.minutes_next,
        nights_last_seven_days=load.nights_last,
        nights_next_seven_days=load.nights_next,
        nights_in_a_row=load.in_a_row,
        hours_soft=kind.load.hours_soft,
        hours_hard=kind.load.hours_hard,
        nights_in_seven=kind.load.nights_in_seven,
        hard_sessions=hard,
        last_rated=None if check is None else check.rated,
        suggestions=tuple(s for s, so in found.items() if so),
    )


async def _since(act: Act, kind: type[R], who: Supporter, order: str, since: date) -> list[R]:
    """What the viewer may read of these himself, the oldest first."""
    return await looking.every(act, kind, {"supporter": who.id}, order=order, since=since)
