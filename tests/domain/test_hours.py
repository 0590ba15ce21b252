"""Wall-clock times as instants: over midnight, over both clock changes, and never two at once."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.kernel.bands import Band
from domain.schemes.registers.hours import WEEK, Hours, Weekday, instant
from domain.schemes.registers.times import ServiceTime, next_of
from tests.domain.given import FEW, IDS

LONDON = ZoneInfo("Europe/London")
FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)
"""The Sundays on which London's clocks change, at one o'clock UTC."""
LONG_AGO = date(2026, 1, 1)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 1, 15, 30, 59)))
DAYS = st.dates(date(2026, 10, 1), date(2027, 4, 30))


def _hours(weekday: Weekday, starts: time, ends: time, first: date, last: int | None) -> Hours:
    return Hours(weekday, starts, ends, first, None if last is None else first + timedelta(days=last))


HOURS = st.builds(_hours, st.sampled_from(WEEK), CLOCKS, CLOCKS, DAYS, st.none() | st.integers(0, 120)).filter(
    lambda hours: hours.starts != hours.ends
)


def night(day: date) -> timedelta:
    """How long the night is that begins on that day at 21:00 and ends at 07:00."""
    on = Hours(WEEK[day.weekday()], time(21), time(7), LONG_AGO, None).on(day, LONDON)
    assert on is not None
    return on[1] - on[0]


def test_a_night_has_nine_or_eleven_hours_when_clocks_change() -> None:
    """And ten on the nights before and after."""
    for change, hours in ((FORWARD, 9), (BACK, 11)):
        before = change - timedelta(days=1)  # the night that begins on Saturday
        assert night(before) == timedelta(hours=hours)
        assert night(before - timedelta(days=1)) == night(change) == timedelta(hours=10)


@pytest.mark.parametrize(
    ("day", "clock", "at"),
    [
        (FORWARD, time(0, 59), "2027-03-28T00:59:00+00:00"),
        (FORWARD, time(1, 0), "2027-03-28T01:00:00+00:00"),
        (FORWARD, time(1, 30), "2027-03-28T01:00:00+00:00"),
        (FORWARD, time(2, 0), "2027-03-28T01:00:00+00:00"),
        (BACK, time(1, 30), "2026-10-25T00:30:00+00:00"),
        (BACK, time(2, 0), "2026-10-25T02:00:00+00:00"),
        (date(2026, 7, 1), time(9, 0), "2026-07-01T08:00:00+00:00"),
        (date(2026, 12, 1), time(9, 0), "2026-12-01T09:00:00+00:00"),
    ],
)
def test_what_the_wall_shows_is_one_instant(day: date, clock: time, at: str) -> None:
    """In the hour that is left out it is the change itself; in the hour that comes twice the first of the two."""
    assert instant(day, clock, LONDON) == datetime.fromisoformat(at)


def test_what_lies_within_the_hour_that_is_left_out_is_not_held() -> None:
    """From 01:10 to 01:50 there is nothing on that night; on every other Sunday there is."""
    hours = Hours(Weekday.SUNDAY, time(1, 10), time(1, 50), LONG_AGO, None)
    assert hours.on(FORWARD, LONDON) is None
    assert hours.on(FORWARD + timedelta(days=7), LONDON) is not None
    assert hours.on(BACK, LONDON) == tuple(
        datetime.fromisoformat(f"2026-10-25T00:{minute}:00+00:00") for minute in (10, 50)
    )


@FEW
@given(HOURS, HOURS)
def test_overlap_is_mutual(one: Hours, other: Hours) -> None:
    """Whoever is asked, the answer is the same; and each overlaps itself, if it is ever held."""
    assert one.overlaps(other) is other.overlaps(one)
    days = (one.first + timedelta(days=n) for n in range(7))
    assert one.overlaps(one) is any(one.on(day, ZoneInfo("UTC")) for day in days)


@FEW
@given(HOURS, HOURS)
def test_they_overlap_where_a_walk_through_the_days_finds_it(one: Hours, other: Hours) -> None:
    """Held against the days themselves, by a clock that never changes: two overlap exactly where some two of their days
    do."""
    clock = ZoneInfo("UTC")
    days = [date(2026, 9, 25) + timedelta(days=n) for n in range(360)]
    mine, theirs = ([on for day in days if (on := hours.on(day, clock)) is not None] for hours in (one, other))
    walked = any(a[0] < b[1] and b[0] < a[1] for a in mine for b in theirs)
    assert one.overlaps(other) is walked


@FEW
@given(st.lists(HOURS, min_size=2, max_size=5), DAYS)
def test_times_that_do_not_overlap_never_meet_in_time(rules: list[Hours], day: date) -> None:
    """Over any clock change: what comes of rules of which no two overlap are instants of which no two do; each lies
    ahead, in order, and on no wall that does not exist."""
    assume(not any(a.overlaps(b) for n, a in enumerate(rules) for b in rules[:n]))
    times = [
        ServiceTime(
            id=IDS[0],  # type: ignore[arg-type]
            scheme=IDS[0],  # type: ignore[arg-type]
            jurisdiction="EW",
            prison="MDI",
            organisation="PRISON",
            weekday=rule.weekday,
            band=Band.NIGHT,
            starts=f"{rule.starts:%H:%M}",
            ends=f"{rule.ends:%H:%M}",
            valid_from=rule.first,
            valid_until=rule.last,
        )
        for rule in rules
    ]
    now = datetime.combine(day, time(12), UTC)
    found = next_of(times, now, LONDON, 30)
    assert len(found) <= 30
    for before, after in pairwise(found):
        assert before.ends_at <= after.starts_at
    for one in found:
        assert now < one.ends_at
        assert one.starts_at < one.ends_at
        wall = one.starts_at.astimezone(LONDON)
        assert wall.astimezone(UTC) == one.starts_at
        shown = f"{wall:%H:%M}"
        assert shown == one.of.starts or (wall.date() == FORWARD and shown == "02:00"), "on the wall, as it is written"


def test_sunday_night_runs_into_monday() -> None:
    """What begins on Monday before the night has ended overlaps it; what begins as it ends does not; nor does a Monday
    before the night was first in force."""
    sunday = Hours(Weekday.SUNDAY, time(21), time(7), date(2026, 11, 22), None)
    early = Hours(Weekday.MONDAY, time(6), time(8), LONG_AGO, None)
    assert sunday.overlaps(early)
    assert not sunday.overlaps(Hours(Weekday.MONDAY, time(7), time(8), LONG_AGO, None))
    assert not sunday.overlaps(Hours(Weekday.MONDAY, time(6), time(8), LONG_AGO, date(2026, 11, 22)))
    assert sunday.overlaps(Hours(Weekday.MONDAY, time(6), time(8), LONG_AGO, date(2026, 11, 23)))


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    """A last day in the year 9999 is a last day."""
    last = Hours(Weekday.FRIDAY, time(21), time(7), LONG_AGO, date.max)
    assert last.overlaps(Hours(Weekday.SATURDAY, time(6), time(8), date.min, date.max))
