"""Prisoner Search: where people are, who lives in a prison, when they are to be released."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest

from domain.kernel.whereabouts import InOut, Located
from persistence.prison.search import (
    MOST_NUMBERS,
    SearchedReleases,
    SearchedResidents,
    SearchedWhereabouts,
    is_number,
    located,
)
from tests.prison.elsewhere import Line, line, said

BY_NUMBER = "/prisoner-search/prisoner-numbers"
IN_PRISON = "/prison/MDI/prisoners"


def man(number: str = "A1234BC", **further: Any) -> dict[str, Any]:
    """Somebody as he is kept there, in a cell of MDI."""
    return {
        "prisonerNumber": number,
        "status": "ACTIVE IN",
        "inOutStatus": "IN",
        "prisonId": "MDI",
        "cellLocation": "A-1-002",
        "restrictedPatient": False,
        "lastMovementTypeCode": "ADM",
        "legalStatus": "SENTENCED",
    } | further


@asynccontextmanager
async def searching(**answers: Any) -> AsyncGenerator[Line]:
    """An upstream that answers so by path."""
    async with line() as at:
        at.server.answers |= {path: said(body) for path, body in answers.items()}
        yield at


async def test_somebody_in_a_cell() -> None:
    """Every member, and the least of fields asked for, the number in the body alone."""
    async with searching(**{BY_NUMBER: [man()]}) as at:
        found = await SearchedWhereabouts(at.upstream)(["A1234BC"])
    assert found == {
        "A1234BC": Located(
            prison="MDI",
            in_out=InOut.IN,
            wing="MDI-A",
            restricted_patient=False,
            last_movement="ADM",
            dead=False,
        )
    }
    (asked,) = at.server.asks(BY_NUMBER)
    assert asked.json == {"prisonerNumbers": ["A1234BC"]}
    wanted = {value for name, value in asked.query if name == "responseFields"}
    assert wanted == {*man(), "lastMovementReasonCode"}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({"prisonId": "OUT", "inOutStatus": "OUT", "cellLocation": None}, (None, InOut.OUT, None)),
        ({"prisonId": "TRN", "inOutStatus": "TRN"}, (None, InOut.TRN, None)),
        ({"inOutStatus": "OUT", "lastMovementTypeCode": "CRT"}, ("MDI", InOut.OUT, "MDI-A")),
        ({"inOutStatus": None, "status": "INACTIVE OUT", "prisonId": "OUT"}, (None, InOut.OUT, None)),
        ({"cellLocation": "RECP"}, ("MDI", InOut.IN, None)),
        ({"cellLocation": "CSWAP"}, ("MDI", InOut.IN, None)),
        ({"cellLocation": "1-2-003"}, ("MDI", InOut.IN, "MDI-1")),
        ({"cellLocation": "HOUSEBLOCK-1-003"}, ("MDI", InOut.IN, None)),
        ({"prisonId": None}, (None, InOut.IN, None)),
    ],
)
def test_where_somebody_is(held: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """OUT and TRN are no prisons; who is out for the day is still his prison's; what is no cell has no wing."""
    found = located(man(**held))
    assert (found.prison, found.in_out, found.wing) == expected


@pytest.mark.parametrize(
    ("held", "dead"),
    [({"legalStatus": "DEAD"}, True), ({"lastMovementReasonCode": "DEC"}, True), ({"legalStatus": None}, False)],
)
def test_who_has_died(held: dict[str, Any], dead: bool) -> None:
    """By his legal status or the reason of his last movement; there is no event of it."""
    assert located(man(**held)).dead is dead


def test_a_restricted_patient_is_in_no_prison() -> None:
    """He is out of prison, and not free."""
    found = located(man(prisonId="OUT", inOutStatus="OUT", restrictedPatient=True))
    assert (found.prison, found.restricted_patient) == (None, True)


@pytest.mark.parametrize("odd", ["A1234BC\n", "A1234BCD", " A1234BC", "a1234bc", "A१२३४BC", "A1234BC/../x", ""])
def test_no_other_form_is_a_number(odd: str) -> None:
    """From the first sign to the last: it goes into addresses."""
    assert is_number("A1234BC")
    assert not is_number(odd)


async def test_who_is_not_known_is_told_from_who_cannot_be_asked_about() -> None:
    """None of one, None of the whole; no odd identifier is ever sent; what was not asked for is not given."""
    async with searching(**{BY_NUMBER: [man(), man("A9999ZZ")]}) as at:
        where = SearchedWhereabouts(at.upstream)
        found = await where(["A1234BC", "A1111AA", "12345", "../x"])
        assert found is not None
        assert {n: each is not None for n, each in found.items()} == {
            "A1234BC": True,
            "A1111AA": False,
            "12345": False,
            "../x": False,
        }
        assert at.server.asks(BY_NUMBER)[0].json == {"prisonerNumbers": ["A1111AA", "A1234BC"]}
        assert await where([]) == {}
        at.server.answers[BY_NUMBER] = said({}, 500)
        assert await where(["A1234BC"]) is None


