"""What follows here from where somebody is (hmpps.md 4.4; domain facts 2.6; rule 24). A state is brought about and no
step taken: told twice, out of order or of what was known already, the end is the same.

For the day at court or on leave is no leaving: it is laid over what he is. Gone to another prison, released, or in
hospital, his role and the support that he had end at the prison that he left, and staff there are told. Nothing begins
by itself where he comes: what he was elsewhere he shows there himself, or says yes to.
"""

import dataclasses
from datetime import date, datetime, timedelta
from typing import Final

from domain import looking
from domain.act import Act
from domain.kernel.days import local_day
from domain.kernel.whereabouts import InOut, Located
from domain.leaving import standing_down
from domain.movements.event import COURT, LEAVE
from domain.movements.followed import Followed
from domain.movements.rehousing import rehoused
from domain.people.record import Person
from domain.people.reviews import ReviewKind, put_before_staff
from domain.schemes.belonging import made, with_
from domain.sessions import ending
from domain.supporters.absences import Absence, Away
from domain.supporters.availability import written
from domain.supporters.record import HOLDING, STANDING_MOVES, LeavingReason, Standing, Supporter

TRANSIT, OUTSIDE = "TRN", "OUT"
"""Where somebody is who is in no prison, as the estate writes it: between two, or out of custody. No wing of any prison
reaches him there."""
_FOR_THE_DAY: Final = {COURT: Away.AT_COURT, LEAVE: Away.ON_ROTL}
_OVERLAYS: Final = frozenset(_FOR_THE_DAY.values())
"""What is laid over somebody here. In hospital for days he is his prison's, and in it by what the systems say: whoever
entered that ends it."""


async def brought(act: Act, person: Person, at: Located, told: datetime) -> Followed:
    """Bring about what follows from where he is, as it was told at this instant."""
    why, to = _gone(person, at)
    if why is None:
        now, done = await _here(act, person, at)
    elif person.prison == to:
        now, done = person, Followed.AS_IT_WAS  # who was in no prison before leaves none now
    else:
        await _left(act, person, why)
        # From between two prisons he leaves none: when he left the one that he was in stays.
        left_at = person.left_at if person.prison in (TRANSIT, OUTSIDE) else told
        now, done = dataclasses.replace(person, prison=to, wing=at.wing, left_at=left_at), Followed.DONE
    latest = max(told, person.moved_at or told)
    act.keep_beside(dataclasses.replace(now, moved_at=latest), was=person)
    return done


def _gone(person: Person, at: Located) -> tuple[LeavingReason | None, str]:
    """Why he is in his prison no longer, and where he is instead. None: he is its own."""
    if at.dead:
        return LeavingReason.DIED, OUTSIDE
    if at.prison is None and at.restricted_patient:
        return LeavingReason.HEALTH, OUTSIDE
    if at.prison is None and at.in_out is InOut.TRN:
        return LeavingReason.TRANSFERRED, TRANSIT
    if at.prison is None:
        return LeavingReason.RELEASED, OUTSIDE
    return (None if at.prison == person.prison else LeavingReason.TRANSFERRED), at.prison


async def _left(act: Act, person: Person, why: LeavingReason) -> None:
    """His roles and the support that he had end at the prison that he left, and staff there are told; not of a death,
    which the duty governor tells (rule 16)."""
    kind = _REVIEWED.get(why)
    for was in await looking.all_known(act, Supporter, {"person": person.id, "prison": person.prison}):
        if Standing.TRANSFERRED_OUT in STANDING_MOVES[was.standing]:
            act.keep_beside(await standing_down.leaves(act, was, why), was=was)
            if kind is not None:
                await put_before_staff(act, kind, person, supporter=was.id)
    transferred = why is LeavingReason.TRANSFERRED
    for over in await ending.leaves(act, person.id, person.prison, transferred=transferred):
        if kind is not None:
            await put_before_staff(act, kind, person, enrolment=over.id)


_REVIEWED: Final = {
    LeavingReason.TRANSFERRED: ReviewKind.TRANSFERRED_OUT,
    LeavingReason.RELEASED: ReviewKind.RELEASED,
    LeavingReason.HEALTH: ReviewKind.HOSPITAL,
}


async def _here(act: Act, person: Person, at: Located) -> tuple[Person, Followed]:
    """He is his prison's own, inside or out for the day, and on a wing of it."""
    away = _FOR_THE_DAY.get(at.last_movement or "") if at.in_out is InOut.OUT else None
    said = away is not None or at.in_out is InOut.IN
    his = await looking.all_known(act, Supporter, {"person": person.id, "prison": person.prison})
    now = [await _overlaid(act, each, away) if said and each.standing in _IN_ROLE else each for each in his]
    changed = any(one is not other for one, other in zip(now, his, strict=True))
    if at.wing is None or at.wing == person.wing:
        return person, Followed.DONE if changed else Followed.AS_IT_WAS
    await rehoused(act, person, now, at.wing)
    return dataclasses.replace(person, wing=at.wing), Followed.DONE


_IN_ROLE: Final = frozenset({Standing.IN_TRAINING, *HOLDING})


def out_now(absence: Absence, today: date) -> bool:
    """Whether he is out by this, and nobody has said until when."""
    out = absence.why in _OVERLAYS or absence.why is Away.HOSPITAL
    return out and absence.last_on is None and absence.first_on <= today


async def _overlaid(act: Act, of: Supporter, away: Away | None) -> Supporter:
    """Lay a day's absence over what he is, or take off one whose end was open. He as he is then."""
    today = local_day(of, act.now)
    every = await looking.all_known(act, Absence, {"supporter": of.id})
    open_ = [each for each in every if each.why in _OVERLAYS and out_now(each, today)]
    if any(each.why is away for each in open_) or (away is None and not open_):
        return of
    rest = [each for each in every if each not in open_]
    for each in open_:
        # He is back, and may be asked today: a day's absence that began today is as if it had not been.
        if each.first_on >= today:
            act.erase(each)
            continue
        back = with_(each, last_on=today - timedelta(days=1))
        act.keep_beside(back, was=each)
        rest.append(back)
    if away is not None:
        given = {"supporter": of.id, "person": of.person, "why": away, "told_to_him": False, "first_on": today}
        new = made(act, of, Absence, **given)
        act.keep_beside(new)
        rest.append(new)
    now = dataclasses.replace(of, away=written(rest))
    act.keep_beside(now, was=of)
    return now
