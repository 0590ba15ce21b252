"""The catalogue of measures: what an objective may be bound to. Data, as the domain facts (5.4, 5.7 and 15) have it.

A measure says what is counted, in which unit, which direction is better, over what it is counted (its grain) and which
kinds of scheme it fits. Values are typed by hand for now, each with its source and period; a later issue works them
out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "HIGHER"
    LOWER = "LOWER"


class Unit(StrEnum):
    """In what a measure is counted: whole numbers all."""

    PER_CENT = "PER_CENT"
    COUNT = "COUNT"
    MINUTES = "MINUTES"
    HOURS = "HOURS"
    DAYS = "DAYS"
    PEOPLE_PER_SUPPORTER = "PEOPLE_PER_SUPPORTER"
    TENTHS_OF_A_POINT = "TENTHS_OF_A_POINT"
    """Scores of an instrument, times ten."""
    TENTHS_OF_FIVE = "TENTHS_OF_FIVE"
    """Scores of a five-point scale, times ten: 38 is 3.8 of five."""


_MOST: Final = {Unit.PER_CENT: 100, Unit.TENTHS_OF_FIVE: 50}


class Grain(StrEnum):
    """Over what it is counted; nothing finer than scheme and month is ever told (domain facts 5.6)."""

    SCHEME_MONTH = "SCHEME_MONTH"
    SCHEME_QUARTER = "SCHEME_QUARTER"
    SCHEME_YEAR = "SCHEME_YEAR"


_MONTHS: Final[Mapping[Grain, int]] = {Grain.SCHEME_MONTH: 1, Grain.SCHEME_QUARTER: 3, Grain.SCHEME_YEAR: 12}


def period(grain: Grain, day: date) -> tuple[date, date]:
    """The first and the last day of the month, quarter or year in which a day lies."""
    months = _MONTHS[grain]
    begun = day.month - 1 - (day.month - 1) % months
    first = date(day.year, begun + 1, 1)
    following = date(day.year + (begun + months) // 12, (begun + months) % 12 + 1, 1)
    return first, following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `kinds` are the codes of the kinds of scheme that it fits; empty: every kind."""

    code: str
    title: str
    unit: Unit
    better: Direction
    grain: Grain
    kinds: frozenset[str] = frozenset()

    @property
    def most(self) -> int | None:
        """The greatest value that there is."""
        return _MOST.get(self.unit)

    def fits(self, lineage: Collection[str]) -> bool:
        """Whether a scheme may be judged by it whose kind has these codes: its own, and those that it was made from."""
        return not self.kinds or not self.kinds.isdisjoint(lineage)


def _listed(better: Direction, unit: Unit, grain: Grain, kinds: tuple[str, ...], **titles: str) -> tuple[Measure, ...]:
    return tuple(Measure(code, title, unit, better, grain, frozenset(kinds)) for code, title in titles.items())


_UP, _DOWN = Direction.HIGHER, Direction.LOWER
_MONTH, _QUARTER, _YEAR = Grain.SCHEME_MONTH, Grain.SCHEME_QUARTER, Grain.SCHEME_YEAR
_ANY: Final[tuple[str, ...]] = ()
_ON_CALL: Final = ("LISTENERS",)
_INDUCTION: Final = ("INSIDERS",)
_READING: Final = ("SHANNON_TRUST",)
_TRAINED: Final = ("PEER_ADVISERS",)
_DESK: Final = ("INFORMATION_DESK",)
_HEALTH: Final = ("HEALTH_TRAINERS", "HEALTH_CHAMPIONS")
_RECOVERY: Final = ("RECOVERY_MENTORS",)
_PEACE: Final = ("VIOLENCE_REDUCTION",)
_EQUALITY: Final = ("EQUALITY_REPRESENTATIVES",)
_VETERANS: Final = ("VETERANS",)
_RED_CROSS: Final = ("RED_CROSS_VOLUNTEERS",)
_BUDDIES: Final = ("SOCIAL_CARE_BUDDIES",)
_COUNCIL: Final = ("COUNCIL",)
_GATE: Final = ("THROUGH_THE_GATE",)

