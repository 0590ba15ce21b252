"""Changing what somebody else may be changing: tags, and keys for what a device may send twice."""

import asyncio
import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.entry import Outcome
from domain.kernel.errors import KeyInFlight
from domain.ports import Raced
from domain.schemes.record import Scheme
from domain.sessions.request import Request, RequestState
from domain.supporters.record import Supporter
from tests.http import (
    care_operations,
    contacts_operations,
    evaluation_operations,
    feedback_operations,
    merging_operations,
    recruiting_operations,
    registers_operations,
    tale,
    telling_operations,
    turnover_operations,
)
from tests.http.cast import START, uid
from tests.http.operations import EACH_FOR_ITSELF, MOVES, OPERATIONS, Operation, operation
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, line, moved
from tests.http.world import World, codes, observed, problem

SCHEME = f"/v1/schemes/{uid('scheme:insiders')}"
SUPPORTER = f"/v1/supporters/{uid('supporter:insider')}"
POSTS = [o for o in OPERATIONS if o.method == "POST" and o.name != "openWatch"]
"""Opening a watch twice is two watches: `test_a_watch_is_opened_once_for_one_key`."""
CREATES = [o for o in POSTS if not o.moves and o.name not in EACH_FOR_ITSELF]


# --- tags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", MOVES, ids=str)
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_a_change_says_which_version_it_read(world: World, operation: Operation) -> None:
    """Without a tag 428, with another than the record's 412; nothing is changed, and both are lines."""
    before = len(world.entries())
    assert problem(await operation.send(world, tag=None))[:2] == (428, "tag-required")
    assert problem(await operation.send(world, tag='"0123456789abcdef0123456789abcdef"'))[:2] == (412, "stale")
    assert [(e.verb, e.outcome, e.code) for e in world.since(before)] == [
        (operation.verb, Outcome.STALE, "tag-required"),
        (operation.verb, Outcome.STALE, "stale"),
    ]
    assert world.seen.kept == []


@pytest.mark.parametrize("operation", MOVES, ids=str)
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_a_change_gives_the_tag_of_what_it_made(world: World, operation: Operation) -> None:
    """The tag of the answer is that of the record as it is now (of a correction, the new version), and not the one that
    was sent."""
    sent = await world[operation.example.by].tag(operation.record.format(id=uid(str(operation.example.on))))
    answer = await operation.send(world, tag=sent)
    now = await world[operation.example.by].tag(operation.record.format(id=answer.json()["id"]))
    assert answer.headers["etag"] == now != sent


async def test_what_somebody_changed_meanwhile_is_not_overwritten(world: World) -> None:
    """Two read, one writes, the other gets 412 and nothing of his is kept."""
    first, second = await world.coordinator.tag(SCHEME), await world["once-inside"].tag(SCHEME)
    assert (await world.coordinator.patch(SCHEME, {"name": "First"}, tag=first)).status_code == 200
    late = await world["once-inside"].patch(SCHEME, {"name": "Second"}, tag=second)
    assert late.status_code == 412
    assert (await world.coordinator.get(SCHEME)).json()["name"] == "First"


async def test_a_tag_is_of_its_viewer(world: World) -> None:
    """Two who see the same see different tags, so that nobody can compare; one's tag does not serve another."""
    mine, theirs = await world.coordinator.tag(SCHEME), await world["once-inside"].tag(SCHEME)
    assert mine != theirs
    assert mine == await world.coordinator.tag(SCHEME)
    shown = [(await world[n].get(SCHEME)).content for n in ("coordinator", "once-inside")]
    assert shown[0] == shown[1]
    assert (await world.coordinator.patch(SCHEME, {"name": "Mine"}, tag=theirs)).status_code == 412
    assert (await world.coordinator.patch(SCHEME, {"name": "Mine"}, tag=mine)).status_code == 200


async def test_a_tag_moves_only_with_what_its_viewer_sees(world: World) -> None:
    """What a role is not shown changes nothing that it could observe: not the body, not the tag."""
    seen = [observed(await world[n].get(SCHEME)) for n in ("officer", "arthur", "headquarters")]
    scheme = await world.record(Scheme, uid("scheme:insiders"))
    await world.change(dataclasses.replace(scheme, approved_by=uid("somebody")))  # type: ignore[arg-type]
    now = [observed(await world[n].get(SCHEME)) for n in ("officer", "arthur", "headquarters")]
    assert now[1:] == seen[1:]
    assert now[0] != seen[0]


