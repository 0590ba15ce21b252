"""When and where a scheme is to be had, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, Field, StringConstraints
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation
from api.routes.register import Register, SchemePath
from api.routes.shapes import Body, Day, Nothing, ShortText, Wing, amending
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.schemes.registers import places, times
from domain.schemes.registers.hours import Weekday
from domain.schemes.registers.places import MeetingPlace, Outage, OutOfUse, PlaceKind
from domain.schemes.registers.times import ServiceTime

_Clock = Annotated[
    str,
    StringConstraints(max_length=5, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="By the clock on the prison's wall.", examples=["09:00"]),
]
_EVERYBODY = (
    "Whoever is in the prison: people in custody, supporters and staff (operations), healthcare (support); and the"
    " partner (support), and who watches over the prison."
)


class AddServiceTime(Body):
    """A time of the week. A night ends on the next morning."""

    weekday: Weekday
    band: Band
    starts: _Clock
    ends: _Clock
    valid_from: Day
    valid_until: Day | None = None
    place: UUID | None = None


AmendServiceTime = amending(
    "AmendServiceTime", "The members to change; `validUntil` and `place` may be emptied with null.", AddServiceTime
)


class AddMeetingPlace(Body):
    """A place that the scheme uses."""

    kind: PlaceKind
    name: ShortText
    wing: Wing | None = None


AmendMeetingPlace = amending("AmendMeetingPlace", "The members to change.", AddMeetingPlace, without=("kind",))


class TakeOutOfUse(Body):
    """Why it cannot be used."""

    reason: OutOfUse


class Occasion(Shown):
    """One time at which the scheme is to be had. `inUse` is false where its place is out of use now."""

    startsAt: AwareDatetime
    endsAt: AwareDatetime
    band: Band
    serviceTime: UUID
    place: UUID | None
    inUse: bool


class Availability(Shown):
    """The next times at which a scheme is to be had, as instants."""

    items: Annotated[list[Occasion], Field(max_length=100)]


TIMES = Register(
    ServiceTime,
    "service-times",
    many="service times",
    reads=Verb.READ_SERVICE_TIME,
    writes=Verb.KEEP_SERVICE_TIME,
)
TIMES.lists(
    f"The times of the week at which the scheme runs. {_EVERYBODY}",
    weekday=(Weekday, "Only on this day."),
    band=(Band, "Only in this band."),
)
TIMES.adds(
    AddServiceTime, times.add, "A time of the week, which overlaps no other of the scheme. Coordinator (operations)."
)
TIMES.shows("One time of the week.")
TIMES.amends(
    AmendServiceTime,
    "Change the members sent; it still overlaps no other. Coordinator (operations). Needs `If-Match`.",
    times.amend,
)


@operation(
    TIMES.routes,
    "GET",
    "/v1/schemes/{id}/availability",
    Verb.READ_AVAILABILITY,
    name="getAvailability",
    summary="When it is next available",
    shows=Availability,
)
async def get_availability(
    call: CallDep,
    scheme: SchemePath,
    count: Annotated[int, Query(ge=1, le=100, description="How many times to come, within a year.")] = 10,
) -> Response:
    """The next times, worked out from the scheme's service times over nights and clock changes; the one that is on now
    among them; none while the scheme is not open. As planned: it tells nothing of who came. Whoever reads the service
    times."""
    found = await call.run(lambda begin: times.availability(begin, scheme, count))
    items = [
        {
            "startsAt": one.starts_at,
            "endsAt": one.ends_at,
            "band": one.of.band,
            "serviceTime": one.of.id,
            "place": one.of.place,
            "inUse": one.in_use,
        }
        for one in found
    ]
    return call.plain({"items": items})


PLACES = Register(MeetingPlace, "places", many="places", reads=Verb.READ_MEETING_PLACE, writes=Verb.KEEP_MEETING_PLACE)
PLACES.lists(f"Where the scheme meets. {_EVERYBODY}", kind=(PlaceKind, "Only of this sort."))
PLACES.adds(AddMeetingPlace, places.add, "A place that the scheme uses. Coordinator (operations).")
PLACES.shows("One place; out of use, it says since when.")
PLACES.amends(AmendMeetingPlace, "Change the members sent. Coordinator (operations). Needs `If-Match`.")
PLACES.moves(
    "take-out-of-use",
    TakeOutOfUse,
    places.take_out,
    "It cannot be used from today. Coordinator (operations). Needs `If-Match`.",
    name="takePlaceOutOfUse",
)
PLACES.moves(
    "bring-back",
    Nothing,
    places.bring_back,
    "It is in use again. Coordinator (operations). Needs `If-Match`.",
    name="bringPlaceBack",
)

OUTAGES = Register(Outage, "outages", many="outages", reads=Verb.READ_OUTAGE, writes=Verb.KEEP_MEETING_PLACE)
OUTAGES.lists(
    "When places of the scheme were out of use, and why, by the day on which it began. Coordinator (operations),"
    " partner (support), safer custody (safety), governor, monitoring board and inspectorate (oversight).",
    order="since",
    place=(UUID, "Only of this place."),
)
OUTAGES.shows("One time out of use.")

REGISTERS = (TIMES, PLACES, OUTAGES)
