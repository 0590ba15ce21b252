"""Taking over who served in a scheme before it came here: nothing is passed by, and what goes out comes in again."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.act import Begin
from domain.care import roster
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.entry import Outcome
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.importing import files, rota, taking_over
from domain.kernel.bands import Band
from domain.kernel.errors import NotNow, Unacceptable
from domain.oversight.record import LedgerLine
from domain.schemes.catalogue.emotional import INSIDERS
from domain.schemes.record import Scheme, SchemeState
from domain.supporters import acts as supporters
from domain.supporters.record import Competence, Standing, Supporter
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.clearing import ClearanceOutcome
from domain.training import certificates
from domain.training.certificates import Certificate
from tests.domain.world import World, codes
from tests.recruited import clearance

DAY = date(2024, 5, 1)


def row(**other: Any) -> dict[str, Any]:
    """What a file says of one."""
    given: dict[str, Any] = {"identifier": "A2222AA", "name": "Old Hand", "wing": "MDI-A", "active_from": DAY}
    given |= {"compact_signed_on": DAY, "certificate": "PAPER-1", "certified_on": DAY}
    return given | {"certificate_expires_on": date(2029, 1, 1)} | other


def planned(world: World, kind: str = "INSIDERS", **more: Any) -> Scheme:
    """A scheme that was never live here."""
    given: dict[str, Any] = {"state": SchemeState.APPROVED, "live_from": None, "pilot_limit": 50, **more}
    return world.scheme(kind, **given)


async def take(world: World, of: Scheme, **other: Any) -> Supporter:
    """By the coordinator."""
    made = await world.make(
        world.viewer(Role.COORDINATOR), Verb.IMPORT_SUPPORTER, taking_over.take_over, of.id, **row(**other)
    )
    return world.kept(made)


async def test_he_comes_at_rest_with_what_is_written_down(world: World) -> None:
    """His application beside him says who typed him and nothing of a consent; his certificate is one of ours."""
    of = planned(world)
    one = await take(world, of, modules_passed=("INDUCTION_FACTS",), signed_off=(Competence.COMMUNICATION,))
    assert (one.standing, one.paused_on, one.imported_on) == (Standing.PAUSED, world.today, world.today)
    assert (one.active_from, one.modules_passed, one.signed_off) == (DAY, ("INDUCTION_FACTS",), ("COMMUNICATION",))
    (applied,) = world.records(Application)
    assert (applied.supporter, applied.consent_text, applied.entered_by is None) == (one.id, None, False)
    (paper,) = world.records(Certificate)
    assert (paper.number, paper.awarded_on, paper.expires_on) == ("PAPER-1", DAY, date(2029, 1, 1))
    assert world.kept_person(one).identifier == "A2222AA"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"identifier": "NOBODY"}, ["IDENTIFIER"]),
        ({"active_from": date(2099, 1, 1)}, ["IN_THE_FUTURE"]),
        ({"compact_signed_on": date(2099, 1, 1)}, ["IN_THE_FUTURE"]),
        ({"certified_on": date(2099, 1, 1), "certificate_expires_on": date(2099, 1, 2)}, ["IN_THE_FUTURE"]),
        ({"certificate_expires_on": DAY - timedelta(days=1)}, ["ENDS_BEFORE_START"]),
        ({"certificate": None}, ["MISSING"]),
        ({"certified_on": None, "certificate_expires_on": None}, ["MISSING", "MISSING"]),
        ({"modules_passed": ("JUGGLING",)}, ["MODULE_UNKNOWN"]),
        ({"wing": "LEI-A"}, ["WING_OF_ANOTHER_PRISON"]),
        (
            {"wing": "LEI-A", "modules_passed": ("JUGGLING",), "identifier": "1"},
            [*("IDENTIFIER", "WING_OF_ANOTHER_PRISON"), "MODULE_UNKNOWN"],
        ),
    ],
)
async def test_a_row_says_nothing_that_it_may_not(world: World, wrong: dict[str, Any], told: list[str]) -> None:
    """All of it at once, and nothing is kept."""
    of = planned(world)
    with pytest.raises(Unacceptable) as refused:
        await take(world, of, **wrong)
    assert codes(refused.value) == told
    assert world.records(Supporter) == []


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({"live_from": DAY, "state": SchemeState.LIVE}, "SCHEME_RUNS_ALREADY"),
        ({"live_from": DAY, "state": SchemeState.SUSPENDED}, "SCHEME_RUNS_ALREADY"),
        ({"state": SchemeState.CLOSED}, "SCHEME_CLOSED"),
        ({"pilot_limit": 0}, "PILOT_FULL"),
    ],
)
async def test_only_a_scheme_that_was_never_live_is_filled_so(world: World, plan: dict[str, Any], told: str) -> None:
    """And only as far as its pilot goes."""
    with pytest.raises(NotNow) as refused:
        await take(world, planned(world, **plan))
    assert told in codes(refused.value)


@pytest.mark.parametrize("standing", [Standing.REJECTED, Standing.REMOVED, Standing.APPLIED, Standing.ACTIVE])
async def test_nobody_comes_in_by_a_file_past_what_was_decided_on_him(world: World, standing: Standing) -> None:
    """Whoever stood here in any way is told from somebody new."""
    of = planned(world)
    person = world.person("Old Hand", "A2222AA")
    world.supporter(of, standing, person=person.id)
    with pytest.raises(NotNow) as refused:
        await take(world, of)
    assert codes(refused.value) == ["ALREADY_A_SUPPORTER"]


async def test_a_number_alone_gives_nobody_s_name(world: World) -> None:
    """One who is known by another name, or elsewhere, is not available; and another's certificate is not his."""
    of = planned(world)
    world.person("Somebody Else", "A2222AA")
    world.person("Old Hand", "A3333AA", prison="LEI")
    for number in ("A2222AA", "A3333AA"):
        with pytest.raises(NotNow) as refused:
            await take(world, of, identifier=number)
        assert codes(refused.value) == ["NOT_AVAILABLE"]
    await take(world, of, identifier="A4444AA")
    with pytest.raises(Unacceptable) as twice:
        await take(world, of, identifier="A5555AA")
    assert codes(twice.value) == ["CERTIFICATE_TWICE"]


