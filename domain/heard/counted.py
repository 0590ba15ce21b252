"""Who hears what of a quarter's feedback (rule 12). How those helped rated a scheme is let out in one place, with all
other figures of that quarter (`domain.metrics.releasing`): what is told here is that figure, and what is told beside it
gives way to it. The same ratings let out twice, each time rounded by themselves, would tell a single one.

Supporters hear of it where eight or more single-use codes were used, and of nothing else: that there was one piece of
feedback, or none, looks the same to them.
"""

from datetime import date
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.feedback.codes import quarter_of
from domain.feedback.counts import RATINGS, FeedbackCounts, VoiceCount, last_told, of_voice, said_in, untold
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.counts import Told, bounds, released
from domain.kernel.errors import Failure, Unreadable
from domain.metrics.reading import let
from domain.metrics.record import Figure, FigurePeriod
from domain.metrics.series import ALL, Series
from domain.ports import Query
from domain.schemes.record import Scheme


async def counted(begin: Begin, scheme: UUID, quarter: date | None = None) -> FeedbackCounts:
    """Of the last quarter that is told, or of an earlier one by any of its days."""
    async with begin(Verb.READ_FEEDBACK_COUNTS) as act:
        of = await act.fetch(Scheme, scheme)
        last = last_told(of, act)
        asked = last if quarter is None else quarter_of(quarter)
        if asked > last:
            raise Unreadable([Failure("QUARTER_NOT_OVER", "query:quarter")])
        found = await said_in(act, of.id, asked)
        of_helped = [each for each in found if each.voice is Voice.RECIPIENT]
        if act.viewer.role is Role.SUPPORTER and not released(sum(each.by_code is True for each in of_helped)):
            return FeedbackCounts(asked, (untold(Voice.RECIPIENT),))
        helped = _helped(await _ratings(act, of, asked), of_helped)
        if act.viewer.role is Role.SUPPORTER:
            return FeedbackCounts(asked, (helped,))
        others = (of_voice(voice, found) for voice in Voice if voice is not Voice.RECIPIENT)
        return FeedbackCounts(asked, (helped, *others))


async def _ratings(act: Act, of: Scheme, quarter: date) -> dict[int | str, Told | None] | None:
    """How those helped rated it, as it was let out; None: the quarter's figures are not let out yet."""
    asked = {"scheme": of.id, "series": Series.RATINGS, "period": FigurePeriod.QUARTER, "first": quarter}
    for figure in await act.known(Figure, Query(equal=asked, limit=1)):
        told = {word: let(n) for word, n in zip(figure.words, figure.told, strict=True)}
        return {"given": told[ALL], **{rating: told[f"RATED_{rating}"] for rating in RATINGS}}
    return None


def _helped(told: dict[int | str, Told | None] | None, found: list[Feedback]) -> VoiceCount:
    given = None if told is None else told["given"]
    if told is None or given is None:
        return untold(Voice.RECIPIENT)
    least, most = bounds(given)
    if not least <= len(found) <= most:
        # Some were mixed only after their month had been counted: beside the figure the rest would tell how many.
        ratings = tuple(told[rating] for rating in RATINGS)
        return VoiceCount(Voice.RECIPIENT, given, ratings, None, dict[Theme, Told | None].fromkeys(Theme))
    return of_voice(Voice.RECIPIENT, found, told)
