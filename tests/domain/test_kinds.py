"""Kinds as data: each sheet whole and sound, the floor under all of them, a variant that may only tighten."""

import dataclasses
from typing import Any

import pytest

from domain.confidentiality.admission import RecipientIdentity, RecordLevel
from domain.confidentiality.classification import Classification as C
from domain.kernel.bands import Band
from domain.kernel.errors import Failure
from domain.kernel.words import JURISDICTIONS, PackPart
from domain.schemes.kinds import (
    INSIDERS,
    KINDS,
    LISTENERS,
    RED_CROSS_VOLUNTEERS,
    SOCIAL_CARE_BUDDIES,
    VIOLENCE_REDUCTION,
    kinds_of,
)
from domain.schemes.sheet import Coverage, Debrief, Eligibility, Kind, Load, SelfService, faults, forbidding
from domain.schemes.tasks import FLOOR, Task
from domain.schemes.tightening import RULES, loosened
from domain.schemes.vocabulary import (
    Basis,
    Contact,
    DebriefAfter,
    EligibilityRule,
    Holder,
    Pay,
    Stage,
    SupportType,
    Weight,
)
from domain.schemes.written import MEMBERS, kind_from, written

EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def test_every_scheme_that_the_field_knows_has_its_kind() -> None:
    """The schemes of the domain facts, section 1, by name; and of each pack its own (S1 to S4, rule 27)."""
    assert {k.code for k in kinds_of("EW")} == {
        "LISTENERS",
        "INSIDERS",
        "SHANNON_TRUST",
        "PEER_ADVISERS",
        "INFORMATION_DESK",
        "HEALTH_TRAINERS",
        "HEALTH_CHAMPIONS",
        "SOCIAL_CARE_BUDDIES",
        "RECOVERY_MENTORS",
        "VIOLENCE_REDUCTION",
        "EQUALITY_REPRESENTATIVES",
        "VETERANS",
        "COUNCIL",
        "THROUGH_THE_GATE",
    }
    assert {k.code for k in kinds_of("IE")} == {"RED_CROSS_VOLUNTEERS"}
    assert {k.jurisdiction for k in KINDS.values()} <= set(JURISDICTIONS)


def test_every_type_of_support_and_stage_is_some_scheme_s() -> None:
    """No word of the vocabulary is dead: but 'settled', which a prison may choose for a kind of its own."""
    given = {s for k in KINDS.values() for s in k.support_types}
    assert given == set(SupportType)
    assert {s for k in KINDS.values() for s in k.stage_of_sentence} == set(Stage) - {Stage.SETTLED}


@EVERY
def test_a_ready_made_sheet_says_nothing_that_cannot_be(kind: Kind) -> None:
    """Policy, record, tasks and pack agree; it is written and read again as it is."""
    assert faults(kind) == []
    assert kind_from(kind.code, kind.jurisdiction, written(kind)) == kind
    assert set(written(kind)) == set(MEMBERS)


@EVERY
def test_the_floor_is_under_every_kind(kind: Kind) -> None:
    """Intimate care, constant supervision, discipline over another, and the rest: prohibited whatever the kind."""
    assert set(FLOOR) <= set(kind.prohibited_tasks)
    assert {Task.INTIMATE_CARE, Task.CONSTANT_SUPERVISION, Task.DISCIPLINE_ANOTHER} <= set(FLOOR)
    assert len(set(kind.prohibited_tasks)) == len(kind.prohibited_tasks)
    assert set(kind.permitted_tasks) & set(kind.prohibited_tasks) == set()


@EVERY
def test_a_kind_speaks_plainly_too(kind: Kind) -> None:
    """What people in prison read has a plain form: short sentences, in few words."""
    for text in (kind.purpose_plain, kind.told_plain):
        sentences = [s for s in text.replace("?", ".").split(".") if s.strip()]
        assert max(len(s.split()) for s in sentences) <= 16, text
    assert kind.purpose_plain != kind.purpose


