"""What a supporter takes with him: his passport, references, and how he rates himself (rules 9, 17 and 24).

A person in custody asks for, reads and takes back what is his, whether or not he is still in the role: by then his
capacity as a supporter has ended. The signed document is fetched by him alone, or whoever holds it would speak for him.
How he rates himself is read by him and the partner alone.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import RUN, STANDING, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_READ: Final = may(V.READ_PASSPORT, V.READ_REFERENCE)

PASSPORTS: Final[tuple[Grant, ...]] = (
    Grant(
        R.PERSON_IN_CUSTODY,
        P.RECRUITMENT,
        Within.OWN_PERSON,
        STANDING | {C.WELLBEING},
        _READ
        | may(V.ISSUE_PASSPORT, V.READ_PASSPORT_DOCUMENT, V.WITHDRAW_PASSPORT)
        | may(V.SIGN_REFERENCE, V.DECLINE_REFERENCE)
        | may(V.RECORD_SELF_RATING, V.READ_SELF_RATING, V.READ_OWN_RECORD),
        part="passports",
    ),
    Grant(
        R.COORDINATOR,
        P.RECRUITMENT,
        Within.OWN_SCHEME,
        STANDING,
        _READ | may(V.TAKE_PASSPORT, V.WRITE_REFERENCE),
        part="passports",
    ),
    Grant(
        R.PARTNER_VOLUNTEER,
        P.RECRUITMENT,
        Within.OWN_ORGANISATION,
        RUN | {C.WELLBEING},
        _READ | may(V.WRITE_REFERENCE, V.READ_SELF_RATING),
        part="passports",
    ),
    Grant(R.COORDINATOR, P.RECRUITMENT, Within.ANYONE, RUN, may(V.VERIFY_PASSPORT), part="passports"),
    Grant(R.PARTNER_VOLUNTEER, P.RECRUITMENT, Within.ANYONE, RUN, may(V.VERIFY_PASSPORT), part="passports"),
    Grant(R.ACTIVITIES_HUB, P.OPERATIONS, Within.ANYONE, RUN, may(V.VERIFY_PASSPORT), part="passports"),
)
"""Passports, references and self-ratings."""
