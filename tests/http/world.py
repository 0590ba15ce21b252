"""A world: the whole application over a store, with a clock that tests move and a cast whose tokens are their names.

    async def test_a_scheme_is_read(world: World) -> None:
        answer = await world.officer.get(f"/v1/schemes/{uid('scheme:listeners')}")

Every answer that a test gets has been held against the OpenAPI document first (`tests.http.contract`): an undocumented
status, a body that is not as documented, or a documented header that was not sent fails the test that met it.
"""

import json
from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from api import anonymous
from api.app import Backstage, create_app
from api.capacities import service_viewer
from api.caseloads import Rechecked
from api.document import COMPONENTS
from api.door import Carried
from api.edge.install import Edge
from api.edge.rate import Rate
from api.health import Components
from api.info import Info
from api.keeping import Tended
from api.problems.failures import explained
from api.runtime import Secrets, runtime
from api.telemetry.scraped import Scraped, Sources, Usage
from api.telemetry.traced import Telemetry
from domain.confidentiality.entry import Entry, Family, Outcome
from domain.confidentiality.principal import Principal
from domain.confidentiality.record import R, Record
from domain.kernel.errors import Unidentified
from domain.kernel.ids import EntryId, id_of
from domain.kernel.rollout import EVERYWHERE, RollOut
from domain.oversight.ended import Marks, TokensEnded
from domain.oversight.record import LedgerLine
from domain.ports import Kept, Look, Query, Scope, Store
from persistence.prison.standin import StandInKeptApart, StandInPrisonRecords, StandInRolls
from tests.http import cast, contract, furniture, stores
from tests.http.cast import CAST, START
from tests.http.queues import tended
from tests.http.watched import Seen, Watched
from tests.recruited import FIT

ORIGIN = "https://peer-support.example"
_EVERYWHERE = Scope(None, True)
# A bucket that is full again at once: the rate has tests of its own, and its headers then never differ.
_BOUNDLESS = Rate(1000, 1e9)
INFO = Info.model_validate(
    {
        "git": {"branch": "main", "commit": {"id": "0e10013", "time": "2026-08-20T09:00:00Z"}},
        "build": {"artifact": "peer-support", "name": "peer-support", "version": "1", "time": "", "by": "ci"},
        "productId": "DPS999",
        "activeAgencies": ["MDI", "LEI"],
        "demonstration": False,
    }
)


@dataclass(slots=True)
class Stage:
    """What the application stands on and a world resets: store, clock, ids, caseloads."""

    now: datetime = START
    random: Random = field(default_factory=lambda: Random(1))
    seconds: float = 0.0
    caseloads: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    asked: int = 0
    releases: dict[str, date | None] | None = field(default_factory=dict[str, date | None])
    rolls: dict[str, int] = field(default_factory=dict[str, int])
    store: Watched | None = None
    tokens: dict[str, Principal] = field(default_factory=dict[str, Principal])
    prison: StandInPrisonRecords = field(default_factory=StandInPrisonRecords)
    apart: StandInKeptApart = field(default_factory=StandInKeptApart)
    queues: list[Tended] = field(default_factory=list[Tended])
    figures: Scraped | None = None
    ended: list[TokensEnded] = field(default_factory=list[TokensEnded])
    """What the door was told. Tokens here are names, and live on: what ends is told with real ones
    (`test_story_signing_out`)."""

    longest = timedelta(hours=1)

    async def carried(self, authorization: str | None) -> Carried:
        await self.authenticate(authorization)
        return Carried([id_of(f"token {authorization}")], self.now + self.longest)

    def of_subject(self, issuer: str, subject: str) -> Marks | None:
        known = issuer in {principal.issuer for principal in self.tokens.values()}
        return [id_of(f"subject {issuer} {subject}")] if known else None

    def hear(self, ended: Iterable[TokensEnded]) -> None:
        self.ended += ended

    def clock(self) -> datetime:
        return self.now

    def ids(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def monotonic(self) -> float:
        return self.seconds

    async def caseload(self, principal: Principal) -> frozenset[str] | None:
        self.asked += 1
        return self.caseloads.get(principal.subject)

    async def release(self, prison: str, identifiers: Collection[str]) -> Mapping[str, date | None] | None:
        del prison
        return None if self.releases is None else {n: self.releases[n] for n in identifiers if n in self.releases}

    async def roll(self, prison: str, month: date) -> int | None:
        return await StandInRolls(self.rolls)(prison, month)

    async def authenticate(self, authorization: str | None) -> Principal:
        name = (authorization or "").removeprefix("Bearer ")
        found = self.tokens.get(name)
        if authorization is None or not authorization.startswith("Bearer ") or found is None:
            raise Unidentified
        return found


class _Standing:
    """The store of whichever world is on the stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stage.store, name)


class _Counting:
    """The figures of whichever world is on the stage: what a scraper would read of it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stage.figures, name)


