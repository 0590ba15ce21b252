"""What is told outside: a table of every verb, and deny wherever the table says nothing (rule 3)."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.confidentiality.classification import Classification
from domain.confidentiality.entry import Change, Entry, Family, Outcome, Sight
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, AssignmentId, EntryId
from domain.notes import OF_THE_NIGHT, SAID_WITHOUT_A_NAME
from domain.records import KINDS, Assignment, Subscription
from domain.telling import audit
from domain.telling.audit import AUDITED, STEP, DayNumber, audit_of, daily_of, rounded, what_of
from domain.telling.events import events_of, ping_of
from domain.telling.subscription import BOTH_SIGN, acceptable, public, reaches, seen_of, tells
from domain.telling.types import BY_TYPE, PINGED, TOLD, EventType
from tests.domain.given import sample

AT = datetime(2026, 7, 4, 1, 10, 42, 123456, UTC)
RECORD, OTHER, STAFF = (UUID(int=n, version=4) for n in (11, 12, 13))
NAMES = {STAFF: "JSMITH_GEN"}
SECRET_KINDS = {
    name
    for name, kind in KINDS.items()
    if kind.shape.existence in (Classification.WELLBEING, Classification.CASEWORK, Classification.SEALED)
}
_ALL = tuple(sorted({field for kind in KINDS.values() for field in kind.shape.fields}))

_EVERY = tuple(Change(name, RECORD, 1, 2, _ALL) for name in sorted(KINDS))


def entry(verb: Verb, **given: Any) -> Entry:
    """An act by staff that changed a record of every kind there is, in every field."""
    made = {
        "id": EntryId(UUID(int=7, version=4)),
        "at": AT,
        "actor": ActorId(STAFF),
        "client": None,
        "role": Role.COORDINATOR,
        "assignment": None,
        "purpose": "operations",
        "verb": verb,
        "family": Family.CHANGE,
        "rule": "a.rule",
        "outcome": Outcome.DONE,
        "code": None,
        "prison": "MDI",
        "jurisdiction": "EW",
        "closed": False,
        "changes": _EVERY,
    }
    return Entry(**{**made, **given})


def test_a_verb_raises_what_its_line_says_and_else_nothing() -> None:
    """Even of an act that changed a record of every kind, in every field: what no line names raises no event."""
    for verb in Verb:
        raised = {(event.type, event.kind) for event in events_of(entry(verb))}
        assert raised == {(told.type, told.kind) for told in TOLD if verb in told.verbs}, verb


@pytest.mark.parametrize(
    "how",
    [
        {"closed": True},
        {"nameless": True},
        {"closed": True, "nameless": True},
        *({"outcome": outcome} for outcome in Outcome if outcome is not Outcome.DONE),
        {"changes": tuple(Change(name, None, 1, 2, _ALL) for name in sorted(KINDS))},
    ],
    ids=lambda how: "-".join(how),
)
def test_nothing_is_told_of_what_is_closed_nameless_or_was_not_done(how: dict[str, Any]) -> None:
    """Not by any verb, and not as a test of a subscription either."""
    for verb in Verb:
        assert events_of(entry(verb, **how)) == (), verb
        assert ping_of(entry(verb, **how), RECORD) is None, verb


def test_what_is_sealed_in_confidence_or_of_the_night_is_in_no_line() -> None:
    """No type is about a record that is a secret by being there, of a verb that says something without a name, or of
    one that happens only where somebody asks for help."""
    assert len(SECRET_KINDS) > 10
    kinds = {told.kind for told in TOLD}
    assert kinds & (SECRET_KINDS | OF_THE_NIGHT | {"person", "roster-entry", "conduct", "envelope"}) == set()
    verbs = {verb for told in TOLD for verb in told.verbs}
    about_a_night = {verb for verb in Verb if any(word in verb for word in ("REQUEST", "OFFER", "NIGHT", "TALLY"))}
    assert verbs & (SAID_WITHOUT_A_NAME | about_a_night | {Verb.TICK, Verb.ASK, Verb.DECLARE_DUTY}) == set()
    assert len(about_a_night) > 8
    assert AUDITED & (SAID_WITHOUT_A_NAME | about_a_night | {Verb.TICK, Verb.ASK, Verb.DECLARE_DUTY}) == set()
    assert {v for v in AUDITED if v.startswith("READ_")} == {Verb.READ_LEDGER}


def test_every_line_says_why_and_what_is_about_somebody_says_not_where() -> None:
    """A reason each; and only records that are about nobody in custody tell their prison."""
    assert len(TOLD) == len(EventType) == len(BY_TYPE)
    for told in TOLD:
        assert told.because.endswith(".")
        assert told.verbs
        assert told.placed is not (bool(KINDS[told.kind].shape.parties) or told.kind == "supporter"), told.type
        assert told.type.startswith(f"peer-support.{told.kind}.")


def test_an_event_is_of_ids_alone_and_the_same_each_time() -> None:
    """Its body is the form of the estate's schema; its id is made of the entry's, which cannot be read back from it."""
    launched = entry(Verb.LAUNCH_SCHEME)
    (event,) = events_of(launched)
    assert events_of(launched) == (event,)
    (other,) = events_of(replace(launched, id=EntryId(OTHER)))
    assert other.id != event.id
    body = event.body("https://ours.example")
    assert body == {
        "eventType": "peer-support.scheme.launched",
        "version": 1,
        "occurredAt": "2026-07-04T02:10:42+01:00",
        "description": "A scheme went live.",
        "detailUrl": f"https://ours.example/v1/schemes/{RECORD}",
        "additionalInformation": {"eventId": str(event.id), "schemeId": str(RECORD), "prisonId": "MDI"},
    }
    assert str(launched.id) not in json.dumps(body)
    (about,) = events_of(entry(Verb.STAND_DOWN_SUPPORTER))
    assert set(about.body("https://ours.example")["additionalInformation"]) == {"eventId", "supporterId"}
    assert "MDI" not in json.dumps(about.body("https://ours.example"))


def test_taken_on_and_left_are_the_same_event() -> None:
    """Nobody who reads the topic knows which; and a suspension, a rest or an application raises none."""
    types = {e.type for v in (Verb.ACTIVATE_SUPPORTER, Verb.STAND_DOWN_SUPPORTER) for e in events_of(entry(v))}
    assert types == {EventType.SUPPORTER_CHANGED}
    for verb in (
        Verb.SUSPEND_SUPPORTER,
        Verb.PAUSE_SUPPORTER,
        Verb.APPLY,
        Verb.DECIDE_SUSPENSION,
        Verb.APPEAL_SUPPORTER,
    ):
        assert events_of(entry(verb)) == ()


def test_of_two_versions_the_one_that_holds_is_told() -> None:
    """Publishing a charter supersedes another: that one was not published."""
    both = (
        Change("charter", OTHER, 3, 4, ("in_force_until", "state")),
        Change("charter", RECORD, 1, 2, ("in_force_from", "state")),
    )
    (event,) = events_of(entry(Verb.PUBLISH_CHARTER, changes=both))
    assert event.record == RECORD


# --- audit ------------------------------------------------------------------------------------------------------------


def test_an_act_is_audited_one_by_one_where_the_table_says_so() -> None:
    """And else it is in its day's number; closed or nameless, it always is."""
    for verb in Verb:
        assert (audit_of(entry(verb), NAMES) is not None) is (verb in AUDITED), verb
        for how in ({"closed": True}, {"nameless": True}, {"actor": None}, {"actor": ActorId(OTHER)}):
            assert audit_of(entry(verb, **how), NAMES) is None, verb


