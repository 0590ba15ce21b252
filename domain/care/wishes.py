"""What a supporter wishes of the rota himself: to take a band, to drop his own, or to change places with another (F35).

*To take* a band is done at once, within the gates of whoever writes the rota, and passes no limit. Nobody tells him
where somebody is missing: that is a figure for staff (`domain.care.cover`). *To drop* is done at once where the band
keeps what it needs; else the wish waits for the coordinator. *To swap* needs the other's yes (rule 10), and is then
done where nothing stands in the way of either; else it waits too. Both are up to so many hours before the band begins.
What the kind lets be done is in its sheet (`SelfService`), and Listeners' drops and swaps all wait: there nothing that
was done at once tells how many a band needs, or whether another can be had.

A wish that waits says that it waits, in the same words for cover and for a person. What stands in one's own way is told
to oneself; what stands in the other's to nobody but the coordinator. All of it goes by the rota as published and by
where a supporter stands, as the rota's own gates do, and never by who was called out (rule 9).

A swap is two wishes, one of each of the two, so that each reads his own and nobody another's. And what was dropped is
out of its reader's reach, while his wish is not: by that a key that comes again is answered.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import cover
from domain.care.load import Shift
from domain.care.roster import RosterEntry, RosterState, admitted, mistimed, placed, shift_of, withdrawn
from domain.care.wish import ROTA_WISH_MOVES, UNDECIDED, RotaWish, RotaWishKind, RotaWishState, begins
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.ids import RotaWishId
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.schemes.belonging import made, not_closed, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.supporters.availability import of_scheme
from domain.supporters.record import Supporter

_S = RotaWishState


async def ask(
    begin: Begin,
    supporter: UUID,
    *,
    wish: RotaWishKind,
    day: date,
    band: Band,
    other: UUID | None = None,
    for_day: date | None = None,
    for_band: Band | None = None,
) -> View[RotaWish]:
    """Take a band, or ask to drop or to swap one's own."""
    async with begin.serially(Verb.ASK_ROTA_WISH) as act:
        who = await act.fetch(Supporter, supporter)
        of, kind = await _of(act, who.scheme), await terms_of(act, who)
        given: dict[str, Any] = {"wish": wish, "day": day, "band": band, "other": other}
        given |= {"for_day": for_day, "for_band": for_band}
        new = made(act, of, RotaWish, supporter=who.id, person=who.person, **given)
        wrong = [] if kind.self_service.offered else [Failure("KIND_DOES_NOT_ALLOW", "/wish")]
        if wrong := [*wrong, *mistimed(act, of, kind, Shift(day, band))]:
            raise Unacceptable(wrong)
        require(await not_closed(act, new))
        match wish:
            case RotaWishKind.TAKE:
                new = await _taken(act, of, kind, who, new)
            case RotaWishKind.DROP:
                new = await _dropped(act, of, kind, new)
            case RotaWishKind.SWAP:
                new = await _asked_of(act, of, kind, who, new)
        act.keep(new)
        return act.disclose(new)


async def answer(begin: Begin, id: UUID, *, seen: Tag, agrees: bool) -> View[RotaWish]:
    """The other's yes or no. What stands in his own way is told to him; what stands in the way of who asked is not, and
    leaves the swap to the coordinator."""
    async with begin.serially(Verb.ANSWER_ROTA_WISH) as act:
        was = await act.fetch(RotaWish, id, seen=seen)
        of = await _of(act, was.scheme)
        require(may_move(act, was), (was.asked_of_him, "ASKED_BY_HIMSELF"), await not_closed(act, was))
        if not agrees:
            return await _ended(act, was, _S.REFUSED)
        kind = await terms_of(act, of)
        require(_in_time(act, kind, was))
        swap = await _swap(act, of, kind, was)
        await swap.admits_answering()
        if kind.self_service.waits or not await swap.admits_asking():
            return await _ended(act, was, _S.AGREED)
        await swap.made()
        return await _ended(act, was, _S.DONE)


async def decide(begin: Begin, id: UUID, *, seen: Tag, allowed: bool) -> View[RotaWish]:
    """The coordinator's word on what waits. Of a swap either side will do, once the other has said yes. He may let a
    band fall short; he passes no limit by it."""
    async with begin.serially(Verb.DECIDE_ROTA_WISH) as act:
        was = await act.fetch(RotaWish, id, seen=seen)
        of = await _of(act, was.scheme)
        require(may_move(act, was), await not_closed(act, was))
        if not allowed:
            return await _ended(act, was, _S.REFUSED)
        swaps = was.wish is RotaWishKind.SWAP
        require(
            (not swaps or was.state is _S.AGREED, "OTHERS_YES_NEEDED"),
            (min(begins(was)) > act.now, "TOO_LATE"),
        )
        if swaps:
            await (await _swap(act, of, await terms_of(act, of), was)).made()
        else:
            await _off(act, await _rostered(act, was.supporter, was.day, was.band))
        return await _ended(act, was, _S.DONE)


async def withdraw(begin: Begin, id: UUID, *, seen: Tag) -> View[RotaWish]:
    """Take it back: one's own wish, or one's yes to another's."""
    async with begin.serially(Verb.WITHDRAW_ROTA_WISH) as act:
        was = await act.fetch(RotaWish, id, seen=seen)
        mine = not (was.asked_of_him and was.state is _S.ASKED)
        require(may_move(act, was), (mine, "OTHERS_WISH"))
        return await _ended(act, was, _S.WITHDRAWN)


async def leave(act: Act, who: Supporter) -> None:
    """He leaves: he wishes nothing of the rota any longer, and nobody changes places with him."""
    for state in UNDECIDED:
        for was in await looking.all_known(act, RotaWish, {"supporter": who.id, "state": state}):
            act.keep_beside(await _moved(act, was, _S.WITHDRAWN), was=was)


