"""The cast: one principal for each role, with what makes him so.

Subjects are constant, so a second start gives out tokens for the same people without looking at anything. Roles come
from assignments, as everywhere: made by an access administrator and, where rule 14 asks for it, confirmed by one of
another organisation. A supporter's role is his standing, so the Listener and the mentor have no assignment at all.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from api.demonstration.people import JURISDICTION, LEI, MDI, PRISONS, Stranger, made_up_number
from api.identity.demonstration import CLIENT, ISSUER
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.roles import CLIENT_AUTHORITY, IMPLICIT, SECOND_PERSON, Role
from domain.kernel.ids import ActorId, AssignmentId, PersonId, SchemeId
from domain.oversight.assignments import IDLE
from domain.oversight.record import Actor, Assignment
from domain.ports import Ids
from domain.schemes.kinds import INSIDERS, LISTENERS, SHANNON_TRUST

Issue = Callable[[str, PrincipalKind, Collection[str]], str]
"""Makes a token: subject, kind, authorities (`api.identity.demonstration.Demonstration.issue`)."""

HMPPS: Final = "HMPPS"
SAMARITANS: Final = "SAMARITANS"
_GRANTED: Final = timedelta(days=14)
"""How long ago the roles were given."""
_FOR: Final = timedelta(days=365)

_STAFF, _PARTNER = PrincipalKind.STAFF, PrincipalKind.PARTNER
_CUSTODY, _CLIENT = PrincipalKind.IN_CUSTODY, PrincipalKind.CLIENT


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast. `key` names him among the tokens; `may` says in six words what for; `prison` None is the whole
    jurisdiction; `scheme` is the kind of the one scheme that the assignment is for."""

    key: str
    may: str
    role: Role
    kind: PrincipalKind
    subject: str
    organisation: str = HMPPS
    prison: str | None = MDI.code
    scheme: str | None = None
    named: str | None = None
    """The name of a person in custody; nobody else's name is kept anywhere."""

    @property
    def authorities(self) -> frozenset[str]:
        """What the issuer says that a client may do, besides our assignment."""
        wanted = CLIENT_AUTHORITY.get(self.role)
        return frozenset() if wanted is None else frozenset({wanted})

    @property
    def principal(self) -> Principal:
        """Whom his token speaks for."""
        client = None if self.kind is PrincipalKind.CLIENT else CLIENT
        return Principal(ISSUER, self.subject, self.kind, client, self.authorities)

    @property
    def assigned(self) -> bool:
        """Is his role an assignment? Else it is what every principal of his kind has, or a supporter's standing."""
        return self.role is not Role.SUPPORTER and self.role not in IMPLICIT.values()

    @property
    def stranger(self) -> Stranger:
        """The person in custody that he is. Raises `ValueError` for anybody else."""
        if self.named is None:
            raise ValueError(f"{self.key} is not in custody")
        return Stranger(self.named, self.subject)


def _staff(key: str, may: str, role: Role, *, prison: str | None = MDI.code, scheme: str | None = None) -> Member:
    return Member(key, may, role, _STAFF, "DEMO_" + key.upper().replace("-", "_"), HMPPS, prison, scheme)


def _partner(
    key: str, may: str, role: Role, organisation: str, *, prison: str | None = MDI.code, scheme: str | None = None
) -> Member:
    return Member(key, may, role, _PARTNER, "demo-" + key, organisation, prison, scheme)


def _in_custody(key: str, may: str, role: Role, number: int, named: str, scheme: str | None = None) -> Member:
    return Member(key, may, role, _CUSTODY, made_up_number(number), named=named, scheme=scheme)


