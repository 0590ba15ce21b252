"""Who reads the figures of months that are over (domain facts 5.6 and 7; rule 19).

They were let out already: nobody reads what they were counted from. A coordinator and an evaluator read those of their
schemes, a partner those of its own; who watches over a prison reads its own, casework too; who has every prison of a
jurisdiction reads those of the whole besides. Nobody in custody: what is told to supporters of feedback is another
matter (rule 12).
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_READ: Final = may(V.READ_FIGURE)
_CASES: Final = RUN | {C.CASEWORK}

METRICS: Final[tuple[Grant, ...]] = (
    Grant(R.COORDINATOR, P.EVALUATION, Within.OWN_SCHEME, RUN, _READ, part="figures"),
    Grant(R.EVALUATOR, P.EVALUATION, Within.OWN_SCHEME, RUN, _READ, part="figures"),
    Grant(R.PARTNER_VOLUNTEER, P.OPERATIONS, Within.OWN_ORGANISATION, RUN, _READ, part="figures"),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, _CASES, _READ, part="figures"),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, _CASES, _READ, part="figures"),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, _CASES, _READ, part="figures"),
    Grant(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, _CASES, _READ, part="figures"),
    Grant(R.HEADQUARTERS, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READ, part="figures"),
)
"""Figures."""
