"""Who answers people about themselves (rule 21).

Of somebody in custody the estate's own machine alone, for all of a jurisdiction, in one act of one verb: whatever is
not sealed, for it is told to the man himself. Nobody looks over its shoulder: who works in information governance reads
of no supporter how he fares. Of a member of staff information governance does, in its own prison, and it reads there
what the prison runs on, and conduct.
"""

from typing import Final

from domain.confidentiality.classification import EVERYTHING
from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_HIS: Final = EVERYTHING - {C.SECURITY}
"""What security knows may be withheld from him (domain facts 2.7), and is: an answer is the same where there is
none."""

SUBJECT_ACCESS: Final[tuple[Grant, ...]] = (
    Grant(R.SUBJECT_ACCESS, P.SUBJECT_ACCESS, Within.OWN_PRISON, _HIS, may(V.READ_SUBJECT_ACCESS), closed=True),
    Grant(
        R.INFORMATION_GOVERNANCE,
        P.SUBJECT_ACCESS,
        Within.OWN_PRISON,
        RUN | {C.CASEWORK},
        may(V.READ_STAFF_SUBJECT_ACCESS),
    ),
)
"""Subject access."""
