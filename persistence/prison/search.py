"""Prisoner Search: who is where, who lives in a prison, and when people are to be released (hmpps.md 3).

Numbers go in bodies, and only the fields that are read are asked for. What comes back is believed as it stands at that
moment and kept nowhere here: events and reconciliation read it anew before they act on it.
"""

import contextlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from domain.kernel.whereabouts import InOut, Located
from domain.kernel.words import JURISDICTIONS
from persistence.prison.asking import (
    CannotBeAsked,
    Json,
    a_text,
    an_object,
    chunks,
    day,
    flag,
    number,
    objects,
    text,
    unreadable,
)
from persistence.prison.upstream import Upstream

T = TypeVar("T")

NOMS: Final = JURISDICTIONS["EW"].identifiers[0]
"""The estate's numbers: whoever is named otherwise is not in it."""
MOST_NUMBERS: Final = 1000
"""How many it takes at once."""
PAGE: Final = 2000
"""More than any prison holds: its pages shift while they are turned, so that one is asked for (hmpps.md 2.3)."""
_MOST_PAGES: Final = 10
_PLACE: Final = (
    "prisonerNumber",
    "status",
    "inOutStatus",
    "prisonId",
    "cellLocation",
    "restrictedPatient",
    "lastMovementTypeCode",
    "lastMovementReasonCode",
    "legalStatus",
)
_NUMBER: Final = re.compile(NOMS.pattern)
_PRISON: Final = re.compile(r"[A-Z][A-Z0-9]{2,4}")
_WING: Final = re.compile(r"[A-Z0-9]{1,4}")
_DEATH: Final = "DEC"
"""The reason of a movement out: deceased."""


def is_number(identifier: str) -> bool:
    """Whether it has the form of the estate's numbers. No other is ever sent."""
    return _NUMBER.fullmatch(identifier) is not None


def is_prison(code: str) -> bool:
    """Whether it has the form of a prison's code, and is none of the two that say that somebody is in no prison."""
    return _PRISON.fullmatch(code) is not None and code not in ("OUT", "TRN")


def fields(names: Sequence[str]) -> list[tuple[str, str]]:
    """The query that asks for these fields and no others."""
    return [("responseFields", name) for name in names]


async def found_by_number(search: Upstream, numbers: Collection[str], names: Sequence[str]) -> dict[str, Json]:
    """What is known of each, by number; whoever is not known is not in it. Raises `CannotBeAsked`."""
    known: dict[str, Json] = {}
    for some in chunks((n for n in numbers if is_number(n)), MOST_NUMBERS):
        said = await search.ask(
            "POST",
            "/prisoner-search/prisoner-numbers",
            query=fields(names),
            body={"prisonerNumbers": list(some)},
        )
        asked = set(some)
        found = {a_text(each, "prisonerNumber"): each for each in objects(said)}
        known |= {n: each for n, each in found.items() if n in asked}
    return known


def release_day(held: Json) -> date | None:
    """When he is to be released: the day that was confirmed, or else the one that was worked out."""
    return day(held, "confirmedReleaseDate") or day(held, "releaseDate")


class SearchedWhereabouts:
    """Where people are now (`domain.kernel.whereabouts.Whereabouts`)."""

    def __init__(self, search: Upstream) -> None:
        self._search = search

    async def __call__(self, identifiers: Collection[str]) -> Mapping[str, Located | None] | None:
        """Of each who was asked about and can be read; None: it cannot be asked now."""
        try:
            known = await found_by_number(self._search, identifiers, _PLACE)
            return dict.fromkeys(set(identifiers) - known.keys()) | _readable(known, located)
        except CannotBeAsked:
            return None


class SearchedResidents:
    """Who lives in a prison now (`domain.kernel.whereabouts.Residents`)."""

    def __init__(self, search: Upstream) -> None:
        self._search = search

    async def __call__(self, prison: str) -> Mapping[str, Located | None] | None:
        """All of them, by number, with None for one whose record says it in no way that we know; None: it cannot be
        asked now, or the pages do not make up a whole."""
        if not is_prison(prison):
            return None
        known: dict[str, Located | None] = {}
        try:
            for page in range(_MOST_PAGES):
                said = await self._search.ask(
                    "GET",
                    f"/prison/{prison}/prisoners",
                    query=[
                        *fields(_PLACE),
                        ("page", str(page)),
                        ("size", str(PAGE)),
                        ("sort", "prisonerNumber,ASC"),
                    ],
                )
                held = an_object(said)
                some = {a_text(each, "prisonerNumber"): each for each in objects(held.get("content"))}
                known |= {**dict.fromkeys(some), **_readable(some, located)}
                if flag(held, "last") is not False or not some:
                    return known if len(known) >= number(held, "totalElements") else None
        except CannotBeAsked:
            return None
        return None


class SearchedReleases:
    """When people are to be released (`domain.ports.Releases`)."""

    def __init__(self, search: Upstream) -> None:
        self._search = search

    async def __call__(self, prison: str, identifiers: Collection[str]) -> Mapping[str, date | None] | None:
        """By number, wherever each of them is: who was moved since is to be released all the same."""
        del prison
        try:
            known = await found_by_number(
                self._search, identifiers, ("prisonerNumber", "releaseDate", "confirmedReleaseDate")
            )
            return _readable(known, release_day)
        except CannotBeAsked:
            return None


def _readable(held: Mapping[str, Json], read: Callable[[Json], T]) -> dict[str, T]:
    """What each record says. One that says it in no way that we know is left out, and costs the others nothing."""
    found: dict[str, T] = {}
    for whose, one in held.items():
        with contextlib.suppress(CannotBeAsked):
            found[whose] = read(one)
    return found


def located(held: Json) -> Located:
    """Where somebody is, as his record says it. Raises `CannotBeAsked`: it says it in no way that we know."""
    where, in_out = text(held, "prisonId"), _in_out(held)
    prison = where if where is not None and is_prison(where) else None
    return Located(
        prison=prison,
        in_out=in_out,
        wing=None if prison is None else _wing(prison, text(held, "cellLocation")),
        restricted_patient=flag(held, "restrictedPatient") is True,
        last_movement=text(held, "lastMovementTypeCode"),
        dead=text(held, "legalStatus") == "DEAD" or text(held, "lastMovementReasonCode") == _DEATH,
    )


def _in_out(held: Json) -> InOut:
    """`inOutStatus`, or the end of `status` ("ACTIVE IN", "INACTIVE TRN"), which says the same."""
    said = text(held, "inOutStatus") or (text(held, "status") or "").rpartition(" ")[2]
    if said not in InOut.__members__:
        raise unreadable()
    return InOut(said)


def _wing(prison: str, cell: str | None) -> str | None:
    """The wing of a cell, `MDI-A` of `A-1-002`. What is no cell (RECP, COURT, CSWAP) has no parts, and no wing."""
    first, divided, _ = (cell or "").partition("-")
    return f"{prison}-{first}" if divided and _WING.fullmatch(first) else None
