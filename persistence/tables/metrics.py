"""What was counted of months that are over, and what of it was let out. No column could hold a day or anybody."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import NumberList, WordList, Words, holds, vocabularies


class RollUp(SQLModel, table=True):
    """A series of a scheme or prison in a month: once for each month with which it was counted."""

    __tablename__: ClassVar[str] = "roll_up"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.RollUp),
        holds("months_are_their_first", "extract(day from of_month) = 1 and extract(day from closed_in) = 1"),
        holds("closed_after", "closed_in >= of_month"),
        holds(
            "a_number_a_word",
            "cardinality(counts) = cardinality(words) and cardinality(people) = cardinality(words)"
            " and cardinality(most) = cardinality(words)",
        ),
        holds("no_free_text", "char_length(array_to_string(words, '')) <= 600"),
        Index(
            "roll_up_once",
            "prison",
            "series",
            "of_month",
            "closed_in",
            "scheme",
            "wing",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("roll_up_by_closing", "jurisdiction", "series", "closed_in", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    scheme: UUID | None
    organisation: str | None = Field(sa_type=Words)
    wing: str | None = Field(sa_type=Words)
    series: str = Field(sa_type=Words)
    of_month: date
    closed_in: date
    words: list[str] = Field(sa_type=WordList)
    counts: list[int] = Field(sa_type=NumberList)
    people: list[int] = Field(sa_type=NumberList)
    most: list[int] = Field(sa_type=NumberList)
    waits: list[int] = Field(sa_type=NumberList)


class Figure(SQLModel, table=True):
    """What was let out: once of each place and period."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Figure),
        holds("first_is_a_first", "extract(day from first) = 1"),
        holds("a_number_a_word", "cardinality(told) + cardinality(told_cleared) = cardinality(words)"),
        holds("told_once", "told = '{}' or told_cleared = '{}'"),
        holds("no_free_text", "char_length(array_to_string(words, '')) <= 400"),
        holds("waits_are_coarse", "coalesce(median, 0) % 5 = 0 and coalesce(nine_in_ten, 0) % 5 = 0"),
        Index(
            "figure_once",
            *("jurisdiction", "series", "period", "first", "prison", "scheme", "wing"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("figure_by_scheme", "scheme", "series", "period", "first"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str | None = Field(sa_type=Words)
    scheme: UUID | None
    organisation: str | None = Field(sa_type=Words)
    wing: str | None = Field(sa_type=Words)
    series: str = Field(sa_type=Words)
    period: str = Field(sa_type=Words)
    first: date
    words: list[str] = Field(sa_type=WordList)
    told: list[int] = Field(sa_type=NumberList)
    told_cleared: list[int] = Field(sa_type=NumberList)
    late: int
    late_cleared: int
    median: int | None
    nine_in_ten: int | None


class CoverKept(SQLModel, table=True):
    """How the rota of a scheme covered a month: once of each."""

    __tablename__: ClassVar[str] = "cover_kept"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.CoverKept),
        holds("month_is_its_first", "extract(day from month) = 1"),
        holds(
            "a_number_a_wing",
            "cardinality(day_needed) = cardinality(wings) and cardinality(day_covered) = cardinality(wings)"
            " and cardinality(night_needed) = cardinality(wings) and cardinality(night_covered) = cardinality(wings)",
        ),
        Index("cover_kept_once", "prison", "month", "scheme", unique=True),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    scheme: UUID
    month: date
    wings: list[str] = Field(sa_type=WordList)
    day_needed: list[int] = Field(sa_type=NumberList)
    day_covered: list[int] = Field(sa_type=NumberList)
    night_needed: list[int] = Field(sa_type=NumberList)
    night_covered: list[int] = Field(sa_type=NumberList)
