"""Kinds that are made, published and withdrawn; and the terms that what was made under them keeps."""

from dataclasses import replace
from typing import Any

import pytest

from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, Unacceptable
from domain.schemes import acts as schemes
from domain.schemes import making
from domain.schemes.kinds import COUNCIL, INSIDERS, LISTENERS
from domain.schemes.made import KindVersion, kind_in, terms_of
from domain.schemes.publication import PublicationState
from domain.schemes.record import Scheme
from domain.schemes.tasks import FLOOR
from domain.schemes.written import MEMBERS, written
from domain.supporters.record import Standing
from domain.training import assessing
from tests.domain.world import PRISON, World, codes, paths

WHOLE = {**written(COUNCIL), "title": "Readers' panel", "partner": "PRISON"}


async def _made(world: World, who: Any = None, **given: Any) -> View[KindVersion]:
    body = {"code": "NEW_INSIDERS", "prison": PRISON, "base": "INSIDERS", "sheet": {"title": "New"}, **given}
    who = who or world.viewer(Role.SAFER_CUSTODY)
    return await world.make(who, Verb.CREATE_SCHEME_KIND, making.make, **body)


async def _national(world: World, **given: Any) -> View[KindVersion]:
    body = {"code": "PANEL", "prison": None, "base": None, "sheet": WHOLE, **given}
    return await _made(world, _headquarters(world), **body)


def _headquarters(world: World) -> Any:
    return world.viewer(Role.HEADQUARTERS, prisons=None)


async def _published(world: World, made: View[KindVersion], role: Role = Role.GOVERNOR) -> View[KindVersion]:
    who = _headquarters(world) if role is Role.HEADQUARTERS else world.viewer(role)
    return await world.change(who, Verb.PUBLISH_SCHEME_KIND, making.publish, made)


async def _scheme(world: World, kind: str, prison: str = PRISON) -> Scheme:
    who = world.viewer(Role.COORDINATOR, prisons=frozenset({prison}))
    view = await world.make(who, Verb.CREATE_SCHEME, schemes.create, kind=kind, name="A scheme", prison=prison)
    return world.kept(view)


def _lead(world: World, organisation: str = "SAMARITANS") -> Any:
    return world.viewer(Role.PARTNER_LEAD, prisons=None, organisations=frozenset({organisation}))


async def _confirmed(world: World, made: View[KindVersion], who: Any = None) -> View[KindVersion]:
    return await world.change(who or _lead(world), Verb.CONFIRM_SCHEME_KIND, making.confirm, made)


async def test_nobody_speaks_nationally_in_a_partner_s_name_without_it(world: World) -> None:
    """What two of headquarters say that Samaritans promise is not published until a lead of Samaritans has said yes to
    it; another partner's lead never sees it. What names the prison itself waits for nobody else."""
    plus = {"title": "Listeners plus", "toldToNewcomers": "Nothing is ever passed on, whatever it is."}
    made = await _national(world, code="LISTENERS_PLUS", base="LISTENERS", sheet=plus)
    assert world.kept(made).organisation == "SAMARITANS"
    with pytest.raises(NotNow) as wrong:
        await _published(world, made, Role.HEADQUARTERS)
    assert codes(wrong.value) == ["PARTNER_NEEDED"]
    with pytest.raises(Absent):
        await _confirmed(world, made, _lead(world, "ST_GILES"))
    for role in (Role.HEADQUARTERS, Role.SAFER_CUSTODY, Role.GOVERNOR, Role.PARTNER_VOLUNTEER):
        with pytest.raises(Refused):
            await _confirmed(world, made, world.viewer(role, prisons=None))
    lead = _lead(world)
    await _confirmed(world, made, lead)
    assert world.kept(made).confirmed_by == lead.actor
    with pytest.raises(NotNow) as twice:
        await _confirmed(world, made)
    assert codes(twice.value) == ["NOTHING_TO_CONFIRM"]
    await _published(world, made, Role.HEADQUARTERS)
    with pytest.raises(NotNow) as late:
        await _confirmed(world, made)
    assert codes(late.value) == ["STATE_PUBLISHED", "NOTHING_TO_CONFIRM"]


async def test_a_variant_says_nothing_new_in_a_partner_s_name(world: World) -> None:
    """So it waits for no partner: its purpose and what is told are its base's, word for word."""
    for member in ("purpose", "purposePlain", "toldToNewcomers", "toldPlain"):
        with pytest.raises(Unacceptable) as wrong:
            await _made(world, code="YOUNG", base="LISTENERS", sheet={"title": "Young", member: "We tell nobody."})
        assert (codes(wrong.value), paths(wrong.value)) == (["WORDING_CHANGED"], [f"/sheet/{member}"])
    await _published(world, await _made(world, code="YOUNG", base="LISTENERS", sheet={"title": "Young"}))


