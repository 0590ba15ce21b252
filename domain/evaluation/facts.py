"""All that a report goes by, as plain values: read by `gathering`, told by `report`, and nothing of it in the report
but through disclosure control."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from domain.evaluation.before import NOTHING_BEFORE, Before
from domain.evaluation.instruments import INSTRUMENTS
from domain.evaluation.measurement import HELPED, CompletionMode, MeasuringPoint, NotMeasured, late
from domain.evaluation.plan import Evaluation
from domain.evaluation.scoring import scored
from domain.feedback.record import Theme
from domain.kernel.bands import Band
from domain.kernel.counts import Told
from domain.schemes.registers.hours import Weekday
from domain.schemes.registers.resources import ResourceKind
from domain.sessions.record import EnrolmentState
from domain.turnover.survival import Stay


class Lost(StrEnum):
    """Why somebody who was measured before was not measured after."""

    TRANSFERRED = "TRANSFERRED"
    RELEASED = "RELEASED"
    WITHDREW = "WITHDREW"
    COURT = "COURT"
    REFUSED = "REFUSED"
    LOST = "LOST"
    NOT_DUE_YET = "NOT_DUE_YET"
    """He still takes part."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One measurement."""

    enrolment: UUID
    instrument: str
    version: int
    point: MeasuringPoint
    taken_on: date
    enrolled_on: date
    compared: bool
    mode: CompletionMode | None
    answers: tuple[int | None, ...]
    missed: NotMeasured | None

    @property
    def value(self) -> float | None:
        """The score that may be analysed; None: there is none."""
        return scored(INSTRUMENTS[self.instrument, self.version], self.answers).value if self.answers else None

    @property
    def late(self) -> bool:
        """Whether it is a first measurement that came too late."""
        return late(self.point, self.taken_on, self.enrolled_on)

    @property
    def helped(self) -> bool:
        """Whether somebody read the questions to him."""
        return self.mode in HELPED


@dataclass(frozen=True, slots=True)
class Man:
    """What one enrolment came to: where it stands, and how many sessions were delivered of how many planned, in how
    many minutes."""

    state: EnrolmentState
    delivered: int = 0
    planned: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests of the closed policies of a prison in a month that is closed, as they were let out: requests, and not
    people. None: too few to tell. The waits are minutes, in which whoever was never met waits for ever."""

    month: date
    day: Told | None
    night: Told | None
    unmet: Told | None
    median: int | None = None
    nine_in_ten: int | None = None


@dataclass(frozen=True, slots=True)
class CoverOf:
    """Of a band of a weekday: how many days needed somebody, and on how many of them everybody needed was there."""

    needed: int
    covered: int


@dataclass(frozen=True, slots=True)
class Heard:
    """How many said something of the scheme, and how many of them named each theme."""

    given: int
    themes: Mapping[Theme, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one evaluation, as it is on a day. `series`: the first day of a month and the value of the measure."""

    plan: Evaluation
    today: date
    taken: Sequence[Taken] = ()
    people: Mapping[UUID, Man] = field(default_factory=dict[UUID, Man])
    series: Sequence[tuple[date, int]] = ()
    asked: Sequence[Asked] = ()
    used: Mapping[ResourceKind, int] = field(default_factory=dict[ResourceKind, int])
    stays: Sequence[Stay] = ()
    heard: Heard | None = None
    cover: Mapping[tuple[Weekday, Band], CoverOf] = field(default_factory=dict[tuple[Weekday, Band], CoverOf])
    before: Before = NOTHING_BEFORE

    @property
    def counted_until(self) -> date:
        """The last day of what people answered that is counted: the end of the last whole month."""
        return self.today.replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody measured before and after with one instrument."""

    before: float
    after: float
    compared: bool
    man: Man | None

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


class Sample:
    """The measurements with one instrument, person by person."""

    def __init__(self, facts: Facts, instrument: str) -> None:
        self._facts = facts
        self.at: dict[MeasuringPoint, dict[UUID, Taken]] = {point: {} for point in MeasuringPoint}
        for each in facts.taken:
            if each.instrument == instrument:
                self.at[each.point][each.enrolment] = each

    def scores(self, point: MeasuringPoint, *, compared: bool | None = None) -> list[float]:
        """The scores at a point; of those with whom is compared, of the others, or of all (None)."""
        there = self.at[point].values()
        return [t.value for t in there if t.value is not None and compared in (None, t.compared)]

    def pairs(self, after: MeasuringPoint = MeasuringPoint.END, *, as_before: bool = False) -> list[Pair]:
        """Whoever has both scores. `as_before`: and whoever has the first alone, as if nothing had changed."""
        found: list[Pair] = []
        for who, first in self.at[MeasuringPoint.BASELINE].items():
            if first.value is None:
                continue
            then = self.at[after].get(who)
            value = None if then is None else then.value
            if value is None and as_before and self.lost(who) is not Lost.NOT_DUE_YET:
                value = first.value
            if value is not None:
                compared = first.compared if then is None else then.compared
                found.append(Pair(first.value, value, compared, self._facts.people.get(who)))
        return found

    def left(self) -> dict[UUID, Lost]:
        """Whoever was measured before and not after, and why."""
        ends = self.at[MeasuringPoint.END]
        return {
            who: self.lost(who)
            for who, first in self.at[MeasuringPoint.BASELINE].items()
            if first.value is not None and (who not in ends or ends[who].value is None)
        }

    def lost(self, who: UUID) -> Lost:
        """Why somebody was not measured after."""
        then, man = self.at[MeasuringPoint.END].get(who), self._facts.people.get(who)
        if then is not None:
            return Lost(then.missed.value) if then.missed is not None else Lost.LOST
        match None if man is None else man.state:
            case EnrolmentState.TRANSFERRED:
                return Lost.TRANSFERRED
            case EnrolmentState.RELEASED:
                return Lost.RELEASED
            case EnrolmentState.WITHDRAWN_LEARNER:
                return Lost.WITHDREW
            case EnrolmentState.WAITING | EnrolmentState.STARTED:
                return Lost.NOT_DUE_YET
            case EnrolmentState.COMPLETED | None:
                return Lost.LOST
