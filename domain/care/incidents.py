"""The channel for pressure and misuse (X10): somebody is threatened, bribed, pressed to break a confidence, or goes too
far. A supporter, a member of staff or the partner reports it, in codes; it is read outside the wing only, by those
who may deal with it, and never by whoever reported it, is named in it or is one of those it is against (rules 6, 17).

Whoever reports gets a short code and nothing else, then or later: what he reported cannot be read off his screen by
somebody who stands behind him (rule 7). By the code he can ask, in person, what came of it.
"""

import base64
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Casework, Classification, Open, Operational, Security
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, IncidentId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.oversight.record import Assignment
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.belonging import OfScheme, made, with_
from domain.schemes.record import Scheme
from domain.supporters.record import GONE, HOLDING, Supporter

LATELY: Final = 28
"""For so many days a suspension of whoever reported is looked at as possible retaliation (rule 17)."""


class IncidentKind(StrEnum):
    """What happened (domain facts 2.5)."""

    THREATENED = "THREATENED"
    BRIBED_TO_CARRY = "BRIBED_TO_CARRY"
    ASKED_TO_BREACH_CONFIDENCE = "ASKED_TO_BREACH_CONFIDENCE"
    ALLEGATION_AGAINST = "ALLEGATION_AGAINST"
    """Somebody says that a supporter did wrong."""
    BOUNDARY_BREACH = "BOUNDARY_BREACH"
    COERCION_OF_RECIPIENT = "COERCION_OF_RECIPIENT"
    PREFERENTIAL_TREATMENT = "PREFERENTIAL_TREATMENT"


class Sought(StrEnum):
    """What was wanted of somebody who was pressed."""

    DRUGS = "DRUGS"
    PHONE = "PHONE"
    MESSAGE = "MESSAGE"
    INFORMATION = "INFORMATION"
    MONEY_OR_GOODS = "MONEY_OR_GOODS"
    SILENCE = "SILENCE"
    SOMETHING_ELSE = "SOMETHING_ELSE"


class Against(StrEnum):
    """Whom it is against, as a group and never by name."""

    PEOPLE_IN_CUSTODY = "PEOPLE_IN_CUSTODY"
    SUPPORTERS = "SUPPORTERS"
    WING_STAFF = "WING_STAFF"
    COORDINATOR = "COORDINATOR"
    PARTNER = "PARTNER"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    GOVERNOR = "GOVERNOR"
    NOT_SAID = "NOT_SAID"


GOES_UP: Final = frozenset({Against.SAFER_CUSTODY, Against.GOVERNOR})
"""Whoever would decide it: it goes past both, to the monitoring board."""


class ReportedBy(StrEnum):
    """Who reported, as a group."""

    SUPPORTER = "SUPPORTER"
    STAFF = "STAFF"
    PARTNER = "PARTNER"


class IncidentState(StrEnum):
    """Where it stands."""

    REPORTED = "REPORTED"
    TRIAGED = "TRIAGED"
    CLOSED = "CLOSED"


_S = IncidentState
INCIDENT_MOVES: Final[Moves[IncidentState]] = {
    _S.REPORTED: frozenset({_S.TRIAGED}),
    _S.TRIAGED: frozenset({_S.TRIAGED, _S.CLOSED}),
    _S.CLOSED: frozenset(),
}
INCIDENT_LIFE: Final = Life(
    "state",
    {
        Verb.TRIAGE_INCIDENT: frozenset({_S.REPORTED, _S.TRIAGED}),
        Verb.CLOSE_INCIDENT: frozenset({_S.TRIAGED}),
    },
)


class Priority(StrEnum):
    """How soon somebody sees to it."""

    TODAY = "TODAY"
    THIS_WEEK = "THIS_WEEK"
    WATCH = "WATCH"


class IncidentOutcome(StrEnum):
    """What came of it. It says nothing of whoever reported."""

    SUPPORTER_PROTECTED = "SUPPORTER_PROTECTED"
    RULES_EXPLAINED = "RULES_EXPLAINED"
    DEALT_WITH_BY_STAFF = "DEALT_WITH_BY_STAFF"
    PASSED_TO_SECURITY = "PASSED_TO_SECURITY"
    PASSED_TO_POLICE = "PASSED_TO_POLICE"
    PASSED_TO_PARTNER = "PASSED_TO_PARTNER"
    NOT_FOUND_SO = "NOT_FOUND_SO"