def test_an_audit_message_has_the_estate_s_members() -> None:
    """Who by user name, which record by our own id, both or neither of subject and type, details as JSON in a string;
    of our rule and role, and no prison number."""
    message = audit_of(entry(Verb.LAUNCH_SCHEME, changes=(Change("scheme", RECORD, 1, 2, ("state",)),)), NAMES)
    assert message is not None
    assert {**message.body, "details": json.loads(message.body["details"])} == {
        "what": "EDIT_SCHEME",
        "when": "2026-07-04T01:10:42Z",
        "who": "JSMITH_GEN",
        "service": "peer-support",
        "correlationId": str(UUID(int=7, version=4)),
        "subjectId": str(RECORD),
        "subjectType": "SCHEME",
        "details": {
            "act": "LAUNCH_SCHEME",
            "outcome": "DONE",
            "prison": "MDI",
            "role": "COORDINATOR",
            "rule": "a.rule",
        },
    }
    looked = audit_of(entry(Verb.READ_LEDGER, changes=(), sights=(Sight("ledger-line", "r", (OTHER,), 1, ()),)), NAMES)
    assert looked is not None
    assert looked.body["what"] == "VIEW_LEDGER_LINE"
    assert not {"subjectId", "subjectType"} & set(looked.body)
    assert str(OTHER) not in json.dumps(dict(looked.body))


