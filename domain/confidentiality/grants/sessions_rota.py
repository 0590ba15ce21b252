"""Who says how many supporters a rota needs, and who reads where it falls short (rules 9 and 10).

Staff who run the day, those who answer for the scheme, and its partner. Nobody in custody: supporters and peer
coordinators have the rota itself, and a gap beside it would be a figure about who is away.

What a supporter wishes of the rota is read by himself, by whom he asks, and by the coordinator: by no other supporter
and no peer coordinator, for a wish not to come may follow a hard night.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_READ: Final = may(V.READ_COVER_NEED, V.READ_COVER)


_PRINTS: Final = _READ | may(V.READ_ROTA_SHEET)
_DUTY: Final = _PRINTS | may(V.READ_ROTA_CALENDAR)
"""Who is on duty, and nothing besides: on paper for all who run the day, in a calendar for those who run the scheme."""


def _reads(role: R, purpose: P, verbs: frozenset[V] = _PRINTS, within: Within = Within.OWN_PRISON) -> Grant:
    return Grant(role, purpose, within, RUN, verbs, part="cover")


ROTA: Final[tuple[Grant, ...]] = (
    Grant(
        R.COORDINATOR,
        P.SUPPORT,
        Within.OWN_SCHEME,
        RUN | {C.WELLBEING},
        _DUTY | may(V.KEEP_COVER_NEED, V.KEEP_ROTA_LINE, V.READ_ROTA_LINE, V.LAY_PATTERN, V.LAY_PROPOSAL),
        writes=frozenset({"supporters"}),
        part="cover",
    ),
    Grant(
        R.COORDINATOR,
        P.SUPPORT,
        Within.OWN_SCHEME,
        RUN,
        may(V.READ_ROTA_WISH, V.DECIDE_ROTA_WISH),
        part="wishes",
    ),
    Grant(
        R.SUPPORTER,
        P.SUPPORT,
        Within.OWN_PERSON,
        RUN,
        may(V.ASK_ROTA_WISH, V.ANSWER_ROTA_WISH, V.WITHDRAW_ROTA_WISH, V.READ_ROTA_WISH),
        part="wishes",
    ),
    Grant(R.PERSON_IN_CUSTODY, P.SUPPORT, Within.OWN_PERSON, RUN, may(V.READ_ROTA_WISH), part="wishes"),
    _reads(R.PARTNER_VOLUNTEER, P.SUPPORT, _DUTY, Within.OWN_ORGANISATION),
    _reads(R.WING_OFFICER, P.OPERATIONS),
    _reads(R.ORDERLY_OFFICER, P.OPERATIONS),
    _reads(R.ACTIVITIES_HUB, P.OPERATIONS),
    _reads(R.SAFER_CUSTODY, P.SAFETY, _READ),
    _reads(R.GOVERNOR, P.OVERSIGHT, _READ),
)
"""Cover, the pattern of a rota, and what its supporters wish of it."""
