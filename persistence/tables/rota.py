"""What a rota needs, the pattern of its weeks, and what supporters wish of it."""

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


class RotaWish(OfScheme, table=True):
    """One supporter's side of a wish."""

    __tablename__: ClassVar[Any] = "rota_wish"
    __table_args__: ClassVar[Any] = truths(
        records.RotaWish,
        holds("only_a_swap_names_another", "(wish = 'SWAP') = (other is not null)"),
        holds("only_a_swap_has_two_sides", "(wish = 'SWAP') = (side is not null)"),
        holds("only_a_swap_is_asked_of_him", "wish = 'SWAP' or not asked_of_him"),
        holds("a_band_in_return_is_whole", "(for_day is null) = (for_band is null)"),
        holds("only_a_swap_has_a_return", "wish = 'SWAP' or for_day is null"),
        holds("only_a_swap_is_agreed", "wish = 'SWAP' or state <> 'AGREED'"),
        holds("nobody_swaps_with_himself", "other <> supporter"),
        Index("rota_wish_by_person", "person", "id"),
        Index("rota_wish_by_supporter", "prison", "supporter"),
    )

    supporter: UUID
    person: UUID
    wish: str = Field(sa_type=Words)
    day: date
    band: str = Field(sa_type=Words)
    other: UUID | None
    for_day: date | None
    for_band: str | None = Field(sa_type=Words)
    asked_of_him: bool
    side: UUID | None
    state: str = Field(sa_type=Words)
