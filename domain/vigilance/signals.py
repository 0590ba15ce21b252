"""What speaks of each risk of a scheme's register (S27): pulses, reported incidents, breaches and how evenly things are
spread, beside the risk as it stands. Nothing of it moves a risk: it says where somebody should look, and the
coordinator assesses it anew, or says why not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.creep import TaskRequest
from domain.care.incidents import Incident, IncidentKind
from domain.confidentiality.verbs import Verb
from domain.feedback.codes import quarter_of
from domain.feedback.complaints import Complaint, ComplaintAbout
from domain.feedback.pulses import FEEDS, MIDDLE, PulseGroup, PulseItem, PulseResult
from domain.kernel.counts import Told, released
from domain.kernel.days import local_day, months_after
from domain.schemes.record import Scheme
from domain.schemes.registers.risks import NAMED, Risk, RiskCode, RiskState
from domain.vigilance import spread
from domain.vigilance.breaches import Breach, within

MONTHS: Final = 3
"""Counts are of the last quarter that is over: none changes with a single report."""
_R, _I, _C = RiskCode, IncidentKind, ComplaintAbout
INCIDENTS: Final[Mapping[RiskCode, frozenset[IncidentKind]]] = MappingProxyType(
    {
        _R.CONFIDENTIALITY: frozenset({_I.ASKED_TO_BREACH_CONFIDENCE}),
        _R.PREFERENTIAL_TREATMENT: frozenset({_I.PREFERENTIAL_TREATMENT}),
        _R.COERCION: frozenset({_I.THREATENED, _I.BRIBED_TO_CARRY, _I.COERCION_OF_RECIPIENT}),
        _R.ATTITUDE_PEERS: frozenset({_I.ALLEGATION_AGAINST}),
    }
)
COMPLAINTS: Final[Mapping[RiskCode, frozenset[ComplaintAbout]]] = MappingProxyType(
    {
        _R.CONFIDENTIALITY: frozenset({_C.NOT_KEPT_PRIVATE}),
        _R.PREFERENTIAL_TREATMENT: frozenset({_C.NOT_CHOSEN_FAIRLY, _C.TREATED_UNFAIRLY}),
        _R.COERCION: frozenset({_C.PRESSED, _C.ASKED_FOR_SOMETHING}),
        _R.STAFF_BUY_IN: frozenset({_C.TURNED_AWAY}),
    }
)


@dataclass(frozen=True, slots=True)
class PulseSignal:
    """An item whose whole interval lies below the middle, in the last quarter of which it is told."""

    quarter: date
    of_group: PulseGroup
    item: PulseItem
    score: int
    highest: int


@dataclass(frozen=True, slots=True)
class RiskSignal:
    """What speaks of one risk. Counts of 1 to 7 are not told, all else to the nearest 5."""

    risk: RiskCode
    state: RiskState | None
    """Where it stands in the register; None: it is not there."""
    pulses: tuple[PulseSignal, ...]
    incidents: Told | None
    complaints: Told | None
    breaches: Told | None
    task_requests: Told | None
    spread_differs: bool
    worth_a_look: bool
    """Something above speaks of it, as it is told here; never what is not told."""


async def signals(begin: Begin, scheme: UUID) -> list[RiskSignal]:
    """One for each of the risks that the evidence names."""
    async with begin(Verb.READ_RISK_SIGNALS) as act:
        of = await act.fetch(Scheme, scheme)
        until = quarter_of(local_day(of, act.now))
        known = _Known(
            of,
            months_after(until, -MONTHS),
            until - timedelta(days=1),
            {each.risk: each for each in await looking.all_known(act, Risk, {"scheme": of.id})},
            await looking.all_known(act, PulseResult, {"scheme": of.id}),
            await looking.all_known(act, Incident, {"scheme": of.id}),
            await looking.all_known(act, Complaint, {"scheme": of.id}),
            await looking.all_known(act, Breach, {"scheme": of.id}),
            await looking.all_known(act, TaskRequest, {"scheme": of.id}),
            await _differs(act, of),
        )
        return [known.of(code) for code in NAMED]


async def _differs(act: Act, of: Scheme) -> bool:
    return any(each.differs for each in (await spread.compared(act, of)).compared)


@dataclass(frozen=True, slots=True)
class _Known:
    scheme: Scheme
    first: date
    last: date
    risks: Mapping[RiskCode, Risk]
    pulses: list[PulseResult]
    incidents: list[Incident]
    complaints: list[Complaint]
    breaches: list[Breach]
    tasks: list[TaskRequest]
    differs: bool

    def of(self, code: RiskCode) -> RiskSignal:
        risk = self.risks.get(code)
        pulses = tuple(self._pulses(code))
        breaches = within(self.breaches, self.first, self.last) if code is RiskCode.CONFIDENTIALITY else []
        tasks = [t for t in self.tasks if code is RiskCode.OVERLOAD and self._lately(t.asked_on)]
        told = (
            released(sum(i.what in INCIDENTS.get(code, ()) and self._lately(i.reported_on) for i in self.incidents)),
            released(sum(c.about in COMPLAINTS.get(code, ()) and self._lately(c.week_of) for c in self.complaints)),
            released(len(breaches)),
            released(len(tasks)),
        )
        differs = self.differs and code is RiskCode.PREFERENTIAL_TREATMENT
        worth = bool(pulses) or any(told) or differs
        return RiskSignal(code, None if risk is None else risk.state, pulses, *told, differs, worth)

    def _lately(self, day: date) -> bool:
        return self.first <= day <= self.last

    def _pulses(self, code: RiskCode) -> list[PulseSignal]:
        speaks = [p for p in self.pulses if p.item in FEEDS.get(code, ()) and p.score is not None]
        newest = {(p.of_group, p.item): p for p in sorted(speaks, key=lambda each: each.quarter)}
        return [
            PulseSignal(p.quarter, p.of_group, p.item, p.score, p.highest)
            for p in newest.values()
            if p.score is not None and p.highest is not None and p.highest < MIDDLE
        ]
