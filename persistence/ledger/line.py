"""An entry as its readers see it, made once, when it is written: of closed-policy participation the hour and the
family of the act only (rules 4 and 15). So no reader's query ever has to hide anything."""

from datetime import datetime
from operator import attrgetter
from typing import Any, Final

import orjson

from domain.confidentiality.entry import Entry
from domain.oversight.record import LedgerLine


def line_of(entry: Entry) -> LedgerLine:
    """What a reader of the ledger gets of this entry."""
    return LedgerLine(
        id=entry.id,
        at=_shown_at(entry),
        readable_from=entry.readable_from,
        actor=entry.actor,
        author=entry.actor,
        client=entry.client,
        role=str(entry.role),
        purpose=None if entry.purpose is None else str(entry.purpose),
        act=_shown_act(entry),
        rule=entry.rule,
        outcome=str(entry.outcome),
        code=entry.code,
        jurisdiction=entry.jurisdiction,
        prison=entry.prison,
    )


def _shown_at(entry: Entry) -> datetime:
    return entry.at.replace(minute=0, second=0, microsecond=0) if entry.closed else entry.at


def _shown_act(entry: Entry) -> str:
    return str(entry.family if entry.closed else entry.verb)


def canonical(entry: Entry) -> bytes:
    """The bytes that are kept, hashed and one day sealed: `as_json` in UTF-8, keys sorted, no blanks, no number but
    integers (so RFC 8785 and this agree). orjson reads ids, instants and words by itself: made plain first they took 8
    of 14 us. A test holds the two equal."""
    said = dict(zip(_NAMES, _take(entry), strict=True))
    said["sights"] = [
        {"count": s.count, "fields": s.fields, "ids": s.ids, "kind": s.kind, "rule": s.rule} for s in entry.sights
    ]
    said["changes"] = [
        {"after": c.after, "before": c.before, "fields": c.fields, "id": c.id, "kind": c.kind} for c in entry.changes
    ]
    return orjson.dumps(said, str, orjson.OPT_SORT_KEYS)  # the driver's ids are of a class that orjson does not know


_NAMES: Final = tuple(sorted(Entry.__dataclass_fields__))
_take: Final = attrgetter(*_NAMES)


def columns_of(entry: Entry) -> dict[str, Any]:
    """The values of the ledger's columns, but for `tx`, which the database alone fills in: what `line_of` shows, and
    what it does not."""
    return {
        "id": entry.id,
        "at": entry.at,
        "bytes": canonical(entry),
        "shown_at": _shown_at(entry),
        "readable_from": entry.readable_from,
        "actor": entry.actor,
        "client": entry.client,
        "role": str(entry.role),
        "purpose": None if entry.purpose is None else str(entry.purpose),
        "shown_act": _shown_act(entry),
        "rule": entry.rule,
        "outcome": str(entry.outcome),
        "code": entry.code,
        "jurisdiction": entry.jurisdiction,
        "prison": entry.prison,
        "closed": entry.closed,
    }
