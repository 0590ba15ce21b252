"""Ids to try things on: looked up in the store, so that a later start finds what there is by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from api.capacities import service_viewer
from api.demonstration.cast import LISTENER, MENTOR
from api.demonstration.elsewhere import Held, first
from api.demonstration.lines import RULE, line
from api.demonstration.people import JURISDICTION, MDI
from domain.care.wish import RotaWish, RotaWishKind, RotaWishState, begins
from domain.confidentiality.entry import Sight
from domain.confidentiality.record import R
from domain.kernel.words import JURISDICTIONS
from domain.oversight.record import Job, JobKind
from domain.people.record import Person
from domain.ports import Ids, Look, Query, Scope, Store
from domain.schemes.kinds import INSIDERS, LISTENERS, SHANNON_TRUST
from domain.schemes.record import Scheme, SchemeState
from domain.sessions.record import Session, SessionState
from domain.sessions.request import Request, RequestState
from domain.sessions.tally import DayOrNight, day_or_night
from domain.supporters.absences import Absence
from domain.supporters.record import Standing, Supporter

WING: Final = "MDI-A"
"""The wing of the examples: the officer's, tonight."""
MOST: Final = 100
EVERYBODY: Final = 10_000
"""More than there are made-up numbers."""


@dataclass(frozen=True, slots=True)
class Examples:
    """What the printed lines use. Live things are None once they are over; `month` and `part` are a tally's, now."""

    listeners: UUID | None
    reading: UUID | None
    draft: UUID | None
    pilot: UUID | None
    """A pilot that lacks an advert, and nothing else, to go live."""
    applicant: UUID | None
    """A Listener's application that waits for the prison's or the partner's word."""
    listener: UUID | None
    """The cast's Listener, as a supporter."""
    next_session: UUID | None
    """The next session of the cast's mentor."""
    swap: UUID | None
    """One side of a swap among Listeners that waits for the coordinator."""
    proposal: UUID | None
    """The job that proposes the Listeners' rota; its coordinator reads it."""
    request: UUID | None
    """A live request on `WING`, asked and not yet offered to anybody."""
    today: date
    month: str
    part: DayOrNight


async def find_examples(store: Store, ids: Ids, now: datetime) -> Examples:
    """Look them up. The look has its line in the ledger, as any has: ids were shown, and nothing else."""
    look = Look((), service_viewer(), now, Scope(None, True))
    seen: list[tuple[str, Sequence[Any]]] = []

    async def found(of: type[R], **equal: Any) -> Sequence[R]:
        records = await store.find(of, Query(equal=equal, limit=MOST), look)
        seen.append((of.shape.kind, records))
        return records

    async def himself(identifier: str, kind: str) -> Supporter | None:
        known = {"jurisdiction": JURISDICTION, "identifier_kind": JURISDICTIONS[JURISDICTION].identifier_kind}
        persons = await found(Person, **known, identifier=identifier)
        return _first([s for p in persons for s in await found(Supporter, person=p.id, kind=kind)])

    schemes = await found(Scheme, prison=MDI.code)
    listener = await himself(LISTENER.subject, LISTENERS.code)
    mentor = await himself(MENTOR.subject, SHANNON_TRUST.code)
    applied = await found(Supporter, prison=MDI.code, kind=LISTENERS.code, standing=Standing.APPLIED)
    planned: Sequence[Session] = (
        () if mentor is None else await found(Session, supporter=mentor.id, state=SessionState.PLANNED)
    )
    swaps = await found(RotaWish, prison=MDI.code, wish=RotaWishKind.SWAP, state=RotaWishState.AGREED)
    jobs = await found(Job, prison=MDI.code, kind=JobKind.ROTA)
    asked = await found(Request, prison=MDI.code, wing=WING, state=RequestState.RECEIVED, closed=True)
    zone = JURISDICTIONS[JURISDICTION].time_zone
    await store.abandon(line(ids, now, MDI.code, closed=True, sights=_sights(seen)))
    return Examples(
        listeners=_scheme(schemes, LISTENERS.code, SchemeState.LIVE),
        reading=_scheme(schemes, SHANNON_TRUST.code, SchemeState.LIVE),
        draft=_scheme(schemes, INSIDERS.code, SchemeState.DRAFT),
        pilot=_scheme(schemes, SHANNON_TRUST.code, SchemeState.PILOT),
        applicant=_id(_first(applied)),
        listener=_id(listener),
        next_session=_id(_first(sorted((s for s in planned if s.ends_at > now), key=lambda s: s.starts_at))),
        swap=_id(_first([s for s in swaps if not s.asked_of_him and min(begins(s)) > now])),
        proposal=_id(_first(jobs)),
        request=_id(_first(sorted((r for r in asked if r.readable_until > now), key=lambda r: r.asked_at))),
        today=now.astimezone(ZoneInfo(zone)).date(),
        month=f"{now.astimezone(ZoneInfo(zone)):%Y-%m}",
        part=day_or_night(now, zone),
    )


async def places(store: Store, ids: Ids, now: datetime) -> Held:
    """What the made-up prison systems hold at first: where everybody is known to be."""
    look = Look((), service_viewer(), now, Scope(None, True))
    persons = await store.find(Person, Query(limit=EVERYBODY), look)
    absences = await store.find(Absence, Query(limit=EVERYBODY), look)
    sights = [(Person.shape.kind, persons), (Absence.shape.kind, absences)]
    await store.abandon(line(ids, now, None, closed=False, sights=_sights(sights)))
    return first(persons, absences, now.date())


def _scheme(schemes: Sequence[Scheme], kind: str, state: SchemeState) -> UUID | None:
    return _id(_first([s for s in schemes if (s.kind, s.state) == (kind, state)]))


def _first(records: Sequence[R]) -> R | None:
    return records[0] if records else None


def _id(record: Any) -> UUID | None:
    return None if record is None else record.id


def _sights(seen: Sequence[tuple[str, Sequence[Any]]]) -> tuple[Sight, ...]:
    return tuple(Sight(kind, RULE, tuple(r.id for r in records), len(records), ("id",)) for kind, records in seen)
