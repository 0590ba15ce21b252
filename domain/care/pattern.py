"""The week's pattern of a rota: who is there on which weekday in which band. The coordinator writes it once, and lays
it over as many weeks as he likes in one act (F32).

Whatever can be placed is placed, and of the rest each line and day is told with every code that stands in its way. One
supporter's leave must not keep the other twenty off three months of rota, and whoever writes it would else have to take
lines out one by one until the weeks go through. Laid again, it places what was missing and leaves what is there: so
nothing needs to be undone when a line was wrong. It passes no hard limit: an override is one entry's, with a reason of
its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.load import Shift
from domain.care.roster import AHEAD, RosterEntry, RosterState, placed
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, NotNow, Unacceptable
from domain.kernel.ids import RotaLineId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, made, scheme_to_write, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.registers.hours import WEEK, Weekday
from domain.supporters.availability import NOT_AVAILABLE, of_scheme, stays
from domain.supporters.record import Supporter

MOST: Final = 200
"""Lines of one scheme's pattern."""


@record(kind="rota-line", kept="six months after it was taken out")
class RotaLine(OfScheme):
    """One line of the pattern: this supporter, every week, on this weekday, in this band. By itself it rosters
    nobody."""

    id: Open[RotaLineId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    weekday: Operational[Weekday]
    band: Operational[Band]
    wing: Operational[str | None] = None
    """For which he is there; None: his own."""
    ended_on: Operational[date | None] = None
    """When it was taken out of the pattern; what it rostered stands."""

    def faults(self) -> Iterable[Failure]:
        """Its wing is of the same prison."""
        if self.wing is not None and not self.wing.startswith(f"{self.prison}-"):
            yield Failure("WING_OF_ANOTHER_PRISON", "/wing")


@dataclass(frozen=True, slots=True)
class Laid:
    """What became of one line on one day. `entry`: where he is on the rota; None: he is not, for what `codes` say."""

    line: UUID
    supporter: UUID
    day: date
    band: Band
    entry: UUID | None
    codes: tuple[str, ...]


async def add(
    begin: Begin, scheme: UUID, *, supporter: UUID, weekday: Weekday, band: Band, wing: str | None = None
) -> View[RotaLine]:
    """Add a line. One supporter is in a band of a weekday once."""
    async with begin.serially(Verb.KEEP_ROTA_LINE) as act:
        of = await scheme_to_write(act, scheme, RotaLine)
        if band not in (await terms_of(act, of)).bands:
            raise Unacceptable([Failure("KIND_DOES_NOT_ALLOW", "/band")])
        who = await of_scheme(act, of.id, supporter)
        line = made(act, of, RotaLine, supporter=who.id, weekday=weekday, band=band, wing=wing)
        others = await looking.all_known(act, RotaLine, {"scheme": of.id, "ended_on": None})
        if len(others) >= MOST:
            raise Unacceptable([Failure("TOO_MANY_ITEMS", "")])
        require(
            (all(_about(line) != _about(other) for other in others), "ALREADY_SAID"),
            *stays(act, who),
        )
        act.keep(line)
        return act.disclose(line)


async def end(begin: Begin, id: UUID, *, seen: Tag) -> View[RotaLine]:
    """Take it out of the pattern. What it rostered stands until it is withdrawn."""
    async with begin(Verb.KEEP_ROTA_LINE) as act:
        was = await act.fetch(RotaLine, id, seen=seen)
        require((was.ended_on is None, "ENDED"))
        now = with_(was, ended_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)


async def lay(begin: Begin, scheme: UUID, *, first_week: date, weeks: int) -> list[Laid]:
    """Lay the pattern over so many weeks from this Monday on, in one transaction: all that can be placed."""
    async with begin.serially(Verb.LAY_PATTERN) as act:
        of = await scheme_to_write(act, scheme, RosterEntry)
        if wrong := _mistimed(of, act, first_week, weeks):
            raise Unacceptable(wrong)
        return await _laid(act, of, first_week, weeks, keep=True)


async def shown(act: Act, scheme: UUID, *, first_week: date, weeks: int) -> list[Laid]:
    """How the pattern lies over these weeks now: what a replayed key is answered with."""
    return await _laid(act, await act.fetch(Scheme, scheme), first_week, weeks, keep=False)


def _mistimed(of: Scheme, act: Act, first_week: date, weeks: int) -> list[Failure]:
    today = local_day(of, act.now)
    last = first_week + timedelta(weeks=weeks) - timedelta(days=1)
    wrong = {
        "NOT_A_MONDAY": first_week.weekday() != 0,
        "IN_THE_PAST": last < today,
        "TOO_FAR_AHEAD": last > today + AHEAD,
    }
    return [Failure(code, "/firstWeek") for code, so in wrong.items() if so]


async def _laid(act: Act, of: Scheme, first_week: date, weeks: int, *, keep: bool) -> list[Laid]:
    kind, today = await terms_of(act, of), local_day(of, act.now)
    lines = await looking.every(act, RotaLine, {"scheme": of.id, "ended_on": None})
    rota = await looking.every(act, RosterEntry, {"scheme": of.id}, order="day", since=first_week)
    stands = {(e.supporter, e.day, e.band): e.id for e in rota if e.state is not RosterState.WITHDRAWN}
    team = {who.id: who for who in await looking.all_known(act, Supporter, {"scheme": of.id})}
    fresh, found = list[RosterEntry](), list[Laid]()
    for week in (first_week + timedelta(weeks=n) for n in range(weeks)):
        for line in sorted(lines, key=lambda x: (WEEK.index(x.weekday), x.band, x.id)):
            day = week + timedelta(days=WEEK.index(line.weekday))
            entry, codes = stands.get((line.supporter, day, line.band)), tuple[str, ...]()
            if entry is not None:
                codes = ("ALREADY_ROSTERED",) if keep else ()
            elif day < today:
                codes = ("DAY_HAS_PASSED",)
            elif keep:
                try:
                    shift, who = Shift(day, line.band), team.get(line.supporter)
                    if who is None or line.band not in kind.bands:
                        raise NotNow([NOT_AVAILABLE])
                    fresh.append(await placed(act, of, kind, who, shift, wing=line.wing, besides=fresh))
                except NotNow as refused:
                    codes = tuple(failure.code for failure in refused.failures)
                else:
                    entry = fresh[-1].id
                    act.keep(fresh[-1])
                    act.disclose(fresh[-1])
            found.append(Laid(line.id, line.supporter, day, line.band, entry, codes))
    return found


def _about(line: RotaLine) -> tuple[UUID, Weekday, Band]:
    return line.supporter, line.weekday, line.band
