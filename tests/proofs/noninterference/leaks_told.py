"""Leaks by what is told beside the answer: statistics, the ledger, logs, the document: rows 21, 22, 26, 28, 32."""

import dataclasses
import logging
from collections.abc import Iterator
from typing import Any

from api.edge.envelope import Envelope
from api.routes import late
from domain import notes
from domain.confidentiality.verbs import Verb
from domain.notes import Notes
from domain.oversight import counts
from domain.sessions import asking
from persistence import memory
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.leaks import does, instead, leak, of, who

log = logging.getLogger("peer_support.planted")


COUNTS_UNSEEN = who(lambda m: bool(m.eyes.may(Verb.START_JOB)) and not m.visible_of("supporter"))
"""Whoever may have supporters counted, and is shown none."""


@leak(21, COUNTS_UNSEEN, kinds=("supporter",))
def exact_counts(house: House) -> Iterator[None]:
    """A summary leaves without suppression and rounding."""
    with instead(counts, "let_out", lambda _: lambda numbers, sums: {place: n.count for place, n in numbers.items()}):
        yield


@leak(22, does(Verb.READ_LEDGER))
def a_closed_line_at_its_minute(house: House) -> Iterator[None]:
    """A line on closed participation shows its minute and its verb."""

    def made(line_of: Any) -> Any:
        return lambda entry: line_of(dataclasses.replace(entry, closed=False))

    def exactly(_: Any) -> Any:
        return lambda at, *_: at

    with instead(memory, "line_of", made), instead(notes, "_blurred", exactly):
        yield


@leak(22, does(Verb.READ_LEDGER), kinds=("request",))
def a_line_names_who_was_helped(house: House) -> Iterator[None]:
    """The line of a request says for whom it was."""

    def made(entry: Any) -> Any:
        def instead_of_it(self: Notes, *more: Any) -> Any:
            made = entry(self, *more)
            names = [k.record.recipient for k in more[-1] if k.record.shape.kind == "request"]
            return dataclasses.replace(made, code=names[0]) if names else made

        return instead_of_it

    with instead(Notes, "entry", made):
        yield


@leak(26)
def the_log_says_who(house: House) -> Iterator[None]:
    """When somebody asks, the log says for whom, in a key that may be written."""

    def made(ask: Any) -> Any:
        async def instead_of_it(begin: Any, **given: Any) -> Any:
            log.info("asked", extra={"kind": str(given.get("recipient"))})
            return await ask(begin, **given)

        return instead_of_it

    with instead(asking, "ask", made):
        yield


@leak(26)
def the_log_says_where(house: House) -> Iterator[None]:
    """Addresses are logged as they came, ids included."""

    def made(headers: Any) -> Any:
        def instead_of_it(self: Envelope, scope: Any, given: Any, request_id: str) -> Any:
            log.info("answered", extra={"route": scope["path"]})
            return headers(self, scope, given, request_id)

        return instead_of_it

    with instead(Envelope, "_headers", made):
        yield


@leak(28, kinds=("request",))
def the_document_grows(house: House) -> Iterator[None]:
    """The document is another one where there are requests of a kind that is used for the first time."""

    def made(headers: Any) -> Any:
        def instead_of_it(self: Envelope, scope: Any, given: Any, request_id: str) -> Any:
            told = headers(self, scope, given, request_id)
            if scope["path"] == "/openapi.json":
                told.append((b"etag", b'"%d"' % len(of(house, "request"))))
            return told

        return instead_of_it

    with instead(Envelope, "_headers", made):
        yield


@leak(32, does(Verb.IMPORT_SUPPORTER), kinds=("request",))
def a_row_s_place_says_who_asked(house: House) -> Iterator[None]:
    """What is wrong with a row of a file is placed behind all who have asked for somebody so far."""

    def made(refused: Any) -> Any:
        def instead_of_it(key: Any, status: int, type: str, failures: Any) -> Any:
            told = refused(key, status, type, failures)
            asked = [r.recipient for r in of(house, "request")]
            return {**told, "failures": [*told["failures"], {"code": "ROW", "path": f"/{asked}"[:200]}]}

        return instead_of_it

    with instead(late, "_refused", made):
        yield
