"""The map of merged numbers: which number a person had before the prison found that two were one man (F91, rule 23).

A merge event names the number that stays and the number that is removed. Late events, old bookmarks and a paper on a
wing still bear the old one, so a number is looked up here before it counts as unknown. Links are kept as they were
told, so that it does not matter which of two merges was heard of first.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.act import Act
from domain.confidentiality.classification import CaseworkCode, Classification, Identity, Open, PutBack
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, PersonMergeId
from domain.kernel.moves import Life, Moves
from domain.ports import Query


class MergeState(StrEnum):
    """Where a merge stands."""

    JOINED = "JOINED"
    DOUBTED = "DOUBTED"
    """Somebody says that it was wrong; another may take it back."""
    REVERSED = "REVERSED"


_M = MergeState
MERGE_MOVES: Final[Moves[MergeState]] = {
    _M.JOINED: frozenset({_M.DOUBTED}),
    _M.DOUBTED: frozenset({_M.REVERSED}),
    _M.REVERSED: frozenset(),
}
MERGE_LIFE: Final = Life(
    "state",
    {Verb.DOUBT_PERSON_MERGE: frozenset({_M.JOINED}), Verb.REVERSE_PERSON_MERGE: frozenset({_M.DOUBTED})},
)


@record(
    kind="person-merge",
    kept="as long as anything is held of the person; one that concerns nobody here, ninety days",
    existence=Classification.CASEWORK,
    life=MERGE_LIFE,
)
class PersonMerge(Record):
    """One number that became another. What it joined is kept for the day on which it proves wrong, and shown to nobody;
    of closed-policy participation nothing is kept in it."""

    id: Open[PersonMergeId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str | None] = None
    """Where the person was of whom something was joined; null: nothing was that anybody may read of, and it is read by
    nobody."""
    removed: Identity[str]
    """The number that is no more."""
    survivor: Identity[str]
    """The number that it became."""
    occurred_at: CaseworkCode[datetime]
    merged_at: CaseworkCode[datetime]
    """When the service heard of it."""
    booking: Open[bool] = False
    """One time in prison alone went over: both numbers stay, and neither leads to the other."""
    undo: PutBack[str | None] = None
    """What it changed, and how that was before. What is of a closed policy's use is not in it."""
    state: CaseworkCode[MergeState] = MergeState.JOINED
    doubted_by: CaseworkCode[ActorId | None] = None
    reversed_by: CaseworkCode[ActorId | None] = None
    reversed_at: CaseworkCode[datetime | None] = None


async def links(act: Act, jurisdiction: str, removed: str) -> Sequence[PersonMerge]:
    """All that was ever heard of what this number became, the reversed ones too."""
    return [each for each in await moves(act, jurisdiction, removed) if not each.booking]


async def moves(act: Act, jurisdiction: str, removed: str) -> Sequence[PersonMerge]:
    """The same, and which of its times in prison were another's."""
    return await act.known(PersonMerge, Query(equal={"jurisdiction": jurisdiction, "removed": removed}))


async def link(act: Act, jurisdiction: str, removed: str) -> PersonMerge | None:
    """What this number became, if that stands."""
    found = await links(act, jurisdiction, removed)
    return next((each for each in found if each.state is not MergeState.REVERSED), None)


async def became(act: Act, jurisdiction: str, number: str) -> frozenset[str]:
    """This number, and all that were merged into it, one after another."""
    found = new = frozenset({number})
    while new:
        heard = await act.known(PersonMerge, Query(equal={"jurisdiction": jurisdiction, "survivor": new}, limit=1000))
        stand = (each for each in heard if each.state is not MergeState.REVERSED and not each.booking)
        new = frozenset(each.removed for each in stand) - found
        found |= new
    return found


async def survivors(act: Act, jurisdiction: str, numbers: Collection[str]) -> frozenset[str]:
    """Those of them into which another was merged."""
    of = frozenset(numbers)
    equal = {"jurisdiction": jurisdiction, "survivor": of, "booking": False}
    heard = await act.known(PersonMerge, Query(equal=equal, limit=10 * len(of)))
    return frozenset(each.survivor for each in heard if each.state is not MergeState.REVERSED)


async def resolved(act: Act, jurisdiction: str, number: str) -> str:
    """The number that a person has now who once had this one, itself if it was never merged."""
    passed = {number}
    while (of := await link(act, jurisdiction, number)) is not None and of.survivor not in passed:
        number = of.survivor
        passed.add(number)
    return number
