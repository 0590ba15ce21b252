"""One suite for every store: what the domain may count on, whichever one is behind it."""

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import columns
from domain.confidentiality.within import Within
from domain.oversight.record import Actor, Assignment, LedgerLine
from domain.people.record import Person
from domain.ports import Kept, Query, Raced, Scope
from domain.schemes.record import Scheme, SchemeState
from domain.sessions.request import Request
from persistence.faults import Fault
from tests.persistence import samples
from tests.persistence.drawn import Drawn
from tests.persistence.samples import EVERYWHERE, NOW, entry, look, new


async def keep(store: Any, *records: Any) -> None:
    await store.settle(entry(), [new(r) for r in records], EVERYWHERE)


async def lines(store: Any, prison: str) -> list[LedgerLine]:
    return list(await store.find(LedgerLine, Query(equal={"prison": prison}), look()))


async def test_what_was_kept_is_found_again_whole(store: Any) -> None:
    """Every field of every kind comes back as it went in, of the same type, with a version that the store counted."""
    drawn = Drawn(1)
    for kind in samples.RECORDS.values():
        records = [drawn.record(kind, n) for n in range(5)]
        await keep(store, *records)
        for record in records:
            found = await store.get(kind, record.id, look())
            assert found == dataclasses.replace(record, version=1)  # type: ignore[type-var]
            for name in kind.shape.fields:
                assert type(getattr(found, name)) is type(getattr(record, name)), name


async def test_out_of_reach_is_as_if_it_never_was(store: Any) -> None:
    """A record that the reach does not hold, and an id that nothing has, give the same nothing."""
    prison = samples.new_prison()
    scheme = samples.scheme(prison)
    await keep(store, scheme)
    here = samples.viewer(prisons=frozenset({prison}), jurisdictions=frozenset({"EW"}))
    away = samples.viewer(prisons=frozenset({"LEI"}), jurisdictions=frozenset({"EW"}))
    reach = Within.OWN_PRISON.value
    assert await store.get(Scheme, scheme.id, look(reach, by=here)) is not None
    assert await store.get(Scheme, scheme.id, look(reach, by=away)) is None
    assert await store.get(Scheme, UUID(int=1), look(reach, by=here)) is None
    assert await store.find(Scheme, Query(equal={"prison": prison}), look(reach, by=away)) == []


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(None, True), True),
        (Scope(None, False), False),
        (Scope(frozenset({"XXX", "LEI"}), True), False),
        (Scope(frozenset(), True), False),
    ],
)
async def test_the_scope_is_a_second_line(store: Any, scope: Scope, seen: bool) -> None:
    """Whatever the reach is, a scope opens rows of its prisons only, and participation only where it says so."""
    request = samples.request(samples.new_prison())
    await keep(store, request)
    found = await store.get(Request, request.id, look(scope=scope))
    assert (found is not None) is seen
    assert await store.get(Request, request.id, look(scope=Scope(frozenset({request.prison}), True))) is not None


async def test_a_list_has_an_order_and_pages_that_meet(store: Any) -> None:
    """By id, or by a field with the empty ones last: pages of two give each record once, in the order of one page."""
    prison = samples.new_prison()
    days = [None, NOW.date(), NOW.date() + timedelta(days=1), NOW.date(), None, NOW.date() - timedelta(days=1)]
    await keep(store, *(samples.scheme(prison, review_on=day, name=f"S{n % 2}") for n, day in enumerate(days)))
    equal = {"prison": prison}
    for order in (None, "review_on", "name", "state", "supporters_wanted", "closed", "id"):
        whole = list(await store.find(Scheme, Query(equal=equal, order=order), look()))
        places = [(getattr(s, order) if order else None, s.id) for s in whole]
        assert places == sorted(places, key=lambda p: (p[0] is None, p[0], p[1]) if p[0] is not None else (True, p[1]))
        paged: list[Scheme] = []
        after = None
        while page := await store.find(Scheme, Query(equal=equal, order=order, after=after, limit=2), look()):
            assert len(page) <= 2
            paged.extend(page)
            after = (getattr(page[-1], order) if order else None, page[-1].id)
        assert paged == whole
        assert len(whole) == len(days)