async def test_a_change_that_the_viewer_cannot_see_is_retried_and_not_reported(world: World) -> None:
    """Somebody writes between his read and his write, and nothing that he sees is different: his own change is kept,
    with one line."""
    tag = await world.coordinator.tag(SCHEME)
    before = len(world.entries())

    async def meanwhile() -> None:
        await world.change(await world.record(Scheme, uid("scheme:insiders")))

    world.seen.meanwhile = meanwhile
    answer = await world.coordinator.patch(SCHEME, {"name": "Kept"}, tag=tag)
    assert (answer.status_code, answer.json()["name"]) == (200, "Kept")
    assert [line(e)[2:4] for e in world.since(before)] == [("AMEND_SCHEME", "DONE")]
    assert (await world.record(Scheme, uid("scheme:insiders"))).version == 3


async def test_a_change_that_the_viewer_can_see_is_reported(world: World) -> None:
    """The same race, and what was written is seen: 412, and the other's stays."""
    tag = await world.coordinator.tag(SCHEME)

    async def meanwhile() -> None:
        scheme = await world.record(Scheme, uid("scheme:insiders"))
        await world.change(dataclasses.replace(scheme, name="Theirs"))

    world.seen.meanwhile = meanwhile
    answer = await world.coordinator.patch(SCHEME, {"name": "Mine"}, tag=tag)
    assert answer.status_code == 412
    assert (await world.record(Scheme, uid("scheme:insiders"))).name == "Theirs"
    assert line(world.last)[2:4] == ("AMEND_SCHEME", "STALE")


async def test_who_loses_every_race_is_told_to_come_back(world: World) -> None:
    """Eight times are enough: 503 with the time to wait, nothing changed, and a line."""
    tag = await world.coordinator.tag(SCHEME)
    tries: list[int] = []

    async def meanwhile() -> None:
        tries.append(1)
        world.seen.meanwhile = meanwhile
        raise Raced

    world.seen.meanwhile = meanwhile
    answer = await world.coordinator.patch(SCHEME, {"name": "Never"}, tag=tag)
    assert problem(answer)[:2] == (503, "unavailable")
    assert answer.headers["retry-after"] == "1"
    assert len(tries) == 8
    assert (world.last.verb, world.last.code) == ("AMEND_SCHEME", "unavailable")
    assert world.seen.kept == []


@pytest.mark.parametrize(
    ("path", "member", "value"),
    [
        (SCHEME, "name", "Another name"),
        (SCHEME, "targetGroup", None),
        (SCHEME, "places", []),
        (SCHEME, "reviewOn", "2027-01-20"),
        (SUPPORTER, "wing", "MDI-C"),
        (SUPPORTER, "languages", ["en", "so"]),
    ],
)
async def test_an_amendment_writes_what_was_sent_and_nothing_else(
    world: World, path: str, member: str, value: Any
) -> None:
    """A member that is not sent stays as it is; the line names the one that changed."""
    before = (await world.coordinator.get(path)).json()
    answer = await world.coordinator.patch(path, {member: value}, tag=await world.coordinator.tag(path))
    assert answer.status_code == 200
    assert answer.json() == {**before, member: value}
    assert (await world.coordinator.get(path)).json() == answer.json()
    (entry,) = [e for e in world.entries() if str(e.verb).startswith("AMEND_")]
    changed = () if before[member] == value else (member,)
    assert [len(c.fields) for c in entry.changes] == [len(changed)]


async def test_an_empty_amendment_changes_nothing(world: World) -> None:
    """`{}` is an amendment of no member: the record and its tag stay."""
    tag = await world.coordinator.tag(SCHEME)
    answer = await world.coordinator.patch(SCHEME, {}, tag=tag)
    assert (answer.status_code, answer.headers["etag"]) == (200, tag)


@pytest.mark.parametrize("member", ["name", "purpose", "places", "supportersWanted"])
async def test_what_cannot_be_empty_cannot_be_emptied(world: World, member: str) -> None:
    """null is refused where a member is always there."""
    answer = await operation("amendScheme").send(world, body={member: None})
    assert problem(answer)[0] == 422
    assert world.seen.kept == []


async def test_an_amendment_may_come_as_a_merge_patch(world: World) -> None:
    """RFC 7396's media type means what JSON means here."""
    headers = {"Content-Type": "application/merge-patch+json"}
    answer = await operation("amendScheme").send(world, headers=headers)
    assert answer.status_code == 200


