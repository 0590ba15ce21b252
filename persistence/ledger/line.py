"""An entry as its readers see it, made once, when it is written: of closed-policy participation the hour and the
family of the act only (rules 4 and 15). So no reader's query ever has to hide anything."""

from typing import Any

import orjson

from domain.confidentiality.entry import Entry
from domain.oversight.record import LedgerLine


def line_of(entry: Entry) -> LedgerLine:
    """What a reader of the ledger gets of this entry."""
    at = entry.at.replace(minute=0, second=0, microsecond=0) if entry.closed else entry.at
    return LedgerLine(
        id=entry.id,
        at=at,
        readable_from=entry.readable_from,
        actor=entry.actor,
        author=entry.actor,
        client=entry.client,
        role=str(entry.role),
        purpose=None if entry.purpose is None else str(entry.purpose),
        act=entry.family.value if entry.closed else str(entry.verb),
        rule=entry.rule,
        outcome=entry.outcome.value,
        code=entry.code,
        jurisdiction=entry.jurisdiction,
        prison=entry.prison,
    )


def canonical(entry: Entry) -> bytes:
    """The bytes that are kept, hashed and one day sealed: UTF-8 JSON, keys sorted, no blanks, no number but integers
    (so RFC 8785 and this agree)."""
    return orjson.dumps(entry.as_json(), option=orjson.OPT_SORT_KEYS)


def columns_of(entry: Entry) -> dict[str, Any]:
    """The values of the ledger's columns, but for `tx`, which the database alone fills in."""
    line = line_of(entry)
    return {
        "id": entry.id,
        "at": entry.at,
        "bytes": canonical(entry),
        "shown_at": line.at,
        "readable_from": line.readable_from,
        "actor": line.actor,
        "client": line.client,
        "role": line.role,
        "purpose": line.purpose,
        "shown_act": line.act,
        "rule": line.rule,
        "outcome": line.outcome,
        "code": line.code,
        "jurisdiction": line.jurisdiction,
        "prison": line.prison,
        "closed": entry.closed,
    }
