"""How each operation about what is left of closed-policy requests is sent well, for the tests that send them all."""

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "listConductRecords": {"by": "safer"},
    "getConduct": {"by": "safer", "on": "conduct"},
    "reviewConduct": {"by": "safer", "on": "conduct", "body": {"verdict": "IT_WAS_SO"}},
}
"""By operation: who sends it, about which record, with which body."""

ITEMS: dict[str, tuple[str, list[str]]] = {"getConduct": ("conduct", ["conduct"])}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {"reviewConduct": {"verdict"}}
"""By operation: the members without which it is nothing."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {"safer": ["far:conduct", "irish:conduct"], "governor": ["far:conduct"]}
    for name in ("getConduct", "reviewConduct")
}
"""By operation on one record: who may do it, and records that are out of his reach. Of his own act and of a
colleague's who reviews: `test_story_unmet`."""
