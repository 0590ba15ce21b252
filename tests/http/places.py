"""The three prisons that these tests furnish, and the days of which they speak."""

import dataclasses
from datetime import timedelta
from typing import Any

from tests.http.cast import START, uid

Ids = Any
"""The kinds of id are the type checker's own; these tests speak of plain ones."""

TODAY = START.date()
LONG_AGO = TODAY - timedelta(days=200)


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A prison as these tests furnish it."""

    prefix: str
    prison: str
    jurisdiction: str = "EW"

    def id(self, name: str) -> Ids:
        """The id of what is called so here."""
        return uid(self.prefix + name)


MOORLAND, LEEDS, MOUNTJOY = Place("", "MDI"), Place("far:", "LEI"), Place("irish:", "MJY", "IE")
