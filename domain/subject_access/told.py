"""How a table says what a kind of record gives, and why it leaves out the rest; and what an answer is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final


class Why(StrEnum):
    """Why something about a person is not given."""

    ANOTHER = "ANOTHER"
    """It is of, or leads to, another person."""
    BY_WHOM = "BY_WHOM"
    """Who wrote, checked or decided it, of those who are not the prison's staff or whose name is security's."""
    SECURITY = "SECURITY"
    """It is, or tells, what security knows; an answer looks the same where there is none."""
    IN_CONFIDENCE = "IN_CONFIDENCE"
    """A report, a complaint, a worry of somebody: on paper in a shared cell it would be read by whom it is about. It is
    asked for by hand, in confidence (rules 7, 12 and 31)."""
    WOULD_WARN = "WOULD_WARN"
    """It is for those who look into what is not settled, and whoever is looked into would hear of it (rule 17)."""
    OURS = "OURS"
    """An id, a version or a mark by which we find, order or check things; it says nothing of him."""
    ELSEWHERE = "ELSEWHERE"
    """The same is given with another record."""
    OFFERS = "OFFERS"
    """To whom something was offered is told to nobody: it would say who asked (rule 21)."""
    SEALED = "SEALED"
    """It is sealed, and searched outside by two people of two organisations (rule 2)."""
    COUNTED = "COUNTED"
    """It was counted and mixed, and holds no person (rule 1)."""
    OF_THE_WORK = "OF_THE_WORK"
    """What members of staff did in their work for a scheme or about others: the record of that work, and not of them.
    What was done is in the ledger, by actor."""
    HE_READS_IT = "HE_READS_IT"
    """He reads it himself through the service."""
    NO_PERSON = "NO_PERSON"
    """It names an office or an organisation, and nobody."""
    AFTER_DEATH = "AFTER_DEATH"
    """It is made after a death."""


class Shown(StrEnum):
    """How much of a record under a closed policy is given to a supporter of it."""

    BY_THE_MONTH = "BY_THE_MONTH"
    """All that is given, and of each of its days the month."""
    COUNTED = "COUNTED"
    """How many there were, month by month."""
    NOT = "NOT"
    """Nothing: it is finer than a month by what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one kind of record gives to one who is concerned.

    `by`: the field that holds him. `on`: the field with the day under which a record is filed, None where it has none.
    `gives`: members in their order; `staff`: fields with ids of ours, of which members of the prison's staff are given
    by user name. `leaves`: all other fields that are not plumbing, with the reason. `closed`: how much is given of it
    under a closed policy to whoever supports there; None: it is no record of a supporter. `which`: those that are given
    today; `counts`: those that are counted, where they are.
    """

    title: str
    by: str
    on: str | None
    gives: tuple[str, ...]
    staff: tuple[str, ...] = ()
    leaves: Mapping[str, Why] = field(default_factory=lambda: MappingProxyType({}))
    closed: Shown | None = None
    which: Callable[[Any, date], bool] = lambda _record, _today: True
    counts: Callable[[Any], bool] = lambda _record: True
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Where a field is called otherwise than it is elsewhere."""


def leaves(*, ours: str = "", **why: str) -> Mapping[str, Why]:
    """Reasons, each with the names of its fields; `ours` for `Why.OURS`."""
    found = dict.fromkeys(ours.split(), Why.OURS)
    for reason, names in why.items():
        found |= dict.fromkeys(names.split(), Why[reason.upper()])
    return MappingProxyType(found)


PLUMBING: Final = frozenset({"id", "version", "scheme", "jurisdiction", "prison", "organisation", "closed"})
"""What every record has; its scheme and prison are told with each."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing: a label, and one or more of plain words, days or instants, and user names of staff."""

    label: str
    texts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One record: under which scheme (None: of none), in which prison, and what is told of it."""

    scheme: str | None
    prison: str | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """All of one kind, in the order of their days."""

    title: str
    items: tuple[Item, ...]
