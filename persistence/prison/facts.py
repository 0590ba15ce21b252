"""What suitability asks of the prison's systems about one person (`domain.ports.PrisonRecords`).

Known from Prisoner Search: when he was born, when he is to be released, his level of incentives. From Alerts: the codes
of his active alerts, without their words. From CSIP: whether a plan is open. From Activities: to how many others he is
allocated. Each of the last three is 'not known' where its system is not configured or cannot be asked. What was found
is believed for a minute, which is how old Prisoner Search is at best: an act that is run again does not ask again. A
worker, who asks because he was told that something has changed, has it answered anew each time.

Not known from any system that may be asked by us, and so None here: proven violence and drugs (prison-api lists
hearings of 31 days and no findings), whether the offence allows it (the offence itself is not ours to see), abstinence,
literacy, fitness, experience, service in the forces, elections and membership. Who knows them attests them.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable
from typing import Final, TypeVar

from domain.kernel.prison import IncentiveLevel, PrisonFacts
from persistence.prison.asking import (
    CannotBeAsked,
    Json,
    Monotonic,
    a_text,
    an_object,
    day,
    flag,
    number,
    objects,
    text,
)
from persistence.prison.search import NOMS, found_by_number, is_number, is_prison, release_day
from persistence.prison.upstream import Upstream

T = TypeVar("T")

_ASKED: Final = (
    "prisonerNumber",
    "dateOfBirth",
    "prisonId",
    "releaseDate",
    "confirmedReleaseDate",
    "currentIncentive.level.code",
)
_ALERTS: Final = ("alerts.alertCode", "alerts.active")
BELIEVED: Final = 60.0
_MOST: Final = 1000
_HELD: Final = frozenset({"ACTIVE", "SUSPENDED", "AUTO_SUSPENDED", "SUSPENDED_WITH_PAY"})
"""Allocations that somebody has: a suspended one is his still."""


class PrisonFactsFound:
    """Puts the facts together. `search` must be there; of the others, whichever are configured."""

    def __init__(
        self,
        search: Upstream,
        *,
        alerts: Upstream | None = None,
        csip: Upstream | None = None,
        activities: Upstream | None = None,
        believed: float = BELIEVED,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._believed = believed
        self._search, self._alerts, self._csip, self._activities = search, alerts, csip, activities
        self._monotonic = monotonic
        self._known: OrderedDict[str, tuple[float, PrisonFacts]] = OrderedDict()

    async def __call__(self, identifier_kind: str, identifier: str) -> PrisonFacts | None:
        """His facts; None: he is not known there, or Prisoner Search cannot be asked now."""
        if identifier_kind != NOMS.kind or not is_number(identifier):
            return None
        at, known = self._known.get(identifier, (0.0, None))
        if known is not None and self._monotonic() - at < self._believed:
            return known
        self._known.pop(identifier, None)
        found = await self._found(identifier)
        if found is not None:
            self._known[identifier] = (self._monotonic(), found)
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        return found

    async def _found(self, identifier: str) -> PrisonFacts | None:
        asked = _ASKED if self._alerts is not None else (*_ASKED, *_ALERTS)
        held = await _or_unknown(found_by_number(self._search, [identifier], asked))
        his = None if held is None else held.get(identifier)
        if his is None:
            return None
        try:
            prison = text(his, "prisonId")
            alerts, csip, roles = await asyncio.gather(
                _or_unknown(self._alerts_of(identifier, his)),
                _or_unknown(self._csip_of(identifier)),
                _or_unknown(self._roles_of(identifier, prison)),
            )
            return PrisonFacts(
                born_on=day(his, "dateOfBirth"),
                release_on=release_day(his),
                incentive=_level(his),
                alerts=alerts,
                csip_open=csip,
                roles_held=roles,
            )
        except CannotBeAsked:
            return None

    async def _alerts_of(self, identifier: str, his: Json) -> frozenset[str] | None:
        if self._alerts is None:  # the list that Prisoner Search has, a minute old; without one nothing is known
            return None if his.get("alerts") is None else _codes(objects(his["alerts"]))
        query = [("includeInactive", "false")]
        found = an_object(
            await self._alerts.ask("POST", "/search/alerts/prison-numbers", query=query, body=[identifier])
        )
        own = [each for each in objects(found.get("content")) if a_text(each, "prisonNumber") == identifier]
        return frozenset(
            a_text(an_object(each.get("alertCode")), "code") for each in own if flag(each, "isActive") is not False
        )

    async def _csip_of(self, identifier: str) -> bool | None:
        if self._csip is None:
            return None
        found = await self._csip.ask("GET", f"/prisoners/{identifier}/csip-records/current")
        if found is None:
            return None
        held = an_object(found)
        ever, current = number(held, "totalOpenedCsipCount"), held.get("currentCsip")
        if current is None or ever == 0:  # a referral alone is no plan, and the count is of all that ever was
            return False
        status = a_text(an_object(an_object(current).get("status")), "code")
        return None if status == "UNKNOWN" else status == "CSIP_OPEN"

    async def _roles_of(self, identifier: str, prison: str | None) -> int | None:
        if self._activities is None or prison is None or not is_prison(prison):
            return None
        found = await self._activities.ask(
            "POST", f"/prisons/{prison}/prisoner-allocations", query=[("activeOnly", "true")], body=[identifier]
        )
        own = [each for each in objects(found) if a_text(each, "prisonerNumber") == identifier]
        held = [each for one in own for each in objects(one.get("allocations"))]
        # A prison that allocates nobody here answers as for somebody with nothing to do, and who is without work is
        # allocated to that: so that none at all is no answer.
        if not held:
            return None
        return sum(text(each, "status") in _HELD and flag(each, "isUnemployment") is not True for each in held)


def _level(his: Json) -> IncentiveLevel | None:
    """Enhanced has further levels in some prisons (EN2, EN3), which are that here; a level of another name is not
    known."""
    incentive = his.get("currentIncentive")
    level = None if incentive is None else an_object(incentive).get("level")
    code = None if level is None else text(an_object(level), "code")
    if code in ("EN2", "EN3"):
        return IncentiveLevel.ENH
    return IncentiveLevel(code) if code in IncentiveLevel.__members__ else None


def _codes(alerts: list[Json]) -> frozenset[str]:
    return frozenset(a_text(each, "alertCode") for each in alerts if flag(each, "active") is not False)


async def _or_unknown(answer: Awaitable[T]) -> T | None:
    try:
        return await answer
    except CannotBeAsked:
        return None
