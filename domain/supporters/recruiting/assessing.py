"""An assessment of suitability: what the kind's rules found on a day, from which facts, and what was overridden since
(S18, F16, F17, F19).

It is kept with the version of the rules and the few facts that were looked at, because both change: alerts go stale,
so an assessment holds for four weeks and is then made anew. The facts are codes and days, and security's to see;
others who may read it see what came of each rule, and why.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import OfStanding, Open, Operational, Security
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, AssessmentId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.ports import PrisonRecords
from domain.schemes.belonging import OfScheme, changed, drafted, with_
from domain.schemes.made import terms_of
from domain.schemes.vocabulary import EligibilityRule, Weight
from domain.supporters.record import Standing, Supporter
from domain.supporters.recruiting import clearing
from domain.supporters.recruiting.rules import ENGINE, Result, RuleOutcome, evaluate

VALID: Final = timedelta(days=28)
"""How long an assessment holds: alerts go stale. A default, until its owners choose otherwise."""
_OVER: Final = (Standing.REJECTED, Standing.STOOD_DOWN)


class OverrideReason(StrEnum):
    """Why a rule that is not met, or was to be looked at, does not stand in the way."""

    SHOWN_ON_PAPER = "SHOWN_ON_PAPER"
    """Whoever knows has attested it: the treatment provider, education, healthcare."""
    OUT_OF_DATE = "OUT_OF_DATE"
    """What the prison's systems say is no longer so."""
    ON_REMAND = "ON_REMAND"
    """There is no date of release yet."""
    SUPPORTED_BY_REVIEW = "SUPPORTED_BY_REVIEW"
    """Those who look after him have looked at it, and are for it."""
    SHORT_TIME_ENOUGH = "SHORT_TIME_ENOUGH"


