"""The year keeps to the rules that it did not go through: people, schemes and supporters, whatever instant it ends at.

No act made these records, so each rule that an act would have kept is asked here again, of the records as they are.
"""

import dataclasses
from collections import Counter
from datetime import datetime, timedelta

from api.demonstration.people import PRISONS, is_made_up
from api.demonstration.year import Year
from domain.confidentiality.admission import admit
from domain.life.acts import leads
from domain.oversight.record import Assignment
from domain.people.record import Person
from domain.schemes.kinds import kind_of
from domain.schemes.record import SERVING, Scheme, SchemeState
from domain.sessions.record import Enrolment, Induction, Session
from domain.supporters.record import GONE, Competence, LeavingReason, Standing, Supporter, Verdict, left
from tests.demonstration.stage import by_id, of


def test_everybody_is_made_up_and_there_once(year: Year) -> None:
    """Ids are used once; prison numbers are of the made-up range and once; nobody else is named anywhere."""
    ids = [r.id for r in year.records]
    assert len(set(ids)) == len(ids)
    people = of(year, Person)
    assert len({p.identifier for p in people}) == len({p.name for p in people}) == len(people)
    assert all(is_made_up(p.identifier) and p.person == p.id for p in people)
    known = {p.name for p in people}
    assert {r.name for kind in (Supporter, Enrolment) for r in of(year, kind)} <= known
    assert {i.name for i in of(year, Induction)} - {None} <= known


def test_whoever_is_named_by_id_is_there(year: Year) -> None:
    """No id of a person, supporter, scheme or enrolment leads nowhere, and each is of the record's own prison."""
    people, supporters, schemes = (by_id(of(year, k)) for k in (Person, Supporter, Scheme))
    enrolments = by_id(of(year, Enrolment))
    for record in year.records:
        for name, found in (
            ("person", people),
            ("supporter_person", people),
            ("supporter", supporters),
            ("offered_to", supporters),
            ("scheme", schemes),
            ("enrolment", enrolments),
        ):
            id = getattr(record, name, None)
            if id is not None:
                assert id in found, (record, name)
                if name in ("supporter", "offered_to", "scheme", "enrolment"):
                    assert found[id].prison == getattr(record, "prison", None)


def test_supporters_and_sessions_name_whom_their_records_name(year: Year) -> None:
    """The person behind a supporter is one, wherever both are said."""
    supporters = by_id(of(year, Supporter))
    for record in (*of(year, Session), *of(year, Induction), *of(year, Enrolment)):
        if record.supporter is not None:
            assert record.supporter_person == supporters[record.supporter].person
    people = by_id(of(year, Person))
    assert all(people[s.person].name == s.name for s in supporters.values())


def test_every_record_of_a_scheme_may_be_held_by_it(year: Year) -> None:
    """Admission, asked of all of them; and a scheme is as closed as its kind."""
    schemes = by_id(of(year, Scheme))
    for scheme in schemes.values():
        assert scheme.closed is kind_of(scheme.kind).policy.closed
        assert scheme.organisation == kind_of(scheme.kind).partner
    asked = [r for r in year.records if getattr(r, "scheme", None) is not None and "closed" in r.shape.fields]
    assert len(asked) > 3000
    for record in asked:
        scheme = schemes[record.scheme]  # type: ignore[attr-defined]
        assert getattr(record, "closed", None) is scheme.closed
        # What is said besides of where its supporter stands is ours, and answers are an evaluation's.
        ours = {name: () for name in ("earlier_for", "marks", "answers") if name in record.shape.fields}
        admit(dataclasses.replace(record, **ours), kind_of(scheme.kind).policy)  # type: ignore[type-var]


def test_schemes_are_live_but_for_drafts_a_pilot_and_one_that_rests(year: Year, now: datetime) -> None:
    """Three kinds live in each prison, opened with a way to ask, a review ahead and somebody's yes; beside them
    drafts, a pilot within its limit, and one that was suspended until a day that lies ahead."""
    schemes = of(year, Scheme)
    for prison in PRISONS:
        live = [s for s in schemes if s.prison == prison.code and s.state is SchemeState.LIVE]
        assert sorted(s.kind for s in live) == ["INSIDERS", "LISTENERS", "SHANNON_TRUST"]
    others = (SchemeState.DRAFT, SchemeState.PILOT, SchemeState.SUSPENDED)
    assert Counter(s.state for s in schemes) == {
        SchemeState.LIVE: 6,
        SchemeState.DRAFT: 4,
        SchemeState.PILOT: 1,
        SchemeState.SUSPENDED: 1,
    }
    supporters = of(year, Supporter)
    for scheme in schemes:
        opened, lived = scheme.state is not SchemeState.DRAFT, scheme.state not in others[:2]
        assert scheme.open is (scheme.state in SERVING)
        assert (scheme.approved_by is not None) is opened
        assert (scheme.opened_on is not None and scheme.opened_on <= now.date()) is opened
        assert (scheme.live_from is not None and scheme.live_from <= now.date()) is lived
        suspended = (scheme.suspended_for, scheme.suspended_at, scheme.suspension_review_on)
        assert (None not in suspended) is (scheme.state is SchemeState.SUSPENDED)
        assert scheme.suspension_review_on is None or scheme.suspension_review_on > now.date()
        assert scheme.how_to_ask
        assert scheme.purpose
        assert scheme.places
        assert scheme.review_on is not None
        assert scheme.review_on > now.date()
        assert scheme.supporters_needed <= min(scheme.supporters_wanted, scheme.pilot_limit)
        active = sum(s.scheme == scheme.id and s.standing is Standing.ACTIVE for s in supporters)
        assert (active >= scheme.supporters_needed) is opened
        assert lived or active <= scheme.pilot_limit


