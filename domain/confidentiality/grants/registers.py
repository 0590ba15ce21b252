"""The registers of a scheme: who keeps them, and who reads them (domain facts 7, the row of the scheme's charter).

The coordinator keeps those of his schemes. Whoever answers for the prison, or watches over it, reads them; a partner
those of what is his.
"""

from typing import Final

from domain.confidentiality.grants.grant import OPEN, RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_PLANS: Final = may(V.READ_CONTINGENCY_PLAN, V.READ_ACTIVATION, V.READ_LOG_ENTRY)
_SWITCH: Final = may(V.START_CONTINGENCY_PLAN, V.RUN_ACTIVATION)
"""To switch a plan on, log it, end it and review it: whoever may be in charge when it is needed."""
_PUBLIC: Final = may(V.READ_SERVICE_TIME, V.READ_AVAILABILITY, V.READ_MEETING_PLACE)
"""When and where: it hangs on the wing."""
_KEPT: Final = may(V.KEEP_CONTINGENCY_PLAN, V.KEEP_RISK, V.KEEP_ACTION, V.KEEP_SERVICE_TIME, V.KEEP_MEETING_PLACE)
_READ: Final = _PLANS | _PUBLIC | may(V.READ_RISK, V.READ_ACTION, V.READ_OUTAGE)
_PARTNERS: Final = may(V.KEEP_ACTION)
"""What a partner keeps besides: what its own people have taken on."""
_ACTION: Final = frozenset({"what", "owner", "due_on"})
_TIMES: Final = frozenset({"weekday", "band", "starts", "ends", "valid_from", "valid_until", "place", "name", "wing"})
_MEMBERS: Final = _ACTION | {"cover", "tell", "review_on", "cover_in_words", "in_force", "in_words", *_TIMES}
"""What may be amended of them."""


def _of(role: R, purpose: P, within: Within, *verbs: frozenset[V], writes: frozenset[str] = frozenset()) -> Grant:
    return Grant(role, purpose, within, RUN, frozenset[V]().union(*verbs), writes=writes, part="registers")


def _public(role: R, purpose: P) -> Grant:
    return Grant(role, purpose, Within.OWN_PRISON, OPEN, _PUBLIC, part="registers")


REGISTERS: Final[tuple[Grant, ...]] = (
    _of(R.COORDINATOR, P.OPERATIONS, Within.OWN_SCHEME, _READ, _KEPT, _SWITCH, writes=_MEMBERS),
    _of(R.ORDERLY_OFFICER, P.OPERATIONS, Within.OWN_PRISON, _PLANS, _PUBLIC, _SWITCH),
    _of(R.WING_OFFICER, P.OPERATIONS, Within.OWN_PRISON, _PLANS, _PUBLIC),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, _READ, _SWITCH),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, _READ, _SWITCH),
    _of(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.OWN_ORGANISATION, _READ, _PARTNERS, writes=_ACTION),
    _of(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, _READ),
    _of(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, _READ),
    _of(R.OMBUDSMAN_CORONER, P.INVESTIGATION, Within.OWN_PRISON, _PLANS),
    _public(R.STAFF_MEMBER, P.OPERATIONS),
    _public(R.ACTIVITIES_HUB, P.OPERATIONS),
    _public(R.HEALTHCARE, P.SUPPORT),
    _public(R.PERSON_IN_CUSTODY, P.OPERATIONS),
    _public(R.SUPPORTER, P.OPERATIONS),
    _public(R.PEER_COORDINATOR, P.OPERATIONS),
)
"""Registers of schemes."""
