"""What the harness tells the caller before each request."""

from typing import Any

from domain.confidentiality.policy import grants_of
from domain.confidentiality.roles import Role
from domain.kernel.days import months_after
from domain.kernel.words import camel
from tests.http.cast import START
from tests.http.operations import OPERATIONS, Operation
from tests.proofs.contract import bodies, ready
from tests.proofs.contract.ready import Ready
from tests.proofs.contract.stage import Stage


class Prompter:
    """Of each operation of a role: by whom, on what, with what. `not_ready` names those that nobody of it could do."""

    def __init__(self, at: Stage, role: Role) -> None:
        self._stage, self._role = at, role
        self._found: dict[str, Ready] = {}
        self._bound: dict[str, list[str]] = {}
        self._capacities: dict[tuple[str, str], str] = {}
        self._watches: dict[str, str | None] = {}
        self.not_ready: list[str] = []

    async def prepare(self, names: list[str]) -> list[str]:
        """Try each of these operations; the names of those that can be done."""
        for operation in OPERATIONS:
            if operation.name not in names:
                continue
            found = await ready.find(self._stage, operation, self._role)
            if found is None:
                self.not_ready.append(operation.name)
                continue
            self._found[operation.name] = found
            self._bound[operation.name] = await ready.bound(
                self._stage, found, bodies.values(operation), bodies.optional(operation)
            )
        self._stage.reset()
        return list(self._found)

    async def __call__(self, path: str) -> Any:
        """`by/<operation>` is a token; `reset/<operation>/<id>` and `stay/<operation>/<id>` what to send, the first
        after putting the world back; `code/<operation>` a single-use code that is good, and what the document's example
        says by it."""
        if path.startswith("code/"):
            return {"code": self._stage.code(), "example": bodies.example_of(path.removeprefix("code/"))}
        what, name, *rest = path.split("/")
        found = self._found[name]
        if what == "by":
            return found.by
        if what == "reset":
            self._stage.reset()
        return await self._asked(found, rest[0] if what == "stay" else "")

    async def _asked(self, found: Ready, id: str) -> dict[str, Any]:
        operation, chosen, tag = found.operation, found.id, None
        voice = self._stage.world[found.by]
        if operation.of_one:
            seen = await voice.get(operation.record.format(id=id)) if id else None
            if seen is not None and seen.status_code == 200:
                chosen = id
            else:
                self._stage.restore(str(found.id))
                seen = await voice.get(operation.record.format(id=found.id))
            tag = seen.headers.get("ETag")
        return {
            "path": {**operation.example.values, **({} if chosen is None else {"id": chosen})},
            "tag": tag,
            "body": found.body,
            "references": bodies.references(operation),
            "bound": self._bound[operation.name],
            "unnamed": sorted({*(operation.example.body or {}), *self._not_his(operation)} - set(found.body or {})),
            "capacity": await self._capacity(operation, found),
            "purpose": found.purpose,
            "query": dict(found.query),
            "purposes": sorted({g.purpose.value for g in grants_of(self._role, operation.verb)}),
            "quarter": months_after(START.date().replace(day=1), -4).isoformat(),
            "watch": await self._watch(found),
        }

    def _not_his(self, operation: Operation) -> frozenset[str]:
        """The members that this role may not change, whoever else may."""
        if operation.method != "PATCH":
            return frozenset()
        writes = {camel(name) for grant in grants_of(self._role, operation.verb) for name in grant.writes}
        return bodies.members(operation) - writes

    async def _capacity(self, operation: Operation, found: Ready) -> str:
        at = (found.by, operation.name)
        if at not in self._capacities:
            said = (await self._stage.world[found.by].get("/v1/me")).json()
            fitting = [c for c in said["capacities"] if operation.verb.value in c["may"]]
            ours = [c for c in fitting if c["role"] == self._role.value]
            self._capacities[at] = (ours or fitting)[0]["actingAs"]
        return self._capacities[at]

    async def _watch(self, found: Ready) -> str | None:
        """An open watch of his own, if he has one."""
        if found.by not in self._watches:
            kept = [str(r.id) for r in self._stage.records() if r.shape.kind == "watch"]
            voice = self._stage.world[found.by]
            mine = [id for id in kept if (await voice.get(f"/v1/board/watches/{id}")).status_code == 200]
            self._watches[found.by] = mine[0] if mine else None
        return self._watches[found.by]
