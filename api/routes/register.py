"""What kinds of record have alike over HTTP: a list and a place for new ones, under a scheme (or a charter) where they
belong to one, and each record at an address of its own. A register says which of these it has, for whom, and with which
bodies and acts.

    RISKS = Register(Risk, "risks", many="risks", reads=Verb.READ_RISK, writes=Verb.KEEP_RISK)
    RISKS.lists("The register. Coordinator …", state=(RiskState, "Only in this state."))
    RISKS.adds(AddRisk, risks.add, "A risk of the scheme's own. …")
"""

from collections.abc import Awaitable, Callable
from inspect import Parameter, Signature
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query
from starlette.responses import Response

from api.call import Call
from api.guarded import CallDep, operation, router
from api.routes.shapes import PAGE, Amendment, Body, Cursor, IdPath
from api.wire import camel, describe, model, page_model
from domain import looking
from domain.act import Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.kernel.pages import Page
from domain.ports import Query as Asked
from domain.schemes import belonging
from domain.schemes.record import Scheme

READERS: Final = (
    "Coordinator (operations), partner (support), safer custody (safety), governor, monitoring board and inspectorate"
    " (oversight)."
)
"""Those who read most registers."""
SchemePath = Annotated[UUID, Path(alias="id", description="The scheme's id.")]
ActOf = Callable[..., Awaitable[View[Any]]]
Search = Callable[[Begin, Asked], Awaitable[Page[View[Any]]]]
Filter = tuple[Any, str]
"""A type and a description."""
Takes = dict[str, tuple[Any, ...]]
"""What an endpoint takes, by name: (type,), or (type, default)."""


