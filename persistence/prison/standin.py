"""A stand-in for the prison's systems, made up, for the demonstration and for tests.

It answers as the real ones do (`domain.ports`), from plain data in memory that may be changed while it runs: a test
withdraws a caseload and watches the reach of a token end.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from domain.confidentiality.principal import Principal, PrincipalKind
from domain.kernel.prison import Apart, PrisonFacts


class StandInCaseloads:
    """In which prisons a member of staff works, by the subject of his tokens.

    The real source knows staff by their user name and nothing of issuers, so this one does neither. Whoever it does not
    know works nowhere: an empty caseload is an answer, and is not the None of a source that cannot be asked.
    """

    def __init__(self, caseloads: Mapping[str, Collection[str]]) -> None:
        self._caseloads = {subject: frozenset(prisons) for subject, prisons in caseloads.items()}

    async def __call__(self, principal: Principal) -> frozenset[str] | None:
        """His caseload now. Nobody but staff has one."""
        if principal.kind is not PrincipalKind.STAFF:
            return frozenset()
        return self._caseloads.get(principal.subject, frozenset())

    def give(self, subject: str, prison: str) -> None:
        """From now on he works in this prison too."""
        self._caseloads[subject] = self._caseloads.get(subject, frozenset()) | {prison}

    def withdraw(self, subject: str, prison: str) -> None:
        """From now on he does not. One that he never had is withdrawn in silence, as upstream."""
        self._caseloads[subject] = self._caseloads.get(subject, frozenset()) - {prison}


class StandInPrisonRecords:
    """What is known of people in custody, by their identifiers. Of whom nothing was given, nothing is known, unless
    there are facts that hold for everybody (`otherwise`)."""

    def __init__(self, facts: Mapping[str, PrisonFacts] | None = None, *, otherwise: PrisonFacts | None = None) -> None:
        self._facts = dict(facts or {})
        self._otherwise = otherwise
        self.reachable = True

    async def __call__(self, identifier_kind: str, identifier: str) -> PrisonFacts | None:
        """His facts now; None while the source cannot be reached."""
        return self._facts.get(identifier, self._otherwise) if self.reachable else None

    def know(self, identifier: str, facts: PrisonFacts) -> None:
        """From now on this is known of him."""
        self._facts[identifier] = facts


class StandInRolls:
    """How many people are in a prison, on each day of each month alike. Of a prison that was not given, nothing is
    known."""

    def __init__(self, people: Mapping[str, int]) -> None:
        self._people = dict(people)

    async def __call__(self, prison: str, month: date) -> int | None:
        """Prisoner-days of the month."""
        people = self._people.get(prison)
        return None if people is None else people * monthrange(month.year, month.month)[1]


class StandInKeptApart:
    """Who must not be brought together, by identifiers. Everybody is known here unless told otherwise: of whom nothing
    was given, there is nobody from whom he is kept apart. `reachable`: whether it can be asked."""

    def __init__(self) -> None:
        self._non_associations: set[frozenset[str]] = set()
        self._co_defendants: set[frozenset[str]] = set()
        self.unknown: set[str] = set()
        """Of these it knows nothing."""
        self.reachable = True
        self.asked: list[str] = []

    async def __call__(self, identifier_kind: str, identifiers: Sequence[str]) -> Mapping[str, Apart] | None:
        """From whom each is kept apart now; without those of whom it knows nothing; None while it cannot be reached."""
        self.asked += identifiers
        if not self.reachable:
            return None
        return {each: self._of(each) for each in identifiers if each not in self.unknown}

    def _of(self, identifier: str) -> Apart:
        pairs = (self._non_associations, self._co_defendants)
        enemies, tried = (frozenset(n for p in each if identifier in p for n in p - {identifier}) for each in pairs)
        return Apart(non_associations=enemies, co_defendants=tried)

    def keep_apart(self, one: str, other: str) -> None:
        """From now on there is a non-association between them."""
        self._non_associations.add(frozenset({one, other}))

    def tried_together(self, one: str, other: str) -> None:
        """They are co-defendants."""
        self._co_defendants.add(frozenset({one, other}))


class StandInReleases:
    """When people are to be released, by prison number. One that it does not know is not in its answer; a None is
    somebody on remand."""

    def __init__(self, days: Mapping[str, date | None]) -> None:
        self.days = dict(days)

    async def __call__(self, prison: str, identifiers: Collection[str]) -> Mapping[str, date | None] | None:
        """The days of these, as they are known now."""
        return {number: self.days[number] for number in identifiers if number in self.days}