def test_a_listener_s_sheet_is_as_samaritans_have_it() -> None:
    """Unpaid, by day and night, one for fifty, debriefed by the rota and not by the contact, and on no ground that is
    not in the published list."""
    assert LISTENERS.pay is Pay.UNPAID
    assert set(LISTENERS.bands) == set(Band)
    assert LISTENERS.coverage.people_for_one == 50
    assert LISTENERS.debrief.after is DebriefAfter.ROSTERED_BAND
    assert LISTENERS.load == Load(8, 12, 2, 10)
    assert set(LISTENERS.disclosure) & {Basis.ESCAPE_OR_SECURITY, Basis.SERIOUS_CRIME_PREVENTION} == set()
    assert all(e.weight is Weight.REVIEW for e in LISTENERS.eligibility if e.rule is EligibilityRule.ACCT_OPEN)


def test_a_buddy_helps_and_never_washes() -> None:
    """Cell, meals, wheelchair: yes. The care of a body: never (domain facts 1.6)."""
    assert Task.PUSH_WHEELCHAIR in SOCIAL_CARE_BUDDIES.permitted_tasks
    assert Task.INTIMATE_CARE in SOCIAL_CARE_BUDDIES.prohibited_tasks
    assert Holder.LOCAL_AUTHORITY in SOCIAL_CARE_BUDDIES.content_owned_by


def test_ireland_has_groups_and_its_own_numbers() -> None:
    """No ACCT, no offers, no one-to-one record; euro, PRIS numbers of its own service (rule 27)."""
    pack = JURISDICTIONS["IE"]
    assert all(pack.lacks(part) for part in PackPart)
    assert not pack.lacks(None)
    assert (pack.currency, pack.identifiers[0].issuer, pack.identifier_kind) == ("EUR", "IPS", "PRIS")
    assert RED_CROSS_VOLUNTEERS.contact is Contact.GROUP
    assert not JURISDICTIONS["EW"].lacks(PackPart.ACCT)


def with_(kind: Kind, **changes: Any) -> Kind:
    return dataclasses.replace(kind, **changes)


CLEARED = Eligibility(EligibilityRule.SECURITY_CLEARANCE, Weight.HARD, 12)
ACCT = Eligibility(EligibilityRule.ACCT_OPEN, Weight.REVIEW)
UNSOUND: list[tuple[str, Kind, list[tuple[str, str]]]] = [
    ("an open tally", with_(INSIDERS, contact=Contact.TALLY), [("CLOSED_COUNTS_BY_TALLY", "contact")]),
    (
        "a closed policy with codes",
        with_(LISTENERS, record_level=RecordLevel.CODED),
        [("CLOSED_COUNTS_ONLY", "recordLevel")],
    ),
    (
        "a name that is kept",
        with_(LISTENERS, recipient_identity=RecipientIdentity.WITH_RECORD),
        [("CLOSED_FORGETS_AT_BAND_END", "recipientIdentity")],
    ),
    (
        "health in confidence",
        with_(LISTENERS, holds=LISTENERS.holds | {C.HEALTH}),
        [("CLOSED_HOLDS_NO_CONTENT", "holds")],
    ),
    (
        "a note without its class",
        with_(INSIDERS, record_level=RecordLevel.CODED_WITH_NOTE),
        [("NOTE_IS_CONTENT", "holds")],
    ),
    ("casework", with_(INSIDERS, holds=INSIDERS.holds | {C.CASEWORK}), [("HOLDS_WHAT_NO_KIND_MAY", "holds")]),
    ("no live request", with_(INSIDERS, holds=frozenset({C.OPEN})), [("HOLDS_WHAT_NO_KIND_MAY", "holds")]),
    (
        "a debrief that tells",
        with_(LISTENERS, debrief=Debrief(DebriefAfter.CONCERN_RAISED, 24)),
        [("DEBRIEF_TELLS_OF_CONTACT", "debrief")],
    ),
    ("no floor", with_(INSIDERS, prohibited_tasks=(Task.ASSESS_RISK,)), [("FLOOR_DROPPED", "prohibitedTasks")]),
    (
        "intimate care",
        with_(INSIDERS, permitted_tasks=(Task.INTIMATE_CARE,)),
        [("TASK_PROHIBITED", "permittedTasks")],
    ),
    (
        "to be heard, openly",
        with_(VIOLENCE_REDUCTION, support_types=(SupportType.INDUCTION, SupportType.EMOTIONAL)),
        [("EMOTIONAL_IS_CLOSED", "supportTypes")],
    ),
    ("no certifier", with_(LISTENERS, certified_by=None), [("CERTIFIED_BY_NOBODY", "certifiedBy")]),
    ("limits upside down", with_(INSIDERS, load=Load(20, 10, 0, 10)), [("SOFT_ABOVE_HARD", "load")]),
    ("a rule twice", with_(INSIDERS, eligibility=(*INSIDERS.eligibility, ACCT)), [("TWICE", "eligibility")]),
    (
        "Listeners in Ireland",
        with_(LISTENERS, jurisdiction="IE", eligibility=(ACCT, CLEARED)),
        [("KIND_DOES_NOT_ALLOW", "contact"), ("KIND_DOES_NOT_ALLOW", "eligibility/0/rule")],
    ),
]


