"""What becomes of what was said by a code: of a week that is over, all of it together, in rows with fresh ids whose
order says nothing (rules 1 and 12). A pulse's answers wait for the quarter's end, and become counts alone.

A complaint keeps the id that its letter had, for whoever made it asks by a code made of it. Codes whose time has passed
are deleted.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.incidents import GOES_UP, Against
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.feedback import codes
from domain.feedback.by_code import BOX, SaidByCode
from domain.feedback.codes import FeedbackCode, following
from domain.feedback.complaints import ANSWERED_WITHIN, Complaint, ComplaintAbout, ComplaintFrom
from domain.feedback.pulses import ITEMS, PulseGroup, PulseItem, PulseResult, WhyNotUsed, scored, told_of
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.counts import released
from domain.kernel.days import local_day, zone_of
from domain.kernel.ids import ComplaintId, FeedbackId, PulseResultId
from domain.ports import Letter
from domain.schemes.record import Scheme

WEEK: Final = timedelta(days=7)
SETTLES: Final = timedelta(days=2)
"""So long after a quarter's end its pulses are counted."""


async def mix(begin: Callable[[], Begin]) -> int:
    """All weeks and quarters that are over, a prison at a time. How many letters."""
    done = 0
    while mixed := await _one_prison(begin()):
        done += mixed
    return done + await _end_codes(begin())


async def _one_prison(begin: Begin) -> int:
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        due = [letter for letter in await act.lying(BOX) if _is_due(letter.plain, act)]
        due = [letter for letter in due if letter.plain["prison"] == due[0].plain["prison"]]
        rows = [row async for row in _rows(act, due)]
        # Rows lie in a dump as they were made: in the order of random ids they say nothing of letters or of each other.
        for row in sorted(rows, key=lambda each: (each.shape.kind, each.id)):
            act.keep_beside(row)
        for letter in due:
            act.post(letter)
        return len(due)


def _is_due(told: Mapping[str, Any], act: Act) -> bool:
    today = act.now.astimezone(zone_of(told["jurisdiction"])).date()
    if told["what"] == SaidByCode.PULSE:
        return today >= following(date.fromisoformat(told["quarter"])) + SETTLES
    return today >= date.fromisoformat(told["week"]) + WEEK


async def _rows(act: Act, due: Sequence[Letter]) -> AsyncIterator[Record]:
    for id in sorted({letter.plain["scheme"] for letter in due}):
        scheme = await act.known_one(Scheme, UUID(id))
        if scheme is None:
            continue  # a scheme that is gone has taken with it what was said of it
        told = [letter.plain for letter in due if letter.plain["scheme"] == id]
        for each in told:
            if each["what"] == SaidByCode.FEEDBACK:
                yield _feedback(act, scheme, each)
            elif each["what"] == SaidByCode.COMPLAINT:
                yield _complaint(scheme, each)
        pulses = [each for each in told if each["what"] == SaidByCode.PULSE]
        for quarter in sorted({each["quarter"] for each in pulses}):
            answers = [each for each in pulses if each["quarter"] == quarter]
            for row in _results(act, scheme, date.fromisoformat(quarter), answers):
                yield row


def _place(of: Scheme) -> dict[str, Any]:
    return {"scheme": of.id, "jurisdiction": of.jurisdiction, "prison": of.prison, "organisation": of.organisation}


def _feedback(act: Act, of: Scheme, told: Mapping[str, Any]) -> Record:
    return Feedback(
        id=FeedbackId(act.new_id()),
        **_place(of),
        closed=of.closed,
        voice=Voice(told["voice"]),
        rating=told["rating"],
        themes=tuple(Theme(each) for each in told["themes"]),
        would_again=told["would_again"],
        week_of=date.fromisoformat(told["week"]),
        helped_to_answer=told["helped_to_answer"],
        by_code=True,
    )


def _complaint(of: Scheme, told: Mapping[str, Any]) -> Record:
    week, against = date.fromisoformat(told["week"]), Against(told["against"])
    return Complaint(
        id=ComplaintId(UUID(told["id"])),
        **_place(of),
        about=ComplaintAbout(told["about"]),
        against=against,
        goes_up=against in GOES_UP,
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
                **_place(of),
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
        for each in over:
            act.erase(each)
        return len(over)
