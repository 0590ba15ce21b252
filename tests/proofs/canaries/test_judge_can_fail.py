"""The judge of the canaries, judged: each planted leak is told, so that silence elsewhere means something."""

import logging
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from prometheus_client import REGISTRY, Counter

from api import conditions, guarded, noting
from api.edge.envelope import Envelope
from api.problems import kinds, reading
from api.telemetry.traced import Under
from domain.act import Act
from domain.confidentiality import disclosure
from domain.confidentiality.classification import EVERYTHING
from domain.confidentiality.entry import Entry
from domain.kernel.errors import Failure, Stale
from domain.ports import Look, Scope
from domain.supporters.record import Supporter
from persistence.memory import MemoryStore
from tests.http.operations import operation
from tests.proofs.canaries.ground import Ground, planted
from tests.proofs.canaries.judging import Judge

Plant = Callable[[pytest.MonkeyPatch, Ground], None]
_log = logging.getLogger("peer_support.planted")
_BY = ("officer", "coordinator", "hub", "arthur", "listener", "far-officer")
_SOME = ("listSupporters", "getSupporter", "listRequests", "amendSupporter", "getSession", "getMe")


@pytest.fixture(name="ground")
async def _ground() -> AsyncGenerator[Ground]:
    async with planted(MemoryStore()) as ground:
        ground.remember()
        yield ground


async def faults(ground: Ground, until: str | None = None) -> list[str]:
    """What the judge says of some operations, right and wrong, by some members; or until it says this."""
    judge = Judge(ground)
    for name in _SOME:
        for by in _BY:
            of = operation(name)
            ground.restore()
            if until is not None and any(until in fault for fault in judge.faults):
                return judge.faults
            judge.judge(await ground.ask(by, ground.asking.good(of, await ground.tag(by, of))))
            for sent in ground.asking.bad(of):
                judge.judge(await ground.ask(by, sent))
    await judge.judge_metrics()
    return judge.faults


async def test_without_a_leak_there_is_silence(ground: Ground) -> None:
    """The same requests to the application as it is."""
    assert await faults(ground) == []


def _logged(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    opened = guarded.open_call

    async def open_call(runtime: Any, request: Any, *more: Any, **named: Any) -> Any:
        _log.debug("opened", extra={"url": str(request.url)})
        return await opened(runtime, request, *more, **named)

    patch.setattr(guarded, "open_call", open_call)


def _traced(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    def purpose(request: Any) -> None:
        try:
            raise ValueError(request.headers["user-agent"])
        except ValueError:
            _log.debug("no purpose", exc_info=True)

    patch.setattr(conditions, "purpose", purpose)


def _echoed(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    patch.setattr(reading, "failures", lambda errors, _: (kinds.UNACCEPTABLE, [Failure("X", str(e)) for e in errors]))


def _in_a_header(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    made = Envelope._headers

    def headers(self: Envelope, scope: Any, given: Any, request_id: str) -> Any:
        sent = dict(scope["headers"])
        return [*made(self, scope, given, request_id), (b"x-correlation-id", sent.get(b"cookie", b""))]

    patch.setattr(Envelope, "_headers", headers)


def _in_the_ledger(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    as_json, word = Entry.as_json, ground.canaries.word("planted")
    patch.setattr(Entry, "as_json", lambda entry: as_json(entry) | {"search": word})


def _in_an_entry(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    turned, word = noting.turned_away, ground.canaries.word("planted")
    patch.setattr(noting, "turned_away", lambda *given, **named: replace(turned(*given, **named), code=word))


def _in_a_trouble(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    # Within the act: what slips before it is raised anew, with no cause.
    word = ground.canaries.word("planted")

    def check(*_: Any) -> None:
        raise Stale from ValueError(word)

    patch.setattr(Act, "_check", check)


def _unmasked(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    mask = disclosure.mask
    patch.setattr(disclosure, "mask", lambda kind, _sees: mask(kind, EVERYTHING))


def _unbounded(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    patch.setattr(Act, "_look", lambda act, _kind: Look((), act.viewer, act.now, Scope(None, True)))


def _in_a_repr(patch: pytest.MonkeyPatch, ground: Ground) -> None:
    patch.setattr(Supporter, "__repr__", lambda record: f"Supporter({record.name})")


@contextmanager
def _counted(word: str) -> Iterator[None]:
    counter = Counter("planted_requests", "A label that names somebody.", ["who"])
    counter.labels(word).inc()
    try:
        yield
    finally:
        REGISTRY.unregister(counter)


LEAKS: dict[str, tuple[Plant, str]] = {
    "a log line": (_logged, "in a log line: "),
    "a traceback in a log": (_traced, "in a log line: "),
    "a problem that echoes": (_echoed, "in a body of 422: "),
    "a header": (_in_a_header, "in header x-correlation-id: "),
    "the ledger's bytes": (_in_the_ledger, "in the ledger: "),
    "an entry": (_in_an_entry, "in the ledger: "),
    "a trouble's cause": (_in_a_trouble, "in a trouble: "),
    "a mask that shows all": (_unmasked, "shown without a right to it: "),
    "a reach without an end": (_unbounded, "shown without a right to it: "),
    "a record's repr": (_in_a_repr, "in a repr of supporter: "),
}


@pytest.mark.parametrize("leak", LEAKS)
async def test_a_leak_is_told(leak: str, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whichever place."""
    plant, told = LEAKS[leak]
    plant(monkeypatch, ground)
    assert any(told in fault for fault in await faults(ground, until=told))


def _path_for_template(under: Under) -> str:
    scope = under._scope
    return f"{scope['path']}?{scope['query_string'].decode('latin-1')}"


def _caller_s_program(under: Under) -> str:
    return dict(under._scope["headers"]).get(b"user-agent", b"").decode("latin-1")


@pytest.mark.parametrize("label", [_path_for_template, _caller_s_program])
async def test_a_label_at_the_scraper_s_port_is_told(
    label: Callable[[Under], str], ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A route by what was asked for, or by who asked, is found in what `/metrics` prints."""
    monkeypatch.setattr(Under, "_told", label)
    assert any(fault.startswith("in a metric: ") for fault in await faults(ground))


async def test_a_label_that_names_somebody_is_told(ground: Ground) -> None:
    """In whatever this process would let itself be asked by a scrape."""
    with _counted(ground.canaries.word("planted")):
        judge = Judge(ground)
        await judge.judge_metrics()
    assert [fault.partition(":")[0] for fault in judge.faults] == ["in a metric"]
