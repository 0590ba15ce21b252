"""Signing out, and locking out somebody whose device is in other hands: who may, what is kept and told of it. That the
tokens are refused then, in every process, is told with real ones in `test_story_signed_out_everywhere` (F105)."""

from datetime import timedelta

import httpx
import pytest

from api.edge.install import Edge
from domain.confidentiality.entry import Outcome
from domain.confidentiality.verbs import Verb
from domain.kernel.rollout import rolled_out
from domain.oversight.ended import TokensEnded
from persistence.memory import MemoryStore
from tests.http import cast
from tests.http.cast import CAST, START, actor
from tests.http.operations import may
from tests.http.world import ORIGIN, Theatre, World, observed, problem

OUT = "/v1/sign-out"
LOCK = "/v1/lock-outs"
BY_NUMBER = "/v1/lock-outs-by-number"
NUMBER = {"identifier": str(CAST["ben"].number)}
STAFF = {"issuer": CAST["officer"].issuer, "subject": "second-officer"}


@pytest.mark.parametrize("who", ["officer", "two-hats", "samaritan", "integrator", "ben", "mentor", "peer-coordinator"])
async def test_whoever_calls_signs_out(world: World, who: str) -> None:
    """Staff, partners, clients and people in custody, in one role or in several, without naming any."""
    answer = await world[who].post(OUT)
    assert (answer.status_code, answer.content) == (204, b"")
    (row,) = await world.records(TokensEnded)
    assert [ended.id for ended in world.stage.ended] == [row.id]
    assert row.issued_before is None
    assert row.until.minute == 0
    assert row.until > world.now + timedelta(hours=1)
    assert row.ended_at == world.now.replace(second=0, microsecond=0)


async def test_of_a_man_at_a_kiosk_the_line_tells_the_hour_and_nobody(world: World) -> None:
    """When he left it says when he was at it; of staff it says who, and when (rule 4)."""
    world.at(START + timedelta(minutes=17))
    await world.ben.post(OUT)
    line = world.last
    assert (line.verb, line.outcome, line.actor, line.closed) == (Verb.SIGN_OUT, Outcome.DONE, None, True)
    assert (line.at.minute, line.role) == (0, "PERSON_IN_CUSTODY")
    assert [(change.kind, change.id) for change in line.changes] == [("tokens-ended", None)]
    await world.officer.post(OUT)
    line = world.last
    assert (line.actor, line.at, line.closed) == (actor("officer"), world.now, False)
    assert [(change.kind, change.id) for change in line.changes] == [("tokens-ended", None)]


async def test_a_token_is_one_row_however_often_it_is_ended(world: World) -> None:
    """As it would be by somebody who calls two processes within a second: each time it has its line."""
    for _ in range(3):
        assert (await world.ben.post(OUT)).status_code == 204
    (row,) = await world.records(TokensEnded)
    assert row.version == 1
    assert [line.outcome for line in world.entries()] == [Outcome.DONE] * 3
    assert {(line.actor, line.closed) for line in world.entries()} == {(None, True)}


async def test_it_ends_the_token_whatever_key_comes_with_it(world: World) -> None:
    """A kiosk that sends one key for every log-out must not leave the next man's token alive."""
    for name in ("arthur", "ben"):
        assert (await world[name].post(OUT, key="kiosk-on-a-wing")).status_code == 204
    assert (await world.ben.post(OUT, key="kiosk-on-a-wing")).status_code == 204
    assert len(await world.records(TokensEnded)) == 2
    assert len(world.stage.ended) == 3


async def test_he_signs_out_where_the_service_is_not_there_for_him() -> None:
    """In a prison that has it not yet he finds nothing else, and he has a token all the same."""
    house = Theatre(rollout=rolled_out(["LEI"]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=house.app), base_url=ORIGIN) as http:
        world = World(house, http, MemoryStore())
        await world.keep(cast.records())
        assert (await world.ben.get("/v1/me")).status_code == 404
        assert (await world.ben.post(OUT)).status_code == 204


async def test_without_a_capacity_there_is_nothing_to_do_here_and_nothing_is_ended(world: World) -> None:
    """A client without an assignment is refused, as it is everything."""
    assert (await world["bare-client"].post(OUT)).status_code == 403
    assert await world.records(TokensEnded) == []


async def test_who_may_lock_out(world: World) -> None:
    """Staff and partners: the access administrator. A man in custody: whoever is there at night too. To people in
    custody neither is there."""
    for who in ("officer", "oscar", "safer", "admin", "other-admin"):
        assert (await world[who].post(BY_NUMBER, NUMBER)).status_code == 204, who
    for who in CAST:
        for path, body, verb in ((LOCK, STAFF, Verb.LOCK_OUT), (BY_NUMBER, NUMBER, Verb.LOCK_OUT_BY_NUMBER)):
            if not may(who, verb):
                refused = await world[who].post(path, body)
                assert refused.status_code == (404 if who in cast.IN_CUSTODY else 403), who


