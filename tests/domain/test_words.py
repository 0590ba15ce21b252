"""Text that names nobody, identifiers of two jurisdictions, and people who are known once."""

import dataclasses

import pytest

from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import (
    Absent,
    CapacityRequired,
    Failure,
    NotNow,
    PurposeRequired,
    TooMany,
    Trouble,
    Unacceptable,
)
from domain.kernel.words import JURISDICTIONS, names_a_number
from domain.people.acts import checked_identifier, person_of
from domain.people.record import Person
from domain.ports import Raced
from domain.schemes.acts import scheme_here
from tests.domain.world import PRISON, World, codes


@pytest.mark.parametrize(
    "text",
    [
        "A1234BC",
        "a1234bc",
        "A 1234 BC",
        "A  1234\tBC",
        "A1234\nBC",
        "(A1234BC)",
        "ask A1234BC, he knows",
        "prn:A1234BC.",
        "A\u00a01234\u00a0BC",
    ],
)
def test_a_prison_number_is_found_however_it_is_written(text: str) -> None:
    """Cased, spaced, bracketed or in a sentence: a number names a person."""
    assert names_a_number(text)


@pytest.mark.parametrize("text", ["", "Page 14", "A1234", "1234BC", "AB1234CD", "A12345BC", "A1234BCD", "7A1234BC"])
def test_what_is_no_number_may_be_written(text: str) -> None:
    """What only resembles one, being longer, shorter or part of another word, names nobody."""
    assert not names_a_number(text)


@pytest.mark.parametrize(
    ("jurisdiction", "typed", "kept"),
    [("EW", " a1234bc ", "A1234BC"), ("EW", "A1234BC", "A1234BC"), ("IE", "12345", "12345")],
)
def test_an_identifier_is_kept_in_one_form(jurisdiction: str, typed: str, kept: str) -> None:
    """However it was typed, one person has one identifier."""
    assert checked_identifier(jurisdiction, typed) == kept


@pytest.mark.parametrize(
    ("jurisdiction", "typed"),
    [("EW", "12345"), ("IE", "A1234BC"), ("EW", "A1234BC A1234BC"), ("IE", "123"), ("IE", "1234567"), ("IE", "12 345")],
)
def test_an_identifier_of_another_jurisdiction_is_none(jurisdiction: str, typed: str) -> None:
    """The pattern comes from the jurisdiction's own pack: nobody is found across the wall by his number (rule 27)."""
    with pytest.raises(Unacceptable) as wrong:
        checked_identifier(jurisdiction, typed)
    assert codes(wrong.value) == ["IDENTIFIER"]


async def test_a_number_means_one_person_in_one_jurisdiction(world: World) -> None:
    """The same digits in two jurisdictions are two people; the same in one is one."""
    begin = world.begin_anything(world.viewer(Role.COORDINATOR), Verb.ENROL)

    async def known(jurisdiction: str, identifier: str, name: str) -> Person:
        async with begin(Verb.ENROL) as act:
            return await person_of(act, jurisdiction, PRISON, identifier, name, None)

    first = await known("EW", "A1234BC", "First Name")
    again = await known("EW", "a1234bc", "first  name")
    assert (again.id, again.name) == (first.id, "First Name")
    irish = await known("IE", "12345", "Other Name")
    assert (irish.identifier_kind, first.identifier_kind) == ("PRIS", "NOMS")
    assert len(world.records(Person)) == 2


@pytest.mark.parametrize(
    ("prison", "name"), [(PRISON, "Guessed Name"), ("LEI", "First Name")], ids=["called otherwise", "elsewhere"]
)
async def test_a_number_alone_gives_nobodys_name(world: World, prison: str, name: str) -> None:
    """Who types a number that we know, with another name or from another prison, is told nothing of him: not available,
    in the same words for both."""
    world.person(name="First Name", identifier="A1234BC")
    begin = world.begin_anything(world.viewer(Role.COORDINATOR), Verb.ENROL)
    with pytest.raises(NotNow) as wrong:
        async with begin(Verb.ENROL) as act:
            await person_of(act, "EW", prison, "A1234BC", name, None)
    assert codes(wrong.value) == ["NOT_AVAILABLE"]


async def test_who_was_first_heard_of_twice_at_once_is_one_person(world: World) -> None:
    """Two acts that both make a row for one number do not both win: the second is run again, and finds the first's."""
    scheme_begin = world.begin_anything(world.viewer(Role.COORDINATOR), Verb.ENROL)

    async def both() -> None:
        async with scheme_begin(Verb.ENROL) as act:
            await person_of(act, "EW", PRISON, "A1234BC", "One", None)
            world.person(identifier="A1234BC")

    with pytest.raises(Raced):
        await both()
    assert len(world.records(Person)) == 1


async def test_the_scheme_of_a_record_is_one_s_own_prison_s(world: World) -> None:
    """Another record can only be made under a scheme of the viewer's own prison and jurisdiction: any other is absent,
    as one that never existed."""
    begin = world.begin_anything(world.viewer(Role.COORDINATOR), Verb.APPLY)
    here = world.scheme()
    for id in (world.scheme(prison="LEI").id, world.scheme(jurisdiction="IE").id, world.ids()):
        with pytest.raises(Absent):
            await _find(begin, id)
    assert (await _find(begin, here.id)).id == here.id
    nobody = world.viewer(Role.COORDINATOR, jurisdictions=frozenset(), prisons=None)
    with pytest.raises(Absent):
        await _find(world.begin_anything(nobody, Verb.APPLY), here.id)
    national = world.viewer(Role.COORDINATOR, prisons=None)
    assert (await _find(world.begin_anything(national, Verb.APPLY), here.id)).id == here.id


async def _find(begin, id):  # type: ignore[no-untyped-def]
    async with begin(Verb.APPLY) as act:
        return await scheme_here(act, id)


def test_jurisdictions_are_packs_of_their_own() -> None:
    """Each has its own identifiers, clock and languages; what it lacks it does not have by neighbourhood."""
    assert {c: (j.identifier_kind, j.time_zone) for c, j in JURISDICTIONS.items()} == {
        "EW": ("NOMS", "Europe/London"),
        "IE": ("PRIS", "Europe/Dublin"),
    }
    assert "OFFERS" in JURISDICTIONS["EW"].has
    assert JURISDICTIONS["IE"].has == frozenset()
    assert "cy" in JURISDICTIONS["EW"].languages
    with pytest.raises(dataclasses.FrozenInstanceError):
        JURISDICTIONS["IE"].has = frozenset({"OFFERS"})  # type: ignore[misc]


def test_every_trouble_has_a_code_of_its_own() -> None:
    """Who reads an error reads a stable code, and no two kinds of trouble share one."""
    kinds = Trouble.__subclasses__()
    found = [kind.code for kind in kinds]
    assert len(set(found)) == len(kinds) == 15
    assert Trouble([Failure("ONE"), "TWO"]).failures == (Failure("ONE"), Failure("TWO"))
    assert PurposeRequired(["support"]).choices == ("support",)
    assert CapacityRequired(["own"]).choices == ("own",)
    assert TooMany(7).retry_after == 7
