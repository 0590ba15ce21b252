"""The cast may act: each in the one capacity that he should have, for reasons that rule 14 would accept."""

from datetime import timedelta

import pytest

from api.call import may
from api.capacities import Caller, caller_of
from api.demonstration import cast
from api.demonstration.cast import Member
from api.identity.demonstration import ISSUER
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.roles import CLIENT_AUTHORITY, IMPLICIT, NATIONAL, SECOND_PERSON, Role, holdable
from domain.confidentiality.verbs import Verb
from domain.oversight.assignments import LONGEST, effective
from domain.oversight.record import Actor, Assignment, Duty
from domain.people.record import Person
from domain.schemes.record import Scheme
from persistence.prison.standin import StandInCaseloads
from tests.demonstration.conftest import Played
from tests.demonstration.stage import NOW, by_id, copy, records, run_on

EVERYBODY = pytest.mark.parametrize("member", cast.EVERYBODY, ids=[m.key for m in cast.EVERYBODY])


async def called(played: Played, member: Member) -> Caller:
    """The caller that his token makes."""
    return await caller_of(run_on(played.store), member.principal)


def test_every_role_has_a_token_but_the_service() -> None:
    """One at least for each; keys and principals are used once; what a role may do is told in six words at most."""
    assert {m.role for m in cast.CAST} == set(Role) - {Role.SERVICE}
    assert len({m.key for m in cast.EVERYBODY}) == len({m.principal for m in cast.EVERYBODY}) == len(cast.EVERYBODY)
    assert all(2 <= len(m.may.split()) <= 6 for m in cast.EVERYBODY)


@EVERYBODY
async def test_each_has_the_capacity_of_his_role(played: Played, member: Member) -> None:
    """That one, and besides it only what every principal of his kind has; nobody was made on first sight."""
    before = len(played.store.entries)
    caller = await called(played, member)
    implicit = IMPLICIT.get(member.kind)
    assert [c.role for c in caller.capacities] == [
        *([member.role] if member.role is not implicit else []),
        *([implicit] if implicit is not None else []),
    ]
    assert len(played.store.entries) == before


@EVERYBODY
async def test_each_reaches_his_own_prison_and_scheme(played: Played, member: Member) -> None:
    """One prison or, for national roles, all of the jurisdiction; one scheme where the assignment says so."""
    capacity = (await called(played, member)).capacities[0]
    schemes = by_id(records(played.store, Scheme))
    national = member.prison is None
    assert capacity.fact("jurisdictions") == {"EW"}
    assert capacity.fact("prisons") == (None if national else {member.prison})
    found = capacity.fact("schemes")
    if member.scheme is not None or member.role is Role.SUPPORTER:
        assert found is not None
        (scheme,) = (s for id, s in schemes.items() if id in found)
        assert len(found) == 1
        expected = {cast.LISTENER: "LISTENERS", cast.MENTOR: "SHANNON_TRUST"}.get(member, member.scheme)
        assert (scheme.prison, scheme.kind) == (member.prison, expected)
    elif member.assigned:
        assert found is None


async def test_what_some_of_them_may_do(played: Played) -> None:
    """Read off the policy through the capacity: those whom the printed lines use, and those who never see a request."""
    allowed = {m.key: may(await called(played, m)) for m in cast.CAST}
    verbs = {key: {Verb(v) for found in each.values() for v in found} for key, each in allowed.items()}
    assert {Verb.DECLARE_DUTY, Verb.READ_BOARD} <= verbs["wing-officer"]
    assert {Verb.ASK} <= verbs["person-in-custody"]
    assert {Verb.HAND_IN_TALLY, Verb.PAUSE_SUPPORTER} <= verbs["listener"]
    assert {Verb.RECORD_SESSION} <= verbs["mentor"]
    assert {Verb.APPROVE_SCHEME, Verb.READ_LEDGER} <= verbs["governor"]
    assert {Verb.READ_SCHEME} <= verbs["integrator"]
    for key in ("governor", "peer-coordinator", "evaluator", "headquarters", "listener", "access-administrator"):
        assert not verbs[key] & {Verb.READ_BOARD, Verb.READ_REQUEST}


async def test_no_duty_is_declared(played: Played) -> None:
    """The officer declares his own: until then he reaches no wing (rule 13)."""
    assert records(played.store, Duty) == []
    assert (await called(played, cast.OFFICER)).capacities[0].fact("wings") == frozenset()


async def test_a_caseload_withdrawn_ends_the_reach(played: Played) -> None:
    """The stand-in is asked; without the prison in it the same token keeps the role's name and reaches nothing."""
    caseloads = StandInCaseloads(cast.caseloads())
    run = run_on(played.store, caseloads)
    there = (await caller_of(run, cast.GOVERNOR.principal)).capacities
    assert [c.fact("prisons") for c in there] == [{"MDI"}, {"MDI"}]
    caseloads.withdraw(cast.GOVERNOR.subject, "MDI")
    left = (await caller_of(run, cast.GOVERNOR.principal)).capacities
    assert [c.fact("prisons") for c in left] == [frozenset()] * len(left)


