"""What waits for somebody: one list for each viewer, of all that he may do something about (F54; issue D 7).

Nothing of it is kept: a line is there because a record stands where one of the viewer's own moves may take it from. It
is looked for by the grant for that move, in its own reach and behind its own walls, and by no other. So it holds
nothing that he could not read anyway, nothing that he did himself and another is to review (rule 6), and of a closed
policy what those on duty have on their board, until the same hour (rule 2). Whom nothing may wait for has no list.

A supporter's list is read over his shoulder (rule 7): what he is asked at his door is not in it, for staff pass that on
by word of mouth. His debriefs follow the rota, called or not (rule 9). Reminders to people: nothing is set off by them.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.care.debriefs import Debrief, DebriefState
from domain.care.wish import RotaWish, RotaWishKind, RotaWishState
from domain.confidentiality.classification import Classification
from domain.confidentiality.grants import Grant
from domain.confidentiality.policy import Decision, filterable, grants_of
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import local_day, zone_of
from domain.kernel.pages import Page
from domain.looking import PAGE
from domain.people.reviews import LOOKED_AT_WITHIN, MovementReview, MovementReviewState, ReviewAsks
from domain.ports import Query
from domain.sessions.arrivals import Arrival
from domain.sessions.concerns import ConcernRaised
from domain.sessions.conduct import Conduct, Review
from domain.sessions.follow_ups import SOON, FollowUp, FollowUpBy
from domain.sessions.goals import EnrolmentGoal, GoalState
from domain.sessions.record import RUNNING, Enrolment
from domain.sessions.request import Request, RequestState
from domain.supporters.suspension import Suspension, SuspensionState

STEP_BY_DAY: Final = timedelta(minutes=15)
STEP_AT_NIGHT: Final = timedelta(minutes=30)
"""How long one step of a request may take before it is late (domain facts 11.2). Defaults."""


class TaskKind(StrEnum):
    """What waits."""

    REQUEST_TO_OFFER = "REQUEST_TO_OFFER"
    OFFER_TO_ANSWER = "OFFER_TO_ANSWER"
    """A supporter was asked, and nobody has passed on what he said."""
    DOOR_TO_UNLOCK = "DOOR_TO_UNLOCK"
    """A supporter said yes, and waits for staff."""
    SCHEME_TO_OFFER = "SCHEME_TO_OFFER"
    """Somebody worries about a man: he is told of the scheme, in private."""
    ARRIVAL_TO_MEET = "ARRIVAL_TO_MEET"
    FOLLOW_UP_DUE = "FOLLOW_UP_DUE"
    ENROLMENT_TO_REVIEW = "ENROLMENT_TO_REVIEW"
    MENTOR_TO_FIND = "MENTOR_TO_FIND"
    GOAL_TO_MEASURE = "GOAL_TO_MEASURE"
    DEBRIEF_TO_HOLD = "DEBRIEF_TO_HOLD"
    DEBRIEF_TO_RATE = "DEBRIEF_TO_RATE"
    """His own: how hard it was, and whether he would like the talk."""
    SUSPENSION_TO_REVIEW = "SUSPENSION_TO_REVIEW"
    CONDUCT_TO_REVIEW = "CONDUCT_TO_REVIEW"
    MOVEMENT_TO_REVIEW = "MOVEMENT_TO_REVIEW"
    """The prison's data say something of somebody that a person must look at."""
    WISH_TO_DECIDE = "WISH_TO_DECIDE"
    """A supporter wishes a band otherwise, or two have agreed to change places: by the day of the first band."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what, and the record that does, by its kind and id. By a day or by an instant; `late`: it
    has passed."""

    what: TaskKind
    kind: str
    which: UUID
    due_on: date | None
    due_at: datetime | None
    late: bool


