"""How far a grant reaches, over generated records and viewers: the spec of each `Within`, written a second time."""

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import Role
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import In, IsEmpty, IsFalse, IsTrue, NotIn, Reach, Until, Within, covers, fields_of
from tests.domain.given import FEW, IDS, instants, records, viewers
from tests.domain.world import NOW, World

Says = Callable[[Any, dict[str, Any], datetime], bool]


def _prison(record: Any, facts: dict[str, Any], _: datetime) -> bool:
    return record.jurisdiction in facts["jurisdictions"] and _among(record.prison, facts["prisons"])


def _among(value: Any, known: Any) -> bool:
    return known is None or (value is not None and value in known)


SPEC: dict[Within, Says] = {
    Within.ANYONE: lambda r, f, t: True,
    Within.OWN_PERSON: lambda r, f, t: r.person in f["persons"],
    Within.OWN_PERSON_TOLD: lambda r, f, t: r.person in f["persons"] and r.told_to_him is True,
    Within.OWN_ACTS: lambda r, f, t: r.author in f["authors"],
    Within.OWN_SUPPORT: lambda r, f, t: r.supporter_person in f["persons"],
    Within.OWN_PRISON: _prison,
    Within.OWN_SCHEME: lambda r, f, t: _prison(r, f, t) and _among(r.scheme, f["schemes"]),
    Within.OWN_WING: lambda r, f, t: _prison(r, f, t) and r.wing in f["wings"],
    Within.OWN_WING_ON_DUTY: lambda r, f, t: _prison(r, f, t) and r.wing in f["wings"] and t < r.readable_until,
    Within.OWN_PRISON_TONIGHT: lambda r, f, t: _prison(r, f, t) and t < r.readable_until,
    Within.OWN_PRISON_HERE: lambda r, f, t: _prison(r, f, t) and r.left_on is None,
    Within.OWN_PRISON_IN_FORCE: lambda r, f, t: (
        _prison(r, f, t)
        and r.in_force_from is not None
        and r.in_force_from <= t
        and (r.in_force_until is None or t < r.in_force_until)
    ),
    Within.OWN_PRISON_BELOW: lambda r, f, t: _prison(r, f, t) and r.goes_up is False,
    Within.OWN_SUPERVISED: lambda r, f, t: _prison(r, f, t) and _among(r.supervisor, f["authors"]),
    Within.OWN_SUPERVISEE: lambda r, f, t: _prison(r, f, t) and _among(r.supervisee, f["authors"]),
    Within.OWN_SCHEME_TOLD: lambda r, f, t: (
        _prison(r, f, t)
        and _among(r.scheme, f["schemes"])
        and r.in_force_from is not None
        and r.in_force_from <= t
        and (r.in_force_until is None or t < r.in_force_until)
        and r.staff_only is False
    ),
    Within.OWN_SCHEME_LISTED: lambda r, f, t: (
        _prison(r, f, t)
        and _among(r.scheme, f["schemes"])
        and r.in_force_from is not None
        and r.in_force_from <= t
        and (r.in_force_until is None or t < r.in_force_until)
        and r.listed is True
    ),
    Within.OWN_PARTNER: lambda r, f, t: r.jurisdiction in f["jurisdictions"] and r.organisation in f["organisations"],
    Within.OWN_ORGANISATION: lambda r, f, t: (
        _prison(r, f, t) and r.organisation in f["organisations"] and _among(r.scheme, f["schemes"])
    ),
}
"""What each reach says, in plain words. `r` is the record, `f` the viewer's facts, `t` the instant."""

NAMES = ("jurisdictions", "prisons", "wings", "organisations", "schemes", "persons", "authors")
KINDS_OF = {w: [k for k in KINDS.values() if fields_of(w.value) <= set(k.shape.fields)] for w in Within}


def _facts(viewer: Viewer) -> dict[str, Any]:
    return {name: viewer.fact(name) for name in NAMES}


@pytest.mark.parametrize("within", Within, ids=lambda w: w.name)
@FEW
@given(data=st.data(), viewer=viewers(), now=instants())
def test_each_reach_says_what_its_name_says(within: Within, data: st.DataObject, viewer: Viewer, now: datetime) -> None:
    """Each reach covers exactly the records that its plain meaning covers, for any viewer, any record, any instant."""
    record = data.draw(records(data.draw(st.sampled_from(KINDS_OF[within]))))
    assert covers(within.value, viewer, now, record) is SPEC[within](record, _facts(viewer), now)


