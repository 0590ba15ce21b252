"""A year of made-up history of two prisons, up to now: everything that the demonstration has to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from api.demonstration import cast
from api.demonstration.cared import cared
from api.demonstration.careers import Career, careers, few
from api.demonstration.charters import new_plan_of, plan_of
from api.demonstration.evaluated import evaluated, pulses
from api.demonstration.hat import Hat, hat
from api.demonstration.lessons import lessons
from api.demonstration.newcomers import newcomers
from api.demonstration.opinions import letters, said_of
from api.demonstration.people import LEI, MDI, PRISONS, Prison
from api.demonstration.plans import led, schemes
from api.demonstration.recruits import recruited
from api.demonstration.registers import registers
from api.demonstration.taught import prices, taught
from api.demonstration.tonight import tonight
from api.demonstration.wished import waiting
from api.identity.demonstration import ISSUER
from domain.care.leading import leads
from domain.care.roster import RosterEntry
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.kernel.ids import ActorId
from domain.oversight.record import Actor, Assignment
from domain.people.record import Person
from domain.ports import Ids, Letter
from domain.schemes.kinds import INSIDERS, LISTENERS, SHANNON_TRUST
from domain.schemes.record import OWN_ORGANISATION, Scheme, SchemeState
from domain.sessions.record import Enrolment, Session
from domain.supporters.record import Standing, Supporter

NUMBER: Final = 1991
"""What the content hangs on. The first Listeners were heard at Swansea in 1991 (domain facts 1.1)."""

_CLERKS: Final = {MDI.code: cast.INSIDERS_COORDINATOR, LEI.code: cast.LEI_COORDINATOR}
_OFFICERS: Final = {MDI.code: cast.OFFICER, LEI.code: cast.LEI_OFFICER}
_GOVERNORS: Final = {MDI.code: cast.GOVERNOR, LEI.code: cast.LEI_GOVERNOR}
_WINGS: Final = {cast.PERSON.key: "MDI-A", cast.LISTENER.key: "MDI-C", cast.MENTOR.key: "MDI-A"}

_READY: Final = (INSIDERS.code, SHANNON_TRUST.code)
"""Of those that have not gone live: the kinds whose plans are written."""


@dataclass(slots=True)
class Year:
    """All of it: records of every kind that may be made up, and what lies in the letterbox."""

    records: list[Record] = field(default_factory=list[Record])
    letters: list[Letter] = field(default_factory=list[Letter])


def a_year(ids: Ids, now: datetime, number: int = NUMBER) -> Year:
    """The year that ends now. The same number and instant make the same year, but for the ids."""
    of = hat(number, ids, now)
    year = Year()
    known = {m.key: of.person(MDI, who=m.stranger, wing=_WINGS.get(m.key)) for m in cast.IN_CUSTODY}
    actors = cast.actors(ids, {key: person.id for key, person in known.items()})
    plans = {p.code: schemes(of, p, actors[_GOVERNORS[p.code].key].id) for p in PRISONS}
    live = {(s.prison, s.kind): s for found in plans.values() for s in found if s.state is SchemeState.LIVE}
    granted = cast.assignments(ids, of.today, actors, {place: s.id for place, s in live.items()})
    # A prisoner has no row of his own among the principals: it would join his number to what he did here (rule 4).
    year.records += (a for a in actors.values() if a.kind is not PrincipalKind.IN_CUSTODY)
    year.records += (s for found in plans.values() for s in led(found, granted, of.today))
    year.records += plan_of(of, live[MDI.code, LISTENERS.code], actors)
    for begun in (s for s in plans[MDI.code] if s.kind in _READY and s.state in (SchemeState.DRAFT, SchemeState.PILOT)):
        year.records += new_plan_of(of, begun, actors)
    year.records += granted
    year.records += (known[m.key] for m in (cast.PERSON, cast.PEER_COORDINATOR))
    for prison in PRISONS:
        _prison(of, year, prison, plans[prison.code], known if prison is MDI else {}, actors)
    for scheme in live.values():
        year.records += _looked_after(of, year, scheme, granted)
    for scheme in live.values():
        year.records += pulses(of, scheme)
        if scheme.kind == SHANNON_TRUST.code:
            there = [r for r in year.records if isinstance(r, Enrolment) and r.scheme == scheme.id]
            held = [r for r in year.records if isinstance(r, Session) and r.scheme == scheme.id]
            year.records += evaluated(of, scheme, there, held)
    return year


def _looked_after(of: Hat, year: Year, scheme: Scheme, granted: Sequence[Assignment]) -> list[Record]:
    """By a volunteer of the scheme's partner, where there is one; else by who runs it."""
    theirs = [r for r in year.records if isinstance(r, Supporter) and r.scheme == scheme.id]
    able = [a for a in granted if leads(a, scheme, of.today)]
    own = [a for a in able if a.role is Role.PARTNER_VOLUNTEER]
    by = next(iter([*own, *(a for a in able if a.role is Role.COORDINATOR)]))
    found = list(cared(of, scheme, theirs, by, hears=bool(own) or scheme.organisation == OWN_ORGANISATION))
    runs = next((a for a in able if a.role is Role.COORDINATOR), None)
    if runs is not None and (rota := [r for r in found if isinstance(r, RosterEntry)]):
        found += waiting(of, scheme, theirs, rota, runs)
    return found


