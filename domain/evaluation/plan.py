"""The plan of an evaluation: what is asked, with which design and outcome, of how many, for how long. It is registered
before it is judged, and from then on stands: an outcome that is chosen after the figures are seen shows nothing (S30,
S32, S34).

A closed policy holds no score of anybody, for whoever was scored has used it: such a scheme is evaluated by measures of
the whole. An instrument that asks about risk makes a duty to act, so it is in no plan without somebody who answers.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Measured, Open, Operational
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.evaluation.design import OF_PEOPLE, ComparisonDesign, claims_effect
from domain.evaluation.instruments import NEWEST, Instrument, InstrumentOf
from domain.kernel.errors import Failure
from domain.kernel.ids import ActorId, AssignmentId, EvaluationId, SchemeId
from domain.kernel.moves import Life, Moves
from domain.schemes.belonging import OfScheme
from domain.schemes.measures import MEASURES


class EvaluationState(StrEnum):
    """Where an evaluation stands."""

    DRAFT = "DRAFT"
    REGISTERED = "REGISTERED"
    """What is asked, and how, stands; people are measured."""
    CONCLUDED = "CONCLUDED"
    ABANDONED = "ABANDONED"


_S = EvaluationState
EVALUATION_MOVES: Final[Moves[EvaluationState]] = {
    _S.DRAFT: frozenset({_S.REGISTERED, _S.ABANDONED}),
    _S.REGISTERED: frozenset({_S.CONCLUDED, _S.ABANDONED}),
    _S.CONCLUDED: frozenset(),
    _S.ABANDONED: frozenset(),
}
"""What was registered is never deleted: an evaluation that was given up stays to be seen."""
EVALUATION_LIFE: Final = Life(
    "state",
    {
        Verb.AMEND_EVALUATION: frozenset({_S.DRAFT, _S.REGISTERED}),
        Verb.REGISTER_EVALUATION: frozenset({_S.DRAFT}),
        Verb.CONCLUDE_EVALUATION: frozenset({_S.REGISTERED}),
        Verb.ABANDON_EVALUATION: frozenset({_S.DRAFT, _S.REGISTERED}),
    },
)


class MissingAs(StrEnum):
    """What becomes of somebody who was not measured after."""

    LEFT_OUT = "LEFT_OUT"
    AS_BEFORE = "AS_BEFORE"
    """He is taken to be where he was before."""


class CollectedBy(StrEnum):
    """Who collects the answers."""

    SCHEME = "SCHEME"
    PARTNER = "PARTNER"
    INDEPENDENT = "INDEPENDENT"


class AbandonedFor(StrEnum):
    """Why an evaluation was given up."""

    TOO_FEW_PEOPLE = "TOO_FEW_PEOPLE"
    SCHEME_CHANGED = "SCHEME_CHANGED"
    SCHEME_CLOSED = "SCHEME_CLOSED"
    NO_RESOURCES = "NO_RESOURCES"
    WOULD_HARM = "WOULD_HARM"
    PLANNED_IN_ERROR = "PLANNED_IN_ERROR"


@record(
    kind="evaluation",
    kept="six years after its scheme closes; it counts, and names nobody in custody",
    life=EVALUATION_LIFE,
)
class Evaluation(OfScheme):
    """One evaluation of a scheme."""

    id: Open[EvaluationId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    title: Open[str]
    question: Open[str]
    """What it is to find out."""
    design: Open[ComparisonDesign]
    outcome: Open[str]
    """The one primary outcome: the code of an instrument (`/v1/instruments`), or, of a series, of a measure
    (`/v1/measures`)."""
    further: Open[tuple[str, ...]] = ()
    """Codes of further instruments. Whatever they show is no answer to the question."""
    wanted: Open[int]
    """How many people are to be measured before and after; of a series, how many months."""
    starts_on: Open[date]
    running_weeks: Open[int]
    """How many weeks the scheme must have run from then on, before anything is concluded."""
    analysis_on: Open[date]
    """The day on which it is analysed."""
    missing_as: Open[MissingAs] = MissingAs.LEFT_OUT
    collected_by: Open[CollectedBy] = CollectedBy.SCHEME
    consent_version: Open[int] = 1
    """The version of the words to which people say yes: 1 is the first."""
    compared_with: Open[str | None] = None
    """The wing without the scheme, where one is compared."""
    reached: Open[tuple[str, ...]] = ()
    """The wings that the scheme reaches one after another, where it is rolled out by steps."""
    reached_on: Open[tuple[date, ...]] = ()
    """When it reaches each of them."""
    risk_lead: Operational[AssignmentId | None] = None
    """Whoever holds this assignment acts when an answer tells of a risk to life; without him no such item is asked."""
    approached: Measured[int] = 0
    """How many were asked whether they take part. Of those who said no nothing is kept but their number. As it is, for
    those who plan it alone: others have it from the report, rounded."""
    refused: Measured[int] = 0
    """How many of them said no."""
    harms: Measured[int | None] = None
    """How many came to harm by it, of whatever sort; null: nobody counted."""
    prisoner_days: Operational[int | None] = None
    """Prisoner-days over which harms were counted, by the daily roll; null: not told."""
    planned_by: Operational[ActorId | None] = None
    state: Open[EvaluationState] = EvaluationState.DRAFT
    registered_on: Open[date | None] = None
    ended_on: Open[date | None] = None
    """When it was concluded, or given up."""
    conclusion: Open[str | None] = None
    """What it found."""
    abandoned_for: Open[AbandonedFor | None] = None
    outlives = True

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """All with which people are measured, the primary one first."""
        codes = (self.outcome, *self.further) if self.design in OF_PEOPLE else self.further
        return tuple(NEWEST[code] for code in codes if code in NEWEST)

    @property
    def asks_about_risk(self) -> bool:
        """Whether any of them has an item that makes a duty to act."""
        return any(of.risk_item is not None for of in self.instruments)

    @property
    def runs_until(self) -> date:
        """Before this day it has not run long enough."""
        return self.starts_on + timedelta(weeks=self.running_weeks)

    def faults(self) -> Iterable[Failure]:
        """It contradicts itself in nothing, and promises to show nothing that its design cannot."""
        yield from self._codes()
        yield from self._places()
        if self.analysis_on < self.runs_until:
            yield Failure("ANALYSIS_BEFORE_RUNNING_TIME", "/analysisOn")
        if self.refused > self.approached:
            yield Failure("MORE_REFUSED_THAN_APPROACHED", "/refused")
        for name in ("title", "question", "conclusion"):
            if claims_effect(self.design, getattr(self, name)):
                yield Failure("DESIGN_SHOWS_NO_EFFECT", f"/{name}")

    def _codes(self) -> Iterator[Failure]:
        if self.design in OF_PEOPLE:
            if not _of_people(self.outcome):
                yield Failure("OUTCOME_NOT_OF_THE_DESIGN", "/outcome")
        elif self.outcome not in MEASURES:
            yield Failure("OUTCOME_NOT_OF_THE_DESIGN", "/outcome")
        for place, code in enumerate(self.further):
            if not _of_people(code):
                yield Failure("UNKNOWN_VALUE", f"/further/{place}")
            elif code == self.outcome or code in self.further[:place]:
                yield Failure("NAMED_TWICE", f"/further/{place}")

    def _places(self) -> Iterator[Failure]:
        here = f"{self.prison}-"
        matched = self.design is ComparisonDesign.MATCHED_WING
        if matched is (self.compared_with is None):
            yield Failure("WING_GOES_WITH_DESIGN", "/comparedWith")
        elif self.compared_with is not None and not self.compared_with.startswith(here):
            yield Failure("WING_OF_ANOTHER_PRISON", "/comparedWith")
        stepped = self.design is ComparisonDesign.STEPPED_ROLL_OUT
        if len(self.reached) != len(self.reached_on) or (len(self.reached) > 1) is not stepped:
            yield Failure("WINGS_GO_WITH_DESIGN", "/reached")
        if len(set(self.reached)) != len(self.reached) or not all(w.startswith(here) for w in self.reached):
            yield Failure("WING_OF_ANOTHER_PRISON", "/reached")


def _of_people(code: str) -> bool:
    return code in NEWEST and NEWEST[code].of is InstrumentOf.PERSON
