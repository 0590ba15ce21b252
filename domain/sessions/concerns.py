"""Somebody else worries about a man: his family on the safer custody line, a chaplain, an officer. To a closed-policy
scheme that is no request, for he has not asked (rule 31). It is a task, 'offer him the scheme, privately', for those
who run the prison, for twenty-four hours; then it is gone.

Nothing in it is in any request: no id, no scheme, no wing, no instant, nobody's name in clear, nor who typed it. His
yes is a new request, which knows nothing of this; whether he said yes is not kept here.
"""

import dataclasses
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Classification, Open, Participation, ParticipationIdentity
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ConcernId
from domain.kernel.moves import require
from domain.schemes.acts import scheme_here

LIVES: Final = timedelta(hours=24)


class Worried(StrEnum):
    """Who worries."""

    FAMILY_CONCERN = "FAMILY_CONCERN"
    STAFF_CONCERN = "STAFF_CONCERN"
    HEALTHCARE_CONCERN = "HEALTHCARE_CONCERN"
    CHAPLAIN_CONCERN = "CHAPLAIN_CONCERN"
    KEY_WORKER_CONCERN = "KEY_WORKER_CONCERN"


@record(kind="concern", kept="twenty-four hours", existence=Classification.PARTICIPATION)
class ConcernRaised(Record):
    """Offer him the scheme, privately."""

    id: Open[ConcernId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    closed: Open[bool] = True
    offer: ParticipationIdentity[str]
    """The kind of scheme to tell him of, by its code."""
    who: Participation[Worried]
    whom: ParticipationIdentity[str]
    """Name or number, as it was given."""
    cell: ParticipationIdentity[str | None] = None
    """Where he is found, as it was said."""
    readable_until: Participation[datetime]
    """When it is gone."""
    seen_to: Participation[bool] = False
    """Somebody has spoken with him. What he said is his."""


async def raise_(
    begin: Begin, scheme: UUID, *, who: Worried, whom: str, cell: str | None = None
) -> View[ConcernRaised]:
    """Somebody worries about a man. KIND_DOES_NOT_ALLOW under an open policy, where he is referred instead."""
    async with begin.serially(Verb.RAISE_CONCERN) as act:
        of = await scheme_here(act, scheme)
        require((of.closed, "KIND_DOES_NOT_ALLOW"), (of.open, "SCHEME_NOT_OPEN"))
        concern = ConcernRaised(
            id=ConcernId(act.new_id()),
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            offer=of.kind,
            who=who,
            whom=whom,
            cell=cell,
            readable_until=act.now + LIVES,
        )
        act.keep(concern)
        return act.disclose(concern)


async def settle(begin: Begin, id: UUID, *, seen: Tag) -> View[ConcernRaised]:
    """Somebody has spoken with him, in private."""
    async with begin(Verb.SETTLE_CONCERN) as act:
        was = await act.fetch(ConcernRaised, id, seen=seen)
        require((not was.seen_to, "ALREADY_SEEN_TO"))
        now = dataclasses.replace(was, seen_to=True)
        act.keep(now, was=was)
        return act.disclose(now)
