"""What no line of the policy reaches, whoever holds it: checked line by line over the whole table."""

import dataclasses
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.disclosure import NEVER
from domain.confidentiality.grants import GRANTS, Grant
from domain.confidentiality.policy import filterable, reach_of
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import Within, covers
from domain.kernel.errors import Absent, Unreadable
from domain.oversight import looking
from domain.ports import Query
from domain.records import LedgerLine
from domain.sessions import answering
from domain.supporters import acts as supporters
from tests.domain.given import SOME_ID, sample
from tests.domain.world import NOW, PRISON, WING, World, codes, grant_of, search_schemes

PLACED = {Within.OWN_WING, Within.OWN_WING_ON_DUTY, Within.OWN_PRISON_TONIGHT, Within.OWN_PRISON}
PLACED |= {Within.OWN_SCHEME, Within.OWN_ORGANISATION, Within.OWN_PRISON_IN_FORCE}
PLACED |= {Within.OWN_PRISON_BELOW, Within.OWN_SUPERVISED, Within.OWN_SUPERVISEE, Within.OWN_SCHEME_TOLD}
PLACED |= {Within.OWN_SCHEME_LISTED}
PLACED |= {Within.OWN_PRISON_HERE}
WALLED = PLACED | {Within.OWN_PARTNER}
OWN = {Within.OWN_PERSON, Within.OWN_PERSON_TOLD, Within.OWN_ACTS, Within.OWN_SUPPORT}
MAKING = {Verb.ASK, Verb.GIVE_FEEDBACK}
HIMSELF = UUID(int=7, version=4)
"""One of the ids of whoever looks: what he supervises bears it."""
PAIRS = sorted(
    {(g, kind) for g in GRANTS for v in g.may - MAKING if (kind := ABOUT[v].kind) is not None},
    key=lambda pair: (pair[0].rule, pair[1]),
)
REACHES = [(grant, KINDS[kind]) for grant, kind in PAIRS]
WALLED_REACHES = [(grant, kind) for grant, kind in REACHES if grant.within in WALLED]
PLACED_REACHES = [(grant, kind) for grant, kind in REACHES if grant.within in PLACED]


def _each(pairs: list[tuple[Grant, type[Record]]]) -> pytest.MarkDecorator:
    ids = [f"{grant.rule}:{kind.shape.kind}" for grant, kind in pairs]
    return pytest.mark.parametrize(("grant", "kind"), pairs, ids=ids)


def _viewer(world: World, grant: Grant, **facts: Any) -> Viewer:
    """Somebody of this role to whom nothing is out of bounds but what `facts` say."""
    wide: dict[str, Any] = {
        "prisons": None,
        "schemes": None,
        "wings": frozenset({WING}),
        "organisations": frozenset({"HMPPS"}),
        "persons": frozenset(),
    }
    viewer = world.viewer(grant.role, **{**wide, **facts})
    own = {"authors": frozenset({viewer.actor, HIMSELF})}
    return dataclasses.replace(viewer, facts=MappingProxyType({**viewer.facts, **own}))


def _here(kind: type[Record], **given: Any) -> Any:
    """A record of this kind in reach of `_viewer`: open-policy, unless said otherwise."""
    place: dict[str, Any] = {
        "jurisdiction": "EW",
        "prison": PRISON,
        "wing": WING,
        "organisation": "HMPPS",
        "closed": False,
        "goes_up": False,
        "staff_only": False,
        "supervisor": HIMSELF,
        "supervisee": HIMSELF,
        "readable_until": NOW + timedelta(minutes=1),
        "in_force_from": NOW,
        "in_force_until": None,
        "left_on": None,
    }
    return sample(kind, **{n: v for n, v in {**place, **given}.items() if n in kind.shape.fields})


def _reached(grant: Grant, viewer: Viewer, record: Record) -> bool:
    return covers(reach_of(grant, type(record)), viewer, NOW, record)


def test_every_reach_is_own_or_placed() -> None:
    """A line reaches what is one's own, or what lies in a place, or (asking, kinds) nothing that anybody could read."""
    assert {g.within for g in GRANTS} <= WALLED | OWN | {Within.ANYONE}
    assert len(PLACED_REACHES) > 40


