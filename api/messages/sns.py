"""The estate's topic and audit queue, over SNS and SQS.

Ten at a time, which is the most that both take. Names, queue and region are settings; credentials and, for a test, the
address (`AWS_ENDPOINT_URL`) are botocore's own to find. Nothing that AWS answers is logged: an error is told by its
class.
"""

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

import orjson
from aiobotocore.config import AioConfig  # pyright: ignore[reportMissingTypeStubs]
from aiobotocore.session import AioSession  # pyright: ignore[reportMissingTypeStubs]
from botocore.exceptions import BotoCoreError, ClientError  # pyright: ignore[reportMissingTypeStubs]

from domain.telling.audit import Message
from domain.telling.events import Event
from domain.telling.ports import AuditQueue, Topic, Undelivered

MOST: Final = 10
_SNS, _SQS = "aws_sns", "aws_sqs"
Trace = Callable[[str], AbstractContextManager[Mapping[str, str]]]
"""While some messages are handed to the system of this name: what goes with each, to say in which trace that was."""
_CONFIG: Final[dict[str, Any]] = {"connect_timeout": 2, "read_timeout": 5, "retries": {"max_attempts": 1}}


def untraced(system: str) -> AbstractContextManager[Mapping[str, str]]:
    """In none."""
    del system
    return nullcontext({})


@dataclass(frozen=True, slots=True)
class SnsTopic:
    """`domain.telling.ports.Topic`. The type is a message attribute, by which the estate's subscribers filter; `id` is
    one too, by which they know what came twice."""

    client: Any
    arn: str
    trace: Trace = untraced

    async def publish(self, events: Sequence[tuple[Event, Mapping[str, Any]]]) -> None:
        """Hand them over. Raises `Undelivered`: any of them may not have been taken."""
        for some in _by_ten(events):
            with self.trace(_SNS) as traced:
                entries = [
                    {
                        "Id": str(n),
                        "Message": orjson.dumps(body).decode(),
                        "MessageAttributes": _texts({"eventType": event.type, "id": str(event.id), **traced}),
                    }
                    for n, (event, body) in enumerate(some)
                ]
                await _sent(self.client.publish_batch, TopicArn=self.arn, PublishBatchRequestEntries=entries)


@dataclass(frozen=True, slots=True)
class SqsAuditQueue:
    """`domain.telling.ports.AuditQueue`: the plain message, in no envelope."""

    client: Any
    url: str
    trace: Trace = untraced

    async def send(self, messages: Sequence[Message]) -> None:
        """Hand them over. Raises `Undelivered`."""
        for some in _by_ten(messages):
            with self.trace(_SQS) as traced:
                besides = {"MessageAttributes": _texts(traced)} if traced else {}
                entries = [
                    {"Id": str(n), "MessageBody": orjson.dumps(m.body).decode(), **besides} for n, m in enumerate(some)
                ]
                await _sent(self.client.send_message_batch, QueueUrl=self.url, Entries=entries)


@asynccontextmanager
async def destinations(
    region: str, topic_arn: str | None, queue_url: str | None, trace: Trace = untraced
) -> AsyncGenerator[tuple[Topic | None, AuditQueue | None]]:
    """Both, as far as they are set up. A client connects when it is first used: a start depends on neither."""
    async with AsyncExitStack() as stack:
        session: Any = AioSession()
        how = {"region_name": region, "config": AioConfig(**_CONFIG)}
        topic = queue = None
        if topic_arn is not None:
            topic = SnsTopic(await stack.enter_async_context(session.create_client("sns", **how)), topic_arn, trace)
        if queue_url is not None:
            queue = SqsAuditQueue(
                await stack.enter_async_context(session.create_client("sqs", **how)), queue_url, trace
            )
        yield topic, queue


async def _sent(call: Any, **given: Any) -> None:
    try:
        answer: Mapping[str, Any] = await call(**given)
    except (BotoCoreError, ClientError, OSError, TimeoutError) as wrong:
        refused = type(wrong).__name__
    else:
        refused = "refused" if answer.get("Failed") else None
    if refused is not None:
        raise Undelivered(refused)  # outside of the handler: AWS's own words go no further


def _texts(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"DataType": "String", "StringValue": value} for name, value in values.items()}


def _by_ten(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (things[at : at + MOST] for at in range(0, len(things), MOST))