@pytest.mark.parametrize("verb", sorted(AUDITED))
def test_what_starts_with_the_words_of_the_guidance(verb: Verb) -> None:
    """VIEW, CREATE or EDIT first, in upper case; and no audited act is about a person in custody."""
    assert what_of(verb).partition("_")[0] in {"VIEW", "CREATE", "EDIT"}
    assert what_of(verb).isupper()
    kind = KINDS[audit.ABOUT[verb].kind or ""]
    assert not kind.shape.parties
    assert kind.shape.existence is Classification.OPEN


@pytest.mark.parametrize("role", sorted(IN_CUSTODY))
def test_what_a_person_in_custody_does_raises_no_audit_message(role: Role) -> None:
    """Even were his actor somebody's whom we know."""
    assert all(audit_of(entry(verb, role=role), NAMES) is None for verb in Verb)


def test_a_day_s_number_is_rounded_up_and_never_none() -> None:
    """Nought and fifty are told alike: a night with a request and one without are the same message."""
    told = {n: daily_of(date(2026, 7, 4), DayNumber("MDI", STAFF, n), NAMES) for n in (0, 1, 7, STEP, STEP + 1)}
    assert told[0] == told[1] == told[7] == told[STEP] != told[STEP + 1]
    message = told[7]
    assert message is not None
    assert json.loads(message.body["details"]) == {"prison": "MDI", "day": "2026-07-04", "upTo": 50}
    assert (message.body["when"], message.body["who"]) == ("2026-07-04T00:00:00Z", "JSMITH_GEN")
    assert [rounded(n) for n in (0, 49, 50, 51, 100, 101)] == [50, 50, 50, 100, 100, 150]
    assert daily_of(date(2026, 7, 4), DayNumber("MDI", OTHER, 7), NAMES) is None


# --- subscriptions ----------------------------------------------------------------------------------------------------


def subscription(**given: Any) -> Subscription:
    """One of MDI, of two types."""
    types = (EventType.SCHEME_CREATED, EventType.SCHEME_CHANGED)
    told = {"jurisdiction": "EW", "prison": "MDI", "types": types, "author": ActorId(STAFF), **given}
    return sample(Subscription, **told)


def test_a_subscriber_is_told_of_fields_that_its_role_sees() -> None:
    """A change of what is operational is not told to whoever sees what is open alone."""
    seen = seen_of(BY_TYPE[EventType.SCHEME_CHANGED])
    assert "name" in seen
    assert "supporters_needed" not in seen
    to = subscription()
    for fields, told in (
        (("name",), True),
        (("supporters_needed",), False),
        (("lessons", "purpose"), True),
        ((), False),
    ):
        changes = (Change("scheme", RECORD, 1, 2, fields),)
        (event,) = events_of(entry(Verb.AMEND_SCHEME, changes=changes))
        assert tells(to, event, seen) is told, fields