@_each(WALLED_REACHES)
def test_jurisdictions_are_walls(world: World, grant: Grant, kind: type[Record]) -> None:
    """However wide a role's prisons, schemes and wings, it never reaches a record of another jurisdiction (rule 27)."""
    viewer = _viewer(world, grant)
    assert _reached(grant, viewer, _here(kind))
    assert not _reached(grant, viewer, _here(kind, jurisdiction="IE"))
    assert not _reached(grant, _viewer(world, grant, jurisdictions=frozenset()), _here(kind))


@_each(PLACED_REACHES)
def test_another_prison_is_out_of_reach(world: World, grant: Grant, kind: type[Record]) -> None:
    """Somebody assigned to one prison reaches no record of another, nor any while no prison is known of him."""
    assert _reached(grant, _viewer(world, grant, prisons=frozenset({PRISON})), _here(kind))
    assert not _reached(grant, _viewer(world, grant, prisons=frozenset({"LEI"})), _here(kind))
    assert not _reached(grant, _viewer(world, grant, prisons=frozenset()), _here(kind))


@_each([(grant, kind) for grant, kind in PLACED_REACHES if kind.shape.parties])
def test_no_role_reaches_a_record_to_which_its_holder_is_a_party(
    world: World, grant: Grant, kind: type[Record]
) -> None:
    """Whoever is or was the person in a record cannot reach it by a role, whichever side he was on (rule 30)."""
    himself = _viewer(world, grant, persons=frozenset({SOME_ID}))
    for party in kind.shape.parties:
        others = dict.fromkeys(kind.shape.parties)
        assert _reached(grant, himself, _here(kind, **others))
        assert not _reached(grant, himself, _here(kind, **{**others, party: SOME_ID}))


def test_one_s_own_file_is_reached_as_one_s_own() -> None:
    """Rule 30 closes roles, not the person's own view: those lines carry no wall against himself."""
    own = [g for g in GRANTS if g.within in OWN]
    assert own
    for grant in own:
        for verb in grant.may:
            kind = ABOUT[verb].kind
            assert kind is None or reach_of(grant, KINDS[kind])[: len(grant.within.value)] == grant.within.value


@pytest.mark.parametrize("grant", [g for g in GRANTS if Verb.READ_LEDGER in g.may], ids=lambda g: g.rule)
def test_nobody_reads_his_own_lines(world: World, grant: Grant) -> None:
    """Whoever reads the ledger sees the acts of others, never his own (rules 6 and 15)."""
    viewer = _viewer(world, grant)
    assert _reached(grant, viewer, _here(LedgerLine, author=SOME_ID, actor=SOME_ID))
    assert _reached(grant, viewer, _here(LedgerLine, author=None, actor=None))
    assert not _reached(grant, viewer, _here(LedgerLine, author=viewer.actor, actor=viewer.actor))


@_each([(g, k) for g, k in REACHES if "closed" in k.shape.fields and k.shape.kind != "scheme"])
def test_closed_participation_is_behind_its_own_wall(world: World, grant: Grant, kind: type[Record]) -> None:
    """A record of a closed-policy scheme is reached only by a line that says so; schemes themselves are no secret."""
    viewer = _viewer(world, grant, persons=frozenset() if grant.within in PLACED else frozenset({SOME_ID}))
    assert _reached(grant, viewer, _here(kind))
    assert _reached(grant, viewer, _here(kind, closed=True)) is grant.closed


def test_that_a_scheme_is_closed_is_no_secret(world: World) -> None:
    """Everybody in the prison may know that there are Listeners."""
    grant = next(g for g in GRANTS if g.rule == "person-in-custody.operations.own-prison")
    assert _reached(grant, _viewer(world, grant), _here(KINDS["scheme"], closed=True))


