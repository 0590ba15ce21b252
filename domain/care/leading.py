"""Whose assignment lets its holder lead the supervision of a scheme's supporters (domain facts 2.6)."""

from datetime import date
from typing import Final

from domain.confidentiality.roles import Role
from domain.oversight.assignments import effective
from domain.oversight.record import Assignment
from domain.schemes.record import Scheme

LEADS: Final = frozenset({Role.COORDINATOR, Role.SAFER_CUSTODY, Role.GOVERNOR, Role.PARTNER_VOLUNTEER})
"""In which roles one may lead the supervision of supporters."""


def leads(assignment: Assignment, scheme: Scheme, today: date) -> bool:
    """May whoever holds it lead the supervision of this scheme?"""
    theirs = assignment.role is not Role.PARTNER_VOLUNTEER or assignment.organisation == scheme.organisation
    return (
        theirs
        and assignment.role in LEADS
        and effective(assignment, today)
        and (assignment.jurisdiction, assignment.prison) == (scheme.jurisdiction, scheme.prison)
        and assignment.scheme in (None, scheme.id)
    )
