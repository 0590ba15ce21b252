"""In which prisons a member of staff works, and what is said while nobody can say it."""

from typing import Any

import pytest

from domain.confidentiality.principal import Principal, PrincipalKind
from persistence.prison.caseloads import REMEMBERED, ManagedCaseloads
from tests.prison.elsewhere import Line, line, said

ESTATE = "https://auth.example/issuer"
OF_HER = "/prisonusers/ASMITH_GEN/caseloads"


def staff(subject: str = "asmith_gen", issuer: str = ESTATE, kind: PrincipalKind = PrincipalKind.STAFF) -> Principal:
    """A member of staff, by her token."""
    return Principal(issuer, subject, kind)


def user(*prisons: str, active: bool = True) -> dict[str, Any]:
    """What is answered of her."""
    return {"username": "ASMITH_GEN", "active": active, "caseloads": [{"id": each, "name": "X"} for each in prisons]}


def caseloads(at: Line) -> ManagedCaseloads:
    """The client."""
    return ManagedCaseloads(at.upstream, issuers=[ESTATE], monotonic=at.server.monotonic)


async def test_the_prisons_she_works_in() -> None:
    """By her name as it is written there; what is no prison is none of hers."""
    async with line() as at:
        at.server.answers[OF_HER] = said(user("MDI", "LEI", "NWEB", "CADM_I"))
        assert await caseloads(at)(staff()) == {"MDI", "LEI"}


@pytest.mark.parametrize("answer", [said({}, 404), said(user()), said(user("MDI", active=False))])
async def test_who_works_nowhere(answer: Any) -> None:
    """Not known there, without a prison, or with an account that was closed: an empty caseload is an answer."""
    async with line() as at:
        at.server.answers[OF_HER] = answer
        assert await caseloads(at)(staff()) == frozenset()


async def test_the_same_name_from_elsewhere_is_somebody_else() -> None:
    """Another issuer's staff are not looked up by a name that is theirs by chance (rule 8)."""
    async with line() as at:
        at.server.answers[OF_HER] = said(user("MDI"))
        asked = caseloads(at)
        assert await asked(staff(issuer="https://other.example")) is None
        assert await asked(staff(kind=PrincipalKind.IN_CUSTODY)) == frozenset()
        assert await asked(staff("x" * 31)) == frozenset()
        assert at.server.asked == []


async def test_an_odd_name_stays_one_part_of_the_address() -> None:
    """It cannot ask for anything else."""
    async with line() as at:
        assert await caseloads(at)(staff("A/../B?x=1")) == frozenset()
        assert [each.path for each in at.server.asked][-1] == "/prisonusers/A/../B?X=1/caseloads"
        assert at.server.asked[-1].query == []


async def test_what_was_said_last_holds_for_a_day_of_outage() -> None:
    """What was withdrawn before an outage is not given back by it; whoever was never asked about is not known."""
    async with line() as at:
        asked = caseloads(at)
        at.server.answers[OF_HER] = [said(user("MDI")), said(user("LEI")), said({}, 500)]
        assert await asked(staff()) == {"MDI"}
        assert await asked(staff()) == {"LEI"}
        at.server.seconds += REMEMBERED - 1
        assert await asked(staff()) == {"LEI"}
        at.server.seconds += 1
        assert await asked(staff()) is None
        at.server.answers["/prisonusers/BJONES/caseloads"] = said({}, 500)
        assert await asked(staff("BJONES")) is None


@pytest.mark.parametrize("body", [[], {"active": True}, {"caseloads": ["MDI"]}, {"caseloads": [{"name": "X"}]}])
async def test_another_shape_is_not_known(body: Any) -> None:
    """Whatever does not say it as its document does says nothing."""
    async with line() as at:
        at.server.answers[OF_HER] = said(body)
        assert await caseloads(at)(staff()) is None
