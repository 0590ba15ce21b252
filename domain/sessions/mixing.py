"""The mixer: at a month's end it opens the letterboxes of a prison, and makes of what lies there rows without a day or
an order, with fresh ids, in one transaction (rules 1 and 2).

A row says prison, month, day or night. Its other values come each from another letter: how long a talk was is known to
whoever unlocked for it, and a row that kept it beside the concerns would tell him those. Where fewer than five of a
kind would say the same, none is made: those letters wait for the quarter, and then their number alone is kept. So is
that of letters whose month was closed before they came. The letters go in the same transaction; its line in the ledger
tells the day, and names none of them.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import months_after, zone_of
from domain.kernel.ids import MixedTallyId, MonthCountId, ResidueId
from domain.ports import Letter, Query
from domain.schemes.record import Scheme
from domain.sessions.codes import Concern, DurationBand, YesNoUnknown
from domain.sessions.mixed import CameTo, MixedTally, MonthCount, Residue
from domain.sessions.tally import BOX as TALLIES
from domain.sessions.tally import DayOrNight

REQUESTS: Final = "residue"
"""The letterbox of what is left of requests."""
PERIODS: Final = "period"
"""The letterbox of the keys by which people are told apart for a month, and not after."""
FEWEST: Final = 5
"""Of fewer alike no rows are made. A default of ours, as rule 1 has it."""
OPEN_FOR: Final = timedelta(days=2)
"""How long a month stays open after its end: the last night's requests leave the tables the morning after."""
WAITS: Final = ("minutes_to_offer", "minutes_to_accept", "minutes_to_unlock", "minutes_in_all")
_QUARTER: Final = 3


async def mix(begin: Callable[[], Begin]) -> int:
    """All months that are over and not closed yet, one prison and one month after the other. How many."""
    done = 0
    while await _one_month(begin()):
        done += 1
    return done


async def _one_month(begin: Begin) -> bool:
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        due = await _due(act)
        if due is not None:
            await _mixed(act, *due)
        return due is not None


async def _due(act: Act) -> tuple[str, str, date] | None:
    """(jurisdiction, prison, month) of one that is to be closed."""
    schemes = await looking.all_known(act, Scheme, {"closed": True})
    for jurisdiction, prison in sorted({(s.jurisdiction, s.prison) for s in schemes}):
        last = months_after((act.now.astimezone(zone_of(jurisdiction)) - OPEN_FOR).date().replace(day=1), -1)
        if await act.known(MonthCount, Query(equal={"prison": prison, "month": last}, limit=1)):
            continue
        closed = [each.month for each in await looking.all_known(act, MonthCount, {"prison": prison})]
        return jurisdiction, prison, months_after(max(closed), 1) if closed else await _earliest(act, prison, last)
    return None


async def _earliest(act: Act, prison: str, last: date) -> date:
    """Where no month was ever closed: that of the oldest letter, and at the latest the last one that is over. To begin
    with that would make latecomers of whatever was handed in before."""
    lying = [letter for box in (TALLIES, REQUESTS) for letter in await _up_to(act, box, prison, last)]
    return min([last, *(date.fromisoformat(f"{letter.plain['month']}-01") for letter in lying)])


async def _mixed(act: Act, jurisdiction: str, prison: str, month: date) -> None:
    boxes = {box: await _up_to(act, box, prison, month) for box in (TALLIES, REQUESTS)}
    told = {box: _told(letters, month) for box, letters in boxes.items()}
    where: dict[str, Any] = {"jurisdiction": jurisdiction, "prison": prison, "month": month}
    rows: list[Record] = [_tally(act, values, where) for values in _mingled(act, told[TALLIES])]
    rows += [_residue(act, values, where) for values in _mingled(act, told[REQUESTS])]
    # Rows lie in a dump as they were made: in the order of random ids they say nothing of letters or of each other.
    for row in sorted(rows, key=lambda each: (each.shape.kind, each.id)):
        act.keep_beside(row)
    ends = month.month % _QUARTER == 0
    left = {box: len(letters) - len(told[box]) for box, letters in boxes.items()} if ends else {}
    counted = MonthCount(
        id=MonthCountId(act.new_id()),
        tallies=len(told[TALLIES]),
        requests=len(told[REQUESTS]),
        tallies_of_the_quarter=left.get(TALLIES),
        requests_of_the_quarter=left.get(REQUESTS),
        **_people(told[REQUESTS]),
        **where,
    )
    act.keep_beside(counted)
    for box in boxes:
        for letter in boxes[box] if ends else told[box]:
            act.post(letter)
    for key in await _up_to(act, PERIODS, prison, month):
        act.post(key)