@FEW
@given(data=st.data(), viewer=viewers(), now=instants())
def test_a_reach_is_a_conjunction(data: st.DataObject, viewer: Viewer, now: datetime) -> None:
    """A wall can only narrow: two reaches together cover what each of them covers, and nothing else."""
    record = data.draw(records(KINDS["session"]))
    names = ["scheme", "prison", "wing", "person"]
    conditions = [In(n, f) for n in names for f in NAMES]
    conditions += [NotIn(n, f) for n in names for f in NAMES]  # type: ignore[misc]
    conditions += [Until("starts_at"), IsFalse("closed"), IsTrue("closed"), IsEmpty("wing")]  # type: ignore[list-item]
    one: Reach = tuple(data.draw(st.lists(st.sampled_from(conditions), max_size=3)))
    two: Reach = tuple(data.draw(st.lists(st.sampled_from(conditions), max_size=3)))
    both = covers((*one, *two), viewer, now, record)
    assert both is (covers(one, viewer, now, record) and covers(two, viewer, now, record))


@FEW
@given(data=st.data(), viewer=viewers(), now=instants())
def test_among_and_not_among_never_hold_together(data: st.DataObject, viewer: Viewer, now: datetime) -> None:
    """A field that has a value is among the facts or not among them, never both; a field without one is among none
    that are bounded, and never walled off."""
    record = data.draw(records(KINDS["request"]))
    name, facts = data.draw(st.sampled_from([("person", "persons"), ("scheme", "schemes"), ("prison", "prisons")]))
    inside = covers((In(name, facts),), viewer, now, record)
    outside = covers((NotIn(name, facts),), viewer, now, record)
    if getattr(record, name) is None:
        assert outside
        assert inside is (viewer.fact(facts) is None)
    else:
        assert inside is not outside


@FEW
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())), now=instants())
def test_nobody_known_reaches_nothing(data: st.DataObject, kind: type[Record], now: datetime) -> None:
    """A viewer of whom nothing is known reaches no record of any kind by any line but the one that is no secret."""
    viewer = dataclasses.replace(data.draw(viewers()), facts=MappingProxyType({}))
    record = data.draw(records(kind))
    for within, kinds in KINDS_OF.items():
        if kind in kinds:
            assert covers(within.value, viewer, now, record) is (within is Within.ANYONE)


@FEW
@given(data=st.data(), viewer=viewers(), now=instants())
def test_a_fact_more_never_hides_what_was_reached(data: st.DataObject, viewer: Viewer, now: datetime) -> None:
    """A further scheme, prison or wing widens what a placed reach covers, and never narrows it."""
    record = data.draw(records(KINDS["request"]))
    name = data.draw(st.sampled_from(NAMES))
    before = viewer.fact(name)
    assume(before is not None)
    more = frozenset(before or ()) | {data.draw(st.sampled_from(["MDI", "B", "EW", *IDS]))}
    wider = dataclasses.replace(viewer, facts=MappingProxyType({**viewer.facts, name: more}))
    for within in (Within.OWN_PRISON, Within.OWN_SCHEME, Within.OWN_WING_ON_DUTY, Within.OWN_ORGANISATION):
        if covers(within.value, viewer, now, record):
            assert covers(within.value, wider, now, record)


@FEW
@given(data=st.data(), viewer=viewers(), now=instants(), later=st.integers(0, 10**6))
def test_what_has_ended_does_not_come_back(data: st.DataObject, viewer: Viewer, now: datetime, later: int) -> None:
    """What a reach with an end covers later, it covers now: time only takes away."""
    record = data.draw(records(KINDS["request"]))
    after = now + timedelta(seconds=later)
    for within in (Within.OWN_WING_ON_DUTY, Within.OWN_PRISON_TONIGHT):
        if covers(within.value, viewer, after, record):
            assert covers(within.value, viewer, now, record)


class Bare:
    """A record of which one thing is known: that a field is empty."""

    ended_at = None
    closed = None


def test_an_empty_end_is_no_end(world: World) -> None:
    """A field that holds no instant does not end."""
    for now in (NOW, NOW + timedelta(days=10_000)):
        assert covers((Until("ended_at"),), world.viewer(Role.GOVERNOR), now, Bare())  # type: ignore[arg-type]


def test_only_false_is_false(world: World) -> None:
    """A field that is empty is not false: a wall that asks for False does not open for what nobody knows."""
    assert not covers((IsFalse("closed"),), world.viewer(Role.GOVERNOR), NOW, Bare())  # type: ignore[arg-type]
    assert not covers((IsTrue("closed"),), world.viewer(Role.GOVERNOR), NOW, Bare())  # type: ignore[arg-type]
