"""A rota is proposed by the service, and laid by the coordinator (F34): until then nobody is on it.

A proposal is worked out as the rota stands when its job is done; laid, each of it passes the same gates as whatever is
written, so that what has changed meanwhile is told band by band, and nobody is where he cannot be. What stays short is
told with how many supporters each rule keeps away: the coordinator knows every one of these rules of each of them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import filling
from domain.care.cover import CoverNeed, covered
from domain.care.filling import Gap, Man, Proposal
from domain.care.load import Shift
from domain.care.pattern import RotaLine
from domain.care.roster import RosterEntry, RosterState, placed, shift_of, slot_of
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import local_day, zone_of
from domain.kernel.errors import Absent, NotNow
from domain.oversight.record import Job, JobKind, JobState
from domain.schemes.belonging import scheme_to_write
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.registers.hours import WEEK
from domain.schemes.sheet import Load
from domain.supporters.availability import NOT_AVAILABLE, unfit
from domain.supporters.record import IN_ROLE, Standing, Supporter

WEEKS: Final = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a proposal goes by."""

    first_week: date
    men: tuple[Man, ...]
    gaps: tuple[Gap, ...]
    limits: Load
    zone: str

    def solved(self) -> Proposal:
        """The proposal: some seconds of work."""
        return filling.filled(self.men, self.gaps, self.limits, self.zone)

    def told(self, proposal: Proposal) -> dict[str, Any]:
        """As the job's result."""
        return {
            "firstWeek": f"{self.first_week}",
            "weeks": WEEKS,
            "best": proposal.best,
            "items": [{"supporter": f"{put.man}", **_when(put.shift), "wing": put.wing} for put in proposal.puts],
            "short": [
                {**_when(s.gap.shift), "wing": s.gap.wing, "missing": s.missing, "because": dict(s.because)}
                for s in proposal.short
            ],
        }


@dataclass(frozen=True, slots=True)
class ProposalLaid:
    """What became of one who was proposed. `entry`: where he is on the rota; None: he is not, for what `codes` say."""

    supporter: UUID
    day: date
    band: Band
    entry: UUID | None
    codes: tuple[str, ...]


async def gathered(begin: Begin, job: Job) -> Facts:
    """What the rota is now, who there is, and where it is short."""
    async with begin(Verb.TICK) as act:
        of = None if job.scheme is None else await act.known_one(Scheme, job.scheme)
        if of is None:
            raise Absent
        kind, today = await terms_of(act, of), local_day(of, act.now)
        first = today + timedelta(days=7 - today.weekday())
        last = first + timedelta(weeks=WEEKS) - timedelta(days=1)
        needs = await looking.all_known(act, CoverNeed, {"scheme": of.id})
        short = [c for c in await covered(act, of, needs, first, last) if c.missing]
        gaps = tuple(Gap(Shift(c.day, c.band), c.wing, c.missing) for c in short)
        # A week before counts too, towards hours, nights and rest.
        here = {"prison": of.prison}
        rota = await looking.all_known(act, RosterEntry, here, order="day", since=first - timedelta(days=7))
        stands = [e for e in rota if e.state is not RosterState.WITHDRAWN]
        lines = await looking.all_known(act, RotaLine, {"scheme": of.id, "ended_on": None})
        theirs = await looking.all_known(act, Supporter, {"scheme": of.id})
        # Whoever is on probation fills no gap: he is there beside another, and the coordinator says beside whom.
        team = [who for who in theirs if who.standing in IN_ROLE and who.standing is not Standing.PROBATION]
        men = [_man(who, stands, lines, {gap.shift for gap in gaps}) for who in sorted(team, key=lambda w: w.id)]
        return Facts(first, tuple(men), gaps, kind.load, zone_of(of.jurisdiction).key)


def _man(who: Supporter, stands: list[RosterEntry], lines: list[RotaLine], shifts: set[Shift]) -> Man:
    his = {(WEEK.index(line.weekday), line.band) for line in lines if line.supporter == who.id}
    slots, cannot = {e.slot for e in stands}, dict[Shift, tuple[str, ...]]()
    for shift in shifts:
        why = tuple(code.value for code in unfit(who, shift.day))
        if why or slot_of(who.person, shift.day, shift.band) in slots:
            cannot[shift] = why or (NOT_AVAILABLE,)
    return Man(
        who.id,
        who.wing,
        frozenset(who.languages),
        frozenset(shift_of(e) for e in stands if e.supporter == who.id and e.state is RosterState.PUBLISHED),
        cannot,
        frozenset(shift for shift in shifts if (shift.day.weekday(), shift.band) in his),
    )


async def lay(begin: Begin, scheme: UUID, *, job: UUID) -> list[ProposalLaid]:
    """Lay what one's own job proposed, in one transaction: all that can be placed."""
    async with begin.serially(Verb.LAY_PROPOSAL) as act:
        return await _laid(act, await scheme_to_write(act, scheme, RosterEntry), job, keep=True)


async def shown(act: Act, scheme: UUID, *, job: UUID) -> list[ProposalLaid]:
    """How the rota has it now: what a replayed key is answered with."""
    return await _laid(act, await act.fetch(Scheme, scheme), job, keep=False)


async def _laid(act: Act, of: Scheme, id: UUID, *, keep: bool) -> list[ProposalLaid]:
    job = await act.known_one(Job, id)
    if job is None or (job.kind, job.scheme, job.author) != (JobKind.ROTA, of.id, act.viewer.actor):
        raise Absent
    if job.state is not JobState.DONE or job.result is None:
        raise NotNow([f"STATE_{job.state.value}"])
    kind = await terms_of(act, of)
    since = date.fromisoformat(job.result["firstWeek"])
    rota = await looking.every(act, RosterEntry, {"scheme": of.id}, order="day", since=since)
    stands: dict[Any, UUID] = {(e.supporter, e.day, e.band): e.id for e in rota if e.state is not RosterState.WITHDRAWN}
    team: dict[UUID, Supporter] = {who.id: who for who in await looking.all_known(act, Supporter, {"scheme": of.id})}
    today, fresh, found = local_day(of, act.now), list[RosterEntry](), list[ProposalLaid]()
    for item in job.result["items"]:
        who, new = UUID(item["supporter"]), Shift(date.fromisoformat(item["day"]), Band(item["band"]))
        entry, codes = stands.get((who, new.day, new.band)), tuple[str, ...]()
        if entry is not None:
            codes = ("ALREADY_ROSTERED",) if keep else ()
        elif new.day < today:
            codes = ("DAY_HAS_PASSED",)
        elif keep:
            try:
                if (man := team.get(who)) is None or new.band not in kind.bands:
                    raise NotNow([NOT_AVAILABLE])
                fresh.append(await placed(act, of, kind, man, new, wing=item["wing"], besides=fresh))
            except NotNow as refused:
                codes = tuple(failure.code for failure in refused.failures)
            else:
                entry = fresh[-1].id
                act.keep(fresh[-1])
                act.disclose(fresh[-1])
        found.append(ProposalLaid(who, new.day, new.band, entry, codes))
    return found


def _when(shift: Shift) -> dict[str, Any]:
    return {"day": f"{shift.day}", "band": shift.band.value}
