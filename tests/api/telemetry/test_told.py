"""Which operations may be told of to a collector: things, and nobody."""

from typing import get_args

import pytest

import domain.records  # noqa: F401  (every kind of record)
from api.telemetry.told import KINDS_TOLD, is_told, is_trusted, may_be_told_of
from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.record import KINDS
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import PersonId, SupporterId

_OPEN = {Classification.OPEN, Classification.OPERATIONAL}
_PEOPLE = {PersonId, SupporterId}


@pytest.mark.parametrize("kind", sorted(KINDS_TOLD))
def test_what_is_told_of_is_about_nobody(kind: str) -> None:
    """No field of it is of a closer class than what runs the day, none is kept as a name is, and none is the id of
    somebody in custody."""
    for field in KINDS[kind].shape.fields.values():
        assert field.mark.classification in _OPEN, field.name
        assert not (field.mark.encrypted and field.mark.classification is Classification.OPERATIONAL), field.name
        assert not _PEOPLE & {field.type, *get_args(field.type)}, field.name


@pytest.mark.parametrize(
    "verb",
    [
        *(Verb.ASK, Verb.READ_BOARD, Verb.ANSWER_OFFER, Verb.RECORD_NIGHT_SHEET, Verb.READ_NIGHT_PACK),
        *(Verb.HAND_IN_TALLY, Verb.HAND_IN_DISPUTE, Verb.COMPLAIN, Verb.GIVE_FEEDBACK, Verb.RECORD_DEATH),
        *(Verb.READ_SUPPORTER, Verb.READ_TASKS, Verb.READ_ELIGIBLE, Verb.READ_LEDGER, Verb.READ_FEEDBACK_COUNTS),
        *(Verb.REPORT_INCIDENT, Verb.READ_SUBJECT_ACCESS, Verb.READ_ME, Verb.RECORD_SESSION, Verb.ENROL),
    ],
)
def test_what_happens_when_somebody_needs_help_is_not_told_of(verb: Verb) -> None:
    """Each of these would tell, by being asked at all, that something happened in that minute."""
    assert not is_told(verb)


def test_what_is_not_on_the_list_is_not_told_of() -> None:
    """The default is deny: of all verbs, those about the listed kinds and no others."""
    told = {verb for verb in Verb if is_told(verb)}
    assert told > {Verb.READ_SCHEME, Verb.AMEND_SCHEME, Verb.READ_CHARTER, Verb.READ_VACANCY, Verb.READ_POLICY}
    assert {ABOUT[verb].kind for verb in told} == KINDS_TOLD | {None}
    assert len(told) < len(Verb) / 2


def test_whose_requests_are_told_of_and_whose_trace_is_taken() -> None:
    """Of a person in custody nothing is, even by a client's token; a trace is taken from clients of the estate."""

    def by(kind: PrincipalKind, client: str | None = None) -> Principal:
        return Principal("https://estate.example", "somebody", kind, client)

    kinds = PrincipalKind
    told = {kind: may_be_told_of(by(kind, "ui")) for kind in kinds}
    assert told == {kinds.STAFF: True, kinds.PARTNER: True, kinds.CLIENT: True, kinds.IN_CUSTODY: False}
    assert [is_trusted(by(kinds.STAFF)), is_trusted(by(kinds.STAFF, "ui"))] == [False, True]
    assert [is_trusted(by(kinds.CLIENT)), is_trusted(by(kinds.IN_CUSTODY, "launchpad"))] == [True, False]
    assert not may_be_told_of(None)
