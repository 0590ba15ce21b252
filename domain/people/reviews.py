"""stub"""

from enum import StrEnum
from uuid import UUID

from domain.act import Act
from domain.people.record import Person


class ReviewKind(StrEnum):
    """stub"""

    TRANSFERRED_OUT = "TRANSFERRED_OUT"
    RELEASED = "RELEASED"
    HOSPITAL = "HOSPITAL"
    ALERT = "ALERT"
    INCENTIVE = "INCENTIVE"
    UNVERIFIED = "UNVERIFIED"
    WHEREABOUTS_DIFFER = "WHEREABOUTS_DIFFER"


async def raise_(
    act: Act,
    kind: ReviewKind,
    person: Person,
    *,
    supporter: UUID | None = None,
    enrolment: UUID | None = None,
) -> None:
    """stub"""
