"""What the tests that run over every operation need of forecasts, holds, passports, references and pay: as
`registers_operations` of the registers."""

from typing import Any

from tests.http.cast import uid

SCHEME = {"id": str(uid("scheme:shannon"))}


def _under(by: str = "coordinator", body: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"by": by, "values": SCHEME, "body": body}


def _of(on: str, body: dict[str, Any] | None = None, by: str = "coordinator") -> dict[str, Any]:
    return {"by": by, "on": on, "body": body}


EXAMPLES: dict[str, dict[str, Any]] = {
    "getForecast": _of("scheme:insiders"),
    "getForecasts": {"by": "governor"},
    "listTransferHolds": _under(),
    "requestTransferHold": _under(
        body={"supporter": str(uid("supporter:mentor")), "reason": "COVER", "until": "2027-02-01"}
    ),
    "getTransferHold": _of("transfer-hold"),
    "decideTransferHold": _of("transfer-hold", {"granted": True}, by="governor"),
    "withdrawTransferHold": _of("transfer-hold", {}),
    "endTransferHold": _of("transfer-hold:granted", {}),
}

OTHERWISE: dict[str, dict[str, Any]] = {
    "requestTransferHold": {"supporter": str(uid("supporter:second-mentor"))},
}
"""By operation that makes something: a member with another value, which makes another body of it."""

ITEMS: dict[str, tuple[str, list[str]]] = {
    name: (str(given["on"]).partition(":")[0], [given["on"]])
    for name, given in EXAMPLES.items()
    if name.startswith("get") and "on" in given and name not in ("getForecast",)
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "requestTransferHold": {"supporter", "reason", "until"},
    "decideTransferHold": {"granted"},
}
"""By operation: the members that a body must have."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given
}
"""By operation on one record: who may do it, and records that are out of his reach."""
