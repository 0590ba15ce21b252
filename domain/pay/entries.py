"""A supporter's pay of a week (F6): half and whole days, the band, and what it came to by the rate of that week.

Only where the kind is paid at all: Listeners are not, and nothing can be entered for one. Whether he is active, at rest
or suspended makes no difference here: against whom nothing is proven loses no income (domain facts 2.1).
"""

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, PayEntryId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.pay.rates import PayRate, is_monday
from domain.ports import Query
from domain.schemes.belonging import OfScheme, drafted, in_the_future
from domain.schemes.made import terms_of
from domain.schemes.vocabulary import Pay
from domain.supporters.record import Supporter

WEEK: Final = timedelta(days=7)
HALF_DAYS_IN_A_WEEK: Final = 14
"""Two for each of seven days."""


@record(kind="pay-entry", kept="six years", parties=("person",))
class PayEntry(OfScheme):
    """One supporter's pay of one week."""

    outlives = True
    id: Open[PayEntryId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    week_of: Operational[date]
    """The week's Monday."""
    band: Operational[str]
    half_days: Operational[int]
    """How many half days."""
    full_days: Operational[int]
    """How many whole days."""
    money_minor_units: Operational[int]
    """What they came to, in minor units (pence, cents), by the rate of that week as it stood when this was entered."""
    entered_by: Operational[ActorId]

    @property
    def units(self) -> int:
        """In half days."""
        return self.half_days + 2 * self.full_days


def in_role_during(supporter: Supporter, week: date) -> bool:
    """Whether he was in the role on some day of that week, however he stood in it."""
    began = supporter.probation_from or supporter.active_from
    return began is not None and began < week + WEEK and (supporter.left_on is None or supporter.left_on >= week)


async def enter(
    begin: Begin, supporter: UUID, *, week_of: date, band: str, half_days: int = 0, full_days: int = 0
) -> View[PayEntry]:
    """A supporter's pay of a week that has begun. Each week is entered once."""
    async with begin.serially(Verb.RECORD_PAY_ENTRY) as act:
        of = await act.fetch(Supporter, supporter)
        if faults := [*_faults(act, of, week_of), *_too_many(half_days, full_days)]:
            raise Unacceptable(faults)
        rate = await _rate(act, of, band, week_of)
        there = await act.known(PayEntry, Query(equal={"supporter": of.id, "week_of": week_of}, limit=1))
        require(
            ((await terms_of(act, of)).pay is not Pay.UNPAID, "PAY_NOT_OF_THIS_KIND"),
            (in_role_during(of, week_of), "NOT_IN_ROLE_THAT_WEEK"),
            (rate is not None, "NO_RATE_THAT_WEEK"),
            (not there, "WEEK_ALREADY_ENTERED"),
        )
        entry = drafted(
            act,
            of,
            PayEntry,
            supporter=of.id,
            person=of.person,
            week_of=week_of,
            band=band,
            half_days=half_days,
            full_days=full_days,
            money_minor_units=0 if rate is None else rate.amount(half_days, full_days),
            entered_by=ActorId(act.viewer.actor),
        )
        act.keep(entry)
        return act.disclose(entry)


async def correct(begin: Begin, id: UUID, *, seen: Tag, half_days: int, full_days: int) -> View[PayEntry]:
    """Put the days right; the amount is by that week's rate."""
    async with begin(Verb.RECORD_PAY_ENTRY) as act:
        was = await act.fetch(PayEntry, id, seen=seen)
        if faults := list(_too_many(half_days, full_days)):
            raise Unacceptable(faults)
        rate = await _rate(act, was, was.band, was.week_of)
        require((rate is not None, "NO_RATE_THAT_WEEK"))
        amount = 0 if rate is None else rate.amount(half_days, full_days)
        now = dataclasses.replace(was, half_days=half_days, full_days=full_days, money_minor_units=amount)
        act.keep(now, was=was)
        return act.disclose(now)


def _faults(act: Act, of: Supporter, week: date) -> Iterator[Failure]:
    if not is_monday(week):
        yield Failure("NOT_A_MONDAY", "/weekOf")
    yield from in_the_future(act, of, week, "/weekOf")


def _too_many(half_days: int, full_days: int) -> Iterator[Failure]:
    units = half_days + 2 * full_days
    if units > HALF_DAYS_IN_A_WEEK:
        yield Failure("MORE_THAN_A_WEEK", "/halfDays")
    if units == 0:
        yield Failure("NO_DAYS", "/halfDays")


async def _rate(act: Act, of: Supporter | PayEntry, band: str, week: date) -> PayRate | None:
    where = {"jurisdiction": of.jurisdiction, "prison": of.prison, "band": band}
    found = await looking.all_known(act, PayRate, where)
    return next((rate for rate in found if rate.holds(week)), None)
