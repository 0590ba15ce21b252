"""Where a scheme meets: rooms, Listener suites, a cell, a door, a telephone. A place that is taken out of use says
since when and why, and what was out of use before stays on record: that suites are lost is an old complaint (domain
facts 1.1)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure
from domain.kernel.ids import MeetingPlaceId, OutageId, SchemeId
from domain.kernel.moves import require
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, changed, drafted, with_


class PlaceKind(StrEnum):
    """What sort of place."""

    LISTENER_SUITE = "LISTENER_SUITE"
    ROOM = "ROOM"
    CELL_VISIT = "CELL_VISIT"
    AT_THE_DOOR = "AT_THE_DOOR"
    PHONE = "PHONE"
    OUTDOORS = "OUTDOORS"


class OutOfUse(StrEnum):
    """Why a place cannot be used."""

    DAMAGE = "DAMAGE"
    LIGATURE_RISK = "LIGATURE_RISK"
    USED_AS_CELL = "USED_AS_CELL"
    USED_FOR_SOMETHING_ELSE = "USED_FOR_SOMETHING_ELSE"
    NO_STAFF_TO_SUPERVISE = "NO_STAFF_TO_SUPERVISE"
    INFECTION_CONTROL = "INFECTION_CONTROL"
    NOT_PRIVATE = "NOT_PRIVATE"


@record(kind="meeting-place", kept="six years after its scheme closes; it names nobody in custody")
class MeetingPlace(OfScheme):
    """A place that a scheme uses. `outage` is the one that keeps it out of use now, if any does."""

    id: Open[MeetingPlaceId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    kind: Open[PlaceKind]
    name: Open[str]
    wing: Open[str | None] = None
    out_of_use_since: Open[date | None] = None
    """None: it is in use."""
    out_of_use_for: Operational[OutOfUse | None] = None
    outage: Operational[OutageId | None] = None
    """The record of the time out of use that is under way."""

    def faults(self) -> Iterable[Failure]:
        """Its wing is one of its prison; a wing's own name without a prison's is taken as it is, as in requests."""
        if self.wing is not None and "-" in self.wing and not self.wing.startswith(f"{self.prison}-"):
            yield Failure("WING_OF_ANOTHER_PRISON", "/wing")


@record(kind="outage", kept="six years after its scheme closes; it names nobody in custody")
class Outage(OfScheme):
    """A time in which a place was out of use. `until` is the day on which it was back."""

    id: Open[OutageId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    place: Open[MeetingPlaceId]
    reason: Operational[OutOfUse]
    since: Operational[date]
    until: Operational[date | None] = None
    """None: it is out of use still."""


async def add(begin: Begin, scheme: UUID, *, kind: PlaceKind, name: str, wing: str | None = None) -> View[MeetingPlace]:
    """A place that the scheme uses."""
    return await belonging.add(begin, Verb.KEEP_MEETING_PLACE, MeetingPlace, scheme, kind=kind, name=name, wing=wing)


async def take_out(begin: Begin, id: UUID, *, seen: Tag, reason: OutOfUse) -> View[MeetingPlace]:
    """It cannot be used from today, and why."""
    async with begin(Verb.KEEP_MEETING_PLACE) as act:
        was = await act.fetch(MeetingPlace, id, seen=seen)
        require((was.outage is None, "OUT_OF_USE"))
        today = local_day(was, act.now)
        outage = drafted(act, was, Outage, place=was.id, reason=reason, since=today)
        gone = with_(was, outage=outage.id, out_of_use_since=today, out_of_use_for=reason)
        view = await changed(act, was, gone)
        act.keep_beside(outage)
        return view


async def bring_back(begin: Begin, id: UUID, *, seen: Tag) -> View[MeetingPlace]:
    """It is in use again."""
    async with begin(Verb.KEEP_MEETING_PLACE) as act:
        was = await act.fetch(MeetingPlace, id, seen=seen)
        require((was.outage is not None, "IN_USE"))
        view = await changed(act, was, with_(was, outage=None, out_of_use_since=None, out_of_use_for=None))
        outage = None if was.outage is None else await act.known_one(Outage, was.outage)
        if outage is not None:
            act.keep_beside(with_(outage, until=local_day(was, act.now)), was=outage)
        return view
