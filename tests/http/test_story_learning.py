"""Insiders on a first night, a man who learns to read, and what people say of it, over HTTP; and each line left."""

from datetime import timedelta
from typing import Any

import pytest

from domain.feedback.record import Feedback
from domain.people.record import Person
from tests.http import tale
from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, session
from tests.http.operations import operation
from tests.http.tale import changes, done, line, moved
from tests.http.test_story_by_code import mixed
from tests.http.world import World, codes, observed, problem

INDUCTION: dict[str, Any] = {
    "scheme": str(uid("scheme:insiders")),
    "wing": "MDI-A",
    "arrivedAt": "2026-11-22T19:30:00Z",
    "seenAt": "2026-11-22T21:15:00Z",
    "checklist": ["MET_IN_RECEPTION", "TOLD_ABOUT_LISTENERS", "PHONE_EXPLAINED"],
    "toldPolicy": True,
}
ENROLMENT: dict[str, Any] = {
    "scheme": str(uid("scheme:shannon")),
    "identifier": "a1002qx",
    "name": "ben quillfeather",
    "wing": "MDI-B",
    "goal": "READ_TO_CHILDREN",
}
FEEDBACK: dict[str, Any] = {"scheme": str(uid("scheme:shannon")), "rating": 5, "themes": ["FELT_LISTENED_TO"]}


async def test_an_insider_meets_a_new_arrival_and_names_nobody(world: World) -> None:
    """He ticks what was gone through; the service works out how long the newcomer waited; staff on the wing and his
    coordinator read it, he reads his own, and another prisoner finds nothing."""
    mark = len(world.entries())
    made = await world.insider.post("/v1/inductions", INDUCTION)
    assert made.status_code == 201
    shown = made.json()
    assert (shown["minutesAfterArrival"], shown["person"], shown["name"]) == (105, None, None)
    assert shown["supporter"] == str(uid("supporter:insider"))
    assert changes(world, mark) == [("insider", "SUPPORTER", "RECORD_INDUCTION", "DONE", False, ("induction",))]
    path = made.headers["location"]
    for name in ("insider", "coordinator"):
        assert (await world[name].get(path)).json()["checklist"] == INDUCTION["checklist"]
    for name in ("ben", "mentor", "listener", "officer"):
        assert (await world[name].get(path)).status_code == 404
    await tale.on_duty(world)
    assert (await world.officer.get(path)).status_code == 200
    for name in ("governor", "samaritan", "evaluator", "headquarters"):
        assert (await world[name].get(path)).status_code == 403


@pytest.mark.parametrize("member", ["identifier", "name", "supporter"])
async def test_an_insider_who_names_another_is_refused_as_for_an_unknown_member(world: World, member: str) -> None:
    """A prisoner never names another: the same status and code as for a member that does not exist (rule 8)."""
    value = {"identifier": "A1002QX", "name": "Ben Quillfeather", "supporter": str(uid("supporter:mentor"))}[member]
    named = await world.insider.post("/v1/inductions", {**INDUCTION, member: value})
    unknown = await world.insider.post("/v1/inductions", {**INDUCTION, "canary": value})
    assert problem(named)[:2] == problem(unknown)[:2] == (422, "unacceptable")
    assert codes(named) == codes(unknown) == ["UNKNOWN_FIELD"]
    assert world.seen.kept == []


async def test_staff_may_say_whom_an_insider_met(world: World) -> None:
    """Name and number go together, in the form that the jurisdiction has; a person not known yet is kept with them."""
    number = {"identifier": "a3002qx ", "name": "Nigel Quickfall"}
    body = {**INDUCTION, "supporter": str(uid("supporter:insider"))}
    half = await world.coordinator.post("/v1/inductions", {**body, "name": "Nigel Quickfall"})
    assert problem(half) == (422, "unacceptable", [("NAME_GOES_WITH_IDENTIFIER", "/name")])
    wrong = await world.coordinator.post("/v1/inductions", {**body, "identifier": "12345", "name": "Nigel"})
    assert problem(wrong) == (422, "unacceptable", [("IDENTIFIER", "/identifier")])
    late = await world.coordinator.post("/v1/inductions", {**body, "seenAt": "2026-11-22T19:00:00Z"})
    assert problem(late) == (422, "unacceptable", [("TIMES_OUT_OF_ORDER", "/seenAt")])
    made = await world.coordinator.post("/v1/inductions", {**body, **number, "identifier": "a3002qx"})
    assert made.status_code == 201
    assert line(world.last)[5] == ("induction", "person")
    kept = await world.record(Person, world.seen.kept[0].record.id)
    assert (kept.identifier, kept.name, kept.prison) == ("A3002QX", "Nigel Quickfall", "MDI")
    again = await world.coordinator.post(
        "/v1/inductions", {**body, "identifier": "A3002QX", "name": "nigel  quickfall", "another": True}
    )
    assert again.json()["name"] == "Nigel Quickfall"
    assert line(world.last)[5] == ("induction",)
    other = await world.coordinator.post("/v1/inductions", {**body, "identifier": "A3002QX", "name": "Another Name"})
    assert codes(other) == ["NOT_AVAILABLE"]
    elsewhere = await world.coordinator.post(
        "/v1/inductions", {**body, "identifier": "A2001QX", "name": "Fabian Quorn"}
    )
    assert observed(elsewhere) == observed(other)


