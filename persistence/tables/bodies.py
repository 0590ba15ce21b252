"""What stays of closed-policy requests: conduct in the open, and sealed envelopes."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import Words, holds, vocabularies


class Conduct(SQLModel, table=True):
    """One request that was not met. No recipient, no cell, no supporter, and no column that could hold one."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Conduct),
        holds("no_free_text", "char_length(wing) <= 40"),
        holds("who_decided_gave_a_code", "coded_by is null or code is not null"),
        holds("expired_says_no_code", "(ended = 'EXPIRED') = (code is null)"),
        holds("reviewed_says_what", "(review = 'REVIEWED') = (verdict is not null)"),
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
    noted_by: UUID | None
    cleared_by: UUID | None
    goes_up: bool
    review: str = Field(sa_type=Words)
    verdict: str | None = Field(sa_type=Words)
    reviewed_by: UUID | None
    reviewed_on: date | None


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
