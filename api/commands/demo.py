"""Everything on this machine with made-up people: database, tables, a year of data, tokens, the service (rule 22).

The signing key is made at start and dies with the process; tokens live twelve hours. An empty database is stamped as a
demonstration for good; one with rows and no stamp is refused, and nothing is written to it.
"""

import uuid
from datetime import UTC, date, datetime

from rich.console import Console

from api import logs
from api.commands import running
from api.commands.operating import out
from api.demonstration import cast, queue
from api.demonstration.examples import find_examples, places
from api.demonstration.happening import CannotHappen, Happening, Story, happen
from api.demonstration.seed import seed
from api.demonstration.telling import tell
from api.identity.demonstration import Demonstration
from api.settings import DEMONSTRATION_HOST, Settings
from api.wiring.database import CannotStart, database, migrated, stamped
from api.wiring.demonstrated import events_of, folder_without, refuse_real_systems, systems_of
from api.wiring.opening import MARK, opened, standin
from api.wiring.secrets import folder_of


async def demo(settings: Settings) -> None:
    """Start it, fill it once, tell how to use it, and serve until told to stop."""
    logs.configure()
    refuse_real_systems(settings)
    # Its tokens are printed on a screen: it is served to this machine alone, whatever HOST says.
    settings = settings.model_copy(update={"host": DEMONSTRATION_HOST, "metrics_host": DEMONSTRATION_HOST})
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
            systems = systems_of(folder_of(settings, there), _today)
            if fresh or systems.held is None:
                systems.hold(await places(store, uuid.uuid4, datetime.now(UTC)))
            tokens = cast.tokens(demonstration.issue)
            environment = {
                MARK: "yes",
                "METRICS_HOST": DEMONSTRATION_HOST,
                "DATABASE_URL": there.app_url,
                "KEYS": settings.keys or str(folder_of(settings, there) / "keys"),
            }
            await running.serve(
                settings,
                found,
                lambda: tell(console, settings.own_origin, tokens, examples, uuid.uuid4),
                environment,
            )


def story(what: str, number: str, *, to: str | None, other: str | None, code: str | None) -> Story:
    """What is to happen, as it was typed. Raises `CannotStart`."""
    if what not in list(Happening):
        raise CannotStart(f"what happens is one of {', '.join(Happening)}")
    return Story(Happening(what), number, to, other, code)


def event(settings: Settings, story: Story) -> None:
    """Make something happen in the prisons of the demonstration: their systems hold it, and tell it to the service."""
    refuse_real_systems(settings)
    folder, now = folder_without(settings), datetime.now(UTC)
    systems = systems_of(folder, _today)
    held = systems.held
    if held is None:
        raise CannotStart(f"no demonstration has been started in {folder}: run peer-support demo")
    try:
        then, messages = happen(held, story, now)
    except CannotHappen as wrong:
        raise CannotStart(str(wrong)) from None
    systems.hold(then)
    queue.put(events_of(folder), messages, now)
    out.print(f"{len(messages)} told: a demonstration that is running takes them in within seconds, else the next one")


def _today() -> date:
    return datetime.now(UTC).date()
