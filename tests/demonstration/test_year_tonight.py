"""The year keeps to the rules that it did not go through: what is live tonight; and it is the same again."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from api.demonstration import cast
from api.demonstration.people import MDI
from api.demonstration.year import Year, a_year
from domain.kernel.bands import band_at, readable_until
from domain.people.record import Person
from domain.sessions.codes import Channel, Urgency
from domain.sessions.record import Enrolment, EnrolmentState, Session, SessionState
from domain.sessions.request import Request, RequestState, clocked
from domain.supporters.record import Standing, Supporter
from tests.demonstration.stage import NOW, ZONE, by_id, counting, of


def test_no_participation_of_a_closed_scheme_is_older_than_its_band(year: Year, now: datetime) -> None:
    """Rule 2: live requests of this band are all there is, readable now, and without anybody's id."""
    requests = of(year, Request)
    band, until = readable_until(now, ZONE)
    ends = band_at(now, ZONE)[1]
    for r in requests:
        assert (r.band, r.readable_until) == (band, until)
        instants = [r.asked_at, r.offered_at, r.accepted_at, r.unlocked_at, r.ended_at]
        there = [i for i in instants if i is not None]
        assert there == sorted(there)
        assert there[-1] <= now
        assert all(band_at(i, ZONE) == (band, ends) for i in there)
        assert r.person is None or not r.closed
        assert clocked(r) == r
    kinds = {r.shape.kind for r in year.records if getattr(r, "closed", False)}
    assert kinds == {"scheme", "request", "feedback"}


def test_a_board_has_something_of_everything(year: Year) -> None:
    """Every state but an expired one; one of an open policy, at the kiosk, by somebody who is known."""
    requests = of(year, Request)
    assert {r.state for r in requests} == set(RequestState) - {RequestState.EXPIRED}
    assert {r.wing for r in requests if r.prison == MDI.code} >= {"MDI-A", "MDI-B", "MDI-C", "MDI-D"}
    assert [r.state for r in requests if r.wing == "MDI-A" and r.closed] == [
        RequestState.RECEIVED,
        RequestState.OFFERED,
    ]
    (known,) = [r for r in requests if not r.closed]
    assert known.prison == MDI.code
    assert known.person is not None
    assert known.author is None


def test_a_request_is_told_as_its_state_is(year: Year) -> None:
    """Offered to whom may be asked, once; refused with a code and by whom; a life at risk is offered to nobody."""
    supporters = by_id(of(year, Supporter))
    asked: list[Any] = []
    for r in of(year, Request):
        busy = r.state in (
            RequestState.OFFERED,
            RequestState.ACCEPTED,
            RequestState.IN_PROGRESS,
            RequestState.COMPLETED,
        )
        assert (r.offered_to is not None) is busy is (r.offered_at is not None)
        met = r.state in (RequestState.IN_PROGRESS, RequestState.COMPLETED)
        assert (r.place is not None) is met is (r.unlocked_at is not None)
        assert (r.accepted_at is not None) is (met or r.state is RequestState.ACCEPTED)
        ended = r.state in (RequestState.REFUSED, RequestState.WITHDRAWN)
        assert (r.refusal_code is not None) is ended is (r.refused_by is not None) is (r.refusal_ground is not None)
        assert (r.ended_at is not None) is (ended or r.state is RequestState.COMPLETED)
        assert (r.urgency is Urgency.LIFE_AT_RISK) is (r.state is RequestState.LIFE_AT_RISK)
        assert (r.author is None) is (r.channel is Channel.KIOSK_OR_LAPTOP)
        asked += [*r.declined_by, *((r.offered_to,) if r.offered_to else ())]
    assert len(set(asked)) == len(asked)
    for id in asked:
        assert supporters[id].standing is Standing.ACTIVE
        assert supporters[id].kind == "LISTENERS"


def test_the_same_number_and_instant_make_the_same_year() -> None:
    """To the last field, where ids are the same; and another number makes another."""
    one, again, other = (a_year(counting(), NOW, n) for n in (5, 5, 6))
    assert one == again
    assert {p.name for p in of(one, Person)} != {p.name for p in of(other, Person)}


def test_ids_are_not_drawn_from_the_content() -> None:
    """Two demonstrations share no id, though they tell the same story."""
    one, again = a_year(uuid4, NOW), a_year(uuid4, NOW)
    assert not {r.id for r in one.records} & {r.id for r in again.records}
    assert [getattr(r, "name", None) for r in one.records] == [getattr(r, "name", None) for r in again.records]


@pytest.mark.parametrize("number", range(10))
def test_the_figures_do_not_hang_on_one_number(number: int) -> None:
    """Any content has the cast where it must be: the Listener free tonight, the mentor with a learner and a plan."""
    year = a_year(uuid4, NOW, number)
    people = {p.identifier: p for p in of(year, Person)}
    listener, mentor, person = (people[m.subject].id for m in (cast.LISTENER, cast.MENTOR, cast.PERSON))
    role = {s.person: s for s in of(year, Supporter) if s.person in (listener, mentor)}
    assert {role[listener].standing, role[mentor].standing} == {Standing.ACTIVE}
    assert role[listener].id not in {id for r in of(year, Request) for id in (r.offered_to, *r.declined_by)}
    own = [e for e in of(year, Enrolment) if e.person == person]
    assert [(e.supporter_person, e.state) for e in own] == [(mentor, EnrolmentState.STARTED)]
    planned = [s for s in of(year, Session) if s.enrolment == own[0].id and s.state is SessionState.PLANNED]
    assert planned
