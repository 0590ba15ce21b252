"""How far a grant reaches: one value, read twice.

A `Within` is a conjunction of plain conditions on a record's fields. `covers` reads it in Python; `persistence.reach`
reads the same value as SQL; a property test holds the two equal. So a list, an item and a check can never disagree,
and no query is written by hand for one role.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import assert_never

from domain.confidentiality.record import Record
from domain.confidentiality.viewer import Viewer


@dataclass(frozen=True, slots=True)
class In:
    """The record's `field` is among the viewer's `facts`; a fact of None bounds nothing (all schemes of the prison)."""

    field: str
    facts: str


@dataclass(frozen=True, slots=True)
class NotIn:
    """The record's `field` is empty, or not among the viewer's `facts`."""

    field: str
    facts: str


@dataclass(frozen=True, slots=True)
class Until:
    """The instant in the record's `field` lies ahead; an empty one has no end."""

    field: str


@dataclass(frozen=True, slots=True)
class Past:
    """The instant in the record's `field` has come."""

    field: str


@dataclass(frozen=True, slots=True)
class IsFalse:
    """The record's `field` is false."""

    field: str


@dataclass(frozen=True, slots=True)
class IsTrue:
    """The record's `field` is true."""

    field: str


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """The record's `field` is empty."""

    field: str


Condition = In | NotIn | Until | Past | IsFalse | IsTrue | IsEmpty
Reach = tuple[Condition, ...]


_PRISON: Reach = (In("jurisdiction", "jurisdictions"), In("prison", "prisons"))
"""Jurisdictions are walls: every reach over a prison is inside one (rule 27)."""


class Within(Enum):
    """How far. The value is the conjunction; an empty one (`ANYONE`) is for what is no secret, such as the kinds."""

    def __new__(cls, *conditions: Condition) -> "Within":
        """Python 3.11.2, which Debian 12 has, makes a bare object of an empty tuple, unless it is told."""
        member = object.__new__(cls)
        member._value_ = conditions
        return member

    ANYONE = ()
    OWN_PERSON = (In("person", "persons"),)
    OWN_PERSON_TOLD = (In("person", "persons"), IsTrue("told_to_him"))
    """What is about himself and told to him: not the days at court or in hospital, which none may know before."""
    OWN_ACTS = (In("author", "authors"),)
    OWN_SUPPORT = (In("supporter_person", "persons"),)
    """What a supporter does himself: sessions and inductions in which he is the supporter."""
    OWN_SCHEME = (*_PRISON, In("scheme", "schemes"))
    OWN_WING = (*_PRISON, In("wing", "wings"))
    """Wings are facts only during a declared duty (rule 13)."""
    OWN_WING_ON_DUTY = (*_PRISON, In("wing", "wings"), Until("readable_until"))
    OWN_PRISON_TONIGHT = (*_PRISON, Until("readable_until"))
    """The night manager: the prison, as long as the band lives."""
    OWN_PRISON = _PRISON
    OWN_PRISON_HERE = (*_PRISON, IsEmpty("left_on"))
    """Who is in the prison's roles: once he has left, whoever watches over the prison reads of him, and no one else
    of it (rule 24)."""
    OWN_PRISON_IN_FORCE = (*_PRISON, Past("in_force_from"), Until("in_force_until"))
    """What holds now in the prison: neither what is only planned nor what was replaced."""
    OWN_PRISON_BELOW = (*_PRISON, IsFalse("goes_up"))
    """What is not against those who would decide it: that goes up, past them (rule 6)."""
    OWN_SUPERVISED = (*_PRISON, In("supervisor", "authors"))
    """What the supervisor of a supporter, or of a member of staff, hears: he, and nobody beside him."""
    OWN_SUPERVISEE = (*_PRISON, In("supervisee", "authors"))
    """The other side of it, for staff who are supervised."""
    OWN_SCHEME_TOLD = (
        *_PRISON,
        In("scheme", "schemes"),
        Past("in_force_from"),
        Until("in_force_until"),
        IsFalse("staff_only"),
    )
    """What is told now to the supporters of a scheme."""
    OWN_SCHEME_LISTED = (
        *_PRISON,
        In("scheme", "schemes"),
        Past("in_force_from"),
        Until("in_force_until"),
        IsTrue("listed"),
    )
    """What holds now in a scheme, of those who agreed that a peer coordinator reads it (rule 10)."""
    OWN_PARTNER = (In("jurisdiction", "jurisdictions"), In("organisation", "organisations"))
    """What is of an organisation in a whole jurisdiction, and of no prison."""
    OWN_ORGANISATION = (*_PRISON, In("organisation", "organisations"), In("scheme", "schemes"))
    """Visit dates are the viewer's: outside them these facts are empty (rule 30)."""


def fields_of(reach: Reach) -> frozenset[str]:
    """The record fields that a reach reads."""
    return frozenset(c.field for c in reach)


def covers(reach: Reach, viewer: Viewer, now: datetime, record: Record) -> bool:
    """Does this reach, for this viewer and at this instant, hold the record?"""
    return all(_holds(condition, viewer, now, record) for condition in reach)


def _holds(condition: Condition, viewer: Viewer, now: datetime, record: Record) -> bool:
    value = getattr(record, condition.field)
    match condition:
        case In(_, facts):
            known = viewer.fact(facts)
            return known is None or (value is not None and value in known)
        case NotIn(_, facts):
            known = viewer.fact(facts)
            return value is None or (known is not None and value not in known)
        case Until():
            return value is None or value > now
        case Past():
            return value is not None and value <= now
        case IsFalse():
            return value is False
        case IsTrue():
            return value is True
        case IsEmpty():
            return value is None
        case _:
            assert_never(condition)
