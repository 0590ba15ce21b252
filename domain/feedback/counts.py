"""Feedback in counts: of a quarter that is over, and of nothing finer, each through disclosure control (rules 12, 19).

A quarter is told once nothing more can come to it, so that what was told never changes. Who reads what of it:
`domain.heard`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act
from domain.feedback.codes import following, quarter_of
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.counts import Told, each_one
from domain.kernel.days import local_day, months_after
from domain.oversight.control import Sum, let_out
from domain.schemes.record import Scheme

CLOSES: Final = timedelta(days=14)
"""So long after its end a quarter is told: its last week is mixed by then."""
RATINGS: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """What one group said: how many, how they rated it, how many would again, and their themes. 1 to 7 are not told,
    all else to the nearest 5. None: that is small, or might give another away, or is not let out."""

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


def last_told(of: Scheme, act: Act) -> date:
    """The first day of the last quarter that is told."""
    return months_after(quarter_of(local_day(of, act.now) - CLOSES), -3)


async def said_in(act: Act, scheme: UUID, quarter: date) -> list[Feedback]:
    """All feedback of the weeks that begin in a quarter."""
    found = await looking.all_known(act, Feedback, {"scheme": scheme}, order="week_of", since=quarter)
    return [each for each in found if each.week_of < following(quarter)]


def untold(voice: Voice) -> VoiceCount:
    """Nothing is told of what this group said, not even whether it said anything."""
    return VoiceCount(voice, None, (None,) * len(RATINGS), None, dict[Theme, Told | None].fromkeys(Theme))


def of_voice(
    voice: Voice, found: Sequence[Feedback], earlier: Mapping[int | str, Told | None] | None = None
) -> VoiceCount:
    """What this group said. `earlier`: what was let out of it before, `given` and by rating: it stands, and all else
    gives way to it."""
    theirs = [each for each in found if each.voice is voice]
    # Each is taken for somebody's own: who said it is not kept. That all rated it alike is not told.
    n = Counter[int | str](each.rating for each in theirs)
    n.update(theme for each in theirs for theme in set(each.themes))
    n["given"] = len(theirs)
    n["again"] = sum(each.would_again is True for each in theirs)
    n["not again"] = n["given"] - n["again"]
    told = let_out(
        {word: each_one(n[word]) for word in (*RATINGS, *Theme, "given", "again", "not again")},
        [Sum("given", RATINGS, alike=True), Sum("given", ("again", "not again"))],
        earlier,
    )
    return VoiceCount(
        voice,
        told["given"],
        tuple(told[rating] for rating in RATINGS),
        told["again"],
        {theme: told[theme] for theme in Theme},
    )
