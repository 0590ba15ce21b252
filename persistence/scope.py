"""How wide the database opens for one statement, as the two settings that row security reads (DESIGN 5)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from domain.ports import Scope
from persistence.faults import Fault

EVERYWHERE: Final = "*"
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,16}")


@lru_cache(maxsize=4096)
def scope_values(scope: Scope) -> Mapping[str, str]:
    """The values of the settings. A scope of no prison opens nothing.

    A prison comes from a request's body when something new is made there, so its form is looked at here, whoever
    looked before: "*" or "LEI,MDI" for a prison would be a scope of its own making. Raises `Fault`.
    """
    if scope.prisons is None:
        prisons = EVERYWHERE
    elif all(_CODE.fullmatch(prison) for prison in scope.prisons):
        prisons = ",".join(sorted(scope.prisons))
    else:
        raise Fault("a scope of what is no prison")
    return MappingProxyType({"prisons": prisons, "participation": "yes" if scope.participation else "no"})
