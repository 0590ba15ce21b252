"""A prison's pay bands and their rates, by the week from which each holds. What was entered for a week keeps the amount
that it was entered with: no later rate changes it."""

import dataclasses
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import Record, derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import PayRateId
from domain.kernel.words import JURISDICTIONS

"""Rates of one prison: more than its bands have had in decades."""


@record(kind="pay-rate", kept="six years after its last week; it names nobody")
class PayRate(Record):
    """What a band is paid from a Monday on, until a Sunday or until further notice."""

    id: Open[PayRateId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    band: Operational[str]
    """The band's code in the prison's own published structure."""
    money_minor_units_half_day: Operational[int]
    """For a half day, in minor units (pence, cents) of the jurisdiction's currency."""
    money_minor_units_full_day: Operational[int]
    """For a whole day, likewise."""
    valid_from: Operational[date]
    """The Monday of its first week."""
    valid_until: Operational[date | None] = None
    """The Sunday of its last week; None: until further notice."""

    @derived
    def currency(self, now: datetime) -> Operational[str]:
        """By ISO 4217; XXX: that of a jurisdiction which the service does not know."""
        known = JURISDICTIONS.get(self.jurisdiction)
        return "XXX" if known is None else known.currency

    def holds(self, week: date) -> bool:
        """Whether it is the rate of the week that begins on this Monday."""
        return self.valid_from <= week and (self.valid_until is None or week <= self.valid_until)

    def amount(self, half_days: int, full_days: int) -> int:
        """What so many half and whole days come to."""
        return half_days * self.money_minor_units_half_day + full_days * self.money_minor_units_full_day


def is_monday(day: date) -> bool:
    """Weeks begin on Mondays, here and in Ireland."""
    return day.weekday() == 0


def _faults(rate: PayRate, others: Iterable[PayRate]) -> list[Failure]:
    found: list[Failure] = []
    if not is_monday(rate.valid_from):
        found.append(Failure("NOT_A_MONDAY", "/validFrom"))
    if rate.valid_until is not None and rate.valid_until.weekday() != 6:
        found.append(Failure("NOT_A_SUNDAY", "/validUntil"))
    if rate.valid_until is not None and rate.valid_until < rate.valid_from:
        found.append(Failure("ENDS_BEFORE_START", "/validUntil"))
    if any(_overlap(rate, other) for other in others if other.id != rate.id):
        found.append(Failure("RATE_OVERLAPS", "/validFrom"))
    return found


def _overlap(one: PayRate, other: PayRate) -> bool:
    ends = min((d for d in (one.valid_until, other.valid_until) if d is not None), default=None)
    return ends is None or max(one.valid_from, other.valid_from) <= ends


async def add(
    begin: Begin,
    *,
    prison: str,
    band: str,
    money_minor_units_half_day: int,
    money_minor_units_full_day: int,
    valid_from: date,
    valid_until: date | None = None,
) -> View[PayRate]:
    """A rate of a band of one's prison. It overlaps none that the band has."""
    async with begin.serially(Verb.RECORD_PAY_RATE) as act:
        rate = PayRate(
            id=PayRateId(act.new_id()),
            jurisdiction=jurisdiction_of(act),
            prison=prison,
            band=band,
            money_minor_units_half_day=money_minor_units_half_day,
            money_minor_units_full_day=money_minor_units_full_day,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        act.within_reach(rate)
        act.keep(await _sound(act, rate))
        return act.disclose(rate)


async def end(begin: Begin, id: UUID, *, seen: Tag, valid_until: date) -> View[PayRate]:
    """Say which week is its last, so that another may follow."""
    async with begin.serially(Verb.RECORD_PAY_RATE) as act:
        was = await act.fetch(PayRate, id, seen=seen)
        now = await _sound(act, dataclasses.replace(was, valid_until=valid_until))
        act.keep(now, was=was)
        return act.disclose(now)


async def _sound(act: Act, rate: PayRate) -> PayRate:
    where = {"jurisdiction": rate.jurisdiction, "prison": rate.prison, "band": rate.band}
    if faults := _faults(rate, await looking.all_known(act, PayRate, where)):
        raise Unacceptable(faults)
    return rate


def jurisdiction_of(act: Act) -> str:
    """The one in which the viewer acts: a prison's staff act in one."""
    walls = act.viewer.fact("jurisdictions")
    if walls is None or len(walls) != 1:
        raise Absent
    return str(next(iter(walls)))
