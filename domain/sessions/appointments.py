"""What a mentor is to go to with somebody, around release above all: on which day, and whether it was kept (S4; domain
facts 1.10, 3.8 and 3.10). It goes along with the enrolment, whoever is the mentor. What a breach of licence might be is
nobody's to write: why one was not kept is a code."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Open, Participation
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.errors import Absent, Failure
from domain.kernel.ids import AppointmentId, EnrolmentId, PersonId, SchemeId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, in_the_future, made, not_closed, sound, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.sessions.record import RUNNING, Enrolment
from domain.sessions.support_codes import Appointment
from domain.sessions.support_sheet import BY_TASK


class NotKeptFor(StrEnum):
    """Why an appointment was not kept."""

    DID_NOT_COME = "DID_NOT_COME"
    SUPPORTER_DID_NOT_COME = "SUPPORTER_DID_NOT_COME"
    CALLED_OFF_BY_AGENCY = "CALLED_OFF_BY_AGENCY"
    MOVED_TO_ANOTHER_DAY = "MOVED_TO_ANOTHER_DAY"
    RELEASE_DATE_CHANGED = "RELEASE_DATE_CHANGED"
    NOT_UNLOCKED = "NOT_UNLOCKED"
    UNWELL = "UNWELL"
    NOT_NEEDED = "NOT_NEEDED"


@record(
    kind="appointment",
    kept="twelve months after its day",
    existence=Classification.PARTICIPATION,
    parties=("person", "supporter_person"),
)
class PlannedAppointment(OfScheme):
    """Somebody is met at the gate, or goes with his mentor to an appointment, on a day."""

    id: Open[AppointmentId]
    version: Open[int] = 0
    enrolment: Participation[EnrolmentId]
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    person: Participation[PersonId]
    supporter_person: Participation[PersonId | None] = None
    """Whoever goes with him: his mentor, as long as it is to come."""
    what: Participation[Appointment]
    due_on: Participation[date]
    """Its day."""
    kept: Participation[bool | None] = None
    """Whether it was kept; null: nobody has said yet."""
    not_kept_for: Participation[NotKeptFor | None] = None
    noted_on: Participation[date | None] = None
    to_come = ("due_on",)

    def faults(self) -> Iterator[Failure]:
        """One that was not kept says why, and no other."""
        if (self.kept is False) is (self.not_kept_for is None):
            yield Failure("REASON_GOES_WITH_NOT_KEPT", "/notKeptFor")

    @derived
    def overdue(self, now: datetime) -> Participation[bool]:
        """Its day has passed, and nobody has said whether it was kept."""
        return self.kept is None and overdue(self.due_on, self, now)


async def plan(begin: Begin, enrolment: UUID, *, what: Appointment, due_on: date) -> View[PlannedAppointment]:
    """An appointment of an enrolment that runs, where the kind's supporters go along to any."""
    async with begin(Verb.KEEP_APPOINTMENT) as act:
        of = await act.fetch(Enrolment, enrolment)
        scheme = await act.known_one(Scheme, of.scheme)
        if scheme is None:
            raise Absent
        permitted = set((await terms_of(act, scheme)).permitted_tasks)
        require(
            (bool(BY_TASK["appointment"] & permitted), "KIND_DOES_NOT_ALLOW"),
            (of.state in RUNNING, f"STATE_{of.state.value}"),
        )
        whose: dict[str, Any] = {"person": of.person, "supporter_person": of.supporter_person}
        new = made(act, of, PlannedAppointment, enrolment=of.id, **whose, what=what, due_on=due_on)
        act.keep(new)
        return act.disclose(new)


async def note(
    begin: Begin, id: UUID, *, seen: Tag, kept: bool, not_kept_for: NotKeptFor | None = None
) -> View[PlannedAppointment]:
    """It was kept, or not and why: on its day or afterwards. Called off or moved it may be before."""
    async with begin(Verb.NOTE_APPOINTMENT) as act:
        was = await act.fetch(PlannedAppointment, id, seen=seen)
        require((was.kept is None, "ALREADY_FINISHED"), await not_closed(act, was))
        now = with_(was, kept=kept, not_kept_for=not_kept_for, noted_on=local_day(was, act.now))
        sound(act, now, *(in_the_future(act, was, was.due_on, "/kept") if kept else ()), was=was)
        act.keep(now, was=was)
        return act.disclose(now)


async def go_along(act: Act, enrolment: Enrolment) -> None:
    """The enrolment has another mentor, or none: what is to come is his to go to."""
    for each in await looking.all_known(act, PlannedAppointment, {"enrolment": enrolment.id, "kept": None}):
        if each.supporter_person != enrolment.supporter_person:
            act.keep_beside(with_(each, supporter_person=enrolment.supporter_person), was=each)
