"""For each operation of a role, a request that is done: by whom, on which record, with which body and headers.

Nothing of it is written down here. `tests.http.operations` has an example of each operation by one member of the cast;
for another role it is tried, over the furnished world, who of that role may send it and about which record. What a
role's grants or the records do not allow at all comes out as not ready, and the run says so.
"""

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

import httpx

from domain.confidentiality.about import ABOUT
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.record import Record
from domain.confidentiality.roles import IMPLICIT, Role
from domain.confidentiality.verbs import Verb
from domain.metrics.catalogue import METRICS
from domain.metrics.record import Figure
from domain.packs.chronology import ASKS
from domain.packs.evidence import READERS
from domain.packs.exporting import EXPORTED
from tests.http import packs_operations
from tests.http.cast import CAST, uid
from tests.http.operations import Operation
from tests.http.world import problem
from tests.proofs.contract import bodies
from tests.proofs.contract.stage import Stage

SUPPORTERS = ("listener", "insider", "mentor")
"""No assignment and no token says of them that they are supporters: their standing does."""
_MOST_LEFT_OUT = 3
_NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A request that was done when it was tried."""

    operation: Operation
    """With what it lists or makes under."""
    by: str
    id: str | None
    read: str | None
    """Where the record is read, for its tag."""
    body: Mapping[str, Any] | None
    purpose: str | None
    """Named where the role does this for several."""
    query: Mapping[str, str]
    """Where it is asked of, if it is of a prison or a scheme that the query names."""


def members(role: Role) -> list[str]:
    """Who may act in that role, those with the fewest other roles first, of Moorland before all others."""
    if role is Role.SUPPORTER:
        return list(SUPPORTERS)
    held = {name: {m.role, *m.further} - {None} for name, m in CAST.items()}
    implicit = [n for n, m in CAST.items() if not held[n] and IMPLICIT.get(m.kind) is role and n not in SUPPORTERS]
    found = implicit or [n for n in CAST if role in held[n]]
    if role is Role.PERSON_IN_CUSTODY:
        found += SUPPORTERS  # what is written of them they read as the men that they are
    return sorted(found, key=lambda n: (len(held[n]), CAST[n].prison not in ("MDI", None), bool(CAST[n].was)))


MADE_FOR: Final = {
    **dict.fromkeys(packs_operations.EVIDENCE, READERS),
    **dict.fromkeys(packs_operations.CHRONOLOGY, ASKS),
    "getJobExport": frozenset(g.role for g in GRANTS if g.may & {verb for _, verb in EXPORTED.values()}),
}
"""Whose is what is fetched of a job. Its verb is that by which all read their own jobs, and so are the document's
roles; but a role that may not have such a thing made is refused it, whatever job it had made."""


def of_role(document: Mapping[str, Any], role: Role) -> list[str]:
    """The operations that the document says are for that role, by their ids; of what is fetched of jobs, its own."""
    return [
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if role.value in operation.get("x-roles", ()) and role in MADE_FOR.get(operation["operationId"], {role})
    ]


async def find(stage: Stage, operation: Operation, role: Role) -> Ready | None:
    """The first request that is done, if any is: under what the example is under before all else of that kind."""
    records = stage.records()
    for under in _under(operation, records):
        found = await _find(stage, under, role, records)
        if found is not None:
            return found
    return None


async def _find(stage: Stage, operation: Operation, role: Role, records: list[Record]) -> Ready | None:
    """Fewest members of the body left out first, example's record first."""
    ids = [*_ids(operation, records)] or [None]
    for left_out in range(_MOST_LEFT_OUT + 1):
        for by, id, query in itertools.product(members(role), ids, _queries(operation, records)):
            for body in _bodies(operation, records, left_out):
                found = await _tried(stage, operation, by, id, body, query)
                if found is not None:
                    return found
                if operation.example.body is None:
                    break
        if not operation.example.body:
            break
    return None


async def _tried(
    stage: Stage, operation: Operation, by: str, id: str | None, body: Any, query: Mapping[str, str]
) -> Ready | None:
    stage.reset()
    answer = await sent(stage, operation, by, id, body, query=query)
    if answer is None:
        return None
    read = operation.record.format(id=id) if operation.moves else None
    if answer.is_success:
        return Ready(operation=operation, by=by, id=id, read=read, body=body, purpose=None, query=query)
    if answer.status_code == 400 and problem(answer)[1] == "purpose-required":
        for purpose in answer.json()["choices"]:
            again = await sent(stage, operation, by, id, body, purpose, query)
            if again is not None and again.is_success:
                return Ready(operation=operation, by=by, id=id, read=read, body=body, purpose=purpose, query=query)
    return None


