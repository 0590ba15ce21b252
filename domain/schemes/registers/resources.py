"""What a scheme needs and what it used (seed: 'what resources are available?'), month by month: staff hours, rooms,
materials, money, and the time in which somebody is unlocked."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ResourceId, SchemeId
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.belonging import OfScheme, made, scheme_to_write


class ResourceKind(StrEnum):
    """What is planned and used."""

    STAFF_HOURS = "STAFF_HOURS"
    ROOM = "ROOM"
    MATERIALS = "MATERIALS"
    MONEY = "MONEY"
    UNLOCK_TIME = "UNLOCK_TIME"
    TRAINING = "TRAINING"


class ResourceUnit(StrEnum):
    """In what it is counted: whole ones."""

    HOURS = "HOURS"
    MINUTES = "MINUTES"
    PIECES = "PIECES"
    PLACES = "PLACES"
    """Places on a course."""
    MINOR_UNITS = "MINOR_UNITS"
    """Of the jurisdiction's currency: pence, cents."""


UNIT_OF: Final[Mapping[ResourceKind, ResourceUnit]] = {
    ResourceKind.STAFF_HOURS: ResourceUnit.HOURS,
    ResourceKind.ROOM: ResourceUnit.HOURS,
    ResourceKind.MATERIALS: ResourceUnit.PIECES,
    ResourceKind.MONEY: ResourceUnit.MINOR_UNITS,
    ResourceKind.UNLOCK_TIME: ResourceUnit.MINUTES,
    ResourceKind.TRAINING: ResourceUnit.PLACES,
}
"""A kind is counted in one unit, so that months can be laid side by side."""


@record(kind="resource", kept="six years after its scheme closes; it names nobody in custody")
class Resource(OfScheme):
    """One resource in one month (YYYY-MM): what was planned, and what was used once that is known."""

    id: Open[ResourceId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    kind: Operational[ResourceKind]
    month: Operational[str]
    """YYYY-MM."""
    planned: Operational[int]
    """How much, in its `unit`: money in minor units (pence, cents) of the jurisdiction's currency."""
    used: Operational[int | None] = None
    """How much was, in the same unit; None: not known yet."""

    @derived
    def unit(self, now: datetime) -> Operational[ResourceUnit]:
        """In what both are counted."""
        return UNIT_OF[self.kind]

    @derived
    def over(self, now: datetime) -> Operational[int]:
        """How much more was used than was planned; 0 where it was not."""
        return max(0, (self.used or 0) - self.planned)


async def add(
    begin: Begin, scheme: UUID, *, kind: ResourceKind, month: str, planned: int, used: int | None = None
) -> View[Resource]:
    """A resource of a month. Each is there once."""
    async with begin.serially(Verb.KEEP_RESOURCE) as act:
        of = await scheme_to_write(act, scheme, Resource)
        there = await act.known(Resource, Query(equal={"scheme": of.id, "kind": kind, "month": month}, limit=1))
        require((not there, "ALREADY_PLANNED"))
        resource = made(act, of, Resource, kind=kind, month=month, planned=planned, used=used)
        act.keep(resource)
        return act.disclose(resource)
