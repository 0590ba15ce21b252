"""What suitability asks of the prison's systems, each fact known, or not known, apart from the others."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest

from domain.kernel.prison import IncentiveLevel, PrisonFacts
from persistence.prison.facts import PrisonFactsFound
from tests.prison.elsewhere import Line, line, said

NUMBER = "A1234BC"
SEARCH = "/prisoner-search/prisoner-numbers"
ALERTS = "/search/alerts/prison-numbers"
CSIP = f"/prisoners/{NUMBER}/csip-records/current"
ROLES = "/prisons/MDI/prisoner-allocations"

HIM: dict[str, Any] = {
    "prisonerNumber": NUMBER,
    "dateOfBirth": "1990-01-31",
    "prisonId": "MDI",
    "releaseDate": "2027-05-02",
    "currentIncentive": {"level": {"code": "ENH"}},
    "alerts": [{"alertCode": "XA", "active": True}, {"alertCode": "HA", "active": False}],
}


def alert(code: str, number: str = NUMBER, active: bool = True) -> dict[str, Any]:
    """An alert, with a text that nobody is to read."""
    return {"prisonNumber": number, "alertCode": {"code": code}, "description": "CANARY", "isActive": active}


def allocation(status: str = "ACTIVE", unemployed: bool = False) -> dict[str, Any]:
    """An allocation."""
    return {"status": status, "isUnemployment": unemployed}


def allocated(*allocations: dict[str, Any]) -> list[dict[str, Any]]:
    """His allocations, as they are answered."""
    return [{"prisonerNumber": NUMBER, "allocations": list(allocations)}]


@asynccontextmanager
async def knowing() -> AsyncGenerator[Line]:
    """All four systems, under one address."""
    async with line() as at:
        at.server.answers |= {
            SEARCH: said([HIM]),
            ALERTS: said({"content": [alert("HA"), alert("XVL", "A9999ZZ"), alert("XEL", active=False)]}),
            CSIP: said({"currentCsip": {"status": {"code": "CSIP_OPEN"}}, "totalOpenedCsipCount": 1}),
            ROLES: said(
                allocated(allocation(), allocation("SUSPENDED"), allocation("ENDED"), allocation("ACTIVE", True))
            ),
        }
        yield at


async def facts(at: Line, *, kind: str = "NOMS", number: str = NUMBER, others: bool = True) -> PrisonFacts | None:
    """What is found there."""
    further = dict.fromkeys(("alerts", "csip", "activities"), at.upstream) if others else {}
    return await PrisonFactsFound(at.upstream, **further)(kind, number)


async def test_all_that_can_be_known() -> None:
    """And no more: what no system may tell us is None, and never no."""
    async with knowing() as at:
        assert await facts(at) == PrisonFacts(
            born_on=date(1990, 1, 31),
            release_on=date(2027, 5, 2),
            incentive=IncentiveLevel.ENH,
            alerts=frozenset({"HA"}),
            csip_open=True,
            roles_held=2,
        )
        (asked,) = at.server.asks(SEARCH)
        assert {value for _, value in asked.query} == {
            "prisonerNumber", "dateOfBirth", "prisonId", "releaseDate", "confirmedReleaseDate",
            "currentIncentive.level.code",
        }  # fmt: skip
        assert at.server.asks(ALERTS)[0].json == at.server.asks(ROLES)[0].json == [NUMBER]


async def test_what_is_not_configured_is_not_known() -> None:
    """The alerts that Prisoner Search has stand in for the others' system; without any list nothing is known."""
    async with knowing() as at:
        found = await facts(at, others=False)
        assert found is not None
        assert (found.alerts, found.csip_open, found.roles_held) == (frozenset({"XA"}), None, None)
        at.server.answers[SEARCH] = [said([HIM | {"alerts": []}]), said([HIM | {"alerts": None}])]
        for expected in (frozenset[str](), None):
            found = await facts(at, others=False)
            assert found is not None
            assert found.alerts == expected