@pytest.mark.parametrize(("kind", "found"), [(k, f) for _, k, f in UNSOUND], ids=[name for name, _, _ in UNSOUND])
def test_what_no_kind_may_say_is_told_with_its_place(kind: Kind, found: list[tuple[str, str]]) -> None:
    """Each contradiction has its own code, at the member that says it, and nothing else is blamed."""
    assert faults(kind) == [Failure(code, f"/sheet/{member}") for code, member in found]


def _load(**changes: int) -> Load:
    return dataclasses.replace(INSIDERS.load, **changes)


TIRED = [
    ("load", {"load": _load(hours_hard=36)}),
    ("load", {"load": _load(nights_in_seven=3)}),
    ("load", {"load": _load(rest_hours=9)}),
    ("supervisionDays", {"supervision_days": 29}),
    ("eligibility", {"eligibility": ()}),
    ("eligibility", {"eligibility": (Eligibility(EligibilityRule.SECURITY_CLEARANCE, Weight.SOFT, 12),)}),
]
HARMFUL = [
    ("supervisionDays", {"supervision_days": 15}),
    ("trainingHours", {"training_hours": 11}),
    ("observedContacts", {"observed_contacts": 2}),
    ("probationDays", {"probation_days": 27}),
]
CONFIDENTIAL = [
    ("load", {"load": dataclasses.replace(LISTENERS.load, hours_hard=13)}),
    ("supervisionDays", {"supervision_days": 15}),
    ("trainingHours", {"training_hours": 19}),
]


@pytest.mark.parametrize(
    ("kind", "member", "changes"),
    [
        (kind, *each)
        for kind, several in ((INSIDERS, TIRED), (VIOLENCE_REDUCTION, HARMFUL), (LISTENERS, CONFIDENTIAL))
        for each in several
    ],
)
def test_nobody_falls_below_the_floor_of_his_jurisdiction(kind: Kind, member: str, changes: dict[str, Any]) -> None:
    """Not even headquarters: hours, nights and rest, supervision and clearance under every kind; training, watching and
    probation besides where harm may be done; more still where nobody else hears what is said. One step above the edge
    all is well."""
    assert faults(with_(kind, **changes)) == [Failure("BELOW_FLOOR", f"/sheet/{member}")]


def test_what_does_no_harm_needs_no_hours() -> None:
    """A council of nine who bring proposals is not trained like those who talk with men in despair."""
    light = with_(INSIDERS, training_hours=0, observed_contacts=0, probation_days=0, supervision_days=28)
    assert faults(light) == []


def test_every_member_of_the_sheet_has_its_rule() -> None:
    """A member that a variant could change unwatched would be the hole in the wall: none is forgotten."""
    assert set(RULES) == set(MEMBERS.values())


