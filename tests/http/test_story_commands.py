"""What organisations outside ask for by the estate's external API (hmpps.md 2.9): done once, by the acts of HTTP,
within what the consumer was given, and of a closed policy never."""

import dataclasses
import json
from typing import Any
from uuid import UUID

import pytest

from api.messages.commands import COMMANDS, CONSUMERS, Commands, consumer_named, read
from api.work.bench import service_begin
from domain.confidentiality.entry import Outcome
from domain.confidentiality.roles import Role
from domain.kernel.errors import Unreadable
from domain.kernel.ids import ActorId, AssignmentId, SchemeId
from domain.oversight.record import Actor
from domain.schemes.kinds import RECOVERY_MENTORS
from domain.schemes.record import Scheme
from domain.sessions.groups import GroupSession
from domain.training.cohorts import Attendance, Cohort
from tests.http.cast import assigned, uid
from tests.http.prison_events import Line
from tests.http.world import World

WHO = "learning-together"
TRAINING, GROUP = COMMANDS
ATTENDED: dict[str, Any] = {
    "prisonId": "MDI",
    "cohort": str(uid("cohort")),
    "supporter": str(uid("supporter:second-mentor")),
    "module": "COUNT_ME_IN",
    "heldOn": "2026-11-23",
    "attended": "ATTENDED",
    "hours": 3,
}
HELD: dict[str, Any] = {
    "prisonId": "MDI",
    "scheme": str(uid("scheme:recovery")),
    "topic": "RELAPSE_PREVENTION",
    "heldOn": "2026-11-22",
    "minutes": 60,
    "expected": 9,
    "attended": 7,
}


def message(type: str, said: Any, *, id: str = "one", who: str = WHO, **more: Any) -> str:
    """A message as the external API puts it on the queue."""
    body = {"messageId": str(uid(id)), "eventType": type, "description": None, "messageAttributes": said, "who": who}
    return json.dumps({**body, **more})


async def granted(world: World, organisation: str = "SHANNON_TRUST", prison: str = "MDI", **more: Any) -> None:
    """An access administrator has given the consumer its role there."""
    holder, named = ActorId(uid(f"actor:{WHO}")), consumer_named(WHO)
    if not await world.records(Actor, id=holder):
        await world.keep([Actor(id=holder, issuer=CONSUMERS, subject=WHO, kind=named.kind)])
    given: dict[str, Any] = {"holder": holder, "issuer": CONSUMERS, "subject": WHO, "organisation": organisation}
    given |= {"id": AssignmentId(uid(f"assignment:{WHO}:{prison}:{organisation}")), "prison": prison, **more}
    await world.keep([dataclasses.replace(assigned("provider", Role.PROVIDER), **given)])


async def sent(world: World, *messages: str) -> Line:
    """The service takes these from its queue."""
    line = Line(list(messages))
    await working(world, line).once()
    return line


def working(world: World, line: Line) -> Commands:
    """The service at this queue."""
    runtime = world.house.runtime
    return Commands(line, lambda: service_begin(runtime), runtime)


async def noted(world: World) -> list[Attendance]:
    """Who was there, of that day."""
    return [each for each in await world.records(Attendance) if each.held_on.isoformat() == ATTENDED["heldOn"]]


async def test_a_module_is_attended_once_however_often_it_is_told(world: World) -> None:
    """It stands in the trainee's record as if it had been typed, and in the ledger as the consumer's act; what comes
    again, in the same batch or later, does nothing again."""
    await granted(world)
    told = message(TRAINING, ATTENDED)
    assert (await sent(world, told, told)).waits == []
    (was_there,) = await noted(world)
    assert (was_there.supporter, was_there.module, was_there.hours) == (
        uid("supporter:second-mentor"),
        "COUNT_ME_IN",
        3,
    )
    entry = world.last
    assert (entry.verb, entry.role, entry.client, entry.purpose) == ("NOTE_ATTENDANCE", "PROVIDER", WHO, "integration")
    assert entry.outcome == "DONE"
    mark = len(world.entries())
    world.later(days=20)
    assert (await sent(world, told)).waits == []
    assert (len(await noted(world)), world.since(mark)) == (1, [])


