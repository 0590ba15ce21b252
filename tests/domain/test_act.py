"""An act is recorded, or it did not happen: one line for every ending, and nothing shown without one."""

import asyncio
import dataclasses
from typing import Any

import pytest

from domain.act import UNSEEN, Begin
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import View
from domain.confidentiality.entry import Family, Outcome
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import (
    Absent,
    Failure,
    NotNow,
    Refused,
    Stale,
    TagRequired,
    TooMany,
    Unacceptable,
    Unavailable,
    Unreadable,
)
from domain.leaving import standing_down
from domain.ports import Clash, Query, Raced
from domain.supporters import acts as supporters
from domain.supporters.record import LeavingReason, Standing, Supporter
from persistence.memory import MemoryStore
from tests.domain.world import NOW, PRISON, World, codes


class Stubborn(MemoryStore):
    """A store whose settling fails with these errors, one after another, before it works again."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__()
        self.errors = list(errors)

    async def settle(self, *given: Any, **named: Any) -> None:
        if self.errors:
            raise self.errors.pop(0)
        await super().settle(*given, **named)


async def test_a_look_leaves_its_line(world: World) -> None:
    """Who, as what, for what, when, by which rule, where, and which fields of which record were shown (F80)."""
    supporter = world.supporter(world.scheme())
    governor = world.viewer(Role.GOVERNOR)
    view = await world.make(governor, Verb.READ_SUPPORTER, supporters.read, supporter.id)
    (entry,) = world.store.entries
    assert (entry.actor, entry.assignment, entry.role) == (governor.actor, governor.assignment, Role.GOVERNOR)
    assert (entry.verb, entry.family, entry.purpose) == (Verb.READ_SUPPORTER, Family.LOOK, Purpose.OVERSIGHT)
    assert entry.rule == "governor.oversight.own-prison"
    assert (entry.at, entry.prison, entry.jurisdiction, entry.closed) == (NOW, PRISON, "EW", False)
    assert (entry.outcome, entry.code, entry.changes) == (Outcome.DONE, None, ())
    (sight,) = entry.sights
    assert (sight.kind, sight.ids, sight.count, sight.rule) == ("supporter", (supporter.id,), 1, entry.rule)
    assert set(sight.fields) == {n for n in view.values if n not in view.withheld}


async def test_what_was_fetched_and_shown_to_nobody_has_no_fields(world: World) -> None:
    """A record that decided something and was not shown is a sight without fields."""
    supporter = world.supporter(world.scheme())
    async with world.begin(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER)(Verb.READ_SUPPORTER) as act:
        await act.fetch(Supporter, supporter.id)
    (sight,) = world.entry.sights
    assert (sight.ids, sight.count, sight.fields) == ((supporter.id,), 1, ())


async def test_withheld_fields_are_not_among_those_shown(world: World) -> None:
    """The line names what the viewer saw, not what the record has."""
    supporter = world.supporter(world.scheme())
    sees = frozenset({Classification.OPEN})
    begin = world.begin_anything(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER, sees=sees)
    view = await supporters.read(begin, supporter.id)
    (sight,) = world.entry.sights
    assert set(sight.fields) == {"id", "scheme", "kind", "kind_version", "jurisdiction", "prison", "organisation"}
    assert set(view.withheld) & set(sight.fields) == set()


async def test_a_search_that_finds_nothing_leaves_a_line(world: World) -> None:
    """That somebody looked for supporters and found none is a line with a count of 0, and without his words."""
    await world.make(
        world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER, supporters.search, Query(equal={"wing": "canary"})
    )
    (sight,) = world.entry.sights
    assert (sight.kind, sight.ids, sight.count, sight.fields) == ("supporter", (), 0, ())
    assert world.entry.outcome is Outcome.DONE
    assert "canary" not in str(world.entry.as_json())


async def test_records_shown_alike_share_one_sight(world: World) -> None:
    """Sights are grouped by the fields that were shown; each record is in one of them."""
    found = [world.supporter(world.scheme()) for _ in range(3)]
    async with world.begin(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER)(Verb.READ_SUPPORTER) as act:
        page = await act.search(Supporter, Query())
        act.disclose(page.items[0])
        act.disclose(page.items[1])
    shown, hidden = sorted(world.entry.sights, key=lambda s: -s.count)
    assert (shown.count, hidden.count, hidden.fields) == (2, 1, ())
    assert {*shown.ids, *hidden.ids} == {s.id for s in found}


ENDINGS = [
    (Refused(), Outcome.REFUSED, "forbidden"),
    (Absent(), Outcome.ABSENT, "not-found"),
    (Unreadable(), Outcome.MALFORMED, "unreadable"),
    (Unacceptable([Failure("CANARY", "/canary")]), Outcome.MALFORMED, "unacceptable"),
    (Stale(), Outcome.STALE, "stale"),
    (TagRequired(), Outcome.STALE, "tag-required"),
    (NotNow(["CANARY"]), Outcome.NOT_NOW, "conflict"),
    (TooMany(), Outcome.LIMITED, "too-many-requests"),
    (Unavailable(), Outcome.FAILED, "unavailable"),
    (RuntimeError("CANARY"), Outcome.FAILED, None),
    (asyncio.CancelledError(), Outcome.FAILED, None),
]


@pytest.mark.parametrize(("error", "outcome", "code"), ENDINGS, ids=[type(e).__name__ for e, _, _ in ENDINGS])
async def test_every_ending_leaves_one_line(
    world: World, error: BaseException, outcome: Outcome, code: str | None
) -> None:
    """Refused, absent, malformed, stale, not now, failed or cancelled: one line, with what was seen until then, and
    nothing kept. The error goes on to the caller."""
    supporter = world.supporter(world.scheme())

    async def attempt() -> None:
        async with world.begin(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER)(Verb.READ_SUPPORTER) as act:
            act.keep_beside(dataclasses.replace(supporter, wing="C"), was=supporter)
            await act.fetch(Supporter, supporter.id)
            raise error

    with pytest.raises(type(error)):
        await attempt()
    (entry,) = world.store.entries
    assert (entry.outcome, entry.code, entry.changes) == (outcome, code, ())
    assert entry.sights[0].ids == (supporter.id,)
    assert world.kept(supporter) == supporter
    assert "CANARY" not in str(entry.as_json())


async def test_the_code_of_a_line_is_one_of_ours(world: World) -> None:
    """An error of somebody else's making may carry anything in a `code`: the ledger takes none of it."""

    class Foreign(Exception):
        code = "A1234BC canary"

    with pytest.raises(Foreign):
        await _failing(world, Foreign())
    with pytest.raises(SystemExit):
        await _failing(world, SystemExit("A1234BC canary"))
    assert [(e.outcome, e.code) for e in world.store.entries] == [(Outcome.FAILED, None)] * 2


