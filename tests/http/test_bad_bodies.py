"""Bad input: a problem document with the right 4xx, nothing changed, the caller's text never repeated, and a line for
whoever is known. Never 5xx.
"""

import json
from typing import Any

import httpx
import pytest

from domain.confidentiality.entry import Outcome
from domain.notes import SAID_WITHOUT_A_NAME
from tests.http import (
    bodies_operations,
    care_operations,
    contacts_operations,
    evaluation_operations,
    feedback_operations,
    merging_operations,
    recruiting_operations,
    registers_operations,
    telling_operations,
    turnover_operations,
)
from tests.http.cast import IN_CUSTODY, actor
from tests.http.operations import EACH_FOR_ITSELF, WITH_BODY, Operation, operation
from tests.http.stores import MEMORY
from tests.http.world import World, problem

# Whatever is tried here ends before any store is asked.
pytestmark = pytest.mark.parametrize("world", [MEMORY], indirect=True)

CANARY = "Canary Quentin A9999QX kicking off"
"""What must come back nowhere: a name, a number, a judgement."""

WHOLE: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 400, "MALFORMED_JSON"),
    "malformed": (b'{"name": "' + CANARY.encode(), 400, "MALFORMED_JSON"),
    "trailing": (b"{} " + CANARY.encode(), 400, "MALFORMED_JSON"),
    "byte order mark": (b"\xef\xbb\xbf{}", 400, "MALFORMED_JSON"),
    "not utf-8": (b'{"name": "\xff' + CANARY.encode() + b'"}', 400, "INVALID_UTF8"),
    "duplicate keys": (b'{"x": 1, "x": "' + CANARY.encode() + b'"}', 400, "DUPLICATE_KEY"),
    "duplicate keys, one escaped": (b'{"x": 1, "\\u0078": 2}', 400, "DUPLICATE_KEY"),
    "deep list": (b"[" * 5_000 + b"]" * 5_000, 400, "TOO_DEEP"),
    "deep object": (b'{"a":' * 21 + b"1" + b"}" * 21, 400, "TOO_DEEP"),
    "long list": (json.dumps({"x": [0] * 501}).encode(), 400, "TOO_MANY_ITEMS"),
    "lone surrogate": (b'{"name": "\\ud800"}', 400, "LONE_SURROGATE"),
    "lone surrogate in a name": (b'{"\\udc00": 1}', 400, "LONE_SURROGATE"),
    "NUL": (b'{"name": "a\\u0000b"}', 400, "NUL_CHARACTER"),
    "huge number": (b'{"rating": 1' + b"0" * 400 + b"}", 400, "NUMBER_TOO_LARGE"),
    "huge exponent": (b'{"rating": 1e999}', 400, "NUMBER_TOO_LARGE"),
    "no number": (b'{"rating": NaN}', 400, "NOT_A_NUMBER"),
    "infinity": (b'{"rating": -Infinity}', 400, "NOT_A_NUMBER"),
    "a list": (json.dumps([CANARY]).encode(), 422, "WRONG_TYPE"),
    "a string": (json.dumps(CANARY).encode(), 422, "WRONG_TYPE"),
    "a number": (b"1", 422, "WRONG_TYPE"),
    "null": (b"null", 422, "WRONG_TYPE"),
}
"""Bodies that are wrong for every operation: what they are answered with."""

MEDIA: dict[str, dict[str, str]] = {
    "none": {"Content-Type": ""},
    "plain": {"Content-Type": "text/plain"},
    "form": {"Content-Type": "application/x-www-form-urlencoded"},
    "another charset": {"Content-Type": "application/json; charset=utf-16"},
    "compressed": {"Content-Encoding": "gzip"},
    "something like it": {"Content-Type": "application/problem+json"},
}


