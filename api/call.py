"""One call of one operation: who calls, as what, with which decision, and how its act is run and answered.

What comes before the body is looked at is `api.opening`'s. What ends a call before its act began is written to the
ledger here (`slipped`), so that every attempt of a known viewer has its line.

A call is decided on the caller as he is remembered; its act holds that his footing still stands, and where it does not
the call is decided anew (`renew`), refusals before the act included.
"""

import asyncio
import random
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

from api import callers, conditions, wire
from api.capacities import Caller
from api.noting import note
from api.paging import Bound
from api.runtime import Runtime
from api.written import Written
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.policy import Decision, decide, grants_of
from domain.confidentiality.record import R
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, KeyInFlight, KeyReused, Trouble, Unavailable
from domain.kernel.pages import Page
from domain.notes import HANDED_IN
from domain.ports import Footing, KeyUse, Outdated, Query, Raced

T = TypeVar("T")
ATTEMPTS: Final = 8
LONGEST_PAUSE: Final = 0.2
"""Seconds. All pauses together are a second at most: on a machine with other work one act may take as long as five
attempts with shorter ones did, and whoever lost them all was told to come again. A default."""
_UNDER: Final = re.compile(r"/[a-z-]+/\{id\}")
KEY_LIFE: Final = timedelta(hours=72)
TALLY_KEY_LIFE: Final = timedelta(hours=24)
ALIKE: Final = frozenset({Verb.READ_ME, Verb.READ_POLICY, Verb.READ_KIND, Verb.READ_EXCEPTIONS})
"""What shows no record, and is the same in whatever capacity."""


@dataclass(slots=True)
class Call:
    """One call. `decision` is made before anything of the body is read, on the `footing` that its act must hold (None:
    it was held); `begun` says that an act wrote (or will write) the call's line itself."""

    runtime: Runtime
    request: Request
    caller: Caller
    verb: Verb
    route: str
    key_required: bool = False
    footing: Footing | None = None
    decision: Decision | None = None
    body: Any = None
    begun: bool = False
    own_key: str | None = None
    """The idempotency key of this one item, where one request sends several."""
    dry: bool = False
    """Its acts are only tried: nothing of them is kept."""

    def decide(self) -> None:
        """The verb: by which grant the caller may do this at all."""
        if not self.caller.has_surface and self.verb is not Verb.ASK:
            raise Absent
        purpose, acting_as = conditions.purpose(self.request), conditions.acting_as(self.request)
        capacities = self.caller.capacities
        if acting_as is None and self.verb in ALIKE and sum(c.assignment is not None for c in capacities) > 1:
            # Who has several capacities learns of them here, so he cannot be asked to name one first.
            capacities = capacities[-1:]
        self.decision = decide(capacities, self.verb, purpose=purpose, acting_as=acting_as)

    async def admit(self) -> None:
        """Decide, and where that is refused on a footing that has changed, decide anew."""
        try:
            self.decide()
        except Trouble:
            if not await self.renew():
                self.footing = None  # it stands: nobody need ask again
                raise

    async def renew(self) -> bool:
        """Work out the caller anew if his footing has changed, and decide again. False: it stands."""
        if self.footing is None or await callers.stands(self.runtime, self.footing):
            return False
        self.caller = await callers.worked_out(self.runtime, self.caller.principal)
        self.footing, self.decision = self.caller.footing, None
        self.decide()
        return True

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

    def begin(self, key: KeyUse | None = None) -> Begin:
        """How the act of this call begins."""
        if self.decision is None:
            raise TypeError("decided before begun")
        runtime = self.runtime
        return Begin(
            self.decision,
            runtime.store,
            runtime.clock,
            runtime.ids,
            runtime.tag,
            key,
            self.footing,
            self._began,
            self.dry,
            runtime.rollout,
        )

    def _began(self) -> None:
        self.begun = True

    async def run(self, act: Callable[[Begin], Awaitable[T]], key: KeyUse | None = None) -> T:
        """Run the act, and again when another transaction won or the caller's footing changed: up to eight times, with
        jitter. What ends between two attempts has no line yet: `begun` is false then."""
        for attempt in range(ATTEMPTS):
            try:
                return await act(self.begin(key))
            except Raced:
                self.begun = False
                if attempt == ATTEMPTS - 1:
                    break
                pause = min(0.01 * 2**attempt, LONGEST_PAUSE)
                await asyncio.sleep(random.uniform(0, pause))  # noqa: S311  (spread, not secrecy)
            except Outdated:
                self.begun = False
                await self.renew()
            except KeyInFlight:
                self.begun = False
                raise
        raise Unavailable(1)

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

    # --- what ended before an act -----------------------------------------------------------------------------------

    async def slipped(self, trouble: Trouble) -> Trouble:
        """Write the line of an attempt that ended before its act held the caller's footing, and say how it ends: where
        the footing has gone it is refused instead, for the verb comes before the shape."""
        try:
            await self.renew()
        except Trouble as refused:
            trouble = refused
        decided = self.decision.viewer if self.decision is not None else None
        await note(self.runtime, self.caller, self.verb, trouble, role=None if decided is None else decided.role)
        return trouble


async def disclosed(act: Act, record: R) -> View[R]:
    """The record as its viewer may see it, and nothing beside it."""
    return act.disclose(record)


def may(caller: Caller) -> dict[str, list[str]]:
    """For `/v1/me`: each of the caller's capacities with the verbs it may do."""
    return {
        ("own" if c.assignment is None else str(c.assignment)): sorted(v for v in Verb if grants_of(c.role, v))
        for c in caller.capacities
    }