async def test_a_group_is_recorded_in_numbers(world: World) -> None:
    """Nobody who came is named."""
    await granted(world, RECOVERY_MENTORS.partner)
    before = len(await world.records(GroupSession))
    assert (await sent(world, message(GROUP, HELD))).waits == []
    assert len(await world.records(GroupSession)) == before + 1
    (made,) = [each for each in await world.records(GroupSession) if each.topic == HELD["topic"]]
    assert (made.attended, made.minutes, made.scheme) == (7, 60, uid("scheme:recovery"))


async def test_whether_it_is_heard_is_tried(world: World) -> None:
    """A test is taken, and nothing done with it."""
    mark = len(world.seen.entries)
    assert (await sent(world, message("TestEvent", {}))).waits == []
    assert (world.seen.kept, world.seen.entries[mark:]) == ([], [])


BAD = {
    "not JSON": "{",
    "no object": "[]",
    "of no known type": message("DismissPeerSupporter", {}),
    "of nobody": message(TRAINING, ATTENDED, who=""),
    "of a name with blanks": message(TRAINING, ATTENDED, who="two words"),
    "without an id": message(TRAINING, ATTENDED, messageId="one"),
    "wrapped as an event is": json.dumps({"Type": "Notification", "Message": message(TRAINING, ATTENDED)}),
    "with a member too many": message(TRAINING, {**ATTENDED, "name": "Arthur"}),
    "with one too few": message(TRAINING, {k: v for k, v in ATTENDED.items() if k != "cohort"}),
    "with a number as text": message(TRAINING, {**ATTENDED, "hours": "3"}),
    "with a list for attributes": message(TRAINING, [ATTENDED]),
    "with a key twice": message(TRAINING, ATTENDED)[:-1] + ', "who": "another"}',
    "too large": message(TRAINING, ATTENDED, description="x" * 300_000),
    "half of a sign": message(TRAINING, ATTENDED, description="one")[:-1] + ', "more": "\ud800"}',
    "too deep": '{"messageAttributes": ' + "[" * 5_000 + "]" * 5_000 + "}",
}


@pytest.mark.parametrize("what", BAD)
async def test_what_cannot_be_read_is_put_off_until_it_is_put_aside(world: World, what: str) -> None:
    """It does nothing, has its line, and holds up nobody: its neighbour is done."""
    await granted(world)
    good = message(TRAINING, ATTENDED)
    line = await sent(world, BAD[what], good)
    assert (line.waits, line.deleted, line.put_off) == ([BAD[what]], [good], [1])
    assert [e.outcome for e in world.seen.entries].count(Outcome.MALFORMED) == 1
    with pytest.raises(Unreadable):
        read(BAD[what])


async def test_nothing_is_done_for_whom_nothing_was_given(world: World) -> None:
    """A consumer without an assignment is refused, as over HTTP; it is decided, so it does not come again."""
    assert (await sent(world, message(TRAINING, ATTENDED))).waits == []
    assert (world.last.verb, world.last.outcome) == ("NOTE_ATTENDANCE", "REFUSED")
    assert await noted(world) == []


@pytest.mark.parametrize(
    "out_of_reach",
    [
        {"organisation": "SAMARITANS"},
        {"prison": "LEI"},
        {"scheme": SchemeId(uid("scheme:insiders"))},
    ],
    ids=["of another organisation", "of another prison", "of another scheme"],
)
async def test_what_is_not_its_own_is_absent(world: World, out_of_reach: dict[str, Any]) -> None:
    """The same as a cohort that never was: nothing is found out by trying."""
    await granted(world, **out_of_reach)
    lines = []
    for id, cohort in (("real", ATTENDED["cohort"]), ("none", str(uid("never-existed")))):
        mark = len(world.entries())
        assert (await sent(world, message(TRAINING, {**ATTENDED, "cohort": cohort}, id=id))).waits == []
        lines.append([{**e.as_json(), "id": None} for e in world.since(mark)])
    assert lines[0] == lines[1]
    assert [line["outcome"] for line in lines[0]] == ["ABSENT"]
    assert await noted(world) == []