async def test_a_client_without_the_estates_authority_has_nothing(played: Played) -> None:
    """Our assignment alone is not enough for it (DESIGN section 4), nor is the authority of another."""
    systems = {m.role: m for m in cast.CAST if m.kind is PrincipalKind.CLIENT}
    assert set(systems) == set(CLIENT_AUTHORITY)
    for role, system in systems.items():
        assert system.authorities == {CLIENT_AUTHORITY[role]}
        others = frozenset(CLIENT_AUTHORITY.values()) - system.authorities
        bare = Principal(ISSUER, system.subject, PrincipalKind.CLIENT, authorities=others)
        assert (await caller_of(run_on(played.store), bare)).capacities == ()


async def test_the_volunteer_is_there_every_day_for_as_long_as_an_unused_role_lasts(played: Played) -> None:
    """Nobody knows on which day the demonstration is looked at; the day after the last, nothing is left."""
    (samaritan,) = (m for m in cast.CAST if m.role is Role.PARTNER_VOLUNTEER)
    store = copy(played.store)
    for days, reached in ((0, {"MDI"}), (1, {"MDI"}), (89, {"MDI"}), (90, set[str]())):
        (capacity,) = (await caller_of(run_on(store, now=NOW + timedelta(days=days)), samaritan.principal)).capacities
        assert capacity.fact("prisons") == reached
    assert (await caller_of(run_on(store, now=NOW + timedelta(days=91)), samaritan.principal)).capacities == ()


def test_roles_were_given_as_rule_14_asks(played: Played) -> None:
    """Holdable by the kind, twelve months at most, proposed by somebody else, and confirmed by a second person of
    another organisation where the role reads participation, casework or the ledger."""
    actors, found = by_id(records(played.store, Actor)), records(played.store, Assignment)
    held = {a.holder: a for a in found}
    assert len(held) == len(found) == sum(m.assigned for m in cast.EVERYBODY)
    administrators = {a.holder: a for a in found if a.role is Role.ACCESS_ADMINISTRATOR}
    assert len({a.organisation for a in administrators.values()}) == 2
    for a in found:
        if a.principal_kind is not PrincipalKind.IN_CUSTODY:
            holder = actors[a.holder]
            assert (holder.issuer, holder.subject, holder.kind) == (a.issuer, a.subject, a.principal_kind)
        assert a.role in holdable(a.principal_kind)
        assert a.prison is not None or a.role in NATIONAL
        assert effective(a, NOW.date())
        assert a.ends_on - a.starts_on <= LONGEST
        assert a.needs_second is (a.role in SECOND_PERSON) is (a.confirmed_by is not None)
        if a.proposed_by is None:
            assert a.subject == cast.ADMINISTRATOR.subject
            continue
        proposer = administrators[a.proposed_by]
        assert proposer.organisation == a.proposer_organisation
        assert a.holder not in (a.proposed_by, a.confirmed_by, proposer.proposed_by)
        if a.confirmed_by is not None:
            assert administrators[a.confirmed_by].organisation != proposer.organisation


def test_those_in_custody_are_known_as_who_they_are(played: Played) -> None:
    """They have a row as persons and none as principals, so that no row joins a number to an act; all others have."""
    people, actors = records(played.store, Person), records(played.store, Actor)
    inside = {m.subject for m in cast.IN_CUSTODY}
    assert inside <= {p.identifier for p in people}
    assert {m.subject for m in cast.EVERYBODY} - inside <= {a.subject for a in actors}
    assert all(a.person is None and a.kind is not PrincipalKind.IN_CUSTODY for a in actors)


def test_tokens_need_nothing_but_the_subjects() -> None:
    """A second start issues them for the same principals, with an authority for clients alone."""
    asked: list[tuple[str, PrincipalKind, frozenset[str]]] = []

    def issue(subject: str, kind: PrincipalKind, authorities: object) -> str:
        assert isinstance(authorities, frozenset)
        asked.append((subject, kind, authorities))
        return f"token {len(asked)}"

    given = cast.tokens(issue)
    assert list(given) == [m.key for m in cast.CAST]
    assert len(set(given.values())) == len(given)
    assert asked == [(m.principal.subject, m.principal.kind, m.principal.authorities) for m in cast.CAST]
    assert {kind for _, kind, authorities in asked if authorities} == {PrincipalKind.CLIENT}
    assert {kind for _, kind, authorities in asked if not authorities} == set(PrincipalKind) - {PrincipalKind.CLIENT}


def test_only_people_in_custody_have_a_name() -> None:
    """Of staff and partners a subject is all that there is."""
    assert {m for m in cast.EVERYBODY if m.named} == set(cast.IN_CUSTODY)
    with pytest.raises(ValueError, match="custody"):
        _ = cast.GOVERNOR.stranger
