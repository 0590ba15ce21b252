"""Requests, and the contacts of open-policy schemes. What admission refuses, these tables cannot hold (X6)."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import DayList, IdList, NumberList, WordList, Words, holds, vocabularies


class Request(SQLModel, table=True):
    """A request while it lives. Of a closed-policy scheme it holds nobody's id, and no free text."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Request),
        holds("closed_has_no_person", "not closed or person is null"),
        holds("closed_has_no_stage", "not closed or stage_of_sentence is null"),
        holds("no_free_text", "char_length(wing) <= 40"),
        holds(
            "delays_whole",
            "cardinality(delay_codes) = cardinality(delay_roles)"
            " and cardinality(delay_roles) = cardinality(delay_waits)"
            " and cardinality(delay_waits) = cardinality(delay_minutes)"
            " and cardinality(delay_minutes) = cardinality(delay_actors)",
        ),
        Index("request_by_prison", "prison", "readable_until", "id"),
        Index("request_by_state", "scheme", "state"),
        Index("request_by_hour", "state", "readable_until"),
        Index("request_closed_by_end", "readable_until", postgresql_where=text("closed")),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID | None
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str | None = Field(sa_type=Words)
    closed: bool
    unverified: bool
    wing: str = Field(sa_type=Words)
    channel: str = Field(sa_type=Words)
    need: str = Field(sa_type=Words)
    urgency: str = Field(sa_type=Words)
    band: str = Field(sa_type=Words)
    readable_until: datetime
    state: str = Field(sa_type=Words)
    asked_at: datetime
    recorded_at: datetime
    late: bool
    after_hold: bool
    recipient: bytes | None
    cell: bytes | None
    person: UUID | None
    language: bytes | None
    first_night: bool
    stage_of_sentence: str | None = Field(sa_type=Words)
    author: UUID | None
    offered_to: UUID | None
    declined_by: list[UUID] = Field(sa_type=IdList)
    not_wanted: list[UUID] = Field(sa_type=IdList)
    cleared_by: UUID | None
    offered_at: datetime | None
    accepted_at: datetime | None
    unlocked_at: datetime | None
    minutes_to_offer: int | None
    minutes_to_accept: int | None
    minutes_to_unlock: int | None
    place: str | None = Field(sa_type=Words)
    ended_at: datetime | None
    refusal_ground: str | None = Field(sa_type=Words)
    refusal_code: str | None = Field(sa_type=Words)
    refused_by: UUID | None
    refused_by_role: str | None = Field(sa_type=Words)
    alternative: str | None = Field(sa_type=Words)
    delay_codes: list[str] = Field(sa_type=WordList)
    delay_roles: list[str] = Field(sa_type=WordList)
    delay_waits: list[str] = Field(sa_type=WordList)
    delay_minutes: list[int] = Field(sa_type=NumberList)
    delay_actors: list[UUID | None] = Field(sa_type=IdList)


class Induction(SQLModel, table=True):
    """An Insider met a new arrival."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Induction),
        holds("never_closed", "not closed"),
        Index("induction_by_scheme", "prison", "scheme", "id"),
        Index("induction_by_wing", "prison", "wing", "id"),
        Index("induction_by_supporter", "supporter_person"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    closed: bool
    wing: str = Field(sa_type=Words)
    person: UUID | None
    name: bytes | None
    supporter: UUID
    supporter_person: UUID
    arrived_at: datetime
    seen_at: datetime
    minutes_after_arrival: int
    checklist: list[str] = Field(sa_type=WordList)
    not_gone_through: list[str] = Field(sa_type=WordList)
    language: str = Field(sa_type=Words)
    told_policy: bool
    concern_told_to_staff: bool
    follow_up_on: date | None
    author: UUID | None
    marks: list[str] = Field(sa_type=WordList)


class Enrolment(SQLModel, table=True):
    """A learner and a mentor."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Enrolment),
        holds("never_closed", "not closed"),
        holds(
            "history_whole",
            "cardinality(earlier_supporters) = cardinality(earlier_since)"
            " and cardinality(earlier_since) = cardinality(earlier_until)"
            " and cardinality(earlier_until) = cardinality(earlier_for)",
        ),
        Index("enrolment_by_scheme", "prison", "scheme", "id"),
        Index("enrolment_by_wing", "prison", "wing", "id"),
        Index("enrolment_by_person", "person"),
        Index("enrolment_by_supporter", "supporter_person"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    closed: bool
    wing: str | None = Field(sa_type=Words)
    person: UUID
    name: bytes
    supporter: UUID | None
    supporter_person: UUID | None
    earlier_supporters: list[UUID] = Field(sa_type=IdList)
    earlier_since: list[date] = Field(sa_type=DayList)
    earlier_until: list[date] = Field(sa_type=DayList)
    earlier_for: list[str] = Field(sa_type=WordList)
    mentor_since: date | None
    state: str = Field(sa_type=Words)
    goal: str | None = Field(sa_type=Words)
    needs: list[str] = Field(sa_type=WordList)
    stage_of_sentence: str | None = Field(sa_type=Words)
    programme: str | None = Field(sa_type=Words)
    manual: int
    page: int | None
    manuals_passed: list[int] = Field(sa_type=NumberList)
    checks_passed: int
    sessions_a_week: int
    enrolled_on: date
    reviewed_on: date | None
    reviewed_as: str | None = Field(sa_type=Words)
    review_due_on: date | None
    ended_on: date | None
    ended_for: str | None = Field(sa_type=Words)
    shared: bool
    carries_on: UUID | None
    carried_on: bool


# Two bookings of one person never overlap, whether he learns or teaches in them. What was held is a fact, and two that
# turn out to be one man may have had two at one time (rule 18). The
# wheel's PostgreSQL has no btree_gist, so an id is compared as a range of one (DESIGN 6), and both ids of a session as
# a multirange. Time comes first in the index: 150,000 sessions in slots of 250 took 96 us an insert at the end so, 223
# us with the ids first, 184 us as two constraints, which besides would let a mentor learn and teach at once.
_NEVER_TWICE = ExcludeConstraint[Any](
    (text("tstzrange(starts_at, ends_at)"), "&&"),
    (
        text("uuidmultirange(uuidrange(person, person, '[]'), uuidrange(supporter_person, supporter_person, '[]'))"),
        "&&",
    ),
    using="gist",
    where=text("state = 'PLANNED'"),
    name="session_nobody_double_booked",
)


class Session(SQLModel, table=True):
    """One planned meeting of a learner and a mentor."""

    __table_args__: ClassVar[Any] = (
        _NEVER_TWICE,
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Session),
        holds("never_closed", "not closed"),
        holds("times_in_order", "starts_at < ends_at"),
        holds("words_gone_are_gone", "words_gone_on is null or note is null"),
        Index("session_by_scheme", "prison", "scheme", "id"),
        Index("session_with_words", "starts_at", "id", postgresql_where=text("words_gone_on is null")),
        Index("session_by_wing", "prison", "wing", "id"),
        Index("session_by_person", "person"),
        Index("session_by_supporter", "supporter_person"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    enrolment: UUID
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    closed: bool
    wing: str | None = Field(sa_type=Words)
    person: UUID
    supporter: UUID
    supporter_person: UUID
    starts_at: datetime
    ends_at: datetime
    state: str = Field(sa_type=Words)
    not_delivered: str | None = Field(sa_type=Words)
    called_off: bool
    minutes: int | None
    manual: int | None
    page: int | None
    note: bytes | None
    words_gone_on: date | None
    marks: list[str] = Field(sa_type=WordList)