# --- keys ------------------------------------------------------------------------------------------------------------

KEY = "a-device-may-send-it-twice"


SHOWN_ONCE = {"printFeedbackCodes", "createSubscription", "rotateSubscription"}
"""What it made is kept nowhere: the key is refused when it comes again (`test_story_by_code`). Of a webhook all but its
secret is shown again (`test_story_events_out`)."""


READ_NO_KEY = {"signOut"}
"""It ends the token that comes with it, whichever key does (`test_story_signing_out`)."""


@pytest.mark.parametrize("operation", [o for o in POSTS if o.name not in SHOWN_ONCE | READ_NO_KEY], ids=str)
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_the_same_key_and_body_are_done_once(world: World, operation: Operation) -> None:
    """Sent again it is not done again: what was made is shown once more, as a replay in the ledger. For a move the old
    tag does no harm: the key comes before it."""
    tag = None
    if operation.moves:
        tag = await world[operation.example.by].tag(operation.record.format(id=uid(str(operation.example.on))))
    first = await operation.send(world, key=KEY, tag=tag)
    kept, letters = len(world.seen.kept), len(world.seen.letters)
    second = await operation.send(world, key=KEY, tag=tag)
    assert first.is_success
    assert observed(first) == observed(second)
    assert (len(world.seen.kept), len(world.seen.letters)) == (kept, letters)
    assert [e.outcome for e in world.entries() if e.verb == operation.verb] == [Outcome.DONE, Outcome.REPLAYED]


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.key_required], ids=str)
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_a_key_is_asked_for_where_a_device_may_send_twice(world: World, operation: Operation) -> None:
    """400 without one, after the body was found good, and nothing is done."""
    answer = await operation.send(world, key=None)
    assert problem(answer) == (400, "unreadable", [("IDEMPOTENCY_KEY_REQUIRED", "header:Idempotency-Key")])
    assert (await operation.send(world, key=None, body={})).status_code == 422
    assert (world.seen.kept, world.seen.letters) == ([], [])
    assert [e.outcome for e in world.entries()] == [Outcome.MALFORMED] * 2


def test_which_operations_ask_for_a_key() -> None:
    """Requests and tallies: what is sent at night, from a device that may be offline; and what else goes into a
    letterbox, where nobody finds what was sent twice."""
    needed = {"askForSupport", "recordNightSheet", "handInTally", "handInDispute"}
    assert {o.name for o in OPERATIONS if o.key_required} == needed


@pytest.mark.parametrize("operation", [o for o in CREATES if o.example.body], ids=str)
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_the_same_key_with_another_body_is_refused(world: World, operation: Operation) -> None:
    """422 `key-reused`, and the second body is not kept."""
    assert (await operation.send(world, key=KEY)).is_success
    kept, letters = len(world.seen.kept), len(world.seen.letters)
    other = {**(operation.example.body or {}), **OTHERWISE[operation.name]}
    answer = await operation.send(world, key=KEY, body=other)
    assert problem(answer)[:2] == (422, "key-reused")
    assert (len(world.seen.kept), len(world.seen.letters)) == (kept, letters)
    assert (world.last.verb, world.last.code) == (operation.verb, "key-reused")
    again = await operation.send(world, key="another-key-0001", body=other)
    assert codes(again) == ONCE[operation.name] if operation.name in ONCE else again.is_success


ONCE = {
    "addPanelScore": ["ALREADY_SCORED"],
    "carryOnEnrolment": ["NOT_AVAILABLE"],
    "addGroupPlace": ["ON_THE_LIST_ALREADY"],
    "addMandate": ["HAS_A_MANDATE"],
    "layProposal": [],
}
"""What nobody does twice, with whatever key."""
OTHERWISE: dict[str, dict[str, Any]] = {
    "createScheme": {"name": "Another"},
    "applyToSupport": {"identifier": "A3009QX"},
    "askForSupport": {"recipient": "Tom"},
    "handInTally": {"part": "DAY"},
    "handInDispute": {"says": "DID_NOT_WITHDRAW"},
    "recordDeath": {"on": "2026-11-22"},
    "recordInduction": {"language": "cy"},
    "enrolLearner": {"identifier": "A3009QX"},
    "planSession": {"startsAt": "2026-11-27T10:00:00Z", "endsAt": "2026-11-27T10:20:00Z"},
    "giveFeedback": {"rating": 1},
    "proposeAssignment": {"subject": "newcomer-3"},
    "lockOut": {"subject": "newcomer-3"},
    "lockOutByNumber": {"identifier": "A3004QX"},
    "declareDuty": {"wings": ["MDI-B"]},
    "startJob": {"scheme": str(uid("scheme:shannon"))},
    **registers_operations.OTHERWISE,
    **recruiting_operations.OTHERWISE,
    **turnover_operations.OTHERWISE,
    **care_operations.OTHERWISE,
    **contacts_operations.OTHERWISE,
    **evaluation_operations.OTHERWISE,
    **feedback_operations.OTHERWISE,
    **merging_operations.OTHERWISE,
    **telling_operations.OTHERWISE,
    "commentOnCharter": {"section": "RISKS"},
    "setObjective": {"title": "Another"},
    "recordFinding": {"design": "COUNTS_ONLY"},
    "createKindVersion": {"code": "QUIETER_INSIDERS"},
    "createExceptionList": {"effectiveFrom": "2026-12-25"},
}


