"""Asking for support: whatever is unknown is accepted, whoever asks names nobody else, and help waits for nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, Unacceptable
from domain.schemes.record import SERVING, SchemeState
from domain.schemes.vocabulary import Stage, SupportType
from domain.sessions import answering, asking
from domain.sessions.codes import REFERRALS, Band, Channel, Need, StageOfSentence, Urgency
from domain.sessions.request import Request, RequestState
from tests.domain.night import Night
from tests.domain.world import NOW, PRISON, WING, World, codes, paths

ASKING: dict[str, Any] = {"need": Need.EMOTIONAL, "channel": Channel.CELL_BELL, "urgency": Urgency.NOW, "wing": WING}
BAND_END = datetime.fromisoformat("2026-01-14T07:45:00+00:00")


async def _ask(world: World, who: Any, **given: Any) -> View[Request]:
    place = {} if who.role is Role.PERSON_IN_CUSTODY else {"prison": PRISON}
    return (await world.make(who, Verb.ASK, asking.ask, **{**ASKING, **place, **given})).view


async def test_an_officer_writes_down_what_was_asked_at_the_door(world: World) -> None:
    """All that was said is kept as it was said, with who typed it, for the band's life and two hours more (rule 2)."""
    scheme, officer = world.scheme(), world.viewer(Role.WING_OFFICER)
    said = {"recipient": "Somebody Made-Up A1234BC", "cell": "B-2-014", "language": "cy", "first_night": True}
    view = await _ask(world, officer, **said)
    kept: Request = world.kept(view)
    assert {n: getattr(kept, n) for n in said} == said
    assert (kept.scheme, kept.organisation, kept.closed, kept.unverified) == (scheme.id, "SAMARITANS", True, False)
    assert (kept.state, kept.author, kept.asked_at, kept.recorded_at) == (
        RequestState.RECEIVED,
        officer.actor,
        NOW,
        NOW,
    )
    assert (kept.band, kept.readable_until) == (Band.NIGHT, BAND_END + timedelta(hours=2))
    assert kept.person is None
    assert not kept.late


async def test_whoever_asks_is_shown_open_fields_only(world: World) -> None:
    """The answer to asking tells nothing of what was asked: a device's history holds no wing, need or name (rule 7)."""
    world.scheme()
    for who in (world.prisoner(world.person()), world.viewer(Role.WING_OFFICER), world.viewer(Role.STAFF_MEMBER)):
        view = await _ask(world, who)
        marks = {n: Request.shape.fields[n].mark.classification for n in view.values}
        assert {marks[n] for n, v in view.values.items() if v is not None} == {Classification.OPEN}


async def test_where_a_prisoner_is_comes_from_his_record(world: World) -> None:
    """Whom we know we know the place of: nothing of it is left to be verified."""
    world.scheme()
    person = world.person()
    prisoner = world.viewer(Role.PERSON_IN_CUSTODY, persons=frozenset({person.id}), prisons=frozenset())
    kept: Request = world.kept(await _ask(world, prisoner))
    assert (kept.prison, kept.unverified) == (PRISON, False)


async def test_a_prisoner_s_own_request_bears_his_name_and_no_actor(world: World) -> None:
    """Who he is comes from his token: his name and number as LIVE text, and for a closed scheme no id to look him up
    by, neither as author nor as person (rules 2 and 4)."""
    world.scheme()
    person = world.person("Own Name", "A1111AA")
    prisoner = world.prisoner(person)
    kept: Request = world.kept(await _ask(world, prisoner))
    assert kept.recipient == "A1111AA Own Name"
    assert (kept.author, kept.person, kept.prison) == (None, None, PRISON)
    held = [getattr(kept, n) for n in Request.shape.fields]
    assert person.id not in held
    assert prisoner.actor not in held


async def test_no_name_in_a_request_is_longer_than_forty(world: World) -> None:
    """His number comes first and whole, and what is too long is cut: no string of a closed record has room for a
    remark (rule 20)."""
    world.scheme()
    long = world.kept(await _ask(world, world.prisoner(world.person("N" * 80, "A1111AA"))))
    assert long.recipient == "A1111AA " + "N" * 32
    stranger = world.viewer(Role.PERSON_IN_CUSTODY, prisons=frozenset())
    named = replace(stranger, principal=replace(stranger.principal, subject="S" * 200))
    assert len(world.kept(await _ask(world, named, prison=PRISON)).recipient) == 40


