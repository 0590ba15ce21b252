"""What speaks of each risk of a scheme's register (S27): pulses, reported incidents, breaches and how evenly things are
spread, beside the risk as it stands. Counts are those that were let out of a quarter that is over, and those of
casework are for who sees casework. Nothing of it moves a risk: it says where somebody should look, and the
coordinator assesses it anew, or says why not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.care.incidents import IncidentKind
from domain.confidentiality.verbs import Verb
from domain.feedback.complaints import ComplaintAbout
from domain.feedback.pulses import FEEDS, MIDDLE, PulseGroup, PulseItem, PulseResult
from domain.kernel.counts import Told
from domain.metrics.reading import let
from domain.metrics.record import KEPT_BACK
from domain.metrics.series import ALL, Series
from domain.schemes.record import Scheme
from domain.schemes.registers.risks import NAMED, Risk, RiskCode, RiskState
from domain.vigilance import spread
from domain.vigilance.quarterly import of_quarter
from domain.vigilance.spread import last_told

_R, _I, _C = RiskCode, IncidentKind, ComplaintAbout
INCIDENTS: Final[Mapping[RiskCode, str]] = MappingProxyType(
    {
        _R.CONFIDENTIALITY: _I.ASKED_TO_BREACH_CONFIDENCE.value,
        _R.PREFERENTIAL_TREATMENT: _I.PREFERENTIAL_TREATMENT.value,
        _R.COERCION: "COERCION",
        _R.ATTITUDE_PEERS: _I.ALLEGATION_AGAINST.value,
    }
)
COMPLAINTS: Final[Mapping[RiskCode, str]] = MappingProxyType(
    {
        _R.CONFIDENTIALITY: _C.NOT_KEPT_PRIVATE.value,
        _R.PREFERENTIAL_TREATMENT: "UNFAIR",
        _R.COERCION: "PRESSURE",
        _R.STAFF_BUY_IN: _C.TURNED_AWAY.value,
    }
)
BREACHES: Final[Mapping[RiskCode, str]] = MappingProxyType({_R.CONFIDENTIALITY: ALL})
TASKS: Final[Mapping[RiskCode, str]] = MappingProxyType({_R.OVERLOAD: ALL})
"""Which words of the series speak of which risk (`domain.metrics.series`)."""


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
    """What speaks of one risk. Counts are those that were let out of the last quarter that has settled; None where one
    was not, where there is none, and where it is casework and this viewer sees none."""

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
        first = last_told(of, act)

        async def told(series: Series) -> dict[str, int]:
            return await of_quarter(act, of, first, series)

        known = _Known(
            {each.risk: each for each in await looking.all_known(act, Risk, {"scheme": of.id})},
            await looking.all_known(act, PulseResult, {"scheme": of.id}),
            (
                (INCIDENTS, await told(Series.INCIDENTS)),
                (COMPLAINTS, await told(Series.COMPLAINTS)),
                (BREACHES, await told(Series.BREACHES)),
                (TASKS, await told(Series.TASK_REQUESTS)),
            ),
            any(each.differs for each in (await spread.compared(act, of)).compared),
        )
        return [known.of(code) for code in NAMED]


@dataclass(frozen=True, slots=True)
class _Known:
    risks: Mapping[RiskCode, Risk]
    pulses: list[PulseResult]
    counts: tuple[tuple[Mapping[RiskCode, str], Mapping[str, int]], ...]
    differs: bool

    def of(self, code: RiskCode) -> RiskSignal:
        risk = self.risks.get(code)
        pulses = tuple(self._pulses(code))
        incidents, complaints, breaches, tasks = (
            let(of.get(words.get(code, ""), KEPT_BACK)) for words, of in self.counts
        )
        differs = self.differs and code is RiskCode.PREFERENTIAL_TREATMENT
        return RiskSignal(
            risk=code,
            state=None if risk is None else risk.state,
            pulses=pulses,
            incidents=incidents,
            complaints=complaints,
            breaches=breaches,
            task_requests=tasks,
            spread_differs=differs,
            worth_a_look=bool(pulses or incidents or complaints or breaches or tasks or differs),
        )

    def _pulses(self, code: RiskCode) -> list[PulseSignal]:
        speaks = [p for p in self.pulses if p.item in FEEDS.get(code, ()) and p.score is not None]
        newest = {(p.of_group, p.item): p for p in sorted(speaks, key=lambda each: each.quarter)}
        return [
            PulseSignal(p.quarter, p.of_group, p.item, p.score, p.highest)
            for p in newest.values()
            if p.score is not None and p.highest is not None and p.highest < MIDDLE
        ]
