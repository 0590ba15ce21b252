"""What a scheme needs for its next move, as one table of guards over plain facts; and what puts a live one at risk.

The seed asks for it in so many words (plan, recruit, train, supervise, advertise, contingency, review); domain facts
11.4 make it the gate to LIVE. A guard that fails is a code; all that fail are told at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.confidentiality.verbs import Verb
from domain.life.plans import PLANS
from domain.schemes.record import AtRiskReason, Scheme, SchemeState


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The facts of a scheme, with those that it does not hold itself. `active` and `in_role` count supporters; `led`:
    the assignment of whoever leads supervision holds; `supervised`: nobody's supervision is late by more than is
    tolerated, or so few are supervised that it may not be told; `reviewed`: no improper refusal or claim waits for its
    review longer than it may; `plans`: what other records say, by the code of the
    guard that asks (`domain.life.plans`); `rolled_out`: the service is, in its prison (`domain.kernel.rollout`)."""

    scheme: Scheme
    today: date
    active: int
    in_role: int
    led: bool
    plans: Mapping[str, bool]
    supervised: bool = True
    reviewed: bool = True
    rolled_out: bool = True


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard: its code, the moves that ask for it, and whether it holds."""

    code: str
    moves: frozenset[Verb]
    holds: Callable[[Ready], bool]


def _enough(r: Ready) -> bool:
    return r.active >= r.scheme.supporters_needed


def _led(r: Ready) -> bool:
    return r.led


def _review_ahead(r: Ready) -> bool:
    return r.scheme.review_on is None or r.scheme.review_on >= r.today


def _pilot_over(r: Ready) -> bool:
    opened = r.scheme.opened_on
    return opened is not None and r.today >= opened + timedelta(days=r.scheme.pilot_days)


def _plan(code: str) -> Callable[[Ready], bool]:
    return lambda r: r.plans[code]


_PILOT: Final = frozenset({Verb.OPEN_SCHEME})
_LIVE: Final = frozenset({Verb.LAUNCH_SCHEME})
_AGAIN: Final = frozenset({Verb.RESUME_SCHEME})
_FIRST: Final = {"CHARTER_NOT_PUBLISHED": frozenset({Verb.APPROVE_SCHEME})}
"""Which plans are asked for before the doors open: nobody says yes to a plan that there is not."""
GUARDS: Final = (
    Guard("HOW_TO_ASK_MISSING", _PILOT | _LIVE, lambda r: bool(r.scheme.how_to_ask)),
    Guard("REVIEW_DATE_MISSING", _PILOT | _LIVE, lambda r: r.scheme.review_on is not None),
    Guard("REVIEW_OVERDUE", _PILOT | _LIVE, _review_ahead),
    Guard("NO_ACTIVE_SUPPORTER", _PILOT, lambda r: r.active > 0),
    Guard("MORE_THAN_THE_PILOT_LIMIT", _PILOT, lambda r: r.in_role <= r.scheme.pilot_limit),
    Guard("SUPPORTERS_TOO_FEW", _LIVE, _enough),
    Guard("SUPERVISION_VACANT", _LIVE, _led),
    Guard("PILOT_NOT_OVER", _LIVE, _pilot_over),
    Guard("PRISON_NOT_ROLLED_OUT", _PILOT | _LIVE | _AGAIN, lambda r: r.rolled_out),
)
"""The guards that a scheme and its people answer. What its plans answer comes with `PLANS`; what its closing waits for
is `domain.life.closing`'s."""

TRIGGERS: Final[Mapping[AtRiskReason, Callable[[Ready], bool]]] = {
    AtRiskReason.SUPPORTERS_TOO_FEW: _enough,
    AtRiskReason.SUPERVISION_VACANT: _led,
    AtRiskReason.REVIEW_OVERDUE: _review_ahead,
    AtRiskReason.SUPERVISION_OVERDUE: lambda r: r.supervised,
    AtRiskReason.REFUSAL_UNREVIEWED: lambda r: r.reviewed,
}
"""What a live scheme must not lose: the reason, and what holds as long as there is none."""

NEXT: Final[Mapping[SchemeState, Verb]] = {
    SchemeState.DRAFT: Verb.APPROVE_SCHEME,
    SchemeState.APPROVED: Verb.OPEN_SCHEME,
    SchemeState.PILOT: Verb.LAUNCH_SCHEME,
    SchemeState.LIVE: Verb.LAUNCH_SCHEME,
    SchemeState.AT_RISK: Verb.LAUNCH_SCHEME,
    SchemeState.SUSPENDED: Verb.LAUNCH_SCHEME,
}
"""Whose guards tell the gaps of a scheme in this state: a live one is held to what it went live with."""


def guards_of(move: Verb) -> tuple[Guard, ...]:
    """The guards of one move, in the order of the tables."""
    plans = (Guard(code, _LIVE | _FIRST.get(code, frozenset()), _plan(code)) for code in PLANS)
    return tuple(g for g in (*GUARDS, *plans) if move in g.moves)


def missing(facts: Ready, move: Verb) -> tuple[str, ...]:
    """The codes of its guards that fail."""
    return tuple(g.code for g in guards_of(move) if not g.holds(facts))


def gaps(facts: Ready) -> tuple[str, ...]:
    """The codes that fail of what a scheme is held to where it stands; none of one that has closed."""
    move = NEXT.get(facts.scheme.state)
    return () if move is None else missing(facts, move)


def at_risk_for(facts: Ready) -> tuple[AtRiskReason, ...]:
    """Why a live scheme with these facts is at risk; empty, if it is not."""
    return tuple(reason for reason, holds in TRIGGERS.items() if not holds(facts))
