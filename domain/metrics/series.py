"""What is counted of a month: series, each with the words under which an event may be counted.

A word is a code of one event, or a sum of such codes; numerators and denominators of metrics are words, so that each of
them passes disclosure control with all the others. What is asked of a series that does not hold a prisoner's record is
told by its `people`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from domain.schemes.needs import TargetNeed
from domain.sessions.codes import StageOfSentence

ALL: Final = "ALL"
"""Every event of a series."""
UNMET: Final = "UNMET"
"""Of what is asked: those who were never met. They wait for ever."""


class Series(StrEnum):
    """What is counted."""

    LISTENER_REQUESTS = "LISTENER_REQUESTS"
    """Requests of closed-policy schemes, as they were mixed: of a prison, and of no scheme."""
    REQUESTS = "REQUESTS"
    """Requests of all other schemes."""
    WING_REQUESTS = "WING_REQUESTS"
    """The same of each wing: of a closed policy no request is kept with its wing."""
    SESSIONS = "SESSIONS"
    """Sessions of learners and mentors that were planned."""
    INDUCTIONS = "INDUCTIONS"
    """Inductions: how soon, and whether the checklist was gone through whole."""
    GOALS = "GOALS"
    """Goals of enrolments that were measured again."""
    ENROLMENTS = "ENROLMENTS"
    """Enrolments that began, by what they were in need of and by the stage of the sentence. Both are in one table, so
    that neither is reckoned out of the other; no request is, for as many are told of them elsewhere."""
    DEBRIEFS = "DEBRIEFS"
    """Talks with supporters that fell due."""
    TASK_REQUESTS = "TASK_REQUESTS"
    """That supporters were asked to do what is not theirs."""
    INCIDENTS = "INCIDENTS"
    """Reports of pressure and misuse."""
    COMPLAINTS = "COMPLAINTS"
    """Complaints, by the week in which they were made."""
    SUPERVISION_TALKS = "SUPERVISION_TALKS"
    """Meetings of supervisors with supporters and staff, by the day for which they were booked."""
    SUPPORTERS = "SUPPORTERS"
    """Where supporters stood when the month was closed."""
    RATINGS = "RATINGS"
    """What people who were helped said of a scheme."""
    UNLOCKING = "UNLOCKING"
    """Minutes of staff for unlocking."""
    COVER = "COVER"
    """Bands of the month that needed somebody, as the rota was when it was closed."""
    WING_COVER = "WING_COVER"
    """The same of each wing for which the scheme says how many it needs there."""
    APPLICATIONS = "APPLICATIONS"
    """Applications to be a supporter, and what came of them."""
    LEAVERS = "LEAVERS"
    """Supporters who left the role, and how."""
    SPREAD_TAKEN_ON = "SPREAD_TAKEN_ON"
    """Applicants of a wing who were decided, over the four quarters that end with this one."""
    SPREAD_REMOVED = "SPREAD_REMOVED"
    """Supporters of a wing who served in them: removed or stood down, or not."""
    SPREAD_SHIFTS = "SPREAD_SHIFTS"
    """Bands of the rota that fell to them."""
    SPREAD_PAY = "SPREAD_PAY"
    """Half days of pay that fell to them."""
    BREACHES = "BREACHES"
    """What was found to be a breach of confidentiality, by the day on which somebody was aware of it."""
    PRISONER_DAYS = "PRISONER_DAYS"
    """People in the prison, summed over the days of the month. It stays the last: it is let out last, and by its figure
    a period is known to be let out whole."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a series is counted.

    `codes`: each event is under one of them. `sums`: words that are sums of codes. `alike`: words of whose people the
    parts say something, and that it is the same of all of them is not told. `also`: other words that come to the whole.
    `cleared`: it is told to those alone who see casework. `stands`: it is counted once, as it stands when the month is
    closed, and nothing of it comes late: where supporters stand has changed since, and requests are gone a month after
    their night. `of_prison`: it is of no scheme. `by_quarter`: it is told of quarters alone, beside nothing finer.
    `pairs`: each event is under one word of each of them besides, for somebody may be in need of several things. The
    second word, of those of whom it was not said, is reckoned with and shown to nobody. `silent`: other words that say
    nothing of their people.
    """

    codes: tuple[str, ...]
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    also: tuple[str, ...] = ()
    cleared: bool = False
    stands: bool = False
    of_prison: bool = False
    by_quarter: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def made_of(self) -> Mapping[str, tuple[str, ...]]:
        """Each word that is a sum, and of which codes."""
        return {**self.sums, **({ALL: self.codes} if len(self.codes) > 1 else {})}

    @property
    def ways(self) -> tuple[tuple[Mapping[str, tuple[str, ...]], bool], ...]:
        """Of what each word is the sum, in all ways; and whether the parts say something of people."""
        also = {ALL: self.also} if self.also else {}
        return (self.made_of, False), (self.alike, True), (also, False), *(({ALL: pair}, True) for pair in self.pairs)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word; last, what they all come to."""
        return (*(word for pair in self.pairs for word in pair), *self.codes, *self.made_of)

    @property
    def shown(self) -> tuple[str, ...]:
        """Those that figures have."""
        return tuple(word for word in self.words if word not in self.hidden)

    @property
    def hidden(self) -> tuple[str, ...]:
        """Those that they have not."""
        return tuple(without for _, without in self.pairs)


