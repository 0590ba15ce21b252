"""Attitude pulses (S28, X12): four groups are asked each quarter, by single-use codes, with a few items in our own
words, from 1 (not at all) to 5 (very much). Nobody's answers are kept: once a quarter is over all of them become one
row for each group and item, and where fewer than ten answered it says no more than that (domain facts 15).

Of items where much is bad the score is turned round, so that more is always better; where all answered alike none is
told, for then each one's answer would be. From twenty answers on a score has its 95 % interval by the t distribution
(domain facts 14), worked out of how many are told to have answered and of a coarse spread: of the exact ones each
single answer could be worked out.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import record
from domain.kernel.counts import Told, released
from domain.kernel.ids import PulseResultId, SchemeId
from domain.kernel.intervals import student
from domain.schemes.belonging import OfScheme
from domain.schemes.registers.risks import RiskCode

FEWEST: Final = 10
"""Of fewer answers nothing is told."""
FEWEST_APART: Final = 20
"""Told to be fewer, only their mean is told."""
SPREADS: Final = 0.5
"""A spread is taken to the nearest of these steps, and never as none."""
LEAST: Final = 1
MOST: Final = 5
MIDDLE: Final = 30
"""Three of five, in tenths."""


class PulseGroup(StrEnum):
    """Who is asked."""

    SUPPORTED = "SUPPORTED"
    SUPPORTERS = "SUPPORTERS"
    STAFF = "STAFF"
    NON_USERS = "NON_USERS"
    """People in custody who have not used it; they say why not."""


class PulseItem(StrEnum):
    """What is asked. The words of each are the form's."""

    KNOWS_THE_SUPPORTERS = "KNOWS_THE_SUPPORTERS"
    KNOWS_HOW_TO_ASK_AT_NIGHT = "KNOWS_HOW_TO_ASK_AT_NIGHT"
    STAFF_WOULD_HELP = "STAFF_WOULD_HELP"
    TRUSTS_IT_STAYS_PRIVATE = "TRUSTS_IT_STAYS_PRIVATE"
    USERS_LOOKED_DOWN_ON = "USERS_LOOKED_DOWN_ON"
    KNOWS_HOW_IT_WORKS = "KNOWS_HOW_IT_WORKS"
    MAKES_SHIFT_HARDER = "MAKES_SHIFT_HARDER"
    SUPPORTERS_FAVOURED = "SUPPORTERS_FAVOURED"
    KNOWS_WHAT_NEVER_TO_ASK = "KNOWS_WHAT_NEVER_TO_ASK"
    HAS_TIME_TO_UNLOCK = "HAS_TIME_TO_UNLOCK"
    FEELS_SAFE = "FEELS_SAFE"
    ASKED_TO_DO_STAFF_WORK = "ASKED_TO_DO_STAFF_WORK"
    CAN_SAY_NO = "CAN_SAY_NO"
    GETS_THE_DEBRIEF = "GETS_THE_DEBRIEF"
    NOBODY_PRESSES = "NOBODY_PRESSES"


class WhyNotUsed(StrEnum):
    """Why somebody has not used it."""

    NO_NEED = "NO_NEED"
    DID_NOT_KNOW_OF_IT = "DID_NOT_KNOW_OF_IT"
    DID_NOT_KNOW_HOW_TO_ASK = "DID_NOT_KNOW_HOW_TO_ASK"
    NOT_SURE_IT_STAYS_PRIVATE = "NOT_SURE_IT_STAYS_PRIVATE"
    AFRAID_TO_LOOK_WEAK = "AFRAID_TO_LOOK_WEAK"
    STAFF_DID_NOT_HELP = "STAFF_DID_NOT_HELP"
    NOT_IN_MY_LANGUAGE = "NOT_IN_MY_LANGUAGE"
    RATHER_SOMEBODY_ELSE = "RATHER_SOMEBODY_ELSE"


