"""A worker as its settings make it: from a line of the ledger in PostgreSQL to a queue that hears the topic."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pytest
from aiobotocore.session import AioSession
from moto.server import ThreadedMotoServer

from api.settings import Settings
from api.wiring.opening import opened
from api.work.bench import Tick
from domain.confidentiality.entry import Change
from persistence import migrate
from persistence.keys import generate
from tests.persistence.samples import entry
from tests.servers import Urls

REGION = "eu-west-2"


@pytest.fixture(scope="module")
def aws() -> Iterator[None]:
    """Moto's server, in the settings that botocore reads itself."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "a")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "b")
        yield
    server.stop()


@pytest.fixture
async def estate(aws: None) -> AsyncIterator[tuple[Any, str, str, str]]:
    """(SQS, the topic, a queue that hears it, the audit queue)."""
    del aws
    session: Any = AioSession()
    async with (
        session.create_client("sns", region_name=REGION) as sns,
        session.create_client("sqs", region_name=REGION) as sqs,
    ):
        topic = (await sns.create_topic(Name=f"events-{uuid4()}"))["TopicArn"]
        hears, audit = [(await sqs.create_queue(QueueName=f"q-{uuid4()}"))["QueueUrl"] for _ in range(2)]
        asked = await sqs.get_queue_attributes(QueueUrl=hears, AttributeNames=["QueueArn"])
        await sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=asked["Attributes"]["QueueArn"])
        yield sqs, topic, hears, audit


def passing_on(ticks: tuple[Tick, ...]) -> list[Tick]:
    return [tick for tick in ticks if tick.name == "events are passed on"]


async def test_a_worker_passes_on_what_is_settled(database: Urls, estate: tuple[Any, str, str, str]) -> None:
    """Its timer takes the line of an act to the topic, once; a restart begins where it had got to, and tells nothing
    twice."""
    await migrate.upgrade(database.owner_url)
    sqs, topic, hears, audit = estate
    settings = Settings(
        database_url=database.app_url,
        keys=generate(),
        pool_size=2,
        origin="https://ours.example",
        domain_events_topic_arn=topic,
        audit_sqs_queue_url=audit,
        aws_region=REGION,
    )
    scheme = uuid4()
    made = entry(verb="CREATE_SCHEME", prison="MDI", changes=(Change("scheme", scheme, 0, 1, ("name",)),))
    taken: list[int] = []
    for _ in range(2):
        async with opened(settings, for_work=True) as found:
            (tick,) = passing_on(found.bench.ticks)
            taken.append(await tick.do())
            if len(taken) == 1:
                await found.runtime.store.abandon(made)
                taken.append(await tick.do())
    assert taken == [0, 1, 0]
    (message,) = (await sqs.receive_message(QueueUrl=hears, MaxNumberOfMessages=10))["Messages"]
    body = json.loads(json.loads(message["Body"])["Message"])
    assert (body["eventType"], body["detailUrl"]) == (
        "peer-support.scheme.created",
        f"https://ours.example/v1/schemes/{scheme}",
    )
