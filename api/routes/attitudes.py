"""What people say of a scheme, in counts: feedback by the quarter, pulses, and what speaks of each risk."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Day, IdPath
from api.wire import shown
from domain.confidentiality.verbs import Verb
from domain.feedback.pulses import PulseGroup, PulseItem, PulseResult
from domain.feedback.record import Theme, Voice
from domain.heard.counted import counted
from domain.schemes.registers.risks import RiskCode, RiskState
from domain.vigilance import signals, spread
from domain.vigilance.spread import SpreadOf

_Count = Annotated[int | None, Field(ge=0, le=1_000_000, description="1 to 7 are not told, others to the nearest 5.")]
_Case = Annotated[
    int | None,
    Field(
        ge=0,
        le=1_000_000,
        description="As it was let out of the quarter; null: not let out, or casework that this viewer does not see.",
    ),
]
_Score = Annotated[int, Field(ge=10, le=50, description="Tenths of five: 38 is 3.8.")]


class ThemeCount(Shown):
    """One theme, and how often it was named."""

    theme: Theme
    times: _Count


class VoiceCounts(Shown):
    """What one group said."""

    voice: Voice
    given: _Count
    ratings: Annotated[list[_Count], Field(min_length=5, max_length=5, description="Of 1, 2, 3, 4 and 5.")]
    would_again: Annotated[_Count, Field(alias="wouldAgain")]
    themes: Annotated[list[ThemeCount], Field(max_length=20)]


class FeedbackCounted(Shown):
    """Feedback of one quarter."""

    quarter: Annotated[Day, Field(description="Its first day.")]
    voices: Annotated[list[VoiceCounts], Field(max_length=3)]


PULSES = Register(PulseResult, "pulse-results", many="pulse results", reads=Verb.READ_PULSE_RESULT, tag="feedback")
PULSES.lists(
    "What each group answered to each item, by the quarter: the trend, each score with its 95 % interval. Nothing is"
    " told of fewer than ten. Coordinator, partner and evaluator (evaluation), safer custody (safety), governor,"
    " monitoring board and inspectorate (oversight).",
    order="quarter",
    of_group=(PulseGroup, "Only of this group."),
    item=(PulseItem, "Only this item."),
    quarter=(Day, "Only of the quarter that begins on this day."),
)
PULSES.shows("One group's answers to one item in one quarter.")


@operation(
    PULSES.routes,
    "GET",
    "/v1/schemes/{id}/feedback-counts",
    Verb.READ_FEEDBACK_COUNTS,
    name="getFeedbackCounts",
    summary="Feedback, counted",
    shows=FeedbackCounted,
)
async def get_counts(
    call: CallDep,
    id: IdPath,
    quarter: Annotated[Day | None, Query(description="Any day of a quarter that is over for two weeks.")] = None,
) -> Response:
    """Of the last quarter that is told, or an earlier one: two weeks after its end it is told, and never changes. What
    those helped said is told once the quarter's figures are let out, and their ratings are those figures. Those who
    read pulses; and the scheme's supporters, of what those helped said, where they used eight or more codes."""
    found = await call.run(lambda begin: counted(begin, id, quarter))
    voices = [
        {**shown(voice), "themes": [{"theme": theme, "times": n} for theme, n in voice.themes.items()]}
        for voice in found.voices
    ]
    return call.plain({"quarter": found.quarter, "voices": voices})


class GroupShown(Shown):
    """One wing."""

    wing: Annotated[str, Field(max_length=20)]
    people: Annotated[_Count, Field(description="How many are concerned; null: fewer than ten.")]
    times: _Count
    share: Annotated[int | None, Field(ge=0, le=100, description="Per cent; of twenty or more alone.")]


class ComparedShown(Shown):
    """One comparison."""

    what: SpreadOf
    differs: Annotated[bool, Field(description="Two wings differ so that somebody should ask why. It accuses nobody.")]
    groups: Annotated[list[GroupShown], Field(max_length=100)]


class SpreadShown(Shown):
    """How evenly things are spread, over four quarters that are over."""

    since: Annotated[date, Field(description="The first day.")]
    until: Annotated[date, Field(description="The first day that is not counted any more.")]
    compared: Annotated[list[ComparedShown], Field(max_length=10)]


@operation(
    PULSES.routes,
    "GET",
    "/v1/schemes/{id}/spread",
    Verb.READ_SPREAD,
    name="getSpread",
    summary="How evenly places, shifts and pay are spread",
    shows=SpreadShown,
)
async def get_spread(call: CallDep, id: IdPath) -> Response:
    """Wings beside each other: who was taken on, who was removed, bands of the rota, half days of pay. Wings of which
    fewer than ten are concerned are not told. It is worked out once a quarter, nine days after its end, and stands
    until the next; before the first there is nothing. A difference says that somebody should ask why. Coordinator and
    partner (evaluation), safer custody (safety), governor, monitoring board and inspectorate (oversight)."""
    found = await call.run(lambda begin: spread.spread(begin, id))
    compared = [{**shown(each), "groups": [shown(group) for group in each.groups]} for each in found.compared]
    return call.plain({**shown(found), "compared": compared})


class PulseSignalShown(Shown):
    """An item whose whole interval lies below the middle."""

    quarter: Day
    of_group: Annotated[PulseGroup, Field(alias="ofGroup")]
    item: PulseItem
    score: _Score
    highest: _Score


class RiskSignalShown(Shown):
    """What speaks of one risk."""

    risk: RiskCode
    state: Annotated[RiskState | None, Field(description="Where it stands in the register; null: it is not there.")]
    pulses: Annotated[list[PulseSignalShown], Field(max_length=60)]
    incidents: _Case
    complaints: _Case
    breaches: _Case
    task_requests: Annotated[_Case, Field(alias="taskRequests")]
    spread_differs: Annotated[bool, Field(alias="spreadDiffers")]
    worth_a_look: Annotated[
        bool, Field(alias="worthALook", description="Something told here speaks of it. Nothing follows by itself.")
    ]


class RiskSignals(Shown):
    """One for each risk that the evidence names."""

    items: Annotated[list[RiskSignalShown], Field(max_length=20)]


@operation(
    PULSES.routes,
    "GET",
    "/v1/schemes/{id}/risk-signals",
    Verb.READ_RISK_SIGNALS,
    name="getRiskSignals",
    summary="What speaks of each risk",
    shows=RiskSignals,
)
async def get_signals(call: CallDep, id: IdPath) -> Response:
    """Beside each named risk of the register: pulses below the middle, and of the last quarter that is over and settled
    reported pressure, complaints, breaches and tasks that are not the scheme's, in counts that were let out once; and
    whether things are spread unevenly. It moves no risk: whoever keeps the register assesses it. Coordinator and
    partner (evaluation), who see no casework and so no count of it; safer custody (safety), governor, monitoring board
    and inspectorate (oversight)."""
    found = await call.run(lambda begin: signals.signals(begin, id))
    items = [{**shown(each), "pulses": [shown(pulse) for pulse in each.pulses]} for each in found]
    return call.plain({"items": items})


REGISTERS = (PULSES,)
