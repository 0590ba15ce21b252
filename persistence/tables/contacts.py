"""What follows from contacts of open-policy schemes, and the use of suites, which names nobody (rules 1 and 2)."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from domain import records
from persistence.tables.columns import WordList, Words, holds
from persistence.tables.of_scheme import OfScheme, truths


def _open() -> Any:
    return holds("never_closed", "not closed")


class EnrolmentGoal(OfScheme, table=True):
    """Before, wanted, after."""

    __tablename__: ClassVar[Any] = "enrolment_goal"
    __table_args__: ClassVar[Any] = truths(
        records.EnrolmentGoal,
        _open(),
        holds("leads_somewhere", "baseline <> target"),
        holds("measured_once_judged", "(state = 'OPEN') = (reached is null)"),
        Index("enrolment_goal_by_enrolment", "enrolment"),
        Index("enrolment_goal_by_person", "person"),
        Index("enrolment_goal_by_supporter", "supporter_person"),
    )

    closed: bool
    enrolment: UUID
    person: UUID
    supporter_person: UUID | None
    outcome: str = Field(sa_type=Words)
    unit: str = Field(sa_type=Words)
    baseline: int
    target: int
    reached: int | None
    set_on: date
    due_on: date
    measured_on: date | None
    state: str = Field(sa_type=Words)


class FollowUp(OfScheme, table=True):
    """Something to be seen to."""

    __tablename__: ClassVar[Any] = "follow_up"
    __table_args__: ClassVar[Any] = truths(
        records.FollowUp,
        _open(),
        holds("done_with_its_outcome", "(done_on is null) = (outcome is null)"),
        Index("follow_up_by_wing", "prison", "wing", "due_on", "id"),
        Index("follow_up_by_supporter", "supporter_person"),
        by="due_on",
    )

    closed: bool
    wing: str | None = Field(sa_type=Words)
    which: UUID
    person: UUID | None
    supporter_person: UUID | None
    what: str = Field(sa_type=Words)
    whose: str = Field(sa_type=Words)
    due_on: date
    done_on: date | None
    outcome: str | None = Field(sa_type=Words)


class Award(OfScheme, table=True):
    """A manual, a programme, a level of mentoring."""

    __table_args__: ClassVar[Any] = truths(
        records.Award,
        _open(),
        Index("award_by_person", "person"),
        Index("award_by_enrolment", "enrolment"),
    )

    closed: bool
    person: UUID
    enrolment: UUID
    mentor: UUID | None
    what: str = Field(sa_type=Words)
    programme: str | None = Field(sa_type=Words)
    manual: int | None
    awarded_on: date
    awarded_by: UUID


class Arrival(OfScheme, table=True):
    """Who has come, until he is met."""

    __table_args__: ClassVar[Any] = truths(
        records.Arrival,
        _open(),
        holds("met_in_a_meeting", "(met_at is null) = (induction is null)"),
        holds("met_or_not", "met_at is null or closed_for is null"),
        Index("arrival_by_wing", "prison", "wing", "meet_by", "id"),
        Index("arrival_by_person", "person"),
        by="meet_by",
    )

    closed: bool
    wing: str = Field(sa_type=Words)
    person: UUID
    name: bytes
    arrived_at: datetime
    meet_by: datetime
    met_at: datetime | None
    induction: UUID | None
    closed_for: str | None = Field(sa_type=Words)


class SupportRecord(OfScheme, table=True):
    """What a supporter did for somebody."""

    __tablename__: ClassVar[Any] = "support_record"
    __table_args__: ClassVar[Any] = truths(
        records.SupportRecord,
        _open(),
        holds("referred_to_somebody", "(referral is null) = (referred_to is null)"),
        holds("kept_of_an_appointment", "(kept is null) = (appointment is null)"),
        holds("outcome_of_an_issue", "outcome is null or issue is not null"),
        holds("approved_by_somebody", "(state = 'APPROVED') = (approved_by is not null)"),
        holds("approved_by_another", "approved_by <> author and approved_by <> amended_by"),
        holds("words_gone_are_gone", "words_gone_on is null or note is null"),
        holds("corrects_another", "corrects <> id and corrected_by <> id"),
        Index("support_record_with_words", "held_on", "id", postgresql_where=text("words_gone_on is null")),
        Index("support_record_by_corrected", "corrects"),
        Index("support_record_by_wing", "prison", "wing", "id"),
        Index("support_record_by_person", "person"),
        Index("support_record_by_supporter", "supporter_person"),
        by="held_on",
    )

    closed: bool
    wing: str | None = Field(sa_type=Words)
    enrolment: UUID | None
    person: UUID | None
    name: bytes | None
    supporter: UUID
    supporter_person: UUID
    held_on: date
    minutes: int | None
    issue: str | None = Field(sa_type=Words)
    advice: list[str] = Field(sa_type=WordList)
    tasks_done: list[str] = Field(sa_type=WordList)
    documents: list[str] = Field(sa_type=WordList)
    referred_to: str | None = Field(sa_type=Words)
    referral: str | None = Field(sa_type=Words)
    appointment: str | None = Field(sa_type=Words)
    kept: bool | None
    relapse_support: bool
    outcome: str | None = Field(sa_type=Words)
    concern_told_to_staff: bool
    state: str = Field(sa_type=Words)
    returned_for: str | None = Field(sa_type=Words)
    author: UUID
    amended_by: UUID | None
    approved_by: UUID | None
    corrects: UUID | None
    corrected_by: UUID | None
    note: bytes | None
    words_gone_on: date | None
    marks: list[str] = Field(sa_type=WordList)


class SuiteUse(OfScheme, table=True):
    """A suite, a band, and whether it was as it must be. Nobody, and no hour."""

    __tablename__: ClassVar[Any] = "suite_use"
    # What is readable tonight is found by its hour, as requests are.
    __table_args__: ClassVar[Any] = truths(
        records.SuiteUse, Index("suite_use_by_prison", "prison", "readable_until", "id")
    )

    closed: bool
    place: UUID
    band: str = Field(sa_type=Words)
    readable_until: datetime
    peer_present: bool
    observations_continued: bool
    out_of_use: bool


class GroupSession(OfScheme, table=True):
    """A session of a group, in counts."""

    __tablename__: ClassVar[Any] = "group_session"
    __table_args__: ClassVar[Any] = truths(
        records.GroupSession,
        holds("held_or_not", "minutes is null or not_held is null"),
        holds("nobody_came", "minutes is not null or (attended = 0 and cardinality(absent_for) = 0)"),
        by="held_on",
    )

    topic: str = Field(sa_type=Words)
    held_on: date
    minutes: int | None
    not_held: str | None = Field(sa_type=Words)
    capacity: int | None
    by_name: bool
    expected: int
    attended: int
    absent_for: list[str] = Field(sa_type=WordList)


class GroupPlace(OfScheme, table=True):
    """One man's place in a group session."""

    __tablename__: ClassVar[Any] = "group_place"
    __table_args__: ClassVar[Any] = truths(
        records.GroupPlace,
        _open(),
        holds("absent_with_a_reason", "(came is false) = (absent_for is not null)"),
        Index("group_place_by_person", "person"),
        Index("group_place_by_session", "group_session"),
        by="held_on",
    )

    closed: bool
    group_session: UUID
    held_on: date
    enrolment: UUID | None
    person: UUID
    name: bytes
    came: bool | None
    absent_for: str | None = Field(sa_type=Words)


