"""Constraints that stand for a rule: their names in the database, and the same rules for the store that forgets.

A second row for one person or one actor is no clash but a race: whoever runs the act again finds the first. So it is
with a time of a scheme that overlaps another: run again, the act finds that one, and says so at its place.
"""

from collections.abc import Iterable
from typing import Final

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


def check(kept: Record, others: Iterable[Record]) -> None:
    """Refuse `kept` beside the `others` (records of its kind, itself left out), as the database does."""
    for other in others:
        match kept, other:
            case Session(), Session() if _overlap(kept, other):
                raise Clash(DOUBLE_BOOKED)
            case Supporter(), Supporter() if _open_twice(kept, other):
                raise Clash(ALREADY_APPLIED)
            case Assignment(), Assignment() if _assigned_twice(kept, other):
                raise Clash(ALREADY_ASSIGNED)
            case (Actor(), Actor()) | (Person(), Person()) if _who(kept) == _who(other):
                raise Raced
            case Charter(), Charter() if kept.scheme == other.scheme:
                _one_of_each(kept, other)
            case (KindVersion(), KindVersion()) if _held_twice(kept, other):
                raise Raced
            case (ExceptionList(), ExceptionList()) if _promise(kept) == _promise(other):
                raise Raced
            case (ServiceTime(), ServiceTime()) if _at_once(kept, other):
                raise Raced
            case (CoverNeed(), CoverNeed()) if _needed_twice(kept, other):
                raise Raced
            case (RotaLine(), RotaLine()) if _laid_twice(kept, other):
                raise Raced
            case (RosterEntry(), RosterEntry()) if _wanted_twice(kept, other):
                raise Raced
            case (Application(), Application()) if kept.supporter == other.supporter:
                raise Raced
            case (PanelScore(), PanelScore()) if (kept.supporter, kept.author) == (other.supporter, other.author):
                raise Raced
            case (Clearance(), Clearance()) if kept.supporter == other.supporter and kept.current and other.current:
                raise Raced
            case (MonthCount(), MonthCount()) if (kept.prison, kept.month) == (other.prison, other.month):
                raise Raced
            case (RollUp(), RollUp()) if _rolled(kept) == _rolled(other):
                raise Raced
            case (EvaluationReport(), EvaluationReport()) if _month(kept) == _month(other):
                raise Raced
            case (Figure(), Figure()) if _let_out(kept) == _let_out(other):
                raise Raced
            case (CoverKept(), CoverKept()) if (kept.scheme, kept.month) == (other.scheme, other.month):
                raise Raced
            case (FeedbackSheets(), FeedbackSheets()) if _printed(kept) == _printed(other):
                raise Raced
            case (PulseResult(), PulseResult()) if _answered(kept) == _answered(other):
                raise Raced
            case _:
                pass


def _rolled(one: RollUp) -> tuple[object, ...]:
    return (one.prison, one.series, one.of_month, one.closed_in, one.scheme, one.wing)


def _month(one: EvaluationReport) -> tuple[object, ...]:
    return (one.evaluation, one.month)


def _let_out(one: Figure) -> tuple[object, ...]:
    return (one.jurisdiction, one.series, one.period, one.first, one.prison, one.scheme, one.wing)


def _printed(one: FeedbackSheets) -> tuple[object, ...]:
    return (one.scheme, one.quarter)


def _answered(one: PulseResult) -> tuple[object, ...]:
    return (one.scheme, one.quarter, one.of_group, one.item)


def _one_of_each(one: Charter, other: Charter) -> None:
    if one.state in UNPUBLISHED and other.state in UNPUBLISHED:
        raise Clash(DRAFT_EXISTS)
    if one.number == other.number or one.state is other.state is CharterState.PUBLISHED:
        raise Raced


def _overlap(one: Session, other: Session) -> bool:
    booked = SessionState.NOT_DELIVERED not in (one.state, other.state)
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


def _wanted_twice(one: RosterEntry, other: RosterEntry) -> bool:
    stand = RosterState.WITHDRAWN not in (one.state, other.state)
    return stand and (one.prison, one.slot) == (other.prison, other.slot)


def _needed_twice(one: CoverNeed, other: CoverNeed) -> bool:
    needed = min(one.supporters, other.supporters) > 0
    same = (one.scheme, one.wing, one.weekday, one.band) == (other.scheme, other.wing, other.weekday, other.band)
    return needed and same


def _laid_twice(one: RotaLine, other: RotaLine) -> bool:
    live = one.ended_on is None and other.ended_on is None
    return live and (one.supporter, one.weekday, one.band) == (other.supporter, other.weekday, other.band)


def _promise(one: ExceptionList) -> tuple[str, str, int]:
    return (one.jurisdiction, one.organisation, one.number)


def _who(one: Actor | Person) -> tuple[str, ...]:
    if isinstance(one, Actor):
        return (one.issuer, one.subject, one.kind)
    return (one.jurisdiction, one.identifier_kind, one.identifier)
