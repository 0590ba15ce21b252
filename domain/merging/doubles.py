"""What is double once two are one: two roles in one scheme, two enrolments, two sessions or shifts at one time; and a
learner who turns out to be his own mentor.

Of two roles the stricter stands: whoever was suspended or removed under one number is not let off by the other. What he
has learned, practised and been asked adds up, and so do cases, gates and refusals. The other role ends without blame.
Which of two stays is told by what neither merge changes, so that three become one in whatever order it is heard.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from domain.care.pattern import RotaLine
from domain.care.roster import RosterEntry, RosterState, slot_of
from domain.confidentiality.record import KINDS
from domain.kernel.days import local_day
from domain.kernel.ids import SupporterId
from domain.merging.rekeying import Gathered, naming, several
from domain.sessions.codes import NotDelivered
from domain.sessions.record import RUNNING, Enrolment, EnrolmentState, Session, SessionState
from domain.supporters.record import APPLYING, TAKEN_ON, LeavingReason, Standing, Supporter
from domain.supporters.recruiting.clearing import Clearance, ClearanceOutcome

_S = Standing
STRICTEST_FIRST: Final = (
    *(_S.REMOVED, _S.SUSPENDED, _S.PAUSED, _S.PROBATION, _S.ACTIVE, _S.LAPSED),
    *(_S.IN_TRAINING, _S.ACCEPTED, _S.WAITING, _S.DEFERRED, _S.APPLIED),
)
"""Of two roles in one scheme, the one that stands. One who is in the role has no use for his open application; one
whose certificate ran out has the other's."""
OPEN: Final = frozenset({*APPLYING, *TAKEN_ON})

FOLLOW: Final = frozenset(
    {
        *("absence", "attendance", "award", "certificate", "cohort", "debrief", "enrolment", "incident", "induction"),
        *("mandate", "movement-review", "postvention-task", "practice", "request", "roster-entry", "session"),
        *("sign-off", "supervision", "supervision-talk", "support-record", "suspension", "transfer-hold"),
        *("wellbeing-check",),
    }
)
"""What goes over to the role that stays: what he did, does and is asked, and every case."""
STAY: Final = frozenset(
    {
        *("application", "assessment", "clearance", "hand-over", "panel-score", "passport", "pay-entry", "reference"),
        *("rota-line", "rota-wish", "self-rating"),
    }
)
"""What belongs to the one role as it was taken on, and is read there: of most a role may have only one."""


OFF: Final[Mapping[str, Any]] = {
    "state": SessionState.NOT_DELIVERED,
    "not_delivered": NotDelivered.NOT_REQUIRED,
    "called_off": True,
}
"""What a session is that is called off."""


async def roles(rows: Gathered, person: UUID) -> list[Supporter]:
    """Make one role of two in the same scheme. The roles that stay, of those that were double."""
    by: dict[UUID, dict[UUID, list[Supporter]]] = defaultdict(lambda: defaultdict(list))
    for each in await rows.of(Supporter, {"person": person}):
        if each.standing in OPEN or each.standing is _S.REMOVED:
            by[each.scheme][rows.before(each).person].append(each)
    stayed: list[Supporter] = []
    for of_each in by.values():
        if len(of_each) < 2:
            continue
        # Whoever was taken on again after a removal was so knowingly: under that number it is over.
        found = [each for his in of_each.values() for each in [s for s in his if s.standing in OPEN] or his]
        first, *others = sorted(found, key=lambda s: (STRICTEST_FIRST.index(s.standing), s.applied_on, s.id))
        for other in others:
            first = await _one(rows, first, other)
        stayed.append(first)
    return stayed


async def unlike(rows: Gathered, person: UUID) -> list[Supporter]:
    """The open roles that he has had here, where he was suspended or removed by the number that is no more, in whatever
    scheme and prison: whoever answers for him here has not heard of it."""
    his = await rows.of(Supporter, {"person": person})
    joined = [before for each in his if (before := rows.before(each)).person != person]
    stands = {each.standing for each in joined}
    return [each for each in his if each.standing in OPEN] if stands & {_S.SUSPENDED, _S.REMOVED} else []


async def _one(rows: Gathered, stays: Supporter, ends: Supporter) -> Supporter:
    today = local_day(ends, rows.act.now)
    if stays.standing is _S.REMOVED:
        # Nothing is added to a role that somebody was removed from, and it takes over nothing: people look.
        if ends.standing in OPEN:
            rows.change(ends, standing=_S.STOOD_DOWN, left_on=today, left_for=LeavingReason.ROLE_ENDED)
        return stays
    best = max((stays, ends), key=_certified)
    stays = rows.change(
        stays,
        modules_passed=tuple(sorted({*stays.modules_passed, *ends.modules_passed})),
        trained_by=tuple(sorted({*stays.trained_by, *ends.trained_by})),
        signed_off=tuple(sorted({*stays.signed_off, *ends.signed_off})),
        observed_contacts=stays.observed_contacts + ends.observed_contacts,
        shadowed_contacts=stays.shadowed_contacts + ends.shadowed_contacts,
        away=tuple(sorted({*stays.away, *ends.away})),
        agreed_to_be_listed=stays.agreed_to_be_listed and ends.agreed_to_be_listed,
        certificate=best.certificate,
        certified_on=best.certified_on,
        certificate_expires_on=best.certificate_expires_on,
    )
    # What was counted is counted where it went.
    left = {"standing": _S.STOOD_DOWN, "left_on": today, "left_for": LeavingReason.ROLE_ENDED}
    rows.change(ends, **left, observed_contacts=0, shadowed_contacts=0)
    await _follow(rows, ends, stays)
    await _cleared(rows, ends, stays, today)
    for line in await rows.of(RotaLine, {"supporter": ends.id, "ended_on": None}):
        rows.change(line, ended_on=today)
    return stays