async def test_a_record_of_another_kind_of_scheme_is_refused(world: World) -> None:
    """Each kind records its contacts in its own way; a paused scheme records none."""
    body = {**INDUCTION, "supporter": str(uid("supporter:mentor")), "scheme": str(uid("scheme:shannon"))}
    assert codes(await world.coordinator.post("/v1/inductions", body)) == ["KIND_DOES_NOT_ALLOW"]
    body = {**INDUCTION, "supporter": str(uid("supporter:insider")), "scheme": str(uid("scheme:suspended"))}
    assert codes(await world.coordinator.post("/v1/inductions", body)) == ["NOT_AVAILABLE"]
    wrong = {**ENROLMENT, "scheme": str(uid("scheme:insiders"))}
    assert codes(await world.coordinator.post("/v1/enrolments", wrong)) == ["KIND_DOES_NOT_ALLOW"]
    closed = {**ENROLMENT, "scheme": str(uid("scheme:listeners"))}  # nobody enrols anybody in a closed policy's
    assert (await world.coordinator.post("/v1/enrolments", closed)).status_code == 404
    wrong = {**ENROLMENT, "scheme": str(uid("scheme:draft"))}
    assert codes(await world.coordinator.post("/v1/enrolments", wrong)) == ["KIND_DOES_NOT_ALLOW", "SCHEME_NOT_OPEN"]


async def test_no_session_was_held_that_is_still_to_come(world: World) -> None:
    """Tomorrow's can be called off today, and not be told of."""
    path = f"/v1/sessions/{uid('session')}"
    starts_at = START + timedelta(days=1)
    world.at(starts_at - timedelta(hours=1))
    body = {"delivered": True, "minutes": 20, "manual": 1, "page": 7}
    early = await moved(world.mentor, path, "record", body)
    assert (early.status_code, codes(early)) == (409, ["NOT_BEGUN"])
    world.at(starts_at - timedelta(minutes=4))  # a clock may be a little ahead
    assert (await done(world.mentor, path, "record", body))["state"] == "DELIVERED"


