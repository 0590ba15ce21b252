"""Where supporters stand: suspensions, absences, and who can be had (domain facts 7, the row of incident and
suspension; rules 10, 11 and 17).

The verb to suspend stands with each role's other verbs about supporters. The withheld reason, and who took part, are
read by whoever answers for the prison or watches over it, but by no national role; that a suspension may be a
retaliation, by partner and board alone.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import RUN, STANDING, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_CASE: Final = STANDING | {C.CASEWORK}
_OWN_CASE: Final = RUN | {C.CASEWORK}
"""What sort of suspension it is he is not told (rule 12)."""
_WHOLE: Final = _CASE | {C.SECURITY}
_FLAGGED: Final = C.WELLBEING
_ABSENCES: Final = may(V.KEEP_ABSENCE, V.READ_ABSENCE)
_DAYS: Final = frozenset({"first_on", "last_on"})
_ROSTER: Final = may(V.READ_ROSTER)


def _case(role: R, purpose: P, within: Within, sees: frozenset[C], *verbs: V) -> Grant:
    return Grant(role, purpose, within, sees, may(V.READ_SUSPENSION, *verbs), part="suspension")


def _here(
    role: R, purpose: P, within: Within, sees: frozenset[C], *verbs: frozenset[V], writes: frozenset[str] = frozenset()
) -> Grant:
    return Grant(role, purpose, within, sees, frozenset[V]().union(*verbs), writes=writes, part="standing")


def _roster(role: R, purpose: P, within: Within, sees: frozenset[C]) -> Grant:
    return Grant(role, purpose, within, sees, _ROSTER, part="roster")


STANDINGS: Final[tuple[Grant, ...]] = (
    _case(R.COORDINATOR, P.RECRUITMENT, Within.OWN_SCHEME, _CASE),
    _case(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, _WHOLE, V.REVIEW_SUSPENSION),
    _case(
        *(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, _WHOLE),
        *(V.REVIEW_SUSPENSION, V.DECIDE_SUSPENSION, V.DECIDE_APPEAL),
    ),
    _case(R.PARTNER_VOLUNTEER, P.RECRUITMENT, Within.OWN_ORGANISATION, _CASE | {_FLAGGED}, V.DECIDE_SUSPENSION),
    _case(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, _WHOLE | {_FLAGGED}),
    _case(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, _CASE),
    _case(R.PERSON_IN_CUSTODY, P.RECRUITMENT, Within.OWN_PERSON, _OWN_CASE, V.APPEAL_SUSPENSION),
    _here(R.COORDINATOR, P.RECRUITMENT, Within.OWN_SCHEME, STANDING, _ABSENCES, _ROSTER, writes=_DAYS),
    _here(R.ORDERLY_OFFICER, P.OPERATIONS, Within.OWN_PRISON, STANDING, _ABSENCES, _ROSTER, writes=_DAYS),
    _here(
        *(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, STANDING, _ABSENCES, _ROSTER, may(V.READ_ELIGIBLE)),
        writes=_DAYS,
    ),
    _here(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, STANDING, may(V.READ_ABSENCE), _ROSTER),
    # The partner plans with the days; why somebody is away is the prison's to know.
    _here(R.PARTNER_VOLUNTEER, P.RECRUITMENT, Within.OWN_ORGANISATION, RUN, may(V.READ_ABSENCE)),
    _roster(R.PARTNER_VOLUNTEER, P.RECRUITMENT, Within.OWN_ORGANISATION, STANDING),
    _roster(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, STANDING),
    _roster(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, STANDING),
    _roster(R.WING_OFFICER, P.OPERATIONS, Within.OWN_PRISON, RUN),
    _roster(R.ACTIVITIES_HUB, P.OPERATIONS, Within.OWN_PRISON, STANDING),
    _here(R.SUPPORTER, P.OPERATIONS, Within.OWN_PERSON, STANDING, may(V.KEEP_ABSENCE), writes=_DAYS),
    _here(R.SUPPORTER, P.OPERATIONS, Within.OWN_PERSON_TOLD, STANDING, may(V.READ_ABSENCE)),
    _here(R.PERSON_IN_CUSTODY, P.OPERATIONS, Within.OWN_PERSON_TOLD, STANDING, may(V.READ_ABSENCE)),
    _roster(R.PEER_COORDINATOR, P.OPERATIONS, Within.OWN_SCHEME, RUN),
)
"""Suspensions, absences, rosters."""
