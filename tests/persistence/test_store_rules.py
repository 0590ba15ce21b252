"""For every store: the rules that a constraint stands for, keys that are used once, and serial acts."""

import asyncio
import dataclasses
from datetime import UTC, date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.care.cover import CoverNeed
from domain.care.pattern import RotaLine
from domain.care.roster import RosterEntry
from domain.confidentiality.record import Record
from domain.evaluation.reporting import EvaluationReport
from domain.feedback.codes import FeedbackSheets
from domain.feedback.pulses import PulseResult
from domain.kernel.errors import KeyInFlight
from domain.kernel.ids import MonthCountId
from domain.metrics.record import Figure, RollUp
from domain.oversight.record import LedgerLine
from domain.packs.covering import CoverKept
from domain.ports import Clash, Kept, Query, Raced
from domain.schemes.exceptions import ExceptionList
from domain.schemes.record import Scheme
from domain.schemes.registers.hours import Weekday
from domain.schemes.registers.times import ServiceTime
from domain.sessions.mixed import MonthCount
from domain.sessions.record import Session, SessionState
from domain.supporters.record import Standing
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.clearing import Clearance
from domain.supporters.recruiting.panel import PanelScore
from persistence.clashes import ONCE
from tests.http import furniture
from tests.persistence import samples
from tests.persistence.samples import EVERYWHERE, NOW, entry, look, new


def _kind(kind: type[Record]) -> str:
    return kind.shape.kind


async def keep(store: Any, *records: Any) -> None:
    await store.settle(entry(), [new(r) for r in records], EVERYWHERE)


async def lines(store: Any, prison: str) -> list[LedgerLine]:
    return list(await store.find(LedgerLine, Query(equal={"prison": prison}), look()))


async def test_nobody_is_booked_twice(store: Any) -> None:
    """A learner or a mentor, in either part, has no two sessions that overlap; ends may meet, and what was not
    delivered frees its time."""
    prison = samples.new_prison()
    first = samples.session(prison)
    await keep(store, first)
    later = {"starts_at": NOW + timedelta(minutes=10), "ends_at": NOW + timedelta(minutes=30)}
    for who in (
        {"person": first.person},
        {"supporter_person": first.supporter_person},
        {"person": first.supporter_person},
        {"supporter_person": first.person},
    ):
        with pytest.raises(Clash, match="NOT_AVAILABLE"):
            await keep(store, samples.session(prison, **who, **later))
    with pytest.raises(Clash, match="NOT_AVAILABLE"):
        await keep(store, samples.scheme(prison), samples.session(prison, person=first.person, **later))
    await keep(store, samples.session(prison, person=first.person, starts_at=first.ends_at, ends_at=later["ends_at"]))
    await keep(store, samples.session(prison, **later))
    moved = dataclasses.replace(first, state=SessionState.NOT_DELIVERED)
    await store.settle(entry(), [Kept(moved, 1)], EVERYWHERE)
    again = samples.session(prison, person=first.person, ends_at=NOW + timedelta(minutes=20))
    await keep(store, again)
    with pytest.raises(Clash, match="NOT_AVAILABLE"):
        await store.settle(entry(), [Kept(first, 2)], EVERYWHERE)
    found = await store.find(Session, Query(equal={"prison": prison}), look())
    assert len(found) == 4
    assert await store.find(Scheme, Query(equal={"prison": prison}), look()) == []


