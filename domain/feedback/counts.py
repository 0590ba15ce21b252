"""Feedback in counts: of a quarter that is over, and of nothing finer, each through disclosure control (rules 12, 19).

A quarter is told once nothing more can come to it, so that what was told never changes. Supporters hear of what those
helped said by single-use codes, five or more of them, and of nothing else: a word of one man would be told by any
change (rule 12).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.feedback.codes import following, quarter_of
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.counts import Told, each_one
from domain.kernel.days import local_day, months_after
from domain.kernel.errors import Failure, Unreadable
from domain.oversight.control import Sum, let_out
from domain.schemes.record import Scheme

CLOSES: Final = timedelta(days=14)
"""So long after its end a quarter is told: its last week is mixed by then."""
DISTINCT: Final = 5
"""Supporters are told of so many distinct codes at least."""


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """What one group said: how many, how they rated it, how many would again, and their themes. 1 to 7 are not told,
    all else to the nearest 5."""

    voice: Voice
    given: Told | None
    ratings: tuple[Told | None, ...]
    """Of the ratings 1 to 5, in order."""
    would_again: Told | None
    themes: dict[Theme, Told | None]


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """The counts of one scheme and quarter."""

    quarter: date
    voices: tuple[VoiceCount, ...] = field(default=())


async def counted(begin: Begin, scheme: UUID, quarter: date | None = None) -> FeedbackCounts:
    """Of the last quarter that is told, or of an earlier one by any of its days."""
    async with begin(Verb.READ_FEEDBACK_COUNTS) as act:
        of = await act.fetch(Scheme, scheme)
        last = last_told(of, act)
        asked = last if quarter is None else quarter_of(quarter)
        if asked > last:
            raise Unreadable([Failure("QUARTER_NOT_OVER", "query:quarter")])
        return await _counts(act, of, asked)


def last_told(of: Scheme, act: Act) -> date:
    """The first day of the last quarter that is told."""
    return months_after(quarter_of(local_day(of, act.now) - CLOSES), -3)


async def said_in(act: Act, scheme: UUID, quarter: date) -> list[Feedback]:
    """All feedback of the weeks that begin in a quarter."""
    found = await looking.all_known(act, Feedback, {"scheme": scheme}, order="week_of", since=quarter)
    return [each for each in found if each.week_of < following(quarter)]


async def _counts(act: Act, of: Scheme, quarter: date) -> FeedbackCounts:
    found = await said_in(act, of.id, quarter)
    if act.viewer.role is not Role.SUPPORTER:
        return FeedbackCounts(quarter, tuple(of_voice(voice, found) for voice in Voice))
    theirs = [each for each in found if each.voice is Voice.RECIPIENT and each.by_code]
    if 0 < len(theirs) < DISTINCT:
        nothing = dict[Theme, Told | None].fromkeys(Theme)
        return FeedbackCounts(quarter, (VoiceCount(Voice.RECIPIENT, None, (None,) * 5, None, nothing),))
    return FeedbackCounts(quarter, (of_voice(Voice.RECIPIENT, theirs),))


def of_voice(voice: Voice, found: Sequence[Feedback]) -> VoiceCount:
    theirs = [each for each in found if each.voice is voice]
    # Each is taken for somebody's own: who said it is not kept. That all rated it alike is not told.
    n = Counter[int | str](each.rating for each in theirs)
    n.update(theme for each in theirs for theme in set(each.themes))
    n["given"] = len(theirs)
    n["again"] = sum(each.would_again is True for each in theirs)
    n["not again"] = n["given"] - n["again"]
    ratings = tuple(range(1, 6))
    told = let_out(
        {word: each_one(n[word]) for word in (*ratings, *Theme, "given", "again", "not again")},
        [Sum("given", ratings, alike=True), Sum("given", ("again", "not again"))],
    )
    return VoiceCount(
        voice,
        told["given"],
        tuple(told[rating] for rating in ratings),
        told["again"],
        {theme: told[theme] for theme in Theme},
    )
