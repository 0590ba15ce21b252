"""Leaks by what callers share, and by what changes when a secret does: rows 12 to 17, 35, 40, 41; and a blind write."""

import dataclasses
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from api import call, wire
from api.edge import envelope
from api.edge.envelope import Envelope
from api.edge.rate import Buckets
from domain.act import Act
from domain.confidentiality import disclosure
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Stale
from persistence.memory import MemoryStore
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.leaks import CHANGES_IN_PART, Memory, does, instead, kept, leak, rows


def _of_view(house: House, view: Any) -> Any:
    return rows(house).get((view.kind.shape.kind, view.id))


@leak(12)
def a_tag_of_all_of_it(house: House) -> Iterator[None]:
    """The tag is a hash of the whole record, as it is kept."""

    def made(tag: Any) -> Any:
        def instead_of_it(view: Any, actor: Any) -> str:
            record = _of_view(house, view)
            fields = () if record is None else tuple(str(getattr(record, n)) for n in record.shape.fields)
            return uuid5(NAMESPACE_URL, tag(view, actor) + repr(fields)).hex

        return instead_of_it

    with instead(house.runtime, "tag", made):
        yield


@leak(12)
def last_modified(house: House) -> Iterator[None]:
    """A record says when it was changed last, by whomever."""

    def made(answer: Any) -> Any:
        def instead_of_it(self: Any, view: Any, *more: Any, **named: Any) -> Any:
            made = answer(self, view, *more, **named)
            record = _of_view(house, view)
            made.headers["Last-Modified"] = f"change {0 if record is None else record.version}"
            return made

        return instead_of_it

    with instead(call.Call, "answer", made):
        yield


@leak(35)
def the_version_is_shown(house: House) -> Iterator[None]:
    """How often the record was edited stands in it."""

    def made(body: Any) -> Any:
        def instead_of_it(view: Any) -> Any:
            record = _of_view(house, view)
            return {**body(view), "edits": 0 if record is None else record.version}

        return instead_of_it

    with instead(wire, "body", made):
        yield


@leak(13, CHANGES_IN_PART)
def held_for_who_edits_it(house: House) -> Iterator[None]:
    """A change is refused with 412 where the record was edited out of sight: it is held for its editor."""

    def checked(check: Any) -> Any:
        def instead_of_it(act: Act, record: Any, seen: str) -> None:
            check(act, record, seen)
            if record.version > 0:
                raise Stale

        return instead_of_it

    with instead(Act, "_check", checked):
        yield


@leak(14)
def ids_that_count(house: House) -> Iterator[None]:
    """An id is the next number of one sequence for everybody, however it is dressed."""

    def made(ids: Any) -> Any:
        return lambda: uuid5(NAMESPACE_URL, f"{len(kept(house).entries)} {ids()}")

    with instead(house.runtime, "ids", made):
        yield


@leak(14)
def requests_are_numbered(house: House) -> Iterator[None]:
    """The request id is the number of requests that this process has had."""
    counted = Memory(house)

    def made(secrets: Any) -> Any:
        def token_hex(length: int) -> str:
            now = counted.now()
            now["n"] = now.get("n", 0) + 1
            return f"{now['n']:0{2 * length}x}"

        return type("Counting", (), {"token_hex": staticmethod(token_hex)})

    with instead(envelope, "secrets", made):
        yield


@leak(23, does(Verb.READ_LEDGER))
def lines_have_positions(house: House) -> Iterator[None]:
    """A line of the ledger bears its position among all of them."""

    def made(entry: Any) -> Any:
        def instead_of_it(self: Act, *more: Any) -> Any:
            position = UUID(int=(len(kept(house).entries) << 64) + 1)
            return dataclasses.replace(entry(self, *more), id=position)

        return instead_of_it

    with instead(Act, "_entry", made):
        yield


@leak(15)
def keys_are_everybodys(house: House) -> Iterator[None]:
    """An idempotency key is looked for without asking whose it is."""

    def made(used: Any) -> Any:
        def instead_of_it(self: MemoryStore, actor: Any, route: str, key: str) -> Any:
            return next((use for (_, r, k), use in self.keys.items() if (r, k) == (route, key)), None)

        return instead_of_it

    with instead(MemoryStore, "_used", made):
        yield


@leak(16)
def one_bucket_for_all(house: House) -> Iterator[None]:
    """All callers spend of one rate."""

    def made(take: Any) -> Any:
        return lambda self, key: take(self, "everybody")

    with instead(Buckets, "take", made):
        yield


@leak(17)
def the_age_of_an_answer(house: House) -> Iterator[None]:
    """An answer says how often this address was asked for, by anybody: a shared cache's `Age`."""
    asked = Memory(house)

    def made(headers: Any) -> Any:
        def instead_of_it(self: Envelope, scope: Any, given: Any, request_id: str) -> Any:
            now = asked.now()
            now[scope["path"]] = now.get(scope["path"], 0) + 1
            return [*headers(self, scope, given, request_id), (b"age", b"%d" % now[scope["path"]])]

        return instead_of_it

    with instead(Envelope, "_headers", made):
        yield


@leak(41)
def a_mask_without_a_viewer(house: House) -> Iterator[None]:
    """What is shown of a kind is remembered for the kind, from whoever looked first."""
    remembered = Memory(house)

    def made(mask: Any) -> Any:
        def instead_of_it(kind: Any, sees: Any) -> Any:
            return remembered.now().setdefault(kind, mask(kind, sees))

        return instead_of_it

    with instead(disclosure, "mask", made):
        yield


@leak(41)
def an_answer_without_a_viewer(house: House) -> Iterator[None]:
    """The tag of a record is remembered for the record, from whoever read it first."""
    remembered = Memory(house)

    def made(tag: Any) -> Any:
        def instead_of_it(view: Any, actor: Any) -> str:
            record = _of_view(house, view)
            key = (view.kind, view.id, None if record is None else record.version)
            return remembered.now().setdefault(key, tag(view, actor))

        return instead_of_it

    with instead(house.runtime, "tag", made):
        yield


@leak(40)
def the_newest_decision_decides(house: House) -> Iterator[None]:
    """What is disclosed goes by the decision that was made last in the process: by somebody else's, where two requests
    are under way at once."""
    newest = Memory(house)

    def begun(init: Any) -> Any:
        def instead_of_it(act: Act, begin: Any, decision: Any, *more: Any) -> None:
            init(act, begin, decision, *more)
            newest.now()["decision"] = decision

        return instead_of_it

    def made(disclose: Any) -> Any:
        def instead_of_it(act: Act, record: Any) -> Any:
            mine = act.decision
            act.decision = newest.now().get("decision", mine)
            try:
                return disclose(act, record)
            finally:
                act.decision = mine

        return instead_of_it

    with instead(Act, "__init__", begun), instead(Act, "disclose", made):
        yield


@leak(13, CHANGES_IN_PART)
def a_blind_write(house: House) -> Iterator[None]:
    """A change is kept as the viewer saw the record: what he is not shown is empty afterwards (P3)."""

    def made(keep: Any) -> Any:
        def instead_of_it(act: Act, record: Any, *, was: Any = None) -> None:
            if was is not None:
                withheld = disclosure.mask(type(record), act.decision.sees(type(record)))[1]
                empty = {n: 0 if isinstance(getattr(record, n), int) else None for n in withheld}
                record = dataclasses.replace(record, **empty)
            keep(act, record, was=was)

        return instead_of_it

    with instead(Act, "keep", made):
        yield
