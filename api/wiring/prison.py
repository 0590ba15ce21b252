"""The prison's systems of record, as the settings have them: what is not configured is not asked, and not known.

They are asked by the service in its own name, and what they hear tells nobody there who asked for whom (rules 3 and 4).
None of them makes this process unready: whatever they know can wait for a morning, and a request for help cannot.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import httpx

from api import health
from api.caseloads import not_configured
from api.document import UPSTREAMS
from api.identity.issuers import require_safe_url
from api.runtime import unasked
from api.settings import Settings
from api.telemetry.traced import passed_on
from api.wiring.database import CannotStart
from domain.kernel.whereabouts import Residents, Whereabouts, no_residents, nobody_located
from domain.kernel.words import camel
from domain.ports import Caseloads, KeptApart, PrisonRecords, Releases, Rolls, no_roll, nobody_can_say, nothing_known
from persistence.prison.apart import ANEW, BELIEVED, EVERY, KnownApart
from persistence.prison.caseloads import ManagedCaseloads
from persistence.prison.facts import BELIEVED as FACTS_BELIEVED
from persistence.prison.facts import PrisonFactsFound
from persistence.prison.search import NOMS, SearchedReleases, SearchedResidents, SearchedWhereabouts
from persistence.prison.sending import Patience, Sending
from persistence.prison.tokens import Tokens
from persistence.prison.upstream import Upstream

log = logging.getLogger("peer_support.prison")

_THIS_MACHINE: Final = ("all://localhost", "all://127.0.0.1", "all://[::1]")
_AFTER_FAILURE: Final = 60.0
ADDRESSES: Final = (
    "prisoner_search_url",
    "alerts_url",
    "csip_url",
    "activities_url",
    "non_associations_url",
    "manage_users_url",
)
_TOKEN_PATH: Final = "/oauth/token"  # noqa: S105 - a path

AskedAbout = Callable[[], Awaitable[Mapping[str, Sequence[str]]]]
"""Whose non-associations are asked about by the clock, by the kind of their identifiers."""


@dataclass(frozen=True, slots=True)
class PrisonSystems:
    """What may be asked of them, as the domain asks it. The roll of a past month is in no real system: they say how
    many are there today (hmpps.md 6), so that of `rolls` the demonstration alone has a source."""

    records: PrisonRecords = nothing_known
    releases: Releases = unasked
    apart: KeptApart = nobody_can_say
    caseloads: Caseloads = not_configured
    whereabouts: Whereabouts = nobody_located
    residents: Residents = no_residents
    rolls: Rolls = no_roll
    checks: Mapping[str, health.Check] = field(default_factory=dict[str, health.Check])
    rounds: Callable[[AskedAbout], Awaitable[None]] | None = None
    """Asks about non-associations by the clock, for as long as it is awaited."""


@asynccontextmanager
async def prison_systems(
    settings: Settings, caseload_issuers: Collection[str] = (), *, for_work: bool = False
) -> AsyncGenerator[PrisonSystems]:
    """Those that are configured. `caseload_issuers`: whose names of staff are the estate's own. `for_work`: what asks
    comes by the clock, or from an event that says that something has changed. Raises `CannotStart`: an address is none,
    or not safe; or an address is set and no client."""
    addresses = {name: getattr(settings, name) for name in ADDRESSES if getattr(settings, name) is not None}
    if not addresses:
        yield PrisonSystems()
        return
    token_url, client, secret = settings.prison_token_url, settings.prison_client_id, settings.prison_client_secret
    if token_url is None or client is None or secret is None:
        raise CannotStart("PRISON_TOKEN_URL, PRISON_CLIENT_ID and PRISON_CLIENT_SECRET are set with an address to ask")
    for name, address in {**addresses, "prison_token_url": token_url}.items():
        try:
            require_safe_url(address, name.upper())
        except ValueError as wrong:
            raise CannotStart(str(wrong)) from None
    patience = Patience(settings.prison_connect_seconds, settings.prison_read_seconds, settings.prison_whole_seconds)
    async with httpx.AsyncClient(follow_redirects=False, mounts=dict.fromkeys(_THIS_MACHINE)) as http:
        sending = Sending(http, patience, trace=passed_on)
        tokens = Tokens(token_url, client, secret.get_secret_value(), sending=sending, monotonic=time.monotonic)
        found = {
            name: Upstream(camel(name.removesuffix("_url")), address, sending=sending, tokens=tokens)
            for name, address in addresses.items()
        }
        checks = {each.name: each.ping for each in found.values()}
        if token_url.endswith(_TOKEN_PATH):  # the estate's issuer has its ping beside it
            issuer = Upstream(UPSTREAMS[0], token_url.removesuffix(_TOKEN_PATH), sending=sending, tokens=None)
            checks = {issuer.name: issuer.ping, **checks}
        apart = _apart(found.get("non_associations_url"), settings, ANEW if for_work else BELIEVED)
        try:
            yield _systems(found, apart, caseload_issuers, checks, 0 if for_work else FACTS_BELIEVED)
        finally:
            await tokens.aclose()
            if apart is not None:
                await apart.aclose()


def _systems(
    found: Mapping[str, Upstream],
    apart: KnownApart | None,
    caseload_issuers: Collection[str],
    checks: Mapping[str, health.Check],
    believed: float,
) -> PrisonSystems:
    search, users = found.get("prisoner_search_url"), found.get("manage_users_url")
    facts = search and PrisonFactsFound(
        search,
        alerts=found.get("alerts_url"),
        csip=found.get("csip_url"),
        activities=found.get("activities_url"),
        believed=believed,
    )
    return PrisonSystems(
        records=facts or nothing_known,
        releases=SearchedReleases(search) if search else unasked,
        apart=apart or nobody_can_say,
        caseloads=ManagedCaseloads(users, issuers=caseload_issuers) if users else not_configured,
        whereabouts=SearchedWhereabouts(search) if search else nobody_located,
        residents=SearchedResidents(search) if search else no_residents,
        checks=checks,
        rounds=None if apart is None else lambda whom: _rounds(apart, whom),
    )


def _apart(non_associations: Upstream | None, settings: Settings, believed: float) -> KnownApart | None:
    if non_associations is None:
        return None
    recorded = settings.co_defendants_as_non_associations
    return KnownApart(non_associations, recorded_as_non_associations=recorded, believed=believed)


async def _rounds(apart: KnownApart, whom: AskedAbout) -> None:
    while True:
        try:
            done = await apart.ask_again((await whom()).get(NOMS.kind, ()))
        except Exception as error:  # a database that is away, say: the next round is tried all the same
            log.warning("a round failed", extra={"error": type(error).__name__})
            done = False
        await asyncio.sleep(EVERY if done else _AFTER_FAILURE)


@asynccontextmanager
async def going_round(systems: PrisonSystems, whom: AskedAbout) -> AsyncGenerator[None]:
    """Asks by the clock while this is open, where there is somebody to ask."""
    if systems.rounds is None:
        yield
        return
    task = asyncio.ensure_future(systems.rounds(whom))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
