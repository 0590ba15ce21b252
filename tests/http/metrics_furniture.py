"""What was counted and let out of a month long over: in each prison, and of the whole of a jurisdiction."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.confidentiality.record import Record
from domain.metrics.record import Figure, FigurePeriod, RollUp
from domain.metrics.series import LAYOUTS, Series

MONTH = date(2026, 10, 1)
ASKED = Series.LISTENER_REQUESTS
WORDS = LAYOUTS[ASKED].words
COUNTS = {"NIGHT_MET": 40, "NIGHT_UNMET": 20, "NIGHT": 60, "MET": 40, "UNMET": 20, "ALL": 60}


def records(place: Any) -> Iterator[Record]:
    """A figure, and what it was counted from."""
    counts = tuple(COUNTS.get(word, 0) for word in WORDS)
    yield figure(place.id("figure"), place.jurisdiction, place.prison, counts)
    if place.prefix == "":
        yield figure(place.id("figure:whole"), place.jurisdiction, None, tuple(2 * n for n in counts))
    yield RollUp(
        id=place.id("roll-up"),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        series=ASKED,
        of_month=MONTH,
        closed_in=MONTH,
        words=WORDS,
        counts=counts,
        people=counts,
        most=tuple(min(1, n) for n in counts),
    )


def figure(id: Any, jurisdiction: str, prison: str | None, told: tuple[int, ...]) -> Figure:
    """Requests for a Listener: forty of sixty were met in a prison, all at night."""
    return Figure(
        id=id,
        jurisdiction=jurisdiction,
        prison=prison,
        series=ASKED,
        period=FigurePeriod.MONTH,
        first=MONTH,
        words=WORDS,
        told=told,
    )
