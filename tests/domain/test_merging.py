"""Two numbers that are one man: nothing is lost, nobody is let off, and it does not matter what was heard of first
(F91, rule 23)."""

import dataclasses
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import records
from domain.confidentiality.classification import Classification
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow
from domain.kernel.ids import PersonId, SupporterId
from domain.merging import reversing
from domain.merging.doubles import FOLLOW, STAY
from domain.merging.merge import merge, move_booking, resolved
from domain.merging.rekeying import APART, kinds_naming, naming, read, written
from domain.people.acts import person_of
from domain.people.merges import MergeState, PersonMerge
from domain.people.record import Person
from domain.people.reviews import MovementReview, ReviewKind
from domain.schemes.record import Scheme
from domain.sessions.record import Enrolment, EnrolmentState
from domain.sessions.request import Request
from domain.supporters.record import Standing, Supporter
from tests.domain.given import sample
from tests.domain.world import PRISON, World

A, B, C = "A1001AA", "A1002AA", "A1003AA"
_S = Standing


async def joined(world: World, survivor: str, removed: str, at: datetime | None = None) -> str:
    """The event, as the reader of events has it done."""
    async with world.begin(world.viewer(Role.SERVICE), Verb.TICK).serially(Verb.TICK) as act:
        return await merge(act, "EW", survivor, removed, at or world.clock.now)


def known(world: World, number: str) -> Person | None:
    return next((p for p in world.records(Person) if p.identifier == number), None)


def enrolment(world: World, of: Scheme, person: Person, mentor: Supporter | None = None, **more: Any) -> Enrolment:
    given: dict[str, Any] = {
        "state": EnrolmentState.STARTED if mentor else EnrolmentState.WAITING,
        "supporter": None if mentor is None else mentor.id,
        "supporter_person": None if mentor is None else mentor.person,
        "mentor_since": None if mentor is None else world.today,
        "enrolled_on": world.today - timedelta(days=20),
        **more,
    }
    where = {n: getattr(of, n) for n in ("jurisdiction", "prison", "organisation")}
    id: Any = world.ids()
    return world.put(Enrolment(id=id, scheme=of.id, wing="MDI-B", person=person.id, name=person.name, **where, **given))


def told(world: World) -> dict[tuple[str, Any], Any]:
    """All that there is, but the reviews and the map, and no versions."""
    return {
        key: dataclasses.replace(each, version=0)  # type: ignore[type-var]
        for key, each in world.store.records.items()
        if key[0] not in ("movement-review", "person-merge")
    }


def standing(world: World) -> dict[tuple[str, Any], Any]:
    """The same; of a role that has ended only whose it is: what was added to it before it ended went on with it."""
    return {
        key: (each.person, each.standing) if isinstance(each, Supporter) and each.left_on else each
        for key, each in told(world).items()
    }


def names(world: World, person: Person) -> list[Record]:
    """Whatever still names him."""
    return [
        each
        for each in world.store.records.values()
        for name in naming(type(each), PersonId)
        if getattr(each, name) == person.id
    ]


def test_every_kind_that_names_a_person_is_joined_or_said_to_be_apart() -> None:
    """A kind that is added tomorrow is joined by its shape; the map itself and the person are the only exceptions."""
    assert records.KINDS is KINDS
    naming_one = {name for name, kind in KINDS.items() if naming(kind, PersonId)}
    assert {kind.shape.kind for kind in kinds_naming(PersonId)} == naming_one - APART
    assert {"supporter", "request", "enrolment", "debrief", "incident"} <= naming_one


def test_every_kind_that_names_a_supporter_follows_or_stays() -> None:
    """It is said of each whether it goes over to the role that stays."""
    naming_one = {name for name, kind in KINDS.items() if naming(kind, SupporterId)} - {"supporter"}
    assert naming_one == FOLLOW | STAY
    assert not FOLLOW & STAY


