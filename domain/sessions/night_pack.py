"""What hangs in the office when nothing answers: who is on call in this band by the rota as published, where they meet,
and until when it holds (rule 5).

It holds no request, nobody who asked, and no prison number; and it is the same whoever was called or is tired, for it
is made of the rota, of who may be offered at all, and of the places, and of nothing else (rule 9). Whoever is suspended
or still on probation is not on it: whom the service would not offer, paper does not either. And where the rota names
nobody who can come, it names all who may be asked: a rota that was forgotten shall not leave a man alone. (Matching
looks at load and rest besides; paper does not, for they change within the band.)
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.care.roster import RosterEntry
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band, span
from domain.kernel.days import zone_of
from domain.kernel.errors import Absent
from domain.schemes.record import Scheme
from domain.schemes.registers.places import MeetingPlace
from domain.sessions.matching import shift_at
from domain.supporters.availability import available
from domain.supporters.record import Standing, Supporter


@dataclass(frozen=True, slots=True)
class NightPack:
    """A band of one scheme, on paper. `ends_at` is the end of the band: after it another is printed. `names` are those
    on call, or where there is no `rota` all who may be asked; `places` those that are in use."""

    scheme: str
    prison: str
    jurisdiction: str
    day: date
    band: Band
    ends_at: datetime
    rota: bool
    names: tuple[str, ...]
    places: tuple[str, ...]


async def pack(begin: Begin, scheme: UUID) -> NightPack:
    """The pack of the band that is now. Raises `Absent`: the scheme has an open policy. Nobody is unlocked for it at
    night, and the words of a pack are those of confidential listening."""
    async with begin(Verb.READ_NIGHT_PACK) as act:
        of = await act.fetch(Scheme, scheme)
        if not of.closed:
            raise Absent
        zone = zone_of(of.jurisdiction).key
        now = shift_at(act.now, zone)
        there = await looking.every(act, RosterEntry, {"scheme": of.id, "day": now.day, "band": now.band})
        # As published: what waits for a yes, and what was withdrawn, is on no wall.
        published = [e for e in there if e.in_force_from is not None and e.in_force_until is None]
        team = await looking.all_known(act, Supporter, {"scheme": of.id, "standing": Standing.ACTIVE})
        able = {who.id: who for who in team if available(who, act.now)}
        rostered = [e for e in published if e.supporter in able]
        on_call = rostered or list(able.values())
        places = await looking.every(act, MeetingPlace, {"scheme": of.id})
        used = [p for p in places if p.out_of_use_since is None]
        for each in (of, *on_call, *used):
            act.disclose(each)
        return NightPack(
            scheme=of.name,
            prison=of.prison,
            jurisdiction=of.jurisdiction,
            day=now.day,
            band=now.band,
            ends_at=span(now.day, now.band, zone)[1],
            rota=bool(rostered),
            names=tuple(sorted(e.name for e in on_call)),
            places=tuple(sorted(p.name for p in used)),
        )