@pytest.mark.parametrize(("path", "name"), [(ALERTS, "alerts"), (CSIP, "csip_open"), (ROLES, "roles_held")])
@pytest.mark.parametrize("answer", [said({}, 500), said({}, 403), said({}, 404), said([{}]), said({"content": 1})])
async def test_what_cannot_be_asked_is_not_known_and_the_rest_is(path: str, name: str, answer: Any) -> None:
    """One system that is away takes one fact with it, and never turns it into a pass."""
    async with knowing() as at:
        at.server.answers[path] = answer
        found = await facts(at)
        assert found is not None
        assert getattr(found, name) is None
        assert [getattr(found, n) is None for n in ("born_on", "alerts", "csip_open", "roles_held")].count(True) == 1


@pytest.mark.parametrize(
    ("current", "is_open"),
    [
        (None, False),
        ({"status": {"code": "CSIP_CLOSED"}}, False),
        ({"status": {"code": "REFERRAL_SUBMITTED"}}, False),
        ({"status": {"code": "UNKNOWN"}}, None),
    ],
)
async def test_an_open_plan_is_one_that_is_open_now(current: Any, is_open: bool | None) -> None:
    """The counts beside it are of all that ever was."""
    async with knowing() as at:
        at.server.answers[CSIP] = said({"currentCsip": current, "totalOpenedCsipCount": 3, "totalReferralCount": 4})
        found = await facts(at)
        assert found is not None
        assert found.csip_open is is_open


@pytest.mark.parametrize(
    ("answer", "roles"),
    [
        ([], None),
        (allocated(), None),
        (allocated(allocation("ACTIVE", True)), 0),
        (allocated(allocation("PENDING")), 0),
    ],
)
async def test_nothing_at_all_is_no_count(answer: Any, roles: int | None) -> None:
    """A prison that allocates nobody there answers as for somebody with nothing to do."""
    async with knowing() as at:
        at.server.answers[ROLES] = said(answer)
        found = await facts(at)
        assert found is not None
        assert found.roles_held == roles


@pytest.mark.parametrize(
    ("incentive", "level"),
    [
        ({"level": {"code": "BAS"}}, IncentiveLevel.BAS),
        ({"level": {"code": "EN3"}}, IncentiveLevel.ENH),
        ({"level": {"code": "NEW"}}, None),
        ({"level": None}, None),
        (None, None),
    ],
)
async def test_levels_of_incentives(incentive: Any, level: IncentiveLevel | None) -> None:
    """The further levels of Enhanced are Enhanced here; a new one is not known."""
    async with knowing() as at:
        at.server.answers[SEARCH] = said([HIM | {"currentIncentive": incentive}])
        found = await facts(at)
        assert found is not None
        assert found.incentive is level


async def test_of_whom_nothing_is_known() -> None:
    """Not there, not to be asked, out of the estate, or no number: None, and the last two are not even asked about."""
    async with knowing() as at:
        assert await facts(at, kind="PRIS", number="123456") is None
        for number in ("A1234BC/x", "A1234BC\n"):
            assert await facts(at, number=number) is None
        assert at.server.asked == []
        for answer in (said([]), said({}, 500), said([{"prisonerNumber": NUMBER, "currentIncentive": 1}])):
            at.server.answers[SEARCH] = answer
            assert await facts(at) is None


async def test_who_is_in_no_prison_is_asked_of_none() -> None:
    """OUT is no code to put into an address."""
    async with knowing() as at:
        at.server.answers[SEARCH] = said([HIM | {"prisonId": "OUT"}])
        found = await facts(at)
        assert found is not None
        assert found.roles_held is None
        assert [each for each in at.server.asked if "allocations" in each.path] == []


async def test_an_act_that_is_run_again_does_not_ask_again() -> None:
    """For a minute; and that he could not be asked about is not remembered."""
    async with knowing() as at:
        known = PrisonFactsFound(at.upstream, csip=at.upstream, monotonic=at.server.monotonic)
        at.server.answers[SEARCH] = [said({}, 500), said([HIM]), said([HIM | {"dateOfBirth": "1991-01-31"}])]
        assert await known("NOMS", NUMBER) is None
        first = await known("NOMS", NUMBER)
        at.server.seconds += 59
        assert await known("NOMS", NUMBER) is first is not None
        assert (len(at.server.asks(SEARCH)), len(at.server.asks(CSIP))) == (2, 1)
        at.server.seconds += 1
        again = await known("NOMS", NUMBER)
        assert again is not None
        assert again.born_on == date(1991, 1, 31)
