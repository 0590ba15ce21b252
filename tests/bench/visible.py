"""How long after the estate's queue has an event its effect is seen over HTTP, with real processes: the service, its
worker, and a server that speaks SQS's protocol.

One after another men who serve as supporters are moved to another prison; the coordinator of the one they left asks for
each until the answer is another one. Measured from the moment before the message is sent.
"""

import contextlib
import socket
import time
from collections.abc import Generator, Iterable, Mapping
from datetime import UTC, datetime
from itertools import cycle
from typing import Any, Final

import boto3
import httpx
import uvloop

from api.wiring.opening import opened
from tests.bench import estate, inbox, inproc, machine, rounds
from tests.bench.estate import Size
from tests.bench.jobs import WrongAnswer
from tests.bench.machine import Postgres, process
from tests.http.prison_events import SEARCH, notification

_FIRST: Final = 2 * inbox.PEOPLE
"""None of these has been told of yet."""
_PATIENCE: Final = 30.0
_PAUSE: Final = 0.01
"""Seconds between two looks."""


def measured(
    postgres: Postgres, issuers: str, tokens: Mapping[str, str], size: Size, on: Iterable[int] | None, many: int
) -> list[float]:
    """Milliseconds of each. Raises `WrongAnswer`: one was never seen."""
    uvloop.run(_known(postgres, issuers))
    with _sqs() as (sqs, url, settings):
        worker = {"DATABASE_URL": postgres.app_url, "KEYS": estate.KEYS, "EVENTS_QUEUE_URL": url, **settings}
        with (
            rounds.ours(postgres, issuers, on) as (ours, _),
            process("-m", "api", "work", settings=worker),
            httpx.Client(base_url=f"http://127.0.0.1:{ours.port}") as http,
        ):
            callers = estate.callers(size)
            return [_moved(n, sqs, url, http, tokens, callers) for n in inbox.numbers(_FIRST)[: many + 1]][1:]


async def _known(postgres: Postgres, issuers: str) -> None:
    async with opened(inproc.settings(postgres.app_url, issuers)) as service:
        await inbox.known(service.runtime, _FIRST)


def _moved(
    number: int, sqs: Any, url: str, http: httpx.Client, tokens: Mapping[str, str], callers: Mapping[str, str]
) -> float:
    one = estate.supporter(number)
    who = cycle([tokens[subject] for subject, prison in callers.items() if prison == one.prison])

    def seen() -> tuple[int, bytes]:
        answer = http.get(f"/v1/supporters/{one.id}", headers={"Authorization": f"Bearer {next(who)}"})
        return answer.status_code, answer.content

    before = seen()
    if before[0] != 200:
        raise WrongAnswer(f"the coordinator reads {before[0]} of a supporter of his")
    body = notification(
        f"{SEARCH}released",
        datetime.now(UTC),
        id=f"visible-{number}",
        of=inbox.number_of(number),
        reason="TRANSFERRED",
        prisonId=one.prison,
    )
    start = time.perf_counter()
    sqs.send_message(QueueUrl=url, MessageBody=body)
    while (now := seen()) == before:
        if time.perf_counter() - start > _PATIENCE:
            raise WrongAnswer("an event was never seen")
        time.sleep(_PAUSE)
    took = (time.perf_counter() - start) * 1000
    if now[0] not in (200, 404):
        raise WrongAnswer(f"the coordinator reads {now[0]}")
    return took


@contextlib.contextmanager
def _sqs() -> Generator[tuple[Any, str, Mapping[str, str]]]:
    """A client, the address of a queue, and the settings by which a worker finds it."""
    port = machine.free_port()
    at = f"http://127.0.0.1:{port}"
    settings = {
        "AWS_ENDPOINT_URL": at,
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_REGION": "eu-west-2",
    }
    with process("-m", "moto.server", "-H", "127.0.0.1", "-p", str(port), settings={}) as made:
        _listens(port, made)
        sqs: Any = boto3.client(
            "sqs", region_name="eu-west-2", endpoint_url=at, aws_access_key_id="a", aws_secret_access_key="b"
        )
        yield sqs, sqs.create_queue(QueueName="events")["QueueUrl"], settings


def _listens(port: int, made: Any) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and made.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("the queue's server did not start")