def nothing_happened(world: World, answer: httpx.Response, operation: Operation, before: int) -> None:
    """Nothing was kept, nothing repeated, and there is one line that says so."""
    assert CANARY not in answer.text
    assert not any(CANARY in value for value in answer.headers.values())
    assert world.seen.kept == []
    assert world.seen.letters == []
    assert world.seen.keys == []
    (entry,) = world.since(before)
    assert entry.outcome is Outcome.MALFORMED
    # What may be given without a name has a nameless line though it went wrong: the next one would be his.
    # So has whatever somebody in custody tries.
    inside = operation.example.by in IN_CUSTODY
    nameless = inside or entry.verb in SAID_WITHOUT_A_NAME
    assert entry.actor == (None if nameless else actor(operation.example.by))
    assert entry.changes == ()
    # A number's form is its jurisdiction's, which the record says under which something is made.
    assert {(sight.kind, id) for sight in entry.sights for id in sight.ids} <= set(operation.under.items())


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
async def test_a_body_that_is_no_good_changes_nothing(world: World, operation: Operation) -> None:
    """Malformed, ambiguous, too deep, too long, not text, no number: each is one code without a place."""
    for content, status, code in WHOLE.values():
        before = len(world.entries())
        answer = await operation.send(world, content=content, tag='"x"')
        found = problem(answer)
        assert (found[0], [c for c, _ in found[2]]) == (status, [code]), content[:60]
        nothing_happened(world, answer, operation, before)
        assert world.last.verb == operation.verb


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
async def test_a_body_of_another_media_type_is_not_read(world: World, operation: Operation) -> None:
    """415, before the body is looked at; what an operation of another method would take is no excuse."""
    cases = {**MEDIA}
    if operation.method != "PATCH":
        cases["merge patch"] = {"Content-Type": "application/merge-patch+json"}
    for headers in cases.values():
        before = len(world.entries())
        answer = await operation.send(world, content=json.dumps({"name": CANARY}).encode(), headers=headers, tag='"x"')
        assert problem(answer) == (415, "unsupported-media-type", []), headers
        nothing_happened(world, answer, operation, before)


def members() -> list[Any]:
    """(operation, member) for each member of each body."""
    whole = [o for o in WITH_BODY if o.name not in EACH_FOR_ITSELF]
    return [pytest.param(o, m, id=f"{o}-{m}") for o in whole for m in o.example.body or {}]


def texts() -> list[Any]:
    """(operation, member) for each member that is text, or a list of texts."""
    return [p for p in members() if isinstance((p.values[0].example.body or {})[p.values[1]], str | list)]


WRONG: list[object] = [
    {"canary": CANARY},
    {},
    [[CANARY]],
    [],
    3.5,
    1763892000,
    "1763892000",
    "yes",
    "1",
    CANARY * 40,
    "",
]
"""No member of any body is an empty object, a list of lists, a fraction, or longer than a thousand characters; a list
is never text and text never empty; a number in quotation marks is no number, and a number is no instant and no yes."""
FREE = frozenset(
    {
        "name",
        "purpose",
        "targetGroup",
        "howToAsk",
        "youSaid",
        "words",
        "note",
        "lessons",
        "recipient",
        "whom",
        "language",
        "certificate",
        "issuer",
        "subject",
        *registers_operations.FREE,
        *recruiting_operations.FREE,
        *care_operations.FREE,
        *("whyNeeded", "meantToDo", "needsEvidence", "whenAvailable", "passedOn", "materials", "recruiting"),
        *("training", "supporting", "paying", "engaging", "knowing", "growing", "supervising", "contingency"),
        *("maintaining", "involving", "watching"),
        *("title", "forWhom", "achievable", "found", "recommendation"),
        *("question", "conclusion"),
    }
)
"""Members that are words of whoever types them: short ones are theirs to choose."""


@pytest.mark.parametrize(("operation", "member"), members())
async def test_a_member_of_the_wrong_kind_is_refused_by_its_place(
    world: World, operation: Operation, member: str
) -> None:
    """422 with a code and a pointer made of the document's own words, never of what was sent."""
    for wrong in WRONG:
        good = (operation.example.body or {})[member]
        if type(wrong) is type(good) and (wrong == [] or (member in FREE and len(str(wrong)) in range(1, 12))):
            continue
        before = len(world.entries())
        answer = await operation.send(world, body={**(operation.example.body or {}), member: wrong}, tag='"x"')
        status, _, failures = problem(answer)
        assert status == 422, (wrong, answer.text)
        assert all(path is not None and path.split("/")[1] == member for _, path in failures), failures
        nothing_happened(world, answer, operation, before)


