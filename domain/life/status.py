"""How a scheme stands, kept per scheme, so that one look shows headquarters all of them with their gaps.

It follows from the scheme and its facts, and is kept by the acts that move a scheme and by the clock
(`domain.life.watching_over`), which looks at every scheme once a minute: so it is a minute old at most. `since` is when
it last changed, not when it was looked at: looking that finds nothing new leaves no line.

Counts of supporters: who is one hangs on the wing's noticeboard, so those who run and oversee the prison are told the
number; outside of it (headquarters) it goes through disclosure control like every other count. A threshold beside a
count that is not told would tell it (seven are needed, and there is no gap): so the floor, and whatever follows from
comparing it with the number, is for the prison. Outside it is told of supporters that there is a gap, that there is
none, or that it is too small to say; of the state, that a scheme is at risk where the reason can be told.
"""

import dataclasses
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.act import Act
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import Record, record
from domain.kernel.counts import bounds, released
from domain.kernel.ids import SchemeId
from domain.life.ready import Ready, gaps
from domain.schemes.record import AtRiskReason, Scheme, SchemeState


class SupportersGap(StrEnum):
    """Whether supporters are too few, as far as it can be told outside the prison."""

    GAP = "GAP"
    NONE = "NONE"
    TOO_SMALL_TO_SAY = "TOO_SMALL_TO_SAY"


COUNTING: Final = frozenset({"SUPPORTERS_TOO_FEW", "MORE_THAN_THE_PILOT_LIMIT"})
"""The gaps that compare a number of supporters with a threshold."""
CEILING: Final = 2000
"""120 prisons with twelve schemes each on one page: a status is a hundred bytes of codes, and names nobody."""


@record(kind="scheme-status", kept="as long as its scheme", ceiling=CEILING)
class SchemeStatus(Record):
    """How a scheme stands: its state, why it is at risk, which guards fail of what it is held to, and when it is looked
    at again. Its id is the scheme's own."""

    id: Open[SchemeId]
    """The scheme's own id."""
    version: Open[int] = 0
    scheme: Open[SchemeId]
    kind: Open[str]
    """The code of its kind of scheme."""
    name: Open[str]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    state: Operational[SchemeState]
    state_about: Open[SchemeState]
    """Where it stands, as it is told outside the prison: LIVE, where it is at risk for supporters alone and their gap
    is too small to say."""
    at_risk_for: Operational[tuple[AtRiskReason, ...]] = ()
    """Why it is at risk: found by the service. Empty: it is not."""
    at_risk_since: Operational[date | None] = None
    gaps: Operational[tuple[str, ...]] = ()
    """Codes of the guards that fail: of its opening, then of going live, to which a live one is held as well."""
    gaps_about: Open[tuple[str, ...]] = ()
    """The same without those that compare a number of supporters: of these, `supporters_gap`."""
    supporters_wanted: Open[int]
    """How many it wants in the end."""
    supporters_needed: Operational[int]
    """Its floor of active supporters: below it the scheme is at risk."""
    supporters_gap: Open[SupportersGap]
    """Whether they are too few, where that may be told outside the prison."""
    supporters_about: Open[int | None]
    """Active ones, as a count may leave the prison: 1 to 7 are not told, others to the nearest 5."""
    supporters_active: Operational[int]
    """Told within the prison."""
    supporters_in_role: Operational[int]
    """With those on probation and at rest."""
    review_on: Open[date | None]
    """The next of: the review of its suspension, its own."""
    review_due: Open[bool]
    """Whether that day has come."""
    since: Operational[datetime]
    """When how it stands last changed; not when it was last looked at."""


def status(facts: Ready, now: datetime) -> SchemeStatus:
    """How a scheme of these facts stands."""
    scheme = facts.scheme
    suspended = scheme.suspension_review_on if scheme.state is SchemeState.SUSPENDED else None
    review_on = min((d for d in (suspended, scheme.review_on) if d is not None), default=None)
    over = scheme.state is SchemeState.CLOSED
    failing, about = gaps(facts), released(facts.active)
    gap = supporters_gap(about, scheme.supporters_needed)
    return SchemeStatus(
        id=scheme.id,
        scheme=scheme.id,
        kind=scheme.kind,
        name=scheme.name,
        jurisdiction=scheme.jurisdiction,
        prison=scheme.prison,
        organisation=scheme.organisation,
        state=scheme.state,
        state_about=_told(scheme, gap),
        at_risk_for=scheme.at_risk_for,
        at_risk_since=scheme.at_risk_since,
        gaps=failing,
        gaps_about=tuple(code for code in failing if code not in COUNTING),
        supporters_wanted=scheme.supporters_wanted,
        supporters_needed=scheme.supporters_needed,
        supporters_gap=gap,
        supporters_about=about,
        supporters_active=facts.active,
        supporters_in_role=facts.in_role,
        review_on=None if over else review_on,
        review_due=not over and review_on is not None and review_on <= facts.today,
        since=now,
    )


def supporters_gap(about: int | None, needed: int) -> SupportersGap:
    """Whether there is a gap, by what is told of the number; where that leaves it open nothing else is said."""
    least, most = bounds(about)
    if most < needed:
        return SupportersGap.GAP
    return SupportersGap.NONE if least >= needed else SupportersGap.TOO_SMALL_TO_SAY


def _told(scheme: Scheme, gap: SupportersGap) -> SchemeState:
    untold = set(scheme.at_risk_for) <= {AtRiskReason.SUPPORTERS_TOO_FEW} and gap is not SupportersGap.GAP
    return SchemeState.LIVE if scheme.state is SchemeState.AT_RISK and untold else scheme.state


def keep(act: Act, facts: Ready, was: SchemeStatus | None) -> bool:
    """Keep how it stands, where that is not what was kept. Whether it was not."""
    now = status(facts, act.now)
    if was is not None and dataclasses.replace(now, since=was.since, version=was.version) == was:
        return False
    act.keep_beside(now, was=was)
    return True
