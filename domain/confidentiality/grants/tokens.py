"""Who ends the tokens of somebody whose device is in other hands. One's own everybody ends (`SIGN_OUT`).

Of staff, partners and clients the access administrator does it, by issuer and subject. Of a man in custody whoever is
there at night: by the number on his door, without looking him up. All that it takes from him is a log-in. It reaches no
record and shows none, so it is bounded by no prison: a wall that answered would say where he is.
"""

from typing import Final

from domain.confidentiality.grants.grant import OPEN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_BY_NUMBER: Final = (R.WING_OFFICER, R.ORDERLY_OFFICER, R.SAFER_CUSTODY)


def _ends(role: R, *verbs: V) -> Grant:
    return Grant(role, P.OPERATIONS, Within.ANYONE, OPEN, may(*verbs), part="tokens")


TOKENS: Final[tuple[Grant, ...]] = (
    *(_ends(role, V.LOCK_OUT_BY_NUMBER) for role in _BY_NUMBER),
    _ends(R.ACCESS_ADMINISTRATOR, V.LOCK_OUT, V.LOCK_OUT_BY_NUMBER),
)
"""Lock-outs."""
