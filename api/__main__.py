"""`peer-support`: serve, demo, demo-event, work, migrate, database, grant-first, token, policy, openapi, asyncapi,
windows, queue and doctor."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from api import policy_text, settings
from api.commands import operating, running, windows
from api.identity.configuration import IssuersUnreadable
from api.wiring.database import CannotStart
from api.wiring.windows import CannotOpen
from domain.kernel.errors import NotNow, Unacceptable, Unavailable

app = typer.Typer(
    name="peer-support",
    help="The REST API under peer support in prisons. Settings come from the environment; the README lists them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_database = typer.Typer(help="The database: its roles.", no_args_is_help=True)
app.add_typer(_database, name="database")
_queue = typer.Typer(help="The queue of the prison's events.", no_args_is_help=True)
app.add_typer(_queue, name="queue")


@app.command()
def serve() -> None:
    """Serve requests, with a worker inside unless WORK_INSIDE=false."""
    running.run(operating.serve(settings.read()))


@app.command()
def demo() -> None:
    """Everything on this machine, with made-up people: database, a year of data, tokens, the service."""
    # Its cast and stories are imported here alone: a real service has no use for them.
    from api.commands import demo as demonstrating

    running.run(demonstrating.demo(settings.read()))


@app.command("demo-event")
def demo_event(
    what: Annotated[
        str, typer.Argument(help="moved, left, released, to-court, back, wing, merged, kept-apart, alert, basic.")
    ],
    number: Annotated[str, typer.Argument(help="The made-up number of whom it happens to.")],
    to: Annotated[str | None, typer.Option(help="The prison (moved) or the wing (wing).")] = None,
    other: Annotated[str | None, typer.Option(help="Another's number (merged, kept-apart).")] = None,
    code: Annotated[str | None, typer.Option(help="An alert's code; HA without it.")] = None,
) -> None:
    """Make something happen in the prisons of the demonstration; the service is told as by the estate's queue."""
    from api.commands import demo as demonstrating

    demonstrating.event(settings.read(), demonstrating.story(what, number, to=to, other=other, code=code))


@app.command()
def work(
    job: Annotated[UUID | None, typer.Option(help="Only this job, in this process.", hidden=True)] = None,
) -> None:
    """Timers and jobs. Any number may run: one holds the work, the others wait."""
    raise typer.Exit(asyncio.run(running.work_until_stopped(settings.read(), job)))


@app.command()
def migrate(
    down: Annotated[bool, typer.Option("--down", help="Take every table away again.")] = False,
) -> None:
    """Bring the database to this version's tables, with MIGRATIONS_URL (the owner's login)."""
    operating.migrate(settings.read(), down=down)


@_database.command()
def prepare() -> None:
    """Make the application's roles with MIGRATIONS_URL, or print the SQL where that login may not."""
    asyncio.run(operating.prepare(settings.read()))


@app.command("grant-first")
def grant_first(
    issuer: Annotated[str, typer.Option(help="`iss` of the holder's tokens.")],
    subject: Annotated[str, typer.Option(help="The subject of the holder's tokens.")],
    organisation: Annotated[str, typer.Option(help="Whose person the holder is, as a code.")],
    kind: Annotated[str, typer.Option(help="STAFF or PARTNER.")] = "STAFF",
    prison: Annotated[str | None, typer.Option(help="One prison; without it, the whole jurisdiction.")] = None,
) -> None:
    """Make the first access administrator, once."""
    asyncio.run(operating.grant_first(settings.read(), issuer, subject, organisation, kind, prison))


@app.command()
def token() -> None:
    """Say for whom the bearer token on standard input speaks, by the configured issuers; or why it is refused."""
    raise typer.Exit(asyncio.run(operating.token(settings.read(), sys.stdin.read().strip())))


@app.command()
def policy() -> None:
    """Print the policy as the README's table."""
    typer.echo(policy_text.markdown(), nl=False)