async def test_an_open_request_gives_the_person_his_own_record(world: World) -> None:
    """Where the policy is open and the person is known, the request is his, by our own id."""
    world.scheme("SHANNON_TRUST")
    person = world.person()
    kept: Request = world.kept(await _ask(world, world.prisoner(person), need=Need.EDUCATION))
    assert (kept.closed, kept.person, kept.author) == (False, person.id, None)


async def test_a_prisoner_names_nobody_and_no_other_prison(world: World) -> None:
    """From a kiosk another's name or number, known or not, is refused in the words for an unknown member; and so is
    another prison than his own (rule 8)."""
    world.scheme()
    other = world.person(identifier="B2222BB")
    prisoner = world.prisoner(world.person())
    for recipient in (other.identifier, other.name, "C3333CC", "nobody at all"):
        with pytest.raises(Unacceptable) as wrong:
            await _ask(world, prisoner, recipient=recipient)
        assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], ["/recipient"])
    with pytest.raises(Unacceptable) as wrong:
        await _ask(world, prisoner, prison="LEI")
    assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], ["/prison"])
    assert world.records(Request) == []


async def test_whoever_was_moved_is_heard_where_he_says_that_he_is(world: World) -> None:
    """Our records may be behind: he names a wing of the prison where he is now, and his request is there, unverified.
    A wing of no prison that we know is refused, so that he tries again: nobody would look there."""
    world.scheme()
    there = world.scheme(prison="LEI")
    prisoner = world.prisoner(world.person())
    kept: Request = world.kept(await _ask(world, prisoner, wing="LEI-B"))
    assert (kept.prison, kept.wing, kept.scheme, kept.unverified) == ("LEI", "LEI-B", there.id, True)
    with pytest.raises(Unacceptable) as wrong:
        await _ask(world, prisoner, wing="XXI-B")
    assert (codes(wrong.value), paths(wrong.value)) == (["WING_OF_ANOTHER_PRISON"], ["/wing"])
    with pytest.raises(Unacceptable):
        await _ask(world, world.viewer(Role.WING_OFFICER), prison=PRISON, wing="LEI-B")


async def test_a_supporter_passes_a_request_on_without_a_name(world: World) -> None:
    """A peer who passes on a request gives place and need: neither the other's name nor his own stands in it."""
    world.scheme("SHANNON_TRUST")
    prisoner = world.prisoner(world.person())
    given: dict[str, Any] = {"channel": Channel.PEER_REFERRAL, "need": Need.EDUCATION, "cell": "B-2-014"}
    kept: Request = world.kept(await _ask(world, prisoner, **given))
    assert (kept.recipient, kept.person, kept.author, kept.cell) == (None, None, None, "B-2-014")


@pytest.mark.parametrize("channel", sorted(REFERRALS))
@pytest.mark.parametrize("member", ["recipient", "cell"])
async def test_a_third_person_names_nobody_to_listeners(world: World, channel: Channel, member: str) -> None:
    """Chaplain, nurse or staff who ask for somebody else do not make a Listener's caller of him: neither name nor cell
    is held, and nothing is kept; a peer who passes on a request gives its place and no name. For a scheme of open
    policy they may say whom they mean (rules 8 and 31)."""
    world.scheme()
    world.scheme("SHANNON_TRUST")
    officer = world.viewer(Role.WING_OFFICER)
    if (channel, member) == (Channel.PEER_REFERRAL, "cell"):
        assert world.kept(await _ask(world, officer, channel=channel, cell="B-2-014")).cell == "B-2-014"
    else:
        with pytest.raises(Unacceptable) as wrong:
            await _ask(world, officer, channel=channel, **{member: "B-2-014"})
        assert (codes(wrong.value), paths(wrong.value)) == (["MAY_NOT_BE_HELD"], [f"/{member}"])
        assert world.records(Request) == []
    await _ask(world, officer, channel=channel)
    kept = world.kept(await _ask(world, officer, channel=channel, need=Need.EDUCATION, **{member: "B-2-014"}))
    assert getattr(kept, member) == "B-2-014"


