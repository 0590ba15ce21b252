"""The route matrix (A2): role x operation x relation x purpose x method. No expectation stands here: each is computed
from the policy, the reach and the record."""

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within
from persistence.ledger.line import line_of
from tests.http.cast import CAST
from tests.http.operations import NARROWED, OF_RECORDS, OPERATIONS
from tests.proofs.matrix import cells, players
from tests.proofs.matrix.account import Counted
from tests.proofs.matrix.asgi import Stand
from tests.proofs.matrix.judge import Judge
from tests.proofs.matrix.masks import unmasked

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.mark.parametrize("thorough", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["", "thorough"])
async def test_every_cell_is_answered_as_the_policy_says(counted: Counted, thorough: bool) -> None:
    """Refused at the gate with its own code, absent where out of reach, done or judged by state where within it; one
    line in the ledger; nothing kept by what was refused; withheld what the grant's clearance does not see."""
    judge, number, wrong = Judge(), 0, []
    for cell in cells.all_cells(thorough=thorough):
        number += 1
        wrong += await judge.wrong(cell)
    assert wrong == [], "\n".join(wrong[:40])
    counted("cells of the matrix: member x operation x relation x purpose, 0 mismatches", number, at_least=5_000)
    done = {name for name, status in judge.statuses if status < 300}
    assert done == {o.name for o in OPERATIONS}, "each operation is done at least once, so that its mask was seen"
    verbs = {o.verb for o in OPERATIONS}
    lines = {(g.rule, v) for g in GRANTS for v in g.may & verbs}
    assert judge.reached == lines, "every line of the policy was acted on by somebody"
    bounded = {(g.rule, v) for g in GRANTS for v in g.may & verbs if ABOUT[v].kind and g.within is not Within.ANYONE}
    items = {(rule, v) for rule, v in bounded if any(o.verb is v and o.of_one for o in OPERATIONS)}
    assert items <= judge.missed, "and missed something by it"


async def test_every_list_holds_what_is_reached_and_nothing_besides(counted: Counted) -> None:
    """For every member, list and purpose: the ids are those of the records in reach, with all his neighbours standing
    there; the board's those that are open."""
    judge, number = Judge(), 0
    for who in CAST:
        near, entries = cells.neighbours(who), cells.lines_for(who)
        for operation in OF_RECORDS:
            for purpose in cells.PURPOSES:
                decision = players.decided(who, operation.verb, purpose)
                if isinstance(decision, int):
                    continue
                judge.stand.set(*near, entries=entries)
                there = [*judge.stand.records.values(), *map(line_of, entries)]
                headers = {} if purpose is None else {"Purpose-Of-Use": purpose.value}
                query = "" if operation.verb is Verb.READ_BOARD else "?limit=100"
                reply = await judge.stand.send(who, "GET", operation.path + query, headers=headers)
                if not cells.is_there(operation, decision, there):
                    assert reply.status == 404, (who, operation, purpose)
                    continue
                ids = {item["id"] for item in reply.said["items"]}
                reached = cells.in_reach(decision, there, **operation.under)
                narrowed = ids < reached and operation.name in NARROWED
                assert ids == reached or narrowed, (who, operation, purpose)
                assert reply.said.get("next") is None
                assert unmasked(decision, reply) == [], (who, operation)
                number += 1
    counted("lists held against covers, each with every relation in it", number, at_least=100)


@pytest.mark.parametrize("of", [4, pytest.param(1, marks=pytest.mark.nightly)], ids=["", "by-all"])
async def test_every_other_method_of_every_address_is_refused(counted: Counted, of: int) -> None:
    """405 by route, never by object, to whoever asks; the methods there are, and no more, in `Allow`. Each fourth asks,
    another fourth with the next method or at the next address; at night all of them."""
    stand, number = Stand(players.records()), 0
    by_path: dict[str, set[str]] = {}
    for operation in OPERATIONS:
        by_path.setdefault(operation.template, set()).add(operation.method)
    example = {o.template: o.path for o in OPERATIONS}
    asking = list(cells.one_of_each().values())
    for place, (template, registered) in enumerate(by_path.items()):
        for turn, method in enumerate(m for m in METHODS if m not in registered):
            answers = set()
            for who in asking[(place + turn) % of :: of]:
                stand.set()
                reply = await stand.send(who, method, example[template])
                assert (reply.status, reply.headers["allow"]) == (405, ", ".join(sorted(registered))), (who, template)
                assert len(stand.lines) == 1
                answers.add(reply.content)
                number += 1
            assert len(answers) == 1, f"{method} {template} differs from caller to caller"
    counted("cells of the matrix: member x address x method that it has not", number, at_least=5_000)
