"""What every contact that is recorded has alike: where it lies, whose it is, and that the scheme's policy holds it."""

from collections.abc import Awaitable, Callable, Collection
from datetime import date
from typing import Any, Protocol, cast
from uuid import UUID

from domain import looking
from domain.act import Act
from domain.confidentiality.admission import admit
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import R
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.moves import require
from domain.people.acts import person_of
from domain.ports import Query
from domain.schemes.belonging import scheme_place, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.vocabulary import Contact
from domain.sessions.codes import FactMark
from domain.sessions.record import Enrolment
from domain.supporters.record import HOLDING, Standing, Supporter
from domain.supporters.suspension import Suspension

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


async def admitted(
    act: Act,
    of: Scheme,
    contacts: Collection[Contact],
    made: R,
    *further: tuple[bool, str],
    first: Callable[[], Awaitable[None]] | None = None,
    **marked: Any,
) -> View[R]:
    """The contact, kept and disclosed, if the kind records its contacts so and its policy holds all that it says.
    `first`: what else stands before it is kept. `marked`: what we say of it."""
    kind = await terms_of(act, of)
    require((kind.contact in contacts, "KIND_DOES_NOT_ALLOW"), (of.open, "SCHEME_NOT_OPEN"), *further)
    admit(made, kind.policy)
    if first is not None:
        await first()
    kept = cast(R, with_(cast(Any, made), **marked))
    act.keep(kept)
    return act.disclose(kept)


async def whose(act: Act, of: Scheme, id: UUID | None) -> Supporter:
    """The supporter of this scheme who is meant: the one named, or the viewer himself. What he did is a fact, and no
    intention: neither a certificate nor an absence of today stands before it, nor that he has been stood down or
    suspended since (rule 18). Whoever never was in the role is not there to be found."""
    if id is not None:
        found = await act.known_one(Supporter, id)
    else:
        own = next(iter(act.viewer.fact("persons") or ()), None)
        query = Query(equal={"scheme": of.id, "person": own}, limit=10)
        mine = [] if own is None else await act.known(Supporter, query)
        if own is not None and not mine:
            raise Absent  # of a scheme in which he has no part there is nothing for him
        found = next((s for s in mine if s.standing in HERE), None)
    if found is None or found.scheme != of.id or not _served(found):
        raise NotNow(["NOT_AVAILABLE"])
    return found


def _served(who: Supporter) -> bool:
    return who.standing in HOLDING or (who.left_on is not None and (who.active_from or who.probation_from) is not None)


async def marks_of(act: Act, who: Supporter, day: date) -> tuple[FactMark, ...]:
    """What is marked of what he did on that day."""
    return (FactMark.STOOD_DOWN_AT_TIME,) if await stood_down_by(act, who, day) else ()


async def stood_down_by(act: Act, who: Supporter, day: date) -> bool:
    """Whether on that day he had been stood down, or was suspended; the day itself counts, for which came first is for
    a talk to find out. A fact is accepted, and marked so (rule 18)."""
    if who.left_on is not None and who.left_on <= day:
        return True
    for each in await looking.all_known(act, Suspension, {"supporter": who.id}):
        if each.suspended_on <= day <= (each.decided_on or date.max):
            return True
    return False


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
