"""Leaks by which what is out of reach differs from what is not there: rows 1 to 5, 19, 29, 38, 39, and a fault."""

from collections.abc import Iterator
from typing import Any, Final

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.problems.answers import Answers
from api.route_index import RouteIndex
from domain.act import Act
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, Unacceptable, Unavailable
from domain.sessions import asking, learning
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.leaks import does, hidden, instead, leak, of, rows, there


def _hidden_raises(house: House, raised: Any) -> Any:
    async def fetch(fetched: Any, act: Act, kind: Any, id: Any, **more: Any) -> Any:
        if hidden(act, house, kind, id):
            raise raised()
        return await fetched(act, kind, id, **more)

    def made(fetched: Any) -> Any:
        async def instead_of_it(act: Act, kind: Any, id: Any, **more: Any) -> Any:
            return await fetch(fetched, act, kind, id, **more)

        return instead_of_it

    return instead(Act, "fetch", made)


@leak(1)
def refused_if_it_is_there(house: House) -> Iterator[None]:
    """403 for what is out of reach, 404 for what never was."""
    with _hidden_raises(house, Refused):
        yield


@leak(38)
def refused_with_the_role_that_would_do(house: House) -> Iterator[None]:
    """The refusal names the scope that the hidden object asks for."""
    with _hidden_raises(house, lambda: Refused(code="orderly-officer-only")):
        yield


@leak(39)
def nobody_caught_it(house: House) -> Iterator[None]:
    """For what is there the way to the answer breaks: the last resort answers."""
    with _hidden_raises(house, lambda: RuntimeError("no row")):
        yield


@leak(2)
def the_error_says_where(house: House) -> Iterator[None]:
    """The text of a 404 has one member more where the id is one of ours."""

    def made(problem: Any) -> Any:
        def instead_of_it(self: Answers, scope: Any, kind: Any, **more: Any) -> Response:
            answer = problem(self, scope, kind, **more)
            if kind.status == 404 and there(house, scope["path"]):
                said = {**orjson.loads(answer.body), "instance": scope["path"]}
                return Response(orjson.dumps(said), 404, {"Content-Language": "en"}, answer.media_type)
            return answer

        return instead_of_it

    with instead(Answers, "problem", made):
        yield


@leak(3)
def one_request_a_cell(house: House) -> Iterator[None]:
    """What is asked for a cell is refused as unacceptable where one is open for that cell already."""

    def made(ask: Any) -> Any:
        async def instead_of_it(begin: Any, **given: Any) -> Any:
            cell = given.get("cell")
            if cell is not None and any(r.cell == cell for r in of(house, "request")):
                raise Unacceptable(["CELL_HAS_ONE"])
            return await ask(begin, **given)

        return instead_of_it

    with instead(asking, "ask", made):
        yield


@leak(4)
def asked_already(house: House) -> Iterator[None]:
    """409 where a request for the same person is open that the asker may not know."""

    def made(ask: Any) -> Any:
        async def instead_of_it(begin: Any, **given: Any) -> Any:
            name = given.get("recipient")
            if name is not None and any(r.recipient == name for r in of(house, "request")):
                raise NotNow(["ALREADY_ASKED"])
            return await ask(begin, **given)

        return instead_of_it

    with instead(asking, "ask", made):
        yield


@leak(4, does(Verb.PLAN_SESSION), kinds=("session",))
def no_room_for_one_more(house: House) -> Iterator[None]:
    """409 where all rooms are taken, with how many sessions took them, out of reach included."""

    def made(plan: Any) -> Any:
        async def instead_of_it(begin: Any, **given: Any) -> Any:
            if taken := len(of(house, "session")):
                raise NotNow([f"{taken}_ROOMS_TAKEN"])
            return await plan(begin, **given)

        return instead_of_it

    with instead(learning, "plan", made):
        yield


_STOPS: Final = (Verb.CLOSE_SCHEME, Verb.SUSPEND_SCHEME, Verb.STAND_DOWN_SUPPORTER)


@leak(5, does(*_STOPS), kinds=("request",), acts=frozenset(_STOPS))
def a_hidden_child_holds_it(house: House) -> Iterator[None]:
    """A scheme, or a supporter, cannot be changed while requests hang on it, which who changes it may not know."""

    def made(keep: Any) -> Any:
        def instead_of_it(self: Any, record: Any, **given: Any) -> None:
            waiting = sum(record.id in (r.scheme, r.offered_to) for r in of(house, "request"))
            if record.shape.kind in ("scheme", "supporter") and given.get("was") is not None and waiting:
                raise NotNow([f"{waiting}_REQUESTS_OPEN"])
            keep(self, record, **given)

        return instead_of_it

    with instead(Act, "keep", made):
        yield


@leak(19)
def looked_at_twice(house: House) -> Iterator[None]:
    """For what is absent no more is looked for; for what is there once more, to see why not. The bytes are the same."""

    def made(fetch: Any) -> Any:
        async def instead_of_it(act: Act, kind: Any, id: Any, **more: Any) -> Any:
            try:
                return await fetch(act, kind, id, **more)
            except Absent:
                if await act.known_one(kind, id) is not None:
                    await act.known_one(kind, id)
                raise

        return instead_of_it

    with instead(Act, "fetch", made):
        yield


@leak(29)
def allow_by_object(house: House) -> Iterator[None]:
    """405 lists a method more for a record that is there."""

    def made(refuse: Any) -> Any:
        def instead_of_it(self: RouteIndex, scope: Any, candidates: Any) -> None:
            try:
                refuse(self, scope, candidates)
            except HTTPException as error:
                if error.status_code == 405 and there(house, scope["path"]):
                    raise HTTPException(405, headers={"Allow": f"{(error.headers or {})['Allow']}, RELEASE"}) from None
                raise

        return instead_of_it

    with instead(RouteIndex, "_refuse", made):
        yield


@leak(1)
def a_fault_tells(house: House) -> Iterator[None]:
    """When the store fails, what is known never to have been is still answered with 404, and all else with 503 (P6)."""

    def made(fetch: Any) -> Any:
        async def instead_of_it(act: Act, kind: Any, id: Any, **more: Any) -> Any:
            try:
                return await fetch(act, kind, id, **more)
            except Unavailable:
                if (kind.shape.kind, id) not in rows(house):
                    raise Absent from None
                raise

        return instead_of_it

    with instead(Act, "fetch", made):
        yield
