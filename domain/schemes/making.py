"""How a kind of scheme comes to be: made by one person, published by another, withdrawn (S4, F10).

Headquarters makes kinds for its jurisdiction. Safer custody makes variants for its own prison, each on the ground of a
kind that it may only tighten. What headquarters says in a partner's name (what is promised to who is helped, who
certifies) the partner confirms before it is published; a variant says nothing in its name that was not said before.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, NotNow, Unacceptable
from domain.kernel.ids import ActorId, SchemeKindId
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.kinds import kinds_of
from domain.schemes.made import ALL, KindVersion, current, kind_in
from domain.schemes.publication import PUBLICATION_MOVES, PublicationState
from domain.schemes.record import OWN_ORGANISATION
from domain.schemes.sheet import Kind, faults
from domain.schemes.tightening import loosened
from domain.schemes.written import MEMBERS, kind_from, written


async def make(
    begin: Begin, *, code: str, sheet: Mapping[str, Any], prison: str | None = None, base: str | None = None
) -> View[KindVersion]:
    """A version in draft. Members that are not sent are the base's; without a base all must be. Everything that is
    wrong is said at once, each with its place."""
    async with begin.serially(Verb.CREATE_SCHEME_KIND) as act:
        jurisdiction = str(next(iter(act.viewer.fact("jurisdictions") or ("",))))
        others = await act.known(KindVersion, Query(equal={"jurisdiction": jurisdiction, "code": code}, limit=ALL))
        wrong = [
            *_misplaced(national=act.viewer.fact("prisons") is None, prison=prison, base=base),
            *_taken(code, jurisdiction, prison, others),
        ]
        ground = None if base is None else await current(act, base, jurisdiction, None)
        if base is not None and ground is None:
            raise Unacceptable([*wrong, Failure("BASE_UNKNOWN", "/base")])
        on = None if ground is None else ground[0]
        whole = {**({} if on is None else written(on)), **sheet}
        if missing := [member for member in MEMBERS if member not in whole]:
            raise Unacceptable([*wrong, *(Failure("MISSING", f"/sheet/{member}") for member in missing)])
        kind = kind_from(code, jurisdiction, whole)
        wrong += _unsound(kind, None if prison is None else on)
        if wrong:
            raise Unacceptable(wrong)
        made = KindVersion(
            id=SchemeKindId(act.new_id()),
            code=code,
            jurisdiction=jurisdiction,
            prison=prison,
            base=base,
            number=1 + max((k.number for k in others if k.prison == prison), default=0),
            organisation=kind.partner,
            sheet=written(kind),
            made_by=ActorId(act.viewer.actor),
        )
        act.keep(made)
        return act.disclose(made)


async def confirm(begin: Begin, id: UUID, *, seen: Tag) -> View[KindVersion]:
    """The partner's yes to a version that names it, by one of its leads. A version is never changed, so what is
    published is what he read."""
    async with begin(Verb.CONFIRM_SCHEME_KIND) as act:
        draft = await act.fetch(KindVersion, id, seen=seen)
        require(
            may_move(act, draft),
            (draft.confirmed_by is None, "NOTHING_TO_CONFIRM"),
            (draft.made_by != act.viewer.actor, "SECOND_PERSON_NEEDED"),
        )
        confirmed = dataclasses.replace(draft, confirmed_by=ActorId(act.viewer.actor))
        act.keep(confirmed, was=draft)
        return act.disclose(confirmed)


async def publish(begin: Begin, id: UUID, *, seen: Tag) -> View[KindVersion]:
    """It holds from now on, for new schemes; the version before it is withdrawn. Another person than its maker, and it
    is looked at once more: its base may have been tightened meanwhile."""
    async with begin.serially(Verb.PUBLISH_SCHEME_KIND) as act:
        draft = await act.fetch(KindVersion, id, seen=seen)
        on = None if draft.base is None else await current(act, draft.base, draft.jurisdiction, None)
        partner = draft.prison is None and draft.organisation != OWN_ORGANISATION
        guards = (
            may_move(act, draft),
            (draft.made_by != act.viewer.actor, "SECOND_PERSON_NEEDED"),
            (not partner or draft.confirmed_by is not None, "PARTNER_NEEDED"),
        )
        wrong = [Failure(code) for holds, code in guards if not holds]
        if draft.base is not None and on is None:
            wrong.append(Failure("BASE_UNKNOWN", "/base"))
        of_code = Query(equal={"jurisdiction": draft.jurisdiction, "code": draft.code}, limit=ALL)
        same = await act.known(KindVersion, of_code)
        wrong += _taken(draft.code, draft.jurisdiction, draft.prison, same)
        wrong += _unsound(kind_in(draft), None if draft.prison is None or on is None else on[0])
        if wrong:
            raise NotNow(wrong)
        for before in same:
            if before.prison == draft.prison and before.state is PublicationState.PUBLISHED:
                act.keep_beside(_withdrawn(act, before), was=before)
        published = dataclasses.replace(
            draft,
            state=move(PUBLICATION_MOVES, draft.state, PublicationState.PUBLISHED),
            published_by=ActorId(act.viewer.actor),
            published_on=local_day(draft, act.now),
        )
        act.keep(published, was=draft)
        return act.disclose(published)


async def withdraw(begin: Begin, id: UUID, *, seen: Tag) -> View[KindVersion]:
    """No new scheme is made of it. Those that are keep its terms."""
    async with begin(Verb.WITHDRAW_SCHEME_KIND) as act:
        made = await act.fetch(KindVersion, id, seen=seen)
        changed = _withdrawn(act, made)
        act.keep(changed, was=made)
        return act.disclose(changed)


def _withdrawn(act: Act, made: KindVersion) -> KindVersion:
    to = move(PUBLICATION_MOVES, made.state, PublicationState.WITHDRAWN)
    return dataclasses.replace(made, state=to, withdrawn_on=local_day(made, act.now))


def _misplaced(*, national: bool, prison: str | None, base: str | None) -> list[Failure]:
    """Who acts for a whole jurisdiction makes kinds for it, and for no one prison; who acts for a prison, variants."""
    if national:
        return [] if prison is None else [Failure("UNKNOWN_FIELD", "/prison")]
    return [Failure("MISSING", f"/{member}") for member, value in (("prison", prison), ("base", base)) if value is None]


def _taken(code: str, jurisdiction: str, prison: str | None, others: list[KindVersion]) -> list[Failure]:
    """One code is one kind wherever somebody may meet it. Two prisons may use one word: neither sees the other's. A
    prison learns nothing of what headquarters drafts; who publishes for all does not publish over a prison.

    Only what was ever published takes a word, since only of that there are schemes: a draft of one person in one prison
    would else keep headquarters from the word for ever. It is looked at again when it is published, and serially."""
    ready = code in {kind.code for kind in kinds_of(jurisdiction)}
    clashes = any(
        other.published_on is not None and other.prison != prison and None in (other.prison, prison) for other in others
    )
    return [Failure("CODE_TAKEN", "/code")] if ready or clashes else []


def _unsound(kind: Kind, base: Kind | None) -> list[Failure]:
    return [*faults(kind), *(loosened(base, kind) if base is not None else ())]
