"""Who types a night's sheet (rule 13)."""

from typing import Final

from domain.confidentiality.grants.grant import TAKEN_PART, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_SHEET: Final = may(V.RECORD_NIGHT_SHEET)

SESSIONS_TASKS: Final[tuple[Grant, ...]] = (
    # Whoever could have made each of its moves that night, on the wings that he declares now.
    Grant(R.WING_OFFICER, P.SUPPORT, Within.OWN_WING_ON_DUTY, TAKEN_PART, _SHEET, closed=True, part="sheet"),
    Grant(R.ORDERLY_OFFICER, P.SUPPORT, Within.OWN_PRISON_TONIGHT, TAKEN_PART, _SHEET, closed=True, part="sheet"),
)
"""A night's sheet."""
