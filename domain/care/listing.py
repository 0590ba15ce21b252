"""What of a supporter is amended, and the rota says after him: how he is called, and whether a peer coordinator may
read it. A yes that is taken back is gone from the rota by the same act (rule 10)."""

import dataclasses
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.schemes.belonging import with_
from domain.supporters.record import Supporter


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Supporter]:
    """Change the members that were sent: staff name, wing and languages; a supporter his own languages (F71), and
    whether he is listed. Serially: no entry is written meanwhile that says what he has just taken back."""
    async with begin.serially(Verb.AMEND_SUPPORTER) as act:
        act.admit_writes(changes)
        was = await act.fetch(Supporter, id, seen=seen)
        now = dataclasses.replace(was, **changes)
        act.keep(now, was=was)
        await _followed(act, now)
        return act.disclose(now)


async def _followed(act: Act, who: Supporter) -> None:
    for state in (RosterState.PUBLISHED, RosterState.WAITING):
        for each in await looking.all_known(act, RosterEntry, {"supporter": who.id, "state": state}):
            now = with_(each, name=who.name, listed=who.agreed_to_be_listed)
            if now != each:
                act.keep_beside(now, was=each)
