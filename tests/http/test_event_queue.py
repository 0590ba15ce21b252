"""The consumer at a queue that speaks SQS's protocol (moto), as the estate sets it up: a topic, a queue that is
subscribed to it, and a queue for what is put aside."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError  # pyright: ignore[reportMissingTypeStubs]
from moto.server import ThreadedMotoServer

from api import health, keeping
from api.keeping import Tended
from api.messages import commands, consumer, sqs
from api.messages.commands import Commands
from api.messages.consumer import Consumer, consume
from api.messages.reading import type_of
from api.messages.sqs import SqsQueue
from api.work.bench import service_begin
from domain.movements.inbox import EventTaken
from domain.people.record import Person
from tests.http.cast import CAST, START, person
from tests.http.prison_events import SEARCH, notification
from tests.http.test_story_commands import message as command
from tests.http.world import World

NUMBER = str(CAST["mentor"].number)
CAME = notification(f"{SEARCH}received", START, of=NUMBER, reason="TRANSFERRED", prisonId="LEI")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """An endpoint of its own, on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
async def client(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Any]:
    """The service's own client of it."""
    for name, value in (("AWS_ENDPOINT_URL", endpoint), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x")):
        monkeypatch.setenv(name, value)
    async with sqs.client("eu-west-2") as made:
        yield made


async def queue_of(client: Any, name: str) -> tuple[str, str]:
    """A queue and that in which what came twice in vain is put aside."""
    dead = (await client.create_queue(QueueName=f"{name}-dlq"))["QueueUrl"]
    arn = (await client.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"]))["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": "2"})
    made = await client.create_queue(QueueName=name, Attributes={"RedrivePolicy": redrive})
    return made["QueueUrl"], dead


async def waiting(client: Any, url: str) -> int:
    """How many messages lie in a queue, hidden ones too."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    told = (await client.get_queue_attributes(QueueUrl=url, AttributeNames=names))["Attributes"]
    return sum(int(told[name]) for name in names)


def over(world: World, queue: SqsQueue) -> Consumer:
    """The consumer."""
    return Consumer(queue, lambda: service_begin(world.house.runtime), "EW")


async def test_what_is_told_by_the_queue_is_done_and_deleted(world: World, client: Any) -> None:
    """An event on the queue is followed, and is gone from it."""
    url, dead = await queue_of(client, f"events-{os.urandom(4).hex()}")
    for body in (CAME, notification("some.other.event", START)):
        await client.send_message(QueueUrl=url, MessageBody=body)
    stop = asyncio.Event()
    taking = asyncio.create_task(consume(over(world, SqsQueue(client, url, wait=1)), stop))
    async with asyncio.timeout(20):
        while await waiting(client, url):  # noqa: ASYNC110  (a queue rings no bell)
            await asyncio.sleep(0.05)
    stop.set()
    await taking
    assert (await world.record(Person, person("mentor"))).prison == "LEI"
    assert len(await world.records(EventTaken)) == 2
    assert await waiting(client, dead) == 0


async def test_what_cannot_be_read_is_put_aside_by_the_queue(
    world: World, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes again, and again, and then lies in the other queue, where an operator finds it; nothing of it is kept
    here."""
    url, dead = await queue_of(client, f"events-{os.urandom(4).hex()}")
    await client.send_message(QueueUrl=url, MessageBody="{")
    service = over(world, SqsQueue(client, url, wait=1))
    monkeypatch.setattr(consumer, "WAITS", (0,))
    for _ in range(3):
        await service.once()
    assert (await waiting(client, url), await waiting(client, dead)) == (0, 1)
    assert await world.records(EventTaken) == []


async def test_a_message_that_is_not_deleted_comes_again_and_does_nothing_again(world: World, client: Any) -> None:
    """Killed between its act and its deletion."""

    class Forgets(SqsQueue):
        async def done(self, messages: list[Any]) -> None:
            for message in messages:
                await self.later(message, 0)

    url, _ = await queue_of(client, f"events-{os.urandom(4).hex()}")
    await client.send_message(QueueUrl=url, MessageBody=CAME)
    assert await over(world, Forgets(client, url, wait=0)).once() == 1
    kept = await world.record(Person, person("mentor"))
    assert await over(world, SqsQueue(client, url, wait=1)).once() == 1
    assert await world.record(Person, person("mentor")) == kept
    assert len(await world.records(EventTaken)) == 1
    assert await waiting(client, url) == 0


async def test_the_keeper_sees_what_was_put_aside_and_sends_it_again(world: World, client: Any) -> None:
    """By type and number alone; nothing of whom it was. Sent again it is done, once."""
    url, dead = await queue_of(client, f"events-{os.urandom(4).hex()}")
    assert await keeping.state_of(client, url) == keeping.QueueState(0, 0, 0)
    for body in (CAME, "{"):
        await client.send_message(QueueUrl=dead, MessageBody=body)
    listed = await keeping.listed(client, url, type_of)
    assert sorted(each.type for each in listed) == ["MESSAGE_IS_NOT_JSON", f"{SEARCH}received"]
    assert NUMBER not in str(listed)
    await asyncio.sleep(5.1)
    assert await keeping.send_again(client, url) == 2
    assert (await waiting(client, dead), await waiting(client, url)) == (0, 2)
    assert await over(world, SqsQueue(client, url, wait=1)).once() == 1
    assert (await world.record(Person, person("mentor"))).prison == "LEI"


async def test_what_was_put_aside_can_be_let_go(world: World, client: Any) -> None:
    """For good; and the queue itself is not touched."""
    url, dead = await queue_of(client, f"events-{os.urandom(4).hex()}")
    for queue in (url, dead):
        await client.send_message(QueueUrl=queue, MessageBody="{")
    assert await keeping.let_go(client, url) == 1
    assert (await waiting(client, dead), await waiting(client, url)) == (0, 1)


async def test_the_queues_say_how_they_stand(client: Any) -> None:
    """How many wait, are under way and were put aside, in the estate's words; DOWN where nothing would be put aside.
    Neither a name nor an address is told."""
    url, dead = await queue_of(client, f"events-{os.urandom(4).hex()}")
    for queue in (url, url, dead):
        await client.send_message(QueueUrl=queue, MessageBody=CAME)
    told = await Tended("prisonEvents", client, url, type_of).health()
    assert told.up
    assert told.details.model_dump(mode="json", by_alias=True) == {
        "messagesOnQueue": 2,
        "messagesInFlight": 0,
        "dlqStatus": "UP",
        "messagesOnDlq": 1,
    }
    bare = (await client.create_queue(QueueName=f"events-{os.urandom(4).hex()}"))["QueueUrl"]
    told = await Tended("prisonEvents", client, bare, type_of).health()
    assert not told.up
    assert told.details.model_dump(mode="json", by_alias=True, exclude_none=True) == {
        "messagesOnQueue": 0,
        "messagesInFlight": 0,
        "dlqStatus": "DOWN",
    }


async def test_the_topic_says_who_listens(client: Any) -> None:
    """How many do, and how many have not said yes; one that is not there cannot be asked."""
    del client  # for its endpoint
    async with sqs.client("eu-west-2", "sns") as sns:
        topic = (await sns.create_topic(Name=f"events-{os.urandom(4).hex()}"))["TopicArn"]
        # Moto knows the names of these attributes and counts nothing in them.
        nobody = health.TopicDetails.model_validate({"subscriptionsConfirmed": 0, "subscriptionsPending": 0})
        assert await keeping.topic_health(sns, topic) == health.Told(True, nobody)
        with pytest.raises(ClientError):
            await keeping.topic_health(sns, f"{topic}-gone")

    class Counts:
        async def get_topic_attributes(self, *, TopicArn: str) -> dict[str, dict[str, str]]:
            return {"Attributes": {"TopicArn": TopicArn, "SubscriptionsConfirmed": "4", "SubscriptionsPending": "1"}}

    told = (await keeping.topic_health(Counts(), topic)).details
    assert told.model_dump(by_alias=True) == {"subscriptionsConfirmed": 4, "subscriptionsPending": 1}


async def test_a_command_is_taken_from_its_own_queue(world: World, client: Any) -> None:
    """What cannot be read is put aside beside it, and is found there by its keeper."""
    url, dead = await queue_of(client, f"commands-{os.urandom(4).hex()}")
    for body in (command("TestEvent", {}), command("Unheard", {"name": "Arthur"})):
        await client.send_message(QueueUrl=url, MessageBody=body)
    runtime = world.house.runtime
    working = Commands(SqsQueue(client, url, wait=1), lambda: service_begin(runtime), runtime)
    assert await working.once() == 1
    await client.send_message(QueueUrl=dead, MessageBody=command("Unheard", {"name": "Arthur"}))
    name = dead.rpartition("/")[2]
    tended = Tended("commands", client, url, commands.type_of)
    world.stage.queues[:] = [tended]
    answer = await world.operator.get(f"/queue-admin/get-dlq-messages/{name}")
    assert [each["type"] for each in answer.json()["messages"]] == ["MESSAGE_OF_NO_KNOWN_TYPE"]
    assert "Arthur" not in answer.text


async def test_a_queue_that_puts_nothing_aside_is_not_well(world: World, client: Any) -> None:
    """One bad message would come for ever."""
    url, _ = await queue_of(client, f"events-{os.urandom(4).hex()}")
    assert (await keeping.state_of(client, url)).put_aside is not None
    bare = (await client.create_queue(QueueName=f"events-{os.urandom(4).hex()}"))["QueueUrl"]
    assert (await keeping.state_of(client, bare)).put_aside is None
    with pytest.raises(keeping.NoQueue):
        await keeping.send_again(client, bare)