def _certified(supporter: Supporter) -> tuple[bool, date, date]:
    return (
        supporter.certificate is not None,
        supporter.certificate_expires_on or date.max,
        supporter.certified_on or date.min,
    )


async def _follow(rows: Gathered, ends: Supporter, stays: Supporter) -> None:
    for name in sorted(FOLLOW):
        kind = KINDS[name]
        for field in naming(kind, SupporterId):
            many = several(kind, field)
            for each in await rows.of(kind, {"scheme": ends.scheme} if many else {field: ends.id}):
                rows.change(each, **{field: _instead(getattr(each, field), ends.id, stays.id)})


def _instead(value: Any, ends: UUID, stays: UUID) -> Any:
    if isinstance(value, tuple):
        return tuple(stays if each == ends else each for each in cast(tuple[UUID, ...], value))
    return stays if value == ends else value


async def _cleared(rows: Gathered, ends: Supporter, stays: Supporter, today: date) -> None:
    """A refusal of security's goes over to the role that stays; a clearance does not, it ends with its own."""
    here = await rows.of(Clearance, {"supporter": stays.id, "current": True})
    for each in await rows.of(Clearance, {"supporter": ends.id, "current": True}):
        if each.outcome is not ClearanceOutcome.CLEARED and all(h.outcome is ClearanceOutcome.CLEARED for h in here):
            for other in here:
                rows.change(other, current=False)
            rows.change(each, supporter=stays.id)
        elif each.lapsed_on is None:
            rows.change(each, lapsed_on=today)


async def enrolments(rows: Gathered, person: UUID) -> list[Enrolment]:
    """End what is double, and what would be a man's support of himself. Those that ended."""
    ended: list[Enrolment] = []
    running = {"person": person, "state": RUNNING}
    by: dict[UUID, list[Enrolment]] = defaultdict(list)
    for each in await rows.of(Enrolment, running):
        if each.supporter_person == person:
            ended.append(await _end(rows, each))
        else:
            by[each.scheme].append(each)
    for found in by.values():
        _, *others = sorted(found, key=lambda e: (e.state is not EnrolmentState.STARTED, e.enrolled_on, e.id))
        ended += [await _end(rows, other) for other in others]
    return ended


async def _end(rows: Gathered, enrolment: Enrolment) -> Enrolment:
    """In the words of an end that says nothing; that it was a merge stands where those who are cleared read it."""
    today = local_day(enrolment, rows.act.now)
    now = rows.change(enrolment, state=EnrolmentState.WITHDRAWN_LEARNER, ended_on=today)
    for each in await rows.of(Session, {"enrolment": enrolment.id, "state": SessionState.PLANNED}):
        if each.starts_at > rows.act.now:
            rows.change(each, **OFF)
    return now


async def shifts(rows: Gathered, person: UUID) -> None:
    """Nobody serves twice at one time: of two shifts that one man has now, the first that was written stays."""
    taken: dict[tuple[str, UUID], RosterEntry] = {}
    for his in await rows.of(Supporter, {"person": person}):
        for each in await rows.of(RosterEntry, {"supporter": his.id}):
            slot = slot_of(person, each.day, each.band)
            other = taken.setdefault((each.prison, slot), each) if each.state is not RosterState.WITHDRAWN else each
            if other is each:
                rows.change(each, slot=slot)
                continue
            out = max(each, other, key=lambda e: (e.in_force_from is None, e.in_force_from or rows.act.now, e.id))
            taken[each.prison, slot] = other if out is each else each
            rows.change(taken[each.prison, slot], slot=slot)
            rows.change(out, slot=slot, state=RosterState.WITHDRAWN, in_force_until=rows.act.now)


async def sessions(rows: Gathered, person: UUID) -> list[Enrolment]:
    """Nobody learns or teaches twice at one time: of two sessions that one man has now, one that was held stands, and
    else the one that begins first; what was only planned beside it is called off. What was held is a fact, and stays
    beside another. The enrolments that people must look at for it."""
    his = [each for field in ("person", "supporter_person") for each in await rows.of(Session, {field: person})]
    stand: list[Session] = []
    looked_at: dict[UUID, Enrolment] = {}
    for each in sorted(
        {each.id: each for each in his if each.state is not SessionState.NOT_DELIVERED}.values(),
        key=lambda s: (s.state is not SessionState.DELIVERED, s.starts_at, s.id),
    ):
        if not any(each.starts_at < other.ends_at and other.starts_at < each.ends_at for other in stand):
            stand.append(each)
            continue
        if each.state is SessionState.PLANNED:
            rows.change(each, **OFF)
        looked_at |= {of.id: of for of in await rows.of(Enrolment, {"id": each.enrolment})}
    return list(looked_at.values())