async def _failing(world: World, error: BaseException) -> None:
    async with world.begin(world.viewer(Role.GOVERNOR), Verb.READ_POLICY)(Verb.READ_POLICY):
        raise error


async def test_out_of_reach_and_never_there_leave_the_same_line(world: World) -> None:
    """A record of another prison is as absent as one that never existed, to the caller and in the ledger."""
    elsewhere = world.supporter(world.scheme(prison="LEI"))
    governor = world.viewer(Role.GOVERNOR)
    for id in (elsewhere.id, world.ids()):
        with pytest.raises(Absent):
            await world.make(governor, Verb.READ_SUPPORTER, supporters.read, id)
    one, two = (dataclasses.replace(e, id=governor.actor) for e in world.store.entries)
    assert one == two
    assert (one.outcome, one.sights) == (Outcome.ABSENT, ())


async def test_a_view_that_cannot_be_recorded_is_never_returned() -> None:
    """If the ledger cannot be written, nothing is shown and nothing is kept: not even a look."""
    world = World(Stubborn(Unavailable()))
    supporter = world.supporter(world.scheme())
    with pytest.raises(Unavailable):
        await world.make(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER, supporters.read, supporter.id)
    assert world.store.entries == []
    world.store.errors = [Unavailable()]  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        await _stand_down(world, supporter)
    assert world.kept(supporter).standing is Standing.ACTIVE
    assert world.store.entries == []


async def _stand_down(world: World, supporter: Supporter) -> View[Supporter]:
    reason = LeavingReason.ROLE_ENDED
    governor = world.viewer(Role.GOVERNOR)
    return await world.change(governor, Verb.STAND_DOWN_SUPPORTER, standing_down.stand_down, supporter, reason=reason)


async def test_an_act_that_lost_the_race_leaves_its_line_once() -> None:
    """When another transaction won, nothing is written; run again, the last attempt alone makes the line."""
    world = World(Stubborn(Raced(), Raced()))
    supporter = world.supporter(world.scheme())
    attempts = 0
    while not world.store.entries:
        attempts += 1
        try:
            await _stand_down(world, supporter)
        except Raced:
            assert world.store.entries == []
            assert world.kept(supporter).standing is Standing.ACTIVE
    assert (attempts, len(world.store.entries)) == (3, 1)
    assert world.kept(supporter).standing is Standing.STOOD_DOWN
    assert world.entry.outcome is Outcome.DONE


