"""In what capacity, and for what purpose, someone acts. Section 7 of the domain facts, with DESIGN section 4's
additions."""

from enum import StrEnum
from typing import Final

from domain.confidentiality.principal import PrincipalKind


class Role(StrEnum):
    """A capacity. Held by an assignment in our own store, except `STAFF_MEMBER` and `PERSON_IN_CUSTODY`, which every
    principal of that kind has, and nothing else (a token alone never gives a role)."""

    STAFF_MEMBER = "STAFF_MEMBER"
    WING_OFFICER = "WING_OFFICER"
    ORDERLY_OFFICER = "ORDERLY_OFFICER"
    """Runs the shift, and the night: unlocks (also 'Oscar 1', night manager)."""
    COORDINATOR = "COORDINATOR"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    GOVERNOR = "GOVERNOR"
    ACTIVITIES_HUB = "ACTIVITIES_HUB"
    SECURITY = "SECURITY"
    HEALTHCARE = "HEALTHCARE"
    INFORMATION_GOVERNANCE = "INFORMATION_GOVERNANCE"
    ACCESS_ADMINISTRATOR = "ACCESS_ADMINISTRATOR"
    PARTNER_VOLUNTEER = "PARTNER_VOLUNTEER"
    """A volunteer or facilitator of the scheme's partner: Samaritans, Shannon Trust, and others."""
    PARTNER_LEAD = "PARTNER_LEAD"
    """Speaks for the partner in a whole jurisdiction: what it may pass on, and to whom. Reads nothing of any scheme."""
    EVALUATOR = "EVALUATOR"
    MONITORING_BOARD = "MONITORING_BOARD"
    INSPECTORATE = "INSPECTORATE"
    OMBUDSMAN_CORONER = "OMBUDSMAN_CORONER"
    HEADQUARTERS = "HEADQUARTERS"
    INTEGRATOR = "INTEGRATOR"
    SUBJECT_ACCESS = "SUBJECT_ACCESS"
    """The estate's machine that asks every service what it keeps of somebody who wants to know, and nothing else."""
    PROVIDER = "PROVIDER"
    """The system of an organisation outside that teaches or leads groups in a prison, by the estate's external API: it
    says what was done, and reads nothing."""
    OPERATOR = "OPERATOR"
    """Whoever runs this service, and the estate's machines that do so: keeps its queues, and reads nothing in it."""
    SERVICE = "SERVICE"
    """The service itself: timers and events."""
    PERSON_IN_CUSTODY = "PERSON_IN_CUSTODY"
    SUPPORTER = "SUPPORTER"
    PEER_COORDINATOR = "PEER_COORDINATOR"


class Purpose(StrEnum):
    """Why. Sent as `Purpose-Of-Use` where a role has a verb for several purposes, implied and recorded where for
    one."""

    SUPPORT = "support"
    SAFETY = "safety"
    RECRUITMENT = "recruitment"
    OPERATIONS = "operations"
    OVERSIGHT = "oversight"
    EVALUATION = "evaluation"
    INVESTIGATION = "investigation"
    SUBJECT_ACCESS = "subject-access"
    INTEGRATION = "integration"


IMPLICIT: Final = {PrincipalKind.STAFF: Role.STAFF_MEMBER, PrincipalKind.IN_CUSTODY: Role.PERSON_IN_CUSTODY}
"""The capacity that a principal has without an assignment. A partner or a client has none."""

IN_CUSTODY: Final = frozenset({Role.PERSON_IN_CUSTODY, Role.SUPPORTER, Role.PEER_COORDINATOR})
"""All that a prisoner principal may ever hold (rule 8)."""

_PARTNERS: Final = frozenset(
    {
        Role.PARTNER_VOLUNTEER,
        Role.PARTNER_LEAD,
        Role.EVALUATOR,
        Role.MONITORING_BOARD,
        Role.INSPECTORATE,
        Role.OMBUDSMAN_CORONER,
        Role.HEALTHCARE,
        Role.ACCESS_ADMINISTRATOR,
    }
)
_CLIENTS: Final = frozenset({Role.INTEGRATOR, Role.SUBJECT_ACCESS, Role.PROVIDER, Role.OPERATOR, Role.SERVICE})


def holdable(kind: PrincipalKind) -> frozenset[Role]:
    """The roles that a principal of this kind may be assigned. Rule 8: never a person's stronger ones of another
    kind. Nobody whom the prison service vouches for speaks for a partner."""
    match kind:
        case PrincipalKind.IN_CUSTODY:
            return IN_CUSTODY - {Role.PERSON_IN_CUSTODY}
        case PrincipalKind.CLIENT:
            return _CLIENTS - {Role.SERVICE}
        case PrincipalKind.PARTNER:
            return _PARTNERS
        case PrincipalKind.STAFF:
            return frozenset(Role) - IN_CUSTODY - _CLIENTS - {Role.STAFF_MEMBER, Role.PARTNER_LEAD}


SECOND_PERSON: Final = frozenset(
    {
        Role.WING_OFFICER,
        Role.ORDERLY_OFFICER,
        Role.COORDINATOR,
        Role.SAFER_CUSTODY,
        Role.GOVERNOR,
        Role.INFORMATION_GOVERNANCE,
        Role.MONITORING_BOARD,
        Role.INSPECTORATE,
        Role.OMBUDSMAN_CORONER,
        Role.PARTNER_VOLUNTEER,
        Role.PARTNER_LEAD,
        Role.HEADQUARTERS,
        Role.SUBJECT_ACCESS,
    }
)
"""Roles that read participation, casework or the ledger, and roles whose word binds a whole jurisdiction: granting one
needs a second person of another organisation (rule 14). A test holds this set equal to what the policy table gives."""

NATIONAL: Final = frozenset(
    {
        Role.ACCESS_ADMINISTRATOR,
        Role.HEADQUARTERS,
        Role.INSPECTORATE,
        Role.OMBUDSMAN_CORONER,
        Role.PARTNER_LEAD,
        Role.INTEGRATOR,
        Role.SUBJECT_ACCESS,
        Role.OPERATOR,
    }
)
"""Roles that may be assigned to every prison of a jurisdiction. All others name one prison."""

OF_A_SCHEME: Final = frozenset({Role.PEER_COORDINATOR})
"""Roles that are assigned to a scheme, and to no whole prison: a prisoner with a rota has that of his own (rule 10)."""

BINDING: Final = frozenset({Role.HEADQUARTERS, Role.PARTNER_LEAD})
"""Roles whose word holds in every prison: which kinds of scheme there are, what a partner passes on. Nobody has one for
one prison alone: what he says there would hold everywhere."""

CLIENT_AUTHORITY: Final = {
    Role.INTEGRATOR: "ROLE_PEER_SUPPORT__SCHEMES__RO",
    Role.SUBJECT_ACCESS: "ROLE_SAR_DATA_ACCESS",
    Role.PROVIDER: "ROLE_PEER_SUPPORT__HMPPS_INTEGRATION_API",
    Role.OPERATOR: "ROLE_PEER_SUPPORT__QUEUE_ADMIN",
}
"""The estate's own authority that a service client's token must carry besides our assignment (DESIGN section 4)."""
