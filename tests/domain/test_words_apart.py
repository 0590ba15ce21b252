"""Free text has an end of its own: when it has come the words are gone, and every code stands as it did (F72)."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.confidentiality.classification import Retention
from domain.confidentiality.record import Record, changed_fields
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.records import KINDS
from domain.retention.words import BATCH, RULES, shred
from tests.domain.given import plain, sample
from tests.domain.world import NOW, PRISON, World

SOON = {Retention.CONTENT_FIRST, Retention.WELLBEING_6_MONTHS}
KIND = pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.shape.kind)


def words_of(kind: type[Record]) -> set[str]:
    """The fields of a kind that hold somebody's own words, by their marks."""
    fields = kind.shape.fields.values()
    return {f.name for f in fields if plain(f.type) is str and f.mark.encrypted and f.mark.retention in SOON}


async def _tick(world: World) -> Any:
    return await world.make(world.viewer(Role.SERVICE), Verb.TICK, shred)


def _since(kind: type[Record]) -> Any:
    hint = plain(kind.shape.fields[RULES[kind].since].type)
    return NOW if hint is datetime else NOW.date()


def _put(world: World, kind: type[Record], **given: Any) -> Any:
    about = {"prison": PRISON, "jurisdiction": "EW", RULES[kind].since: _since(kind), "words_gone_on": None}
    return world.put(sample(kind, id=world.ids(), **{**about, **given}))


def test_every_field_that_holds_words_has_its_end() -> None:
    """Read off the marks: a kind that is made tomorrow with words in it is refused here until it says when they go."""
    held = {kind: words for kind in KINDS.values() if (words := words_of(kind))}
    assert {kind: set(rule.words) for kind, rule in RULES.items()} == held
    for kind in held:
        assert "words_gone_on" in kind.shape.fields


@KIND
async def test_the_words_go_on_their_day_and_every_code_stays(world: World, kind: type[Record]) -> None:
    """On the day before nothing is done, nor written down; then the words are gone, the day stands there, and no other
    field is touched. Once: another tick finds nothing."""
    was = _put(world, kind)
    rule = RULES[kind]
    assert all(getattr(was, name) for name in rule.words)
    world.clock.now = NOW + rule.after - timedelta(days=1)
    assert await _tick(world) == 0
    assert world.kept(was) == was
    assert world.store.entries == []
    world.clock.now = NOW + rule.after
    assert await _tick(world) == 1
    now = world.kept(was)
    assert set(changed_fields(was, now)) == {*rule.words, "words_gone_on"}
    assert [getattr(now, name) for name in rule.words] == [None] * len(rule.words)
    assert now.words_gone_on == world.clock.now.date()
    assert await _tick(world) == 0


@KIND
async def test_that_there_were_words_is_not_told_by_their_going(world: World, kind: type[Record]) -> None:
    """A record of that age without any says the same: what is left of the two is alike."""
    silent = _put(world, kind, **dict.fromkeys(RULES[kind].words))
    spoke = _put(world, kind)
    world.clock.now = NOW + RULES[kind].after
    assert await _tick(world) == 2
    assert dataclasses.replace(world.kept(spoke), id=silent.id) == world.kept(silent)


async def test_many_go_in_batches_the_oldest_first(world: World) -> None:
    """None is passed over, however many there are."""
    kind = next(iter(RULES))
    for number in range(BATCH + 3):
        _put(world, kind, starts_at=NOW + timedelta(seconds=number))
    world.clock.now = NOW + RULES[kind].after + timedelta(days=1)
    assert [await _tick(world) for _ in range(3)] == [BATCH, 3, 0]
