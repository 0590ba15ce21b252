"""What the year has of recruiting keeps to the rules that it did not go through, and the prison's systems know whoever
may apply."""

from collections import Counter
from datetime import datetime
from typing import Any

from api.demonstration.knowing import known
from api.demonstration.people import PRISONS, made_up_number
from api.demonstration.year import Year
from domain.kernel.days import months_after
from domain.schemes.kinds import kind_of
from domain.schemes.record import Scheme, SchemeState
from domain.schemes.vocabulary import EligibilityRule
from domain.supporters.record import APPLYING, TAKEN_ON, Standing, Supporter
from domain.supporters.recruiting import application, clearing
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.assessing import Assessment
from domain.supporters.recruiting.clearing import Clearance
from domain.supporters.recruiting.panel import AT_LEAST, PanelScore, Side
from domain.supporters.recruiting.rules import RuleOutcome, evaluate
from domain.supporters.recruiting.vacancies import Vacancy, VacancyState
from domain.supporters.suspension import Suspension, SuspensionState
from tests.demonstration.stage import by_id, of


def test_each_live_scheme_has_a_vacancy_that_is_over_and_one_that_is_open(year: Year, now: datetime) -> None:
    """With adverts that may be published: one easy to read, each language once; and as many filled as took a place."""
    live = [s for s in of(year, Scheme) if s.state is SchemeState.LIVE]
    vacancies = of(year, Vacancy)
    assert Counter(v.scheme for v in vacancies) == {s.id: 2 for s in live}
    supporters, applications = by_id(of(year, Supporter)), of(year, Application)
    for vacancy in vacancies:
        assert not list(vacancy.faults())
        assert any(a["easyRead"] for a in vacancy.adverts)
        assert {a["language"] for a in vacancy.adverts} == {"en", "cy"}
        assert vacancy.open(now) is (vacancy.state is VacancyState.PUBLISHED)
        his = [supporters[a.supporter] for a in applications if a.vacancy == vacancy.id]
        assert vacancy.filled == sum(s.standing in TAKEN_ON for s in his) < vacancy.places
        assert vacancy.in_force_from is not None
        assert all(s.applied_on >= vacancy.in_force_from.date() for s in his)


def test_an_application_says_what_its_standing_says(year: Year) -> None:
    """One for each applicant; its scores are those of the panel; who waits has his turn; who is decided on has those
    who decided."""
    applications, scores = of(year, Application), of(year, PanelScore)
    for prison in PRISONS:
        assert sum(a.prison == prison.code and a.waiting for a in applications) == 2
    supporters = by_id(of(year, Supporter))
    assert {s.id for s in supporters.values() if s.standing in APPLYING} <= {a.supporter for a in applications}
    assert len({a.supporter for a in applications}) == len(applications)
    vacancies = by_id(of(year, Vacancy))
    for kept in applications:
        one = supporters[kept.supporter]
        given = [s for s in scores if s.supporter == one.id]
        assert (kept.panel, kept.panel_of_partner) == (len(given), sum(s.side is Side.PARTNER for s in given))
        assert len({s.author for s in given}) == len(given)
        expected: dict[str, Any] = application.scored([s.scores for s in given]) if given else {}
        assert (kept.totals, kept.score) == (expected.get("totals", ()), expected.get("score"))
        for score in given:
            assert kept.vacancy is not None
            assert tuple(each["question"] for each in score.scores) == vacancies[kept.vacancy].codes()
        assert kept.waiting is (one.standing is Standing.WAITING)
        assert kept.turn == (application.turn_of(kept) if kept.waiting else None)
        assert (kept.review_on is not None) is (one.standing is Standing.DEFERRED)
        assert (kept.staff_reason is not None) is (one.standing is Standing.REJECTED)
        assert (kept.decided_on is not None) is bool(kept.decided_by)
        if kept.vacancy is not None and one.standing in TAKEN_ON:
            assert kept.panel >= AT_LEAST


def test_whoever_is_taken_on_is_cleared_and_nothing_stands_in_his_way(year: Year, now: datetime) -> None:
    """Security's yes in this prison that has not run out; what the rules found is what they find; what stood in the way
    was lifted by two people. Whoever was moved has a word that lapsed."""
    today = now.date()
    words = {c.supporter: c for c in of(year, Clearance)}
    live = {s.id for s in of(year, Scheme) if s.state is SchemeState.LIVE}
    for one in of(year, Supporter):
        word = words.get(one.id)
        if one.scheme in live and one.standing in TAKEN_ON:
            assert word is not None
            assert word.lapsed_on is None
            assert word.expires_on == months_after(word.decided_on, clearing.months(kind_of(one.kind)))
            assert word.expires_on is not None
            assert word.expires_on >= today
        if one.standing is Standing.TRANSFERRED_OUT:
            assert word is None or word.lapsed_on == one.left_on
    supporters = by_id(of(year, Supporter))
    assessments = of(year, Assessment)
    assert any(a.overrides for a in assessments)
    for made in assessments:
        assert made.holds_today(now)
        rules = [EligibilityRule(each["rule"]) for each in made.results]
        assert rules == [each.rule for each in kind_of(made.kind).eligibility]
        assert supporters[made.supporter].standing not in TAKEN_ON or made.blocked_by(now) == ()
        assert all(each["askedBy"] != each["approvedBy"] for each in made.overrides)


def test_suspensions_are_of_those_who_are_suspended_or_were_removed(year: Year) -> None:
    """One of each, and of nobody else: open within its days, or decided by two who did not suspend him."""
    suspensions = {s.supporter: s for s in of(year, Suspension)}
    told = {s.id: s.standing for s in of(year, Supporter) if s.standing in (Standing.SUSPENDED, Standing.REMOVED)}
    assert set(suspensions) == set(told)
    for id, standing in told.items():
        kept = suspensions[id]
        assert (kept.state is SuspensionState.OPEN) is (standing is Standing.SUSPENDED)
        others = [kept.reviewed_by, kept.prison_decided_by, kept.partner_decided_by]
        who = [kept.suspended_by, *(o for o in others if o is not None)]
        assert len(set(who)) == len(who)


def test_everybody_of_the_made_up_range_is_known(now: datetime) -> None:
    """So nobody who applies is refused because nothing is known of him; most have nothing in their way, and not all."""
    today = now.date()
    facts = known(today)
    assert set(facts) == {made_up_number(n) for n in range(1, 10_000)}
    assert facts == known(today), "the same each time"
    fit = 0
    for each in facts.values():
        results = evaluate(kind_of("LISTENERS").eligibility, each, cleared=True, today=today)
        unknown = {r.rule for r in results if r.outcome is RuleOutcome.UNKNOWN}
        assert unknown <= {EligibilityRule.TIME_LEFT}, "but for the release of who is on remand"
        fit += not {RuleOutcome.FAILED, RuleOutcome.REVIEW} & {r.outcome for r in results}
    assert 4_000 < fit < 9_000
