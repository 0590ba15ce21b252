"""What staff note about somebody who is helped, for those who run the scheme alone (F93).

What is written on a session or a record of support is read by him whom it is about: it is his. What is not for his eyes
stands here, and nowhere else, so that nobody has to remember which words go where: a note says by what it is who reads
it. Neither he nor whoever helps him reads any, or how many there are. It is given out when he asks what is kept of him.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.admission import admit
from domain.confidentiality.classification import Classification, Content, Open, Participation
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, EnrolmentId, PersonId, SchemeId, StaffNoteId
from domain.kernel.moves import require
from domain.kernel.words import names_a_number
from domain.schemes.belonging import OfScheme, drafted, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.sessions.record import RUNNING, Enrolment


@record(
    kind="staff-note",
    kept="twelve months; its words six",
    existence=Classification.PARTICIPATION,
    parties=("person",),
)
class StaffNote(OfScheme):
    """A note about somebody who is enrolled, for staff and partner."""

    id: Open[StaffNoteId]
    version: Open[int] = 0
    enrolment: Participation[EnrolmentId]
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    person: Participation[PersonId]
    words: Content[str | None] = None
    """Free text, where the kind holds any, and first to be deleted (F72)."""
    words_gone_on: Participation[date | None] = None
    """The day on which its free text was deleted, whether there was any or not; null: it is kept still (F72)."""
    noted_at: Participation[datetime]
    author: Participation[ActorId]


async def add(begin: Begin, enrolment: UUID, *, words: str) -> View[StaffNote]:
    """Note something about somebody whose enrolment runs."""
    async with begin.serially(Verb.KEEP_STAFF_NOTE) as act:
        of = await act.fetch(Enrolment, enrolment)
        scheme = await act.known_one(Scheme, of.scheme)
        if scheme is None:
            raise Absent
        _screened(words, of.jurisdiction)
        require((of.state in RUNNING, f"STATE_{of.state.value}"))
        by = ActorId(act.viewer.actor)
        about: dict[str, Any] = {"enrolment": of.id, "person": of.person, "noted_at": act.now, "author": by}
        new = drafted(act, of, StaffNote, words=words, **about)
        admit(new, (await terms_of(act, scheme)).policy)
        act.keep(new)
        return act.disclose(new)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[StaffNote]:
    """Put its words right. Whose they are is whoever wrote them last."""
    async with begin(Verb.KEEP_STAFF_NOTE) as act:
        act.admit_writes(changes)
        was = await act.fetch(StaffNote, id, seen=seen)
        if changes.get("words"):
            _screened(changes["words"], was.jurisdiction)
        now = with_(was, **changes, author=ActorId(act.viewer.actor), words_gone_on=None)
        act.keep(now, was=was)
        return act.disclose(now)


def _screened(words: str, jurisdiction: str) -> None:
    """Raises: it looks as if it named somebody by his number."""
    if names_a_number(words, {jurisdiction}):
        raise Unacceptable([Failure("LOOKS_LIKE_A_PRISON_NUMBER", "/words")])
