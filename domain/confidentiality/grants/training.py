"""How supporters learn (domain facts 7, the row of training and certificate): who keeps it, and who reads it.

Coordinator and partner train; safer custody signs besides, who trains nobody. How often somebody practised is read by
those who look after him, and by himself.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import RUN, STANDING, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_OWN: Final = may(V.READ_ATTENDANCE, V.READ_CERTIFICATE, V.READ_SIGN_OFF)
_READ: Final = _OWN | may(V.READ_COURSE, V.READ_COHORT)
_TRAINS: Final = _READ | may(
    *(V.KEEP_COURSE, V.KEEP_COHORT, V.JOIN_COHORT, V.NOTE_ATTENDANCE, V.FAIL_TRAINING, V.RENEW_CERTIFICATE),
    *(V.NOTE_PRACTICE, V.READ_PRACTICE, V.SIGN_OFF),
)
_SUPPORTING: Final = STANDING | {C.WELLBEING}
_COURSE: Final = frozenset({"skill", "hours", "in_force"})


def _of(
    role: R, purpose: P, within: Within, sees: frozenset[C], verbs: frozenset[V], writes: frozenset[str] = frozenset()
) -> Grant:
    return Grant(role, purpose, within, sees, verbs, writes=writes, part="training")


TRAINING: Final[tuple[Grant, ...]] = (
    _of(R.COORDINATOR, P.RECRUITMENT, Within.OWN_SCHEME, _SUPPORTING, _TRAINS, _COURSE),
    _of(R.PARTNER_VOLUNTEER, P.RECRUITMENT, Within.OWN_ORGANISATION, _SUPPORTING, _TRAINS, _COURSE),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, STANDING, _READ | may(V.SIGN_OFF)),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READ),
    _of(R.ACTIVITIES_HUB, P.OPERATIONS, Within.OWN_PRISON, RUN, _READ),
    _of(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READ),
    _of(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READ),
    _of(R.SUPPORTER, P.OPERATIONS, Within.OWN_PERSON, _SUPPORTING, _OWN | may(V.READ_PRACTICE)),
    _of(R.PERSON_IN_CUSTODY, P.RECRUITMENT, Within.OWN_PERSON, _SUPPORTING, _OWN | may(V.READ_PRACTICE)),
)
"""Courses, cohorts, certificates, practice."""
