"""Who lets a request be offered while nobody can say from whom the recipient is kept apart (rule 11)."""

from typing import Final

from domain.confidentiality.grants.grant import OPEN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

SESSIONS_MATCHING: Final[tuple[Grant, ...]] = (
    # He says yes to a request that the officer names by its number, and reads nothing of it: who and where is for those
    # on duty alone (rule 2).
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, OPEN, may(V.CLEAR_OFFERS), closed=True, part="offers"),
)
