"""The registers of schemes."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain import records
from domain.confidentiality.record import Record
from persistence.tables.columns import WordList, Words, holds, vocabularies


class _OfScheme(SQLModel):
    """What every one of them has."""

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)


def _truths(record: type[Record], *more: Any) -> Any:
    table = record.shape.kind.replace("-", "_")
    place = Index(f"{table}_by_scheme", "prison", "scheme", "id")
    return (holds("version_counts", "version >= 1"), *vocabularies(record), place, *more)


class ContingencyPlan(_OfScheme, table=True):
    """What covers for a scheme that cannot run."""

    __tablename__: ClassVar[Any] = "contingency_plan"
    __table_args__: ClassVar[Any] = _truths(records.ContingencyPlan)

    trigger: str = Field(sa_type=Words)
    cover: list[str] = Field(sa_type=WordList)
    cover_in_words: str | None = Field(sa_type=Words)
    tell: list[str] = Field(sa_type=WordList)
    review_on: date
    in_force: bool
    activation: UUID | None


class Activation(_OfScheme, table=True):
    """A plan switched on."""

    __table_args__: ClassVar[Any] = _truths(records.Activation)

    plan: UUID
    trigger: str = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    why: str = Field(sa_type=Words)
    started_at: datetime
    started_by: UUID
    to_tell: list[str] = Field(sa_type=WordList)
    told: list[str] = Field(sa_type=WordList)
    log_entries: int
    ended_at: datetime | None
    ended_by: UUID | None
    untold_because: str | None = Field(sa_type=Words)
    review_on: date | None
    reviewed_on: date | None
    learned: str | None = Field(sa_type=Words)
    learned_in_words: str | None = Field(sa_type=Words)


class LogEntry(_OfScheme, table=True):
    """A line of an activation's log."""

    __tablename__: ClassVar[Any] = "log_entry"
    __table_args__: ClassVar[Any] = _truths(
        records.LogEntry, Index("log_entry_by_time", "prison", "scheme", "at", "id")
    )

    activation: UUID
    at: datetime
    code: str = Field(sa_type=Words)
    told: str | None = Field(sa_type=Words)
    words: str | None = Field(sa_type=Words)
    author: UUID


class Risk(_OfScheme, table=True):
    """What may go wrong with a scheme."""

    __table_args__: ClassVar[Any] = _truths(
        records.Risk,
        holds("likelihood_of_five", "likelihood between 1 and 5"),
        holds("impact_of_five", "impact between 1 and 5"),
    )

    risk: str = Field(sa_type=Words)
    in_words: str | None = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    likelihood: int | None
    impact: int | None
    owner: str | None = Field(sa_type=Words)
    assessed_on: date | None
    review_on: date | None
    settled_because: str | None = Field(sa_type=Words)


class Action(_OfScheme, table=True):
    """Something to be done by a day."""

    __table_args__: ClassVar[Any] = _truths(records.Action, Index("action_by_day", "prison", "scheme", "due_on", "id"))

    about: str = Field(sa_type=Words)
    which: UUID
    what: str = Field(sa_type=Words)
    owner: str = Field(sa_type=Words)
    due_on: date
    done_on: date | None
    outcome: str | None = Field(sa_type=Words)


class ServiceTime(_OfScheme, table=True):
    """A time of the week at which a scheme runs, by the clock on the wall. That none overlaps another is decided by its
    act, in one serializable transaction."""

    __tablename__: ClassVar[Any] = "service_time"
    __table_args__: ClassVar[Any] = _truths(
        records.ServiceTime,
        holds("starts_by_clock", "starts ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'"),
        holds("ends_by_clock", "ends ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'"),
        holds("days_in_order", "valid_from <= valid_until"),
    )

    weekday: str = Field(sa_type=Words)
    band: str = Field(sa_type=Words)
    starts: str = Field(sa_type=Words)
    ends: str = Field(sa_type=Words)
    valid_from: date
    valid_until: date | None
    place: UUID | None


class MeetingPlace(_OfScheme, table=True):
    """Where a scheme meets."""

    __tablename__: ClassVar[Any] = "meeting_place"
    __table_args__: ClassVar[Any] = _truths(records.MeetingPlace)

    kind: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    wing: str | None = Field(sa_type=Words)
    out_of_use_since: date | None
    out_of_use_for: str | None = Field(sa_type=Words)
    outage: UUID | None


class Outage(_OfScheme, table=True):
    """A time in which a place was out of use."""

    __table_args__: ClassVar[Any] = _truths(records.Outage, Index("outage_by_day", "prison", "scheme", "since", "id"))

    place: UUID
    reason: str = Field(sa_type=Words)
    since: date
    until: date | None
