"""When a supporter is not here: at court, in hospital, segregated, out for the day; or on a leave that he wished for
(F38). An absence is no standing: it changes nothing of what he is, and ends by itself.

The days are read by those who plan with them, and why by those who may know where supporters stand. He himself enters a
leave of his own, and reads no other: who knows beforehand on which day he leaves the prison can arrange to be met.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import OfStanding, Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure
from domain.kernel.ids import AbsenceId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, drafted, sound, with_
from domain.supporters.availability import written
from domain.supporters.record import HOLDING, Standing, Supporter


class Away(StrEnum):
    """Why he is not here."""

    AT_COURT = "AT_COURT"
    HOSPITAL = "HOSPITAL"
    SEGREGATED = "SEGREGATED"
    ON_ROTL = "ON_ROTL"
    """Out on temporary licence."""
    OWN_WISH = "OWN_WISH"


@record(kind="absence", kept="twelve months after the supporter left the role", parties=("person",))
class Absence(OfScheme):
    """Days on which a supporter is not here."""

    id: Open[AbsenceId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    why: OfStanding[Away]
    told_to_him: Open[bool]
    """Whether he is told of it himself: of a leave that he wished for."""
    first_on: Operational[date]
    last_on: Operational[date | None] = None
    """The last day; null where no end is known."""

    def faults(self) -> Iterable[Failure]:
        """It does not end before it begins."""
        if self.last_on is not None and self.last_on < self.first_on:
            yield Failure("ENDS_BEFORE_START", "/lastOn")


_AWAY_FROM = (Standing.IN_TRAINING, *HOLDING)


async def add(
    begin: Begin, supporter: UUID, *, why: Away, first_on: date, last_on: date | None = None
) -> View[Absence]:
    """Days on which he is not here, from the first to the last."""
    async with begin.serially(Verb.KEEP_ABSENCE) as act:
        of = await act.fetch(Supporter, supporter)
        require((of.standing in _AWAY_FROM, f"STATE_{of.standing.value}"))
        given: dict[str, Any] = {
            "supporter": of.id,
            "person": of.person,
            "why": why,
            "told_to_him": why is Away.OWN_WISH,
        }
        absence = drafted(act, of, Absence, first_on=first_on, last_on=last_on, **given)
        return await _kept(act, absence, of)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Absence]:
    """Change its days: he came back, or stays longer."""
    async with begin.serially(Verb.KEEP_ABSENCE) as act:
        act.admit_writes(changes)
        if act.viewer.role in IN_CUSTODY:
            # Before his tag is looked at: a wrong one would be told of what he is not to know.
            known = await act.known_one(Absence, id)
            own = act.viewer.fact("persons") or ()
            if known is None or known.person not in own or not known.told_to_him:
                raise Absent
        was = await act.fetch(Absence, id, seen=seen)
        of = await act.known_one(Supporter, was.supporter)
        assert of is not None  # the store keeps no absence of nobody
        return await _kept(act, with_(was, **changes), of, was)


async def ended(act: Act, of: Supporter) -> Supporter:
    """He as he is when he leaves the role: of what he was away for with no end known, today is the last day, or the
    first where it was still to come."""
    today, rest = local_day(of, act.now), list[Absence]()
    for was in await looking.all_known(act, Absence, {"supporter": of.id}):
        now = with_(was, last_on=max(today, was.first_on)) if was.last_on is None else was
        if now is not was:
            act.keep_beside(now, was=was)
        rest.append(now)
    return replace(of, away=written(rest))


async def _kept(act: Act, absence: Absence, of: Supporter, was: Absence | None = None) -> View[Absence]:
    every = await looking.all_known(act, Absence, {"supporter": of.id})
    others = [each for each in every if each.id != absence.id]
    wrong: list[Failure] = []
    if act.viewer.role in IN_CUSTODY and absence.why is not Away.OWN_WISH:
        wrong.append(Failure("OWN_WISH_ONLY", "/why"))
    if any(each.why is absence.why and _meet(each, absence) for each in others):
        wrong.append(Failure("OVERLAPS_ANOTHER", "/firstOn"))
    sound(act, absence, *wrong, was=was)
    act.keep(absence, was=was)
    act.keep_beside(replace(of, away=written([*others, absence])), was=of)
    return act.disclose(absence)


def _meet(one: Absence, other: Absence) -> bool:
    return one.first_on <= (other.last_on or date.max) and other.first_on <= (one.last_on or date.max)
