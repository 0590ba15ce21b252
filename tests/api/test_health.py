"""Health, readiness and information: what they say, what they never say, and how they behave when something is away."""

import asyncio
import logging
from typing import Any

import pytest
from fastapi import FastAPI

from api import health, route_index
from api.health import Check, Components, Told
from api.info import Info
from api.openapi import Marks, finish
from tests.api.sample import Clock, application, client
from tests.api.test_openapi_finish import bare

CANARY = "host=db.internal password=canary"

INFO = Info.model_validate(
    {
        "git": {"branch": "main", "commit": {"id": "0e10013", "time": "2026-08-20T09:00:00Z"}},
        "build": {"artifact": "peer-support", "name": "peer-support", "version": "1", "time": "", "by": "ci"},
        "productId": "DPS999",
        "activeAgencies": ["MDI", "LEI"],
        "demonstration": True,
    }
)


class Component:
    """A component that a test turns off, breaks, or makes silent."""

    def __init__(self, behaviour: str = "up") -> None:
        self.behaviour = behaviour
        self.asked = 0

    async def __call__(self) -> bool:
        self.asked += 1
        match self.behaviour:
            case "up":
                return True
            case "down":
                return False
            case "silent":
                await asyncio.sleep(3600)
                return True
            case _:
                raise ConnectionError(CANARY)


def served(components: Components) -> FastAPI:
    """The sample application with these components, inside the real edge."""

    def add(app: FastAPI) -> None:
        route_index.join(app, health.routes(components, INFO))

    return application(add)


def made(db: Check, ledger: Check | None = None, **further: Any) -> Components:
    """A database and a ledger, with a clock that stands still."""
    settings: dict[str, Any] = {"monotonic": Clock()} | further
    return Components({"db": db, "ledger": ledger or Component()}, **settings)


async def test_all_is_well() -> None:
    """Each address says UP; /health lists each component by name and says nothing else."""
    async with client(served(made(Component()))) as http:
        for name in ("ping", "liveness", "readiness"):
            answer = await http.get(f"/health/{name}")
            assert (answer.status_code, answer.content) == (200, b'{"status":"UP"}')
        answer = await http.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "UP", "components": {"db": {"status": "UP"}, "ledger": {"status": "UP"}}}


@pytest.mark.parametrize("behaviour", ["down", "broken", "silent"])
async def test_the_database_is_away(behaviour: str, caplog: pytest.LogCaptureFixture) -> None:
    """Readiness 503, liveness and ping 200, /health says which; an error's text is nowhere, its type in the log."""
    components = made(Component(behaviour), patience=0.05)
    with caplog.at_level(logging.INFO):
        async with client(served(components)) as http:
            ready, alive = await http.get("/health/readiness"), await http.get("/health/liveness")
            ping, whole = await http.get("/health/ping"), await http.get("/health")
    assert (ready.status_code, ready.content) == (503, b'{"status":"DOWN"}')
    assert (alive.status_code, alive.content) == (200, b'{"status":"UP"}')
    assert ping.status_code == 200
    assert (whole.status_code, whole.json()["status"]) == (503, "DOWN")
    assert whole.json()["components"] == {"db": {"status": "DOWN"}, "ledger": {"status": "UP"}}
    assert "canary" not in ready.text + whole.text + caplog.text + str([record.__dict__ for record in caplog.records])
    told = {
        (record.__dict__["component"], record.__dict__["error"]) for record in caplog.records if "down" in record.msg
    }
    assert told == {("db", {"down": "refused", "broken": "ConnectionError", "silent": "TimeoutError"}[behaviour])}


async def test_a_silent_component_costs_no_more_than_its_time() -> None:
    """All are asked at once: three that are silent take as long as one."""
    silent = {name: Component("silent") for name in ("a", "b", "c")}
    components = Components(silent, patience=0.1)
    async with asyncio.timeout(0.25):
        states = await components.states()
    assert set(states.values()) == {health.HealthState.DOWN}


async def test_what_was_said_is_believed_for_two_seconds_and_back_is_back() -> None:
    """Probes from many places are one query; and a database that returns is seen without a restart."""
    clock, db = Clock(), Component("down")
    components = made(db, monotonic=clock)
    async with client(served(components)) as http:
        await asyncio.gather(*(http.get("/health") for _ in range(20)), http.get("/health/readiness"))
        assert db.asked == 1
        db.behaviour = "up"
        clock.now = 1.9
        assert (await http.get("/health/readiness")).status_code == 503
        clock.now = 2.0
        assert (await http.get("/health/readiness")).status_code == 200
    assert db.asked == 2


async def test_only_what_is_needed_decides_readiness() -> None:
    """A component that others can do without is told by /health and keeps nobody out."""
    components = made(Component(), Component("down"), needed={"db"})
    async with client(served(components)) as http:
        assert (await http.get("/health/readiness")).status_code == 200
        assert (await http.get("/health")).status_code == 503


def test_a_needed_component_without_a_check_stops_the_start() -> None:
    """Or readiness would never say what it was asked to."""
    with pytest.raises(ValueError, match="needed"):
        made(Component(), needed={"queue"})


