"""Text that names nobody; and the rule packs: what differs from one jurisdiction to the next (domain facts 8)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from domain.kernel.bands import Band
from domain.kernel.screened import folded, names_noms, names_pris


def names_a_number(text: str, jurisdictions: Collection[str] | None = ()) -> bool:
    """Does the text hold what looks like a prison number, however it is written? Of a jurisdiction whose numbers are
    digits alone it is looked for in that jurisdiction's own texts (None: every one's), for elsewhere digits are years
    and sums; what is like nothing else is looked for everywhere."""
    read = folded(text)
    return any(
        form.found_in(read)
        for pack in JURISDICTIONS.values()
        for form in pack.identifiers
        if form.unlike_all_else or jurisdictions is None or pack.code in jurisdictions
    )


class PackPart(StrEnum):
    """What exists in one jurisdiction and not in another. What a pack lacks is refused: KIND_DOES_NOT_ALLOW."""

    ACCT = "ACCT"
    """The care plan for risk of suicide and self-harm of England and Wales (domain facts 13)."""
    CSIP = "CSIP"
    """The plan for people who pose or face violence, likewise."""
    INCENTIVES = "INCENTIVES"
    """Basic, Standard and Enhanced."""
    OFFERS = "OFFERS"
    """One-to-one call-outs: a request, an offer, an unlocked door."""
    ONE_TO_ONE = "ONE_TO_ONE"
    """Work with one person at a time, and a record of it. Without it the unit of work is the group."""


@dataclass(frozen=True, slots=True)
class IdentifierForm:
    """One way in which a jurisdiction names a person in custody: an identifier is (kind, value, issuer).

    `found_in`: whether a text, folded, has what looks like one; `unlike_all_else`: nothing honest looks like one."""

    kind: str
    pattern: str
    issuer: str
    found_in: Callable[[str], bool]
    unlike_all_else: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """What no kind of scheme asks more of a supporter than, or does less for him: hours and nights a week and days
    between supervisions at most; hours of rest after a night, hours of training, contacts watched and days of probation
    at least."""

    hours_a_week: int = 35
    nights_in_seven: int = 2
    rest_hours: int = 10
    supervision_days: int = 28
    training_hours: int = 0
    observed_contacts: int = 0
    probation_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """What a jurisdiction's identifiers look like, and what it has. Walls, not layers (rule 27): a pack inherits from
    none."""

    code: str
    name: str
    identifiers: tuple[IdentifierForm, ...]
    """The first is the one that staff type."""
    time_zone: str
    languages: tuple[str, ...]
    currency: str
    """In which pay is counted, by ISO 4217: no amount is kept without it."""
    bands: tuple[Band, ...]
    has: frozenset[PackPart]
    floor: Floor = Floor()
    """Under every kind. Numbers of section 2.5 of the domain facts, and of the ready-made kinds; their owners (safer
    custody for the jurisdiction, with the partners) confirm them."""
    floor_of_harm: Floor = Floor(supervision_days=14, training_hours=12, observed_contacts=3, probation_days=28)
    """Where somebody may come to harm by what is done badly."""
    floor_of_confidence: Floor = Floor(
        hours_a_week=12, supervision_days=14, training_hours=20, observed_contacts=3, probation_days=28
    )
    """Where the policy is closed: nobody else hears what a supporter hears."""

    @property
    def identifier_kind(self) -> str:
        """The kind of the identifier that staff type."""
        return self.identifiers[0].kind

    @property
    def identifier_pattern(self) -> str:
        """Its form, as a regular expression for the whole of it."""
        return self.identifiers[0].pattern

    def lacks(self, part: PackPart | None) -> bool:
        """Whether this does not exist here. Nothing is lacked by what needs nothing."""
        return part is not None and part not in self.has


JURISDICTIONS: Final = {
    pack.code: pack
    for pack in (
        RulePack(
            code="EW",
            name="England and Wales",
            identifiers=(IdentifierForm("NOMS", r"^[A-Z][0-9]{4}[A-Z]{2}$", "HMPPS", names_noms, True),),
            time_zone="Europe/London",
            languages=("en", "cy"),
            currency="GBP",
            bands=tuple(Band),
            has=frozenset(PackPart),
        ),
        # The Irish Red Cross's community health in prisons: projects on landings, work in groups (domain facts 8).
        RulePack(
            code="IE",
            name="Ireland",
            identifiers=(IdentifierForm("PRIS", r"^[0-9]{4,6}$", "IPS", names_pris, False),),
            time_zone="Europe/Dublin",
            languages=("en", "ga"),
            currency="EUR",
            bands=tuple(Band),
            has=frozenset(),
        ),
    )
}
"""The rule packs of the jurisdictions that the service knows, by code. Which kinds of scheme a pack has is said by the
kinds themselves (`domain.schemes.kinds.kinds_of`)."""


@lru_cache(maxsize=1024)
def camel(name: str) -> str:
    """`supporter_person` as `supporterPerson`: a field as a caller names it, and is told of it."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
