"""Who reads the forecast, and who asks for, decides and reads transfer holds (domain facts 2.6 and 7).

A forecast tells numbers of supporters too small to leave the prison: those who run and watch over its schemes read it,
and headquarters what a job of its own tells of all prisons, through disclosure control.
"""

from typing import Final

from domain.confidentiality.grants.grant import RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_READ: Final = may(V.READ_FORECAST, V.READ_TRANSFER_HOLD)
_ASK: Final = may(V.REQUEST_TRANSFER_HOLD, V.WITHDRAW_TRANSFER_HOLD, V.END_TRANSFER_HOLD)

TURNOVER: Final[tuple[Grant, ...]] = (
    Grant(R.COORDINATOR, P.RECRUITMENT, Within.OWN_SCHEME, RUN, _READ | _ASK, part="turnover"),
    Grant(
        R.GOVERNOR,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        RUN,
        _READ | may(V.DECIDE_TRANSFER_HOLD, V.END_TRANSFER_HOLD),
        part="turnover",
    ),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, RUN, _READ, part="turnover"),
    Grant(R.PARTNER_VOLUNTEER, P.RECRUITMENT, Within.OWN_ORGANISATION, RUN, _READ, part="turnover"),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, may(V.READ_TRANSFER_HOLD), part="turnover"),
    Grant(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, RUN, may(V.READ_TRANSFER_HOLD), part="turnover"),
    Grant(R.HEADQUARTERS, P.OVERSIGHT, Within.OWN_ACTS, RUN, may(V.START_JOB, V.READ_JOB), part="turnover"),
)
"""Forecasts and holds."""
