"""Made-up people and the two prisons they are in.

Names are put together from given names of many places and family names that nobody has. Prison numbers have the form
of England and Wales in a range that is kept for the made-up: `Z0001ZZ` to `Z9999ZZ`; real ones have not come near it
(hmpps.md knows them by A and G). The prisons' codes are codes of the estate, so that whoever knows it finds his way;
wings, people and everything that happens there are invented.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Final

JURISDICTION: Final = "EW"
FIRST_STRANGER: Final = 100
"""Numbers below this one are kept for the cast."""

_MADE_UP: Final = re.compile(r"Z\d{4}ZZ")

_GIVEN: Final = (
    "Aaron Abdi Adeyemi Amir Andrzej Arjun Bartosz Bilal Cai Callum Chidi Connor Dafydd Dariusz Dilip Emeka Ewan Femi "
    "Florin Gethin Hamza Hassan Ibrahim Ioan Jamal Jerome Jerzy Kamil Kareem Kwame Leon Liam Luca Malik Mihai Mohan "
    "Nathan Nnamdi Omar Owain Pavel Rafael Ravi Rhys Samir Sean Tariq Tomasz Tunde Viktor Winston Yusuf Zoltan"
)
_FAMILY: Final = (
    "Exampleton Fablethorpe Fictley Figmentson Imagine Inventry Makebelieve Mockley Nobodyson Notreal Placeholm "
    "Pretendam Sampleford Seedling Specimen Storeyman Supposewell Testerby"
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody made up: his name, and a number of the made-up range."""

    name: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Prison:
    """A prison of the demonstration. `held` people live there, which sets the aim of one Listener for fifty (domain
    facts 1.1); `active` says how many supporters of each kind are in the role."""

    code: str
    wings: tuple[str, ...]
    held: int
    active: Mapping[str, int]

    @property
    def listeners_wanted(self) -> int:
        """One for every fifty people, the last fifty counted in full."""
        return -(-self.held // 50)


def _prison(code: str, wings: str, held: int, listeners: int) -> Prison:
    # Some sites reach the aim and many do not (domain facts 12).
    active = {"LISTENERS": listeners, "INSIDERS": 8, "SHANNON_TRUST": 12}
    return Prison(code, tuple(f"{code}-{letter}" for letter in wings), held, MappingProxyType(active))


MDI: Final = _prison("MDI", "ABCDEFGH", 1044, 17)
LEI: Final = _prison("LEI", "ABCDEF", 790, 15)
PRISONS: Final = (MDI, LEI)


def other(prison: Prison) -> Prison:
    """The other one: where people are transferred to."""
    return LEI if prison is MDI else MDI


def made_up_number(number: int) -> str:
    """The prison number with this number in the made-up range. Raises `ValueError` outside of it."""
    if not 0 < number < 10_000:
        raise ValueError("the made-up range is 1 to 9999")
    return f"Z{number:04d}ZZ"


def is_made_up(identifier: str) -> bool:
    """Is it a prison number of the made-up range?"""
    return _MADE_UP.fullmatch(identifier) is not None


def strangers(draw: Random) -> Iterator[Stranger]:
    """People nobody has met, each name and number once."""
    names = [f"{given} {family}" for given in _GIVEN.split() for family in _FAMILY.split()]
    draw.shuffle(names)
    for number, name in enumerate(names, FIRST_STRANGER):
        yield Stranger(name, made_up_number(number))
