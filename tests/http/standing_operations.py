"""What the tests that run over every operation need of where supporters stand and of what they learn: see
`registers_operations`."""

from typing import Any

from tests.http.cast import uid

_SCHEME = {"id": str(uid("scheme:shannon"))}


def _of(on: str, body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    """One that is about a record."""
    return {"by": by, "on": on, "body": body}


def _under(supporter: str, by: str = "coordinator", body: dict[str, Any] | None = None) -> dict[str, Any]:
    """One that lists or adds under a supporter."""
    return {"by": by, "values": {"id": str(uid(supporter))}, "body": body}


_CERTIFICATE = {"level": "LEVEL-2", "awardingBody": "Another body", "expiresOn": "2028-11-23"}
EXAMPLES: dict[str, dict[str, Any]] = {
    "suspendSupporter": _of(
        "supporter:insider",
        {
            "category": "ALLEGATION",
            "disclosedReason": "GENERAL_REVIEW",
            "withheldReason": "INVESTIGATION",
            "evidence": "SEC-42",
            "payKept": True,
        },
    ),
    "getRoster": {"by": "officer", "values": _SCHEME},
    "getEligibleSupporters": {"by": "safer", "values": _SCHEME},
    "listSuspensions": {"by": "safer"},
    "getSuspension": _of("suspension", by="safer"),
    "reviewSuspension": _of("suspension", {"finding": "CONCERN_REMAINS"}, by="safer"),
    "decideSuspension": _of("suspension:reviewed", {"word": "LIFT", "reason": "AGREED_A_WAY_BACK"}, by="governor"),
    "appealSuspension": _of("suspension:removed", {"ground": "I_WAS_NOT_HEARD"}, by="ben"),
    "decideAppeal": _of("suspension:appealed", {"answer": "UPHELD"}, by="governor"),
    "listAbsences": _under("supporter:mentor"),
    "addAbsence": _under("supporter:mentor", body={"why": "AT_COURT", "firstOn": "2026-12-01", "lastOn": "2026-12-02"}),
    "getAbsence": _of("absence"),
    "amendAbsence": _of("absence", {"firstOn": "2026-12-24", "lastOn": "2026-12-28"}),
    "renewCertificate": _of("supporter:insider", {"certificate": "INS-2027-0042", **_CERTIFICATE}),
    "failTraining": _of("supporter:learning", {"module": "COMMUNICATION"}),
    "listCourses": {"by": "coordinator", "values": _SCHEME},
    "addCourse": {
        "by": "coordinator",
        "values": _SCHEME,
        "body": {"module": "READING_PARTNERS", "skill": "SPECIFIC_NEED", "hours": 2, "mandatory": True},
    },
    "getCourse": _of("course"),
    "amendCourse": _of("course", {"skill": "SCHEME", "hours": 4, "inForce": True}),
    "listCohorts": {"by": "coordinator", "values": _SCHEME},
    "beginCohort": {
        "by": "coordinator",
        "values": _SCHEME,
        "body": {"startsOn": "2026-12-01", "endsOn": "2026-12-31", "places": 6},
    },
    "getCohort": _of("cohort"),
    "joinCohort": _of("cohort", {"supporter": str(uid("supporter:mentor"))}),
    "listAttendances": _under("supporter:mentor"),
    "getAttendance": _of("attendance"),
    "noteAttendance": {
        "by": "coordinator",
        "values": {"id": str(uid("cohort"))},
        "body": {
            "supporter": str(uid("supporter:second-mentor")),
            "module": "COUNT_ME_IN",
            "heldOn": "2026-11-23",
            "attended": "ATTENDED",
            "hours": 3,
        },
    },
    "listCertificates": _under("supporter:mentor"),
    "getCertificate": _of("certificate"),
    "listExpiringCertificates": {"by": "coordinator"},
    "listPractice": _under("supporter:mentor"),
    "notePractice": _under("supporter:probation", body={"how": "OBSERVED", "contacts": 2, "notedFor": "2026-11-20"}),
    "getPractice": _of("practice"),
    "listSignOffs": _under("supporter:mentor"),
    "signOff": _under("supporter:in_training", by="safer", body={"competence": "COMMUNICATION"}),
    "getSignOff": _of("sign-off"),
}
NEEDED: dict[str, set[str]] = {
    "suspendSupporter": {"category", "disclosedReason"},
    "reviewSuspension": {"finding"},
    "decideSuspension": {"word", "reason"},
    "appealSuspension": {"ground"},
    "decideAppeal": {"answer"},
    "addAbsence": {"why", "firstOn"},
    "renewCertificate": {"certificate"},
    "failTraining": {"module"},
    "addCourse": {"module", "skill", "hours"},
    "beginCohort": {"startsOn", "endsOn", "places"},
    "joinCohort": {"supporter"},
    "noteAttendance": {"supporter", "module", "heldOn", "attended"},
    "notePractice": {"how", "contacts"},
    "signOff": {"competence"},
}
OTHERWISE: dict[str, dict[str, Any]] = {
    "addAbsence": {"why": "HOSPITAL"},
    "addCourse": {"module": "ANOTHER"},
    "beginCohort": {"places": 7},
    "noteAttendance": {"heldOn": "2026-11-22"},
    "notePractice": {"contacts": 3},
    "signOff": {"competence": "PROBLEM_SOLVING"},
}
FREE = frozenset({"evidence", "level", "awardingBody", "module"})
