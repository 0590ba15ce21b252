"""The rules of suitability, each at its edge: what is met, what is not, and what nobody knows (domain facts 2.3)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel.prison import IncentiveLevel, PrisonFacts
from domain.schemes.kinds import KINDS
from domain.schemes.sheet import Eligibility
from domain.schemes.vocabulary import EligibilityRule as R
from domain.schemes.vocabulary import Weight
from domain.supporters.recruiting.rules import SAFETY, Result, RuleOutcome, RuleReason, evaluate
from tests.recruited import FIT

TODAY = date(2026, 8, 31)
_HALF_A_YEAR_ON = date(2027, 2, 28)
"""Six months later, in a month without a thirty-first."""
_HALF_A_YEAR_AGO = date(2026, 2, 28)
NOTHING = PrisonFacts()


def _one(rule: R, parameter: int | None, facts: PrisonFacts | None, weight: Weight = Weight.HARD) -> Result:
    (found,) = evaluate((Eligibility(rule, weight, parameter),), facts, cleared=True, today=TODAY)
    return found


def _known(**facts: Any) -> PrisonFacts:
    return replace(NOTHING, **facts)


DAY = timedelta(days=1)
EDGES: list[tuple[R, int | None, PrisonFacts, RuleReason, tuple[str, ...]]] = [
    (R.INCENTIVE_LEVEL, 3, _known(incentive=IncentiveLevel.ENH), RuleReason.AS_ASKED, ("ENH",)),
    (R.INCENTIVE_LEVEL, 3, _known(incentive=IncentiveLevel.STD), RuleReason.BELOW_LEVEL, ("STD",)),
    (R.INCENTIVE_LEVEL, 2, _known(incentive=IncentiveLevel.STD), RuleReason.AS_ASKED, ("STD",)),
    (R.INCENTIVE_LEVEL, 2, _known(incentive=IncentiveLevel.BAS), RuleReason.BELOW_LEVEL, ("BAS",)),
    (R.TIME_LEFT, 6, _known(release_on=_HALF_A_YEAR_ON), RuleReason.AS_ASKED, ("2027-02-28",)),
    (R.TIME_LEFT, 6, _known(release_on=_HALF_A_YEAR_ON - DAY), RuleReason.TOO_LITTLE_TIME, ("2027-02-27",)),
    (R.ACCT_OPEN, None, _known(alerts=frozenset()), RuleReason.AS_ASKED, ()),
    (R.ACCT_OPEN, None, _known(alerts=frozenset({"HA1"})), RuleReason.AS_ASKED, ()),
    (R.ACCT_OPEN, None, _known(alerts=frozenset({"HA", "XA"})), RuleReason.OPEN_NOW, ("HA",)),
    (R.ACCT_POST_CLOSURE, None, _known(alerts=frozenset({"HA"})), RuleReason.AS_ASKED, ()),
    (R.ACCT_POST_CLOSURE, None, _known(alerts=frozenset({"HA1"})), RuleReason.CLOSED_LATELY, ("HA1",)),
    (R.SAFETY_ALERT, None, _known(alerts=frozenset({"XIT", "HA"})), RuleReason.AS_ASKED, ()),
    (R.SAFETY_ALERT, None, _known(alerts=frozenset({"XVL", "XB", "XIT"})), RuleReason.ALERT_ACTIVE, ("XB", "XVL")),
    (R.CSIP_OPEN, None, _known(csip_open=False), RuleReason.AS_ASKED, ("YES",)),
    (R.CSIP_OPEN, None, _known(csip_open=True), RuleReason.OPEN_NOW, ("NO",)),
    (R.RECENT_VIOLENCE, 6, _known(violence_proven_on=()), RuleReason.AS_ASKED, ()),
    (R.RECENT_VIOLENCE, 6, _known(violence_proven_on=(_HALF_A_YEAR_AGO - DAY,)), RuleReason.AS_ASKED, ()),
    (
        R.RECENT_VIOLENCE,
        6,
        _known(violence_proven_on=(date(2025, 1, 1), _HALF_A_YEAR_AGO)),
        RuleReason.PROVEN_LATELY,
        ("2026-02-28",),
    ),
    (R.DRUG_ADJUDICATION, 6, _known(drug_adjudications_on=(_HALF_A_YEAR_AGO - DAY,)), RuleReason.AS_ASKED, ()),
    (R.DRUG_ADJUDICATION, 6, _known(drug_adjudications_on=(TODAY,)), RuleReason.PROVEN_LATELY, ("2026-08-31",)),
    (R.OFFENCE_TYPE, None, _known(offence_allows=True), RuleReason.AS_ASKED, ("YES",)),
    (R.OFFENCE_TYPE, None, _known(offence_allows=False), RuleReason.OFFENCE_RESTRICTED, ("NO",)),
    (R.ABSTINENCE, 12, _known(abstinent_months=12), RuleReason.AS_ASKED, ("12",)),
    (R.ABSTINENCE, 12, _known(abstinent_months=11), RuleReason.TOO_SHORT, ("11",)),
    (R.ROLES_HELD, 1, _known(roles_held=1), RuleReason.AS_ASKED, ("1",)),
    (R.ROLES_HELD, 1, _known(roles_held=2), RuleReason.TOO_MANY_ROLES, ("2",)),
    (R.LITERACY, None, _known(literate=False), RuleReason.NOT_SHOWN, ("NO",)),
    (R.HEALTH_FITNESS, None, _known(fit=False), RuleReason.NOT_SHOWN, ("NO",)),
    (R.LIVED_EXPERIENCE, None, _known(lived_experience=False), RuleReason.NOT_SHOWN, ("NO",)),
    (R.SERVED_IN_FORCES, None, _known(served_in_forces=False), RuleReason.NOT_SHOWN, ("NO",)),
    (R.ELECTED, None, _known(elected=False), RuleReason.NOT_SHOWN, ("NO",)),
    (R.MEMBER_OF_PARTNER, None, _known(member_of_partner=False), RuleReason.NOT_SHOWN, ("NO",)),
]
"""(rule, parameter, what is known, why it came out so, by which facts): `AS_ASKED` is met, all others are not."""


@pytest.mark.parametrize(("rule", "parameter", "facts", "reason", "by"), EDGES)
def test_each_rule_turns_at_its_edge(
    rule: R, parameter: int | None, facts: PrisonFacts, reason: RuleReason, by: tuple[str, ...]
) -> None:
    """Met on the day, at the level, at the number that is asked; not a day, a level or one before; and it says why, by
    the codes and days that it was found by and no others."""
    found = _one(rule, parameter, facts)
    outcome = RuleOutcome.PASSED if reason is RuleReason.AS_ASKED else RuleOutcome.FAILED
    assert (found.outcome, found.reason, found.facts) == (outcome, reason, by)


@pytest.mark.parametrize("rule", R)
def test_what_nobody_knows_passes_no_rule(rule: R) -> None:
    """Without a source, and of somebody of whom the source knows nothing, each rule is UNKNOWN, by no fact; with all
    known and well, each is met: so no rule is decided by anything but its own fact."""
    asked = (Eligibility(rule, Weight.HARD, 1),)
    for facts in (None, NOTHING):
        (found,) = evaluate(asked, facts, cleared=None, today=TODAY)
        assert (found.outcome, found.reason, found.facts) == (RuleOutcome.UNKNOWN, RuleReason.NOT_KNOWN, ())
    (met,) = evaluate(asked, FIT, cleared=True, today=TODAY)
    assert (met.outcome, met.reason) == (RuleOutcome.PASSED, RuleReason.AS_ASKED)


def test_no_alert_is_an_answer_and_no_source_is_none() -> None:
    """An empty set of alerts passes; that nobody could be asked does not."""
    assert _one(R.SAFETY_ALERT, None, _known(alerts=frozenset())).outcome is RuleOutcome.PASSED
    assert _one(R.SAFETY_ALERT, None, _known(alerts=None)).outcome is RuleOutcome.UNKNOWN


@pytest.mark.parametrize("alert", sorted(SAFETY))
def test_each_alert_of_safety_is_found(alert: str) -> None:
    """Bully, corruptor, racist, gang, escape, terrorism, violence: each alone."""
    assert _one(R.SAFETY_ALERT, None, _known(alerts=frozenset({alert}))).facts == (alert,)


@pytest.mark.parametrize(
    ("weight", "outcome"),
    [
        (Weight.HARD, RuleOutcome.FAILED),
        (Weight.SOFT, RuleOutcome.FAILED),
        (Weight.REVIEW, RuleOutcome.REVIEW),
    ],
)
def test_how_a_rule_counts_is_its_weight(weight: Weight, outcome: RuleOutcome) -> None:
    """Not met is a no where the rule is hard or soft, and never one where somebody looks at it."""
    assert _one(R.ACCT_OPEN, None, _known(alerts=frozenset({"HA"})), weight).outcome is outcome


@pytest.mark.parametrize(
    ("cleared", "outcome"),
    [(True, RuleOutcome.PASSED), (False, RuleOutcome.FAILED), (None, RuleOutcome.UNKNOWN)],
)
def test_security_says_yes_or_no_or_nothing_yet(cleared: bool | None, outcome: RuleOutcome) -> None:
    """The outcome alone, and of nothing else does the rule know."""
    asked = (Eligibility(R.SECURITY_CLEARANCE, Weight.HARD, 12),)
    (found,) = evaluate(asked, FIT, cleared=cleared, today=TODAY)
    assert found.outcome is outcome
    assert found.facts in ((), ("YES",), ("NO",))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_is_evaluated_rule_by_rule(kind: Any) -> None:
    """One result for each rule, in the kind's order, with its weight and parameter; and of somebody in whose way
    nothing stands, all are met."""
    found = evaluate(kind.eligibility, FIT, cleared=True, today=TODAY)
    assert [Eligibility(each.rule, each.weight, each.parameter) for each in found] == list(kind.eligibility)
    assert {each.outcome for each in found} <= {RuleOutcome.PASSED}