def test_what_is_written_down_is_read_again() -> None:
    """Every value of a record that a merge may change comes back as it was."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    supporter = world.supporter(scheme)
    for each in (supporter, enrolment(world, scheme, world.person("X", C), supporter), scheme):
        for name, field in each.shape.fields.items():
            value = getattr(each, name)
            if "Mapping" not in str(field.type):
                assert read(field.type, json.loads(json.dumps(written(value)))) == value, name


@pytest.mark.parametrize(
    ("old", "new", "stays"),
    [
        (_S.SUSPENDED, _S.ACTIVE, _S.SUSPENDED),
        (_S.ACTIVE, _S.SUSPENDED, _S.SUSPENDED),
        (_S.REMOVED, _S.ACTIVE, _S.REMOVED),
        (_S.PAUSED, _S.PROBATION, _S.PAUSED),
        (_S.APPLIED, _S.ACTIVE, _S.ACTIVE),
        (_S.APPLIED, _S.APPLIED, _S.APPLIED),
    ],
)
async def test_the_stricter_of_two_roles_stays(old: Standing, new: Standing, stays: Standing) -> None:
    """Whoever was suspended under one number is not let off by the other; what he learned adds up, and a review is
    raised that says to the cleared that it was a merge."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    gone, other = world.person("Man", A), world.person("Man", B)
    first = world.supporter(scheme, old, of_person=gone, modules_passed=("one",))
    second = world.supporter(scheme, new, of_person=other, modules_passed=("two",))
    assert await joined(world, B, A) == "MERGED"
    after = [world.kept(first), world.kept(second)]
    assert {each.person for each in after} == {other.id}
    (still,) = [each for each in after if each.standing not in (_S.STOOD_DOWN,)]
    assert still.standing is stays
    assert still.modules_passed == (("one",) if stays is _S.REMOVED else ("one", "two"))
    assert known(world, A) is None
    (review,) = [r for r in world.records(MovementReview) if r.supporter == still.id]
    assert (review.kind, review.scheme, review.prison) == (ReviewKind.MERGED, scheme.id, PRISON)
    assert not names(world, gone)


async def test_what_one_role_did_goes_over_to_the_one_that_stays() -> None:
    """His learners, and every case."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    gone, other = world.person("Man", A), world.person("Man", B)
    suspended = world.supporter(scheme, _S.SUSPENDED, of_person=gone)
    active = world.supporter(scheme, of_person=other)
    his = enrolment(world, scheme, world.person("Learner", C), active)
    await joined(world, B, A)
    now = world.kept(his)
    assert (now.supporter, now.supporter_person, now.state) == (suspended.id, other.id, EnrolmentState.STARTED)


async def test_a_man_does_not_mentor_himself() -> None:
    """The enrolment ends in words that say nothing; those who are cleared read that it was a merge."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    gone, other = world.person("Man", A), world.person("Man", B)
    mentor = world.supporter(scheme, of_person=gone)
    his = enrolment(world, scheme, other, mentor)
    await joined(world, B, A)
    now = world.kept(his)
    assert (now.state, now.ended_for, now.ended_on) == (EnrolmentState.WITHDRAWN_LEARNER, None, world.today)
    (review,) = [r for r in world.records(MovementReview) if r.enrolment == his.id]
    assert review.kind is ReviewKind.MERGED
    assert MovementReview.shape.fields["kind"].mark.classification is Classification.SECURITY


