"""Matching: who of a scheme's supporters is asked next, worked out from what is given and from nothing else.

Every gate is a fact about one supporter and one request; who is stopped by one is not asked, by turn or by name, and
nobody is told which it was (rule 11). What is left is ranked, so that the same facts give the same next supporter,
whatever order they come in:

1. who speaks the language that is wished for. It ranks, and stops only where the owners say so (`Rules`): to be heard
   in another language is better than not to be heard;
2. where the policy is open, who helped this person last (F30). Under a closed one no history is kept, and none is used;
3. whoever the rota asked least lately: never whoever was called least, which would tell who was called (rule 9);
4. an order that is fixed for the request and that nobody can work out without our key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.care.load import HARD, SEVEN, LoadCode, Shift, passed
from domain.kernel.bands import band_at, span
from domain.kernel.days import local_day, zone_of
from domain.kernel.ids import SupporterId
from domain.schemes.registers.places import MeetingPlace
from domain.schemes.sheet import Load
from domain.sessions.request import Request
from domain.supporters.availability import here, holds
from domain.supporters.record import Standing, Supporter

LATELY: Final = timedelta(days=SEVEN)
"""How far back the rota is counted for a fair turn."""
_NEVER: Final = 1_000
"""The rank of whoever did not help this person before."""


class Gate(StrEnum):
    """What stops an offer. For the rules and their tests; no answer, no line and no log has it."""

    ELSEWHERE = "ELSEWHERE"
    """Of another scheme, or in another prison."""
    STANDING = "STANDING"
    CERTIFICATE = "CERTIFICATE"
    AWAY = "AWAY"
    HIMSELF = "HIMSELF"
    BUSY = "BUSY"
    DECLINED = "DECLINED"
    NOT_WANTED = "NOT_WANTED"
    """The recipient would not have him."""
    NON_ASSOCIATION = "NON_ASSOCIATION"
    CO_DEFENDANT = "CO_DEFENDANT"
    ROTA = "ROTA"
    LOAD = "LOAD"
    REST = "REST"
    LANGUAGE = "LANGUAGE"
    PLACE = "PLACE"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the owners of a scheme may choose otherwise."""

    language_gates: bool = False
    """Whether one who does not speak the language that is wished for is not asked at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known at the time of the offer. `shifts` is the published rota of each supporter; `rostered` are those of
    this band. Where nothing was published for it, nobody is kept out by it: a rota that was forgotten shall not leave
    a man alone."""

    now: datetime
    load: Load
    shifts: Mapping[SupporterId, tuple[Shift, ...]] = field(default_factory=dict[SupporterId, tuple[Shift, ...]])
    rostered: frozenset[SupporterId] = frozenset()
    busy: frozenset[SupporterId] = frozenset()
    himself: frozenset[SupporterId] = frozenset()
    """The recipient's own records as a supporter."""
    non_associations: frozenset[SupporterId] = frozenset()
    co_defendants: frozenset[SupporterId] = frozenset()
    places: tuple[MeetingPlace, ...] = ()
    """The scheme's places; none: nothing is known of them, and nobody is kept out by that."""
    helped: tuple[SupporterId, ...] = ()
    """Who helped this person before, the last one first; read under an open policy only."""
    turns: Mapping[SupporterId, str] = field(default_factory=dict[SupporterId, str])
    """Each one's place in the keyed order of this request."""
    rules: Rules = field(default_factory=Rules)


def next_supporter(request: Request, supporters: Iterable[Supporter], facts: Facts) -> SupporterId | None:
    """Who is asked next; None: nobody can be."""
    return next(iter(ranked(request, supporters, facts)), None)


def ranked(request: Request, supporters: Iterable[Supporter], facts: Facts) -> list[SupporterId]:
    """Everybody whom no gate stops, in the order in which they are asked."""
    able = [s for s in supporters if not stopped(request, s, facts)]
    return [s.id for s in sorted(able, key=lambda s: _rank(request, s, facts))]


def stopped(request: Request, supporter: Supporter, facts: Facts) -> frozenset[Gate]:
    """Every gate that stops this supporter; none: he can be asked."""
    today = local_day(supporter, facts.now)
    over = _over(supporter, facts)
    found = {
        Gate.ELSEWHERE: supporter.scheme != request.scheme or supporter.prison != request.prison,
        Gate.STANDING: supporter.standing is not Standing.ACTIVE,
        Gate.CERTIFICATE: not holds(supporter.certificate_expires_on, today),
        Gate.AWAY: not here(supporter.away, today),
        Gate.HIMSELF: supporter.person == request.person or supporter.id in facts.himself,
        Gate.BUSY: supporter.id in facts.busy,
        Gate.DECLINED: supporter.id in request.declined_by,
        Gate.NOT_WANTED: supporter.id in request.not_wanted,
        Gate.NON_ASSOCIATION: supporter.id in facts.non_associations,
        Gate.CO_DEFENDANT: supporter.id in facts.co_defendants,
        Gate.ROTA: bool(facts.rostered) and supporter.id not in facts.rostered,
        Gate.LOAD: bool(over - {LoadCode.LOAD_REST}),
        Gate.REST: LoadCode.LOAD_REST in over,
        Gate.LANGUAGE: facts.rules.language_gates and not _speaks(request, supporter),
        Gate.PLACE: not _meets(request, supporter, facts),
    }
    return frozenset(gate for gate, stops in found.items() if stops)


def shift_at(now: datetime, zone: str) -> Shift:
    """The band of this instant, and the day whose band it is: at ten past two that is the night of the day before."""
    band, ends = band_at(now, zone)
    day: date = (ends - timedelta(hours=24)).date()
    while span(day, band, zone)[1] < ends:
        day += timedelta(days=1)
    return Shift(day, band)


def _over(supporter: Supporter, facts: Facts) -> frozenset[LoadCode]:
    """The hard limits that he would pass. Whoever is rostered in this band passes none: the rota was written within
    them, or another person said yes. Beside him all others are kept out by the rota already, and of them it need not be
    worked out: with a rota of twenty-four men it was an eighth of an offer."""
    if facts.rostered:
        return frozenset()
    zone = zone_of(supporter.jurisdiction).key
    now, his = shift_at(facts.now, zone), facts.shifts.get(supporter.id, ())
    return HARD & frozenset(passed(now, (s for s in his if s != now), facts.load, zone))


def _rank(request: Request, supporter: Supporter, facts: Facts) -> tuple[bool, int, int, str, str]:
    before = () if request.closed else facts.helped
    last = before.index(supporter.id) if supporter.id in before else _NEVER
    today = local_day(supporter, facts.now)
    lately = sum(today - LATELY < s.day <= today for s in facts.shifts.get(supporter.id, ()))
    return not _speaks(request, supporter), last, lately, facts.turns.get(supporter.id, ""), str(supporter.id)


def _speaks(request: Request, supporter: Supporter) -> bool:
    if request.language is None:
        return True
    return _main(request.language) in {_main(each) for each in supporter.languages}


def _main(language: str) -> str:
    """Of `cy-GB` the `cy`."""
    return language.casefold().partition("-")[0]


def _meets(request: Request, supporter: Supporter, facts: Facts) -> bool:
    """Whether a place is in use that both can come to: on the wing of one of them, or of no wing."""
    if not facts.places:
        return True
    wings = {_wing(request.prison, w) for w in (request.wing, supporter.wing)}
    return any(p.outage is None and (p.wing is None or _wing(p.prison, p.wing) in wings) for p in facts.places)


def _wing(prison: str, wing: str) -> str:
    """A wing is said with its prison or without."""
    return wing.removeprefix(f"{prison}-")
