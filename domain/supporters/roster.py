"""Who is there: the supporters of a scheme by name, each available or not, his training valid or not (rule 10).

Why somebody is not available is told to those who may know where supporters stand. A peer coordinator, a prisoner with
a rota, is told of those who agreed to it, and nothing that would tell a suspension from a day at court. Gates are
worked out of each record, so that four hundred supporters are one question to the store.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.ports import Query
from domain.schemes.record import Scheme
from domain.supporters.availability import Certification, NotAvailable, certification, certified, not_available_for
from domain.supporters.record import HOLDING, MOST, Supporter

ROSTERED: Final = frozenset(HOLDING)
"""Whoever is not available stays on the roster: his going would tell."""


@dataclass(frozen=True, slots=True)
class Rostered:
    """One supporter as the roster's reader may see him. `wing`, `reasons` and `certification` are None where they are
    not his reader's to know."""

    view: View[Supporter]
    wing: str | None
    available: bool
    trained: bool
    certification: Certification | None
    reasons: tuple[NotAvailable, ...] | None


async def roster(begin: Begin, scheme: UUID) -> list[Rostered]:
    """The supporters of the scheme who are in the role, or may come back to it."""
    async with begin(Verb.READ_ROSTER) as act:
        await act.fetch(Scheme, scheme)
        agreed = {"agreed_to_be_listed": True} if act.viewer.role in IN_CUSTODY else {}
        found = await act.search(Supporter, Query(equal={"scheme": scheme, **agreed}, limit=MOST), MOST)
        return [_rostered(act, s) for s in found.items if s.standing in ROSTERED]


async def eligible(begin: Begin, scheme: UUID) -> list[Rostered]:
    """Those of them who could be asked now. Whether one is with somebody is in no list: that would tell that he was
    called (rule 9). Matching alone knows it."""
    async with begin(Verb.READ_ELIGIBLE) as act:
        await act.fetch(Scheme, scheme)
        found = await act.search(Supporter, Query(equal={"scheme": scheme}, limit=MOST), MOST)
        return [_rostered(act, s) for s in found.items if not not_available_for(s, act.now)]


def _rostered(act: Act, supporter: Supporter) -> Rostered:
    reasons = not_available_for(supporter, act.now)
    knows = Classification.STANDING in act.decision.sees(Supporter)
    return Rostered(
        act.disclose(supporter),
        None if act.viewer.role in IN_CUSTODY else supporter.wing,
        available=not reasons,
        trained=certified(supporter, act.now),
        certification=certification(supporter, act.now) if knows else None,
        reasons=reasons if knows else None,
    )
