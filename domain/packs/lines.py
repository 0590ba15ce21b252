"""What a chronology tells of the lines of the ledger that wrote its records, and of who typed them.

Whoever reads a chronology reads the ledger too, where one in custody has one id in all lines. Beside a letter such a
line would be the key to it, here and in every other chronology; and an instant, to the second, finds the line as well
as its id does. So of what nobody of the staff wrote no line is told, and of its times the hour.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from domain.act import Act
from domain.confidentiality.principal import PrincipalKind
from domain.kernel.days import zone_of
from domain.kernel.words import camel
from domain.oversight.record import Actor
from domain.packs.happened import instant
from domain.ports import Query, Written
from domain.sessions.holding import EnvelopeHold

_AT_ONCE: Final = timedelta(minutes=1)
"""What happened so near to a line that wrote its record would find that line."""


async def by_staff(act: Act, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Whoever is not of the staff is named nowhere: of these kinds a supporter may be who typed it, and his own id
    beside his letter would be the key to it. When he typed it would be so too."""
    staff = await _staff(act, {UUID(each["by"]) for each in events if each["by"] is not None})
    found = [{**each, "by": each["by"] if each["by"] in staff else None} for each in events]
    return [by_the_hour(each) if each["by"] is None and each["recordedAt"] is not None else each for each in found]


async def versions(
    act: Act, hold: EnvelopeHold, of_person: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """All events, each with the lines that wrote its record since the first day of the hold beside it."""
    since = datetime.combine(hold.first_day, time(), zone_of(hold.jurisdiction)).astimezone(UTC)
    lines = await act.written(hold.prison, since, {UUID(each["record"]) for each in (*of_person, *others)})
    staff = await _staff(act, {each.actor for each in lines if each.actor is not None})
    found, apart = dict[str, list[dict[str, Any]]](), dict[str, list[datetime]]()
    for each in lines:
        known = str(each.actor) in staff
        found.setdefault(str(each.record), []).append(_version(each, known=known))
        if not known:
            apart.setdefault(str(each.record), []).append(each.at)
    told = [by_the_hour(each) if _finds(each, apart.get(each["record"], ())) else each for each in of_person]
    return [{**each, "versions": found.get(each["record"], [])} for each in (*told, *others)]


def by_the_hour(event: dict[str, Any]) -> dict[str, Any]:
    """The event, with the hours of its times."""
    times = {name: _hour(event[name]) for name in ("at", "recordedAt") if event[name] is not None}
    return {**event, **times, "hoursAlone": True}


def _version(of: Written, *, known: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"first": of.first, "fields": sorted(map(camel, of.fields))}
    if known:
        return told | {"line": str(of.line), "at": instant(of.at), "by": str(of.actor)}
    return told | {"line": None, "at": _hour(instant(of.at)), "by": None}


def _finds(event: dict[str, Any], lines: Sequence[datetime]) -> bool:
    """Whether a time of the event is that of one of these lines."""
    times = [datetime.fromisoformat(event[name]) for name in ("at", "recordedAt") if event[name] is not None]
    return any(abs(at - line) < _AT_ONCE for at in times for line in lines)


def _hour(at: str) -> str:
    return instant(datetime.fromisoformat(at).replace(minute=0, second=0, microsecond=0))


async def _staff(act: Act, named: set[UUID]) -> frozenset[str]:
    """Who of these is of the staff."""
    there = await act.known(Actor, Query(equal={"id": frozenset(named)}, limit=len(named))) if named else ()
    return frozenset(str(each.id) for each in there if each.kind is PrincipalKind.STAFF)