async def test_he_is_in_the_role_by_three_words_and_no_other_way(world: World) -> None:
    """His own first, security's, and then staff's, of the partner where it certifies. No new certificate and no end of
    a suspension brings him in before that; after it he rests and returns as anybody."""
    of = planned(world, "LISTENERS")
    one = await take(world, of)
    coordinator, partner, himself = world.viewer(Role.COORDINATOR), world.volunteer(of), world.supporting(one)

    async def refused(by: Any) -> list[str]:
        with pytest.raises(NotNow) as wrong:
            await world.change(by, Verb.RESUME_SUPPORTER, supporters.resume, world.kept(one))
        return sorted(codes(wrong.value))

    assert await refused(partner) == ["NOT_AVAILABLE", "OWN_WORD_FIRST"]
    await world.change(himself, Verb.RESUME_SUPPORTER, supporters.resume, world.kept(one))
    assert world.kept(one).standing is Standing.PAUSED
    assert await refused(coordinator) == ["CLEARANCE_MISSING", "PARTNER_CERTIFIES"]
    said = world.put(clearance(world.kept(one), world.clock.now, outcome=ClearanceOutcome.NOT_CLEARED, expires_on=None))
    assert await refused(coordinator) == ["NOT_CLEARED", "PARTNER_CERTIFIES"]
    assert await refused(partner) == ["NOT_AVAILABLE"]
    world.drop(said)
    world.put(clearance(world.kept(one), world.clock.now))
    assert await refused(coordinator) == ["PARTNER_CERTIFIES"]
    await world.change(partner, Verb.RESUME_SUPPORTER, supporters.resume, world.kept(one))
    back = world.kept(one)
    assert (back.standing, back.active_from, back.paused_on) == (Standing.ACTIVE, DAY, None)


async def test_no_new_certificate_brings_him_in(world: World) -> None:
    """He lapses with an old one, and with a new one rests as before."""
    of = planned(world)
    one = await take(world, of, certificate_expires_on=world.today - timedelta(days=1))
    assert await certificates.lapse(world.begin(world.viewer(Role.SERVICE), Verb.TICK)) == 1
    assert world.kept(one).standing is Standing.LAPSED
    given: dict[str, Any] = {"certificate": "NEW-1"}
    by = world.viewer(Role.COORDINATOR) if not INSIDERS.partner_certifies else world.volunteer(of)
    await world.change(by, Verb.RENEW_CERTIFICATE, certificates.renew, world.kept(one), **given)
    assert world.kept(one).standing is Standing.PAUSED


async def test_what_is_tried_keeps_nothing_and_leaves_its_line(world: World) -> None:
    """By every rule; the key is not spent, so that it is done when it comes again in earnest."""
    of, coordinator = planned(world), world.viewer(Role.COORDINATOR)
    begin = world.begin(coordinator, Verb.IMPORT_SUPPORTER, key=world.key(coordinator))
    tried = Begin(begin.decision, begin.store, begin.clock, begin.ids, begin.tag, begin.key, dry=True)
    before = dict(world.store.records)
    await taking_over.take_over(tried, of.id, **row())
    entry = world.entry
    assert (entry.outcome, entry.code, entry.changes) == (Outcome.DONE, "tried", ())
    assert {sight.kind for sight in entry.sights} == {"scheme"}
    lines = {key for key in world.store.records if key[0] == LedgerLine.shape.kind}
    assert {k: v for k, v in world.store.records.items() if k not in lines} == {
        k: v for k, v in before.items() if k not in lines
    }
    assert world.store.keys == {}
    with pytest.raises(Unacceptable):
        await taking_over.take_over(tried, of.id, **row(wing="LEI-A"))
    await taking_over.take_over(begin, of.id, **row())
    assert len(world.records(Supporter)) == 1
    assert len(world.store.keys) == 1


