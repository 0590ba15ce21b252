"""What people said of the schemes in a year, and the few tallies of this month that lie in the letterbox.

Of Listeners nobody's words or name are kept, here as anywhere (rules 12 and 20), and of past months' tallies there is
nothing: what is handed in is mixed at the month's end and never read back (rule 1).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from api.demonstration.hat import Hat
from api.demonstration.people import JURISDICTION, Prison
from domain.confidentiality.classification import Classification
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.ids import ActorId, FeedbackId
from domain.kernel.words import JURISDICTIONS
from domain.ports import Letter
from domain.schemes.kinds import kind_of
from domain.schemes.record import Scheme
from domain.sessions.codes import Concern, DurationBand, YesNoUnknown
from domain.sessions.tally import BOX, MOST_CONCERNS, DayOrNight, tally_of

WEEKS: Final = 52
_VOICES: Final = ((Voice.RECIPIENT, 60), (Voice.SUPPORTER, 25), (Voice.STAFF, 15))
_RATINGS: Final = ((5, 34), (4, 32), (3, 18), (2, 10), (1, 6))
_WELL: Final = (
    Theme.GOT_HELP_IN_TIME,
    Theme.FELT_LISTENED_TO,
    Theme.FELT_PRIVATE,
    Theme.STAFF_HELPED,
    Theme.WORKS_WELL,
)
_ILL: Final = (
    Theme.HAD_TO_WAIT,
    Theme.NOT_PRIVATE,
    Theme.STAFF_DID_NOT_HELP,
    Theme.NEED_MORE_TRAINING,
    Theme.ROLE_IS_HEAVY,
)
_WORDS: Final = (
    "I read my daughter's letter by myself.",
    "Sessions are cancelled too often.",
    "He never made me feel stupid.",
    "We need a quiet room.",
    "It gives the day a shape.",
)
# Shares of concerns follow what Samaritans publish: family, loneliness, staff and regime lead (domain facts 1.1).
_CONCERNS: Final = (
    (Concern.FAMILY, 24),
    (Concern.MENTAL_HEALTH, 22),
    (Concern.STAFF_OR_REGIME, 20),
    (Concern.LONELINESS, 16),
    (Concern.BULLYING, 6),
    (Concern.DEBT, 5),
    (Concern.FIRST_TIME_IN_PRISON, 5),
    (Concern.BEREAVEMENT, 5),
    (Concern.HOMELESSNESS, 3),
)
_LENGTHS: Final = (
    (DurationBand.UNDER_15, 10),
    (DurationBand.FROM_15_TO_30, 30),
    (DurationBand.FROM_30_TO_60, 38),
    (DurationBand.FROM_60_TO_120, 17),
    (DurationBand.OVER_120, 5),
)
_ANSWERS: Final = ((YesNoUnknown.NO, 55), (YesNoUnknown.YES, 30), (YesNoUnknown.UNKNOWN, 15))


def said_of(hat: Hat, scheme: Scheme, officer: ActorId) -> list[Feedback]:
    """A year of feedback on one scheme, most of it anonymous. `officer` signs what he says himself, now and then."""
    return [_feedback(hat, scheme, week, officer) for week in range(WEEKS) if hat.likely(0.75)]


def _feedback(hat: Hat, scheme: Scheme, week: int, officer: ActorId) -> Feedback:
    day = hat.today - timedelta(weeks=week + 1)  # what is said of this week is read once it is over
    voice, rating = hat.weighed(_VOICES), hat.weighed(_RATINGS)
    themes = hat.chance.sample(_WELL if rating > 2 else _ILL, hat.chance.randint(0, 2))
    holds_words = Classification.CONTENT in kind_of(scheme.kind).policy.holds
    signed = voice is Voice.STAFF and not scheme.closed and hat.likely(0.5)
    return Feedback(
        id=FeedbackId(hat.ids()),
        scheme=scheme.id,
        jurisdiction=scheme.jurisdiction,
        prison=scheme.prison,
        organisation=scheme.organisation,
        closed=scheme.closed,
        voice=voice,
        rating=rating,
        themes=tuple(themes),
        words=hat.chance.choice(_WORDS) if holds_words and hat.likely(0.3) else None,
        week_of=day - timedelta(days=day.weekday()),
        helped_to_answer=voice is Voice.RECIPIENT and hat.likely(0.2),
        author=officer if signed else None,
    )


def letters(hat: Hat, prison: Prison) -> Sequence[Letter]:
    """This month's tallies so far: a whole month has about 17 contacts, and some are never counted (domain facts
    1.1)."""
    zone = JURISDICTIONS[JURISDICTION].time_zone
    month = f"{hat.now.astimezone(ZoneInfo(zone)):%Y-%m}"
    found = [
        tally_of(
            prison=prison.code,
            month=month,
            part=hat.weighed(((DayOrNight.DAY, 3), (DayOrNight.NIGHT, 2))),
            duration=hat.weighed(_LENGTHS),
            concerns=_concerns(hat),
            first_time=hat.weighed(_ANSWERS),
            suicidal_feelings=hat.weighed(_ANSWERS),
            self_harm=hat.weighed(_ANSWERS),
            now=hat.now,
            zone=zone,
        )
        for _ in range(2 + hat.now.day // 2)
    ]
    return [Letter(BOX, tally.plain()) for tally in found]


def _concerns(hat: Hat) -> tuple[Concern, ...]:
    drawn = [hat.weighed(_CONCERNS) for _ in range(hat.chance.randint(1, 3))]
    return tuple(dict.fromkeys(drawn))[:MOST_CONCERNS]
