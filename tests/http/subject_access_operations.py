"""What the tests that run over every operation need of subject access: as `registers_operations`."""

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "getSubjectAccess": {"by": "sar", "query": "?prn=A1007QX"},
    "getSubjectAccessTemplate": {"by": "sar"},
    "getStaffSubjectAccess": {"by": "governance", "on": "assignment:officer:WING_OFFICER"},
}
"""By operation: who sends it, about which record, and what it asks."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    "getStaffSubjectAccess": {"governance": ["assignment:far-officer:WING_OFFICER"]},
}
"""By operation on one record: who may do it, and whom he does not reach."""
