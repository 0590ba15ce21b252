"""What came of an event of the prison's systems, and how it is put before a person."""

from enum import StrEnum
from uuid import UUID

from domain.act import Act
from domain.people import reviews
from domain.people.record import Person
from domain.people.reviews import ReviewKind


class Followed(StrEnum):
    """In one word, as the inbox keeps it."""

    NOTHING_TO_DO = "NOTHING_TO_DO"
    """Nothing follows here from it."""
    NOT_KNOWN = "NOT_KNOWN"
    """It is of nobody who is known here: nothing is kept of him."""
    DONE = "DONE"
    AS_IT_WAS = "AS_IT_WAS"
    """What it tells was known already, or has been overtaken."""
    TO_REVIEW = "TO_REVIEW"
    """Somebody is to look at it."""


async def put_before_staff(
    act: Act, kind: ReviewKind, person: Person, *, supporter: UUID | None = None, enrolment: UUID | None = None
) -> None:
    """Staff of the prison that he is thought to be in look at it: at his role, at his enrolment, or at where he is."""
    place = {"jurisdiction": person.jurisdiction, "prison": person.prison}
    await reviews.raise_(act, kind, **place, person=person.id, supporter=supporter, enrolment=enrolment)
