"""What waits for somebody in a scheme: one list, for the coordinator and the partner (F44). These are reminders to
people: nothing is set off by them. Nothing in it follows from a contact under a closed policy; what is wellbeing is in
it for the partner alone.

Whoever cannot come stays on the rota as published, suspended or at court: it changes by publication alone, or it would
tell the one from the other (rules 9 and 10). That his bands want another is said here, to those who can see to it. They
roster another, and take his off: by the same act and with the same look, whatever kept him.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.debriefs import Debrief, DebriefState
from domain.care.roster import RosterEntry, RosterState
from domain.care.supervision import Supervision
from domain.confidentiality.classification import Classification
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.vocabulary import DebriefAfter
from domain.supporters.availability import unfit
from domain.supporters.record import Standing, Supporter

IDLE: Final = 28
"""Days without a place on the rota after which somebody asks."""


class Waits(StrEnum):
    """What waits."""

    SUPERVISOR_MISSING = "SUPERVISOR_MISSING"
    SUPERVISION_OVERDUE = "SUPERVISION_OVERDUE"
    DEBRIEF_OVERDUE = "DEBRIEF_OVERDUE"
    NOT_ROSTERED = "NOT_ROSTERED"
    BAND_TO_COVER = "BAND_TO_COVER"
    """Whoever is on the rota then cannot come. Why is not said here."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that waits. `supporter`: whom it concerns; null: a member of staff. `since`: the day from which it
    waits; of a band to cover, its own."""

    what: Waits
    supporter: UUID | None
    which: UUID
    since: date


async def overdue(begin: Begin, scheme: UUID) -> list[Reminder]:
    """All that waits in a scheme, the oldest first."""
    async with begin(Verb.READ_OVERDUE) as act:
        of = await act.fetch(Scheme, scheme)
        everybody = await looking.all_known(act, Supporter, {"scheme": of.id})
        supporters = [who for who in everybody if who.standing is Standing.ACTIVE]
        supervisions = await looking.all_known(act, Supervision, {"scheme": of.id, "ended_on": None})
        found = [*_supervision(act, supporters, supervisions), *await _rostered(act, of, supporters)]
        found += await _to_cover(act, of, everybody)
        if Classification.WELLBEING in act.decision.grant.sees:
            found += await _debriefs(act, of)
        return sorted(found, key=lambda r: (r.since, r.what, r.which))


def _supervision(act: Act, supporters: list[Supporter], running: list[Supervision]) -> Iterator[Reminder]:
    for each in running:
        due = each.due_on(act.now)
        if each.overdue(act.now) and due is not None:
            yield Reminder(Waits.SUPERVISION_OVERDUE, each.supporter, each.id, due)
    supervised = {each.supporter for each in running}
    for who in supporters:
        if who.id not in supervised:
            yield Reminder(Waits.SUPERVISOR_MISSING, who.id, who.id, who.active_from or who.applied_on)


async def _rostered(act: Act, of: Scheme, supporters: list[Supporter]) -> list[Reminder]:
    """Active supporters of a scheme that runs by a rota who are not on it: neither in the last days nor ahead."""
    if (await terms_of(act, of)).debrief.after is not DebriefAfter.ROSTERED_BAND:
        return []
    idle = local_day(of, act.now) - timedelta(days=IDLE)
    published = {"scheme": of.id, "state": RosterState.PUBLISHED}
    rostered = sorted(await looking.down(act, RosterEntry, published, ("day", "supporter")))
    last = {supporter: day for day, supporter in rostered}
    return [
        Reminder(Waits.NOT_ROSTERED, who.id, who.id, last.get(who.id) or who.active_from or who.applied_on)
        for who in supporters
        if last.get(who.id, date.min) < idle and (who.active_from or date.min) < idle
    ]


async def _to_cover(act: Act, of: Scheme, everybody: list[Supporter]) -> list[Reminder]:
    """The bands of today and later that somebody has on the rota who cannot come then."""
    team = {who.id: who for who in everybody}
    published, today = {"scheme": of.id, "state": RosterState.PUBLISHED}, local_day(of, act.now)
    return [
        Reminder(Waits.BAND_TO_COVER, each.supporter, each.id, each.day)
        for each in await looking.all_known(act, RosterEntry, published, order="day", since=today)
        if (who := team.get(each.supporter)) is not None and unfit(who, each.day)
    ]


async def _debriefs(act: Act, of: Scheme) -> list[Reminder]:
    due = await looking.every(act, Debrief, {"scheme": of.id, "state": DebriefState.DUE}, order="due_by")
    late = [d for d in due if d.overdue(act.now)]
    return [Reminder(Waits.DEBRIEF_OVERDUE, d.supporter, d.id, local_day(d, d.due_by)) for d in late]
