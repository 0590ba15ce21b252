"""What the tests that run over every operation need of webhooks: as `registers_operations`."""

from typing import Any

HOOK = "https://hooks.example.org/peer-support"

EXAMPLES: dict[str, dict[str, Any]] = {
    "createSubscription": {
        "by": "integrator",
        "body": {"address": HOOK, "types": ["peer-support.scheme.created", "peer-support.scheme.closed"]},
    },
    "listSubscriptions": {"by": "integrator"},
    "getSubscription": {"by": "integrator", "on": "subscription"},
    "pingSubscription": {"by": "integrator", "on": "subscription", "body": {}},
    "rotateSubscription": {"by": "integrator", "on": "subscription", "body": {}},
    "endSubscription": {"by": "integrator", "on": "subscription", "body": {}},
}
"""By operation: who sends it, about which record, with which body."""

ITEMS: dict[str, tuple[str, list[str]]] = {"getSubscription": ("subscription", ["subscription"])}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {"createSubscription": {"address", "types"}}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {"createSubscription": {"types": ["peer-support.scheme.changed"]}}
"""By operation that makes something: a member with another value, which makes another body of it."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    "getSubscription": {
        "integrator": ["far:subscription", "subscription:of-another"],
        "admin": ["subscription", "far:subscription:of-another", "irish:subscription:of-another"],
    },
    **{
        name: {"integrator": ["far:subscription", "subscription:of-another"]}
        for name in ("pingSubscription", "rotateSubscription", "endSubscription")
    },
}
"""By operation on one record: who may do it, and records that are out of his reach."""
