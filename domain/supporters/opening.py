"""Opening and closing a scheme: the two moves that look at its supporters. They stand here, and not with the scheme, so
that schemes know nothing of supporters and no circle arises."""

from uuid import UUID

from domain.act import Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.acts import moved
from domain.schemes.record import ClosingReason, Scheme, SchemeState
from domain.supporters.record import Standing, Supporter


async def open_(begin: Begin, id: UUID, *, seen: Tag) -> View[Scheme]:
    """Open the doors, or open them again. A first opening needs a way to ask, a review date, and enough supporters."""
    async with begin.serially(Verb.OPEN_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        active = await act.known(Supporter, Query(equal={"scheme": scheme.id, "standing": Standing.ACTIVE}, limit=1))
        if scheme.state is SchemeState.APPROVED:
            require(
                (bool(scheme.how_to_ask), "HOW_TO_ASK_MISSING"),
                (scheme.review_on is not None, "REVIEW_DATE_MISSING"),
                (bool(active), "NO_ACTIVE_SUPPORTER"),
            )
        opened = scheme.opened_on or act.now.date()
        return moved(act, scheme, SchemeState.LIVE, opened_on=opened, paused_for=None)


async def close(begin: Begin, id: UUID, *, seen: Tag, reason: ClosingReason) -> View[Scheme]:
    """End it. No supporter may still hold a standing in it: each is stood down first, with a reason of his own."""
    async with begin.serially(Verb.CLOSE_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        held = [
            bool(await act.known(Supporter, Query(equal={"scheme": scheme.id, "standing": s}, limit=1)))
            for s in (Standing.IN_TRAINING, Standing.PROBATION, Standing.ACTIVE, Standing.PAUSED)
        ]
        require((not any(held), "SUPPORTERS_STILL_IN_ROLE"))
        return moved(act, scheme, SchemeState.CLOSED, closed_on=act.now.date(), closed_for=reason)
