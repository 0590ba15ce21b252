"""Whatever JSON another system answers, each client gives an answer of its own kind or says that it does not know."""

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidentiality.principal import Principal, PrincipalKind
from persistence.prison.apart import KnownApart
from persistence.prison.caseloads import ManagedCaseloads
from persistence.prison.facts import PrisonFactsFound
from persistence.prison.search import SearchedReleases, SearchedResidents, SearchedWhereabouts
from persistence.prison.upstream import Upstream

NUMBER = "A1234BC"
_NAMES = st.sampled_from(
    [
        "prisonerNumber",
        "prisonId",
        "inOutStatus",
        "status",
        "cellLocation",
        "releaseDate",
        "firstName",
        "currentIncentive",
        "level",
        "code",
        "alerts",
        "alertCode",
        "active",
        "content",
        "isActive",
        "prisonNumber",
        "currentCsip",
        "totalOpenedCsipCount",
        "allocations",
        "isUnemployment",
        "last",
        "totalElements",
        "nonAssociations",
        "otherPrisonerDetails",
        "firstPrisonerNumber",
        "secondPrisonerNumber",
        "isClosed",
        "caseloads",
        "id",
        "dateOfBirth",
        "restrictedPatient",
    ]
)
_WORDS = st.sampled_from([NUMBER, "MDI", "OUT", "IN", "A-1-001", "2027-01-01", "2027-99-01", "ENH", "", "ACTIVE IN"])
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _WORDS | st.text(max_size=5)
JSON = st.recursive(
    _LEAVES, lambda more: st.lists(more, max_size=3) | st.dictionaries(_NAMES, more, max_size=8), max_leaves=25
)


class Answering:
    """Answers everything with this."""

    def __init__(self, body: Any) -> None:
        self.body = body

    async def ask(self, *_: Any, **__: Any) -> Any:
        return self.body


@given(JSON | st.lists(st.dictionaries(_NAMES, _LEAVES, max_size=12).map(lambda d: {"prisonerNumber": NUMBER, **d})))
async def test_no_answer_is_an_error_of_ours(body: Any) -> None:
    """No exception leaves a client: what has another shape is not known."""
    upstream = cast(Upstream, Answering(body))
    await SearchedWhereabouts(upstream)([NUMBER])
    await SearchedResidents(upstream)("MDI")
    await SearchedReleases(upstream)("MDI", [NUMBER])
    await PrisonFactsFound(upstream, alerts=upstream, csip=upstream, activities=upstream)("NOMS", NUMBER)
    await PrisonFactsFound(upstream)("NOMS", NUMBER)
    await KnownApart(upstream)("NOMS", [NUMBER])
    await ManagedCaseloads(upstream, issuers=["i"])(Principal("i", "X", PrincipalKind.STAFF))


async def test_the_test_would_find_one() -> None:
    """An error that is not of the kind that clients turn into 'not known' comes through."""

    class Breaking(Answering):
        async def ask(self, *_: Any, **__: Any) -> Any:
            raise KeyError(self.body)

    with pytest.raises(KeyError):
        await SearchedWhereabouts(cast(Upstream, Breaking(1)))([NUMBER])