Due = Callable[[Any], date | datetime]
Equal = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Records that stand where the `move` may take them from. By when: the field by which they are ordered, or `due`,
    worked out of the fields `of`. `soon`: those further ahead than a week wait for nobody yet."""

    what: TaskKind
    kind: type[Record]
    move: Verb
    stand: tuple[Equal, ...]
    order: str
    due: Due | None = None
    of: tuple[str, ...] = ()
    soon: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        """All fields that the line is made of."""
        stands = (name for each in self.stand for name in each)
        return tuple(dict.fromkeys((*stands, self.order, *self.of)))

    def by(self, record: Any) -> date | datetime:
        """By when it is due."""
        return getattr(record, self.order) if self.due is None else self.due(record)


def _step(since: str) -> Due:
    def due(request: Any) -> datetime:
        within = STEP_AT_NIGHT if request.band is Band.NIGHT else STEP_BY_DAY
        return (getattr(request, since) or request.asked_at) + within

    return due


def _of_request(what: TaskKind, move: Verb, state: RequestState, since: str) -> Source:
    return Source(what, Request, move, ({"state": state},), "asked_at", due=_step(since), of=("band", since))


def _looked_at_by(review: MovementReview) -> date:
    return review.raised_on + LOOKED_AT_WITHIN


def _first_of(wish: RotaWish) -> date:
    return min(wish.day, wish.for_day or date.max)


def _without_since(enrolment: Enrolment) -> date:
    return max((*enrolment.earlier_until, enrolment.enrolled_on))


def _review_due(enrolment: Enrolment) -> date:
    return enrolment.review_due_on or date.max


_T = TaskKind
_RUNNING: Final[tuple[Equal, ...]] = tuple({"state": state} for state in sorted(RUNNING))
_ALONE: Final[tuple[Equal, ...]] = tuple({**each, "supporter": None} for each in _RUNNING)
_DUE: Final = {"state": DebriefState.DUE}
_FOUND: Final[tuple[Equal, ...]] = tuple({"state": MovementReviewState.OPEN, "asks": asks} for asks in ReviewAsks)
_WISHED: Final[tuple[Equal, ...]] = (
    *({"state": RotaWishState.ASKED, "wish": alone} for alone in (RotaWishKind.TAKE, RotaWishKind.DROP)),
    {"state": RotaWishState.AGREED, "asked_of_him": False},  # of a swap one side, once the other has said yes
)
_NOT_MET: Final = {"met_at": None, "closed_for": None}
SOURCES: Final = (
    _of_request(_T.REQUEST_TO_OFFER, Verb.OFFER_REQUEST, RequestState.RECEIVED, "asked_at"),
    _of_request(_T.OFFER_TO_ANSWER, Verb.ANSWER_OFFER, RequestState.OFFERED, "offered_at"),
    _of_request(_T.DOOR_TO_UNLOCK, Verb.UNLOCK_REQUEST, RequestState.ACCEPTED, "accepted_at"),
    Source(_T.SCHEME_TO_OFFER, ConcernRaised, Verb.SETTLE_CONCERN, ({"seen_to": False},), "readable_until"),
    Source(_T.ARRIVAL_TO_MEET, Arrival, Verb.CLOSE_ARRIVAL, (_NOT_MET,), "meet_by"),
    Source(
        *(_T.FOLLOW_UP_DUE, FollowUp, Verb.SETTLE_FOLLOW_UP, ({"outcome": None},), "due_on"),
        of=("whose",),
        soon=True,
    ),
    Source(
        *(_T.ENROLMENT_TO_REVIEW, Enrolment, Verb.REVIEW_ENROLMENT, _RUNNING, "review_due_on"),
        due=_review_due,
        soon=True,
    ),
    Source(
        *(_T.MENTOR_TO_FIND, Enrolment, Verb.CHANGE_MENTOR, _ALONE, "enrolled_on"),
        due=_without_since,
        of=("earlier_until",),
    ),
    Source(
        *(_T.GOAL_TO_MEASURE, EnrolmentGoal, Verb.JUDGE_ENROLMENT_GOAL, ({"state": GoalState.OPEN},), "due_on"),
        soon=True,
    ),
    Source(_T.DEBRIEF_TO_HOLD, Debrief, Verb.HOLD_DEBRIEF, (_DUE,), "due_by"),
    Source(_T.DEBRIEF_TO_RATE, Debrief, Verb.RATE_DEBRIEF, ({**_DUE, "hard": None},), "due_by"),
    Source(
        *(_T.SUSPENSION_TO_REVIEW, Suspension, Verb.REVIEW_SUSPENSION, ({"state": SuspensionState.OPEN},)),
        order="review_due_on",
    ),
    Source(
        *(_T.CONDUCT_TO_REVIEW, Conduct, Verb.REVIEW_CONDUCT, ({"review": Review.WAITING},), "at"),
        due=attrgetter("review_due_on"),
        of=("accounts_on", "ended"),
    ),
    Source(
        *(_T.MOVEMENT_TO_REVIEW, MovementReview, Verb.SETTLE_MOVEMENT_REVIEW, _FOUND, "raised_on"),
        due=_looked_at_by,
    ),
    Source(_T.WISH_TO_DECIDE, RotaWish, Verb.DECIDE_ROTA_WISH, _WISHED, "day", due=_first_of, of=("for_day",)),
)
"""All that may wait."""
SEES_TO: Final[Mapping[Role, FollowUpBy]] = {
    Role.WING_OFFICER: FollowUpBy.STAFF,
    Role.PARTNER_VOLUNTEER: FollowUpBy.PARTNER,
    Role.SUPPORTER: FollowUpBy.SUPPORTER,
}
"""Whose of the follow-ups wait for a role. Whoever runs the scheme sees that all of them are seen to."""


async def waiting(begin: Begin, query: Query) -> Page[Waiting]:
    """A page of what waits for the viewer, by when it is due. Of the query its place and its limit count."""
    async with begin(Verb.READ_TASKS) as act:
        found = sorted([each async for each in _all(act)], key=lambda one: one[0])
        rest = [one for one in found if query.after is None or one[0] > query.after]
        page = rest[: query.limit]
        for source in SOURCES:
            shown = [record for _, its, record, _ in page if its is source]
            act.saw(source.kind, shown, source.reads)
        items = [task for *_, task in page]
        return Page(items, page[-1][0] if len(rest) > query.limit else None)


_Found = tuple[tuple[str, UUID], Source, Any, Waiting]


async def _all(act: Act) -> AsyncIterator[_Found]:
    for source in SOURCES:
        found: dict[UUID, Any] = {}
        for grant in moved_by(act.viewer.role, source):
            decision = Decision(act.viewer, source.move, grant)
            for stand in _standing(grant, source):
                async for record in _reached(act, decision, source, stand):
                    found[record.id] = record
        for record in found.values():
            yield _waits(act, source, record)


@lru_cache(maxsize=256)
def moved_by(role: Role, source: Source) -> tuple[Grant, ...]:
    """The grants by which a role makes the move, and sees all that the line is made of."""
    needed = set(source.reads)
    return tuple(grant for grant in grants_of(role, source.move) if needed <= filterable(grant, source.kind))


def _standing(grant: Grant, source: Source) -> Sequence[Equal]:
    whose = SEES_TO.get(grant.role) if source.kind is FollowUp else None
    if source.kind is MovementReview and Classification.SECURITY not in grant.sees:
        return [each for each in source.stand if each["asks"] is not ReviewAsks.CHECK_ROLE]  # others settle those
    return source.stand if whose is None else [{**each, "whose": whose} for each in source.stand]


async def _reached(act: Act, decision: Decision, source: Source, stand: Equal) -> AsyncIterator[Any]:
    after: tuple[Any, UUID] | None = None
    while True:
        query = Query(equal=stand, order=source.order, after=after, limit=PAGE)
        page: Sequence[Any] = await act.unread(source.kind, query, decision)
        for record in page:
            if source.soon and source.by(record) > local_day(record, act.now) + SOON:
                return
            yield record
        if len(page) < PAGE:
            return
        after = (getattr(page[-1], source.order), page[-1].id)


def _waits(act: Act, source: Source, record: Any) -> _Found:
    due = source.by(record)
    if isinstance(due, datetime):
        on, at, by, late = None, due.astimezone(UTC), due, due < act.now
    else:
        # A day is over when the next one begins, by the prison's clocks.
        over = datetime.combine(due + timedelta(days=1), time(), zone_of(record.jurisdiction))
        on, at, by, late = due, None, over, due < local_day(record, act.now)
    place = f"{by.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f} {source.what}"
    return (place, record.id), source, record, Waiting(source.what, record.shape.kind, record.id, on, at, late)
