"""Who enrols people, keeps what supporters did for them, and reads what is due (domain facts 4.2 and 7; rules 8, 24 and
30).

Those who run a scheme, and its partner; a supporter of his own contacts alone, and whoever is helped of himself. Wing
staff on duty see whom somebody is worried about and who has not been met, and nothing of cases. A suite is the matter
of whoever runs the prison tonight.
"""

from typing import Final

from domain.confidentiality.grants.grant import ANSWERED_FOR, RUN, TAKEN_PART, WORKED_ON, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_COUNTED: Final = may(V.READ_GROUP_SESSION, V.READ_GROUP_COUNTS, V.READ_MANDATE)
"""Groups as they are counted, and who speaks for which wing."""
_GROUPS: Final = _COUNTED | may(
    *(V.KEEP_GROUP_SESSION, V.KEEP_GROUP_PLACE, V.NOTE_GROUP_PLACE, V.READ_GROUP_PLACE, V.KEEP_MANDATE, V.END_MANDATE),
)
_GOES_ALONG: Final = may(V.NOTE_APPOINTMENT, V.READ_APPOINTMENT)
_ENROLMENTS: Final = may(
    *(V.AMEND_ENROLMENT, V.CHANGE_MENTOR, V.REVIEW_ENROLMENT, V.CARRY_ON_ENROLMENT, V.READ_PROGRESS),
    *(V.SET_ENROLMENT_GOAL, V.JUDGE_ENROLMENT_GOAL, V.READ_ENROLMENT_GOAL, V.GIVE_AWARD, V.READ_AWARD),
)
_SEEN_TO: Final = may(V.READ_FOLLOW_UP, V.SETTLE_FOLLOW_UP)
_HELPED: Final = may(
    *(V.KEEP_SUPPORT_RECORD, V.SUBMIT_SUPPORT_RECORD, V.CORRECT_SUPPORT_RECORD, V.READ_SUPPORT_RECORD),
)
_APPROVES: Final = may(V.APPROVE_SUPPORT_RECORD, V.RETURN_SUPPORT_RECORD)
_ARRIVALS: Final = may(V.NOTE_ARRIVAL, V.CLOSE_ARRIVAL, V.READ_ARRIVAL)
_RUNS: Final = (_ENROLMENTS | _GROUPS | _SEEN_TO | _HELPED | _APPROVES | _GOES_ALONG) | may(
    *(V.KEEP_FOLLOW_UP, V.READ_DUE, V.KEEP_APPOINTMENT, V.KEEP_STAFF_NOTE, V.READ_STAFF_NOTE),
)
_RECORD: Final = frozenset(
    {
        *("held_on", "minutes", "issue", "advice", "tasks_done", "documents", "referred_to", "referral"),
        *("appointment", "kept", "relapse_support", "outcome", "note"),
    }
)
_WRITES: Final = _RECORD | {
    *("wing", "sessions_a_week", "needs", "stage_of_sentence", "words"),
    *("topic", "not_held", "capacity", "expected", "attended", "absent_for"),
}

CONTACTS: Final[tuple[Grant, ...]] = (
    Grant(
        R.COORDINATOR,
        P.SUPPORT,
        Within.OWN_SCHEME,
        ANSWERED_FOR,
        _RUNS | _ARRIVALS,
        writes=_WRITES,
        part="contacts",
    ),
    Grant(
        R.PARTNER_VOLUNTEER,
        P.SUPPORT,
        Within.OWN_ORGANISATION,
        ANSWERED_FOR,
        _RUNS,
        writes=_WRITES,
        part="contacts",
    ),
    Grant(R.WING_OFFICER, P.SUPPORT, Within.OWN_WING, TAKEN_PART, _SEEN_TO | _ARRIVALS, part="contacts"),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, TAKEN_PART, may(V.READ_ARRIVAL), part="contacts"),
    Grant(
        R.SUPPORTER,
        P.SUPPORT,
        Within.OWN_SUPPORT,
        WORKED_ON,
        _SEEN_TO | _HELPED | _GOES_ALONG | may(V.READ_PROGRESS, V.READ_ENROLMENT_GOAL, V.READ_MANDATE),
        writes=_RECORD,
        part="contacts",
    ),
    # How far he has come is his, wherever he is: he reads it on, and says who goes on from there.
    Grant(
        R.PERSON_IN_CUSTODY,
        P.SUPPORT,
        Within.OWN_PERSON,
        WORKED_ON,
        may(
            *(V.READ_PROGRESS, V.SHARE_ENROLMENT, V.READ_ENROLMENT_GOAL, V.READ_AWARD, V.READ_SUPPORT_RECORD),
            *(V.READ_GROUP_PLACE, V.READ_APPOINTMENT),
        ),
        part="contacts",
    ),
    Grant(
        R.ORDERLY_OFFICER,
        P.SUPPORT,
        Within.OWN_PRISON_TONIGHT,
        TAKEN_PART,
        may(V.LOG_SUITE_USE, V.READ_SUITE_USE),
        closed=True,
        part="suites",
    ),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, RUN, _COUNTED, part="groups"),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, _COUNTED, part="groups"),
)
"""Enrolments, contacts, what is due; suites; groups."""
