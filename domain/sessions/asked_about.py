"""Whose non-associations are asked about by the clock: all who may be offered to somebody, whoever asks for one.

The service reads it for itself and shows it to nobody; it goes where the supporters are known already.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.people.record import Person
from domain.supporters.record import Standing, Supporter


async def asked_about(begin: Begin) -> Mapping[str, Sequence[str]]:
    """The identifiers of all active supporters of every prison, by their kind."""
    found: dict[str, list[str]] = defaultdict(list)
    async with begin(Verb.TICK) as act:
        people = [
            UUID(str(person))
            for (person,) in await looking.down(act, Supporter, {"standing": Standing.ACTIVE}, ("person",))
        ]
        for start in range(0, len(people), looking.PAGE):
            some = frozenset(people[start : start + looking.PAGE])
            for kind, identifier in await looking.down(act, Person, {"id": some}, ("identifier_kind", "identifier")):
                found[str(kind)].append(str(identifier))
    return found
