"""ENVELOPE: all that was known of a closed-policy request, sealed to two keys outside, the partner's and the estate's
(rule 2). The service has neither private half, so it can hand envelopes out and never read one.

They are found by prison and day alone, and handed out as whole windows: no index by person exists. Opening is for a
death, a complaint by the man, his own subject request, or a court's order, by two people of two organisations; so far
an operator hands a window out by hand, and the ledger says so.
"""

import dataclasses
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Open, Operational, SealedOutside
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, months_after
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import EnvelopeId
from domain.people.merges import MergeState, PersonMerge
from domain.ports import Query, Seal
from domain.sessions.holding import holds, receipts
from domain.sessions.request import MET, Request

IF_MET: Final = timedelta(days=30)
MONTHS_OTHERWISE: Final = 12
LONGEST_WINDOW: Final = 31
"""Days of one window, its last one too."""


@record(
    kind="envelope",
    kept="thirty days if the request was met, twelve months if it was not, then deleted, unless a hold keeps it",
    existence=Classification.SEALED,
)
class Envelope(Record):
    """One sealed request. Its id is fresh: it is not the request's, nor that of any other record."""

    id: Open[EnvelopeId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    day: Operational[date]
    """The day on which it was asked for, by the clocks of the prison: windows are made of days."""
    delete_on: Operational[date]
    sealed: SealedOutside[str]
    """Base64 of what only both private keys open, one after the other."""


@dataclass(frozen=True, slots=True)
class Window:
    """All envelopes of one prison and some days."""

    prison: str
    first: date
    last: date
    envelopes: tuple[Envelope, ...]
    merges: tuple[tuple[str, str], ...] = ()
    """Numbers that became others since: what lies in an envelope bears the old one, and nothing of it is touched
    (rule 23)."""


def enveloped(act: Act, request: Request, seal: Seal) -> Envelope:
    """The envelope of a request, whatever came of it: all that is known of it, and nothing that is known of others."""
    id, day, today = EnvelopeId(act.new_id()), local_day(request, request.asked_at), local_day(request, act.now)
    return Envelope(
        id=id,
        jurisdiction=request.jurisdiction,
        prison=request.prison,
        day=day,
        delete_on=today + IF_MET if request.state in MET else months_after(today, MONTHS_OTHERWISE),
        sealed=seal(place_of(id, request.prison, day), json.dumps(live(request), sort_keys=True).encode()),
    )


def place_of(id: object, prison: str, day: date) -> str:
    """To what a sealed envelope is bound: under another id, prison or day it does not open."""
    return f"{prison}|{day.isoformat()}|{id}"


def live(request: Request) -> dict[str, Any]:
    """All of LIVE, as plain values by name."""
    return {name: _plain(getattr(request, name)) for name in request.shape.fields if name != "version"}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in cast(tuple[Any, ...], value)]
    return value if value is None or isinstance(value, bool | int) else str(value)


async def delete_envelopes(begin: Begin, batch: int = 200) -> int:
    """The clock deletes those whose day has come, but for those that a hold keeps: they go with the first batch after
    it is lifted, which says so in the hold. How many; at most `batch` a time. The line says how many, not which."""
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        held = await holds(act)
        gone = 0
        async for envelope in _due(act):
            if any(hold.prison == envelope.prison and hold.keeps(envelope.day) for hold in held):
                continue
            if gone == batch:
                return gone
            act.erase(envelope)
            gone += 1
        return gone + await receipts(act)


async def _due(act: Act) -> AsyncIterator[Envelope]:
    """All whose day has come, the oldest first: behind however many that are held is one that is not."""
    query = Query(order="delete_on", limit=looking.PAGE)
    while page := await act.known(Envelope, query):
        for envelope in page:
            if envelope.delete_on > local_day(envelope, act.now):
                return
            yield envelope
        query = dataclasses.replace(query, after=(page[-1].delete_on, page[-1].id))


async def _numbers(act: Act, found: list[Envelope], since: date) -> tuple[tuple[str, str], ...]:
    """Every number that became another from the first of the days on, in the jurisdictions of these envelopes: whom
    they are about, the service does not know."""
    where = sorted({envelope.jurisdiction for envelope in found})
    whole = [{"jurisdiction": of, "booking": False} for of in where]
    merges = [each for equal in whole for each in await looking.all_known(act, PersonMerge, equal)]
    stand = [e for e in merges if e.state is not MergeState.REVERSED and local_day(e, e.merged_at) >= since]
    return tuple(sorted((each.removed, each.survivor) for each in stand))


async def hand_out(begin: Begin, prison: str, first: date, last: date) -> Window:
    """All envelopes of these days, sealed as they are. The ledger says which were handed out, and on whose hand.
    Raises `Unacceptable`: the days are in no order, or too many."""
    async with begin(Verb.HAND_OUT_WINDOW) as act:
        days = (last - first).days + 1
        if not 1 <= days <= LONGEST_WINDOW:
            raise Unacceptable([Failure("NOT_WITHIN_A_MONTH", "/last")])
        found = [
            envelope
            for day in range(days)
            for envelope in await looking.all_known(
                act, Envelope, {"prison": prison, "day": first + timedelta(days=day)}
            )
        ]
        act.saw(Envelope, found, ())
        return Window(prison, first, last, tuple(found), await _numbers(act, found, first))