class Register:
    """The routes of one kind of record. `many` is what several are called, `under` what they are made and listed under
    (None: nothing), and `shapes` models of members whose own type says too little (`api.wire.model`)."""

    def __init__(
        self,
        kind: type[Record],
        path: str,
        *,
        many: str,
        reads: Verb,
        writes: Verb | None = None,
        tag: str = "registers",
        under: type[Record] | None = Scheme,
        **shapes: Any,
    ) -> None:
        self.routes: Final = router(tag)
        self._kind, self._many, self._under = kind, many, under
        self._reads, self._writes = reads, writes
        self.model: Final = model(kind, **shapes)
        self._page = page_model(kind, **shapes)
        self._flat, self._each = f"/v1/{path}", f"/v1/{path}/{{id}}"
        self._all: str = self._flat
        self._place: Takes = {}
        if under is not None:
            above = under.shape.kind
            self._all = f"/v1/{above}s/{{id}}/{path}"
            self._place = {"id": (Annotated[UUID, Path(description=f"The {above}'s id.")],)}

    def lists(
        self,
        told: str,
        order: str | None = None,
        *,
        search: Search | None = None,
        page: int = PAGE,
        **filters: Filter,
    ) -> None:
        """GET those under one record; `search` where a rule of their own says which, and not the reach alone."""
        name, search = f"list{_titled(self._many)}", search or self._search(self._under)
        self._lists(self._all, self._place, search, told, order, page, filters, name)

    def lists_all(self, told: str, order: str | None = None, *, page: int = PAGE, **filters: Filter) -> None:
        """GET those in reach, whatever they are under."""
        name, search = f"listAll{_titled(self._many)}", self._search(None)
        self._lists(self._flat, {}, search, told, order, page, filters, name)

    def _search(self, under: type[Record] | None) -> Search:
        kind, reads = self._kind, self._reads
        if under is None:
            return lambda begin, query: looking.many(begin, reads, kind, query)
        return lambda begin, query: belonging.search(begin, reads, kind, under, query)

    def _lists(
        self,
        path: str,
        place: Takes,
        search: Search,
        told: str,
        order: str | None,
        page: int,
        filters: dict[str, Filter],
        name: str,
    ) -> None:
        kind, above = self._kind, self._under

        async def listed(call: Call, limit: int, cursor: str | None, **asked: Any) -> Response:
            # What it is under is among the filters, so that a cursor is good for its list alone.
            if above is not None and "id" in asked:
                asked[above.shape.kind] = asked.pop("id")
            return await call.list_(kind, search, limit=limit, cursor=cursor, filters=asked, order=order)

        asked = {
            n: (Annotated[hint | None, Query(alias=camel(n), description=said)], None)
            for n, (hint, said) in filters.items()
        }
        limit = Annotated[int, Query(ge=1, le=kind.shape.ceiling, description="The most that the page may hold.")]
        takes = {**place, **asked, "limit": (limit, page), "cursor": (Cursor, None)}
        self._route("GET", path, self._reads, listed, takes, told, name, self._page)

    def shows(self, told: str) -> None:
        """GET one."""
        kind, reads = self._kind, self._reads

        async def shown(call: Call, id: UUID) -> Response:
            return await call.show(lambda begin: looking.one(begin, reads, kind, id))

        self._route("GET", self._each, reads, shown, {"id": (IdPath,)}, told, f"get{self._name}")

    def adds(
        self, body: type[Body], act: ActOf, told: str, *, verb: Verb | None = None, name: str | None = None
    ) -> None:
        """POST. `act` takes the id of what it is made under, where there is one, and the body's members."""
        kind = self._kind

        async def added(call: Call, body: Body, **place: UUID) -> Response:
            return await call.create(kind, lambda begin: act(begin, *place.values(), **body.given()))

        takes = {**self._place, "body": (body,)}
        self._route("POST", self._all, verb, added, takes, told, name or f"add{self._name}", status=201)

    def amends(self, body: type[Amendment], told: str, act: ActOf | None = None, *, verb: Verb | None = None) -> None:
        """PATCH. `act` where a rule of the register's own says what may be amended."""
        kind: Any = self._kind
        writes: Any = self._writes

        def as_sent(begin: Begin, id: UUID, **how: Any) -> Awaitable[View[Any]]:
            return belonging.amend(begin, writes, kind, id, **how)

        change = act or as_sent

        async def amended(call: Call, id: UUID, body: Body) -> Response:
            return await call.show(lambda begin: change(begin, id, seen=call.seen, changes=body.sent()))

        takes = {"id": (IdPath,), "body": (body,)}
        self._route("PATCH", self._each, verb, amended, takes, told, f"amend{self._name}")

    def moves(
        self,
        action: str,
        body: type[Body],
        act: ActOf,
        told: str,
        *,
        verb: Verb | None = None,
        name: str | None = None,
    ) -> None:
        """POST an action on one. `act` takes its id, the tag that was seen, and the body's members."""
        kind = self._kind

        async def moved(call: Call, id: UUID, body: Body) -> Response:
            return await call.move(kind, lambda begin: act(begin, id, seen=call.seen, **body.given()))

        takes = {"id": (IdPath,), "body": (body,)}
        self._route("POST", f"{self._each}/{action}", verb, moved, takes, told, name or f"{action}{self._name}")

    @property
    def _name(self) -> str:
        return self._kind.__name__

    def _route(
        self,
        method: str,
        path: str,
        verb: Verb | None,
        endpoint: Any,
        takes: Takes,
        told: str,
        name: str,
        shows: Any = None,
        status: int = 200,
    ) -> None:
        verb = verb or self._writes
        if verb is None:
            raise TypeError(f"{name} asks for no verb")
        parameters = [Parameter("call", Parameter.KEYWORD_ONLY, annotation=CallDep)]
        for called, (hint, *default) in takes.items():
            given = default[0] if default else Parameter.empty
            parameters.append(Parameter(called, Parameter.KEYWORD_ONLY, annotation=hint, default=given))
        endpoint.__signature__ = Signature(parameters)
        endpoint.__doc__ = told
        summary = _words(name)
        if name.startswith("list"):
            summary = self._many if path == self._all else f"{self._many} of all schemes"
        shows = shows or self.model
        if "body" in takes:
            describe(takes["body"][0], self._kind)
        on, summary = self.routes, _capital(summary)
        operation(on, method, path, verb, name=name, summary=summary, shows=shows, status=status)(endpoint)


def _titled(words: str) -> str:
    return "".join(word.capitalize() for word in words.split())


def _words(name: str) -> str:
    """`endActivation` as `end activation`."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
