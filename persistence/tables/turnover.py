"""Supporters' staying, going and being paid: holds, passports, references, self-ratings, pay."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import WordList, Words, holds, vocabularies
from persistence.tables.registers import OfScheme, truths


class TransferHold(OfScheme, table=True):
    """A request that a supporter be not moved."""

    __tablename__: ClassVar[Any] = "transfer_hold"
    __table_args__: ClassVar[Any] = truths(
        records.TransferHold,
        holds("refused_says_why", "(state = 'REFUSED') = (refused_for is not null)"),
        holds("decided_is_whole", "(decided_by is null) = (decided_on is null)"),
        holds("granted_was_decided", "state not in ('GRANTED', 'REFUSED') or decided_on is not null"),
        holds("ended_says_how", "(state = 'ENDED') = (outcome is not null)"),
        holds("not_decided_by_who_asked", "decided_by <> asked_by"),
    )

    supporter: UUID
    person: UUID
    reason: str = Field(sa_type=Words)
    until: date
    state: str = Field(sa_type=Words)
    asked_by: UUID
    asked_on: date
    decided_by: UUID | None
    decided_on: date | None
    refused_for: str | None = Field(sa_type=Words)
    ended_on: date | None
    outcome: str | None = Field(sa_type=Words)


class Passport(OfScheme, table=True):
    """What a supporter takes with him. The name is ciphertext."""

    __table_args__: ClassVar[Any] = truths(
        records.Passport,
        holds("withdrawn_says_when", "(state = 'WITHDRAWN') = (withdrawn_on is not null)"),
        holds("months_in_order", "served_from <= served_until"),
    )

    supporter: UUID
    person: UUID
    name: bytes
    kind: str = Field(sa_type=Words)
    certificate: str | None = Field(sa_type=Words)
    certified_on: date | None
    certificate_expires_on: date | None
    modules: list[str] = Field(sa_type=WordList)
    signed_off: list[str] = Field(sa_type=WordList)
    served_from: date
    served_until: date | None
    valid_until: date
    state: str = Field(sa_type=Words)
    consented_on: date
    withdrawn_on: date | None
    verified_on: date | None
    taken_on: date | None


class Reference(OfScheme, table=True):
    """What was written of a supporter. The name is ciphertext."""

    __table_args__: ClassVar[Any] = truths(
        records.Reference,
        holds("answered_says_when", "(state = 'WRITTEN') = (answered_on is null)"),
        holds("months_in_order", "served_from <= served_until"),
    )

    supporter: UUID
    person: UUID
    name: bytes
    kind: str = Field(sa_type=Words)
    strengths: list[str] = Field(sa_type=WordList)
    served_from: date
    served_until: date | None
    written_by: UUID
    written_on: date
    state: str = Field(sa_type=Words)
    answered_on: date | None


class SelfRating(OfScheme, table=True):
    """How a supporter rates himself."""

    __tablename__: ClassVar[Any] = "self_rating"
    __table_args__: ClassVar[Any] = truths(
        records.SelfRating,
        holds("scales_of_ten", "identity between 0 and 10 and confidence between 0 and 10"),
        holds("employability_of_ten", "employability between 0 and 10"),
        Index("self_rating_once_before", "supporter", unique=True, postgresql_where=text("moment = 'BEFORE'")),
    )

    supporter: UUID
    person: UUID
    moment: str = Field(sa_type=Words)
    identity: int
    confidence: int
    employability: int
    rated_on: date


class PayEntry(OfScheme, table=True):
    """A supporter's pay of a week."""

    __tablename__: ClassVar[Any] = "pay_entry"
    __table_args__: ClassVar[Any] = truths(
        records.PayEntry,
        holds("week_begins_on_monday", "extract(isodow from week_of) = 1"),
        holds("days_of_a_week", "half_days >= 0 and full_days >= 0 and half_days + 2 * full_days between 1 and 14"),
        holds("amount_is_none_s_debt", "money_minor_units >= 0"),
        Index("pay_entry_once_a_week", "supporter", "week_of", unique=True),
    )

    supporter: UUID
    person: UUID
    week_of: date
    band: str = Field(sa_type=Words)
    half_days: int
    full_days: int
    money_minor_units: int
    entered_by: UUID


class PayRate(SQLModel, table=True):
    """What a pay band of a prison is paid."""

    __tablename__: ClassVar[Any] = "pay_rate"
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.PayRate),
        holds("begins_on_monday", "extract(isodow from valid_from) = 1"),
        holds("ends_on_sunday", "extract(isodow from valid_until) = 7 and valid_until > valid_from"),
        holds("amounts_are_none_s_debt", "money_minor_units_half_day >= 0 and money_minor_units_full_day >= 0"),
        Index("pay_rate_by_prison", "prison", "band", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    band: str = Field(sa_type=Words)
    money_minor_units_half_day: int
    money_minor_units_full_day: int
    valid_from: date
    valid_until: date | None


class ComparisonJob(SQLModel, table=True):
    """Another prison job."""

    __tablename__: ClassVar[Any] = "comparison_job"
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.ComparisonJob),
        holds("days_of_a_week", "half_days between 0 and 14"),
        holds("somebody_has_it", "places >= 1"),
        Index("comparison_job_by_prison", "prison", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    job: str = Field(sa_type=Words)
    band: str = Field(sa_type=Words)
    half_days: int
    money_minor_units: int
    places: int
    in_use: bool
