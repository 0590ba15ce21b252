"""What left a scheme, worries about somebody who has not asked, and referrals to other help."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import WordList, Words, holds, vocabularies
from persistence.tables.of_scheme import OfScheme, truths


class Escalation(OfScheme, table=True):
    """One time that something was passed on. No column for a person, and under a closed policy no day."""

    __table_args__: ClassVar[Any] = truths(
        records.Escalation,
        holds("of_a_month", "extract(day from month) = 1"),
        holds("closed_keeps_no_day", "not closed or told_on is null"),
        holds("a_ground_is_of_a_list", "(ground is null) = (list_number is null)"),
        holds("a_reason_goes_with_not_before", "(person_told = 'BEFORE') = (not_told_for is null)"),
        holds("something_was_shared", "cardinality(shared) > 0"),
    )

    closed: bool
    month: date
    told_on: date | None
    late: bool
    basis: str = Field(sa_type=Words)
    ground: bytes | None
    list_number: int | None
    decided_by: str = Field(sa_type=Words)
    consent: str = Field(sa_type=Words)
    shared: list[str] = Field(sa_type=WordList)
    told_to: str = Field(sa_type=Words)
    how: str = Field(sa_type=Words)
    person_told: str = Field(sa_type=Words)
    not_told_for: str | None = Field(sa_type=Words)
    outcome: str = Field(sa_type=Words)
    author: UUID


class Concern(SQLModel, table=True):
    """A worry, for a day. It shares no value with a request but the prison; whom it is about is ciphertext."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.ConcernRaised),
        holds("always_closed", "closed"),
        Index("concern_by_end", "readable_until", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    closed: bool
    offer: bytes
    who: str = Field(sa_type=Words)
    whom: bytes
    cell: bytes | None
    readable_until: datetime
    seen_to: bool


class Referral(OfScheme, table=True):
    """Somebody sent on to other help, with his yes."""

    __table_args__: ClassVar[Any] = truths(
        records.Referral,
        holds("answered_says_when", "(state = 'MADE') = (answered_on is null)"),
        holds("never_closed", "not closed"),
        Index("referral_by_person", "person", "id"),
    )

    closed: bool
    enrolment: UUID
    person: UUID
    referred_to: str = Field(sa_type=Words)
    agreed_on: date
    state: str = Field(sa_type=Words)
    answered_on: date | None
    author: UUID
