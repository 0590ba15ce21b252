"""Queues that lie in this process and speak as SQS's client does, as far as their keeper asks; and what the tests that
run over every operation need of the keeper's: as `registers_operations`."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from api.keeping import Tended, TypeOf
from api.messages.reading import type_of as type_of_event

EVENTS, ASIDE = "events", "events-dlq"
_ACCOUNT = "000000000000"

EXAMPLES: dict[str, dict[str, Any]] = {
    "getDlqMessages": {"by": "operator", "values": {"dlqName": ASIDE}},
    "retryDlq": {"by": "operator", "values": {"dlqName": ASIDE}},
    "retryAllDlqs": {"by": "operator"},
    "purgeQueue": {"by": "operator", "values": {"queueName": ASIDE}},
}
"""By operation: who sends it, and about which queue."""


@dataclass(slots=True)
class Here:
    """A client of queues by name; whatever is taken is hidden until `again`. `away`: none can be asked."""

    redrive: dict[str, str] = field(default_factory=dict[str, str])
    lying: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    hidden: set[str] = field(default_factory=set[str])
    away: bool = False
    _ids: Any = field(default_factory=count)

    def put(self, queue: str, *bodies: str) -> None:
        """These lie in it."""
        for body in bodies:
            self.lying.setdefault(queue, {})[f"m-{next(self._ids)}"] = body

    def bodies(self, queue: str) -> list[str]:
        """What lies in it."""
        return list(self.lying.get(queue, {}).values())

    def again(self) -> None:
        """Time passes: what was taken and not deleted is to be had again."""
        self.hidden.clear()

    async def get_queue_attributes(self, *, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]:
        """How many wait and are hidden, and where is put aside."""
        del AttributeNames
        self._asked()
        there = self.lying.get(QueueUrl, {})
        hidden = len(self.hidden & there.keys())
        told = {
            "ApproximateNumberOfMessages": str(len(there) - hidden),
            "ApproximateNumberOfMessagesNotVisible": str(hidden),
        }
        if QueueUrl in self.redrive:
            arn = f"arn:aws:sqs:eu-west-2:{_ACCOUNT}:{self.redrive[QueueUrl]}"
            told["RedrivePolicy"] = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": "3"})
        return {"Attributes": told}

    async def get_queue_url(self, *, QueueName: str, QueueOwnerAWSAccountId: str) -> dict[str, str]:
        """By its name here."""
        assert QueueOwnerAWSAccountId == _ACCOUNT
        return {"QueueUrl": QueueName}

    async def receive_message(self, *, QueueUrl: str, MaxNumberOfMessages: int, **_: Any) -> dict[str, Any]:
        """The first that are not hidden."""
        self._asked()
        there = [(id, body) for id, body in self.lying.get(QueueUrl, {}).items() if id not in self.hidden]
        taken = there[:MaxNumberOfMessages]
        self.hidden |= {id for id, _ in taken}
        known = {"ApproximateReceiveCount": "4", "SentTimestamp": "1795428000000"}
        return {
            "Messages": [
                {"MessageId": id, "Body": body, "ReceiptHandle": id, "Attributes": known} for id, body in taken
            ]
        }

    async def send_message(self, *, QueueUrl: str, MessageBody: str) -> None:
        """One more."""
        self.put(QueueUrl, MessageBody)

    async def delete_message(self, *, QueueUrl: str, ReceiptHandle: str) -> None:
        """It is gone."""
        del self.lying[QueueUrl][ReceiptHandle]

    async def purge_queue(self, *, QueueUrl: str) -> None:
        """All are gone."""
        self.lying[QueueUrl].clear()

    def _asked(self) -> None:
        if self.away:
            raise ConnectionError("sqs.eu-west-2.amazonaws.com")


def tended(name: str = EVENTS, aside: str | None = ASIDE, type_of: TypeOf = type_of_event) -> Tended:
    """A queue of ours of that name, and one in which is put aside."""
    here = Here(redrive={} if aside is None else {name: aside})
    here.lying = {name: {}} if aside is None else {name: {}, aside: {}}
    return Tended(name, here, name, type_of)