async def test_a_learner_joins_learns_and_finishes(world: World) -> None:
    """Enrolled by number and name as staff typed them, under the name that we have; sessions planned, delivered, not
    delivered with a code; and an end. He reads his own; his mentor reads it; another does not."""
    mark = len(world.entries())
    mentor = {"supporter": str(uid("supporter:mentor"))}
    made = await world.coordinator.post("/v1/enrolments", {**ENROLMENT, **mentor})
    assert made.status_code == 201
    shown, path = made.json(), made.headers["location"]
    assert (shown["state"], shown["name"], shown["enrolledOn"]) == ("STARTED", "Ben Quillfeather", "2026-11-23")
    booked = {"enrolment": shown["id"], "startsAt": "2026-11-23T14:00:00Z", "endsAt": "2026-11-23T14:20:00Z"}
    planned = await world.coordinator.post("/v1/sessions", booked)
    assert (planned.status_code, planned.json()["state"]) == (201, "PLANNED")
    first = planned.headers["location"]
    world.later(hours=5)
    body = {"delivered": True, "minutes": 20, "manual": 1, "page": 7, "note": "Start at page eight."}
    delivered = await done(world.mentor, first, "record", body)
    assert (delivered["state"], delivered["page"], delivered["note"]) == ("DELIVERED", 7, "Start at page eight.")
    next_day = {**booked, "startsAt": "2026-11-24T14:00:00Z", "endsAt": "2026-11-24T14:20:00Z"}
    second = (await world.coordinator.post("/v1/sessions", next_day)).headers["location"]
    missed = await done(world.facilitator, second, "record", {"delivered": False, "notDelivered": "NOT_UNLOCKED"})
    assert (missed["state"], missed["notDelivered"], missed["minutes"]) == ("NOT_DELIVERED", "NOT_UNLOCKED", None)
    assert codes(await moved(world.coordinator, second, "record", body)) == ["STATE_NOT_DELIVERED"]
    ended = await done(world.coordinator, path, "end", {"ending": "COMPLETED", "because": "GOAL_MET"})
    assert (ended["state"], ended["endedOn"]) == ("COMPLETED", "2026-11-23")
    assert codes(await world.coordinator.post("/v1/sessions", next_day)) == ["STATE_COMPLETED"]
    assert changes(world, mark) == [
        ("coordinator", "COORDINATOR", "ENROL", "DONE", False, ("enrolment",)),
        ("coordinator", "COORDINATOR", "PLAN_SESSION", "DONE", False, ("session",)),
        ("mentor", "SUPPORTER", "RECORD_SESSION", "DONE", False, ("enrolment", "session")),
        ("coordinator", "COORDINATOR", "PLAN_SESSION", "DONE", False, ("session",)),
        ("facilitator", "PARTNER_VOLUNTEER", "RECORD_SESSION", "DONE", False, ("session",)),
        ("coordinator", "COORDINATOR", "RECORD_SESSION", "NOT_NOW", False, ()),
        ("coordinator", "COORDINATOR", "END_ENROLMENT", "DONE", False, ("enrolment",)),
        ("coordinator", "COORDINATOR", "PLAN_SESSION", "NOT_NOW", False, ()),
    ]
    assert (await world.ben.get(first)).json()["note"] == "Start at page eight."
    assert (await world.ben.get(path)).json()["state"] == "COMPLETED"
    assert (await world.mentor.get(path)).status_code == 200
    for name in ("arthur", "second-mentor", "insider"):
        assert (await world[name].get(path)).status_code == 404
        assert (await world[name].get(first)).status_code == 404
    for name in ("governor", "headquarters", "samaritan", "evaluator"):
        assert (await world[name].get(first)).status_code in (403, 404)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"delivered": True}, "/delivered"),
        ({"delivered": False}, "/delivered"),
        ({"delivered": True, "minutes": 20, "notDelivered": "NO_SPACE"}, "/delivered"),
        ({"delivered": True, "minutes": 20, "note": "Ask A 1234 BC"}, "/note"),
    ],
)
async def test_what_came_of_a_session_is_minutes_or_a_reason(world: World, body: dict[str, Any], path: str) -> None:
    """One of the two, and a note that names no number."""
    answer = await operation("recordSession").send(world, body=body)
    status, _, failures = problem(answer)
    assert (status, [p for _, p in failures]) == (422, [path])


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        ("2026-11-26T10:00:00Z", "2026-11-26T10:00:00Z", "LENGTH"),
        ("2026-11-26T10:00:00Z", "2026-11-26T12:00:01Z", "LENGTH"),
        ("2026-11-26T10:00:00Z", "2026-11-26T09:00:00Z", "LENGTH"),
        ("2026-11-23T09:54:59Z", "2026-11-23T10:20:00Z", "IN_THE_PAST"),
    ],
)
async def test_a_session_has_a_length_and_lies_ahead(world: World, starts: str, ends: str, code: str) -> None:
    """More than nothing, two hours at most, and not in the past."""
    body = {"enrolment": str(uid("enrolment")), "startsAt": starts, "endsAt": ends}
    answer = await operation("planSession").send(world, body=body)
    assert (answer.status_code, codes(answer)) == (422, [code])


async def test_nobody_is_booked_twice_at_once(world: World) -> None:
    """Neither a learner nor a mentor is in two sessions that overlap, be it by a second; what touches does not
    overlap; and a session that was not delivered leaves its time free."""
    at = START + timedelta(days=1)  # where the furniture's session lies

    def body(start: timedelta, minutes: float, enrolment: str = "enrolment") -> dict[str, Any]:
        starts = at + start
        ends = starts + timedelta(minutes=minutes)
        return {"enrolment": str(uid(enrolment)), "startsAt": starts.isoformat(), "endsAt": ends.isoformat()}

    def minutes(number: float) -> timedelta:
        return timedelta(minutes=number)

    overlapping = [(0, 20), (-19, 20), (19, 20), (5, 5), (-30, 110), (-20, 20 + 1 / 60)]
    for start, length in overlapping:
        clash = await world.coordinator.post("/v1/sessions", body(minutes(start), length))
        assert problem(clash)[:2] == (409, "conflict"), (start, length)
        assert line(world.last)[2:5] == ("PLAN_SESSION", "NOT_NOW", False)
    assert world.seen.kept == []
    for start in (-20, 20):
        assert (await world.coordinator.post("/v1/sessions", body(minutes(start), 20))).status_code == 201
    other = {**ENROLMENT, "supporter": str(uid("supporter:mentor"))}
    second = (await world.coordinator.post("/v1/enrolments", other)).json()["id"]
    clash = await world.coordinator.post("/v1/sessions", {**body(minutes(0), 20), "enrolment": second})
    assert problem(clash)[:2] == (409, "conflict")
    path = f"/v1/sessions/{uid('session')}"
    await done(world.coordinator, path, "record", {"delivered": False, "notDelivered": "NO_SPACE"})
    freed = await world.coordinator.post("/v1/sessions", {**body(minutes(0), 20), "enrolment": second})
    assert freed.status_code == 201


