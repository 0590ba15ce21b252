"""What the service found in the prison's data that a person must look at: somebody has left, two numbers are one man,
something speaks against bringing two together (F47, F91, F97). The service never acts on such things for good by
itself: it does what is safe at once, and puts the rest here (rules 23 and 24).

Which of them it was (`kind`) may say what security knows, so it is for those who are cleared for that. Whoever runs the
scheme reads only what is asked of him, in words that several kinds share. Nothing is ever raised about what belongs to
a closed policy: that it was found would tell that it is there.
"""

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, OfStanding, Open, Operational, Participation, Security
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import KINDS, Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, zone_of
from domain.kernel.ids import ActorId, EnrolmentId, MovementReviewId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.people.record import Person
from domain.ports import Query


class ReviewKind(StrEnum):
    """What was found."""

    TRANSFERRED_OUT = "TRANSFERRED_OUT"
    RELEASED = "RELEASED"
    HOSPITAL = "HOSPITAL"
    ARRIVED = "ARRIVED"
    NOT_IN_PRISON = "NOT_IN_PRISON"
    """The prison's data say nothing of where he is, or that he is in no prison."""
    WHEREABOUTS_DIFFER = "WHEREABOUTS_DIFFER"
    UNVERIFIED = "UNVERIFIED"
    """He was taken for somebody whom the prison's data do not know."""
    MERGED = "MERGED"
    """Two numbers turned out to be one person, and what was kept of both is joined. What was of two who are now one,
    or double, has ended."""
    MERGE_DIFFERS = "MERGE_DIFFERS"
    """One number was merged into two others."""
    MERGE_REVERSED = "MERGE_REVERSED"
    """A merge was taken back, and this has changed since: whose it is, is as before, and the rest may not be."""
    BOOKING_MOVED = "BOOKING_MOVED"
    NON_ASSOCIATION = "NON_ASSOCIATION"
    ALERT = "ALERT"
    INCENTIVE = "INCENTIVE"


class ReviewAsks(StrEnum):
    """What is asked of whoever runs the scheme: words that do not tell which kind it was, where that is security's."""

    PERSON_LEFT = "PERSON_LEFT"
    PERSON_ARRIVED = "PERSON_ARRIVED"
    CHECK_WHEREABOUTS = "CHECK_WHEREABOUTS"
    CHECK_ROLE = "CHECK_ROLE"


_R, _A = ReviewKind, ReviewAsks
ASKS: Final = {
    **dict.fromkeys((_R.TRANSFERRED_OUT, _R.RELEASED, _R.HOSPITAL), _A.PERSON_LEFT),
    _R.ARRIVED: _A.PERSON_ARRIVED,
    **dict.fromkeys((_R.NOT_IN_PRISON, _R.WHEREABOUTS_DIFFER, _R.UNVERIFIED), _A.CHECK_WHEREABOUTS),
    **dict.fromkeys((_R.MERGED, _R.MERGE_DIFFERS, _R.MERGE_REVERSED, _R.BOOKING_MOVED), _A.CHECK_ROLE),
    **dict.fromkeys((_R.NON_ASSOCIATION, _R.ALERT, _R.INCENTIVE), _A.CHECK_ROLE),
}
"""What each kind asks. A merge asks what an alert asks: who reads only this cannot tell them apart."""


LOOKED_AT_WITHIN: Final = timedelta(days=7)
"""How long it may wait until it is late. A default."""


class MovementReviewState(StrEnum):
    """Whether somebody has looked at it."""

    OPEN = "OPEN"
    SETTLED = "SETTLED"


class SettledAs(StrEnum):
    """What came of it."""

    PUT_RIGHT = "PUT_RIGHT"
    NOTHING_TO_DO = "NOTHING_TO_DO"
    NOT_SO = "NOT_SO"
    """The prison's data are wrong."""


MOVEMENT_REVIEW_MOVES: Final[Moves[MovementReviewState]] = {
    MovementReviewState.OPEN: frozenset({MovementReviewState.SETTLED}),
    MovementReviewState.SETTLED: frozenset(),
}
MOVEMENT_REVIEW_LIFE: Final = Life("state", {Verb.SETTLE_MOVEMENT_REVIEW: frozenset({MovementReviewState.OPEN})})


