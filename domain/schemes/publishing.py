"""Signing a charter, and publishing it: the moves that look at what is beside it (signatures, objectives, findings, the
version that holds now)."""

import dataclasses
from datetime import date
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import changed, with_
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
from domain.schemes.naming import findings_named, names_wrongly
from domain.schemes.record import Scheme


async def sign(begin: Begin, id: UUID, *, seen: Tag) -> View[Charter]:
    """A yes to what was submitted, in one's own role; by nobody who wrote in it, and nobody twice."""
    async with begin(Verb.SIGN_CHARTER) as act:
        charter = await act.fetch(Charter, id, seen=seen)
        signature, me = SIGNATURES[act.viewer.role], act.viewer.actor
        others = {kept: getattr(charter, kept) for kept in SIGNATURES.values() if kept != signature}
        require(
            may_move(act, charter),
            (getattr(charter, signature) is None, "ALREADY_SIGNED"),
            (me not in charter.written_by, "SIGNER_IS_AUTHOR"),
            (me not in others.values(), "SIGNED_IN_ANOTHER_ROLE"),
        )
        signature_given: dict[str, Any] = {signature: me}
        return await changed(act, charter, with_(charter, **signature_given))


async def publish(begin: Begin, id: UUID, *, seen: Tag) -> View[Charter]:
    """From now on this version holds: the one before is superseded, the findings that it cites are answered, and the
    scheme says what it says. All that stands against it is told at once."""
    async with begin.serially(Verb.PUBLISH_CHARTER) as act:
        charter = await act.fetch(Charter, id, seen=seen)
        today = local_day(charter, act.now)
        prohibited = await prohibited_in(act, charter)
        guards = (
            may_move(act, charter),
            *((False, code) for code in faults(charter, today, prohibited=prohibited)),
            *((False, code) for code in signatures_missing(charter)),
            *((False, failure) for failure in await names_wrongly(act, charter)),
        )
        require(*guards)
        # What is replaced is written first: two versions never hold at once, not even between two statements.
        for earlier in await act.known(
            Charter, Query(equal={"scheme": charter.scheme, "state": CharterState.PUBLISHED})
        ):
            state = move(CHARTER_MOVES, earlier.state, CharterState.SUPERSEDED)
            act.keep_beside(with_(earlier, state=state, in_force_until=act.now), was=earlier)
        published = with_(charter, state=CharterState.PUBLISHED, in_force_from=act.now)
        view = await changed(act, charter, published)
        await _told(act, published)
        for finding in {f.id: f for f in await findings_named(act, charter) if f is not None}.values():
            act.keep_beside(_answered(finding, published, today), was=finding)
        return view


async def _told(act: Act, charter: Charter) -> None:
    """The scheme says from now on what the plan says, where both say it: one fact, and nobody reads an unsigned one."""
    scheme = await act.known_one(Scheme, charter.scheme)
    if scheme is not None:
        said = {member: getattr(charter, member) for member in (*SIGNED, "review_on")}
        act.keep_beside(dataclasses.replace(scheme, **said), was=scheme)


def _answered(finding: Finding, by: Charter, today: date) -> Finding:
    state = move(FINDING_MOVES, finding.state, FindingState.ANSWERED)
    return with_(finding, state=state, answered_by=by.id, answered_in=by.number, answered_on=today)
