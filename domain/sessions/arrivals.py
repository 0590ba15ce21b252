"""New arrivals, whom an Insider is to meet within a day; who has not been met is a list for staff (S2; domain facts
1.2). An Insider reads none of it: whom to meet he is told by staff, and a prisoner never names another (rule 8)."""

from datetime import datetime
from enum import StrEnum
from typing import cast
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Open, Participation, ParticipationIdentity
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ArrivalId, InductionId, PersonId, SchemeId
from domain.kernel.moves import require
from domain.people.acts import person_of
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.belonging import OfScheme, drafted, with_
from domain.schemes.made import terms_of
from domain.schemes.vocabulary import Contact
from domain.sessions import recording
from domain.sessions.asking import AHEAD
from domain.sessions.record import WITHIN, Induction


class NotMet(StrEnum):
    """Why nobody meets a new arrival any more."""

    MOVED_ON = "MOVED_ON"
    """He has left the prison again, or the wing of the first night."""
    DID_NOT_WANT_TO = "DID_NOT_WANT_TO"
    NOTED_TWICE = "NOTED_TWICE"


@record(
    kind="arrival",
    kept="three months",
    existence=Classification.PARTICIPATION,
    parties=("person",),
)
class Arrival(OfScheme):
    """Somebody who has come to the prison, until an Insider has met him."""

    id: Open[ArrivalId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    wing: Participation[str]
    person: Participation[PersonId]
    name: ParticipationIdentity[str]
    arrived_at: Participation[datetime]
    meet_by: Participation[datetime]
    """24 hours after he arrived."""
    met_at: Participation[datetime | None] = None
    induction: Participation[InductionId | None] = None
    """The first meeting with him."""
    closed_for: Participation[NotMet | None] = None

    @derived
    def overdue(self, now: datetime) -> Participation[bool]:
        """Nobody has met him, and 24 hours are over."""
        return self.met_at is None and self.closed_for is None and self.meet_by < now


async def note(
    begin: Begin, scheme: UUID, *, identifier: str, name: str, wing: str, arrived_at: datetime
) -> View[Arrival]:
    """Somebody has arrived. Once for each arrival: noted again, what is there is what counts."""
    async with begin.serially(Verb.NOTE_ARRIVAL) as act:
        of = await scheme_here(act, scheme)
        wrong = recording.wing_elsewhere(of, wing)
        wrong += [Failure("IN_THE_FUTURE", "/arrivedAt")] if arrived_at > act.now + AHEAD else []
        if wrong:
            raise Unacceptable(wrong)
        arrival = drafted(
            act,
            of,
            Arrival,
            wing=wing,
            person=PersonId(act.new_id()),
            name=name,
            arrived_at=arrived_at,
            meet_by=arrived_at + WITHIN,
        )
        act.within_reach(arrival)  # before anybody is looked up: who is known or waits here is not to be learned
        who = await person_of(act, of.jurisdiction, of.prison, identifier, name, wing)
        kind = await terms_of(act, of)
        require(
            (kind.contact is Contact.INDUCTION, "KIND_DOES_NOT_ALLOW"),
            (of.open, "SCHEME_NOT_OPEN"),
            (await waiting(act, of.id, who.id) is None, "ALREADY_NOTED"),
        )
        arrival = with_(arrival, person=who.id, name=who.name)
        act.keep(arrival)
        return act.disclose(arrival)


async def close(
    begin: Begin, id: UUID, *, seen: Tag, induction: UUID | None = None, because: NotMet | None = None
) -> View[Arrival]:
    """He was met, in this meeting of the scheme's; or nobody meets him any more. A meeting is of one arrival; where it
    says with whom it was, of his."""
    async with begin.serially(Verb.CLOSE_ARRIVAL) as act:
        was = await act.fetch(Arrival, id, seen=seen)
        if (induction is None) is (because is None):
            raise Unacceptable([Failure("MEETING_OR_REASON", "/induction")])
        require((was.met_at is None and was.closed_for is None, "ALREADY_FINISHED"))
        now = with_(was, closed_for=because)
        if induction is not None:
            meeting = await act.known_one(Induction, induction)
            if meeting is None or meeting.scheme != was.scheme or meeting.seen_at < was.arrived_at:
                raise Unacceptable([Failure("NOT_OF_THIS_SCHEME", "/induction")])
            others = Query(equal={"scheme": was.scheme, "induction": meeting.id}, limit=1)
            if meeting.person not in (None, was.person) or await act.known(Arrival, others):
                raise Unacceptable([Failure("MEETING_OF_SOMEBODY_ELSE", "/induction")])
            now = met(was, meeting)
        act.keep(now, was=was)
        return act.disclose(now)


def met(arrival: Arrival, meeting: Induction) -> Arrival:
    """The arrival as it is once he was met."""
    return with_(arrival, met_at=meeting.seen_at, induction=meeting.id)


async def waiting(act: Act, scheme: UUID, person: UUID) -> Arrival | None:
    """The arrival of this person that nobody has met, if there is one."""
    open_ = {"scheme": scheme, "person": person, "met_at": None, "closed_for": None}
    return next(iter(await act.known(Arrival, Query(equal=open_, limit=1))), cast("Arrival | None", None))