@record(
    kind="assessment",
    kept="twelve months after it was made; no longer than the record of the supporter",
    parties=("person",),
)
class Assessment(OfScheme):
    """What the rules of his kind found of one applicant."""

    id: Open[AssessmentId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Open[SupporterId]
    person: Operational[PersonId]
    kind: Open[str]
    """The code of the kind whose rules these are."""
    kind_version: Open[int | None] = None
    """Which version of the kind; None: a ready-made one."""
    rule_version: Open[str]
    """Which version of the engine found it, in which jurisdiction."""
    made_at: Operational[datetime]
    made_by: Operational[ActorId]
    valid_until: Operational[date]
    """The last day on which it holds."""
    source_known: Operational[bool]
    """Whether the prison's systems knew him. False: what only they know is not known."""
    results: OfStanding[tuple[dict[str, Any], ...]]
    """Each rule: its weight and parameter, what came of it, and why."""
    snapshot: Security[tuple[dict[str, Any], ...]]
    """By which facts each was found: codes of alerts, days, levels."""
    overrides: OfStanding[tuple[dict[str, Any], ...]] = ()
    """Rules that shall not stand in the way: why, who asked, and who approved it (null: nobody yet)."""

    @derived
    def holds_today(self, now: datetime) -> Operational[bool]:
        """It was made lately enough."""
        return holds(self, now)

    @derived
    def blocked(self, now: datetime) -> Operational[bool]:
        """Something stands in the way of a yes. What it is, is not for those who watch over the prison: it may tell who
        is unwell."""
        return bool(blocking(self))

    @derived
    def blocked_by(self, now: datetime) -> OfStanding[tuple[str, ...]]:
        """The rules that stand in the way of a yes: hard ones that are not met, and what nobody has looked at yet."""
        return tuple(each["rule"] for each in blocking(self))


def holds(made: Assessment, now: datetime) -> bool:
    """It was made lately enough."""
    return local_day(made, now) <= made.valid_until


def blocking(made: Assessment) -> tuple[dict[str, Any], ...]:
    """The results that are not passed, of rules that are hard or to be looked at, and that nobody's approved word has
    lifted. Clearance is looked at apart, for it may run out after this was found."""
    lifted = {each.get("rule") for each in made.overrides if each.get("approvedBy") is not None}
    lifted.add(EligibilityRule.SECURITY_CLEARANCE)
    return tuple(each for each in made.results if _counts(each) and each["rule"] not in lifted)


def _counts(result: dict[str, Any]) -> bool:
    return result.get("weight") in (Weight.HARD, Weight.REVIEW) and result["outcome"] != RuleOutcome.PASSED


def plain(result: Result) -> dict[str, Any]:
    """A result as an assessment keeps it."""
    return {
        "rule": result.rule.value,
        "weight": result.weight.value,
        "parameter": result.parameter,
        "outcome": result.outcome.value,
        "reason": result.reason.value,
    }


def snapshot(results: Iterable[Result]) -> tuple[dict[str, Any], ...]:
    """By which facts each was found, as an assessment keeps them."""
    return tuple({"rule": r.rule.value, "facts": list(r.facts)} for r in results if r.facts)


async def make(begin: Begin, source: PrisonRecords, supporter: UUID) -> View[Assessment]:
    """Hold the kind's rules against what is known of him now. What is not known passes nothing."""
    async with begin(Verb.MAKE_ASSESSMENT) as act:
        whose = await act.fetch(Supporter, supporter)
        require((whose.standing not in _OVER, f"STATE_{whose.standing.value}"))
        kind, today = await terms_of(act, whose), local_day(whose, act.now)
        facts = await clearing.facts_of(act, source, whose)
        lacks = await clearing.fault(act, whose)
        undecided = lacks in ("CLEARANCE_MISSING", "CLEARANCE_PENDING")
        results = evaluate(kind.eligibility, facts, cleared=None if undecided else lacks is None, today=today)
        new = drafted(
            act,
            whose,
            Assessment,
            supporter=whose.id,
            person=whose.person,
            kind=whose.kind,
            kind_version=whose.kind_version,
            rule_version=f"{whose.jurisdiction}-{ENGINE}",
            made_at=act.now,
            made_by=act.viewer.actor,
            valid_until=today + VALID,
            source_known=facts is not None,
            results=tuple(map(plain, results)),
            snapshot=snapshot(results),
        )
        act.keep(new)
        return act.disclose(new)


async def newest(act: Act, supporter: Supporter) -> Assessment | None:
    """His last assessment."""
    found = await looking.all_known(act, Assessment, {"supporter": supporter.id})
    return max(found, key=lambda each: each.made_at, default=None)


async def override(
    begin: Begin, id: UUID, *, seen: Tag, rule: EligibilityRule, reason: OverrideReason
) -> View[Assessment]:
    """Ask that a rule shall not stand in the way: a hard one that is not met, or one that was to be looked at. It does
    until another person approves, and so both words are kept."""

    async with begin(Verb.OVERRIDE_ASSESSMENT) as act:
        was = await act.fetch(Assessment, id, seen=seen)
        if rule is EligibilityRule.SECURITY_CLEARANCE:
            raise Unacceptable([Failure("CLEARANCE_IS_SECURITYS", "/rule")])
        require(
            (holds(was, act.now), "ASSESSMENT_STALE"),
            (any(each["rule"] == rule for each in blocking(was)), Failure("NOT_BLOCKING", "/rule")),
            (all(each["rule"] != rule for each in was.overrides), "OVERRIDE_ASKED_ALREADY"),
        )
        asked = {"rule": rule.value, "reason": reason.value, "askedBy": str(act.viewer.actor), "approvedBy": None}
        return await changed(act, was, with_(was, overrides=(*was.overrides, asked)))


async def approve(begin: Begin, id: UUID, *, seen: Tag, rule: EligibilityRule) -> View[Assessment]:
    """Approve an override: another person than whoever asked for it."""
    async with begin(Verb.APPROVE_ASSESSMENT) as act:
        was = await act.fetch(Assessment, id, seen=seen)
        mine = str(act.viewer.actor)
        waits = [each for each in was.overrides if each["rule"] == rule and each["approvedBy"] is None]
        require(
            (holds(was, act.now), "ASSESSMENT_STALE"),
            (bool(waits), Failure("NO_OVERRIDE_ASKED", "/rule")),
            (all(each["askedBy"] != mine for each in waits), "APPROVER_ASKED"),
        )
        approved = tuple({**each, "approvedBy": mine} if each in waits else each for each in was.overrides)
        return await changed(act, was, with_(was, overrides=approved))
