"""Killing PostgreSQL while eight write (R1, U1): whatever was acknowledged is there once, with its line, and nothing
else is.

The server is one of its own, durable as in production: fsync is on. It is killed with all its children, or stopped dead
for a second; the clients send again with the same key until they are told that it was done.
"""

import asyncio
import random
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import psutil
import pytest

from persistence import cluster, driver, migrate, roles, wheel
from persistence.cluster import Cluster
from persistence.engine import open_engine
from persistence.keys import Keys, generate
from persistence.store import PostgresStore
from tests import servers
from tests.http import cast, furniture
from tests.http.operations import operation
from tests.http.world import World, theatre
from tests.proofs.ledger import reckoning
from tests.proofs.ledger.attempts import Attempt, example
from tests.proofs.ledger.books import Books, OfPostgres
from tests.proofs.ledger.house import told

WRITERS = ("officer", "second-officer", "oscar", "coordinator", "safer", "staff", "governor", "healthcare")
DATABASE = "drill"
DURABLE = {"max_connections": "50"}
BY_KILLING, BY_STOPPING = "killed", "stopped for a second"
ASK = example(operation("askForSupport"), None, 0)
Launch = Callable[[dict[str, str]], Cluster]


@dataclass(slots=True)
class Drill:
    """What the clients were told, and how often the server was struck."""

    acknowledged: list[str] = field(default_factory=list[str])
    tried: Counter[int] = field(default_factory=Counter[int])
    struck: Counter[str] = field(default_factory=Counter[str])
    over: bool = False
    told: asyncio.Condition = field(default_factory=asyncio.Condition)


@pytest.fixture
def launch() -> Iterator[Launch]:
    """Launch a server of one's own, with these settings; and launch it again over what a crash left."""
    account = cluster.server_account()
    folder = servers.temporary_folder()
    server = Cluster(
        programs=wheel.programs(folder if account else None),
        data=folder / "database",
        settings=folder / "settings",
        run=folder / "run",
        socket=folder / "run",
        account=account,
    )
    cluster.private_folder(server.run, account)
    cluster.create(server, version=wheel.VERSION)

    def launched(settings: dict[str, str]) -> Cluster:
        cluster.launch(server, settings=settings, admit="trust", identities=[])
        return server

    try:
        yield launched
    finally:
        if cluster.running(server):
            cluster.halt(server)
        shutil.rmtree(folder, ignore_errors=True)


async def drilled(launch: Launch, settings: dict[str, str], faults: list[str], seed: int) -> tuple[Drill, list[str]]:
    """Eight write while the server is struck by these faults in turn. What was told, and what did not hold."""
    draw, drill, house = random.Random(seed), Drill(), theatre()
    server = await asyncio.to_thread(launch, settings)
    await asyncio.to_thread(cluster.sql, server, "postgres", f"create database {DATABASE}")
    await asyncio.to_thread(cluster.sql, server, DATABASE, *roles.statements(DATABASE))
    owner_url = server.url(cluster.OWNER, DATABASE)
    await migrate.upgrade(owner_url)
    engine = await open_engine(server.url(roles.RoleNames().application, DATABASE), size=8)
    store = PostgresStore(engine, Keys.parse(generate()), house.stage.clock)
    try:
        async with told(store, house) as world:
            await world.keep(cast.records())
            await world.keep(furniture.records())
            before = await _books(owner_url, checkpoint=True)
            writing = [asyncio.create_task(_writes(world, name, drill)) for name in WRITERS]
            for fault in faults:
                await _more(drill, draw.randint(10, 60))
                await asyncio.sleep(draw.uniform(0, 0.01))
                await _struck(server, fault, launch, settings)
                drill.struck[fault] += 1
            await _more(drill, 10)
            drill.over = True
            await asyncio.gather(*writing)
            return drill, _lost_or_double(before, await _books(owner_url), drill)
    finally:
        await store.close()


async def _more(drill: Drill, number: int) -> None:
    """Wait until so many more were acknowledged."""
    due = len(drill.acknowledged) + number
    async with asyncio.timeout(60), drill.told:
        await drill.told.wait_for(lambda: len(drill.acknowledged) >= due or drill.over)


