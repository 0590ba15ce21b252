"""How an evaluation is made, and what its figures may and may not be said to show.

The caveats are printed by rule, and nobody can leave one out: each belongs to a design or to something that the data
themselves show. Where nothing was compared, the word 'effect' is refused wherever somebody writes it, for the figures
show that people changed, and not why (domain facts 14; S34).
"""

import re
from enum import StrEnum
from typing import Final


class ComparisonDesign(StrEnum):
    """What the figures are compared with."""

    SINGLE_GROUP = "SINGLE_GROUP"
    """With nobody: the same people before and after."""
    WAIT_LIST = "WAIT_LIST"
    """With people who are still waiting for their place."""
    STEPPED_ROLL_OUT = "STEPPED_ROLL_OUT"
    """With wings that the scheme has not reached yet."""
    MATCHED_WING = "MATCHED_WING"
    """With people of a wing without the scheme, chosen to be alike."""
    BEFORE_AFTER_SERIES = "BEFORE_AFTER_SERIES"
    """A measure of the whole scheme, month by month, before it began and after."""


_D = ComparisonDesign
UNCONTROLLED: Final = frozenset({_D.SINGLE_GROUP})
"""The designs that compare with nothing."""
OF_PEOPLE: Final = frozenset(_D) - {_D.BEFORE_AFTER_SERIES}
"""The designs whose outcome is a score of each man: an instrument."""
WITH_OTHERS: Final = frozenset({_D.WAIT_LIST, _D.STEPPED_ROLL_OUT, _D.MATCHED_WING})
"""The designs that compare people with other people."""


class Caveat(StrEnum):
    """What has to be said beside the figures."""

    NOT_COMPARED = "NOT_COMPARED"
    REGRESSION_TO_THE_MEAN = "REGRESSION_TO_THE_MEAN"
    NOT_BY_CHANCE = "NOT_BY_CHANCE"
    WINGS_DIFFER = "WINGS_DIFFER"
    OTHER_CHANGES = "OTHER_CHANGES"
    MONTHS_ALIKE = "MONTHS_ALIKE"
    SHORT_SERIES = "SHORT_SERIES"
    NOT_RUN_LONG_ENOUGH = "NOT_RUN_LONG_ENOUGH"
    BEFORE_ITS_DAY = "BEFORE_ITS_DAY"
    TOO_FEW_FOR_MEAN = "TOO_FEW_FOR_MEAN"
    TOO_FEW_FOR_STANDARDISED = "TOO_FEW_FOR_STANDARDISED"
    FEWER_THAN_ADVISED = "FEWER_THAN_ADVISED"
    FEWER_THAN_PLANNED = "FEWER_THAN_PLANNED"
    MEANS_STAND = "MEANS_STAND"
    MANY_LOST = "MANY_LOST"
    LEAVERS_DIFFERED = "LEAVERS_DIFFERED"
    HELPED_TO_ANSWER = "HELPED_TO_ANSWER"
    BASELINE_LATE = "BASELINE_LATE"
    CARRIED_FORWARD = "CARRIED_FORWARD"
    SCHEME_COLLECTED = "SCHEME_COLLECTED"
    COST_UNKNOWN = "COST_UNKNOWN"
    HARMS_NOT_COUNTED = "HARMS_NOT_COUNTED"
    NOTHING_OF_SELF_HARM = "NOTHING_OF_SELF_HARM"


_C = Caveat
ALWAYS: Final = (_C.NOTHING_OF_SELF_HARM,)
OF_DESIGN: Final = {
    _D.SINGLE_GROUP: (_C.NOT_COMPARED, _C.REGRESSION_TO_THE_MEAN),
    _D.WAIT_LIST: (_C.NOT_BY_CHANCE,),
    _D.STEPPED_ROLL_OUT: (_C.NOT_BY_CHANCE, _C.OTHER_CHANGES, _C.WINGS_DIFFER),
    _D.MATCHED_WING: (_C.NOT_BY_CHANCE, _C.WINGS_DIFFER),
    _D.BEFORE_AFTER_SERIES: (_C.OTHER_CHANGES,),
}
"""What a design brings with it, whatever the figures are."""

SAYS: Final[dict[Caveat, str]] = {
    _C.NOT_COMPARED: "Nobody else was measured, so these figures show that people changed, and not why.",
    _C.REGRESSION_TO_THE_MEAN: (
        "People join when they are low, and many would have been better later without the scheme: a change from before"
        " to after overstates what it did."
    ),
    _C.NOT_BY_CHANCE: "Who was in which group was not left to chance: the groups may differ in more than the scheme.",
    _C.WINGS_DIFFER: "People of one wing are alike, and wings differ: the interval is too narrow for that.",
    _C.OTHER_CHANGES: "Whatever else changed in the prison at the same time is in these figures too.",
    _C.MONTHS_ALIKE: "Months that follow each other were alike: the intervals of the series are too narrow.",
    _C.SHORT_SERIES: "The series has fewer than twelve months before or after the scheme began.",
    _C.NOT_RUN_LONG_ENOUGH: "The scheme has not yet run as long as its plan says that it must before it is judged.",
    _C.BEFORE_ITS_DAY: "These figures were made before the day that the plan names for them.",
    _C.TOO_FEW_FOR_MEAN: "Fewer than ten people were measured before and after: only counts are told.",
    _C.TOO_FEW_FOR_STANDARDISED: "Fewer than twenty people were measured before and after: no standardised change.",
    _C.FEWER_THAN_ADVISED: "Fewer than thirty people were measured before and after, which is what is advised.",
    _C.FEWER_THAN_PLANNED: "Fewer people were measured than the plan asked for.",
    _C.MEANS_STAND: (
        "Some means are of an earlier month: each stands until ten more people are in it, so that nobody's answers can"
        " be told from two reports."
    ),
    _C.MANY_LOST: "More than a fifth of those measured before were not measured after.",
    _C.LEAVERS_DIFFERED: "Those who were not measured after had scored differently before from those who were.",
    _C.HELPED_TO_ANSWER: "Some had the questions read to them, which is known to make answers more positive.",
    _C.BASELINE_LATE: "Some were measured for the first time more than seven days after they began.",
    _C.CARRIED_FORWARD: "Whoever was not measured after is taken to be where he was before.",
    _C.SCHEME_COLLECTED: "The answers were collected by people of the scheme itself.",
    _C.COST_UNKNOWN: "What the scheme used is not recorded for this time: nothing can be said of its cost.",
    _C.HARMS_NOT_COUNTED: "Whether anybody came to harm was not counted.",
    _C.NOTHING_OF_SELF_HARM: (
        "Counts of self-harm and of deaths in one prison are too small to show anything, and are not in this report."
    ),
}
"""The sentence of each."""

_WORD: Final = re.compile(r"\b(?:effect|effaith|effeith)", re.IGNORECASE)
"""'Effect' with all that begins with it, and the Welsh of it."""


def claims_effect(design: ComparisonDesign, text: str | None) -> bool:
    """Whether a text speaks of an effect that a design cannot show."""
    return design in UNCONTROLLED and text is not None and _WORD.search(text) is not None