async def test_a_prisoner_whom_we_do_not_know_is_heard(world: World) -> None:
    """Help waits for no record of ours: he says where he is, and his token's subject is his name (DESIGN 7)."""
    world.scheme()
    stranger = world.viewer(Role.PERSON_IN_CUSTODY, prisons=frozenset())
    kept: Request = world.kept(await _ask(world, stranger, prison=PRISON))
    assert (kept.recipient, kept.unverified) == (stranger.principal.subject, True)
    world.scheme("SHANNON_TRUST")
    openly: Request = world.kept(await _ask(world, stranger, prison=PRISON, need=Need.EDUCATION))
    assert (openly.recipient, openly.person, openly.closed) == (stranger.principal.subject, None, False)
    with pytest.raises(Unacceptable) as wrong:
        await _ask(world, stranger)
    assert (codes(wrong.value), paths(wrong.value)) == (["MISSING"], ["/prison"])


async def test_a_recipient_may_be_anonymous(world: World) -> None:
    """A request without a name is a request (F52)."""
    world.scheme()
    kept: Request = world.kept(await _ask(world, world.viewer(Role.STAFF_MEMBER)))
    assert (kept.recipient, kept.cell, kept.person, kept.state) == (None, None, None, RequestState.RECEIVED)
    assert (kept.language, kept.first_night) == (None, False)


@pytest.mark.parametrize("state", [s for s in SchemeState if s not in SERVING])
async def test_where_no_scheme_answers_the_request_is_kept_as_closed(world: World, state: SchemeState) -> None:
    """No scheme, or none that is open now: accepted, unverified, and held as closely as a Listener's."""
    world.scheme(state=state)
    world.scheme(prison="LEI")
    world.scheme("INSIDERS")
    kept: Request = world.kept(await _ask(world, world.viewer(Role.WING_OFFICER)))
    assert (kept.scheme, kept.organisation, kept.closed, kept.unverified) == (None, None, True, True)
    assert world.entry.closed


@pytest.mark.parametrize("state", sorted(SERVING))
async def test_a_pilot_and_a_scheme_at_risk_answer_as_a_live_one_does(world: World, state: SchemeState) -> None:
    """Who needs help gets it from a scheme that is tried out, or that lacks something: it serves until it is
    suspended."""
    scheme = world.scheme(state=state)
    kept: Request = world.kept(await _ask(world, world.viewer(Role.WING_OFFICER)))
    assert (kept.scheme, kept.unverified) == (scheme.id, False)


@pytest.mark.parametrize(
    ("need", "state", "answers"),
    [
        (Need.INDUCTION, SchemeState.LIVE, "closed"),
        (Need.INDUCTION, SchemeState.SUSPENDED, None),
        (Need.INDUCTION, SchemeState.DRAFT, "open"),
        (Need.INDUCTION, SchemeState.APPROVED, "open"),
        (Need.INDUCTION, SchemeState.CLOSED, "open"),
        (Need.EMOTIONAL, SchemeState.LIVE, "closed"),
        (Need.EMOTIONAL, SchemeState.SUSPENDED, None),
        (Need.EMOTIONAL, SchemeState.CLOSED, None),
    ],
)
async def test_what_was_confidential_does_not_become_open_while_it_stops(
    world: World, need: Need, state: SchemeState, answers: str | None
) -> None:
    """Two schemes give the same support, one in confidence. While that one is suspended who asks is not handed to the
    open one under his name: his request is kept as closed, for whoever comes. A plan, or a scheme that ended, promises
    nothing; emotional support is never asked for openly."""
    gives = (need,)
    schemes = {
        "closed": world.scheme("LISTENERS", state, support_types=gives),
        "open": world.scheme("INSIDERS", support_types=gives),
    }
    person = world.person()
    kept: Request = world.kept(await _ask(world, world.prisoner(person), need=need, channel=Channel.KIOSK_OR_LAPTOP))
    assert kept.scheme == (None if answers is None else schemes[answers].id)
    assert kept.closed is (answers != "open")
    assert kept.person == (person.id if answers == "open" else None)


