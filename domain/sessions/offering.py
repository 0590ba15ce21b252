"""What an offer is decided on: the facts of matching, gathered inside the write that they decide.

All of it is read in the one SERIALIZABLE transaction that keeps the offer, so that no two offers take the last free
supporter, and no limit is passed by two at once (F31). From whom somebody is kept apart is asked each time and kept in
no table. What is asked of the store never depends on the answer: who the supporters are is looked up of all of them
at once, or the number of looks would tell that somebody has an enemy (rule 11). And it is the same few looks however
many serve: a look at each was twenty-four of an offer's thirty-eight statements, where twenty-four serve. Where the
rota names somebody who can come, nobody else comes into question, and of nobody else more is read than his number: the
whole rota, and a record of each man, were a third of the CPU that an offer took, with six of twenty-four on duty.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act
from domain.care.load import SEVEN, Shift
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.record import columns, some, with_version
from domain.kernel.bands import Band
from domain.kernel.days import local_day, zone_of
from domain.kernel.ids import SupporterId
from domain.kernel.moves import require
from domain.kernel.words import JURISDICTIONS
from domain.people.acts import numbers_in
from domain.people.record import Person
from domain.ports import KeptApart, Query
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.registers.places import MeetingPlace
from domain.sessions.matching import Facts, next_supporter, ranked, shift_at
from domain.sessions.request import Request, RequestState
from domain.supporters.availability import available
from domain.supporters.record import MOST, Standing, Supporter

BUSY: Final = (RequestState.OFFERED, RequestState.ACCEPTED, RequestState.IN_PROGRESS)
"""While a request stands so, its supporter is asked for no other."""
NAMELESS_NEEDS_YES: Final = False
"""Whether an offer for somebody of whom no number was said waits for a cleared person's yes. A policy value. Nobody can
be asked about him, and he is no less in need: whoever unlocks sees who he is, and looks in DPS first, as every
acceptance says. Where a number was said and nobody can answer for it, the offer always waits (rule 11)."""
_BANDS: Final[Mapping[str, Band]] = {band: band for band in Band}


async def chosen(
    act: Act, source: KeptApart, request: Request, scheme: Scheme | None, named: UUID | None, at: datetime
) -> SupporterId:
    """The next supporter of the request's scheme, or the one who is named, as it was at that instant. NOT_AVAILABLE:
    he is stopped, or nobody is left; which gate it was is never told. CLEARED_YES_NEEDED: nobody can say who is kept
    apart from the recipient."""
    found: SupporterId | None = None
    if scheme is not None:
        which = Query(equal={"scheme": scheme.id, "standing": Standing.ACTIVE}, limit=MOST)
        active = await act.unread(Supporter, which)
        rostered = await _rostered(act, scheme, active, at)
        asked = rostered or list(active)
        facts = await _facts(act, source, request, scheme, active, rostered, at)
        if named is None:
            found = next_supporter(request, asked, facts)
        else:
            found = next((s for s in ranked(request, asked, facts) if s == named), None)
    require((found is not None, "NOT_AVAILABLE"))
    return SupporterId(UUID(str(found)))


async def number_of(act: Act, request: Request) -> str | None:
    """The recipient's number, as it was said or as we know him; None: no number was said."""
    if request.person is not None:
        person = await act.known_one(Person, request.person)
        return None if person is None else person.identifier
    return next(iter(numbers_in(request.jurisdiction, request.recipient)), None)


async def _rostered(act: Act, scheme: Scheme, active: Sequence[Supporter], at: datetime) -> list[Supporter]:
    """Of those whom the rota names for now, who can come: a rota whose only man is suspended shuts nobody else out. Of
    all others no record is made."""
    now = shift_at(at, zone_of(scheme.jurisdiction).key)
    named = {_uuid(id) for id, *_ in await _published(act, scheme, {"day": now.day, "band": now.band})}
    there = [n for n, id in enumerate(columns(active, ("id",))["id"]) if _uuid(id) in named]
    return [s for s in some(active, there) if available(s, at)]


async def _facts(
    act: Act,
    source: KeptApart,
    request: Request,
    scheme: Scheme,
    active: Sequence[Supporter],
    rostered: Sequence[Supporter],
    at: datetime,
) -> Facts:
    """`active` is everybody who serves; where some of them are rostered, no others come into question."""
    number = await number_of(act, request)
    numbers = await _numbers(act, active)
    enemies, tried = await _kept_apart(source, request, number, numbers)
    return Facts(
        now=at,
        load=(await terms_of(act, scheme)).load,
        shifts=await _rota(act, scheme, at, rostered),
        rostered=frozenset(s.id for s in rostered),
        busy=await _busy(act, scheme),
        himself=frozenset(id for id, his in numbers.items() if number is not None and his == number),
        non_associations=enemies,
        co_defendants=tried,
        places=tuple(await looking.all_known(act, MeetingPlace, {"scheme": scheme.id})),
        helped=await _helped(act, request),
        # The same whatever was changed of him since.
        turns={s.id: act.turn(request, with_version(s, 1)) for s in rostered or active},
    )


