"""The rota of each prison's reading scheme: what it needs, and a line of its pattern."""

from collections.abc import Iterator
from typing import Any

from domain.care.cover import CoverNeed
from domain.care.pattern import RotaLine
from domain.kernel.bands import Band
from domain.schemes.belonging import OfScheme
from domain.schemes.registers.hours import Weekday
from tests.http.registers_furniture import of


def rota(place: Any) -> Iterator[OfScheme]:
    """One of each."""
    yield CoverNeed(
        **of(place, "cover-need"), wing=f"{place.prison}-A", weekday=Weekday.TUESDAY, band=Band.AM, supporters=2
    )
    yield RotaLine(
        **of(place, "rota-line"),
        supporter=place.id("supporter:second-mentor"),
        weekday=Weekday.THURSDAY,
        band=Band.PM,
        wing=f"{place.prison}-A",
    )
