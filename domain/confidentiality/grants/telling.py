"""Who is told by webhook (rule 3): a service client that was assigned to integrate, what it may read itself, and no
more. It keeps its own subscriptions; an access administrator sees all of his prison, or of the jurisdiction."""

from typing import Final

from domain.confidentiality.grants.grant import OPEN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_KEEPS: Final = may(V.CREATE_SUBSCRIPTION, V.PING_SUBSCRIPTION, V.ROTATE_SUBSCRIPTION, V.END_SUBSCRIPTION)

TELLING: Final[tuple[Grant, ...]] = (
    Grant(R.INTEGRATOR, P.INTEGRATION, Within.OWN_ACTS, OPEN, _KEEPS | may(V.READ_SUBSCRIPTION)),
    Grant(R.ACCESS_ADMINISTRATOR, P.OPERATIONS, Within.OWN_PRISON, OPEN, may(V.READ_SUBSCRIPTION), part="told"),
)
"""Subscriptions."""
