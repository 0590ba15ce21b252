"""What the tests that run over every operation need of feedback, complaints, pulses and breaches: as
`registers_operations`."""

from typing import Any

from tests.http.cast import uid

SCHEME = {"id": str(uid("scheme:shannon"))}


def _of(on: str, body: dict[str, Any] | None = None, by: str = "safer") -> dict[str, Any]:
    return {"by": by, "on": on, "body": body}


EXAMPLES: dict[str, dict[str, Any]] = {
    "printFeedbackCodes": {"by": "coordinator", "values": SCHEME, "body": {}},
    "listComplaints": {"by": "safer"},
    "complain": {
        "by": "arthur",
        "body": {"scheme": SCHEME["id"], "about": "TREATED_UNFAIRLY", "against": "SUPPORTERS"},
    },
    "getComplaint": _of("complaint"),
    "lookIntoComplaint": _of("complaint", {"named": None}),
    "decideComplaint": _of(
        "complaint:looked-into", {"outcome": "PART_UPHELD", "reply": ["WE_ARE_SORRY", "RULES_WERE_EXPLAINED"]}
    ),
    "listPulseResults": {"by": "coordinator", "values": SCHEME, "body": None},
    "getPulseResult": _of("pulse-result", by="coordinator"),
    "getFeedbackCounts": _of("scheme:shannon", by="coordinator"),
    "getSpread": _of("scheme:shannon", by="coordinator"),
    "getRiskSignals": _of("scheme:shannon", by="coordinator"),
    "listAllBreaches": {"by": "governance"},
    "noteBreach": {
        "by": "governance",
        "values": SCHEME,
        "body": {
            "what": "SENT_WRONGLY",
            "foundBy": "STAFF",
            "awareAt": "2026-11-23T09:00:00Z",
            "lines": [],
            "named": None,
        },
    },
    "getBreach": _of("breach", by="governance"),
    "getBreachLines": _of("breach", by="governance"),
    "assessBreach": _of("breach", {"finding": "BREACH", "harm": "SOME", "people": "UP_TO_4"}, by="governance"),
    "decideBreach": _of(
        "breach:assessed", {"decision": "NOT_REPORTABLE", "because": ["RULES_EXPLAINED"]}, by="governance"
    ),
    "listUnusualLooks": {"by": "governance"},
    "getUnusualLook": _of("unusual-look", by="governance"),
    "getUnusualLookLines": _of("unusual-look", by="governance"),
    "reviewUnusualLook": _of("unusual-look", {"review": "PART_OF_THE_WORK", "scheme": None}, by="governance"),
}
"""By operation: who sends it, about which record, with which body."""

ITEMS: dict[str, tuple[str, list[str]]] = {
    "getComplaint": ("complaint", ["complaint"]),
    "getPulseResult": ("pulse-result", ["pulse-result"]),
    "getBreach": ("breach", ["breach"]),
    "getUnusualLook": ("unusual-look", ["unusual-look"]),
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "complain": {"scheme", "about"},
    "decideComplaint": {"outcome", "reply"},
    "noteBreach": {"what", "foundBy", "awareAt"},
    "assessBreach": {"finding", "harm", "people"},
    "decideBreach": {"decision"},
    "reviewUnusualLook": {"review"},
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "complain": {"about": "PRESSED"},
    "noteBreach": {"what": "TOLD_ON"},
}
"""By operation that makes something: a member with another value, which makes another body of it."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given
}
"""By operation on one record: who may do it, and records that are out of his reach."""