@record(
    kind="movement-review",
    kept="one year after it is settled",
    existence=Classification.PARTICIPATION,
    parties=("person",),
    life=MOVEMENT_REVIEW_LIFE,
)
class MovementReview(Record):
    """One thing found of one person, in one role of his where it concerns one."""

    id: Open[MovementReviewId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    scheme: Open[SchemeId | None] = None
    """The scheme of the role that it concerns; null: no role, and then only those read it who may read
    every scheme of the prison."""
    kind: Security[ReviewKind]
    """What was found."""
    asks: OfStanding[ReviewAsks]
    """What is to be looked at."""
    person: Operational[PersonId]
    supporter: Operational[SupporterId | None] = None
    """The supporter whom it concerns."""
    enrolment: Participation[EnrolmentId | None] = None
    """The enrolment that it concerns."""
    raised_on: Open[date]
    state: Open[MovementReviewState] = MovementReviewState.OPEN
    settled_as: Open[SettledAs | None] = None
    """What came of it; null: nobody has looked."""
    settled_on: Open[date | None] = None
    settled_by: Operational[ActorId | None] = None


async def raise_(
    act: Act,
    kind: ReviewKind,
    *,
    jurisdiction: str,
    prison: str,
    person: UUID,
    supporter: UUID | None = None,
    enrolment: UUID | None = None,
) -> MovementReview | None:
    """Put it before a person, unless the same is open of the same role. It, without a version yet, or the one that is
    open; None: the role is of a closed policy's use. Called in a serial act: two that raise the same at once must not
    both."""
    # By the kind's name: people lie below supporters and sessions, and know neither.
    about = "supporter" if supporter is not None else "enrolment"
    id = supporter if supporter is not None else enrolment
    role = None if id is None else await act.known_one(KINDS[about], id)
    if role is not None and getattr(role, "closed", False):
        return None
    same = {
        "prison": prison,
        "kind": kind,
        "person": person,
        "supporter": supporter,
        "enrolment": enrolment,
        "state": MovementReviewState.OPEN,
    }
    if open_ := await act.known(MovementReview, Query(equal=same, limit=1)):
        return open_[0]
    new = MovementReview(
        id=MovementReviewId(act.new_id()),
        jurisdiction=jurisdiction,
        prison=prison,
        scheme=getattr(role, "scheme", None),
        kind=kind,
        asks=ASKS[kind],
        person=PersonId(person),
        supporter=None if supporter is None else SupporterId(supporter),
        enrolment=None if enrolment is None else EnrolmentId(enrolment),
        raised_on=act.now.astimezone(zone_of(jurisdiction)).date(),
    )
    act.keep_beside(new)
    return new


async def put_before_staff(
    act: Act, kind: ReviewKind, person: Person, *, supporter: UUID | None = None, enrolment: UUID | None = None
) -> MovementReview | None:
    """Staff of the prison that he is thought to be in look at it: at his role, at his enrolment, or at where he is.
    As `raise_`."""
    place = {"jurisdiction": person.jurisdiction, "prison": person.prison}
    return await raise_(act, kind, **place, person=person.id, supporter=supporter, enrolment=enrolment)


async def settle(begin: Begin, id: UUID, *, seen: Tag, settled_as: SettledAs) -> View[MovementReview]:
    """Somebody has looked at it, and done what was to be done where that is done. Where a role is to be looked at it
    may be for what security knows: those who read why say that it is done, and nobody from whom it is kept."""
    async with begin(Verb.SETTLE_MOVEMENT_REVIEW) as act:
        was = await act.fetch(MovementReview, id, seen=seen)
        cleared = Classification.SECURITY in act.decision.sees(MovementReview)
        # By what it asks, and not by its kind: else a refusal would tell that kind.
        require(may_move(act, was), (cleared or was.asks is not ReviewAsks.CHECK_ROLE, "CLEARED_ROLES_SETTLE_IT"))
        now = settled(act, was, settled_as)
        act.keep(now, was=was)
        return act.disclose(now)


def settled(act: Act, was: MovementReview, how: SettledAs) -> MovementReview:
    """It as it is once somebody has looked; the caller keeps it."""
    return replace(
        was,
        state=move(MOVEMENT_REVIEW_MOVES, was.state, MovementReviewState.SETTLED),
        settled_as=how,
        settled_on=local_day(was, act.now),
        settled_by=act.viewer.actor,
    )
