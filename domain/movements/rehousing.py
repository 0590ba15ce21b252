"""Another wing of the same prison: what is going on with somebody goes on where he is found, and the wing that he left
has no more to do with it (rule 24). What has been stays with the wing where it was.

A live request of a closed policy names nobody, so it cannot go along: whoever asked from his old cell asks again from
the new one, and what was left behind runs out by its own time (rule 1).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from domain import looking
from domain.act import Act
from domain.care.roster import RosterEntry, RosterState
from domain.kernel.bands import span
from domain.kernel.days import zone_of
from domain.people.record import Person
from domain.schemes.belonging import with_
from domain.sessions.arrivals import Arrival
from domain.sessions.follow_ups import FollowUp
from domain.sessions.moves import WAITS
from domain.sessions.record import RUNNING, Enrolment, Session, SessionState
from domain.sessions.request import Request
from domain.supporters.record import GONE, Supporter


async def rehoused(act: Act, person: Person, roles: Iterable[Supporter], wing: str) -> None:
    """He lives on this wing of his prison from now on. `roles`: his there, as this act has left them."""
    here = {"person": person.id, "prison": person.prison}
    for was in roles:
        if was.standing not in GONE and was.wing != wing:
            await _rostered(act, was, wing)
            act.keep_beside(replace(was, wing=wing), was=was)
    for state in sorted(RUNNING):
        for case in await looking.all_known(act, Enrolment, {**here, "state": state}):
            _along(act, [case], wing)
            planned = await looking.all_known(act, Session, {"enrolment": case.id, "state": SessionState.PLANNED})
            _along(act, [each for each in planned if each.starts_at > act.now], wing)
    _along(act, await looking.all_known(act, Arrival, {**here, "met_at": None, "closed_for": None}), wing)
    for waits in WAITS:
        _along(act, await looking.all_known(act, Request, {**here, "state": waits}), wing)
    due = await looking.all_known(act, FollowUp, {**here, "outcome": None})
    _along(act, [each for each in due if each.wing is not None], wing)


async def _rostered(act: Act, who: Supporter, wing: str) -> None:
    """What he is rostered for on his own wing goes along; where another wing was named for him, it is still that."""
    for state in (RosterState.PUBLISHED, RosterState.WAITING):
        for entry in await looking.all_known(act, RosterEntry, {"supporter": who.id, "state": state}):
            ends = span(entry.day, entry.band, zone_of(entry.jurisdiction).key)[1]
            if ends > act.now and entry.wing == who.wing:
                act.keep_beside(with_(entry, wing=wing), was=entry)


def _along(act: Act, records: list[Any], wing: str) -> None:
    for was in records:
        if was.wing != wing:
            act.keep_beside(with_(was, wing=wing), was=was)