async def test_a_watch_is_opened_once_for_one_key(world: World) -> None:
    """As whatever else is made by POST."""
    opened = [await operation("openWatch").send(world, key=KEY) for _ in range(2)]
    assert opened[0].json()["watch"]["id"] == opened[1].json()["watch"]["id"]


async def test_the_same_body_written_otherwise_is_the_same_body(world: World) -> None:
    """Order and blanks do not make another body of it."""
    ask = operation("askForSupport")
    body = ask.example.body or {}
    first = await ask.send(world, key=KEY)
    again = await ask.send(world, key=KEY, body=dict(reversed(body.items())))
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])


async def test_a_key_of_a_move_is_of_its_record(world: World) -> None:
    """The same key and body for another record is another body."""
    coordinator = world.coordinator
    for name, status in (("supporter:insider", 200), ("supporter:mentor", 422)):
        path = f"/v1/supporters/{uid(name)}"
        answer = await coordinator.post(f"{path}/pause", key=KEY, tag=await coordinator.tag(path))
        assert answer.status_code == status
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "ACTIVE"


async def test_a_replay_shows_the_record_as_it_is_now(world: World) -> None:
    """Not as it was: what has happened since is seen, with the tag of now."""
    path = f"/v1/requests/{uid('request:received')}"
    body = {"supporter": str(uid("supporter:listener"))}
    tag = await world.oscar.tag(path)
    offered = await world.oscar.post(f"{path}/offer", body, tag=tag, key=KEY)
    assert offered.json()["state"] == "OFFERED"
    await done(world.oscar, path, "answer", {"accepted": True})
    again = await world.oscar.post(f"{path}/offer", body, tag=tag, key=KEY)
    assert (again.status_code, again.json()["state"]) == (200, "ACCEPTED")
    assert again.headers["etag"] == await world.oscar.tag(path)


async def test_a_replay_shows_only_what_may_be_seen_now(world: World) -> None:
    """The band is over and two hours more: the key opens nothing that its holder could not open without it."""
    path = f"/v1/requests/{uid('request:received')}"
    tag = await world.oscar.tag(path)
    assert (await world.oscar.post(f"{path}/offer", tag=tag, key=KEY)).status_code == 200
    world.at((await world.record(Request, uid("request:received"))).readable_until)
    again = await world.oscar.post(f"{path}/offer", tag=tag, key=KEY)
    never = await world.oscar.post(f"/v1/requests/{uid('never-existed')}/offer", tag=tag)
    assert again.status_code == 404
    assert observed(again) == observed(never)


