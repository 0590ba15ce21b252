"""Who lets a request be offered while nobody can say from whom the recipient is kept apart (rule 11)."""

from typing import Final

from domain.confidentiality.grants.grant import STANDING, TAKEN_PART, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

SESSIONS_MATCHING: Final[tuple[Grant, ...]] = (
    # The live request of a closed policy is read by those on duty alone (rule 2): of them whoever runs the prison
    # tonight is cleared, and awake at ten past two. Where the policy is open, safer custody says it.
    Grant(
        R.ORDERLY_OFFICER,
        P.SUPPORT,
        Within.OWN_PRISON_TONIGHT,
        TAKEN_PART,
        may(V.CLEAR_OFFERS),
        closed=True,
        part="offers",
    ),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, TAKEN_PART | STANDING, may(V.CLEAR_OFFERS), part="offers"),
)
