"""Where a supporter stands: in training, active, at rest, gone. Gates stand on the write."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Unacceptable
from domain.leaving import standing_down
from domain.schemes.kinds import kind_of
from domain.supporters import acts as supporters
from domain.supporters.record import STANDING_MOVES, LeavingReason, Standing, Supporter
from tests.domain.world import World, codes


def _state(supporter: Any) -> list[str]:
    return [f"STATE_{supporter.standing}"]


# Training and activating.


async def _train(world: World, supporter: Any, **progress: Any) -> View[Supporter]:
    coordinator = world.viewer(Role.COORDINATOR)
    return await world.change(coordinator, Verb.TRAIN_SUPPORTER, supporters.train, supporter, **progress)


async def test_progress_adds_up(world: World) -> None:
    """Modules gather in the kind's order, the compact keeps its first day; no contact is counted by a word."""
    supporter = world.supporter(world.scheme(), Standing.ACCEPTED)
    modules = kind_of("LISTENERS").modules
    await _train(world, supporter, modules_passed=(modules[2],))
    started = world.kept(supporter)
    assert (started.standing, started.compact_signed_on) == (Standing.IN_TRAINING, None)
    first = world.today
    await _train(world, supporter, modules_passed=(modules[0], modules[2]), compact_signed=True)
    world.clock.forward(days=2)
    await _train(world, supporter, compact_signed=True)
    kept = world.kept(supporter)
    assert (kept.modules_passed, kept.observed_contacts) == ((modules[0], modules[2]), 0)
    assert (kept.compact_signed_on, kept.standing) == (first, Standing.IN_TRAINING)


async def test_only_modules_of_the_kind_are_passed(world: World) -> None:
    """A module that the kind does not have is refused, and nothing of the same note is kept."""
    supporter = world.supporter(world.scheme(), Standing.ACCEPTED)
    with pytest.raises(Unacceptable) as wrong:
        await _train(world, supporter, modules_passed=("LISTENING", "TURNING_PAGES"))
    assert (codes(wrong.value), world.kept(supporter)) == (["MODULE_UNKNOWN"], supporter)


@pytest.mark.parametrize("standing", Standing)
async def test_who_is_accepted_or_learning_is_trained(world: World, standing: Standing) -> None:
    """Training is for those who were accepted, and goes on through probation; nobody else's progress is noted."""
    supporter = world.supporter(world.scheme(), standing)
    if standing in (Standing.ACCEPTED, Standing.IN_TRAINING, Standing.PROBATION):
        await _train(world, supporter, compact_signed=True)
        expected = Standing.IN_TRAINING if standing is Standing.ACCEPTED else standing
        assert world.kept(supporter).standing is expected
    else:
        with pytest.raises(NotNow) as wrong:
            await _train(world, supporter, compact_signed=True)
        assert codes(wrong.value) == _state(supporter)


async def _activate(world: World, supporter: Any) -> View[Supporter]:
    return await world.change(world.viewer(Role.COORDINATOR), Verb.ACTIVATE_SUPPORTER, supporters.activate, supporter)


async def test_probation_ends_when_every_gate_is_passed(world: World) -> None:
    """Observed contacts, four weeks, a certificate in force: to the day, and all that is missing is told (F22, S20)."""
    scheme = world.scheme()
    start = world.today - timedelta(days=27)
    gone = world.today - timedelta(days=1)
    gates: dict[str, Any] = {"observed_contacts": 2, "probation_from": start, "certificate_expires_on": gone}
    supporter = world.supporter(scheme, Standing.PROBATION, **gates)
    with pytest.raises(NotNow) as wrong:
        await _activate(world, supporter)
    assert codes(wrong.value) == ["OBSERVED_CONTACTS_MISSING", "PROBATION_NOT_OVER", "CERTIFICATE_EXPIRED"]
    just = {"observed_contacts": 3, "probation_from": start - timedelta(days=1), "certificate_expires_on": world.today}
    ready = world.supporter(scheme, Standing.PROBATION, **just)
    await _activate(world, ready)
    assert (world.kept(ready).standing, world.kept(ready).active_from) == (Standing.ACTIVE, world.today)


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.PROBATION])
async def test_only_probation_ends_in_activation(world: World, standing: Standing) -> None:
    """Nobody becomes active from elsewhere by this act: not out of training, and not out of a rest."""
    supporter = world.supporter(world.scheme(), standing)
    with pytest.raises(NotNow) as wrong:
        await _activate(world, supporter)
    assert f"STATE_{standing}" in codes(wrong.value)


