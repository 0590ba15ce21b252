"""How a scheme stands, kept per scheme, so that one look shows headquarters all of them with their gaps.

It follows from the scheme and its facts, and is kept by the acts that move a scheme and by the clock
(`domain.life.watching_over`), which looks at every scheme once a minute: so it is a minute old at most. `since` is when
it last changed, not when it was looked at: looking that finds nothing new leaves no line.

Counts of supporters: who is one hangs on the wing's noticeboard, so those who run and oversee the prison are told the
number; outside of it (headquarters) it goes through disclosure control like every other count.
"""

import dataclasses
from datetime import date, datetime
from typing import Final

from domain.act import Act
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import Record, record
from domain.kernel.ids import SchemeId
from domain.life.ready import Ready, gaps
from domain.oversight.counts import released
from domain.schemes.record import AtRiskReason, SchemeState

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
    state: Open[SchemeState]
    at_risk_for: Open[tuple[AtRiskReason, ...]] = ()
    """Why it is at risk: found by the service. Empty: it is not."""
    at_risk_since: Open[date | None] = None
    gaps: Open[tuple[str, ...]] = ()
    """Codes of the guards that fail: of its opening, then of going live, to which a live one is held as well."""
    supporters_wanted: Open[int]
    """How many it wants in the end."""
    supporters_needed: Open[int]
    """Its floor of active supporters: below it the scheme is at risk."""
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
    return SchemeStatus(
        id=scheme.id,
        scheme=scheme.id,
        kind=scheme.kind,
        name=scheme.name,
        jurisdiction=scheme.jurisdiction,
        prison=scheme.prison,
        organisation=scheme.organisation,
        state=scheme.state,
        at_risk_for=scheme.at_risk_for,
        at_risk_since=scheme.at_risk_since,
        gaps=gaps(facts),
        supporters_wanted=scheme.supporters_wanted,
        supporters_needed=scheme.supporters_needed,
        supporters_about=released(facts.active),
        supporters_active=facts.active,
        supporters_in_role=facts.in_role,
        review_on=None if over else review_on,
        review_due=not over and review_on is not None and review_on <= facts.today,
        since=now,
    )


def keep(act: Act, facts: Ready, was: SchemeStatus | None) -> bool:
    """Keep how it stands, where that is not what was kept. Whether it was not."""
    now = status(facts, act.now)
    if was is not None and dataclasses.replace(now, since=was.since, version=was.version) == was:
        return False
    act.keep_beside(now, was=was)
    return True