async def test_readiness_does_not_wait_for_what_is_not_needed() -> None:
    """A system elsewhere that hangs is listed DOWN, and a probe hears at once that requests may be sent here."""
    hanging = Component("silent")
    components = Components({"db": Component(), "elsewhere": hanging}, needed={"db"}, monotonic=Clock(), patience=2.0)
    async with client(served(components)) as http:
        whole = asyncio.create_task(http.get("/health"))
        await asyncio.sleep(0.05)
        assert (await asyncio.wait_for(http.get("/health/readiness"), 1.0)).status_code == 200
        answer = await whole
    assert answer.json()["components"] == {"db": {"status": "UP"}, "elsewhere": {"status": "DOWN"}}
    assert hanging.asked == 1


async def test_what_a_process_may_have_is_in_every_document_and_in_the_answers_of_those_that_have_it() -> None:
    """So that the document does not depend on where it was made: the member is optional, and never null."""
    documents: list[object] = []
    for has in ({}, {"elsewhere": Component()}):
        components = Components({"db": Component(), **has}, needed={"db"}, may_have=("elsewhere",), monotonic=Clock())
        app = served(components)
        async with client(app) as http:
            told = (await http.get("/health")).json()["components"]
        assert set(told) == {"db", *has}
        documents.append(app.openapi()["components"]["schemas"]["HealthComponents"])
    assert documents[0] == documents[1]
    assert documents[0]["required"] == ["db"]  # type: ignore[index]
    assert documents[0]["properties"]["elsewhere"] == {"$ref": "#/components/schemas/HealthStatus"}  # type: ignore[index]


async def test_what_a_component_says_of_itself_is_told_beside_its_state() -> None:
    """Counts of a queue, in the estate's words, whether it is up or down; of one that cannot be asked, the state alone.
    The document says so of those that may have them."""
    details = health.QueueDetails.model_validate({"messagesOnQueue": 3, "messagesInFlight": 1, "dlqStatus": "DOWN"})

    async def queue() -> Told:
        return Told(False, details)

    detailed = {"events": health.QueueHealth, "commands": health.QueueHealth}
    checks: dict[str, Check] = {"db": Component(), "events": queue, "commands": Component("broken")}
    app = served(Components(checks, needed={"db"}, may_have=detailed, detailed=detailed, monotonic=Clock()))
    async with client(app) as http:
        answer = await http.get("/health")
        assert (await http.get("/health/readiness")).status_code == 200
    assert (answer.status_code, answer.json()["components"]) == (
        503,
        {
            "db": {"status": "UP"},
            "events": {
                "status": "DOWN",
                "details": {"messagesOnQueue": 3, "messagesInFlight": 1, "dlqStatus": "DOWN"},
            },
            "commands": {"status": "DOWN"},
        },
    )
    schemas = app.openapi()["components"]["schemas"]
    assert schemas["HealthComponents"]["properties"]["events"] == {"$ref": "#/components/schemas/QueueHealth"}
    assert set(schemas["QueueDetails"]["required"]) == {"messagesOnQueue", "messagesInFlight", "dlqStatus"}


async def test_a_process_that_ends_is_not_ready_and_still_alive() -> None:
    """Told to stop, it says so at once, without asking anybody: the balancer looks elsewhere while work is finished."""
    db = Component()
    async with client(served(made(db, stopping=lambda: True))) as http:
        assert (await http.get("/health/readiness")).status_code == 503
        assert (await http.get("/health/liveness")).status_code == 200
    assert db.asked == 0


async def test_info_is_the_estates() -> None:
    """git, build, productId, activeAgencies by HMPPS's names, and that it is a demonstration; no more."""
    async with client(served(made(Component()))) as http:
        answer = await http.get("/info")
    assert answer.json() == {
        "git": {"branch": "main", "commit": {"id": "0e10013", "time": "2026-08-20T09:00:00Z"}},
        "build": {"artifact": "peer-support", "name": "peer-support", "version": "1", "time": "", "by": "ci"},
        "productId": "DPS999",
        "activeAgencies": ["MDI", "LEI"],
        "demonstration": True,
    }


def test_the_document_tells_of_them_truly() -> None:
    """Open, each with its own 503 where it can say DOWN, and the components by name."""
    tags = [{"name": name, "description": "Some."} for name in ("problems", "schemes", "health")]
    app = bare(openapi_tags=tags)
    route_index.join(app, health.routes(made(Component()), INFO))
    document = finish(app, Marks())
    paths = document["paths"]
    for path in ("/health", "/health/ping", "/health/liveness", "/health/readiness", "/info"):
        assert paths[path]["get"]["security"] == [{}]
    assert "503" not in paths["/health/liveness"]["get"]["responses"]
    down = paths["/health/readiness"]["get"]["responses"]["503"]
    assert down["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/HealthStatus"}
    assert set(document["components"]["schemas"]["HealthComponents"]["properties"]) == {"db", "ledger"}
