"""A reference (S35): what somebody was good at as a supporter, in codes, and when. He reads it first; it goes to nobody
before he has agreed to each word of it, and nobody can print one that he declined."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Identity, Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.ids import ActorId, PersonId, ReferenceId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.schemes.belonging import OfScheme, drafted, with_
from domain.supporters.record import Supporter


class Strength(StrEnum):
    """What somebody was good at: what an employer or a college asks about, and nothing that tells whom he met."""

    RELIABLE = "RELIABLE"
    PUNCTUAL = "PUNCTUAL"
    LISTENS_WELL = "LISTENS_WELL"
    KEEPS_CONFIDENCES = "KEEPS_CONFIDENCES"
    EXPLAINS_CLEARLY = "EXPLAINS_CLEARLY"
    PATIENT = "PATIENT"
    WORKS_IN_A_TEAM = "WORKS_IN_A_TEAM"
    WORKS_ON_HIS_OWN = "WORKS_ON_HIS_OWN"
    TRAINED_OTHERS = "TRAINED_OTHERS"
    KEPT_RECORDS = "KEPT_RECORDS"
    SPEAKS_SEVERAL_LANGUAGES = "SPEAKS_SEVERAL_LANGUAGES"


class ReferenceState(StrEnum):
    """Where a reference stands."""

    WRITTEN = "WRITTEN"
    SIGNED = "SIGNED"
    DECLINED = "DECLINED"


_S = ReferenceState
REFERENCE_MOVES: Final[Moves[ReferenceState]] = {
    _S.WRITTEN: frozenset({_S.SIGNED, _S.DECLINED}),
    _S.SIGNED: frozenset({_S.DECLINED}),
    _S.DECLINED: frozenset(),
}
REFERENCE_LIFE: Final = Life(
    "state",
    {Verb.SIGN_REFERENCE: frozenset({_S.WRITTEN}), Verb.DECLINE_REFERENCE: frozenset({_S.WRITTEN, _S.SIGNED})},
)


@record(kind="reference", kept="twelve months after it was written", parties=("person",), life=REFERENCE_LIFE)
class Reference(OfScheme):
    """What was written of a supporter, and whether he agreed."""

    outlives = True
    id: Open[ReferenceId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    name: Identity[str]
    kind: Open[str]
    """The code of the kind of scheme."""
    strengths: Operational[tuple[Strength, ...]]
    served_from: Operational[date]
    """The month in which he became active, by its first day."""
    served_until: Operational[date | None] = None
    """The month in which his role ended, by its first day; None: he was in the role when it was written."""
    written_by: Operational[ActorId]
    written_on: Operational[date]
    state: Operational[ReferenceState] = ReferenceState.WRITTEN
    answered_on: Operational[date | None] = None
    """The day on which he signed or declined it."""


async def write(begin: Begin, supporter: UUID, *, strengths: tuple[Strength, ...]) -> View[Reference]:
    """Write one, of somebody who was active."""
    async with begin(Verb.WRITE_REFERENCE) as act:
        of = await act.fetch(Supporter, supporter)
        require((of.active_from is not None, "NEVER_ACTIVE"))
        today = local_day(of, act.now)
        reference = drafted(
            act,
            of,
            Reference,
            supporter=of.id,
            person=of.person,
            name=of.name,
            kind=of.kind,
            strengths=tuple(s for s in Strength if s in strengths),
            served_from=(of.active_from or today).replace(day=1),
            served_until=None if of.left_on is None else of.left_on.replace(day=1),
            written_by=ActorId(act.viewer.actor),
            written_on=today,
        )
        act.keep(reference)
        return act.disclose(reference)


async def sign(begin: Begin, id: UUID, *, seen: Tag) -> View[Reference]:
    """He has read it, and agrees that it is given on."""
    return await _answer(begin, Verb.SIGN_REFERENCE, id, seen, ReferenceState.SIGNED)


async def decline(begin: Begin, id: UUID, *, seen: Tag) -> View[Reference]:
    """He does not agree, or no longer. He need not say why."""
    return await _answer(begin, Verb.DECLINE_REFERENCE, id, seen, ReferenceState.DECLINED)


async def _answer(begin: Begin, verb: Verb, id: UUID, seen: Tag, to: ReferenceState) -> View[Reference]:
    async with begin(verb) as act:
        was = await act.fetch(Reference, id, seen=seen)
        require(may_move(act, was))
        now = with_(was, state=move(REFERENCE_MOVES, was.state, to), answered_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)


async def printed(begin: Begin, id: UUID) -> View[Reference]:
    """The reference, to be printed: once he has signed it."""
    async with begin(Verb.READ_REFERENCE) as act:
        reference = await act.fetch(Reference, id)
        require((reference.state is ReferenceState.SIGNED, f"STATE_{reference.state.value}"))
        return act.disclose(reference)
