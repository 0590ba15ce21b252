"""Serial acts, and the use of an idempotency key: settled with the act, or not at all."""

import dataclasses
from uuid import UUID

import pytest

from domain.confidentiality.entry import Outcome
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.feedback import acts as feedback
from domain.kernel.errors import Absent, KeyInFlight, NotNow
from domain.life import acts as life
from domain.ports import KeyUse, Query, Raced
from domain.schemes import acts as schemes
from domain.schemes.record import Scheme, SchemeState
from domain.sessions import asking, handing_in, learning, watching
from domain.sessions.codes import Channel, DurationBand, Need, Urgency, YesNoUnknown
from domain.sessions.record import Goal
from domain.sessions.request import Request
from domain.sessions.tally import RECEIPT, DayOrNight
from domain.supporters.record import Standing, Supporter
from tests.domain.world import World, codes, read_scheme
from tests.plans import plans_of


def _the_key(world: World) -> KeyUse:
    (use,) = world.store.keys.values()
    return use


async def test_a_serial_act_decides_over_what_stands_when_it_settles(world: World) -> None:
    """If a row that the act looked at changes before it settles, it has raced: no line, nothing kept; run again, it
    decides over what is there now."""
    scheme = world.scheme(state=SchemeState.APPROVED, how_to_ask="Ask any officer.", review_on=world.today)
    supporter = world.supporter(scheme)
    begin = world.begin(world.viewer(Role.COORDINATOR), Verb.OPEN_SCHEME)
    tag = world.seen(begin, scheme)

    async def open_while_he_leaves() -> None:
        async with begin.serially(Verb.OPEN_SCHEME) as act:
            mine = await act.fetch(Scheme, scheme.id, seen=tag)
            await act.known(Supporter, Query(equal={"scheme": scheme.id, "standing": Standing.ACTIVE}, limit=1))
            world.put(dataclasses.replace(supporter, standing=Standing.STOOD_DOWN))
            act.keep(dataclasses.replace(mine, state=SchemeState.PILOT), was=mine)

    with pytest.raises(Raced):
        await open_while_he_leaves()
    assert world.store.entries == []
    with pytest.raises(NotNow) as refused:
        await life.open_(begin, scheme.id, seen=tag)
    assert codes(refused.value) == ["NO_ACTIVE_SUPPORTER"]
    assert [e.outcome for e in world.store.entries] == [Outcome.NOT_NOW]
    assert world.kept(scheme).state is SchemeState.APPROVED


async def test_a_serial_act_that_fails_leaves_its_line_and_nothing_else(world: World) -> None:
    """The line of a failed serial act is written outside of the transaction that it failed in."""
    scheme = world.scheme()
    begin = world.begin(world.viewer(Role.COORDINATOR), Verb.CLOSE_SCHEME)

    async def attempt() -> None:
        async with begin.serially(Verb.CLOSE_SCHEME) as act:
            mine = await act.fetch(Scheme, scheme.id)
            act.keep(dataclasses.replace(mine, state=SchemeState.CLOSED), was=mine)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await attempt()
    assert [e.outcome for e in world.store.entries] == [Outcome.FAILED]
    assert world.kept(scheme) == scheme


async def test_a_key_is_kept_with_what_it_made(world: World) -> None:
    """The use of a key settles with the act and names its subject, so that a replay can show it again."""
    coordinator = world.viewer(Role.COORDINATOR)
    begin = world.begin(coordinator, Verb.CREATE_SCHEME, key=world.key(coordinator))
    view = await schemes.create(begin, kind="INSIDERS", name="Insiders", prison="MDI")
    assert _the_key(world).subject == view.id
    with pytest.raises(KeyInFlight):
        await schemes.create(begin, kind="INSIDERS", name="Insiders", prison="MDI")
    assert len(world.records(Scheme)) == 1


async def test_a_key_of_an_act_that_kept_nothing_is_free(world: World) -> None:
    """Refused, failed or only read: the key has not been used, and may be tried again."""
    scheme = world.scheme()
    coordinator = world.viewer(Role.COORDINATOR)
    read = world.begin(coordinator, Verb.READ_SCHEME, key=world.key(coordinator))
    await read_scheme(read, scheme.id)
    create = world.begin(coordinator, Verb.CREATE_SCHEME, key=world.key(coordinator))
    with pytest.raises(Absent):
        await schemes.create(create, kind="INSIDERS", name="Insiders", prison="LEI")
    assert world.store.keys == {}


async def test_a_replay_shows_the_subject_as_it_is_now(world: World) -> None:
    """The same answer again is the record's present state, within reach, and the line says that it was a replay."""
    scheme = world.scheme(state=SchemeState.DRAFT)
    world.put(plans_of(scheme, world.today)["CHARTER_NOT_PUBLISHED"])
    governor = world.viewer(Role.GOVERNOR)
    await world.change(governor, Verb.APPROVE_SCHEME, schemes.approve, scheme)
    async with world.begin(governor, Verb.APPROVE_SCHEME)(Verb.APPROVE_SCHEME) as act:
        view = act.disclose(await act.replayed(Scheme, scheme.id))
    assert view.values["state"] is SchemeState.APPROVED
    assert (world.entry.outcome, world.entry.changes) == (Outcome.REPLAYED, ())
    assert world.entry.sights[0].ids == (scheme.id,)