class Mandate(OfScheme, table=True):
    """Who speaks for which wing, and for how long."""

    __table_args__: ClassVar[Any] = truths(
        records.Mandate,
        holds("a_term", "elected_on <= first_on and first_on <= last_on"),
        holds("ended_for_something", "(ended_on is null) = (ended_for is null)"),
        Index("mandate_by_supporter", "supporter_person"),
        by="first_on",
    )

    wing: str = Field(sa_type=Words)
    supporter: UUID
    supporter_person: UUID
    name: bytes
    elected_on: date
    first_on: date
    last_on: date
    ended_on: date | None
    ended_for: str | None = Field(sa_type=Words)


class Appointment(OfScheme, table=True):
    """What a mentor is to go to with somebody."""

    __table_args__: ClassVar[Any] = truths(
        records.PlannedAppointment,
        _open(),
        holds("not_kept_with_a_reason", "(kept is false) = (not_kept_for is not null)"),
        holds("noted_once_known", "(kept is null) = (noted_on is null)"),
        Index("appointment_by_enrolment", "enrolment"),
        Index("appointment_by_person", "person"),
        Index("appointment_by_supporter", "supporter_person"),
        by="due_on",
    )

    closed: bool
    enrolment: UUID
    person: UUID
    supporter_person: UUID | None
    what: str = Field(sa_type=Words)
    due_on: date
    kept: bool | None
    not_kept_for: str | None = Field(sa_type=Words)
    noted_on: date | None


class StaffNote(OfScheme, table=True):
    """A note of staff about somebody who is enrolled."""

    __tablename__: ClassVar[Any] = "staff_note"
    __table_args__: ClassVar[Any] = truths(
        records.StaffNote,
        _open(),
        holds("words_gone_are_gone", "words_gone_on is null or words is null"),
        Index("staff_note_by_enrolment", "enrolment"),
        Index("staff_note_by_person", "person"),
        Index("staff_note_with_words", "noted_at", "id", postgresql_where=text("words_gone_on is null")),
    )

    closed: bool
    enrolment: UUID
    person: UUID
    words: bytes | None
    words_gone_on: date | None
    noted_at: datetime
    author: UUID
