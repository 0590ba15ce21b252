"""A year of first meetings: Insiders and new arrivals, week by week (domain facts 1.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from api.demonstration.careers import in_role_on
from api.demonstration.hat import Hat
from api.demonstration.people import Prison
from domain.kernel.ids import ActorId, InductionId, PersonId
from domain.people.record import Person
from domain.schemes.record import Scheme
from domain.sessions.codes import ChecklistItem
from domain.sessions.record import Induction
from domain.supporters.record import Supporter

WEEKS: Final = 52
A_WEEK: Final = (4, 7)
"""New arrivals who are met in a week. A local prison has many times that; this is enough to be a year."""
_DAY: Final = 24 * 60
_LANGUAGES: Final = (("en", 88), ("pl", 3), ("ro", 3), ("ur", 2), ("so", 2), ("ar", 2))


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Who came, and how they were met."""

    persons: Sequence[Person]
    inductions: Sequence[Induction]


def newcomers(
    hat: Hat,
    scheme: Scheme,
    prison: Prison,
    insiders: Sequence[Supporter],
    by: Mapping[PersonId, ActorId],
    clerk: ActorId,
) -> Newcomers:
    """A year of them. What an Insider types (`by` gives his actor) names nobody; what the `clerk` types for him does
    (rule 8)."""
    persons: list[Person] = []
    inductions: list[Induction] = []
    for week in range(WEEKS, -1, -1):
        for _ in range(hat.chance.randint(*A_WEEK)):
            day = hat.today - timedelta(weeks=week) + hat.days(0, 5)
            arrived = hat.at(day, time(hat.chance.randint(13, 19), hat.chance.randint(0, 59)))
            seen = arrived + timedelta(minutes=_wait(hat))
            there = [i for i in insiders if in_role_on(i, seen.date())]
            if seen > hat.now or not there:
                continue
            insider = hat.chance.choice(there)
            met = hat.person(prison) if hat.likely(0.4) else None
            author = by[insider.person] if met is None else clerk
            inductions.append(_induction(hat, scheme, prison, insider, met, author, arrived, seen))
            persons += [] if met is None else [met]
    return Newcomers(persons, inductions)


def _wait(hat: Hat) -> int:
    """Minutes after arrival: nine of ten are met within a day, which is what the scheme is measured by."""
    if hat.likely(0.9):
        return hat.chance.randint(15, 300)
    return hat.chance.randint(_DAY + 60, 2 * _DAY)


def _induction(
    hat: Hat,
    scheme: Scheme,
    prison: Prison,
    insider: Supporter,
    met: Person | None,
    author: ActorId,
    arrived: datetime,
    seen: datetime,
) -> Induction:
    checklist = tuple(item for item in ChecklistItem if hat.likely(0.85))
    return Induction(
        id=InductionId(hat.ids()),
        **_place(scheme),
        wing=hat.chance.choice(prison.wings) if met is None or met.wing is None else met.wing,
        person=None if met is None else met.id,
        name=None if met is None else met.name,
        supporter=insider.id,
        supporter_person=insider.person,
        arrived_at=arrived,
        seen_at=seen,
        minutes_after_arrival=int((seen - arrived).total_seconds() // 60),
        checklist=checklist,
        language=hat.weighed(_LANGUAGES),
        told_policy=hat.likely(0.97),
        concern_told_to_staff=hat.likely(0.12),
        follow_up_on=_checked_back(checklist, seen.date()),
        author=author,
    )


def _checked_back(checklist: Sequence[ChecklistItem], seen: date) -> date | None:
    """The second day's check, where it has not been done."""
    return None if ChecklistItem.SECOND_DAY_CHECK_BACK in checklist else seen + timedelta(days=1)


def _place(scheme: Scheme) -> dict[str, Any]:
    return {
        "scheme": scheme.id,
        "jurisdiction": scheme.jurisdiction,
        "prison": scheme.prison,
        "organisation": scheme.organisation,
        "closed": scheme.closed,
    }
