"""`openapi/asyncapi.json`: what is sent from here, and what is asked for by a queue, as AsyncAPI 3. Made of the
projection's own tables, so that it says neither more nor less than what leaves (`peer-support asyncapi`; a test holds
the committed file to it)."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from api.messages import commands_document
from domain.confidentiality.entry import Change, Entry, Family, Outcome
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, EntryId
from domain.records import KINDS
from domain.telling.audit import AUDITED, STEP, DayNumber, audit_of, daily_of, what_of
from domain.telling.events import VERSION, Event, events_of, ping_of
from domain.telling.subscription import seen_of
from domain.telling.types import PINGED, TOLD, Told

_ORIGIN: Final = "https://peer-support.example"
_AT: Final = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
_ENTRY, _RECORD, _ACTOR = (UUID(int=n, version=4) for n in (1, 2, 3))
_UUID: Final = {"type": "string", "format": "uuid", "maxLength": 36}
_PING: Final = "subscriptionPinged"


def document() -> dict[str, Any]:
    """The document, as plain values."""
    events = {_name(told.type): _message(told) for told in TOLD}
    hooks = [_name(told.type) for told in TOLD if seen_of(told)]
    asked = commands_document.messages()
    messages = {**events, _PING: _pinged(), "auditedAct": _audited(), "dailyNumber": _daily()}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Peer support in prisons: what it tells",
            "version": str(VERSION),
            "description": (
                "Events, audit messages and webhooks; and commands, of organisations outside, by the estate's external"
                " API. What is not in here leaves this service by no message: the projection's default is deny."
                " Everything is sent at least once, with an id that stays the same; events hold ids alone, and the rest"
                " is read at `detailUrl` with a role of one's own."
            ),
            "contact": {"name": "Peer support in prisons"},
            "license": {"name": "MIT"},
            "tags": [{"name": "peer-support", "description": "Peer support in prisons."}],
        },
        "defaultContentType": "application/json",
        "servers": {
            "sns": {"host": "sns.eu-west-2.amazonaws.com", "protocol": "sns", "description": "The estate's topic."},
            "sqs": {"host": "sqs.eu-west-2.amazonaws.com", "protocol": "sqs", "description": "The estate's queue."},
            "subscriber": {
                "host": "{host}",
                "protocol": "https",
                "description": "The address of a subscription (`/v1/subscriptions`).",
                "variables": {"host": {"description": "Its host."}},
            },
        },
        "channels": {
            "domainEvents": _channel("hmpps-domain-events", "sns", "The topic of domain events.", list(events)),
            "audit": _channel("hmpps-audit-queue", "sqs", "Audit of staff.", ["auditedAct", "dailyNumber"]),
            "commands": _channel("peer-support-commands", "sqs", "What organisations outside ask for.", list(asked)),
            "webhooks": _channel("/", "subscriber", "Webhooks.", [*hooks, _PING], "Webhook"),
        },
        "operations": {
            "publishEvents": _sends("domainEvents", "Publish what may be told to the whole estate."),
            "obeyCommands": {
                "action": "receive",
                "description": "Done by the acts of HTTP, as far as `who` may do them; of a closed policy nothing.",
                "channel": {"$ref": "#/channels/commands"},
            },
            "sendAudit": _sends("audit", "Tell what staff did: some acts one by one, the rest as a daily number."),
            "callWebhooks": _sends(
                "webhooks",
                "Tell an integrator of what its role reads, where its assignment reaches, and only where a field that"
                " it sees was changed. In order; signed as Standard Webhooks says.",
            ),
        },
        "components": {
            "messages": {**messages, **asked, **{f"{n}Webhook": _signed(messages[n]) for n in (*hooks, _PING)}}
        },
    }


def text() -> str:
    """The document as JSON."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _channel(address: str, server: str, said: str, messages: list[str], suffix: str = "") -> dict[str, Any]:
    return {
        "address": address,
        "description": said,
        "servers": [{"$ref": f"#/servers/{server}"}],
        "messages": {n: {"$ref": f"#/components/messages/{n}{suffix}"} for n in messages},
    }


def _sends(channel: str, said: str) -> dict[str, Any]:
    return {"action": "send", "description": said, "channel": {"$ref": f"#/channels/{channel}"}}


def _message(told: Told) -> dict[str, Any]:
    event = _raised(told)
    body = event.body(_ORIGIN)
    return {
        "name": told.type.value,
        "title": told.said,
        "description": f"{told.said} Raised by {', '.join(sorted(told.verbs))}. Why it may be told: {told.because}",
        "headers": {
            "type": "object",
            "description": "Message attributes of SNS.",
            "required": ["eventType", "id"],
            "properties": {"eventType": {"const": told.type.value}, "id": _UUID},
        },
        "payload": _schema(told.kind, told.type.value, told.said, body),
        "examples": [{"headers": {"eventType": told.type.value, "id": str(event.id)}, "payload": body}],
    }


def _pinged() -> dict[str, Any]:
    event = ping_of(_entry(Verb.PING_SUBSCRIPTION, "subscription", ("pinged_at",)), _RECORD)
    assert event is not None
    body = event.body(_ORIGIN)
    return {
        "name": PINGED,
        "title": "A test, which the owner of the subscription asked for.",
        "payload": _schema("subscription", PINGED, event.said, body),
        "examples": [{"payload": body}],
    }