@pytest.mark.parametrize("where", ["support-records", "inductions", "enrolments"])
async def test_a_wing_is_one_of_the_scheme_s_prison(world: World, where: str) -> None:
    """Or nobody there would read it."""
    insider, shannon = str(uid("supporter:insider")), "LEI-B"
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "support-records": (
            f"/v1/schemes/{uid('scheme:recovery')}/support-records",
            {"heldOn": "2026-11-22", "supporter": str(uid("supporter:recovery")), "issue": "SUBSTANCE_USE"},
        ),
        "inductions": ("/v1/inductions", {**INDUCTION, "supporter": insider}),
        "enrolments": ("/v1/enrolments", ENROLMENT),
    }
    path, body = bodies[where]
    wrong = await world.coordinator.post(path, {**body, "wing": shannon})
    assert problem(wrong) == (422, "unacceptable", [("WING_OF_ANOTHER_PRISON", "/wing")])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_how_far_he_has_come_is_the_same_in_whatever_order_it_is_typed(
    world: World, order: tuple[int, ...]
) -> None:
    """The furthest page of the furthest manual: a page of an earlier one says nothing of it, nor does an earlier page
    of the same."""
    said = [{"manual": 1, "page": 60}, {"manual": 2, "page": 30}, {"manual": 2, "page": 4}]
    await world.keep([session(MOORLAND, f"session:{n}", START - timedelta(days=n + 1)) for n in range(3)])
    for n in order:
        path = f"/v1/sessions/{uid(f'session:{n}')}"
        await done(world.coordinator, path, "record", {"delivered": True, "minutes": 20, **said[n]})
    card = (await world.coordinator.get(f"/v1/enrolments/{uid('enrolment')}")).json()
    assert (card["manual"], card["page"]) == (2, 30)


async def test_without_a_mentor_a_learner_waits(world: World) -> None:
    """No session is planned for one who waits, nor with a mentor who stood down, nor is anybody his own mentor."""
    waiting = (await world.coordinator.post("/v1/enrolments", ENROLMENT)).json()
    assert waiting["state"] == "WAITING"
    plan = {"startsAt": "2026-11-26T10:00:00Z", "endsAt": "2026-11-26T10:20:00Z"}
    refused = await world.coordinator.post("/v1/sessions", {**plan, "enrolment": waiting["id"]})
    assert codes(refused) == ["STATE_WAITING", "NO_MENTOR"]
    own = {**ENROLMENT, "identifier": "A1007QX", "name": "Marmaduke Quill", "supporter": str(uid("supporter:mentor"))}
    assert codes(await world.coordinator.post("/v1/enrolments", own)) == ["MENTOR_IS_LEARNER"]
    await done(world.coordinator, f"/v1/supporters/{uid('supporter:mentor')}", "stand-down", {"reason": "OWN_WISH"})
    gone = await world.coordinator.post("/v1/sessions", {**plan, "enrolment": str(uid("enrolment"))})
    assert codes(gone) == ["NO_MENTOR"], "with him gone, his learners wait for another"