async def test_what_is_not_said_is_the_base_s(world: World) -> None:
    """A variant keeps its base's sheet but for what it says, floor and all; its first version is a draft."""
    made = world.kept(await _made(world, sheet={"title": "New", "probationDays": 40}))
    assert made.sheet == {**written(INSIDERS), "title": "New", "probationDays": 40}
    assert (made.number, made.state, made.prison, made.base) == (1, PublicationState.DRAFT, PRISON, "INSIDERS")
    assert world.kept(await _made(world)).number == 2


async def test_a_kind_of_its_own_says_everything(world: World) -> None:
    """Without a base nothing may be left out, and all that is missing is told."""
    with pytest.raises(Unacceptable) as wrong:
        await _national(world, sheet={"title": "Half"})
    assert set(codes(wrong.value)) == {"MISSING"}
    assert set(paths(wrong.value)) == {f"/sheet/{m}" for m in MEMBERS if m != "title"}
    assert world.kept(await _national(world)).prison is None


async def test_a_prison_varies_and_headquarters_makes(world: World) -> None:
    """Safer custody names its prison and a base; headquarters names no prison; nobody else makes any."""
    with pytest.raises(Unacceptable) as wrong:
        await _made(world, prison=None, base=None, sheet=WHOLE)
    assert paths(wrong.value) == ["/prison", "/base"]
    with pytest.raises(Unacceptable) as wrong:
        await _national(world, prison=PRISON)
    assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], ["/prison"])
    with pytest.raises(Absent):
        await _made(world, prison="LEI")
    for role in (Role.COORDINATOR, Role.GOVERNOR, Role.PARTNER_VOLUNTEER, Role.PARTNER_LEAD):
        with pytest.raises(Refused):
            await _made(world, world.viewer(role))


async def test_every_loosening_of_a_variant_is_told_at_once_and_nothing_kept(world: World) -> None:
    """Policy, class, prohibition, floor and probation in one sheet: five codes, each at its place."""
    loose = {
        "title": "Listeners who tell",
        "closedPolicy": False,
        "holds": [*written(LISTENERS)["holds"], "CONTENT"],
        "probationDays": 0,
        "prohibitedTasks": ["GIVE_ADVICE"],
    }
    with pytest.raises(Unacceptable) as wrong:
        await _made(world, code="OPEN_LISTENERS", base="LISTENERS", sheet=loose)
    found = set(zip(codes(wrong.value), paths(wrong.value), strict=True))
    assert {
        ("POLICY_CHANGED", "/sheet/closedPolicy"),
        ("HOLDS_MORE", "/sheet/holds"),
        ("PROBATION_SHORTENED", "/sheet/probationDays"),
        ("PROHIBITION_DROPPED", "/sheet/prohibitedTasks"),
        ("FLOOR_DROPPED", "/sheet/prohibitedTasks"),
    } <= found
    assert world.records(KindVersion) == []


async def test_headquarters_keeps_the_floor_too(world: World) -> None:
    """A national kind is held to no base, and to the floor like any other."""
    with pytest.raises(Unacceptable) as wrong:
        await _national(world, sheet={**WHOLE, "permittedTasks": ["CONSTANT_SUPERVISION"], "prohibitedTasks": []})
    assert codes(wrong.value) == ["FLOOR_DROPPED", "TASK_PROHIBITED"]


async def test_a_word_means_one_kind_wherever_it_is_met(world: World) -> None:
    """No second LISTENERS; none that a whole jurisdiction has, or that a prison has where one makes it for all. Two
    prisons may use one word: neither sees the other's. An unknown base is told."""
    with pytest.raises(Unacceptable) as wrong:
        await _made(world, code="LISTENERS", base="LISTENERS")
    assert (codes(wrong.value), paths(wrong.value)) == (["CODE_TAKEN"], ["/code"])
    panel = await _national(world)
    assert world.kept(await _made(world, code="SPARE")).number == 1
    await _published(world, panel, Role.HEADQUARTERS)
    with pytest.raises(Unacceptable) as wrong:
        await _made(world, code="PANEL")
    assert codes(wrong.value) == ["CODE_TAKEN"]
    await _published(world, await _made(world))
    leeds = world.viewer(Role.SAFER_CUSTODY, prisons=frozenset({"LEI"}))
    assert world.kept(await _made(world, leeds, prison="LEI")).number == 1
    with pytest.raises(Unacceptable) as wrong:
        await _national(world, code="NEW_INSIDERS")
    assert codes(wrong.value) == ["CODE_TAKEN"]
    for base in ("NONSENSE", "RED_CROSS_VOLUNTEERS", "NEW_INSIDERS"):
        with pytest.raises(Unacceptable) as wrong:
            await _made(world, code="ANOTHER", base=base)
        assert codes(wrong.value) == ["BASE_UNKNOWN"]