ADMINISTRATOR: Final = _staff(
    "access-administrator", "proposes and confirms who may act", Role.ACCESS_ADMINISTRATOR, prison=None
)
SECOND_ADMINISTRATOR: Final = _partner(
    "second-administrator", "confirms what the first one proposed", Role.ACCESS_ADMINISTRATOR, SAMARITANS, prison=None
)
OFFICER: Final = _staff("wing-officer", "declares duty, answers a wing's requests", Role.WING_OFFICER)
GOVERNOR: Final = _staff("governor", "approves schemes, reads the prison's ledger", Role.GOVERNOR)
PERSON: Final = _in_custody(
    "person-in-custody", "asks for support, learns to read", Role.PERSON_IN_CUSTODY, 1, "Robin Made-Up"
)
LISTENER: Final = _in_custody("listener", "hands in tallies, takes a rest", Role.SUPPORTER, 2, "Idris Made-Up")
MENTOR: Final = _in_custody("mentor", "records his own reading sessions", Role.SUPPORTER, 3, "Marek Made-Up")
PEER_COORDINATOR: Final = _in_custody(
    "peer-coordinator", "sees the schemes, never a request", Role.PEER_COORDINATOR, 4, "Kofi Made-Up", LISTENERS.code
)

_LISTENERS_COORDINATOR: Final = _staff(
    "coordinator-listeners", "recruits, trains, stands down Listeners", Role.COORDINATOR, scheme=LISTENERS.code
)
_READING_COORDINATOR: Final = _staff(
    "coordinator-shannon", "runs mentors, learners and their sessions", Role.COORDINATOR, scheme=SHANNON_TRUST.code
)
COORDINATOR: Final = _staff("coordinator", "starts, advertises and launches schemes", Role.COORDINATOR)
_SAMARITAN: Final = _partner(
    "samaritans",
    "trains, certifies and supervises Listeners",
    Role.PARTNER_VOLUNTEER,
    SAMARITANS,
    scheme=LISTENERS.code,
)
_SYSTEM: Final = Member(
    "integrator", "another system: reads the schemes", Role.INTEGRATOR, _CLIENT, "demo-timetable", prison=None
)
_ANSWERS: Final = Member(
    "subject-access", "asks what is kept of somebody", Role.SUBJECT_ACCESS, _CLIENT, "demo-subject-access", prison=None
)
_TEACHES: Final = Member(
    "provider",
    "another system: says who was taught",
    Role.PROVIDER,
    _CLIENT,
    "demo-provider",
    organisation=SHANNON_TRUST.partner,
)
_KEEPS: Final = Member("operator", "keeps the service's queues", Role.OPERATOR, _CLIENT, "demo-operator", prison=None)

CAST: Final = (
    OFFICER,
    _staff("orderly-officer", "runs the shift, unlocks at night", Role.ORDERLY_OFFICER),
    _LISTENERS_COORDINATOR,
    _READING_COORDINATOR,
    _staff("safer-custody", "reviews requests, duties and the ledger", Role.SAFER_CUSTODY),
    GOVERNOR,
    COORDINATOR,
    _staff("staff-member", "asks for support for somebody else", Role.STAFF_MEMBER),
    _staff("activities-hub", "sees supporters' names, for their pay", Role.ACTIVITIES_HUB),
    _staff("security", "sees applicants to be cleared", Role.SECURITY),
    _partner("healthcare", "knows which schemes there are", Role.HEALTHCARE, "NHS"),
    _staff("information-governance", "reads the ledger and the assignments", Role.INFORMATION_GOVERNANCE),
    ADMINISTRATOR,
    SECOND_ADMINISTRATOR,
    _SAMARITAN,
    _partner("samaritans-lead", "says what may be passed on", Role.PARTNER_LEAD, SAMARITANS, prison=None),
    _partner("evaluator", "evaluates schemes, sees counts only", Role.EVALUATOR, "UNIVERSITY"),
    _partner("monitoring-board", "watches the prison, confirms assignments", Role.MONITORING_BOARD, "IMB"),
    _partner(
        "inspectorate", "inspects every prison, never closed participation", Role.INSPECTORATE, "HMIP", prison=None
    ),
    _partner("ombudsman", "investigates deaths and complaints", Role.OMBUDSMAN_CORONER, "PPO", prison=None),
    _staff("headquarters", "sees every prison's schemes, nobody's names", Role.HEADQUARTERS, prison=None),
    _staff("second-headquarters", "publishes what the first one made", Role.HEADQUARTERS, prison=None),
    _SYSTEM,
    _ANSWERS,
    _TEACHES,
    _KEEPS,
    PERSON,
    LISTENER,
    MENTOR,
    PEER_COORDINATOR,
)
"""Everybody who gets a token: at least one a role."""

