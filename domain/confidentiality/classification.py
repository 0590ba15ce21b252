"""How closely a field is held. Compartments, not a ladder: a clearance is a set, and none implies another.

One mark on a field does every job: who may see it (disclosure), whether a scheme may hold it (admission), whether it
may be filtered or sorted by (policy), whether it is encrypted at rest (mapping), how long it is kept (retention), who
controls it (the register of processing), and its `x-classification` in OpenAPI. `domain.confidentiality.record`
refuses a field without one when the module is imported.

Classes are those of section 4.1 of the domain facts: C1 open … C8 casework, with participation (C3: *that* a person
used a scheme) apart from content, because for Listeners the fact of contact is itself the secret.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, TypeVar


class Classification(StrEnum):
    """The compartment."""

    OPEN = "OPEN"
    """Open to every viewer who may reach the record at all. It never widens reach."""
    OPERATIONAL = "OPERATIONAL"
    """Name, number, place, rota: what running the day needs."""
    PARTICIPATION = "PARTICIPATION"
    """That a person used a scheme, and the circumstances that would tell."""
    CONTENT = "CONTENT"
    """What was said, worked on or written in a session."""
    HEALTH = "HEALTH"
    SECURITY = "SECURITY"
    """Non-associations, outcomes of clearance. Never intelligence itself."""
    WELLBEING = "WELLBEING"
    """How a supporter fares. Not for wing staff."""
    CASEWORK = "CASEWORK"
    """Complaints, incidents, suspensions."""
    STANDING = "STANDING"
    """Where a supporter stands in the role, and why he cannot be had today. Not for wing staff, nor for a peer
    coordinator: to them one who is suspended, resting, at court or in hospital is not available (rule 10)."""
    SEALED = "SEALED"
    """Readable by nobody through the service: a letterbox."""


class Controller(StrEnum):
    """Who answers for the data in law (UK GDPR article 4(7)); the scheme's own policy may narrow it."""

    PRISON = "PRISON"
    PARTNER = "PARTNER"
    JOINT = "JOINT"


class Retention(StrEnum):
    """What starts the clock, and how long it runs. The periods come with the retention engine."""

    WITH_RECORD = "WITH_RECORD"
    UNTIL_BAND_END = "UNTIL_BAND_END"
    WELLBEING_6_MONTHS = "WELLBEING_6_MONTHS"
    CONTENT_FIRST = "CONTENT_FIRST"
    SIX_YEARS = "SIX_YEARS"
    UNTIL_MIXED = "UNTIL_MIXED"


@dataclass(frozen=True, slots=True)
class Mark:
    """A field's classification with the duties that follow from it."""

    classification: Classification
    controller: Controller
    retention: Retention
    encrypted: bool = False


_C = Classification
_PRISON, _PARTNER, _JOINT = Controller.PRISON, Controller.PARTNER, Controller.JOINT

T = TypeVar("T")
Open = Annotated[T, Mark(_C.OPEN, _PRISON, Retention.WITH_RECORD)]
Operational = Annotated[T, Mark(_C.OPERATIONAL, _PRISON, Retention.WITH_RECORD)]
Identity = Annotated[T, Mark(_C.OPERATIONAL, _PRISON, Retention.WITH_RECORD, encrypted=True)]
"""A name or number: operational to those who run the day, ciphertext to whoever holds only the database."""
Participation = Annotated[T, Mark(_C.PARTICIPATION, _JOINT, Retention.UNTIL_BAND_END)]
ParticipationIdentity = Annotated[T, Mark(_C.PARTICIPATION, _JOINT, Retention.UNTIL_BAND_END, encrypted=True)]
"""Who asked, and from which cell: gone at the band's end, and never in clear at rest (rule 2)."""
Content = Annotated[T, Mark(_C.CONTENT, _PARTNER, Retention.CONTENT_FIRST, encrypted=True)]
Health = Annotated[T, Mark(_C.HEALTH, _PARTNER, Retention.CONTENT_FIRST, encrypted=True)]
Security = Annotated[T, Mark(_C.SECURITY, _PRISON, Retention.WITH_RECORD)]
Wellbeing = Annotated[T, Mark(_C.WELLBEING, _PARTNER, Retention.WELLBEING_6_MONTHS)]
Measured = Annotated[T, Mark(_C.WELLBEING, _JOINT, Retention.WITH_RECORD)]
"""How somebody whom a scheme helps scored: held as closely as how a supporter fares, for as long as its evaluation
needs it. How many were asked, refused or came to harm, too: few as they are, they are somebody."""
CaseworkCode = Annotated[T, Mark(_C.CASEWORK, _PRISON, Retention.SIX_YEARS)]
"""Casework in codes and ids, by which it is found and its reach is read."""
WellbeingWords = Annotated[T, Mark(_C.WELLBEING, _PARTNER, Retention.WELLBEING_6_MONTHS, encrypted=True)]
"""What supervisor and supporter wrote to each other: ciphertext to whoever holds only the database."""
Casework = Annotated[T, Mark(_C.CASEWORK, _PRISON, Retention.SIX_YEARS, encrypted=True)]
OfStanding = Annotated[T, Mark(_C.STANDING, _PRISON, Retention.WITH_RECORD)]
Sealed = Annotated[T, Mark(_C.SEALED, _PARTNER, Retention.UNTIL_MIXED, encrypted=True)]
SealedOutside = Annotated[T, Mark(_C.SEALED, _JOINT, Retention.WITH_RECORD, encrypted=True)]
"""Sealed to keys that the service has not: it can be handed out, and read outside alone (rule 2)."""
PutBack = Annotated[T, Mark(_C.SEALED, _PRISON, Retention.WITH_RECORD, encrypted=True)]
"""What was there before the service changed it by itself: read by nobody, put back where the change was wrong
(rule 23)."""
Secret = Annotated[T, Mark(_C.SEALED, _PRISON, Retention.WITH_RECORD, encrypted=True)]
"""What the service signs with for one receiver: told once, as it is made, and shown to nobody after."""
Counted = Annotated[T, Mark(_C.SEALED, _PARTNER, Retention.SIX_YEARS)]
"""What is counted and never shown one by one: it was mixed, and tells of nobody (rule 1)."""
CountedExactly = Annotated[T, Mark(_C.SEALED, _PARTNER, Retention.SIX_YEARS, encrypted=True)]
"""Numbers as they are, before disclosure control: small ones may be somebody, so whoever holds only the database has
ciphertext."""

EVERYTHING: Final = frozenset(Classification) - {Classification.SEALED}
"""All that any grant could name. Sealed things are in no grant."""