@record(
    kind="incident",
    kept="six years after it is closed",
    existence=Classification.CASEWORK,
    parties=("person",),
    judged=("author", "named"),
    life=INCIDENT_LIFE,
)
class Incident(OfScheme):
    """One report, in codes alone: there is no word in it by which somebody could be known."""

    id: Open[IncidentId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    what: Casework[IncidentKind]
    sought: Casework[Sought | None] = None
    against: Casework[Against] = Against.NOT_SAID
    goes_up: Operational[bool]
    """It is against those who would decide it: safer custody and governor do not reach it."""
    reported_by: Operational[ReportedBy]
    author: Security[ActorId]
    """Who reported it: for those alone who deal with it."""
    supporter: Security[SupporterId | None] = None
    """The supporter who reported it; null: staff or the partner did."""
    person: Security[PersonId | None] = None
    reported_on: Operational[date]
    state: Operational[IncidentState] = IncidentState.REPORTED
    priority: Operational[Priority | None] = None
    named: Operational[ActorId | None] = None
    """The member of staff who is named in it, once that is known: he reads and decides nothing of it."""
    triaged_by: Operational[ActorId | None] = None
    outcome: Casework[IncidentOutcome | None] = None
    closed_by: Operational[ActorId | None] = None
    closed_on: Operational[date | None] = None
    outlives = True

    @derived
    def code(self, now: datetime) -> Operational[str]:
        """The short code that whoever reported it was given."""
        return short_code(self.id)


def short_code(id: UUID) -> str:
    """Eight letters and digits that are read out in person. They open nothing: no address takes them."""
    told = base64.b32encode(id.bytes[:5]).decode()
    return f"{told[:4]}-{told[4:]}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever reports is given: a code, and nothing else."""

    code: str


async def report(
    begin: Begin,
    *,
    scheme: UUID,
    what: IncidentKind,
    sought: Sought | None = None,
    against: Against = Against.NOT_SAID,
) -> Receipt:
    """Somebody reports. The line in the ledger names nobody, of the staff neither, and tells the day: whoever is
    accused may read it (rule 6)."""
    async with begin(Verb.REPORT_INCIDENT) as act:
        of = await scheme_here(act, scheme)
        own = await _own(act, of)
        by = ReportedBy.SUPPORTER if act.viewer.role in IN_CUSTODY else ReportedBy.STAFF
        by = ReportedBy.PARTNER if act.viewer.role is Role.PARTNER_VOLUNTEER else by
        incident = made(
            act,
            of,
            Incident,
            what=what,
            sought=sought,
            against=against,
            goes_up=against in GOES_UP,
            reported_by=by,
            author=act.viewer.actor,
            supporter=None if own is None else own.id,
            person=None if own is None else own.person,
            reported_on=local_day(of, act.now),
        )
        act.keep(incident)
        return Receipt(short_code(incident.id))


async def again(_act: Act, incident: Incident) -> Receipt:
    """The same receipt, for the same key."""
    return Receipt(short_code(incident.id))


async def _own(act: Act, of: Scheme) -> Supporter | None:
    """Who reports, where he is a supporter: his capacity is his standing. One who is suspended or gone has no capacity,
    and reports of the scheme that is or was his; to anybody else in custody there is none."""
    if act.viewer.role is Role.PERSON_IN_CUSTODY:
        for person in act.viewer.fact("persons") or ():
            his = await looking.all_known(act, Supporter, {"scheme": of.id, "person": person})
            served = [each for each in his if each.standing in {*HOLDING, *GONE}]
            if served:
                return served[-1]
        raise Absent
    mine = act.viewer.assignment if act.viewer.role is Role.SUPPORTER else None
    return None if mine is None else await act.known_one(Supporter, mine)


async def triage(begin: Begin, id: UUID, *, seen: Tag, priority: Priority, named: UUID | None = None) -> View[Incident]:
    """Say how soon it is seen to, and who is named in it, by his assignment: from then on he reaches it no more."""
    async with begin(Verb.TRIAGE_INCIDENT) as act:
        was = await act.fetch(Incident, id, seen=seen)
        require(may_move(act, was))
        held = None if named is None else await act.known_one(Assignment, named)
        if named is not None and (held is None or held.prison != was.prison):
            raise Unacceptable([Failure("STAFF_UNKNOWN", "/named")])
        # Whoever was named stays walled off: another name in its place would let him back in.
        require((held is None or was.named in (None, held.holder), "NAMED_ALREADY"))
        now = with_(
            was,
            state=move(INCIDENT_MOVES, was.state, IncidentState.TRIAGED),
            priority=priority,
            named=was.named if held is None else held.holder,
            triaged_by=act.viewer.actor,
        )
        act.keep(now, was=was)
        return act.disclose(now)


async def close(begin: Begin, id: UUID, *, seen: Tag, outcome: IncidentOutcome) -> View[Incident]:
    """Say what came of it: another person than sorted it."""
    async with begin(Verb.CLOSE_INCIDENT) as act:
        was = await act.fetch(Incident, id, seen=seen)
        require(may_move(act, was), (was.triaged_by != act.viewer.actor, "SECOND_PERSON_NEEDED"))
        to = move(INCIDENT_MOVES, was.state, IncidentState.CLOSED)
        told = {"outcome": outcome, "closed_by": act.viewer.actor, "closed_on": local_day(was, act.now)}
        now = with_(was, state=to, **told)
        act.keep(now, was=was)
        return act.disclose(now)


async def reported_lately(act: Act, supporter: UUID, days: int = LATELY) -> bool:
    """Whether this supporter reported something in the last days: a suspension of his is then looked at as possible
    retaliation. For rules alone: its answer is told to nobody whom a report of his is kept from (rule 17)."""
    since = act.now - timedelta(days=days)
    found = await looking.all_known(act, Incident, {"supporter": supporter})
    return any(each.reported_on >= local_day(each, since) for each in found)


async def named_in(act: Act, supporter: UUID) -> bool:
    """Whether whoever acts is named in a report of this supporter's. For rules alone: to refuse him for it would tell
    him that he is."""
    his = {"supporter": supporter, "named": act.viewer.actor}
    return bool(await act.known(Incident, Query(equal=his, limit=1)))
