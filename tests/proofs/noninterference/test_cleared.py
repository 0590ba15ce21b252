"""The labels of the proof are those of the service: else it would prove something else."""

from collections.abc import Iterable
from enum import EnumType

import pytest

from api.capacities import caller_of
from domain.confidentiality.viewer import Viewer
from domain.records import KINDS
from tests.http import cast
from tests.http.cast import START
from tests.proofs.noninterference.cleared import eyes
from tests.proofs.noninterference.drawing_secrets import VIEWERS
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.knowledge import READ_OF, mind
from tests.proofs.noninterference.state import Edit, base, beside, changed, differing
from tests.proofs.noninterference.traces import High, Step, Trace, from_json


@pytest.mark.parametrize("name", VIEWERS)
def test_the_capacities_of_the_proof_are_those_of_the_service(home: House, name: str) -> None:
    """Worked out twice, from the same rows: who he is, in which roles, with which facts."""
    home.enter(base().store())
    caller = home.run(caller_of(home.runtime, cast.principal(name)))
    seeing = eyes(name, base().records.values(), START)

    def told(capacities: Iterable[Viewer]) -> list[str]:
        known = [(c, sorted((n, str(v)) for n, v in c.facts.items() if v != frozenset())) for c in capacities]
        return sorted(f"{c.actor} {c.role} {c.assignment} {facts}" for c, facts in known)

    assert told(caller.capacities) == told(seeing.capacities)


@pytest.mark.parametrize("kind", sorted(READ_OF))
def test_who_is_cleared_is_shown_it_and_who_is_not_is_not(home: House, kind: str) -> None:
    """Each record of the kind, each viewer in one capacity: the answer is 200 with just the fields that the labels say,
    or 404, or is not in the list."""
    operation = READ_OF[kind]
    for name in VIEWERS:
        who = mind(name)
        if len(who.eyes.may(operation.verb)) != 1:
            continue
        home.enter(base().store())
        for key, record in base().all().items():
            if key[0] != kind:
                continue
            home.turn.worlds += 1
            heard = home.run(home.say(name, "GET", operation.path_of(key[1]), "", (), None))
            assert heard.status == (200 if who.eyes.knows(record) else 404), (name, record)


def test_every_field_of_every_kind_can_be_changed() -> None:
    """Whatever type a field has, there is another value beside its own: no secret is left out because it cannot be
    drawn. A record out of the base, with each field changed alone, is another record."""
    there = base().records
    for (kind, id), record in there.items():
        for name, field in record.shape.fields.items():
            of_one = isinstance(field.type, EnumType) and len(field.type) == 1
            if name in ("id", "version") or of_one:
                continue
            value = getattr(record, name)
            assert beside(field.type, value, 0) != value, (kind, name)
            after = changed(base(), (Edit("set", kind, str(id), ((name, 0),)),)).records
            assert differing(there, after) == [(kind, id)]
    assert {kind for kind, _ in there} | {"ledger-line", "induction"} >= set(KINDS)


def test_every_viewer_has_secrets() -> None:
    """Nobody is cleared for everything: each member of the cast has classes of facts that are kept from him."""
    for name in VIEWERS:
        assert len(mind(name).secrets) >= 4, name


def test_a_trace_is_kept_whole() -> None:
    """What is written as JSON and read again is the same trace."""
    step = Step("GET", "/v1/me", (("a", "b"),), (("c", "d"),), {"e": [1]}, "read", True, "officer", True)
    edit = Edit("set", "scheme", "x", (("name", 1), ("prison", "y")))
    trace = Trace("officer", (step,), (edit,), (High(0, (step,), (step,), 3),), (0, 2), "about")
    assert from_json(trace.as_json()) == trace
