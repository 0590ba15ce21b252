"""Which database, with which login; its tables, its roles, its stamp."""

import contextlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from api.settings import Settings
from persistence import embedded, guard, migrate, roles, stamp
from persistence import health as database_health
from persistence.engine import Engine, open_engine


class CannotStart(Exception):
    """Why not, in one line for the operator."""


@dataclass(frozen=True, slots=True)
class Database:
    """Two logins of one database: the application's, and the owner's for migrations. `folder` if it is embedded."""

    app_url: str
    owner_url: str
    folder: Path | None = None

    @property
    def owner_setting(self) -> str:
        """The setting that says where the owner logs in, as the operator set it."""
        return "DATABASE_URL" if self.owner_url == self.app_url else "MIGRATIONS_URL"


@contextlib.contextmanager
def database(settings: Settings) -> Generator[Database]:
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


async def engine_of(url: str, size: int) -> Engine:
    try:
        return await open_engine(url, size=size)
    except ValueError:
        raise CannotStart("DATABASE_URL cannot be read: postgresql://login:password@host:5432/database") from None


async def refuse_wrong_database(engine: Engine, there: Database, demonstrated: bool) -> None:
    """Reached, at our tables, with a weak login, and of the right sort."""
    if (reason := await guard.cannot_connect(there.app_url)) is not None:
        raise CannotStart(f"DATABASE_URL: {reason}")
    if await database_health.revision(engine) != database_health.newest():
        raise CannotStart("the database is not at this version's tables: run peer-support migrate")
    if (reason := await guard.refuse_dangerous_login(engine)) is not None:
        raise CannotStart(f"DATABASE_URL: {reason}")
    if await stamp.is_demonstration(engine) is not demonstrated:
        raise CannotStart(
            "this database holds no demonstration: it is not served as one"
            if demonstrated
            else "this database is stamped as a demonstration, for good: it serves under peer-support demo alone"
        )


async def migrated(there: Database, *, down: bool = False) -> None:
    """Up to this version's tables; `down`: to none. Raises `CannotStart`."""
    if (reason := await guard.cannot_connect(there.owner_url)) is not None:
        raise CannotStart(f"{there.owner_setting}: {reason}")
    try:
        await (migrate.downgrade(there.owner_url) if down else migrate.upgrade(there.owner_url))
    except migrate.Refused as refusal:
        raise CannotStart(str(refusal)) from None


async def prepared(there: Database) -> tuple[str, ...]:
    """Make the roles with the owner's login; the SQL for somebody else where that login may not."""
    if (reason := await guard.cannot_connect(there.owner_url)) is not None:
        raise CannotStart(f"{there.owner_setting}: {reason}")
    async with migrate.connected(there.owner_url) as connection:
        name = (await connection.exec_driver_sql("select current_database()")).scalar_one()
        statements = roles.statements(str(name))
        try:
            for statement in statements:
                await connection.exec_driver_sql(statement)
            await connection.commit()
        except DBAPIError:
            return statements
    return ()


async def stamped(there: Database) -> bool:
    """Make this database a demonstration's, for good. True: it was empty, and is to be filled. Raises `CannotStart`."""
    engine = await engine_of(there.app_url, 2)
    try:
        if await stamp.is_demonstration(engine):
            return False
        await stamp.stamp_demonstration(engine)
    except stamp.NotEmpty:
        raise CannotStart("this database holds rows that no demonstration made: nothing was written") from None
    finally:
        await engine.close()
    return True
