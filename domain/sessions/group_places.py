"""Who is to come to a group session, and who came, man by man (S4; domain facts 3.7 and 3.10). Each reads his own and
nobody else's; what anybody said there has no place. The numbers of the session follow from the list."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.admission import admit
from domain.confidentiality.classification import Classification, Open, Participation, ParticipationIdentity
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import EnrolmentId, GroupPlaceId, GroupSessionId, PersonId, SchemeId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, made, not_closed, sound, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.sessions import recording
from domain.sessions.codes import NotDelivered
from domain.sessions.groups import GroupSession


@record(
    kind="group-place",
    kept="twelve months after its session",
    existence=Classification.PARTICIPATION,
    parties=("person",),
)
class GroupPlace(OfScheme):
    """One man's place in a group session."""

    id: Open[GroupPlaceId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    group_session: Participation[GroupSessionId]
    held_on: Participation[date]
    """The day of the session."""
    enrolment: Participation[EnrolmentId | None] = None
    """The case that it is part of, where he is enrolled."""
    person: Participation[PersonId]
    name: ParticipationIdentity[str]
    came: Participation[bool | None] = None
    """Whether he came; null: the session is still to come, or nobody has said."""
    absent_for: Participation[NotDelivered | None] = None
    """Why he did not come."""

    def faults(self) -> Iterator[Failure]:
        """Who did not come has a reason, and nobody else."""
        if (self.came is False) is (self.absent_for is None):
            yield Failure("REASON_GOES_WITH_ABSENCE", "/absentFor")


async def give(
    begin: Begin,
    session: UUID,
    *,
    enrolment: UUID | None = None,
    identifier: str | None = None,
    name: str | None = None,
    wing: str | None = None,
    came: bool | None = None,
    absent_for: NotDelivered | None = None,
) -> View[GroupPlace]:
    """Somebody has a place in a session that is to come, if there is room; or was at one that was held, or not and why,
    whatever room there was (rule 18)."""
    async with begin.serially(Verb.KEEP_GROUP_PLACE) as act:
        was = await act.fetch(GroupSession, session)
        of = await act.known_one(Scheme, was.scheme)
        if of is None:
            raise Absent
        kind = await terms_of(act, of)
        about = await recording.about(act, of, enrolment, identifier, name, wing)
        if "person" not in about:
            raise Unacceptable([Failure("NEEDED_HERE", "/enrolment")])
        about.pop("wing")
        others = await listed(act, was)
        intended = came is None
        require(
            (bool(kind.identity_held_by), "KIND_DOES_NOT_ALLOW"),
            await not_closed(act, was),
            (not intended or was.planned, "ALREADY_FINISHED"),
            (intended or was.minutes is not None, "NOT_HELD_YET"),
            (not intended or was.capacity is None or len(others) < was.capacity, "GROUP_FULL"),
            (all(each.person != about["person"] for each in others), "ON_THE_LIST_ALREADY"),
        )
        said: dict[str, Any] = {"held_on": was.held_on, "came": came, "absent_for": absent_for}
        new = made(act, was, GroupPlace, group_session=was.id, **about, **said)
        admit(new, kind.policy)
        act.keep(new)
        act.keep_beside(_counted(was, (*others, new)), was=was)
        return act.disclose(new)


async def note(
    begin: Begin, id: UUID, *, seen: Tag, came: bool, absent_for: NotDelivered | None = None
) -> View[GroupPlace]:
    """He came, or did not and why. Said again, it is put right."""
    async with begin.serially(Verb.NOTE_GROUP_PLACE) as act:
        was = await act.fetch(GroupPlace, id, seen=seen)
        of = await act.known_one(GroupSession, was.group_session)
        if of is None:
            raise Absent
        require((of.minutes is not None, "NOT_HELD_YET"), await not_closed(act, was))
        now = sound(act, with_(was, came=came, absent_for=absent_for), was=was)
        act.keep(now, was=was)
        others = [each for each in await listed(act, of) if each.id != was.id]
        act.keep_beside(_counted(of, (*others, now)), was=of)
        return act.disclose(now)


async def listed(act: Act, of: GroupSession) -> Sequence[GroupPlace]:
    """All who have a place in it."""
    return await looking.all_known(act, GroupPlace, {"group_session": of.id})


def _counted(of: GroupSession, places: Sequence[GroupPlace]) -> GroupSession:
    missed = tuple(sorted(each.absent_for for each in places if each.absent_for is not None))
    came = sum(each.came is True for each in places)
    return with_(of, by_name=True, expected=len(places), attended=came, absent_for=missed)