def test_the_service_will_find_one_scheme_at_risk_and_no_other(year: Year, now: datetime) -> None:
    """Whoever led its supervision has left. Of every other open scheme somebody of its prison leads it, who may."""
    held = {a.id: a for a in of(year, Assignment)}
    vacant: list[str] = []
    for scheme in (s for s in of(year, Scheme) if s.open):
        if scheme.supervision_lead is None:
            vacant.append(f"{scheme.prison} {scheme.kind} {scheme.state}")
            continue
        assert leads(held[scheme.supervision_lead], scheme, now.date())
        assert scheme.supervision_since is not None
    assert vacant == ["LEI INSIDERS LIVE"]


def test_every_standing_has_the_past_that_leads_there(year: Year, now: datetime) -> None:
    """The gates of `domain.supporters.acts`: verdicts, modules, compact, certificate, observed contacts, days."""
    today = now.date()
    for s in of(year, Supporter):
        kind = kind_of(s.kind)
        yes = (s.prison_verdict, s.partner_verdict) == (Verdict.YES, Verdict.YES if kind.partner_certifies else None)
        dates = [s.applied_on, s.compact_signed_on, s.certified_on, s.probation_from, s.active_from]
        past = [d for d in (*dates, s.paused_on or s.left_on) if d is not None]
        assert past == sorted(past)
        assert past[-1] <= today
        assert (s.rejected_for is not None) is (s.standing is Standing.REJECTED)
        by_others = s.standing in (Standing.REJECTED, Standing.TRAINING_FAILED, Standing.REMOVED)
        assert (s.left_on is not None) is (s.standing in GONE or by_others)
        assert (s.left_for is not None) is (s.standing in GONE and not by_others)
        assert s.left_for is None or s.standing is left(s.left_for)
        assert (s.paused_on is not None) is (s.standing is Standing.PAUSED)
        assert s.left_on is None or today - s.left_on < timedelta(days=365)
        certified = s.certified_on is not None
        assert certified is (s.certificate is not None) is (s.probation_from is not None)
        if certified:
            assert yes
            assert s.modules_passed == kind.modules
            assert s.compact_signed_on is not None
            assert s.certificate_expires_on is not None
            assert (s.certificate_expires_on < today) is (s.standing is Standing.LAPSED)
        if s.active_from is not None:
            assert s.probation_from is not None
            assert s.observed_contacts >= kind.observed_contacts
            assert s.signed_off == tuple(Competence)
            assert s.active_from - s.probation_from >= timedelta(days=kind.probation_days)
        match s.standing:
            case Standing.APPLIED | Standing.DEFERRED | Standing.WAITING:
                assert s.prison_verdict is None
                assert s.partner_verdict is not Verdict.NO
                assert kind.partner_certifies or s.partner_verdict is None
                assert not s.modules_passed
                assert s.compact_signed_on is None
            case Standing.REJECTED:
                assert sorted(map(str, (s.prison_verdict, s.partner_verdict))) == ["NO", "None"]
            case Standing.ACCEPTED:
                assert yes
                assert not s.modules_passed
                assert not certified
            case Standing.IN_TRAINING:
                assert yes
                assert s.modules_passed
                assert not certified
                assert set(s.modules_passed) < set(kind.modules)
            case Standing.PROBATION:
                assert certified
                assert s.active_from is None
            case Standing.ACTIVE | Standing.PAUSED | Standing.SUSPENDED | Standing.LAPSED | Standing.REMOVED:
                assert s.active_from is not None
            case Standing.TRAINING_FAILED:
                assert s.failed_module in set(kind.modules) - set(s.modules_passed)
                assert not certified
            case Standing.STOOD_DOWN | Standing.TRANSFERRED_OUT | Standing.RELEASED | Standing.DECEASED:
                assert yes


def test_counts_are_near_the_figures(year: Year) -> None:
    """Fifteen to twenty-one Listeners, eight Insiders, twelve mentors; no prison above its aim; every standing seen,
    but that nobody dies here."""
    supporters, schemes = of(year, Supporter), of(year, Scheme)
    live = {(s.prison, s.kind): s for s in schemes if s.state is SchemeState.LIVE}
    for prison in PRISONS:
        active = Counter(
            s.kind for s in supporters if s.standing is Standing.ACTIVE and s.scheme == live[prison.code, s.kind].id
        )
        assert 15 <= active["LISTENERS"] <= min(21, live[prison.code, "LISTENERS"].supporters_wanted)
        assert (active["INSIDERS"], active["SHANNON_TRUST"]) == (8, 12)
        assert {s.standing for s in supporters if s.prison == prison.code} == set(Standing) - {Standing.DECEASED}
    assert 4000 <= len(year.records) <= 6600


def test_no_open_application_is_there_twice(year: Year) -> None:
    """One person has one application in one scheme; and nobody is learner and mentor here."""
    applied = [(s.scheme, s.person) for s in of(year, Supporter)]
    assert len(set(applied)) == len(applied)
    assert not {s.person for s in of(year, Supporter)} & {e.person for e in of(year, Enrolment)}


def test_who_was_transferred_or_released_is_not_on_the_wing(year: Year) -> None:
    """A leaver's whereabouts agree with why he left."""
    people = by_id(of(year, Person))
    for s in of(year, Supporter):
        person = people[s.person]
        match s.left_for:
            case LeavingReason.TRANSFERRED:
                assert person.prison != s.prison
            case LeavingReason.RELEASED:
                assert person.wing is None
            case _:
                assert (person.prison, person.wing) == (s.prison, s.wing)
