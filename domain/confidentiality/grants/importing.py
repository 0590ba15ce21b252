"""Who brings a scheme here that has run before, and who takes one elsewhere: its coordinator, of what he reads and
writes of it one by one."""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import RUN, STANDING, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

IMPORTING: Final[tuple[Grant, ...]] = (
    Grant(
        R.COORDINATOR,
        P.RECRUITMENT,
        Within.OWN_SCHEME,
        STANDING | {C.WELLBEING},
        may(V.IMPORT_SUPPORTER, V.READ_SUPPORTER_FILE),
        part="importing",
    ),
    Grant(
        R.COORDINATOR,
        P.SUPPORT,
        Within.OWN_SCHEME,
        RUN | {C.WELLBEING},
        may(V.READ_ROSTER_FILE),
        part="importing",
    ),
)
"""Files of a scheme: in and out."""
