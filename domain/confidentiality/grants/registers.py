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
_SWITCH: Final = may(V.START_CONTINGENCY_PLAN, V.LOG_ACTIVATION, V.END_ACTIVATION, V.REVIEW_ACTIVATION)
"""To switch a plan on, log it, end it and review it: whoever may be in charge when it is needed."""
_PUBLIC: Final = may(V.READ_SERVICE_TIME, V.READ_AVAILABILITY, V.READ_MEETING_PLACE, V.READ_OUTCOME)
"""When and where, and what came of what people said: it hangs on the wing."""
_KNOWN: Final = may(V.READ_PUBLICITY, V.READ_SPOT_CHECK)
"""Whether people hear of it."""
_PROPOSALS: Final = may(V.KEEP_PROPOSAL, V.ANSWER_PROPOSAL, V.IMPLEMENT_PROPOSAL)
"""To take a proposal from what is said to what is done."""
_KEPT: Final = _PROPOSALS | may(
    V.KEEP_CONTINGENCY_PLAN,
    V.KEEP_RISK,
    V.ASSESS_RISK,
    V.SETTLE_RISK,
    V.KEEP_ACTION,
    V.KEEP_SERVICE_TIME,
    V.KEEP_MEETING_PLACE,
    V.KEEP_PUBLICITY,
    V.KEEP_SPOT_CHECK,
    V.KEEP_ROUTINE_CHECK,
    V.KEEP_STAKEHOLDER,
    V.KEEP_RESOURCE,
    V.KEEP_MEETING,
)
_WATCHED: Final = may(
    V.READ_RISK,
    V.READ_ACTION,
    V.READ_OUTAGE,
    V.READ_ROUTINE_CHECK,
    V.READ_STAKEHOLDER,
    V.READ_RESOURCE,
    V.READ_MEETING,
    V.READ_PROPOSAL,
)
_READ: Final = _PLANS | _PUBLIC | _KNOWN | _WATCHED
_PARTNERS: Final = _PROPOSALS | may(V.KEEP_ACTION, V.KEEP_SPOT_CHECK, V.KEEP_MEETING)
"""What a partner keeps besides: what its own people have taken on."""
_TAKE_DOWN: Final = may(V.UNPUBLISH_PROPOSAL)
_TELL: Final = may(V.PUBLISH_PROPOSAL) | _TAKE_DOWN
"""What everybody in the prison reads is the word of those who answer for it there."""
_ACTION: Final = frozenset({"what", "owner", "due_on"})
_TIMES: Final = frozenset({"weekday", "band", "starts", "ends", "valid_from", "valid_until", "place", "name", "wing"})
_UPKEEP: Final = frozenset(
    {
        "shown_where",
        "languages",
        "easy_read",
        "shown_from",
        "shown_until",
        "reach",
        "every_days",
        "first_due_on",
        "of_whom",
        "contact",
        "interest",
        "influence",
        "ways",
        "planned",
        "used",
    }
)
_MEMBERS: Final = _ACTION | _TIMES | _UPKEEP | {"cover", "tell", "review_on", "cover_in_words", "in_force", "in_words"}
"""What may be amended of them."""


def _of(role: R, purpose: P, within: Within, *verbs: frozenset[V], writes: frozenset[str] = frozenset()) -> Grant:
    return Grant(role, purpose, within, RUN, frozenset[V]().union(*verbs), writes=writes, part="registers")


def _public(role: R, purpose: P, within: Within = Within.OWN_PRISON, *, known: bool = False) -> Grant:
    return Grant(role, purpose, within, OPEN, _PUBLIC | _KNOWN if known else _PUBLIC, part="registers")


REGISTERS: Final[tuple[Grant, ...]] = (
    _of(R.COORDINATOR, P.OPERATIONS, Within.OWN_SCHEME, _READ, _KEPT, _SWITCH, _TELL, writes=_MEMBERS),
    _of(R.ORDERLY_OFFICER, P.OPERATIONS, Within.OWN_PRISON, _PLANS, _PUBLIC, _SWITCH),
    _of(R.WING_OFFICER, P.OPERATIONS, Within.OWN_PRISON, _PLANS, _PUBLIC),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, _READ, _SWITCH, _TELL),
    # What is proposed to the governor he answers himself.
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, _READ, _SWITCH, _TAKE_DOWN, may(V.ANSWER_PROPOSAL)),
    _of(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.OWN_ORGANISATION, _READ, _PARTNERS, writes=_ACTION),
    # The board goes round itself, and nobody else tells what it found.
    _of(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, _READ, may(V.KEEP_SPOT_CHECK)),
    _of(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, _READ),
    _of(R.OMBUDSMAN_CORONER, P.INVESTIGATION, Within.OWN_PRISON, _PLANS),
    _public(R.STAFF_MEMBER, P.OPERATIONS),
    _of(R.ACTIVITIES_HUB, P.OPERATIONS, Within.OWN_PRISON, _PUBLIC, may(V.READ_RESOURCE)),
    _public(R.HEALTHCARE, P.SUPPORT),
    _public(R.PERSON_IN_CUSTODY, P.OPERATIONS),
    _public(R.SUPPORTER, P.OPERATIONS),
    _public(R.PEER_COORDINATOR, P.OPERATIONS),
    _public(R.EVALUATOR, P.EVALUATION, Within.OWN_SCHEME, known=True),
    _public(R.HEADQUARTERS, P.OVERSIGHT, known=True),
)
"""Registers of schemes."""
