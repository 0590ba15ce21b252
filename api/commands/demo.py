"""Everything on this machine with made-up people: database, tables, a year of data, tokens, the service (rule 22).

The signing key is made at start and dies with the process; tokens live twelve hours. An empty database is stamped as a
demonstration for good; one with rows and no stamp is refused, and nothing is written to it.
"""

import uuid
from datetime import UTC, datetime

from rich.console import Console

from api import logs
from api.commands import running
from api.demonstration import cast
from api.demonstration.examples import find_examples
from api.demonstration.seed import seed
from api.demonstration.telling import tell
from api.identity.demonstration import Demonstration
from api.settings import DEMONSTRATION_HOST, Settings
from api.wiring.database import CannotStart, database, migrated, stamped
from api.wiring.opening import MARK, opened, standin
from api.wiring.secrets import folder_of


async def demo(settings: Settings) -> None:
    """Start it, fill it once, tell how to use it, and serve until told to stop."""
    logs.configure()
    # Its tokens are printed on a screen: it is served to this machine alone, whatever HOST says.
    settings = settings.model_copy(update={"host": DEMONSTRATION_HOST})
    console = Console(soft_wrap=True, highlight=False)
    say = console.print
    running.listening(settings.host, settings.port).close()  # or it is found out after all the filling
    say("Everybody here is made up. Starting the database …")
    with database(settings) as there:
        say("Bringing it to this version's tables …")
        await migrated(there)
        fresh = await stamped(there)
        demonstration = Demonstration()
        caseloads = standin(cast.caseloads())
        async with opened(settings, at=there, demonstration=demonstration, caseloads=caseloads) as found:
            store = found.runtime.store
            if fresh:
                await seed(store, uuid.uuid4, datetime.now(UTC), say)
            examples = await find_examples(store, uuid.uuid4, datetime.now(UTC))
            if examples.listener is None:
                raise CannotStart(
                    "the demonstration was stopped while it was being filled: delete its database and start again"
                )
            tokens = cast.tokens(demonstration.issue)
            environment = {
                MARK: "yes",
                "DATABASE_URL": there.app_url,
                "KEYS": settings.keys or str(folder_of(settings, there) / "keys"),
            }
            await running.serve(
                settings,
                found,
                lambda: tell(console, settings.own_origin, tokens, examples, uuid.uuid4),
                environment,
            )
