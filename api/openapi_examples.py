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
    "achievable": ("Leeds went from four in ten to nine in a year.",),
    "act": ("CHANGE",),
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
    "codes": ("AWAY",),
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


_OUT: Final = object()
"""A member that the example leaves out."""
_OBJECTIVE: Final[Schema] = {
    "title": "Nine in ten requests are met",
    "baseline": 60,
    "baselineBy": _OUT,
    "target": 90,
    "startsOn": "2027-01-04",
    "dueOn": "2027-12-31",
    "runningWeeks": 26,
}
_TIME: Final[Schema] = {"starts": "09:00", "ends": "11:30", "validFrom": "2027-01-04", "validUntil": "2027-12-31"}
_SCHEME: Final[Schema] = {
    "name": "Listeners of Moorland",
    "purpose": "Somebody to talk to, day or night.",
    "supportersWanted": 6,
    "supportersNeeded": 2,
    "pilotLimit": 4,
    "pilotDays": 28,
    "reviewOn": "2027-12-01",
}
_PLACE: Final[Schema] = {"name": "Quiet room by the chapel"}
_VACANCY: Final[Schema] = {
    "places": 2,
    "closesOn": "2027-01-31",
    "adverts": [{"language": "en", "easyRead": True, "title": "Be a Listener", "words": "Listen to people."}],
    "questions": ["WHY_THIS_ROLE"],
    "ownQuestions": ["What would you say on his first night?"],
}
_BODIES: Final[Mapping[str, Schema]] = {
    "PlanEvaluation": {
        "title": "Do learners fare better?",
        "question": "Does wellbeing change while somebody learns to read?",
        "design": "SINGLE_GROUP",
        "outcome": "SWEMWBS",
        "further": ["SELF_EFFICACY"],
        "wanted": 40,
        "startsOn": "2026-12-01",
        "runningWeeks": 12,
        "analysisOn": "2027-06-01",
        "comparedWith": None,
        "reached": [],
        "reachedOn": [],
    },
    "AmendEvaluation": {
        "design": "SINGLE_GROUP",
        "outcome": "SWEMWBS",
        "further": ["SELF_EFFICACY"],
        "startsOn": "2026-12-01",
        "runningWeeks": 12,
        "analysisOn": "2027-06-01",
        "comparedWith": None,
        "reached": [],
        "reachedOn": [],
        "approached": 12,
        "refused": 3,
    },
    "TakeMeasurement": {
        "instrument": "SWEMWBS",
        "point": "END",
        "consentVersion": 1,
        "mode": "ON_PAPER",
        "answers": [3, 4, 3, 4, 3, 4, 3],
        "missed": None,
        "riskToldOn": None,
    },
    "AddVacancy": _VACANCY,
    "AmendVacancy": _VACANCY,
    "ApproveOverride": {"rule": "OFFENCE_TYPE"},
    "AskRotaWish": {"wish": "TAKE", "other": _OUT, "forDay": _OUT, "forBand": _OUT},
    "AskOverride": {"rule": "OFFENCE_TYPE"},
    "Defer": {"reviewOn": "2027-01-15"},
    "GiveScore": {"scores": [{"question": "WHY_THIS_ROLE", "mark": 3}, {"question": "EXPLAINING_PLAINLY", "mark": 2}]},
    "AddMeeting": {"staff": 2, "supporters": 4, "peopleInCustody": 3, "partners": 1},
    "AddMeetingPlace": _PLACE,
    "AddPayRate": {"band": "BAND_3", "validFrom": "2027-01-04", "validUntil": "2027-12-26"},
    "AddServiceTime": {"weekday": "SUNDAY", **_TIME},
    "AmendMeetingPlace": _PLACE,
    "AmendObjective": {**_OBJECTIVE, "need": _OUT},
    "AmendSupporter": {"agreedToBeListed": _OUT},
    "AmendScheme": {**_SCHEME, "partnerToldOn": _OUT},
    "AmendServiceTime": {"weekday": "SUNDAY", **_TIME},
    "CorrectPay": {"halfDays": 2, "fullDays": 3},
    "Certify": {"expiresOn": "2029-11-23"},
    "CreateKindVersion": {
        "code": "YOUNG_LISTENERS",
        "prison": "MDI",
        "base": "LISTENERS",
        "sheet": {"title": "Listeners, young adults", "probationDays": 42},
    },
    "CreateScheme": _SCHEME,
    "Decide": {"reason": _OUT, "staffReason": _OUT},
    "DecideTransferHold": {"granted": True, "refusedFor": _OUT},
    "NightSheet": {
        "occurredAt": "2026-11-23T02:10:00Z",
        "offers": _OUT,
        "unlock": _OUT,
        "end": {
            "how": "REFUSED",
            "occurredAt": "2026-11-23T02:20:00Z",
            "code": "NIGHT_STATE",
            "alternative": "SAMARITANS_PHONE",
        },
    },
    "NoteEscalation": {
        "toldOn": "2026-11-22",
        "personTold": "BEFORE",
        "notToldFor": _OUT,
        "ground": _OUT,
        "basis": _OUT,
    },
    "EndEnrolment": {"ending": "COMPLETED", "because": "GOAL_MET"},
    "EndPayRate": {"validUntil": "2027-05-30"},
    "EnterPay": {"weekOf": "2026-11-23", "band": "BAND_2", "halfDays": 2, "fullDays": 3},
    "Fail": {"module": "COMMUNICATION"},
    "FinishAction": {"nextOn": "2027-02-01"},
    "MeasureObjective": {"value": 74, "on": "2026-10-15"},
    "NoteAttendance": {"module": "COUNT_ME_IN", "heldOn": "2026-11-23", "attended": "ATTENDED", "hours": 3},
    "PlanSession": {"startsAt": "2027-01-11T10:00:00Z", "endsAt": "2027-01-11T10:20:00Z"},
    "ProposeAssignment": {"role": "ACTIVITIES_HUB", "endsOn": "2027-05-01"},
    "RecordSession": {"delivered": True, "notDelivered": _OUT, "minutes": 20},
    "ReviewScheme": {"reviewOn": "2027-05-23"},
    "RequestTransferHold": {"reason": "COVER", "until": "2027-02-01"},
    "SetObjective": {**_OBJECTIVE, "need": "FIRST_DAYS"},
    "SuspendScheme": {"reviewOn": "2026-12-21"},
    "TellNews": {"until": "2026-12-21T09:00:00Z"},
    "Train": {"modulesPassed": ["COMMUNICATION"], "compactSigned": True},
}
"""What the members of a body say where their first words would contradict each other, by the name of its schema. A test
sends each body as it is documented."""

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
        if called in _BODIES:
            found = {member: value for member, value in {**found, **_BODIES[called]}.items() if value is not _OUT}
        return found
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
