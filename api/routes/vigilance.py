"""The register of breaches, and looks that are out of the ordinary, over HTTP."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api import wire
from api.described import Shown
from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, IdPath, Instant
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.oversight.record import LedgerLine
from domain.vigilance import breaches, looks
from domain.vigilance.breach import (
    Breach,
    BreachAction,
    BreachDecision,
    BreachFinding,
    BreachHarm,
    BreachKind,
    BreachState,
    FoundBy,
    PeopleConcerned,
)
from domain.vigilance.breaches import MOST_LINES
from domain.vigilance.looks import LookReview, LookRule, LookState, UnusualLook

_Line = model(LedgerLine)


class NoteBreach(Body):
    """What is suspected, in codes, the lines of the ledger that tell of it, and whose acts it is. Nobody in custody,
    and nothing of what was seen."""

    what: BreachKind
    found_by: FoundBy
    aware_at: Instant
    lines: Annotated[list[UUID], Field(max_length=MOST_LINES)] = []
    """By the ids of lines that whoever notes it reads."""
    named: UUID | None = None
    """By an assignment of his, the member of staff whose acts it is: he reaches it by no route. Without lines and
    without this it goes up, to the monitoring board alone."""


class AssessBreach(Body):
    """What it was."""

    finding: BreachFinding
    harm: BreachHarm
    people: PeopleConcerned


class DecideBreach(Body):
    """Whether the regulator is told, and what was done."""

    decision: BreachDecision
    because: Annotated[list[BreachAction], Field(max_length=9)] = []
    """What was done about it."""


class ReviewUnusualLook(Body):
    """What it was, after speaking with whoever looked."""

    review: LookReview
    scheme: UUID | None = None
    """Of what is not explained: in the register of which scheme it goes, as a suspicion."""


class LinesShown(Shown):
    """Lines of the ledger, each as its reader may see it."""

    items: Annotated[list[_Line], Field(max_length=MOST_LINES)]  # type: ignore[valid-type]


BREACHES = Register(
    Breach, "breaches", many="breaches", reads=Verb.READ_BREACH, writes=Verb.NOTE_BREACH, tag="feedback"
)
BREACHES.lists_all(
    "Suspected breaches and near misses, those that are due first. Information governance and governor (investigation),"
    " safer custody (safety), monitoring board and inspectorate (oversight). Never whoever's acts they are; those in"
    " which nobody is named, the monitoring board and the inspectorate alone.",
    order="report_on",
    scheme=(UUID, "Only of this scheme."),
    state=(BreachState, "Only in this state."),
)
BREACHES.adds(
    NoteBreach,
    breaches.note,
    "Note that one is suspected, or nearly happened. From `awareAt` seventy-two hours run. Information governance and"
    " governor (investigation), safer custody (safety). One without lines and without a name goes up: whoever noted it"
    " does not find it again.",
    name="noteBreach",
)
BREACHES.shows("One of them. `due`: less than a day is left of the seventy-two hours, and nothing is decided.")
BREACHES.moves(
    "assess",
    AssessBreach,
    breaches.assess,
    "Say what it was, how grave and for how many. Information governance or governor (investigation), monitoring board"
    " (oversight). Needs `If-Match`.",
    verb=Verb.ASSESS_BREACH,
)
BREACHES.moves(
    "decide",
    DecideBreach,
    breaches.decide,
    "Say whether it was reported and what was done: somebody who never assessed it. Needs `If-Match`.",
    verb=Verb.DECIDE_BREACH,
)


@operation(
    BREACHES.routes,
    "GET",
    "/v1/breaches/{id}/lines",
    Verb.READ_BREACH_LINES,
    name="getBreachLines",
    summary="The lines that tell of a breach",
    shows=LinesShown,
)
async def get_breach_lines(call: CallDep, id: IdPath) -> Response:
    """The very lines of the ledger, as whoever reads the breach may see them. Reading them is an entry as well."""
    found = await call.run(lambda begin: breaches.lines_of(begin, id))
    return call.plain({"items": wire.items(found)})


LOOKS = Register(
    UnusualLook,
    "unusual-looks",
    many="unusual looks",
    reads=Verb.READ_UNUSUAL_LOOK,
    writes=Verb.REVIEW_UNUSUAL_LOOK,
    tag="feedback",
    under=None,
)
LOOKS.lists(
    "What the rules found out of the ordinary, each with its rule, its limit and the count; a number accuses nobody."
    " Information governance and governor (investigation), monitoring board and inspectorate (oversight). Never whoever"
    " looked.",
    order="day",
    state=(LookState, "Only those that stand so."),
    rule=(LookRule, "Only by this rule."),
)
LOOKS.shows("One of them. `rule` is the whole of the explanation: so many (`times`) where `atLeast` is the limit.")
LOOKS.moves(
    "review",
    ReviewUnusualLook,
    looks.review,
    "Say what it was, after speaking with whoever looked. What is not explained goes into a scheme's register of"
    " breaches, with its lines. Information governance and governor (investigation), monitoring board (oversight)."
    " Needs `If-Match`.",
)


@operation(
    LOOKS.routes,
    "GET",
    "/v1/unusual-looks/{id}/lines",
    Verb.READ_UNUSUAL_LOOK,
    name="getUnusualLookLines",
    summary="The lines that a rule found",
    shows=LinesShown,
)
async def get_look_lines(call: CallDep, id: IdPath) -> Response:
    """The lines of the ledger, as whoever reads it may see them."""
    found = await call.run(lambda begin: looks.lines_of(begin, id))
    return call.plain({"items": wire.items(found)})


REGISTERS = (BREACHES, LOOKS)
