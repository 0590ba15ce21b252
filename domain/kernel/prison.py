"""What the prison's own systems know of a person, in as few facts as suitability asks for (domain facts 2.3 and 9)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class IncentiveLevel(StrEnum):
    """The level of the incentive scheme, by its code in the estate."""

    BAS = "BAS"
    STD = "STD"
    ENH = "ENH"

    @property
    def rank(self) -> int:
        """1 Basic, 2 Standard, 3 Enhanced: what a rule's parameter counts in."""
        return list(IncentiveLevel).index(self) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PrisonFacts:
    """One person's facts. None is 'not known', and never 'no': what is not known passes no rule. An empty set of alerts
    is an answer.

    `alerts` are codes of active alerts, without their words; `offence_allows` the outcome of the offence check and not
    the offence. What a person must show otherwise (abstinence, literacy, fitness, a vote, membership) is attested by
    who knows it: the treatment provider, education, healthcare, the partner.
    """

    born_on: date | None = None
    release_on: date | None = None
    """The date on which release is expected. None on remand, too."""
    incentive: IncentiveLevel | None = None
    alerts: frozenset[str] | None = None
    csip_open: bool | None = None
    violence_proven_on: tuple[date, ...] | None = None
    """The days of proven violence; none of them: nothing was proven."""
    drug_adjudications_on: tuple[date, ...] | None = None
    offence_allows: bool | None = None
    roles_held: int | None = None
    """How many other roles he is allocated to."""
    abstinent_months: int | None = None
    literate: bool | None = None
    fit: bool | None = None
    """Yes or no from healthcare, no diagnosis."""
    lived_experience: bool | None = None
    served_in_forces: bool | None = None
    elected: bool | None = None
    member_of_partner: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """With whom somebody must not be brought together, by their identifiers: open non-associations of any kind and
    restriction, and co-defendants. None is 'not known', and never 'nobody'; an empty set is an answer. It is asked for
    where an offer is made and used there: it is kept in no table, shown to nobody, and no line of the ledger has it."""

    non_associations: frozenset[str] | None = None
    co_defendants: frozenset[str] | None = None

    @property
    def whole(self) -> bool:
        """Whether both are known: half an answer is none."""
        return self.non_associations is not None and self.co_defendants is not None
