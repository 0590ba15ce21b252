"""What is going on in this band: live requests in every state that a board may show, and one of an open policy.

Nothing here is older than the band. Of what a closed-policy scheme did before, there is nothing that could be made up:
no name outlives its band (rule 2). Where the band has only just begun, everything happened in quick succession.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from api.demonstration.hat import Hat
from api.demonstration.people import JURISDICTION, MDI, Prison
from domain.kernel.bands import band_at, readable_until
from domain.kernel.ids import ActorId, RequestId
from domain.kernel.words import JURISDICTIONS
from domain.people.record import Person
from domain.schemes.record import Scheme
from domain.sessions.codes import GROUND_OF, Alternative, Channel, Need, Place, RefusalCode, Urgency
from domain.sessions.delays import HeldUpBy
from domain.sessions.request import Request, RequestState, clocked
from domain.supporters.record import Supporter

LONGEST: Final = 90
"""Minutes: how far back the oldest of them was asked, in a band that is old enough."""
OTHERS: Final = 24
"""People of whom we know nothing but that they are there. Who asked is among them, and not to be told from them."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """Who is there, and what is asked."""

    persons: Sequence[Person]
    requests: Sequence[Request]


def tonight(
    hat: Hat, prison: Prison, listeners: Scheme, reading: Scheme, active: Sequence[Supporter], officer: ActorId
) -> Tonight:
    """The prison's live requests. `active` are Listeners who may be asked; each is asked once."""
    persons = [hat.person(prison) for _ in range(OTHERS)]
    band = _Band(hat)
    asked = [p for p in hat.chance.sample(persons, OTHERS) if p.wing is not None]
    free = iter(hat.chance.sample(active, min(len(active), 8)))
    requests: list[Request] = []

    def ask(wing: str, minutes: int, **more: Any) -> None:
        who = asked.pop()
        requests.append(_request(hat, prison, listeners, band, f"{prison.code}-{wing}", who, minutes, officer, **more))

    ask("A", 8, channel=Channel.CELL_BELL, urgency=Urgency.NOW)
    ask("B", 84, **_met(band, next(free), 78, 71, 40), place=Place.LISTENER_SUITE, state=RequestState.IN_PROGRESS)
    if prison is MDI:
        declined = next(free).id
        ask("A", 26, offered_to=next(free).id, declined_by=(declined,), **band.offered(21), state=RequestState.OFFERED)
        ask("C", 41, **_agreed(band, next(free), 33, 27), channel=Channel.KIOSK_OR_LAPTOP, state=RequestState.ACCEPTED)
        ask(
            "D",
            88,
            **_met(band, next(free), 86, 80, 70),
            ended_at=band.ago(22),
            place=Place.PRIVATE_ROOM,
            state=RequestState.COMPLETED,
        )
        ask("E", 60, **_refused(band, officer, RefusalCode.NO_STAFF_TO_UNLOCK, 45))
        ask("F", 15, urgency=Urgency.LIFE_AT_RISK, state=RequestState.LIFE_AT_RISK)
    else:
        claimed = RefusalCode.WITHDRAWN_CLAIMED
        ask("C", 50, **_refused(band, officer, claimed, 30) | {"state": RequestState.WITHDRAWN, "alternative": None})
    requests += [_open(hat, prison, reading, band, asked.pop())] if prison is MDI else []
    return Tonight(persons, requests)


class _Band:
    """The band of this instant: minutes ago, drawn together where it has not been going on for that long."""

    def __init__(self, hat: Hat) -> None:
        zone = JURISDICTIONS[JURISDICTION].time_zone
        self._now = hat.now
        self.band, self.readable_until = readable_until(hat.now, zone)
        end = band_at(hat.now, zone)[1]
        minutes = range(LONGEST + 1)
        within = [m for m in minutes if band_at(hat.now - timedelta(minutes=m), zone)[1] == end]
        self._scale = max(within) / LONGEST

    def ago(self, minutes: int) -> datetime:
        """So many minutes ago, or as much less as the band asks for."""
        return self._now - timedelta(minutes=minutes) * self._scale

    def offered(self, minutes: int) -> dict[str, Any]:
        return {"offered_at": self.ago(minutes)}


def _agreed(band: _Band, who: Supporter, offered: int, accepted: int) -> dict[str, Any]:
    return {"offered_to": who.id, **band.offered(offered), "accepted_at": band.ago(accepted)}


def _met(band: _Band, who: Supporter, offered: int, accepted: int, unlocked: int) -> dict[str, Any]:
    return {**_agreed(band, who, offered, accepted), "unlocked_at": band.ago(unlocked)}


def _refused(band: _Band, officer: ActorId, code: RefusalCode, ended: int) -> dict[str, Any]:
    return {
        "state": RequestState.REFUSED,
        "refusal_code": code,
        "refusal_ground": GROUND_OF[code],
        "refused_by": officer,
        "refused_by_role": HeldUpBy.WING_OFFICER,
        "alternative": Alternative.SAMARITANS_PHONE,
        "ended_at": band.ago(ended),
    }


def _request(
    hat: Hat,
    prison: Prison,
    scheme: Scheme,
    band: _Band,
    wing: str,
    who: Person,
    minutes: int,
    officer: ActorId,
    *,
    channel: Channel = Channel.IN_PERSON_TO_OFFICER,
    urgency: Urgency = Urgency.TODAY,
    state: RequestState = RequestState.RECEIVED,
    **more: Any,
) -> Request:
    """A request to a closed-policy scheme: the name that was said, a cell, and nobody's id."""
    himself = channel is Channel.KIOSK_OR_LAPTOP
    asked_at = band.ago(minutes)
    return clocked(
        Request(
            id=RequestId(hat.ids()),
            scheme=scheme.id,
            jurisdiction=scheme.jurisdiction,
            prison=prison.code,
            organisation=scheme.organisation,
            closed=scheme.closed,
            wing=wing,
            channel=channel,
            need=Need.EMOTIONAL,
            urgency=urgency,
            band=band.band,
            readable_until=band.readable_until,
            state=state,
            asked_at=asked_at,
            recorded_at=asked_at,
            recipient=f"{who.name} {who.identifier}" if himself else who.name.split()[0],
            cell=f"{wing[-1]}-{hat.chance.randint(1, 3)}-{hat.chance.randint(1, 30):03d}",
            author=None if himself else officer,
            **more,
        )
    )


def _open(hat: Hat, prison: Prison, scheme: Scheme, band: _Band, who: Person) -> Request:
    """Somebody asks at the kiosk for help with reading. The policy is open, so he is known, and may see it himself."""
    asked_at = band.ago(70)
    return Request(
        id=RequestId(hat.ids()),
        scheme=scheme.id,
        jurisdiction=scheme.jurisdiction,
        prison=prison.code,
        organisation=scheme.organisation,
        closed=scheme.closed,
        wing=who.wing or prison.wings[0],
        channel=Channel.KIOSK_OR_LAPTOP,
        need=Need.EDUCATION,
        urgency=Urgency.ROUTINE,
        band=band.band,
        readable_until=band.readable_until,
        state=RequestState.RECEIVED,
        asked_at=asked_at,
        recorded_at=asked_at,
        recipient=f"{who.name} {who.identifier}",
        person=who.id,
    )
