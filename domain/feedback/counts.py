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
from domain.kernel.counts import released
from domain.kernel.days import local_day, months_after
from domain.kernel.errors import Failure, Unreadable
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
    given: int | None
    ratings: tuple[int | None, ...]
    """Of the ratings 1 to 5, in order."""
    would_again: int | None
    themes: dict[Theme, int | None]


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
        return FeedbackCounts(quarter, tuple(_of(voice, found) for voice in Voice))
    theirs = [each for each in found if each.voice is Voice.RECIPIENT and each.by_code]
    return FeedbackCounts(quarter, (_of(Voice.RECIPIENT, theirs if len(theirs) >= DISTINCT else []),))


def _of(voice: Voice, found: Sequence[Feedback]) -> VoiceCount:
    theirs = [each for each in found if each.voice is voice]
    ratings = Counter(each.rating for each in theirs)
    themes = Counter(theme for each in theirs for theme in set(each.themes))
    return VoiceCount(
        voice,
        released(len(theirs)),
        tuple(released(ratings[n]) for n in range(1, 6)),
        released(sum(each.would_again is True for each in theirs)),
        {theme: released(themes[theme]) for theme in Theme},
    )
