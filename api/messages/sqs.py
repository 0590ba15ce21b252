"""A queue at SQS, or at anything that speaks its protocol (the prison service's own, LocalStack, moto)."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, cast

import aiobotocore.config as _config  # pyright: ignore[reportMissingTypeStubs]
import aiobotocore.session as _session  # pyright: ignore[reportMissingTypeStubs]

from api.messages.consumer import Message

_aws: Any = _session
_settings: Any = _config

MOST: Final = 10
WAIT: Final = 20
"""Seconds that a take waits for a first message."""


class SqsQueue:
    """One queue by its address."""

    def __init__(self, client: Any, url: str, *, wait: int = WAIT) -> None:
        self._client = client
        self._url = url
        self._wait = wait

    async def take(self) -> list[Message]:
        """At most ten."""
        answer = await self._client.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=MOST,
            WaitTimeSeconds=self._wait,
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
        return [_message(each) for each in cast(list[dict[str, Any]], answer.get("Messages", []))]

    async def done(self, messages: list[Message]) -> None:
        """Delete them, in one call. One that is not deleted comes again, and does nothing again."""
        entries = [{"Id": str(n), "ReceiptHandle": each.handle} for n, each in enumerate(messages)]
        for start in range(0, len(entries), MOST):
            await self._client.delete_message_batch(QueueUrl=self._url, Entries=entries[start : start + MOST])

    async def later(self, message: Message, seconds: int) -> None:
        """Hide it for so long."""
        await self._client.change_message_visibility(
            QueueUrl=self._url, ReceiptHandle=message.handle, VisibilityTimeout=seconds
        )


def _message(sent: Mapping[str, Any]) -> Message:
    count = sent.get("Attributes", {}).get("ApproximateReceiveCount", "1")
    return Message(str(sent["MessageId"]), str(sent["Body"]), str(sent["ReceiptHandle"]), int(count))


@asynccontextmanager
async def client(region: str, of: str = "sqs") -> AsyncGenerator[Any]:
    """A client of SQS, or of another service of theirs. Who it is and where its endpoint lies, the environment says, as
    for any such client."""
    patience = _settings.AioConfig(connect_timeout=10, read_timeout=WAIT + 10, retries={"max_attempts": 2})
    async with _aws.get_session().create_client(of, region_name=region, config=patience) as made:
        yield made
