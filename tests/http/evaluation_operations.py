"""What the tests that run over every operation need of evaluations: as `registers_operations`."""

from typing import Any

from tests.http.cast import uid

SCHEME = {"id": str(uid("scheme:shannon"))}
CASE = {"id": str(uid("enrolment"))}
PLAN: dict[str, Any] = {
    "title": "Do learners fare better?",
    "question": "Does wellbeing change while somebody learns to read?",
    "design": "SINGLE_GROUP",
    "outcome": "SWEMWBS",
    "further": ["SELF_EFFICACY"],
    "wanted": 40,
    "startsOn": "2026-12-01",
    "runningWeeks": 12,
    "analysisOn": "2027-06-01",
    "missingAs": "LEFT_OUT",
    "collectedBy": "PARTNER",
    "consentVersion": 1,
    "comparedWith": None,
    "reached": [],
    "reachedOn": [],
    "riskLead": None,
}
_AMENDED: dict[str, Any] = {**PLAN, "approached": 12, "refused": 3, "harms": 0, "prisonerDays": 41000}

EXAMPLES: dict[str, dict[str, Any]] = {
    "getInstruments": {"by": "officer"},
    "listEvaluations": {"by": "evaluator", "values": SCHEME, "body": None},
    "listAllEvaluations": {"by": "governor"},
    "planEvaluation": {"by": "coordinator", "values": SCHEME, "body": PLAN},
    "getEvaluation": {"by": "evaluator", "on": "evaluation"},
    "amendEvaluation": {"by": "coordinator", "on": "evaluation:draft", "body": _AMENDED},
    "registerEvaluation": {"by": "coordinator", "on": "evaluation:draft", "body": {}},
    "concludeEvaluation": {
        "by": "coordinator",
        "on": "evaluation",
        "body": {"conclusion": "Scores rose while people learned. Nobody else was measured."},
    },
    "abandonEvaluation": {"by": "coordinator", "on": "evaluation", "body": {"reason": "TOO_FEW_PEOPLE"}},
    "listMeasurements": {"by": "coordinator", "values": CASE, "body": None},
    "takeMeasurement": {
        "by": "coordinator",
        "values": CASE,
        "body": {
            "instrument": "SWEMWBS",
            "point": "END",
            "takenOn": "2026-11-23",
            "consentVersion": 1,
            "mode": "ON_PAPER",
            "answers": [3, 4, 3, 4, 3, 4, 3],
            "missed": None,
            "riskToldOn": None,
        },
    },
    "getMeasurement": {"by": "coordinator", "on": "measurement"},
    "getJobReportPage": {"by": "coordinator", "on": "job:evaluation"},
    "getJobReportPdf": {"by": "coordinator", "on": "job:evaluation"},
}
"""By operation: who sends it, about which record, with which body."""

ITEMS: dict[str, tuple[str, list[str]]] = {
    "getEvaluation": ("evaluation", ["evaluation", "evaluation:draft"]),
    "getMeasurement": ("measurement", ["measurement"]),
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "planEvaluation": {"title", "question", "design", "outcome", "wanted", "startsOn", "runningWeeks", "analysisOn"},
    "concludeEvaluation": {"conclusion"},
    "abandonEvaluation": {"reason"},
    "takeMeasurement": {"instrument", "point", "takenOn", "consentVersion"},
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "planEvaluation": {"wanted": 41},
    "takeMeasurement": {"point": "FOLLOW_UP"},
}
"""By operation that makes something: a member with another value, which makes another body of it."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    "getEvaluation": {
        "evaluator": ["evaluation:draft", "far:evaluation"],
        "coordinator": ["far:evaluation", "irish:evaluation"],
    },
    "amendEvaluation": {"coordinator": ["far:evaluation:draft"], "shannon-coordinator": ["evaluation:draft"]},
    "registerEvaluation": {"coordinator": ["far:evaluation:draft"], "evaluator": ["evaluation:draft"]},
    "concludeEvaluation": {"coordinator": ["far:evaluation"]},
    "abandonEvaluation": {"coordinator": ["irish:evaluation"]},
    "getMeasurement": {
        "coordinator": ["far:measurement", "irish:measurement"],
        "facilitator": ["far:measurement"],
        "ben": ["measurement"],
    },
    "getJobReportPage": {"coordinator": ["far:job:evaluation"], "governor": ["job:evaluation"]},
    "getJobReportPdf": {"coordinator": ["far:job:evaluation"], "governor": ["job:evaluation"]},
}
"""By operation on one record: who may do it, and records that are out of his reach."""
