"""Kinds of scheme that were made through the API, and partners' lists of exceptions: each row one version."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import AsSent, Words, holds, vocabularies


class KindVersion(SQLModel, table=True):
    """One version of a kind. Of one code one version holds in one place."""

    __tablename__: ClassVar[str] = "scheme_kind"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.KindVersion),
        holds("published_by_whom", "(published_by is null) = (published_on is null)"),
        holds("published_once_seen", "state <> 'PUBLISHED' or published_by is not null"),
        holds("number_counts", "number >= 1"),
        holds("another_published", "published_by is null or published_by <> made_by"),
        holds("another_confirmed", "confirmed_by is null or confirmed_by <> made_by"),
        holds("variant_has_base", "prison is null or base is not null"),
        Index(
            "scheme_kind_one_published",
            "jurisdiction",
            "code",
            text("coalesce(prison, '')"),
            unique=True,
            postgresql_where=text("state = 'PUBLISHED'"),
        ),
        Index("scheme_kind_numbered", "jurisdiction", "code", text("coalesce(prison, '')"), "number", unique=True),
        Index("scheme_kind_by_prison", "prison", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    code: str = Field(sa_type=Words)
    jurisdiction: str = Field(sa_type=Words)
    prison: str | None = Field(sa_type=Words)
    base: str | None = Field(sa_type=Words)
    number: int
    state: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    sheet: dict[str, Any] = Field(sa_type=AsSent)
    made_by: UUID
    confirmed_by: UUID | None
    published_by: UUID | None
    published_on: date | None
    withdrawn_on: date | None


class ExceptionList(SQLModel, table=True):
    """One version of a partner's list."""

    __tablename__: ClassVar[str] = "exception_list"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("jurisdiction", "organisation", "number", name="exception_list_numbered"),
        holds("version_counts", "version >= 1"),
        *vocabularies(records.ExceptionList),
        holds("published_by_whom", "(published_by is null) = (published_on is null)"),
        holds("published_once_seen", "state <> 'PUBLISHED' or published_by is not null"),
        holds("number_counts", "number >= 1"),
        holds("another_published", "published_by is null or published_by <> made_by"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    organisation: str = Field(sa_type=Words)
    jurisdiction: str = Field(sa_type=Words)
    number: int
    effective_from: date
    state: str = Field(sa_type=Words)
    exceptions: list[dict[str, Any]] = Field(sa_type=AsSent)
    made_by: UUID
    published_by: UUID | None
    published_on: date | None
