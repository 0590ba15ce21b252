"""What the tests that run over every operation need of the care of supporters: as `registers_operations`."""

from typing import Any

from tests.http import rota_operations, tasks_operations
from tests.http.cast import assignment, uid

SCHEME = {"id": str(uid("scheme:shannon"))}
MENTOR = {"id": str(uid("supporter:mentor"))}


def _under(body: dict[str, Any] | None = None, by: str = "coordinator", on: dict[str, str] = SCHEME) -> dict[str, Any]:
    return {"by": by, "values": on, "body": body}


def _of(on: str, body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    return {"by": by, "on": on, "body": body}


EXAMPLES: dict[str, dict[str, Any]] = {
    "listAllSupervisions": {"by": "coordinator"},
    "assignSupervision": _under(
        {"supervisor": str(assignment("facilitator")), "supporter": str(uid("supporter:second-mentor")), "staff": None}
    ),
    "getSupervision": _of("supervision"),
    "endSupervision": _of("supervision", {}),
    "getStrain": _of("supervision", by="facilitator"),
    "listAllSupervisionTalks": {"by": "facilitator"},
    "bookSupervisionTalk": _under({"bookedFor": "2026-12-01"}, by="facilitator", on={"id": str(uid("supervision"))}),
    "getSupervisionTalk": _of("supervision-talk", by="facilitator"),
    "holdSupervisionTalk": _of(
        "supervision-talk",
        {"heldOn": "2026-11-22", "themes": ["BOUNDARIES"], "agreed": ["REST"], "note": "Rest a week."},
        by="facilitator",
    ),
    "missSupervisionTalk": _of("supervision-talk", {"reason": "REGIME"}, by="facilitator"),
    "answerSupervisionTalk": _of(
        "supervision-talk:held", {"answer": "AGREE", "inWords": "After the next manual."}, by="mentor"
    ),
    "acknowledgeSupervisionTalk": _of("supervision-talk:answered", {}, by="facilitator"),
    "listAllRosterEntries": {"by": "coordinator"},
    "addRosterEntry": _under(
        {
            "supporter": str(uid("supporter:mentor")),
            "day": "2026-11-24",
            "band": "PM",
            "wing": "MDI-A",
            "override": None,
        }
    ),
    "getRosterEntry": _of("roster-entry"),
    "approveRosterEntry": _of("roster-entry:waiting", {}, by="facilitator"),
    "withdrawRosterEntry": _of("roster-entry", {}),
    "listAllDebriefs": {"by": "facilitator"},
    "askDebrief": _under({}, by="second-mentor", on={"id": str(uid("supporter:second-mentor"))}),
    "getDebrief": _of("debrief", by="facilitator"),
    "rateDebrief": _of("debrief", {"hard": 4, "talk": True}, by="mentor"),
    "holdDebrief": _of("debrief", {"hard": 3}, by="facilitator"),
    "listAllWellbeingChecks": {"by": "facilitator"},
    "makeWellbeingCheck": _under(
        {"rated": 5, "intrusiveThoughts": False, "sleep": "WELL", "wantsPause": False}, by="mentor", on=MENTOR
    ),
    "getWellbeingCheck": _of("wellbeing-check", by="facilitator"),
    "getFaring": _of("scheme:shannon"),
    "listIncidents": {"by": "safer"},
    "reportIncident": {
        "by": "mentor",
        "body": {
            "scheme": SCHEME["id"],
            "what": "BRIBED_TO_CARRY",
            "sought": "MESSAGE",
            "against": "PEOPLE_IN_CUSTODY",
        },
    },
    "getIncident": _of("incident", by="safer"),
    "triageIncident": _of("incident", {"priority": "TODAY", "named": str(assignment("officer"))}, by="safer"),
    "closeIncident": _of("incident:triaged", {"outcome": "SUPPORTER_PROTECTED"}, by="safer"),
    "listAllTaskRequests": {"by": "coordinator"},
    "tellTaskRequest": _under(
        {
            "task": "HOLD_KEYS",
            "askedBy": "WING_STAFF",
            "askedOn": "2026-11-20",
            "response": "REFUSED",
            "staffInformed": True,
        },
        by="mentor",
    ),
    "getTaskRequest": _of("task-request"),
    "getRoleCreep": _of("scheme:shannon"),
    "listAllPostventions": {"by": "safer"},
    "openPostvention": _under({}, by="safer"),
    "getPostvention": _of("postvention", by="safer"),
    "listPostventionTasks": {"by": "facilitator"},
    "getPostventionTask": _of("postvention-task", by="facilitator"),
    "answerPostventionTask": _of("postvention-task", {"accepted": True}, by="mentor"),
    "givePostventionTask": _of("postvention-task", {}, by="facilitator"),
    "listAllNews": {"by": "coordinator"},
    "tellNews": _under({"words": "The library is open late.", "staffOnly": False, "until": "2026-12-20T10:00:00Z"}),
    "getNews": _of("news"),
    "takeDownNews": _of("news", {}),
    "listAllHandOvers": {"by": "coordinator"},
    "startHandOver": _under({}, on=MENTOR),
    "getHandOver": _of("hand-over"),
    "settleHandOver": _of("hand-over", {"settled": ["MATERIALS"]}),
    "succeedEnrolment": _of("enrolment:vacant", {"supporter": str(uid("supporter:second-mentor"))}),
    "getOverdue": _of("scheme:shannon"),
    **rota_operations.EXAMPLES,
    **tasks_operations.EXAMPLES,
}
"""By operation: who sends it, about which record, with which body."""

ITEMS: dict[str, tuple[str, list[str]]] = {
    name: (str(given["on"]).partition(":")[0], [given["on"]])
    for name, given in EXAMPLES.items()
    if name.startswith("get") and given.get("on", "scheme:").partition(":")[0] not in ("scheme", "supervision")
} | {"getSupervision": ("supervision", ["supervision"])}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "assignSupervision": {"supervisor"},
    "bookSupervisionTalk": {"bookedFor"},
    "holdSupervisionTalk": {"heldOn", "themes", "agreed"},
    "missSupervisionTalk": {"reason"},
    "answerSupervisionTalk": {"answer"},
    "addRosterEntry": {"supporter", "day", "band"},
    "rateDebrief": {"hard", "talk"},
    "makeWellbeingCheck": {"rated", "intrusiveThoughts", "sleep", "wantsPause"},
    "reportIncident": {"scheme", "what"},
    "triageIncident": {"priority"},
    "closeIncident": {"outcome"},
    "tellTaskRequest": {"task", "askedBy", "askedOn", "response", "staffInformed"},
    "answerPostventionTask": {"accepted"},
    "tellNews": {"words", "staffOnly", "until"},
    "settleHandOver": {"settled"},
    "succeedEnrolment": {"supporter"},
    **rota_operations.NEEDED,
    **tasks_operations.NEEDED,
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "assignSupervision": {"supporter": None, "staff": str(assignment("coordinator"))},
    "bookSupervisionTalk": {"bookedFor": "2026-12-02"},
    "addRosterEntry": {"band": "AM"},
    "makeWellbeingCheck": {"rated": 4},
    "reportIncident": {"what": "THREATENED"},
    "tellTaskRequest": {"response": "DONE"},
    "tellNews": {"words": "Another."},
    **rota_operations.OTHERWISE,
    **tasks_operations.OTHERWISE,
}
"""By operation that makes something: a member with another value, which makes another body of it."""

FREE = frozenset({"note", "words", "inWords"})
"""Members that are words of whoever types them."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given
}
"""By operation on one record: who may do it, and records that are out of his reach."""
