"""Who looks after supporters, and who is told what of it (domain facts 4.2 and 7, row 'Wellbeing/debrief'; rules 7, 9,
10 and 17).

The rota hangs on the wing. Who supervises whom is for those who run and oversee the scheme; what was said, and how a
supporter fares, for him, his supervisor and the partner. What is reported of pressure is read outside the wing alone,
and never by those who run the scheme.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import ANSWERED_FOR, OPEN, RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_FARES: Final = RUN | {C.WELLBEING}
_CASE: Final = RUN | {C.CASEWORK}
_WHOLE: Final = _CASE | {C.SECURITY}
"""Who reported it besides: for whoever deals with it."""
_SEEN: Final = may(V.READ_SUPERVISION, V.READ_TASK_REQUEST, V.READ_POSTVENTION, V.READ_FARING, V.READ_ROLE_CREEP)
"""That there is care, and how much: no more than that of anybody."""
_RUN: Final = _SEEN | may(
    *(V.ASSIGN_SUPERVISION, V.END_SUPERVISION, V.TELL_TASK_REQUEST),
    *(V.TELL_NEWS, V.WITHDRAW_NEWS, V.READ_NEWS, V.START_HAND_OVER, V.SETTLE_HAND_OVER, V.READ_HAND_OVER),
)
_TALKS: Final = may(
    *(V.BOOK_SUPERVISION_TALK, V.HOLD_SUPERVISION_TALK, V.MISS_SUPERVISION_TALK),
    *(V.ACKNOWLEDGE_SUPERVISION_TALK, V.READ_SUPERVISION_TALK),
)
_SUPERVISES: Final = _TALKS | may(V.READ_STRAIN, V.READ_WELLBEING_CHECK)
_ASKS: Final = may(V.READ_DEBRIEF, V.HOLD_DEBRIEF, V.READ_POSTVENTION_TASK, V.GIVE_POSTVENTION_TASK)
_CASES: Final = may(V.READ_INCIDENT, V.TRIAGE_INCIDENT, V.CLOSE_INCIDENT)


def _of(role: R, purpose: P, within: Within, sees: frozenset[C], verbs: frozenset[V], part: str = "care") -> Grant:
    return Grant(role, purpose, within, sees, verbs, part=part)


CARE: Final[tuple[Grant, ...]] = (
    _of(R.COORDINATOR, P.SUPPORT, Within.OWN_SCHEME, RUN, _RUN | may(V.READ_OVERDUE)),
    _of(
        R.COORDINATOR,
        P.SUPPORT,
        Within.OWN_SCHEME,
        _FARES,
        may(V.WRITE_ROSTER_ENTRY, V.APPROVE_ROSTER_ENTRY, V.WITHDRAW_ROSTER_ENTRY, V.READ_ROSTER_ENTRY),
        "roster",
    ),
    _of(R.COORDINATOR, P.SUPPORT, Within.OWN_SCHEME, ANSWERED_FOR, may(V.SUCCEED_ENROLMENT), "hand-over"),
    # A supervisor of a scheme that the prison runs itself; of another's he hears nothing of how anybody fares.
    _of(R.COORDINATOR, P.SUPPORT, Within.OWN_SUPERVISED, _FARES, _SUPERVISES | _ASKS),
    _of(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.OWN_ORGANISATION, RUN, _RUN),
    _of(
        R.PARTNER_VOLUNTEER,
        P.SUPPORT,
        Within.OWN_ORGANISATION,
        _FARES,
        _ASKS | may(V.APPROVE_ROSTER_ENTRY, V.READ_ROSTER_ENTRY, V.READ_OVERDUE),
        "wellbeing",
    ),
    _of(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.OWN_ORGANISATION, ANSWERED_FOR, may(V.SUCCEED_ENROLMENT), "hand-over"),
    _of(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.OWN_SUPERVISED, _FARES, _SUPERVISES),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, RUN, _SEEN | may(V.OPEN_POSTVENTION, V.TELL_TASK_REQUEST)),
    # Whoever may be named as a supervisor books and holds his talks; how anybody fares beside them he does not hear.
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_SUPERVISED, _FARES, _TALKS),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON_BELOW, _WHOLE, _CASES),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, RUN, _SEEN),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_SUPERVISED, _FARES, _TALKS),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON_BELOW, _WHOLE, _CASES),
    _of(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, _SEEN),
    _of(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, _WHOLE, _CASES, "incidents"),
    _of(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, RUN, _SEEN),
    _of(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, _CASE, may(V.READ_INCIDENT), "incidents"),
    _of(R.HEADQUARTERS, P.OVERSIGHT, Within.OWN_PRISON, OPEN, may(V.READ_ROLE_CREEP)),
    *(
        _of(role, P.OPERATIONS, Within.OWN_PRISON_IN_FORCE, RUN, may(V.READ_ROSTER_ENTRY))
        for role in (R.WING_OFFICER, R.ORDERLY_OFFICER, R.ACTIVITIES_HUB, R.SUPPORTER)
    ),
    _of(R.PEER_COORDINATOR, P.OPERATIONS, Within.OWN_SCHEME_LISTED, RUN, may(V.READ_ROSTER_ENTRY)),
    _of(R.STAFF_MEMBER, P.SUPPORT, Within.OWN_PRISON, RUN, may(V.TELL_TASK_REQUEST)),
    _of(R.STAFF_MEMBER, P.OPERATIONS, Within.OWN_PRISON_IN_FORCE, OPEN, may(V.READ_NEWS)),
    _of(
        R.STAFF_MEMBER,
        P.SUPPORT,
        Within.OWN_SUPERVISEE,
        _FARES,
        may(V.READ_SUPERVISION_TALK, V.ANSWER_SUPERVISION_TALK),
    ),
    _of(
        R.SUPPORTER,
        P.SUPPORT,
        Within.OWN_PERSON,
        _FARES,
        may(
            *(V.READ_SUPERVISION, V.READ_STRAIN, V.READ_SUPERVISION_TALK, V.ANSWER_SUPERVISION_TALK),
            *(V.ASK_DEBRIEF, V.RATE_DEBRIEF, V.READ_DEBRIEF, V.MAKE_WELLBEING_CHECK, V.READ_WELLBEING_CHECK),
            *(V.ANSWER_POSTVENTION_TASK, V.READ_POSTVENTION_TASK),
        ),
    ),
    # Suspended or gone, he reads what was written of him still, and takes the support that he was offered.
    _of(
        R.PERSON_IN_CUSTODY,
        P.SUPPORT,
        Within.OWN_PERSON,
        _FARES,
        may(
            *(V.READ_SUPERVISION, V.READ_SUPERVISION_TALK, V.READ_DEBRIEF, V.READ_WELLBEING_CHECK),
            *(V.ANSWER_POSTVENTION_TASK, V.READ_POSTVENTION_TASK),
        ),
    ),
    _of(R.SUPPORTER, P.SUPPORT, Within.OWN_SCHEME, RUN, may(V.TELL_TASK_REQUEST)),
    _of(R.SUPPORTER, P.OPERATIONS, Within.OWN_SCHEME_TOLD, OPEN, may(V.READ_NEWS)),
)
"""Care, pressure, hand-over."""
