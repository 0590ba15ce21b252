"""Stakeholders and how to engage them (seed: 'identify stakeholders like prison governors, staff and current or
potential peer workers and how to engage them'). Of people in custody there are only groups, and no names. What is done
to engage them are actions, with days of their own."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Identity, Open, Operational
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure
from domain.kernel.ids import SchemeId, StakeholderId
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme


class StakeholderRole(StrEnum):
    """Who has a stake in it."""

    GOVERNOR = "GOVERNOR"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    WING_STAFF = "WING_STAFF"
    NIGHT_STAFF = "NIGHT_STAFF"
    SECURITY = "SECURITY"
    ACTIVITIES = "ACTIVITIES"
    EDUCATION = "EDUCATION"
    HEALTHCARE = "HEALTHCARE"
    CHAPLAINCY = "CHAPLAINCY"
    UNIONS = "UNIONS"
    PARTNER = "PARTNER"
    MONITORING_BOARD = "MONITORING_BOARD"
    FUNDER = "FUNDER"
    FAMILIES = "FAMILIES"
    SUPPORTERS = "SUPPORTERS"
    PEOPLE_WHO_MAY_SUPPORT = "PEOPLE_WHO_MAY_SUPPORT"
    PEOPLE_WHO_MAY_ASK = "PEOPLE_WHO_MAY_ASK"


NAMELESS: Final = frozenset(
    {
        StakeholderRole.FAMILIES,
        StakeholderRole.SUPPORTERS,
        StakeholderRole.PEOPLE_WHO_MAY_SUPPORT,
        StakeholderRole.PEOPLE_WHO_MAY_ASK,
    }
)
"""Groups of people in custody and of theirs: nobody among them is named."""


class Level(StrEnum):
    """How much."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class Way(StrEnum):
    """How to engage them."""

    MEETING = "MEETING"
    BRIEFING = "BRIEFING"
    REPORT = "REPORT"
    VISIT = "VISIT"
    CONSULTATION = "CONSULTATION"
    NEWSLETTER = "NEWSLETTER"
    ONE_TO_ONE = "ONE_TO_ONE"
    FORUM = "FORUM"


@record(kind="stakeholder", kept="six years after its scheme closes; it names staff and partners, nobody in custody")
class Stakeholder(OfScheme):
    """Somebody with a stake in the scheme. `contact` names a member of staff or of a partner, and nobody else."""

    id: Open[StakeholderId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    role: Operational[StakeholderRole]
    of_whom: Operational[str]
    """The organisation, team or group."""
    contact: Identity[str | None] = None
    """A member of staff or of a partner: nobody in custody."""
    interest: Operational[Level]
    """How much it matters to them."""
    influence: Operational[Level]
    """How much they can do for or against it."""
    ways: Operational[tuple[Way, ...]]
    """How they are engaged."""
    in_words: Operational[str | None] = None

    def faults(self) -> Iterable[Failure]:
        """Nobody in custody is named, and no way is there twice."""
        if self.role in NAMELESS and self.contact is not None:
            yield Failure("NAMES_NOBODY_IN_CUSTODY", "/contact")
        if len(set(self.ways)) < len(self.ways):
            yield Failure("TWICE", "/ways")


async def add(begin: Begin, scheme: UUID, **given: Any) -> View[Stakeholder]:
    """Somebody with a stake in the scheme."""
    return await belonging.add(begin, Verb.KEEP_STAKEHOLDER, Stakeholder, scheme, **given)
