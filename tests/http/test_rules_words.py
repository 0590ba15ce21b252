"""Rules 4 and 20: no free text where even the fact of contact is secret; no name, number or tag in the ledger."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.confidentiality.classification import Classification
from domain.confidentiality.roles import IN_CUSTODY
from domain.people.record import Person
from domain.sessions.request import Request
from persistence.ledger.line import canonical
from tests.http import tale
from tests.http.cast import CAST, SECRETS, person, uid
from tests.http.operations import operation
from tests.http.tale import done
from tests.http.world import World, actor_of, problem, theatre

CLOSED_BODIES = (
    "askForSupport",
    "recordNightSheet",
    "offerRequest",
    "answerOffer",
    "unlockRequest",
    "completeRequest",
    "refuseRequest",
    "delayRequest",
    "withdrawRequest",
    "handInTally",
    "handInDispute",
    "declareDuty",
)
CLOSED_RECORDS = (
    "Request",
    "RequestPage",
    "AskedRequest",
    "OfferedRequest",
    "RecordedRequest",
    "Board",
    "Receipt",
    "Duty",
)
OURS = ("withheld", "doThisNow", "doThisNowLanguage", "beforeYouUnlock", "terms", "next")
"""Members whose words are this service's own: names of members, the approved instructions, a kind's words, a cursor."""
SHORT = 40
_ANYTHING = re.compile(r"\^\[\^[^]]*\]\*\$")


def strings(
    schema: Mapping[str, Any], document: Mapping[str, Any], place: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every string of a schema and of what it refers to, with its place."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from strings(document["components"]["schemas"][name], document, place)
        return
    for inner in [*schema.get("anyOf", ()), *schema.get("allOf", ()), *schema.get("oneOf", ())]:
        yield from strings(inner, document, place)
    if "items" in schema:
        yield from strings(schema["items"], document, f"{place}[]")
    for name, inner in schema.get("properties", {}).items():
        yield from strings(inner, document, f"{place}/{name}")
    if schema.get("type") == "string":
        yield place, schema


def bounded(schema: Mapping[str, Any]) -> bool:
    """Closed by an enumeration, a format, a pattern that says something, or a length of forty."""
    pattern = schema.get("pattern")
    says = pattern is not None and _ANYTHING.fullmatch(pattern) is None
    closed = "enum" in schema or "const" in schema or schema.get("format") in ("uuid", "date", "date-time")
    return closed or says or schema.get("maxLength", SHORT + 1) <= SHORT


def test_the_scan_finds_a_sentence() -> None:
    """A text of a thousand characters, or of forty-one, is no code; what only forbids NUL forbids nothing."""
    assert not bounded({"type": "string", "maxLength": 1000})
    assert not bounded({"type": "string", "maxLength": 41, "pattern": "^[^\\u0000]*$"})
    assert bounded({"type": "string", "maxLength": 40})
    document = theatre().contract.document
    found = dict(strings({"$ref": "#/components/schemas/GiveFeedback"}, document, ""))
    assert not bounded(found["/words"])


def test_no_body_about_closed_policy_contact_takes_a_sentence() -> None:
    """Every string that may be sent has an enumeration, a pattern, a format or forty characters at most (rule 20)."""
    document = theatre().contract.document
    for name in CLOSED_BODIES:
        each = operation(name)
        said = document["paths"][each.template]["post"]["requestBody"]["content"]["application/json"]["schema"]
        found = list(strings(said, document, name))
        assert found
        assert [place for place, schema in found if not bounded(schema)] == []


def test_no_record_of_closed_policy_contact_holds_a_sentence() -> None:
    """The same of everything that is shown, but for words of our own."""
    document = theatre().contract.document
    for name in CLOSED_RECORDS:
        found = list(strings({"$ref": f"#/components/schemas/{name}"}, document, name))
        assert found
        wide = [p for p, s in found if not bounded(s) and not any(f"/{own}" in p for own in OURS)]
        assert wide == []


def test_no_record_that_may_be_closed_has_content() -> None:
    """A request has no field that holds words: its free text is none at all."""
    assert {f.mark.classification for f in Request.shape.fields.values()} <= {
        Classification.OPEN,
        Classification.PARTICIPATION,
    }


SENTENCE = "Smith is kicking off again; ask A1234BC, he knows why"


@pytest.mark.parametrize(("name", "member"), [(n, m) for n in CLOSED_BODIES for m in operation(n).example.body or {}])
async def test_a_judgement_is_refused_in_every_member(world: World, name: str, member: str) -> None:
    """Posted where a code, a place or a name belongs: 422, not kept, not repeated."""
    body = operation(name).example.body or {}
    value: object = [SENTENCE] if isinstance(body[member], list) else SENTENCE
    answer = await operation(name).send(world, body={**body, member: value}, tag='"x"')
    status, _, failures = problem(answer)
    assert status == 422
    assert {str(path).split("/")[1] for _, path in failures} == {member}
    assert "Smith" not in answer.text
    assert (world.seen.kept, world.seen.letters) == ([], [])


async def test_a_name_as_it_was_given_lives_with_the_request_alone(world: World) -> None:
    """The one member that takes a name is short, is shown to those on duty, and is in no line."""
    path = await tale.asked(world, recipient="Quincy Quagmire of the second landing..")
    assert (await world.oscar.get(path)).json()["recipient"] == "Quincy Quagmire of the second landing.."
    assert b"Quincy" not in b"".join(canonical(e) for e in world.seen.entries)


async def test_a_long_name_is_no_longer_on_a_request_than_forty(world: World) -> None:
    """Whoever asks for himself is named by the service, and no longer than anybody may be."""
    long = replace(await world.record(Person, person("arthur")), name="Arthur Bartholomew Zephyrine of the Long Name")
    await world.change(long)
    body = {k: v for k, v in tale.ASK.items() if k not in ("recipient", "prison")}
    await world.arthur.post("/v1/requests", body, key="long-name-0001")
    kept = [r for r in await world.records(Request) if r.recipient is not None]
    assert [len(str(r.recipient)) <= SHORT for r in kept] == [True]


async def told(world: World) -> None:
    """Everything that these tests know how to tell: the night, the tallies, learning, feedback, access, refusals."""
    listeners, supporters = await tale.listeners_open(world)
    await tale.on_duty(world)
    path = await tale.asked(world)
    await tale.met(world, path)
    body = {k: v for k, v in tale.ASK.items() if k not in ("recipient", "prison")}
    own = await world.arthur.post("/v1/requests", body, key="kiosk-key-0001")
    await done(world.officer, own.headers["location"], "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
    await world.listener.post("/v1/tallies", tale.TALLY, key="tally-key-0001")
    await world.listener.post("/v1/tallies", tale.TALLY, key="tally-key-0001")
    await world.arthur.post("/v1/feedback", {"scheme": listeners.rpartition("/")[2], "rating": 3})
    plan = {"howToAsk": "Ask.", "reviewOn": "2027-12-01"}
    shannon = await tale.scheme_approved(world, "SHANNON_TRUST", **plan)
    modules = ["COMMUNICATION", "TURNING_PAGES", "COUNT_ME_IN"]
    mentor = await tale.trained(world, shannon, "mentor", "facilitator", modules)
    world.later(days=28)
    await done(world.coordinator, mentor, "activate")
    await done(world.coordinator, shannon, "open")
    scheme = shannon.rpartition("/")[2]
    learner = {"identifier": "A1002QX", "name": "Ben Quillfeather", "wing": "MDI-A", "goal": "READ_A_BOOK"}
    enrolled = await world.coordinator.post(
        "/v1/enrolments", {**learner, "scheme": scheme, "supporter": mentor.rpartition("/")[2]}
    )
    starts = {"startsAt": "2027-02-06T10:00:00Z", "endsAt": "2027-02-06T10:20:00Z"}
    session = await world.coordinator.post("/v1/sessions", {"enrolment": enrolled.json()["id"], **starts})
    came = {"delivered": True, "minutes": 20, "note": "Quixotic chapter nine."}
    world.at(datetime(2027, 2, 6, 10, 30, tzinfo=UTC))
    await done(world.mentor, session.headers["location"], "record", came)
    for voice in ("ben", "mentor", "officer"):
        said = {"scheme": scheme, "rating": 5, "words": "Quintessentially good."}
        await world[voice].post("/v1/feedback", said)
    proposal = {"issuer": "https://quest.example", "subject": "quentin.quirk", "principalKind": "STAFF"}
    where = {"role": "SECURITY", "organisation": "QUORUM", "endsOn": "2027-05-01", "prison": "MDI"}
    await world.admin.post("/v1/assignments", {**proposal, **where})
    for name in ("hub", "ben", "headquarters"):
        await world[name].get(path)
        await world[name].get("/v1/supporters?scheme=Quagmire")
        await world[name].get("/v1/Quagmire")
    await world.coordinator.get(supporters[0])
    await world.coordinator.get(f"/v1/supporters?standing=STOOD_DOWN&scheme={scheme}")


VALUES = (
    "Quincy",
    "Quagmire",
    "A-1-012",
    "MDI-A",
    "Quixotic",
    "Quintessentially",
    "quentin.quirk",
    "quest.example",
    "QUORUM",
    "CERT-2026-7",
    "LISTENER_SUITE",
    "NIGHT_STATE",
    "KIOSK",
    "CELL_BELL",
    "FELT_",
    "READ_A_BOOK",
    "STOOD_DOWN",
    "night-key",
    "kiosk-key",
    "tally-key",
)


async def test_no_line_holds_a_name_a_number_a_word_or_a_tag(empty: World, caplog: pytest.LogCaptureFixture) -> None:
    """After every story, in the bytes of every entry: no name, no prison number, nothing that was typed, no tag, no
    request id, no address of a record, no key. Names of fields only, and our own random ids (rule 4)."""
    caplog.set_level(logging.DEBUG)
    await told(empty)
    text = "\n".join(canonical(entry).decode() for entry in empty.seen.entries)
    assert len(empty.seen.entries) > 80
    headers = {
        value.strip('"')
        for answer in empty.heard
        for name, value in answer.headers.items()
        if name in ("etag", "x-request-id", "location", "link")
    }
    assert len(headers) > 50
    sent = {
        a.request.headers[n] for a in empty.heard for n in ("If-Match", "Idempotency-Key") if n in a.request.headers
    }
    for secret in SECRETS | headers | sent | set(VALUES):
        assert secret not in text, secret
    assert "/v1/" not in text
    staff = {m for m in CAST if CAST[m].number is None}
    assert not [name for name in staff if f'"{name}"' in text]
    logs = "\n".join(f"{r.getMessage()} {r.__dict__}" for r in caplog.records if r.name.startswith("peer_support"))
    for secret in SECRETS | set(VALUES):
        assert secret not in logs


async def test_the_lines_about_listeners_name_nobody_in_custody(empty: World) -> None:
    """Not by our own random id either: no person, no supporter, no enrolment stands in an entry about a request; a
    prisoner as actor is nobody; and what a man handed in has no reference at all."""
    await told(empty)
    people = {str(uid(f"person:{name}")) for name, m in CAST.items() if m.number}
    actors = {str(actor_of(name)) for name, m in CAST.items() if m.number}
    closed = [e for e in empty.entries() if e.closed]
    assert len(closed) > 15
    for entry in closed:
        said = json.dumps(entry.as_json())
        assert not [id for id in people | actors if id in said]
        assert {c.kind for c in entry.changes} <= {"request", "feedback"}
    custody = [e for e in closed if e.role in IN_CUSTODY]
    assert len(custody) >= 4
    assert {(e.actor, e.assignment) for e in custody} == {(None, None)}


async def test_times_of_what_was_given_without_a_name_are_weeks(empty: World) -> None:
    """A tally and anonymous feedback: midnight of their Monday, and one role, whoever reads the line."""
    await told(empty)
    given = [e for e in empty.seen.entries if e.verb in ("HAND_IN_TALLY", "GIVE_FEEDBACK")]
    assert len(given) >= 5
    assert {(e.at.hour, e.at.minute, e.at.second) for e in given if e.outcome in ("DONE", "REPLAYED")} == {(0, 0, 0)}
    assert {e.at.weekday() for e in given if e.outcome in ("DONE", "REPLAYED")} == {0}
    assert not {e.role for e in given} & {"SUPPORTER", "PEER_COORDINATOR"}
    assert {e.actor for e in given if e.outcome in ("DONE", "REPLAYED")} == {None}
