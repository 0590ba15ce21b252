"""Who recruits supporters, who says whether somebody is fit for it, and who is told how much (domain facts 7, the rows
'Supporter application' and 'Security clearance').

Security's word is an outcome, and what an assessment looked at is security's, safer custody's and the governor's. The
partner decides, and is told neither.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import OPEN, RUN, STANDING, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_CLOSELY: Final = STANDING | {C.SECURITY}
_MEMBERS: Final = frozenset({"places", "closes_on", "waiting_list", "adverts", "questions", "own_questions"})
"""What may be amended of a vacancy."""
_VACANCY: Final = may(V.READ_VACANCY, V.KEEP_VACANCY, V.PUBLISH_VACANCY, V.CLOSE_VACANCY, V.WITHDRAW_VACANCY)
_HEARD: Final = may(V.READ_APPLICATION, V.READ_PANEL_SCORE)
_SUITED: Final = may(V.READ_CLEARANCE, V.READ_ASSESSMENT)


def _of(
    role: R,
    purpose: P,
    within: Within,
    sees: frozenset[C],
    *verbs: frozenset[V],
    part: str = "recruiting",
    writes: frozenset[str] = frozenset(),
) -> Grant:
    return Grant(role, purpose, within, sees, frozenset[V]().union(*verbs), writes=writes, part=part)


RECRUITING: Final[tuple[Grant, ...]] = (
    _of(
        R.COORDINATOR,
        P.RECRUITMENT,
        Within.OWN_SCHEME,
        STANDING,
        _VACANCY,
        may(V.GIVE_PANEL_SCORE, V.READ_PANEL_SCORE, V.READ_ASSESSMENT, V.MAKE_ASSESSMENT, V.OVERRIDE_ASSESSMENT),
        writes=_MEMBERS,
    ),
    # What is done to a supporter's record sees of it what reading it does, or its tag would be another.
    _of(
        R.COORDINATOR,
        P.RECRUITMENT,
        Within.OWN_SCHEME,
        STANDING | {C.WELLBEING},
        may(V.DEFER_SUPPORTER, V.WAITLIST_SUPPORTER, V.REOPEN_SUPPORTER, V.WITHDRAW_SUPPORTER, V.APPEAL_SUPPORTER),
        part="deciding",
    ),
    _of(
        R.COORDINATOR,
        P.RECRUITMENT,
        Within.OWN_SCHEME,
        _CLOSELY,
        may(V.READ_APPLICATION, V.READ_WAITING_LIST, V.READ_CLEARANCE),
        part="closely",
    ),
    _of(
        R.SECURITY,
        P.RECRUITMENT,
        Within.OWN_PRISON,
        _CLOSELY,
        _HEARD,
        _SUITED,
        may(V.READ_VACANCY, V.GIVE_CLEARANCE, V.MAKE_ASSESSMENT),
    ),
    _of(
        R.SAFER_CUSTODY,
        P.SAFETY,
        Within.OWN_PRISON,
        _CLOSELY,
        _HEARD,
        _SUITED,
        may(V.READ_VACANCY, V.GIVE_PANEL_SCORE, V.APPROVE_ASSESSMENT),
    ),
    _of(
        R.GOVERNOR,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        _CLOSELY,
        _HEARD,
        _SUITED,
        may(V.READ_VACANCY, V.APPROVE_ASSESSMENT),
    ),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, STANDING, may(V.HEAR_SUPPORTER), part="hearing"),
    _of(
        R.PARTNER_VOLUNTEER,
        P.RECRUITMENT,
        Within.OWN_ORGANISATION,
        RUN,
        _HEARD,
        may(V.READ_VACANCY, V.GIVE_PANEL_SCORE),
    ),
    # Whoever watches over the prison reads the outcome, and not what it was found by.
    *(
        _of(role, P.OVERSIGHT, Within.OWN_PRISON, RUN, _HEARD, may(V.READ_VACANCY, V.READ_ASSESSMENT))
        for role in (R.MONITORING_BOARD, R.INSPECTORATE)
    ),
    *(
        _of(role, purpose, Within.OWN_PRISON_IN_FORCE, OPEN, may(V.READ_VACANCY))
        for role, purpose in (
            (R.STAFF_MEMBER, P.OPERATIONS),
            (R.WING_OFFICER, P.OPERATIONS),
            (R.ORDERLY_OFFICER, P.OPERATIONS),
            (R.ACTIVITIES_HUB, P.OPERATIONS),
            (R.HEALTHCARE, P.SUPPORT),
            (R.PERSON_IN_CUSTODY, P.RECRUITMENT),
            (R.SUPPORTER, P.OPERATIONS),
            (R.PEER_COORDINATOR, P.OPERATIONS),
        )
    ),
    _of(R.PERSON_IN_CUSTODY, P.RECRUITMENT, Within.OWN_PERSON, OPEN | {C.STANDING}, may(V.READ_APPLICATION)),
    _of(
        R.PERSON_IN_CUSTODY,
        P.RECRUITMENT,
        Within.OWN_PERSON,
        STANDING,
        may(V.WITHDRAW_SUPPORTER, V.APPEAL_SUPPORTER),
        part="own",
    ),
)
"""Vacancies, applications, panels, clearances, assessments."""