async def test_a_prison_learns_nothing_of_a_national_draft(world: World) -> None:
    """A word that headquarters only means to use is free to a prison; then headquarters may not publish over it."""
    draft = await _national(world, code="NEW_INSIDERS")
    await _published(world, await _made(world))
    with pytest.raises(NotNow) as wrong:
        await _published(world, draft, Role.HEADQUARTERS)
    assert (codes(wrong.value), paths(wrong.value)) == (["CODE_TAKEN"], ["/code"])


async def test_a_draft_of_one_prison_keeps_no_word_from_headquarters(world: World) -> None:
    """What one person in one prison only began, or began and gave up, is no kind yet: headquarters makes and publishes
    its own, and then the prison's is not published over it. What a prison did publish has schemes, and keeps its
    word even when it is withdrawn."""
    squatted = await _made(world)
    national = await _national(world, code="NEW_INSIDERS")
    await _published(world, national, Role.HEADQUARTERS)
    with pytest.raises(NotNow) as wrong:
        await _published(world, squatted)
    assert (codes(wrong.value), paths(wrong.value)) == (["CODE_TAKEN"], ["/code"])
    ours = await _published(world, await _made(world, code="OURS"))
    await world.change(world.viewer(Role.GOVERNOR), Verb.WITHDRAW_SCHEME_KIND, making.withdraw, ours)
    with pytest.raises(Unacceptable) as late:
        await _national(world, code="OURS")
    assert codes(late.value) == ["CODE_TAKEN"]


async def test_no_scheme_runs_under_what_nobody_published(world: World) -> None:
    """A national draft has the code and the number of a prison's published variant: the terms of the prison's schemes
    are its own, however often and in whichever order the two were made."""
    for n in range(8):
        code = f"PANEL_{n}"
        lax = {**WHOLE, "modules": ["DRAFT_ONLY"], "observedContacts": 0}
        draft = await _national(world, code=code, sheet=lax)
        own = world.kept(await _published(world, await _made(world, code=code)))
        scheme = await _scheme(world, code)
        assert (scheme.kind_version, own.number, world.kept(draft).number) == (1, 1, 1)
        begin = world.begin_anything(world.viewer(Role.COORDINATOR), Verb.READ_SCHEME)
        async with begin(Verb.READ_SCHEME) as act:
            assert await terms_of(act, scheme) == kind_in(own)
            with pytest.raises(Absent):
                await terms_of(act, replace(scheme, prison="LEI"))


async def test_the_maker_does_not_publish(world: World) -> None:
    """Two persons: who made it is told so; another publishes, once; the version before is withdrawn by it."""
    maker = world.viewer(Role.SAFER_CUSTODY)
    first = await _made(world, maker)
    with pytest.raises(NotNow) as wrong:
        await world.change(maker, Verb.PUBLISH_SCHEME_KIND, making.publish, first)
    assert codes(wrong.value) == ["SECOND_PERSON_NEEDED"]
    await _published(world, first)
    with pytest.raises(NotNow) as wrong:
        await _published(world, first)
    assert codes(wrong.value) == ["STATE_PUBLISHED"]
    second = await _made(world, maker)
    await _published(world, second, Role.SAFER_CUSTODY)
    states = {k.number: (k.state, k.withdrawn_on) for k in world.records(KindVersion)}
    assert states == {1: (PublicationState.WITHDRAWN, world.today), 2: (PublicationState.PUBLISHED, None)}


async def test_a_variant_is_held_to_its_base_as_it_is_when_it_is_published(world: World) -> None:
    """Between draft and yes its base was tightened: what was no looser then is looser now."""
    ground = await _national(world, sheet={**WHOLE, "trainingHours": 4})
    await _published(world, ground, Role.HEADQUARTERS)
    draft = await _made(world, code="LOCAL_PANEL", base="PANEL")
    await _published(world, await _national(world, sheet={**WHOLE, "trainingHours": 8}), Role.HEADQUARTERS)
    with pytest.raises(NotNow) as wrong:
        await _published(world, draft)
    assert (codes(wrong.value), paths(wrong.value)) == (["TRAINING_SHORTENED"], ["/sheet/trainingHours"])


