"""Who may hold which role, and which roles need a second person."""

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import grants_of
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.roles import (
    BINDING,
    CLIENT_AUTHORITY,
    IMPLICIT,
    IN_CUSTODY,
    NATIONAL,
    SECOND_PERSON,
    Role,
    holdable,
)
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from tests.domain.world import World


def test_a_prisoner_principal_holds_custody_roles_only() -> None:
    """Recipient, supporter, peer coordinator: nothing else is ever given to somebody in custody (rule 8)."""
    assert {Role.PERSON_IN_CUSTODY, Role.SUPPORTER, Role.PEER_COORDINATOR} == IN_CUSTODY
    assert holdable(PrincipalKind.IN_CUSTODY) == {Role.SUPPORTER, Role.PEER_COORDINATOR}
    assert IMPLICIT[PrincipalKind.IN_CUSTODY] is Role.PERSON_IN_CUSTODY


@pytest.mark.parametrize("kind", [k for k in PrincipalKind if k is not PrincipalKind.IN_CUSTODY])
def test_nobody_else_holds_a_custody_role(kind: PrincipalKind) -> None:
    """Staff, partners and clients never stand where a prisoner stands: no rule of his is theirs to use (rule 8)."""
    assert holdable(kind) & IN_CUSTODY == set()
    assert IMPLICIT.get(kind) not in IN_CUSTODY


def test_a_client_integrates_and_nothing_more() -> None:
    """A service client's token gives no person's role, and its own needs the estate's authority besides, another for
    each."""
    assert holdable(PrincipalKind.CLIENT) == {Role.INTEGRATOR, Role.SUBJECT_ACCESS, Role.PROVIDER, Role.OPERATOR}
    assert len(set(CLIENT_AUTHORITY.values())) == len(CLIENT_AUTHORITY)
    assert set(CLIENT_AUTHORITY) == holdable(PrincipalKind.CLIENT)
    assert PrincipalKind.CLIENT not in IMPLICIT


def test_a_partner_holds_no_post_of_the_prison() -> None:
    """No partner is officer, governor or coordinator; a partner without an assignment is nobody at all."""
    posts = {Role.STAFF_MEMBER, Role.WING_OFFICER, Role.ORDERLY_OFFICER, Role.COORDINATOR, Role.SAFER_CUSTODY}
    posts |= {Role.GOVERNOR, Role.ACTIVITIES_HUB, Role.SECURITY, Role.INFORMATION_GOVERNANCE, Role.HEADQUARTERS}
    assert holdable(PrincipalKind.PARTNER) & posts == set()
    assert PrincipalKind.PARTNER not in IMPLICIT


@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_had_by_somebody(role: Role) -> None:
    """A role is implicit, the service's own, or holdable by some kind of principal: none is dead letters."""
    assert role is Role.SERVICE or role in IMPLICIT.values() or any(role in holdable(k) for k in PrincipalKind)
    assert not (role is Role.SERVICE and any(role in holdable(k) for k in PrincipalKind))


def test_who_reads_secrets_needs_a_second_person() -> None:
    """`SECOND_PERSON` is what the table gives: every assigned role that sees participation or casework, reads the
    ledger, or says what holds in every prison, and no other (rule 14)."""
    computed = set()
    for role in set(Role) - IN_CUSTODY - {Role.STAFF_MEMBER, Role.SERVICE}:
        classes = {c for g in GRANTS if g.role is role for c in g.sees}
        if classes & {Classification.PARTICIPATION, Classification.CASEWORK} or grants_of(role, Verb.READ_LEDGER):
            computed.add(role)
    assert computed | BINDING == SECOND_PERSON


def test_what_is_published_for_every_prison_is_published_by_binding_roles() -> None:
    """Of the roles that may be national, those that publish kinds of scheme or a partner's promises bind everybody."""
    publishing = {r for r in NATIONAL for v in Verb if v.value.startswith("PUBLISH_") and grants_of(r, v)}
    assert publishing == BINDING


