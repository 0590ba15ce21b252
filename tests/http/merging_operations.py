"""What the tests that run over every operation need of reviews of movements and of merges, as `registers_operations`
has it."""

from typing import Any


def _of(on: str, body: dict[str, Any] | None = None, by: str = "governance") -> dict[str, Any]:
    return {"by": by, "on": on, "body": body}


EXAMPLES: dict[str, dict[str, Any]] = {
    "listMovementReviews": {"by": "coordinator"},
    "getMovementReview": _of("movement-review", by="coordinator"),
    "settleMovementReview": _of("movement-review", {"settledAs": "PUT_RIGHT"}, by="coordinator"),
    "listPersonMerges": {"by": "governance"},
    "getPersonMerge": _of("person-merge"),
    "doubtPersonMerge": _of("person-merge", {}),
    "reversePersonMerge": _of("person-merge:doubted", {}),
}
"""By operation: who sends it, about which record, with which body."""

ITEMS: dict[str, tuple[str, list[str]]] = {
    "getMovementReview": ("movement-review", ["movement-review"]),
    "getPersonMerge": ("person-merge", ["person-merge"]),
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {"settleMovementReview": {"settledAs"}}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {}
"""By operation that makes something: a member with another value, which makes another body of it."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given
}
"""By operation on one record: who may do it, and records that are out of his reach."""