_ALL: Final = (
    # Coverage
    *_listed(
        _DOWN,
        Unit.PEOPLE_PER_SUPPORTER,
        _MONTH,
        _ANY,
        PEOPLE_PER_ACTIVE_SUPPORTER="People in the prison for each active supporter",
    ),
    *_listed(
        _UP,
        Unit.COUNT,
        _MONTH,
        _ANY,
        ACTIVE_SUPPORTERS="Supporters who are active",
        LANGUAGES_COVERED="Languages that active supporters speak",
    ),
    *_listed(_UP, Unit.PER_CENT, _MONTH, _ANY, ROSTERED_HOURS_DELIVERED="Rostered hours that were delivered"),
    *_listed(_DOWN, Unit.PER_CENT, _MONTH, _ANY, LOSSES_IN_90_DAYS="Supporters expected to leave within 90 days"),
    # Access
    *_listed(
        _UP,
        Unit.PER_CENT,
        _MONTH,
        _ON_CALL,
        REACHED_IN_TARGET_BY_DAY="Requests by day met within the target time",
        REACHED_IN_TARGET_AT_NIGHT="Requests at night met within the target time",
        SUITE_AVAILABLE="Nights on which a suite was available",
    ),
    *_listed(
        _UP,
        Unit.PER_CENT,
        _MONTH,
        _ANY,
        REQUESTS_MET="Requests that were met",
        KNOW_HOW_TO_ASK="People in the prison who know how to ask",
    ),
    *_listed(_DOWN, Unit.MINUTES, _MONTH, _ANY, MEDIAN_WAIT="Median wait", WAIT_P90="Wait that nine in ten are under"),
    *_listed(
        _DOWN, Unit.COUNT, _MONTH, _ANY, IMPROPER_REFUSALS_UNREVIEWED="Improper refusals without a review after 7 days"
    ),
    # Quality
    *_listed(_UP, Unit.PER_CENT, _MONTH, _INDUCTION, NEW_ARRIVALS_MET_IN_24_HOURS="New arrivals met within 24 hours"),
    *_listed(_UP, Unit.PER_CENT, _MONTH, _INDUCTION, INDUCTION_CHECKLIST_DONE="Induction checklists completed"),
    *_listed(_UP, Unit.PER_CENT, _MONTH, _READING, SESSIONS_DELIVERED="Planned sessions that were delivered"),
    *_listed(_UP, Unit.COUNT, _QUARTER, _READING, MANUALS_FINISHED="Learners who finished a manual"),
    *_listed(_UP, Unit.PER_CENT, _MONTH, _TRAINED, ISSUES_CLOSED_IN_28_DAYS="Issues closed with an outcome in 28 days"),
    *_listed(_UP, Unit.PER_CENT, _YEAR, _TRAINED, QUALIFICATION_PASSED="Supporters who passed their qualification"),
    *_listed(_UP, Unit.PER_CENT, _QUARTER, _HEALTH, HEALTH_GOALS_MET_OR_PART_MET="Health goals met or part met"),
    *_listed(_UP, Unit.PER_CENT, _MONTH, _DESK, ENQUIRIES_ANSWERED_IN_2_DAYS="Enquiries dealt with in 2 days"),
    *_listed(_UP, Unit.PER_CENT, _MONTH, _RECOVERY, WINGS_WITH_A_MENTOR="Wings with a recovery mentor"),
    *_listed(_UP, Unit.PER_CENT, _QUARTER, _PEACE, DISPUTES_SETTLED="Disputes that ended without violence"),
    *_listed(_UP, Unit.PER_CENT, _QUARTER, _EQUALITY, FORUMS_HELD="Planned equality forums that were held"),
    *_listed(_UP, Unit.PER_CENT, _QUARTER, _VETERANS, VETERANS_OFFERED_CONTACT="Veterans who were offered contact"),
    *_listed(_UP, Unit.COUNT, _YEAR, _RED_CROSS, PROJECTS_COMPLETED="Community health projects completed"),
    *_listed(_UP, Unit.PER_CENT, _QUARTER, _BUDDIES, TRAINED_BEFORE_START="Supporters trained before they started"),
    *_listed(_DOWN, Unit.COUNT, _QUARTER, _BUDDIES, INTIMATE_CARE_BREACHES="Breaches of the bar on intimate care"),
    *_listed(_UP, Unit.PER_CENT, _QUARTER, _COUNCIL, PROPOSALS_ANSWERED_IN_28_DAYS="Proposals answered in 28 days"),
    *_listed(_UP, Unit.PER_CENT, _QUARTER, _GATE, MET_AT_THE_GATE="People met at the gate"),
    *_listed(_UP, Unit.COUNT, _QUARTER, _GATE, MEETINGS_BEFORE_RELEASE="Meetings before release, for each person"),
    *_listed(_UP, Unit.TENTHS_OF_FIVE, _QUARTER, _ANY, SATISFACTION="Satisfaction of those who used it, of five"),
    # Care of supporters
    *_listed(_UP, Unit.PER_CENT, _MONTH, _ANY, DEBRIEFS_DONE="Debriefs done of those due"),
    *_listed(
        _DOWN,
        Unit.COUNT,
        _MONTH,
        _ANY,
        SUPERVISION_OVERDUE="Supporters whose supervision is overdue",
        ASKED_TO_DO_STAFF_WORK="Times that supporters were asked to do staff work",
        INCIDENTS_OF_PRESSURE="Incidents of pressure on supporters",
    ),
    *_listed(_DOWN, Unit.HOURS, _MONTH, _ANY, MOST_HOURS_A_WEEK="Most hours that a supporter gave in a week"),
    # Attitudes, confidentiality, complaints
    *_listed(
        _UP,
        Unit.TENTHS_OF_FIVE,
        _QUARTER,
        _ANY,
        TRUST_TO_KEEP_PRIVATE="Trust that supporters keep it private, of five",
        STAFF_ATTITUDE="Staff attitude to the scheme, of five",
        SUPPORTERS_FEEL_SAFE="Supporters feel safe in the role, of five",
    ),
    *_listed(
        _DOWN,
        Unit.COUNT,
        _QUARTER,
        _ANY,
        COMPLAINTS="Complaints about the scheme",
        CONFIDENTIALITY_BREACHES="Breaches of confidentiality",
    ),
    # Outcomes by instrument; never by one with a risk item in a closed policy (domain facts 5.4)
    *_listed(_UP, Unit.TENTHS_OF_A_POINT, _QUARTER, _ANY, SWEMWBS_CHANGE="Mean change of wellbeing (SWEMWBS, metric)"),
    *_listed(_UP, Unit.PER_CENT, _QUARTER, _ANY, GOALS_MET="Goals of enrolments that were met"),
)

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({measure.code: measure for measure in _ALL})
"""Every measure, by its code."""
