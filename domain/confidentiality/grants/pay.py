"""Pay (domain facts 7, the row of allocation and pay): the activities hub keeps it, those who run and watch over the
prison read it, and a supporter reads his own. A partner does not: what the prison pays is between it and him."""

from typing import Final

from domain.confidentiality.grants.grant import RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_RATES: Final = may(V.READ_PAY_RATE, V.READ_COMPARISON_JOB, V.READ_PAY_PARITY)
_READ: Final = _RATES | may(V.READ_PAY_ENTRY)
_KEPT: Final = may(V.RECORD_PAY_RATE, V.RECORD_PAY_ENTRY, V.RECORD_COMPARISON_JOB)

PAY: Final[tuple[Grant, ...]] = (
    Grant(R.ACTIVITIES_HUB, P.OPERATIONS, Within.OWN_PRISON, RUN, _READ | _KEPT | may(V.READ_PAY_SHEET), part="pay"),
    Grant(R.COORDINATOR, P.OPERATIONS, Within.OWN_SCHEME, RUN, may(V.READ_PAY_ENTRY), part="pay"),
    Grant(R.COORDINATOR, P.OPERATIONS, Within.OWN_PRISON, RUN, _RATES, part="pay"),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READ, part="pay"),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, RUN, _READ, part="pay"),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READ, part="pay"),
    Grant(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READ, part="pay"),
    Grant(R.PERSON_IN_CUSTODY, P.OPERATIONS, Within.OWN_PERSON, RUN, may(V.READ_PAY_ENTRY), part="pay"),
)
"""Rates, entries, the sheet, and comparisons."""
