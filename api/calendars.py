"""Duty as iCalendar (RFC 5545). The library `icalendar` folds its lines and escapes its texts; no start needs it, so it
is imported when a calendar is first asked for."""

from collections.abc import Iterable
from typing import Any, Final, cast

from api.printing.wall import BANDS
from domain.care.published import Shown

_MADE_BY: Final = "-//peer-support//rota//EN"
_PUBLISHED: Final = 0
_WITHDRAWN: Final = 1


def written(duty: Iterable[Shown]) -> bytes:
    """The calendar: the same bytes for the same duty. Instants are UTC: a night ends on the next morning, and an hour
    that the clocks repeat is there once."""
    from icalendar import Calendar, Event

    made: Any = cast(Any, Calendar)()
    made.add("prodid", _MADE_BY)
    made.add("version", "2.0")
    for each in duty:
        event: Any = cast(Any, Event)()
        event.add("uid", str(each.id))
        event.add("dtstamp", each.published_at.replace(microsecond=0))
        event.add("sequence", _WITHDRAWN if each.withdrawn else _PUBLISHED)
        event.add("status", "CANCELLED" if each.withdrawn else "CONFIRMED")
        event.add("dtstart", each.starts_at)
        event.add("dtend", each.ends_at)
        event.add("summary", f"{each.scheme}, {BANDS[each.band][0].lower()}: {each.name}")
        made.add_component(event)
    return made.to_ical()