async def test_two_times_of_a_scheme_are_never_on_at_once(store: Any) -> None:
    """Whichever way they overlap, the later one is refused as a race: run again, the act finds the first and says so. A
    night of Sunday's is on into Monday; another scheme's times, and those of other weeks, are no matter."""
    prison = samples.new_prison()
    night = samples.service_time(prison, Weekday.SUNDAY, "21:00", "07:00", valid_until=date(2025, 3, 9))
    await keep(store, night)
    monday = samples.service_time(prison, Weekday.MONDAY, "06:30", "08:00", scheme=night.scheme)
    last = dataclasses.replace(monday, valid_from=date(2025, 3, 10))
    after = dataclasses.replace(monday, valid_from=date(2025, 3, 11))
    for overlapping in (monday, last, dataclasses.replace(night, id=monday.id, starts="23:00", ends="23:30")):
        assert night.hours().overlaps(overlapping.hours())
        with pytest.raises(Raced):
            await keep(store, overlapping)
    await keep(store, dataclasses.replace(monday, id=uuid4(), scheme=uuid4()))
    await keep(store, after, dataclasses.replace(night, id=uuid4(), starts="20:00", ends="21:00"))
    with pytest.raises(Raced):
        await store.settle(entry(), [Kept(monday, 1)], EVERYWHERE)
    found = await store.find(ServiceTime, Query(equal={"scheme": night.scheme}), look())
    assert {t.valid_from for t in found if t.weekday is Weekday.MONDAY} == {after.valid_from}


async def test_one_application_is_open_at_a_time(store: Any) -> None:
    """A person applies once to a scheme until that is decided; then again."""
    prison = samples.new_prison()
    first = samples.supporter(prison)
    again = samples.supporter(prison, scheme=first.scheme, person=first.person)
    await keep(store, first)
    with pytest.raises(Clash, match="ALREADY_APPLIED"):
        await keep(store, again)
    await keep(store, samples.supporter(prison, scheme=first.scheme), samples.supporter(prison, person=first.person))
    rejected = dataclasses.replace(first, standing=Standing.REJECTED)
    await store.settle(entry(), [Kept(rejected, 1)], EVERYWHERE)
    await keep(store, again)


async def test_the_same_is_not_assigned_twice(store: Any) -> None:
    """Not while the first waits or holds; again after it was ended, for days after it, or to somewhere else."""
    prison = samples.new_prison()
    first = samples.assignment(prison)
    await keep(store, first)
    same: dict[str, Any] = {"holder": first.holder}
    with pytest.raises(Clash, match="ALREADY_ASSIGNED"):
        await keep(store, samples.assignment(prison, **same))
    next_year = {"starts_on": first.ends_on + timedelta(days=1), "ends_on": first.ends_on + timedelta(days=9)}
    others: list[dict[str, Any]] = [next_year, {"scheme": uuid4()}, {"organisation": "OTHER"}]
    for other in others:
        await keep(store, samples.assignment(prison, **same, **other))
    await keep(store, samples.assignment(None, **same))
    with pytest.raises(Clash, match="ALREADY_ASSIGNED"):
        await keep(store, samples.assignment(None, **same))
    await store.settle(entry(), [Kept(dataclasses.replace(first, ended_at=NOW), 1)], EVERYWHERE)
    await keep(store, samples.assignment(prison, **same))


async def test_a_second_row_for_one_person_or_principal_is_a_race(store: Any) -> None:
    """Whoever runs his act again finds the first one's row."""
    person, actor = samples.person(samples.new_prison()), samples.actor()
    await keep(store, person, actor)
    with pytest.raises(Raced):
        await keep(store, samples.person(samples.new_prison(), identifier=person.identifier))
    with pytest.raises(Raced):
        await keep(store, samples.actor(issuer=actor.issuer, subject=actor.subject))


SAID_ONCE: tuple[type[Record], ...] = (
    *(ExceptionList, CoverNeed, RotaLine, RosterEntry, Application, PanelScore, Clearance, MonthCount, RollUp),
    *(EvaluationReport, Figure, CoverKept, FeedbackSheets, PulseResult),
)
"""Kinds of which no two may say the same, by hand: one that the memory store forgets is missed here."""


