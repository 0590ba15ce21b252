"""The keeper's side of the prison's queue: whether it is well, what was put aside, sending that again or letting it go
(hmpps.md 2.6 and 4.6). Nothing of a message is shown but its type, how often it came, and why it cannot be read: its
body names somebody."""

import json
from dataclasses import dataclass
from typing import Any, Final, cast

from api.messages.reading import read
from domain.kernel.errors import Unreadable

_MOST: Final = 10
_ATTRIBUTES: Final = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "RedrivePolicy")


class NoQueue(Exception):
    """It cannot be done, in one line for the operator."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many messages wait, are being worked on, and were put aside; None: nothing would be put aside anywhere."""

    waiting: int
    under_way: int
    put_aside: int | None


@dataclass(frozen=True, slots=True)
class PutAside:
    """One message that was put aside: its type as far as it can be read, or why it cannot."""

    id: str
    type: str
    received: int


async def state_of(client: Any, url: str) -> QueueState:
    """How the queue stands."""
    told = await _told(client, url)
    aside = await _aside(client, told)
    return QueueState(
        int(told["ApproximateNumberOfMessages"]),
        int(told["ApproximateNumberOfMessagesNotVisible"]),
        None if aside is None else int((await _told(client, aside))["ApproximateNumberOfMessages"]),
    )


async def is_well(client: Any, url: str) -> bool:
    """Whether it can be asked, and what comes too often would be put aside: without that, one bad message comes for
    ever."""
    return (await state_of(client, url)).put_aside is not None


async def listed(client: Any, url: str, most: int = _MOST) -> list[PutAside]:
    """Some of what was put aside. They are hidden from others for a moment, and stay."""
    answer = await client.receive_message(
        QueueUrl=await _needed(client, url),
        MaxNumberOfMessages=min(most, _MOST),
        VisibilityTimeout=5,
        MessageSystemAttributeNames=["ApproximateReceiveCount"],
    )
    return [_put_aside(each) for each in cast(list[dict[str, Any]], answer.get("Messages", []))]


async def send_again(client: Any, url: str) -> int:
    """All that was put aside back to the queue: each is there before it is gone here, so none is lost. How many."""
    aside, done = await _needed(client, url), 0
    while True:
        answer = await client.receive_message(QueueUrl=aside, MaxNumberOfMessages=_MOST, VisibilityTimeout=60)
        found = cast(list[dict[str, Any]], answer.get("Messages", []))
        if not found:
            return done
        for each in found:
            await client.send_message(QueueUrl=url, MessageBody=each["Body"])
            await client.delete_message(QueueUrl=aside, ReceiptHandle=each["ReceiptHandle"])
            done += 1


async def let_go(client: Any, url: str) -> int:
    """Delete what was put aside, for good: the nightly reconciliation finds what it told. How many there were."""
    aside = await _needed(client, url)
    count = int((await _told(client, aside))["ApproximateNumberOfMessages"])
    await client.purge_queue(QueueUrl=aside)
    return count


async def _told(client: Any, url: str) -> dict[str, str]:
    answer = await client.get_queue_attributes(QueueUrl=url, AttributeNames=list(_ATTRIBUTES))
    return cast(dict[str, str], answer["Attributes"])


async def _aside(client: Any, told: dict[str, str]) -> str | None:
    arn = json.loads(told.get("RedrivePolicy") or "{}").get("deadLetterTargetArn")
    if arn is None:
        return None
    *_, account, name = str(arn).split(":")
    return str((await client.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account))["QueueUrl"])


async def _needed(client: Any, url: str) -> str:
    aside = await _aside(client, await _told(client, url))
    if aside is None:
        raise NoQueue("nothing is put aside: the queue has no redrive policy")
    return aside


def _put_aside(sent: dict[str, Any]) -> PutAside:
    received = int(sent.get("Attributes", {}).get("ApproximateReceiveCount", "1"))
    try:
        type = read(str(sent["Body"]), str(sent["MessageId"])).type
    except Unreadable as wrong:
        type = wrong.failures[0].code
    return PutAside(str(sent["MessageId"]), type, received)
