"""Every status that the document names of an operation is really met, and its answer is as documented: body, media type
and each header. What is met is asked for here, one request a status; what cannot be is listed, with the reason (F95).
"""

import dataclasses
from collections.abc import AsyncGenerator, Awaitable, Callable
from functools import cache
from typing import Any

import httpx
import pytest

from api.call import ALIKE
from api.edge.limits import Limits
from api.edge.rate import Rate
from api.routes import by_code as openly
from domain.confidentiality.policy import grants_of
from domain.kernel.ids import AssignmentId
from domain.oversight.record import Assignment
from persistence.memory import MemoryStore
from tests.http import world as worlds
from tests.http.cast import CAST, IN_CUSTODY, actor, uid
from tests.http.contract import Contract
from tests.http.operations import OPERATIONS, Operation, never
from tests.http.world import ORIGIN, Theatre, World
from tests.proofs.contract import bodies

Asking = Callable[[World, Operation], Awaitable[httpx.Response]]
HUGE = "x" * 20_000
OPEN = {
    operation["operationId"]: (path, operation)
    for path, item in bodies.document()["paths"].items()
    for operation in item.values()
    if "x-verb" not in operation
}
NEVER = {
    500: "nothing of an open page can fail: what nobody caught is answered by one constant, met at all others",
    429: "of who comes with wrong tokens too often: tests/api/test_edge_rates.py, over the edge alone; of who tries "
    "one code too often: tests/http/test_story_by_code.py",
}


async def in_two_capacities(world: World, operation: Operation) -> httpx.Response:
    """Who holds his role in two prisons, and does not say as whom."""
    by = by_assignment(operation)[0]
    held = next(a for a in await world.records(Assignment) if a.holder == actor(by))
    again = AssignmentId(uid("a-second-assignment"))
    await world.keep([dataclasses.replace(held, id=again, prison="LEI" if held.prison == "MDI" else "MDI")])
    return await operation.send(world, tag='"x"', by=by)


def by_assignment(operation: Operation) -> list[str]:
    """The members who do this by an assignment, whoever it is that does it in the example first."""
    roles = {name: CAST[name].role for name in (operation.example.by, *CAST) if name not in IN_CUSTODY}
    return [name for name, role in roles.items() if role is not None and grants_of(role, operation.verb)]


async def broken(world: World, operation: Operation) -> httpx.Response:
    """A fault of ours, where the store is asked."""

    class Faulty:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError(name)

    faulty: Any = Faulty()
    world.stage.store = faulty
    return await operation.send(world, tag='"x"')


async def without_a_store(world: World, operation: Operation) -> httpx.Response:
    """Nothing can be had or kept."""
    tag = await world[operation.example.by].tag(_record(operation)) if operation.moves else None
    world.seen.gone = True
    return await operation.send(world, tag=tag)


async def unchanged(world: World, operation: Operation) -> httpx.Response:
    """What was seen before, inside a watch."""
    voice = world[operation.example.by]
    watch = (await voice.post("/v1/board/watches", {"prison": "MDI"})).json()
    known = {"If-None-Match": f'"{watch["board"]["tag"]}"'}
    return await operation.send(world, path=f"{operation.path}?watch={watch['watch']['id']}", headers=known)


async def by_nobody(world: World, operation: Operation) -> httpx.Response:
    """Without a token."""
    return await world.stranger.send(operation.method, operation.path)


async def too_often(_world: World, operation: Operation) -> httpx.Response:
    """The second time, where one is all."""
    house = _narrow_house()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=house.app), base_url=ORIGIN) as http:
        narrow = World(house, http, MemoryStore())
        await narrow[operation.example.by].get("/v1/there-is-no-such-thing")
        return await operation.send(narrow, tag='"x"')


@cache
def _narrow_house() -> Theatre:
    return Theatre(callers=Rate(1, 1 / 3600))


def _record(operation: Operation) -> str:
    return operation.record.format(id=uid(str(operation.example.on)))


def _sent(**changes: Any) -> Asking:
    async def ask(world: World, operation: Operation) -> httpx.Response:
        given = {name: value(operation) if callable(value) else value for name, value in changes.items()}
        return await operation.send(world, **{"tag": '"x"', **given})

    return ask


async def _done(world: World, operation: Operation) -> httpx.Response:
    return await operation.send(world)


async def nothing(world: World, operation: Operation) -> httpx.Response:
    """What is done and shows nothing; of a subject access, one of whom nothing is kept."""
    if operation.method == "POST":
        return await operation.send(world)
    return await operation.send(world, path=f"{operation.path.partition('?')[0]}?prn=Z0000ZZ")


_LARGEST = Limits().larger_bodies

