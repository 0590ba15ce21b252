"""Finding a person in custody by what staff type, or making the row that will stand for him."""

import re
from collections.abc import Collection

from domain import looking
from domain.act import Act
from domain.kernel.errors import Failure, NotNow, Unacceptable
from domain.kernel.ids import PersonId
from domain.kernel.words import JURISDICTIONS
from domain.people.merges import resolved
from domain.people.record import Person
from domain.ports import Query


def checked_identifier(jurisdiction: str, identifier: str) -> str:
    """The identifier in its jurisdiction's own form. Raises `Unacceptable`: it is not of that form."""
    value = identifier.strip().upper()
    if re.fullmatch(JURISDICTIONS[jurisdiction].identifier_pattern, value) is None:
        raise Unacceptable([Failure("IDENTIFIER", "/identifier")])
    return value


def numbers_in(jurisdiction: str, text: str | None) -> list[str]:
    """The identifiers that somebody wrote, beside a name or alone, in their jurisdiction's own form."""
    pattern = JURISDICTIONS[jurisdiction].identifier_pattern
    return [word for word in re.findall(r"\w+", (text or "").upper()) if re.fullmatch(pattern, word)]


def same_name(known: str, typed: str) -> bool:
    """Whether somebody is called as was typed, however it is spaced or cased."""
    return _plain(known) == _plain(typed)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


async def known_by(act: Act, jurisdiction: str, value: str) -> Person | None:
    """Whoever has this number, in its own form, in this jurisdiction, or had it before it was merged into another; if
    we know of anybody. Whether we do is not to be told by how much was looked up: so the map of merges is looked at
    first, and of whoever has the number too."""
    return await with_number(act, jurisdiction, await resolved(act, jurisdiction, value))


async def with_number(act: Act, jurisdiction: str, value: str) -> Person | None:
    """Whoever has this very number now."""
    kind = JURISDICTIONS[jurisdiction].identifier_kind
    query = Query(equal={"jurisdiction": jurisdiction, "identifier_kind": kind, "identifier": value}, limit=1)
    return next(iter(await act.known(Person, query)), None)


async def with_numbers(act: Act, jurisdiction: str, values: Collection[str]) -> list[Person]:
    """Whoever has one of these very numbers now."""
    kind = JURISDICTIONS[jurisdiction].identifier_kind
    equal = {"jurisdiction": jurisdiction, "identifier_kind": kind, "identifier": frozenset(values)}
    return await looking.all_known(act, Person, equal) if values else []


async def person_of(act: Act, jurisdiction: str, prison: str, identifier: str, name: str, wing: str | None) -> Person:
    """The person whom this identifier names in this jurisdiction, kept anew where nobody by it was known.

    A person known already must be in this prison and called so. Raises `NotNow` (NOT_AVAILABLE) for any other. Where it
    is only tried, he is as one whom nobody knows: trying leaves nothing behind, and would tell of any number at no cost
    whether it is known.
    """
    value = await resolved(act, jurisdiction, checked_identifier(jurisdiction, identifier))
    found = await with_number(act, jurisdiction, value)
    another = found is not None and (found.prison != prison or not same_name(found.name, name))
    if found is not None and not (another and act.dry):
        # A number alone gives nobody's name: who is elsewhere, or called otherwise, is not available, as he is for any
        # other reason. What staff typed is what they are shown.
        if another:
            raise NotNow(["NOT_AVAILABLE"])
        return found
    id = PersonId(act.new_id())
    person = Person(
        id=id,
        person=id,
        jurisdiction=jurisdiction,
        prison=prison,
        wing=wing,
        identifier_kind=JURISDICTIONS[jurisdiction].identifier_kind,
        identifier=value,
        name=name,
    )
    act.keep_beside(person)
    return person
