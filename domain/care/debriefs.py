"""Debriefs: somebody of the partner asks a supporter how he is, by the rule of the kind (X8, F41).

Under a closed policy the rota alone makes them: whoever is rostered for a band gets the same prompt at its end, with
one clock, called or not, whatever a tally says (rule 9). Under an open policy a worry that was passed on makes one,
from the session's end. And a supporter may ask for an earlier talk at any time, without a reason.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.care.supervising import who_hears
from domain.confidentiality.classification import Classification, Open, Wellbeing
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.ids import ActorId, DebriefId, PersonId, RosterEntryId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import OfScheme, made, with_
from domain.schemes.made import terms_of
from domain.schemes.sheet import Kind
from domain.schemes.vocabulary import DebriefAfter
from domain.supporters.record import IN_ROLE, Supporter

HARD_FROM: Final = 4
"""From here on, of 5, a supporter's own word for it is that it was hard."""
HARD_SESSIONS: Final = 3
"""So many hard ones within four weeks suggest a rest."""


class DebriefBecause(StrEnum):
    """What a debrief follows."""

    ROSTERED = "ROSTERED"
    CONCERN_RAISED = "CONCERN_RAISED"
    ASKED_FOR = "ASKED_FOR"


class DebriefState(StrEnum):
    """Where it stands."""

    DUE = "DUE"
    DECLINED = "DECLINED"
    """The supporter needs no talk this time. He may still have one."""
    HELD = "HELD"


_S = DebriefState
DEBRIEF_MOVES: Final[Moves[DebriefState]] = {
    _S.DUE: frozenset({_S.DECLINED, _S.HELD}),
    _S.DECLINED: frozenset({_S.DUE, _S.HELD}),
    _S.HELD: frozenset(),
}
DEBRIEF_LIFE: Final = Life(
    "state",
    {
        Verb.RATE_DEBRIEF: frozenset({_S.DUE, _S.DECLINED}),
        Verb.HOLD_DEBRIEF: frozenset({_S.DUE, _S.DECLINED}),
    },
)


@record(
    kind="debrief",
    kept="six months after it was due",
    existence=Classification.WELLBEING,
    parties=("person",),
    embargo="opens_at",
    life=DEBRIEF_LIFE,
)
class Debrief(OfScheme):
    """That a supporter is to be asked how he is, by when, and whether he was. Nothing of what was said."""

    id: Open[DebriefId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Wellbeing[SupporterId]
    person: Wellbeing[PersonId]
    supervisor: Wellbeing[ActorId | None] = None
    """Who hears how the supporter fares, when it was made; null: nobody in particular of the partner."""
    because: Wellbeing[DebriefBecause]
    entry: Wellbeing[RosterEntryId | None] = None
    """The entry of the rota that it follows."""
    opens_at: Wellbeing[datetime]
    """When it may first be read and held: the band's end, the session's end, or when it was asked for."""
    due_by: Wellbeing[datetime]
    state: Wellbeing[DebriefState] = DebriefState.DUE
    hard: Wellbeing[int | None] = None
    """The supporter's own word, 1 to 5, for how hard it was; null: not said."""
    held_on: Wellbeing[date | None] = None
    held_by: Wellbeing[ActorId | None] = None
    outlives = True

    @derived
    def overdue(self, now: datetime) -> Wellbeing[bool]:
        """It is due, and its time has passed."""
        return self.state is DebriefState.DUE and self.due_by < now


async def prompt(act: Act, entry: RosterEntryId, supporter: SupporterId, opens_at: datetime) -> None:
    """The prompt that follows a band, where the kind has it: made as the entry is published, and there for all to see
    whom it concerns at the band's end, not before."""
    who = await act.known_one(Supporter, supporter)
    kind = None if who is None else await terms_of(act, who)
    if who is not None and kind is not None and kind.debrief.after is DebriefAfter.ROSTERED_BAND:
        act.keep_beside(await _due(act, who, kind, DebriefBecause.ROSTERED, opens_at, entry=entry))


async def unprompt(act: Act, entry: RosterEntryId) -> None:
    """The entry is withdrawn: its prompt is gone, if its band has not ended."""
    for made_for in await act.known(Debrief, Query(equal={"entry": entry}, limit=1)):
        if made_for.opens_at > act.now:
            act.erase(made_for)


async def after_concern(act: Act, who: Supporter, ended_at: datetime) -> None:
    """The debrief that follows a worry passed on to staff, where the kind has it: from the session's end."""
    kind = await terms_of(act, who)
    if kind.debrief.after is DebriefAfter.CONCERN_RAISED and not kind.closed_policy:
        act.keep_beside(await _due(act, who, kind, DebriefBecause.CONCERN_RAISED, min(ended_at, act.now)))


async def ask(begin: Begin, supporter: UUID) -> View[Debrief]:
    """A supporter asks for a talk now. One that he asked for and that waits still is enough."""
    async with begin.serially(Verb.ASK_DEBRIEF) as act:
        who = await act.fetch(Supporter, supporter)
        equal = {"supporter": who.id, "because": DebriefBecause.ASKED_FOR, "state": DebriefState.DUE}
        waits = await act.known(Debrief, Query(equal=equal, limit=1))
        require((who.standing in IN_ROLE, f"STATE_{who.standing.value}"), (not waits, "ALREADY_ASKED"))
        new = await _due(act, who, await terms_of(act, who), DebriefBecause.ASKED_FOR, act.now)
        act.keep(new)
        return act.disclose(new)


async def rate(begin: Begin, id: UUID, *, seen: Tag, hard: int, talk: bool) -> View[Debrief]:
    """The supporter's own word for how hard it was, and whether he would like the talk."""
    async with begin(Verb.RATE_DEBRIEF) as act:
        was = await act.fetch(Debrief, id, seen=seen)
        require(may_move(act, was))
        now = with_(was, hard=hard, state=DebriefState.DUE if talk else DebriefState.DECLINED)
        act.keep(now, was=was)
        return act.disclose(now)


async def hold(begin: Begin, id: UUID, *, seen: Tag, hard: int | None = None) -> View[Debrief]:
    """The talk was had. `hard` is what the supporter said of it, where he said it there."""
    async with begin(Verb.HOLD_DEBRIEF) as act:
        was = await act.fetch(Debrief, id, seen=seen)
        require(may_move(act, was))
        to = move(DEBRIEF_MOVES, was.state, DebriefState.HELD)
        said = was.hard if hard is None else hard
        now = with_(was, state=to, hard=said, held_on=local_day(was, act.now), held_by=act.viewer.actor)
        act.keep(now, was=was)
        return act.disclose(now)


async def _due(
    act: Act, who: Supporter, kind: Kind, because: DebriefBecause, opens_at: datetime, **more: Any
) -> Debrief:
    return made(
        act,
        who,
        Debrief,
        supporter=who.id,
        person=who.person,
        supervisor=await who_hears(act, who.id),
        because=because,
        opens_at=opens_at,
        due_by=opens_at + timedelta(hours=kind.debrief.within_hours),
        **more,
    )
