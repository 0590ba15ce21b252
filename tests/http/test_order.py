"""One order for every request (DESIGN 7): who is it, within the limits, the verb, the shape, the key, the reach, the
tag, the state. Each of these requests breaks several rules at once, and is answered for the first.
"""

from typing import Any

import pytest

from api.edge.limits import Limits
from domain.confidentiality.entry import Outcome
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.roles import Purpose
from tests.http.cast import IN_CUSTODY, actor, uid
from tests.http.operations import LISTS, MOVES, OPERATIONS, WITH_BODY, Operation, never, operation
from tests.http.stores import MEMORY
from tests.http.world import World, codes, observed, problem

# Whatever is tried here ends before any store is asked.
pytestmark = pytest.mark.parametrize("world", [MEMORY], indirect=True)

CANARY = "canary-Quentin-A9999QX"
BROKEN = b'{"canary-Quentin-A9999QX": '
ONCE = ["approveScheme", "activateSupporter", "unlockRequest", "endEnrolment", "recordSession"]
WORST: dict[str, Any] = {
    "headers": {"Acting-As": CANARY, "Purpose-Of-Use": CANARY, "Idempotency-Key": "no", "If-Match": "*"},
}


def broken(operation: Operation) -> dict[str, Any]:
    """A request to the operation with everything wrong that a caller can do wrong below the limits."""
    content = {"content": BROKEN} if operation.has_body else {}
    return {"path": f"{operation.path}?{CANARY}=1", **WORST, **content}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_without_a_token_there_is_nobody_and_nothing_is_looked_at(world: World, operation: Operation) -> None:
    """401 before all else: nothing is read, kept or written down, since nobody acts."""
    wrong: dict[str, Any] = {"method": operation.method, **broken(operation)}
    world.seen.calls.clear()
    answer = await world.stranger.send(**wrong)
    assert problem(answer) == (401, "unauthorised", [])
    assert answer.headers["www-authenticate"] == "Bearer"
    wrong["headers"] = {**wrong["headers"], "Authorization": "Bearer nobody-of-this-name"}
    assert observed(await world.stranger.send(**wrong)) == observed(answer)
    assert world.seen.calls == []
    assert world.entries() == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_the_verb_comes_before_the_shape(world: World, operation: Operation) -> None:
    """Who never does this learns 403 whatever he sends, and that he tried is written down: who, as what, which verb."""
    (name, *_) = [n for n in never(operation.verb, in_custody=False) if n in ("governor", "officer", "nobody")]
    sent = broken(operation)
    sent["headers"] = {k: v for k, v in sent["headers"].items() if k not in ("Acting-As", "Purpose-Of-Use")}
    answer = await operation.send(world, by=name, tag='"x"', key="no", **sent)
    assert problem(answer) == (403, "forbidden", [])
    assert CANARY not in answer.text
    assert (world.last.verb, world.last.outcome, world.last.code) == (operation.verb, Outcome.REFUSED, "forbidden")
    assert (world.last.actor, world.last.closed, world.last.sights) == (actor(name), False, ())
    assert world.seen.kept == []


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if never(o.verb, in_custody=True)], ids=str)
async def test_to_a_person_in_custody_a_verb_refused_is_nothing_there(world: World, operation: Operation) -> None:
    """A person in custody gets the bytes of an address that does not exist, and the line names nobody."""
    name = never(operation.verb, in_custody=True)[0]
    sent = broken(operation)
    sent["headers"] = {k: v for k, v in sent["headers"].items() if k not in ("Acting-As", "Purpose-Of-Use")}
    answer = await operation.send(world, by=name, tag='"x"', key="no", **sent)
    assert (world.last.verb, world.last.outcome) == (operation.verb, Outcome.ABSENT)
    assert (world.last.actor, world.last.assignment, world.last.closed) == (None, None, True)
    nowhere = await world[name].get("/v1/there-is-no-such-thing")
    assert answer.status_code == 404
    assert observed(answer) == observed(nowhere)


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
async def test_the_limits_come_before_the_verb(world: World, operation: Operation) -> None:
    """Media type and size are refused before it is asked who may: 415 and 413 to those who would get 403."""
    name = never(operation.verb, in_custody=False)[-1]
    other = {"Content-Type": "text/plain"}
    plain = await operation.send(world, by=name, content=b"x", headers=other, tag='"x"')
    assert problem(plain) == (415, "unsupported-media-type", [])
    size = Limits().larger_bodies.get(operation.template, 70_000)
    large = await operation.send(world, by=name, content=b'"' + b"x" * size + b'"', tag='"x"')
    assert problem(large) == (413, "content-too-large", [])
    assert [e.outcome for e in world.entries()] == [Outcome.MALFORMED] * 2


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_an_unknown_parameter_is_a_filter_that_is_not_allowed(world: World, operation: Operation) -> None:
    """A parameter that is not in the document is refused, not ignored: who believes that he filtered must know that he
    did not. It comes before the body; and the entry has the verb."""
    content: dict[str, Any] = {"content": BROKEN} if operation.has_body else {}
    answer = await operation.send(
        world, path=f"{operation.path.partition('?')[0]}?subject={CANARY}", tag='"x"', **content
    )
    assert problem(answer) == (400, "unreadable", [("FILTER_NOT_ALLOWED", None)])
    assert CANARY not in answer.text
    assert (world.last.verb, world.last.outcome) == (operation.verb, Outcome.MALFORMED)
    assert world.seen.kept == []


