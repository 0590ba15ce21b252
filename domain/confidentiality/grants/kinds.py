"""Who makes kinds of scheme, and says what a partner may pass on."""

from typing import Final

from domain.confidentiality.grants.grant import OPEN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_MAKES: Final = may(V.CREATE_SCHEME_KIND, V.READ_SCHEME_KIND, V.PUBLISH_SCHEME_KIND, V.WITHDRAW_SCHEME_KIND)

KINDS: Final[tuple[Grant, ...]] = (
    Grant(R.HEADQUARTERS, P.OVERSIGHT, Within.OWN_PRISON, OPEN, _MAKES, part="kinds"),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, OPEN, _MAKES, part="kinds"),
    Grant(
        R.GOVERNOR,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        OPEN,
        may(V.READ_SCHEME_KIND, V.PUBLISH_SCHEME_KIND, V.WITHDRAW_SCHEME_KIND),
        part="kinds",
    ),
    Grant(
        R.PARTNER_LEAD,
        P.OVERSIGHT,
        Within.OWN_PARTNER,
        OPEN,
        may(
            V.CREATE_EXCEPTION_LIST,
            V.READ_EXCEPTION_LIST,
            V.PUBLISH_EXCEPTION_LIST,
            V.WITHDRAW_EXCEPTION_LIST,
            V.READ_SCHEME_KIND,
            V.CONFIRM_SCHEME_KIND,
        ),
    ),
)
"""Headquarters makes kinds for its jurisdiction, safer custody variants for its prison; another person publishes. A
partner's lead says what the partner passes on, and yes to a kind that names it."""
