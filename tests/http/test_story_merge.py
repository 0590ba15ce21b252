"""Two numbers turn out to be one man: who sees what before and after, and how it is taken back (F91, rule 23; scenario
14)."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.work.bench import service_begin
from domain.confidentiality.verbs import Verb
from domain.merging.merge import merge, move_booking, resolved
from domain.people.merges import PersonMerge
from domain.people.record import Person
from domain.people.reviews import ASKS, MovementReview, ReviewKind
from domain.sessions.record import Enrolment, Session
from domain.sessions.request import Request
from domain.supporters.record import Standing, Supporter
from tests.http.cast import START, uid
from tests.http.tale import moved
from tests.http.test_story_enrolments import BEN
from tests.http.world import World, observed, problem

REMOVED, SURVIVOR = "A1008QX", "A1007QX"
FIRST, SECOND = uid("supporter:mentor"), uid("supporter:second-mentor")


async def heard(world: World, survivor: str = SURVIVOR, removed: str = REMOVED) -> str:
    """The event, as the reader of events has it done."""
    begin = service_begin(world.house.runtime)
    async with begin.serially(Verb.TICK) as act:
        return await merge(act, "EW", survivor, removed, START - timedelta(minutes=1))


async def with_number(world: World, number: str) -> list[Person]:
    return [p for p in await world.records(Person) if p.identifier == number and p.jurisdiction == "EW"]


async def reviews(world: World, by: str) -> list[Any]:
    """What this one reads of what was found, of the two."""
    found = (await world[by].get("/v1/movement-reviews")).json()["items"]
    return [each for each in found if each["supporter"] in (str(FIRST), str(SECOND))]


async def merges(world: World) -> list[Any]:
    """What information governance reads of merges of the two."""
    found = (await world.governance.get("/v1/person-merges")).json()["items"]
    return [each for each in found if each["removed"] == REMOVED]


async def test_the_stricter_role_stays_and_everybody_reads_what_is_his(world: World) -> None:
    """One number was suspended: so is the man. The coordinator is asked to look at the role and not told why; safer
    custody is; information governance reads both numbers; nobody else knows of any of it."""
    was = await world.record(Supporter, SECOND)
    await world.change(replace(was, standing=Standing.SUSPENDED))
    assert await heard(world) == "MERGED"
    assert (await world.record(Supporter, SECOND)).standing is Standing.SUSPENDED
    assert (await world.record(Supporter, FIRST)).standing is Standing.STOOD_DOWN
    assert not await with_number(world, REMOVED)
    (of,) = await reviews(world, "coordinator")
    assert (of["asks"], of["kind"], of["supporter"]) == ("CHECK_ROLE", None, str(SECOND))
    assert "kind" in of["withheld"]
    (of,) = await reviews(world, "safer")
    assert (of["asks"], of["kind"]) == ("CHECK_ROLE", "MERGED")
    (of,) = await merges(world)
    assert (of["removed"], of["survivor"], of["state"]) == (REMOVED, SURVIVOR, "JOINED")
    assert of.get("undo") is None
    for who in ("officer", "safer", "coordinator"):
        answer = await world[who].get(f"/v1/person-merges/{of['id']}")
        assert answer.status_code == 403, who


async def both_at_once(world: World, **more: Any) -> tuple[Session, Session]:
    """A session of each of the two mentors, with a learner each, at one time."""
    kept = await world.record(Session, uid("session"))
    begins = world.now + timedelta(days=2)
    first = replace(
        kept, id=uid(f"{more}:one"), version=0, starts_at=begins, ends_at=begins + timedelta(hours=1), **more
    )
    of = replace(await world.record(Enrolment, kept.enrolment), id=uid("another:enrolment"), version=0)
    mentor = await world.record(Supporter, SECOND)
    his = {"supporter": SECOND, "supporter_person": mentor.person, "person": uid("another:learner")}
    second = replace(first, id=uid(f"{more}:two"), starts_at=begins + timedelta(minutes=30), enrolment=of.id, **his)
    second = replace(second, ends_at=begins + timedelta(hours=2))
    await world.keep([replace(of, **his), first, second])
    return await world.record(Session, first.id), await world.record(Session, second.id)


async def test_where_he_serves_they_hear_that_he_stands_worse_elsewhere(world: World) -> None:
    """One number was suspended in another prison: his role here is put before a person here, and goes on meanwhile."""
    was = await world.record(Supporter, SECOND)
    there: Any = {"scheme": uid("far:scheme:shannon"), "prison": "LEI", "wing": "LEI-A"}
    await world.change(replace(was, **there, standing=Standing.SUSPENDED))
    assert await heard(world) == "MERGED"
    assert (await world.record(Supporter, FIRST)).standing is Standing.ACTIVE
    (of,) = await reviews(world, "coordinator")
    assert (of["asks"], of["supporter"], of["prison"]) == ("CHECK_ROLE", str(FIRST), "MDI")
    (far,) = await world.records(MovementReview, supporter=SECOND)
    assert (far.kind, far.prison) == ("MERGED", "LEI")


async def test_a_session_of_each_at_one_time_keeps_nobody_from_being_suspended(world: World) -> None:
    """What was planned second is called off, and somebody looks at that enrolment; the man is suspended, as he was."""
    await world.change(replace(await world.record(Supporter, SECOND), standing=Standing.SUSPENDED))
    first, second = await both_at_once(world)
    assert await heard(world) == "MERGED"
    assert (await world.record(Supporter, SECOND)).standing is Standing.SUSPENDED
    now = {s.id: s for s in await world.records(Session)}
    (stays,) = await with_number(world, SURVIVOR)
    assert {now[s.id].supporter_person for s in (first, second)} == {stays.id}
    assert (now[first.id].state, now[first.id].called_off) == ("PLANNED", False)
    assert (now[second.id].state, now[second.id].not_delivered) == ("NOT_DELIVERED", "NOT_REQUIRED")
    assert now[second.id].called_off
    assert [r.kind for r in await world.records(MovementReview, enrolment=second.enrolment)] == ["MERGED"]


async def test_what_each_held_at_one_time_is_a_fact(world: World) -> None:
    """Both stay, as his who is one man now, and somebody looks."""
    first, second = await both_at_once(world, state="DELIVERED", minutes=20)
    assert await heard(world) == "MERGED"
    now = {s.id: s for s in await world.records(Session)}
    assert [now[s.id].state for s in (first, second)] == ["DELIVERED", "DELIVERED"]
    assert now[first.id].supporter_person == now[second.id].supporter_person
    assert [r.kind for r in await world.records(MovementReview, enrolment=second.enrolment)] == ["MERGED"]


async def test_heard_twice_it_is_one_merge(world: World) -> None:
    """And the old number leads to the man."""
    assert [await heard(world) for _ in range(2)] == ["MERGED", "ALREADY_MERGED"]
    assert len(await merges(world)) == 1
    async with service_begin(world.house.runtime)(Verb.TICK) as act:
        assert await resolved(act, "EW", REMOVED) == SURVIVOR


async def test_nobody_reaches_the_row_that_is_no_more(world: World) -> None:
    """What bore the old number is there by its own id, and is the other man's; in another prison it is absent, as one
    that never was."""
    (gone,) = await with_number(world, REMOVED)
    await heard(world)
    left = await world.records(Supporter, person=gone.id)
    assert not left
    (of,) = await merges(world)
    far = await world["far-governance"].get(f"/v1/person-merges/{of['id']}")
    never = await world["far-governance"].get(f"/v1/person-merges/{uid('never-existed')}")
    assert observed(far) == observed(never)


async def test_two_people_take_a_merge_back(world: World) -> None:
    """One says that it was wrong, another takes it back; what is as the merge left it is as before, and the same event
    brings nothing back."""
    before = {s.id: s for s in await world.records(Supporter)}
    (gone,) = await with_number(world, REMOVED)
    await heard(world)
    (of,) = await merges(world)
    path = f"/v1/person-merges/{of['id']}"
    doubted = await moved(world["governance"], path, "doubt", {})
    assert doubted.status_code == 200, doubted.text
    same = await moved(world["governance"], path, "reverse", {})
    assert [code for code, _ in problem(same)[2]] == ["SECOND_PERSON_NEEDED"]
    taken = await world.governor.post(
        f"{path}/reverse", {}, tag=await world.governor.tag(path), purpose="investigation"
    )
    assert taken.status_code == 200, taken.text
    assert taken.json()["state"] == "REVERSED"
    for each in await world.records(Supporter):
        assert replace(each, version=0) == replace(before[each.id], version=0)
    raised = [each for each in await world.records(MovementReview) if each.kind == "MERGED"]
    assert raised
    assert {(each.state, each.settled_as) for each in raised} == {("SETTLED", "NOT_SO")}
    assert [p.id for p in await with_number(world, REMOVED)] == [gone.id]
    assert await heard(world) == "ALREADY_MERGED"
    assert [p.id for p in await with_number(world, REMOVED)] == [gone.id]


async def test_taken_back_it_settles_nothing_of_another_merge(world: World) -> None:
    """Two numbers became his: with one of them taken back, people look at what the other did as before."""
    (gone,) = await with_number(world, REMOVED)
    await heard(world)
    (of,) = await merges(world)
    first = await world.record(PersonMerge, UUID(of["id"]))
    too = json.dumps({"reviews": json.loads(first.undo or "")["reviews"]})
    await world.keep([replace(first, id=uid("person-merge:another"), removed="A9191QX", undo=too)])
    await taken_back(world)
    assert [p.id for p in await with_number(world, REMOVED)] == [gone.id]
    raised = [each for each in await world.records(MovementReview) if each.kind == "MERGED"]
    assert raised
    assert {each.state for each in raised} == {"OPEN"}


async def taken_back(world: World) -> None:
    """One says that the merge of the two was wrong, another takes it back."""
    (of,) = await merges(world)
    path = f"/v1/person-merges/{of['id']}"
    await moved(world["governance"], path, "doubt", {})
    tag = await world.governor.tag(path)
    answer = await world.governor.post(f"{path}/reverse", {}, tag=tag, purpose="investigation")
    assert answer.status_code == 200, answer.text


async def test_taken_back_nobody_looks_at_what_it_left_alone(world: World) -> None:
    """A role that the merge did not touch was put before people, for he stood worse elsewhere: he does not."""
    there: Any = {"scheme": uid("far:scheme:shannon"), "prison": "LEI", "wing": "LEI-A"}
    was = await world.record(Supporter, SECOND)
    await world.change(replace(was, **there, standing=Standing.SUSPENDED))
    await heard(world)
    (here,) = await world.records(MovementReview, supporter=FIRST)
    await taken_back(world)
    now = await world.record(MovementReview, here.id)
    assert (now.state, now.settled_as) == ("SETTLED", "NOT_SO")


async def test_a_number_that_was_his_alone_is_taken_back_and_nobody_looks_any_longer(world: World) -> None:
    """Nothing of the surviving number was known: he had it, was looked at, and has his own again."""
    (his,) = await with_number(world, REMOVED)
    assert await heard(world, "A9292QX") == "REKEYED"
    (raised,) = await world.records(MovementReview, person=his.id)
    assert (raised.kind, raised.state) == ("MERGED", "OPEN")
    await taken_back(world)
    assert [each.id for each in await with_number(world, REMOVED)] == [his.id]
    now = await world.record(MovementReview, raised.id)
    assert (now.state, now.settled_as) == ("SETTLED", "NOT_SO")


async def test_what_was_open_before_a_booking_was_moved_stays_open(world: World) -> None:
    """It was told first of a booking of his of which nobody said when it began: people look, whatever comes of another
    that was his, and is not."""
    begins = world.now
    made = await world.coordinator.post("/v1/enrolments", BEN)
    assert made.status_code == 201, made.text
    world.later(minutes=5)
    (his,) = await with_number(world, SURVIVOR)
    begin = service_begin(world.house.runtime)
    async with begin.serially(Verb.TICK) as act:
        assert await move_booking(act, "EW", SURVIVOR, "A9090QX", None, world.now) == "DIFFERS"
    (review,) = await world.records(MovementReview, person=his.id)
    async with begin.serially(Verb.TICK) as act:
        assert await move_booking(act, "EW", BEN["identifier"], SURVIVOR, begins, world.now) == "MOVED"
    assert [each.id for each in await world.records(MovementReview, person=his.id)] == [review.id], "it was there"
    listed = (await world.governance.get("/v1/person-merges")).json()["items"]
    (read,) = [each for each in listed if each["removed"] == BEN["identifier"]]
    path = f"/v1/person-merges/{read['id']}"
    await moved(world["governance"], path, "doubt", {})
    tag = await world.governor.tag(path)
    assert (await world.governor.post(f"{path}/reverse", {}, tag=tag, purpose="investigation")).status_code == 200
    assert (await world.record(MovementReview, review.id)).state == "OPEN"


async def test_a_merge_that_kept_no_ids_of_reviews_is_taken_back(world: World) -> None:
    """One from before they were kept: people look at what it put before them."""
    await heard(world)
    (of,) = await merges(world)
    was = await world.record(PersonMerge, UUID(of["id"]))
    kept = json.loads(was.undo or "")
    del kept["reviews"]
    await world.change(replace(was, undo=json.dumps(kept)))
    await taken_back(world)
    assert {r.state for r in await world.records(MovementReview) if r.kind == "MERGED"} == {"OPEN"}


async def test_taken_back_a_review_that_was_joined_is_open_for_him_whose_it_was(world: World) -> None:
    """People were to look at a role of his before the merge, and still are."""
    (gone,) = await with_number(world, REMOVED)
    (role, *_) = await world.records(Supporter, person=gone.id)
    (one, *_) = await world.records(MovementReview, prison=role.prison)
    kind = {"kind": ReviewKind.MERGED, "asks": ASKS[ReviewKind.MERGED], "scheme": role.scheme}
    mine: Any = {"id": uid("movement-review:his"), "person": gone.id, "supporter": role.id, **kind}
    await world.keep([replace(one, **mine)])
    await heard(world)
    assert (await world.record(MovementReview, mine["id"])).person != gone.id
    await taken_back(world)
    now = await world.record(MovementReview, mine["id"])
    assert (now.person, now.state) == (gone.id, "OPEN")


async def test_taken_back_the_suspension_is_with_whom_it_was(world: World) -> None:
    """Though his row was touched since: the other man serves, and he does not."""
    before = await world.record(Supporter, FIRST)
    suspended = await world.record(Supporter, SECOND)
    await world.change(replace(suspended, standing=Standing.SUSPENDED))
    await heard(world)
    await world.change(replace(await world.record(Supporter, SECOND), languages=("en", "cy")))
    await taken_back(world)
    first, second = [await world.record(Supporter, id) for id in (FIRST, SECOND)]
    assert (first.person, first.standing) == (before.person, before.standing)
    assert (second.person, second.standing) == (suspended.person, Standing.SUSPENDED)
    assert second.languages == ("en", "cy")
    found = await world.records(MovementReview, supporter=SECOND)
    assert ("MERGE_REVERSED", suspended.person) in [(each.kind, each.person) for each in found]


async def test_a_booking_that_was_another_s_is_taken_back_too(world: World) -> None:
    """What was made in it is his who has it now, who keeps his own number, until two say that it was wrong."""
    begins, other = world.now, "A9090QX"
    made = await world.coordinator.post("/v1/enrolments", BEN)
    assert made.status_code == 201, made.text
    of = await world.record(Enrolment, UUID(made.json()["id"]))
    world.later(minutes=5)
    async with service_begin(world.house.runtime).serially(Verb.TICK) as act:
        assert await move_booking(act, "EW", BEN["identifier"], other, begins, world.now) == "MOVED"
    (now,) = await with_number(world, other)
    assert (await world.record(Enrolment, of.id)).person == now.id
    assert [p.id for p in await with_number(world, BEN["identifier"])] == [of.person]
    (read,) = [m for m in (await world.governance.get("/v1/person-merges")).json()["items"] if m["survivor"] == other]
    assert (read["removed"], read["booking"]) == (BEN["identifier"], True)
    path = f"/v1/person-merges/{read['id']}"
    await moved(world["governance"], path, "doubt", {})
    tag = await world.governor.tag(path)
    assert (await world.governor.post(f"{path}/reverse", {}, tag=tag, purpose="investigation")).status_code == 200
    assert (await world.record(Enrolment, of.id)).person == of.person


async def test_what_is_live_of_a_closed_policy_is_as_it_was(world: World) -> None:
    """And no line of the ledger, no review and no list of what was joined names it."""
    live = {r.id: r for r in await world.records(Request) if r.closed}
    assert live
    await heard(world)
    assert {r.id: r for r in await world.records(Request) if r.closed} == live
    (kept,) = [m for m in await world.records(PersonMerge) if m.removed == REMOVED]
    assert not any(str(id) in (kept.undo or "") for id in live)
    assert "request" not in {row["kind"] for row in json.loads(kept.undo or "{}")["rows"]}
    (stays,) = await with_number(world, SURVIVOR)
    assert not [r for r in await world.records(MovementReview) if r.person == stays.id and r.supporter is None]


async def test_who_is_not_told_why_does_not_settle_it(world: World) -> None:
    """A role is to be looked at: whoever runs the scheme reads that, and safer custody says that it is done."""
    await heard(world)
    (of,) = await reviews(world, "coordinator")
    path = f"/v1/movement-reviews/{of['id']}"
    refused = await moved(world["coordinator"], path, "settle", {"settledAs": "NOT_SO"})
    assert [code for code, _ in problem(refused)[2]] == ["CLEARED_ROLES_SETTLE_IT"]
    settled = await moved(world["safer"], path, "settle", {"settledAs": "PUT_RIGHT"})
    assert (settled.status_code, settled.json()["state"]) == (200, "SETTLED")


async def test_a_review_is_settled_once(world: World) -> None:
    """By whoever runs the scheme, in a code; and then it is over."""
    path = f"/v1/movement-reviews/{uid('movement-review')}"
    done = await moved(world["coordinator"], path, "settle", {"settledAs": "PUT_RIGHT"})
    assert (done.status_code, done.json()["state"], done.json()["settledAs"]) == (200, "SETTLED", "PUT_RIGHT")
    again = await moved(world["safer"], path, "settle", {"settledAs": "NOT_SO"})
    assert [code for code, _ in problem(again)[2]] == ["STATE_SETTLED"]
