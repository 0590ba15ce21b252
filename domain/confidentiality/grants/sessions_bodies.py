"""Who reads what is left of a closed-policy request that was not met, and who reviews it (rules 2, 6 and 19).

Whoever would decide on his own colleague's act does not: what one of safer custody or the governor did goes up, past
both, to the monitoring board. That nobody reads what he himself did is a wall of the record's own (`judged`). Envelopes
are in no line: no role reads one.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import OPEN, RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_CASE: Final = RUN | {C.CASEWORK}
_REVIEWS: Final = may(V.READ_CONDUCT, V.REVIEW_CONDUCT)
_HOLDS: Final = may(V.RECORD_DEATH, V.READ_ENVELOPE_HOLD)

BODIES: Final[tuple[Grant, ...]] = (
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON_BELOW, _CASE, _REVIEWS, part="conduct"),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON_BELOW, _CASE, _REVIEWS, part="conduct"),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, _CASE, _REVIEWS, part="conduct"),
    Grant(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, _CASE, may(V.READ_CONDUCT), part="conduct"),
    Grant(R.ORDERLY_OFFICER, P.OPERATIONS, Within.OWN_PRISON, RUN, _HOLDS, part="holds"),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, RUN, _HOLDS, part="holds"),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, RUN, may(V.READ_ENVELOPE_HOLD), part="holds"),
    Grant(
        R.MONITORING_BOARD,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        RUN,
        may(V.READ_ENVELOPE_HOLD, V.LIFT_ENVELOPE_HOLD),
        part="holds",
    ),
    Grant(R.SERVICE, P.OPERATIONS, Within.ANYONE, OPEN, may(V.HAND_OUT_WINDOW), part="windows"),
)
"""Conduct, holds after a death, and the windows that an operator hands out."""
