"""Examples of the document: made-up, the same in every process, and valid by the schema that they stand beside.

A page of documentation that has none draws strings at random, the words for an emergency among them. An enumeration's
example is its first word, a record's is that of its members; for a text the member's name says it. What has no word
here has no example, and a test says of which operation.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, cast

Schema = dict[str, Any]

_FORMATS: Final[Mapping[str, str]] = {
    "uuid": "3f2b8c1e-7d4a-4b6f-9a1d-0c5e8f7a2b61",
    "date": "2026-11-23",
    "date-time": "2026-11-23T02:10:00Z",
}
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "act": ("CHANGE",),
    "actingAs": ("own",),
    "cell": ("A-1-012",),
    "certificate": ("SAM-2026-0117",),
    "client": ("wing-tablets",),
    "code": ("not-found",),
    "contact": ("ONE_OFF",),
    "doThisNow": ("Raise the alarm now: shout, press the cell bell or the general alarm, or use the radio.",),
    "endsOn": ("2027-05-01",),
    "holds": ("OPERATIONAL",),
    "howToAsk": ("Ask any officer, at any hour.",),
    "id": (_FORMATS["uuid"],),
    "issuer": ("https://id.example",),
    "jurisdiction": ("EW",),
    "kind": ("LISTENERS",),
    "language": ("cy",),
    "languages": ("en",),
    "may": ("read scheme",),
    "modules": ("LISTENING",),
    "modulesPassed": ("LISTENING",),
    "name": ("Sam Made-Up",),
    "next": ("kZ3vY0mQ9rT1xW7c",),
    "note": ("Start at page five.",),
    "organisation": ("HMPPS",),
    "outcome": ("DONE",),
    "partner": ("SAMARITANS",),
    "permittedTasks": ("LISTEN",),
    "places": ("Listener suite, A wing",),
    "prison": ("MDI",),
    "prohibitedTasks": ("GIVE_ADVICE",),
    "proposerOrganisation": ("HMPPS",),
    "purpose": ("support",),
    "recipient": ("Sam",),
    "recordLevel": ("COUNT_ONLY",),
    "role": ("WING_OFFICER",),
    "rule": ("wing-officer.support.own-wing-on-duty",),
    "scheme": (_FORMATS["uuid"],),
    "sees": ("OPEN",),
    "stageOfSentence": ("ANY",),
    "subject": ("jo",),
    "supportTypes": ("EMOTIONAL",),
    "tag": ("0f3a9c5d7e1b2468",),
    "targetGroup": ("Anybody in distress.",),
    "title": ("Listeners",),
    "toldToNewcomers": ("What you say to a Listener stays with the Samaritans.",),
    "wing": ("MDI-A",),
    "wings": ("MDI-A",),
    "wingsNow": ("MDI-A",),
    "within": ("OWN_PRISON",),
    "words": ("It helped.",),
    "writes": ("languages",),
}
"""By the member's name; the first that the schema takes."""


_WHEN: Final = "occurredAt"


class _None(Exception):
    """No example can be given."""


def add(document: Schema) -> None:
    """Give each body of a request, and each of an answer that went well, an example, where one can be given."""
    schemas: Mapping[str, Schema] = document.get("components", {}).get("schemas", {})
    for item in document["paths"].values():
        for operation in item.values():
            bodies = [operation.get("requestBody", {})]
            bodies += [said for status, said in operation["responses"].items() if status.startswith("2")]
            for body in bodies:
                _give(body.get("content", {}).values(), schemas)


def _give(media: Any, schemas: Mapping[str, Schema]) -> None:
    for one in media:
        if "schema" not in one or "example" in one or "examples" in one:
            continue
        try:
            one["example"] = _of(one["schema"], "", schemas)
        except _None:
            continue


def _of(schema: Schema, name: str, schemas: Mapping[str, Schema]) -> Any:
    if "$ref" in schema:
        return _of(schemas[str(schema["$ref"]).rpartition("/")[2]], name, schemas)
    for keyword in ("examples", "enum"):
        if schema.get(keyword):
            return schema[keyword][0]
    if "const" in schema:
        return schema["const"]
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return _of(next(s for s in schema[keyword] if s.get("type") != "null"), name, schemas)
    match schema.get("type"):
        case "object":
            members = cast(dict[str, Schema], schema.get("properties", {}))
            # Whoever pastes an example means now.
            return {member: _of(within, member, schemas) for member, within in members.items() if member != _WHEN}
        case "array":
            return [] if name == "withheld" else [_of(schema["items"], name, schemas)]
        case "boolean":
            return False
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "string":
            return _text(schema, name)
        case _:
            raise _None


def _text(schema: Schema, name: str) -> str:
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    least, most, form = schema.get("minLength", 0), schema.get("maxLength", 1000), schema.get("pattern", "")
    for word in _WORDS.get(name, ()):
        if least <= len(word) <= most and re.search(form, word):
            return word
    raise _None
