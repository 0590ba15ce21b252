"""What every contact that is recorded has alike: where it lies, whose it is, and that the scheme's policy holds it."""

from collections.abc import Collection
from typing import Any, Protocol
from uuid import UUID

from domain.act import Act
from domain.confidentiality.admission import admit
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import R
from domain.kernel.errors import Failure, NotNow, Unacceptable
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.belonging import scheme_place
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.vocabulary import Contact
from domain.supporters.record import Standing, Supporter

HERE = frozenset({Standing.ACTIVE, Standing.PROBATION})
"""Those who may have helped somebody: in the role now, be it to learn it."""


class InPrison(Protocol):
    """Whatever lies in a prison."""

    @property
    def prison(self) -> str: ...


def wing_elsewhere(of: InPrison, wing: str | None) -> list[Failure]:
    """The failure of a wing that is none of this prison's: nobody here would read of it."""
    here = wing is None or wing.startswith(f"{of.prison}-")
    return [] if here else [Failure("WING_OF_ANOTHER_PRISON", "/wing")]


def checked_wing(of: InPrison, wing: str | None) -> None:
    """Refuse such a wing, before anybody is looked up or made. Raises `Unacceptable`."""
    if wrong := wing_elsewhere(of, wing):
        raise Unacceptable(wrong)


def place(of: Scheme) -> dict[str, Any]:
    """Where a contact of this scheme lies."""
    return {**scheme_place(of), "closed": of.closed}


async def admitted(act: Act, of: Scheme, contacts: Collection[Contact], made: R, *further: tuple[bool, str]) -> View[R]:
    """The contact, kept and disclosed, if the kind records its contacts so and its policy holds all that it says."""
    kind = await terms_of(act, of)
    require((kind.contact in contacts, "KIND_DOES_NOT_ALLOW"), (of.open, "SCHEME_NOT_OPEN"), *further)
    admit(made, kind.policy)
    act.keep(made)
    return act.disclose(made)


async def whose(act: Act, of: Scheme, id: UUID | None) -> Supporter:
    """The supporter of this scheme who is meant: the one named, or the viewer himself. Whoever is not in the role now
    is not there to be found. What he did is a fact, and no intention: neither a certificate nor an absence of today
    stands before it (rule 18)."""
    if id is not None:
        found = await act.known_one(Supporter, id)
    else:
        own = next(iter(act.viewer.fact("persons") or ()), None)
        query = Query(equal={"scheme": of.id, "person": own}, limit=10)
        mine = [] if own is None else await act.known(Supporter, query)
        found = next((s for s in mine if s.standing in HERE), None)
    if found is None or found.scheme != of.id or found.standing not in HERE:
        raise NotNow(["NOT_AVAILABLE"])
    return found
