"""Topic and audit queue over the protocol of SNS and SQS: moto's server, and nobody's network."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiobotocore.session import AioSession
from moto.server import ThreadedMotoServer

from api.messages.sns import MOST, destinations
from domain.telling.audit import DayNumber, Message, daily_of
from domain.telling.events import Event
from domain.telling.ports import AuditQueue, Topic, Undelivered

REGION = "eu-west-2"
ORIGIN = "https://ours.example"


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """Its address, in the settings that botocore reads itself."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    address = f"http://127.0.0.1:{port}"
    given = {"AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        yield address
    server.stop()


class There:
    """A topic with a queue that hears it, an audit queue, and what came to both."""

    def __init__(self, sqs: Any, names: dict[str, str], topic: Topic, audit: AuditQueue) -> None:
        self.sqs, self.names, self.topic, self.audit = sqs, names, topic, audit

    async def came(self, queue: str) -> list[dict[str, Any]]:
        """All that lies in a queue, taken out."""
        found: list[dict[str, Any]] = []
        while True:
            answer = await self.sqs.receive_message(QueueUrl=self.names[queue], MaxNumberOfMessages=10)
            messages = answer.get("Messages", [])
            if not messages:
                return found
            for message in messages:
                found.append(json.loads(message["Body"]))
                await self.sqs.delete_message(QueueUrl=self.names[queue], ReceiptHandle=message["ReceiptHandle"])


@pytest.fixture
async def there(moto: str) -> AsyncIterator[There]:
    """Both, as the estate has them: a subscriber that filters by the attribute `eventType`."""
    session: Any = AioSession()
    async with (
        session.create_client("sns", region_name=REGION) as sns,
        session.create_client("sqs", region_name=REGION) as sqs,
    ):
        topic = (await sns.create_topic(Name="hmpps-domain-events"))["TopicArn"]
        names: dict[str, str] = {}
        for name in ("subscriber", "audit"):
            names[name] = (await sqs.create_queue(QueueName=f"{name}-{uuid4()}"))["QueueUrl"]
        asked = await sqs.get_queue_attributes(QueueUrl=names["subscriber"], AttributeNames=["QueueArn"])
        policy = json.dumps({"eventType": ["peer-support.scheme.launched"]})
        await sns.subscribe(
            TopicArn=topic,
            Protocol="sqs",
            Endpoint=asked["Attributes"]["QueueArn"],
            Attributes={"FilterPolicy": policy},
        )
        async with destinations(REGION, topic, names["audit"]) as (made, audit):
            assert made is not None
            assert audit is not None
            yield There(sqs, names, made, audit)


def event(number: int, type: str = "peer-support.scheme.launched") -> Event:
    """An event of that number."""
    id = UUID(int=number, version=4)
    at = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
    return Event(id, type, at, "scheme", id, "A scheme.", "/v1/schemes", frozenset(), "EW", "MDI", True)


async def test_events_come_with_their_type_as_an_attribute(there: There) -> None:
    """More than one batch, each once, in the estate's envelope; a subscriber's filter sees the type."""
    events = [event(n) for n in range(MOST + 3)] + [event(99, "peer-support.scheme.closed")]
    await there.topic.publish([(each, each.body(ORIGIN)) for each in events])
    came = await there.came("subscriber")
    assert len(came) == MOST + 3
    assert {each["Type"] for each in came} == {"Notification"}
    bodies = [json.loads(each["Message"]) for each in came]
    assert sorted(b["additionalInformation"]["eventId"] for b in bodies) == [str(e.id) for e in events[:-1]]
    for each, body in zip(came, bodies, strict=True):
        assert each["MessageAttributes"] == {
            "eventType": {"Type": "String", "Value": "peer-support.scheme.launched"},
            "id": {"Type": "String", "Value": body["additionalInformation"]["eventId"]},
        }


async def test_audit_messages_lie_plain_in_their_queue(there: There) -> None:
    """In no envelope, members as the estate's listener reads them, `details` a string of JSON."""
    messages = [
        daily_of(date(2026, 11, 28), DayNumber("MDI", UUID(int=n), 1), {UUID(int=n): f"U{n}"}) for n in range(12)
    ]
    await there.audit.send([m for m in messages if m is not None])
    came = await there.came("audit")
    assert sorted(c["who"] for c in came) == sorted(f"U{n}" for n in range(12))
    assert all(json.loads(c["details"])["upTo"] == 50 for c in came)


async def test_a_topic_that_is_not_there_takes_nothing(moto: str) -> None:
    """Told by the class of the error alone: no word of AWS's goes further."""
    del moto
    async with destinations(REGION, f"arn:aws:sns:{REGION}:123456789012:none", None) as (topic, audit):
        assert topic is not None
        assert audit is None
        with pytest.raises(Undelivered) as refused:
            await topic.publish([(event(1), event(1).body(ORIGIN))])
    assert str(refused.value) in {"NotFoundException", "ClientError", "NotFound"}
    assert refused.value.__context__ is None


async def test_a_queue_that_is_down_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens there; what was to be sent is not lost, for whoever sends is told."""
    for name, value in {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ACCESS_KEY_ID": "a"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    async with destinations(REGION, None, "http://127.0.0.1:9/1/audit") as (_, audit):
        assert audit is not None
        with pytest.raises(Undelivered):
            await audit.send([Message(UUID(int=1), {"what": "EDIT_SCHEME"})])


async def test_of_a_batch_that_is_taken_in_part_nothing_counts_as_taken() -> None:
    """It is sent again, all of it, with the same ids."""

    class Partly:
        async def publish_batch(self, **given: Any) -> dict[str, Any]:
            del given
            return {"Successful": [{"Id": "0"}], "Failed": [{"Id": "1"}]}

    from api.messages.sns import SnsTopic

    with pytest.raises(Undelivered, match="refused"):
        await SnsTopic(Partly(), "arn").publish([(event(n), {}) for n in range(2)])


async def test_what_is_not_set_up_is_not_there() -> None:
    """A service without these settings sends nothing, and starts."""
    async with destinations(REGION, None, None) as found:
        assert found == (None, None)