# --- asking ----------------------------------------------------------------------------------------------------------


async def _taken(act: Act, of: Scheme, kind: Kind, who: Supporter, new: RotaWish) -> RotaWish:
    require((min(begins(new)) > act.now, "TOO_LATE"))
    act.keep_beside(await placed(act, of, kind, who, Shift(new.day, new.band)))
    return with_(new, state=_S.DONE)


async def _dropped(act: Act, of: Scheme, kind: Kind, new: RotaWish) -> RotaWish:
    his = await _mine(act, kind, new)
    if kind.self_service.waits or not await cover.keeps(act, his):
        return new
    await _off(act, his)
    return with_(new, state=_S.DONE)


async def _asked_of(act: Act, of: Scheme, kind: Kind, who: Supporter, new: RotaWish) -> RotaWish:
    his = await _mine(act, kind, new)
    other = await of_scheme(act, of.id, UUID(str(new.other)))
    if new.for_day is not None and new.for_band is not None:
        await _rostered(act, other.id, new.for_day, new.for_band)
        await admitted(act, of, kind, who, Shift(new.for_day, new.for_band), without=(his.id,))
    theirs = with_(
        new,
        id=RotaWishId(act.new_id()),
        supporter=other.id,
        person=other.person,
        other=who.id,
        asked_of_him=True,
        side=new.id,
    )
    act.keep_beside(theirs)
    return with_(new, side=theirs.id)


async def _mine(act: Act, kind: Kind, new: RotaWish) -> RosterEntry:
    """His entry, of which no other wish waits, in time."""
    equal = {"supporter": new.supporter, "day": new.day, "band": new.band, "asked_of_him": False}
    waits = [w for w in await looking.all_known(act, RotaWish, equal) if w.state in UNDECIDED]
    require(_in_time(act, kind, new), (not waits, "WISH_WAITS"))
    return await _rostered(act, new.supporter, new.day, new.band)


def _in_time(act: Act, kind: Kind, wish: RotaWish) -> tuple[bool, str]:
    until = timedelta(hours=kind.self_service.until_hours)
    return act.now + until <= min(begins(wish)), "TOO_LATE"


# --- doing -----------------------------------------------------------------------------------------------------------


class _Swap:
    """Two who change places. Who was asked takes the band of who asked, for its wing; and the other way round, where
    there is something in return."""

    def __init__(self, act: Act, of: Scheme, kind: Kind, asking: Supporter, asked: Supporter, *given: RosterEntry):
        self._act, self._of, self._kind = act, of, kind
        self._asking, self._asked, self._given = asking, asked, given

    async def admits_answering(self) -> None:
        """Raises `NotNow` with what stands in the way of who was asked."""
        await self._admitted(self._asked, self._given[0])

    async def admits_asking(self) -> bool:
        """Whether nothing stands in the way of who asked."""
        try:
            for entry in self._given[1:]:
                await self._admitted(self._asking, entry)
        except NotNow:
            return False
        return True

    async def made(self) -> None:
        """Do it. Raises `NotNow` with what stands in the way of either."""
        fresh = list[RosterEntry]()
        for who, entry in zip((self._asked, self._asking), self._given, strict=False):
            more: Any = {"wing": entry.wing, "besides": fresh, "without": self._gone}
            fresh.append(await placed(self._act, self._of, self._kind, who, shift_of(entry), **more))
        for entry in self._given:
            await _off(self._act, entry)
        for entry in fresh:
            self._act.keep_beside(entry)

    @property
    def _gone(self) -> tuple[UUID, ...]:
        return tuple(entry.id for entry in self._given)

    async def _admitted(self, who: Supporter, entry: RosterEntry) -> None:
        await admitted(self._act, self._of, self._kind, who, shift_of(entry), without=self._gone)


async def _swap(act: Act, of: Scheme, kind: Kind, wish: RotaWish) -> _Swap:
    """The swap that either side says, of the rota as it is now."""
    sides = (wish.supporter, wish.other) if not wish.asked_of_him else (wish.other, wish.supporter)
    asking, asked = [await of_scheme(act, of.id, UUID(str(side))) for side in sides]
    given = [await _rostered(act, asking.id, wish.day, wish.band)]
    if wish.for_day is not None and wish.for_band is not None:
        given.append(await _rostered(act, asked.id, wish.for_day, wish.for_band))
    return _Swap(act, of, kind, asking, asked, *given)


async def _of(act: Act, scheme: UUID) -> Scheme:
    found = await act.known_one(Scheme, scheme)
    if found is None:
        raise Absent
    return found


async def _rostered(act: Act, supporter: UUID, day: date, band: Band) -> RosterEntry:
    """His entry for that band, as published."""
    equal = {"supporter": supporter, "day": day, "band": band, "state": RosterState.PUBLISHED}
    found = await looking.all_known(act, RosterEntry, equal)
    require((bool(found), "NOT_ROSTERED"))
    return found[0]


async def _off(act: Act, entry: RosterEntry) -> None:
    act.keep_beside(await withdrawn(act, entry), was=entry)


async def _ended(act: Act, was: RotaWish, to: RotaWishState) -> View[RotaWish]:
    now = await _moved(act, was, to)
    act.keep(now, was=was)
    return act.disclose(now)


async def _moved(act: Act, was: RotaWish, to: RotaWishState) -> RotaWish:
    """Where it stands now, and the other's side of it with it; the caller keeps it."""
    other = None if was.side is None else await act.known_one(RotaWish, was.side)
    if other is not None:
        act.keep_beside(with_(other, state=move(ROTA_WISH_MOVES, other.state, to)), was=other)
    return with_(was, state=move(ROTA_WISH_MOVES, was.state, to))