@pytest.mark.parametrize(("operation", "member"), texts())
async def test_a_string_that_is_no_word_of_the_document_is_refused_or_short(
    world: World, operation: Operation, member: str
) -> None:
    """What a member takes as text is bounded: forty thousand characters are refused for each of them."""
    good = (operation.example.body or {})[member]
    long = CANARY * 1_100
    answer = await operation.send(
        world,
        body={**(operation.example.body or {}), member: long if isinstance(good, str) else [long]},
        tag='"x"',
    )
    assert problem(answer)[0] == 422
    nothing_happened(world, answer, operation, len(world.entries()) - 1)


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
async def test_a_member_that_is_not_in_the_document_is_refused(world: World, operation: Operation) -> None:
    """422 UNKNOWN_FIELD; where it stood is not told in the caller's words, and Python's own names are none of ours."""
    for unknown in (CANARY, "id", "version", "state", "closed", "__class__", "first_night", "readableUntil"):
        before = len(world.entries())
        body = {**(operation.example.body or {}), unknown: CANARY}
        answer = await operation.send(world, body=body, tag='"x"')
        assert problem(answer) == (422, "unacceptable", [("UNKNOWN_FIELD", "")]), unknown
        nothing_happened(world, answer, operation, before)


NEEDED: dict[str, set[str]] = {
    "createScheme": {"kind", "name", "prison"},
    "reviewScheme": {"found", "reviewOn"},
    "suspendScheme": {"reason", "reviewOn"},
    "nameSupervisionLead": {"assignment"},
    "closeScheme": {"reason"},
    "applyToSupport": {"scheme", "wing"},
    "decideApplication": {"verdict"},
    "certifySupporter": {"certificate"},
    "standDownSupporter": {"reason"},
    "askForSupport": {"need", "channel", "urgency", "wing"},
    "answerOffer": {"accepted"},
    "unlockRequest": {"place"},
    "refuseRequest": {"code", "alternative"},
    "delayRequest": {"code"},
    "handInTally": {"month", "part", "duration"},
    "recordInduction": {"scheme", "wing", "arrivedAt", "seenAt", "checklist", "toldPolicy"},
    "enrolLearner": {"scheme", "identifier", "name", "wing"},
    "endEnrolment": {"ending"},
    "planSession": {"enrolment", "startsAt", "endsAt"},
    "recordSession": {"delivered"},
    "giveFeedback": {"scheme", "rating"},
    "proposeAssignment": {"issuer", "subject", "principalKind", "role", "organisation", "endsOn"},
    "lockOut": {"issuer", "subject"},
    "lockOutByNumber": {"identifier"},
    "declareDuty": {"prison", "wings"},
    "openWatch": {"prison"},
    "startJob": {"kind"},
    **registers_operations.NEEDED,
    **recruiting_operations.NEEDED,
    **turnover_operations.NEEDED,
    **care_operations.NEEDED,
    **bodies_operations.NEEDED,
    **contacts_operations.NEEDED,
    **evaluation_operations.NEEDED,
    **feedback_operations.NEEDED,
    **merging_operations.NEEDED,
    **telling_operations.NEEDED,
    "returnCharter": {"section", "words"},
    "commentOnCharter": {"section", "words"},
    "setObjective": {"title", "measure"},
    "closeObjective": {"reason"},
    "measureObjective": {"value", "on", "source"},
    "recordFinding": {"source", "design", "found", "foundOn"},
    "declineFinding": {"reason"},
    "createKindVersion": {"code", "sheet"},
    "createExceptionList": {"effectiveFrom", "exceptions"},
}


