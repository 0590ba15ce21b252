"""Whether a supporter can be had now, and whether his certificate holds: worked out of his record and the instant, and
typed by nobody (domain facts 12).

Why he cannot be had is told to those who may know where supporters stand. All others, and a peer coordinator, are told
yes or no: one who is suspended, rests, is at court, in hospital or segregated is the same to them (rule 10). That a
certificate holds or not is no secret.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from domain.act import Act
from domain.confidentiality.classification import Classification
from domain.confidentiality.policy import grants_of, reach_of
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import covers
from domain.kernel.days import local_day
from domain.kernel.errors import NotNow
from domain.supporters.record import IN_ROLE, Standing, Supporter, yet_to_return

SOON: Final = timedelta(days=90)
"""How long before its end a certificate is said to expire. A default."""
OPEN_END: Final = ".."
NOT_AVAILABLE: Final = "NOT_AVAILABLE"
"""All that is told to whoever may not know why."""


class NotAvailable(StrEnum):
    """Why a supporter cannot be had now."""

    NOT_IN_ROLE = "NOT_IN_ROLE"
    ON_PROBATION = "ON_PROBATION"
    PAUSED = "PAUSED"
    SUSPENDED = "SUSPENDED"
    NOT_CERTIFIED = "NOT_CERTIFIED"
    AWAY = "AWAY"


class Certification(StrEnum):
    """Whether somebody's certificate holds."""

    NONE = "NONE"
    VALID = "VALID"
    EXPIRING = "EXPIRING"
    """It holds, and ends within 90 days."""
    EXPIRED = "EXPIRED"


class Days(Protocol):
    """From a day to a day."""

    @property
    def first_on(self) -> date: ...
    @property
    def last_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Interval:
    """From a day to a day, both included; None: no end is known."""

    first_on: date
    last_on: date | None

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


def written(days: Iterable[Days]) -> tuple[str, ...]:
    """Intervals as ISO 8601 has them, in order and each once."""
    return tuple(sorted({f"{d.first_on}/{OPEN_END if d.last_on is None else d.last_on}" for d in days}))


def read(away: Iterable[str]) -> list[Interval]:
    """And back."""
    parts = (interval.split("/") for interval in away)
    return [Interval(date.fromisoformat(f), None if t == OPEN_END else date.fromisoformat(t)) for f, t in parts]


def certified(supporter: Supporter, now: datetime) -> bool:
    """Whether his certificate holds today: no offer, session or shift without one (F25)."""
    return holds(supporter.certificate_expires_on, local_day(supporter, now))


def holds(until: date | None, today: date) -> bool:
    """Whether a certificate until that day holds."""
    return until is not None and until >= today


def certification(until: date | None, today: date) -> Certification:
    """Where a certificate until that day stands."""
    if until is None:
        return Certification.NONE
    if until < today:
        return Certification.EXPIRED
    return Certification.EXPIRING if until <= today + SOON else Certification.VALID


def here(away: Iterable[str], today: date) -> bool:
    """Whether somebody who is away on these days is not today."""
    return not away or not any(interval.holds(today) for interval in read(away))


def not_available_for(supporter: Supporter, now: datetime) -> tuple[NotAvailable, ...]:
    """Every reason for which he cannot be had now. None: he can."""
    today = local_day(supporter, now)
    return reasons(supporter.standing, supporter.certificate_expires_on, supporter.away, today)


def reasons(standing: str, certified_until: date | None, away: Iterable[str], today: date) -> tuple[NotAvailable, ...]:
    """The same, of the three members that decide it."""
    found: list[NotAvailable] = []
    if standing != Standing.ACTIVE:
        found.append(_WHY.get(standing, NotAvailable.NOT_IN_ROLE))
    if not holds(certified_until, today):
        found.append(NotAvailable.NOT_CERTIFIED)
    if not here(away, today):
        found.append(NotAvailable.AWAY)
    return tuple(dict.fromkeys(found)) if found else ()


def available(supporter: Supporter, now: datetime) -> bool:
    """Whether he can be had now."""
    return not not_available_for(supporter, now)


def unfit(supporter: Supporter, day: date) -> tuple[NotAvailable, ...]:
    """Every reason for which nothing may be planned with him for that day: no certificate then, no session and no shift
    (F25). One on probation may, who learns by it beside another; he is offered to nobody."""
    found = reasons(supporter.standing, supporter.certificate_expires_on, supporter.away, day)
    return tuple(why for why in found if why is not NotAvailable.ON_PROBATION)


async def of_scheme(act: Act, scheme: UUID, id: UUID) -> Supporter:
    """The supporter of this scheme with whom something is planned; anybody else is not available, whoever he is."""
    found = await act.known_one(Supporter, id)
    if found is None or found.scheme != scheme:
        raise NotNow([NOT_AVAILABLE])
    return found


def serves(act: Act, supporter: Supporter, day: date) -> tuple[tuple[bool, str], ...]:
    """The guards, for `require`, that he can be planned with for that day."""
    return _broken(act, supporter, unfit(supporter, day))


def stays(act: Act, supporter: Supporter) -> tuple[tuple[bool, str], ...]:
    """The guards, for `require`, that he is in the role, if only at rest: then somebody may begin to look after him."""
    out = supporter.standing not in IN_ROLE
    return _broken(act, supporter, (_WHY.get(supporter.standing, NotAvailable.NOT_IN_ROLE),) if out else ())


def _broken(act: Act, supporter: Supporter, why: tuple[NotAvailable, ...]) -> tuple[tuple[bool, str], ...]:
    """One broken guard for each reason. Raises `NotNow` (NOT_AVAILABLE, and nothing beside it) where the reasons are
    not for this viewer to know."""
    if why and not _knows_why(act, supporter):
        raise NotNow([NOT_AVAILABLE])
    return tuple((False, each.value) for each in why)


def _knows_why(act: Act, supporter: Supporter) -> bool:
    """Whether this viewer, in this role, could read on a team's list why this one cannot be had."""
    lists = grants_of(act.viewer.role, Verb.READ_ROSTER)
    told = (g for g in lists if Classification.STANDING in g.sees)
    return any(covers(reach_of(g, Supporter), act.viewer, act.now, supporter) for g in told)


def in_role(supporter: Supporter) -> Standing:
    """Where he stands who comes back to the role. Whoever was taken over rests until he has returned: no new
    certificate, and no end of a suspension, does that for him."""
    if yet_to_return(supporter):
        return Standing.PAUSED
    return Standing.PROBATION if supporter.active_from is None else Standing.ACTIVE


_WHY: Final[Mapping[str, NotAvailable]] = {
    Standing.PROBATION: NotAvailable.ON_PROBATION,
    Standing.PAUSED: NotAvailable.PAUSED,
    Standing.SUSPENDED: NotAvailable.SUSPENDED,
    Standing.LAPSED: NotAvailable.NOT_CERTIFIED,
}
