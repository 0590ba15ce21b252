"""Who calls in these tests, and the rows that say what each of them may do. Everybody is made up.

A member's name is his bearer token. Names and numbers of people in custody are such that a test can look for them in
any text and find nothing by accident.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import CLIENT_AUTHORITY, SECOND_PERSON, Role
from domain.kernel.ids import ActorId, AssignmentId, PersonId, SchemeId
from domain.kernel.words import JURISDICTIONS
from domain.oversight.record import Actor, Assignment
from domain.people.record import Person

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday morning in winter: London is on UTC."""

STAFF, CUSTODY, PARTNERS = "https://staff.example", "https://custody.example", "https://partners.example"
IRISH_STAFF, IRISH_CUSTODY = "https://staff.irish.example", "https://custody.irish.example"
WALLS = {IRISH_STAFF: "IE", IRISH_CUSTODY: "IE"}


def uid(name: str) -> UUID:
    """The id of whatever these tests call by that name."""
    return uuid5(NAMESPACE_URL, f"peer-support-tests:{name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the cast. Without a role: whatever the kind of principal has by itself, and nothing else."""

    kind: PrincipalKind = PrincipalKind.STAFF
    role: Role | None = None
    prison: str | None = "MDI"
    scheme: str | None = None
    organisation: str = "HMPPS"
    jurisdiction: str = "EW"
    visit_days: tuple[date, ...] = ()
    number: str | None = None
    full_name: str = ""
    wing: str = "MDI-A"
    was: str | None = None
    """Staff or partner who once was the person in custody of this name (rule 30)."""
    further: tuple[Role, ...] = ()
    client: str | None = None
    authorities: frozenset[str] = field(default_factory=frozenset)

    @property
    def issuer(self) -> str:
        """Who signs his tokens."""
        if self.kind is PrincipalKind.IN_CUSTODY:
            return IRISH_CUSTODY if self.jurisdiction == "IE" else CUSTODY
        if self.kind is PrincipalKind.PARTNER:
            return PARTNERS
        return IRISH_STAFF if self.jurisdiction == "IE" else STAFF


def _partner(role: Role, organisation: str, prison: str | None = "MDI", scheme: str | None = None) -> Member:
    return Member(kind=PrincipalKind.PARTNER, role=role, organisation=organisation, prison=prison, scheme=scheme)


def _man(number: str, full_name: str, prison: str = "MDI", wing: str = "MDI-A", jurisdiction: str = "EW") -> Member:
    return Member(
        kind=PrincipalKind.IN_CUSTODY,
        number=number,
        full_name=full_name,
        prison=prison,
        wing=wing,
        jurisdiction=jurisdiction,
    )


R = Role
CAST: dict[str, Member] = {
    # Staff of Moorland
    "staff": Member(),
    "officer": Member(role=R.WING_OFFICER),
    "second-officer": Member(role=R.WING_OFFICER),
    "oscar": Member(role=R.ORDERLY_OFFICER),
    "coordinator": Member(role=R.COORDINATOR),
    "shannon-coordinator": Member(role=R.COORDINATOR, scheme="scheme:shannon"),
    "safer": Member(role=R.SAFER_CUSTODY),
    "governor": Member(role=R.GOVERNOR),
    "hub": Member(role=R.ACTIVITIES_HUB),
    "security": Member(role=R.SECURITY),
    "healthcare": Member(role=R.HEALTHCARE, organisation="NHS"),
    "governance": Member(role=R.INFORMATION_GOVERNANCE),
    "admin": Member(role=R.ACCESS_ADMINISTRATOR),
    "two-hats": Member(role=R.WING_OFFICER, further=(R.COORDINATOR,)),
    "once-inside": Member(role=R.COORDINATOR, was="ben"),
    # Outside
    "samaritan": _partner(R.PARTNER_VOLUNTEER, "SAMARITANS"),
    "facilitator": _partner(R.PARTNER_VOLUNTEER, "SHANNON_TRUST"),
    "visitor": Member(
        kind=PrincipalKind.PARTNER,
        role=R.PARTNER_VOLUNTEER,
        organisation="SHANNON_TRUST",
        visit_days=(START.date(), START.date() + timedelta(days=7)),
    ),
    "lead": _partner(R.PARTNER_LEAD, "SAMARITANS", prison=None),
    "evaluator": _partner(R.EVALUATOR, "UNIVERSITY", scheme="scheme:shannon"),
    "imb": _partner(R.MONITORING_BOARD, "IMB"),
    "inspector": _partner(R.INSPECTORATE, "HMIP", prison=None),
    "ombudsman": _partner(R.OMBUDSMAN_CORONER, "PPO", prison=None),
    "other-admin": _partner(R.ACCESS_ADMINISTRATOR, "SAMARITANS"),
    "nobody": Member(kind=PrincipalKind.PARTNER, prison=None),
    "headquarters": Member(role=R.HEADQUARTERS, prison=None),
    "integrator": Member(
        kind=PrincipalKind.CLIENT,
        role=R.INTEGRATOR,
        prison=None,
        client="feeder",
        authorities=frozenset({CLIENT_AUTHORITY[R.INTEGRATOR]}),
    ),
    "bare-client": Member(kind=PrincipalKind.CLIENT, role=R.INTEGRATOR, prison=None, client="bare"),
    "sar": Member(
        kind=PrincipalKind.CLIENT,
        role=R.SUBJECT_ACCESS,
        prison=None,
        client="sar",
        authorities=frozenset({CLIENT_AUTHORITY[R.SUBJECT_ACCESS]}),
    ),
    "bare-sar": Member(
        kind=PrincipalKind.CLIENT,
        role=R.SUBJECT_ACCESS,
        prison=None,
        client="bare-sar",
        authorities=frozenset({CLIENT_AUTHORITY[R.INTEGRATOR]}),
    ),
    "provider": Member(
        kind=PrincipalKind.CLIENT,
        role=R.PROVIDER,
        organisation="SHANNON_TRUST",
        client="provider",
        authorities=frozenset({CLIENT_AUTHORITY[R.PROVIDER]}),
    ),
    "operator": Member(
        kind=PrincipalKind.CLIENT,
        role=R.OPERATOR,
        prison=None,
        client="operator",
        authorities=frozenset({CLIENT_AUTHORITY[R.OPERATOR]}),
    ),
    # People in custody in Moorland
    "arthur": _man("A1001QX", "Arthur Zephyrine"),
    "ben": _man("A1002QX", "Ben Quillfeather"),
    "listener": _man("A1003QX", "Lionel Quaverley"),
    "second-listener": _man("A1004QX", "Leopold Quexington", wing="MDI-B"),
    "third-listener": _man("A1005QX", "Laszlo Quandary", wing="MDI-C"),
    "insider": _man("A1006QX", "Inigo Quimper"),
    "mentor": _man("A1007QX", "Marmaduke Quill"),
    "second-mentor": _man("A1008QX", "Mortimer Quoits"),
    "peer-coordinator": Member(
        kind=PrincipalKind.IN_CUSTODY,
        role=R.PEER_COORDINATOR,
        scheme="scheme:listeners",
        number="A1009QX",
        full_name="Piers Quondam",
    ),
    # Another prison
    "far-officer": Member(role=R.WING_OFFICER, prison="LEI"),
    "far-coordinator": Member(role=R.COORDINATOR, prison="LEI"),
    "far-safer": Member(role=R.SAFER_CUSTODY, prison="LEI"),
    "far-man": _man("A2001QX", "Fabian Quorn", prison="LEI", wing="LEI-A"),
    # Another jurisdiction
    "irish-officer": Member(role=R.WING_OFFICER, prison="MJY", organisation="IPS", jurisdiction="IE"),
    "irish-coordinator": Member(role=R.COORDINATOR, prison="MJY", organisation="IPS", jurisdiction="IE"),
    "irish-headquarters": Member(role=R.HEADQUARTERS, prison=None, organisation="IPS", jurisdiction="IE"),
    "irish-man": _man("190123", "Iarla Quigley", prison="MJY", wing="MJY-A", jurisdiction="IE"),
}
IN_CUSTODY = frozenset(name for name, m in CAST.items() if m.kind is PrincipalKind.IN_CUSTODY)
SECRETS = frozenset(text for m in CAST.values() for text in (m.number, m.full_name) if text)
"""Numbers and names: what no entry, problem or log may hold."""


def principal(name: str) -> Principal:
    """Who the token of that name speaks for."""
    member = CAST[name]
    subject = member.number or name
    return Principal(member.issuer, subject, member.kind, member.client, member.authorities)


def actor(name: str) -> ActorId:
    """Our own id of a member who is not in custody: of those there is no row."""
    return ActorId(uid(f"actor:{name}"))


def assignment(name: str, role: Role | None = None) -> UUID:
    """The id of a member's assignment."""
    member = CAST[name]
    return uid(f"assignment:{name}:{role or member.role}")


def person(name: str) -> PersonId:
    """Our own id of a person in custody."""
    return PersonId(uid(f"person:{name}"))


def records() -> Iterator[Record]:
    """Every member's rows."""
    for name, member in CAST.items():
        yield from _of(name, member)


def _of(name: str, member: Member) -> Iterator[Record]:
    who = principal(name)
    inside = member.number is not None
    if not inside:
        yield Actor(
            id=actor(name),
            issuer=who.issuer,
            subject=who.subject,
            kind=who.kind,
            person=None if member.was is None else person(member.was),
        )
    if inside and member.prison is not None:
        yield Person(
            id=person(name),
            person=person(name),
            jurisdiction=member.jurisdiction,
            prison=member.prison,
            wing=member.wing,
            identifier_kind=JURISDICTIONS[member.jurisdiction].identifier_kind,
            identifier=str(member.number),
            name=member.full_name,
        )
    for role in (*(() if member.role is None else (member.role,)), *member.further):
        yield assigned(name, role)


def assigned(name: str, role: Role) -> Assignment:
    """A member's assignment: confirmed by two, used today, and good for most of a year."""
    member, who = CAST[name], principal(name)
    second = role in SECOND_PERSON
    return Assignment(
        id=AssignmentId(assignment(name, role)),
        holder=actor(name),
        issuer=who.issuer,
        subject=who.subject,
        principal_kind=who.kind,
        role=role,
        jurisdiction=member.jurisdiction,
        prison=member.prison,
        scheme=None if member.scheme is None else SchemeId(uid(member.scheme)),
        organisation=member.organisation,
        visit_days=member.visit_days,
        starts_on=START.date() - timedelta(days=1),
        ends_on=START.date() + timedelta(days=300),
        proposed_by=ActorId(uid("actor:founder")),
        proposer_organisation="FOUNDERS",
        confirmed_by=ActorId(uid("actor:second-founder")) if second else None,
        needs_second=second,
        last_used_on=START.date(),
    )
