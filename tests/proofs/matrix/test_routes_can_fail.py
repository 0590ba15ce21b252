"""The route matrix finds what is planted: one rule taken out of the application at a time, while the policy, from which
the cells have their expectation, stays as it is."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from api import call
from api.call import Call
from domain.act import Act
from domain.confidentiality import disclosure, policy
from domain.confidentiality.policy import decide
from domain.ports import Look, Query, Scope
from persistence import looked
from persistence.memory import MemoryStore
from tests.http.operations import operation
from tests.proofs.matrix import cells
from tests.proofs.matrix.judge import Judge

Patch = pytest.MonkeyPatch
Fault = Callable[[Patch], None]


def _a_fetch_without_its_reach(patch: Patch) -> None:
    async def get(self: MemoryStore, kind: Any, id: Any, look: Look) -> Any:
        wide = dataclasses.replace(look, reach=(), scope=Scope(None, True))
        found = looked.found_in(self._of(kind), kind, Query(equal={"id": id}, limit=1), wide)
        return found[0] if found else None

    patch.setattr(MemoryStore, "get", get)


def _a_change_without_its_tag(patch: Patch) -> None:
    patch.setattr(Act, "_check", lambda *_: None)


def _a_record_made_out_of_reach(patch: Patch) -> None:
    patch.setattr(Act, "within_reach", lambda *_: None)


def _a_mask_that_hides_nothing(patch: Patch) -> None:
    patch.setattr(disclosure, "mask", lambda kind, _: (tuple(n for n in kind.shape.fields if n != "version"), ()))


def _a_purpose_that_nobody_asks_for(patch: Patch) -> None:
    def careless(capacities: Any, verb: Any, *, purpose: Any, acting_as: Any) -> Any:
        return decide(capacities, verb, acting_as=acting_as)

    patch.setattr(call, "decide", careless)


def _a_prisoner_who_is_told_why(patch: Patch) -> None:
    patch.setattr(policy, "IN_CUSTODY", frozenset())


def _an_attempt_without_its_line(patch: Patch) -> None:
    async def forget(_: Any, trouble: Any) -> Any:
        return trouble

    patch.setattr(Call, "slipped", forget)


def _a_refusal_that_keeps_something(patch: Patch) -> None:
    real = MemoryStore.abandon

    async def abandon(self: MemoryStore, entry: Any) -> None:
        await real(self, entry)
        self.records = {key: r for key, r in self.records.items() if key[0] != "watch"}

    patch.setattr(MemoryStore, "abandon", abandon)


PLANTED: list[tuple[Fault, str, str]] = [
    (_a_fetch_without_its_reach, "officer", "getScheme"),
    (_a_fetch_without_its_reach, "ben", "getEnrolment"),
    (_a_fetch_without_its_reach, "once-inside", "getEnrolment"),
    (_a_fetch_without_its_reach, "officer", "answerOffer"),
    (_a_change_without_its_tag, "coordinator", "amendScheme"),
    (_a_record_made_out_of_reach, "coordinator", "createScheme"),
    (_a_mask_that_hides_nothing, "hub", "getSupporter"),
    (_a_purpose_that_nobody_asks_for, "governor", "listLedgerLines"),
    (_a_purpose_that_nobody_asks_for, "officer", "getScheme"),
    (_a_prisoner_who_is_told_why, "arthur", "listLedgerLines"),
    (_an_attempt_without_its_line, "hub", "createScheme"),
    (_a_refusal_that_keeps_something, "officer", "getScheme"),
]


async def wrong(who: str, name: str) -> list[str]:
    """What is wrong with the cells of a member and an operation, over every purpose."""
    judge = Judge()
    asked = [cell for why in cells.PURPOSES for cell in cells.cells_of(who, operation(name), why)]
    return [what for cell in asked for what in await judge.wrong(cell)]


@pytest.mark.parametrize(("fault", "who", "name"), PLANTED, ids=[f"{f.__name__}-{w}-{n}" for f, w, n in PLANTED])
async def test_a_planted_fault_is_found(monkeypatch: Patch, fault: Fault, who: str, name: str) -> None:
    """All is well before; with the one rule gone the cells say what is wrong."""
    assert await wrong(who, name) == []
    fault(monkeypatch)
    assert await wrong(who, name)
