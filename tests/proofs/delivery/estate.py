"""The estate around the drill: queues and a topic that speak SQS's and SNS's protocols in a process of their own
(moto), a receiver of webhooks, and the process that starts workers."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from aiobotocore.session import AioSession

from tests.api.messages.test_hooks import HOST, Receiver, certificate, listening
from tests.outside import ROOT, free_port
from tests.proofs.delivery.worker import BEGAN, CERTIFICATE
from tests.servers import Urls

REGION: Final = "eu-west-2"
HIDDEN: Final = 2
"""Seconds after which what a dead worker had taken comes again."""
LONG: Final = 300.0
"""Seconds within which each step of the drill must come, on a slow machine."""


@dataclass(frozen=True, slots=True)
class Estate:
    """Where events come from, and where they go to. `heard` is a queue that hears the topic; `came` is what was taken
    from it, and from the audit queue."""

    sqs: Any
    events: str
    topic: str
    heard: str
    audit: str
    receiver: Receiver
    settings: Mapping[str, str]
    came: Mapping[str, list[dict[str, Any]]]

    @property
    def address(self) -> str:
        """Of the receiver, as a subscription names it."""
        return f"https://{HOST}:{self.receiver.port}/peer-support"

    async def tell(self, bodies: list[str]) -> None:
        """Put messages into the queue of events."""
        for start in range(0, len(bodies), 10):
            some = [{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies[start : start + 10])]
            await self.sqs.send_message_batch(QueueUrl=self.events, Entries=some)

    async def waiting(self) -> int:
        """How many events lie there, hidden ones too."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        told = (await self.sqs.get_queue_attributes(QueueUrl=self.events, AttributeNames=names))["Attributes"]
        return sum(int(told[name]) for name in names)

    async def told(self, url: str) -> list[dict[str, Any]]:
        """All that came into one of the other queues, in its order."""
        await self.empty()
        return self.came[url]

    async def empty(self) -> None:
        """Take what lies in them. In moto each message costs the more the more lie in its queue: with some thousands a
        worker waited for an answer longer than it may, again and again."""
        for url, came in self.came.items():
            while some := (await self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)).get("Messages"):
                for each in some:
                    came.append(json.loads(each["Body"]))
                    await self.sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])


@asynccontextmanager
async def estate(folder: Path) -> AsyncGenerator[Estate]:
    """A new one."""
    port = free_port()
    aws = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    command = (sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port))
    quiet = asyncio.subprocess.DEVNULL
    served = await asyncio.create_subprocess_exec(*command, stdin=quiet, stdout=quiet, stderr=quiet)
    session: Any = AioSession()
    session.set_credentials("a", "b")
    how = {"region_name": REGION, "endpoint_url": aws["AWS_ENDPOINT_URL"]}
    server, _ = certificate(folder)
    try:
        await _answers(port)
        async with (
            listening(server) as receiver,
            session.create_client("sns", **how) as sns,
            session.create_client("sqs", **how) as sqs,
        ):
            topic = (await sns.create_topic(Name="told"))["TopicArn"]
            hidden = {"VisibilityTimeout": str(HIDDEN)}
            events = (await sqs.create_queue(QueueName="events", Attributes=hidden))["QueueUrl"]
            heard, audit = [(await sqs.create_queue(QueueName=f"q-{uuid4()}"))["QueueUrl"] for _ in range(2)]
            asked = await sqs.get_queue_attributes(QueueUrl=heard, AttributeNames=["QueueArn"])
            await sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=asked["Attributes"]["QueueArn"])
            settings = {
                **aws,
                "AWS_REGION": REGION,
                "EVENTS_QUEUE_URL": events,
                "DOMAIN_EVENTS_TOPIC_ARN": topic,
                "AUDIT_SQS_QUEUE_URL": audit,
                CERTIFICATE: str(folder / "receiver.pem"),
            }
            yield Estate(sqs, events, topic, heard, audit, receiver, settings, {heard: [], audit: []})
    finally:
        served.kill()
        await served.wait()


async def _answers(port: int) -> None:
    async with asyncio.timeout(LONG):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


class Workers:
    """Starts workers, one after another, and says how each ended."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def start(self, **order: Any) -> int:
        """One more; its process."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        return (await self.said())["pid"]

    async def ended(self) -> int:
        """How it ended: its code, or the signal that killed it as a negative number."""
        return (await self.said())["ended"]

    async def said(self) -> Any:
        """What the process says next."""
        assert self._process.stdout is not None
        async with asyncio.timeout(LONG):
            while True:
                line = await self._process.stdout.readline()
                if not line:
                    raise AssertionError("the process that starts workers has ended")
                if line.startswith((b'{"ready"', b'{"pid"', b'{"ended"')):
                    return json.loads(line)  # else it is a line of a worker's log


@asynccontextmanager
async def workers(at: Estate, database: Urls, keys: str) -> AsyncGenerator[Workers]:
    """The process that starts them, ready; gone at the end with whichever it still has."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    more = {"DATABASE_URL": database.app_url, "KEYS": keys, "POOL_SIZE": "4", "ORIGIN": "https://ours.example"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.proofs.delivery.worker"),
        cwd=ROOT,
        env={**kept, **more, **at.settings, BEGAN: str(time.time())},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        made = Workers(process)
        await made.said()
        yield made
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
