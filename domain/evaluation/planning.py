"""What is done with the plan of an evaluation: written, registered, concluded, given up; and which one is under way."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.evaluation.design import OF_PEOPLE
from domain.evaluation.plan import AbandonedFor, Evaluation, EvaluationState
from domain.kernel.days import local_day
from domain.kernel.errors import Failure
from domain.kernel.moves import require
from domain.moving import may_move
from domain.oversight.assignments import effective
from domain.oversight.record import Assignment
from domain.ports import Query
from domain.schemes.belonging import changed, drafted, scheme_to_write, sound, with_
from domain.schemes.made import lineage
from domain.schemes.measures import MEASURES
from domain.schemes.record import Scheme

STAFFED_BY: Final = frozenset({Role.SAFER_CUSTODY, Role.HEALTHCARE, Role.ORDERLY_OFFICER})
"""Whoever may be the one who acts, when an answer tells of a risk to life."""
AS_IT_GOES: Final = frozenset({"approached", "refused", "harms", "prisoner_days", "risk_lead"})
"""What is told while people are measured; all else stands from its registration on."""


async def plan(begin: Begin, scheme: UUID, **given: Any) -> View[Evaluation]:
    """A plan in draft."""
    async with begin(Verb.PLAN_EVALUATION) as act:
        of = await scheme_to_write(act, scheme, Evaluation)
        new = drafted(act, of, Evaluation, planned_by=act.viewer.actor, **given)
        act.keep(sound(act, new, *await _not_of_the_scheme(act, new, of)))
        return act.disclose(new)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Evaluation]:
    """Change the members that were sent: of a registered one only what is told as it goes."""
    async with begin(Verb.AMEND_EVALUATION) as act:
        act.admit_writes(changes)
        was = await act.fetch(Evaluation, id, seen=seen)
        now = with_(was, **changes)
        moved = {name for name in changes if getattr(was, name) != getattr(now, name)}
        require(may_move(act, was), (was.state is EvaluationState.DRAFT or moved <= AS_IT_GOES, "REGISTERED_AS_IT_IS"))
        wrong = await _not_of_the_scheme(act, now, await act.known_one(Scheme, was.scheme))
        return await changed(act, was, sound(act, now, *wrong, was=was))


async def register(begin: Begin, id: UUID, *, seen: Tag) -> View[Evaluation]:
    """From now on it stands. A scheme has one at a time: what is measured is measured for it."""
    async with begin.serially(Verb.REGISTER_EVALUATION) as act:
        was = await act.fetch(Evaluation, id, seen=seen)
        today = local_day(was, act.now)
        other = await under_way(act, was.scheme)
        require(
            may_move(act, was),
            (other is None, "ANOTHER_UNDER_WAY"),
            (was.analysis_on >= today, "ANALYSIS_DAY_PASSED"),
            (not was.asks_about_risk or await staffed(act, was), "RISK_NOT_STAFFED"),
        )
        return await changed(act, was, with_(was, state=EvaluationState.REGISTERED, registered_on=today))


async def conclude(begin: Begin, id: UUID, *, seen: Tag, conclusion: str) -> View[Evaluation]:
    """Say what it found: once the scheme has run as long as was planned, and its day has come."""
    async with begin(Verb.CONCLUDE_EVALUATION) as act:
        was = await act.fetch(Evaluation, id, seen=seen)
        today = local_day(was, act.now)
        require(
            may_move(act, was),
            (today >= was.runs_until, "NOT_RUN_LONG_ENOUGH"),
            (today >= was.analysis_on, "BEFORE_ANALYSIS_DAY"),
        )
        now = with_(was, state=EvaluationState.CONCLUDED, ended_on=today, conclusion=conclusion)
        return await changed(act, was, now)


async def abandon(begin: Begin, id: UUID, *, seen: Tag, reason: AbandonedFor) -> View[Evaluation]:
    """Give it up, and say why."""
    async with begin(Verb.ABANDON_EVALUATION) as act:
        was = await act.fetch(Evaluation, id, seen=seen)
        require(may_move(act, was))
        today = local_day(was, act.now)
        now = with_(was, state=EvaluationState.ABANDONED, ended_on=today, abandoned_for=reason)
        return await changed(act, was, now)


async def under_way(act: Act, scheme: UUID) -> Evaluation | None:
    """The evaluation of a scheme for which people are measured now."""
    there = Query(equal={"scheme": scheme, "state": EvaluationState.REGISTERED}, limit=1)
    return next(iter(await act.known(Evaluation, there)), None)


async def staffed(act: Act, of: Evaluation) -> bool:
    """Whether somebody acts today when an answer tells of a risk to life."""
    lead = None if of.risk_lead is None else await act.known_one(Assignment, of.risk_lead)
    return (
        lead is not None
        and lead.role in STAFFED_BY
        and (lead.jurisdiction, lead.prison) == (of.jurisdiction, of.prison)
        and effective(lead, local_day(of, act.now))
    )


async def _not_of_the_scheme(act: Act, of: Evaluation, scheme: Scheme | None) -> list[Failure]:
    """What its scheme forbids: scores of people where the policy is closed, and measures of other kinds."""
    wrong = list[Failure]()
    if scheme is None:
        return wrong
    if scheme.closed:
        people = ["/outcome"] if of.design in OF_PEOPLE else []
        people += [f"/further/{place}" for place, _ in enumerate(of.further)]
        told = "RISK_ITEM_IN_CLOSED_POLICY" if of.asks_about_risk else "NO_SCORES_IN_CLOSED_POLICY"
        wrong += [Failure(told, path) for path in people]
    measure = MEASURES.get(of.outcome)
    if of.design not in OF_PEOPLE and measure is not None and not measure.fits(await lineage(act, scheme)):
        wrong.append(Failure("KIND_DOES_NOT_ALLOW", "/outcome"))
    return wrong


async def reported(act: Act, scheme: UUID) -> Evaluation | None:
    """The evaluation of which a report tells: the one under way, or else the last that was concluded."""
    there = await under_way(act, scheme)
    if there is not None:
        return there
    done = await act.known(Evaluation, Query(equal={"scheme": scheme, "state": EvaluationState.CONCLUDED}, limit=1_000))
    return max(done, key=lambda each: (each.ended_on or each.starts_on, each.id), default=None)
