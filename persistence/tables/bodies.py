"""What stays of closed-policy requests and tallies: conduct in the open, sealed envelopes, and what was mixed."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import WordList, Words, holds, vocabularies


class Conduct(SQLModel, table=True):
    """One request that was not met, or one delay. No recipient, no cell, no supporter, and no column that could hold
    one."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Conduct),
        holds("no_free_text", "char_length(wing) <= 40"),
        holds("who_decided_gave_a_code", "coded_by is null or code is not null"),
        holds("role_decided_on_a_code", "decided_by_role is null or code is not null"),
        holds("held_up_by_whom", "cardinality(held_up_for) = cardinality(held_up_by)"),
        holds("expired_says_no_code", "(ended in ('EXPIRED', 'NOT_RECORDED')) = (code is null)"),
        holds(
            "added_is_not_recorded", "(ended = 'NOT_RECORDED') = (coalesce(reconciled, '') = 'ADDED_RETROSPECTIVELY')"
        ),
        holds("not_recorded_names_nobody", "ended <> 'NOT_RECORDED' or (coded_by is null and noted_by is null)"),
        holds("accounts_are_reconciled", "(accounts = '{}') = (reconciled is null)"),
        holds("accounts_say_when", "(accounts_on is null) = (reconciled is null)"),
        holds(
            "reviewed_says_what",
            "(review <> 'REVIEWED' or verdict is not null) and (review <> 'NOT_NEEDED' or verdict is null)",
        ),
        holds("reviewed_says_by_whom", "(verdict is null) = (reviewed_by is null)"),
        holds("reviewed_says_when", "(verdict is null) = (reviewed_on is null)"),
        holds("two_people", "reviewed_by is null or reviewed_by <> coded_by"),
        Index("conduct_by_day", "prison", "at", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    wing: str = Field(sa_type=Words)
    at: datetime
    ended: str = Field(sa_type=Words)
    code: str | None = Field(sa_type=Words)
    late: bool
    coded_by: UUID | None
    decided_by_role: str | None = Field(sa_type=Words)
    held_up_for: list[str] = Field(sa_type=WordList)
    held_up_by: list[str] = Field(sa_type=WordList)
    noted_by: UUID | None
    cleared_by: UUID | None
    goes_up: bool
    review: str = Field(sa_type=Words)
    verdict: str | None = Field(sa_type=Words)
    reviewed_by: UUID | None
    reviewed_on: date | None
    accounts: list[str] = Field(sa_type=WordList)
    reconciled: str | None = Field(sa_type=Words)
    accounts_on: date | None
    window_asked_for: bool
    after_hold: bool


class Envelope(SQLModel, table=True):
    """A sealed request, found by prison and day alone."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        Index("envelope_by_day", "prison", "day", "id"),
        Index("envelope_by_end", "delete_on", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    day: date
    delete_on: date
    sealed: bytes


_A_MONTH = ("month_is_its_first", "extract(day from month) = 1")


class MixedTally(SQLModel, table=True):
    """One tally, mixed. No column could hold a day, a wing or anybody."""

    __tablename__: ClassVar[str] = "mixed_tally"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.MixedTally),
        holds(*_A_MONTH),
        Index("mixed_tally_by_month", "prison", "month", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    month: date
    part: str = Field(sa_type=Words)
    duration: str = Field(sa_type=Words)
    concerns: list[str] = Field(sa_type=WordList)
    first_time: str = Field(sa_type=Words)
    suicidal_feelings: str = Field(sa_type=Words)
    self_harm: str = Field(sa_type=Words)


class Residue(SQLModel, table=True):
    """One request, mixed. Waits are told to five minutes."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Residue),
        holds(*_A_MONTH),
        holds(
            "waits_are_coarse",
            "coalesce(minutes_to_offer, 0) % 5 = 0 and coalesce(minutes_to_accept, 0) % 5 = 0"
            " and coalesce(minutes_to_unlock, 0) % 5 = 0 and coalesce(minutes_in_all, 0) % 5 = 0",
        ),
        Index("residue_by_month", "prison", "month", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    month: date
    part: str = Field(sa_type=Words)
    came_to: str = Field(sa_type=Words)
    minutes_to_offer: int | None
    minutes_to_accept: int | None
    minutes_to_unlock: int | None
    minutes_in_all: int | None


class MonthCount(SQLModel, table=True):
    """A closed month: once for each prison."""

    __tablename__: ClassVar[str] = "month_count"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        holds(*_A_MONTH),
        holds("people_where_five", "(people is null) = (requests < 5) and (unnamed is null) = (people is null)"),
        holds(
            "quarter_at_its_end",
            "(tallies_of_the_quarter is null) = (extract(month from month)::int % 3 <> 0)"
            " and (requests_of_the_quarter is null) = (tallies_of_the_quarter is null)",
        ),
        Index("month_count_once", "prison", "month", unique=True),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    month: date
    tallies: int
    requests: int
    people: int | None
    unnamed: int | None
    tallies_of_the_quarter: int | None
    requests_of_the_quarter: int | None


class EnvelopeHold(SQLModel, table=True):
    """Envelopes of a prison and some days are kept."""

    __tablename__: ClassVar[str] = "envelope_hold"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.EnvelopeHold),
        holds("days_in_order", "first_day <= last_day"),
        holds("lifted_says_by_whom", "(state = 'LIFTED') = (lifted_by is not null)"),
        holds("lifted_says_when", "(state = 'LIFTED') = (lifted_on is not null)"),
        holds("deleted_once_lifted", "deleted_on is null or state = 'LIFTED'"),
        holds("two_people", "lifted_by is null or lifted_by <> recorded_by"),
        holds("about_is_hashes", "array_to_string(about, '') ~ '^([0-9a-f]{64})*$'"),
        Index("envelope_hold_by_prison", "prison", "recorded_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    first_day: date
    last_day: date
    recorded_at: datetime
    recorded_by: UUID
    state: str = Field(sa_type=Words)
    lifted_by: UUID | None
    lifted_on: date | None
    deleted_on: date | None
    about: list[str] = Field(sa_type=WordList)