@pytest.mark.parametrize("operation", LISTS, ids=str)
async def test_a_parameter_sent_twice_is_refused(world: World, operation: Operation) -> None:
    """Which of two counts could differ between a proxy and us: neither does."""
    answer = await operation.send(world, path=f"{operation.path}?limit=1&limit=2")
    assert problem(answer) == (400, "unreadable", [("REPEATED_PARAMETER", None)])


@pytest.mark.parametrize("operation", [o for o in MOVES if o.example.body], ids=str)
async def test_the_shape_comes_before_the_reach_and_the_reach_before_the_tag(
    world: World, operation: Operation
) -> None:
    """Of a record that is not there: a wrong body is 422, a right one 404, whether or not a tag was sent."""
    nowhere = operation.path_of(uid("never-existed"))
    shape = await operation.send(world, path=nowhere, body={"unknown": 1}, tag='"x"')
    assert shape.status_code == 422
    assert (await operation.send(world, path=nowhere, tag='"x"')).status_code == 404
    assert (await operation.send(world, path=nowhere, tag=None)).status_code == 404
    assert [e.outcome for e in world.entries()] == [Outcome.MALFORMED, Outcome.ABSENT, Outcome.ABSENT]


@pytest.mark.parametrize("name", ONCE)
async def test_the_tag_comes_before_the_state(world: World, name: str) -> None:
    """Done once, the state forbids it; without a tag, or with an old one, that is not what is answered."""
    once = operation(name)
    tag = await world[once.example.by].tag(once.record.format(id=uid(str(once.example.on))))
    assert (await once.send(world, tag=tag)).status_code == 200
    assert (await once.send(world, tag=None)).status_code == 428
    assert (await once.send(world, tag=tag)).status_code == 412
    conflict = await once.send(world)
    assert conflict.status_code == 409
    assert codes(conflict)[0].startswith("STATE_")
    outcomes = [e.outcome for e in world.entries() if e.verb == once.verb]
    assert outcomes == [Outcome.DONE, Outcome.STALE, Outcome.STALE, Outcome.NOT_NOW]


@pytest.mark.parametrize("operation", MOVES, ids=str)
async def test_a_tag_that_cannot_be_one_is_unreadable_and_written_down(world: World, operation: Operation) -> None:
    """`*` names no version that anybody read, and a weak tag none exactly: 400 before the record is looked for, even of
    one that is not there."""
    for name in (str(operation.example.on), "never-existed"):
        for tag in ("*", 'W/"abcdefgh"', '"a", "b"', "abc", '""', f'"{CANARY} "'):
            before = len(world.entries())
            answer = await operation.send(world, path=operation.path_of(uid(name)), tag=tag)
            assert problem(answer) == (400, "unreadable", [("IF_MATCH", "header:If-Match")]), tag
            assert CANARY not in answer.text
            assert [(e.verb, e.outcome) for e in world.since(before)] == [(operation.verb, Outcome.MALFORMED)], tag
    assert world.seen.kept == []


@pytest.mark.parametrize("operation", [o for o in WITH_BODY if o.method == "POST"], ids=str)
async def test_a_key_that_cannot_be_one_is_unreadable_and_written_down(world: World, operation: Operation) -> None:
    """A key is 8 to 64 letters, digits, `-` or `_`: so that it is neither guessed nor holds a number in its midst."""
    for key in ("short", "x" * 65, f"{CANARY} {CANARY}", "ab/cd/ef/gh"):
        before = len(world.entries())
        answer = await operation.send(world, key=key, tag='"x"')
        assert problem(answer) == (400, "unreadable", [("IDEMPOTENCY_KEY", "header:Idempotency-Key")]), key
        assert CANARY not in answer.text
        assert [(e.verb, e.outcome) for e in world.since(before)] == [(operation.verb, Outcome.MALFORMED)]
    assert world.seen.kept == []
    assert world.seen.letters == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
