"""The demonstration on stage, without a network or a database: one seeded store, and what runs on it."""

import itertools
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from api.app import Backstage
from api.demonstration import cast
from api.demonstration.year import Year
from api.edge.install import Edge
from api.health import Components
from api.identity.demonstration import ISSUER, Demonstration
from api.identity.identifier import Identifier
from api.info import Info
from api.runtime import Runtime, Secrets, runtime
from domain.confidentiality.principal import Principal
from domain.confidentiality.record import R
from domain.ports import Caseloads
from domain.supporters.record import Supporter
from persistence.memory import MemoryStore
from persistence.prison.standin import StandInCaseloads

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
"""Ten past two in the night, deep in its band."""
ZONE = "Europe/London"
INSTANTS = {
    "a night": NOW,
    "the first minute of a night": datetime(2026, 6, 30, 19, 30, tzinfo=UTC),
    "a new month here and not yet in UTC": datetime(2026, 6, 30, 23, 30, tzinfo=UTC),
    "the hour that comes twice": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    "the day after the hour that is left out": datetime(2027, 3, 29, 11, 0, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 17, 20, 1, tzinfo=UTC),
    "New Year": datetime(2027, 1, 1, 0, 0, 30, tzinfo=UTC),
}

INFO = Info.model_validate(
    {
        "git": {"branch": "main", "commit": {"id": "0e10013", "time": "2026-08-20T09:00:00Z"}},
        "build": {"artifact": "peer-support", "name": "peer-support", "version": "1", "time": "", "by": "ci"},
        "productId": "DPS999",
        "activeAgencies": ["MDI", "LEI"],
        "demonstration": True,
    }
)


def counting() -> Callable[[], UUID]:
    """Ids that are the same in every run: for comparing two runs, never for anything else."""
    numbers = itertools.count(1)
    return lambda: UUID(int=next(numbers) | 4 << 76 | 8 << 60)


def of(year: Year, kind: type[R]) -> list[R]:
    """A year's records of a kind."""
    return [r for r in year.records if type(r) is kind]


def by_id(records: Iterable[Any]) -> dict[UUID, Any]:
    """Records by id."""
    return {r.id: r for r in records}


def in_role(supporter: Supporter, day: date) -> bool:
    """Was he on probation or active on that day? Said here again, so that it is not taken on trust."""
    start = supporter.probation_from
    ends = [d for d in (supporter.left_on, supporter.paused_on) if d is not None]
    return start is not None and start <= day < min([*ends, date.max])


def records(store: MemoryStore, kind: type[R]) -> list[R]:
    """All records of a kind, out of anybody's reach."""
    return [r for r in store.records.values() if type(r) is kind]


def copy(store: MemoryStore) -> MemoryStore:
    """A store of one's own with the same records, for a test that changes something."""
    own = MemoryStore()
    own.records, own.letters, own.entries = dict(store.records), list(store.letters), list(store.entries)
    return own


def run_on(store: MemoryStore, caseloads: Caseloads | None = None, now: datetime = NOW) -> Runtime:
    """What routes and capacities run on, over this store."""
    secrets = Secrets(tags=bytes(32), cursors=bytes(range(32)), bodies=bytes(32), actors=bytes(32))
    asked = caseloads or StandInCaseloads(cast.caseloads())
    return runtime(store, lambda: now, uuid4, asked, secrets, lambda _issuer: "EW")


def served(store: MemoryStore, demonstration: Demonstration) -> Backstage:
    """The whole service over this store, trusting this demonstration."""
    identifier = Identifier([demonstration.profile], in_memory={ISSUER: demonstration.keys()})

    async def authenticate(authorization: str | None) -> Principal:
        return (await identifier.identify(authorization))[0]

    return Backstage(
        runtime=run_on(store),
        authenticate=authenticate,
        edge=Edge(origin="http://127.0.0.1:8000", demonstration=True),
        components=Components({}),
        info=INFO,
    )
