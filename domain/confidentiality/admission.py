"""The only way in: a scheme's information policy says what it may hold, and nothing else is kept.

Refused here, impossible in the tables (a CHECK on the same rule), and tested. A Listener scheme cannot hold a name
or a note even by mistake (X6).
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.confidentiality.classification import Classification
from domain.confidentiality.record import Record
from domain.kernel.errors import Failure, Unacceptable


class RecordLevel(StrEnum):
    """How much of a contact a scheme may record."""

    COUNT_ONLY = "COUNT_ONLY"
    CODED = "CODED"
    CODED_WITH_NOTE = "CODED_WITH_NOTE"


class RecipientIdentity(StrEnum):
    """How long the identity of the person helped may be held."""

    UNTIL_BAND_END = "UNTIL_BAND_END"
    WITH_RECORD = "WITH_RECORD"


@dataclass(frozen=True, slots=True)
class InformationPolicy:
    """What a kind of scheme may hold. `closed`: even the fact of contact is confidential, as for Listeners."""

    closed: bool
    level: RecordLevel
    identity: RecipientIdentity
    holds: frozenset[Classification]
    told_to_newcomers: str
    """What supporters say to the person helped about what is passed on."""


def admit(record: Record, policy: InformationPolicy) -> None:
    """Refuse what this scheme may not hold. Raises `Unacceptable` with one failure a field; its value is never told."""
    failures = [
        Failure("MAY_NOT_BE_HELD", "/" + field.name)
        for field in record.shape.fields.values()
        if field.mark.classification not in policy.holds and getattr(record, field.name) not in (None, (), "")
    ]
    if failures:
        raise Unacceptable(failures)
