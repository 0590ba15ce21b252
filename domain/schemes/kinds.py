"""Ready-made kinds of scheme, and the look-up. The shape is in `sheet`, the sheets in `catalogue`, a module a family;
kinds that were made through the API are records (`published`). Sources: domain facts 1.0 to 1.12 and 8."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.kernel.errors import Absent
from domain.schemes.catalogue.emotional import INSIDERS, LISTENERS
from domain.schemes.catalogue.health import HEALTH_CHAMPIONS, HEALTH_TRAINERS, RECOVERY_MENTORS, SOCIAL_CARE_BUDDIES
from domain.schemes.catalogue.irish import RED_CROSS_VOLUNTEERS
from domain.schemes.catalogue.learning import INFORMATION_DESK, PEER_ADVISERS, SHANNON_TRUST
from domain.schemes.catalogue.resettlement import THROUGH_THE_GATE
from domain.schemes.catalogue.voice import COUNCIL, EQUALITY_REPRESENTATIVES, VETERANS, VIOLENCE_REDUCTION
from domain.schemes.sheet import Kind

KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            LISTENERS,
            INSIDERS,
            SHANNON_TRUST,
            PEER_ADVISERS,
            INFORMATION_DESK,
            HEALTH_TRAINERS,
            HEALTH_CHAMPIONS,
            SOCIAL_CARE_BUDDIES,
            RECOVERY_MENTORS,
            VIOLENCE_REDUCTION,
            EQUALITY_REPRESENTATIVES,
            VETERANS,
            COUNCIL,
            THROUGH_THE_GATE,
            RED_CROSS_VOLUNTEERS,
        )
    }
)
"""Every ready-made kind, of every jurisdiction. A kind is data: another is added without code elsewhere."""


def kind_of(code: str) -> Kind:
    """The ready-made kind, or `Absent`."""
    try:
        return KINDS[code]
    except KeyError:
        raise Absent from None


def kinds_of(jurisdiction: str) -> list[Kind]:
    """The ready-made kinds of one jurisdiction. Another's do not exist here (rule 27)."""
    return [kind for kind in KINDS.values() if kind.jurisdiction == jurisdiction]