@pytest.mark.parametrize(
    "body",
    [{}, "x", [1], [{}], [{"prisonerNumber": 7}]],
)
async def test_another_shape_is_not_known(body: Any) -> None:
    """Whatever does not say of whom it is says nothing."""
    async with searching(**{BY_NUMBER: body}) as at:
        assert await SearchedWhereabouts(at.upstream)(["A1234BC"]) is None


ODD: list[dict[str, Any]] = [
    {"inOutStatus": "UP"}, {"inOutStatus": None, "status": None}, {"restrictedPatient": "no"},
    {"prisonId": ["MDI"]},
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
async def test_one_odd_record_costs_the_others_nothing(odd: dict[str, Any]) -> None:
    """Of him nothing is said, neither where he is nor that he is not known; on a list he stands, and has not left."""
    other = man("A0002AA", **odd)
    whole = {"content": [man(), other], "totalElements": 2, "last": True}
    async with searching(**{BY_NUMBER: [man(), other], IN_PRISON: whole}) as at:
        assert await SearchedWhereabouts(at.upstream)(["A1234BC", "A0002AA", "A0003AA"]) == {
            "A1234BC": located(man()),
            "A0003AA": None,
        }
        assert await SearchedResidents(at.upstream)("MDI") == {"A1234BC": located(man()), "A0002AA": None}
        if "releaseDate" in odd:
            assert await SearchedReleases(at.upstream)("MDI", ["A1234BC", "A0002AA"]) == {"A1234BC": date(2027, 5, 2)}


async def test_releases_in_chunks() -> None:
    """A thousand at a time; the confirmed day before the other; None on remand; unknown ones are not in the answer."""
    numbers = [f"A{n:04d}BC" for n in range(MOST_NUMBERS + 1)]
    async with searching() as at:
        stranger = man("B0001BC")  # nobody asked about him
        known = [man(numbers[0], confirmedReleaseDate="2026-12-24"), man(numbers[1]), stranger]
        at.server.answers[BY_NUMBER] = [said(known), said([man(numbers[-1], releaseDate="2027-05-02")])]
        found = await SearchedReleases(at.upstream)("MDI", numbers)
    assert found == {numbers[0]: date(2026, 12, 24), numbers[1]: None, numbers[-1]: date(2027, 5, 2)}
    first, second = (set(asked.json["prisonerNumbers"]) for asked in at.server.asks(BY_NUMBER))
    assert (len(first), len(second), first | second) == (MOST_NUMBERS, 1, set(numbers))


async def test_half_of_the_releases_is_none_of_them() -> None:
    """A chunk that fails leaves nothing known."""
    async with searching() as at:
        at.server.answers[BY_NUMBER] = [said([man()]), said({}, 500)]
        assert await SearchedReleases(at.upstream)("MDI", [f"A{n:04d}BC" for n in range(MOST_NUMBERS + 1)]) is None


def page(*people: dict[str, Any], total: int, last: bool = True) -> dict[str, Any]:
    """A page as Spring writes it."""
    return {"content": list(people), "totalElements": total, "last": last}


async def test_all_residents_of_a_prison() -> None:
    """All pages, each person once, and the total is reached."""
    async with searching() as at:
        first, second = page(man("A0001AA"), man("A0002AA"), total=3, last=False), page(man("A0003AA"), total=3)
        at.server.answers[IN_PRISON] = [said(first), said(second)]
        found = await SearchedResidents(at.upstream)("MDI")
        assert found is not None
        assert sorted(found) == ["A0001AA", "A0002AA", "A0003AA"]
        assert [dict(asked.query)["page"] for asked in at.server.asks(IN_PRISON)] == ["0", "1"]


@pytest.mark.parametrize(
    "pages",
    [
        [page(man("A0001AA"), total=2)],
        [page(man("A0001AA"), total=3, last=False), page(man("A0001AA"), man("A0002AA"), total=3)],
        [page(total=1, last=False)],
        [{"content": [man()]}],
        [page({"prisonerNumber": None}, total=1)],
    ],
)
async def test_a_part_is_never_given_for_the_whole(pages: list[Any]) -> None:
    """Pages that shifted while they were turned, or that say nothing, are no listing: who is missing has not left."""
    async with searching() as at:
        at.server.answers[IN_PRISON] = [said(each) for each in pages]
        assert await SearchedResidents(at.upstream)("MDI") is None


async def test_an_empty_prison_is_an_answer() -> None:
    """And an odd code is never put into an address."""
    async with searching(**{IN_PRISON: page(total=0)}) as at:
        assert await SearchedResidents(at.upstream)("MDI") == {}
        assert await SearchedResidents(at.upstream)("../x") is None
        assert len(at.server.asks(IN_PRISON)) == 1
