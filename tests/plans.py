"""What a scheme needs of other records before it goes live, for tests of its life that are about something else."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid5

from domain.confidentiality.record import Record
from domain.schemes.charter import Charter, CharterState
from domain.schemes.measures import MEASURES
from domain.schemes.needs import TargetNeed
from domain.schemes.objective import FigureSource, Objective
from domain.schemes.record import Scheme
from domain.schemes.registers.contingency import ContingencyPlan, Cover, Tell, Trigger
from domain.schemes.registers.publicity import Medium, Publicity

PLANS = ("CHARTER_NOT_PUBLISHED", "OBJECTIVES_NOT_SMART", "CONTINGENCY_PLAN_MISSING", "NOT_ADVERTISED")
"""The codes of what is missing without them."""
STAFF = Medium.STAFF_BRIEFING


def held_by(records: Iterable[Any], now: datetime) -> Mapping[str, set[Any]]:
    """By the code of each guard that asks for plans: the schemes that have among these what it asks for."""
    all_of = list(records)
    objectives = [r for r in all_of if isinstance(r, Objective)]
    found = (
        {r.scheme for r in all_of if isinstance(r, Charter) and r.state is CharterState.PUBLISHED},
        {r.scheme for r in objectives} - {r.scheme for r in objectives if r.not_smart(now)},
        {r.scheme for r in all_of if isinstance(r, ContingencyPlan) and r.in_force},
        {r.scheme for r in all_of if isinstance(r, Publicity) and r.showing(now) and r.medium is not STAFF},
    )
    return dict(zip(PLANS, found, strict=True))


def plans_of(scheme: Scheme, today: date) -> Mapping[str, Record]:
    """Each by the code of the guard that asks for it."""
    return dict(zip(PLANS, _plans_of(scheme, today), strict=True))


def _plans_of(scheme: Scheme, today: date) -> Iterator[Record]:
    since = datetime.combine(today, time(), UTC) - timedelta(days=1)
    yield Charter(
        **_of(scheme, "charter"), kind=scheme.kind, number=1, state=CharterState.PUBLISHED, in_force_from=since
    )
    yield Objective(
        **_of(scheme, "objective"),
        title="Four in ten to eight in ten",
        measure="SESSIONS_DELIVERED",
        direction=MEASURES["SESSIONS_DELIVERED"].better,
        for_whom="Everybody who asks",
        need=TargetNeed.READING,
        baseline=40,
        baseline_source=FigureSource.SCHEME_RECORDS,
        target=80,
        achievable="Another prison did.",
        starts_on=today,
        due_on=today + timedelta(days=300),
        running_weeks=8,
    )
    yield ContingencyPlan(
        **_of(scheme, "contingency-plan"),
        trigger=Trigger.LOCKDOWN,
        cover=(Cover.POSTPONED,),
        tell=(Tell.PARTNER,),
        review_on=today + timedelta(days=90),
    )
    yield Publicity(
        **_of(scheme, "publicity"),
        medium=Medium.POSTER,
        shown_where="Every wing",
        languages=("en",),
        easy_read=True,
        shown_from=today,
    )


def _of(scheme: Scheme, name: str) -> dict[str, Any]:
    place = ("scheme", "jurisdiction", "prison", "organisation")
    return {"id": uuid5(scheme.id, name), **{field: getattr(scheme, field) for field in place}}