async def test_a_filter_finds_what_equals_it(store: Any) -> None:
    """Words, enumerations, flags, lists, days and nothing: each finds just its equals."""
    prison = samples.new_prison()
    live: dict[str, Any] = {"state": SchemeState.LIVE, "open": True, "how_to_ask": "Ask.", "closed": True}
    one = samples.scheme(prison, places=("Chapel", "Gym"), **live)
    other = samples.scheme(prison, review_on=NOW.date())
    await keep(store, one, other)
    for equal in (
        {"places": ("Chapel", "Gym")},
        {"state": SchemeState.LIVE},
        {"open": True},
        {"closed": True},
        {"review_on": None},
        {"how_to_ask": "Ask.", "review_on": None},
        {"id": one.id, "closed": True},
    ):
        found = await store.find(Scheme, Query(equal={"prison": prison} | equal), look())
        assert [s.id for s in found] == [one.id], equal


async def test_one_of_several_values_is_found_in_one_look(store: Any) -> None:
    """By id, by a word, and beside another field; none of none. What cannot be compared at rest cannot be one of
    several either."""
    prison = samples.new_prison()
    states = (SchemeState.LIVE, SchemeState.DRAFT, SchemeState.APPROVED)
    live, draft, approved = (samples.scheme(prison, state=s, open=s is SchemeState.LIVE) for s in states)
    await keep(store, live, draft, approved)
    for equal, found in (
        ({"id": frozenset({live.id, approved.id, uuid4()})}, {live.id, approved.id}),
        ({"state": frozenset(states[:2])}, {live.id, draft.id}),
        ({"state": frozenset(states), "id": draft.id}, {draft.id}),
        ({"state": frozenset(states), "review_on": None}, {live.id, draft.id, approved.id}),
        ({"state": frozenset[SchemeState]()}, set[Any]()),
    ):
        assert {s.id for s in await store.find(Scheme, Query(equal={"prison": prison} | equal), look())} == found, equal
        only = await store.find(Scheme, Query(equal={"prison": prison} | equal, only=("name",)), look())
        assert {str(id) for id in columns(only, ("id",))["id"]} == {str(id) for id in found}
    with pytest.raises(ValueError, match="places cannot be one of several"):
        await store.find(Scheme, Query(equal={"places": frozenset({"x"})}), look())


async def test_an_identifier_is_found_by_its_index(store: Any) -> None:
    """A person is found again by jurisdiction, kind and identifier, and by no other identifier or kind."""
    person = samples.person(samples.new_prison())
    await keep(store, person)
    known = {"jurisdiction": "EW", "identifier_kind": "NOMS", "identifier": person.identifier}
    assert [p.id for p in await store.find(Person, Query(equal=known), look())] == [person.id]
    for other in ({"identifier": "A0000AA"}, {"identifier_kind": "PRIS"}, {"jurisdiction": "IE"}):
        assert await store.find(Person, Query(equal=known | other), look()) == []
    other = samples.person(samples.new_prison())
    await keep(store, other)
    several = known | {"identifier": frozenset({person.identifier, other.identifier, "A0000AA"})}
    assert {p.id for p in await store.find(Person, Query(equal=several), look())} == {person.id, other.id}
    assert await store.find(Person, Query(equal=known | {"identifier": frozenset[str]()}), look()) == []


async def test_whom_a_token_speaks_for_is_found_by_its_index(store: Any) -> None:
    """A principal by issuer, kind and subject, his assignments by issuer and subject, and by nothing else of these."""
    actor = samples.actor(issuer=uuid4().hex)
    named = {"issuer": actor.issuer, "subject": actor.subject}
    held = samples.assignment(samples.new_prison(), **named)
    await keep(store, actor, held)
    known = named | {"kind": actor.kind}
    assert [(a.id, a.subject) for a in await store.find(Actor, Query(equal=known), look())] == [
        (actor.id, actor.subject)
    ]
    assert [(a.id, a.subject) for a in await store.find(Assignment, Query(equal=named), look())] == [
        (held.id, held.subject)
    ]
    for other in ({"subject": actor.subject.upper()}, {"subject": ""}, {"issuer": "another"}):
        assert await store.find(Actor, Query(equal=known | other), look()) == []
        assert await store.find(Assignment, Query(equal=named | other), look()) == []
    assert await store.find(Actor, Query(equal=known | {"kind": PrincipalKind.CLIENT}), look()) == []
    for kind, equal in ((Actor, named), (Assignment, {"subject": actor.subject})):
        with pytest.raises(ValueError, match="subject is ciphertext"):
            await store.find(kind, Query(equal=equal), look())


@pytest.mark.parametrize(
    "query",
    [
        Query(equal={"nonsense": 1}),
        Query(order="nonsense"),
        Query(equal={"name": "Smith"}),
        Query(order="name"),
        Query(equal={"identifier": "A0001AA"}),
    ],
)
async def test_what_has_no_answer_is_refused(store: Any, query: Query) -> None:
    """No filter or order by a field that is not there, or that is ciphertext without an index."""
    with pytest.raises(ValueError, match="person"):
        await store.find(Person, query, look())