@pytest.mark.parametrize("header", ["Acting-As", "Purpose-Of-Use"])
async def test_why_and_as_whom_must_be_readable(world: World, operation: Operation, header: str) -> None:
    """A purpose that is none of the nine and an assignment that is no id are 400, recorded, and never repeated."""
    answer = await operation.send(world, headers={header: CANARY}, tag='"x"')
    code = header.upper().replace("-", "_")
    assert problem(answer) == (400, "unreadable", [(code, f"header:{header}")])
    assert CANARY not in answer.text
    assert (world.last.verb, world.last.outcome) == (operation.verb, Outcome.MALFORMED)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_a_purpose_that_the_role_does_not_have_is_403(world: World, operation: Operation) -> None:
    """Saying another purpose opens nothing. To somebody in custody it is as absent as what never was."""
    theirs = any(grant.purpose is Purpose.SUBJECT_ACCESS for grant in GRANTS if operation.verb in grant.may)
    answer = await operation.send(world, purpose="recruitment" if theirs else "subject-access", tag='"x"')
    assert problem(answer) == refused(operation)
    outcome = Outcome.ABSENT if operation.example.by in IN_CUSTODY else Outcome.REFUSED
    assert (world.last.verb, world.last.outcome) == (operation.verb, outcome)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_acting_as_somebody_elses_assignment_is_403(world: World, operation: Operation) -> None:
    """An id of another's assignment and one that never was are refused alike; somebody in custody finds nothing."""
    another = "assignment:security:SECURITY" if operation.example.by == "hub" else "assignment:hub:ACTIVITIES_HUB"
    others = [str(uid(another)), str(uid("never-existed"))]
    first, second = [await operation.send(world, acting_as=other, tag='"x"') for other in others]
    assert problem(first) == refused(operation)
    assert observed(first) == observed(second)


def refused(operation: Operation) -> tuple[int, str, list[Any]]:
    """How who sends the example is refused what his role does not do."""
    absent = operation.example.by in IN_CUSTODY
    return (404, "not-found", []) if absent else (403, "forbidden", [])


@pytest.mark.parametrize("header", ["If-Match", "Idempotency-Key", "Acting-As", "Purpose-Of-Use"])
async def test_a_header_sent_twice_is_refused(world: World, header: str) -> None:
    """Which of two counts could differ between a proxy and us: neither does, even where they are alike."""
    value = {"If-Match": '"x"', "Idempotency-Key": "some-key-0001", "Acting-As": "own", "Purpose-Of-Use": "oversight"}
    sent = [("Authorization", "Bearer governor"), ("Content-Type", "application/json"), *[(header, value[header])] * 2]
    answer = await world.http.post(f"/v1/schemes/{uid('scheme:draft')}/approve", content=b"{}", headers=sent)
    assert problem(answer) == (400, "unreadable", [("REPEATED_HEADER", f"header:{header}")])
    assert (world.last.verb, world.last.outcome) == ("APPROVE_SCHEME", Outcome.MALFORMED)


@pytest.mark.parametrize("path", ["/v1/schemes/", "//v1/schemes", "/v1//schemes", "/V1/schemes", "/v1/schemes/x/y/z"])
async def test_an_address_that_is_almost_right_is_not_there(world: World, path: str) -> None:
    """No redirect, which would repeat the caller's Host; no second spelling of an address."""
    answer = await world.officer.get(path)
    assert problem(answer)[:2] == (404, "not-found")
    assert "location" not in answer.headers
    assert len(world.entries()) == 1


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "BREW"])
async def test_an_unknown_address_is_404_and_written_down(world: World, method: str) -> None:
    """For a known caller; and nothing of it is repeated."""
    answer = await world.officer.send(method, f"/v1/{CANARY}", headers={"Accept-Language": "cy"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert CANARY not in answer.text
    assert [(e.verb, e.outcome, e.actor) for e in world.entries()] == [("NONE", Outcome.ABSENT, actor("officer"))]


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_an_unknown_method_is_405_for_the_address_and_not_for_the_record(
    world: World, operation: Operation
) -> None:
    """`Allow` lists the methods of the address, the same for a record, for one that never was and for everybody."""
    methods = {o.method for o in OPERATIONS if o.template == operation.template}
    wrong = next(m for m in ("DELETE", "PUT") if m not in methods)
    paths = [operation.path] if not operation.of_one else [operation.path, operation.path_of(uid("never-existed"))]
    answers = [await world[by].send(wrong, path) for path in paths for by in ("officer", "nobody", "arthur")]
    assert problem(answers[0]) == (405, "method-not-allowed", [])
    assert {a.headers["allow"] for a in answers} == {", ".join(sorted(methods))}
    assert len({observed(a)[:2] for a in answers}) == 1
    assert [e.outcome for e in world.entries()] == [Outcome.MALFORMED] * len(answers)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE"])
async def test_no_method_answers_by_the_way(world: World, method: str) -> None:
    """HEAD, OPTIONS and TRACE tell nothing that GET would not, and are written down as attempts."""
    answer = await world.officer.send(method, f"/v1/schemes/{uid('scheme:listeners')}")
    assert answer.status_code == 405
    assert len(world.entries()) == 1
