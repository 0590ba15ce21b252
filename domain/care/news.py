"""News of a scheme to its supporters, or to staff (F45): from the coordinator or the partner, with an end. Nobody
replies, and no supporter or peer coordinator writes: people in custody send each other nothing through it (rule 10)."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, NewsId, SchemeId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, made, scheme_to_write, with_

LONGEST: Final = timedelta(days=92)
"""News that nobody took down in a quarter is no news."""


@record(kind="news", kept="six months after it ends; it names nobody")
class News(OfScheme):
    """One piece of news. Supporters see those for them, from the moment that they are told until they end."""

    id: Open[NewsId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    words: Open[str]
    staff_only: Open[bool]
    """False: told to the scheme's supporters too."""
    in_force_from: Open[datetime]
    """When it was told."""
    in_force_until: Open[datetime]
    """When it ends."""
    author: Operational[ActorId]


async def tell(begin: Begin, scheme: UUID, *, words: str, staff_only: bool, until: datetime) -> View[News]:
    """Tell it, until then."""
    async with begin(Verb.TELL_NEWS) as act:
        of = await scheme_to_write(act, scheme, News)
        if until <= act.now:
            raise Unacceptable([Failure("IN_THE_PAST", "/until")])
        if until > act.now + LONGEST:
            raise Unacceptable([Failure("TOO_FAR_AHEAD", "/until")])
        when = {"in_force_from": act.now, "in_force_until": until}
        new = made(act, of, News, words=words, staff_only=staff_only, **when, author=act.viewer.actor)
        act.keep(new)
        return act.disclose(new)


async def take_down(begin: Begin, id: UUID, *, seen: Tag) -> View[News]:
    """It ends now."""
    async with begin(Verb.WITHDRAW_NEWS) as act:
        was = await act.fetch(News, id, seen=seen)
        require((was.in_force_until > act.now, "ENDED"))
        now = with_(was, in_force_until=act.now)
        act.keep(now, was=was)
        return act.disclose(now)
