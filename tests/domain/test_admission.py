"""The only way in: what each kind of scheme may hold."""

import itertools
from typing import Any

import pytest

from domain.confidentiality.admission import InformationPolicy, RecipientIdentity, RecordLevel, admit
from domain.confidentiality.classification import Classification as C
from domain.confidentiality.record import KINDS, Record
from domain.feedback.record import Feedback
from domain.kernel.errors import Absent, Unacceptable
from domain.schemes.kinds import INSIDERS, LISTENERS, SHANNON_TRUST, kind_of
from domain.schemes.kinds import KINDS as MODELS
from domain.schemes.sheet import Kind
from domain.sessions.record import Induction, Session
from domain.sessions.request import Request
from tests.domain.given import sample
from tests.domain.world import paths

CANARY = "canary-A1234BC"
HEALTH_SCHEMES = {"HEALTH_TRAINERS", "SOCIAL_CARE_BUDDIES", "RECOVERY_MENTORS"}
CONTENT_RECORDS = [KINDS[k] for k in ("request", "induction", "enrolment", "session", "feedback", "supporter")]


def _policy(*holds: C) -> InformationPolicy:
    return InformationPolicy(True, RecordLevel.COUNT_ONLY, RecipientIdentity.UNTIL_BAND_END, frozenset(holds), "")


@pytest.mark.parametrize("kind", CONTENT_RECORDS, ids=lambda k: k.shape.kind)
def test_what_the_policy_does_not_hold_is_refused_field_by_field(kind: type[Record]) -> None:
    """For every set of classes, admission refuses exactly the fields of another class that hold something, by name."""
    record = sample(kind, CANARY)
    for count in (0, 1, 2):
        for holds in itertools.combinations(C, count):
            refused = {"/" + f.name for f in kind.shape.fields.values() if f.mark.classification not in holds}
            if not refused:
                admit(record, _policy(*holds))
                continue
            with pytest.raises(Unacceptable) as wrong:
                admit(record, _policy(*holds))
            assert set(paths(wrong.value)) == refused
            assert {f.code for f in wrong.value.failures} == {"MAY_NOT_BE_HELD"}


@pytest.mark.parametrize("kind", CONTENT_RECORDS, ids=lambda k: k.shape.kind)
def test_a_refusal_never_tells_the_value(kind: type[Record]) -> None:
    """Errors are read by log files: what may not be held is not quoted either."""
    with pytest.raises(Unacceptable) as wrong:
        admit(sample(kind, CANARY), _policy())
    assert CANARY not in f"{wrong.value!r} {wrong.value} {wrong.value.failures} {wrong.value.args}"


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_field_holds_nothing(empty: Any) -> None:
    """A field of a class that may not be held is no offence while it is empty; False and 0 are something."""
    listeners = LISTENERS.policy
    admit(sample(Feedback, words=empty), listeners)
    with pytest.raises(Unacceptable):
        admit(sample(Feedback, words="w"), listeners)
    with pytest.raises(Unacceptable) as wrong:
        admit(sample(Induction, concern_told_to_staff=False), _policy(C.OPEN))
    assert "/concern_told_to_staff" in paths(wrong.value)


def test_a_listener_scheme_holds_no_content_and_no_health() -> None:
    """Closed, count only, the name until the band's end, and neither content, health, casework nor security (X6)."""
    policy = LISTENERS.policy
    assert policy.closed
    assert policy.level is RecordLevel.COUNT_ONLY
    assert policy.identity is RecipientIdentity.UNTIL_BAND_END
    assert policy.holds & {C.CONTENT, C.HEALTH, C.CASEWORK, C.SECURITY} == set()
    for made in (sample(Session), sample(Feedback)):
        with pytest.raises(Unacceptable):
            admit(made, policy)


def test_an_insider_scheme_holds_codes_and_no_notes() -> None:
    """Insiders are open upward: codes about the person met, with his name, and no free text."""
    assert (INSIDERS.policy.closed, INSIDERS.policy.level) == (False, RecordLevel.CODED)
    admit(sample(Induction, marks=()), INSIDERS.policy)
    with pytest.raises(Unacceptable) as wrong:
        admit(sample(Session, marks=()), INSIDERS.policy)
    assert paths(wrong.value) == ["/note"]


def test_a_reading_scheme_holds_a_note_and_no_health() -> None:
    """Shannon Trust mentors keep a note of what to pick up next; health is for no scheme of this slice."""
    assert (SHANNON_TRUST.policy.closed, SHANNON_TRUST.policy.level) == (False, RecordLevel.CODED_WITH_NOTE)
    admit(sample(Session, marks=()), SHANNON_TRUST.policy)


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_every_kind_may_hold_a_live_request_and_no_casework(model: Kind) -> None:
    """A request has no class that some kind may not hold, so asking needs no admission and cannot be refused by it; no
    kind holds security or casework, and health only where health is what the scheme is for."""
    admit(sample(Request), model.policy)
    assert model.policy.holds & {C.SECURITY, C.CASEWORK} == set()
    assert (C.HEALTH in model.policy.holds) is (model.code in HEALTH_SCHEMES)
    assert (model.policy.level is RecordLevel.CODED_WITH_NOTE) is (C.CONTENT in model.policy.holds)
    assert model.policy.closed is (C.SEALED in model.policy.holds)
    assert model.policy.closed is (model.contact == "TALLY")
    assert len(model.policy.told_to_newcomers) > 20


def test_no_closed_record_has_room_for_free_text() -> None:
    """A live request holds no content at all: there is nowhere to write 'kicking off again' (rule 20)."""
    texts = {f.name for f in Request.shape.fields.values() if "str" in str(f.type)}
    assert texts == {"jurisdiction", "prison", "organisation", "wing", "recipient", "cell", "language"}
    assert not any(f.mark.classification is C.CONTENT for f in Request.shape.fields.values())


def test_a_kind_is_found_by_its_code_alone() -> None:
    """And no answer for any other code but absence."""
    assert all(kind_of(code).code == code for code in MODELS)
    with pytest.raises(Absent):
        kind_of("listeners")
