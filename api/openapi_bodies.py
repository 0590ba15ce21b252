"""What the examples of bodies say, where what is worked out of their shapes would be refused."""

from collections.abc import Mapping
from typing import Any, Final

Schema = dict[str, Any]
OUT: Final = object()
"""A member that the example leaves out."""
_OBJECTIVE: Final[Schema] = {
    "title": "Nine in ten requests are met",
    "baseline": 60,
    "baselineBy": OUT,
    "target": 90,
    "startsOn": "2027-01-04",
    "dueOn": "2027-12-31",
    "runningWeeks": 26,
}
_TIME: Final[Schema] = {"starts": "09:00", "ends": "11:30", "validFrom": "2027-01-04", "validUntil": "2027-12-31"}
_SCHEME: Final[Schema] = {
    "name": "Listeners of Moorland",
    "purpose": "Somebody to talk to, day or night.",
    "supportersWanted": 6,
    "supportersNeeded": 2,
    "pilotLimit": 4,
    "pilotDays": 28,
    "reviewOn": "2027-12-01",
}
_PLACE: Final[Schema] = {"name": "Quiet room by the chapel"}
_VACANCY: Final[Schema] = {
    "places": 2,
    "closesOn": "2027-01-31",
    "adverts": [{"language": "en", "easyRead": True, "title": "Be a Listener", "words": "Listen to people."}],
    "questions": ["WHY_THIS_ROLE"],
    "ownQuestions": ["What would you say on his first night?"],
}
_SUPPORT: Final[Schema] = {
    "minutes": 30,
    "issue": "SUBSTANCE_USE",
    "advice": ["SIGNPOSTED"],
    "tasksDone": ["SHARE_OWN_RECOVERY"],
    "documents": OUT,
    "referredTo": "DRUG_AND_ALCOHOL_SERVICE",
    "appointment": OUT,
    "kept": OUT,
    "enrolment": OUT,
}
_GROUP: Final[Schema] = {
    "minutes": 60,
    "notHeld": OUT,
    "capacity": 12,
    "expected": 9,
    "attended": 8,
    "absentFor": ["SICK"],
}
BODIES: Final[Mapping[str, Schema]] = {
    "PlanEvaluation": {
        "title": "Do learners fare better?",
        "question": "Does wellbeing change while somebody learns to read?",
        "design": "SINGLE_GROUP",
        "outcome": "SWEMWBS",
        "further": ["SELF_EFFICACY"],
        "wanted": 40,
        "startsOn": "2026-12-01",
        "runningWeeks": 12,
        "analysisOn": "2027-06-01",
        "comparedWith": None,
        "reached": [],
        "reachedOn": [],
    },
    "AmendEvaluation": {
        "design": "SINGLE_GROUP",
        "outcome": "SWEMWBS",
        "further": ["SELF_EFFICACY"],
        "startsOn": "2026-12-01",
        "runningWeeks": 12,
        "analysisOn": "2027-06-01",
        "comparedWith": None,
        "reached": [],
        "reachedOn": [],
        "approached": 12,
        "refused": 3,
    },
    "TakeMeasurement": {
        "instrument": "SWEMWBS",
        "point": "END",
        "consentVersion": 1,
        "mode": "ON_PAPER",
        "answers": [3, 4, 3, 4, 3, 4, 3],
        "missed": None,
        "riskToldOn": None,
    },
    "AddGoal": {"outcome": "READS_BETTER", "unit": "COUNT", "baseline": 5, "target": 20},
    "AddGroupSession": _GROUP,
    "AddSupportRecord": _SUPPORT,
    "AmendEnrolment": {"needs": ["READING"]},
    "AmendGroupSession": _GROUP,
    "AmendSupportRecord": _SUPPORT,
    "Enrol": {"sessionsAWeek": 5, "needs": ["READING"]},
    "ReviewEnrolment": {"found": "GOES_ON_LESS_OFTEN", "sessionsAWeek": 3},
    "AddVacancy": _VACANCY,
    "AmendVacancy": _VACANCY,
    "ApproveOverride": {"rule": "OFFENCE_TYPE"},
    "StartJob": {"prison": OUT, "quarter": OUT, "exported": OUT, "hold": OUT, "identifier": OUT},
    "AskRotaWish": {"wish": "TAKE", "other": OUT, "forDay": OUT, "forBand": OUT},
    "AskOverride": {"rule": "OFFENCE_TYPE"},
    "Defer": {"reviewOn": "2027-01-15"},
    "GiveScore": {"scores": [{"question": "WHY_THIS_ROLE", "mark": 3}, {"question": "EXPLAINING_PLAINLY", "mark": 2}]},
    "AddMeeting": {"staff": 2, "supporters": 4, "peopleInCustody": 3, "partners": 1},
    "AddMeetingPlace": _PLACE,
    "AddPayRate": {"band": "BAND_3", "validFrom": "2027-01-04", "validUntil": "2027-12-26"},
    "AddServiceTime": {"weekday": "SUNDAY", **_TIME},
    "AmendMeetingPlace": _PLACE,
    "AmendObjective": {**_OBJECTIVE, "need": OUT},
    "AmendSupporter": {"agreedToBeListed": OUT},
    "AmendScheme": {**_SCHEME, "partnerToldOn": OUT},
    "AmendServiceTime": {"weekday": "SUNDAY", **_TIME},
    "CorrectPay": {"halfDays": 2, "fullDays": 3},
    "Certify": {"expiresOn": "2029-11-23"},
    "CreateKindVersion": {
        "code": "YOUNG_LISTENERS",
        "prison": "MDI",
        "base": "LISTENERS",
        "sheet": {"title": "Listeners, young adults", "probationDays": 42},
    },
    "CreateScheme": _SCHEME,
    "Decide": {"reason": OUT, "staffReason": OUT},
    "DecideTransferHold": {"granted": True, "refusedFor": OUT},
    "NightSheet": {
        "occurredAt": "2026-11-23T02:10:00Z",
        "offers": OUT,
        "delays": [
            {
                "code": "NO_STAFF_TO_UNLOCK",
                "waitedFor": "OFFER",
                "occurredAt": "2026-11-23T02:15:00Z",
                "by": "ORDERLY_OFFICER",
            }
        ],
        "unlock": OUT,
        "end": {
            "how": "REFUSED",
            "occurredAt": "2026-11-23T02:20:00Z",
            "code": "NIGHT_STATE",
            "alternative": "SAMARITANS_PHONE",
            "decidedBy": "ORDERLY_OFFICER",
        },
    },
    "NoteEscalation": {
        "toldOn": "2026-11-22",
        "personTold": "BEFORE",
        "notToldFor": OUT,
        "ground": OUT,
        "basis": OUT,
    },
    "EndEnrolment": {"ending": "COMPLETED", "because": "GOAL_MET"},
    "EndPayRate": {"validUntil": "2027-05-30"},
    "EnterPay": {"weekOf": "2026-11-23", "band": "BAND_2", "halfDays": 2, "fullDays": 3},
    "Fail": {"module": "COMMUNICATION"},
    "FinishAction": {"nextOn": "2027-02-01"},
    "MeasureObjective": {"value": 74, "on": "2026-10-15"},
    "NoteAttendance": {"module": "COUNT_ME_IN", "heldOn": "2026-11-23", "attended": "ATTENDED", "hours": 3},
    "PlanSession": {"startsAt": "2027-01-11T10:00:00Z", "endsAt": "2027-01-11T10:20:00Z"},
    "ProposeAssignment": {"role": "ACTIVITIES_HUB", "endsOn": "2027-05-01"},
    "PulseByCode": {"group": "NON_USERS"},
    "RecordSession": {"delivered": True, "notDelivered": OUT, "minutes": 20},
    "ReviewScheme": {"reviewOn": "2027-05-23"},
    "RequestTransferHold": {"reason": "COVER", "until": "2027-02-01"},
    "SetObjective": {**_OBJECTIVE, "need": "FIRST_DAYS"},
    "SuspendScheme": {"reviewOn": "2026-12-21"},
    "TellNews": {"until": "2026-12-21T09:00:00Z"},
    "Train": {"modulesPassed": ["COMMUNICATION"], "compactSigned": True},
}
"""What the members of a body say where their first words would contradict each other, by the name of its schema. A test
sends each body as it is documented."""