def _of_its_own(kind: type[Record]) -> Record:
    """One of the kind that may not be there twice, in a place where nothing else is."""
    there = (r for r in furniture.records() if type(r) is kind and ONCE[kind](r) is not None)
    mixed = MonthCount(
        id=MonthCountId(uuid4()),
        jurisdiction="EW",
        prison=samples.new_prison(),
        month=date(2026, 11, 1),
        tallies=0,
        requests=0,
    )
    one: Any = next(there, mixed)
    of = {name: uuid4() for name in ("id", "scheme", "supporter", "evaluation") if getattr(one, name, None) is not None}
    return dataclasses.replace(one, version=0, **of)


@pytest.mark.parametrize("kind", SAID_ONCE, ids=_kind)
async def test_a_second_row_that_says_the_same_is_a_race(store: Any, kind: type[Record]) -> None:
    """Of every kind of which two may not say the same, in every store: whoever was second runs his act again. Kept
    again as it is, it is no second."""
    first: Any = _of_its_own(kind)
    await keep(store, first)
    with pytest.raises(Raced):
        await keep(store, dataclasses.replace(first, id=uuid4()))
    await store.settle(entry(), [Kept(dataclasses.replace(first, version=1), 1)], EVERYWHERE)
    await store.settle(entry(), [Kept(dataclasses.replace(first, version=2), 2, erased=True)], EVERYWHERE)
    await keep(store, dataclasses.replace(first, id=uuid4()))


async def test_a_key_is_used_once(store: Any) -> None:
    """The use of a key is kept with the change that it stood for; the next use of it is told of the first."""
    use = samples.use()
    assert await store.used(use.actor, use.route, use.key) is None
    await store.settle(entry(), [new(samples.scheme(samples.new_prison()))], EVERYWHERE, use)
    assert await store.used(use.actor, use.route, use.key) == use
    for other in ({"actor": uuid4()}, {"route": "POST /v1/schemes"}, {"key": "another"}):
        told = dataclasses.replace(use, **other)
        assert await store.used(told.actor, told.route, told.key) is None
    prison = samples.new_prison()
    scheme = samples.scheme(prison)
    for kept in ([new(scheme)], [new(scheme), new(samples.scheme(prison))]):
        with pytest.raises(KeyInFlight):
            await store.settle(entry(prison=prison), kept, EVERYWHERE, use)
    assert await store.find(Scheme, Query(equal={"prison": prison}), look()) == []
    assert await lines(store, prison) == []


async def test_a_key_of_a_change_that_failed_is_free(store: Any) -> None:
    """What was not kept has used no key."""
    use, scheme = samples.use(), samples.scheme(samples.new_prison())
    with pytest.raises(Raced):
        await store.settle(entry(), [Kept(scheme, 1)], EVERYWHERE, use)
    assert await store.used(use.actor, use.route, use.key) is None
    await store.settle(entry(), [new(scheme)], EVERYWHERE, use)
    await store.settle(entry(), [Kept(scheme, 1)], EVERYWHERE, samples.use())


@pytest.mark.parametrize("several", [False, True])
async def test_a_key_that_has_run_out_is_as_if_unused(store: Any, several: bool) -> None:
    """After its end a key is new again, and its new use takes the old one's place: by the instant that it is, whatever
    the entry's may be blurred to."""
    old = samples.use(until=NOW)
    prison = samples.new_prison()
    await store.settle(entry(at=NOW - timedelta(days=3)), [new(samples.scheme(prison))], EVERYWHERE, old)
    await store.abandon(entry())
    assert await store.used(old.actor, old.route, old.key) is None
    again = dataclasses.replace(old, subject=uuid4(), until=NOW + timedelta(days=3))
    kept = [new(samples.scheme(prison)) for _ in range(2 if several else 1)]
    await store.settle(entry(at=NOW - timedelta(days=1)), kept, EVERYWHERE, again)
    assert await store.used(old.actor, old.route, old.key) == again