async def test_a_rota_names_its_supporters_by_number(world: World) -> None:
    """Of this scheme, and nobody else; within the limits as ever."""
    of, coordinator = world.scheme("INSIDERS"), world.viewer(Role.COORDINATOR)
    person = world.person("Old Hand", "A2222AA")
    world.supporter(of, Standing.STOOD_DOWN, person=person.id)
    here = world.supporter(of, person=person.id)
    elsewhere = world.person("Old Hand", "A3333AA")
    world.supporter(world.scheme("INSIDERS"), person=elsewhere.id)

    async def put(number: str) -> RosterEntry:
        given = {"identifier": number, "day": world.today + timedelta(days=2), "band": Band.PM}
        return world.kept(await world.make(coordinator, Verb.WRITE_ROSTER_ENTRY, rota.rostered, of.id, **given))

    for nobody in ("A3333AA", "A4444AA"):
        with pytest.raises(NotNow) as refused:
            await put(nobody)
        assert codes(refused.value) == ["NOT_AVAILABLE"]
    entry = await put("a2222aa")
    assert (entry.supporter, entry.state) == (here.id, RosterState.PUBLISHED)
    with pytest.raises(NotNow) as twice:
        await put("A2222AA")
    assert "ALREADY_ROSTERED" in codes(twice.value)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.integers(0, 9999),
            "name": st.text(alphabet="abcdéÿ' -", min_size=1, max_size=8).map(lambda t: f"X{t.strip()}"),
            "wing": st.sampled_from(["MDI-A", "MDI-B", "MDI-C"]),
            "languages": st.lists(st.sampled_from(["en", "cy", "so"]), min_size=1, unique=True).map(tuple),
            "modules_passed": st.lists(st.sampled_from(INSIDERS.modules), unique=True).map(tuple),
            "signed_off": st.lists(st.sampled_from(Competence), unique=True).map(tuple),
            "certified": st.booleans(),
            "since": st.integers(1, 3000),
        }
    ),
    max_size=6,
    unique_by=lambda each: each["number"],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_what_goes_out_comes_in_again(drawn: list[dict[str, Any]]) -> None:
    """The rows of a scheme, taken over by a fresh one, are its rows; sights of every record are in the line."""

    async def there_and_back() -> None:
        world = World()
        first, second = planned(world), planned(world)
        for each in drawn:
            since = world.today - timedelta(days=each["since"])
            paper: dict[str, Any] = dict.fromkeys(("certificate", "certified_on", "certificate_expires_on"))
            if each["certified"]:
                paper = {"certificate": f"P-{each['number']}", "certified_on": since, "certificate_expires_on": since}
            given = {n: each[n] for n in ("name", "wing", "languages", "modules_passed", "signed_off")}
            given |= {
                "identifier": f"A{each['number']:04d}AA",
                "active_from": since,
                "compact_signed_on": since,
                **paper,
            }
            await take(world, first, **given)
        out = await told(world, first)
        assert len(out) == len(drawn)
        sights = {sight.kind: sight.count for sight in world.entry.sights}
        assert (sights.get("supporter", 0), sights.get("person", 0)) == (len(drawn), len(drawn))
        for each in out:
            lists = {n: tuple(each[n]) for n in ("languages", "modules_passed", "signed_off")}
            await take(world, second, **{**each, **lists})
        assert await told(world, second) == out

    asyncio.run(there_and_back())


async def told(world: World, of: Scheme) -> list[dict[str, Any]]:
    """The rows that go out."""
    begin = world.begin(world.viewer(Role.COORDINATOR), Verb.READ_SUPPORTER_FILE)
    return [dict(each) for each in await files.supporters(begin, of.id)]


async def test_who_stands_in_the_file(world: World) -> None:
    """Whoever holds a place and was active, a suspended one among them; nobody on probation, nobody who left. Of the
    rota what is to come and not withdrawn, in its order."""
    of, coordinator = world.scheme("INSIDERS"), world.viewer(Role.COORDINATOR)
    people = {s: world.person(f"Mr {s.value.title()}", f"A1{n:03d}AA") for n, s in enumerate(Standing)}
    since = {"active_from": DAY}
    all_ = {
        s: world.supporter(of, s, person=people[s].id, **(since if s is not Standing.PROBATION else {}))
        for s in Standing
    }
    rows = await told(world, of)
    told_of = {Standing.ACTIVE, Standing.PAUSED, Standing.SUSPENDED, Standing.LAPSED}
    assert {each["identifier"] for each in rows} == {people[s].identifier for s in told_of}
    days = [world.today + timedelta(days=n) for n in (3, 1, 2)]
    for day in days:
        given = {"supporter": all_[Standing.ACTIVE].id, "day": day, "band": Band.PM}
        made = await world.make(coordinator, Verb.WRITE_ROSTER_ENTRY, roster.write, of.id, **given)
    await world.change(coordinator, Verb.WITHDRAW_ROSTER_ENTRY, roster.withdraw, world.kept(made))
    begin = world.begin(coordinator, Verb.READ_ROSTER_FILE)
    out = await files.roster(begin, of.id)
    assert [(each["day"], each["identifier"]) for each in out] == [
        (day, people[Standing.ACTIVE].identifier) for day in sorted(days[:2])
    ]
