"""The whole finite space of the policy, put to our own table and to Cedar: they say the same of every case (A3)."""

import dataclasses

import cedarpy
import pytest

from domain.confidentiality import policy
from domain.confidentiality.classification import Classification
from domain.confidentiality.grants import GRANTS, Grant
from domain.confidentiality.policy import reach_of
from domain.confidentiality.record import KINDS
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within, fields_of
from tests.proofs.matrix.account import Counted
from tests.proofs.policy import cedar, space
from tests.proofs.policy.compared import compare

SPACE = space.built(GRANTS)
TEXTS = cedar.emitted(GRANTS)


def _everything(texts: cedar.Texts) -> str:
    return "\n".join((texts.may, texts.reach, texts.see))


@pytest.mark.parametrize("each", [29, pytest.param(1, marks=pytest.mark.nightly)], ids=["", "whole"])
def test_the_policy_and_cedar_say_the_same_of_every_case(counted: Counted, each: int) -> None:
    """Who may do what for which purpose, which records that reaches, and which classes of their fields are shown: two
    engines, one answer, and by the same rule. Every case is put to the policies of its role, and every 29th to those of
    all others too; at night every one."""
    found = compare(GRANTS, TEXTS, SPACE, each=each)
    assert found.differ == []
    for part, number in found.cases.items():
        counted(f"cases of the policy put to both sides: {part}", number)
    counted("cases of the policy in all, 0 disagreements with Cedar", found.total, at_least=20_000)
    assert found.permitting == {part: frozenset(rules) for part, rules in TEXTS.rules.items()}


def test_cedar_finds_no_fault_in_the_text() -> None:
    """Every attribute, action and comparison is one that the schema knows: a misspelt one would refuse in silence."""
    found = cedarpy.validate_policies(_everything(TEXTS), TEXTS.schema)
    assert found.validation_passed, [e.error for e in found.errors]
    wrong = _everything(TEXTS).replace("resource.supporter_person)", "resource.suporter_person)", 1)
    assert not cedarpy.validate_policies(wrong, TEXTS.schema).validation_passed


def test_every_reach_has_a_meaning_and_speaks_of_what_is_enumerated() -> None:
    """A new `Within`, or a new condition in one, is said in Cedar too, and its outcomes are among those tried."""
    assert set(cedar.MEANING) == set(Within)
    for grant, kind in space.reached_by(GRANTS):
        assert fields_of(reach_of(grant, KINDS[kind])) <= set(cedar.spoken_of(KINDS[kind])), grant.rule
        assert set(cedar.spoken_of(KINDS[kind])) <= set(space.FOUND), f"say in FOUND what {kind} may hold"


# --- that it can fail -------------------------------------------------------------------------------------------------