def _schema(kind: str, type: str, said: str, body: Mapping[str, Any]) -> dict[str, Any]:
    more = body["additionalInformation"]
    drawn = {**_UUID, "description": KINDS[kind].shape.fields["id"].said}
    members: dict[str, Any] = dict.fromkeys(more, drawn)
    members["eventId"] = {**_UUID, "description": "Stays the same, however often it is sent."}
    if "prisonId" in more:
        members["prisonId"] = {"type": "string", "pattern": "^[A-Z0-9]{2,8}$", "description": "The prison's code."}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(body),
        "properties": {
            "eventType": {"const": type},
            "version": {"const": VERSION},
            "occurredAt": {"type": "string", "format": "date-time"},
            "description": {"const": said},
            "detailUrl": {"type": "string", "format": "uri"},
            "additionalInformation": {
                "type": "object",
                "additionalProperties": False,
                "required": [name for name in more if name != "prisonId"],
                "properties": members,
            },
        },
    }


def _signed(message: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a webhook: the headers are another."""
    text = {"type": "string", "minLength": 1}
    properties = {
        "webhook-id": {**text, "description": "Stays the same, however often it is sent."},
        "webhook-timestamp": {**text, "description": "Seconds since 1970: when it was sent, this time."},
        "webhook-signature": {
            **text,
            "description": (
                "`v1,` and the base64 of HMAC-SHA256 over id, timestamp and body with full stops between; after a"
                " change of the secret two for a day, with a blank between."
            ),
        },
    }
    return {
        **{name: part for name, part in message.items() if name != "examples"},
        "headers": {"type": "object", "required": list(properties), "properties": properties},
        "examples": [{"payload": example["payload"]} for example in message["examples"]],
    }


_AUDIT_MEMBERS: Final = ("what", "when", "who", "service", "correlationId", "details", "subjectId", "subjectType")


def _audited() -> dict[str, Any]:
    entry = _entry(Verb.LAUNCH_SCHEME, "scheme", ("state",))
    message = audit_of(entry, {_ACTOR: "JSMITH_GEN"})
    assert message is not None
    said = (
        "One act of a member of staff, of those that govern schemes or access: "
        f"{', '.join(sorted(AUDITED))}. Of people in custody there is none, and no prison number in any."
    )
    return {
        "name": "audited-act",
        "title": "One act of a member of staff.",
        "description": said,
        "payload": _audit_schema(sorted({what_of(verb) for verb in AUDITED})),
        "examples": [{"payload": dict(message.body)}],
    }


def _daily() -> dict[str, Any]:
    message = daily_of(date(2026, 11, 28), DayNumber("MDI", _ACTOR, 7), {_ACTOR: "JSMITH_GEN"})
    assert message is not None
    return {
        "name": "daily-number",
        "title": "How much a member of staff did in a prison on a day.",
        "description": (
            "All that is told of acts on closed-policy participation, wellbeing and casework, with every other act that"
            " is not told one by one. For each member of staff who did anything that day, the next day, rounded up to a"
            f" multiple of {STEP}: so that no night on which somebody asked for a Listener differs from one without."
        ),
        "payload": _audit_schema([str(message.body["what"])]),
        "examples": [{"payload": dict(message.body)}],
    }


def _audit_schema(what: list[str]) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    properties: dict[str, Any] = dict.fromkeys(_AUDIT_MEMBERS, text)
    properties |= {
        "what": {"enum": what},
        "when": {"type": "string", "format": "date-time"},
        "who": {"type": "string", "description": "The user name of a member of staff."},
        "details": {"type": "string", "description": "JSON."},
        "subjectId": {"type": "string", "description": "Our own id of a record that is about nobody."},
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(_AUDIT_MEMBERS[:6]),
        "dependentRequired": {"subjectId": ["subjectType"], "subjectType": ["subjectId"]},
        "properties": properties,
    }


def _raised(told: Told) -> Event:
    fields = () if told.marked is None else (told.marked,)
    (event,) = (e for e in events_of(_entry(min(told.verbs), told.kind, fields)) if e.type == told.type)
    return event


def _entry(verb: Verb, kind: str, fields: tuple[str, ...]) -> Entry:
    return Entry(
        id=EntryId(_ENTRY),
        at=_AT,
        actor=ActorId(_ACTOR),
        client=None,
        role=Role.GOVERNOR,
        assignment=None,
        purpose="oversight",
        verb=verb,
        family=Family.CHANGE,
        rule="governor.oversight.own-prison",
        outcome=Outcome.DONE,
        code=None,
        prison="MDI",
        jurisdiction="EW",
        closed=False,
        changes=(Change(kind, _RECORD, 1, 2, fields),),
    )


def _name(type: str) -> str:
    """`peer-support.scheme-kind.published` as `schemeKindPublished`."""
    first, *rest = type.removeprefix("peer-support.").replace("-", ".").split(".")
    return first + "".join(word.capitalize() for word in rest)
