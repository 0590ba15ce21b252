"""What every contact that is recorded has alike: where it lies, whose it is, and that the scheme's policy holds it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from domain.act import Act
from domain.confidentiality.admission import admit
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.moves import require
from domain.people.acts import person_of
from domain.ports import Query
from domain.schemes.belonging import scheme_place
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.vocabulary import Contact
from domain.sessions.record import Enrolment
from domain.supporters.record import Standing, Supporter

HERE = frozenset({Standing.ACTIVE, Standing.PROBATION})
"""Those who may have helped somebody: in the role now, be it to learn it."""


def place(of: Scheme) -> dict[str, Any]:
    """Where a contact of this scheme lies."""
    return {**scheme_place(of), "closed": of.closed}


async def admitted(act: Act, of: Scheme, contacts: Collection[Contact], made: Any, *further: tuple[bool, str]) -> Any:
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


async def about(
    act: Act, of: Scheme, enrolment: UUID | None, identifier: str | None, name: str | None, wing: str | None
) -> dict[str, Any]:
    """Whom a contact is about: of a case whoever is enrolled, else whom staff name, else nobody."""
    if (identifier is None) is not (name is None):
        raise Unacceptable([Failure("NAME_GOES_WITH_IDENTIFIER", "/name")])
    if enrolment is not None:
        if identifier is not None:
            raise Unacceptable([Failure("CASE_OR_NAME", "/enrolment")])
        case = await act.fetch(Enrolment, enrolment)
        if case.scheme != of.id:
            raise Absent
        return {"enrolment": case.id, "person": case.person, "name": case.name, "wing": case.wing}
    if identifier is None or name is None:
        return {"wing": wing}
    who = await person_of(act, of.jurisdiction, of.prison, identifier, name, wing)
    return {"person": who.id, "name": who.name, "wing": wing}
