"""The contract, by a checker that nobody here wrote: every operation of a role, valid and invalid data, each check of
Schemathesis in each of its phases (A8).

A pass means that no request of the thousands that it draws met a 5xx, an undocumented status, body, header or media
type, an invalid request that was done or a valid one that was refused for its shape. It knows nothing of
confidentiality: that is proved elsewhere.
"""

from collections.abc import Callable, Collection, Sequence
from math import ceil
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from schemathesis.checks import CHECKS

from domain.confidentiality.grants import GRANTS
from domain.confidentiality.roles import Role
from tests.http.operations import OPERATIONS
from tests.proofs.contract import bodies, furnishing, ready, stage
from tests.proofs.contract.run import Report, run

EACH_COMMIT = {
    Role.ORDERLY_OFFICER: ("examples", "coverage", "fuzzing", "stateful"),
    Role.COORDINATOR: ("examples", "fuzzing", "stateful"),
    Role.PERSON_IN_CUSTODY: ("examples", "fuzzing", "stateful"),
}
"""By role: the phases. Every value at its edges takes as long as all else, and is at each commit for one of them."""
AT_ONCE = 48
"""About how many operations of a role a commit checks: each second, third, … of the document, so that each part of it
is met; which of them, the document decides, and whoever changes it has others checked. All are at night."""
ROLES = sorted({grant.role for grant in GRANTS} - {Role.SERVICE})
"""SERVICE is nobody's who has a token."""
LEAST = 0.6
"""Which part of the calls with valid data is done. Invalid data is refused: that is what it is sent for."""


def checked(report: Report, phases: Collection[str]) -> None:
    """Nothing failed, nothing was warned of, nothing was left out, and most of what could be done was."""
    print(report.line())
    assert report.failures() == [], report.words
    assert report.warnings() == {}, report.words
    assert report.summary["errors"] == [], report.words
    assert (report.code, report.summary["complete"], report.not_ready) == (0, True, []), report.words
    assert {report.summary["phases"][name]["status"] for name in phases} == {"success"}, report.words
    assert set(CHECKS.get_all_names()) <= {check for check, _ in report.checks}
    assert report.total("negative") > 0
    assert report.share("positive") >= LEAST, report.line()


@pytest.mark.parametrize("role", EACH_COMMIT, ids=lambda role: role.value)
async def test_the_service_keeps_its_contract_with_a_role(role: Role, tmp_path: Path) -> None:
    """All checks of some of its operations; the same calls each time, until the document changes."""
    phases = EACH_COMMIT[role]
    only = turn(ready.of_role(bodies.document(), role))
    checked(await run(role, tmp_path, "--max-examples", "5", "--phases", ",".join(phases), only=only), phases)


def turn(names: Sequence[str], document: bytes | None = None) -> Sequence[str]:
    """Those of a role's operations whose turn it is."""
    apart = ceil(len(names) / AT_ONCE)
    return names[crc32(bodies.DOCUMENT.read_bytes() if document is None else document) % apart :: apart]


@pytest.mark.parametrize("role", EACH_COMMIT, ids=lambda role: role.value)
def test_each_operation_of_a_role_has_its_turn(role: Role) -> None:
    """With one document or another."""
    names = ready.of_role(bodies.document(), role)
    turns = [turn(names, str(number).encode()) for number in range(100)]
    assert {name for one in turns for name in one} == set(names)
    assert max(map(len, turns)) <= AT_ONCE


@pytest.mark.nightly
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.value)
async def test_the_service_keeps_its_contract_with_every_role(role: Role, tmp_path: Path) -> None:
    """Many more calls, and others each night; the words of a failure have the seed."""
    checked(await run(role, tmp_path, "--max-examples", "60", by_chance=True), EACH_COMMIT[Role.ORDERLY_OFFICER])


def test_no_role_is_left_out() -> None:
    """Every role that the document names is checked."""
    named = {
        role for item in bodies.document()["paths"].values() for o in item.values() for role in o.get("x-roles", ())
    }
    assert named == {role.value for role in ROLES}


async def test_what_a_role_may_not_have_made_it_may_not_fetch() -> None:
    """Whatever job it had made, done or not, of its own kind or another: so what its run leaves out is none of its
    operations."""
    left_out = 0
    async with stage.opened(furnishing.furnish) as at:
        for operation in OPERATIONS:
            doing = {grant.role for grant in GRANTS if operation.verb in grant.may} - {Role.SERVICE}
            for role in doing - ready.MADE_FOR.get(operation.name, doing):
                assert await ready.find(at, operation, role) is None, (operation, role)
                left_out += 1
    assert left_out > 0


def answering_otherwise(change: Callable[[dict[str, Any]], None]) -> Callable[[Any], Any]:
    """A fault: every answer's start is changed on its way out."""

    def spoil(app: Any) -> Any:
        async def spoiled(scope: Any, receive: Any, send: Any) -> None:
            async def changed(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    change(message)
                await send(message)

            await app(scope, receive, changed)

        return spoiled

    return spoil


def without_a_header(message: dict[str, Any]) -> None:
    """A documented header is not sent."""
    message["headers"] = [(name, value) for name, value in message["headers"] if name != b"x-request-id"]


def broken(message: dict[str, Any]) -> None:
    """What was done is answered as if it had failed."""
    message["status"] = 500 if message["status"] < 300 else message["status"]


def teapot(message: dict[str, Any]) -> None:
    """A status that is not in the document."""
    message["status"] = 418 if message["status"] < 300 else message["status"]


def taking_anything(message: dict[str, Any]) -> None:
    """What was refused is answered as if it had been done."""
    message["status"] = 200 if message["status"] == 400 else message["status"]


def for_anybody(app: Any) -> Any:
    """Whoever comes without a token, or with a wrong one, is taken for the orderly officer."""

    async def spoiled(scope: Any, receive: Any, send: Any) -> None:
        headers = [(name, value) for name, value in scope.get("headers", ()) if name != b"authorization"]
        await app({**scope, "headers": [*headers, (b"authorization", b"Bearer oscar")]}, receive, send)

    return spoiled


FAULTS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "a header that is not sent": (answering_otherwise(without_a_header), "response_headers_conformance"),
    "a 500": (answering_otherwise(broken), "not_a_server_error"),
    "an undocumented status": (answering_otherwise(teapot), "status_code_conformance"),
    "invalid data taken": (answering_otherwise(taking_anything), "negative_data_rejection"),
    "no token needed": (for_anybody, "ignored_auth"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_service_that_does_not_keep_it_is_found(fault: str, tmp_path: Path) -> None:
    """Each planted fault fails the run, by the check that is there for it."""
    spoil, check = FAULTS[fault]
    report = await run(Role.ORDERLY_OFFICER, tmp_path, "--phases", "coverage", only=["listDuties"], spoil=spoil)
    assert report.code != 0
    assert report.checks[check, "failure"] > 0, report.checks
