"""A record of support is a draft, is approved by another person, and stands as it is from then on; what was wrong in it
is put right by a new version (F53)."""

from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, SupportRecordId
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.schemes.belonging import with_
from domain.sessions.support import SUPPORT_MOVES, ReturnedFor, SupportRecord, SupportState


async def correct(begin: Begin, id: UUID, *, seen: Tag) -> View[SupportRecord]:
    """What stands was wrong: a new version of it, that is a draft first, whatever its kind. The one that stands is left
    as it is, and holds until another person has approved the new one."""
    async with begin.serially(Verb.CORRECT_SUPPORT_RECORD) as act:
        was = await act.fetch(SupportRecord, id, seen=seen)
        others = await looking.all_known(act, SupportRecord, {"corrects": was.id})
        require(
            may_move(act, was),
            (was.corrected_by is None, "CORRECTED_ALREADY"),
            (was.corrected_by is not None or not others, "DRAFT_EXISTS"),
        )
        by = {"state": SupportState.DRAFT, "author": ActorId(act.viewer.actor), "amended_by": None, "approved_by": None}
        new = with_(was, id=SupportRecordId(act.new_id()), version=0, corrects=was.id, **by)
        act.keep(new)
        return act.disclose(new)


async def submit(begin: Begin, id: UUID, *, seen: Tag) -> View[SupportRecord]:
    """It is written, and waits for another person."""
    return await _moved(begin, Verb.SUBMIT_SUPPORT_RECORD, id, seen, SupportState.SUBMITTED)


async def approve(begin: Begin, id: UUID, *, seen: Tag) -> View[SupportRecord]:
    """Another person than whoever wrote it, and whoever changed it last, has looked at it: from now on it stands as it
    is (F53)."""
    return await _moved(begin, Verb.APPROVE_SUPPORT_RECORD, id, seen, SupportState.APPROVED)


async def send_back(begin: Begin, id: UUID, *, seen: Tag, because: ReturnedFor) -> View[SupportRecord]:
    """It goes back to whoever wrote it, with what is to be put right."""
    return await _moved(begin, Verb.RETURN_SUPPORT_RECORD, id, seen, SupportState.DRAFT, because)


async def _moved(
    begin: Begin, verb: Verb, id: UUID, seen: Tag, to: SupportState, because: ReturnedFor | None = None
) -> View[SupportRecord]:
    async with begin(verb) as act:
        was = await act.fetch(SupportRecord, id, seen=seen)
        looks = verb is not Verb.SUBMIT_SUPPORT_RECORD
        his = act.viewer.actor in (was.author, was.amended_by)
        require(may_move(act, was), (not (looks and his), "SECOND_PERSON_NEEDED"))
        approved = {"approved_by": act.viewer.actor} if to is SupportState.APPROVED else {}
        now = with_(was, state=move(SUPPORT_MOVES, was.state, to), returned_for=because, **approved)
        earlier = await act.known_one(SupportRecord, was.corrects) if approved and was.corrects is not None else None
        if earlier is not None:
            act.keep_beside(with_(earlier, corrected_by=was.id), was=earlier)
        act.keep(now, was=was)
        return act.disclose(now)
