"""The rota of supporters over HTTP, and the debriefs and checks that hang on it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, Day, Flag, IdPath, Nothing, Whole, Wing
from api.wire import shown
from domain.care import debriefs, roster, wellbeing
from domain.care.debriefs import Debrief, DebriefState
from domain.care.roster import Overridden, RosterEntry
from domain.care.wellbeing import Sleep, WellbeingCheck
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.supporters.record import Supporter

_OneToFive = Annotated[Whole, Field(ge=1, le=5)]
_Counted = Annotated[int | None, Field(ge=0, le=100_000)]


class WriteRosterEntry(Body):
    """Who is there, on which day, in which band; and why a hard limit is passed, if it is."""

    supporter: UUID
    day: Day
    band: Band
    wing: Wing | None = None
    """For which he is there; where none is named, his own."""
    override: Overridden | None = None
    """It then waits for another person's yes."""


class RateDebrief(Body):
    """The supporter's own word for how hard it was, and whether he would like the talk."""

    hard: _OneToFive
    talk: Flag


class HoldDebrief(Body):
    """The talk was had; `hard` where it was said there."""

    hard: _OneToFive | None = None


class MakeCheck(Body):
    """How one is: a figure from 0 to 10, and codes."""

    rated: Annotated[Whole, Field(ge=0, le=10)]
    intrusive_thoughts: Flag
    sleep: Sleep
    wants_pause: Flag


class FaringShown(Body):
    """How the supporters of a scheme fare, by their last answers. Null: too few to say."""

    days: Annotated[int, Field(ge=1, le=400)]
    """Within how many days, back from today."""
    supporters: _Counted
    """How many answered; each of the figures is of them, rounded to the nearest 5."""
    low: _Counted
    """How many rate themselves low."""
    intrusive_thoughts: _Counted
    """How many cannot get what they heard out of their heads."""
    sleep_badly: _Counted
    """How many sleep badly."""
    want_pause: _Counted
    """How many would like a rest."""


ROSTER = Register(
    RosterEntry,
    "roster",
    many="roster entries",
    reads=Verb.READ_ROSTER_ENTRY,
    writes=Verb.WRITE_ROSTER_ENTRY,
    tag="care",
)
ROSTER.lists_all(
    "The rota. Coordinator and partner (support) with what waits and what it passes; wing and orderly officers,"
    " activities hub, supporters and peer coordinators as it is published, and no more (operations).",
    order="day",
    scheme=(UUID, "Only of this scheme."),
    supporter=(UUID, "Only of this supporter."),
    day=(Day, "Only of this day."),
    band=(Band, "Only of this band."),
)
ROSTER.adds(
    WriteRosterEntry,
    roster.write,
    "Roster a supporter, within the load limits of the kind; all that are passed are told. Coordinator (support).",
)
ROSTER.shows("One entry of the rota.")
ROSTER.moves(
    "approve",
    Nothing,
    roster.approve,
    "Another person's yes to an override: it is published. Coordinator or partner (support). Needs `If-Match`.",
    verb=Verb.APPROVE_ROSTER_ENTRY,
)
ROSTER.moves(
    "withdraw",
    Nothing,
    roster.withdraw,
    "Take it from the rota. Coordinator (support). Needs `If-Match`.",
    verb=Verb.WITHDRAW_ROSTER_ENTRY,
)

DEBRIEFS = Register(
    Debrief,
    "debriefs",
    many="debriefs",
    reads=Verb.READ_DEBRIEF,
    writes=Verb.ASK_DEBRIEF,
    tag="care",
    under=Supporter,
)
DEBRIEFS.lists_all(
    "Debriefs, by when they are due. The supporter his own; the partner those of its schemes; where the prison runs the"
    " scheme itself, the supervisor (support). A band's is there from its end on, for everybody rostered alike.",
    order="due_by",
    scheme=(UUID, "Only of this scheme."),
    supporter=(UUID, "Only of this supporter."),
    state=(DebriefState, "Only in this state."),
)


@operation(
    DEBRIEFS.routes,
    "POST",
    "/v1/supporters/{id}/debriefs",
    Verb.ASK_DEBRIEF,
    name="askDebrief",
    summary="Ask for a talk",
    shows=DEBRIEFS.model,
    status=201,
)
async def ask_debrief(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Ask for an earlier talk, without a reason. The supporter himself (support)."""
    return await call.create(Debrief, lambda begin: debriefs.ask(begin, id))


DEBRIEFS.shows("One debrief. Nothing of what was said is in it.")
DEBRIEFS.moves(
    "rate",
    RateDebrief,
    debriefs.rate,
    "Say how hard it was, and whether a talk is wanted. The supporter himself (support). Needs `If-Match`.",
    verb=Verb.RATE_DEBRIEF,
)
DEBRIEFS.moves(
    "hold",
    HoldDebrief,
    debriefs.hold,
    "The talk was had. Partner, or supervisor of a scheme of the prison's own (support). Needs `If-Match`.",
    verb=Verb.HOLD_DEBRIEF,
)

CHECKS = Register(
    WellbeingCheck,
    "wellbeing-checks",
    many="wellbeing checks",
    reads=Verb.READ_WELLBEING_CHECK,
    writes=Verb.MAKE_WELLBEING_CHECK,
    tag="care",
    under=Supporter,
)
CHECKS.lists_all(
    "How supporters fare, in their own word. A supporter his own; his supervisor of the partner (support)."
    " Nobody else.",
    order="checked_on",
    supporter=(UUID, "Only of this supporter."),
)
CHECKS.adds(MakeCheck, wellbeing.check, "Say how one is. The supporter himself (support).", name="makeWellbeingCheck")
CHECKS.shows("One answer.")


@operation(
    CHECKS.routes,
    "GET",
    "/v1/schemes/{id}/faring",
    Verb.READ_FARING,
    name="getFaring",
    summary="How supporters fare",
    shows=FaringShown,
)
async def get_faring(call: CallDep, id: IdPath) -> Response:
    """Counts over five or more supporters of the scheme, and nothing of fewer. Coordinator and partner (support), safer
    custody (safety), governor, monitoring board, inspectorate (oversight)."""
    return call.plain(shown(await call.run(lambda begin: wellbeing.faring(begin, id))))


REGISTERS = (ROSTER, DEBRIEFS, CHECKS)
