"""What an assessment keeps, and who lifts what stands in the way (S18): the rules themselves are in
`test_suitability_rules`."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow, Unacceptable
from domain.kernel.prison import PrisonFacts
from domain.ports import nothing_known
from domain.schemes.record import Scheme
from domain.schemes.vocabulary import EligibilityRule as R
from domain.supporters import acts as supporters
from domain.supporters.record import Standing, Supporter, Verdict
from domain.supporters.recruiting import assessing, clearing, deciding
from domain.supporters.recruiting.assessing import Assessment, OverrideReason
from domain.supporters.recruiting.clearing import Clearance, ClearanceOutcome
from tests.domain.world import World, codes
from tests.recruited import FIT, clearance

ACCT = dataclasses.replace(FIT, alerts=frozenset({"HA", "XA"}))
"""Fit, but for an open ACCT."""


def _knows(facts: PrisonFacts | None) -> Any:
    async def source(kind: str, identifier: str) -> PrisonFacts | None:
        del kind, identifier
        return facts

    return source


def _applicant(world: World, of: Scheme, *, cleared: bool = True) -> Supporter:
    """He has applied; of suitability there is security's yes and nothing else."""
    one = world.supporter(of, Standing.APPLIED)
    for kind in (Clearance, Assessment):
        for record in [r for (k, _), r in world.store.records.items() if k == kind.shape.kind]:
            world.drop(record)
    if cleared:
        world.put(clearance(one, world.clock.now))
    return one


async def _assess(world: World, one: Supporter, facts: PrisonFacts | None) -> Assessment:
    coordinator = world.viewer(Role.COORDINATOR)
    made = await world.make(coordinator, Verb.MAKE_ASSESSMENT, assessing.make, _knows(facts), one.id)
    return world.kept(made)


async def _yes(world: World, one: Supporter) -> View[Supporter]:
    coordinator = world.viewer(Role.COORDINATOR)
    return await world.change(
        coordinator, Verb.DECIDE_APPLICATION, supporters.decide, world.kept(one), verdict=Verdict.YES
    )


async def _refused(world: World, one: Supporter) -> list[str]:
    with pytest.raises(NotNow) as wrong:
        await _yes(world, one)
    return codes(wrong.value)


async def _ask(world: World, made: Assessment, rule: R, who: Any, reason: OverrideReason) -> Any:
    given: dict[str, Any] = {"rule": rule, "reason": reason}
    return await world.change(who, Verb.OVERRIDE_ASSESSMENT, assessing.override, world.kept(made), **given)


async def _approve(world: World, made: Assessment, rule: R, who: Any) -> Any:
    return await world.change(who, Verb.APPROVE_ASSESSMENT, assessing.approve, world.kept(made), rule=rule)


async def test_it_keeps_what_it_was_found_by_and_by_which_rules(world: World) -> None:
    """F19: the version of kind and engine, the day until which it holds, and of the facts only what a rule looked for;
    what is known later changes none of it."""
    one = _applicant(world, world.scheme())
    made = await _assess(world, one, ACCT)
    assert (made.kind, made.rule_version, made.source_known) == ("LISTENERS", "EW-1", True)
    assert made.valid_until == world.today + timedelta(days=28)
    by = {each["rule"]: each["facts"] for each in made.snapshot}
    assert by == {"SECURITY_CLEARANCE": ["YES"], "TIME_LEFT": ["2032-01-01"], "ACCT_OPEN": ["HA"], "CSIP_OPEN": ["YES"]}
    later = await _assess(world, one, FIT)
    assert world.kept(made) == made
    assert (made.blocked_by(world.clock.now), later.blocked_by(world.clock.now)) == (("ACCT_OPEN",), ())


async def test_each_result_explains_itself(world: World) -> None:
    """F16: rule, weight, parameter, outcome and reason, for every rule of the kind, met or not."""
    made = await _assess(world, _applicant(world, world.scheme("INSIDERS")), ACCT)
    told = {each["rule"]: (each["weight"], each["parameter"], each["outcome"], each["reason"]) for each in made.results}
    assert told["ACCT_OPEN"] == ("REVIEW", None, "REVIEW", "OPEN_NOW")
    assert told["TIME_LEFT"] == ("SOFT", 6, "PASSED", "AS_ASKED")
    assert told["SECURITY_CLEARANCE"][2:] == ("PASSED", "AS_ASKED")
    assert all(set(each) == {"rule", "weight", "parameter", "outcome", "reason"} for each in made.results)