async def test_a_lock_out_tells_nothing_of_whom_it_locks_out(world: World) -> None:
    """Known or not, helped or not, here, elsewhere, or nowhere; locked out before or for the first time: the same
    bytes, the same work, and a line that tells none of it. Nobody is looked up (rules 5 and 21)."""
    numbers = [str(CAST[name].number) for name in ("ben", "arthur", "mentor", "listener")] + ["A0000ZZ", "Z9999ZZ"]
    told, asked, lines = set[object](), list[object](), set[object]()
    for number in (*numbers, *numbers):
        calls = len(world.seen.calls)
        told.add(observed(await world.officer.post(BY_NUMBER, {"identifier": number}))[:2])
        asked.append(world.seen.calls[calls:])
        lines.add((world.last.verb, world.last.outcome, world.last.prison, tuple(c.kind for c in world.last.changes)))
        assert number not in repr(world.last)
    assert told == {(204, b"")}
    assert all(each == asked[1] for each in asked[1:])  # the first of the day notes that his assignment is used
    assert "person" not in {kind for calls in asked for _, kind in calls}  # type: ignore[attr-defined]
    assert len(lines) == 1
    rows = await world.records(TokensEnded)
    assert {row.issued_before for row in rows} == {world.now}
    assert not any(number in repr(row) for row in rows for number in numbers)


async def test_by_number_every_issuer_that_vouches_for_him_is_meant(world: World) -> None:
    """A man may be logged in at a kiosk and in his cell, by two issuers; those of another jurisdiction are no concern
    of this officer's."""
    await world.officer.post(BY_NUMBER, NUMBER)
    issuers = [i for i in world.house.runtime.issuers if world.house.runtime.jurisdiction_of(i) == "EW"]
    marks = {mark for issuer in issuers for mark in world.stage.of_subject(issuer, NUMBER["identifier"]) or ()}
    assert {row.id for row in await world.records(TokensEnded)} == marks
    assert len(marks) == len(issuers) > 1


async def test_a_second_lock_out_ends_what_was_issued_since(world: World) -> None:
    """One row goes on; and a key that comes again ends nothing that came after it."""
    await world.admin.post(LOCK, STAFF, key="a-lost-telephone")
    (first,) = await world.records(TokensEnded)
    now = world.later(minutes=5)
    assert (await world.admin.post(LOCK, STAFF, key="a-lost-telephone")).status_code == 204
    assert world.last.outcome is Outcome.REPLAYED
    assert await world.records(TokensEnded) == [first]
    await world.admin.post(LOCK, STAFF, key="lost-once-again-1")
    (second,) = await world.records(TokensEnded)
    assert (second.id, second.version, second.issued_before) == (first.id, 2, now)
    assert second.ended_at > first.ended_at
    assert second.until >= first.until


async def test_what_cannot_be_meant_is_said(world: World) -> None:
    """An issuer that nobody trusts ends nothing, and whoever believed that it had would leave the device alive; so with
    one of another jurisdiction, and a number that is none."""
    elsewhere = {"issuer": CAST["irish-officer"].issuer, "subject": "second-officer"}
    for body in ({**STAFF, "issuer": "https://nobody.example"}, elsewhere):
        assert problem(await world.admin.post(LOCK, body))[2] == [("ISSUER_NOT_TRUSTED", "/issuer")]
    assert problem(await world.officer.post(BY_NUMBER, {"identifier": "second0officer"[:12]}))[2] == [
        ("IDENTIFIER", "/identifier")
    ]
    assert await world.records(TokensEnded) == []


async def test_nobody_locks_out_by_the_hundred() -> None:
    """Thirty in an hour, by number and by name together; the first that is too many is one line."""
    house = Theatre(lock_outs=Edge(origin=ORIGIN).lock_outs)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=house.app), base_url=ORIGIN) as http:
        world = World(house, http, MemoryStore())
        await world.keep(cast.records())
        for n in range(29):
            assert (await world.admin.post(BY_NUMBER, {"identifier": f"A{n:04}AA"})).status_code == 204
        assert (await world.admin.post(LOCK, STAFF)).status_code == 204
        mark = len(world.entries())
        for path, body in ((BY_NUMBER, NUMBER), (LOCK, STAFF), (BY_NUMBER, NUMBER)):
            answer = await world.admin.post(path, body)
            assert problem(answer) == (429, "too-many-requests", [])
            assert int(answer.headers["retry-after"]) > 3000
        assert [line.outcome for line in world.since(mark)] == [Outcome.LIMITED]
        assert (await world.officer.post(BY_NUMBER, NUMBER)).status_code == 204
        assert (await world.admin.post(OUT)).status_code == 204


async def test_nothing_is_ended_that_is_not_written_down(world: World) -> None:
    """Without a ledger the token lives, and he is told so; with one it ends."""
    world.seen.deaf = True
    assert (await world.ben.post(OUT)).status_code == 503
    assert world.stage.ended == []
    world.seen.deaf = False
    assert (await world.ben.post(OUT)).status_code == 204
    assert len(world.stage.ended) == 1
