"""Where the prison's own systems say that people in custody are (domain facts 4, hmpps.md 3.2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class InOut(StrEnum):
    """Whether somebody is inside a prison, out of custody's doors (court, hospital, released), or in transit."""

    IN = "IN"
    OUT = "OUT"
    TRN = "TRN"


@dataclass(frozen=True, slots=True)
class Located:
    """Where one person is, as it is known now. None in a member is 'not known', and never 'no'."""

    prison: str | None
    """The prison's code. None: he is in none, being out of all of them or between two."""
    in_out: InOut
    """Of one who has a prison: OUT is out of it for the day, at court or on leave, and he is still its own."""
    wing: str | None = None
    """As wings are named here: the prison's code, a hyphen, and the first part of the cell's place (`MDI-A`)."""
    restricted_patient: bool = False
    """In a hospital under section, with a prison that answers for him: released from prison and not free."""
    last_movement: str | None = None
    """The kind of his last movement by its code: ADM, REL, TRN, CRT, TAP."""
    dead: bool = False


class Whereabouts(Protocol):
    """Where people are, by their prison numbers. A number whose value is None is not known there (one that was merged
    away is not, either), and one that is not in the answer could not be asked about. None as the whole: the source is
    not configured, or cannot be asked now."""

    async def __call__(self, identifiers: Collection[str]) -> Mapping[str, Located | None] | None: ...


class Residents(Protocol):
    """Everybody who is a prison's own now, by prison number: what the nightly reconciliation compares with. None of one
    of them: he is there, and what is said of where cannot be read. None as the whole: the source is not configured, or
    cannot be asked for all of them now; a part is never given for the whole."""

    async def __call__(self, prison: str) -> Mapping[str, Located | None] | None: ...


async def nobody_located(identifiers: Collection[str]) -> Mapping[str, Located | None] | None:
    """No source of whereabouts is set up."""
    del identifiers
    return None


async def no_residents(prison: str) -> Mapping[str, Located | None] | None:
    """No source of a prison's residents is set up."""
    del prison
    return None
