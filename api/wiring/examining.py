"""What a start needs, looked at one by one for an operator."""

from collections.abc import AsyncGenerator

from api.settings import Settings
from api.wiring.database import CannotStart, database, engine_of
from api.wiring.prison import prison_systems
from api.wiring.secrets import envelopes_of, identifying, keys_of
from persistence import guard, migrate, stamp
from persistence import health as database_health


async def examined(settings: Settings) -> AsyncGenerator[tuple[str, str | None]]:
    """Each thing that a start needs, with what is wrong with it (None: nothing)."""
    try:
        keys_of(settings)
        yield "keys", None
    except CannotStart as wrong:
        yield "keys", str(wrong)
    try:
        async with identifying(settings):
            yield "issuers", None
    except (CannotStart, ValueError) as wrong:
        yield "issuers", str(wrong)
    try:
        envelopes_of(settings)
        yield "envelopes", None
    except CannotStart as wrong:
        yield "envelopes", str(wrong)
    try:
        async with prison_systems(settings):
            yield "prison systems", None
    except CannotStart as wrong:
        yield "prison systems", str(wrong)
    with database(settings) as there:
        reason = await guard.cannot_connect(there.app_url)
        yield "database", reason
        if reason is not None:
            return
        behind = await migrate.current(there.app_url) != database_health.newest()
        yield "tables", "run peer-support migrate" if behind else None
        engine = await engine_of(there.app_url, 2)
        try:
            yield "login", await guard.refuse_dangerous_login(engine)
            stamped_here = not behind and await stamp.is_demonstration(engine)
            yield "stamp", "stamped as a demonstration" if stamped_here else None
        finally:
            await engine.close()
