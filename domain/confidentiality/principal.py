"""Who is behind a request, as far as the token alone can say."""

from dataclasses import dataclass, field
from enum import StrEnum


class PrincipalKind(StrEnum):
    """What kind of principal a token speaks for. It bounds what may ever be assigned to it (rule 8)."""

    STAFF = "STAFF"
    PARTNER = "PARTNER"
    IN_CUSTODY = "IN_CUSTODY"
    CLIENT = "CLIENT"


@dataclass(frozen=True, slots=True)
class Principal:
    """(issuer, subject, kind): a `sub` means something only with the issuer that said it, and two kinds with one name
    are two principals (rule 8).

    `client` is the client that the token was issued to, when the token is used on a person's behalf; the ledger then
    names both. `authorities` are what the issuer says that the *client* may do; only service clients use them, and
    only as a further condition beside an assignment of ours. The subject of a person in custody is his number, so no
    `repr` shows it.
    """

    issuer: str
    subject: str = field(repr=False)
    kind: PrincipalKind
    client: str | None = None
    authorities: frozenset[str] = frozenset()
