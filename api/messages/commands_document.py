"""What `openapi/asyncapi.json` says of the commands that are taken: made of the very models that read them."""

from collections.abc import Mapping
from typing import Any, Final, cast

from api.messages.commands import COMMANDS, TEST

_UUID: Final = {"type": "string", "format": "uuid", "maxLength": 36}
_ID: Final = "00000000-0000-4000-8000-00000000000{}"
_SAID: Final[Mapping[str, Mapping[str, Any]]] = {
    "NotePeerSupportTrainingAttendance": {
        "prisonId": "MDI",
        "cohort": _ID.format(2),
        "supporter": _ID.format(3),
        "module": "COMMUNICATION",
        "heldOn": "2026-11-28",
        "attended": "ATTENDED",
        "hours": 3,
    },
    "RecordPeerSupportGroupSession": {
        "prisonId": "MDI",
        "scheme": _ID.format(4),
        "topic": "HEALTHY_LIVING",
        "heldOn": "2026-11-28",
        "minutes": 60,
        "expected": 9,
        "attended": 7,
    },
    TEST: {},
}


def messages() -> dict[str, Any]:
    """Each message, by the name that the document gives it."""
    told = {type: asked.says for type, asked in COMMANDS.items()}
    found = {type: _message(type, str(says.__doc__), _inlined(says.model_json_schema())) for type, says in told.items()}
    nothing = _message(TEST, "Whether the queue is heard: taken, and nothing done with it.", {"type": "object"})
    return {_name(type): message for type, message in {**found, TEST: nothing}.items()}


def _name(type: str) -> str:
    return type[0].lower() + type[1:]


def _message(type: str, said: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    body = {"messageId": _ID.format(1), "eventType": type, "description": None, "messageAttributes": dict(_SAID[type])}
    said = " ".join(said.split())
    return {
        "name": type,
        "title": said,
        "description": f"{said} Done once for each `messageId`. What a rule refuses is done with, and not answered.",
        "payload": {
            "type": "object",
            "required": ["messageId", "eventType", "who"],
            "properties": {
                "messageId": {**_UUID, "description": "Stays the same, however often it is sent."},
                "eventType": {"const": type},
                "description": {"type": ["string", "null"], "description": "Not read."},
                "messageAttributes": dict(attributes),
                "who": {
                    "type": "string",
                    "pattern": "^[!-~]{1,255}$",
                    "description": "The consumer: what it may do, an access administrator has granted it by this name.",
                },
            },
        },
        "examples": [{"payload": {**body, "who": "learning-together"}}],
    }


def _inlined(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without references: AsyncAPI would look for them in the whole document."""
    parts = cast(Mapping[str, Any], schema.get("$defs", {}))

    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return [whole(each) for each in cast(list[Any], value)]
        if not isinstance(value, dict):
            return value
        found = cast(dict[str, Any], value)
        name = str(found.get("$ref", "")).rpartition("/")[2]
        inner = {**parts[name], **{n: v for n, v in found.items() if n != "$ref"}} if name else found
        return {n: whole(v) for n, v in inner.items() if n not in ("$defs", "title", "examples")}

    return whole(schema)
