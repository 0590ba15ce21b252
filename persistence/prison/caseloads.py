"""In which prisons a member of staff works (`domain.ports.Caseloads`), from Manage Users.

Which of the estate's systems will say it in future is open (hmpps.md 8.14): what differs between them is the address,
so that another is one line in `OF_USER`, and nobody else knows which is asked.

It is asked again every five minutes by who asks us (`api.caseloads`). Where it cannot be asked, what it said last is
said for a day, as keys of an issuer are used for a day: None would let assignments alone decide, and give back for an
outage what was withdrawn before it.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Collection
from typing import Final
from urllib.parse import quote

from domain.confidentiality.principal import Principal, PrincipalKind
from persistence.prison.asking import CannotBeAsked, Monotonic, a_text, an_object, flag, objects
from persistence.prison.upstream import Upstream

OF_USER: Final = "/prisonusers/{}/caseloads"
REMEMBERED: Final = 24 * 3600.0
LONGEST_NAME: Final = 30
_MOST: Final = 10_000
_PRISON: Final = re.compile(r"[A-Z][A-Z0-9]{2}")
"""A caseload that is a prison. NWEB and CADM_I are none (hmpps.md 1.5)."""


class ManagedCaseloads:
    """`issuers` are those whose names of staff are the estate's own: the same name said by another issuer is another
    person, and of him nothing is known here (rule 8)."""

    def __init__(
        self, manage_users: Upstream, *, issuers: Collection[str], monotonic: Monotonic = time.monotonic
    ) -> None:
        self._upstream, self._issuers, self._monotonic = manage_users, frozenset(issuers), monotonic
        self._known: OrderedDict[str, tuple[float, frozenset[str]]] = OrderedDict()

    async def __call__(self, principal: Principal) -> frozenset[str] | None:
        """His caseload now, or as it was within a day. Whoever is not known there works nowhere."""
        if principal.kind is not PrincipalKind.STAFF:
            return frozenset()
        if principal.issuer not in self._issuers:
            return None
        name = principal.subject.upper()
        if not 0 < len(name) <= LONGEST_NAME:
            return frozenset()  # no name of a member of a prison's staff
        try:
            found = _prisons(await self._upstream.ask("GET", OF_USER.format(quote(name, safe=""))))
        except CannotBeAsked:
            at, last = self._known.get(name, (0.0, None))
            return last if last is not None and self._monotonic() - at < REMEMBERED else None
        self._known[name] = (self._monotonic(), found)
        self._known.move_to_end(name)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return found


def _prisons(said: object | None) -> frozenset[str]:
    if said is None:
        return frozenset()
    user = an_object(said)
    held = [a_text(each, "id") for each in objects(user.get("caseloads"))]
    if flag(user, "active") is False:
        return frozenset()
    return frozenset(code for code in held if _PRISON.fullmatch(code))