def test_national_roles_see_no_content() -> None:
    """A role that may be given for a whole jurisdiction never sees content, health or wellbeing: but for the machine
    that answers people about themselves, which does nothing else."""
    rest = {v for v in Verb if grants_of(Role.SUBJECT_ACCESS, v)} - {v for v in Verb if grants_of(Role.EVALUATOR, v)}
    assert rest == {Verb.READ_SUBJECT_ACCESS}
    secret = {Classification.CONTENT, Classification.HEALTH, Classification.WELLBEING, Classification.SECURITY}
    seeing = {g.rule for g in GRANTS if g.role in NATIONAL and g.sees & secret}
    assert seeing == {"subject-access.subject-access.own-prison"}


def test_only_schemes_and_prisons_can_be_unbounded(world: World) -> None:
    """'All of them' is a fact about schemes and prisons; of jurisdictions, persons or authors it would be a hole."""
    assert world.viewer(Role.HEADQUARTERS, prisons=None, schemes=None).fact("prisons") is None
    for name in ("jurisdictions", "persons", "authors", "wings", "organisations"):
        with pytest.raises(ValueError, match="unbounded"):
            world.viewer(Role.HEADQUARTERS, **{name: None})


def test_a_fact_that_is_missing_is_empty(world: World) -> None:
    """What is not known of a viewer gives him nothing."""
    known = world.viewer(Role.GOVERNOR)
    bare = Viewer(known.actor, known.principal, Role.GOVERNOR)
    for name in ("jurisdictions", "prisons", "schemes", "persons", "authors", "wings", "organisations"):
        assert bare.fact(name) == frozenset()


def test_every_verb_is_about_the_kind_that_its_name_says() -> None:
    """The kind of record a verb is about decides its walls: the ones a suffix could get wrong, written out."""
    about = {v.value: f.kind for v, f in ABOUT.items()}
    assert about["APPLY"] == about["DECIDE_APPLICATION"] == about["CERTIFY_SUPPORTER"] == "supporter"
    assert about["ASK"] == about["ANSWER_OFFER"] == about["READ_BOARD"] == about["WITHDRAW_REQUEST"] == "request"
    assert about["ENROL"] == about["END_ENROLMENT"] == "enrolment"
    assert about["PLAN_SESSION"] == about["RECORD_SESSION"] == "session"
    assert about["READ_LEDGER"] == "ledger-line"
    assert about["CONFIRM_ASSIGNMENT"] == "assignment"
    assert {v for v, kind in about.items() if kind is None} == {
        "READ_ME",
        "READ_TASKS",
        "READ_POLICY",
        "READ_KIND",
        "READ_AVAILABILITY",
        "READ_EXCEPTIONS",
        "HAND_IN_TALLY",
        "HAND_IN_BY_CODE",
        "HAND_IN_DISPUTE",
        "HAND_OUT_WINDOW",
        "VERIFY_PASSPORT",
        "READ_SUBJECT_ACCESS",
        "READ_QUEUE",
        "RETRY_QUEUE",
        "PURGE_QUEUE",
        "SIGN_OUT",
        "LOCK_OUT",
        "LOCK_OUT_BY_NUMBER",
        "TICK",
    }


def test_the_family_of_a_verb_tells_looks_from_changes() -> None:
    """Readers of the ledger see of closed things the family only: looking, changing, granting, or the service's own."""
    families = {v.value: f.family.value for v, f in ABOUT.items()}
    assert {families[v.value] for v in Verb if v.value.startswith("READ_")} == {"LOOK"}
    assert {v for v, f in families.items() if f == "GRANT"} == {
        "PROPOSE_ASSIGNMENT",
        "CONFIRM_ASSIGNMENT",
        "END_ASSIGNMENT",
    }
    assert {v for v, f in families.items() if f == "TICK"} == {"TICK"}
