"""The forecast, looked up: of one scheme, of a prison's, of all prisons of a jurisdiction.

As many looks for a prison as for one scheme. The looks note no sight: what they decide is told in numbers of people, to
whoever may read how the scheme stands. No name is read; a prison number is, to ask when its bearer is to be released.

Who gives cover, by where he stands:

    ACTIVE                        yes, if his certificate holds today; in no week at whose end he is away. That it ends
                                  in these weeks is told beside: a refresher mends it, and no recruiting
    PROBATION, IN_TRAINING,       from the day on which he will be active at the earliest, by the usual chance of
    ACCEPTED                      getting so far; on probation only with a certificate that holds
    PAUSED, SUSPENDED, LAPSED     no, and they are told as one number. None of them has left: that they come back has no
                                  date, and is promised to nobody; their stay goes on in the usual drop-out
    all others                    no. Who was ever active and left, or was removed, is a leaver of the usual drop-out
                                  from that day; who failed, or left while he was taught, is one who began and did not
                                  arrive. Applicants are in no number
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.life.plans import Where
from domain.people.record import Person
from domain.ports import Releases
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme, SchemeState
from domain.schemes.sheet import Kind
from domain.supporters.availability import Interval
from domain.supporters.availability import read as intervals
from domain.supporters.record import LeavingReason, Standing, Supporter
from domain.turnover import holds as transfer_holds
from domain.turnover.forecast import WEEKS, Coming, Forecast, Lead, ReleaseKnown, Serving, forecast, lead
from domain.turnover.holds import Holds, TransferHold
from domain.turnover.survival import Stay, usual

KEPT: Final = timedelta(days=365)
"""How long a supporter's record outlives his role: what ended before is observed by nobody."""
_NOT_HIS_LEAVING: Final = frozenset({LeavingReason.RELEASED, LeavingReason.ROLE_ENDED, LeavingReason.SCHEME_CLOSED})
_NO_COVER: Final = frozenset({Standing.PAUSED, Standing.SUSPENDED, Standing.LAPSED})
_ON_THE_WAY: Final = frozenset({Standing.ACCEPTED, Standing.IN_TRAINING, Standing.PROBATION})
_FIELDS: Final = (
    *("scheme", "person", "standing", "applied_on", "probation_from", "active_from", "left_on", "left_for"),
    *("certificate_expires_on", "away", "trained_by"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """The forecast of one scheme, and what became of its requests for holds."""

    scheme: Scheme
    forecast: Forecast
    holds: Holds


@dataclass(frozen=True, slots=True)
class _One:
    """What is read of a supporter."""

    scheme: UUID
    person: UUID
    standing: Standing
    applied_on: date
    probation_from: date | None
    active_from: date | None
    left_on: date | None
    left_for: LeavingReason | None
    certified_until: date | None
    away: tuple[Interval, ...]
    taught: bool

    def certified(self, today: date) -> bool:
        """Whether his certificate holds."""
        return self.certified_until is not None and self.certified_until >= today


async def stays_of(act: Act, scheme: Scheme) -> list[Stay]:
    """How long those stayed, or have stayed, who were ever active in a scheme."""
    return _stays(await _supporters(act, {"scheme": scheme.id}), local_day(scheme, act.now), frozenset())


async def of_scheme(begin: Begin, id: UUID, releases: Releases) -> Told:
    """The forecast of one scheme."""
    async with begin(Verb.READ_FORECAST) as act:
        scheme = await act.fetch(Scheme, id)
        return (await _of_all(act, [scheme], {"scheme": scheme.id}, releases))[0]


async def of_reach(begin: Begin, prison: str | None, releases: Releases) -> list[Told]:
    """The forecast of each scheme in reach that has not closed; of one prison, where it is named."""
    async with begin(Verb.READ_FORECAST) as act:
        by_prison: dict[tuple[str, str], list[Scheme]] = defaultdict(list)
        for scheme in await looking.every(act, Scheme, {} if prison is None else {"prison": prison}):
            if scheme.state is not SchemeState.CLOSED:
                by_prison[scheme.jurisdiction, scheme.prison].append(scheme)
        found: list[Told] = []
        for (jurisdiction, code), schemes in sorted(by_prison.items()):
            found += await _of_all(act, schemes, {"jurisdiction": jurisdiction, "prison": code}, releases)
        return found


async def of_jurisdiction(
    begin: Callable[[], Begin], jurisdiction: str, releases: Releases, told: Callable[[int], Awaitable[None]]
) -> list[Told]:
    """Prison by prison, an act each; `told` is given how far it has got, in per cent."""
    async with begin()(Verb.TICK) as act:
        places = sorted({s.prison for s in await _schemes(act, {"jurisdiction": jurisdiction})})
    found: list[Told] = []
    for number, prison in enumerate(places):
        found += await of_prison(begin(), jurisdiction, prison, releases)
        if 100 * (number + 1) // len(places) // 10 > 100 * number // len(places) // 10:
            await told(min(99, 100 * (number + 1) // len(places)))
    return found


async def of_prison(begin: Begin, jurisdiction: str, prison: str, releases: Releases) -> list[Told]:
    """Each of a prison's schemes that has not closed, in one act of the service's."""
    where = {"jurisdiction": jurisdiction, "prison": prison}
    async with begin(Verb.TICK) as act:
        return await _of_all(act, await _schemes(act, where), where, releases)


async def _schemes(act: Act, where: Where) -> list[Scheme]:
    return [s for s in await looking.all_known(act, Scheme, where) if s.state is not SchemeState.CLOSED]


async def _of_all(act: Act, schemes: Sequence[Scheme], where: Where, releases: Releases) -> list[Told]:
    if not schemes:
        return []
    by_scheme: dict[UUID, list[_One]] = defaultdict(list)
    for one in await _supporters(act, where):
        by_scheme[one.scheme].append(one)
    asked: dict[UUID, list[TransferHold]] = defaultdict(list)
    for hold in await looking.all_known(act, TransferHold, where):
        asked[hold.scheme].append(hold)
    there = [one for s in schemes for one in by_scheme[s.id] if one.left_on is None]
    days = await _releases(act, schemes[0].prison, {one.person for one in there}, releases)
    terms: dict[tuple[str, int | None], Kind] = {}
    for s in schemes:
        if (s.kind, s.kind_version) not in terms:
            terms[s.kind, s.kind_version] = await terms_of(act, s)
    return [
        Told(
            s,
            _forecast(act, s, terms[s.kind, s.kind_version], by_scheme[s.id], asked[s.id], days),
            transfer_holds.counted(asked[s.id]),
        )
        for s in schemes
    ]


async def _supporters(act: Act, where: Where) -> list[_One]:
    """Read by column: of ten thousand no name is opened, and no record made."""
    rows = await looking.down(act, Supporter, where, _FIELDS)
    return [
        _One(
            *(UUID(str(s)), UUID(str(p)), Standing(st), a, pf, af, lo, None if lf is None else LeavingReason(lf)),
            *(until, tuple(intervals(away)), bool(taught)),
        )
        for s, p, st, a, pf, af, lo, lf, until, away, taught in rows
    ]


async def _releases(act: Act, prison: str, persons: set[UUID], releases: Releases) -> Mapping[UUID, date | None] | None:
    """When these are to be released, by our own id. None: it cannot be asked."""
    if not persons:
        return {}
    numbers = await looking.down(act, Person, {"prison": prison}, ("id", "identifier"))
    number = {UUID(str(id)): n for id, n in numbers}
    days = await releases(prison, [number[p] for p in sorted(persons) if p in number])
    return None if days is None else {p: days.get(number[p]) if p in number else None for p in persons}


def _forecast(
    act: Act,
    scheme: Scheme,
    kind: Kind,
    all_: Sequence[_One],
    asked: Sequence[TransferHold],
    days: Mapping[UUID, date | None] | None,
) -> Forecast:
    today = local_day(scheme, act.now)
    held: Mapping[UUID, date] = {h.person: h.until for h in asked if h.stands(act.now)}
    own = [(o.active_from - o.applied_on).days for o in all_ if o.active_from is not None and not _carried(o)]
    takes = lead(own, kind.training_hours, kind.probation_days)

    def release(one: _One) -> dict[str, Any]:
        if days is None:
            return {"known": ReleaseKnown.NOT_ASKED}
        day = days.get(one.person)
        return {"release": day, "known": ReleaseKnown.UNKNOWN if day is None else ReleaseKnown.DATE}

    active = [o for o in all_ if o.standing is Standing.ACTIVE and o.active_from is not None]
    serving = [o for o in active if o.certified(today)]
    ends = today + timedelta(weeks=WEEKS)
    began = [o for o in all_ if o.active_from is not None or (o.left_on is not None and _trained(o))]
    return forecast(
        today=today,
        minimum=scheme.supporters_needed,
        serving=[
            Serving(
                served=max(0, (today - (o.active_from or today)).days),
                held_until=held.get(o.person),
                away=o.away,
                **release(o),
            )
            for o in serving
        ],
        coming=[
            Coming(active_on=_active_on(o, today, takes), release=release(o).get("release"), away=o.away)
            for o in all_
            if o.standing in _ON_THE_WAY and (o.standing is not Standing.PROBATION or o.certified(today))
        ],
        usual=usual(_stays(all_, today, frozenset())),
        held=usual(_stays(all_, today, frozenset({LeavingReason.TRANSFERRED}))),
        started=len(began),
        arrived=sum(o.active_from is not None for o in began),
        lead=takes,
        no_cover=sum(o.standing in _NO_COVER for o in all_) + len(active) - len(serving),
        renewals=sum(o.certified_until is not None and o.certified_until < ends for o in serving),
    )


def _carried(one: _One) -> bool:
    """Whether he was active before he applied here: certificates that came with him say nothing of our own pace."""
    return one.active_from is not None and one.active_from < one.applied_on


def _trained(one: _One) -> bool:
    """Whether somebody who left without ever being active had begun: he was taught, and not only waiting."""
    begun = one.taught or one.probation_from is not None or one.standing is Standing.TRAINING_FAILED
    return begun and one.left_on is not None and one.left_for not in _NOT_HIS_LEAVING


def _stays(all_: Sequence[_One], today: date, besides: frozenset[LeavingReason]) -> list[Stay]:
    """The stays of those who were ever active, as far as they are observed. `besides`: reasons for leaving that are no
    leaving here."""
    seen_from, found = today - KEPT, list[Stay]()
    for one in all_:
        if one.active_from is None:
            continue
        ended = one.left_on or today
        since = max(0, (seen_from - one.active_from).days)
        served = max(0, (ended - one.active_from).days)
        left = one.left_on is not None and one.left_for not in _NOT_HIS_LEAVING | besides
        if served > since:
            found.append(Stay(served, left, since))
    return found


def _active_on(one: _One, today: date, takes: Lead) -> date:
    """The day on which somebody in training will be active at the earliest; never a day that has passed."""
    match one.standing:
        case Standing.PROBATION if one.probation_from is not None:
            due = one.probation_from + timedelta(days=takes.probation)
            return max(due, today + timedelta(days=1))
        case Standing.IN_TRAINING:
            soonest = today + timedelta(days=takes.probation)
        case _:
            soonest = today + timedelta(days=takes.training + takes.probation)
    return max(one.applied_on + timedelta(days=takes.days), soonest)
