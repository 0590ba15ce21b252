"""What the tests that run over every operation need of the registers' own: `EXAMPLES` by operation (who sends it, about
which record, with which body), and what other bodies, needed members and hidden records there are."""

from typing import Any

from tests.http import standing_operations
from tests.http.cast import uid

SCHEME = {"id": str(uid("scheme:shannon"))}


def _under(by: str = "coordinator", body: dict[str, Any] | None = None) -> dict[str, Any]:
    """One that lists or adds under the scheme."""
    return {"by": by, "values": SCHEME, "body": body}


def _of(on: str, body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    """One that is about a record."""
    return {"by": by, "on": on, "body": body}


EXAMPLES: dict[str, dict[str, Any]] = {
    "listContingencyPlans": _under(),
    "addContingencyPlan": _under(
        body={
            "trigger": "LOSS_OF_SUPPORTERS",
            "cover": ["SUPPORTERS_OF_ANOTHER_WING"],
            "tell": ["COORDINATOR", "PARTNER"],
            "reviewOn": "2027-02-01",
            "coverInWords": "Mentors of B wing come over on Tuesdays.",
        }
    ),
    "getContingencyPlan": _of("contingency-plan"),
    "amendContingencyPlan": _of(
        "contingency-plan",
        {
            "cover": ["STAFF"],
            "tell": ["GOVERNOR"],
            "reviewOn": "2027-03-01",
            "coverInWords": "Education staff stand in.",
            "inForce": True,
        },
    ),
    "startContingencyPlan": _of("contingency-plan", {"why": "TRIGGER_MET"}),
    "listActivations": _under(),
    "getActivation": _of("activation"),
    "logActivation": _of("activation", {"code": "TOLD", "told": "PARTNER", "words": "Left a message."}),
    "endActivation": _of("activation", {"untoldBecause": "NOT_CONCERNED"}),
    "reviewActivation": _of("activation:ended", {"learned": "PLAN_WORKED", "learnedInWords": "Print more sheets."}),
    "listLogEntries": _under(),
    "getLogEntry": _of("log-entry"),
    "listRisks": _under(),
    "addRisk": _under(body={"risk": "OTHER", "inWords": "The library is closed for a month."}),
    "getRisk": _of("risk:open"),
    "amendRisk": _of("risk:open", {"inWords": "By day.", "owner": "EDUCATION", "reviewOn": "2027-04-01"}),
    "assessRisk": _of("risk", {"likelihood": 2, "impact": 5, "owner": "SAFER_CUSTODY", "reviewOn": "2027-02-01"}),
    "settleRisk": _of("risk:open", {"to": "ACCEPTED", "because": "Two more mentors are trained."}),
    "listActions": _under(),
    "addAction": _under(
        body={
            "about": "RISK",
            "which": str(uid("risk:open")),
            "what": "Ask the men what is too much.",
            "owner": "COORDINATOR",
            "dueOn": "2026-12-24",
        }
    ),
    "getAction": _of("action"),
    "amendAction": _of("action", {"what": "Train three more.", "owner": "COORDINATOR", "dueOn": "2027-01-31"}),
    "listServiceTimes": _under(),
    "addServiceTime": _under(
        body={
            "weekday": "TUESDAY",
            "band": "PM",
            "starts": "14:00",
            "ends": "16:00",
            "validFrom": "2026-12-01",
            "validUntil": "2027-12-01",
            "place": str(uid("meeting-place")),
        }
    ),
    "getServiceTime": _of("service-time"),
    "amendServiceTime": _of(
        "service-time",
        {
            "weekday": "WEDNESDAY",
            "band": "ED",
            "starts": "08:30",
            "ends": "12:00",
            "validFrom": "2026-12-02",
            "validUntil": "2027-12-02",
            "place": str(uid("meeting-place")),
        },
    ),
    "getAvailability": _under(),
    "listPlaces": _under(),
    "addMeetingPlace": _under(body={"kind": "ROOM", "name": "Chapel, quiet room", "wing": "MDI-A"}),
    "getMeetingPlace": _of("meeting-place"),
    "amendMeetingPlace": _of("meeting-place", {"name": "Library, upstairs", "wing": "MDI-B"}),
    "takePlaceOutOfUse": _of("meeting-place", {"reason": "NOT_PRIVATE"}),
    "bringPlaceBack": _of("meeting-place:lost", {}),
    "listOutages": _under(),
    "getOutage": _of("outage"),
    "listPublicity": _under(),
    "addPublicity": _under(
        body={
            "medium": "RADIO",
            "shownWhere": "The prison radio",
            "languages": ["en", "so"],
            "easyRead": False,
            "shownFrom": "2026-12-01",
            "shownUntil": "2026-12-31",
            "reach": 700,
        }
    ),
    "getPublicity": _of("publicity"),
    "amendPublicity": _of(
        "publicity",
        {
            "shownWhere": "Every landing of B wing",
            "languages": ["en"],
            "easyRead": False,
            "shownFrom": "2026-11-01",
            "shownUntil": "2027-01-01",
            "reach": 90,
        },
    ),
    "listSpotChecks": _under(),
    "addSpotCheck": _under(body={"askedOn": "2026-11-23", "askedBy": "STAFF", "asked": 20, "knew": 15}),
    "getSpotCheck": _of("spot-check"),
    "listChecks": _under(),
    "addRoutineCheck": _under(body={"lookedAt": "TRAINING", "everyDays": 90, "firstDueOn": "2026-12-01"}),
    "getRoutineCheck": _of("routine-check"),
    "amendRoutineCheck": _of("routine-check", {"everyDays": 14, "firstDueOn": "2026-12-01", "inForce": True}),
    "recordCheck": _of(
        "routine-check",
        {"outcome": "ACTION_NEEDED", "doneOn": "2026-11-23", "foundInWords": "The bell on C wing is not heard."},
    ),
    "listStakeholders": _under(),
    "addStakeholder": _under(
        body={
            "role": "CHAPLAINCY",
            "ofWhom": "Chaplaincy",
            "contact": "Nora Quested",
            "interest": "HIGH",
            "influence": "MEDIUM",
            "ways": ["MEETING", "VISIT"],
            "inWords": "On Sundays after the service.",
        }
    ),
    "getStakeholder": _of("stakeholder"),
    "amendStakeholder": _of(
        "stakeholder",
        {
            "ofWhom": "Night staff",
            "contact": "Noreen Quilty",
            "interest": "MEDIUM",
            "influence": "HIGH",
            "ways": ["ONE_TO_ONE"],
            "inWords": "At the start of the night.",
        },
    ),
    "listResources": _under(),
    "addResource": _under(body={"kind": "ROOM", "month": "2026-12", "planned": 30, "used": 0}),
    "getResource": _of("resource"),
    "amendResource": _of("resource", {"planned": 50, "used": 48}),
    "listPublishedOutcomes": _under(),
    "getPublishedOutcome": _of("outcome"),
    "listMeetings": _under(),
    "addMeeting": _under(
        body={
            "kind": "USERS_FORUM",
            "heldOn": "2026-11-20",
            "staff": 1,
            "supporters": 2,
            "peopleInCustody": 14,
            "partners": 1,
            "roles": ["COORDINATOR", "PARTNER"],
            "decided": "A second room is asked for.",
        }
    ),
    "getMeeting": _of("meeting"),
    "listProposals": _under(),
    "addProposal": _under(
        body={
            "fromGroup": "STAFF",
            "said": "Start ten minutes later.",
            "meeting": str(uid("meeting")),
            "toAnswer": "GOVERNOR",
        }
    ),
    "getProposal": _of("proposal"),
    "answerProposal": _of("proposal", {"answer": "REJECTED", "reason": "The window is alarmed."}),
    "implementProposal": _of("proposal:accepted", {}),
    "publishProposal": _of(
        "proposal:done", {"youSaid": "A table by the window.", "weDid": "There is a table by the window now."}
    ),
    "unpublishProposal": _of("proposal:told", {}),
    "finishAction": _of("action", {"outcome": "PARTLY_DONE", "nextOn": "2027-02-28"}),
    **standing_operations.EXAMPLES,
}

ITEMS: dict[str, tuple[str, list[str]]] = {
    name: (str(given["on"]).partition(":")[0], [given["on"]])
    for name, given in EXAMPLES.items()
    if name.startswith("get") and "on" in given
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "addContingencyPlan": {"trigger", "cover", "tell", "reviewOn"},
    "startContingencyPlan": {"why"},
    "logActivation": {"code"},
    "reviewActivation": {"learned"},
    "addRisk": {"risk"},
    "assessRisk": {"likelihood", "impact", "owner", "reviewOn"},
    "settleRisk": {"to", "because"},
    "addServiceTime": {"weekday", "band", "starts", "ends", "validFrom"},
    "addMeetingPlace": {"kind", "name"},
    "takePlaceOutOfUse": {"reason"},
    "addPublicity": {"medium", "shownWhere", "languages", "easyRead", "shownFrom"},
    "addSpotCheck": {"askedOn", "askedBy", "asked", "knew"},
    "addRoutineCheck": {"lookedAt", "everyDays", "firstDueOn"},
    "recordCheck": {"outcome"},
    "addStakeholder": {"role", "ofWhom", "interest", "influence", "ways"},
    "addResource": {"kind", "month", "planned"},
    "addMeeting": {"kind", "heldOn"},
    "addProposal": {"fromGroup", "said"},
    "answerProposal": {"answer"},
    "publishProposal": {"youSaid", "weDid"},
    "addAction": {"about", "which", "what", "owner", "dueOn"},
    "finishAction": {"outcome"},
    **standing_operations.NEEDED,
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "addContingencyPlan": {"trigger": "SYSTEMS_DOWN"},
    "addRisk": {"inWords": "Another."},
    "addAction": {"what": "Another."},
    "addPublicity": {"shownWhere": "Another."},
    "addSpotCheck": {"knew": 14},
    "addRoutineCheck": {"everyDays": 91},
    "addStakeholder": {"ofWhom": "Another."},
    "addResource": {"month": "2027-01"},
    "addMeeting": {"staff": 2},
    "addProposal": {"said": "Another."},
    "addServiceTime": {"weekday": "FRIDAY"},
    "addMeetingPlace": {"name": "Another."},
    **standing_operations.OTHERWISE,
}
"""By operation that makes something: a member with another value, which makes another body of it."""

FREE = frozenset(
    {
        "coverInWords",
        "words",
        "learnedInWords",
        "inWords",
        "because",
        "what",
        "shownWhere",
        "foundInWords",
        "ofWhom",
        "contact",
        "decided",
        "said",
        "reason",
        "weDid",
        *standing_operations.FREE,
    }
)
"""Members that are words of whoever types them."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given
}
"""By operation on one record: who may do it, and records that are out of his reach."""