class Theatre:
    """One application for all worlds of a run: making it costs more than most tests do."""

    def __init__(
        self,
        callers: Rate = _BOUNDLESS,
        peers: Rate = _BOUNDLESS,
        offers: Rate = _BOUNDLESS,
        lock_outs: Rate = _BOUNDLESS,
        telemetry: Telemetry | None = None,
        rollout: RollOut = EVERYWHERE,
    ) -> None:
        self.stage = stage = Stage()
        standing: Any = _Standing(stage)
        secrets = Secrets(b"tags" * 8, b"cursors!" * 4, b"bodies!!" * 4, b"actors!!" * 4)
        self.rechecked = Rechecked(stage.caseload, stage.monotonic)
        walls: Callable[[str], str] = lambda issuer: cast.WALLS.get(issuer, "EW")  # noqa: E731
        self.runtime = runtime(
            standing,
            stage.clock,
            stage.ids,
            self.rechecked,
            secrets,
            walls,
            lambda identifier_kind, identifier: stage.prison(identifier_kind, identifier),
            releases=stage.release,
            apart=lambda identifier_kind, identifiers: stage.apart(identifier_kind, identifiers),
            rolls=stage.roll,
            issuers=sorted({member.issuer for member in CAST.values()}),
            rollout=rollout,
            queues=stage.queues,
            door=stage,
        )

        async def database() -> bool:
            await stage.store.find(LedgerLine, Query(limit=1), everything(stage.now))  # type: ignore[union-attr]
            return True

        components = Components(dict.fromkeys(COMPONENTS, database), monotonic=stage.monotonic)
        self.sources = Sources(components=components, clock=lambda: stage.now.timestamp(), usage=lambda: Usage(0.0, 0))
        figures: Any = _Counting(stage)
        self.app: FastAPI = create_app(
            Backstage(
                runtime=self.runtime,
                authenticate=stage.authenticate,
                edge=Edge(
                    origin=ORIGIN,
                    callers=callers,
                    peers=peers,
                    offers=offers,
                    lock_outs=lock_outs,
                    strangers=_BOUNDLESS,
                    visitors=_BOUNDLESS,
                ),
                components=components,
                info=INFO,
                telemetry=telemetry or figures,
            )
        )
        if not _contract:
            _contract.append(contract.Contract(self.app))
        self.contract = _contract[0]  # rates are not in it

    def reset(self, store: Store) -> Stage:
        """An empty stage over that store, with everybody's tokens."""
        stage = self.stage
        stage.now, stage.random, stage.asked = START, Random(1), 0
        stage.seconds += 1000.0  # whatever was remembered for a while is forgotten
        stage.caseloads = {}
        stage.prison = StandInPrisonRecords(otherwise=FIT)
        stage.caseloads, stage.releases, stage.ended = {}, {}, []
        stage.apart, stage.rolls = StandInKeptApart(), {}
        stage.queues[:] = [tended()]
        self.runtime.remembered._kept.clear()
        self.app.state.tries = anonymous.tries()  # worlds are alike, and so are the codes that they print
        stage.tokens = {name: cast.principal(name) for name in CAST}
        stage.store = Watched(store, Seen())
        stage.figures = Scraped({"version": "1", "commit": "0e10013"}, self.sources)
        return stage


_contract: list[contract.Contract] = []
_theatre: list[Theatre] = []


def theatre() -> Theatre:
    """The one theatre, built when first asked for."""
    if not _theatre:
        _theatre.append(Theatre())
    return _theatre[0]


def actor_of(name: str) -> UUID:
    """Our id for a member. A person in custody has no row of his own: his is worked out with the service's key."""
    if name in cast.IN_CUSTODY:
        return theatre().runtime.actor_in_custody(cast.principal(name))
    return cast.actor(name)


def everything(now: datetime) -> Look:
    """A look that reaches every record: a test's own eyes."""
    return Look((), service_viewer(), now, _EVERYWHERE)


