"""What the tests that run over every operation need of the rota: as `registers_operations`, by way of
`care_operations`."""

from typing import Any

from tests.http.cast import uid

SCHEME = {"id": str(uid("scheme:shannon"))}
MENTOR = str(uid("supporter:mentor"))

EXAMPLES: dict[str, dict[str, Any]] = {
    "listCoverNeeds": {"by": "coordinator", "values": SCHEME, "body": None},
    "addCoverNeed": {
        "by": "coordinator",
        "values": SCHEME,
        "body": {"wing": "MDI-B", "weekday": "MONDAY", "band": "PM", "supporters": 1},
    },
    "getCoverNeed": {"by": "coordinator", "on": "cover-need", "body": None},
    "amendCoverNeed": {"by": "coordinator", "on": "cover-need", "body": {"supporters": 3}},
    "getCover": {"by": "coordinator", "values": SCHEME, "body": None},
    "getRotaPdf": {"by": "coordinator", "values": SCHEME, "body": None},
    "getRotaCalendar": {"by": "coordinator", "values": SCHEME, "body": None},
    "listRotaLines": {"by": "coordinator", "values": SCHEME, "body": None},
    "addRotaLine": {
        "by": "coordinator",
        "values": SCHEME,
        "body": {"supporter": MENTOR, "weekday": "FRIDAY", "band": "AM", "wing": "MDI-A"},
    },
    "getRotaLine": {"by": "coordinator", "on": "rota-line", "body": None},
    "endRotaLine": {"by": "coordinator", "on": "rota-line", "body": {}},
    "layPattern": {"by": "coordinator", "values": SCHEME, "body": {"firstWeek": "2026-11-30", "weeks": 2}},
    "layProposal": {"by": "coordinator", "values": SCHEME, "body": {"job": str(uid("job:rota"))}},
    "listAllRotaWishes": {"by": "coordinator", "body": None},
    "askRotaWish": {
        "by": "mentor",
        "values": {"id": MENTOR},
        "body": {"wish": "TAKE", "day": "2026-11-27", "band": "PM"},
    },
    "getRotaWish": {"by": "coordinator", "on": "rota-wish", "body": None},
    "answerRotaWish": {"by": "mentor", "on": "rota-wish:asked", "body": {"agrees": False}},
    "decideRotaWish": {"by": "coordinator", "on": "rota-wish", "body": {"allowed": False}},
    "withdrawRotaWish": {"by": "second-mentor", "on": "rota-wish", "body": {}},
}
"""By operation: who sends it, about which record, with which body."""

NEEDED: dict[str, set[str]] = {
    "addCoverNeed": {"weekday", "band", "supporters"},
    "addRotaLine": {"supporter", "weekday", "band"},
    "layPattern": {"firstWeek", "weeks"},
    "layProposal": {"job"},
    "askRotaWish": {"wish", "day", "band"},
    "answerRotaWish": {"agrees"},
    "decideRotaWish": {"allowed"},
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "addCoverNeed": {"weekday": "WEDNESDAY"},
    "addRotaLine": {"weekday": "SATURDAY"},
    "layPattern": {"weeks": 3},
    "askRotaWish": {"day": "2026-11-26"},
    "layProposal": {"job": str(uid("no job"))},
}
"""By operation that makes something: a member with another value, which makes another body of it."""
