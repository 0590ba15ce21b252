"""Declaring duty: the act by which an officer reaches a wing's live requests, for this band and no longer (rule 13)."""

from datetime import datetime
from typing import Final

from domain import looking
from domain.act import Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import AFTER_BAND, band_at
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, DutyId
from domain.kernel.pages import Page
from domain.kernel.words import JURISDICTIONS
from domain.oversight.record import Duty
from domain.ports import Query

MOST_WINGS: Final = 2


async def declare(begin: Begin, *, prison: str, wings: tuple[str, ...]) -> View[Duty]:
    """'I am on these wings until this band ends.' At most two wings, at most this band; renewed by declaring again.
    What was declared in this band counts, or a prison could be reached wing by wing."""
    async with begin.serially(Verb.DECLARE_DUTY) as act:
        jurisdiction = str(next(iter(act.viewer.fact("jurisdictions") or ("EW",))))
        band, ends = band_at(act.now, JURISDICTIONS[jurisdiction].time_zone)
        earlier = await act.known(Duty, Query(equal={"author": act.viewer.actor, "ends_at": ends}, limit=100))
        declared = {(prison, w) for w in wings} | {(d.prison, w) for d in earlier for w in d.wings}
        if not wings or len(set(wings)) != len(wings) or len(declared) > MOST_WINGS:
            raise Unacceptable([Failure("TWO_WINGS_AT_MOST", "/wings")])
        if not all(w.startswith(f"{prison}-") for w in wings):
            raise Unacceptable([Failure("WING_OF_ANOTHER_PRISON", "/wings")])
        said = next((d for d in earlier if d.prison == prison and set(wings) <= set(d.wings)), None)
        if said is not None:
            # Said again it is the same duty: rows without end would push the others out of every look.
            return act.disclose(said)
        duty = Duty(
            id=DutyId(act.new_id()),
            author=ActorId(act.viewer.actor),
            jurisdiction=jurisdiction,
            prison=prison,
            wings=wings,
            band=band,
            starts_at=act.now,
            ends_at=ends,
        )
        act.keep(duty)
        return act.disclose(duty)


async def search(begin: Begin, query: Query) -> Page[View[Duty]]:
    """Declared duties: an officer's own, or all of the prison for whoever runs the shift or compares the details."""
    return await looking.many(begin, Verb.READ_DUTY, Duty, query)


def wings_now(duties: list[Duty], now: datetime) -> frozenset[object]:
    """The wings that declared duties reach at this instant: those of this band; where none is declared, those of the
    last one, until two hours after its end. Never the two together: nobody reaches more than two wings (rule 13)."""
    declared = [d for d in duties if d.starts_at <= now < d.ends_at + AFTER_BAND]
    last = max((d.ends_at for d in declared), default=now)
    return frozenset(w for d in declared if d.ends_at == last for w in d.wings)
