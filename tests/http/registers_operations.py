"""What the tests that run over every operation need of the registers' own: `EXAMPLES` by operation (who sends it, about
which record, with which body), and what other bodies, needed members and hidden records there are."""

from typing import Any

from tests.http.cast import uid

SCHEME = {"scheme": str(uid("scheme:shannon"))}


def _under(by: str = "coordinator", body: dict[str, Any] | None = None) -> dict[str, Any]:
    """One that lists or adds under the scheme."""
    return {"by": by, "values": SCHEME, "body": body}


def _of(on: str, body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    """One that is about a record."""
    return {"by": by, "on": on, "body": body}


EXAMPLES: dict[str, dict[str, Any]] = {
    "listContingencyPlans": _under(),
    "addContingencyPlan": _under(
        body={
            "trigger": "LOSS_OF_SUPPORTERS",
            "cover": ["SUPPORTERS_OF_ANOTHER_WING"],
            "tell": ["COORDINATOR", "PARTNER"],
            "reviewOn": "2027-02-01",
            "coverInWords": "Mentors of B wing come over on Tuesdays.",
        }
    ),
    "getContingencyPlan": _of("contingency-plan"),
    "amendContingencyPlan": _of(
        "contingency-plan",
        {
            "cover": ["STAFF"],
            "tell": ["GOVERNOR"],
            "reviewOn": "2027-03-01",
            "coverInWords": "Education staff stand in.",
            "inForce": True,
        },
    ),
    "startContingencyPlan": _of("contingency-plan", {"why": "TRIGGER_MET"}),
    "listActivations": _under(),
    "getActivation": _of("activation"),
    "logActivation": _of("activation", {"code": "TOLD", "told": "PARTNER", "words": "Left a message."}),
    "endActivation": _of("activation", {"untoldBecause": "NOT_CONCERNED"}),
    "reviewActivation": _of("activation:ended", {"learned": "PLAN_WORKED", "learnedInWords": "Print more sheets."}),
    "listLogEntries": _under(),
    "getLogEntry": _of("log-entry"),
}

ITEMS: dict[str, tuple[str, list[str]]] = {
    name: (str(given["on"]).partition(":")[0], [given["on"]])
    for name, given in EXAMPLES.items()
    if name.startswith("get")
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "addContingencyPlan": {"trigger", "cover", "tell", "reviewOn"},
    "startContingencyPlan": {"why"},
    "logActivation": {"code"},
    "reviewActivation": {"learned"},
}
"""By operation: the members without which it is nothing."""

OTHERWISE: dict[str, dict[str, Any]] = {"addContingencyPlan": {"trigger": "SYSTEMS_DOWN"}}
"""By operation that makes something: a member with another value, which makes another body of it."""

FREE = frozenset({"coverInWords", "words", "learnedInWords"})
"""Members that are words of whoever types them."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given
}
"""By operation on one record: who may do it, and records that are out of his reach."""
