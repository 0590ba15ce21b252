"""What the tests that run over every operation need of enrolments and contacts: as `registers_operations`."""

from typing import Any

from tests.http.cast import uid

_RECOVERY = {"id": str(uid("scheme:recovery"))}
_CASE = {"id": str(uid("enrolment"))}


def _under(values: dict[str, str], body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    return {"by": by, "values": values, "body": body}


def _of(on: str, body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    return {"by": by, "on": on, "body": body}


_SUPPORT: dict[str, Any] = {
    "heldOn": "2026-11-22",
    "minutes": 30,
    "issue": "SUBSTANCE_USE",
    "advice": ["SIGNPOSTED"],
    "tasksDone": ["SHARE_OWN_RECOVERY"],
    "documents": [],
    "referredTo": "DRUG_AND_ALCOHOL_SERVICE",
    "referral": "MADE",
    "appointment": None,
    "kept": None,
    "relapseSupport": True,
    "outcome": "PART_RESOLVED",
    "note": "Talk of the evening group.",
}
_GROUP: dict[str, Any] = {
    "topic": "RECOVERY_GROUP",
    "minutes": 60,
    "notHeld": None,
    "capacity": 12,
    "expected": 9,
    "attended": 8,
    "absentFor": ["SICK"],
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "amendEnrolment": _of(
        "enrolment",
        {"wing": "MDI-B", "sessionsAWeek": 4, "needs": ["READING"], "stageOfSentence": "SETTLED"},
    ),
    "changeMentor": _of("enrolment", {"because": "LEARNER_ASKED", "supporter": str(uid("supporter:second-mentor"))}),
    "reviewEnrolment": _of("enrolment", {"found": "GOES_ON_LESS_OFTEN", "sessionsAWeek": 3}),
    "shareEnrolment": _of("enrolment", {"shared": True}, by="arthur"),
    "getProgress": _of("enrolment"),
    "listGoals": _under(_CASE),
    "addGoal": _under(
        _CASE, {"outcome": "READS_BETTER", "unit": "COUNT", "baseline": 5, "target": 20, "dueOn": "2027-02-01"}
    ),
    "getEnrolmentGoal": _of("goal"),
    "judgeGoal": _of("goal", {"reached": 30}),
    "listStaffNotes": _under(_CASE),
    "addStaffNote": _under(_CASE, {"words": "Ask him about the course when he is alone."}),
    "getStaffNote": _of("staff-note"),
    "amendStaffNote": _of("staff-note", {"words": "It was settled."}),
    "listAllFollowUps": {"by": "coordinator"},
    "addFollowUp": _under(_CASE, {"what": "MEET_AGAIN", "whose": "SUPPORTER", "dueOn": "2026-11-26"}),
    "getFollowUp": _of("follow-up"),
    "settleFollowUp": _of("follow-up", {"outcome": "DONE"}),
    "listAllAwards": {"by": "coordinator"},
    "getAward": _of("award"),
    "getDue": _of("scheme:shannon"),
    "listAllArrivals": {"by": "coordinator"},
    "addArrival": _under(
        {"id": str(uid("scheme:insiders"))},
        {"identifier": "A3005QX", "name": "Ned Quickly", "wing": "MDI-A", "arrivedAt": "2026-11-23T08:00:00Z"},
    ),
    "getArrival": _of("arrival"),
    "closeArrival": _of("arrival", {"induction": None, "because": "MOVED_ON"}),
    "listAllSupportRecords": {"by": "coordinator"},
    "addSupportRecord": _under(
        _RECOVERY,
        {
            **_SUPPORT,
            "supporter": str(uid("supporter:recovery")),
            "enrolment": None,
            "identifier": "A3006QX",
            "name": "Neil Quarry",
            "wing": "MDI-A",
            "concernToldToStaff": True,
            "followUpOn": "2026-11-26",
            "another": True,
        },
    ),
    "getSupportRecord": _of("support-record"),
    "amendSupportRecord": _of("support-record", _SUPPORT),
    "submitSupportRecord": _of("support-record", {}),
    "correctSupportRecord": _of("support-record:approved", {}),
    "approveSupportRecord": _of("support-record:submitted", {}),
    "returnSupportRecord": _of("support-record:submitted", {"because": "WRONG_DAY"}),
    "listAllSuiteUses": {"by": "oscar"},
    "logSuiteUse": _under(
        {"id": str(uid("scheme:listeners"))},
        {"place": str(uid("meeting-place:suite")), "peerPresent": True, "observationsContinued": True},
        by="oscar",
    ),
    "getSuiteUse": _of("suite-use", by="oscar"),
    "listGroupSessions": _under(_RECOVERY),
    "addGroupSession": _under(_RECOVERY, {**_GROUP, "heldOn": "2026-11-22", "another": True}),
    "getGroupSession": _of("group-session"),
    "amendGroupSession": _of("group-session", _GROUP),
    "getGroupCounts": _of("scheme:recovery"),
    "listAllGroupPlaces": {"by": "coordinator"},
    "addGroupPlace": _under(
        {"id": str(uid("group-session:planned"))},
        {
            "enrolment": None,
            "identifier": "A3009QX",
            "name": "Noel Quip",
            "wing": "MDI-A",
            "came": None,
            "absentFor": None,
        },
    ),
    "getGroupPlace": _of("group-place"),
    "noteGroupPlace": _of("group-place", {"came": False, "absentFor": "SICK"}),
    "listAllMandates": {"by": "coordinator"},
    "addMandate": _under(
        {"id": str(uid("scheme:council"))},
        {
            "supporter": str(uid("supporter:council")),
            "wing": "MDI-A",
            "electedOn": "2026-11-20",
            "firstOn": "2027-03-01",
            "lastOn": "2027-08-31",
        },
    ),
    "getMandate": _of("mandate"),
    "endMandate": _of("mandate", {"because": "RESIGNED"}),
    "listAllAppointments": {"by": "coordinator"},
    "addPlannedAppointment": _under(
        {"id": str(uid("enrolment:buddies"))},
        {"what": "TREATMENT", "dueOn": "2026-12-03"},
    ),
    "getPlannedAppointment": _of("appointment"),
    "notePlannedAppointment": _of("appointment", {"kept": False, "notKeptFor": "UNWELL"}),
    "planSessions": {
        "by": "coordinator",
        "body": {
            "items": [
                {
                    "key": "week-key-0001",
                    "enrolment": str(uid("enrolment")),
                    "startsAt": "2026-11-26T09:00:00Z",
                    "endsAt": "2026-11-26T09:20:00Z",
                }
            ]
        },
    },
    "giveAward": _under({"id": str(uid("enrolment:passed"))}, {"what": "MANUAL", "manual": 1}),
    "carryOnEnrolment": _under(
        {"id": str(uid("far:scheme:shannon"))},
        {"identifier": "A3007QX", "name": "Nat Quarter", "wing": "LEI-A"},
        by="far-coordinator",
    ),
}
"""By operation: who sends it, about which record, with which body."""

ITEMS: dict[str, tuple[str, list[str]]] = {
    "getEnrolmentGoal": ("enrolment-goal", ["goal"]),
    "getStaffNote": ("staff-note", ["staff-note"]),
    "getFollowUp": ("follow-up", ["follow-up"]),
    "getAward": ("award", ["award"]),
    "getArrival": ("arrival", ["arrival"]),
    "getSupportRecord": ("support-record", ["support-record"]),
    "getSuiteUse": ("suite-use", ["suite-use"]),
    "getGroupSession": ("group-session", ["group-session", "group-session:planned", "group-session:listed"]),
    "getGroupPlace": ("group-place", ["group-place"]),
    "getMandate": ("mandate", ["mandate"]),
    "getPlannedAppointment": ("appointment", ["appointment"]),
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "changeMentor": {"because"},
    "reviewEnrolment": {"found"},
    "shareEnrolment": {"shared"},
    "addGoal": {"outcome", "unit", "baseline", "target", "dueOn"},
    "judgeGoal": {"reached"},
    "addStaffNote": {"words"},
    "addFollowUp": {"what", "whose", "dueOn"},
    "settleFollowUp": {"outcome"},
    "giveAward": {"what"},
    "addArrival": {"identifier", "name", "wing", "arrivedAt"},
    "addSupportRecord": {"heldOn"},
    "returnSupportRecord": {"because"},
    "logSuiteUse": {"place", "peerPresent", "observationsContinued"},
    "addGroupSession": {"topic", "heldOn", "expected"},
    "noteGroupPlace": {"came"},
    "addMandate": {"supporter", "wing", "electedOn", "firstOn", "lastOn"},
    "endMandate": {"because"},
    "addPlannedAppointment": {"what", "dueOn"},
    "notePlannedAppointment": {"kept"},
    "planSessions": {"items"},
    "carryOnEnrolment": {"identifier", "name", "wing"},
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "addGoal": {"target": 30},
    "addStaffNote": {"words": "Something else."},
    "addFollowUp": {"whose": "STAFF"},
    "giveAward": {"manual": 2},
    "addArrival": {"identifier": "A3008QX"},
    "addSupportRecord": {"minutes": 20},
    "logSuiteUse": {"peerPresent": False},
    "addGroupSession": {"attended": 7},
    "addGroupPlace": {"wing": "MDI-B"},
    "addMandate": {"lastOn": "2027-09-30"},
    "addPlannedAppointment": {"what": "GP"},
    "carryOnEnrolment": {"wing": "LEI-B"},
}
"""By operation that makes something: a member with another value, which makes another body of it."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given and name not in ("getSuiteUse",)
} | {"getSuiteUse": {"oscar": ["far:suite-use"]}}
"""By operation on one record: who may do it, and records that are out of his reach."""
for _name, _by, _hidden in (
    ("getEnrolmentGoal", "ben", "goal"),
    ("getEnrolmentGoal", "second-mentor", "goal"),
    ("getStaffNote", "samaritan", "staff-note"),
    ("getFollowUp", "officer", "follow-up"),
    ("settleFollowUp", "second-mentor", "follow-up"),
    ("getAward", "ben", "award"),
    ("getArrival", "officer", "arrival"),
    ("getSupportRecord", "shannon-coordinator", "support-record"),
    ("getProgress", "samaritan", "enrolment"),
    ("getGroupPlace", "ben", "group-place"),
    ("getMandate", "second-mentor", "mandate"),
    ("getPlannedAppointment", "ben", "appointment"),
    ("notePlannedAppointment", "second-mentor", "appointment"),
):
    HIDDEN[_name].setdefault(_by, []).append(_hidden)
