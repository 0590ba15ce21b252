"""Who types a night's sheet (rule 13), who notes what left a scheme and on which ground (X7), who is told of a worry
(rule 31), who refers on (F55), and who has a list of what waits for him."""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import OPEN, RUN, TAKEN_PART, WORKED_ON, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_CASE: Final = TAKEN_PART | {C.CASEWORK}
_SHEET: Final = may(V.RECORD_NIGHT_SHEET)
_NOTES: Final = may(V.NOTE_ESCALATION, V.READ_ESCALATION)
_OFFERS: Final = may(V.READ_CONCERN, V.SETTLE_CONCERN)
_WAITED_FOR: Final = (
    *(R.WING_OFFICER, R.ORDERLY_OFFICER, R.COORDINATOR, R.SAFER_CUSTODY, R.GOVERNOR),
    *(R.MONITORING_BOARD, R.PARTNER_VOLUNTEER, R.SUPPORTER),
)
"""Those for whom something may wait. Nobody who is helped has such a list, nor a peer coordinator: what stood in it
would say that he asked, or who did (rules 7 and 10)."""
_REFERS: Final = may(V.MAKE_REFERRAL, V.ANSWER_REFERRAL, V.READ_REFERRAL)

SESSIONS_TASKS: Final[tuple[Grant, ...]] = (
    # Whoever could have made each of its moves that night, on the wings that he declares now.
    Grant(R.WING_OFFICER, P.SUPPORT, Within.OWN_WING_ON_DUTY, TAKEN_PART, _SHEET, closed=True, part="sheet"),
    Grant(R.ORDERLY_OFFICER, P.SUPPORT, Within.OWN_PRISON_TONIGHT, TAKEN_PART, _SHEET, closed=True, part="sheet"),
    *(
        Grant(role, P.OPERATIONS, Within.OWN_PRISON, RUN, may(V.READ_NIGHT_PACK), part="pack")
        for role in (R.WING_OFFICER, R.ORDERLY_OFFICER, R.COORDINATOR)
    ),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, RUN, may(V.READ_NIGHT_PACK), part="pack"),
    # What left a closed scheme is read by the partner, which answers for it, and by nobody in the prison.
    Grant(R.PARTNER_VOLUNTEER, P.SAFETY, Within.OWN_ORGANISATION, _CASE, _NOTES, closed=True, part="escalations"),
    Grant(R.COORDINATOR, P.SAFETY, Within.OWN_SCHEME, _CASE, _NOTES, part="escalations"),
    Grant(R.STAFF_MEMBER, P.SUPPORT, Within.OWN_PRISON, RUN, may(V.RAISE_CONCERN), closed=True, part="concerns"),
    # Who runs the prison tonight, and who is there for its safety: they go themselves, or send whom the man trusts.
    Grant(R.ORDERLY_OFFICER, P.SUPPORT, Within.OWN_PRISON_TONIGHT, TAKEN_PART, _OFFERS, closed=True, part="concerns"),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON_TONIGHT, TAKEN_PART, _OFFERS, closed=True, part="concerns"),
    Grant(R.COORDINATOR, P.SUPPORT, Within.OWN_SCHEME, WORKED_ON, _REFERS, part="referrals"),
    Grant(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.OWN_ORGANISATION, WORKED_ON, _REFERS, part="referrals"),
    Grant(R.PERSON_IN_CUSTODY, P.SUPPORT, Within.OWN_PERSON, WORKED_ON, may(V.READ_REFERRAL), part="referrals"),
    # The list has no reach of its own: each of its lines is there by the grant for the move that it waits for.
    *(Grant(role, P.OPERATIONS, Within.ANYONE, OPEN, may(V.READ_TASKS), part="tasks") for role in _WAITED_FOR),
)
"""Night's sheets, escalations, concerns, referrals, what waits for somebody."""