async def test_a_letter_is_handed_in_with_its_key(store: Any) -> None:
    """The key of a letter has no subject, and an end that tells no more than a day (rule 1)."""
    use = samples.use(subject=None)
    await store.settle(entry(closed=True, actor=None), [], EVERYWHERE, use, [samples.letter()])
    found = await store.used(use.actor, use.route, use.key)
    assert found is not None
    assert (found.subject, found.body) == (None, use.body)
    assert found.until == (use.until + timedelta(days=1)).replace(hour=0, minute=0)
    assert found.until.tzinfo is UTC
    with pytest.raises(KeyInFlight):
        await store.settle(entry(), [], EVERYWHERE, use, [samples.letter()])


async def test_a_serial_act_sees_one_moment(store: Any) -> None:
    """Inside, what others settle meanwhile is not seen; and if it was looked for, the act loses."""
    prison = samples.new_prison()
    await keep(store, samples.scheme(prison))
    async with store.serially() as serial:
        before = await serial.find(Scheme, Query(equal={"prison": prison}), look())
        await keep(store, samples.scheme(prison))
        assert await serial.find(Scheme, Query(equal={"prison": prison}), look()) == before
    assert len(await store.find(Scheme, Query(equal={"prison": prison}), look())) == 2


async def test_two_serial_acts_that_read_what_the_other_writes_cannot_both_be_kept(store: Any) -> None:
    """Each sees no active supporter and adds one: run one after the other, the second would have seen the first."""
    scheme, prison = uuid4(), samples.new_prison()
    query = Query(equal={"scheme": scheme, "standing": Standing.ACTIVE})

    async def add() -> bool:
        try:
            async with store.serially() as serial:
                if await serial.find(type(samples.supporter(prison)), query, look()):
                    return False
                await asyncio.sleep(0.05)
                one = samples.supporter(prison, scheme=scheme, standing=Standing.ACTIVE)
                await serial.settle(entry(), [new(one)], EVERYWHERE)
                return True
        except Raced:
            return False

    assert sorted(await asyncio.gather(add(), add())) == [False, True]
    assert len(await store.find(type(samples.supporter(prison)), query, look())) == 1


async def test_serial_acts_that_do_not_meet_are_all_kept(store: Any) -> None:
    """Their entries stand side by side in the ledger, where every fence looks: that alone never costs one a retry."""
    prison = samples.new_prison()

    async def add() -> None:
        async with store.serially() as serial:
            await serial.settle(entry(prison=prison), [new(samples.scheme(prison))], EVERYWHERE)

    for _ in range(5):
        await asyncio.gather(*(add() for _ in range(8)))
    assert len(await store.find(Scheme, Query(equal={"prison": prison}, limit=100), look())) == 40


async def test_a_serial_act_that_is_left_keeps_nothing(store: Any) -> None:
    """Leaving the block without settling, or by an error, leaves no trace; its line goes by another way."""
    prison = samples.new_prison()

    async def leave() -> None:
        async with store.serially() as serial:
            await serial.find(Scheme, Query(equal={"prison": prison}), look())
            await serial.abandon(entry(prison=prison))
            raise RuntimeError("left")

    with pytest.raises(RuntimeError, match="left"):
        await leave()
    async with store.serially() as serial:
        await serial.get(Scheme, uuid4(), look())
    assert len(await lines(store, prison)) == 1


async def test_a_clash_inside_a_serial_act(store: Any) -> None:
    """The rule is named, nothing is kept, and the store is well after it."""
    prison = samples.new_prison()
    first = samples.session(prison)
    await keep(store, first)

    async def book() -> None:
        async with store.serially() as serial:
            await serial.find(Session, Query(equal={"prison": prison}), look())
            await serial.settle(entry(prison=prison), [new(samples.session(prison, person=first.person))], EVERYWHERE)

    with pytest.raises(Clash, match="NOT_AVAILABLE"):
        await book()
    await store.abandon(entry(prison=prison))
    assert len(await lines(store, prison)) == 1
