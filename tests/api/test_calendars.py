"""Duty as iCalendar: what a calendar of somebody else's reads in it."""

import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from api.calendars import written
from domain.care.published import Shown
from domain.kernel.bands import Band, span
from tests.domain.given import FEW

read: Any = Calendar.from_ical
"""As somebody else's calendar does."""
PUBLISHED = datetime(2026, 11, 23, 10, 0, 7, 89, tzinfo=UTC)


def duty(name: str = "Lionel Quaverley", day: date = date(2026, 11, 24), withdrawn: bool = False) -> Shown:
    """A night of a Listener's."""
    starts, ends = span(day, Band.NIGHT, "Europe/London")
    return Shown(UUID(int=1, version=4), "Listeners", name, Band.NIGHT, starts, ends, PUBLISHED, withdrawn)


@given(name=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200))
@FEW
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    """Whatever is in it, it is one name of one duty: folded and escaped, and nothing of it is a line of its own."""
    made = written([duty(name)])
    (event,) = read(made.decode()).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"Listeners, night: {name}"
    assert max(len(line) for line in made.split(b"\r\n")) <= 75


def test_the_hour_that_the_clocks_repeat_is_in_the_night() -> None:
    """Instants are UTC: the night in which the clocks go back is an hour longer."""
    lengths = []
    for day in (date(2026, 10, 23), date(2026, 10, 24), date(2027, 3, 27)):
        (event,) = read(written([duty(day=day)]).decode()).walk("VEVENT")
        lengths.append((event["DTEND"].dt - event["DTSTART"].dt).total_seconds() / 3600)
    assert lengths == [11.25, 12.25, 10.25]


def test_it_holds_duty_and_nothing_else() -> None:
    """No place, no organiser, no instant of its making: the same duty is the same bytes."""
    made = written([duty(), duty(withdrawn=True)])
    assert made == written([duty(), duty(withdrawn=True)])
    first, second = read(made.decode()).walk("VEVENT")
    assert {*first} == {"UID", "DTSTAMP", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "SUMMARY"}
    assert [(int(e["SEQUENCE"]), str(e["STATUS"])) for e in (first, second)] == [(0, "CONFIRMED"), (1, "CANCELLED")]


def test_a_start_does_not_pay_for_it() -> None:
    """The library is imported when a calendar is first asked for."""
    said = "import sys, api.app, api.calendars; print('icalendar' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