_ASKED: Final = dict[str, Any](
    codes=("DAY_MET", "DAY_UNMET", "NIGHT_MET", "NIGHT_UNMET"),
    sums={
        "DAY": ("DAY_MET", "DAY_UNMET"),
        "NIGHT": ("NIGHT_MET", "NIGHT_UNMET"),
        "MET": ("DAY_MET", "NIGHT_MET"),
        "UNMET": ("DAY_UNMET", "NIGHT_UNMET"),
    },
    alike={"DAY": ("DAY_MET", "DAY_UNMET"), "NIGHT": ("NIGHT_MET", "NIGHT_UNMET"), ALL: ("MET", "UNMET")},
    also=("DAY", "NIGHT"),
    stands=True,
)
_MET_FIRST: Final = ("IN_A_DAY_WHOLE", "IN_A_DAY_PART", "LATER_WHOLE", "LATER_PART")
_SOON: Final = {
    "IN_A_DAY": _MET_FIRST[:2],
    "LATER": _MET_FIRST[2:],
    "WHOLE": _MET_FIRST[::2],
    "PART": _MET_FIRST[1::2],
}
_CAME_TO: Final = ("ACHIEVED", "PART_ACHIEVED", "NOT_ACHIEVED")
WITHOUT: Final = "NOT_"
"""Before the code of a need: those of whom it was not said."""
_NEEDS: Final = tuple((need.value, f"{WITHOUT}{need.value}") for need in TargetNeed)
NOT_SAID: Final = "NOT_SAID"
_STAGES: Final = (*(stage.value for stage in StageOfSentence), NOT_SAID)
_RATED: Final = ("RATED_1", "RATED_2", "RATED_3", "RATED_4", "RATED_5")
TAKEN_ON, NOT_TAKEN_ON, UNDECIDED = "TAKEN_ON", "NOT_TAKEN_ON", "UNDECIDED"
_APPLIED: Final = (TAKEN_ON, NOT_TAKEN_ON, UNDECIDED)
_LEFT: Final = ("REMOVED", "STOOD_DOWN", "MOVED_ON")
_COMPLAINED: Final = (
    *("NOT_KEPT_PRIVATE", "ASKED_FOR_SOMETHING", "TREATED_UNFAIRLY", "PRESSED", "TURNED_AWAY", "WRONG_ADVICE"),
    *("NOT_CHOSEN_FAIRLY", "OTHER_ASK_ME"),
)
"""What complaints are about (`domain.feedback.complaints`)."""
_UNFAIR: Final = {"UNFAIR": ("TREATED_UNFAIRLY", "NOT_CHOSEN_FAIRLY"), "PRESSURE": ("ASKED_FOR_SOMETHING", "PRESSED")}
_REPORTED: Final = (
    *("THREATENED", "BRIBED_TO_CARRY", "COERCION_OF_RECIPIENT", "ASKED_TO_BREACH_CONFIDENCE", "ALLEGATION_AGAINST"),
    *("BOUNDARY_BREACH", "PREFERENTIAL_TREATMENT"),
)
"""What incidents are (`domain.care.incidents`)."""
_MET: Final = ("MET", "UNMET")
_SPREAD: Final = ("TIMES", "OTHERS")
LAYOUTS: Final[Mapping[Series, Layout]] = MappingProxyType(
    {
        Series.LISTENER_REQUESTS: Layout(**_ASKED, of_prison=True),
        Series.REQUESTS: Layout(**_ASKED),
        Series.WING_REQUESTS: Layout(_MET, alike={ALL: _MET}, stands=True, by_quarter=True),
        Series.SESSIONS: Layout(("DELIVERED", "NOT_DELIVERED", "NOT_RECORDED")),
        Series.INDUCTIONS: Layout(_MET_FIRST, _SOON, alike={ALL: ("WHOLE", "PART")}, also=("IN_A_DAY", "LATER")),
        Series.GOALS: Layout(_CAME_TO, alike={ALL: _CAME_TO}),
        Series.ENROLMENTS: Layout(_STAGES, alike={ALL: _STAGES}, pairs=_NEEDS, silent=(NOT_SAID,)),
        Series.DEBRIEFS: Layout(("HELD", "DECLINED", "NOT_HELD")),
        Series.TASK_REQUESTS: Layout(("REFUSED", "DONE", "PASSED_TO_STAFF")),
        Series.INCIDENTS: Layout(_REPORTED, {"COERCION": _REPORTED[:3]}, cleared=True),
        Series.COMPLAINTS: Layout(_COMPLAINED, _UNFAIR, cleared=True),
        Series.SUPERVISION_TALKS: Layout(("HELD", "MISSED", "NOT_RECORDED")),
        Series.SUPPORTERS: Layout(("ACTIVE", "LEARNING", "NOT_NOW"), stands=True),
        Series.RATINGS: Layout(_RATED, {"GOOD": _RATED[3:]}, alike={ALL: _RATED}, also=("GOOD", *_RATED[:3])),
        Series.UNLOCKING: Layout((ALL,)),
        Series.COVER: Layout(("WHOLE", "SHORT"), stands=True),
        Series.WING_COVER: Layout(("WHOLE", "SHORT"), stands=True, by_quarter=True),
        Series.APPLICATIONS: Layout(_APPLIED, alike={ALL: _APPLIED}),
        Series.LEAVERS: Layout(_LEFT, alike={ALL: _LEFT}),
        Series.SPREAD_TAKEN_ON: Layout(_SPREAD, stands=True, by_quarter=True),
        Series.SPREAD_REMOVED: Layout(_SPREAD, stands=True, by_quarter=True),
        Series.SPREAD_SHIFTS: Layout((ALL,), stands=True, by_quarter=True),
        Series.SPREAD_PAY: Layout((ALL,), stands=True, by_quarter=True),
        Series.BREACHES: Layout((ALL,), cleared=True, stands=True, by_quarter=True),
        Series.PRISONER_DAYS: Layout((ALL,), stands=True, of_prison=True),
    }
)
"""Every series, and how it is counted."""
ROLLED: Final = tuple(series for series in Series if not LAYOUTS[series].by_quarter)
"""What is told of months too."""
BY_WING: Final[Mapping[Series, Series]] = MappingProxyType(
    {Series.REQUESTS: Series.WING_REQUESTS, Series.COVER: Series.WING_COVER}
)
"""What is told of the wings of a scheme."""
