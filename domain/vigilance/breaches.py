"""The register of breaches of confidentiality, and of what nearly was one (S29, X17; rule 32).

A suspected misuse is joined to the very lines of the ledger that tell of it. From the moment somebody is aware of it
seventy-two hours run, in which it is decided whether it is reported to the regulator. One person assesses it, another
decides who has had no part in it; whoever's acts its lines are, or who is named in it, reaches neither it nor them. Of
whom nobody has said whose acts it is, it may be anybody's who reads it: it goes up, past all of them, to the monitoring
board (rule 6).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, EntryId
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.oversight.record import Assignment, LedgerLine
from domain.schemes.belonging import made, scheme_to_write, with_
from domain.schemes.record import Scheme
from domain.vigilance.breach import (
    BREACH_MOVES,
    TO_REPORT,
    Breach,
    BreachAction,
    BreachDecision,
    BreachFinding,
    BreachHarm,
    BreachKind,
    BreachState,
    FoundBy,
    PeopleConcerned,
)
from domain.vigilance.lines import named as named_lines
from domain.vigilance.lines import shown

MOST_LINES: Final = 100
_ABOVE: Final = frozenset({Role.MONITORING_BOARD, Role.INSPECTORATE})


async def note(
    begin: Begin,
    scheme: UUID,
    *,
    what: BreachKind,
    found_by: FoundBy,
    aware_at: datetime,
    lines: Sequence[UUID] = (),
    named: UUID | None = None,
) -> View[Breach]:
    """Note that one is suspected, with the lines of the ledger that tell of it, as far as whoever notes it reads
    them, and by his assignment the member of staff whose acts it is. With neither it goes up."""
    async with begin(Verb.NOTE_BREACH) as act:
        of = await scheme_to_write(act, scheme, Breach)
        if aware_at > act.now:
            raise Unacceptable([Failure("IN_THE_FUTURE", "/awareAt")])
        found = await named_lines(act, lines)
        actors = {line.actor for line in found}
        if named is not None:
            actors.add(await _holder(act, of, named))
        # Of one of several it could not be said whose acts they are, and he would reach it himself.
        if len(actors) > 1:
            raise Unacceptable([Failure("SEVERAL_PEOPLE", "/lines")])
        whose = next(iter(actors), None)
        new = made(
            act,
            of,
            Breach,
            what=what,
            found_by=found_by,
            goes_up=whose is None,
            aware_at=aware_at,
            report_by=aware_at + TO_REPORT,
            report_on=local_day(of, aware_at + TO_REPORT),
            lines=tuple(EntryId(line.id) for line in found),
            whose=whose,
            entered_by=act.viewer.actor,
        )
        act.keep(new)
        return act.disclose(new)


async def _holder(act: Act, of: Scheme, named: UUID) -> ActorId:
    held = await act.known_one(Assignment, named)
    if held is None or held.prison != of.prison:
        raise Unacceptable([Failure("STAFF_UNKNOWN", "/named")])
    return held.holder


async def lines_of(begin: Begin, id: UUID) -> list[View[LedgerLine]]:
    """The lines that tell of it, as whoever reads it may read them. One that is gone, or his own, is not among them."""
    async with begin(Verb.READ_BREACH_LINES) as act:
        of = await act.fetch(Breach, id)
        if of.goes_up and act.viewer.role not in _ABOVE:  # lines go up nowhere, so the grant cannot say it of both
            raise Absent
        return await shown(act, of.lines)


async def assess(
    begin: Begin, id: UUID, *, seen: Tag, finding: BreachFinding, harm: BreachHarm, people: PeopleConcerned
) -> View[Breach]:
    """Say what it was, how grave it may be and for how many."""
    async with begin(Verb.ASSESS_BREACH) as act:
        was = await act.fetch(Breach, id, seen=seen)
        require(may_move(act, was))
        to = move(BREACH_MOVES, was.state, BreachState.ASSESSED)
        actor = act.viewer.actor
        told = {"finding": finding, "harm": harm, "people": people, "assessed_by": actor}
        part = (*(each for each in was.had_a_part if each != actor), actor)
        now = with_(was, state=to, **told, had_a_part=part)
        act.keep(now, was=was)
        return act.disclose(now)


async def decide(
    begin: Begin, id: UUID, *, seen: Tag, decision: BreachDecision, because: tuple[BreachAction, ...]
) -> View[Breach]:
    """Say whether it was reported, and what was done about it: somebody who never assessed it."""
    async with begin(Verb.DECIDE_BREACH) as act:
        was = await act.fetch(Breach, id, seen=seen)
        require(may_move(act, was), (act.viewer.actor not in was.had_a_part, "SECOND_PERSON_NEEDED"))
        to = move(BREACH_MOVES, was.state, BreachState.CLOSED)
        told = {"decision": decision, "because": because, "decided_by": act.viewer.actor, "decided_at": act.now}
        now = with_(was, state=to, **told)
        if faults := list(now.faults()):
            raise Unacceptable(faults)
        act.keep(now, was=was)
        return act.disclose(now)