class World:
    """One store with its cast, on the stage. `world.officer` and `world["second-officer"]` speak as that member."""

    def __init__(self, house: Theatre, http: httpx.AsyncClient, store: Store) -> None:
        self.house = house
        self.http = http
        self.stage = house.reset(store)
        self.app = house.app
        self.heard: list[httpx.Response] = []

    @property
    def figures(self) -> Scraped:
        """What is counted since this world was made."""
        assert self.stage.figures is not None
        return self.stage.figures

    @property
    def seen(self) -> Seen:
        """What the store was asked for and what it kept."""
        assert self.stage.store is not None
        return self.stage.store.seen

    @property
    def now(self) -> datetime:
        """What the clock says."""
        return self.stage.now

    def later(self, **units: float) -> datetime:
        """Let time pass, as `timedelta` names it."""
        return self.at(self.now + timedelta(**units))

    def at(self, instant: datetime) -> datetime:
        """Set the clock; what is remembered by seconds grows as old."""
        self.stage.seconds += max(0.0, (instant - self.now).total_seconds())
        self.stage.now = instant
        return instant

    def __getitem__(self, name: str) -> "Voice":
        return Voice(self, name)

    def __getattr__(self, name: str) -> "Voice":
        if name not in CAST:
            raise AttributeError(name)
        return Voice(self, name)

    @property
    def stranger(self) -> "Voice":
        """Somebody without a token."""
        return Voice(self, None)

    async def furnish(self, *, furnished: bool) -> None:
        """The cast and, where `furnished`, the furniture."""
        await self.keep([*cast.records(), *(furniture.records() if furnished else ())])

    async def keep(self, records: Iterable[Record]) -> None:
        """Put records straight into the store. Nobody did it: it is not among what was seen."""
        assert self.stage.store is not None
        kept = [Kept(record, 0) for record in records]
        await self.stage.store.inner.settle(self._by_nobody(), kept, _EVERYWHERE)

    async def change(self, record: Record) -> None:
        """Put this in the place of the record as it is now, behind everybody's back."""
        assert self.stage.store is not None
        before = await self.record(type(record), record.id)
        await self.stage.store.inner.settle(self._by_nobody(), [Kept(record, before.version)], _EVERYWHERE)

    async def record(self, kind: type[R], id: UUID) -> R:
        """The record as it is kept."""
        (found,) = await self.records(kind, id=id)
        return found

    async def records(self, kind: type[R], **equal: Any) -> list[R]:
        """The records of a kind, as they are kept."""
        assert self.stage.store is not None
        query = Query(equal=equal, limit=10_000)
        return list(await self.stage.store.inner.find(kind, query, everything(self.now)))

    def entries(self) -> list[Entry]:
        """What acts wrote into the ledger, without what the service writes for itself."""
        return [entry for entry in self.seen.entries if entry.family is not Family.TICK]

    @property
    def last(self) -> Entry:
        """The newest of them."""
        return self.entries()[-1]

    def since(self, mark: int) -> list[Entry]:
        """The entries after the first `mark` of them."""
        return self.entries()[mark:]

    def _by_nobody(self) -> Entry:
        return Entry(
            id=EntryId(uuid4()),  # not the stage's: a world that is a copy has drawn none
            at=START,
            actor=None,
            client=None,
            role="SERVICE",
            assignment=None,
            purpose=None,
            verb="TICK",
            family=Family.TICK,
            rule=None,
            outcome=Outcome.DONE,
            code=None,
            prison=None,
            jurisdiction=None,
            closed=False,
        )


class Voice:
    """One member of the cast, speaking HTTP."""

    def __init__(self, world: World, name: str | None) -> None:
        self.world = world
        self.name = name

    async def send(
        self,
        method: str,
        path: str,
        *,
        body: Any = ...,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        key: str | None = None,
        tag: str | None = None,
        purpose: str | None = None,
        acting_as: object = None,
    ) -> httpx.Response:
        """One request, its answer held against the document. `body` goes as JSON, `content` as it is."""
        sent: dict[str, str] = {} if self.name is None else {"Authorization": f"Bearer {self.name}"}
        if body is not ...:
            content = json.dumps(body).encode()
        if content is not None:
            sent["Content-Type"] = "application/json"
        named = {"Idempotency-Key": key, "If-Match": tag, "Purpose-Of-Use": purpose}
        sent |= {name: value for name, value in named.items() if value is not None}
        if acting_as is not None:
            sent["Acting-As"] = str(acting_as)
        sent |= headers or {}
        answer = await self.world.http.request(method, path, content=content, headers=sent)
        self.world.house.contract.check(method, answer)
        self.world.heard.append(answer)
        return answer

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """Read."""
        return await self.send("GET", path, **more)

    async def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """Make, move or hand in; without a body, an empty object."""
        return await self.send("POST", path, body={} if body is None else body, **more)

    async def patch(self, path: str, body: Any, **more: Any) -> httpx.Response:
        """Amend."""
        return await self.send("PATCH", path, body=body, **more)

    async def tag(self, path: str, **more: Any) -> str:
        """The tag of a record as this member sees it now."""
        answer = await self.get(path, **more)
        assert answer.status_code == 200, answer.text
        return answer.headers["ETag"]


@asynccontextmanager
async def opened(store: Store, *, furnished: bool = True, house: Theatre | None = None) -> AsyncGenerator["World"]:
    """A world over that store, with its cast; and furnished, unless a story makes its own things. `house`: another
    theatre than the one of all worlds."""
    house = house or theatre()
    transport = httpx.ASGITransport(app=house.app)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as http:
        world = World(house, http, store)
        await stores.furnish(
            store, "furnished" if furnished else "peopled", partial(world.furnish, furnished=furnished)
        )
        yield world


def problem(answer: httpx.Response) -> tuple[int, str, list[tuple[str, str | None]]]:
    """(status, code, failures) of a problem. Its own page explains each of its codes."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    said = answer.json()
    assert said["status"] == answer.status_code
    slug = said["type"].rpartition("/")[2]
    assert [f["code"] for f in said["failures"] if not explained(slug, f["code"])] == [], slug
    return answer.status_code, said["code"], [(f["code"], f.get("path")) for f in said["failures"]]


def codes(answer: httpx.Response) -> list[str]:
    """The codes of a problem's failures."""
    return [code for code, _ in problem(answer)[2]]


def observed(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer that a caller can tell apart from another: its random id, of fixed length, aside."""
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, answer.content, headers
