"""The states of every life, and the moves between them: written out, so that a change of a table is a decision."""

import itertools
from typing import Any

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.feedback.complaints import ComplaintState
from domain.kernel.errors import NotNow
from domain.kernel.moves import Moves, move, require
from domain.life.status import SchemeStatus
from domain.oversight.jobs import Job
from domain.records import KINDS
from domain.schemes.charter import CharterState
from domain.schemes.registers.risks import RiskState
from domain.sessions.conduct import Review
from domain.supporters.record import Standing
from tests.domain.lives import LIVES
from tests.domain.world import codes

ENDLESS = {RiskState, Review, ComplaintState}
"""A risk that was laid to rest may come back as long as its scheme lives; whoever was concerned may say otherwise of
what was reviewed, and whoever complained may not take the answer."""
STAYS = {Verb.AMEND_CHARTER, Verb.SIGN_CHARTER, Verb.LOG_ACTIVATION, Verb.PUBLISH_PROPOSAL, Verb.KEEP_VACANCY}
STAYS |= {Verb.APPEAL_SUPPORTER, Verb.KEEP_SUPPORT_RECORD, Verb.CORRECT_SUPPORT_RECORD}
STAYS |= {Verb.AMEND_ENROLMENT, Verb.CHANGE_MENTOR, Verb.REVIEW_ENROLMENT, Verb.SHARE_ENROLMENT}
"""Verbs that one's state allows or forbids, and that leave it where it stands."""
LEFT_BY_ANOTHER: dict[Any, set[Any]] = {
    CharterState: {CharterState.PUBLISHED},
    Standing: {Standing.REMOVED},
    Review: {Review.NOT_NEEDED, Review.REVIEWED},
}
"""What holds is superseded as the next version is published, a removal ends with the appeal against it, and what those
concerned say of conduct calls for a review: no verb about it does that."""
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
    assert bool(ends) is (states not in ENDLESS)
    for start in states:
        reached = {start}
        while further := {to for s in reached for to in table[s]} - reached:
            reached |= further
        assert reached & ends or states in ENDLESS
        assert start not in ends or reached == {start}


MOVED = [(kind, verb) for kind in KINDS.values() if kind.shape.life for verb in kind.shape.life.moves]


@pytest.mark.parametrize(("kind", "verb"), MOVED, ids=lambda p: getattr(p, "__name__", str(p)))
def test_a_verb_moves_from_where_a_move_is_in_the_table(kind: type[Record], verb: Verb) -> None:
    """What a 409 says may be done from here leads somewhere: from no end, and each verb from somewhere. And each state
    that a person can leave has a verb that leaves it."""
    life = kind.shape.life
    assert life is not None
    states = kind.shape.fields[life.field].type
    table = next(t for of, t, _, _ in LIVES.values() if of is states)
    assert life.moves[verb]
    assert verb in STAYS or all(table[state] for state in life.moves[verb])
    assert ABOUT[verb].kind == kind.shape.kind
    left = {state for moves, stands in life.moves.items() if moves not in STAYS for state in stands}
    assert left == {state for state in table if table[state]} - LEFT_BY_ANOTHER.get(states, set())


STATED = [kind for kind in KINDS.values() if "state" in kind.shape.fields and kind not in (SchemeStatus, Job)]
"""A status repeats what its scheme says, and a job is moved by the service alone."""


@pytest.mark.parametrize("kind", STATED, ids=lambda kind: kind.__name__)
def test_whatever_has_a_state_says_what_moves_it(kind: type[Record]) -> None:
    """So that a 409 tells which moves are left: none is forgotten."""
    assert kind.shape.life is not None
    assert kind.shape.life.field == "state"


def test_all_guards_are_told_at_once() -> None:
    """Nobody has to try five times to learn five reasons; a guard that holds is not mentioned."""
    with pytest.raises(NotNow) as wrong:
        require((False, "ONE"), (True, "TWO"), (False, "THREE"))
    assert codes(wrong.value) == ["ONE", "THREE"]
    require((True, "ONE"), (True, "TWO"))
