"""Who looks at what the service found in the prison's data, and who reads and takes back a merge of two numbers (F91,
F97; rule 23).

Whoever runs a scheme reads what is asked of him about the roles in it, never what security knows. A merge tells which
two numbers are one man: it is for those who answer for what is held, and two of them take one back.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import RUN, TAKEN_PART, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_ASKED: Final = TAKEN_PART | {C.STANDING}
_FOUND: Final = _ASKED | {C.SECURITY}
_CASE: Final = RUN | {C.CASEWORK}
_LOOKS: Final = may(V.READ_MOVEMENT_REVIEW, V.SETTLE_MOVEMENT_REVIEW)
_MERGES: Final = may(V.READ_PERSON_MERGE, V.DOUBT_PERSON_MERGE, V.REVERSE_PERSON_MERGE)

MERGING: Final[tuple[Grant, ...]] = (
    Grant(R.COORDINATOR, P.OPERATIONS, Within.OWN_SCHEME, _ASKED, _LOOKS, part="movements"),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, _FOUND, _LOOKS, part="movements"),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, _FOUND, _LOOKS, part="movements"),
    Grant(R.INFORMATION_GOVERNANCE, P.INVESTIGATION, Within.OWN_PRISON, _CASE, _MERGES, part="merges"),
    Grant(R.GOVERNOR, P.INVESTIGATION, Within.OWN_PRISON, _CASE, _MERGES, part="merges"),
)
"""Reviews of movements, and merges."""
