"""Canaries, and a collector of traces and metrics: whatever is sent by whomever, none comes out there (rules 3, 19)."""

from collections.abc import AsyncGenerator
from unittest.mock import patch

import pytest

from persistence.memory import MemoryStore
from tests.api.telemetry.gathering import Gathered, gathering
from tests.http.cast import CAST
from tests.http.operations import OPERATIONS
from tests.http.world import Theatre
from tests.proofs.canaries import ground as grounds
from tests.proofs.canaries.ground import Ground, planted


@pytest.fixture(name="told")
async def _told() -> AsyncGenerator[tuple[Ground, Gathered]]:
    """The planted world, served with a collector."""
    with gathering() as gathered, patch.object(grounds, "theatre", lambda: Theatre(telemetry=gathered.telemetry)):
        async with planted(MemoryStore()) as ground:
            ground.remember()
            yield ground, gathered


async def test_no_canary_comes_to_a_collector(told: tuple[Ground, Gathered]) -> None:
    """Every operation as two of the cast, with words of their own in body, query, path and headers, right and wrong,
    those of a night among them (asking, offering, the session, feedback): of all spans and metrics none holds a canary,
    an id of a record or a caller's name; and nothing that somebody in custody does is a span."""
    ground, gathered = told
    names, sent, spans = list(CAST), 0, 0
    for row, operation in enumerate(OPERATIONS):
        for by in (operation.example.by, names[row % len(names)]):
            ground.restore()
            good = ground.asking.good(operation, await ground.tag(by, operation))
            before = len(gathered.spans)
            for request in (good, ground.asking.nth_bad(operation, row)):
                await ground.ask(by, request)
                sent += 1
            if CAST[by].kind == "IN_CUSTODY":
                assert len(gathered.spans) == before, (by, operation.name)
    said = gathered.said()
    spans = len(gathered.spans)
    print(f"{sent} requests, {spans} spans, {len(said):,} characters searched")
    assert sorted(ground.canaries.told(found) for found in ground.canaries.find(said)) == []
    ids = {str(record.id) for record in ground._records.values()}
    assert [id for id in ids if id in said] == []
    assert [name for name in CAST if f'"{name}"' in said] == []
    assert spans > 100
    assert _told_of(gathered) <= {f"{each.method} {each.template}" for each in OPERATIONS}


def _told_of(gathered: Gathered) -> set[str]:
    return {span.name for span in gathered.spans}
