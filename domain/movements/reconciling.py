"""Once a night each prison's own list is laid beside what is known here: events are lost, too (hmpps.md 4.3). Whoever
is not on it has left, whoever has come is on it, and what follows is the same as if it had been told (rule 24)."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from domain import looking
from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.ids import PersonId
from domain.kernel.whereabouts import InOut, Located, Residents, Whereabouts
from domain.movements.moving import brought, out_now
from domain.people.acts import with_numbers
from domain.people.record import Person
from domain.people.reviews import ReviewKind, put_before_staff
from domain.schemes.record import Scheme, SchemeState
from domain.supporters.absences import Absence


async def reconcile(begins: Callable[[], Begin], jurisdiction: str, residents: Residents, where: Whereabouts) -> int:
    """Lay the list of each prison that has a scheme beside what is known here. How many people were not where they were
    thought to be. A prison whose list cannot be had whole is left for the next night."""
    done = 0
    for prison in await _prisons(begins(), jurisdiction):
        asked = begins().clock()
        listed = await residents(prison)
        if listed is None:
            continue
        astray = await _astray(begins(), jurisdiction, prison, listed)
        missing = [number for number in astray.values() if number not in listed]
        found = (await where(missing) if missing else {}) or {}
        for id, number in astray.items():
            at = listed.get(number)
            if at is None and number not in found:
                continue  # he could not be asked about
            done += await _settled(begins(), id, at or found[number], asked)
    return done


async def _prisons(begin: Begin, jurisdiction: str) -> list[str]:
    async with begin(Verb.TICK) as act:
        schemes = await looking.all_known(act, Scheme, {"jurisdiction": jurisdiction})
        return sorted({each.prison for each in schemes if each.state is not SchemeState.CLOSED})


async def _astray(
    begin: Begin, jurisdiction: str, prison: str, listed: Mapping[str, Located | None]
) -> Mapping[PersonId, str]:
    """Those who are not as the list has them, with their numbers."""
    async with begin(Verb.TICK) as act:
        ours = await looking.all_known(act, Person, {"jurisdiction": jurisdiction, "prison": prison})
        numbers = {each.identifier for each in ours}
        elsewhere = await with_numbers(act, jurisdiction, listed.keys() - numbers)
        away = await looking.all_known(act, Absence, {"prison": prison, "last_on": None})
        open_ = {each.person for each in away if out_now(each, local_day(each, act.now))}
        astray = [each for each in ours if _differs(each, listed.get(each.identifier), open_)]
        return {each.id: each.identifier for each in (*astray, *elsewhere)}


def _differs(person: Person, at: Located | None, away: Collection[PersonId]) -> bool:
    if at is None or at.prison != person.prison:
        return True
    moved = at.wing is not None and at.wing != person.wing
    return moved or (at.in_out is InOut.IN) is (person.id in away)


async def _settled(begin: Begin, id: PersonId, at: Located | None, asked: datetime) -> int:
    """Bring about what follows for one; not if anything was told of him since the list was asked for."""
    async with begin.serially(Verb.TICK) as act:
        person = await act.known_one(Person, id)
        if person is None or (person.moved_at is not None and person.moved_at > asked):
            return 0
        if at is None:
            await put_before_staff(act, ReviewKind.UNVERIFIED, person)
        else:
            await brought(act, person, at, asked)
        return 1