async def test_a_place_that_is_not_the_officer_s_is_unverified(world: World) -> None:
    """A prison that he is not known in is accepted and marked: the morning board reconciles it."""
    world.scheme(prison="LEI")
    officer = world.viewer(Role.WING_OFFICER)
    kept: Request = world.kept(await _ask(world, officer, prison="LEI", wing="LEI-B"))
    assert (kept.prison, kept.unverified) == ("LEI", True)
    anywhere = world.viewer(Role.WING_OFFICER, prisons=None)
    assert world.kept(await _ask(world, anywhere)).unverified
    with pytest.raises(Unacceptable) as wrong:
        await _ask(world, officer, prison=None)
    assert paths(wrong.value) == ["/prison"]


async def test_a_jurisdiction_without_offers_refuses_them(world: World) -> None:
    """What a rule pack lacks is refused by one code, for staff and prisoners alike, and nothing is kept (rule 27)."""
    officer = world.viewer(Role.WING_OFFICER, jurisdictions=frozenset({"IE"}))
    prisoner = world.prisoner(world.person(jurisdiction="IE", identifier="12345"))
    for who in (officer, prisoner):
        with pytest.raises(Unacceptable) as wrong:
            await _ask(world, who)
        assert codes(wrong.value) == ["KIND_DOES_NOT_ALLOW"]
    assert world.records(Request) == []


@pytest.mark.parametrize("role", [Role.WING_OFFICER, Role.PERSON_IN_CUSTODY])
async def test_a_life_at_risk_is_recorded_and_never_queued(world: World, role: Role) -> None:
    """It needs no identity, waits for nobody, is offered to nobody, and no move leads out of it (rule 5)."""
    scheme = world.scheme()
    world.supporter(scheme)
    who = world.prisoner(world.person()) if role is Role.PERSON_IN_CUSTODY else world.viewer(role)
    view = await _ask(world, who, urgency=Urgency.LIFE_AT_RISK)
    assert world.kept(view).state is RequestState.LIFE_AT_RISK
    officer = world.viewer(Role.WING_OFFICER)
    with pytest.raises(NotNow) as wrong:
        await world.change(officer, Verb.OFFER_REQUEST, Night(world).offering, view)
    assert codes(wrong.value) == ["STATE_LIFE_AT_RISK"]
    assert world.kept(view).offered_to is None


@pytest.mark.parametrize(
    ("ago", "late"),
    [(0, False), (30, False), (31, True), (60 * 24 * 40, True)],
    ids=["now", "half an hour", "31 minutes", "40 days"],
)
async def test_a_fact_of_the_past_is_accepted_and_marked(world: World, ago: int, late: bool) -> None:
    """However late, what happened is written down with when it happened and when it was recorded (rules 16 and 18)."""
    world.scheme()
    at = NOW - timedelta(minutes=ago)
    kept: Request = world.kept(await _ask(world, world.viewer(Role.WING_OFFICER), occurred_at=at))
    assert (kept.asked_at, kept.recorded_at, kept.late) == (at, NOW, late)


async def test_a_device_s_clock_may_run_ahead_five_minutes(world: World) -> None:
    """Up to five minutes ahead counts as now; a fact of the future is refused, at its place (rule 18)."""
    world.scheme()
    officer = world.viewer(Role.WING_OFFICER)
    ahead = NOW + timedelta(minutes=5)
    kept: Request = world.kept(await _ask(world, officer, occurred_at=ahead))
    assert (kept.asked_at, kept.late) == (NOW, False)
    with pytest.raises(Unacceptable) as wrong:
        await _ask(world, officer, occurred_at=ahead + timedelta(seconds=1))
    assert (codes(wrong.value), paths(wrong.value)) == (["IN_THE_FUTURE"], ["/occurredAt"])


async def test_any_member_of_staff_may_ask_and_none_by_that_reads(world: World) -> None:
    """The night nurse and the chaplain can pass on a request; that gives them no view of any."""
    world.scheme()
    nurse = world.viewer(Role.STAFF_MEMBER)
    view = await _ask(world, nurse, channel=Channel.HEALTHCARE_REFERRAL)
    assert world.kept(view).author == nurse.actor
    with pytest.raises(Refused):
        world.begin(nurse, Verb.READ_REQUEST)


