"""Availability and certification are worked out: of the standing, the certificate and the days away, and of nothing
that anybody types."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow
from domain.kernel.moves import require
from domain.sessions import learning
from domain.sessions.record import Goal
from domain.supporters.availability import (
    Certification,
    Interval,
    NotAvailable,
    available,
    certification,
    not_available_for,
    read,
    serves,
    unfit,
    written,
)
from domain.supporters.record import Standing
from tests.domain.world import World, codes

NOT = NotAvailable
WHY = {
    Standing.PROBATION: (NOT.ON_PROBATION,),
    Standing.ACTIVE: (),
    Standing.PAUSED: (NOT.PAUSED,),
    Standing.SUSPENDED: (NOT.SUSPENDED,),
    Standing.LAPSED: (NOT.NOT_CERTIFIED,),
}


@pytest.mark.parametrize("standing", Standing)
def test_who_stands_in_the_role_is_available_and_nobody_else(world: World, standing: Standing) -> None:
    """Of all standings only ACTIVE can be had; beside another, one on probation too."""
    supporter = world.supporter(world.scheme(), standing, certificate_expires_on=world.today)
    assert not_available_for(supporter, world.clock.now) == WHY.get(standing, (NOT.NOT_IN_ROLE,))
    assert available(supporter, world.clock.now) is (standing is Standing.ACTIVE)
    assert (unfit(supporter, world.today) == ()) is (standing in (Standing.ACTIVE, Standing.PROBATION))


@pytest.mark.parametrize(
    ("days", "where"),
    [
        (None, Certification.NONE),
        (-1, Certification.EXPIRED),
        (0, Certification.EXPIRING),
        (90, Certification.EXPIRING),
        (91, Certification.VALID),
    ],
)
def test_a_certificate_is_an_axis_of_its_own(world: World, days: int | None, where: Certification) -> None:
    """To the day: on its last day it holds, and in its last 90 days it is said to end. Whatever the standing."""
    until = None if days is None else world.today + timedelta(days=days)
    for standing in (Standing.ACTIVE, Standing.PAUSED):
        supporter = world.supporter(world.scheme(), standing, certificate_expires_on=until)
        assert certification(supporter.certificate_expires_on, world.today) is where
        held = where in (Certification.VALID, Certification.EXPIRING)
        assert (NOT.NOT_CERTIFIED in not_available_for(supporter, world.clock.now)) is not held


def test_a_day_away_is_a_day_by_the_prison_s_clocks(world: World) -> None:
    """The first and the last day are of it, the days around are not; without an end it goes on."""
    today = world.today
    for first, last, gone in ((0, 0, True), (-3, -1, False), (1, 2, False), (-3, None, True), (-1, 1, True)):
        until = None if last is None else today + timedelta(days=last)
        away = written([Interval(today + timedelta(days=first), until)])
        supporter = world.supporter(world.scheme(), away=away)
        assert available(supporter, world.clock.now) is not gone, away


_DAYS = st.dates()
_INTERVALS = st.lists(st.builds(Interval, _DAYS, st.none() | _DAYS), max_size=5)


@given(_INTERVALS)
def test_what_is_written_is_read_again(intervals: list[Interval]) -> None:
    """ISO 8601 there and back: nothing is lost but order and repetition."""
    assert set(read(written(intervals))) == set(intervals)


async def test_nothing_is_planned_with_whom_a_gate_keeps_out(world: World) -> None:
    """An enrolment and a session are intentions: with an expired certificate, away, or out of the role nothing is
    planned, and every reason is told to whoever reads it on the team's list (F25, rule 18)."""
    scheme = world.scheme("SHANNON_TRUST")
    coordinator = world.viewer(Role.COORDINATOR)
    over, gone = {"certificate_expires_on": world.today - timedelta(days=1)}, {"away": (f"{world.today}/..",)}
    gates: list[tuple[dict[str, Any], list[str]]] = [
        (over, ["NOT_CERTIFIED"]),
        (gone, ["AWAY"]),
        ({"standing": Standing.SUSPENDED, **over, **gone}, ["SUSPENDED", "NOT_CERTIFIED", "AWAY"]),
    ]
    for gate, told in gates:
        standing = gate.pop("standing", Standing.ACTIVE)
        mentor = world.supporter(scheme, standing, **gate)
        with pytest.raises(NotNow) as wrong:
            await world.make(
                coordinator,
                Verb.ENROL,
                learning.enrol,
                why=Purpose.SUPPORT,
                scheme=scheme.id,
                identifier="A1234BC",
                name="Somebody Made-Up",
                wing="MDI-A",
                goal=Goal.READ_A_LETTER,
                supporter=mentor.id,
            )
        assert codes(wrong.value) == told


@pytest.mark.parametrize(
    ("role", "knows"),
    [
        *((r, True) for r in (Role.COORDINATOR, Role.PARTNER_VOLUNTEER, Role.ORDERLY_OFFICER)),
        *((r, False) for r in (Role.WING_OFFICER, Role.SUPPORTER, Role.PEER_COORDINATOR, Role.STAFF_MEMBER)),
    ],
)
async def test_why_is_told_to_those_alone_who_may_know(world: World, role: Role, knows: bool) -> None:
    """One gate for all: whoever may not know where supporters stand is told NOT_AVAILABLE and nothing beside it; nor is
    more told of a supporter out of reach to whoever knows it of his own (rule 10)."""
    scheme = world.scheme()
    of = {"away": (f"{world.today}/..",), "certificate_expires_on": world.today - timedelta(days=1)}
    his, far = world.supporter(scheme, **of), world.supporter(world.scheme(prison="LEI"), prison="LEI", **of)
    viewer = world.viewer(role, organisations=frozenset({scheme.organisation}))
    begin = world.begin_anything(viewer, Verb.PLAN_SESSION)
    for supporter, told in ((his, ["NOT_CERTIFIED", "AWAY"] if knows else ["NOT_AVAILABLE"]), (far, ["NOT_AVAILABLE"])):
        with pytest.raises(NotNow) as wrong:
            async with begin(Verb.PLAN_SESSION) as act:
                require((False, "NO_MENTOR"), *serves(act, supporter, world.today))
        assert codes(wrong.value) == (told if told == ["NOT_AVAILABLE"] else ["NO_MENTOR", *told])
