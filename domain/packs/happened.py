"""What a chronology tells of each record, as events: each with its time, what happened, and what is marked of it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.kernel.days import zone_of
from domain.sessions.arrivals import Arrival
from domain.sessions.holding import EnvelopeHold
from domain.sessions.record import Enrolment, Induction, Session, SessionState
from domain.sessions.request import Request
from domain.sessions.support import SupportRecord


class Happened(StrEnum):
    """What an event of a chronology is."""

    ARRIVED = "ARRIVED"
    ASKED = "ASKED"
    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    UNLOCKED = "UNLOCKED"
    ENDED = "ENDED"
    ENROLLED = "ENROLLED"
    HELPED = "HELPED"
    DEATH_RECORDED = "DEATH_RECORDED"
    LISTENER_REQUEST_NOT_MET = "LISTENER_REQUEST_NOT_MET"
    FIRST_MEETING = "FIRST_MEETING"
    ENROLMENT_ENDED = "ENROLMENT_ENDED"
    SESSION_HELD = "SESSION_HELD"
    SESSION_NOT_HELD = "SESSION_NOT_HELD"
    SESSION_PLANNED = "SESSION_PLANNED"


def _request(of: Request) -> Iterator[dict[str, Any]]:
    recorded: dict[str, Any] = {"recorded": of.recorded_at, "late": of.late, "after": of.after_hold}
    yield event(
        Happened.ASKED, of, of.asked_at, by=of.author, need=of.need, urgency=of.urgency, wing=of.wing, **recorded
    )
    to = [] if of.offered_to is None else [of.offered_to]
    if of.offered_at is not None:
        yield event(
            Happened.OFFERED, of, of.offered_at, supporters=[*to, *of.declined_by], declined=len(of.declined_by)
        )
    if of.accepted_at is not None:
        yield event(Happened.ACCEPTED, of, of.accepted_at, supporters=to)
    if of.unlocked_at is not None:
        yield event(Happened.UNLOCKED, of, of.unlocked_at, supporters=to, place=of.place)
    if of.ended_at is not None:
        why: dict[str, Any] = {"state": of.state, "code": of.refusal_code, "alternative": of.alternative}
        yield event(Happened.ENDED, of, of.ended_at, by=of.refused_by, **why)


def _arrival(of: Arrival) -> Iterator[dict[str, Any]]:
    yield event(Happened.ARRIVED, of, of.arrived_at, wing=of.wing, notMetFor=of.closed_for)


def _induction(of: Induction) -> Iterator[dict[str, Any]]:
    told: dict[str, Any] = {
        "minutesAfterArrival": of.minutes_after_arrival,
        "concernToldToStaff": of.concern_told_to_staff,
    }
    yield event(Happened.FIRST_MEETING, of, of.seen_at, by=of.author, supporters=[of.supporter], wing=of.wing, **told)


def _enrolment(of: Enrolment) -> Iterator[dict[str, Any]]:
    mentors = [*of.earlier_supporters, *([] if of.supporter is None else [of.supporter])]
    yield event(Happened.ENROLLED, of, _noon(of, of.enrolled_on), supporters=mentors)
    if of.ended_on is not None:
        yield event(Happened.ENROLMENT_ENDED, of, _noon(of, of.ended_on), state=of.state, endedFor=of.ended_for)


def _session(of: Session) -> Iterator[dict[str, Any]]:
    what = {SessionState.DELIVERED: Happened.SESSION_HELD, SessionState.NOT_DELIVERED: Happened.SESSION_NOT_HELD}
    told: dict[str, Any] = {"calledOff": of.called_off, "notDelivered": of.not_delivered, "minutes": of.minutes}
    yield event(what.get(of.state, Happened.SESSION_PLANNED), of, of.starts_at, supporters=[of.supporter], **told)


def _support(of: SupportRecord) -> Iterator[dict[str, Any]]:
    told: dict[str, Any] = {"state": of.state, "issue": of.issue, "outcome": of.outcome, "referredTo": of.referred_to}
    versions: dict[str, Any] = {"corrects": of.corrects, "correctedBy": of.corrected_by}
    yield event(
        Happened.HELPED,
        of,
        _noon(of, of.held_on),
        by=of.author,
        supporters=[of.supporter],
        concernToldToStaff=of.concern_told_to_staff,
        **told,
        **versions,
    )


TOLD: Final[dict[Any, Any]] = {
    Request: _request,
    Arrival: _arrival,
    Induction: _induction,
    Enrolment: _enrolment,
    Session: _session,
    SupportRecord: _support,
}
"""What is told of each kind. Words that somebody typed are of another class, and are in none."""


MEMBERS: Final = frozenset(
    {
        *("asked_at", "recorded_at", "late", "after_hold", "author", "need", "urgency", "wing", "offered_to"),
        *("declined_by", "offered_at", "accepted_at", "unlocked_at", "place", "ended_at", "state", "refusal_code"),
        *("refused_by", "alternative", "arrived_at", "closed_for", "seen_at", "minutes_after_arrival", "supporter"),
        *("concern_told_to_staff", "enrolled_on", "earlier_supporters", "ended_on", "ended_for", "starts_at"),
        *("called_off", "not_delivered", "minutes", "held_on", "issue", "outcome", "referred_to", "corrects"),
        "corrected_by",
    }
)
"""The members of these kinds that are told."""


def event(
    what: Happened,
    of: Any,
    at: datetime,
    recorded: datetime | None = None,
    *,
    by: UUID | None = None,
    supporters: Sequence[UUID] = (),
    late: bool = False,
    after: bool = False,
    **told: Any,
) -> dict[str, Any]:
    """One event, as it is told."""
    return {
        "at": instant(at),
        "what": what.value,
        "kind": of.shape.kind,
        "record": str(of.id),
        "recordedAt": None if recorded is None else instant(recorded),
        "hoursAlone": False,
        "late": late,
        "afterHold": after,
        "by": None if by is None else str(by),
        "supporters": list(supporters),
        "told": [{"name": name, "value": str(value)} for name, value in sorted(told.items()) if value is not None],
    }


def instant(at: datetime) -> str:
    """As it is told: in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _noon(of: Any, day: date) -> datetime:
    """What is known by its day alone stands at noon of it."""
    return datetime.combine(day, time(12), zone_of(of.jurisdiction))


def within(hold: EnvelopeHold, one: dict[str, Any]) -> bool:
    """Whether it happened on a day that the hold is about."""
    return hold.keeps(datetime.fromisoformat(one["at"]).astimezone(zone_of(hold.jurisdiction)).date())
