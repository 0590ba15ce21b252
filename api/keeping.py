"""The keeper's side of our queues: whether they are well, what was put aside, sending that again or letting it go
(hmpps.md 2.6 and 4.6). Nothing of a message is shown but its type, how often it came, when it was sent, and why it
cannot be read: its body names somebody, and whoever keeps a queue need not know whom."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

from api import health
from domain.kernel.errors import Unreadable

_MOST: Final = 10
_ATTRIBUTES: Final = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "RedrivePolicy")
_SHOWN: Final = ("ApproximateReceiveCount", "SentTimestamp")


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
    """One message that was put aside: its type as far as it can be read, or why it cannot; and when it was sent."""

    id: str
    type: str
    received: int
    sent_at: datetime | None = None


TypeOf = Callable[[str, str], str]
"""The type of a message, by its body and id. Raises `Unreadable`."""


@dataclass(frozen=True, slots=True)
class Tended:
    """One of our queues, as its keeper has it. `name` is what health calls it."""

    name: str
    client: Any
    url: str
    type_of: TypeOf

    async def aside(self) -> str | None:
        """The name of the queue in which is put aside what came too often; None: there is none."""
        arn = _arn(await _told(self.client, self.url))
        return None if arn is None else arn.rpartition(":")[2]

    async def health(self) -> health.Told:
        """How it stands, for `/health`: without a redrive policy one bad message would come for ever."""
        found = await state_of(self.client, self.url)
        up = found.put_aside is not None
        told: dict[str, Any] = {} if found.put_aside is None else {"messagesOnDlq": found.put_aside}
        told |= {"messagesOnQueue": found.waiting, "messagesInFlight": found.under_way}
        dlq = health.HealthState.UP if up else health.HealthState.DOWN
        return health.Told(up, health.QueueDetails.model_validate({**told, "dlqStatus": dlq}))


async def put_aside_in(queues: Sequence[Tended], name: str) -> Tended | None:
    """The queue of ours whose bad messages lie in the one of that name."""
    for each in queues:
        if await each.aside() == name:
            return each
    return None


async def topic_health(client: Any, arn: str) -> health.Told:
    """Whether the topic can be asked, and who listens to it."""
    told = cast(dict[str, str], (await client.get_topic_attributes(TopicArn=arn))["Attributes"])
    counts = {f"subscriptions{each}": int(told.get(f"Subscriptions{each}", "0")) for each in ("Confirmed", "Pending")}
    return health.Told(True, health.TopicDetails.model_validate(counts))


async def state_of(client: Any, url: str) -> QueueState:
    """How the queue stands."""
    told = await _told(client, url)
    aside = await _aside(client, told)
    return QueueState(
        int(told["ApproximateNumberOfMessages"]),
        int(told["ApproximateNumberOfMessagesNotVisible"]),
        None if aside is None else int((await _told(client, aside))["ApproximateNumberOfMessages"]),
    )


async def listed(client: Any, url: str, type_of: TypeOf, most: int = _MOST) -> list[PutAside]:
    """Some of what was put aside. They are hidden from others for a moment, and stay."""
    aside, found = await _needed(client, url), dict[str, PutAside]()
    while len(found) < most:
        answer = await client.receive_message(
            QueueUrl=aside,
            MaxNumberOfMessages=min(most - len(found), _MOST),
            VisibilityTimeout=5,
            MessageSystemAttributeNames=list(_SHOWN),
        )
        fresh = [m for m in _messages(answer) if m["MessageId"] not in found]
        if not fresh:
            break  # there are no more, or the first are to be had again
        found |= {str(m["MessageId"]): _put_aside(m, type_of) for m in fresh}
    return list(found.values())


async def send_again(client: Any, url: str) -> int:
    """All that was put aside back to the queue: each is there before it is gone here, so none is lost. How many."""
    aside, done = await _needed(client, url), 0
    while True:
        # Waited for: without a wait a part of the queue is asked, and may have none while others lie there.
        answer = await client.receive_message(
            QueueUrl=aside, MaxNumberOfMessages=_MOST, VisibilityTimeout=60, WaitTimeSeconds=1
        )
        found = list(_messages(answer))
        if not found:
            return done
        for each in found:
            await client.send_message(QueueUrl=url, MessageBody=each["Body"])
            await client.delete_message(QueueUrl=aside, ReceiptHandle=each["ReceiptHandle"])
            done += 1


async def let_go(client: Any, url: str) -> int:
    """Delete what was put aside, for good: of events, the nightly reconciliation finds what they told. How many there
    were."""
    aside = await _needed(client, url)
    count = int((await _told(client, aside))["ApproximateNumberOfMessages"])
    await client.purge_queue(QueueUrl=aside)
    return count


async def _told(client: Any, url: str) -> dict[str, str]:
    answer = await client.get_queue_attributes(QueueUrl=url, AttributeNames=list(_ATTRIBUTES))
    return cast(dict[str, str], answer["Attributes"])


def _arn(told: dict[str, str]) -> str | None:
    arn = json.loads(told.get("RedrivePolicy") or "{}").get("deadLetterTargetArn")
    return None if arn is None else str(arn)


async def _aside(client: Any, told: dict[str, str]) -> str | None:
    arn = _arn(told)
    if arn is None:
        return None
    *_, account, name = arn.split(":")
    return str((await client.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account))["QueueUrl"])


async def _needed(client: Any, url: str) -> str:
    aside = await _aside(client, await _told(client, url))
    if aside is None:
        raise NoQueue("nothing is put aside: the queue has no redrive policy")
    return aside


def _messages(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from cast(list[dict[str, Any]], answer.get("Messages", []))


def _put_aside(sent: dict[str, Any], type_of: TypeOf) -> PutAside:
    known = cast(dict[str, str], sent.get("Attributes", {}))
    try:
        type = type_of(str(sent["Body"]), str(sent["MessageId"]))
    except Unreadable as wrong:
        type = wrong.failures[0].code
    at = known.get("SentTimestamp")
    when = None if at is None else datetime.fromtimestamp(int(at) / 1000, UTC)
    return PutAside(str(sent["MessageId"]), type, int(known.get("ApproximateReceiveCount", "1")), when)