_I, _R = PulseItem, RiskCode
_CUSTODY: Final = (
    *(_I.KNOWS_THE_SUPPORTERS, _I.KNOWS_HOW_TO_ASK_AT_NIGHT, _I.STAFF_WOULD_HELP, _I.TRUSTS_IT_STAYS_PRIVATE),
    _I.USERS_LOOKED_DOWN_ON,
)
ITEMS: Final[Mapping[PulseGroup, tuple[PulseItem, ...]]] = MappingProxyType(
    {
        PulseGroup.SUPPORTED: _CUSTODY,
        PulseGroup.NON_USERS: _CUSTODY,
        PulseGroup.STAFF: (
            *(_I.KNOWS_HOW_IT_WORKS, _I.MAKES_SHIFT_HARDER, _I.SUPPORTERS_FAVOURED, _I.KNOWS_WHAT_NEVER_TO_ASK),
            _I.HAS_TIME_TO_UNLOCK,
        ),
        PulseGroup.SUPPORTERS: (
            *(_I.FEELS_SAFE, _I.ASKED_TO_DO_STAFF_WORK, _I.CAN_SAY_NO, _I.GETS_THE_DEBRIEF, _I.NOBODY_PRESSES),
        ),
    }
)
"""What each group is asked."""
REVERSED: Final = frozenset(
    {_I.USERS_LOOKED_DOWN_ON, _I.MAKES_SHIFT_HARDER, _I.SUPPORTERS_FAVOURED, _I.ASKED_TO_DO_STAFF_WORK}
)
"""Of these much is bad."""
FEEDS: Final[Mapping[RiskCode, frozenset[PulseItem]]] = MappingProxyType(
    {
        _R.ATTITUDE_USERS: frozenset({_I.USERS_LOOKED_DOWN_ON}),
        _R.ATTITUDE_PEERS: frozenset({_I.SUPPORTERS_FAVOURED, _I.FEELS_SAFE}),
        _R.CONFIDENTIALITY: frozenset({_I.TRUSTS_IT_STAYS_PRIVATE, _I.KNOWS_WHAT_NEVER_TO_ASK}),
        _R.PREFERENTIAL_TREATMENT: frozenset({_I.SUPPORTERS_FAVOURED}),
        _R.COERCION: frozenset({_I.NOBODY_PRESSES, _I.CAN_SAY_NO}),
        _R.OVERLOAD: frozenset({_I.ASKED_TO_DO_STAFF_WORK, _I.GETS_THE_DEBRIEF}),
        _R.STAFF_BUY_IN: frozenset({_I.MAKES_SHIFT_HARDER, _I.HAS_TIME_TO_UNLOCK, _I.STAFF_WOULD_HELP}),
    }
)
"""Which items speak of which risk of the register; of churn none does."""


@record(kind="pulse-result", kept="six years after its scheme closes; it counts, and names nobody")
class PulseResult(OfScheme):
    """What a group answered to one item in a quarter. Scores are tenths of five: 38 is 3.8 of five."""

    id: Open[PulseResultId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    quarter: Open[date]
    """Its first day."""
    of_group: Open[PulseGroup]
    item: Open[PulseItem]
    answered: Operational[int | None] = None
    """How many answered, to the nearest 5; null: fewer than ten did, or none."""
    score: Operational[int | None] = None
    """The mean; null: fewer than ten answered, or all of them alike."""
    lowest: Operational[int | None] = None
    """From where the 95 % interval of the mean goes, about; null: told to be fewer than twenty."""
    highest: Operational[int | None] = None
    """Up to where it goes, about."""
    why_not: Operational[tuple[WhyNotUsed, ...]] = ()
    """Of non-users, beside their first item: the reasons of which eight or more of them gave each."""
    why_not_times: Operational[tuple[int, ...]] = ()
    """How often each of these was given, to the nearest 5; at the same place as its reason."""


@dataclass(frozen=True, slots=True)
class Score:
    """A mean with its 95 % interval, in tenths of five; without it where few answered."""

    mean: int
    low: int | None = None
    high: int | None = None


def scored(item: PulseItem, answers: Sequence[int]) -> Score | None:
    """The score of these answers; None: of so few, or of all alike, none is told."""
    if len(answers) < FEWEST or len(set(answers)) == 1:
        return None
    turned = [LEAST + MOST - a for a in answers] if item in REVERSED else list(answers)
    n = len(turned)
    mean, told = sum(turned) / n, released(n)
    score = round(10 * mean)
    if told is None or told < FEWEST_APART:
        return Score(score)
    spread = math.sqrt(sum((a - mean) ** 2 for a in turned) / (n - 1))
    half = 10 * student(told - 1) * max(SPREADS, SPREADS * round(spread / SPREADS)) / math.sqrt(told)
    return Score(score, max(10 * LEAST, math.floor(score - half)), min(10 * MOST, math.ceil(score + half)))


def told_of(count: int) -> Told | None:
    """How many answered, as it is told."""
    return None if count < FEWEST else released(count)
