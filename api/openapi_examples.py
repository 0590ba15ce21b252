"""Examples of the document: made-up, the same in every process, and valid by the schema that they stand beside.

A page of documentation that has none draws strings at random, the words for an emergency among them. An enumeration's
example is its first word, a record's is that of its members; for a text the member's name says it. What has no word
here has no example, and a test says of which operation.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, cast

from api.openapi_bodies import BODIES, OUT, Schema

_FORMATS: Final[Mapping[str, str]] = {
    "uuid": "3f2b8c1e-7d4a-4b6f-9a1d-0c5e8f7a2b61",
    "date": "2026-11-23",
    "date-time": "2026-11-23T02:10:00Z",
}
_LATER: Final = "2026-11-23T02:30:00Z"
"""When something ends that begins at the example's instant."""
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "removed": ("A4432FD",),
    "survivor": ("A1244AB",),
    "undo": ("{}",),
    "achievable": ("Leeds went from four in ten to nine in a year.",),
    "act": ("CHANGE",),
    "address": ("https://hooks.example.org/peer-support",),
    "actingAs": ("own",),
    "activeAgencies": ("MDI",),
    "because": ("Two more mentors are trained.",),
    "after": ("Ask any officer, at any hour.",),
    "before": ("Ask any officer.",),
    "cell": ("A-1-012",),
    "awardingBody": ("SAMARITANS",),
    "band": ("BAND_2",),
    "base": ("LISTENERS",),
    "beforeYouUnlock": ("Check non-associations in DPS before you unlock.",),
    "certificate": ("SAM-2026-0117",),
    "certifiedBy": ("SAMARITANS",),
    "codes": ("AWAY", "K7QPM-2XWRT-9ZBHC"),
    "client": ("wing-tablets",),
    "code": ("not-found", "LISTENERS"),
    "contact": ("ONE_OFF",),
    "coverInWords": ("Work sheets at the door; sessions are made up later.",),
    "decided": ("Mentors meet on Mondays from now on.",),
    "comparedWith": ("MDI-B",),
    "conclusion": ("Scores rose while people learned. Nobody else was measured.",),
    "contingency": ("Samaritans by phone when no supporter can come.",),
    "doThisNow": ("Raise the alarm now: shout, press the cell bell or the general alarm, or use the radio.",),
    "ends": ("11:30",),
    "endsOn": ("2027-05-01",),
    "gaps": ("SUPERVISION_VACANT",),
    "gapsAbout": ("SUPERVISION_VACANT",),
    "further": ("SELF_EFFICACY",),
    "foundInWords": ("The bell on C wing is not heard at night.",),
    "engaging": ("A standing item of the safer prisons meeting.",),
    "forWhom": ("New arrivals",),
    "found": ("People who arrived after six were met a day late.",),
    "growing": ("Two wings first, then one more a month.",),
    "holds": ("OPERATIONAL",),
    "howToAsk": ("Ask any officer, at any hour.",),
    "id": (_FORMATS["uuid"],),
    "identifier": ("A1234BC",),
    "inWords": ("Mentors are asked to carry parcels.",),
    "answerInWords": ("Mentors are asked to carry parcels.",),
    "instrument": ("SWEMWBS",),
    "involving": ("Supporters bring two items to each meeting.",),
    "issuer": ("https://id.example",),
    "turn": ("9650 2026-11-23",),
    "consentWords": ("We look at your release date and alerts.",),
    "ruleVersion": ("EW-1",),
    "facts": ("HA",),
    "blockedBy": ("LITERACY",),
    "ownQuestions": ("What would you say on his first night?",),
    "currency": ("GBP",),
    "job": ("LIBRARY_ORDERLY",),
    "jurisdiction": ("EW",),
    "kind": ("LISTENERS", "STAFF"),
    "kinds": ("LISTENERS",),
    "knowing": ("By the two objectives, each quarter.",),
    "label": ("The person is a child, and we know who they are.",),
    "language": ("cy",),
    "languages": ("en",),
    "lessons": ("Evenings without staff on the wing do not work.",),
    "learnedInWords": ("Tell the library too.",),
    "maintaining": ("Communication is checked on the first Monday.",),
    "materials": ("Posters in four languages.",),
    "may": ("read scheme",),
    "meantToDo": ("Reach everybody in the group within a day.",),
    "measure": ("REQUESTS_MET",),
    "member": ("howToAsk",),
    "members": ("howToAsk",),
    "modules": ("LISTENING",),
    "evidence": ("SEC-2026-0042",),
    "failedModule": ("LISTENING",),
    "level": ("LEVEL-1",),
    "module": ("LISTENING",),
    "number": ("SAM-2026-0117",),
    "modulesPassed": ("LISTENING",),
    "month": ("2026-11",),
    "name": ("Sam Made-Up",),
    "needsEvidence": ("Survey of March, 212 answers.",),
    "key": ("late-item-0001",),
    "ground": ("RISK_TO_A_CHILD",),
    "offer": ("There is somebody you can talk to.",),
    "path": ("/items/0/minutes",),
    "type": ("/problems/not-found",),
    "whom": ("Sam",),
    "definition": ("Requests that were met, of all that were made.",),
    "definitions": ("2",),
    "part": ("DAY",),
    "picture": ("smile",),
    "secret": ("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",),
    "says": ("Supporters are letters.",),
    "about": ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",),
    "fields": ("state",),
    "file": ("{}",),
    "sha256": ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",),
    "supporters": ("Supporter A",),
    "value": ("MET",),
    "withheld": ("Numbers of fewer than eight people.",),
    "word": ("REFUSED",),
    "next": ("kZ3vY0mQ9rT1xW7c",),
    "note": ("Start at page five.",),
    "ofWhom": ("Night staff.",),
    "optional": ("answers",),
    "organisation": ("HMPPS",),
    "outcome": ("DONE",),
    "partner": ("SAMARITANS",),
    "passedOn": ("Nothing leaves the room but a risk to a child.",),
    "paying": ("As any wing job.",),
    "places": ("Listener suite, A wing",),
    "prison": ("MDI",),
    "proposerOrganisation": ("HMPPS",),
    "public": ("howToAsk",),
    "purpose": ("support",),
    "reason": ("The room has no window.",),
    "question": ("How will you know if it has the intended impact?",),
    "purposePlain": ("Somebody to talk to, day or night.",),
    "reached": ("MDI-A",),
    "recipient": ("Sam",),
    "recommendation": ("Roster one supporter for late arrivals.",),
    "recordLevel": ("COUNT_ONLY",),
    "recruiting": ("An advert on every wing, the same questions to all.",),
    "role": ("WING_OFFICER",),
    "rooms": ("Chapel vestry",),
    "rule": ("wing-officer.support.own-wing-on-duty",),
    "said": ("We would like a table by the window.",),
    "scheme": (_FORMATS["uuid"],),
    "sees": ("OPEN",),
    "settledBecause": ("Two more mentors are trained.",),
    "shownWhere": ("Every landing of A wing.",),
    "stageOfSentence": ("ANY",),
    "starts": ("09:00",),
    "subject": ("jo",),
    "supervising": ("The coordinator meets the partner monthly.",),
    "supportTypes": ("EMOTIONAL",),
    "supporting": ("A debrief after every shift.",),
    "tag": ("0f3a9c5d7e1b2468",),
    "targetGroup": ("Anybody in distress.",),
    "text": ("Signpost",),
    "title": ("Listeners",),
    "toldPlain": ("What you say stays with Listeners and Samaritans.",),
    "toldToNewcomers": ("What you say to a Listener stays with the Samaritans.",),
    "weDid": ("There is a table by the window now.",),
    "what": ("Tell the wing staff how to ask.",),
    "training": ("Six mornings with the partner.",),
    "trainingModules": ("LISTENING",),
    "watching": ("A pulse of staff and wing each quarter.",),
    "whenAvailable": ("Every day, in association and after lock-up.",),
    "whyNeeded": ("Three in ten told the survey that they had nobody to turn to.",),
    "wing": ("MDI-A",),
    "wings": ("MDI-A",),
    "wingsNow": ("MDI-A",),
    "within": ("OWN_PRISON",),
    "words": ("It helped.",),
    "writes": ("languages",),
    "youSaid": ("We would like a table by the window.",),
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
        called = str(schema["$ref"]).rpartition("/")[2]
        found = _of(schemas[called], name, schemas)
        if called in BODIES:
            found = {member: value for member, value in {**found, **BODIES[called]}.items() if value is not OUT}
        return found
    if name == "endsAt" and schema.get("format") == "date-time":
        return _LATER
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
            least = int(schema.get("minItems", 1))
            return [] if name == "withheld" else [_of(schema["items"], name, schemas)] * max(1, least)
        case "boolean":
            return False
        case "integer" | "number":
            least = schema.get("minimum", 0)
            # Pydantic writes the bounds of whole numbers as 1.0.
            return int(least) if schema["type"] == "integer" else least
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
