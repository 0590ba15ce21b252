"""Looks that are out of the ordinary (S29). Once a day the clock reads the lines of the day before, by rules that are
written down here, and puts what any of them finds before a person.

A number accuses nobody. What is kept says which rule it was, the limit and the count, and points to the lines: whether
it was a night of three moves or something else, a review says, by somebody whose acts they are not. Until then nothing
follows from it, and whoever looked is told nothing and loses nothing.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import CaseworkCode, Classification, Open
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.entry import Family, Outcome
from domain.confidentiality.record import Record, derived, record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue, zone_of
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, EntryId, UnusualLookId
from domain.kernel.moves import Life, Moves, move, require
from domain.kernel.words import JURISDICTIONS
from domain.moving import may_move
from domain.oversight.record import LedgerLine
from domain.schemes.belonging import made
from domain.schemes.record import Scheme
from domain.vigilance.breach import TO_REPORT, Breach, BreachKind, FoundBy
from domain.vigilance.lines import shown

HOUR: Final = time(10)
"""From when on, by the prison's clocks, the day before is looked through: lines that tell the hour alone are readable
by then."""
REVIEWED_WITHIN: Final = timedelta(days=14)
MOST_LINES: Final = 100


class LookRule(StrEnum):
    """Which rule found it. The words of each are its explanation, and the whole of it."""

    MANY_IN_AN_HOUR = "MANY_IN_AN_HOUR"
    """One person looked so often within one hour of the clock."""
    MANY_TURNED_AWAY = "MANY_TURNED_AWAY"
    """One person was refused, or asked for what is not there for him, so often in a day."""
    BY_NIGHT = "BY_NIGHT"
    """One person looked so often from 22:00 to 05:00, in a role that does not work nights."""


LIMITS: Final = {LookRule.MANY_IN_AN_HOUR: 60, LookRule.MANY_TURNED_AWAY: 12, LookRule.BY_NIGHT: 5}
"""From so many on. Defaults of ours, until their owner (information governance of the estate) says others."""
NIGHT_FROM, NIGHT_UNTIL = time(22), time(5)
BY_DAY: Final = frozenset(
    {
        *(Role.COORDINATOR, Role.ACTIVITIES_HUB, Role.SECURITY, Role.HEALTHCARE, Role.EVALUATOR, Role.HEADQUARTERS),
        *(Role.INFORMATION_GOVERNANCE, Role.ACCESS_ADMINISTRATOR, Role.PARTNER_VOLUNTEER),
    }
)
"""Roles that work by day."""
_TURNED_AWAY: Final = frozenset({Outcome.REFUSED.value, Outcome.ABSENT.value})


class LookState(StrEnum):
    """Whether somebody has reviewed it."""

    WAITING = "WAITING"
    REVIEWED = "REVIEWED"


class LookReview(StrEnum):
    """What the review found."""

    PART_OF_THE_WORK = "PART_OF_THE_WORK"
    MISTAKE = "MISTAKE"
    SHARED_ACCOUNT = "SHARED_ACCOUNT"
    NOT_EXPLAINED = "NOT_EXPLAINED"
    """It goes into the register of breaches, as a suspicion."""


LOOK_MOVES: Final[Moves[LookState]] = {
    LookState.WAITING: frozenset({LookState.REVIEWED}),
    LookState.REVIEWED: frozenset(),
}
LOOK_LIFE: Final = Life("state", {Verb.REVIEW_UNUSUAL_LOOK: frozenset({LookState.WAITING})})


@record(
    kind="unusual-look",
    kept="one year after its review",
    existence=Classification.CASEWORK,
    judged=("whose",),
    life=LOOK_LIFE,
)
class UnusualLook(Record):
    """What a rule found of one person's lines of one day, until somebody has reviewed it."""

    id: Open[UnusualLookId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    rule: CaseworkCode[LookRule]
    at_least: CaseworkCode[int]
    """From how many on the rule finds it."""
    times: CaseworkCode[int]
    """How many there were."""
    whose: CaseworkCode[ActorId]
    role: CaseworkCode[Role]
    """In which he acted."""
    day: CaseworkCode[date]
    lines: CaseworkCode[tuple[EntryId, ...]]
    """The lines of the ledger, the first hundred of them."""
    state: CaseworkCode[LookState] = LookState.WAITING
    review_by: CaseworkCode[date]
    review: CaseworkCode[LookReview | None] = None
    reviewed_by: CaseworkCode[ActorId | None] = None
    reviewed_on: CaseworkCode[date | None] = None

    @derived
    def overdue(self, now: datetime) -> CaseworkCode[bool]:
        """Its review has waited for too long."""
        return self.state is LookState.WAITING and overdue(self.review_by, self, now)


@dataclass(frozen=True, slots=True)
class Found:
    """One person's lines of one day in one role and prison, found by a rule."""

    rule: LookRule
    lines: tuple[LedgerLine, ...]


async def look_through(begin: Callable[[], Begin]) -> int:
    """The day before, in each jurisdiction. How much was found."""
    return sum([await _one_day(begin(), jurisdiction) for jurisdiction in sorted(JURISDICTIONS)])


async def _one_day(begin: Begin, jurisdiction: str) -> int:
    async with begin.serially(Verb.TICK) as act:
        zone = zone_of(jurisdiction)
        here = act.now.astimezone(zone)
        if here.time() < HOUR:
            return 0
        day = here.date() - timedelta(days=1)
        begins, ends = (datetime.combine(each, time(), zone) for each in (day, here.date()))
        query = {"jurisdiction": jurisdiction}
        since = await looking.all_known(act, LedgerLine, query, order="at", since=begins)
        lines = [line for line in since if line.at < ends and line.readable_from <= act.now]
        there = await looking.all_known(act, UnusualLook, {"jurisdiction": jurisdiction, "day": day})
        known = {(each.prison, each.whose, each.role, each.rule) for each in there}
        fresh = [each for each in unusual(lines, zone) if _about(each) not in known]
        for each in fresh:
            act.keep_beside(_kept(act.new_id(), each, day))
        return len(fresh)


def _about(found: Found) -> tuple[Any, ...]:
    line = found.lines[0]
    return line.prison, line.actor, Role(line.role), found.rule


def _kept(id: UUID, found: Found, day: date) -> UnusualLook:
    first = found.lines[0]
    if first.actor is None or first.prison is None or first.jurisdiction is None:
        raise TypeError("lines of nobody, or of no prison, are not looked through")
    return UnusualLook(
        id=UnusualLookId(id),
        jurisdiction=first.jurisdiction,
        prison=first.prison,
        rule=found.rule,
        at_least=LIMITS[found.rule],
        times=len(found.lines),
        whose=first.actor,
        role=Role(first.role),
        day=day,
        lines=tuple(EntryId(line.id) for line in found.lines[:MOST_LINES]),
        review_by=day + REVIEWED_WITHIN,
    )


def unusual(lines: Iterable[LedgerLine], zone: Any) -> Iterator[Found]:
    """What the rules find of these lines of one day. Of people in custody there is no actor, and nothing is found."""
    theirs = defaultdict[tuple[Any, ...], list[LedgerLine]](list)
    for line in lines:
        if line.actor is not None and line.prison is not None and line.role in Role.__members__:
            theirs[line.prison, line.actor, line.role].append(line)
    for mine in theirs.values():
        for rule, found in _ruled(mine, zone):
            if len(found) >= LIMITS[rule]:
                yield Found(rule, tuple(found))


def _ruled(mine: Sequence[LedgerLine], zone: Any) -> Iterator[tuple[LookRule, list[LedgerLine]]]:
    looks = [line for line in mine if _is_look(line)]
    hours = defaultdict[datetime, list[LedgerLine]](list)
    for line in looks:
        hours[line.at.replace(minute=0, second=0, microsecond=0)].append(line)
    if hours:
        yield LookRule.MANY_IN_AN_HOUR, max(hours.values(), key=len)
    yield LookRule.MANY_TURNED_AWAY, [line for line in mine if line.outcome in _TURNED_AWAY]
    if Role(mine[0].role) in BY_DAY:
        yield LookRule.BY_NIGHT, [line for line in looks if _by_night(line.at.astimezone(zone).time())]


def _is_look(line: LedgerLine) -> bool:
    return line.act == Family.LOOK or line.act.startswith("READ_")


def _by_night(at: time) -> bool:
    return at >= NIGHT_FROM or at < NIGHT_UNTIL


async def lines_of(begin: Begin, id: UUID) -> list[View[LedgerLine]]:
    """The lines that the rule found, as whoever reads it may read them. One that is gone is not among them."""
    async with begin(Verb.READ_UNUSUAL_LOOK) as act:
        of = await act.fetch(UnusualLook, id)
        return await shown(act, of.lines)


async def review(
    begin: Begin, id: UUID, *, seen: Tag, review: LookReview, scheme: UUID | None = None
) -> View[UnusualLook]:
    """Say what it was, after speaking with whoever looked. What is not explained goes into the register of breaches of
    a scheme of that prison, with its lines, as a suspicion."""
    async with begin(Verb.REVIEW_UNUSUAL_LOOK) as act:
        was = await act.fetch(UnusualLook, id, seen=seen)
        require(may_move(act, was))
        if (review is LookReview.NOT_EXPLAINED) is (scheme is None):
            raise Unacceptable([Failure("SCHEME_GOES_WITH_SUSPICION", "/scheme")])
        of = None if scheme is None else await act.known_one(Scheme, scheme)
        if scheme is not None and (of is None or of.prison != was.prison):
            raise Unacceptable([Failure("SCHEME_UNKNOWN", "/scheme")])
        now = dataclasses.replace(
            was,
            state=move(LOOK_MOVES, was.state, LookState.REVIEWED),
            review=review,
            reviewed_by=ActorId(act.viewer.actor),
            reviewed_on=local_day(was, act.now),
        )
        act.keep(now, was=was)
        if of is not None:
            act.keep_beside(_suspected(act, of, was))
        return act.disclose(now)


def _suspected(act: Act, of: Scheme, look: UnusualLook) -> Breach:
    return made(
        act,
        of,
        Breach,
        what=BreachKind.LOOKED_WITHOUT_NEED,
        found_by=FoundBy.UNUSUAL_LOOK,
        goes_up=False,
        aware_at=act.now,
        report_by=act.now + TO_REPORT,
        report_on=local_day(of, act.now + TO_REPORT),
        lines=look.lines,
        look=look.id,
        whose=look.whose,
        entered_by=act.viewer.actor,
    )
