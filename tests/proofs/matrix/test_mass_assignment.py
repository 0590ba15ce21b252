"""Mass assignment (A7): every member of every record, on every operation that writes; and of an amendment every member
that the grant does not let its role write (F71). None of them changes anything."""

from dataclasses import replace
from typing import Any

import pytest

from api import strict_json
from api.wire import camel
from domain.act import Act
from domain.confidentiality.grants import GRANTS, Grant
from domain.confidentiality.record import changed_fields
from domain.records import KINDS
from tests.http.cast import CAST
from tests.http.operations import AT_QUEUES, OPERATIONS, Operation, operation
from tests.proofs.matrix import cells, players
from tests.proofs.matrix.account import Counted
from tests.proofs.matrix.asgi import Stand
from tests.proofs.matrix.attempts import WRITES, Attempt, attempts, done, sent, succeeded, taken, tried
from tests.proofs.matrix.cells import Cell

BY_THE_SERVICE = frozenset(
    {"planned_by", "written_by", "baseline_about", "measured_about", "amended_by", "words_gone_on"},
)
"""Who wrote in it, and what is told outside of a number: the service's own word, whatever was sent."""
OF_WHOEVER_WROTE_LAST = {"amendStaffNote": {"author"}}
"""What says by itself whose the words are now."""
OF_OTHERS = {"agreedToBeListed": True}
"""What is written by others than whoever sends the operation's example, so that no example has it."""

TOGETHER = (
    *(frozenset({"referral", "referredTo"}), frozenset({"approached", "refused"})),
    frozenset({"startsOn", "runningWeeks", "analysisOn"}),
)
"""What goes with another, or is refused."""


@pytest.fixture
def stand() -> Stand:
    """The application over what stands in the store."""
    return Stand(players.records())


@pytest.mark.parametrize("thorough", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["", "thorough"])
async def test_no_member_that_is_not_taken_is_heeded(stand: Stand, counted: Counted, thorough: bool) -> None:
    """422 UNKNOWN_FIELD for each, in a request that is done without it; nothing kept, and a line."""
    number, wrong = 0, []
    names = {name for kind in KINDS.values() for field in kind.shape.fields for name in (field, camel(field))}
    assert names <= set(tried())
    for each in WRITES:
        request = await done(stand, each)
        for attempt in attempts(request, thorough=thorough):
            number += 1
            wrong += await succeeded(stand, attempt)
    assert wrong == [], "\n".join(wrong[:20])
    counted(f"attempts to assign one member too many, on {len(WRITES)} operations, 0 heeded", number, at_least=5_000)


def test_what_writes_has_a_body_that_is_tried() -> None:
    """No operation that changes anything is left out."""
    assert {o.name for o in OPERATIONS if o.method != "GET" and o.verb not in AT_QUEUES} == {o.name for o in WRITES}


# --- amendments: what a grant lets its role write ---------------------------------------------------------------------

AMENDING: list[tuple[Operation, Grant]] = [
    (o, g) for o in OPERATIONS if o.method == "PATCH" for g in GRANTS if o.verb in g.may
]
_ids = [f"{o}-{g.rule}" for o, g in AMENDING]


async def amended(stand: Stand, each: Operation, grant: Grant) -> Cell:
    """An amendment by that grant that is done when it is sent."""
    for who in CAST:
        for purpose in cells.PURPOSES:
            decision = players.decided(who, each.verb, purpose)
            if not isinstance(decision, int) and decision.grant is grant:
                for cell in cells.cells_of(who, each, purpose):
                    if cell.changes and (await sent(stand, cell)).status == 200:
                        return cell
    raise AssertionError(f"nobody amends by {grant.rule}")


def forbidden(each: Operation, grant: Grant) -> list[str]:
    """The members that the operation takes and this grant does not let its role write."""
    return [name for name in taken(each) if name not in {camel(w) for w in grant.writes}]


@pytest.mark.parametrize(("each", "grant"), AMENDING, ids=_ids)
async def test_an_amendment_writes_the_members_of_its_grant_and_no_others(
    stand: Stand, each: Operation, grant: Grant
) -> None:
    """Each member of the grant alone changes just that field; every other is refused in the words for one that does not
    exist, alone and beside one that is allowed."""
    example = {**OF_OTHERS, **(each.example.body or {})}
    request = await amended(stand, each, grant)
    (was,) = request.placed
    for field in grant.writes:
        member = camel(field)
        if member not in taken(each):
            continue  # of another register that the same line amends
        members = next((some for some in TOGETHER if member in some and some <= {*taken(each)}), {member})
        reply = await sent(stand, replace(request, body={name: example[name] for name in members}))
        assert reply.status == 200, (member, reply.content)
        kept: Any = stand.records[was.shape.kind, was.id]
        allowed = {name for name in grant.writes if camel(name) in members}
        assert set(changed_fields(was, kept)) <= {*allowed, *BY_THE_SERVICE, *OF_WHOEVER_WROTE_LAST.get(each.name, ())}
    values = {**tried(), **example}
    for member in forbidden(each, grant):
        for body in ({member: values[member]}, {**request.body, member: values[member]}):
            assert await succeeded(stand, Attempt(replace(request, body=body), member, f"/{member}")) == []


def test_some_grant_writes_less_than_its_operation_takes() -> None:
    """So that the test above refuses something."""
    assert any(forbidden(each, grant) for each, grant in AMENDING)


# --- that it can fail -------------------------------------------------------------------------------------------------


async def test_a_body_whose_unknown_members_are_passed_over_is_found(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where unknown members are dropped in silence, every attempt succeeds, and every one is found."""
    for name in ("amendScheme", "decideApplication", "createScheme", "handInTally"):
        request = await done(stand, operation(name))
        some = list(attempts(request))[::20]
        known = taken(request.operation)

        def lenient(content: bytes, known: Any = known, real: Any = strict_json.parse) -> Any:
            return {name: value for name, value in real(content).items() if name in known}

        with monkeypatch.context() as patch:
            patch.setattr(strict_json, "parse", lenient)
            found = [await succeeded(stand, attempt) for attempt in some]
        assert all(found), name


async def test_an_amendment_without_its_grant_s_list_is_found(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the list of a grant is not looked at, the supporter's own new name is found in his record."""
    each = operation("amendSupporter")
    grant = next(g for o, g in AMENDING if o is each and "name" not in g.writes)
    request = await amended(stand, each, grant)
    attempt = Attempt(replace(request, body={"name": "Somebody Else"}), "name", "/name")
    assert await succeeded(stand, attempt) == []
    monkeypatch.setattr(Act, "admit_writes", lambda *_: None)
    assert await succeeded(stand, attempt)
    (was,) = request.placed
    kept: Any = stand.records[was.shape.kind, was.id]
    assert kept.name == "Somebody Else"
