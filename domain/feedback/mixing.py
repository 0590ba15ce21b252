"""What becomes of what was said by a code: of a week that is over, all of it together, in rows with fresh ids whose
order says nothing (rules 1 and 12). A pulse's answers wait for the quarter's end, and become counts alone.

A complaint keeps the id that its letter had, for whoever made it asks by a code made of it. Codes whose time has passed
are deleted.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.incidents import Against
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.feedback import codes
from domain.feedback.by_code import BOX, SaidByCode
from domain.feedback.codes import FeedbackCode, FeedbackSheets, following, quarter_of
from domain.feedback.complaints import ANSWERED_WITHIN, Complaint, ComplaintAbout, ComplaintFrom, goes_up
from domain.feedback.pulses import ITEMS, PulseGroup, PulseItem, PulseResult, WhyNotUsed, scored, told_of
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.counts import released
from domain.kernel.days import local_day, months_after, zone_of
from domain.kernel.ids import ComplaintId, FeedbackId, PulseResultId
from domain.ports import Letter
from domain.schemes.belonging import scheme_place
from domain.schemes.record import Scheme

WEEK: Final = timedelta(days=7)
SETTLES: Final = timedelta(days=2)
"""So long after a quarter's end its pulses are counted."""
_LAST: Final = (PulseGroup.STAFF, ITEMS[PulseGroup.STAFF][-1])
"""All rows of a scheme and quarter are made at once: that this one is there says that they are."""


async def mix(begin: Callable[[], Begin]) -> int:
    """All weeks and quarters that are over, a prison at a time. How many letters, and codes that ran out."""
    done = 0
    while mixed := await _one_prison(begin()):
        done += mixed
    while (counted := await _one_prisons_pulses(begin())) is not None:
        done += counted
    return done + await _end_codes(begin())


async def _one_prison(begin: Begin) -> int:
    """What was said in weeks that are over, but for pulses."""
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        due = [letter for letter in await act.lying(BOX) if _of_a_week(letter) and _week_is_over(letter, act.now)]
        due = [letter for letter in due if letter.plain["prison"] == due[0].plain["prison"]]
        _keep(act, [row for letter in due if (row := await _row(act, letter.plain)) is not None])
        for letter in due:
            act.post(letter)
        return len(due)


def _keep(act: Act, rows: Iterable[Record]) -> None:
    # Rows lie in a dump as they were made: in the order of random ids they say nothing of letters or of each other.
    for row in sorted(rows, key=lambda each: (each.shape.kind, each.id)):
        act.keep_beside(row)


def _of_a_week(letter: Letter) -> bool:
    return letter.plain["what"] != SaidByCode.PULSE


def _week_is_over(letter: Letter, now: datetime) -> bool:
    today = now.astimezone(zone_of(letter.plain["jurisdiction"])).date()
    return today >= date.fromisoformat(letter.plain["week"]) + WEEK


async def _row(act: Act, told: Mapping[str, Any]) -> Record | None:
    """None: a scheme that is gone has taken with it what was said of it."""
    scheme = await act.known_one(Scheme, UUID(told["scheme"]))
    if scheme is None:
        return None
    return _feedback(act, scheme, told) if told["what"] == SaidByCode.FEEDBACK else _complaint(scheme, told)


async def _one_prisons_pulses(begin: Begin) -> int | None:
    """The quarters that are over and not counted yet: of every scheme that is open, and of every one of which sheets
    were printed, whether or not anybody answered. That a row is there tells of nobody. How many letters; None: there
    was nothing to count."""
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        schemes: dict[UUID, Scheme] = {scheme.id: scheme for scheme in await looking.all_known(act, Scheme, {})}
        wanted = await _to_be_counted(act, schemes)
        answers = [letter for letter in await act.lying(BOX) if not _of_a_week(letter)]
        answers = [each for each in answers if _quarter(each) <= last_over(each.plain["jurisdiction"], act.now)]
        prisons = sorted({schemes[id].prison for id, _ in wanted} | {each.plain["prison"] for each in answers})
        if not prisons:
            return None
        answers = [each for each in answers if each.plain["prison"] == prisons[0]]
        told = defaultdict[tuple[UUID, date], list[Mapping[str, Any]]](list)
        for each in answers:
            told[UUID(each.plain["scheme"]), _quarter(each)].append(each.plain)
            act.post(each)
        due = [(schemes[id], quarter) for id, quarter in wanted if schemes[id].prison == prisons[0]]
        _keep(act, [row for of, quarter in due for row in _results(act, of, quarter, told[of.id, quarter])])
        return len(answers)