async def test_of_two_running_enrolments_in_a_scheme_one_stays() -> None:
    """The one that has begun."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    gone, other = world.person("Man", A), world.person("Man", B)
    begun = enrolment(world, scheme, gone, world.supporter(scheme))
    waiting = enrolment(world, scheme, other)
    await joined(world, B, A)
    assert world.kept(begun).state is EnrolmentState.STARTED
    assert world.kept(waiting).state is EnrolmentState.WITHDRAWN_LEARNER


STANDINGS = st.sampled_from([_S.APPLIED, _S.IN_TRAINING, _S.PROBATION, _S.ACTIVE, _S.PAUSED, _S.SUSPENDED, _S.REMOVED])
PERSON = st.one_of(st.none(), st.tuples(STANDINGS, st.one_of(st.none(), STANDINGS), st.booleans()))


def peopled(drawn: Sequence[Any]) -> World:
    """Three numbers, each of somebody with roles in one or two schemes and perhaps an enrolment, or of nobody."""
    world = World()
    one, two = world.scheme("SHANNON_TRUST"), world.scheme("INSIDERS")
    third = world.scheme("SHANNON_TRUST", name="The other one")
    for number, of in zip((A, B, C), drawn, strict=True):
        if of is None:
            continue
        person = world.person("Man", number)
        first, second, learns = of
        world.supporter(one, first, of_person=person)
        if second is not None:
            world.supporter(two, second, of_person=person)
        if learns:
            enrolment(world, third, person, enrolled_on=world.today - timedelta(days=int(number[4])))
    return world


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(drawn=st.tuples(PERSON, PERSON, PERSON), again=st.booleans())
async def test_in_whatever_order_and_how_often_it_is_heard_the_end_is_the_same(drawn: Any, again: bool) -> None:
    """A became B, and B became C: heard in either order, once or twice, the same men, roles and enrolments are left,
    nothing names who is no more, and both old numbers lead to the same man."""
    ends: list[Any] = []
    for order in permutations([(B, A), (C, B)]):
        world = peopled(drawn)
        people = {p.identifier: p for p in world.records(Person)}
        for survivor, removed in order:
            await joined(world, survivor, removed)
            if again:
                before = told(world)
                assert await joined(world, survivor, removed) == "ALREADY_MERGED"
                assert told(world) == before
        assert {p.identifier for p in world.records(Person)} == ({C} if people else set())
        stays = known(world, C)
        for number, person in people.items():
            assert (stays is not None and person.id == stays.id) or not names(world, person), number
        async with world.begin(world.viewer(Role.SERVICE), Verb.TICK)(Verb.TICK) as act:
            assert [await resolved(act, "EW", number) for number in (A, B, C)] == [C, C, C]
        ends.append(standing(world))
    assert ends[0] == ends[1]


async def test_a_number_that_is_no_more_leads_to_the_man() -> None:
    """Whoever types the old number finds him, and makes no second row of him."""
    world = World()
    man = world.person("Man", B)
    assert await joined(world, B, A) == "MAPPED"
    begin = world.begin_anything(world.viewer(Role.SERVICE), Verb.TICK)
    async with begin(Verb.TICK) as act:
        assert (await person_of(act, "EW", PRISON, A, "Man", None)).id == man.id


async def test_a_live_request_of_a_closed_policy_is_not_touched_and_nothing_tells_of_it() -> None:
    """The line of the ledger, the map, what may be put back and the reviews are as those of a man who asked for
    nothing; and were there one that names a person, which the tables refuse, it would be left as it is."""
    lines: list[Any] = []
    for asked in (True, False):
        world = World()
        listeners = world.scheme("LISTENERS")
        gone, _ = world.person("Man", A), world.person("Man", B)
        world.supporter(world.scheme("INSIDERS"), of_person=gone)
        if asked:
            request = world.put(live(world, listeners, gone))
        await joined(world, B, A)
        if asked:
            assert world.kept(request) == request
        (kept,) = world.records(PersonMerge)
        line = world.entry
        lines.append(
            (
                [(c.kind, c.fields) for c in line.changes],
                line.closed,
                line.prison,
                [(r["kind"], sorted(r["was"])) for r in json.loads(kept.undo or "{}")["rows"]],
                [(r.kind, r.asks) for r in world.records(MovementReview)],
                kept.prison,
            )
        )
    assert lines[0] == lines[1]


def live(world: World, of: Scheme, person: Person) -> Request:
    """He asks for a Listener tonight."""
    return sample(Request, id=world.ids(), scheme=of.id, prison=of.prison, closed=True, person=person.id)


async def test_a_man_of_whom_nothing_may_be_read_is_on_no_list() -> None:
    """Whose only row came of asking for a Listener, or of nothing: the map alone says that the number changed, and it
    has no prison, so that nobody reads it."""
    world = World()
    world.person("Man", A)
    world.person("Man", B)
    assert await joined(world, B, A) == "MERGED"
    (kept,) = world.records(PersonMerge)
    assert (kept.prison, kept.undo) == (None, None)
    assert not world.records(MovementReview)
    reader = world.viewer(Role.INFORMATION_GOVERNANCE)
    with pytest.raises(Absent):
        await reversing.doubt(
            world.begin(reader, Verb.DOUBT_PERSON_MERGE, purpose=Purpose.INVESTIGATION), kept.id, seen="x"
        )


async def taken_back(world: World) -> PersonMerge:
    """One says that it was wrong, another takes it back."""
    (kept,) = world.records(PersonMerge)
    one, other = (world.viewer(Role.INFORMATION_GOVERNANCE) for _ in range(2))
    begin = world.begin(one, Verb.DOUBT_PERSON_MERGE, purpose=Purpose.INVESTIGATION)
    view = await reversing.doubt(begin, kept.id, seen=world.seen(begin, kept))
    begin = world.begin(one, Verb.REVERSE_PERSON_MERGE, purpose=Purpose.INVESTIGATION)
    with pytest.raises(NotNow) as refused:
        await reversing.reverse(begin, kept.id, seen=world.seen(begin, view))
    assert [f.code for f in refused.value.failures] == ["SECOND_PERSON_NEEDED"]
    begin = world.begin(other, Verb.REVERSE_PERSON_MERGE, purpose=Purpose.INVESTIGATION)
    await reversing.reverse(begin, kept.id, seen=world.seen(begin, view))
    return world.kept(kept)


@pytest.mark.parametrize("both", [True, False])
async def test_taken_back_all_is_as_it_was(both: bool) -> None:
    """With nothing changed since, but for the versions; and the event heard again does not bring it back."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    gone = world.person("Man", A)
    world.supporter(scheme, _S.SUSPENDED, of_person=gone)
    if both:
        other = world.person("Man", B)
        enrolment(world, scheme, world.person("Learner", C), world.supporter(scheme, of_person=other))
    before, at = told(world), world.clock.now
    await joined(world, B, A, at)
    assert told(world) != before
    kept = await taken_back(world)
    assert (kept.state, kept.undo) == (MergeState.REVERSED, None)
    assert told(world) == before
    assert await joined(world, B, A, at) == "ALREADY_MERGED"
    assert told(world) == before


