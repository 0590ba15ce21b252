"""The made-up nights of the estate: prisons in which Listeners are on a rota and calls are passed on, and one whose
board is full."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

from domain.care.roster import RosterEntry, RosterState, slot_of
from domain.confidentiality.record import Record
from domain.kernel.bands import Band
from domain.kernel.ids import ActorId, MeetingPlaceId, PersonId, RequestId, RosterEntryId, SupporterId
from domain.kernel.words import JURISDICTIONS
from domain.people.record import Person
from domain.schemes.kinds import LISTENERS
from domain.schemes.registers.places import MeetingPlace, PlaceKind
from domain.sessions.answering import OPEN_STATES
from domain.sessions.codes import Channel, Need, Urgency
from domain.sessions.request import Request, RequestState
from domain.sessions.watching import EACH
from domain.supporters.record import Standing, Supporter
from tests.bench import estate
from tests.bench.estate import CALLED, WAITING, uid

LISTENERS_EACH: Final = 24
"""As many as serve in one of these prisons."""
ON_DUTY: Final = 6
"""As many of them are on the rota of each band of yesterday, today and tomorrow."""
ALL_ON_DUTY: Final = 20
"""As many in the prison of which all sixteen calls at once are: each has a Listener."""
_ROTA: Final = 4
"""And of three bands of each other day of the fortnight."""
OPEN: Final = 200
_LONG_AGO: Final = datetime(2026, 1, 5, 2, 10, tzinfo=UTC)
_FAR: Final = datetime(2099, 1, 5, tzinfo=UTC)


@cache
def listeners(prison: str) -> Sequence[Supporter]:
    """Who serves there: all active, certified, and here today."""
    return [_listener(prison, number) for number in range(LISTENERS_EACH)]


def _listener(prison: str, number: int) -> Supporter:
    # Number one of all supporters is active; of them all, these differ in who they are.
    like = estate.supporter(1)
    assert like.standing is Standing.ACTIVE
    return replace(
        like,
        id=SupporterId(uid(f"listener {prison} {number}")),
        scheme=estate.scheme_of(prison, LISTENERS.code),
        kind=LISTENERS.code,
        prison=prison,
        organisation=LISTENERS.partner,
        person=PersonId(uid(f"listener's person {prison} {number}")),
        name=f"Listener {number} Made-Up",
        wing=f"{prison}-{'ABCD'[number % 4]}",
        certificate_expires_on=_FAR.date(),
    )


@cache
def on_duty(prison: str) -> frozenset[str]:
    """The ids of those who may be offered tonight."""
    return frozenset(str(one.id) for one in listeners(prison)[: _many(prison)])


def _many(prison: str) -> int:
    return ALL_ON_DUTY if prison == CALLED[-1] else ON_DUTY


@cache
def waiting() -> Sequence[Request]:
    """The two hundred, a fifth in each state, each a minute after the one before."""
    return [_open(number) for number in range(OPEN)]


def _open(number: int) -> Request:
    state, asked = OPEN_STATES[number % len(OPEN_STATES)], _LONG_AGO + timedelta(minutes=number)
    offered = state not in (RequestState.RECEIVED, RequestState.LIFE_AT_RISK)
    return Request(
        id=RequestId(uid(f"waiting {number}")),
        version=1,
        scheme=estate.scheme_of(WAITING, LISTENERS.code),
        jurisdiction="EW",
        prison=WAITING,
        organisation=LISTENERS.partner,
        closed=True,
        wing=f"{WAITING}-{'ABCD'[number % 4]}",
        channel=Channel.CELL_BELL,
        need=Need.EMOTIONAL,
        urgency=Urgency.LIFE_AT_RISK if state is RequestState.LIFE_AT_RISK else Urgency.NOW,
        band=Band.NIGHT,
        readable_until=_FAR,
        state=state,
        asked_at=asked,
        recorded_at=asked,
        recipient="Sam",
        cell=f"A-1-{number:03}",
        language="en",
        author=ActorId(uid("actor somebody")),
        offered_to=SupporterId(uid(f"listener {WAITING} {number}")) if offered else None,
        offered_at=asked + timedelta(minutes=3) if offered else None,
        minutes_to_offer=3 if offered else None,
    )


def board() -> dict[str, Any]:
    """The board of that prison, but for its tag: of each state those who wait longest."""
    shown: list[Request] = []
    for state in OPEN_STATES:
        shown += [r for r in waiting() if r.state is state][:EACH]
    return {"wings": [], "items": [estate.shown(r) for r in shown], "more": True}


def records(now: datetime) -> Iterator[Sequence[Record]]:
    """All of it, kind by kind."""
    yield [one for prison in CALLED for one in listeners(prison)]
    yield [_person(one) for prison in CALLED for one in listeners(prison)]
    yield [entry for prison in CALLED for entry in _rota(prison, now)]
    yield [_place(prison, number) for prison in CALLED for number in range(2)]
    yield waiting()


def _person(of: Supporter) -> Person:
    number = int(of.person) % 10_000
    return Person(
        id=of.person,
        person=of.person,
        jurisdiction="EW",
        prison=of.prison,
        wing=of.wing,
        identifier_kind=JURISDICTIONS["EW"].identifier_kind,
        identifier=f"Q{number:04}{of.prison[-1]}{of.wing[-1] if of.wing else 'X'}",
        name=of.name,
    )


def _rota(prison: str, now: datetime) -> Iterator[RosterEntry]:
    there = listeners(prison)
    for ahead in range(-8, 9):
        day = now.date() + timedelta(days=ahead)
        bands = tuple(Band) if abs(ahead) <= 1 else (Band.AM, Band.PM, Band.NIGHT)
        for turn, band in enumerate(bands):
            first = 0 if abs(ahead) <= 1 else (ahead + 8 + turn) * _ROTA
            for number in range(first, first + (_many(prison) if abs(ahead) <= 1 else _ROTA)):
                yield _entry(there[number % LISTENERS_EACH], day, band, now)


def _entry(who: Supporter, day: date, band: Band, now: datetime) -> RosterEntry:
    return RosterEntry(
        id=RosterEntryId(uid(f"rota {who.id} {day} {band}")),
        scheme=who.scheme,
        jurisdiction=who.jurisdiction,
        prison=who.prison,
        organisation=who.organisation,
        supporter=who.id,
        name=who.name,
        day=day,
        band=band,
        slot=slot_of(who.person, day, band),
        wing=who.wing,
        in_force_from=now,
        state=RosterState.PUBLISHED,
        written_by=ActorId(uid("actor first")),
    )


def _place(prison: str, number: int) -> MeetingPlace:
    return MeetingPlace(
        id=MeetingPlaceId(uid(f"place {prison} {number}")),
        scheme=estate.scheme_of(prison, LISTENERS.code),
        jurisdiction="EW",
        prison=prison,
        organisation=LISTENERS.partner,
        kind=PlaceKind.LISTENER_SUITE,
        name=f"Suite {number}",
    )
