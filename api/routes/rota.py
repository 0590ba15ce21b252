"""What a rota needs, where it falls short of it, and the pattern of its weeks, over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register, SchemePath
from api.routes.shapes import Body, Day, Nothing, Whole, Wing, amending
from api.wire import shown
from domain.act import Act
from domain.care import cover, pattern, proposing
from domain.care.cover import LONGEST, CoverNeed
from domain.care.pattern import Laid, RotaLine
from domain.care.roster import RosterEntry
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.schemes.registers.hours import Weekday

_Counted = Annotated[int, Field(ge=0, le=1000)]
_Needed = Annotated[Whole, Field(ge=0, le=50)]


class AddCoverNeed(Body):
    """How many supporters a band of a weekday needs: on a wing, or in the whole prison."""

    wing: Wing | None = None
    """Without one: in the whole prison, whatever wing they are there for."""
    weekday: Weekday
    """A night is one of the day on which it begins."""
    band: Band
    supporters: _Needed


AmendCoverNeed = amending(
    "AmendCoverNeed", "Another number; 0: none any more.", AddCoverNeed, without=("wing", "weekday", "band")
)


class CoverShown(Body):
    """One band of one day, in the whole prison (`wing` is null) or on one wing."""

    day: date
    band: Band
    wing: Wing | None
    needed: _Counted
    """How many supporters there must be."""
    rostered: _Counted
    """How many are on the rota as published."""
    missing: _Counted
    """Needed, and not rostered."""


class CoverOfDays(Body):
    """Every band of every day, in order; for the whole prison first, then for each wing of which something is said."""

    items: Annotated[list[CoverShown], Field(max_length=2000)]


class AddRotaLine(Body):
    """Who is there every week, on which weekday, in which band."""

    supporter: UUID
    weekday: Weekday
    band: Band
    wing: Wing | None = None
    """For which he is there; where none is named, his own."""


class LayPattern(Body):
    """Over which weeks."""

    first_week: Day
    """A Monday."""
    weeks: Annotated[Whole, Field(ge=1, le=13)]
    """How many weeks, from that one on."""


class LineLaid(Body):
    """What became of one line on one day."""

    line: UUID
    supporter: UUID
    day: date
    band: Band
    entry: UUID | None
    """Where he is on the rota; null: he is not, for what `codes` say."""
    codes: Annotated[list[Annotated[str, Field(max_length=40, pattern=r"^[A-Z_]+$")]], Field(max_length=20)]
    """What stands in the way, as in `failures` of one that is written by itself; `ALREADY_ROSTERED` beside an `entry`:
    it was there before. Where a key comes again nothing is tried, and none is told."""


class PatternLaid(Body):
    """Every line on every day of the weeks, in order."""

    items: Annotated[list[LineLaid], Field(max_length=2600)]


class LayProposal(Body):
    """Which proposal."""

    job: UUID
    """The job, of kind `ROTA`, that made it."""


class ShiftLaid(Body):
    """What became of one who was proposed."""

    supporter: UUID
    day: date
    band: Band
    entry: UUID | None
    """Where he is on the rota; null: he is not, for what `codes` say."""
    codes: Annotated[list[Annotated[str, Field(max_length=40, pattern=r"^[A-Z_]+$")]], Field(max_length=20)]
    """What stands in the way, as in `failures` of one that is written by itself; `ALREADY_ROSTERED` beside an `entry`:
    it was there before. Where a key comes again nothing is tried, and none is told."""


class ProposalLaid(Body):
    """Everybody who was proposed, in order."""

    items: Annotated[list[ShiftLaid], Field(max_length=5000)]


NEEDS = Register(
    CoverNeed,
    "cover-needs",
    many="cover needs",
    reads=Verb.READ_COVER_NEED,
    writes=Verb.KEEP_COVER_NEED,
    tag="care",
)
_READERS = (
    "Coordinator and partner (support), wing and orderly officers and the activities hub (operations), safer custody"
    " (safety), governor (oversight). Nobody in custody."
)
NEEDS.lists(
    f"How many supporters each band needs. {_READERS}",
    weekday=(Weekday, "Only on this day."),
    band=(Band, "Only in this band."),
)
NEEDS.adds(AddCoverNeed, cover.add, "Say how many a band of a weekday needs. Coordinator (support).")
NEEDS.shows("How many one band needs.")
NEEDS.amends(AmendCoverNeed, "Say another number. Coordinator (support). Needs `If-Match`.", cover.amend)


@operation(
    NEEDS.routes,
    "GET",
    "/v1/schemes/{id}/cover",
    Verb.READ_COVER,
    name="getCover",
    summary="Where the rota falls short",
    shows=CoverOfDays,
)
async def get_cover(
    call: CallDep,
    scheme: SchemePath,
    since: Annotated[Day | None, Query(description="The first day; without one, today.")] = None,
    until: Annotated[
        Day | None,
        Query(description=f"The last day, at most {LONGEST} days with the first; without one, a week with it."),
    ] = None,
) -> Response:
    """For each day and band: needed, rostered, missing. By the rota as published and by nothing else: never by who was
    called, or who cannot come. Whoever reads what is needed."""
    found = await call.run(lambda begin: cover.cover(begin, scheme, since, until))
    return call.plain({"items": [shown(each) for each in found]})


PATTERN = Register(
    RotaLine,
    "rota-lines",
    many="rota lines",
    reads=Verb.READ_ROTA_LINE,
    writes=Verb.KEEP_ROTA_LINE,
    tag="care",
)
PATTERN.lists(
    "The pattern of the week, line by line. Coordinator (support).",
    supporter=(UUID, "Only of this supporter."),
    weekday=(Weekday, "Only on this day."),
)
PATTERN.adds(AddRotaLine, pattern.add, "Add a line to the pattern. By itself it rosters nobody. Coordinator (support).")
PATTERN.shows("One line of the pattern.")
PATTERN.moves(
    "end",
    Nothing,
    pattern.end,
    "Take it out of the pattern; what it rostered stands. Coordinator (support). Needs `If-Match`.",
)


@operation(
    PATTERN.routes,
    "POST",
    "/v1/schemes/{id}/lay-pattern",
    Verb.LAY_PATTERN,
    name="layPattern",
    summary="Lay the pattern over weeks",
    shows=PatternLaid,
    status=201,
)
async def lay_pattern(call: CallDep, scheme: SchemePath, body: LayPattern) -> Response:
    """Roster by the pattern, in one act: whatever can be placed is, and of the rest each line and day is told with what
    stands in its way. Laid again it places what was missing. No hard limit is passed. Coordinator (support)."""
    over = body.given()

    async def again(act: Act, _: RosterEntry) -> list[Laid]:
        return await pattern.shown(act, scheme, **over)

    found = await call.once(RosterEntry, lambda begin: pattern.lay(begin, scheme, **over), again)
    return call.plain({"items": [shown(each) for each in found]}, 201)


@operation(
    PATTERN.routes,
    "POST",
    "/v1/schemes/{id}/lay-proposal",
    Verb.LAY_PROPOSAL,
    name="layProposal",
    summary="Lay a proposed rota",
    shows=ProposalLaid,
    status=201,
)
async def lay_proposal(call: CallDep, scheme: SchemePath, body: LayProposal) -> Response:
    """Roster whom one's own job of kind `ROTA` proposed, in one act: whoever can be placed still is, and of the rest
    each is told with what stands in the way. No hard limit is passed. Coordinator (support)."""

    async def again(act: Act, _: RosterEntry) -> list[proposing.ProposalLaid]:
        return await proposing.shown(act, scheme, job=body.job)

    found = await call.once(RosterEntry, lambda begin: proposing.lay(begin, scheme, job=body.job), again)
    return call.plain({"items": [shown(each) for each in found]}, 201)


REGISTERS = (NEEDS, PATTERN)
