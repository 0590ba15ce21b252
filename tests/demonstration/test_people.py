"""Made-up people are seen to be made up, and nobody is there twice."""

import itertools
import re
from random import Random

import pytest
from pydantic import TypeAdapter

from api.demonstration import cast
from api.demonstration.people import FIRST_STRANGER, LEI, MDI, PRISONS, is_made_up, made_up_number, strangers
from api.routes.shapes import PersonName, Wing
from domain.kernel.words import JURISDICTIONS

NAME = TypeAdapter[str](PersonName)
WING = TypeAdapter[str](Wing)


def test_numbers_have_the_form_of_the_jurisdiction_in_a_range_of_their_own() -> None:
    """What the estate accepts as a number is accepted, and every one says that it is made up."""
    pattern = JURISDICTIONS["EW"].identifier_pattern
    for number in (made_up_number(n) for n in (1, FIRST_STRANGER, 9999)):
        assert re.fullmatch(pattern, number)
        assert is_made_up(number)
    assert not any(is_made_up(n) for n in ("A1234BC", "G5678UT", "Z1234ZA", "z0001zz", "Z0001ZZ1"))
    for outside in (0, 10_000):
        with pytest.raises(ValueError, match="range"):
            made_up_number(outside)


def test_there_are_enough_strangers_each_with_a_name_and_a_number_of_his_own() -> None:
    """The year meets some six hundred; names are accepted by the API as they are."""
    met = list(strangers(Random(1)))
    assert len(met) >= 900
    assert len({s.name for s in met}) == len({s.identifier for s in met}) == len(met)
    assert all(NAME.validate_python(s.name) and is_made_up(s.identifier) for s in met)


def test_strangers_come_in_the_same_order_for_the_same_number() -> None:
    """And in another one for another."""
    one, again, other = (list(itertools.islice(strangers(Random(n)), 50)) for n in (7, 7, 8))
    assert one == again
    assert [s.name for s in one] != [s.name for s in other]


def test_the_cast_is_no_stranger() -> None:
    """The numbers of those who get a token are kept for them."""
    met = {s.identifier for s in strangers(Random(1))} | {s.name for s in strangers(Random(1))}
    for member in cast.IN_CUSTODY:
        assert is_made_up(member.subject)
        assert NAME.validate_python(member.stranger.name)
        assert not {member.subject, member.stranger.name} & met


def test_two_prisons_whose_wings_the_api_takes() -> None:
    """Eight wings and six, and one Listener wanted for fifty people, the last fifty in full."""
    assert [len(p.wings) for p in PRISONS] == [8, 6]
    assert all(WING.validate_python(w) for p in PRISONS for w in p.wings)
    assert (MDI.listeners_wanted, LEI.listeners_wanted) == (21, 16)
