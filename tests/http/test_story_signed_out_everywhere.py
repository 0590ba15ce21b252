"""A log-out that every process of the service hears of, with real tokens: two applications over one store, each with an
identifier of its own, as two processes have (F105). Two processes indeed: `tests/commands/test_two_processes.py`."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.app import Backstage, create_app
from api.edge.install import Edge
from api.health import Components
from api.hearing import hear, hearing
from api.identity.marking import Marking
from api.runtime import Secrets, runtime
from api.work.bench import service_begin
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Unavailable
from domain.oversight.ended import TokensEnded, lock_out
from domain.ports import Query, Store
from domain.retention.ending import delete_what_is_over
from tests.api.identity import forge
from tests.api.identity.worlds import HMPPS, LAUNCHPAD, NOW, WORLDS, World, identifier
from tests.http import stores
from tests.http.watched import Seen, Watched
from tests.http.world import INFO, ORIGIN, everything

KEY = b"one key of all processes"
MAN = LAUNCHPAD.principal.subject


class Process:
    """One application, as one process has it. `seen`: how its store shall fail."""

    def __init__(self, store: Store, clock: forge.Clock, *keys: bytes) -> None:
        self.seen = Seen()
        watched: Any = Watched(store, self.seen)
        self.door = identifier(*WORLDS, clock=clock, marking=Marking(keys or [KEY]))
        secrets = Secrets(b"tags" * 8, b"cursors!" * 4, b"bodies!!" * 4, b"actors!!" * 4)
        self.runtime = runtime(
            watched,
            lambda: datetime.fromtimestamp(clock(), UTC),
            uuid4,
            _anywhere,
            secrets,
            lambda _issuer: "EW",
            issuers=self.door.state(),
            door=self.door,
        )

        async def authenticate(authorization: str | None) -> Any:
            return (await self.door.identify(authorization))[0]

        async def database() -> bool:
            return True

        app = create_app(
            Backstage(
                runtime=self.runtime,
                authenticate=authenticate,
                edge=Edge(origin=ORIGIN),
                components=Components({"db": database}),
                info=INFO,
            )
        )
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ORIGIN)

    async def send(self, token: str, path: str = "/v1/me", body: Any = None) -> httpx.Response:
        """Ask with a token; with a body, by POST."""
        headers = {"Authorization": f"Bearer {token}"}
        if body is None:
            return await self.http.get(path, headers=headers)
        return await self.http.post(path, headers=headers, json=body)

    async def knows(self, token: str) -> bool:
        """Whether it lets a token in. A refused one is the one 401 of all false ones."""
        answer = await self.send(token)
        if answer.status_code != 401:
            assert answer.status_code == 200, answer.text
            return True
        false = await self.send("x.y.z")
        assert _told(answer) == _told(false)
        return False


def _told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    return answer.status_code, answer.content, {n: v for n, v in answer.headers.items() if n != "x-request-id"}


async def _anywhere(principal: object) -> frozenset[str] | None:
    del principal
    return None


@pytest.fixture
def clock() -> forge.Clock:
    return forge.Clock()


@pytest.fixture(params=stores.NAMES)
async def store(request: pytest.FixtureRequest, clock: forge.Clock) -> AsyncGenerator[Store]:
    async with stores.opened(request.param, lambda: datetime.fromtimestamp(clock(), UTC)) as opened:
        yield opened


async def _rows(store: Store) -> list[TokensEnded]:
    return list(await store.find(TokensEnded, Query(limit=100), everything(datetime.fromtimestamp(NOW, UTC))))


@pytest.mark.parametrize("world", [HMPPS, LAUNCHPAD], ids=lambda world: world.name)
async def test_who_signs_out_is_out_in_every_process(store: Store, clock: forge.Clock, world: World) -> None:
    """Here at once, there once it is heard, though it was verified there a moment ago; in one that starts later before
    it answers anybody. His other token, and everybody else's, are as they were."""
    here, there = Process(store, clock), Process(store, clock)
    token, other = world.token(), world.token(jti="his-other-token")
    for process in (here, there):
        assert await process.knows(token)
    assert (await here.send(token, "/v1/sign-out", {})).status_code == 204
    assert not await here.knows(token)
    assert (await here.send(token, "/v1/sign-out", {})).status_code == 401
    assert await there.knows(token), "not heard yet"
    assert await hear(there.runtime, there.runtime.clock()) == 0, "no row is later than now"
    async with hearing(there.runtime, every=0.01):
        assert not await there.knows(token)
    later = Process(store, clock)
    async with hearing(later.runtime):
        assert not await later.knows(token)
        assert await later.knows(other)
    for process in (here, there):
        assert await process.knows(other)


async def test_it_is_heard_while_a_process_runs(store: Store, clock: forge.Clock) -> None:
    """Without anybody's asking, a lock-out that is renewed too."""
    here, there = Process(store, clock), Process(store, clock)
    first, second = LAUNCHPAD.token(), LAUNCHPAD.token(jti="second", iat=NOW + 30)
    async with hearing(there.runtime, every=0.01):
        await here.send(first, "/v1/sign-out", {})
        await _until_unknown(there, first)
        clock.advance(40)
        assert await there.knows(second)
        await _locked_out(here)
        await _until_unknown(there, second)
        clock.advance(200)
        third = LAUNCHPAD.token(jti="third", iat=NOW + 200)
        assert await there.knows(third), "he has logged in anew"
        await _locked_out(here)
        await _until_unknown(there, third)
    assert len(await _rows(store)) == 1 + len(WORLDS)