async def _up_to(act: Act, box: str, prison: str, month: date) -> list[Letter]:
    """What lies in a box of this prison, of this month or an earlier one."""
    return [
        letter
        for letter in await act.lying(box)
        if letter.plain["prison"] == prison and letter.plain["month"] <= f"{month:%Y-%m}"
    ]


def _told(letters: Iterable[Letter], month: date) -> list[Letter]:
    """Those of the month of which rows are made: five or more of its days, or of its nights."""
    of_month = [letter for letter in letters if letter.plain["month"] == f"{month:%Y-%m}"]
    alike = Counter(letter.plain["part"] for letter in of_month)
    return [letter for letter in of_month if alike[letter.plain["part"]] >= FEWEST]


def _mingled(act: Act, letters: Sequence[Letter]) -> Iterator[Mapping[str, Any]]:
    """As many rows as letters; of a part's letters each value goes to any row, without the others that came with it."""
    for part in DayOrNight:
        alike = [letter.plain for letter in letters if letter.plain["part"] == part]
        names = sorted({name for plain in alike for name in plain})
        drawn = {name: sorted((plain.get(name) for plain in alike), key=lambda _: act.new_id()) for name in names}
        for values in zip(*drawn.values(), strict=True):
            yield dict(zip(drawn, values, strict=True))


def _tally(act: Act, told: Mapping[str, Any], where: dict[str, Any]) -> MixedTally:
    return MixedTally(
        id=MixedTallyId(act.new_id()),
        part=DayOrNight(told["part"]),
        duration=DurationBand(told["duration"]),
        concerns=tuple(sorted(Concern(each) for each in told["concerns"])),
        **{name: YesNoUnknown(told[name]) for name in ("first_time", "suicidal_feelings", "self_harm")},
        **where,
    )


def _residue(act: Act, told: Mapping[str, Any], where: dict[str, Any]) -> Residue:
    return Residue(
        id=ResidueId(act.new_id()),
        part=DayOrNight(told["part"]),
        came_to=CameTo(told["outcome"]),
        **{name: told.get(name) for name in WAITS},
        **where,
    )


def _people(letters: Sequence[Letter]) -> dict[str, int | None]:
    if len(letters) < FEWEST:
        return {"people": None, "unnamed": None}
    named = [letter.plain["who"] for letter in letters if letter.plain["who"] is not None]
    return {"people": len(set(named)), "unnamed": len(letters) - len(named)}


class Periods:
    """The keys of open months, one for each prison and month. Each lies in a letterbox, and is taken out with the
    letters in which it told people apart: then nobody, with all other keys too, can try who it was."""

    def __init__(self, act: Act, keys: dict[tuple[str, str], str]) -> None:
        self._act = act
        self._keys = keys

    @classmethod
    async def open(cls, act: Act) -> "Periods":
        """Those that lie there."""
        lying = await act.lying(PERIODS)
        return cls(act, {(key.plain["prison"], key.plain["month"]): key.plain["key"] for key in lying})

    def told_apart(self, prison: str, month: str, recipient: str | None) -> str | None:
        """What is alike for whoever was named alike in the month, whatever the case and the spaces; None: he was not
        named."""
        named = "".join((recipient or "").split()).casefold()
        if not named:
            return None
        if (prison, month) not in self._keys:
            key = self._act.new_id().hex + self._act.new_id().hex
            self._keys[prison, month] = key
            self._act.post(Letter(PERIODS, {"prison": prison, "month": month, "key": key}))
        return hmac.new(bytes.fromhex(self._keys[prison, month]), named.encode(), hashlib.sha256).hexdigest()[:32]