async def sent(
    stage: Stage,
    operation: Operation,
    by: str,
    id: str | None,
    body: Any,
    purpose: str | None = None,
    query: Mapping[str, str] = _NOWHERE,
) -> httpx.Response | None:
    """The request, with the tag of its record; None where the record is out of reach."""
    world = stage.world
    path = (operation.path if id is None else operation.path_of(id)) + (f"?{urlencode(query)}" if query else "")
    read = operation.record.format(id=id) if operation.moves else None
    asked: dict[str, Any] = {"body": body} if operation.has_body else {}
    if read is not None:
        seen = await world[by].get(read)
        if seen.status_code != 200:
            return None
        asked["tag"] = seen.headers["ETag"]
    if operation.method == "POST":
        asked["key"] = "this-was-tried"
    return await world[by].send(operation.method, path, **asked, purpose=purpose)


async def bound(stage: Stage, found: Ready, values: Mapping[str, list[Any]], optional: Collection[str]) -> list[str]:
    """The members that a rule binds to each other, or to another record: without it, with another of its `values` or
    with one where it has none, or with one less in its list, what was done is refused; with the least of all its
    numbers; or without all that are optional (at least one is to be told). No schema of ours says so, because none can
    say it of all roles."""

    async def refused(body: dict[str, Any]) -> bool:
        stage.reset()
        answer = await sent(stage, found.operation, found.by, found.id, body, found.purpose)
        return answer is not None and answer.status_code in (409, 422)

    whole = dict(found.body or {})
    bound: list[str] = []
    for name in {**whole, **values}:
        others = [{**whole, name: value} for value in values.get(name, ()) if value != whole.get(name)]
        if isinstance(whole.get(name), list) and len(whole[name]) > 1:
            others.append({**whole, name: whole[name][:-1]})
        if name in whole and name in optional:
            others.append({n: v for n, v in whole.items() if n != name})
        for other in others:
            if await refused(other):
                bound.append(name)
                break
    least = {n: values[n][0] for n, v in whole.items() if type(v) is int and values.get(n) and n not in bound}
    if len(least) > 1 and await refused({**whole, **least}):
        bound += least
    free = [name for name in whole if name in optional and name not in bound]
    if free and await refused({name: value for name, value in whole.items() if name not in free}):
        bound += free
    return bound


def _under(operation: Operation, records: list[Record]) -> Iterator[Operation]:
    yield operation
    example = operation.example
    for kind, own in operation.under.items():
        if "id" in example.values:
            for id in (str(r.id) for r in records if r.shape.kind == kind and r.id != own):
                yield replace(operation, example=replace(example, values={**example.values, "id": id}))
    if operation.verb is Verb.READ_FIGURE and "code" in example.values:  # what is counted of a prison is of no scheme
        counted = {r.series for r in records if isinstance(r, Figure)}
        for metric in METRICS.values():
            if metric.series in counted:
                yield replace(operation, example=replace(example, values={**example.values, "code": metric.code}))


def _queries(operation: Operation, records: list[Record]) -> list[Mapping[str, str]]:
    """Of nowhere by name, and of Moorland or each scheme of it, where a query may name one."""
    named = bodies.parameters(operation)
    there: list[Mapping[str, str]] = [_NOWHERE]
    if "prison" in named:
        there.append({"prison": "MDI"})
    if "scheme" in named:
        here = (r for r in records if r.shape.kind == "scheme" and getattr(r, "prison", None) == "MDI")
        there += [{"scheme": str(r.id)} for r in here]
    return there


def _ids(operation: Operation, records: list[Record]) -> Iterator[str]:
    if operation.example.on is None:
        return
    own = uid(operation.example.on)
    kind = ABOUT[operation.verb].kind  # how a scheme stands has the scheme's id
    yield str(own)
    yield from (str(r.id) for r in records if r.shape.kind == kind and r.id != own)


def _bodies(operation: Operation, records: list[Record], left_out: int) -> Iterator[dict[str, Any] | None]:
    """The example's body without so many of its members, and with each scheme of Moorland in the place of its own."""
    whole = operation.example.body
    if whole is None:
        yield None
        return
    schemes = [whole["scheme"]] if "scheme" in whole else [None]
    if left_out == 0 and schemes != [None]:
        schemes += [str(r.id) for r in records if r.shape.kind == "scheme" and getattr(r, "prison", None) == "MDI"]
    for names in itertools.combinations(whole, left_out):
        for scheme in schemes:
            body = {name: value for name, value in whole.items() if name not in names}
            yield body if scheme is None or "scheme" not in body else {**body, "scheme": scheme}
