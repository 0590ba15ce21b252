"""The composition root: the only module that knows where data rest. Everything else sees ports.

It opens what a process needs, in the order in which it can say no: settings, keys, issuers, the database's address, the
login (never a superuser, never the owner), the stamp (rule 22). Each refusal is one line.
"""

import contextlib
import os
import uuid
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from api import health
from api.app import Backstage
from api.caseloads import Rechecked, not_configured
from api.edge.install import Edge
from api.identity import configuration
from api.identity.demonstration import ISSUER, Demonstration
from api.identity.identifier import Identifier
from api.runtime import Runtime, Secrets, runtime
from api.settings import Settings
from api.work.bench import Bench, Tick, service_begin
from domain.confidentiality.principal import Principal
from domain.ports import Caseloads
from domain.sessions.expiring import expire
from persistence import embedded, guard, migrate, retention, stamp
from persistence import health as database_health
from persistence.engine import open_engine
from persistence.keys import Keys, WrongKeys, generate
from persistence.prison.standin import StandInCaseloads
from persistence.store import PostgresStore

__all__ = ["CannotStart", "Database", "Opened", "database", "opened", "prepare_demonstration"]

KEYS_FILE: Final = "keys"
_PRIVATE: Final = "PRIVATE KEY"


class CannotStart(Exception):
    """Why not, in one line for the operator."""


@dataclass(frozen=True, slots=True)
class Database:
    """Two logins of one database: the application's, and the owner's for migrations."""

    app_url: str
    owner_url: str
    folder: Path | None = None


@dataclass(slots=True)
class Opened:
    """What the wiring opened, for `serve`, `work` and the operator's commands."""

    backstage: Backstage
    bench: Bench
    runtime: Runtime
    store: PostgresStore
    stopping: Callable[[], bool] = field(default=lambda: False)


@contextlib.contextmanager
def database(settings: Settings) -> Iterable[Database]:  # type: ignore[misc]
    """The database of these settings; the embedded one is stopped at the end, if nobody else uses it."""
    if settings.database_url is not None:
        yield Database(settings.database_url, settings.migrations_url or settings.database_url)
        return
    try:
        found = embedded.start(settings.data)
    except embedded.EmbeddedUnavailable as error:
        raise CannotStart(str(error)) from None
    try:
        yield Database(found.app_url, found.owner_url, found.folder)
    finally:
        embedded.stop(found)
