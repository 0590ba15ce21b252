"""What the tests that run over every operation need of forecasts, holds, passports, references and pay: as
`registers_operations` of the registers."""

from typing import Any

from api.signing import Signatures
from domain.passports.passport import Passport, claims_of
from tests.http import turnover_furniture
from tests.http.cast import CAST, uid
from tests.http.places import MOORLAND

SCHEME = {"id": str(uid("scheme:shannon"))}


def _under(by: str = "coordinator", body: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"by": by, "values": SCHEME, "body": body}


def _by_supporter(by: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"by": by, "values": {"id": str(uid("supporter:mentor"))}, "body": body}


def signed(passport: Passport) -> str:
    """The passport as the theatre's service signs it."""
    values = {name: getattr(passport, name) for name in Passport.shape.fields}
    return Signatures({1: bytes(32)}).signed(claims_of(values))


PASSPORT = signed(turnover_furniture.passport(MOORLAND, "passport", "mentor"))
ANOTHER = signed(turnover_furniture.passport(MOORLAND, "passport:second", "second-mentor"))


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
    "listPassports": _by_supporter("mentor"),
    "issuePassport": _by_supporter("mentor", {}),
    "getPassport": _of("passport"),
    "getPassportDocument": _of("passport", by="mentor"),
    "getPassportPdf": _of("passport", by="mentor"),
    "withdrawPassport": _of("passport", {}, by="mentor"),
    "verifyPassport": {"by": "coordinator", "body": {"passport": PASSPORT}},
    "takePassport": {
        "by": "coordinator",
        "values": {"id": str(uid("scheme:at-risk"))},
        "body": {"passport": PASSPORT, "identifier": str(CAST["mentor"].number), "wing": "MDI-A"},
    },
    "listReferences": _by_supporter("mentor"),
    "writeReference": _by_supporter("coordinator", {"strengths": ["RELIABLE", "EXPLAINS_CLEARLY"]}),
    "getReference": _of("reference"),
    "signReference": _of("reference", {}, by="mentor"),
    "declineReference": _of("reference", {}, by="mentor"),
    "getReferencePdf": _of("reference:signed"),
    "listSelfRatings": _by_supporter("mentor"),
    "rateSelf": _by_supporter("mentor", {"moment": "AFTER", "identity": 6, "confidence": 7, "employability": 5}),
    "getSelfRating": _of("self-rating", by="mentor"),
    "getOwnRecord": _of("supporter:mentor", by="mentor"),
    "listPayRates": {"by": "hub"},
    "addPayRate": {
        "by": "hub",
        "body": {
            "prison": "MDI",
            "band": "BAND_3",
            "moneyMinorUnitsHalfDay": 110,
            "moneyMinorUnitsFullDay": 210,
            "validFrom": "2026-11-23",
            "validUntil": "2027-05-30",
        },
    },
    "getPayRate": _of("pay-rate", by="hub"),
    "endPayRate": _of("pay-rate", {"validUntil": "2026-12-27"}, by="hub"),
    "listPayEntries": _by_supporter("hub"),
    "enterPay": _by_supporter("hub", {"weekOf": "2026-11-23", "band": "BAND_2", "halfDays": 2, "fullDays": 3}),
    "getPayEntry": _of("pay-entry", by="hub"),
    "correctPayEntry": _of("pay-entry", {"halfDays": 1, "fullDays": 3}, by="hub"),
    "getPaySheet": {"by": "hub"},
    "getPayParity": {"by": "hub"},
    "listComparisonJobs": {"by": "hub"},
    "addComparisonJob": {
        "by": "hub",
        "body": {
            "prison": "MDI",
            "job": "KITCHEN_PORTER",
            "band": "BAND_2",
            "halfDays": 10,
            "moneyMinorUnits": 900,
            "places": 12,
        },
    },
    "getComparisonJob": _of("comparison-job", by="hub"),
    "retireComparisonJob": _of("comparison-job", {}, by="hub"),
}

OTHERWISE: dict[str, dict[str, Any]] = {
    "requestTransferHold": {"supporter": str(uid("supporter:second-mentor"))},
    "takePassport": {"passport": ANOTHER, "identifier": str(CAST["second-mentor"].number)},
    "verifyPassport": {"passport": ANOTHER},
    "writeReference": {"strengths": ["PATIENT"]},
    "rateSelf": {"identity": 9},
    "addPayRate": {"band": "BAND_4"},
    "enterPay": {"weekOf": "2026-11-09"},
    "addComparisonJob": {"job": "GARDENER"},
}
"""By operation that makes something: a member with another value, which makes another body of it."""

_SHOWS = {
    *("getTransferHold", "getPassport", "getReference", "getSelfRating"),
    *("getPayRate", "getPayEntry", "getComparisonJob"),
}
ITEMS: dict[str, tuple[str, list[str]]] = {
    name: (str(given["on"]).partition(":")[0], [given["on"]])
    for name, given in EXAMPLES.items()
    if name.startswith("get") and "on" in given and name in _SHOWS
}
"""By operation that shows one: the kind, and a record of it."""

NEEDED: dict[str, set[str]] = {
    "requestTransferHold": {"supporter", "reason", "until"},
    "decideTransferHold": {"granted"},
    "verifyPassport": {"passport"},
    "takePassport": {"passport", "identifier", "wing"},
    "writeReference": {"strengths"},
    "rateSelf": {"moment", "identity", "confidence", "employability"},
    "addPayRate": {"prison", "band", "moneyMinorUnitsHalfDay", "moneyMinorUnitsFullDay", "validFrom"},
    "endPayRate": {"validUntil"},
    "enterPay": {"weekOf", "band"},
    "correctPayEntry": {"halfDays", "fullDays"},
    "addComparisonJob": {"prison", "job", "band", "halfDays", "moneyMinorUnits", "places"},
}
"""By operation: the members that a body must have."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    name: {given["by"]: [f"far:{given['on']}", f"irish:{given['on']}"]}
    for name, given in EXAMPLES.items()
    if "on" in given
}
"""By operation on one record: who may do it, and records that are out of his reach."""
