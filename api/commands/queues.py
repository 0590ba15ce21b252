"""The operator's commands for the queue of the prison's events."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from api import keeping
from api.commands.operating import out
from api.messages.reading import type_of
from api.messages.sqs import client
from api.settings import Settings
from api.wiring.database import CannotStart


@asynccontextmanager
async def _queue(settings: Settings) -> AsyncGenerator[tuple[Any, str]]:
    if settings.events_queue_url is None:
        raise CannotStart("EVENTS_QUEUE_URL is not set: there is no queue")
    async with client(settings.aws_region) as made:
        try:
            yield made, settings.events_queue_url
        except keeping.NoQueue as wrong:
            raise CannotStart(str(wrong)) from None
        except Exception as wrong:
            if isinstance(wrong, CannotStart):
                raise
            raise CannotStart(f"the queue cannot be asked: {type(wrong).__name__}") from None


async def state(settings: Settings) -> None:
    """How many wait, are under way, and were put aside; and some of what was put aside, by type."""
    async with _queue(settings) as (made, url):
        found = await keeping.state_of(made, url)
        aside = "nothing would be put aside" if found.put_aside is None else f"{found.put_aside} put aside"
        out.print(f"{found.waiting} wait, {found.under_way} under way, {aside}")
        for each in await keeping.listed(made, url, type_of) if found.put_aside else ():
            out.print(f"  {each.id}  {each.type}  came {each.received} times")


async def send_again(settings: Settings) -> None:
    """What was put aside comes again."""
    async with _queue(settings) as (made, url):
        out.print(f"{await keeping.send_again(made, url)} come again")


async def let_go(settings: Settings) -> None:
    """What was put aside is deleted."""
    async with _queue(settings) as (made, url):
        out.print(f"{await keeping.let_go(made, url)} deleted")
