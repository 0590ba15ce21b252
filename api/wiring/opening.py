"""Everything that a process needs, put together."""

import contextlib
import logging
import os
import uuid
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from api import health
from api.app import Backstage
from api.capacities import service_viewer
from api.caseloads import Rechecked
from api.document import COMPONENTS, DETAILED, UPSTREAMS
from api.edge.install import Edge
from api.hearing import hearing
from api.identity.demonstration import Demonstration
from api.identity.identifier import Identifier
from api.info import Info
from api.messages.consumer import Queue
from api.messages.hooks import Webhooks
from api.messages.relay import Relay
from api.messages.running import Seen, queues_seen
from api.runtime import Runtime, Secrets, runtime
from api.settings import Settings
from api.wiring.database import CannotStart, Database, database, engine_of, refuse_wrong_database
from api.wiring.prison import PrisonSystems, going_round, prison_systems
from api.wiring.secrets import NO_ENVELOPES, envelopes_of, folder_of, identifying, keys_of, marking_of, staff_issuers
from api.wiring.telemetry import collected, port_of, scraped
from api.wiring.timers import bench_of
from api.work.bench import Bench, service_begin
from domain.confidentiality.principal import Principal
from domain.kernel.errors import Unidentified
from domain.kernel.rollout import rolled_out
from domain.oversight.record import Actor
from domain.people.record import Person
from domain.ports import Caseloads, Look, Query, Scope
from domain.sessions.asked_about import asked_about
from persistence import health as database_health
from persistence.cipher import Unopenable
from persistence.engine import Engine
from persistence.keys import Keys
from persistence.ledger.tail import LedgerTail
from persistence.prison.standin import StandInCaseloads
from persistence.store import PostgresStore

if TYPE_CHECKING:
    from api.telemetry.scraped import Scraped

log = logging.getLogger("peer_support.start")
security_log = logging.getLogger("peer_support.security")
MARK: Final = "PEER_SUPPORT_DEMONSTRATION"
"""Set by `demo` for its own worker alone."""


@dataclass(slots=True)
class Stopping:
    """That the process has been told to end: from then on it is not ready."""

    told: bool = False

    def __call__(self) -> bool:
        return self.told


@dataclass(frozen=True, slots=True)
class Opened:
    """What the wiring opened, for `serve`, `work` and the operator's commands."""

    backstage: Backstage
    bench: Bench
    runtime: Runtime
    engine: Engine
    stopping: Stopping = field(default_factory=Stopping)
    events: Queue | None = None
    """Where the prison's events come from, if not from the queue of the settings: those of a demonstration."""
    figures: "Scraped | None" = None
    """What a scraper reads of this process; None: no port is set for it."""


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    at: Database | None = None,
    demonstration: Demonstration | None = None,
    caseloads: StandInCaseloads | None = None,
    for_work: bool = False,
) -> AsyncGenerator[Opened]:
    """Everything a process needs. `at`: a database that is open already. `for_work`: a worker or an operator's command,
    which verifies no tokens. Raises `CannotStart`."""
    demonstrated = demonstration is not None or os.environ.get(MARK) == "yes"
    async with contextlib.AsyncExitStack() as stack:
        there = at or stack.enter_context(database(settings))
        keys = keys_of(settings, folder_of(settings, there) if demonstrated else None)
        envelopes = envelopes_of(settings)
        if envelopes is None and not for_work:  # once: not of the worker and each of its jobs again
            log.warning(NO_ENVELOPES)
        engine = await engine_of(there.app_url, settings.pool_size)
        stack.push_async_callback(engine.close)
        await refuse_wrong_database(engine, there, demonstrated)
        store = PostgresStore(engine, keys, _now)
        stack.push_async_callback(store.close)
        await _refuse_wrong_keys(store)
        identifier = None
        if not for_work:
            way_in = identifying(settings, demonstration, marking_of(keys))
            identifier = await stack.enter_async_context(way_in)
        events: Queue | None = None
        if demonstrated:
            elsewhere, events = _made_up(settings, there)
        else:
            issuers = () if identifier is None else staff_issuers(settings)
            elsewhere = await stack.enter_async_context(prison_systems(settings, issuers, for_work=for_work))
        source: Caseloads = Rechecked(elsewhere.caseloads if caseloads is None else caseloads)
        seen = Seen()
        if not for_work:
            seen = await stack.enter_async_context(queues_seen(settings))
        behind = runtime(
            store,
            _now,
            uuid.uuid4,
            source,
            _secrets(keys),
            lambda _issuer: settings.jurisdiction,
            releases=elsewhere.releases,
            prison=elsewhere.records,
            apart=elsewhere.apart,
            rolls=elsewhere.rolls,
            whereabouts=elsewhere.whereabouts,
            residents=elsewhere.residents,
            issuers=() if identifier is None else identifier.state(),
            rollout=rolled_out(settings.active_agencies),
            queues=seen.queues,
            door=identifier,
        )
        if not for_work:  # tokens are verified, and offers made, where requests are answered
            await stack.enter_async_context(hearing(behind))
            whom = partial(_asked_about, behind)
            await stack.enter_async_context(going_round(elsewhere, whom))
        port = port_of(settings, for_work=for_work)
        exporting = await stack.enter_async_context(collected(settings, numbers=port is None))
        stopping = Stopping()
        components = _components(store, identifier, stopping, {**elsewhere.checks, **seen.checks})
        figures = None
        if port is not None:
            figures = scraped(settings, behind, engine, None if for_work else components, exporting)
        edge = Edge(origin=settings.own_origin, demonstration=demonstrated)
        backstage = Backstage(
            runtime=behind,
            authenticate=partial(_authenticate, identifier),
            edge=edge,
            components=components,
            info=Info.model_validate(_info(settings, demonstrated)),
            jurisdiction=settings.jurisdiction,
            on_unidentified=_noted_in_the_security_log,
            telemetry=exporting if figures is None else figures,
        )
        seal = None if envelopes is None else envelopes.seal
        relay = None
        if for_work:
            # Imported by a worker alone: what speaks to AWS is heavy, and no request needs it.
            from api.messages.sns import destinations, untraced

            told = destinations(
                settings.aws_region,
                settings.domain_events_topic_arn,
                settings.audit_sqs_queue_url,
                untraced if exporting is None else exporting.handing_over,
            )
            topic, audit = await stack.enter_async_context(told)
            relay = Relay(behind, LedgerTail(engine), settings.own_origin, Webhooks(), topic, audit)
        bench = bench_of(behind, engine, seal, relay)
        if figures is not None:
            bench = replace(bench, ran=figures.ran)
        yield Opened(backstage, bench, behind, engine, stopping, events, figures)


