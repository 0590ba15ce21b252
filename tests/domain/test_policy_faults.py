"""A table with a fault stops the service at its start: the real one has none, and each kind of fault is found."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.confidentiality import policy
from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants import GRANTS, Grant
from domain.confidentiality.record import KINDS
from domain.confidentiality.roles import SECOND_PERSON, Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within

With = Callable[..., list[str]]


@pytest.fixture
def faults_with(monkeypatch: pytest.MonkeyPatch) -> With:
    """The faults of the real table with some lines more, or without those that give a verb."""

    def faults(*more: Grant, without: Verb | None = None) -> list[str]:
        table = (*(g for g in GRANTS if without is None or without not in g.may), *more)
        monkeypatch.setattr(policy, "GRANTS", table)
        monkeypatch.setattr(policy, "_BY_ROLE_AND_VERB", policy._index())
        return policy.faults()

    return faults


def _line(role: Role, within: Within, *may: Verb, **more: Any) -> Grant:
    given: dict[str, Any] = {
        "purpose": Purpose.INTEGRATION,
        "sees": frozenset({C.OPEN, C.OPERATIONAL, C.PARTICIPATION}),
        **more,
    }
    return Grant(role, within=within, may=frozenset(may), **given)


def test_the_table_has_no_fault() -> None:
    """The policy as it stands starts the service."""
    assert policy.faults() == []


def test_two_lines_of_one_name_are_a_fault(faults_with: With) -> None:
    """One rule id for two lines would make the ledger ambiguous."""
    twin = next(g for g in GRANTS if g.rule == "headquarters.oversight.own-prison")
    assert "two grants are called headquarters.oversight.own-prison" in faults_with(twin)


def test_a_part_tells_two_lines_of_one_reach_apart(faults_with: With) -> None:
    """Two lines of one role, purpose and reach are no fault where each is named."""
    line = _line(Role.GOVERNOR, Within.OWN_PRISON, Verb.READ_DUTY, purpose=Purpose.OVERSIGHT, sees=frozenset({C.OPEN}))
    assert "two grants are called governor.oversight.own-prison" in faults_with(line)
    named = Grant(line.role, line.purpose, line.within, line.sees, line.may, part="duties")
    assert named.rule == "governor.oversight.own-prison.duties"
    assert faults_with(named) == []


def test_a_verb_twice_for_one_purpose_is_a_fault(faults_with: With) -> None:
    """Two lines that fit equally would let chance decide what is seen."""
    found = faults_with(_line(Role.GOVERNOR, Within.OWN_SCHEME, Verb.READ_SCHEME, purpose=Purpose.OVERSIGHT))
    assert "GOVERNOR has READ_SCHEME twice for one purpose" in found


def test_a_verb_that_nobody_has_is_a_fault(faults_with: With) -> None:
    """A verb without a grant is a route that can only refuse."""
    assert faults_with(without=Verb.TICK) == ["nobody may TICK"]


def test_a_verb_about_no_record_is_a_fault(faults_with: With, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb whose kind of record does not exist has no reach."""
    monkeypatch.delitem(KINDS, "job")
    assert any(f.endswith("no record is called job") for f in faults_with())


def test_a_reach_over_a_field_that_is_not_there_is_a_fault(faults_with: With) -> None:
    """A reach that reads a field the kind lacks would fail on the first request, or reach everything."""
    found = faults_with(_line(Role.GOVERNOR, Within.OWN_WING, Verb.READ_SCHEME))
    assert "governor.integration.own-wing READ_SCHEME: scheme has no wing" in found


def test_reaching_a_secret_without_its_class_is_a_fault(faults_with: With) -> None:
    """Who may not know that somebody took part may not reach the record that says so, however masked."""
    found = faults_with(_line(Role.GOVERNOR, Within.OWN_PRISON, Verb.READ_ENROLMENT, sees=frozenset({C.OPEN})))
    assert found == ["governor.integration.own-prison READ_ENROLMENT: reaches enrolment without seeing PARTICIPATION"]


def test_reaching_every_record_of_a_kind_is_a_fault(faults_with: With) -> None:
    """Nobody reads all supporters everywhere; asking and giving feedback make records, and reach none."""
    found = faults_with(_line(Role.GOVERNOR, Within.ANYONE, Verb.READ_SUPPORTER))
    assert found == ["governor.integration.anyone READ_SUPPORTER: reaches every supporter"]
    asking = _line(Role.HEALTHCARE, Within.ANYONE, Verb.ASK, sees=frozenset({C.OPEN}))
    assert faults_with(asking) == []


@pytest.mark.parametrize(
    "line",
    [
        _line(Role.SECURITY, Within.OWN_PRISON, Verb.READ_ENROLMENT),
        _line(Role.SECURITY, Within.OWN_PRISON, Verb.READ_DUTY, sees=frozenset({C.OPEN, C.CASEWORK})),
        _line(Role.SECURITY, Within.OWN_PRISON, Verb.READ_LEDGER, sees=frozenset({C.OPEN, C.OPERATIONAL})),
    ],
    ids=["participation", "casework", "the ledger"],
)
def test_a_role_that_begins_to_read_secrets_is_a_fault(faults_with: With, line: Grant) -> None:
    """A role that comes to read participation, casework or the ledger must be said to need a second person."""
    assert any("SECURITY" in f and "SECOND_PERSON" in f for f in faults_with(line))


def test_a_role_that_reads_no_secrets_any_more_is_a_fault(faults_with: With, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of roles that need a second person says neither too little nor too much."""
    monkeypatch.setattr(policy, "SECOND_PERSON", SECOND_PERSON | {Role.SECURITY})
    assert any("SECURITY" in f and "SECOND_PERSON" in f for f in faults_with())