ASKED: dict[int, Asking] = {
    **dict.fromkeys((200, 201, 202), _done),
    304: unchanged,
    204: nothing,
    209: _sent(path=lambda o: f"{o.path.partition('?')[0]}?crn=X123456"),
    400: _sent(path=lambda o: f"{o.path.partition('?')[0]}?no-such-filter=1"),
    401: by_nobody,
    403: _sent(by=lambda o: never(o.verb, in_custody=False)[0]),
    404: _sent(by="arthur", acting_as=uid("an-assignment-of-nobody")),  # in custody every refusal is this one
    409: in_two_capacities,
    412: _sent(),
    413: _sent(content=lambda o: b'"' + b"x" * _LARGEST.get(o.template, 70_000) + b'"'),
    414: _sent(path=lambda o: f"{o.path}?{HUGE[:3000]}"),
    415: _sent(content=b"x", headers={"Content-Type": "text/plain"}),
    422: _sent(body={"no-such-member": 1}),
    428: _sent(tag=None),
    429: too_often,
    431: _sent(headers={"X-Anything": HUGE}),
    500: broken,
    503: without_a_store,
}


@pytest.fixture
async def world() -> AsyncGenerator[World]:
    """The furnished world, over the store that forgets."""
    async with worlds.opened(MemoryStore()) as made:
        yield made


def documented() -> list[Any]:
    """Every (operation, status) of operations that need a token. What only those in custody do is not asked for in two
    capacities, for they are told of none of them: a rule's own 409 of these is met by the tests that tell of the rule.
    """
    return [
        pytest.param(operation, int(status), id=f"{operation}-{status}")
        for operation in OPERATIONS
        for status in bodies.document()["paths"][operation.template][operation.method.lower()]["responses"]
        if status != "409" or by_assignment(operation)
    ]


@pytest.mark.parametrize(("operation", "status"), documented())
async def test_what_is_documented_is_sent(world: World, operation: Operation, status: int) -> None:
    """The request that this status is for meets it; the voice that asks has held the answer against the document."""
    answer = await ASKED[status](world, operation)
    assert answer.status_code == status, answer.text


OPENLY: dict[int, dict[str, Any]] = {
    200: {},
    201: {},
    400: {"path": "?nothing=%00"},
    401: {"headers": {"Authorization": "Bearer nobody-of-this-name"}},
    404: {},
    413: {"content": b'"' + b"x" * 70_000 + b'"'},
    414: {"path": f"?{HUGE[:3000]}"},
    415: {"content": b"x", "headers": {"Content-Type": "text/plain"}},
    422: {"body": {"no-such-member": 1}},
    431: {"headers": {"X-Anything": HUGE}},
}
BY_CODE = {401: {"headers": {"Authorization": "Basic nobody"}}}
"""Where a bearer token is refused itself, whosever it is (rule 12)."""


@pytest.mark.parametrize("name", OPEN)
async def test_what_is_documented_of_an_open_page_is_sent(world: World, name: str) -> None:
    """The same of what needs no token; 503 of health with a store that is gone. What is said by a code says its
    example, by a code that was just printed."""
    template, operation = OPEN[name]
    method, said = next((m.upper(), o) for m, o in bodies.document()["paths"][template].items() if o is operation)
    by_code = template in openly.OPEN
    sheet = await world.coordinator.post(f"/v1/schemes/{uid('scheme:shannon')}/print-feedback-codes", {})
    example = {**bodies.example(said), "code": sheet.json()["codes"][0]} if method == "POST" else ...
    for status in map(int, operation["responses"]):
        if status in NEVER:
            continue
        world.seen.gone = status == 503
        world.later(seconds=10)
        asked: dict[str, Any] = dict((BY_CODE if by_code else {}).get(status) or OPENLY.get(status, {}))
        path = template.format(slug="no-such-kind" if status == 404 else "not-found") + asked.pop("path", "")
        answer = await world.stranger.send(
            method, path, **(asked if "content" in asked else {"body": example, **asked})
        )
        assert answer.status_code == status, (status, answer.text)


def test_who_acts_in_any_capacity_need_name_none() -> None:
    """What is the same in every capacity has no 409 in the document; everything else that needs a token has."""
    for operation in OPERATIONS:
        said = bodies.document()["paths"][operation.template][operation.method.lower()]["responses"]
        assert ("409" in said) is (operation.verb not in ALIKE), operation.name


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"x-undocumented": "1"}, "sent, and not documented"),
        ({"x-request-id": None}, "is documented and was not sent"),
    ],
)
async def test_a_header_too_many_or_too_few_is_found(world: World, change: dict[str, Any], words: str) -> None:
    """The contract that every answer of these tests is held against refuses both."""
    answer = await world.officer.get("/v1/me")
    for name, value in change.items():
        if value is None:
            del answer.headers[name]
        else:
            answer.headers[name] = value
    with pytest.raises(AssertionError, match=words):
        Contract(world.app).check("GET", answer)
