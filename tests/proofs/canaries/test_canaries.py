"""Canaries in every field that is not open, and in everything that a caller can type: where they come out (N5)."""

from collections.abc import AsyncGenerator

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.disclosure import mask
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.record import KINDS
from persistence.memory import MemoryStore
from tests.http.cast import CAST
from tests.http.operations import OPERATIONS
from tests.proofs.canaries.ground import Ground, planted
from tests.proofs.canaries.judging import UNMATCHED, Judge, spoken
from tests.proofs.canaries.planting import OWN_WORDS, closely_held, holds_text

_WIRELESS = {"actor", "person"}
"""Kinds that no operation shows."""


@pytest.fixture(name="ground")
async def _ground() -> AsyncGenerator[Ground]:
    async with planted(MemoryStore()) as ground:
        ground.remember()
        yield ground


async def test_every_field_that_can_hold_a_word_holds_a_canary(ground: Ground) -> None:
    """Whatever is not open and takes text is planted, or its words are said to be the service's own. Fields of closed
    vocabularies, ids, numbers, dates and flags can hold none, and are counted."""
    held = list(closely_held())
    texts = {(kind, field.name) for kind, field in held if holds_text(field.type)}
    assert texts == ground.planting.planted | set(OWN_WORDS)
    assert not ground.planting.planted & set(OWN_WORDS)
    print(
        f"{len(held)} fields are not open: {len(ground.planting.planted)} planted ({ground.planting.fields} times), "
        f"{len(OWN_WORDS)} of the service's own words, {len(held) - len(texts)} that hold no words"
    )


async def _everything(ground: Ground, judge: Judge, *, whole: bool) -> None:
    """Every operation as every member: as it is meant, and in all wrong ways; or as each third, another third for each
    operation, in one of them."""
    for row, operation in enumerate(OPERATIONS):
        for column, by in enumerate(CAST):
            ground.restore()
            tag = await ground.tag(by, operation)
            judge.judge(await ground.ask(by, ground.asking.good(operation, tag)))
            turn = row + column
            some = [ground.asking.nth_bad(operation, turn)] if turn % 3 == 0 else []
            for sent in ground.asking.bad(operation) if whole else some:
                judge.judge(await ground.ask(by, sent))


async def _clean(ground: Ground, judge: Judge) -> None:
    await judge.judge_metrics()
    print(
        f"{judge.requests} requests, {len(ground.canaries.origins)} canaries, {judge.bytes:,} characters searched, "
        f"{len(judge.shown)} fields shown to those who may see them"
    )
    assert judge.faults == []
    # Each operation was done by somebody, and each word came out where it may: else nothing was looked for.
    assert judge.done == {operation.name for operation in OPERATIONS} - UNMATCHED
    assert _to_be_shown(ground) - judge.shown == set()


def _to_be_shown(ground: Ground) -> set[tuple[str, str]]:
    """The planted fields that some grant sees of a kind that it reads; and what is fetched at an address of its own."""
    found = {("job", "file")}
    for grant in GRANTS:
        for verb in grant.may:
            kind = ABOUT[verb].kind
            if kind is not None and verb.startswith("READ_"):
                found |= {(kind, name) for name in mask(KINDS[kind], grant.sees)[0]}
    return {of for of in found & ground.planting.planted if of[0] not in _WIRELESS}


async def test_no_canary_comes_out_but_to_whom_it_may(ground: Ground) -> None:
    """Every operation as every member of the cast, with words of his own in body, query, path and headers, right and
    wrong: a canary stands only in the body of a 2xx answer to a viewer whose grant sees that class of field, of a
    record that he reaches. None is in a header, a problem, a log line at DEBUG, an entry, a trouble, a `repr` or a
    metric."""
    judge = Judge(ground)
    await _everything(ground, judge, whole=False)
    await _clean(ground, judge)


@pytest.mark.nightly
async def test_no_canary_comes_out_in_whatever_way_it_was_put(ground: Ground) -> None:
    """The same, with every wrong way of every operation as every member."""
    judge = Judge(ground)
    await _everything(ground, judge, whole=True)
    await _clean(ground, judge)


async def test_no_record_says_a_canary_of_itself(ground: Ground) -> None:
    """`repr` of every planted record, and of a view of all of it: logs and tracebacks print them without asking."""
    assert ground.world.stage.store is not None
    records = [
        r for kind in KINDS.values() if kind.shape.kind != "ledger-line" for r in await ground.world.records(kind)
    ]
    assert [fault for record in records for fault in spoken(record, ground.canaries)] == []
    assert len(records) > 100
