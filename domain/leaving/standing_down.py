"""The end of the role, without blame. With it a hand-over begins: nothing that hung on him hangs in the air."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.moves import move, require
from domain.leaving import handover, suspending
from domain.supporters.record import HOLDING, STANDING_MOVES, LeavingReason, Standing, Supporter, left
from domain.supporters.recruiting import clearing, gate

_GONE: Final = frozenset(
    {LeavingReason.OWN_WISH, LeavingReason.TRANSFERRED, LeavingReason.RELEASED, LeavingReason.DIED}
)
"""How a supporter leaves who is suspended: by nobody's decision about him."""


async def stand_down(begin: Begin, id: UUID, *, seen: Tag, reason: LeavingReason) -> View[Supporter]:
    """He leaves. Who is suspended leaves when he wishes to, or is gone from the prison; to remove him is another's to
    decide, by two words (`suspending.decide`). Clearance is of one prison, and never moves with him."""
    async with begin.serially(Verb.STAND_DOWN_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        suspended = was.standing is Standing.SUSPENDED
        require((not suspended or reason in _GONE, "SUSPENSION_UNDECIDED"))
        standing = move(STANDING_MOVES, was.standing, left(reason))
        if suspended:
            await suspending.end_by_leaving(act, was)
        await clearing.lapse(act, was)
        if was.standing in HOLDING and not await handover.begun(act, was):
            act.keep_beside(await handover.opened(act, was, died=reason is LeavingReason.DIED))
        await gate.frees_his_place(act, was)
        now = replace(was, standing=standing, left_on=local_day(was, act.now), left_for=reason)
        act.keep(now, was=was)
        return act.disclose(now)
