"""What the tests over every operation need of recruiting, as `registers_operations` of the registers."""

from typing import Any

from tests.http.cast import uid

SCHEME = {"id": str(uid("scheme:insiders"))}
APPLIED = {"id": str(uid("supporter:applied"))}
ADVERT = {"language": "cy", "easyRead": True, "title": "Cefnogwyr", "words": "Helpwch bobl newydd."}


def _under(place: dict[str, str], body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    return {"by": by, "values": place, "body": body}


def _of(on: str, body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    return {"by": by, "on": on, "body": body}


EXAMPLES: dict[str, dict[str, Any]] = {
    "listVacancies": _under(SCHEME),
    "listAllVacancies": {"by": "coordinator"},
    "addVacancy": _under(
        SCHEME,
        {
            "places": 2,
            "closesOn": "2027-01-31",
            "waitingList": True,
            "adverts": [ADVERT],
            "questions": ["WHY_THIS_ROLE"],
            "ownQuestions": ["What would you say to somebody on his first night?"],
        },
    ),
    "getVacancy": _of("vacancy"),
    "amendVacancy": _of(
        "vacancy:draft",
        {
            "places": 3,
            "closesOn": "2027-02-28",
            "waitingList": True,
            "adverts": [ADVERT],
            "questions": ["HELPING_SOMEBODY"],
            "ownQuestions": ["How would you show somebody round?"],
        },
    ),
    "publishVacancy": _of("vacancy:draft", {}),
    "closeVacancy": _of("vacancy", {}),
    "withdrawVacancy": _of("vacancy", {}),
    "listApplications": _under(SCHEME),
    "listAllApplications": {"by": "coordinator"},
    "getApplication": _of("application"),
    "listWaiting": _under(SCHEME),
    "listPanelScores": _under(APPLIED),
    "addPanelScore": _under(
        APPLIED,
        {"scores": [{"question": "WHY_THIS_ROLE", "mark": 4}, {"question": "EXPLAINING_PLAINLY", "mark": 2}]},
    ),
    "getPanelScore": _of("panel-score"),
    "deferApplication": _of("supporter:applied", {"reason": "TIME_TO_SETTLE", "reviewOn": "2027-01-15"}),
    "waitlistApplication": _of("supporter:partner-applied", {}),
    "reopenApplication": _of("supporter:waiting", {"outOfTurn": "LANGUAGE_NEEDED"}),
    "withdrawApplication": _of("supporter:applied", {}),
    "appealRejection": _of("supporter:rejected", {}),
    "hearAppeal": _of("supporter:appealed", {"outcome": "UPHELD"}, by="governor"),
    "listClearances": _under(APPLIED, by="security"),
    "addClearance": _under(
        APPLIED, {"outcome": "CLEARED", "decidedOn": "2026-11-20", "expiresOn": "2027-05-20"}, by="security"
    ),
    "getClearance": _of("clearance", by="security"),
    "listClearanceRenewals": {"by": "security"},
    "listAssessments": _under(APPLIED),
    "addAssessment": _under(APPLIED, {}),
    "getAssessment": _of("assessment"),
    "overrideAssessment": _of("assessment", {"rule": "OFFENCE_TYPE", "reason": "OUT_OF_DATE"}),
    "approveAssessment": _of("assessment:asked", {"rule": "OFFENCE_TYPE"}, by="governor"),
}
FREE = frozenset({"ownQuestions", "title", "words"})
ITEMS: dict[str, tuple[str, list[str]]] = {
    name: (str(given["on"]).partition(":")[0], [given["on"]])
    for name, given in EXAMPLES.items()
    if name.startswith("get") and "on" in given
}
NEEDED: dict[str, set[str]] = {
    "addVacancy": {"places", "closesOn"},
    "addPanelScore": {"scores"},
    "deferApplication": {"reason", "reviewOn"},
    "hearAppeal": {"outcome"},
    "addClearance": {"outcome"},
    "overrideAssessment": {"rule", "reason"},
    "approveAssessment": {"rule"},
}
OTHERWISE: dict[str, dict[str, Any]] = {
    "addVacancy": {"places": 1},
    "addClearance": {"outcome": "PENDING", "expiresOn": None},
    "addPanelScore": {
        "scores": [{"question": "WHY_THIS_ROLE", "mark": 1}, {"question": "EXPLAINING_PLAINLY", "mark": 1}]
    },
}
HIDDEN: dict[str, dict[str, list[str]]] = {
    **{
        name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
        for name, given in EXAMPLES.items()
        if "on" in given
    },
    "getVacancy": {"coordinator": ["far:vacancy"], "arthur": ["vacancy:draft", "far:vacancy"]},
    "getApplication": {"coordinator": ["far:application"], "arthur": ["application"], "samaritan": ["application"]},
}