@pytest.mark.parametrize(
    "within", [Within.OWN_WING_ON_DUTY, Within.OWN_PRISON_TONIGHT, Within.OWN_WING], ids=lambda w: w.name
)
def test_duty_reaches_as_long_as_the_band_lives(world: World, within: Within) -> None:
    """On duty a live request is reached until its hour, and not a moment later; a wing that is not declared, never."""
    grant = grant_of(Role.WING_OFFICER, Verb.READ_REQUEST, within=within)
    viewer = _viewer(world, grant)
    request = KINDS["request"]
    on_time = within is Within.OWN_WING
    assert _reached(grant, viewer, _here(request))
    assert _reached(grant, viewer, _here(request, readable_until=NOW)) is on_time
    off_wing = _viewer(world, grant, wings=frozenset({"C"}))
    assert _reached(grant, off_wing, _here(request)) is (within is Within.OWN_PRISON_TONIGHT)


@_each(REACHES)
def test_only_what_is_seen_and_readable_may_be_filtered_by(grant: Grant, kind: type[Record]) -> None:
    """A filter over a field that the grant does not see would tell it by what comes back, one over ciphertext tells
    nothing, what is derived is nowhere kept, and the version counts changes that the viewer may not see."""
    allowed = filterable(grant, kind)
    assert allowed <= {n for n, f in kind.shape.fields.items() if f.mark.classification in grant.sees}
    assert not any(kind.shape.fields[n].mark.encrypted for n in allowed)
    assert not allowed & NEVER
    assert not allowed & set(kind.shape.derived)
    rest = set(kind.shape.fields) - allowed - NEVER
    assert all(
        f.mark.encrypted or f.mark.classification not in grant.sees for f in map(kind.shape.fields.get, rest) if f
    )


async def test_a_search_by_a_field_that_is_not_seen_is_unreadable(world: World) -> None:
    """A filter and an order are refused in one word, whether the field is withheld, ciphertext, the version or unknown,
    and nothing is looked for."""
    hub = world.viewer(Role.ACTIVITIES_HUB)
    for query in (
        Query(equal={"name": "Somebody"}),
        Query(equal={"version": 1}),
        Query(equal={"nothing": 1}),
        Query(order="name"),
        Query(order="version"),
    ):
        with pytest.raises(Unreadable) as refused:
            await world.make(hub, Verb.READ_SUPPORTER, supporters.search, query)
        assert codes(refused.value) == ["FILTER_NOT_ALLOWED"]
    staff, officer = world.viewer(Role.STAFF_MEMBER), world.viewer(Role.WING_OFFICER)
    with pytest.raises(Unreadable):
        await world.make(staff, Verb.READ_SCHEME, search_schemes, Query(equal={"approved_by": SOME_ID}))
    with pytest.raises(Unreadable):
        await world.make(officer, Verb.READ_REQUEST, answering.search, Query(equal={"recipient": "Somebody"}))


async def test_who_reads_the_ledger_does_not_find_himself(world: World) -> None:
    """Two governors read one ledger: each finds the other's reading and not his own."""
    one, two = (world.viewer(Role.GOVERNOR) for _ in range(2))
    for governor in (one, two, one, two):
        page = await world.make(governor, Verb.READ_LEDGER, looking.search, Query(), why=Purpose.OVERSIGHT)
    found = {view.values["actor"] for view in page.items}
    assert found == {one.actor}


async def test_an_adviser_cannot_reach_the_file_of_his_own_time_inside(world: World) -> None:
    """A coordinator who was once a supporter finds every file but his own, which is absent like any other (rule 30)."""
    of = world.scheme()
    once = world.supporter(of)
    other = world.supporter(of)
    coordinator = world.viewer(Role.COORDINATOR, persons=frozenset({once.person}))
    page = await world.make(coordinator, Verb.READ_SUPPORTER, supporters.search, Query())
    assert [v.id for v in page.items] == [other.id]
    with pytest.raises(Absent):
        await world.make(coordinator, Verb.READ_SUPPORTER, supporters.read, once.id)


def test_the_viewer_of_these_tests_is_as_wide_as_can_be(world: World) -> None:
    """These tests would prove nothing with a viewer who reaches nothing: his facts bound as little as facts can."""
    viewer = _viewer(world, GRANTS[0])
    assert viewer.fact("prisons") is None
    assert viewer.fact("schemes") is None
    bare = dataclasses.replace(viewer, facts=MappingProxyType({}))
    assert not any(_reached(grant, bare, _here(kind)) for grant, kind in PLACED_REACHES)
