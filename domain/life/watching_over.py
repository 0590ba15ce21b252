"""What the clock sees of schemes: a live one that has lost what it needs is at risk, and is live again when it has it.

Nobody types it, and nobody has to notice: every minute the service looks at each prison's schemes, moves those whose
triggers say so, each prison's moves one line in the ledger, and keeps how each stands. It serves on; whoever is helped
by it is not told (`open` stays as it is).
"""

import dataclasses
from typing import Final

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.life import facts as looked_up
from domain.life import status
from domain.life.plans import Where
from domain.life.ready import Ready, at_risk_for
from domain.life.status import SchemeStatus
from domain.schemes.acts import moved
from domain.schemes.record import Scheme, SchemeState

WATCHED: Final = tuple(s for s in SchemeState if s is not SchemeState.CLOSED)
"""What has ended changes no more, and how it stood at its end was kept when it closed. Drafts are looked at, so that a
new scheme is in the list within a minute; how many a prison may have is bounded (`schemes.acts.MOST_DRAFTS`)."""


async def watch_over(begin: Begin) -> int:
    """Look at every prison's schemes. How many schemes moved, or stand otherwise than was kept."""
    async with begin(Verb.TICK) as act:
        places = {(s.jurisdiction, s.prison) for s in await _watched(act, {})}
    return sum([await _watch_over(begin, {"jurisdiction": j, "prison": p}) for j, p in sorted(places)])


async def _watch_over(begin: Begin, where: Where) -> int:
    async with begin(Verb.TICK) as act:
        schemes = await _watched(act, where)
        facts = await looked_up.of_all(act, schemes, where)
        kept = {s.id: s for s in await looking.all_known(act, SchemeStatus, where)}
        return sum(_looked_at(act, facts[s.id], kept.get(s.id)) for s in schemes)


async def _watched(act: Act, where: Where) -> list[Scheme]:
    return [s for state in WATCHED for s in await looking.all_known(act, Scheme, {**where, "state": state})]


def _looked_at(act: Act, facts: Ready, was: SchemeStatus | None) -> bool:
    scheme = facts.scheme
    now = judged(act, facts)
    if now is not scheme:
        act.keep_beside(now, was=scheme)
    return status.keep(act, dataclasses.replace(facts, scheme=now), was) or now is not scheme


def judged(act: Act, facts: Ready) -> Scheme:
    """The scheme as its triggers say: at risk for these reasons, or live for want of any. Itself, where nothing is
    new; only what is live, or was until it was at risk, is judged."""
    scheme = facts.scheme
    if scheme.state not in (SchemeState.LIVE, SchemeState.AT_RISK):
        return scheme
    reasons = at_risk_for(facts)
    to = SchemeState.AT_RISK if reasons else SchemeState.LIVE
    if (to, reasons) == (scheme.state, scheme.at_risk_for):
        return scheme
    since = None if not reasons else scheme.at_risk_since or local_day(scheme, act.now)
    told = {"at_risk_for": reasons, "at_risk_since": since}
    return dataclasses.replace(scheme, **told) if to is scheme.state else moved(scheme, to, **told)
