"""What the demonstration's supporters have learned, when they are away, what they are paid and what moves with them.
It is worked out of their careers, and nothing is drawn from the hat, so that all else stays as it was.

Two certificates of each scheme end within ninety days, one supporter is at court today and one in hospital with no end
known, one may not be transferred: so there is something to look at in every list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from api.demonstration.hat import Hat
from domain.confidentiality.record import Record
from domain.kernel.ids import (
    AbsenceId,
    ActorId,
    AttendanceId,
    CertificateId,
    CohortId,
    ComparisonJobId,
    CourseId,
    PassportId,
    PayEntryId,
    PayRateId,
    SignOffId,
    TransferHoldId,
)
from domain.passports.passport import GOOD_FOR, Passport
from domain.pay.comparison import ComparisonJob
from domain.pay.entries import PayEntry
from domain.pay.rates import PayRate
from domain.schemes.kinds import SHANNON_TRUST, kind_of
from domain.schemes.record import Scheme
from domain.supporters.absences import Absence, Away
from domain.supporters.availability import written
from domain.supporters.record import Competence, Standing, Supporter
from domain.training.certificates import REFRESHER, Certificate
from domain.training.cohorts import Attendance, Attended, Cohort
from domain.training.courses import Course, Skill
from domain.training.practice import SignOff
from domain.turnover.holds import HoldReason, HoldState, TransferHold

_ENDING: Final = (timedelta(days=35), timedelta(days=80))
_SKILLS: Final = (Skill.COMMUNICATION, Skill.PROBLEM_SOLVING, Skill.SPECIFIC_NEED)
_BAND: Final = "BAND_2"
_HALF, _FULL, _BEFORE = 90, 175, 85
"""What the band is paid: pence for a half and a whole day, and for a half day before it was raised."""
_WEEKS: Final = 4


@dataclass(frozen=True, slots=True)
class Taught:
    """The supporters as they are by that, and the records beside them."""

    supporters: tuple[Supporter, ...]
    records: tuple[Record, ...]


def taught(hat: Hat, scheme: Scheme, supporters: Sequence[Supporter], by: ActorId, others: ActorId) -> Taught:
    """Of one scheme. `by` trains and writes; `others` signs, decides and pays."""
    active = [s for s in supporters if s.standing is Standing.ACTIVE]
    changed = {s.id: s for s in supporters}
    for one, left in zip(active[2:], _ENDING, strict=False):
        changed[one.id] = replace(changed[one.id], certificate_expires_on=hat.today + left)
    absences = list(_absences(hat, active))
    for absence in absences:
        changed[absence.supporter] = replace(changed[absence.supporter], away=written([absence]))
    learning = [s for s in supporters if s.standing is Standing.IN_TRAINING]
    for one in learning:
        changed[one.id] = replace(changed[one.id], trained_by=(by,))
    for one in (s for s in supporters if s.active_from is not None):
        changed[one.id] = replace(changed[one.id], trained_by=(by,), signed_off=tuple(Competence))
    now = tuple(changed.values())
    made: list[Record] = [*_courses(hat, scheme), *absences]
    made += _cohort(hat, scheme, learning, by)
    made += (record for s in now for record in _certified(hat, s, others))
    if active:
        made.append(_hold(hat, changed[active[-3 % len(active)].id], by, others))
    if scheme.kind == SHANNON_TRUST.code:
        made += (entry for s in active for entry in _paid(hat, s, others))
        made += (_passport(hat, changed[s.id]) for s in active[:1])
    return Taught(now, tuple(made))


def prices(hat: Hat, jurisdiction: str, prison: str) -> Iterator[Record]:
    """What a band is paid in a prison, raised eight weeks ago, and a job beside it."""
    place: dict[str, Any] = {"jurisdiction": jurisdiction, "prison": prison}
    monday = _monday(hat.today)
    raised = monday - timedelta(weeks=8)
    yield PayRate(
        id=PayRateId(hat.ids()),
        **place,
        band=_BAND,
        money_minor_units_half_day=_BEFORE,
        money_minor_units_full_day=2 * _BEFORE,
        valid_from=monday - timedelta(weeks=60),
        valid_until=raised - timedelta(days=1),
    )
    rate: dict[str, Any] = {"money_minor_units_half_day": _HALF, "money_minor_units_full_day": _FULL}
    yield PayRate(id=PayRateId(hat.ids()), **place, band=_BAND, **rate, valid_from=raised)
    job: dict[str, Any] = {"job": "LIBRARY_ORDERLY", "half_days": 8, "money_minor_units": 8 * _HALF, "places": 3}
    yield ComparisonJob(id=ComparisonJobId(hat.ids()), **place, band=_BAND, **job)


def _place(of: Scheme | Supporter) -> dict[str, Any]:
    return {name: getattr(of, name) for name in ("scheme", "jurisdiction", "prison", "organisation")}


def _his(of: Supporter) -> dict[str, Any]:
    return {**_place(of), "supporter": of.id, "person": of.person}


def _courses(hat: Hat, scheme: Scheme) -> Iterator[Course]:
    modules = kind_of(scheme.kind).modules
    hours = -(-kind_of(scheme.kind).training_hours // max(1, len(modules)))
    for number, module in enumerate(modules):
        skill = _SKILLS[number % len(_SKILLS)]
        yield Course(id=CourseId(hat.ids()), **_place(scheme), module=module, skill=skill, hours=max(1, hours))


def _cohort(hat: Hat, scheme: Scheme, learning: Sequence[Supporter], by: ActorId) -> Iterator[Record]:
    """The course that runs now: it began two weeks ago, and meets each week."""
    began = hat.today - timedelta(weeks=2)
    members = tuple(s.id for s in learning)
    cohort = Cohort(
        id=CohortId(hat.ids()),
        **_place(scheme),
        starts_on=began,
        ends_on=began + timedelta(weeks=6),
        places=max(8, len(members)),
        trainer=by,
        members=members,
    )
    yield cohort
    for one in learning:
        for week, module in enumerate(one.modules_passed[:2]):
            noted: dict[str, Any] = {
                "module": module,
                "held_on": began + timedelta(weeks=week),
                "attended": Attended.ATTENDED,
            }
            yield Attendance(id=AttendanceId(hat.ids()), **_his(one), **noted, cohort=cohort.id, hours=3)


def _certified(hat: Hat, of: Supporter, signer: ActorId) -> Iterator[Record]:
    if of.certificate is None or of.certified_on is None or of.certificate_expires_on is None:
        return
    yield Certificate(
        id=CertificateId(hat.ids()),
        **_his(of),
        number=of.certificate,
        awarding_body=of.organisation,
        awarded_on=of.certified_on,
        expires_on=of.certificate_expires_on,
        refresher_due_on=max(of.certified_on, of.certificate_expires_on - REFRESHER),
    )
    if of.active_from is not None and of.left_on is None:
        for competence in of.signed_off:
            given: dict[str, Any] = {"competence": competence, "signed_on": of.active_from, "signed_by": signer}
            yield SignOff(id=SignOffId(hat.ids()), **_his(of), **given)


def _absences(hat: Hat, active: Sequence[Supporter]) -> Iterator[Absence]:
    today = hat.today
    for one, (why, first, last) in zip(
        reversed(active[3:]),
        ((Away.AT_COURT, today, today), (Away.HOSPITAL, today - timedelta(days=2), None)),
        strict=False,
    ):
        yield Absence(id=AbsenceId(hat.ids()), **_his(one), why=why, told_to_him=False, first_on=first, last_on=last)


def _hold(hat: Hat, of: Supporter, by: ActorId, decider: ActorId) -> TransferHold:
    return TransferHold(
        id=TransferHoldId(hat.ids()),
        **_his(of),
        reason=HoldReason.COVER,
        until=hat.today + timedelta(days=60),
        state=HoldState.GRANTED,
        asked_by=by,
        asked_on=hat.today - timedelta(days=6),
        decided_by=decider,
        decided_on=hat.today - timedelta(days=4),
    )


def _paid(hat: Hat, of: Supporter, by: ActorId) -> Iterator[PayEntry]:
    """His last weeks: five half days each, from the week in which he became active."""
    for week in range(1, _WEEKS + 1):
        monday = _monday(hat.today) - timedelta(weeks=week)
        if of.active_from is not None and of.active_from <= monday:
            days: dict[str, Any] = {"half_days": 5, "full_days": 0, "money_minor_units": 5 * _HALF}
            yield PayEntry(id=PayEntryId(hat.ids()), **_his(of), week_of=monday, band=_BAND, **days, entered_by=by)


def _passport(hat: Hat, of: Supporter) -> Passport:
    return Passport(
        id=PassportId(hat.ids()),
        **_his(of),
        name=of.name,
        kind=of.kind,
        certificate=of.certificate,
        certified_on=of.certified_on,
        certificate_expires_on=of.certificate_expires_on,
        modules=of.modules_passed,
        signed_off=of.signed_off,
        served_from=(of.active_from or hat.today).replace(day=1),
        valid_until=hat.today + GOOD_FOR,
        consented_on=hat.today,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
