"""When the made-up people are to be released: for every number of the made-up range, so that whoever comes in has a day
too. One in nine is on remand, and has none."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from api.demonstration.people import made_up_number

_REMAND: Final = 9
_SPREAD: Final = 720
"""Days: two years, over which releases are spread evenly."""


def release_of(identifier: str, today: date) -> date | None:
    """Of a number of the made-up range, the same on each start of one day. None: on remand."""
    n = int(identifier[1:5])
    return None if n % _REMAND == 0 else today + timedelta(days=7 + n * 37 % _SPREAD)


def releases(today: date) -> Mapping[str, date | None]:
    """Of them all, by prison number."""
    return {number: release_of(number, today) for number in map(made_up_number, range(1, 10_000))}
