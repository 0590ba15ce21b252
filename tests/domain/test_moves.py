"""The states of every life, and the moves between them: written out, so that a change of a table is a decision."""

import itertools
from enum import StrEnum
from typing import Any

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow
from domain.kernel.moves import Moves, move, require
from domain.life.status import SchemeStatus
from domain.oversight.jobs import Job
from domain.passports.passport import PASSPORT_MOVES, PassportState
from domain.passports.reference import REFERENCE_MOVES, ReferenceState
from domain.records import KINDS
from domain.schemes.charter import CHARTER_MOVES, CharterState
from domain.schemes.finding import FINDING_MOVES, FindingState
from domain.schemes.objective import OBJECTIVE_MOVES, ObjectiveState
from domain.schemes.publication import PUBLICATION_MOVES, PublicationState
from domain.schemes.record import SCHEME_MOVES, SchemeState
from domain.schemes.registers.contingency import ACTIVATION_MOVES, ActivationState
from domain.schemes.registers.involvement import PROPOSAL_MOVES, ProposalState
from domain.schemes.registers.risks import RISK_MOVES, RiskState
from domain.sessions.record import ENROLMENT_MOVES, SESSION_MOVES, EnrolmentState, SessionState
from domain.sessions.request import REQUEST_MOVES, RequestState
from domain.supporters.record import STANDING_MOVES, Standing
from domain.supporters.recruiting.vacancies import VACANCY_MOVES, VacancyState
from domain.supporters.suspension import SUSPENSION_MOVES, SuspensionState
from domain.turnover.holds import HOLD_MOVES, HoldState
from tests.domain.world import codes

LEAVING = "STOOD_DOWN TRANSFERRED_OUT RELEASED DECEASED"

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
            "APPLIED": f"ACCEPTED REJECTED DEFERRED WAITING {LEAVING}",
            "DEFERRED": f"APPLIED {LEAVING}",
            "WAITING": f"APPLIED {LEAVING}",
            "REJECTED": "APPLIED",
            "ACCEPTED": f"IN_TRAINING {LEAVING}",
            "IN_TRAINING": f"PROBATION TRAINING_FAILED {LEAVING}",
            "PROBATION": f"ACTIVE PAUSED SUSPENDED LAPSED {LEAVING}",
            "ACTIVE": f"PAUSED SUSPENDED LAPSED {LEAVING}",
            "PAUSED": f"ACTIVE PROBATION SUSPENDED LAPSED {LEAVING}",
            "SUSPENDED": f"ACTIVE PROBATION PAUSED LAPSED REMOVED {LEAVING}",
            "LAPSED": f"ACTIVE PROBATION {LEAVING}",
            "REMOVED": "ACTIVE PROBATION PAUSED LAPSED",
            **dict.fromkeys(["STOOD_DOWN", "TRAINING_FAILED", "TRANSFERRED_OUT", "RELEASED", "DECEASED"], ""),
        },
    ),
    "suspension": (
        SuspensionState,
        SUSPENSION_MOVES,
        {"OPEN"},
        {
            "OPEN": "REVIEWED LEFT",
            "REVIEWED": "LIFTED REMOVED LEFT",
            "REMOVED": "APPEALED",
            "APPEALED": "UPHELD OVERTURNED",
            **dict.fromkeys(["LIFTED", "UPHELD", "OVERTURNED", "LEFT"], ""),
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
    "passport": (PassportState, PASSPORT_MOVES, {"ISSUED"}, {"ISSUED": "WITHDRAWN", "WITHDRAWN": ""}),
    "reference": (
        ReferenceState,
        REFERENCE_MOVES,
        {"WRITTEN"},
        {"WRITTEN": "SIGNED DECLINED", "SIGNED": "DECLINED", "DECLINED": ""},
    ),
    "transfer-hold": (
        HoldState,
        HOLD_MOVES,
        {"ASKED"},
        {"ASKED": "GRANTED REFUSED WITHDRAWN", "GRANTED": "ENDED", "REFUSED": "", "WITHDRAWN": "", "ENDED": ""},
    ),
    "objective": (ObjectiveState, OBJECTIVE_MOVES, {"OPEN"}, {"OPEN": "CLOSED", "CLOSED": ""}),
    "session": (
        SessionState,
        SESSION_MOVES,
        {"PLANNED"},
        {"PLANNED": "DELIVERED NOT_DELIVERED", "DELIVERED": "", "NOT_DELIVERED": ""},
    ),
    "finding": (
        FindingState,
        FINDING_MOVES,
        {"OPEN"},
        {"OPEN": "ANSWERED DECLINED", "ANSWERED": "", "DECLINED": ""},
    ),
    "publication": (
        PublicationState,
        PUBLICATION_MOVES,
        {"DRAFT"},
        {"DRAFT": "PUBLISHED WITHDRAWN", "PUBLISHED": "WITHDRAWN", "WITHDRAWN": ""},
    ),
    "activation": (
        ActivationState,
        ACTIVATION_MOVES,
        {"ACTIVE"},
        {"ACTIVE": "ENDED", "ENDED": "REVIEWED", "REVIEWED": ""},
    ),
    "proposal": (
        ProposalState,
        PROPOSAL_MOVES,
        {"PROPOSED"},
        {
            "PROPOSED": "ACCEPTED REJECTED",
            "ACCEPTED": "IMPLEMENTED REJECTED",
            "REJECTED": "",
            "IMPLEMENTED": "",
        },
    ),
    "vacancy": (
        VacancyState,
        VACANCY_MOVES,
        {"DRAFT"},
        {
            "DRAFT": "PUBLISHED WITHDRAWN",
            "PUBLISHED": "CLOSED WITHDRAWN",
            "CLOSED": "WITHDRAWN",
            "WITHDRAWN": "",
        },
    ),
    "risk": (
        RiskState,
        RISK_MOVES,
        {"NOT_ASSESSED"},
        {
            "NOT_ASSESSED": "OPEN",
            "OPEN": "OPEN ACCEPTED CLOSED",
            "ACCEPTED": "OPEN CLOSED",
            "CLOSED": "OPEN",
        },
    ),
}
ENDLESS = {RiskState}
"""A risk that was laid to rest may come back as long as its scheme lives."""
STAYS = {Verb.AMEND_CHARTER, Verb.SIGN_CHARTER, Verb.LOG_ACTIVATION, Verb.PUBLISH_PROPOSAL, Verb.KEEP_VACANCY}
STAYS |= {Verb.APPEAL_SUPPORTER}
"""Verbs that one's state allows or forbids, and that leave it where it stands."""
LEFT_BY_ANOTHER: dict[Any, set[Any]] = {CharterState: {CharterState.PUBLISHED}, Standing: {Standing.REMOVED}}
"""What holds is superseded as the next version is published, and a removal ends with the appeal against it: no verb
about it does that."""
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
