"""The end of the role, without blame. With it a hand-over begins: nothing that hung on him hangs in the air."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.moves import move, require
from domain.leaving import handover, suspending
from domain.supporters import absences
from domain.supporters.record import HOLDING, STANDING_MOVES, LeavingReason, Standing, Supporter, left
from domain.supporters.recruiting import clearing, gate

_GONE: Final = frozenset(
    {LeavingReason.OWN_WISH, LeavingReason.TRANSFERRED, LeavingReason.RELEASED, LeavingReason.DIED}
)
"""How a supporter leaves who is suspended: by nobody's decision about him."""


_DECIDED: Final = frozenset({LeavingReason.PRISON_DECISION, LeavingReason.PARTNER_DECISION})
"""Removals. Of somebody in the role two decide, after a suspension that another reviewed (rule 17)."""


async def stand_down(begin: Begin, id: UUID, *, seen: Tag, reason: LeavingReason) -> View[Supporter]:
    """He leaves. Who is suspended leaves when he wishes to, or is gone from the prison, and another than whoever
    suspended him tells so; to remove him is another's to decide, by two words (`suspending.decide`)."""
    async with begin.serially(Verb.STAND_DOWN_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        if was.standing is Standing.SUSPENDED:
            by = {each.suspended_by for each in await suspending.undecided(act, was)}
            require((reason in _GONE and act.viewer.actor not in by, "SUSPENSION_UNDECIDED"))
        elif was.standing in HOLDING:
            require((reason not in _DECIDED, "REMOVAL_NEEDS_SUSPENSION"))
        now = await leaves(act, was, reason)
        act.keep(now, was=was)
        return act.disclose(now)


async def leaves(act: Act, was: Supporter, reason: LeavingReason) -> Supporter:
    """With him goes all that hung on him. Clearance is of one role in one prison, and ends with it."""
    standing = move(STANDING_MOVES, was.standing, left(reason))
    if was.standing is Standing.SUSPENDED:
        await suspending.end_by_leaving(act, was)
    await clearing.lapse(act, was)
    await gate.frees_his_place(act, was)
    if was.standing in HOLDING:
        await handover.leave(act, was, died=reason is LeavingReason.DIED)
    away = await absences.ended(act, was)
    return replace(away, standing=standing, left_on=local_day(was, act.now), left_for=reason)