async def test_of_a_closed_policy_there_is_nothing(world: World) -> None:
    """Neither for the partner's own system: a cohort of Listeners, and a group of their scheme, are absent."""
    await granted(world, "SAMARITANS")
    listeners = await world.record(Scheme, uid("scheme:listeners"))
    cohort = await world.record(Cohort, uid("cohort"))
    theirs = {"scheme": listeners.id, "organisation": listeners.organisation, "members": (uid("supporter:listener"),)}
    await world.keep([dataclasses.replace(cohort, id=UUID(int=7), **theirs)])  # type: ignore[arg-type]
    said = {**ATTENDED, "cohort": str(UUID(int=7)), "supporter": str(uid("supporter:listener"))}
    for id, told in (
        ("taught", message(TRAINING, said)),
        ("group", message(GROUP, {**HELD, "scheme": str(listeners.id)}, id="two")),
    ):
        assert (await sent(world, told)).waits == [], id
        assert world.last.outcome == "ABSENT", id
    assert world.seen.kept == []


async def test_a_rule_refuses_for_good(world: World) -> None:
    """What a rule forbids has its line and is not put aside: it would be refused again."""
    await granted(world)
    line = await sent(world, message(TRAINING, {**ATTENDED, "module": "NO_SUCH_MODULE"}))
    assert (line.waits, line.put_off) == ([], [])
    assert (world.last.outcome, world.last.verb) == ("MALFORMED", "NOTE_ATTENDANCE")
    assert await noted(world) == []


async def test_an_id_that_comes_back_with_something_else_does_nothing(world: World) -> None:
    """The first counts."""
    await granted(world)
    await sent(world, message(TRAINING, ATTENDED))
    await sent(world, message(TRAINING, {**ATTENDED, "hours": 2}))
    assert [each.hours for each in await noted(world)] == [3]
    assert world.last.code == "key-reused"


async def test_the_database_is_away_and_nothing_is_lost(world: World) -> None:
    """It comes again later, and is done then."""
    await granted(world)
    world.seen.gone = True
    told = message(TRAINING, ATTENDED)
    line = await sent(world, told)
    assert (line.waits, line.deleted) == ([told], [])
    world.seen.gone = False
    await working(world, line).once()
    assert line.waits == []
    assert len(await noted(world)) == 1


async def test_the_prison_says_which_of_its_capacities_acts(world: World) -> None:
    """A consumer in two prisons acts in the one that it names, and never in a union of both (rule 29)."""
    await granted(world)
    await granted(world, prison="LEI")
    assert (await sent(world, message(TRAINING, {**ATTENDED, "prisonId": "LEI"}, id="there"))).waits == []
    assert (world.last.outcome, await noted(world)) == ("ABSENT", [])
    assert (await sent(world, message(TRAINING, ATTENDED))).waits == []
    assert (world.last.outcome, len(await noted(world))) == ("DONE", 1)


async def test_a_grant_that_ended_is_gone_by_the_next_message(world: World) -> None:
    """As by the next request."""
    await granted(world)
    await sent(world, message(TRAINING, ATTENDED))
    id = AssignmentId(uid(f"assignment:{WHO}:MDI:SHANNON_TRUST"))
    answer = await world.admin.send(
        "POST", f"/v1/assignments/{id}/end", body={}, tag=await world.admin.tag(f"/v1/assignments/{id}")
    )
    assert answer.status_code == 200, answer.text
    await sent(world, message(TRAINING, {**ATTENDED, "heldOn": "2026-11-22"}, id="two"))
    assert world.last.outcome == "REFUSED"