def test_a_subscriber_is_told_of_its_prison_jurisdiction_and_types() -> None:
    """And of no other; one of the whole jurisdiction of every prison in it."""
    (created,) = events_of(entry(Verb.CREATE_SCHEME))
    seen = seen_of(BY_TYPE[EventType.SCHEME_CREATED])
    assert tells(subscription(), created, seen)
    assert not tells(subscription(prison="LEI"), created, seen)
    assert not tells(subscription(jurisdiction="IE", prison=None), created, seen)
    assert not tells(subscription(types=(EventType.SCHEME_CLOSED,)), created, seen)
    assert tells(subscription(prison=None), created, seen)


def test_only_schemes_are_for_who_integrates() -> None:
    """He reads schemes and nothing else: so he is told of nothing else. This fails when his grants are widened."""
    assert {t.kind for t in TOLD if seen_of(t)} == {"scheme"}


def test_a_test_goes_to_the_subscription_that_asked() -> None:
    """And to no other."""
    asked = entry(Verb.PING_SUBSCRIPTION, changes=(Change("subscription", RECORD, 1, 2, ("pinged_at",)),))
    event = ping_of(asked, RECORD)
    assert event is not None
    assert event.type == PINGED
    assert tells(subscription(id=RECORD), event, ())
    assert not tells(subscription(id=OTHER), event, ())
    assert ping_of(asked, OTHER) is None
    assert events_of(asked) == ()


def test_both_secrets_sign_for_a_day() -> None:
    """Then the new one alone; and no `repr` shows either."""
    to = subscription(secret="whsec_b", secret_before="whsec_a", secret_before_until=AT + BOTH_SIGN)
    assert to.secrets(AT) == ("whsec_b", "whsec_a")
    assert to.secrets(AT + BOTH_SIGN) == ("whsec_b",)
    assert subscription(secret="whsec_b", secret_before=None).secrets(AT) == ("whsec_b",)
    assert "whsec" not in repr(to)


def test_an_assignment_that_is_another_s_or_elsewhere_reaches_nothing() -> None:
    """A subscription rests on the assignment by which it was made, as it was."""
    to = subscription(assignment=AssignmentId(RECORD))
    held = sample(Assignment, id=to.assignment, holder=to.author, role=Role.INTEGRATOR, jurisdiction="EW", prison="MDI")
    assert reaches(to, held)
    for other in ({"holder": OTHER}, {"role": Role.GOVERNOR}, {"prison": None}, {"jurisdiction": "IE"}):
        assert not reaches(to, replace(held, **other))
    assert not reaches(to, None)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://hooks.example.org/a", True),
        ("https://hooks.example.org:8443/a", True),
        ("https://93.184.216.34/a", True),
        ("http://hooks.example.org/a", False),
        ("https://user:pass@hooks.example.org/", False),
        ("https://hooks.example.org/?a=1", False),
        ("https://hooks.example.org/#a", False),
        ("https://localhost/a", False),
        ("https://intranet/a", False),
        ("https://db.internal/a", False),
        ("https://printer.local/a", False),
        ("https://127.0.0.1/a", False),
        ("https://10.0.0.1/a", False),
        ("https://169.254.169.254/latest", False),
        ("https://[::1]/a", False),
        ("https://[::ffff:10.0.0.1]/a", False),
        ("https://2130706433/a", False),
        ("https://0x7f.1/a", False),
        ("https://127.1/a", False),
        ("https://hooks.example.org:99999/a", False),
        ("https:///a", False),
        ("ftp://hooks.example.org/a", False),
    ],
)
def test_an_address_is_https_and_of_the_open_internet(address: str, good: bool) -> None:
    """Whatever the trick with which a private one is written."""
    assert acceptable(address) is good


@pytest.mark.parametrize(
    "inside",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.0.1"),  # noqa: S104
        *("192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1"),
        *("ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1"),
        *("192.0.0.8", "192.0.0.9", "192.88.99.1", "fec0::1", "3fff::1", "5f00::1", "2606:2800:220:1::5efe:7f00:1"),
        *("a name", ""),
    ],
)
def test_no_address_inside_is_public(inside: str) -> None:
    """Private, shared, of this machine, for many, kept free, of what tells a cloud's secrets, behind a gateway."""
    assert not public(inside)
    assert public("93.184.216.34")
    assert public("2606:2800:220:1:248:1893:25c8:1946")
