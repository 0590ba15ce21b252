"""The stamp of a demonstration: set once on an empty database, and there for good (rule 22).

A stamped database serves only under the demonstration; one that is not stamped and has rows is somebody's, and the
demonstration refuses it.
"""

from typing import Final

from persistence import statements
from persistence.engine import Connected, Engine
from persistence.mapping import MAPPED
from persistence.scope import EVERYWHERE

_ANY_ROW: Final = (
    "select " + " or ".join(f"exists (select from {of.name})" for of in MAPPED.values()) + " as found"  # noqa: S608 - ours
)
_READ: Final = "select kind from stamp"
_SET: Final = "insert into stamp (id, kind) values (true, 'demonstration')"


class NotEmpty(Exception):
    """The database holds rows and no stamp, so it is no demonstration's."""


async def is_demonstration(engine: Engine) -> bool:
    """Is this database stamped?"""
    return bool(await engine.fetch(_READ, []))


async def is_empty(engine: Engine) -> bool:
    """Is there no record and no entry at all?"""
    async with engine.transaction() as open:
        return await _empty(open)


async def stamp_demonstration(engine: Engine) -> None:
    """Stamp an empty database; one that is stamped stays so. Raises `NotEmpty`, and writes nothing then."""
    async with engine.transaction(serializable=True) as open:
        if await open.fetch(_READ, []):
            return
        if not await _empty(open):
            raise NotEmpty
        await open.fetch(_SET, [])
        await open.commit()


async def _empty(open: Connected) -> bool:
    scope = statements.scope()
    await open.fetch(scope.sql, scope.arguments({"prisons": EVERYWHERE, "participation": "yes"}))
    return not (await open.fetch(_ANY_ROW, []))[0]["found"]
