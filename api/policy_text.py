"""The policy as data and as the README's table: printed from the table that decides, never written beside it."""

from typing import Any

from domain.confidentiality.grants import GRANTS


def lines() -> list[dict[str, Any]]:
    """Every grant, in the table's order."""
    return [
        {
            "rule": g.rule,
            "role": g.role,
            "purpose": g.purpose,
            "within": g.within.name,
            "closedPolicy": g.closed,
            "sees": sorted(g.sees),
            "writes": sorted(g.writes),
            "may": sorted(g.may),
        }
        for g in GRANTS
    ]


def markdown() -> str:
    """The table for people: one row a grant that does more than what every role may."""
    everybody = {"READ_ME", "READ_POLICY", "READ_KIND", "READ_EXCEPTIONS", "SIGN_OUT"}
    rows = ["| role | purpose | within | sees | may |", "|---|---|---|---|---|"]
    for line in lines():
        verbs = [v for v in line["may"] if v not in everybody]
        if not verbs:
            continue
        within = line["within"] + (" (closed policy too)" if line["closedPolicy"] else "")
        cells = (line["role"], line["purpose"], within, line["sees"], verbs)
        rows.append("| " + " | ".join(_words(c) for c in cells) + " |")
    return "\n".join(rows) + "\n"


def _words(cell: str | list[str]) -> str:
    text = ", ".join(cell) if isinstance(cell, list) else cell
    return text.lower().replace("_", " ")
