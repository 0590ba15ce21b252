"""Who there is: people in custody and principals, each joined to an identity in one row; and who may act."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import DayList, WordList, Words, holds, vocabularies


class Person(SQLModel, table=True):
    """`identifier_index` finds an identifier again without reading it: keyed, and made by the store alone."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("jurisdiction", "identifier_kind", "identifier_index", name="person_known_once"),
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Person),
        holds("person_is_id", "person = id"),
        Index("person_by_prison", "prison", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    person: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    wing: str | None = Field(sa_type=Words)
    identifier_kind: str = Field(sa_type=Words)
    identifier: bytes
    identifier_index: bytes
    name: bytes
    moved_at: datetime | None
    left_at: datetime | None


class Actor(SQLModel, table=True):
    """A principal. It has no prison; whoever looks must have a scope, and the reach decides the rest."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("issuer", "kind", "subject_index", name="actor_known_once"),
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Actor),
        holds("nobody_in_custody", "kind <> 'IN_CUSTODY'"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    issuer: str = Field(sa_type=Words)
    subject: bytes
    subject_index: bytes
    kind: str = Field(sa_type=Words)
    person: UUID | None


# What makes two assignments the same, as one value that a range of ids can hold: without the extension btree_gist an
# exclusion constraint compares ranges only (DESIGN 6), and a plain unique index cannot speak of dates that overlap.
_SAME = (
    "md5(holder::text || '|' || role || '|' || jurisdiction || '|' || coalesce(prison, '') || '|' ||"
    " coalesce(scheme::text, '') || '|' || organisation)::uuid"
)


class Assignment(SQLModel, table=True):
    """That somebody may act. No two of one holder say the same for overlapping days, unless one was ended."""

    __table_args__: ClassVar[Any] = (
        ExcludeConstraint(
            (text(f"uuidrange({_SAME}, {_SAME}, '[]')"), "&&"),
            (text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            where=text("ended_at is null"),
            name="assignment_not_twice",
        ),
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Assignment),
        holds("days_in_order", "starts_on <= ends_on"),
        Index("assignment_by_prison", "prison", "id"),
        Index("assignment_by_holder", "holder"),
        Index("assignment_by_subject", "subject_index"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    holder: UUID
    issuer: str = Field(sa_type=Words)
    subject: bytes
    subject_index: bytes
    principal_kind: str = Field(sa_type=Words)
    role: str = Field(sa_type=Words)
    jurisdiction: str = Field(sa_type=Words)
    prison: str | None = Field(sa_type=Words)
    scheme: UUID | None
    organisation: str = Field(sa_type=Words)
    visit_days: list[date] = Field(sa_type=DayList)
    starts_on: date
    ends_on: date
    proposed_by: UUID | None
    proposer_organisation: str | None = Field(sa_type=Words)
    confirmed_by: UUID | None
    needs_second: bool
    ended_at: datetime | None
    last_used_on: date | None


class Duty(SQLModel, table=True):
    """A declared duty."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Duty),
        Index("duty_by_prison", "prison", "id"),
        Index("duty_by_author", "author", "ends_at"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    author: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    wings: list[str] = Field(sa_type=WordList)
    band: str = Field(sa_type=Words)
    starts_at: datetime
    ends_at: datetime


class Watch(SQLModel, table=True):
    """A watch of the board."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        Index("watch_by_prison", "prison", "id"),
        Index("watch_open", "ends_at", postgresql_where=text("closed_at is null")),
    )

    id: UUID = Field(primary_key=True)
    version: int
    author: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None


class EventTaken(SQLModel, table=True):
    """An event of the prison's systems that was taken in. It is of no prison and of nobody: whoever looks must have a
    scope."""

    __tablename__: ClassVar[str] = "prison_event"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.EventTaken),
        holds("type_is_a_name", "type ~ '^[A-Za-z0-9._-]{1,100}$'"),
        Index("prison_event_by_time", "taken_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    type: str = Field(sa_type=Words)
    occurred_at: datetime
    taken_at: datetime
    followed: str = Field(sa_type=Words)


class TokensEnded(SQLModel, table=True):
    """Tokens that ended before their time. They are of no prison, and whose they were nobody reads: whoever looks must
    have a scope."""

    __tablename__: ClassVar[str] = "tokens_ended"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        Index("tokens_ended_by_time", "ended_at", "id"),
        Index("tokens_ended_until", "until", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    ended_at: datetime
    issued_before: datetime | None
    until: datetime
