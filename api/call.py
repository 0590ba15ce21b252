"""One call of one operation: an attempt (`api.attempt`) that came by HTTP, and how it is answered.

What comes before the body is looked at is `api.opening`'s.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api import conditions, wire
from api.attempt import Attempt
from api.capacities import Caller
from api.paging import Bound
from api.written import Written
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.policy import Decision, decide, grants_of
from domain.confidentiality.record import R
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, KeyReused
from domain.kernel.pages import Page
from domain.notes import HANDED_IN
from domain.ports import KeyUse, Query

T = TypeVar("T")
_UNDER: Final = re.compile(r"/[a-z-]+/\{id\}")
KEY_LIFE: Final = timedelta(hours=72)
TALLY_KEY_LIFE: Final = timedelta(hours=24)
ALIKE: Final = frozenset({Verb.READ_ME, Verb.READ_POLICY, Verb.READ_KIND, Verb.READ_EXCEPTIONS, Verb.SIGN_OUT})
"""What shows no record, and is the same in whatever capacity."""


@dataclass(slots=True, kw_only=True)
class Call(Attempt):
    """One call. Its decision is made before anything of the body is read."""

    request: Request
    route: str
    key_required: bool = False
    body: Any = None
    own_key: str | None = None
    """The idempotency key of this one item, where one request sends several."""

    def choose(self) -> Decision:
        """The verb, in the capacity and for the purpose that the headers name."""
        if not self.caller.has_surface and self.verb not in (Verb.ASK, Verb.SIGN_OUT):
            raise Absent
        purpose, acting_as = conditions.purpose(self.request), conditions.acting_as(self.request)
        capacities = self.caller.capacities
        if acting_as is None and self.verb in ALIKE and sum(c.assignment is not None for c in capacities) > 1:
            # Who has several capacities learns of them here, so he cannot be asked to name one first.
            capacities = capacities[-1:]
        return decide(capacities, self.verb, purpose=purpose, acting_as=acting_as)

    @property
    def jurisdictions(self) -> Collection[str] | None:
        """In which of them the caller acts; None: he is bounded by none."""
        return (
            None if self.decision is None else cast(Collection[str] | None, self.decision.viewer.fact("jurisdictions"))
        )

    @property
    def seen(self) -> Tag:
        """The tag that the caller read."""
        return conditions.seen(self.request)

    # --- answers -----------------------------------------------------------------------------------------------------

    def answer(
        self, view: View[Any], status: int = 200, told: Mapping[str, Any] | None = None, *, tagged: bool = True
    ) -> Response:
        """One record, with its tag."""
        headers = {"ETag": conditions.quoted(self.runtime.tag(view, self.caller.actor))} if tagged else {}
        body = wire.body(view)
        return self._json({**body, **told} if told else body, status, headers)

    async def show(self, act: Callable[[Begin], Awaitable[View[R]]]) -> Response:
        """Read or change one record."""
        return self.answer(await self.run(act))

    async def create(
        self, kind: type[R], act: Callable[[Begin], Awaitable[View[R]]], told: Mapping[str, Any] | None = None
    ) -> Response:
        """Make a record, once for each idempotency key: 201 with its place and tag. `told` are constant words of ours
        beside it."""
        return self.made(await self.once(kind, act, disclosed), told)

    def made(self, view: View[Any], told: Mapping[str, Any] | None = None, *, tagged: bool = True) -> Response:
        """The answer to what was made: 201, with its place and tag."""
        answer = self.answer(view, 201, told, tagged=tagged)
        # What is made under a scheme is read at an address of its own.
        answer.headers["Location"] = f"{_UNDER.sub('', self.route)}/{view.id}"
        return answer

    async def move(self, kind: type[R], act: Callable[[Begin], Awaitable[View[R]]]) -> Response:
        """Move an existing record by POST; a replayed key shows the record as it is now."""
        return self.answer(await self.once(kind, act, disclosed))

    async def once(
        self, kind: type[R], act: Callable[[Begin], Awaitable[T]], show: Callable[[Act, R], Awaitable[T]]
    ) -> T:
        """Run the act once for each idempotency key; a replayed key is answered with the record as it is now, as `show`
        shows it."""
        use, earlier = await self.key()
        subject = None if earlier is None else earlier.subject
        if subject is None:
            return await self.run(act, use)

        async def again(begin: Begin) -> T:
            async with begin(self.verb) as replay:
                return await show(replay, await replay.replayed(kind, subject))

        return await self.run(again)

    async def hand_in(self, act: Callable[[Begin], Awaitable[str]], receipt: str) -> Response:
        """Hand something in: one constant receipt, replayed or not."""
        return self._json({"receipt": await self.handed_in(act, receipt)}, 201, {})

    async def handed_in(self, act: Callable[[Begin], Awaitable[str]], receipt: str) -> str:
        """The same, of which the receipt alone is answered."""
        use, earlier = await self.key()
        if earlier is None:
            receipt = await self.run(act, use)
        else:

            async def again(begin: Begin) -> None:
                async with begin(self.verb) as replay:
                    replay.handed_in_before()

            await self.run(again)
        return receipt

    async def list_(
        self,
        kind: type[R],
        act: Callable[[Begin, Query], Awaitable[Page[View[R]]]],
        *,
        limit: int,
        cursor: str | None,
        filters: Mapping[str, Any] | None = None,
        order: str | None = None,
        after: tuple[Any, UUID] | None = None,
    ) -> Response:
        """A page of a list."""
        del kind
        return await self.paged(act, wire.items, limit=limit, cursor=cursor, filters=filters, order=order, after=after)

    async def paged(
        self,
        act: Callable[[Begin, Query], Awaitable[Page[T]]],
        written: Callable[[Sequence[T]], Sequence[Any]],
        *,
        limit: int,
        cursor: str | None,
        filters: Mapping[str, Any] | None = None,
        order: str | None = None,
        after: tuple[Any, UUID] | None = None,
    ) -> Response:
        """A page of whatever the act finds."""
        asked = {k: v for k, v in (filters or {}).items() if v is not None}

        async def listed(begin: Begin) -> tuple[Page[T], str | None]:
            # Within the run: a cursor is bound to the capacity and rule that decided, and they may be decided anew.
            how = (begin.decision.viewer.assignment, begin.decision.rule)
            bound = Bound(self.caller.actor, self.route, {**asked, "order": order, "after": after, "how": how})
            start = after if cursor is None else self.runtime.cursors.open(cursor, bound)
            page = await act(begin, Query(equal=asked, order=order, after=start, limit=limit))
            return page, None if page.next is None else self.runtime.cursors.seal(page.next, bound)

        page, following = await self.run(listed)
        headers: dict[str, str] = {}
        if following is not None:
            kept = [(k, v) for k, v in self.request.query_params.multi_items() if k != "cursor"]
            headers["Link"] = f'<{self.request.url.path}?{urlencode([*kept, ("cursor", following)])}>; rel="next"'
        return self._json({"items": written(page.items), "next": following}, 200, headers)

    def plain(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
        """What is no record: the caller's own capacities, the policy, the kinds. Never a way round disclosure."""
        return self._json(value, status, headers or {})

    def _json(self, value: Any, status: int, headers: dict[str, str]) -> Response:
        return Written(wire.to_bytes(value), status, headers)

    # --- idempotency ------------------------------------------------------------------------------------------------

    async def key(self) -> tuple[KeyUse | None, KeyUse | None]:
        """(this use, an earlier use of the same key). Raises `KeyReused` for another body."""
        key = self.own_key or conditions.key(self.request, required=self.key_required)
        if key is None:
            return None, None
        # With actor, route and key in it: equal bodies of two people, or of two requests, have no equal hash at rest.
        said = [str(self.caller.actor), self.route, key, self.body, dict(self.request.path_params)]
        canonical = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
        life = TALLY_KEY_LIFE if self.verb in HANDED_IN else KEY_LIFE
        now = self.runtime.clock()
        use = KeyUse(self.caller.actor, self.route, key, self.runtime.body_hash(canonical), None, now + life)
        earlier = await self.runtime.store.used(use.actor, use.route, use.key)
        if earlier is not None and earlier.body != use.body:
            raise KeyReused
        return use, earlier


async def disclosed(act: Act, record: R) -> View[R]:
    """The record as its viewer may see it, and nothing beside it."""
    return act.disclose(record)


def may(caller: Caller) -> dict[str, list[str]]:
    """For `/v1/me`: each of the caller's capacities with the verbs it may do."""
    return {
        ("own" if c.assignment is None else str(c.assignment)): sorted(v for v in Verb if grants_of(c.role, v))
        for c in caller.capacities
    }
