"""The queues' keeper over HTTP, at the estate's own addresses (hmpps.md 4.6). What the estate leaves open to anybody in
its cluster (`retry-all-dlqs`) asks for the role here, as the rest: a message that comes again is a change.

A message is shown by its id, its type, how often it came and when it was sent, and never by its body: an event names a
man and where he went, a command somebody whom a consumer taught. The keeper mends the queue, and needs neither.

Only what was put aside is purged. What still waits was heard by nobody yet, and of commands nobody else has it.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, Final, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.alias_generators import to_camel
from starlette.responses import Response

from api import keeping
from api.call import Call
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.keeping import Tended
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Unavailable
from domain.oversight import queues

T = TypeVar("T")
routes = router("queues")
_AGAIN: Final = 5
"""Seconds after which a queue that could not be asked may be asked again. A default."""
_MOST: Final = 100
_NAME: Final = r"^[A-Za-z0-9_.-]{1,80}$"

DlqName = Annotated[
    str,
    Path(alias="dlqName", pattern=_NAME, max_length=80, description="The name of a queue in which is put aside."),
]
QueueName = Annotated[
    str,
    Path(alias="queueName", pattern=_NAME, max_length=80, description="The name of a queue in which is put aside."),
]
_Count = Annotated[int, Field(ge=0, le=1_000_000_000, examples=[2])]


class _Shown(Shown):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class RetryDlqResult(_Shown):
    """What came again."""

    messages_found_count: _Count
    """How many messages were sent to their queue again."""


class RetryDlqResults(RootModel[Annotated[list[RetryDlqResult], Field(max_length=10)]]):
    """What came again, of each queue."""


class PurgeQueueResult(_Shown):
    """What was deleted."""

    messages_found_count: _Count
    """How many messages lay there, about."""


class DlqMessage(_Shown):
    """A message that was put aside, without what it says."""

    message_id: Annotated[str, Field(max_length=100, examples=["5f0c1d3e-1b1a-4c44-9a35-1f6f6a7f4a10"])]
    type: Annotated[str, Field(max_length=100, examples=["MESSAGE_IS_NOT_JSON"])]
    """Its type, or why it cannot be read."""
    received: Annotated[int, Field(ge=0, le=1_000_000_000, examples=[4])]
    """How often it was taken."""
    sent_at: datetime | None
    """When it was sent to the queue."""


class GetDlqResult(_Shown):
    """Some of what was put aside."""

    messages_found_count: _Count
    """How many messages lie there, about."""
    messages_returned_count: _Count
    """How many are listed."""
    messages: Annotated[list[DlqMessage], Field(max_length=_MOST)]


@operation(
    routes,
    "GET",
    "/queue-admin/get-dlq-messages/{dlqName}",
    Verb.READ_QUEUE,
    name="getDlqMessages",
    summary="What was put aside",
    shows=GetDlqResult,
)
async def get_dlq_messages(
    call: CallDep,
    name: DlqName,
    most: Annotated[
        int, Query(alias="maxMessages", ge=1, le=_MOST, description="How many to list at most.", examples=[10])
    ] = _MOST,
) -> Response:
    """Some of the messages that could not be worked on: never their bodies. While they are looked at they are hidden
    from others for a few seconds. Whoever keeps the service (operations), by the authority
    `ROLE_PEER_SUPPORT__QUEUE_ADMIN` and an assignment of ours."""
    tended = await _kept(call, name)

    async def looked_at() -> GetDlqResult:
        found = await keeping.listed(tended.client, tended.url, tended.type_of, most)
        state = await keeping.state_of(tended.client, tended.url)
        messages = [
            DlqMessage(message_id=each.id, type=each.type, received=each.received, sent_at=each.sent_at)
            for each in found
        ]
        # SQS's own count is approximate, and leaves out what this very look has hidden.
        there = max(state.put_aside or 0, len(found))
        return GetDlqResult(messages_found_count=there, messages_returned_count=len(found), messages=messages)

    return _said(call, await _asked(looked_at))


@operation(
    routes,
    "PUT",
    "/queue-admin/retry-dlq/{dlqName}",
    Verb.RETRY_QUEUE,
    name="retryDlq",
    summary="Send what was put aside again",
    shows=RetryDlqResult,
)
async def retry_dlq(call: CallDep, name: DlqName) -> Response:
    """All that was put aside comes again: after a mend, or an outage. None is lost, and what was done already is not
    done again. Whoever keeps the service (operations)."""
    return _said(call, await _sent_again(await _kept(call, name)))


@operation(
    routes,
    "PUT",
    "/queue-admin/retry-all-dlqs",
    Verb.RETRY_QUEUE,
    name="retryAllDlqs",
    summary="Send all that was put aside again",
    shows=RetryDlqResults,
)
async def retry_all_dlqs(call: CallDep) -> Response:
    """The same of every queue of this service, for a clock of the estate's, which needs the role, too. A queue that
    puts nothing aside is left out. Whoever keeps the service (operations)."""
    await call.run(lambda begin: queues.kept(begin, Verb.RETRY_QUEUE))

    async def those_that_put_aside() -> list[Tended]:
        return [each for each in call.runtime.queues if await each.aside() is not None]

    found = [await _sent_again(each) for each in await _asked(those_that_put_aside)]
    return _said(call, RetryDlqResults(found))


@operation(
    routes,
    "PUT",
    "/queue-admin/purge-queue/{queueName}",
    Verb.PURGE_QUEUE,
    name="purgeQueue",
    summary="Delete what was put aside",
    shows=PurgeQueueResult,
)
async def purge_queue(call: CallDep, name: QueueName) -> Response:
    """All that was put aside is deleted, for good. What events told is found by the nightly reconciliation; what
    commands asked for is not. 404 for a queue whose messages still wait to be heard. Whoever keeps the service
    (operations)."""
    tended = await _kept(call, name)

    async def purged() -> PurgeQueueResult:
        return PurgeQueueResult(messages_found_count=await keeping.let_go(tended.client, tended.url))

    return _said(call, await _asked(purged))


async def _kept(call: Call, name: str) -> Tended:
    """The queue of ours that puts aside there, and a line for what is done at it. Raises `Absent`."""
    found = await _asked(lambda: keeping.put_aside_in(call.runtime.queues, name))
    await call.run(lambda begin: queues.kept(begin, call.verb, there=found is not None))
    assert found is not None
    return found


async def _sent_again(tended: Tended) -> RetryDlqResult:
    count = await _asked(lambda: keeping.send_again(tended.client, tended.url))
    return RetryDlqResult(messages_found_count=count)


async def _asked(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask the queue. Raises `Unavailable`: it cannot be asked, and nothing that AWS said of why goes further."""
    try:
        return await ask()
    except Exception as wrong:
        raise Unavailable(_AGAIN) from wrong


def _said(call: Call, shown: BaseModel) -> Response:
    said: Any = shown.model_dump(mode="json", by_alias=True)
    return call.plain(said)
