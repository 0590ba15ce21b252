"""From answers to a score: reversed where the instrument says so, converted where it must be, and no score at all where
too much was left out. A score that was worked out wrongly looks like any other, so nobody types one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.evaluation.instruments import Instrument, ScoreBand
from domain.kernel.errors import Failure

Answers = Sequence[int | None]
"""One an item, in their order; None: left out."""


@dataclass(frozen=True, slots=True)
class Score:
    """`raw`: the sum, its reversed items turned round. `value`: what may be analysed. Both None: too much was left
    out."""

    raw: float | None
    value: float | None
    band: ScoreBand | None = None


UNSCORED = Score(None, None)


def faults(of: Instrument, answers: Answers) -> Iterator[Failure]:
    """What cannot be answers to it."""
    if len(answers) != of.items:
        yield Failure("ANSWERS_NOT_OF_THE_INSTRUMENT", "/answers")
        return
    for place, answer in enumerate(answers):
        if answer is not None and not of.lowest <= answer <= of.highest:
            yield Failure("ANSWER_OUT_OF_BOUNDS", f"/answers/{place}")


def scored(of: Instrument, answers: Answers) -> Score:
    """The score of these answers."""
    turned = [_turned(of, item, a) for item, a in enumerate(answers, 1) if a is not None]
    missed = of.items - len(turned)
    if not turned or missed > of.may_miss:
        return UNSCORED
    raw = sum(turned) * of.items / len(turned)
    if of.conversion is not None:
        return Score(raw, of.conversion[round(raw)])
    value = raw / of.items if of.mean else raw
    return Score(raw, value, next((band for least, band in reversed(of.bands) if value >= least), None))


def _turned(of: Instrument, item: int, answer: int) -> int:
    return of.lowest + of.highest - answer if item in of.reversed else answer


def at_risk(of: Instrument, answers: Answers) -> bool:
    """Whether the item that makes a duty to act was answered with anything but the least."""
    return of.risk_item is not None and (answers[of.risk_item - 1] or of.lowest) > of.lowest
