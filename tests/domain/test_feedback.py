"""What people say of a scheme: by whom, on whose behalf, and who may read it."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.feedback import acts as feedback
from domain.feedback.mixing import mix
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.errors import Absent, Refused, Unacceptable
from domain.ports import Query
from domain.schemes.record import Scheme
from tests.domain.world import World, codes, paths


async def _give(world: World, who: Any, scheme: Scheme, **given: Any) -> Feedback:
    receipt = await world.make(who, Verb.GIVE_FEEDBACK, feedback.give, scheme=scheme.id, **{"rating": 3, **given})
    assert receipt == feedback.RECEIPT
    before = world.clock.now
    world.clock.forward(days=7)
    await mix(lambda: world.begin(world.viewer(Role.SERVICE), Verb.TICK))
    world.clock.now = before
    return world.records(Feedback)[-1]


async def test_whose_view_it_is_follows_from_the_capacity(world: World) -> None:
    """Recipient, supporter or staff: said by how one acts, and not by what one types."""
    scheme = world.scheme("SHANNON_TRUST")
    supporter = world.supporter(scheme)
    voices = {
        Voice.RECIPIENT: world.prisoner(world.person()),
        Voice.SUPPORTER: world.supporting(supporter),
        Voice.STAFF: world.viewer(Role.WING_OFFICER),
    }
    for voice, who in voices.items():
        assert (await _give(world, who, scheme)).voice is voice


async def test_staff_may_type_for_somebody_who_cannot(world: World) -> None:
    """What staff type for a recipient or supporter is his view and bears no author, whatever was chosen."""
    scheme, officer = world.scheme("SHANNON_TRUST"), world.viewer(Role.WING_OFFICER)
    assert not (await _give(world, officer, scheme)).helped_to_answer
    for voice in (Voice.RECIPIENT, Voice.SUPPORTER):
        kept = await _give(world, officer, scheme, on_behalf_of=voice, anonymous=False, helped_to_answer=True)
        assert (kept.voice, kept.author, kept.helped_to_answer) == (voice, None, True)


@pytest.mark.parametrize("role", [Role.PERSON_IN_CUSTODY, Role.SUPPORTER])
async def test_nobody_in_custody_types_for_another(world: World, role: Role) -> None:
    """A prisoner speaks for himself: the member is unknown to him."""
    scheme = world.scheme("SHANNON_TRUST")
    who = (
        world.prisoner(world.person()) if role is Role.PERSON_IN_CUSTODY else world.supporting(world.supporter(scheme))
    )
    with pytest.raises(Unacceptable) as wrong:
        await _give(world, who, scheme, on_behalf_of=Voice.RECIPIENT)
    assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], ["/onBehalfOf"])
    assert world.records(Feedback) == []


@pytest.mark.parametrize("who", ["prisoner", "supporter", "officer"])
async def test_feedback_on_a_closed_scheme_never_has_an_author(world: World, who: str) -> None:
    """A signed word about a Listener would say that its author had met one: none is kept, even if he wants to sign."""
    scheme = world.scheme()
    viewer = {
        "prisoner": world.prisoner(world.person()),
        "supporter": world.supporting(world.supporter(scheme)),
        "officer": world.viewer(Role.WING_OFFICER),
    }[who]
    kept = await _give(world, viewer, scheme, anonymous=False)
    assert (kept.author, kept.closed) == (None, True)
    assert viewer.actor not in [getattr(kept, n) for n in Feedback.shape.fields]


async def test_one_may_sign_where_the_policy_is_open(world: World) -> None:
    """Anonymous unless somebody chooses otherwise."""
    scheme, officer = world.scheme("SHANNON_TRUST"), world.viewer(Role.WING_OFFICER)
    assert (await _give(world, officer, scheme)).author is None
    assert (await _give(world, officer, scheme, anonymous=False)).author == officer.actor


@pytest.mark.parametrize("kind", ["LISTENERS", "INSIDERS"])
async def test_words_only_where_the_scheme_holds_content(world: World, kind: str) -> None:
    """A Listener scheme and an Insider one hold ratings and themes, and no free text (rule 20)."""
    scheme, prisoner = world.scheme(kind), world.prisoner(world.person())
    with pytest.raises(Unacceptable) as wrong:
        await _give(world, prisoner, scheme, words="It helped.")
    assert (codes(wrong.value), paths(wrong.value)) == (["MAY_NOT_BE_HELD"], ["/words"])
    kept = await _give(world, prisoner, scheme, themes=(Theme.FELT_PRIVATE,))
    assert (kept.words, kept.themes) == (None, (Theme.FELT_PRIVATE,))
    reading = world.scheme("SHANNON_TRUST")
    assert (await _give(world, prisoner, reading, words="It helped.")).words == "It helped."
    with pytest.raises(Unacceptable) as wrong:
        await _give(world, prisoner, reading, words="Ask A1234BC.")
    assert codes(wrong.value) == ["LOOKS_LIKE_A_PRISON_NUMBER"]


@pytest.mark.parametrize("day", range(7))
async def test_the_week_is_all_that_is_kept_of_the_time(world: World, day: int) -> None:
    """Whatever the day and hour, the record has the Monday of its week and no other date (rule 12)."""
    world.clock.forward(days=day - 2, hours=3)
    kept = await _give(world, world.prisoner(world.person()), world.scheme())
    assert kept.week_of == date(2026, 1, 12)
    assert kept.week_of <= world.today < kept.week_of + timedelta(days=7)
    assert [n for n, f in Feedback.shape.fields.items() if "date" in str(f.type) and n != "words_gone_on"] == [
        "week_of"
    ]


async def test_everybody_gets_the_same_receipt(world: World) -> None:
    """An answer that described the feedback would sit in a device's history."""
    got = {
        await world.make(who, Verb.GIVE_FEEDBACK, feedback.give, scheme=scheme.id, rating=rating)
        for scheme in (world.scheme(), world.scheme("SHANNON_TRUST"))
        for who in (world.prisoner(world.person()), world.viewer(Role.STAFF_MEMBER))
        for rating in (1, 5)
    }
    assert got == {"RECEIVED"}


async def test_feedback_is_read_where_the_policy_is_open(world: World) -> None:
    """Coordinator and partner read what was said of an open scheme of theirs; of a closed one nobody reads a single
    piece, and wing staff, supporters and prisoners none at all."""
    closed, reading = world.scheme(), world.scheme("SHANNON_TRUST")
    prisoner = world.prisoner(world.person())
    hidden = await _give(world, prisoner, closed)
    shown = await _give(world, prisoner, reading)
    for who in (world.viewer(Role.COORDINATOR), world.volunteer(reading)):
        page = await world.make(who, Verb.READ_FEEDBACK, feedback.search, Query())
        assert [v.id for v in page.items] == [shown.id]
        assert (await world.make(who, Verb.READ_FEEDBACK, feedback.read, shown.id)).values["rating"] == 3
    for who in (world.viewer(Role.COORDINATOR), world.volunteer(closed)):
        with pytest.raises(Absent):
            await world.make(who, Verb.READ_FEEDBACK, feedback.read, hidden.id)
    for role in (Role.WING_OFFICER, Role.GOVERNOR, Role.SAFER_CUSTODY):
        with pytest.raises(Refused):
            world.begin(world.viewer(role), Verb.READ_FEEDBACK)
    with pytest.raises(Absent):
        world.begin(prisoner, Verb.READ_FEEDBACK)
