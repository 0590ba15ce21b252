"""How each operation about a night's sheet is sent well, for the tests that send them all."""

from typing import Any

from tests.http.cast import uid

SESSION = str(uid("session"))
SHEET: dict[str, Any] = {
    "need": "EMOTIONAL",
    "channel": "CELL_BELL",
    "urgency": "NOW",
    "wing": "MDI-B",
    "prison": "MDI",
    "cell": "B-1-003",
    "recipient": "Sam",
    "language": "cy",
    "firstNight": True,
    "stageOfSentence": "INDUCTION",
    "notWanted": [],
    "occurredAt": "2026-11-23T08:10:00Z",
    "offers": [
        {
            "supporter": str(uid("supporter:listener")),
            "occurredAt": "2026-11-23T08:12:00Z",
            "answer": {"accepted": True, "occurredAt": "2026-11-23T08:15:00Z"},
        }
    ],
    "delays": [
        {
            "code": "NO_STAFF_TO_UNLOCK",
            "waitedFor": "UNLOCKING",
            "occurredAt": "2026-11-23T08:20:00Z",
            "by": "ESCORT",
            "byMe": False,
        }
    ],
    "unlock": {"place": "LISTENER_SUITE", "occurredAt": "2026-11-23T08:30:00Z"},
    "end": {"how": "COMPLETED", "occurredAt": "2026-11-23T08:50:00Z", "code": None, "alternative": None},
    "another": True,
}
SCHEME = {"id": str(uid("scheme:shannon"))}
LISTENERS = {"id": str(uid("scheme:listeners"))}
ESCALATION: dict[str, Any] = {
    "toldOn": "2026-11-22",
    "consent": "NOT_POSSIBLE",
    "shared": ["THAT_SOMEBODY_IS_IN_DANGER", "WHERE_TO_COME"],
    "toldTo": "SAFER_CUSTODY",
    "how": "PHONE",
    "personTold": "NOT_TOLD",
    "ground": None,
    "basis": "VITAL_INTERESTS",
    "notToldFor": "COULD_NOT_UNDERSTAND",
    "outcome": "HELP_CAME",
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "listTasks": {"by": "oscar"},
    "getNightPackPage": {"by": "oscar", "on": "scheme:listeners"},
    "getNightPackPdf": {"by": "oscar", "on": "scheme:listeners"},
    "handInLateTallies": {
        "by": "listener",
        "body": {"items": [{"key": "late-key-0001", "month": "2026-11", "part": "NIGHT", "duration": "UNDER_15"}]},
    },
    "recordLateSessions": {
        "by": "coordinator",
        "body": {
            "items": [{"key": "late-key-0002", "session": SESSION, "delivered": False, "notDelivered": "NOT_UNLOCKED"}]
        },
    },
    "recordNightSheet": {"by": "oscar", "body": SHEET},
    "listAllEscalations": {"by": "coordinator"},
    "noteEscalation": {"by": "facilitator", "values": SCHEME, "body": ESCALATION},
    "getEscalation": {"by": "coordinator", "on": "escalation"},
    "listAllConcerns": {"by": "safer"},
    "raiseConcern": {
        "by": "officer",
        "values": LISTENERS,
        "body": {"who": "FAMILY_CONCERN", "whom": "Sam", "cell": "A-1-012"},
    },
    "getConcernRaised": {"by": "safer", "on": "concern"},
    "settleConcernRaised": {"by": "safer", "on": "concern", "body": {}},
    "listReferrals": {"by": "coordinator"},
    "makeReferral": {
        "by": "coordinator",
        "body": {"enrolment": str(uid("enrolment")), "referredTo": "HEALTHCARE", "consent": "GIVEN"},
    },
    "getReferral": {"by": "coordinator", "on": "referral"},
    "answerReferral": {"by": "coordinator", "on": "referral", "body": {"answer": "ACCEPTED"}},
}
"""By operation: who sends it, about which record, with which body."""

NEEDED: dict[str, set[str]] = {
    "handInLateTallies": {"items"},
    "recordLateSessions": {"items"},
    "recordNightSheet": {"need", "channel", "urgency", "wing", "occurredAt"},
    "noteEscalation": {"toldOn", "consent", "shared", "toldTo", "how", "personTold"},
    "raiseConcern": {"who", "whom"},
    "makeReferral": {"enrolment", "referredTo", "consent"},
    "answerReferral": {"answer"},
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "recordNightSheet": {"recipient": "Tom"},
    "noteEscalation": {"how": "RADIO"},
    "raiseConcern": {"whom": "Tom"},
    "makeReferral": {"referredTo": "CHAPLAINCY"},
}
"""By operation that makes something: a member with another value, which makes another body of it."""