async def test_a_soft_rule_stands_in_nobodys_way(world: World) -> None:
    """Too little time left is told, and he is taken on all the same."""
    one = _applicant(world, world.scheme("INSIDERS"))
    made = await _assess(world, one, dataclasses.replace(FIT, release_on=world.today + timedelta(days=40)))
    (soft,) = [each for each in made.results if each["outcome"] == "FAILED"]
    assert (soft["rule"], soft["reason"]) == ("TIME_LEFT", "TOO_LITTLE_TIME")
    await _yes(world, one)
    assert world.kept(one).standing is Standing.ACCEPTED


async def test_what_is_to_be_looked_at_waits_for_two_words(world: World) -> None:
    """F17: never a no by itself, and never a yes that nobody gave: one asks, another approves, both are kept."""
    one = _applicant(world, world.scheme("INSIDERS"))
    made = await _assess(world, one, ACCT)
    assert await _refused(world, one) == ["UNREVIEWED_ACCT_OPEN"]
    asker, safer = world.viewer(Role.COORDINATOR), world.viewer(Role.SAFER_CUSTODY)
    await _ask(world, made, R.ACCT_OPEN, asker, OverrideReason.SUPPORTED_BY_REVIEW)
    assert await _refused(world, one) == ["UNREVIEWED_ACCT_OPEN"], "nobody approved it yet"
    await _approve(world, made, R.ACCT_OPEN, safer)
    (kept,) = world.kept(made).overrides
    assert kept == {
        "rule": "ACCT_OPEN",
        "reason": "SUPPORTED_BY_REVIEW",
        "askedBy": str(asker.actor),
        "approvedBy": str(safer.actor),
    }
    await _yes(world, one)
    assert world.kept(one).standing is Standing.ACCEPTED


async def test_what_nobody_knows_of_stands_in_the_way(world: World) -> None:
    """With no source, hard rules and rules to be looked at are all unknown, and each is told."""
    one = _applicant(world, world.scheme("INSIDERS"))
    made = await _assess(world, one, None)
    assert (made.source_known, {e["outcome"] for e in made.results}) == (False, {"PASSED", "UNKNOWN"})
    looked_at = ("ACCT_OPEN", "CSIP_OPEN", "RECENT_VIOLENCE", "SAFETY_ALERT")
    assert await _refused(world, one) == [f"UNREVIEWED_{rule}" for rule in looked_at]


async def test_nobody_approves_what_he_asked_for(world: World) -> None:
    """The same person in another role is the same person."""
    made = await _assess(world, _applicant(world, world.scheme()), ACCT)
    asker = world.viewer(Role.COORDINATOR)
    await _ask(world, made, R.ACCT_OPEN, asker, OverrideReason.OUT_OF_DATE)
    himself = dataclasses.replace(world.viewer(Role.GOVERNOR), actor=asker.actor)
    with pytest.raises(NotNow) as wrong:
        await _approve(world, made, R.ACCT_OPEN, himself)
    assert codes(wrong.value) == ["APPROVER_ASKED"]


async def test_only_what_stands_in_the_way_is_overridden_once(world: World) -> None:
    """Not a rule that is met, not twice, not without having been asked; security's word never."""
    made = await _assess(world, _applicant(world, world.scheme()), ACCT)
    coordinator, governor = world.viewer(Role.COORDINATOR), world.viewer(Role.GOVERNOR)
    with pytest.raises(NotNow) as met:
        await _ask(world, made, R.CSIP_OPEN, coordinator, OverrideReason.OUT_OF_DATE)
    with pytest.raises(NotNow) as unasked:
        await _approve(world, made, R.ACCT_OPEN, governor)
    with pytest.raises(Unacceptable) as securitys:
        await _ask(world, made, R.SECURITY_CLEARANCE, coordinator, OverrideReason.OUT_OF_DATE)
    await _ask(world, made, R.ACCT_OPEN, coordinator, OverrideReason.OUT_OF_DATE)
    with pytest.raises(NotNow) as twice:
        await _ask(world, made, R.ACCT_OPEN, coordinator, OverrideReason.OUT_OF_DATE)
    found = [codes(each.value) for each in (met, unasked, securitys, twice)]
    assert found == [["NOT_BLOCKING"], ["NO_OVERRIDE_ASKED"], ["CLEARANCE_IS_SECURITYS"], ["OVERRIDE_ASKED_ALREADY"]]


