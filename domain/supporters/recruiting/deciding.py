"""What else becomes of an application than a yes or a no: it is put off until a day, it waits for a place, it is taken
back, and a no is appealed: once, within fourteen days, before somebody who did not decide."""

import dataclasses
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.moves import move, require
from domain.kernel.pages import Page
from domain.moving import may_move
from domain.ports import PrisonRecords, Query
from domain.schemes.belonging import not_closed, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.supporters.record import STANDING_MOVES, Appeal, LeavingReason, Standing, Supporter
from domain.supporters.recruiting import application, clearing, gate
from domain.supporters.recruiting.application import TO_APPEAL, AppealOutcome, Application, DeferralReason, OutOfTurn

_UNDECIDED: Final[dict[str, Any]] = {
    "prison_verdict": None,
    "partner_verdict": None,
    "rejected_for": None,
    "left_on": None,
}


def _kept(act: Act, was: Supporter, to: Standing, **more: Any) -> View[Supporter]:
    after = dataclasses.replace(was, standing=move(STANDING_MOVES, was.standing, to), **more)
    act.keep(after, was=was)
    return act.disclose(after)


async def defer(
    begin: Begin, source: PrisonRecords, id: UUID, *, seen: Tag, reason: DeferralReason, review_on: date
) -> View[Supporter]:
    """Put it off until a day, by which it is looked at again."""
    async with begin(Verb.DEFER_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        facts = await clearing.facts_of(act, source, was)
        wrong = clearing.after_release(facts, review_on, "/reviewOn")
        if review_on <= local_day(was, act.now):
            wrong.append(Failure("IN_THE_PAST", "/reviewOn"))
        if wrong:
            raise Unacceptable(wrong)
        require(may_move(act, was))
        kept, before = await application.of(act, was)
        view = _kept(act, was, Standing.DEFERRED)
        act.keep_beside(with_(kept, deferred_for=reason, review_on=review_on), was=before)
        return view


async def waitlist(begin: Begin, id: UUID, *, seen: Tag) -> View[Supporter]:
    """Good enough, and no place free: he waits. Those who score him have done so, where he answers an advert."""
    async with begin(Verb.WAITLIST_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        kept, before = await application.of(act, was)
        kind = await terms_of(act, was)
        require(may_move(act, was), *((False, code) for code in gate.unheard(kept, kind)))
        view = _kept(act, was, Standing.WAITING)
        act.keep_beside(with_(kept, waiting=True, turn=application.turn_of(kept)), was=before)
        return view


async def reopen(begin: Begin, id: UUID, *, seen: Tag, out_of_turn: OutOfTurn | None = None) -> View[Supporter]:
    """Look at it again: what was put off, or whose turn it is on the waiting list. Out of turn only with a reason."""
    async with begin.serially(Verb.REOPEN_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        kept, before = await application.of(act, was)
        waits = was.standing is Standing.WAITING
        if out_of_turn is not None and not waits:
            raise Unacceptable([Failure("NOT_WAITING", "/outOfTurn")])
        first = await _first(act, was) if waits else None
        his_turn = first is None or first.supporter == was.id
        require(may_move(act, was), (his_turn or out_of_turn is not None, "NOT_HIS_TURN"))
        view = _kept(act, was, Standing.APPLIED)
        again = {"waiting": False, "turn": None, "deferred_for": None, "review_on": None}
        act.keep_beside(with_(kept, **again, called_for=None if his_turn else out_of_turn), was=before)
        return view


async def _first(act: Act, of: Supporter) -> Application | None:
    """Whose turn it is on the waiting list of his scheme."""
    found = await act.known(Application, Query(equal={"scheme": of.scheme, "waiting": True}, order="turn", limit=1))
    return found[0] if found else None


async def waiting(begin: Begin, query: Query) -> Page[View[Application]]:
    """The waiting list of a scheme, in its order. It is the coordinator's: who waits is told that he does, and not
    behind how many."""
    async with begin(Verb.READ_WAITING_LIST) as act:
        await act.fetch(Scheme, query.equal["scheme"])
        return await act.show(Application, dataclasses.replace(query, equal={**query.equal, "waiting": True}))


async def withdraw(begin: Begin, id: UUID, *, seen: Tag) -> View[Supporter]:
    """He takes it back. No reason is asked, and none is kept."""
    async with begin(Verb.WITHDRAW_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        require(may_move(act, was))
        kept, before = await application.of(act, was)
        gone = {"left_on": local_day(was, act.now), "left_for": LeavingReason.OWN_WISH}
        await clearing.lapse(act, was)
        view = _kept(act, was, Standing.STOOD_DOWN, **gone)
        if kept.waiting:
            act.keep_beside(with_(kept, waiting=False, turn=None), was=before)
        return view


async def appeal(begin: Begin, id: UUID, *, seen: Tag) -> View[Supporter]:
    """He does not accept a no: his own word, or typed for him. Once, and within fourteen days."""
    async with begin(Verb.APPEAL_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        kept, before = await application.of(act, was)
        today, until = local_day(was, act.now), None if kept.decided_on is None else kept.decided_on + TO_APPEAL
        require(
            may_move(act, was),
            (kept.appealed_on is None, "ALREADY_APPEALED"),
            (until is None or today <= until, "TOO_LATE_TO_APPEAL"),
        )
        view = _appealed(act, was, Appeal.LODGED)
        act.keep_beside(with_(kept, appealed_on=today), was=before)
        return view


def _appealed(act: Act, was: Supporter, appeal: Appeal) -> View[Supporter]:
    after = dataclasses.replace(was, appeal=appeal)
    act.keep(after, was=was)
    return act.disclose(after)


async def hear(begin: Begin, id: UUID, *, seen: Tag, outcome: AppealOutcome) -> View[Supporter]:
    """What comes of the appeal, by somebody who did not decide. Upheld, it is as if nothing had been decided. Serially:
    a scheme that closes leaves no application open."""
    async with begin.serially(Verb.HEAR_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        kept, before = await application.of(act, was)
        upheld = outcome is AppealOutcome.UPHELD
        require(
            may_move(act, was),
            (was.appeal is not None, "NOT_APPEALED"),
            (was.appeal in (None, Appeal.LODGED), "APPEAL_DECIDED"),
            (act.viewer.actor not in kept.decided_by, "DECIDED_IT_HIMSELF"),
            *([await not_closed(act, kept)] if upheld else []),
        )
        heard = with_(kept, appeal_decided_by=act.viewer.actor)
        if not upheld:
            act.keep_beside(heard, was=before)
            return _appealed(act, was, Appeal.DISMISSED)
        view = _kept(act, was, Standing.APPLIED, appeal=Appeal.UPHELD, **_UNDECIDED)
        act.keep_beside(with_(heard, staff_reason=None, decided_on=None), was=before)
        return view
