"""The states of every life, and the moves between them: written out, so that a change of a table is a decision."""

import itertools
from enum import StrEnum
from typing import Any

import pytest

from domain.confidentiality.record import Record
from domain.confidentiality.verbs import ABOUT, Verb
from domain.kernel.errors import NotNow
from domain.kernel.moves import Moves, move, require
from domain.records import KINDS
from domain.schemes.charter import CHARTER_MOVES, CharterState
from domain.schemes.objective import OBJECTIVE_MOVES, ObjectiveState
from domain.schemes.record import SCHEME_MOVES, SchemeState
from domain.sessions.record import ENROLMENT_MOVES, SESSION_MOVES, EnrolmentState, SessionState
from domain.sessions.request import REQUEST_MOVES, RequestState
from domain.supporters.record import STANDING_MOVES, Standing
from tests.domain.world import codes

LIVES: dict[str, tuple[type[StrEnum], Moves[Any], set[str], dict[str, str]]] = {
    "scheme": (
        SchemeState,
        SCHEME_MOVES,
        {"DRAFT"},
        {
            "DRAFT": "APPROVED CLOSED",
            "APPROVED": "PILOT CLOSED",
            "PILOT": "LIVE SUSPENDED CLOSED",
            "LIVE": "AT_RISK SUSPENDED CLOSED",
            "AT_RISK": "LIVE SUSPENDED CLOSED",
            "SUSPENDED": "PILOT LIVE CLOSED",
            "CLOSED": "",
        },
    ),
    "standing": (
        Standing,
        STANDING_MOVES,
        {"APPLIED"},
        {
            "APPLIED": "ACCEPTED REJECTED STOOD_DOWN",
            "REJECTED": "",
            "ACCEPTED": "IN_TRAINING STOOD_DOWN",
            "IN_TRAINING": "PROBATION STOOD_DOWN",
            "PROBATION": "ACTIVE PAUSED STOOD_DOWN",
            "ACTIVE": "PAUSED STOOD_DOWN",
            "PAUSED": "ACTIVE PROBATION STOOD_DOWN",
            "STOOD_DOWN": "",
        },
    ),
    "request": (
        RequestState,
        REQUEST_MOVES,
        {"RECEIVED", "LIFE_AT_RISK"},
        {
            "RECEIVED": "OFFERED REFUSED WITHDRAWN EXPIRED",
            "OFFERED": "ACCEPTED RECEIVED REFUSED WITHDRAWN EXPIRED",
            "ACCEPTED": "IN_PROGRESS RECEIVED REFUSED WITHDRAWN EXPIRED",
            "IN_PROGRESS": "COMPLETED",
            "COMPLETED": "",
            "REFUSED": "",
            "WITHDRAWN": "",
            "EXPIRED": "",
            "LIFE_AT_RISK": "",
        },
    ),
    "enrolment": (
        EnrolmentState,
        ENROLMENT_MOVES,
        {"WAITING", "STARTED"},
        {
            "WAITING": "STARTED WITHDRAWN_LEARNER TRANSFERRED RELEASED",
            "STARTED": "COMPLETED WITHDRAWN_LEARNER TRANSFERRED RELEASED",
            "COMPLETED": "",
            "WITHDRAWN_LEARNER": "",
            "TRANSFERRED": "",
            "RELEASED": "",
        },
    ),
    "charter": (
        CharterState,
        CHARTER_MOVES,
        {"DRAFT"},
        {
            "DRAFT": "SUBMITTED DISCARDED",
            "SUBMITTED": "DRAFT PUBLISHED",
            "PUBLISHED": "SUPERSEDED",
            "SUPERSEDED": "",
            "DISCARDED": "",
        },
    ),
    "objective": (ObjectiveState, OBJECTIVE_MOVES, {"OPEN"}, {"OPEN": "CLOSED", "CLOSED": ""}),
    "session": (
        SessionState,
        SESSION_MOVES,
        {"PLANNED"},
        {"PLANNED": "DELIVERED NOT_DELIVERED", "DELIVERED": "", "NOT_DELIVERED": ""},
    ),
}
LIFE = pytest.mark.parametrize(("states", "table", "first", "expected"), LIVES.values(), ids=list(LIVES))


@LIFE
def test_the_moves_that_are_allowed_and_no_others(
    states: Any, table: Moves[Any], first: set[str], expected: dict[str, str]
) -> None:
    """Of all pairs of states, the listed moves succeed; every other is NotNow, and says the state that forbids it."""
    assert set(table) == set(states) == set(expected)
    for now, to in itertools.product(states, states):
        if to.value in expected[now.value].split():
            assert move(table, now, to) is to
        else:
            with pytest.raises(NotNow) as wrong:
                move(table, now, to)
            assert codes(wrong.value) == [f"STATE_{now.value}"]


@LIFE
def test_every_state_can_be_reached(states: Any, table: Moves[Any], first: set[str], expected: dict[str, str]) -> None:
    """From where a life begins, each state can be come to: none is a dead word."""
    reached = {s for s in states if s.value in first}
    while further := {to for s in reached for to in table[s]} - reached:
        reached |= further
    assert reached == set(states)


@LIFE
def test_what_has_ended_stays_ended(states: Any, table: Moves[Any], first: set[str], expected: dict[str, str]) -> None:
    """From an end there is no move, and from everywhere else an end can be come to."""
    ends = {s for s in states if not table[s]}
    assert ends
    for start in states:
        reached = {start}
        while further := {to for s in reached for to in table[s]} - reached:
            reached |= further
        assert reached & ends
        assert start not in ends or reached == {start}


MOVED = [(kind, verb) for kind in KINDS.values() if kind.shape.life for verb in kind.shape.life.moves]


@pytest.mark.parametrize(("kind", "verb"), MOVED, ids=lambda p: getattr(p, "__name__", str(p)))
def test_a_verb_moves_from_where_a_move_is_in_the_table(kind: type[Record], verb: Verb) -> None:
    """What a 409 says may be done from here leads somewhere: from no end, and each verb from somewhere. And each state
    that a person can leave has a verb that leaves it."""
    life = kind.shape.life
    assert life is not None
    table = next(t for states, t, _, _ in LIVES.values() if states is kind.shape.fields[life.field].type)
    assert life.moves[verb]
    assert all(table[state] for state in life.moves[verb])
    assert ABOUT[verb].kind == kind.shape.kind
    assert {state for states in life.moves.values() for state in states} == {state for state in table if table[state]}


def test_all_guards_are_told_at_once() -> None:
    """Nobody has to try five times to learn five reasons; a guard that holds is not mentioned."""
    with pytest.raises(NotNow) as wrong:
        require((False, "ONE"), (True, "TWO"), (False, "THREE"))
    assert codes(wrong.value) == ["ONE", "THREE"]
    require((True, "ONE"), (True, "TWO"))
