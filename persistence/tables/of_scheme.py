"""What the tables of whatever belongs to a scheme have alike."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain.confidentiality.record import Record
from persistence.tables.columns import Words, holds, vocabularies


class OfScheme(SQLModel):
    """What every table of what belongs to a scheme has."""

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)


def truths(record: type[Record], *more: Any, by: str | None = None) -> Any:
    """What holds of each of its rows, and the index of its list; `by`: the column that orders it."""
    table = record.shape.kind.replace("-", "_")
    lists = [Index(f"{table}_by_scheme", "prison", "scheme", "id")]
    if by is not None:
        lists.append(Index(f"{table}_by_day", "prison", "scheme", by, "id"))
    return (holds("version_counts", "version >= 1"), *vocabularies(record), *lists, *more)