LOOSER: dict[str, Any] = {
    "support_types": (*INSIDERS.support_types, SupportType.EMOTIONAL),
    "stage_of_sentence": (*INSIDERS.stage_of_sentence, Stage.ANY),
    "partner": "SAMARITANS",
    "closed_policy": True,
    "record_level": RecordLevel.CODED_WITH_NOTE,
    "holds": INSIDERS.holds | {C.CONTENT},
    "told_to_newcomers": "I tell nobody anything.",
    "told_plain": "I tell nobody.",
    "content_owned_by": (Holder.PARTNER,),
    "identity_held_by": (Holder.PRISON, Holder.PARTNER),
    "disclosure": (*INSIDERS.disclosure, Basis.ESCAPE_OR_SECURITY),
    "eligibility": INSIDERS.eligibility[1:],
    "partner_certifies": True,
    "certified_by": "SAMARITANS",
    "modules": INSIDERS.modules[1:],
    "training_hours": INSIDERS.training_hours - 1,
    "observed_contacts": INSIDERS.observed_contacts - 1,
    "probation_days": INSIDERS.probation_days - 1,
    "supervision_days": INSIDERS.supervision_days + 1,
    "debrief": Debrief(INSIDERS.debrief.after, INSIDERS.debrief.within_hours + 1),
    "load": dataclasses.replace(INSIDERS.load, nights_in_seven=1),
    "bands": INSIDERS.bands[1:],
    "self_service": SelfService(waits=False, until_hours=23),
    "response_target_day": 1441,
    "response_target_night": None,
    "permitted_tasks": (*INSIDERS.permitted_tasks, Task.LEAD_GROUP),
    "prohibited_tasks": forbidding(Task.ASK_ABOUT_OFFENCE),
    "contact": Contact.CASE,
}
"""Of each member a value that is looser, or another where none may be."""
_FREE = {"title", "purpose", "purpose_plain", "pay", "coverage", "recipient_identity"}


def test_each_loosening_has_been_tried() -> None:
    """The table above leaves out only what is free, or is tried by itself."""
    assert set(LOOSER) == set(RULES) - _FREE


@pytest.mark.parametrize("member", LOOSER)
def test_a_variant_is_never_looser(member: str) -> None:
    """Whatever one member gives away is told by its code at its place, and by no other."""
    (failure,) = loosened(INSIDERS, with_(INSIDERS, **{member: LOOSER[member]}))
    wire = next(name for name, attribute in MEMBERS.items() if attribute == member)
    assert failure == Failure(RULES[member][0], f"/sheet/{wire}")


def test_what_is_unpaid_stays_so_and_what_is_thin_gets_no_thinner() -> None:
    """A Listener has no benefit from it; one for fifty does not become one for sixty; a name is not kept longer."""
    looser = with_(
        LISTENERS,
        pay=Pay.LOCAL_BAND,
        coverage=Coverage(people_for_one=60, on_each_wing=None),
        recipient_identity=RecipientIdentity.WITH_RECORD,
    )
    assert {f.code for f in loosened(LISTENERS, looser)} == {
        "PAY_CHANGED",
        "COVERAGE_THINNED",
        "HOLDS_IDENTITY_LONGER",
    }


def test_all_that_is_loose_is_told_at_once() -> None:
    """Nobody has to try five times to learn five reasons."""
    loose = with_(INSIDERS, probation_days=0, training_hours=0, modules=(), contact=Contact.GROUP)
    assert [f.code for f in loosened(INSIDERS, loose)] == [
        "MODULE_DROPPED",
        "TRAINING_SHORTENED",
        "PROBATION_SHORTENED",
        "CONTACT_CHANGED",
    ]


def test_a_variant_may_tighten() -> None:
    """More training, longer probation, fewer hours, more that is prohibited, a review that becomes a bar."""
    stricter = tuple(
        dataclasses.replace(e, weight=Weight.HARD) if e.rule is EligibilityRule.ACCT_OPEN else e
        for e in LISTENERS.eligibility
    )
    tighter = with_(
        LISTENERS,
        title="Listeners, young adults",
        modules=(*LISTENERS.modules, "YOUNG_ADULTS"),
        training_hours=24,
        probation_days=42,
        supervision_days=7,
        load=Load(6, 8, 1, 12),
        eligibility=(*stricter, Eligibility(EligibilityRule.OFFENCE_TYPE, Weight.HARD)),
        coverage=Coverage(people_for_one=40, on_each_wing=2),
        response_target_day=30,
        prohibited_tasks=(*LISTENERS.prohibited_tasks, Task.KEEP_COMPANY),
        permitted_tasks=LISTENERS.permitted_tasks[:2],
    )
    assert loosened(LISTENERS, tighter) == []
    assert faults(tighter) == []
