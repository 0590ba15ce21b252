"""What the registers of a scheme may not say, whoever writes it."""

from typing import Any

import pytest

from domain.kernel.errors import Failure
from domain.schemes.registers.contingency import ContingencyPlan, Cover, Tell
from tests.domain.given import sample


@pytest.mark.parametrize(
    ("given", "failures"),
    [
        ({"cover": (), "tell": ()}, [Failure("MISSING", "/cover"), Failure("MISSING", "/tell")]),
        ({"cover": (Cover.STAFF, Cover.STAFF)}, [Failure("TWICE", "/cover")]),
        ({}, []),
    ],
)
def test_without_cover_or_anybody_to_tell_it_is_no_plan(given: dict[str, Any], failures: list[Failure]) -> None:
    """And nothing is in it twice: all of it at once."""
    whole: dict[str, Any] = {"cover": (Cover.STAFF,), "tell": (Tell.PARTNER,)}
    assert list(sample(ContingencyPlan, **{**whole, **given}).faults()) == failures