def _prison(
    of: Hat,
    year: Year,
    prison: Prison,
    plans: Sequence[Scheme],
    known: Mapping[str, Person],
    actors: Mapping[str, Actor],
) -> None:
    live = {s.kind: s for s in plans if s.state is SchemeState.LIVE}
    officer, clerk = (actors[by[prison.code].key].id for by in (_OFFICERS, _CLERKS))
    listeners = _careers(of, year, prison, live[LISTENERS.code], known.get(cast.LISTENER.key))
    insiders = _careers(of, year, prison, live[INSIDERS.code], None)
    mentors = _careers(of, year, prison, live[SHANNON_TRUST.code], known.get(cast.MENTOR.key))
    for small in (s for s in plans if s.state in (SchemeState.SUSPENDED, SchemeState.PILOT)):
        _keep(year, few(of, small, prison, 2))

    typing = {c.person.id: _signs_in(of, c) for c in insiders if c.supporter.probation_from is not None}
    by = {person: actor.id for person, actor in typing.items()}
    came = newcomers(of, live[INSIDERS.code], prison, [c.supporter for c in insiders], by, clerk)
    year.records += [*came.persons, *came.inductions]

    pupil = known.get(cast.PERSON.key)
    learnt = lessons(of, live[SHANNON_TRUST.code], prison, [c.supporter for c in mentors], pupil=pupil)
    year.records += (p for p in learnt.persons if p is not pupil)
    year.records += [*learnt.enrolments, *learnt.sessions]

    year.records += (f for scheme in live.values() for f in said_of(of, scheme, officer))
    year.letters += letters(of, prison)
    active = [c.supporter for c in listeners if c.supporter.standing is Standing.ACTIVE]
    # The cast's own Listener, the first of them, is free tonight.
    free = active[1:] if known else active
    now = tonight(of, prison, live[LISTENERS.code], live[SHANNON_TRUST.code], free, officer)
    year.records += [*now.persons, *now.requests]
    year.records += (record for scheme in plans for record in registers(of, scheme))
    governor = actors[_GOVERNORS[prison.code].key].id
    for scheme in live.values():
        year.records += recruited(of, scheme, [*listeners, *insiders, *mentors], clerk, governor)
    _teach(of, year, prison, list(live.values()), clerk, governor)


def _teach(of: Hat, year: Year, prison: Prison, schemes: Sequence[Scheme], clerk: ActorId, governor: ActorId) -> None:
    found = [
        taught(of, s, [r for r in year.records if isinstance(r, Supporter) and r.scheme == s.id], clerk, governor)
        for s in schemes
    ]
    now = {s.id: s for each in found for s in each.supporters}
    year.records = [now.get(r.id, r) for r in year.records]
    year.records += (record for each in found for record in each.records)
    year.records += prices(of, schemes[0].jurisdiction, prison.code)


def _careers(of: Hat, year: Year, prison: Prison, scheme: Scheme, known: Person | None) -> list[Career]:
    made = careers(of, scheme, prison, () if known is None else (known,))
    _keep(year, made)
    return made


def _keep(year: Year, made: Sequence[Career]) -> None:
    year.records += (c.person for c in made)
    year.records += (c.supporter for c in made)


def _signs_in(of: Hat, insider: Career) -> Actor:
    """An Insider with a token of his own: who typed an induction is kept."""
    return Actor(
        id=ActorId(of.ids()),
        issuer=ISSUER,
        subject=insider.person.identifier,
        kind=PrincipalKind.IN_CUSTODY,
        person=insider.person.id,
    )
