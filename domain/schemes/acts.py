"""What is done with schemes: made, read, amended, approved, paused. Opening and closing need their supporters, and
stand in `domain.supporters.opening`."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, SchemeId
from domain.kernel.moves import move, require
from domain.kernel.pages import Page
from domain.ports import Query
from domain.schemes.kinds import KINDS, kind_of
from domain.schemes.record import SCHEME_MOVES, PauseReason, Scheme, SchemeState


async def create(
    begin: Begin,
    *,
    kind: str,
    name: str,
    prison: str,
    purpose: str | None = None,
    target_group: str | None = None,
    how_to_ask: str | None = None,
    places: tuple[str, ...] = (),
    supporters_wanted: int = 1,
    review_on: date | None = None,
) -> View[Scheme]:
    """A new scheme, in draft. Its information policy and partner come with its kind."""
    async with begin(Verb.CREATE_SCHEME) as act:
        if kind not in KINDS:
            raise Unacceptable([Failure("KIND_UNKNOWN", "/kind")])
        model = kind_of(kind)
        jurisdiction = next(iter(act.viewer.fact("jurisdictions") or ()), "")
        id = SchemeId(act.new_id())
        scheme = Scheme(
            id=id,
            scheme=id,
            kind=kind,
            name=name,
            jurisdiction=str(jurisdiction),
            prison=prison,
            organisation=model.partner,
            closed=model.policy.closed,
            purpose=purpose or model.purpose,
            target_group=target_group,
            how_to_ask=how_to_ask,
            places=places,
            supporters_wanted=supporters_wanted,
            review_on=review_on,
        )
        act.keep(scheme)
        return act.disclose(scheme)


async def read(begin: Begin, id: UUID) -> View[Scheme]:
    """One scheme."""
    return await looking.one(begin, Verb.READ_SCHEME, Scheme, id)


async def search(begin: Begin, query: Query) -> Page[View[Scheme]]:
    """The schemes in reach."""
    return await looking.many(begin, Verb.READ_SCHEME, Scheme, query)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Scheme]:
    """Change the members that were sent, and no others."""
    async with begin(Verb.AMEND_SCHEME) as act:
        act.admit_writes(changes)
        scheme = await act.fetch(Scheme, id, seen=seen)
        require((scheme.state is not SchemeState.CLOSED, "STATE_CLOSED"))
        changed = dataclasses.replace(scheme, **changes)
        act.keep(changed, was=scheme)
        return act.disclose(changed)


async def approve(begin: Begin, id: UUID, *, seen: Tag) -> View[Scheme]:
    """The governor's or safer custody's yes to the plan."""
    async with begin(Verb.APPROVE_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        return moved(act, scheme, SchemeState.APPROVED, approved_by=ActorId(act.viewer.actor))


async def pause(begin: Begin, id: UUID, *, seen: Tag, reason: PauseReason) -> View[Scheme]:
    """Stop offering for now. Nobody loses a standing by it."""
    async with begin(Verb.PAUSE_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        return moved(act, scheme, SchemeState.PAUSED, paused_for=reason)


async def scheme_here(act: Act, id: UUID) -> Scheme:
    """The scheme that another record belongs to, if it is of the viewer's own prison and jurisdiction; else
    `Absent`."""
    scheme = await act.known_one(Scheme, id)
    if scheme is None:
        raise Absent
    prisons, walls = act.viewer.fact("prisons"), act.viewer.fact("jurisdictions")
    if (prisons is not None and scheme.prison not in prisons) or (
        walls is not None and scheme.jurisdiction not in walls
    ):
        raise Absent
    return scheme


def moved(act: Act, scheme: Scheme, to: SchemeState, **changes: Any) -> View[Scheme]:
    """Move it, if the table allows, and keep it so."""
    changed = dataclasses.replace(scheme, state=move(SCHEME_MOVES, scheme.state, to), **changes)
    act.keep(changed, was=scheme)
    return act.disclose(changed)
