"""What the tests that run over every operation need of a scheme that is brought here: as `registers_operations`."""

from typing import Any

from tests.http.cast import CAST, uid

NEW = "A3010QX"
"""The number of somebody who served in a scheme before it came here, and of whom nobody knows yet."""
ROW: dict[str, Any] = {
    "key": "import-key-0001",
    "identifier": NEW,
    "name": "Old Hand",
    "wing": "MDI-A",
    "activeFrom": "2024-05-01",
    "compactSignedOn": "2024-04-01",
    "languages": ["en", "cy"],
    "modulesPassed": ["COMMUNICATION"],
    "signedOff": ["COMMUNICATION"],
    "certificate": "PAPER-2024-7",
    "certifiedOn": "2025-05-01",
    "certificateExpiresOn": "2028-04-30",
}
SCHEME: dict[str, Any] = {
    "key": "import-key-0002",
    "kind": "INSIDERS",
    "name": "Insiders, as they have run since 2019",
    "prison": "MDI",
    "supportersWanted": 4,
}
SHIFT: dict[str, Any] = {
    "key": "import-key-0003",
    "identifier": str(CAST["insider"].number),
    "day": "2026-11-27",
    "band": "PM",
    "wing": "MDI-A",
}


def _of(scheme: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"by": "coordinator", "values": {"id": str(uid(scheme))}, "body": body}


EXAMPLES: dict[str, dict[str, Any]] = {
    "importSchemes": {"by": "coordinator", "body": {"items": [SCHEME]}},
    "importSupporters": _of("scheme:draft", {"items": [ROW]}),
    "importRoster": _of("scheme:insiders", {"items": [SHIFT]}),
    "getExportedSupporters": {"by": "coordinator", "on": "scheme:listeners"},
    "getExportedSupportersFile": {"by": "coordinator", "on": "scheme:listeners"},
    "getExportedRoster": {"by": "coordinator", "on": "scheme:listeners"},
    "getExportedRosterFile": {"by": "coordinator", "on": "scheme:listeners"},
}
"""By operation: who sends it, about which record, with which body."""

_OTHERS = {
    "coordinator": ["far:scheme:listeners", "irish:scheme:insiders"],
    "shannon-coordinator": ["scheme:listeners", "far:scheme:shannon"],
}
HIDDEN: dict[str, dict[str, list[str]]] = dict.fromkeys(
    ("getExportedSupporters", "getExportedSupportersFile", "getExportedRoster", "getExportedRosterFile"), _OTHERS
)
"""By operation about one record: who may do it, and records that are out of his reach."""