async def test_a_replay_in_custody_shows_no_more_than_the_first_answer(world: World) -> None:
    """A man's own request, sent again later: the same bytes, whatever has become of it."""
    body = {"need": "EMOTIONAL", "channel": "KIOSK_OR_LAPTOP", "urgency": "NOW", "wing": "MDI-A"}
    first = await world.arthur.post("/v1/requests", body, key=KEY)
    path = first.headers["location"]
    await done(world.oscar, path, "offer")
    again = await world.arthur.post("/v1/requests", body, key=KEY)
    await done(world.oscar, path, "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
    after = await world.arthur.post("/v1/requests", body, key=KEY)
    assert observed(first) == observed(again) == observed(after)
    for entry in [e for e in world.entries() if e.verb == "ASK"]:
        assert (entry.actor, entry.closed) == (None, True)


async def test_a_key_is_its_senders_alone(world: World) -> None:
    """Another's same key is another key: it neither replays his answer nor is refused for his body."""
    ask = operation("askForSupport")
    first = await ask.send(world, key=KEY)
    other = await ask.send(world, by="second-officer", key=KEY)
    different = await ask.send(world, by="staff", key=KEY, body={**(ask.example.body or {}), "recipient": "Tom"})
    assert {first.status_code, other.status_code, different.status_code} == {201}
    assert len({a.json()["id"] for a in (first, other, different)}) == 3


async def test_a_key_is_of_one_operation(world: World) -> None:
    """Sent to another operation it is another key."""
    assert (await operation("startJob").send(world, key=KEY)).status_code == 202
    assert (await operation("createScheme").send(world, key=KEY)).status_code == 201


async def test_a_refused_attempt_uses_up_no_key(world: World) -> None:
    """409, 412 and 422 leave the key free, so that the mended request may carry it."""
    path = f"/v1/schemes/{uid('scheme:draft')}"
    tag = await world.governor.tag(path)
    assert (await world.governor.post(f"{path}/approve", tag='"x"', key=KEY)).status_code == 412
    assert (await world.governor.post(f"{path}/approve", {"x": 1}, tag=tag, key=KEY)).status_code == 422
    assert (await world.governor.post(f"{path}/approve", tag=tag, key=KEY)).status_code == 200
    assert len(world.seen.keys) == 1


async def test_a_key_lives_seventy_two_hours(world: World) -> None:
    """A minute before, a replay; at seventy-two hours, a new request."""
    ask = operation("askForSupport")
    first = await ask.send(world, key=KEY)
    world.later(hours=71, minutes=59)
    assert (await ask.send(world, key=KEY)).json()["id"] == first.json()["id"]
    world.later(minutes=1)
    later = await ask.send(world, key=KEY)
    assert later.status_code == 201
    assert later.json()["id"] != first.json()["id"]


async def test_a_tallys_key_lives_a_day_and_tells_no_hour(world: World) -> None:
    """At least twenty-four hours, and it runs out at a midnight: with its hour it would date the tally (rule 1)."""
    tally = operation("handInTally")
    await tally.send(world, key=KEY)
    (use,) = world.seen.keys
    assert use.subject is None
    world.at(START + timedelta(hours=24))
    await tally.send(world, key=KEY)
    assert len(world.seen.letters) == 1
    world.at(START.replace(hour=0) + timedelta(days=2, seconds=1))
    await tally.send(world, key=KEY)
    assert len(world.seen.letters) == 2


async def test_while_the_first_is_under_way_the_second_waits(world: World) -> None:
    """409 `key-in-flight`, written down, and the device may try again."""

    async def in_flight() -> None:
        raise KeyInFlight

    world.seen.meanwhile = in_flight
    ask = operation("askForSupport")
    answer = await ask.send(world, key=KEY)
    assert problem(answer)[:2] == (409, "key-in-flight")
    assert [(e.verb, e.code) for e in world.entries()] == [("ASK", "key-in-flight")]
    assert (await ask.send(world, key=KEY)).status_code == 201


async def test_many_at_once_with_one_key_make_one_record(world: World) -> None:
    """Twenty at once: one request is made; every answer is that one, or that it is under way."""
    ask = operation("askForSupport")
    answers = await asyncio.gather(*(ask.send(world, key=KEY) for _ in range(20)))
    made = {a.json()["id"] for a in answers if a.status_code == 201}
    assert len(made) == 1
    assert {a.status_code for a in answers} <= {201, 409}
    assert len([k for k in world.seen.kept if isinstance(k.record, Request)]) == 1
    assert len(await world.records(Request, state=RequestState.RECEIVED, prison="MDI", closed=True)) == 2
    assert len([e for e in world.entries() if e.verb == "ASK"]) == 20


async def test_two_who_offer_at_once_offer_two_listeners(world: World) -> None:
    """Two requests, offered at one instant: nobody is asked for both."""
    paths = [await tale.asked(world, "oscar", key=f"night-key-000{n}") for n in range(3)]
    answers = await asyncio.gather(*(moved(world.oscar, path, "offer") for path in paths))
    offered = [a.json()["offeredTo"] for a in answers if a.status_code == 200]
    assert len(offered) == len(set(offered)) == 2  # three active, one of them busy in the furniture
    (refused,) = [a for a in answers if a.status_code != 200]
    assert codes(refused) == ["NOT_AVAILABLE"]
