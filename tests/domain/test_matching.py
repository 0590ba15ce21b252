"""Matching over made-up requests, supporters and facts: no gate is ever passed over, and the same facts give the same
next supporter, whoever else is there and in whatever order."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.care.load import Shift
from domain.kernel.bands import Band, span
from domain.kernel.ids import PersonId, SchemeId, SupporterId
from domain.schemes.registers.places import MeetingPlace, PlaceKind
from domain.schemes.sheet import Load
from domain.sessions.matching import Facts, Gate, Rules, next_supporter, ranked, shift_at, stopped
from domain.sessions.request import Request
from domain.supporters.record import Standing, Supporter
from tests.domain.given import sample
from tests.domain.world import NOW

SCHEME, ELSEWHERE = SchemeId(UUID(int=1, version=4)), SchemeId(UUID(int=2, version=4))
TONIGHT = Shift(date(2026, 1, 13), Band.NIGHT)
LOAD = Load(hours_soft=6, hours_hard=9, nights_in_seven=2, rest_hours=11)
MAN = PersonId(UUID(int=77, version=4))


def supporter_of(number: int, **more: Any) -> Supporter:
    """One whom no gate stops."""
    plain: dict[str, Any] = {
        "id": SupporterId(UUID(int=100 + number, version=4)),
        "person": PersonId(UUID(int=200 + number, version=4)),
        "scheme": SCHEME,
        "jurisdiction": "EW",
        "prison": "MDI",
        "wing": "MDI-B",
        "standing": Standing.ACTIVE,
        "languages": ("en",),
        "certificate_expires_on": date(2026, 6, 1),
        "away": (),
    }
    return sample(Supporter, **{**plain, **more})


def request_of(**more: Any) -> Request:
    plain: dict[str, Any] = {
        "scheme": SCHEME,
        "jurisdiction": "EW",
        "prison": "MDI",
        "wing": "MDI-B",
        "closed": True,
        "person": None,
        "language": None,
        "declined_by": (),
        "not_wanted": (),
    }
    return sample(Request, **{**plain, **more})


def place_of(**more: Any) -> MeetingPlace:
    made = sample(MeetingPlace, prison="MDI", wing=None, outage=None)
    return dataclasses.replace(made, kind=PlaceKind.ROOM, **more)


NIGHTS = tuple(Shift(TONIGHT.day - timedelta(days=n), Band.NIGHT) for n in (2, 4))
DAYS = tuple(Shift(TONIGHT.day - timedelta(days=n), Band.PM) for n in (1, 2, 3, 4))
PEOPLE = [supporter_of(n) for n in range(6)]
IDS = [p.id for p in PEOPLE]
some_ids = st.frozensets(st.sampled_from(IDS))


@st.composite
def supporters(draw: st.DrawFn) -> list[Supporter]:
    """Some of six, each with something that may stop him."""
    few = draw(st.lists(st.sampled_from(range(6)), unique=True, min_size=1))
    faults: list[dict[str, Any]] = [
        *[{}] * 6,
        *({"standing": s} for s in (Standing.PROBATION, Standing.PAUSED, Standing.SUSPENDED)),
        {"certificate_expires_on": date(2026, 1, 13)},
        {"certificate_expires_on": None},
        {"away": ("2026-01-10/..",)},
        {"away": ("2026-01-01/2026-01-13",)},
        {"prison": "LEI"},
        {"scheme": ELSEWHERE},
        {"wing": "C"},
        {"languages": ("cy", "en")},
        {"person": MAN},
    ]
    return [supporter_of(n, **draw(st.sampled_from(faults))) for n in few]


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    shifts = st.sampled_from([(), (TONIGHT,), NIGHTS, DAYS, (Shift(date(2026, 1, 12), Band.AM),)])
    his = {id: draw(shifts) for id in IDS}
    places = st.sampled_from([(), (place_of(),), (place_of(wing="C"),), (place_of(outage=UUID(int=5, version=4)),)])
    few = st.frozensets(st.sampled_from(IDS), max_size=2)
    return Facts(
        now=NOW,
        load=LOAD,
        shifts=his,
        rostered=frozenset(id for id, s in his.items() if TONIGHT in s),
        busy=draw(few),
        himself=draw(few),
        non_associations=draw(few),
        co_defendants=draw(few),
        places=draw(places),
        helped=tuple(draw(st.lists(st.sampled_from(IDS), unique=True))),
        turns={id: draw(st.sampled_from("abc")) for id in IDS},
        rules=Rules(language_gates=draw(st.booleans())),
    )


@st.composite
def requests(draw: st.DrawFn) -> Request:
    closed = draw(st.booleans())
    return request_of(
        closed=closed,
        person=None if closed else MAN,
        language=draw(st.sampled_from([None, "en", "cy", "cy-GB", "so"])),
        declined_by=tuple(draw(st.frozensets(st.sampled_from(IDS), max_size=2))),
        not_wanted=tuple(draw(st.frozensets(st.sampled_from(IDS), max_size=2))),
    )


def _may(r: Request, s: Supporter, f: Facts) -> bool:
    """The gates, said a second time and in other words."""
    if (s.scheme, s.prison, s.standing) != (r.scheme, r.prison, "ACTIVE") or s.person == r.person:
        return False
    if s.certificate_expires_on is None or s.certificate_expires_on < date(2026, 1, 14) or s.away == ("2026-01-10/..",):
        return False
    kept_out = {*f.busy, *f.himself, *f.non_associations, *f.co_defendants, *r.declined_by, *r.not_wanted}
    if s.id in kept_out:
        return False
    somebody = any(TONIGHT in his for his in f.shifts.values())
    if somebody and TONIGHT not in f.shifts[s.id]:
        return False
    if not somebody and f.shifts[s.id] == NIGHTS:
        return False  # a third night in seven
    if not somebody and f.shifts[s.id] == DAYS:
        return False  # four afternoons are fourteen hours, and nine are the most
    if f.rules.language_gates and r.language is not None and r.language[:2] not in s.languages:
        return False
    return not f.places or (f.places[0].outage is None and (f.places[0].wing is None or s.wing == "C"))


@given(requests(), supporters(), facts())
def test_no_gate_is_ever_passed_over(request: Request, people: list[Supporter], known: Facts) -> None:
    """Whoever is asked may be asked, and whoever may be asked is on the list: by the gates as they are said here."""
    assert set(ranked(request, people, known)) == {s.id for s in people if _may(request, s, known)}


@given(requests(), supporters(), facts(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_changes_nothing(request: Request, people: Any, known: Facts, dice: Any) -> None:
    """The same supporters in any order: the same list, so the same next one."""
    mixed = list(people)
    dice.shuffle(mixed)
    assert ranked(request, mixed, known) == ranked(request, people, known)


@given(requests(), supporters(), facts(), st.data())
def test_whoever_was_not_chosen_changes_nothing(request: Request, people: Any, known: Facts, data: Any) -> None:
    """Without one who was not chosen, the same one is."""
    first = next_supporter(request, people, known)
    others = [s for s in people if s.id != first]
    gone = data.draw(st.sampled_from(others)) if others else None
    assert next_supporter(request, [s for s in people if s is not gone], known) == first


@given(requests(), supporters(), facts(), some_ids)
def test_an_enemy_only_leaves_the_list(request: Request, people: Any, known: Facts, enemies: Any) -> None:
    """With and without a non-association the list differs by the enemies, and in nothing else: the others keep their
    order, so that the next offer is all that can differ (rule 11)."""
    free = dataclasses.replace(known, non_associations=frozenset[SupporterId]())
    kept = dataclasses.replace(known, non_associations=enemies)
    assert ranked(request, people, kept) == [id for id in ranked(request, people, free) if id not in enemies]


@given(requests(), supporters(), facts())
def test_under_a_closed_policy_history_changes_nothing(request: Request, people: Any, known: Facts) -> None:
    """Whoever helped before ranks only where the policy is open."""
    closed = dataclasses.replace(request, closed=True, person=None)
    without = dataclasses.replace(known, helped=())
    assert ranked(closed, people, known) == ranked(closed, people, without)


ONE = PEOPLE[0]
STOPS: dict[Gate, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    Gate.ELSEWHERE: ({}, {"prison": "LEI"}, {}),
    Gate.STANDING: ({}, {"standing": Standing.SUSPENDED}, {}),
    Gate.CERTIFICATE: ({}, {"certificate_expires_on": date(2026, 1, 13)}, {}),
    Gate.AWAY: ({}, {"away": ("2026-01-14/2026-01-14",)}, {}),
    Gate.HIMSELF: ({"closed": False, "person": ONE.person}, {}, {}),
    Gate.BUSY: ({}, {}, {"busy": {ONE.id}}),
    Gate.DECLINED: ({"declined_by": (ONE.id,)}, {}, {}),
    Gate.NOT_WANTED: ({"not_wanted": (ONE.id,)}, {}, {}),
    Gate.NON_ASSOCIATION: ({}, {}, {"non_associations": {ONE.id}}),
    Gate.CO_DEFENDANT: ({}, {}, {"co_defendants": {ONE.id}}),
    Gate.ROTA: ({}, {}, {"rostered": {IDS[1]}}),
    Gate.LOAD: ({}, {}, {"shifts": {ONE.id: NIGHTS}}),
    Gate.REST: ({}, {}, {"shifts": {ONE.id: (TONIGHT,)}, "now": datetime(2026, 1, 14, 9, 0, tzinfo=UTC)}),
    Gate.LANGUAGE: ({"language": "so"}, {}, {"rules": Rules(language_gates=True)}),
    Gate.PLACE: ({}, {}, {"places": (place_of(wing="C"),)}),
}


@pytest.mark.parametrize("gate", Gate)
def test_each_gate_stops_by_itself(gate: Gate) -> None:
    """One fault, one gate, and nobody is next; without it he is."""
    asked, he, known = STOPS[gate]
    plain = Facts(now=NOW, load=LOAD)
    assert next_supporter(request_of(), [ONE], plain) == ONE.id
    request, him = request_of(**asked), dataclasses.replace(ONE, **he)
    facts = dataclasses.replace(plain, **{n: frozenset(v) if isinstance(v, set) else v for n, v in known.items()})
    assert stopped(request, him, facts) == {gate}
    assert next_supporter(request, [him], facts) is None


def test_the_ranks_in_their_order() -> None:
    """Language before continuity, continuity before the fair turn, that before the keyed order."""
    plain = Facts(now=NOW, load=LOAD, turns=dict(zip(IDS, "fedcba", strict=True)))
    request = request_of(closed=False, person=MAN, language="cy")
    people = [*PEOPLE[:5], dataclasses.replace(PEOPLE[5], languages=("en", "cy"))]
    known = dataclasses.replace(
        plain, helped=(IDS[2], IDS[1]), shifts={IDS[4]: (Shift(TONIGHT.day - timedelta(days=3), Band.PM),)}
    )
    assert ranked(request, people, known) == [IDS[5], IDS[2], IDS[1], IDS[3], IDS[0], IDS[4]]
    # What the rota asked more than a week ago is no reason to pass somebody over.
    old = dataclasses.replace(known, shifts={IDS[4]: (Shift(TONIGHT.day - timedelta(days=7), Band.PM),)})
    assert ranked(request, people, old) == [IDS[5], IDS[2], IDS[1], IDS[4], IDS[3], IDS[0]]


def test_a_forgotten_rota_leaves_nobody_alone() -> None:
    """Where nothing was published for this band, whoever may be asked is asked."""
    rested = {ONE.id: (Shift(TONIGHT.day - timedelta(days=3), Band.AM),)}
    assert next_supporter(request_of(), [ONE], Facts(now=NOW, load=LOAD, shifts=rested)) == ONE.id


def test_another_persons_yes_to_a_hard_limit_holds_at_night_too() -> None:
    """He is rostered tonight for a third night in seven, with a second person's yes: he is asked like anybody."""
    facts = Facts(now=NOW, load=LOAD, shifts={ONE.id: (*NIGHTS, TONIGHT)}, rostered=frozenset({ONE.id}))
    assert next_supporter(request_of(), [ONE], facts) == ONE.id


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda t: t.replace(tzinfo=UTC)))  # noqa: DTZ001
def test_every_instant_is_in_its_own_band(now: datetime) -> None:
    """The band that is found holds the instant: across midnight and the change of the clocks."""
    zone = "Europe/London"
    shift = shift_at(now, zone)
    begins, ends = span(shift.day, shift.band, zone)
    assert begins <= now < ends