async def test_a_replay_reaches_no_further_than_its_grant(world: World) -> None:
    """What has left the viewer's reach since then is absent to him, key or no key."""
    begin = world.begin(world.viewer(Role.COORDINATOR), Verb.OPEN_SCHEME)

    async def again(id: UUID) -> None:
        async with begin(Verb.OPEN_SCHEME) as act:
            await act.replayed(Scheme, id)

    for id in (world.scheme(prison="LEI").id, world.ids()):
        with pytest.raises(Absent):
            await again(id)
        assert world.entry.outcome is Outcome.ABSENT


async def test_a_replay_of_a_closed_request_names_nobody_either(world: World) -> None:
    """The prisoner whose kiosk asked twice is in neither line."""
    world.scheme()
    prisoner = world.prisoner(world.person())
    begin = world.begin(prisoner, Verb.ASK, key=world.key(prisoner))
    asked = {"need": Need.EMOTIONAL, "channel": Channel.KIOSK_OR_LAPTOP, "urgency": Urgency.NOW, "wing": "MDI-B"}
    view = (await asking.ask(begin, **asked)).view  # type: ignore[arg-type]
    async with begin(Verb.ASK) as act:
        act.disclose(await act.replayed(Request, view.id))
    assert [(e.actor, e.closed) for e in world.store.entries] == [(None, True)] * 2
    assert world.entry.outcome is Outcome.REPLAYED


async def test_a_key_names_the_first_thing_that_its_act_kept(world: World) -> None:
    """What an act makes besides its subject is not what a replay shows."""
    coordinator = world.viewer(Role.COORDINATOR)
    reading = world.scheme("SHANNON_TRUST")
    begin = world.begin(coordinator, Verb.ENROL, key=world.key(coordinator))
    view = await learning.enrol(
        begin, scheme=reading.id, identifier="A1234BC", name="New", wing="MDI-B", goal=Goal.READ_A_BOOK
    )
    assert _the_key(world).subject == view.id
    one, two = world.supporter(reading), world.supporter(reading)
    begin = world.begin(coordinator, Verb.ACTIVATE_SUPPORTER, key=world.key(coordinator, "key-2"))
    async with begin(Verb.ACTIVATE_SUPPORTER) as act:
        act.keep(dataclasses.replace(one, wing="C"), was=one)
        act.keep(dataclasses.replace(two, wing="C"), was=two)
    assert [u.subject for u in world.store.keys.values()][-1] == one.id


async def test_a_key_names_what_was_made_beside_where_that_is_the_subject(world: World) -> None:
    """A watch is made beside the board that it shows, and is what its key will show again."""
    officer = world.viewer(Role.WING_OFFICER)
    begin = world.begin(officer, Verb.READ_BOARD, key=world.key(officer))
    board = await watching.open_watch(begin, prison="MDI")
    assert board.watch is not None
    assert _the_key(world).subject == board.watch.id


async def test_a_race_within_an_act_leaves_no_line(world: World) -> None:
    """Told by the store in the middle of an act that another transaction won, the act ends without a trace."""

    async def attempt() -> None:
        async with world.begin(world.viewer(Role.GOVERNOR), Verb.READ_POLICY)(Verb.READ_POLICY):
            raise Raced

    with pytest.raises(Raced):
        await attempt()
    assert world.store.entries == []


async def test_the_key_of_something_handed_in_names_no_subject(world: World) -> None:
    """A tally's key and that of anonymous feedback lead to no record: a key is a row with an actor in it."""
    supporter = world.supporter(world.scheme())
    listener = world.supporting(supporter)
    tally = world.begin(listener, Verb.HAND_IN_TALLY, key=world.key(listener))
    receipt = await handing_in.hand_in(
        tally,
        month="2026-01",
        part=DayOrNight.NIGHT,
        duration=DurationBand.UNDER_15,
        concerns=(),
        first_time=YesNoUnknown.NO,
        suicidal_feelings=YesNoUnknown.NO,
        self_harm=YesNoUnknown.NO,
    )
    assert receipt == RECEIPT
    assert _the_key(world).subject is None
    world.store.keys.clear()
    words = world.begin(listener, Verb.GIVE_FEEDBACK, key=world.key(listener))
    await feedback.give(words, scheme=supporter.scheme, rating=4)
    assert _the_key(world).subject is None


async def test_a_tally_s_replay_names_as_little_as_the_tally(world: World) -> None:
    """The same key again is a line that names nobody, by the day, and keeps nothing."""
    listener = world.supporting(world.supporter(world.scheme()))
    async with world.begin(listener, Verb.HAND_IN_TALLY)(Verb.HAND_IN_TALLY) as act:
        act.handed_in_before()
    entry = world.entry
    assert (entry.actor, entry.assignment, entry.outcome) == (None, None, Outcome.REPLAYED)
    assert (entry.at.hour, entry.at.minute) == (0, 0)
    assert world.store.letters == []