async def _locked_out(process: Process) -> None:
    """The number on his door: what the act does, without a cast that may."""
    whom = [marks for issuer in process.door.state() if (marks := process.door.of_subject(issuer, MAN)) is not None]
    begin = service_begin(process.runtime)
    process.door.hear(await lock_out(begin, Verb.TICK, whom, timedelta(hours=1)))


async def _until_unknown(process: Process, token: str) -> None:
    async with asyncio.timeout(20):
        while await process.knows(token):  # noqa: ASYNC110  (nothing of it tells that it has heard)
            await asyncio.sleep(0.01)


async def test_all_that_he_had_ends_and_what_he_gets_anew_does_not(store: Store, clock: forge.Clock) -> None:
    """By whichever issuer; nobody else's does."""
    here, there = Process(store, clock), Process(store, clock)
    older = LAUNCHPAD.token(jti="older", iat=NOW - 3000, exp=NOW + 500)
    tokens = [LAUNCHPAD.token(), LAUNCHPAD.token(jti="in-his-cell"), older]
    by_kiosk = HMPPS.token(
        grant_type="client_credentials", client_id="kiosk-ui-system", user_name=MAN, sub="kiosk-ui-system"
    )
    another = LAUNCHPAD.token(sub="A0002AA", jti="another-man")
    for token in (*tokens, by_kiosk, another):
        assert await there.knows(token)
    await _locked_out(here)
    await hear(there.runtime)
    for process in (here, there):
        assert [await process.knows(token) for token in (*tokens, by_kiosk)] == [False] * 4
        assert await process.knows(another)
        assert await process.knows(LAUNCHPAD.token(jti="anew", iat=NOW))


async def test_while_the_database_is_away_what_is_known_counts(store: Store, clock: forge.Clock) -> None:
    """It is told once, tokens are judged as before, and what was missed is heard when it is back."""
    here, there = Process(store, clock), Process(store, clock)
    before, meanwhile = LAUNCHPAD.token(), LAUNCHPAD.token(jti="meanwhile")
    await here.send(before, "/v1/sign-out", {})
    async with hearing(there.runtime, every=0.01):
        there.seen.gone = True
        await here.send(meanwhile, "/v1/sign-out", {})
        clock.advance(500)  # longer than each look goes back
        await asyncio.sleep(0.1)
        assert (await there.send(before)).status_code == 401
        assert (await there.send(meanwhile)).status_code == 503
        there.seen.gone = False
        await _until_unknown(there, meanwhile)


async def test_a_process_that_cannot_hear_does_not_begin(store: Store, clock: forge.Clock) -> None:
    """It would let in whoever was locked out a minute ago."""
    process = Process(store, clock)
    process.seen.gone = True
    with pytest.raises(Unavailable):
        async with hearing(process.runtime):
            pass


async def test_a_key_that_is_changed_loses_nothing(store: Store, clock: forge.Clock) -> None:
    """A new version of the keys is added behind in every process, then moved to the front: whichever of them a process
    writes with, each other understands it."""
    new = b"the next key of them all"
    old_first, new_first = Process(store, clock, KEY, new), Process(store, clock, new, KEY)
    one, two = LAUNCHPAD.token(jti="one"), LAUNCHPAD.token(jti="two")
    await old_first.send(one, "/v1/sign-out", {})
    await new_first.send(two, "/v1/sign-out", {})
    for process in (old_first, new_first):
        await hear(process.runtime)
        assert not await process.knows(one)
        assert not await process.knows(two)
    stranger = Process(store, clock, b"a key of somebody else")
    await hear(stranger.runtime)
    assert await stranger.knows(one), "a mark without its key stands for nobody"


async def test_at_rest_nothing_tells_whose_it_was(store: Store, clock: forge.Clock) -> None:
    """Neither number nor token id, nor when he logged in: of two tokens of an hour the rows are alike but for ids."""
    here = Process(store, clock)
    for jti, iat in (("one", NOW - 100), ("two", NOW - 700)):
        token = LAUNCHPAD.token(jti=jti, iat=iat, exp=iat + 3000)
        assert (await here.send(token, "/v1/sign-out", {})).status_code == 204
    one, two = await _rows(store)
    assert one.id != two.id
    assert (one.ended_at, one.issued_before, one.until) == (two.ended_at, two.issued_before, two.until)


async def test_what_has_run_out_is_forgotten(store: Store, clock: forge.Clock) -> None:
    """By the clock that deletes, and in memory: there never is more of it than of live tokens."""
    here = Process(store, clock)
    await here.send(LAUNCHPAD.token(), "/v1/sign-out", {})
    clock.advance(3590 + 3600)
    assert await delete_what_is_over(service_begin(here.runtime)) == 1
    assert await _rows(store) == []
    here.door.hear([])
    assert len(here.door._revocations) == 0
