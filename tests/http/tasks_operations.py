"""How each operation about a night's sheet is sent well, for the tests that send them all."""

from typing import Any

from tests.http.cast import uid

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
    "unlock": {"place": "LISTENER_SUITE", "occurredAt": "2026-11-23T08:30:00Z"},
    "end": {"how": "COMPLETED", "occurredAt": "2026-11-23T08:50:00Z", "code": None, "alternative": None},
}
EXAMPLES: dict[str, dict[str, Any]] = {"recordNightSheet": {"by": "oscar", "body": SHEET}}
"""By operation: who sends it, about which record, with which body."""

NEEDED: dict[str, set[str]] = {
    "recordNightSheet": {"need", "channel", "urgency", "wing", "occurredAt"},
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {"recordNightSheet": {"recipient": "Tom"}}
"""By operation that makes something: a member with another value, which makes another body of it."""
