"""The moves of a scheme after its approval, and what each still needs. All that is missing is told at once."""

import dataclasses
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.care.leading import leads
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, NotNow, Unacceptable
from domain.kernel.ids import ActorId, AssignmentId
from domain.kernel.moves import require
from domain.life import facts as looked_up
from domain.life import status
from domain.life.closing import checklist
from domain.life.ready import Ready, missing
from domain.life.status import SchemeStatus
from domain.life.watching_over import judged
from domain.moving import may_move
from domain.oversight.record import Assignment
from domain.ports import Query
from domain.schemes.acts import moved
from domain.schemes.charter import Charter, CharterState
from domain.schemes.record import ClosingReason, ReviewFound, Scheme, SchemeState, SuspensionReason

LONGEST_SUSPENSION: Final = timedelta(days=90)
"""By then somebody has looked at it again, and says for how long it goes on."""
LONGEST_UNREVIEWED: Final = timedelta(days=366)
"""A default of ours, as the guard numbers of domain facts 11 are."""
_NOT_REVIEWED: Final = frozenset({SchemeState.DRAFT, SchemeState.CLOSED})


async def open_(begin: Begin, id: UUID, *, seen: Tag) -> View[Scheme]:
    """Open the doors: the pilot begins, with as many supporters as its plan allows for one (S21)."""
    async with begin.serially(Verb.OPEN_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        require(may_move(act, scheme))
        facts = await _guarded(act, scheme)
        return await _kept(act, scheme, moved(scheme, SchemeState.PILOT, opened_on=local_day(scheme, act.now)), facts)


async def launch(begin: Begin, id: UUID, *, seen: Tag) -> View[Scheme]:
    """The pilot has shown that it works: live, without a limit to its growth."""
    async with begin.serially(Verb.LAUNCH_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        require(may_move(act, scheme))
        facts = await _guarded(act, scheme)
        return await _kept(act, scheme, moved(scheme, SchemeState.LIVE, live_from=local_day(scheme, act.now)), facts)


async def suspend(begin: Begin, id: UUID, *, seen: Tag, reason: SuspensionReason, review_on: date) -> View[Scheme]:
    """Stop for now, for a reason, and say when somebody looks at it again. Nobody loses a standing by it, and what was
    asked for already goes on."""
    async with begin.serially(Verb.SUSPEND_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        today = local_day(scheme, act.now)
        if not today < review_on <= today + LONGEST_SUSPENSION:
            raise Unacceptable([Failure("WITHIN_NINETY_DAYS", "/reviewOn")])
        require(may_move(act, scheme))
        stopped = moved(
            scheme,
            SchemeState.SUSPENDED,
            suspended_for=reason,
            suspended_at=act.now,
            suspension_review_on=review_on,
            at_risk_for=(),
            at_risk_since=None,
        )
        return await _kept(act, scheme, stopped)


async def resume(begin: Begin, id: UUID, *, seen: Tag) -> View[Scheme]:
    """Go on, as what it was: a pilot, or live. What it lacks counts at once: a minute in which it seems to lack nothing
    would be one in which its floor could be lowered."""
    async with begin.serially(Verb.RESUME_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        require(may_move(act, scheme))
        to = SchemeState.PILOT if scheme.live_from is None else SchemeState.LIVE
        again = moved(scheme, to, suspended_for=None, suspended_at=None, suspension_review_on=None)
        facts = await _guarded(act, again)
        return await _kept(act, scheme, judged(act, facts), facts)


async def review(begin: Begin, id: UUID, *, seen: Tag, found: ReviewFound, review_on: date) -> View[Scheme]:
    """Look at it again, as one who approves schemes, and say what was found and when the next review is. Nobody puts a
    review off but by holding it: who runs a scheme does not decide by himself that nobody looks."""
    async with begin.serially(Verb.REVIEW_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        today = local_day(scheme, act.now)
        if not today < review_on <= today + LONGEST_UNREVIEWED:
            raise Unacceptable([Failure("WITHIN_A_YEAR", "/reviewOn")])
        require((scheme.state not in _NOT_REVIEWED, f"STATE_{scheme.state.value}"))
        reviewed = dataclasses.replace(
            scheme,
            reviewed_on=today,
            reviewed_by=ActorId(act.viewer.actor),
            review_found=found,
            review_on=review_on,
        )
        return await _kept(act, scheme, reviewed)


async def close(begin: Begin, id: UUID, *, seen: Tag, reason: ClosingReason) -> View[Scheme]:
    """End it, once nothing and nobody is left hanging (`domain.life.closing`). The charter in force ends with it."""
    async with begin.serially(Verb.CLOSE_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        require(may_move(act, scheme))
        require(*await checklist(act, scheme))
        for charter in await act.known(Charter, Query(equal={"scheme": scheme.id, "state": CharterState.PUBLISHED})):
            # It stays the last that was published, for who looks back; it tells nobody any more how to ask.
            act.keep_beside(dataclasses.replace(charter, in_force_until=act.now), was=charter)
        over = moved(
            scheme,
            SchemeState.CLOSED,
            closed_on=local_day(scheme, act.now),
            closed_for=reason,
            at_risk_for=(),
            at_risk_since=None,
        )
        return await _kept(act, scheme, over)


async def name_lead(begin: Begin, id: UUID, *, seen: Tag, assignment: UUID | None) -> View[Scheme]:
    """Say by whose assignment supervision is led, or that nobody leads it now. One that does not hold, or is of another
    place, is as unknown as one that never was."""
    async with begin(Verb.NAME_LEAD) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        require((scheme.state is not SchemeState.CLOSED, "STATE_CLOSED"))
        today = local_day(scheme, act.now)
        if assignment is not None:
            found = await act.known_one(Assignment, assignment)
            if found is None or not leads(found, scheme, today):
                raise Unacceptable([Failure("ASSIGNMENT_UNKNOWN", "/assignment")])
        lead = None if assignment is None else AssignmentId(assignment)
        since = None if lead is None else scheme.supervision_since if lead == scheme.supervision_lead else today
        led = dataclasses.replace(scheme, supervision_lead=lead, supervision_since=since)
        act.keep(led, was=scheme)
        return act.disclose(led)


async def _guarded(act: Act, scheme: Scheme) -> Ready:
    """The facts, if no guard of this move fails; else all that fail."""
    facts = await looked_up.of_one(act, scheme)
    if failing := missing(facts, act.decision.verb):
        raise NotNow(failing)
    return facts


async def _kept(act: Act, was: Scheme, now: Scheme, facts: Ready | None = None) -> View[Scheme]:
    act.keep(now, was=was)
    before = await act.known_one(SchemeStatus, was.id)
    facts = facts or await looked_up.of_one(act, was)
    status.keep(act, dataclasses.replace(facts, scheme=now), before)
    return act.disclose(now)
