"""How a partner changes what it promises: one of its leads makes a version, another publishes it."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, ExceptionListId
from domain.kernel.moves import require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import in_the_past
from domain.schemes.exceptions import ExceptionList, first_number
from domain.schemes.made import ALL
from domain.schemes.publication import PublicationState


async def make(begin: Begin, *, effective_from: date, exceptions: Sequence[Mapping[str, Any]]) -> View[ExceptionList]:
    """A version in draft, of the maker's own organisation. Nothing is promised backwards: its day lies ahead."""
    async with begin.serially(Verb.CREATE_EXCEPTION_LIST) as act:
        organisation = str(next(iter(act.viewer.fact("organisations") or ("",))))
        jurisdiction = str(next(iter(act.viewer.fact("jurisdictions") or ("",))))
        equal = {"organisation": organisation, "jurisdiction": jurisdiction}
        others = await act.known(ExceptionList, Query(equal=equal, limit=ALL))
        made = ExceptionList(
            id=ExceptionListId(act.new_id()),
            organisation=organisation,
            jurisdiction=jurisdiction,
            number=max((1 + other.number for other in others), default=first_number(organisation, jurisdiction)),
            effective_from=effective_from,
            exceptions=tuple(dict(each) for each in exceptions),
            made_by=ActorId(act.viewer.actor),
        )
        codes = [each["code"] for each in exceptions]
        wrong = [Failure("TWICE", f"/exceptions/{n}/code") for n, c in enumerate(codes) if c in codes[:n]]
        if wrong := [*wrong, *in_the_past(act, made, effective_from, "/effectiveFrom")]:
            raise Unacceptable(wrong)
        act.keep(made)
        return act.disclose(made)


async def publish(begin: Begin, id: UUID, *, seen: Tag) -> View[ExceptionList]:
    """The second person's yes. It holds from its day on; the version before it stays readable."""
    async with begin(Verb.PUBLISH_EXCEPTION_LIST) as act:
        draft = await act.fetch(ExceptionList, id, seen=seen)
        require(
            may_move(act, draft),
            (draft.made_by != act.viewer.actor, "SECOND_PERSON_NEEDED"),
            (draft.effective_from >= local_day(draft, act.now), "EFFECTIVE_DAY_HAS_PASSED"),
        )
        published = dataclasses.replace(
            draft,
            state=PublicationState.PUBLISHED,
            published_by=ActorId(act.viewer.actor),
            published_on=local_day(draft, act.now),
        )
        act.keep(published, was=draft)
        return act.disclose(published)


async def withdraw(begin: Begin, id: UUID, *, seen: Tag) -> View[ExceptionList]:
    """Take back a version before its day: what is promised now goes on. From that day on it is a promise, which only
    another version ends."""
    async with begin(Verb.WITHDRAW_EXCEPTION_LIST) as act:
        made = await act.fetch(ExceptionList, id, seen=seen)
        begun = made.state is PublicationState.PUBLISHED and made.effective_from <= local_day(made, act.now)
        require(may_move(act, made), (not begun, "PROMISE_HAS_BEGUN"))
        withdrawn = dataclasses.replace(made, state=PublicationState.WITHDRAWN)
        act.keep(withdrawn, was=made)
        return act.disclose(withdrawn)
