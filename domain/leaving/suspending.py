"""Suspending a supporter, reviewing it, deciding it by two words, and the appeal (domain facts 2.7 and 11.1; rule 17).

Suspender, reviewer and whoever decides are different people. Whoever suspended reaches the matter no more, so that
what became of it is as absent to him as one that never was; the others are told `SAME_PERSON`. One whom the supporter
named in a report is not refused, for that would tell him: partner and monitoring board read that he took part.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.care.incidents import named_in, reported_lately
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent
from domain.kernel.ids import ActorId
from domain.kernel.moves import move, require
from domain.leaving import handover
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import made, with_
from domain.schemes.record import OWN_ORGANISATION
from domain.sessions.disputing import spoke_up
from domain.supporters import absences
from domain.supporters.availability import certified, in_role
from domain.supporters.record import STANDING_MOVES, Standing, Supporter
from domain.supporters.suspension import (
    SUSPENSION_MOVES,
    TO_APPEAL,
    TO_REVIEW,
    UNDECIDED,
    AppealAnswer,
    AppealGround,
    Category,
    DecisionReason,
    Disclosed,
    ReviewFinding,
    Suspension,
    SuspensionState,
    WithheldReason,
    Word,
)


async def suspend(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag,
    category: Category,
    disclosed_reason: Disclosed,
    withheld_reason: WithheldReason | None = None,
    evidence: str | None = None,
    pay_kept: bool = True,
) -> View[Supporter]:
    """He is suspended, from now: nothing more is offered to him, and others are told that he is not available. Answered
    with the supporter; the suspension itself is for others to review, within seven days."""
    async with begin.serially(Verb.SUSPEND_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        require(may_move(act, was))
        today = local_day(was, act.now)
        suspension = made(
            act,
            was,
            Suspension,
            supporter=was.id,
            person=was.person,
            category=category,
            disclosed_reason=disclosed_reason,
            withheld_reason=withheld_reason,
            evidence=evidence,
            pay_kept=pay_kept,
            stood=was.standing,
            suspended_on=today,
            review_due_on=today + TO_REVIEW,
            suspended_by=ActorId(act.viewer.actor),
            possible_retaliation=await reported_lately(act, was.id) or await spoke_up(act, was.id),
        )
        now = replace(was, standing=move(STANDING_MOVES, was.standing, Standing.SUSPENDED))
        act.keep(now, was=was)
        act.keep_beside(suspension)
        return act.disclose(now)


async def review(begin: Begin, id: UUID, *, seen: Tag, finding: ReviewFinding) -> View[Suspension]:
    """The evidence was looked at. Safer custody or governor, and not whoever suspended him."""
    async with begin(Verb.REVIEW_SUSPENSION) as act:
        was = await act.fetch(Suspension, id, seen=seen)
        require(may_move(act, was))
        to = move(SUSPENSION_MOVES, was.state, SuspensionState.REVIEWED)
        said = {"finding": finding, "reviewed_on": local_day(was, act.now), "reviewed_by": ActorId(act.viewer.actor)}
        return _kept(act, await _flagged(act, was), was, state=to, **said)


async def decide(begin: Begin, id: UUID, *, seen: Tag, word: Word, reason: DecisionReason) -> View[Suspension]:
    """One side's word, prison's or partner's: lift it, or remove him. What both say is done; while they differ he stays
    suspended, and either may change its word. A scheme of the prison's own has no partner to ask. With a removal begins
    a hand-over."""
    async with begin.serially(Verb.DECIDE_SUSPENSION) as act:
        was = await act.fetch(Suspension, id, seen=seen)
        partner, by = act.viewer.role is Role.PARTNER_VOLUNTEER, ActorId(act.viewer.actor)
        others = {was.reviewed_by, was.prison_decided_by if partner else was.partner_decided_by}
        require(may_move(act, was), (by not in others, "SAME_PERSON"))
        side = "partner" if partner else "prison"
        given = {
            f"{side}_word": word,
            f"{side}_decided_by": by,
            "decided_by": tuple(dict.fromkeys((*was.decided_by, by))),
        }
        said = with_(await _flagged(act, was), **given, decision_reason=reason)
        alone = was.organisation == OWN_ORGANISATION
        if not alone and said.prison_word is not said.partner_word:
            return _kept(act, said, was)
        supporter = await _supporter(act, was)
        today = local_day(was, act.now)
        if word is Word.LIFT:
            _back(act, was, supporter)
            return _kept(act, said, was, state=SuspensionState.LIFTED, decided_on=today)
        away = await absences.ended(act, supporter)
        gone = replace(away, standing=move(STANDING_MOVES, supporter.standing, Standing.REMOVED), left_on=today)
        act.keep_beside(gone, was=supporter)
        await handover.leave(act, supporter)
        return _kept(act, said, was, state=SuspensionState.REMOVED, decided_on=today)


async def appeal(begin: Begin, id: UUID, *, seen: Tag, ground: AppealGround) -> View[Suspension]:
    """He appeals against his removal, within 28 days of it. By himself, in codes."""
    async with begin(Verb.APPEAL_SUSPENSION) as act:
        was = await act.fetch(Suspension, id, seen=seen)
        today = local_day(was, act.now)
        in_time = was.decided_on is not None and today <= was.decided_on + TO_APPEAL
        require(may_move(act, was), (in_time or was.state is not SuspensionState.REMOVED, "TOO_LATE_TO_APPEAL"))
        to = move(SUSPENSION_MOVES, was.state, SuspensionState.APPEALED)
        return _kept(act, was, state=to, appealed_on=today, appeal_ground=ground)


async def decide_appeal(begin: Begin, id: UUID, *, seen: Tag, answer: AppealAnswer) -> View[Suspension]:
    """Another than those who suspended, reviewed and decided says whether the removal stands. If not, he is back where
    he stood."""
    async with begin.serially(Verb.DECIDE_APPEAL) as act:
        was = await act.fetch(Suspension, id, seen=seen)
        by = ActorId(act.viewer.actor)
        before = {was.reviewed_by, was.prison_decided_by, was.partner_decided_by, *was.decided_by}
        require(may_move(act, was), (by not in before, "SAME_PERSON"))
        to = move(SUSPENSION_MOVES, was.state, SuspensionState(answer))
        if answer is AppealAnswer.OVERTURNED:
            _back(act, was, await _supporter(act, was))
        heard = {"appeal_decided_on": local_day(was, act.now), "appeal_decided_by": by}
        return _kept(act, await _flagged(act, was), was, state=to, **heard)


async def end_by_leaving(act: Act, supporter: Supporter) -> None:
    """A suspended supporter leaves: what was not decided is decided no more."""
    for was in await undecided(act, supporter):
        to = move(SUSPENSION_MOVES, was.state, SuspensionState.LEFT)
        act.keep_beside(with_(was, state=to), was=was)


async def undecided(act: Act, supporter: Supporter) -> list[Suspension]:
    """The suspension of his that is not decided yet."""
    equal = {"supporter": supporter.id}
    queries = [Query(equal={**equal, "state": state}, limit=1) for state in UNDECIDED]
    return [each for query in queries for each in await act.known(Suspension, query)]


async def _flagged(act: Act, was: Suspension) -> Suspension:
    """A possible retaliation too, where whoever takes part in it now is named in a report of the supporter's."""
    return with_(was, possible_retaliation=await named_in(act, was.supporter) or was.possible_retaliation)


async def _supporter(act: Act, of: Suspension) -> Supporter:
    found = await act.known_one(Supporter, of.supporter)
    if found is None:
        raise Absent
    return found


def _back(act: Act, of: Suspension, was: Supporter) -> None:
    """He is back where he stood; with a certificate that ran out meanwhile he waits for a new one."""
    to = of.stood
    if not certified(was, act.now):
        to = Standing.LAPSED
    elif to is not Standing.PAUSED:
        to = in_role(was)
    back = replace(was, standing=move(STANDING_MOVES, was.standing, to), left_on=None)
    act.keep_beside(back, was=was)


def _kept(act: Act, now: Suspension, was: Suspension | None = None, **changes: Any) -> View[Suspension]:
    changed = with_(now, **changes)
    act.keep(changed, was=was or now)
    return act.disclose(changed)