@pytest.mark.parametrize("name", NEEDED)
async def test_all_that_is_missing_is_told_at_once(world: World, name: str) -> None:
    """An empty object names every member that is needed, so that nobody tries six times."""
    answer = await operation(name).send(world, body={}, tag='"x"')
    status, code, failures = problem(answer)
    assert (status, code) == (422, "unacceptable")
    assert sorted(failures) == sorted(("MISSING", f"/{m}") for m in NEEDED[name])  # type: ignore[type-var]
    nothing_happened(world, answer, operation(name), len(world.entries()) - 1)


async def test_the_document_and_the_tests_agree_on_what_is_needed(world: World) -> None:
    """The table above is the document's own `required`."""
    schemas = world.house.contract.document["components"]["schemas"]
    found: dict[str, set[str]] = {}
    for each in WITH_BODY:
        said = world.house.contract.document["paths"][each.template][each.method.lower()]["requestBody"]
        name = said["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        if needed := set(schemas[name].get("required", ())):
            found[each.name] = needed
    assert found == NEEDED


@pytest.mark.parametrize(
    "body",
    [
        {"purpose": "He is A1234BC"},
        {"purpose": "he is a 1234 bc, ask him"},
        {"howToAsk": "Ask (a1234bc)."},
        {"name": "Ask A1234BC"},
        {"places": ["Cell of A 1234 BC"]},
    ],
)
async def test_free_text_that_names_a_number_is_refused(world: World, body: dict[str, Any]) -> None:
    """A prison number in a text is refused where it is typed, however it is spaced or cased; and not repeated."""
    answer = await operation("amendScheme").send(world, body=body, tag='"x"')
    assert problem(answer)[0] == 422
    assert "1234" not in answer.text
    assert world.seen.kept == []


@pytest.mark.parametrize("limit", ["0", "-1", "101", "1e2", "ten", "9" * 40, "", "1.5", "%00"])
async def test_a_limit_beyond_the_ceiling_is_refused(world: World, limit: str) -> None:
    """A page holds 1 to 100; anything else is 400 and recorded."""
    answer = await world.coordinator.get(f"/v1/supporters?limit={limit}")
    assert problem(answer)[0] == 400
    assert world.last.outcome is Outcome.MALFORMED


@pytest.mark.parametrize(
    "query", ["standing=BRAVE", "scheme=A9999QX", "prison=mdi", "cursor=a%20b", "cursor=" + "x" * 401]
)
async def test_a_parameter_of_the_wrong_kind_is_refused_by_name(world: World, query: str) -> None:
    """400 with the parameter's name, and never its value."""
    answer = await world.coordinator.get(f"/v1/supporters?{query}")
    status, code, failures = problem(answer)
    assert (status, code) == (400, "unreadable")
    assert [path for _, path in failures] == [f"query:{query.partition('=')[0]}"]
    assert query.partition("=")[2] not in answer.text


@pytest.mark.parametrize("id", ["1", "A9999QX", "..", "%2e%2e", "' or 1=1", "00000000-0000-0000-0000-00000000000g"])
@pytest.mark.parametrize("path", ["/v1/schemes/{}", "/v1/supporters/{}", "/v1/requests/{}", "/v1/jobs/{}"])
async def test_an_id_that_is_none_is_refused_or_not_found(world: World, path: str, id: str) -> None:
    """An id that cannot be one never reaches the store."""
    world.seen.calls.clear()
    answer = await world.oscar.get(path.format(id))
    assert answer.status_code in (400, 403, 404)
    assert ("get", "request") not in world.seen.calls
    assert ("get", "scheme") not in world.seen.calls
    assert "A9999QX" not in answer.text
    assert len(world.entries()) == 1


async def test_a_whole_number_may_be_written_with_a_point(world: World) -> None:
    """1.0 is a whole number to JSON Schema, and so to every client of the document; 1.5, "1" and true are none."""
    feedback = operation("giveFeedback")
    for rating, status in ((4.0, 201), (4, 201), (4.5, 422), ("4", 422), (True, 422)):
        answer = await feedback.send(world, body={**(feedback.example.body or {}), "rating": rating})
        assert answer.status_code == status, rating
