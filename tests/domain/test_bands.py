"""The bands of a prison's day by its own clock, across midnight and both changes of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.bands import AFTER_BAND, band_at, readable_until
from domain.kernel.words import JURISDICTIONS
from domain.sessions.codes import Band
from domain.sessions.tally import DayOrNight, day_or_night
from tests.domain.given import FEW

LONDON = "Europe/London"
SECOND = timedelta(seconds=1)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "band", "end"),
    [
        ("07:45", Band.AM, "12:15"),
        ("12:14", Band.AM, "12:15"),
        ("12:15", Band.LUNCH_LOCKUP, "13:45"),
        ("13:45", Band.PM, "17:15"),
        ("17:15", Band.ED, "20:30"),
        ("20:29", Band.ED, "20:30"),
    ],
)
@pytest.mark.parametrize("day", ["2026-01-14", "2026-07-14"], ids=["winter", "summer"])
def test_a_day_has_its_bands_by_the_local_clock(local: str, band: Band, end: str, day: str) -> None:
    """Each band begins on its minute and ends with the next, in winter and in summer, by the clock on the wall."""
    zone = ZoneInfo(LONDON)
    at = datetime.fromisoformat(f"{day}T{local}").replace(tzinfo=zone).astimezone(UTC)
    ends = datetime.fromisoformat(f"{day}T{end}").replace(tzinfo=zone)
    found, until = band_at(at, LONDON)
    assert (found, until) == (band, ends)
    assert until.tzinfo is UTC


@pytest.mark.parametrize(
    ("at", "end", "hours"),
    [
        ("2026-01-14T20:30", "2026-01-15T07:45", 11.25),
        ("2026-03-28T20:30", "2026-03-29T06:45", 10.25),
        ("2026-10-24T19:30", "2026-10-25T07:45", 12.25),
    ],
    ids=["an ordinary night", "clocks go forward", "clocks go back"],
)
def test_a_night_runs_over_midnight_and_over_the_clock_s_change(at: str, end: str, hours: float) -> None:
    """From 20:30 to 07:45 by the clock on the wall: an hour less on one night of the year, an hour more on another;
    and every minute of it, before midnight or after, is of that one night."""
    start, until = _utc(at), _utc(end)
    assert until - start == timedelta(hours=hours)
    assert band_at(start - SECOND, LONDON)[0] is Band.ED
    for part in range(20):
        assert band_at(start + part * (until - start) / 20, LONDON) == (Band.NIGHT, until)
    assert band_at(until - SECOND, LONDON) == (Band.NIGHT, until)
    assert band_at(until, LONDON)[0] is Band.AM


@FEW
@given(at=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), zone=st.sampled_from(list(JURISDICTIONS)))  # noqa: DTZ001
def test_bands_follow_each_other_without_a_gap(at: datetime, zone: str) -> None:
    """At any instant there is one band; it ends later, within a night's length, and another begins at once."""
    name = JURISDICTIONS[zone].time_zone
    band, end = band_at(at.replace(tzinfo=UTC), name)
    assert timedelta(0) < end - at.replace(tzinfo=UTC) <= timedelta(hours=12, minutes=15)
    assert band_at(end - SECOND, name) == (band, end)
    order = list(Band)
    assert band_at(end, name)[0] is order[(order.index(band) + 1) % len(order)]


def test_a_live_request_is_readable_two_hours_beyond_its_band() -> None:
    """The hour is the same for every request of a band, whenever in it somebody asked: it tells nothing of the minute
    (rule 2)."""
    end = _utc("2026-01-14T07:45")
    for at in ("2026-01-13T20:30", "2026-01-14T02:10", "2026-01-14T07:44"):
        assert readable_until(_utc(at), LONDON) == (Band.NIGHT, end + AFTER_BAND)
    assert timedelta(hours=2) == AFTER_BAND


def test_all_that_a_tally_keeps_of_the_hour_is_day_or_night() -> None:
    """The night is the night band, before and after midnight; all else is day."""
    nights = {"2026-07-14T19:30", "2026-07-14T23:30", "2026-07-15T06:44"}
    days = {"2026-07-14T19:29", "2026-07-15T06:45", "2026-07-15T11:30"}
    assert {day_or_night(_utc(t), LONDON) for t in nights} == {DayOrNight.NIGHT}
    assert {day_or_night(_utc(t), LONDON) for t in days} == {DayOrNight.DAY}
