"""What goes with events and audit messages: a trace of its own, that says where they were handed over and no more."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from api.messages.sns import SnsTopic, SqsAuditQueue
from domain.telling.audit import Message
from domain.telling.ports import Undelivered
from tests.api.messages.test_sns import ORIGIN, event
from tests.api.telemetry.gathering import gathering


class Aws:
    """Takes what is sent, or does not."""

    def __init__(self, *, takes: bool = True) -> None:
        self.takes, self.sent = takes, list[Mapping[str, Any]]()

    async def publish_batch(self, *, PublishBatchRequestEntries: Any, **_: Any) -> dict[str, Any]:
        return self._took(PublishBatchRequestEntries)

    async def send_message_batch(self, *, Entries: Any, **_: Any) -> dict[str, Any]:
        return self._took(Entries)

    def _took(self, entries: list[Mapping[str, Any]]) -> dict[str, Any]:
        self.sent += entries
        return {} if self.takes else {"Failed": entries}


def _traces(sent: list[Mapping[str, Any]]) -> list[str]:
    return [each["MessageAttributes"]["traceparent"]["StringValue"] for each in sent]


async def test_each_batch_has_a_trace_of_its_own() -> None:
    """Twelve events are two batches: two spans that know of no other, and of which each message says its own. The body
    holds nothing of it, nor does any attribute but one."""
    with gathering() as gathered:
        aws = Aws()
        await SnsTopic(aws, "arn", gathered.telemetry.handing_over).publish(
            [(event(n), event(n).body(ORIGIN)) for n in range(12)]
        )
        traces, spans = _traces(aws.sent), gathered.spans
        assert [f"00-{s.context.trace_id:032x}-{s.context.span_id:016x}" for s in spans] == [
            traces[0][:52],
            traces[-1][:52],
        ]
        assert len(set(traces)) == 2
        assert {span.parent for span in spans} == {None}
        assert [(s.name, s.kind.name) for s in spans] == [("send aws_sns", "PRODUCER")] * 2
        assert {frozenset(each["MessageAttributes"]) for each in aws.sent} == {
            frozenset({"eventType", "id", "traceparent"})
        }
        assert not any("trace" in json.dumps(json.loads(each["Message"])).lower() for each in aws.sent)


async def test_audit_messages_too_and_what_is_not_taken_is_an_error() -> None:
    """Without a word of what went wrong."""
    with gathering() as gathered:
        aws = Aws(takes=False)
        with pytest.raises(Undelivered):
            await SqsAuditQueue(aws, "url", gathered.telemetry.handing_over).send(
                [Message(UUID(int=1), {"what": "EDIT_SCHEME", "who": "JDOE_GEN"})]
            )
        (span,) = gathered.spans
        assert (span.name, span.status.status_code.name, span.status.description) == ("send aws_sqs", "ERROR", None)
        assert list(span.events) == []
        assert "JDOE_GEN" not in gathered.said()
        assert len(_traces(aws.sent)) == 1


async def test_without_a_collector_nothing_is_added() -> None:
    """Message and attributes are what they always were."""
    aws = Aws()
    await SnsTopic(aws, "arn").publish([(event(1), event(1).body(ORIGIN))])
    await SqsAuditQueue(aws, "url").send([Message(UUID(int=1), {"what": "EDIT_SCHEME"})])
    assert [sorted(each.get("MessageAttributes", {})) for each in aws.sent] == [["eventType", "id"], []]
