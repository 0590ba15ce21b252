"""The ledger held against what is kept: which record changed without a line, which line tells of nothing.

Every function takes the books before and after, and says in words what does not agree; nothing said is all well. The
state machine, the faults and the drill all reckon here, so what they prove is one and the same sentence.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from domain.confidentiality.about import ABOUT
from domain.notes import OF_CODES
from tests.http.cast import CAST, IN_CUSTODY, SECRETS, person
from tests.http.world import actor_of
from tests.proofs.ledger.books import Books, Line

HANDED_IN = frozenset({"HAND_IN_TALLY", "HAND_IN_DISPUTE", "HAND_IN_BY_CODE"})
_SAID_IN_CUSTODY = frozenset({"GIVE_FEEDBACK", "COMPLAIN"})
"""What goes into the box where somebody in custody says it, and is a record at once where staff do."""
_MIXED = frozenset({"month-count", "feedback", "complaint", "pulse-result"})
"""What the timer makes of letters, and they go."""
_HIDDEN = frozenset(verb.value for verb, facts in ABOUT.items() if facts.kind == "request") | HANDED_IN
"""What is written to the hour even if it ended before anybody knew what it was about."""
Place = tuple[str, UUID]


def unlike(before: Books, after: Books) -> list[str]:
    """All that does not agree between two readings of the books."""
    new = after.since(before)
    return [*_rewritten(before, after), *_unexplained(before, after, new), *indiscreet(before, after, new)]


def _rewritten(before: Books, after: Books) -> list[str]:
    """The ledger only grows: every earlier line is there, word for word, and no id is there twice."""
    gone = [f"the line {id} is gone" for id in before.lines.keys() - after.lines.keys()]
    kept = before.lines.keys() & after.lines.keys()
    other = [f"the line {id} reads otherwise" for id in kept if before.lines[id] != after.lines[id]]
    twice = [f"the id {id} is there {line.times} times" for id, line in after.lines.items() if line.times != 1]
    return [*gone, *other, *twice]


def _unexplained(before: Books, after: Books, new: list[Line]) -> list[str]:
    """Kept records are records with a line, and a line's change is a record's: named ones one by one and version by
    version, nameless ones by their kind and number (rule 4)."""
    steps: defaultdict[Place, list[tuple[int, int]]] = defaultdict(list)
    nameless: Counter[str] = Counter()
    for line in new:
        for change in line.entry["changes"]:
            if change["id"] is None:
                nameless[change["kind"]] += 1
            else:
                steps[change["kind"], UUID(change["id"])].append((change["before"], change["after"]))
    wrong: list[str] = []
    unnamed: Counter[str] = Counter()
    for place in {*before.records, *after.records, *steps}:
        was, now = before.records.get(place), after.records.get(place)
        if place not in steps:
            if was != now:
                unnamed[place[0]] += 1 if now is None else now.version - (was.version if was else 0)  # erased once
            continue
        told = sorted(steps[place])
        if not _leads(told, was.version if was else 0, now.version if now else None):
            versions = f"from {was and was.version} to {now and now.version}"
            wrong.append(f"{place[0]} went {versions}, and its lines tell {told}")
    if unnamed != nameless:
        wrong.append(f"changed without a name: {dict(unnamed)}; told without a name: {dict(nameless)}")
    handed = sum(_hands_in(line.entry) for line in new)
    # Of a closed request that goes from the tables a letter stays: all that is counted of it (rule 2); with the first
    # of a prison's month comes a key, by which people are told apart. Where a month is mixed, its letters go.
    went = sum(
        kind == "request" and row.closed
        for (kind, id), row in before.records.items()
        if (kind, id) not in after.records
    )
    # So does an account once it lies beside conduct; a request that goes leaves its letter whatever conduct it leaves.
    made = {c["kind"] for line in new if line.of_the_service for c in line.entry["changes"]}
    mixed = made & (_MIXED if went else _MIXED | {"conduct"})
    came, due = after.letters - before.letters, handed + went
    if came > due + went or (came < due and not mixed):
        wrong.append(f"{came} letters came, and {handed} lines tell of one and {went} requests went")
    return wrong


def _leads(told: list[tuple[int, int]], start: int, end: int | None) -> bool:
    """Whether the told changes are one walk from version to version, each by one. `end` None: it is erased, and its
    last line says so."""
    walk = all(after == before + 1 for before, after in told) and all(a[1] == b[0] for a, b in pairwise(told))
    return walk and told[0][0] == start and (end is None or told[-1][1] == end)


def indiscreet(before: Books, after: Books, new: Iterable[Line]) -> list[str]:
    """What a line tells that rules 1, 4 and 15 forbid: a number or a name, a person in custody behind closed-policy
    participation, its minute; and a closed matter that is not written as one."""
    closed_records = {id for books in (before, after) for (_, id), row in books.records.items() if row.closed}
    closed_records -= {id for books in (before, after) for kind, id in books.records if kind == "scheme"}
    inside = _ids_in_custody()
    wrong: list[str] = []
    for line in new:
        entry, at = line.entry, datetime.fromisoformat(line.entry["at"])
        who = f"{entry['verb']} {entry['outcome']}"
        about = {UUID(id) for sight in entry["sights"] for id in sight["ids"]}
        about |= {UUID(change["id"]) for change in entry["changes"] if change["id"] is not None}
        if secrets := [secret for secret in SECRETS if secret in str(entry)]:
            wrong.append(f"{who} holds {secrets}")
        if about & closed_records and not entry["closed"]:
            wrong.append(f"{who} is about a closed matter and not written so")
        if entry["verb"] in _HIDDEN and entry["rule"] is None and _by_whose_it_is(entry) and not entry["closed"]:
            wrong.append(f"{who} {entry['code']} ended before its act, and tells its minute")
        if _day_only(entry) and entry["actor"] is not None:
            wrong.append(f"{who} {entry['code']} names who hands something in")
        if _day_only(entry) and at.hour:
            wrong.append(f"{who} {entry['code']} tells more than the day")
        if not entry["closed"]:
            continue
        if entry["actor"] is not None and UUID(entry["actor"]) in inside:
            wrong.append(f"{who} names a person in custody as its actor")
        people = [item for item in (*entry["sights"], *entry["changes"]) if item["kind"] == "person"]
        if about & inside or any(item.get("ids", [item.get("id")]) for item in people):
            wrong.append(f"{who} names a person in custody")
        if (at.minute, at.second, at.microsecond) != (0, 0, 0) or datetime.fromisoformat(line.shown_at) != at:
            wrong.append(f"{who} tells more than the hour")
    return wrong


def _hands_in(entry: Mapping[str, Any]) -> bool:
    """Whether a letter came of it."""
    if entry["outcome"] != "DONE":
        return False
    return entry["verb"] in HANDED_IN or (entry["verb"] in _SAID_IN_CUSTODY and not entry["changes"])


def _day_only(entry: Mapping[str, Any]) -> bool:
    """Whether it tells of something handed in, of which nobody is named and only the day is kept. Whoever prints codes,
    and the timer that ends them, hands nothing in: they are named, and the codes are not."""
    if not _by_whose_it_is(entry):
        return False
    nameless = [change for change in entry["changes"] if change["id"] is None and change["kind"] not in OF_CODES]
    return entry["verb"] in HANDED_IN or bool(nameless)


def _by_whose_it_is(entry: Mapping[str, Any]) -> bool:
    """Whether this was tried in a role that may: a role that never does it tells nothing by trying."""
    return entry["code"] != "forbidden"


def _ids_in_custody() -> set[UUID]:
    return {actor_of(name) for name in IN_CUSTODY} | {UUID(str(person(name))) for name in CAST if name in IN_CUSTODY}
