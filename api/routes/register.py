"""What the registers of a scheme have alike over HTTP: a list and a place for new records under the scheme, and each
record at an address of its own. A register says which of these it has, for whom, and with which bodies and acts.

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
from api.routes.shapes import PAGE, Amendment, Body, Cursor, IdPath, Limit
from api.wire import camel, model, page_model
from domain import looking
from domain.act import Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.verbs import Verb
from domain.ports import Query as Asked
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme

READERS: Final = (
    "Coordinator (operations), partner (support), safer custody (safety), governor, monitoring board and inspectorate"
    " (oversight)."
)
"""Those who read most registers."""
SchemePath = Annotated[UUID, Path(description="The scheme's id.")]
ActOf = Callable[..., Awaitable[View[Any]]]
Endpoint = Callable[..., Awaitable[Response]]


class Register:
    """The routes of one kind of record. `many` is what several are called in summaries."""

    def __init__(self, kind: type[OfScheme], path: str, *, many: str, reads: Verb, writes: Verb) -> None:
        self.routes: Final = router("registers")
        self._kind, self._many, self._reads, self._writes = kind, many, reads, writes
        self._name, self._one = kind.__name__, kind.shape.kind.replace("-", " ")
        self._all, self._each = f"/v1/schemes/{{scheme}}/{path}", f"/v1/{path}/{{id}}"

    def lists(self, told: str, order: str | None = None, **filters: tuple[Any, str]) -> None:
        """GET under the scheme. A filter has a type and a description."""
        kind, reads = self._kind, self._reads

        async def listed(call: Call, scheme: UUID, limit: int, cursor: str | None, **asked: Any) -> Response:
            def act(begin: Begin, query: Asked) -> Any:
                return belonging.search(begin, reads, kind, query)

            # The scheme is among the filters, so that a cursor is good for its list alone.
            wanted = {"scheme": scheme, **asked}
            return await call.list_(kind, act, limit=limit, cursor=cursor, filters=wanted, order=order)

        asked = {
            n: (Annotated[hint | None, Query(alias=camel(n), description=said)], None)
            for n, (hint, said) in filters.items()
        }
        takes = {"scheme": (SchemePath,), **asked, "limit": (Limit, PAGE), "cursor": (Cursor, None)}
        self._route("GET", self._all, reads, listed, takes, told, f"list{_titled(self._many)}", page_model(kind))

    def shows(self, told: str) -> None:
        """GET one."""
        kind, reads = self._kind, self._reads

        async def shown(call: Call, id: UUID) -> Response:
            return await call.show(lambda begin: looking.one(begin, reads, kind, id))

        self._route("GET", self._each, reads, shown, {"id": (IdPath,)}, told, f"get{self._name}", model(kind))

    def adds(self, body: type[Body], act: ActOf, told: str) -> None:
        """POST under the scheme. `act` takes the scheme's id and the body's members."""
        kind = self._kind

        async def added(call: Call, scheme: UUID, body: Body) -> Response:
            return await call.create(kind, lambda begin: act(begin, scheme, **body.given()))

        takes = {"scheme": (SchemePath,), "body": (body,)}
        self._route("POST", self._all, self._writes, added, takes, told, f"add{self._name}", model(kind), status=201)

    def amends(self, body: type[Amendment], told: str, act: ActOf | None = None) -> None:
        """PATCH. `act` where a rule of the register's own says what may be amended."""
        kind, writes = self._kind, self._writes

        async def amended(call: Call, id: UUID, body: Body) -> Response:
            def asked(begin: Begin) -> Any:
                if act is not None:
                    return act(begin, id, seen=call.seen, changes=body.sent())
                return belonging.amend(begin, writes, kind, id, seen=call.seen, changes=body.sent())

            return await call.show(asked)

        takes = {"id": (IdPath,), "body": (body,)}
        self._route("PATCH", self._each, writes, amended, takes, told, f"amend{self._name}", model(kind))

    def moves(self, action: str, body: type[Body], act: ActOf, told: str, name: str, verb: Verb | None = None) -> None:
        """POST an action on one. `act` takes its id, the tag that was seen, and the body's members."""
        kind = self._kind

        async def moved(call: Call, id: UUID, body: Body) -> Response:
            return await call.move(kind, lambda begin: act(begin, id, seen=call.seen, **body.given()))

        takes = {"id": (IdPath,), "body": (body,)}
        self._route("POST", f"{self._each}/{action}", verb or self._writes, moved, takes, told, name, model(kind))

    def _route(
        self,
        method: str,
        path: str,
        verb: Verb,
        endpoint: Any,
        takes: dict[str, tuple[Any, ...]],
        told: str,
        name: str,
        shows: Any,
        status: int = 200,
    ) -> None:
        """Register an endpoint that takes these: (type,), or (type, default)."""
        parameters = [Parameter("call", Parameter.KEYWORD_ONLY, annotation=CallDep)]
        for called, (hint, *default) in takes.items():
            given = default[0] if default else Parameter.empty
            parameters.append(Parameter(called, Parameter.KEYWORD_ONLY, annotation=hint, default=given))
        endpoint.__signature__ = Signature(parameters)
        endpoint.__doc__ = told
        summary = self._many if name.startswith("list") else _words(name)
        operation(self.routes, method, path, verb, name=name, summary=_capital(summary), shows=shows, status=status)(
            endpoint
        )


def _titled(words: str) -> str:
    return "".join(word.capitalize() for word in words.split())


def _words(name: str) -> str:
    """`endActivation` as `end activation`."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
