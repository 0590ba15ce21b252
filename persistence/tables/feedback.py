"""Single-use codes, complaints, pulses; breaches and unusual looks. Feedback itself stands beside its scheme."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import IdList, NumberList, WordList, Words, holds, vocabularies
from persistence.tables.of_scheme import OfScheme, truths


class FeedbackCode(SQLModel, table=True):
    """A code that was printed and not used yet: its id is a keyed hash of it."""

    __tablename__: ClassVar[Any] = "feedback_code"
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        holds("quarter_begins", "extract(day from quarter) = 1 and extract(month from quarter)::int % 3 = 1"),
        Index("feedback_code_by_quarter", "quarter", "id"),
        Index("feedback_code_by_scheme", "scheme", "quarter"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    quarter: date


class FeedbackSheets(SQLModel, table=True):
    """How many sheets were printed of a scheme for a quarter."""

    __tablename__: ClassVar[Any] = "feedback_sheets"
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        holds("quarter_begins", "extract(day from quarter) = 1 and extract(month from quarter)::int % 3 = 1"),
        holds("one_is_printed", "printed >= 1"),
        Index("feedback_sheets_once", "scheme", "quarter", unique=True),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    quarter: date
    printed: int


class Complaint(OfScheme, table=True):
    """One complaint: codes alone, and of people in custody nobody."""

    __table_args__: ClassVar[Any] = truths(
        records.Complaint,
        holds("week_from_monday", "extract(isodow from week_of) = 1"),
        holds("of_custody_nobody", "author is null or came_from in ('STAFF', 'PARTNER')"),
        holds("decided_says_what", "(state = 'DECIDED') = (outcome is not null)"),
        holds("decided_says_when", "(state = 'DECIDED') = (decided_on is not null)"),
        holds("decided_says_by_whom", "(state = 'DECIDED') = (decided_by is not null)"),
        holds("reply_once_decided", "state = 'DECIDED' or reply = '{}'"),
        holds("looked_into_by_somebody", "(state = 'RECEIVED') = (looked_into_by is null)"),
        holds("two_people", "decided_by <> looked_into_by"),
        holds("who_looked_into_it_had_a_part", "looked_into_by is null or looked_into_by = any(had_a_part)"),
        holds("who_decided_it_had_a_part", "decided_by is null or decided_by = any(had_a_part)"),
        by="answer_by",
    )

    about: str = Field(sa_type=Words)
    against: str = Field(sa_type=Words)
    goes_up: bool
    came_from: str = Field(sa_type=Words)
    author: UUID | None
    week_of: date
    answer_by: date
    state: str = Field(sa_type=Words)
    named: UUID | None
    looked_into_by: UUID | None
    had_a_part: list[UUID] = Field(sa_type=IdList)
    outcome: str | None = Field(sa_type=Words)
    reply: list[str] = Field(sa_type=WordList)
    decided_by: UUID | None
    decided_on: date | None


class PulseResult(OfScheme, table=True):
    """What a group answered to one item in a quarter, once."""

    __tablename__: ClassVar[Any] = "pulse_result"
    __table_args__: ClassVar[Any] = truths(
        records.PulseResult,
        holds("quarter_begins", "extract(day from quarter) = 1 and extract(month from quarter)::int % 3 = 1"),
        holds("answered_is_coarse", "answered >= 10 and answered % 5 = 0"),
        holds("score_of_ten_or_more", "score is null or answered is not null"),
        holds("interval_is_whole", "(lowest is null) = (highest is null)"),
        holds("interval_of_a_score", "lowest is null or score is not null"),
        holds("interval_of_twenty_or_more", "lowest is null or answered >= 20"),
        holds("interval_in_order", "lowest between 10 and score and highest between score and 50"),
        holds("reasons_of_non_users", "of_group = 'NON_USERS' or why_not = '{}'"),
        holds("reasons_are_whole", "cardinality(why_not) = cardinality(why_not_times)"),
        Index("pulse_result_once", "scheme", "quarter", "of_group", "item", unique=True),
        by="quarter",
    )

    quarter: date
    of_group: str = Field(sa_type=Words)
    item: str = Field(sa_type=Words)
    answered: int | None
    score: int | None
    lowest: int | None
    highest: int | None
    why_not: list[str] = Field(sa_type=WordList)
    why_not_times: list[int] = Field(sa_type=NumberList)


class Breach(OfScheme, table=True):
    """One suspected breach."""

    __table_args__: ClassVar[Any] = truths(
        records.Breach,
        holds("seventy_two_hours", "report_by = aware_at + interval '72 hours'"),
        holds("assessed_says_what", "(state = 'SUSPECTED') = (finding is null)"),
        holds(
            "assessment_is_whole",
            "(finding is null) = (harm is null) and (finding is null) = (people is null)"
            " and (finding is null) = (assessed_by is null)",
        ),
        holds("closed_says_what", "(state = 'CLOSED') = (decision is not null)"),
        holds(
            "decision_is_whole",
            "(decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)",
        ),
        holds("done_once_decided", "state = 'CLOSED' or because = '{}'"),
        holds("goes_up_unnamed", "goes_up = (whose is null)"),
        holds("who_assessed_it_had_a_part", "assessed_by is null or assessed_by = any(had_a_part)"),
        holds("two_people", "decided_by <> all(had_a_part)"),
        by="report_on",
    )

    what: str = Field(sa_type=Words)
    found_by: str = Field(sa_type=Words)
    goes_up: bool
    aware_at: datetime
    report_by: datetime
    report_on: date
    lines: list[UUID] = Field(sa_type=IdList)
    look: UUID | None
    whose: UUID | None
    entered_by: UUID | None
    state: str = Field(sa_type=Words)
    finding: str | None = Field(sa_type=Words)
    harm: str | None = Field(sa_type=Words)
    people: str | None = Field(sa_type=Words)
    assessed_by: UUID | None
    had_a_part: list[UUID] = Field(sa_type=IdList)
    decision: str | None = Field(sa_type=Words)
    because: list[str] = Field(sa_type=WordList)
    decided_by: UUID | None
    decided_at: datetime | None


class UnusualLook(SQLModel, table=True):
    """What a rule found of one person's lines of one day."""

    __tablename__: ClassVar[Any] = "unusual_look"
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.UnusualLook),
        holds("over_its_limit", "times >= at_least"),
        holds("reviewed_says_what", "(state = 'REVIEWED') = (review is not null)"),
        holds("reviewed_says_when", "(state = 'REVIEWED') = (reviewed_on is not null)"),
        holds("reviewed_says_by_whom", "(state = 'REVIEWED') = (reviewed_by is not null)"),
        holds("not_by_himself", "reviewed_by <> whose"),
        Index("unusual_look_by_day", "jurisdiction", "day"),
        Index("unusual_look_by_prison", "prison", "day", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    rule: str = Field(sa_type=Words)
    at_least: int
    times: int
    whose: UUID
    role: str = Field(sa_type=Words)
    day: date
    lines: list[UUID] = Field(sa_type=IdList)
    state: str = Field(sa_type=Words)
    review_by: date
    review: str | None = Field(sa_type=Words)
    reviewed_by: UUID | None
    reviewed_on: date | None