INSIDERS_COORDINATOR: Final = _staff("coordinator-insiders", "runs Insiders", Role.COORDINATOR, scheme=INSIDERS.code)
LEI_OFFICER: Final = _staff("wing-officer-lei", "answers requests at LEI", Role.WING_OFFICER, prison=LEI.code)
LEI_GOVERNOR: Final = _staff("governor-lei", "approves schemes at LEI", Role.GOVERNOR, prison=LEI.code)
LEI_COORDINATOR: Final = _staff("coordinator-lei", "runs every scheme at LEI", Role.COORDINATOR, prison=LEI.code)
FACILITATOR: Final = _partner(
    "facilitator",
    "supervises mentors",
    Role.PARTNER_VOLUNTEER,
    SHANNON_TRUST.partner,
    scheme=SHANNON_TRUST.code,
)
BEHIND: Final = (INSIDERS_COORDINATOR, LEI_OFFICER, LEI_GOVERNOR, LEI_COORDINATOR, FACILITATOR)
"""Those who did things in the year and get no token. They are as real as the others."""

EVERYBODY: Final = (*CAST, *BEHIND)
IN_CUSTODY: Final = tuple(m for m in CAST if m.kind is _CUSTODY)


def tokens(issue: Issue) -> dict[str, str]:
    """A token for each of the cast, by key. Nothing is looked up: the subjects are constant."""
    return {m.key: issue(m.subject, m.kind, m.authorities) for m in CAST}


def caseloads() -> dict[str, frozenset[str]]:
    """In which prisons the cast's staff work, by subject: what the prison's systems would say."""
    everywhere = frozenset(p.code for p in PRISONS)
    return {m.subject: everywhere if m.prison is None else frozenset({m.prison}) for m in EVERYBODY if m.kind is _STAFF}


def actors(ids: Ids, persons: Mapping[str, PersonId]) -> dict[str, Actor]:
    """Our rows for everybody, by key. `persons` are those in custody, by key."""
    return {
        m.key: Actor(id=ActorId(ids()), issuer=ISSUER, subject=m.subject, kind=m.kind, person=persons.get(m.key))
        for m in EVERYBODY
    }


def assignments(
    ids: Ids, today: date, known: Mapping[str, Actor], schemes: Mapping[tuple[str | None, str], SchemeId]
) -> list[Assignment]:
    """Everybody's assignment. `schemes` are the live ones, by prison and kind."""
    return [_assignment(ids, today, m, known, schemes) for m in EVERYBODY if m.assigned]


def _assignment(
    ids: Ids,
    today: date,
    member: Member,
    known: Mapping[str, Actor],
    schemes: Mapping[tuple[str | None, str], SchemeId],
) -> Assignment:
    proposer, second = ADMINISTRATOR, SECOND_ADMINISTRATOR
    if member.organisation == SAMARITANS and member is not SECOND_ADMINISTRATOR:
        # The partner proposes its own people, and the prison service confirms them.
        proposer, second = second, proposer
    first = member is ADMINISTRATOR  # made by the operator's command line, by nobody in here
    needs_second = member.role in SECOND_PERSON
    visiting = member.role is Role.PARTNER_VOLUNTEER
    return Assignment(
        id=AssignmentId(ids()),
        holder=known[member.key].id,
        issuer=ISSUER,
        subject=member.subject,
        principal_kind=member.kind,
        role=member.role,
        jurisdiction=JURISDICTION,
        prison=member.prison,
        scheme=None if member.scheme is None else schemes[member.prison, member.scheme],
        organisation=member.organisation,
        # A visit every day, since nobody knows on which day the demonstration will be looked at.
        visit_days=tuple(today + timedelta(days=n) for n in range(IDLE.days)) if visiting else (),
        starts_on=today - _GRANTED,
        ends_on=today - _GRANTED + _FOR,
        proposed_by=None if first else known[proposer.key].id,
        proposer_organisation=None if first else proposer.organisation,
        needs_second=needs_second,
        confirmed_by=known[second.key].id if needs_second else None,
        last_used_on=today,
    )
