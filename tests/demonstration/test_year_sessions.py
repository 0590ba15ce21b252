"""The year keeps to the rules that it did not go through: learning, first meetings, feedback and tallies."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from api.demonstration.people import LEI, MDI, PRISONS
from api.demonstration.year import Year
from domain.feedback.record import Feedback, Voice
from domain.kernel.words import names_a_number
from domain.sessions.learning import HIGHEST_MANUAL
from domain.sessions.record import Enrolment, EnrolmentState, Induction, Session, SessionState
from domain.sessions.tally import BOX
from domain.supporters.record import Supporter
from tests.demonstration.stage import ZONE, by_id, in_role, of


def test_nobody_is_booked_twice(year: Year) -> None:
    """Neither mentor nor learner, in whichever part, even where the session came to nothing."""
    booked: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for s in of(year, Session):
        assert s.person != s.supporter_person
        for who in (s.person, s.supporter_person):
            booked[who].append((s.starts_at, s.ends_at))
    for times in booked.values():
        times.sort()
        assert all(start < end for start, end in times)
        assert all(one[1] <= other[0] for one, other in pairwise(times))


def test_sessions_are_planned_ahead_and_recorded_behind(year: Year, now: datetime) -> None:
    """On weekdays, in the year or the week to come; what is over was delivered with minutes, or not with a reason."""
    sessions = of(year, Session)
    for s in sessions:
        assert now - timedelta(days=366) < s.starts_at < now + timedelta(days=8)
        assert s.starts_at.astimezone(ZoneInfo(ZONE)).weekday() < 5
        assert (s.state is SessionState.PLANNED) is (s.ends_at > now)
        delivered = s.state is SessionState.DELIVERED
        told = (s.minutes, s.manual, s.page)
        assert all(t is not None for t in told) if delivered else told == (None, None, None)
        assert s.minutes is None or timedelta(minutes=s.minutes) <= s.ends_at - s.starts_at
        assert (s.not_delivered is not None) is (s.state is SessionState.NOT_DELIVERED)
        assert s.note is None or (delivered and not names_a_number(s.note))
    months = Counter((s.starts_at.year, s.starts_at.month) for s in sessions if s.ends_at <= now)
    assert len(months) >= 12
    past = Counter(s.state for s in sessions if s.ends_at <= now)
    assert 0.6 < past[SessionState.DELIVERED] / past.total() < 0.75


def test_mentors_were_in_the_role_when_they_taught(year: Year) -> None:
    """On probation or active on the day; no session in a pause, before a certificate or after leaving."""
    supporters = by_id(of(year, Supporter))
    for s in of(year, Session):
        assert in_role(supporters[s.supporter], s.starts_at.date())


def test_enrolments_agree_with_their_sessions(year: Year, now: datetime) -> None:
    """Who learns with whom, how far he has come, and that nothing happens outside of it."""
    sessions: dict[UUID, list[Session]] = defaultdict(list)
    for s in of(year, Session):
        sessions[s.enrolment].append(s)
    states = Counter[EnrolmentState]()
    for e in of(year, Enrolment):
        own = sorted(sessions[e.id], key=lambda s: s.starts_at)
        states[e.state] += 1
        running = e.state in (EnrolmentState.STARTED, EnrolmentState.WAITING)
        assert (e.ended_on is None) is running
        assert e.enrolled_on <= (e.ended_on or now.date()) <= now.date()
        assert all(e.enrolled_on <= s.starts_at.date() and s.person == e.person for s in own)
        assert running or all(e.ended_on is not None and s.starts_at.date() <= e.ended_on for s in own)
        assert {s.supporter for s in own} <= {e.supporter, *e.earlier_supporters}
        assert (e.supporter is None) is (e.state is EnrolmentState.WAITING)
        manuals = [s.manual for s in own if s.manual is not None]
        assert manuals == sorted(manuals)
        assert 1 <= max([1, *manuals]) <= e.manual <= HIGHEST_MANUAL
        assert e.checks_passed == (HIGHEST_MANUAL if e.state is EnrolmentState.COMPLETED else e.manual - 1)
        if e.state is EnrolmentState.WAITING:
            assert not own
    assert set(states) == set(EnrolmentState)
    assert any(e.earlier_supporters for e in of(year, Enrolment))


def test_new_arrivals_were_met_week_by_week(year: Year, now: datetime) -> None:
    """By an Insider in the role, after they came; most within a day; a name only where staff typed it (rule 8)."""
    supporters, actors = by_id(of(year, Supporter)), {r.id: r for r in year.records if r.shape.kind == "actor"}
    inductions = of(year, Induction)
    for i in inductions:
        assert i.arrived_at < i.seen_at <= now
        assert i.minutes_after_arrival == (i.seen_at - i.arrived_at).total_seconds() // 60
        assert in_role(supporters[i.supporter], i.seen_at.date())
        # An Insider has no row among the principals, so who typed it himself is whoever is not there.
        assert (i.person is not None) is (i.name is not None) is (i.author in actors)
    for prison in PRISONS:
        weeks = Counter((now - i.seen_at).days // 7 for i in inductions if i.prison == prison.code)
        assert all(weeks[w] for w in range(52))
    within_a_day = sum(i.minutes_after_arrival <= 24 * 60 for i in inductions)
    assert 0.85 < within_a_day / len(inductions) < 0.95


def test_feedback_is_no_finer_than_its_week_and_names_nobody_of_a_closed_scheme(year: Year, now: datetime) -> None:
    """Mondays of weeks of the year that are over; all voices; no words or author of Listeners; signed words only by
    staff."""
    found = of(year, Feedback)
    for f in found:
        assert f.week_of.weekday() == 0
        assert now.date() - timedelta(days=371) <= f.week_of <= now.date() - timedelta(days=7)
        assert 1 <= f.rating <= 5
        assert not f.closed or (f.words is None and f.author is None)
        assert f.author is None or f.voice is Voice.STAFF
        assert f.words is None or not names_a_number(f.words)
    assert {f.voice for f in found} == set(Voice)
    assert any(f.closed for f in found)
    assert any(f.words for f in found)
    assert any(f.author for f in found)


def test_the_letterbox_holds_this_month_only(year: Year, now: datetime) -> None:
    """A few tallies a prison, of the local month, and nothing in them by which one could be found (rule 1)."""
    month = f"{now.astimezone(ZoneInfo(ZONE)):%Y-%m}"
    assert 4 <= len(year.letters) <= 40
    assert {letter.plain["prison"] for letter in year.letters} == {MDI.code, LEI.code}
    for letter in year.letters:
        assert (letter.box, letter.plain["month"]) == (BOX, month)
        assert set(letter.plain) == {
            *("prison", "month", "part", "duration", "concerns", "first_time", "suicidal_feelings", "self_harm")
        }