async def _writes(world: World, name: str, drill: Drill) -> None:
    """One client: a request after another, each sent with its own key until it is told that it was made."""
    for number in count():
        if drill.over:
            return
        headers = {"Idempotency-Key": f"drill-{name}-{number}"}
        attempt = Attempt(ASK.operation, name, ASK.path, headers, ASK.content)
        while True:
            answer = await attempt.send(world)
            drill.tried[answer.status_code] += 1
            async with drill.told:
                if answer.status_code == 201:
                    drill.acknowledged.append(answer.json()["id"])
                # What waiting does not mend ends the drill, and is told of then.
                drill.over = drill.over or answer.status_code not in (201, 409, 503)
                drill.told.notify_all()
            if answer.status_code not in (409, 503):
                break
            await asyncio.sleep(0.05)


async def _struck(server: Cluster, fault: str, launch: Launch, settings: dict[str, str]) -> None:
    """Strike the postmaster and all its children; where they were killed, start the server again."""
    postmaster = psutil.Process(int((server.data / "postmaster.pid").read_text().split("\n", 1)[0]))
    family = [postmaster, *postmaster.children(recursive=True)]
    _signalled(family, signal.SIGKILL if fault == BY_KILLING else signal.SIGSTOP)
    if fault == BY_KILLING:
        await asyncio.to_thread(psutil.wait_procs, family, 10)
        await asyncio.to_thread(launch, settings)
    else:
        await asyncio.sleep(1)
        _signalled(family, signal.SIGCONT)


def _signalled(family: list[psutil.Process], how: signal.Signals) -> None:
    for process in family:
        try:
            process.send_signal(how)
        except psutil.NoSuchProcess:  # a backend that ended by itself
            continue


async def _books(owner_url: str, *, checkpoint: bool = False) -> Books:
    owner = await driver.connect(owner_url, timeout=10)
    try:
        if checkpoint:
            await owner.execute("checkpoint")
        return await OfPostgres(owner).read()
    finally:
        await owner.close()


def _lost_or_double(before: Books, after: Books, drill: Drill) -> list[str]:
    """Acknowledged = records = lines that tell of one = keys, none of them twice."""
    made = {str(id) for kind, id in after.records.keys() - before.records.keys() if kind == "request"}
    entries = [line.entry for line in after.since(before) if line.entry["verb"] == "ASK"]
    told_of = Counter(c["id"] for entry in entries for c in entry["changes"])
    acknowledged = Counter(drill.acknowledged)
    wrong = reckoning.unlike(before, after)
    if lost := acknowledged.keys() - made:
        wrong.append(f"{len(lost)} were acknowledged and are not there")
    if more := made - acknowledged.keys():
        wrong.append(f"{len(more)} are there that nobody was told of")
    if twice := [id for counts in (acknowledged, told_of) for id, n in counts.items() if n > 1]:
        wrong.append(f"{len(twice)} are there, or told of, more than once")
    if told_of.keys() != made or after.keys - before.keys != len(made):
        wrong.append(f"{len(made)} records, {len(told_of)} lines, {after.keys - before.keys} keys")
    if not drill.tried.keys() <= {201, 409, 503}:
        wrong.append(f"answered {dict(drill.tried)}")
    return wrong


def _told(drill: Drill) -> str:
    return f"{dict(drill.struck)}: {len(drill.acknowledged)} acknowledged, answers {dict(drill.tried)}"


async def test_what_was_acknowledged_outlives_a_kill(launch: Launch) -> None:
    """Two kills and a stall while eight write: nothing is lost, nothing is there twice, and the service goes on by
    itself."""
    drill, wrong = await drilled(launch, DURABLE, [BY_KILLING, BY_STOPPING, BY_KILLING], seed=1)
    print(_told(drill))
    assert not wrong, "\n".join(wrong)
    assert drill.acknowledged
    assert drill.tried[503]


@pytest.mark.nightly
async def test_what_was_acknowledged_outlives_thirty_faults(launch: Launch) -> None:
    """Twenty-four kills and six stalls (U1)."""
    faults = [BY_STOPPING if number % 5 == 4 else BY_KILLING for number in range(30)]
    drill, wrong = await drilled(launch, DURABLE, faults, seed=random.SystemRandom().getrandbits(32))
    print(_told(drill))
    assert not wrong, "\n".join(wrong)
    assert len(drill.acknowledged) > 300


async def test_a_server_that_answers_before_it_is_durable_is_found_out(launch: Launch) -> None:
    """The drill over a server that acknowledges what is not on disk yet: something is lost."""
    hasty = DURABLE | {"synchronous_commit": "off", "wal_writer_delay": "10s"}
    _, wrong = await drilled(launch, hasty, [BY_KILLING] * 2, seed=2)
    assert wrong
