"""What is encrypted by its mark stands nowhere in clear: not in a file of the database, not in its write-ahead log, not
in a dump (security.md 9, C1). On the newest PostgreSQL and the oldest.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from domain.confidentiality.principal import PrincipalKind
from domain.oversight.record import Assignment
from domain.supporters.record import Supporter
from persistence import migrate
from persistence.engine import open_engine
from persistence.keys import Keys, generate
from persistence.store import PostgresStore
from tests import servers
from tests.http.cast import CAST, uid
from tests.http.operations import OPERATIONS, Operation
from tests.http.world import theatre
from tests.proofs.canaries.at_rest import Found, Noting, searched
from tests.proofs.canaries.ground import Ground, planted
from tests.proofs.canaries.words import Canaries
from tests.servers import VERSIONS, Urls


@asynccontextmanager
async def on_disk(urls: Urls) -> AsyncGenerator[Ground]:
    """The planted world over that database."""
    await migrate.upgrade(urls.owner_url)
    store = PostgresStore(await open_engine(urls.app_url, size=4), Keys.parse(generate()), theatre().stage.clock)
    try:
        async with planted(store) as ground:
            assert ground.world.stage.store is not None
            ground.world.stage.store.inner = Noting(store, ground.canaries)  # type: ignore[assignment]
            yield ground
    finally:
        await store.close()


def _in_order(operation: Operation) -> tuple[bool, bool]:
    """Looks first, then what makes, then what moves: nothing is brought back in between."""
    return operation.method != "GET", operation.moves


async def _run(ground: Ground, members: tuple[str, ...]) -> tuple[int, int]:
    """Every operation by whom it is for and by these members, right and wrong: (requests, those that were done)."""
    requests = done = 0
    for row, operation in enumerate(sorted(OPERATIONS, key=_in_order)):
        for column, by in enumerate((operation.example.by, *members)):
            tag = await ground.tag(by, operation)
            answer = (await ground.ask(by, ground.asking.good(operation, tag))).answer
            await ground.ask(by, ground.asking.nth_bad(operation, row + column))
            requests += 2
            done += answer.is_success
    return requests, done


@dataclass(frozen=True)
class Held:
    """A database after a run, and what was found in it."""

    urls: Urls
    canaries: Canaries
    found: Found
    requests: int
    done: int
    certificate: str
    """A canary that may stand in clear, and so must be found: operational and not encrypted."""

    @property
    def sealed(self) -> set[str]:
        """The canaries that were kept in an encrypted field."""
        return {c for c, places in self.canaries.places.items() if any(place.encrypted for place in places)}

    def __str__(self) -> str:
        found = self.found
        return (
            f"PostgreSQL {self.urls.version}: {self.requests} requests, {self.done} done; {found.files} files and "
            f"{found.rows} rows, {found.bytes:,} bytes; of {len(self.canaries.origins)} canaries {len(self.sealed)} "
            f"were kept encrypted, {len(found.where)} stand in clear"
        )


async def _ran(urls: Urls, members: tuple[str, ...]) -> Held:
    async with on_disk(urls) as ground:
        requests, done = await _run(ground, members)
        mentor = await ground.world.record(Supporter, uid("supporter:mentor"))
        (certificate,) = ground.canaries.find(mentor.certificate or "")
    return Held(urls, ground.canaries, searched(urls, ground.canaries), requests, done, certificate)


def _database(version: str, members: tuple[str, ...]) -> Iterator[Held]:
    urls = servers.create_database(version)
    held = asyncio.run(_ran(urls, members))
    print(held)
    yield held
    servers.drop_database(urls)


@pytest.fixture(scope="module", params=VERSIONS, ids=[f"pg{version}" for version in VERSIONS])
def held(request: pytest.FixtureRequest) -> Iterator[Held]:
    """Every operation by whom it is for and by a man in custody, on each version."""
    yield from _database(request.param, ("arthur",))


@pytest.fixture(params=VERSIONS, ids=[f"pg{version}" for version in VERSIONS])
def held_by_all(request: pytest.FixtureRequest) -> Iterator[Held]:
    """Every operation by every member of the cast."""
    yield from _database(request.param, tuple(CAST))


def _subjects(canaries: Canaries, kind: PrincipalKind) -> set[str]:
    """The canaries for which tokens of that kind speak, of all who hold an assignment."""
    return {
        canary
        for canary, places in canaries.places.items()
        for place in places
        if isinstance(place.record, Assignment) and place.field == "subject" and place.record.principal_kind is kind
    }


def _nothing_in_clear(held: Held) -> None:
    assert held.found.wrong(held.canaries) == {}
    assert len(held.sealed) > 50
    assert held.done > 0.8 * len(OPERATIONS)


def test_nothing_encrypted_stands_in_clear_on_disk(held: Held) -> None:
    """After every operation was done, and tried in a wrong way, with words of the callers' own: of all that was kept in
    an encrypted field, and of all that was refused or stood in a header, nothing is in any file or row."""
    _nothing_in_clear(held)


def test_the_number_of_a_man_who_holds_an_assignment_is_ciphertext_too(held: Held) -> None:
    """A peer coordinator is a prisoner with an assignment: his number stands nowhere in clear beside his role, not in
    an index nor in the planner's statistics, as in the row of his person. So it is with the names of staff."""
    prisoners, staff = (_subjects(held.canaries, kind) for kind in (PrincipalKind.IN_CUSTODY, PrincipalKind.STAFF))
    assert prisoners
    assert len(staff) > 5
    assert prisoners | staff <= held.sealed
    assert not (prisoners | staff) & held.found.where.keys()


@pytest.mark.nightly
def test_nothing_encrypted_stands_in_clear_on_disk_whoever_asked(held_by_all: Held) -> None:
    """The same, after every operation as every member of the cast."""
    _nothing_in_clear(held_by_all)


def test_what_is_not_encrypted_is_found(held: Held) -> None:
    """In rows and in files: the search sees what there is to be seen."""
    where = held.found.where[held.certificate]
    assert any(place.startswith("rows of supporter") for place in where)
    assert any(place.startswith("database/base/") for place in where)


def test_whatever_is_written_in_clear_is_told(held: Held) -> None:
    """A column in clear, bytes that are no ciphertext, a table that is gone again but stands in the write-ahead log
    yet, a line of the server's log: a canary of an encrypted field is told in each of these."""
    before = held.found.where
    column, plain, gone, line = sorted(held.sealed - before.keys())[:4]
    servers.run_sql(
        held.urls,
        "create table planted (words text, bytes bytea)",
        f"insert into planted values ('{column}', '\\x{plain.encode().hex()}')",
        f"create table gone as select '{gone}'::text as words",
        "drop table gone",
        f"do $$ begin raise log '{line}'; end $$",
    )
    found = searched(held.urls, held.canaries)
    servers.run_sql(held.urls, "drop table planted")
    told = found.wrong(held.canaries)
    assert "rows of planted" in told[column]
    assert "bytes in rows of planted" in told[plain]
    assert "database/pg_wal/" in told[gone]
    assert "server.log" in told[line]


def test_no_word_becomes_another_by_a_letter() -> None:
    """Or a byte that PostgreSQL puts into what it compresses would make of a word that may stand in clear one that may
    not."""
    canaries = Canaries()
    words = [canaries.word("somewhere").lower() for _ in range(3000)]
    assert len(set(words)) == len(words)
    letters = "abcdefghijklmnopqrstuvwxyz"
    others = {
        w[:at] + letter + w[at + 1 :]
        for w in words[:300]
        for at in range(3, 8)
        for letter in letters
        if letter != w[at]
    }
    assert not canaries.find(" ".join(others))