async def test_a_live_request_is_read_on_duty_until_its_hour(world: World) -> None:
    """The officer of the wing and whoever runs tonight read it to the minute; the officer of another wing, of another
    prison, and the coordinator of the scheme do not (rules 2 and 13)."""
    scheme = world.scheme()
    view = await _ask(world, world.viewer(Role.STAFF_MEMBER))
    on_wing, orderly = world.viewer(Role.WING_OFFICER), world.viewer(Role.ORDERLY_OFFICER)
    for who in (on_wing, orderly):
        assert (await world.make(who, Verb.READ_REQUEST, answering.read, view.id)).id == view.id
    others = [
        world.viewer(Role.WING_OFFICER, wings=frozenset({"C"})),
        world.viewer(Role.WING_OFFICER, wings=frozenset()),
        world.viewer(Role.ORDERLY_OFFICER, prisons=frozenset({"LEI"})),
        world.viewer(Role.COORDINATOR, schemes=frozenset({scheme.id})),
        world.viewer(Role.SAFER_CUSTODY),
        world.viewer(Role.INSPECTORATE),
        world.viewer(Role.MONITORING_BOARD),
    ]
    for who in others:
        with pytest.raises(Absent):
            await world.make(who, Verb.READ_REQUEST, answering.read, view.id)
    world.clock.now = BAND_END + timedelta(hours=2) - timedelta(seconds=1)
    await world.make(on_wing, Verb.READ_REQUEST, answering.read, view.id)
    world.clock.forward(seconds=1)
    for who in (on_wing, orderly):
        with pytest.raises(Absent):
            await world.make(who, Verb.READ_REQUEST, answering.read, view.id)


# --- S5: at which stage of a sentence ---------------------------------------------------------------------------------


def test_the_stages_of_a_request_are_those_that_a_kind_may_name() -> None:
    """But for ANY: a kind may help at any stage, and nobody is at it."""
    assert [stage.value for stage in StageOfSentence] == [stage.value for stage in Stage if stage is not Stage.ANY]


@pytest.mark.parametrize("stage", StageOfSentence)
async def test_a_stage_is_kept_under_an_open_policy_and_under_no_other(world: World, stage: StageOfSentence) -> None:
    """Under a closed policy, and where no scheme is known, it is left out and the request is taken: no call for help
    fails over a figure. Under an open one any stage is kept, also one that the scheme does not name."""
    world.scheme()
    world.scheme("INSIDERS")
    officer = world.viewer(Role.WING_OFFICER)
    for need, kept in ((Need.EMOTIONAL, None), (Need.END_OF_LIFE, None), (Need.INDUCTION, stage)):
        asked: Request = world.kept(await _ask(world, officer, need=need, stage_of_sentence=stage))
        assert (asked.closed, asked.stage_of_sentence) == (kept is None, kept)
    assert world.kept(await _ask(world, officer, need=Need.INDUCTION)).stage_of_sentence is None


async def test_of_several_schemes_one_that_helps_at_this_stage_answers(world: World) -> None:
    """One for which the support comes second, but at this stage, before one that has it first and not now; where the
    stage is not said, the one that has it first."""
    first = world.scheme("INSIDERS", stage_of_sentence=(Stage.INDUCTION,))
    second = world.scheme(
        "SHANNON_TRUST",
        support_types=(SupportType.EDUCATION, SupportType.INDUCTION),
        stage_of_sentence=(Stage.BEFORE_RELEASE,),
    )
    officer = world.viewer(Role.WING_OFFICER)
    for said, answers in (
        (None, first),
        (StageOfSentence.INDUCTION, first),
        (StageOfSentence.BEFORE_RELEASE, second),
        (StageOfSentence.SETTLED, first),
    ):
        kept: Request = world.kept(await _ask(world, officer, need=Need.INDUCTION, stage_of_sentence=said))
        assert kept.scheme == answers.id


async def test_which_closed_scheme_answers_never_tells_the_stage(world: World) -> None:
    """Of two under closed policies the same one answers, whatever was said: its id on the request would tell."""
    world.scheme(stage_of_sentence=(Stage.INDUCTION,))
    world.scheme(stage_of_sentence=(Stage.BEFORE_RELEASE,))
    world.scheme("SHANNON_TRUST", support_types=(SupportType.EMOTIONAL,), stage_of_sentence=(Stage.ANY,))
    officer = world.viewer(Role.WING_OFFICER)
    answered = {world.kept(await _ask(world, officer, stage_of_sentence=s)).scheme for s in (None, *StageOfSentence)}
    assert len(answered) == 1
