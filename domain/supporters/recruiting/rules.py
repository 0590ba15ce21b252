"""The rules of suitability (domain facts 2.3): what a kind asks, held against what is known of somebody.

A rule finds that it is met, is not met, or that nobody knows; its weight says what follows. What is looked at
(`REVIEW`) is never an automatic no, nor a yes that nobody gave; and what is not known is never a pass. Every finding
has its reason, and the least of facts that it was found by: codes, days and numbers, no words.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, assert_never

from domain.kernel.days import months_after
from domain.kernel.prison import PrisonFacts
from domain.schemes.sheet import Eligibility
from domain.schemes.vocabulary import EligibilityRule as R
from domain.schemes.vocabulary import Weight

ENGINE: Final = 1
"""The version of what is written here: another, whenever the same facts could be found otherwise."""
ACCT_OPEN: Final = frozenset({"HA"})
ACCT_CLOSED: Final = frozenset({"HA1"})
SAFETY: Final = frozenset({"XB", "XCO", "XCOP", "XR", "XGANG", "XEL", "XER", "XTACT", "XVL"})
"""Codes of alerts: bully, corruptor, racist, gang, escape, terrorism, violent."""


class RuleOutcome(StrEnum):
    """What came of a rule."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    REVIEW = "REVIEW"
    """Somebody looks at it."""
    UNKNOWN = "UNKNOWN"
    """Nobody knows: never a pass."""


class RuleReason(StrEnum):
    """Why."""

    AS_ASKED = "AS_ASKED"
    NOT_KNOWN = "NOT_KNOWN"
    NOT_CLEARED = "NOT_CLEARED"
    BELOW_LEVEL = "BELOW_LEVEL"
    TOO_LITTLE_TIME = "TOO_LITTLE_TIME"
    OPEN_NOW = "OPEN_NOW"
    CLOSED_LATELY = "CLOSED_LATELY"
    PROVEN_LATELY = "PROVEN_LATELY"
    ALERT_ACTIVE = "ALERT_ACTIVE"
    OFFENCE_RESTRICTED = "OFFENCE_RESTRICTED"
    TOO_SHORT = "TOO_SHORT"
    TOO_MANY_ROLES = "TOO_MANY_ROLES"
    NOT_SHOWN = "NOT_SHOWN"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found: whether it is met (None: nobody knows), why, and by which facts."""

    met: bool | None
    reason: RuleReason
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One rule of a kind, and what came of it."""

    rule: R
    weight: Weight
    parameter: int | None
    outcome: RuleOutcome
    reason: RuleReason
    facts: tuple[str, ...]


def evaluate(
    rules: Iterable[Eligibility], facts: PrisonFacts | None, *, cleared: bool | None, today: date
) -> tuple[Result, ...]:
    """What comes of each rule. `facts` None: nothing is known. `cleared`: security's outcome, None while there is
    none."""
    known = facts or PrisonFacts()
    return tuple(_result(each, _found(each.rule, each.parameter, known, cleared, today)) for each in rules)


def _result(asked: Eligibility, found: Finding) -> Result:
    if found.met is None:
        outcome = RuleOutcome.UNKNOWN
    elif found.met:
        outcome = RuleOutcome.PASSED
    else:
        outcome = RuleOutcome.REVIEW if asked.weight is Weight.REVIEW else RuleOutcome.FAILED
    return Result(asked.rule, asked.weight, asked.parameter, outcome, found.reason, found.facts)


_UNKNOWN: Final = Finding(None, RuleReason.NOT_KNOWN)


def _found(rule: R, parameter: int | None, known: PrisonFacts, cleared: bool | None, today: date) -> Finding:
    match rule:
        case R.SECURITY_CLEARANCE:
            return _shown(cleared, RuleReason.NOT_CLEARED)
        case R.INCENTIVE_LEVEL:
            return _level(known, parameter or 1)
        case R.TIME_LEFT:
            return _time_left(known, parameter or 0, today)
        case R.ACCT_OPEN:
            return _alerts(known.alerts, ACCT_OPEN, RuleReason.OPEN_NOW)
        case R.ACCT_POST_CLOSURE:
            return _alerts(known.alerts, ACCT_CLOSED, RuleReason.CLOSED_LATELY)
        case R.SAFETY_ALERT:
            return _alerts(known.alerts, SAFETY, RuleReason.ALERT_ACTIVE)
        case R.CSIP_OPEN:
            return _shown(None if known.csip_open is None else not known.csip_open, RuleReason.OPEN_NOW)
        case R.RECENT_VIOLENCE:
            return _lately(known.violence_proven_on, parameter or 0, today)
        case R.DRUG_ADJUDICATION:
            return _lately(known.drug_adjudications_on, parameter or 0, today)
        case R.OFFENCE_TYPE:
            return _shown(known.offence_allows, RuleReason.OFFENCE_RESTRICTED)
        case R.ABSTINENCE:
            return _count(known.abstinent_months, parameter or 0, RuleReason.TOO_SHORT, at_least=True)
        case R.ROLES_HELD:
            return _count(known.roles_held, parameter or 0, RuleReason.TOO_MANY_ROLES, at_least=False)
        case R.LITERACY:
            return _shown(known.literate)
        case R.HEALTH_FITNESS:
            return _shown(known.fit)
        case R.LIVED_EXPERIENCE:
            return _shown(known.lived_experience)
        case R.SERVED_IN_FORCES:
            return _shown(known.served_in_forces)
        case R.ELECTED:
            return _shown(known.elected)
        case R.MEMBER_OF_PARTNER:
            return _shown(known.member_of_partner)
        case _:
            assert_never(rule)


def _shown(holds: bool | None, otherwise: RuleReason = RuleReason.NOT_SHOWN) -> Finding:
    """A yes or no, of which nothing is kept but that."""
    if holds is None:
        return _UNKNOWN
    return Finding(holds, RuleReason.AS_ASKED if holds else otherwise, ("YES" if holds else "NO",))


def _level(known: PrisonFacts, at_least: int) -> Finding:
    if known.incentive is None:
        return _UNKNOWN
    met = known.incentive.rank >= at_least
    return Finding(met, RuleReason.AS_ASKED if met else RuleReason.BELOW_LEVEL, (known.incentive.value,))


def _time_left(known: PrisonFacts, months: int, today: date) -> Finding:
    """On remand, and of an indeterminate sentence, there is no date: nobody knows."""
    if known.release_on is None:
        return _UNKNOWN
    met = known.release_on >= months_after(today, months)
    reason = RuleReason.AS_ASKED if met else RuleReason.TOO_LITTLE_TIME
    return Finding(met, reason, (known.release_on.isoformat(),))


def _alerts(active: Collection[str] | None, looked_for: frozenset[str], reason: RuleReason) -> Finding:
    if active is None:
        return _UNKNOWN
    found = tuple(sorted(looked_for & set(active)))
    return Finding(not found, reason if found else RuleReason.AS_ASKED, found)


def _lately(days: Sequence[date] | None, months: int, today: date) -> Finding:
    """Only the last of the days that count is kept."""
    if days is None:
        return _UNKNOWN
    found = [day for day in days if day >= months_after(today, -months)]
    if not found:
        return Finding(True, RuleReason.AS_ASKED)
    return Finding(False, RuleReason.PROVEN_LATELY, (max(found).isoformat(),))


def _count(number: int | None, limit: int, reason: RuleReason, *, at_least: bool) -> Finding:
    if number is None:
        return _UNKNOWN
    met = number >= limit if at_least else number <= limit
    return Finding(met, RuleReason.AS_ASKED if met else reason, (str(number),))
