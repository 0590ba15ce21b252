"""Constraints that stand for a rule: their names in the database, and the same rules for the store that forgets.

A second row for one person or one actor is no clash but a race: whoever runs the act again finds the first. So it is
with a time of a scheme that overlaps another: run again, the act finds that one, and says so at its place.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from domain.care.cover import CoverNeed
from domain.care.pattern import RotaLine
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.record import Record
from domain.evaluation.reporting import EvaluationReport
from domain.feedback.codes import FeedbackSheets
from domain.feedback.pulses import PulseResult
from domain.metrics.record import Figure, RollUp
from domain.oversight.record import Actor, Assignment
from domain.packs.covering import CoverKept
from domain.people.record import Person
from domain.ports import Clash, Raced
from domain.schemes.charter import UNPUBLISHED, Charter, CharterState
from domain.schemes.exceptions import ExceptionList
from domain.schemes.made import KindVersion
from domain.schemes.publication import PublicationState
from domain.schemes.registers.times import ServiceTime
from domain.sessions.mixed import MonthCount
from domain.sessions.record import Session, SessionState
from domain.supporters.record import APPLYING, Supporter
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.clearing import Clearance
from domain.supporters.recruiting.panel import PanelScore

DOUBLE_BOOKED: Final = "NOT_AVAILABLE"
"""A clash may be with a booking that the viewer cannot see: it answers as being off duty does (DESIGN 4)."""
ALREADY_APPLIED: Final = "ALREADY_APPLIED"
ALREADY_ASSIGNED: Final = "ALREADY_ASSIGNED"
DRAFT_EXISTS: Final = "DRAFT_EXISTS"

CLASHES: Final = {
    "session_nobody_double_booked": DOUBLE_BOOKED,
    "supporter_one_open_application": ALREADY_APPLIED,
    "assignment_not_twice": ALREADY_ASSIGNED,
    "charter_one_draft": DRAFT_EXISTS,
}
"""The rule that each constraint stands for."""

RACES: Final = frozenset(
    {
        "actor_known_once",
        "person_known_once",
        "charter_numbered_once",
        "charter_one_in_force",
        "scheme_kind_one_published",
        "scheme_kind_numbered",
        "exception_list_numbered",
        "service_time_never_twice",
        "roster_entry_never_twice",
        "cover_need_said_once",
        "rota_line_said_once",
        "application_one_a_supporter",
        "panel_score_once",
        "clearance_one_counts",
        "month_count_once",
        "roll_up_once",
        "figure_once",
        "cover_kept_once",
        "feedback_sheets_once",
        "pulse_result_once",
        "month_report_once",
    }
)
"""Constraints that say: somebody else was first. Run again, and his row is found."""


ByKind = Mapping[type[Record], Collection[Record]]


def by_kind(records: Iterable[Record]) -> ByKind:
    """The same records by kind."""
    found = defaultdict[type[Record], list[Record]](list)
    for record in records:
        found[type(record)].append(record)
    return found


class Beside:
    """The records that stand when some are kept: refuses one beside the others, as the database does."""

    def __init__(self, records: ByKind) -> None:
        self._records = records
        self._there: dict[type[Record], dict[UUID, Record]] = {}
        self._once: dict[type[Record], dict[object, UUID]] = {}

    def keep(self, kept: Record) -> None:
        """It is kept. Raises `Clash` or `Raced`."""
        of = type(kept)
        if of not in _CHECKED:
            return
        there = self._of(of)
        if of in ONCE:
            self._one(of, kept, there)
        else:
            _check(kept, (other for id, other in there.items() if id != kept.id))
        there[kept.id] = kept

    def erase(self, gone: Record) -> None:
        """It goes."""
        if type(gone) in _CHECKED:
            self._of(type(gone)).pop(gone.id, None)
            self._once.pop(type(gone), None)

    def _of(self, kind: type[Record]) -> dict[UUID, Record]:
        if kind not in self._there:
            self._there[kind] = {record.id: record for record in self._records.get(kind, ())}
        return self._there[kind]

    def _one(self, of: type[Record], kept: Record, there: Mapping[UUID, Record]) -> None:
        said, was = ONCE[of], there.get(kept.id)
        if of not in self._once:
            self._once[of] = {said(other): other.id for other in there.values()}
        held, key = self._once[of], said(kept)
        if key is not None and held.get(key, kept.id) != kept.id:
            raise Raced
        if was is not None:
            held.pop(said(was), None)
        held[key] = kept.id


def _check(kept: Record, others: Iterable[Record]) -> None:
    for other in others:
        match kept, other:
            case Session(), Session() if _overlap(kept, other):
                raise Clash(DOUBLE_BOOKED)
            case Supporter(), Supporter() if _open_twice(kept, other):
                raise Clash(ALREADY_APPLIED)
            case Assignment(), Assignment() if _assigned_twice(kept, other):
                raise Clash(ALREADY_ASSIGNED)
            case Charter(), Charter() if kept.scheme == other.scheme:
                _one_of_each(kept, other)
            case (KindVersion(), KindVersion()) if _held_twice(kept, other):
                raise Raced
            case (ServiceTime(), ServiceTime()) if _at_once(kept, other):
                raise Raced
            case _:
                pass


def _one_of_each(one: Charter, other: Charter) -> None:
    if one.state in UNPUBLISHED and other.state in UNPUBLISHED:
        raise Clash(DRAFT_EXISTS)
    if one.number == other.number or one.state is other.state is CharterState.PUBLISHED:
        raise Raced


def _overlap(one: Session, other: Session) -> bool:
    booked = one.state is other.state is SessionState.PLANNED
    shared = {one.person, one.supporter_person} & {other.person, other.supporter_person}
    return booked and bool(shared) and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _open_twice(one: Supporter, other: Supporter) -> bool:
    return (
        one.standing in APPLYING
        and other.standing in APPLYING
        and (one.scheme, one.person) == (other.scheme, other.person)
    )


def _assigned_twice(one: Assignment, other: Assignment) -> bool:
    def what(a: Assignment) -> tuple[object, ...]:
        return (a.holder, a.role, a.jurisdiction, a.prison, a.scheme, a.organisation)

    live = one.ended_at is None and other.ended_at is None
    return live and what(one) == what(other) and one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def _held_twice(one: KindVersion, other: KindVersion) -> bool:
    if (one.jurisdiction, one.code, one.prison) != (other.jurisdiction, other.code, other.prison):
        return False
    published = one.state is other.state is PublicationState.PUBLISHED
    return published or one.number == other.number


def _at_once(one: ServiceTime, other: ServiceTime) -> bool:
    return one.scheme == other.scheme and one.hours().overlaps(other.hours())


def _wanted(one: RosterEntry) -> object:
    return None if one.state is RosterState.WITHDRAWN else (one.prison, one.slot)


def _needed(one: CoverNeed) -> object:
    return (one.scheme, one.wing, one.weekday, one.band) if one.supporters > 0 else None


def _laid(one: RotaLine) -> object:
    return (one.supporter, one.weekday, one.band) if one.ended_on is None else None


def _counts(one: Clearance) -> object:
    return one.supporter if one.current else None


def _promise(one: ExceptionList) -> tuple[str, str, int]:
    return (one.jurisdiction, one.organisation, one.number)


def _who(one: Actor | Person) -> tuple[str, ...]:
    if isinstance(one, Actor):
        return (one.issuer, one.subject, one.kind)
    return (one.jurisdiction, one.identifier_kind, one.identifier)


ONCE: Final[Mapping[type[Record], Callable[[Any], object]]] = MappingProxyType(
    {
        Actor: _who,
        Person: _who,
        ExceptionList: _promise,
        CoverNeed: _needed,
        RotaLine: _laid,
        RosterEntry: _wanted,
        Application: attrgetter("supporter"),
        PanelScore: attrgetter("supporter", "author"),
        Clearance: _counts,
        MonthCount: attrgetter("prison", "month"),
        RollUp: attrgetter("prison", "series", "of_month", "closed_in", "scheme", "wing"),
        EvaluationReport: attrgetter("evaluation", "month"),
        Figure: attrgetter("jurisdiction", "series", "period", "first", "prison", "scheme", "wing"),
        CoverKept: attrgetter("scheme", "month"),
        FeedbackSheets: attrgetter("scheme", "quarter"),
        PulseResult: attrgetter("scheme", "quarter", "of_group", "item"),
    }
)
"""Kinds of which no two rows may say the same, and what that is (None: this one may stand beside any). A second is a
race."""
_CHECKED: Final = frozenset({*ONCE, Session, Supporter, Assignment, Charter, KindVersion, ServiceTime})
