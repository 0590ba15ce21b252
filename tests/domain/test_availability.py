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
from domain.sessions import learning
from domain.sessions.record import Goal
from domain.supporters.availability import (
    Certification,
    Interval,
    NotAvailable,
    available,
    certification,
    may_serve,
    not_available_for,
    read,
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
    assert may_serve(supporter, world.clock.now) is (standing in (Standing.ACTIVE, Standing.PROBATION))


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
    """An enrolment and a session are intentions: with an expired certificate, or away, he is not available, in the one
    word for every reason (F25, rule 18)."""
    scheme = world.scheme("SHANNON_TRUST")
    coordinator = world.viewer(Role.COORDINATOR)
    gates: list[dict[str, Any]] = [
        {"certificate_expires_on": world.today - timedelta(days=1)},
        {"away": (f"{world.today}/..",)},
        {"standing": Standing.SUSPENDED},
    ]
    for gate in gates:
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
        assert codes(wrong.value) == ["NOT_AVAILABLE"]
