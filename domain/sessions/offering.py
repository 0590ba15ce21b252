"""What an offer is decided on: the facts of matching, gathered inside the write that they decide.

All of it is read in the one SERIALIZABLE transaction that keeps the offer, so that no two offers take the last free
supporter, and no limit is passed by two at once (F31). From whom somebody is kept apart is asked each time and kept in
no table. What is asked of the store never depends on the answer: who the supporters are is looked up of all of them
at once, or the number of looks would tell that somebody has an enemy (rule 11). And it is the same few looks however
many serve: a look at each was twenty-four of an offer's thirty-eight statements, where twenty-four serve.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act
from domain.care.load import SEVEN, Shift
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.record import columns, with_version
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
_PAGE: Final = 500
_FIRST: Final = UUID(int=0)
_BANDS: Final[Mapping[str, Band]] = {band: band for band in Band}


async def chosen(
    act: Act, source: KeptApart, request: Request, scheme: Scheme | None, named: UUID | None, at: datetime
) -> SupporterId:
    """The next supporter of the request's scheme, or the one who is named, as it was at that instant. NOT_AVAILABLE:
    he is stopped, or nobody is left; which gate it was is never told. CLEARED_YES_NEEDED: nobody can say who is kept
    apart from the recipient."""
    found: SupporterId | None = None
    if scheme is not None:
        active = await act.known(Supporter, Query(equal={"scheme": scheme.id, "standing": Standing.ACTIVE}, limit=MOST))
        facts = await _facts(act, source, request, scheme, active, at)
        if named is None:
            found = next_supporter(request, active, facts)
        else:
            found = next((s for s in ranked(request, active, facts) if s == named), None)
    require((found is not None, "NOT_AVAILABLE"))
    return SupporterId(UUID(str(found)))


async def number_of(act: Act, request: Request) -> str | None:
    """The recipient's number, as it was said or as we know him; None: no number was said."""
    if request.person is not None:
        person = await act.known_one(Person, request.person)
        return None if person is None else person.identifier
    return next(iter(numbers_in(request.jurisdiction, request.recipient)), None)


async def _facts(
    act: Act, source: KeptApart, request: Request, scheme: Scheme, active: list[Supporter], at: datetime
) -> Facts:
    now, shifts = shift_at(at, zone_of(request.jurisdiction).key), await _rota(act, scheme)
    number = await number_of(act, request)
    numbers = await _numbers(act, active)
    enemies, tried = await _kept_apart(source, request, number, numbers)
    return Facts(
        now=at,
        load=(await terms_of(act, scheme)).load,
        shifts=shifts,
        # Of those whom the rota names, who can come: a rota whose only man is suspended shuts nobody else out.
        rostered=frozenset(s.id for s in active if now in shifts.get(s.id, ()) and available(s, at)),
        busy=await _busy(act, scheme),
        himself=frozenset(id for id, his in numbers.items() if number is not None and his == number),
        non_associations=enemies,
        co_defendants=tried,
        places=tuple(await looking.all_known(act, MeetingPlace, {"scheme": scheme.id})),
        helped=await _helped(act, request),
        turns={s.id: act.turn(request, with_version(s, 1)) for s in active},  # whatever was changed of him since
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


async def _numbers(act: Act, supporters: list[Supporter]) -> dict[SupporterId, str | None]:
    """Each one's number; None: nobody knows who he is."""
    equal = {"id": frozenset(s.person for s in supporters)}
    found = columns(
        await act.unread(Person, Query(equal=equal, limit=MOST, only=("identifier",))), ("id", "identifier")
    )
    known = dict(zip(map(str, found["id"]), found["identifier"], strict=True))
    return {s.id: known.get(str(s.person)) for s in supporters}


async def _busy(act: Act, scheme: Scheme) -> frozenset[SupporterId]:
    said = ("offered_to", "readable_until")
    query = Query(equal={"scheme": scheme.id, "state": frozenset(BUSY)}, limit=len(BUSY) * MOST, only=said)
    found = columns(await act.unread(Request, query), said)
    taken = zip(*(found[name] for name in said), strict=True)
    return frozenset(SupporterId(UUID(str(to))) for to, until in taken if to is not None and until > act.now)


async def _rota(act: Act, scheme: Scheme) -> dict[SupporterId, tuple[Shift, ...]]:
    """The published bands of the seven days before and of the seven after: all that load, rest and turn look at."""
    today, week = local_day(scheme, act.now), timedelta(days=SEVEN)
    after = (today - week - timedelta(days=1), _FIRST)
    found: dict[object, list[Shift]] = defaultdict(list)  # by the id as it was read: an id of ours is made once of each
    query = Query(
        equal={"scheme": scheme.id, "state": RosterState.PUBLISHED},
        order="day",
        after=after,
        limit=_PAGE,
        only=("supporter", "day", "band"),
    )
    while True:
        page = await act.unread(RosterEntry, query)
        said = columns(page, ("supporter", "day", "band", "id"))
        rows = list(zip(*said.values(), strict=True))
        for supporter, day, band, _ in rows:
            found[supporter].append(Shift(_day(day), _BANDS[band]))
        if len(rows) < _PAGE or _day(rows[-1][1]) > today + week:
            return {SupporterId(UUID(str(id))): tuple(his) for id, his in found.items()}
        query = _on(query, (_day(rows[-1][1]), UUID(str(rows[-1][3]))))


def _day(said: date | str) -> date:
    return said if isinstance(said, date) else date.fromisoformat(said)


def _on(query: Query, after: tuple[date, UUID]) -> Query:
    return Query(equal=query.equal, order=query.order, after=after, limit=query.limit, only=query.only)


async def _helped(act: Act, request: Request) -> tuple[SupporterId, ...]:
    """Who helped this person before, the last one first. Of a closed policy no history is kept, and none is looked
    for (rule 2)."""
    if request.closed or request.person is None:
        return ()
    equal = {"scheme": request.scheme, "person": request.person, "state": RequestState.COMPLETED}
    earlier = await act.known(Request, Query(equal=equal, order="asked_at", limit=MOST))
    return tuple(dict.fromkeys(r.offered_to for r in reversed(earlier) if r.offered_to is not None))