async def test_taken_back_what_has_changed_since_stays_and_is_put_before_a_person() -> None:
    """He goes back to whose he was; what was changed of him since stays, and a person looks."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    gone, _ = world.person("Man", A), world.person("Man", B)
    his = world.supporter(scheme, of_person=gone)
    hers = enrolment(world, world.scheme("SHANNON_TRUST", name="Another"), gone)
    await joined(world, B, A)
    changed = world.kept(his)
    world.put(dataclasses.replace(changed, wing="MDI-C"), version=changed.version + 1)
    await taken_back(world)
    assert (world.kept(his).person, world.kept(his).wing) == (gone.id, "MDI-C")
    assert world.kept(hers).person == gone.id
    kinds = [(r.kind, r.person) for r in world.records(MovementReview) if r.supporter == his.id]
    assert (ReviewKind.MERGE_REVERSED, gone.id) in kinds


async def test_a_moved_booking_takes_what_was_made_in_it() -> None:
    """What was made before it stays; and heard again it finds nothing."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    man = world.person("Man", A)
    early = world.supporter(scheme, of_person=man)
    begins = world.clock.now
    world.clock.forward(hours=1)
    begin = world.begin(world.viewer(Role.SERVICE), Verb.TICK)
    async with begin(Verb.TICK) as act:
        late = Enrolment(
            id=world.ids(),  # type: ignore[arg-type]
            scheme=scheme.id,
            jurisdiction="EW",
            prison=PRISON,
            organisation=scheme.organisation,
            wing=None,
            person=man.id,
            name="Man",
            enrolled_on=world.today,
        )
        act.keep_beside(late)
    world.clock.forward(hours=1)

    async def moved() -> str:
        async with world.begin(world.viewer(Role.SERVICE), Verb.TICK).serially(Verb.TICK) as act:
            return await move_booking(act, "EW", A, B, begins, world.clock.now)

    assert await moved() == "MOVED"
    target = known(world, B)
    assert target is not None
    assert world.kept(late).person == target.id
    assert world.kept(early).person == man.id
    assert [r.kind for r in world.records(MovementReview)] == [ReviewKind.BOOKING_MOVED]
    assert await moved() == "NOTHING_KNOWN"
    assert {p.identifier for p in world.records(Person)} == {A, B}, "neither number leads to the other"
    await taken_back(world)
    assert (world.kept(late).person, world.kept(early).person) == (man.id, man.id)
    assert await moved() == "ALREADY_MERGED"
    assert world.kept(late).person == man.id


async def test_a_moved_booking_of_no_beginning_moves_nothing() -> None:
    """What is a man's would be another's whole: people look."""
    world = World()
    his = world.supporter(world.scheme("SHANNON_TRUST"), of_person=(man := world.person("Man", A)))
    begin = world.begin(world.viewer(Role.SERVICE), Verb.TICK)
    async with begin.serially(Verb.TICK) as act:
        assert await move_booking(act, "EW", A, B, None, world.clock.now) == "DIFFERS"
    assert world.kept(his).person == man.id
    assert known(world, B) is None
    assert [(r.kind, r.person) for r in world.records(MovementReview)] == [(ReviewKind.BOOKING_MOVED, man.id)]


async def test_one_number_that_became_two_is_put_before_a_person() -> None:
    """Nothing is joined."""
    world = World()
    scheme = world.scheme("SHANNON_TRUST")
    world.supporter(scheme, of_person=world.person("Man", A))
    world.person("Other", C)
    assert await joined(world, B, A) == "REKEYED"
    assert await joined(world, C, A) == "DIFFERS"
    assert {p.identifier for p in world.records(Person)} == {B, C}
    assert [r.kind for r in world.records(MovementReview)] == [ReviewKind.MERGED, ReviewKind.MERGE_DIFFERS]
