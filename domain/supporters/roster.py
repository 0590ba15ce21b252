"""Who is there: the supporters of a scheme by name, each available or not, his training valid or not (rule 10).

Why somebody is not available is told to those who may know where supporters stand. A peer coordinator, a prisoner with
a rota, is told of those who agreed to it, and nothing that would tell a suspension from a day at court. Gates are
worked out of three members of each record, so that four hundred supporters are one question to the store, and names
are opened of those alone who are told of.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Classification
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.ports import Query
from domain.schemes.record import Scheme
from domain.supporters.availability import Certification, NotAvailable, certification, holds, reasons
from domain.supporters.record import HOLDING, MOST, Standing, Supporter

ROSTERED: Final = frozenset(HOLDING)
"""Whoever is not available stays on the roster: his going would tell."""
_GATES: Final = ("standing", "certificate_expires_on", "away")


class Rostered(NamedTuple):
    """One supporter as the roster's reader may see him. `wing`, `reasons` and `certification` are None where they are
    not his reader's to know."""

    supporter: UUID
    name: str
    wing: str | None
    available: bool
    trained: bool
    certification: Certification | None
    reasons: tuple[NotAvailable, ...] | None


_Gated = tuple[str, date | None, tuple[NotAvailable, ...]]
"""Where one stands, until when his certificate holds, and why he cannot be had."""


async def roster(begin: Begin, scheme: UUID) -> list[Rostered]:
    """The supporters of the scheme who are in the role, or may come back to it."""
    async with begin(Verb.READ_ROSTER) as act:
        of = await act.fetch(Scheme, scheme)
        agreed = {"agreed_to_be_listed": True} if act.viewer.role in IN_CUSTODY else {}
        return await _chosen(act, of, agreed, lambda gated: gated[0] in ROSTERED)


async def eligible(begin: Begin, scheme: UUID) -> list[Rostered]:
    """Those of them who could be asked now. Whether one is with somebody is in no list: that would tell that he was
    called (rule 9). Matching alone knows it."""
    async with begin(Verb.READ_ELIGIBLE) as act:
        of = await act.fetch(Scheme, scheme)
        return await _chosen(act, of, {"standing": Standing.ACTIVE}, lambda gated: not gated[2])


async def _chosen(act: Act, of: Scheme, equal: Mapping[str, Any], told: Callable[[_Gated], bool]) -> list[Rostered]:
    today = local_day(of, act.now)
    gates: list[_Gated] = []

    def which(down: Mapping[str, Sequence[Any]]) -> list[int]:
        rows = zip(*(down[name] for name in _GATES), strict=True)
        every = [(standing, until, reasons(standing, until, away, today)) for standing, until, away in rows]
        chosen = [place for place, gated in enumerate(every) if told(gated)]
        gates.extend(every[place] for place in chosen)
        return chosen

    query = Query(equal={"scheme": of.id, **equal}, limit=MOST)
    only = ("id", "name") if act.viewer.role in IN_CUSTODY else ("id", "name", "wing")
    shown = await looking.chosen(act, Supporter, query, gates=_GATES, which=which, only=only, ceiling=MOST)
    knows = Classification.STANDING in act.decision.sees(Supporter)
    wings = shown.get("wing") or [None] * len(gates)
    ends = {until for _, until, _ in gates}
    where = {until: (holds(until, today), certification(until, today) if knows else None) for until in ends}
    return [
        Rostered(id, name, wing, not why, *where[until], why if knows else None)
        for id, name, wing, (_, until, why) in zip(shown["id"], shown["name"], wings, gates, strict=True)
    ]
