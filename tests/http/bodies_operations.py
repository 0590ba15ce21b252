"""How each operation about what is left of closed-policy requests is sent well, for the tests that send them all."""

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "listConductRecords": {"by": "safer"},
    "getConduct": {"by": "safer", "on": "conduct"},
    "handInDispute": {"by": "arthur", "body": {"says": "ASKED", "wing": "MDI-A", "on": "2026-11-23"}},
    "listEnvelopeHolds": {"by": "oscar"},
    "getEnvelopeHold": {"by": "safer", "on": "envelope-hold"},
    "recordDeath": {"by": "oscar", "body": {"prison": "MDI", "on": "2026-11-23"}},
    "liftEnvelopeHold": {"by": "imb", "on": "envelope-hold", "body": {}},
    "reviewConduct": {"by": "safer", "on": "conduct", "body": {"verdict": "IT_WAS_SO"}},
}
"""By operation: who sends it, about which record, with which body."""

ITEMS: dict[str, tuple[str, list[str]]] = {
    "getConduct": ("conduct", ["conduct"]),
    "getEnvelopeHold": ("envelope-hold", ["envelope-hold"]),
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "reviewConduct": {"verdict"},
    "handInDispute": {"says", "wing", "on"},
    "recordDeath": {"prison", "on"},
}
"""By operation: the members without which it is nothing."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given
}
"""By operation on one record: who may do it, and records that are out of his reach."""