def _made_up(settings: Settings, there: Database) -> tuple[PrisonSystems, Queue]:
    """The systems of a demonstration, whose people are looked up nowhere else, and what they tell."""
    # Imported for a demonstration alone: a real service has no use for its people.
    from api.wiring.demonstrated import demonstrated_systems, queue_of, refuse_real_systems, systems_of

    refuse_real_systems(settings)
    folder = folder_of(settings, there)
    return demonstrated_systems(systems_of(folder, lambda: _now().date())), queue_of(folder)


def _now() -> datetime:
    return datetime.now(UTC)


def _secrets(keys: Keys) -> Secrets:
    return Secrets(
        tags=keys.derive("http.tags"),
        cursors=keys.derive("http.cursors"),
        bodies=keys.derive("http.bodies"),
        actors=keys.derive("http.actors"),
        codes={n: keys.derive("feedback.codes", n) for n in (keys.newest, *keys.versions)},
        holds={n: keys.derive("chronology.holds", n) for n in (keys.newest, *keys.versions)},
        signatures={n: keys.derive("signatures", n) for n in (keys.newest, *keys.versions)},
    )


async def _refuse_wrong_keys(store: PostgresStore) -> None:
    """What is sealed here opens with these keys, or nothing is served: found out now, not at 02:10."""
    look = Look((), service_viewer(), _now(), Scope(None, True))
    try:
        for kind in (Actor, Person):
            list(await store.find(kind, Query(limit=1), look))  # a row is opened as it is read
    except Unopenable:
        raise CannotStart("KEYS: these keys do not open what this database holds") from None


async def _authenticate(identifier: Identifier | None, authorization: str | None) -> Principal:
    if identifier is None:
        raise Unidentified
    return (await identifier.identify(authorization))[0]


def _noted_in_the_security_log(address: str) -> None:
    security_log.warning("no valid token", extra={"address": address})


def _components(
    store: PostgresStore,
    identifier: Identifier | None,
    stopping: Stopping,
    elsewhere: Mapping[str, health.Check],
) -> health.Components:
    async def db() -> bool:
        found = await database_health.ping(store)
        return found.database and found.migrations

    async def ledger() -> bool:
        return (await database_health.ping(store)).ledger

    async def token_keys() -> bool:
        # Keys are fetched when they are first needed, so that a start depends on no issuer: unused is not unwell.
        states = identifier.state().values() if identifier is not None else ()
        return all(state.usable or state.age is None for state in states)

    checks: dict[str, health.Check] = dict(zip(COMPONENTS, (db, ledger, token_keys), strict=True))
    checks |= elsewhere
    may_have = (*UPSTREAMS, *DETAILED)
    return health.Components(checks, needed=("db", "ledger"), may_have=may_have, detailed=DETAILED, stopping=stopping)


async def _asked_about(behind: Runtime) -> Mapping[str, Sequence[str]]:
    return await asked_about(service_begin(behind))


def _info(settings: Settings, demonstrated: bool) -> dict[str, object]:
    version = settings.build_version
    return {
        "git": {"branch": settings.git_branch, "commit": {"id": settings.git_commit, "time": version[:10]}},
        "build": {
            "artifact": "peer-support",
            "name": "peer-support",
            "version": version,
            "time": version[:10],
            "by": "build",
        },
        "productId": settings.product_id,
        "activeAgencies": list(settings.active_agencies),
        "demonstration": demonstrated,
    }


def standin(caseloads: Mapping[str, Collection[str]]) -> StandInCaseloads:
    """Made-up caseloads for the demonstration: which prisons each member of staff works in."""
    return StandInCaseloads(caseloads)
