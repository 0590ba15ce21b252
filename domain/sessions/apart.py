"""Whether two people may be brought together as learner and mentor: a non-association that security has opened stops it
at once, and neither is told why (rule 11; scenario 7).

Asked about is the mentor and never the learner, whose number would say elsewhere for years that he learns to read. What
is told is NOT_AVAILABLE, as of one who is off duty or booked already. Of whom nothing is known nobody is kept apart:
somebody plans this by day and with time, and whoever unlocks looks in DPS first.
"""

from collections.abc import Collection
from uuid import UUID

from domain.act import Act
from domain.kernel.words import JURISDICTIONS
from domain.people.record import Person
from domain.ports import KeptApart


async def may_meet(act: Act, source: KeptApart, learner: UUID | Person, mentor: UUID | None) -> tuple[bool, str]:
    """The guard, for `require`, that nothing keeps this learner and this mentor apart. Without a mentor, nothing."""
    his = learner if isinstance(learner, Person) else await act.known_one(Person, learner)
    other = None if mentor is None else await act.known_one(Person, mentor)
    if his is None or other is None:
        return True, "NOT_AVAILABLE"
    return his.identifier not in await enemies(source, other), "NOT_AVAILABLE"


async def enemies(source: KeptApart, mentor: Person) -> Collection[str]:
    """The numbers of those from whom he is kept apart now, by a non-association or as a co-defendant, as far as anybody
    can say."""
    kind = JURISDICTIONS[mentor.jurisdiction].identifier_kind
    found = (await source(kind, [mentor.identifier]) or {}).get(mentor.identifier)
    return () if found is None else (found.non_associations or frozenset()) | (found.co_defendants or frozenset())
