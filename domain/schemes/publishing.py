"""Signing a charter, and publishing it: the moves that look at what is beside it (signatures, objectives, findings, the
version that holds now)."""

import dataclasses
from datetime import date
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.moves import move, require
from domain.ports import Query
from domain.schemes.charter import (
    CHARTER_MOVES,
    SIGNATURES,
    SIGNED,
    Charter,
    CharterState,
    faults,
    signatures_missing,
)
from domain.schemes.drafting import prohibited_in
from domain.schemes.finding import FINDING_MOVES, Finding, FindingState
from domain.schemes.objective import Objective, Smart
from domain.schemes.objective import faults as not_smart
from domain.schemes.record import Scheme


async def sign(begin: Begin, id: UUID, *, seen: Tag) -> View[Charter]:
    """A yes to what was submitted, in one's own role; by nobody who wrote in it, and nobody twice."""
    async with begin(Verb.SIGN_CHARTER) as act:
        charter = await act.fetch(Charter, id, seen=seen)
        signature, me = SIGNATURES[act.viewer.role], act.viewer.actor
        others = {kept: getattr(charter, kept) for kept in SIGNATURES.values() if kept != signature}
        require(
            (charter.state is CharterState.SUBMITTED, f"STATE_{charter.state.value}"),
            (getattr(charter, signature) is None, "SIGNED_ALREADY"),
            (me not in charter.written_by, "SIGNER_IS_AUTHOR"),
            (me not in others.values(), "SIGNED_IN_ANOTHER_ROLE"),
        )
        signature_given: dict[str, Any] = {signature: me}
        changed = dataclasses.replace(charter, **signature_given)
        act.keep(changed, was=charter)
        return act.disclose(changed)


async def publish(begin: Begin, id: UUID, *, seen: Tag) -> View[Charter]:
    """From now on this version holds: the one before is superseded, the findings that it cites are answered, and the
    scheme says what it says. All that stands against it is told at once."""
    async with begin.serially(Verb.PUBLISH_CHARTER) as act:
        charter = await act.fetch(Charter, id, seen=seen)
        today = act.now.date()
        objectives = await _bound(act, charter)
        cited = await _cited(act, charter)
        prohibited = await prohibited_in(act, charter)
        guards = (
            (charter.state is CharterState.SUBMITTED, f"STATE_{charter.state.value}"),
            *((False, code) for code in faults(charter, today, prohibited=prohibited)),
            *((False, code) for code in signatures_missing(charter)),
            (len(objectives) == len(set(charter.objectives)), "OBJECTIVE_UNKNOWN"),
            *((False, code) for code in _objectives_at_fault(charter, objectives, today)),
            (len(cited) == len(set(charter.answers)), "FINDING_UNKNOWN"),
            (all(f.state is FindingState.OPEN for f in cited), "FINDING_NOT_OPEN"),
        )
        require(*guards)
        # What is replaced is written first: two versions never hold at once, not even between two statements.
        for earlier in await act.known(
            Charter, Query(equal={"scheme": charter.scheme, "state": CharterState.PUBLISHED})
        ):
            state = move(CHARTER_MOVES, earlier.state, CharterState.SUPERSEDED)
            act.keep_beside(dataclasses.replace(earlier, state=state, in_force_until=act.now), was=earlier)
        state = move(CHARTER_MOVES, charter.state, CharterState.PUBLISHED)
        published = dataclasses.replace(charter, state=state, in_force_from=act.now)
        act.keep(published, was=charter)
        await _told(act, published)
        for finding in cited:
            act.keep_beside(_answered(finding, published, today), was=finding)
        return act.disclose(published)


async def _told(act: Act, charter: Charter) -> None:
    """The scheme says from now on what the plan says, where both say it: one fact, and nobody reads an unsigned one."""
    scheme = await act.known_one(Scheme, charter.scheme)
    if scheme is not None:
        said = {member: getattr(charter, member) for member in (*SIGNED, "review_on")}
        act.keep_beside(dataclasses.replace(scheme, **said), was=scheme)


def _objectives_at_fault(charter: Charter, objectives: list[Objective], today: date) -> list[str]:
    found = {code for o in objectives for code in not_smart(o, today, charter.needs)}
    told = {"OBJECTIVE_NEED_NOT_IN_CHARTER": Smart.RELEVANT_NEED_NOT_IN_CHARTER in found}
    told["OBJECTIVE_NOT_SMART"] = bool(found - {Smart.RELEVANT_NEED_NOT_IN_CHARTER})
    return sorted(code for code, holds in told.items() if holds)


async def _bound(act: Act, charter: Charter) -> list[Objective]:
    return [
        found
        for id in dict.fromkeys(charter.objectives)
        if (found := await act.known_one(Objective, id)) is not None and found.scheme == charter.scheme
    ]


async def _cited(act: Act, charter: Charter) -> list[Finding]:
    return [
        found
        for id in dict.fromkeys(charter.answers)
        if (found := await act.known_one(Finding, id)) is not None and found.scheme == charter.scheme
    ]


def _answered(finding: Finding, by: Charter, today: date) -> Finding:
    state = move(FINDING_MOVES, finding.state, FindingState.ANSWERED)
    return dataclasses.replace(finding, state=state, answered_by=by.id, answered_in=by.number, answered_on=today)