# Resting and leaving.


async def test_a_supporter_takes_a_rest_himself(world: World) -> None:
    """He may pause at any time, alone, without a reason: the record has no place for one. He cannot pause another."""
    scheme = world.scheme()
    supporter, other = world.supporter(scheme), world.supporter(scheme)
    himself = world.supporting(supporter)
    await world.change(himself, Verb.PAUSE_SUPPORTER, supporters.pause, supporter)
    assert (world.kept(supporter).standing, world.kept(supporter).paused_on) == (Standing.PAUSED, world.today)
    assert {n for n in Supporter.shape.fields if "pause" in n} == {"paused_on"}
    with pytest.raises(Absent):
        await world.change(himself, Verb.PAUSE_SUPPORTER, supporters.pause, other)


@pytest.mark.parametrize(("active_from", "back"), [(date(2025, 1, 1), Standing.ACTIVE), (None, Standing.PROBATION)])
async def test_one_comes_back_to_where_one_stood(world: World, active_from: date | None, back: Standing) -> None:
    """After a rest a supporter is active again, or on probation again if he was never active: by two words, his own and
    that of whoever supports him, in either order; the same one twice is not two."""
    for own_first in (True, False):
        given: dict[str, Any] = {"active_from": active_from, "paused_on": world.today}
        supporter = world.supporter(world.scheme(), Standing.PAUSED, **given)
        words = [world.supporting(supporter), world.viewer(Role.COORDINATOR)]
        first, second = words if own_first else words[::-1]
        await world.change(first, Verb.RESUME_SUPPORTER, supporters.resume, supporter)
        assert world.kept(supporter).standing is Standing.PAUSED
        with pytest.raises(NotNow) as wrong:
            await world.change(first, Verb.RESUME_SUPPORTER, supporters.resume, supporter)
        assert codes(wrong.value) == ["ALREADY_SAID"]
        await world.change(second, Verb.RESUME_SUPPORTER, supporters.resume, supporter)
        kept = world.kept(supporter)
        assert (kept.standing, kept.paused_on, kept.own_word_on, kept.supervisor_word_on) == (back, None, None, None)


async def test_nobody_comes_back_on_an_expired_certificate(world: World) -> None:
    """A rest does not outlast the training; and who does not rest does not come back."""
    scheme, coordinator = world.scheme(), world.viewer(Role.COORDINATOR)
    gone = world.today - timedelta(days=1)
    for standing, expired in ((Standing.PAUSED, ["CERTIFICATE_EXPIRED"]), (Standing.ACTIVE, ["STATE_ACTIVE"])):
        until = gone if standing is Standing.PAUSED else world.today
        supporter = world.supporter(scheme, standing, certificate_expires_on=until)
        with pytest.raises(NotNow) as wrong:
            await world.change(coordinator, Verb.RESUME_SUPPORTER, supporters.resume, supporter)
        assert codes(wrong.value) == expired


@pytest.mark.parametrize("standing", Standing)
async def test_the_role_can_be_left_from_anywhere_but_its_end(world: World, standing: Standing) -> None:
    """Whoever is on the way or in the role can be stood down, and nobody else; with a reason that blames
    nobody and a day."""
    supporter = world.supporter(world.scheme(), standing)
    given: dict[str, Any] = {"reason": LeavingReason.OWN_WISH}
    act = world.change(
        world.viewer(Role.COORDINATOR), Verb.STAND_DOWN_SUPPORTER, standing_down.stand_down, supporter, **given
    )
    if Standing.STOOD_DOWN not in STANDING_MOVES[standing]:
        with pytest.raises(NotNow) as wrong:
            await act
        assert codes(wrong.value) == [f"STATE_{standing}"]
    else:
        await act
        kept = world.kept(supporter)
        assert (kept.standing, kept.left_on, kept.left_for) == (
            Standing.STOOD_DOWN,
            world.today,
            LeavingReason.OWN_WISH,
        )