def last_over(jurisdiction: str, now: datetime) -> date:
    """The first day of the last quarter whose pulses are counted."""
    return months_after(quarter_of(now.astimezone(zone_of(jurisdiction)).date() - SETTLES), -3)


def _quarter(letter: Letter) -> date:
    return date.fromisoformat(letter.plain["quarter"])


async def _to_be_counted(act: Act, schemes: Mapping[UUID, Scheme]) -> list[tuple[UUID, date]]:
    last: dict[UUID, date] = {of.id: last_over(of.jurisdiction, act.now) for of in schemes.values()}
    wanted: set[tuple[UUID, date]] = {(of.id, last[of.id]) for of in schemes.values() if of.open}
    for sheets in await looking.all_known(act, FeedbackSheets, {}):
        # A code is good for some days of the quarter after, and whoever answers with it then is counted in that.
        of = (sheets.quarter, following(sheets.quarter))
        wanted |= {(sheets.scheme, q) for q in of if sheets.scheme in schemes and q <= last[sheets.scheme]}
    quarters = frozenset(quarter for _, quarter in wanted)
    group, item = _LAST
    there = {"quarter": quarters, "of_group": group, "item": item}
    counted = {(each.scheme, each.quarter) for each in await looking.all_known(act, PulseResult, there)}
    return sorted(wanted - counted)


def _feedback(act: Act, of: Scheme, told: Mapping[str, Any]) -> Record:
    return Feedback(
        id=FeedbackId(act.new_id()),
        **scheme_place(of),
        closed=of.closed,
        voice=Voice(told["voice"]),
        rating=told["rating"],
        themes=tuple(Theme(each) for each in told["themes"]),
        would_again=told["would_again"],
        words=told.get("words"),
        week_of=date.fromisoformat(told["week"]),
        helped_to_answer=told["helped_to_answer"],
        by_code=None if told.get("by_token") else True,
    )


def _complaint(of: Scheme, told: Mapping[str, Any]) -> Record:
    week, against = date.fromisoformat(told["week"]), Against(told["against"])
    return Complaint(
        id=ComplaintId(UUID(told["id"])),
        **scheme_place(of),
        about=ComplaintAbout(told["about"]),
        against=against,
        goes_up=goes_up(against),
        came_from=ComplaintFrom.NOT_SAID,
        week_of=week,
        answer_by=week + ANSWERED_WITHIN,
    )


def _results(act: Act, of: Scheme, quarter: date, told: Sequence[Mapping[str, Any]]) -> Iterator[Record]:
    """A row for each group and item, whether or not anybody answered it: else that there is one would tell that
    somebody did."""
    for group, items in ITEMS.items():
        theirs = [each for each in told if each["group"] == group]
        for item in items:
            answers = [each["answers"][item] for each in theirs if item in each["answers"]]
            score = scored(item, answers)
            reasons = _reasons(theirs) if group is PulseGroup.NON_USERS and item is items[0] else {}
            yield PulseResult(
                id=PulseResultId(act.new_id()),
                **scheme_place(of),
                quarter=quarter,
                of_group=group,
                item=PulseItem(item),
                answered=told_of(len(answers)),
                score=None if score is None else score.mean,
                lowest=None if score is None else score.low,
                highest=None if score is None else score.high,
                why_not=tuple(reasons),
                why_not_times=tuple(reasons.values()),
            )


def _reasons(told: Iterable[Mapping[str, Any]]) -> dict[WhyNotUsed, int]:
    times = Counter(WhyNotUsed(each["why_not"]) for each in told if each["why_not"] is not None)
    about = {why: released(times[why]) for why in sorted(times)}
    return {why: n for why, n in about.items() if n}


async def _end_codes(begin: Begin) -> int:
    async with begin.serially(Verb.TICK) as act:
        # In the order of their quarters: what is over comes first.
        found = await looking.all_known(act, FeedbackCode, {}, order="quarter")
        over = [each for each in found if codes.over(each, local_day(each, act.now))]
        sheets = await looking.all_known(act, FeedbackSheets, {})
        for each in (*over, *(each for each in sheets if codes.settled(each, local_day(each, act.now)))):
            act.erase(each)
        return len(over)