async def test_it_holds_for_four_weeks_and_the_last_one_counts(world: World) -> None:
    """Alerts go stale, and with them what was approved: on the twenty-ninth day it is made anew."""
    one = _applicant(world, world.scheme("INSIDERS"))
    assert await _refused(world, one) == ["NOT_ASSESSED"]
    made = await _assess(world, one, ACCT)
    await _ask(world, made, R.ACCT_OPEN, world.viewer(Role.COORDINATOR), OverrideReason.SUPPORTED_BY_REVIEW)
    await _approve(world, made, R.ACCT_OPEN, world.viewer(Role.GOVERNOR))
    world.clock.forward(days=28)
    assert made.holds_today(world.clock.now)
    world.clock.forward(days=1)
    assert await _refused(world, one) == ["ASSESSMENT_STALE"]
    with pytest.raises(NotNow) as stale:
        await _ask(world, made, R.CSIP_OPEN, world.viewer(Role.COORDINATOR), OverrideReason.OUT_OF_DATE)
    assert "ASSESSMENT_STALE" in codes(stale.value)
    await _assess(world, one, ACCT)
    assert await _refused(world, one) == ["UNREVIEWED_ACCT_OPEN"], "another finding needs another word"


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({}, None),
        ({"expires_on": date(2026, 1, 14)}, None),
        ({"expires_on": date(2026, 1, 13)}, "CLEARANCE_EXPIRED"),
        ({"outcome": ClearanceOutcome.NOT_CLEARED, "expires_on": None}, "NOT_CLEARED"),
        ({"outcome": ClearanceOutcome.PENDING, "expires_on": None}, "CLEARANCE_PENDING"),
        ({"lapsed_on": date(2026, 1, 10)}, "CLEARANCE_LAPSED"),
        ({"current": False}, "CLEARANCE_MISSING"),
    ],
)
async def test_security_s_word_counts_until_its_last_day(world: World, how: dict[str, Any], code: str | None) -> None:
    """F18: a yes counts on its last day and not on the next; a no, a wait, a lapsed word, a replaced one never."""
    one = _applicant(world, world.scheme("INSIDERS"), cleared=False)
    world.put(clearance(one, world.clock.now, **how))
    await _assess(world, one, FIT)
    if code is None:
        await _yes(world, one)
    else:
        assert await _refused(world, one) == [code]


async def test_whoever_takes_it_back_leaves_nothing_to_renew(world: World) -> None:
    """Security's word ends with the application that it was given for."""
    one = _applicant(world, world.scheme())
    await world.change(world.viewer(Role.COORDINATOR), Verb.WITHDRAW_SUPPORTER, deciding.withdraw, one)
    (kept,) = [r for (kind, _), r in world.store.records.items() if kind == Clearance.shape.kind]
    assert isinstance(kept, Clearance)
    assert kept.lapsed_on == world.today


async def test_clearance_stays_where_it_was_given(world: World) -> None:
    """Somebody who was moved is cleared nowhere, though nobody has noted it yet."""
    one = _applicant(world, world.scheme("INSIDERS"))
    await _assess(world, one, FIT)
    person = next(r for (kind, id), r in world.store.records.items() if kind == "person" and id == one.person)
    world.put(dataclasses.replace(person, prison="LEI"))  # type: ignore[type-var]
    assert await _refused(world, one) == ["CLEARANCE_LAPSED"]


async def test_days_that_cannot_be_are_field_errors(world: World) -> None:
    """Security's word is of no day before he was born, nor to come; it ends after it began, and within the kind's
    months."""
    one = _applicant(world, world.scheme("INSIDERS"))
    security = world.viewer(Role.SECURITY)
    cases: dict[str, dict[str, Any]] = {
        "BEFORE_BIRTH": {"decided_on": date(1989, 12, 31), "expires_on": date(1990, 6, 1)},
        "IN_THE_FUTURE": {"decided_on": world.today + timedelta(days=1)},
        "ENDS_BEFORE_START": {"expires_on": world.today - timedelta(days=1)},
        "LONGER_THAN_THE_KIND_ALLOWS": {"expires_on": world.today + timedelta(days=800)},
    }
    for code, days in cases.items():
        given: dict[str, Any] = {"outcome": ClearanceOutcome.CLEARED, **days}
        with pytest.raises(Unacceptable) as wrong:
            await world.make(security, Verb.GIVE_CLEARANCE, clearing.give, _knows(FIT), one.id, **given)
        assert codes(wrong.value) == [code]
    await world.make(
        security, Verb.GIVE_CLEARANCE, clearing.give, nothing_known, one.id, outcome=ClearanceOutcome.NOT_CLEARED
    )
    assert await _refused(world, one) == ["NOT_CLEARED", "NOT_ASSESSED"]
