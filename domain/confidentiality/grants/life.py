"""The life of a scheme: who takes it live, suspends and resumes it, and who is told how it stands."""

from typing import Final

from domain.confidentiality.grants.grant import OPEN, RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

APPROVED: Final = frozenset({"supporters_needed", "pilot_limit", "pilot_days"})
"""What the yes to a plan is a yes to: the coordinator writes these until then, the governor afterwards."""
PLANNED: Final = APPROVED | {"partner_told_on", "lessons", "learners_go"}
"""What a coordinator may write of a scheme's life."""

_TOLD: Final = may(V.READ_READINESS, V.READ_SCHEME_STATUS)

LIFE: Final[tuple[Grant, ...]] = (
    Grant(
        R.COORDINATOR,
        P.OPERATIONS,
        Within.OWN_SCHEME,
        RUN,
        may(V.LAUNCH_SCHEME, V.NAME_LEAD, V.READ_LEADERS, V.READ_CLOSING),
        part="life",
    ),
    Grant(R.COORDINATOR, P.OPERATIONS, Within.OWN_PRISON, RUN, _TOLD, part="life"),
    Grant(
        R.GOVERNOR,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        RUN,
        may(
            *(V.AMEND_SCHEME, V.NAME_LEAD, V.READ_LEADERS, V.SUSPEND_SCHEME),
            *(V.RESUME_SCHEME, V.REVIEW_SCHEME, V.READ_CLOSING),
        )
        | _TOLD,
        writes=APPROVED,
        part="life",
    ),
    Grant(
        R.SAFER_CUSTODY,
        P.SAFETY,
        Within.OWN_PRISON,
        RUN,
        may(V.SUSPEND_SCHEME, V.RESUME_SCHEME, V.REVIEW_SCHEME) | _TOLD,
        part="life",
    ),
    Grant(R.ACTIVITIES_HUB, P.OPERATIONS, Within.OWN_PRISON, RUN, may(V.READ_SCHEME_STATUS), part="life"),
    Grant(R.PARTNER_VOLUNTEER, P.RECRUITMENT, Within.OWN_ORGANISATION, RUN, _TOLD, part="life"),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, _TOLD, part="life"),
    Grant(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, RUN, _TOLD, part="life"),
    Grant(R.OMBUDSMAN_CORONER, P.INVESTIGATION, Within.OWN_PRISON, RUN, _TOLD, part="life"),
    Grant(R.HEADQUARTERS, P.OVERSIGHT, Within.OWN_PRISON, OPEN, may(V.READ_SCHEME_STATUS), part="life"),
)
"""Its reach is that of the scheme itself. Nobody in custody, and no supporter, is told that a scheme is at risk."""
