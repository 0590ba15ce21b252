"""What was counted and let out of a month long over, in each prison; and of the whole jurisdiction once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.confidentiality.record import Record
from domain.metrics.record import Figure, FigurePeriod, RollUp
from domain.metrics.series import ALL, Series

MONTH, LONG_OVER = date(2026, 10, 1), date(2026, 1, 1)


def records(place: Any) -> Iterator[Record]:
    """A figure, and what one was counted from."""
    yield figure(place.id("figure"), place.jurisdiction, place.prison)
    if place.prefix == "":
        yield figure(place.id("figure:whole"), place.jurisdiction, None)
    yield RollUp(
        id=place.id("roll-up"),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        series=Series.UNLOCKING,
        of_month=LONG_OVER,
        closed_in=LONG_OVER,
        words=(ALL,),
        counts=(412,),
        people=(412,),
        most=(1,),
    )


def figure(id: Any, jurisdiction: str, prison: str | None) -> Figure:
    """Minutes of unlocking."""
    return Figure(
        id=id,
        jurisdiction=jurisdiction,
        prison=prison,
        series=Series.UNLOCKING,
        period=FigurePeriod.MONTH,
        first=MONTH,
        words=(ALL,),
        told=(410,),
    )