PLANTED = {
    "a jurisdiction's wall": ("reach", "principal.jurisdictions.contains(resource.jurisdiction) && ", ""),
    "a prison": ("reach", "(resource has prison && principal.prisons.contains(resource.prison))", "true"),
    "a scheme": ("reach", "principal.schemes.contains(resource.scheme)", "true"),
    "a wing": ("reach", "resource has wing && principal.wings.contains(resource.wing)", "true"),
    "a band's end": ("reach", "context.now < resource.readable_until", "true"),
    "a band's last moment": ("reach", "context.now < resource", "context.now <= resource"),
    "an organisation": ("reach", "principal.organisations.contains(resource.organisation)", "true"),
    "a person": ("reach", "(resource has person && principal.persons.contains(resource.person))", "(true)"),
    "an author": ("reach", "(resource has author && principal.authors.contains(resource.author))", "(true)"),
    "the wall of closed policy": ("reach", " unless { resource has closed && resource.closed }", ""),
    "the wall of one's own file": (
        "reach",
        " unless { resource has person && principal.persons.contains(resource.person) }",
        "",
    ),
    "the wall of one's own learner": (
        "reach",
        " unless { resource has supporter_person && principal.persons.contains(resource.supporter_person) }",
        "",
    ),
    "the wall of one's own acts": (
        "reach",
        " unless { resource has author && principal.authors.contains(resource.author) }",
        "",
    ),
    "a purpose": ("may", 'context.purposes.contains("oversight")', "true"),
    "a role": ("may", 'principal in Role::"GOVERNOR"', "principal"),
    "a class": ("see", '["CONTENT", ', '["CASEWORK", "CONTENT", '),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_wider_line_in_cedar_is_found(fault: str) -> None:
    """Each condition of the text is taken away in turn, and the comparison sees that it has gone."""
    part, was, becomes = PLANTED[fault]
    text: str = getattr(TEXTS, part)
    assert was in text
    wider = dataclasses.replace(TEXTS, **{part: text.replace(was, becomes)})
    lines = zip(TEXTS.rules[part], text.splitlines(), strict=True)
    touched = {rule for rule, line in lines if was in line}
    some = sorted((g for g in GRANTS if g.rule in touched), key=lambda g: len(g.may))[:2]
    roles = {some[0].role, Role.STAFF_MEMBER}
    assert compare(some, TEXTS, SPACE, parts=[part], roles=sorted(roles)).differ == []
    assert compare(some, wider, SPACE, parts=[part], roles=sorted(roles)).differ


def _grant(rule: str) -> Grant:
    return next(g for g in GRANTS if g.rule == rule)


_OFFICER = "wing-officer.support.own-wing-on-duty"
WIDENED = {
    "a reach": dataclasses.replace(_grant(_OFFICER), within=Within.OWN_PRISON_TONIGHT),
    "a verb": dataclasses.replace(_grant(_OFFICER), may=_grant(_OFFICER).may | {Verb.READ_ENROLMENT}),
    "a class": dataclasses.replace(_grant(_OFFICER), sees=_grant(_OFFICER).sees | {Classification.WELLBEING}),
    "closed policy": dataclasses.replace(_grant("coordinator.support.own-scheme"), closed=True),
    "a role": dataclasses.replace(_grant("safer-custody.safety.own-prison"), role=Role.SECURITY),
    "a verb fewer": dataclasses.replace(_grant(_OFFICER), may=_grant(_OFFICER).may - {Verb.READ_BOARD}),
}


@pytest.fixture
def ours_changed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own table with one line changed, while Cedar keeps the one that was reviewed."""
    changed = WIDENED[request.param]
    keep = [g for g in GRANTS if g.role is not Role.SAFER_CUSTODY] if request.param == "a role" else GRANTS
    table = tuple(changed if g.rule == changed.rule else g for g in keep)
    monkeypatch.setattr(policy, "GRANTS", table if changed in table else (*table, changed))
    monkeypatch.setattr(policy, "_BY_ROLE_AND_VERB", policy._index())


@pytest.mark.parametrize("ours_changed", WIDENED, indirect=True)
@pytest.mark.usefixtures("ours_changed")
def test_a_line_changed_in_ours_is_found(request: pytest.FixtureRequest) -> None:
    """A reach, a verb, a class, a wall or a role more, or a verb fewer, in the table that decides: found."""
    changed = WIDENED[request.node.callspec.params["ours_changed"]]
    reviewed = [g for g in GRANTS if g.rule == changed.rule]
    assert compare(reviewed, TEXTS, SPACE, roles=[changed.role]).differ


def test_a_wall_taken_from_ours_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the walls against one's own matters, though every line of the table stands as it was."""
    monkeypatch.setattr(policy, "OWN", frozenset(Within))
    assert compare([_grant("governor.investigation.own-prison")], TEXTS, SPACE, parts=["reach"]).differ


def test_a_role_that_is_in_another_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then policies with another role's head speak of it too, and the cases put to all policies tell."""
    roles = cedar.role_entities()
    staff = next(one for one in roles if one["uid"]["id"] == Role.STAFF_MEMBER.value)
    staff["parents"] = [{"type": "Role", "id": Role.GOVERNOR.value}]
    monkeypatch.setattr(cedar, "role_entities", lambda: roles)
    with pytest.raises(ValueError, match="another role's head"):
        compare(GRANTS, TEXTS, SPACE, parts=["may"], roles=[Role.STAFF_MEMBER])