async def test_two_changes_of_one_version_do_not_both_win(world: World) -> None:
    """A change is guarded by the version that was read: who comes second has raced, and overwrites nothing."""
    supporter = world.supporter(world.scheme())
    begin = world.begin(world.viewer(Role.GOVERNOR), Verb.STAND_DOWN_SUPPORTER)
    tag = world.seen(begin, supporter)

    async def between() -> None:
        async with begin(Verb.STAND_DOWN_SUPPORTER) as act:
            mine = await act.fetch(Supporter, supporter.id, seen=tag)
            await _stand_down(world, supporter)
            act.keep(dataclasses.replace(mine, wing="C"), was=mine)

    with pytest.raises(Raced):
        await between()
    assert (world.kept(supporter).wing, world.kept(supporter).version) == (supporter.wing, 2)
    assert len(world.store.entries) == 1


async def test_a_clash_is_told_by_its_rule_and_recorded_once() -> None:
    """A constraint that stands for a rule answers as that rule: not now, one line, nothing kept."""
    world = World(Stubborn(Clash("DOUBLE_BOOKED")))
    supporter = world.supporter(world.scheme())
    with pytest.raises(NotNow) as clash:
        await _stand_down(world, supporter)
    assert codes(clash.value) == ["DOUBLE_BOOKED"]
    (entry,) = world.store.entries
    assert (entry.outcome, entry.code, entry.changes) == (Outcome.NOT_NOW, "conflict", ())
    assert world.kept(supporter) == supporter


async def test_a_change_names_fields_and_versions(world: World) -> None:
    """What was changed is told by the names of the fields and by the versions before and after (F79)."""
    supporter = world.supporter(world.scheme())
    await _stand_down(world, supporter)
    (change,) = (each for each in world.entry.changes if each.kind == "supporter")
    assert (change.kind, change.id, change.before, change.after) == ("supporter", supporter.id, 1, 2)
    assert set(change.fields) == {"standing", "left_on", "left_for"}
    assert world.kept(supporter).version == 2


async def test_a_change_needs_the_tag_that_was_read(world: World) -> None:
    """Without a tag it is required; with an old one, or somebody else's, it is stale; and nothing changes."""
    supporter = world.supporter(world.scheme())
    governor, other = world.viewer(Role.GOVERNOR), world.viewer(Role.GOVERNOR)
    begin = world.begin(governor, Verb.STAND_DOWN_SUPPORTER)
    theirs = world.seen(world.begin(other, Verb.STAND_DOWN_SUPPORTER), supporter)
    old = world.seen(begin, supporter)
    moved = world.put(dataclasses.replace(supporter, wing="C"))
    for seen, error in ((UNSEEN, TagRequired), (old, Stale), (theirs, Stale), ("x", Stale)):
        with pytest.raises(error):
            await standing_down.stand_down(begin, supporter.id, seen=seen, reason=LeavingReason.HEALTH)
        assert world.kept(supporter) == moved
        assert world.entry.outcome is Outcome.STALE


async def test_a_change_that_the_viewer_cannot_see_is_not_reported(world: World) -> None:
    """A tag covers what its viewer sees: what moved under his mask makes his change neither stale nor refused."""
    supporter = world.supporter(world.scheme())
    begin = world.begin_anything(
        world.viewer(Role.GOVERNOR), Verb.STAND_DOWN_SUPPORTER, sees=frozenset({Classification.OPEN})
    )
    tag = world.seen(begin, supporter)
    world.put(dataclasses.replace(supporter, wing="C"))
    await standing_down.stand_down(begin, supporter.id, seen=tag, reason=LeavingReason.HEALTH)
    assert (world.kept(supporter).wing, world.kept(supporter).standing) == ("C", Standing.STOOD_DOWN)


async def test_what_is_decided_for_one_verb_begins_no_other(world: World) -> None:
    """A decision cannot be carried from a look to a change."""
    supporter = world.supporter(world.scheme())
    begin: Begin = world.begin(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER)
    with pytest.raises(TypeError, match="READ_SUPPORTER"):
        await standing_down.stand_down(begin, supporter.id, seen="x", reason=LeavingReason.HEALTH)
    assert world.store.entries == []
