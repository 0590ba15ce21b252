"""The one row that maps our random id to an identity. Erasing a person is erasing this row (rule 4)."""

from datetime import datetime

from domain.confidentiality.classification import Identity, Open, Operational
from domain.confidentiality.record import Record, record
from domain.kernel.ids import PersonId


@record(kind="person", kept="until released and nothing else of his is held; a hold stays it")
class Person(Record):
    """Someone in custody. The identifier is (kind, value, issuer), its pattern from the jurisdiction's rule pack
    (rule 27). It is ciphertext at rest, found again by a keyed index that only the store makes."""

    id: Open[PersonId]
    version: Open[int] = 0
    person: Open[PersonId]
    jurisdiction: Open[str]
    prison: Open[str]
    wing: Operational[str | None] = None
    identifier_kind: Operational[str]
    identifier: Identity[str]
    name: Identity[str]
    moved_at: Operational[datetime | None] = None
    """When the last event happened that told where he is: an older one that comes later is overtaken."""
    left_at: Operational[datetime | None] = None
    """When he last left a prison; that he came to another afterwards does not change it."""
