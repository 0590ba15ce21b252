"""What a rota needs, and the pattern of its weeks."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from domain import records
from persistence.tables.columns import Words, holds
from persistence.tables.of_scheme import OfScheme, truths


class CoverNeed(OfScheme, table=True):
    """How many a band of a weekday needs."""

    __tablename__: ClassVar[Any] = "cover_need"
    __table_args__: ClassVar[Any] = truths(
        records.CoverNeed,
        holds("counts", "supporters between 0 and 50"),
        Index(
            "cover_need_said_once",
            "scheme",
            text("coalesce(wing, '')"),
            "weekday",
            "band",
            unique=True,
            postgresql_where=text("supporters > 0"),
        ),
    )

    wing: str | None = Field(sa_type=Words)
    weekday: str = Field(sa_type=Words)
    band: str = Field(sa_type=Words)
    supporters: int


class RotaLine(OfScheme, table=True):
    """A supporter, a weekday, a band."""

    __tablename__: ClassVar[Any] = "rota_line"
    __table_args__: ClassVar[Any] = truths(
        records.RotaLine,
        Index(
            "rota_line_said_once",
            "supporter",
            "weekday",
            "band",
            unique=True,
            postgresql_where=text("ended_on is null"),
        ),
    )

    supporter: UUID
    weekday: str = Field(sa_type=Words)
    band: str = Field(sa_type=Words)
    wing: str | None = Field(sa_type=Words)
    ended_on: date | None