async def test_no_new_scheme_is_looser_than_the_base_of_today(world: World) -> None:
    """The base is tightened, or withdrawn, after the variant was published: no further scheme is made of it until it is
    published anew. Schemes that there are keep their terms."""
    await _published(world, await _national(world), Role.HEADQUARTERS)
    await _published(world, await _made(world, code="LOCAL_PANEL", base="PANEL"))
    old = await _scheme(world, "LOCAL_PANEL")
    tighter = await _national(world, sheet={**WHOLE, "trainingHours": WHOLE["trainingHours"] + 8})
    await _published(world, tighter, Role.HEADQUARTERS)
    with pytest.raises(Unacceptable) as wrong:
        await _scheme(world, "LOCAL_PANEL")
    assert (codes(wrong.value), paths(wrong.value)) == (["LOOSER_THAN_ITS_BASE"], ["/kind"])
    await _published(world, await _made(world, code="LOCAL_PANEL", base="PANEL"))
    assert (old.kind_version, (await _scheme(world, "LOCAL_PANEL")).kind_version) == (1, 2)
    await world.change(_headquarters(world), Verb.WITHDRAW_SCHEME_KIND, making.withdraw, tighter)
    with pytest.raises(Unacceptable) as gone:
        await _scheme(world, "LOCAL_PANEL")
    assert (codes(gone.value), paths(gone.value)) == (["BASE_UNKNOWN"], ["/kind"])


async def test_only_what_is_published_here_makes_a_scheme(world: World) -> None:
    """A draft, a withdrawn one, another prison's and another jurisdiction's are one unknown kind."""
    made = await _made(world)
    with pytest.raises(Unacceptable) as wrong:
        await _scheme(world, "NEW_INSIDERS")
    assert codes(wrong.value) == ["KIND_UNKNOWN"]
    published = await _published(world, made)
    assert (await _scheme(world, "NEW_INSIDERS")).kind_version == 1
    with pytest.raises(Unacceptable) as wrong:
        await _scheme(world, "NEW_INSIDERS", "LEI")
    assert codes(wrong.value) == ["KIND_UNKNOWN"]
    await world.change(world.viewer(Role.GOVERNOR), Verb.WITHDRAW_SCHEME_KIND, making.withdraw, published)
    with pytest.raises(Unacceptable) as wrong:
        await _scheme(world, "NEW_INSIDERS")
    assert codes(wrong.value) == ["KIND_UNKNOWN"]
    with pytest.raises(NotNow) as late:
        await world.change(world.viewer(Role.GOVERNOR), Verb.WITHDRAW_SCHEME_KIND, making.withdraw, published)
    assert codes(late.value) == ["STATE_WITHDRAWN"]


async def test_a_scheme_keeps_the_terms_that_it_was_made_under(world: World) -> None:
    """A later version asks for another module: of the new scheme's supporters, and not of the old one's."""
    await _published(world, await _made(world))
    old = await _scheme(world, "NEW_INSIDERS")
    sheet = {"title": "New", "modules": [*INSIDERS.modules, "FIRST_AID"]}
    await _published(world, await _made(world, sheet=sheet))
    new = await _scheme(world, "NEW_INSIDERS")
    assert (old.kind_version, new.kind_version) == (1, 2)
    for scheme, passed in ((old, Standing.PROBATION), (new, None)):
        given: dict[str, Any] = {"modules_passed": INSIDERS.modules, "compact_signed_on": world.today}
        supporter = world.supporter_of(scheme, INSIDERS, Standing.IN_TRAINING, **given)
        certify = world.change(
            world.viewer(Role.COORDINATOR),
            Verb.CERTIFY_SUPPORTER,
            assessing.certify,
            supporter,
            certificate="C-1",
        )
        if passed is None:
            with pytest.raises(NotNow) as wrong:
                await certify
            assert codes(wrong.value) == ["MODULES_MISSING"]
        else:
            assert world.kept(await certify).standing is passed


async def test_the_floor_of_today_is_in_terms_of_yesterday(world: World) -> None:
    """A kind that was written over a lower floor stands on today's all the same."""
    made = world.kept(await _made(world))
    low = {**made.sheet, "prohibitedTasks": ["ASSESS_RISK"]}
    world.put(KindVersion(**{**{n: getattr(made, n) for n in made.shape.fields}, "sheet": low}))
    assert set(FLOOR) <= set(kind_in(world.kept(made)).prohibited_tasks)


async def test_terms_of_a_ready_made_kind_ask_the_store_for_nothing(world: World) -> None:
    """On the ways that are walked at night no look is added; terms that are nowhere are absent."""
    begin = world.begin_anything(world.viewer(Role.COORDINATOR), Verb.READ_SCHEME)
    ready = world.scheme("INSIDERS")
    async with begin(Verb.READ_SCHEME) as act:
        found, act._store = act._store, None  # type: ignore[assignment]
        assert await terms_of(act, ready) is INSIDERS
        act._store = found
        with pytest.raises(Absent):
            await terms_of(act, world.scheme("INSIDERS", kind_version=7))
