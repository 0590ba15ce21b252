"""The rota of each prison's reading scheme: what it needs, and a line of its pattern."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.care.cover import CoverNeed
from domain.care.pattern import RotaLine
from domain.care.wish import RotaWish, RotaWishKind
from domain.kernel.bands import Band
from domain.schemes.belonging import OfScheme
from domain.schemes.registers.hours import Weekday
from tests.http.cast import person
from tests.http.registers_furniture import TODAY, of


def rota(place: Any) -> Iterator[OfScheme]:
    """One of each."""
    yield CoverNeed(
        **of(place, "cover-need"), wing=f"{place.prison}-A", weekday=Weekday.TUESDAY, band=Band.AM, supporters=2
    )
    yield RotaWish(
        **of(place, "rota-wish"),
        supporter=place.id("supporter:second-mentor"),
        person=person(place.prefix + "second-mentor"),
        wish=RotaWishKind.DROP,
        day=TODAY + timedelta(days=2),
        band=Band.PM,
    )
    # What is asked of the mentor, and what is his.
    swap: dict[str, Any] = {"wish": RotaWishKind.SWAP, "day": TODAY + timedelta(days=1), "band": Band.AM}
    yield RotaWish(
        **of(place, "rota-wish:swap"),
        **swap,
        supporter=place.id("supporter:second-mentor"),
        person=person(place.prefix + "second-mentor"),
        other=place.id("supporter:mentor"),
        side=place.id("rota-wish:asked"),
    )
    yield RotaWish(
        **of(place, "rota-wish:asked"),
        **swap,
        supporter=place.id("supporter:mentor"),
        person=person(place.prefix + "mentor"),
        other=place.id("supporter:second-mentor"),
        side=place.id("rota-wish:swap"),
        asked_of_him=True,
    )
    yield RotaLine(
        **of(place, "rota-line"),
        supporter=place.id("supporter:second-mentor"),
        weekday=Weekday.THURSDAY,
        band=Band.PM,
        wing=f"{place.prison}-A",
    )