@pytest.mark.parametrize(
    ("name", "voice"), [("ben", "RECIPIENT"), ("mentor", "SUPPORTER"), ("officer", "STAFF"), ("facilitator", "STAFF")]
)
async def test_everybody_may_say_what_he_thinks_and_is_not_named(world: World, name: str, voice: str) -> None:
    """One constant receipt; whose view it is follows from the capacity; by default nobody is its author, neither in the
    record nor in the line, and the record knows no day but the week's Monday."""
    world.later(days=2)
    mark = len(world.entries())
    answer = await world[name].post("/v1/feedback", {**FEEDBACK, "words": "It helps."})
    assert (answer.status_code, answer.json()) == (201, {"receipt": "RECEIVED"})
    assert not {"location", "etag"} & set(answer.headers)
    (entry,) = world.since(mark)
    assert (entry.actor, entry.assignment, entry.sights) == (None, None, ())
    assert (entry.at.hour, {change.id for change in entry.changes} <= {None}) == (0, True)
    if voice != "STAFF":  # what is said in custody is told with its week
        world.later(days=5)
        await mixed(world)
    (kept,) = [f for f in await world.records(Feedback) if f.rating == 5]
    assert (kept.voice, kept.author, kept.week_of.isoformat()) == (voice, None, "2026-11-23")
    (read,) = [f for f in (await world.coordinator.get("/v1/feedback")).json()["items"] if f["rating"] == 5]
    assert (read["words"], read["author"], read["voice"]) == ("It helps.", None, voice)


async def test_who_wants_to_be_named_is_where_the_policy_is_open(world: World) -> None:
    """Signed feedback of an open-policy scheme has its author; of a closed-policy one it never has."""
    await world.officer.post("/v1/feedback", {**FEEDBACK, "anonymous": False})
    (named,) = [f for f in await world.records(Feedback) if f.rating == 5]
    assert named.author is not None
    assert line(world.last)[0] == "officer"
    closed = {"scheme": str(uid("scheme:listeners")), "rating": 1, "anonymous": False}
    assert (await world.arthur.post("/v1/feedback", closed)).status_code == 201
    assert (world.last.actor, world.last.closed) == (None, True)
    world.later(days=7)
    await mixed(world)
    (hidden,) = [f for f in await world.records(Feedback) if f.rating == 1]
    assert (hidden.author, hidden.closed) == (None, True)


async def test_staff_may_type_another_mans_words_and_a_prisoner_may_not(world: World) -> None:
    """`onBehalfOf` is staff's alone, always anonymous, and comes out with its week: the minute in which somebody sat in
    the office would say whose it is."""
    spoken = {**FEEDBACK, "onBehalfOf": "SUPPORTER", "anonymous": False}
    assert (await world.officer.post("/v1/feedback", spoken)).status_code == 201
    assert not [f for f in await world.records(Feedback) if f.rating == 5]
    world.later(days=7)
    await mixed(world)
    (kept,) = [f for f in await world.records(Feedback) if f.rating == 5]
    assert (kept.voice, kept.author) == ("SUPPORTER", None)
    for name in ("ben", "mentor"):
        refused = await world[name].post("/v1/feedback", spoken)
        assert (refused.status_code, codes(refused)) == (422, ["UNKNOWN_FIELD"])


async def test_feedback_on_a_closed_policy_scheme_has_no_words_and_no_reader(world: World) -> None:
    """Words are refused where the policy holds none; what is kept is read by nobody through the service."""
    closed = {"scheme": str(uid("scheme:listeners")), "rating": 2}
    words = await world.arthur.post("/v1/feedback", {**closed, "words": "He listened."})
    assert problem(words) == (422, "unacceptable", [("MAY_NOT_BE_HELD", "/words")])
    assert world.seen.kept == []
    path = f"/v1/feedback/{uid('feedback:closed')}"
    for name in ("coordinator", "samaritan"):
        assert (await world[name].get(path)).status_code == 404
        items = (await world[name].get("/v1/feedback")).json()["items"]
        assert not [i for i in items if i["closed"]]


async def test_an_amendment_by_the_supporter_himself_is_of_his_languages_alone(world: World) -> None:
    """Another member is refused as if it did not exist, though staff may write it (F71)."""
    path = f"/v1/supporters/{uid('supporter:listener')}"
    tag = await world.listener.tag(path)
    changed = await world.listener.patch(path, {"languages": ["en", "cy"]}, tag=tag)
    assert changed.json()["languages"] == ["en", "cy"]
    for member, value in (("name", "Another"), ("wing", "MDI-B")):
        refused = await world.listener.patch(path, {member: value}, tag=changed.headers["etag"])
        assert problem(refused) == (422, "unacceptable", [("UNKNOWN_FIELD", f"/{member}")])
    coordinated = await world.coordinator.patch(path, {"wing": "MDI-B"}, tag=await world.coordinator.tag(path))
    assert coordinated.json()["wing"] == "MDI-B"
    assert (await world["second-listener"].patch(path, {"languages": ["so"]}, tag=tag)).status_code == 404