@app.command()
def openapi(
    check: Annotated[bool, typer.Option("--check", help="Compare with the committed document.")] = False,
    file: Annotated[Path, typer.Option(help="The document.")] = Path("openapi/openapi.json"),
) -> None:
    """Write the OpenAPI document, or compare it."""
    raise typer.Exit(operating.openapi(file, check=check))


@app.command()
def asyncapi(
    check: Annotated[bool, typer.Option("--check", help="Compare with the committed document.")] = False,
    file: Annotated[Path, typer.Option(help="The document.")] = Path("openapi/asyncapi.json"),
) -> None:
    """Write the AsyncAPI document of what is sent, or compare it."""
    raise typer.Exit(operating.asyncapi(file, check=check))


@app.command("hand-out-window")
def hand_out_window(
    prison: Annotated[str, typer.Option(help="The prison's code.")],
    first: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day.")],
    last: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day: 31 at most.")],
    file: Annotated[Path, typer.Option(help="The file to write. It must not be there yet.")],
) -> None:
    """Write the envelopes of some days to a file, as they are: sealed twice. The ledger says so."""
    asyncio.run(windows.hand_out(settings.read(), prison, first.date(), last.date(), file))


_Ask = Annotated[bool, typer.Option("--passphrase", help="Ask for the passphrase of the key.")]


@app.command("open-window")
def open_window(
    file: Annotated[Path, typer.Argument(help="The window, as it was handed out or as the other holder gave it.")],
    key: Annotated[list[Path], typer.Option(help="Your private key; again for each that you had in those days.")],
    into: Annotated[Path, typer.Option(help="The file to write. It must not be there yet.")],
    passphrase: _Ask = False,
) -> None:
    """Take your layer off each envelope of a window: the partner first, then the estate. Needs no service."""
    asked = [typer.prompt(f"Passphrase of {each}", hide_input=True) if passphrase else None for each in key]
    windows.open_window(file, dict(zip(key, asked, strict=True)), into)


@app.command("window-key")
def window_key(
    file: Annotated[Path, typer.Argument(help="The file of the private key. It must not be there yet.")],
    passphrase: _Ask = False,
) -> None:
    """Make a holder's key, away from the service, and print its public half for the setting. Needs no service."""
    windows.make_key(
        file, typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True) if passphrase else None
    )


@_queue.command("state")
def queue_state() -> None:
    """How many messages wait and were put aside, and the types of some of these."""
    from api.commands import queues

    asyncio.run(queues.state(settings.read()))


@_queue.command("send-again")
def queue_send_again() -> None:
    """Send what was put aside to the queue again: after a mend, or an outage."""
    from api.commands import queues

    asyncio.run(queues.send_again(settings.read()))


@_queue.command("let-go")
def queue_let_go() -> None:
    """Delete what was put aside. The nightly reconciliation finds who moved."""
    from api.commands import queues

    asyncio.run(queues.let_go(settings.read()))


@app.command()
def doctor() -> None:
    """Say, check by check, whether this service could serve with these settings."""
    raise typer.Exit(asyncio.run(operating.doctor(settings.read())))


def main() -> int:
    """The command line. Every known refusal is one line on standard error and exit code 1."""
    try:
        ended: object = app(standalone_mode=False)
        return ended if isinstance(ended, int) else 0
    except (CannotStart, CannotOpen, settings.SettingsUnusable, IssuersUnreadable) as refusal:
        return _said(str(refusal))
    except (NotNow, Unacceptable) as refusal:
        return _said("refused: " + ", ".join(f.code for f in refusal.failures))
    except Unavailable:
        return _said("the database cannot be reached: see DATABASE_URL")
    except typer.Exit as ending:
        return ending.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except Exception as error:
        if type(error).__module__.startswith(("click", "typer")):
            show = getattr(error, "show", None)
            if show is not None:
                show()
            return 2
        raise


def _said(line: str) -> int:
    print(f"peer-support: {line}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
