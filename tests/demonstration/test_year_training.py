"""What the demonstration's supporters have learned, and what follows from it: whole, and true to the rules."""

from datetime import datetime, timedelta
from uuid import uuid4

from api.demonstration.people import PRISONS
from api.demonstration.releasing import releases
from api.demonstration.year import Year, a_year
from domain.passports.passport import Passport
from domain.pay.entries import PayEntry
from domain.pay.rates import PayRate
from domain.supporters.absences import Absence
from domain.supporters.availability import read, written
from domain.supporters.record import Standing, Supporter
from domain.training.certificates import Certificate
from domain.training.cohorts import Attendance, Cohort
from domain.training.practice import SignOff
from tests.demonstration.stage import NOW, by_id, of

TODAY = NOW.date()


def test_certificates_are_those_of_their_supporters(year: Year, now: datetime) -> None:
    """The same number and days; and in each prison some that end within ninety days."""
    people = by_id(of(year, Supporter))
    held = of(year, Certificate)
    for one in held:
        s = people[one.supporter]
        assert (one.number, one.awarded_on, one.expires_on) == (s.certificate, s.certified_on, s.certificate_expires_on)
    soon = [c for c in held if now.date() <= c.expires_on <= now.date() + timedelta(days=90)]
    for prison in PRISONS:
        assert len({c.scheme for c in soon if c.prison == prison.code}) == 3


def test_nobody_signs_for_one_whom_he_trained(year: Year) -> None:
    """And what is signed for is what his record says; his trainers taught the cohort that he is in."""
    people = by_id(of(year, Supporter))
    for one in of(year, SignOff):
        assert one.signed_by not in people[one.supporter].trained_by
        assert one.competence in people[one.supporter].signed_off
    for cohort in of(year, Cohort):
        assert len(cohort.members) <= cohort.places
        assert all(people[m].standing is Standing.IN_TRAINING for m in cohort.members)
        assert all(cohort.trainer in people[m].trained_by for m in cohort.members)
    cohorts = by_id(of(year, Cohort))
    for each in of(year, Attendance):
        assert each.supporter in cohorts[each.cohort].members
        assert cohorts[each.cohort].starts_on <= each.held_on <= cohorts[each.cohort].ends_on


def test_who_is_away_is_away_on_his_record(year: Year) -> None:
    """In each prison somebody for a day, and somebody with no end known."""
    people = by_id(of(year, Supporter))
    away = of(year, Absence)
    for one in away:
        assert people[one.supporter].away == written([one])
    for prison in PRISONS:
        ends = {a.last_on is None for a in away if a.prison == prison.code}
        assert ends == {True, False}
    assert all(read(s.away) == [] for s in people.values() if s.id not in {a.supporter for a in away})


def test_pay_is_what_the_rate_of_the_week_comes_to(year: Year) -> None:
    """A rate was raised, and each week is paid by the one that held."""
    rates = of(year, PayRate)
    entries = of(year, PayEntry)
    assert len(rates) == 2 * len(PRISONS)
    assert entries
    for one in entries:
        (rate,) = [r for r in rates if r.prison == one.prison and r.holds(one.week_of)]
        assert one.money_minor_units == rate.amount(one.half_days, one.full_days)


def test_a_passport_says_what_its_bearer_s_record_says(year: Year) -> None:
    """One in each prison, of a mentor."""
    people = by_id(of(year, Supporter))
    held = of(year, Passport)
    assert {p.prison for p in held} == {prison.code for prison in PRISONS}
    for one in held:
        s = people[one.supporter]
        assert (one.certificate, one.modules, one.signed_off) == (s.certificate, s.modules_passed, s.signed_off)


def test_it_is_the_same_each_time() -> None:
    """But for the ids: the same certificates, days away and weeks of pay; and the same days of release."""
    one, other = a_year(uuid4, NOW), a_year(uuid4, NOW)
    for kind, names in (
        (Certificate, ("number", "awarded_on", "expires_on")),
        (Absence, ("why", "first_on", "last_on")),
        (PayEntry, ("week_of", "money_minor_units")),
    ):
        seen = [[tuple(getattr(r, n) for n in names) for r in of(each, kind)] for each in (one, other)]
        assert seen[0] == seen[1]
        assert seen[0]
    assert releases(TODAY) == releases(TODAY)