async def _kept_apart(
    source: KeptApart, request: Request, number: str | None, numbers: Mapping[SupporterId, str | None]
) -> tuple[frozenset[SupporterId], frozenset[SupporterId]]:
    """Who is kept apart from the recipient by a non-association, and who as a co-defendant. Asked about are all the
    supporters, whoever asks and whether his number was said or not. One of whom nobody can say it is kept apart too,
    until a cleared person has looked; half an answer is none. CLEARED_YES_NEEDED: nobody can say it of any."""
    asked = sorted({his for his in numbers.values() if his is not None})
    said = await source(JURISDICTIONS[request.jurisdiction].identifier_kind, asked) or {}
    found = {id: said.get(his or "") for id, his in numbers.items()}
    unknown = frozenset(id for id, apart in found.items() if apart is None or not apart.whole)
    sure = request.cleared_by is not None or (number is None and not NAMELESS_NEEDS_YES)
    require((sure or not numbers or len(unknown) < len(numbers), "CLEARED_YES_NEEDED"))
    enemies = frozenset(id for id, apart in found.items() if apart and number in (apart.non_associations or ()))
    tried = frozenset(id for id, apart in found.items() if apart and number in (apart.co_defendants or ()))
    return enemies if sure else enemies | unknown, tried


async def _numbers(act: Act, supporters: Sequence[Supporter]) -> dict[SupporterId, str | None]:
    """Each one's number; None: nobody knows who he is."""
    of = columns(supporters, ("id", "person"))
    people = await looking.down(act, Person, {"id": frozenset(map(_uuid, of["person"]))}, ("id", "identifier"))
    known = {str(id): number for id, number in people}
    return {_id(id): known.get(str(person)) for id, person in zip(*of.values(), strict=True)}


async def _busy(act: Act, scheme: Scheme) -> frozenset[SupporterId]:
    equal = {"scheme": scheme.id, "state": frozenset(BUSY)}
    taken = await looking.down(act, Request, equal, ("offered_to", "readable_until"))
    return frozenset(_id(to) for to, until in taken if to is not None and until > act.now)


async def _rota(
    act: Act, scheme: Scheme, at: datetime, rostered: Sequence[Supporter]
) -> dict[SupporterId, tuple[Shift, ...]]:
    """The published bands that load, rest and turn look at: of all, those of the seven days before and after; of those
    who are rostered now, where there are any, no more than how often they were in the last seven."""
    today = local_day(scheme, at)
    near = range(1 - SEVEN, 1) if rostered else range(-SEVEN, SEVEN + 1)
    which: dict[str, Any] = {"day": frozenset(today + timedelta(days=n) for n in near)}
    if rostered:
        which["supporter"] = frozenset(s.id for s in rostered)
    found: dict[object, list[Shift]] = defaultdict(list)  # by the id as it was read: an id of ours is made once of each
    for supporter, day, band in await _published(act, scheme, which):
        found[supporter].append(Shift(day if isinstance(day, date) else date.fromisoformat(day), _BANDS[band]))
    return {_id(id): tuple(his) for id, his in found.items()}


async def _published(act: Act, scheme: Scheme, which: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """(supporter, day, band) of each such entry of the rota."""
    equal = {"scheme": scheme.id, "state": RosterState.PUBLISHED, **which}
    return await looking.down(act, RosterEntry, equal, ("supporter", "day", "band"))


def _uuid(said: object) -> UUID:
    """An id as a column has it: the driver's own, which equals one of ours, or text."""
    return said if isinstance(said, UUID) else UUID(str(said))


def _id(said: object) -> SupporterId:
    return SupporterId(_uuid(said))


async def _helped(act: Act, request: Request) -> tuple[SupporterId, ...]:
    """Who helped this person before, the last one first. Of a closed policy no history is kept, and none is looked
    for (rule 2)."""
    if request.closed or request.person is None:
        return ()
    equal = {"scheme": request.scheme, "person": request.person, "state": RequestState.COMPLETED}
    earlier = await act.known(Request, Query(equal=equal, order="asked_at", limit=MOST))
    return tuple(dict.fromkeys(r.offered_to for r in reversed(earlier) if r.offered_to is not None))