async def test_a_change_needs_the_version_that_was_read(store: Any) -> None:
    """Of two changes of one version the second is refused whole: nothing of it is kept, not even its entry."""
    prison = samples.new_prison()
    scheme = samples.scheme(prison)
    await keep(store, scheme)
    changed = dataclasses.replace(scheme, name="First")
    await store.settle(entry(prison=prison), [Kept(changed, 1)], EVERYWHERE)
    for kept in ([Kept(changed, 1)], [Kept(changed, 0)], [new(samples.scheme(prison)), Kept(changed, 1)]):
        with pytest.raises(Raced):
            await store.settle(entry(prison=prison), kept, EVERYWHERE)
    with pytest.raises(Raced):
        await store.settle(entry(prison=prison), [Kept(changed, 1, erased=True)], EVERYWHERE)
    found = await store.find(Scheme, Query(equal={"prison": prison}), look())
    assert [(s.name, s.version) for s in found] == [("First", 2)]
    assert len(await lines(store, prison)) == 1


async def test_a_change_of_what_is_not_there_races(store: Any) -> None:
    """A record that was never kept, or was erased meanwhile, cannot be changed."""
    scheme = samples.scheme(samples.new_prison())
    with pytest.raises(Raced):
        await store.settle(entry(), [Kept(scheme, 1)], EVERYWHERE)
    await keep(store, scheme)
    await store.settle(entry(), [Kept(scheme, 1, erased=True)], EVERYWHERE)
    assert await store.get(Scheme, scheme.id, look()) is None
    with pytest.raises(Raced):
        await store.settle(entry(), [Kept(scheme, 1)], EVERYWHERE)


async def test_a_change_out_of_scope_changes_nothing(store: Any) -> None:
    """A settling's scope binds its writes: a row outside is not there to change, a new one outside is refused."""
    scheme = samples.scheme(samples.new_prison())
    await keep(store, scheme)
    elsewhere = Scope(frozenset({"LEI"}), True)
    with pytest.raises(Raced):
        await store.settle(entry(), [Kept(scheme, 1)], elsewhere)
    with pytest.raises(Fault):
        await store.settle(entry(), [new(samples.scheme(samples.new_prison()))], elsewhere)


async def test_many_records_are_kept_together_or_not_at_all(store: Any) -> None:
    """Changes, a new record, an erasure and an entry are one thing."""
    prison = samples.new_prison()
    one, two, three = (samples.scheme(prison, name=n) for n in ("one", "two", "three"))
    await keep(store, one, two)
    changed = dataclasses.replace(one, name="changed")
    together = [Kept(changed, 1), Kept(two, 1, erased=True), new(three)]
    await store.settle(entry(prison=prison), together, EVERYWHERE)
    found = await store.find(Scheme, Query(equal={"prison": prison}, order="name"), look())
    assert [s.name for s in found] == ["changed", "three"]


async def test_an_entry_is_read_as_its_line(store: Any) -> None:
    """An open entry shows its instant and verb; a closed one the hour and the family, whatever it was."""
    prison = samples.new_prison()
    open = entry(prison=prison, code="not-found")
    closed = entry(prison=prison, closed=True, actor=None, at=NOW + timedelta(minutes=7))
    await store.abandon(open)
    await store.settle(closed, [], EVERYWHERE)
    found = {line.id: line for line in await lines(store, prison)}
    assert found[open.id] == LedgerLine(
        id=open.id,
        at=NOW,
        readable_from=NOW,
        actor=open.actor,
        author=open.actor,
        client=None,
        role="GOVERNOR",
        purpose="oversight",
        act="READ_SCHEME",
        rule=open.rule,
        outcome="DONE",
        code="not-found",
        jurisdiction="EW",
        prison=prison,
    )
    told = found[closed.id]
    assert (told.at, told.act, told.actor) == (NOW.replace(minute=0), "LOOK", None)
    assert told.readable_from == NOW.replace(minute=0) + timedelta(hours=1, minutes=5)


async def test_lines_are_written_by_entries_alone(store: Any) -> None:
    """Nobody keeps a line as a record."""
    await store.abandon(line := entry())
    found = await store.get(LedgerLine, line.id, look())
    with pytest.raises(Fault):
        await store.settle(entry(), [Kept(found, 0)], EVERYWHERE)
