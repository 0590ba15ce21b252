"""What the systems of others do here, and whoever runs ours.

An organisation that teaches or leads groups in a prison says what it did, in its own prison and its own schemes, and
under a closed policy nothing (`domain.schemes.belonging.open_to_systems`). Who runs the service keeps its queues: he is
told what lies in them by type and number, and no grant shows him a record.
"""

from typing import Final

from domain.confidentiality.grants.grant import OPEN, RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_SAYS: Final = may(V.NOTE_ATTENDANCE, V.KEEP_GROUP_SESSION)
_KEEPS: Final = may(V.READ_QUEUE, V.RETRY_QUEUE, V.PURGE_QUEUE)

MACHINES: Final[tuple[Grant, ...]] = (
    Grant(R.PROVIDER, P.INTEGRATION, Within.OWN_ORGANISATION, RUN, _SAYS),
    Grant(R.OPERATOR, P.OPERATIONS, Within.ANYONE, OPEN, _KEEPS, part="queues"),
)
"""Commands of organisations outside, and queues."""
