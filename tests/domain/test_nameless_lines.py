"""Lines that name nobody: of closed participation, of what is handed in, of what is given anonymously; and of the slips
that come before them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from domain import looking as lists
from domain.confidentiality.entry import BY_THE_WEEK, Entry, Family, Outcome
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.feedback import acts as feedback
from domain.feedback import complaints
from domain.feedback.complaints import ComplaintAbout
from domain.feedback.record import Voice
from domain.kernel.errors import Absent, Refused, Trouble, Unacceptable
from domain.kernel.ids import EntryId
from domain.notes import SAID_WITHOUT_A_NAME, turned_away
from domain.oversight import looking
from domain.ports import Query
from domain.sessions import answering, asking, handing_in, learning, watching
from domain.sessions.codes import Channel, DurationBand, Need, Urgency, YesNoUnknown
from domain.sessions.concerns import ConcernRaised
from domain.sessions.escalations import Escalation
from domain.sessions.record import Enrolment
from domain.sessions.request import Request
from domain.sessions.suites import SuiteUse
from domain.sessions.tally import DayOrNight
from domain.supporters import acts as supporters
from domain.supporters.recruiting import applying
from tests.domain.given import sample
from tests.domain.world import NOW, PRISON, World, read_scheme, search_schemes

MONDAY = NOW.replace(hour=0, minute=0) - timedelta(days=NOW.weekday())
ASKING: dict[str, Any] = {"need": Need.EMOTIONAL, "channel": Channel.CELL_BELL, "urgency": Urgency.NOW, "wing": "MDI-B"}
TALLY: dict[str, Any] = {
    "month": "2026-01",
    "part": DayOrNight.NIGHT,
    "duration": DurationBand.UNDER_15,
    "concerns": (),
    "first_time": YesNoUnknown.NO,
    "suicidal_feelings": YesNoUnknown.NO,
    "self_harm": YesNoUnknown.NO,
}


def _names(entry: Entry, *ids: UUID) -> bool:
    return any(str(i) in json.dumps(entry.as_json()) for i in ids)


async def test_a_prisoner_who_asks_for_a_listener_is_not_named(world: World) -> None:
    """The line of his asking bears neither his actor's id, his assignment, nor his person's id: only that of the live
    record, which dies with the band (rule 4)."""
    world.scheme()
    person = world.person()
    prisoner = world.prisoner(person)
    view = (await world.make(prisoner, Verb.ASK, asking.ask, **ASKING)).view
    entry = world.entry
    assert (entry.closed, entry.actor, entry.assignment) == (True, None, None)
    assert not _names(entry, prisoner.actor, person.id)
    assert [c.id for c in entry.changes] == [view.id]


async def test_an_officer_who_asks_for_him_stays_named(world: World) -> None:
    """Staff are accountable for what they record, also of closed schemes; the man they record it of is in no line."""
    world.scheme()
    officer = world.viewer(Role.WING_OFFICER)
    await world.make(officer, Verb.ASK, asking.ask, prison=PRISON, recipient="Somebody", **ASKING)
    assert (world.entry.closed, world.entry.actor) == (True, officer.actor)


async def test_a_prisoner_who_asks_openly_is_named(world: World) -> None:
    """For a scheme of open policy an act of a person in custody is an act like any other."""
    world.scheme("SHANNON_TRUST")
    prisoner = world.prisoner(world.person())
    await world.make(prisoner, Verb.ASK, asking.ask, **{**ASKING, "need": Need.EDUCATION})
    assert (world.entry.closed, world.entry.actor) == (False, prisoner.actor)


async def test_what_a_prisoner_looks_at_is_as_nameless_as_what_he_asks_for(world: World) -> None:
    """A line with his name in the minute before would tell whose the nameless one is: what he reads, finds nothing of,
    or is refused names him no more, and shows the hour. What he changes in the open says who he is."""
    scheme, reading = world.scheme(), world.scheme("SHANNON_TRUST")
    person = world.person()
    prisoner = world.prisoner(person)
    await world.make(prisoner, Verb.READ_SCHEME, read_scheme, scheme.id)
    await world.make(prisoner, Verb.READ_ENROLMENT, learning.search_enrolments, Query())
    with pytest.raises(Absent):
        await world.make(prisoner, Verb.READ_SCHEME, read_scheme, world.ids())
    for entry in world.store.entries:
        assert (entry.actor, entry.assignment, entry.closed, entry.at) == (None, None, True, NOW.replace(minute=0))
        assert not _names(entry, prisoner.actor, person.id)
    await world.make(prisoner, Verb.APPLY, applying.apply, scheme=reading.id, wing="MDI-B")
    assert (world.entry.actor, world.entry.closed, world.entry.at) == (prisoner.actor, False, NOW)


async def test_a_closed_line_keeps_the_hour_and_no_more(world: World) -> None:
    """Not only shown to the hour, but kept so: a dump of the ledger tells no more than its readers see (rule 4)."""
    world.scheme()
    await world.make(world.viewer(Role.WING_OFFICER), Verb.ASK, asking.ask, prison=PRISON, **ASKING)
    assert world.entry.at == NOW.replace(minute=0)


async def test_what_names_nobody_names_no_client_either(world: World) -> None:
    """Which device a tally came from is as good as whose it was (rule 1); who acts by name says through what."""
    listener = world.supporting(world.supporter(world.scheme()))
    kiosk = replace(listener, principal=replace(listener.principal, client="kiosk-7"))
    await world.make(kiosk, Verb.HAND_IN_TALLY, handing_in.hand_in, **TALLY)
    assert world.entry.client is None
    officer = world.viewer(Role.WING_OFFICER)
    desk = replace(officer, principal=replace(officer.principal, client="wing-desk"))
    await world.make(desk, Verb.READ_SCHEME, search_schemes, Query())
    assert world.entry.client == "wing-desk"


@pytest.mark.parametrize(
    "slip",
    [
        {"recipient": "Somebody"},
        {"prison": "LEI"},
        {"occurred_at": NOW + timedelta(hours=1)},
    ],
    ids=["names somebody", "another prison", "in the future"],
)
async def test_a_slip_in_asking_names_nobody_either(world: World, slip: dict[str, Any]) -> None:
    """What went wrong with a prisoner's request may have been a request for a Listener: its line names him no more
    than the request itself would."""
    world.scheme()
    prisoner = world.prisoner(world.person())
    with pytest.raises(Unacceptable):
        await world.make(prisoner, Verb.ASK, asking.ask, **ASKING, **slip)
    assert (world.entry.outcome, world.entry.closed, world.entry.actor) == (Outcome.MALFORMED, True, None)
    assert not _names(world.entry, prisoner.actor)


async def test_an_officer_s_slip_in_asking_is_closed_too(world: World) -> None:
    """Before it is known which scheme would answer, an attempt to ask shows hour and family only, whoever made it."""
    begin = world.begin(world.viewer(Role.WING_OFFICER), Verb.ASK)
    with pytest.raises(Unacceptable):
        await asking.ask(begin, **ASKING)
    assert (world.entry.closed, world.entry.at) == (True, NOW.replace(minute=0))


async def test_looking_at_live_closed_requests_is_closed_too(world: World) -> None:
    """A look at a live closed request marks the line, and a failed one as well."""
    request = world.put(
        sample(Request, jurisdiction="EW", prison=PRISON, wing="MDI-B", closed=True, readable_until=_soon())
    )
    officer = world.viewer(Role.WING_OFFICER)
    begin = world.begin(officer, Verb.READ_REQUEST)

    async def fail() -> None:
        async with begin(Verb.READ_REQUEST) as act:
            await act.fetch(Request, request.id)
            raise Refused

    with pytest.raises(Refused):
        await fail()
    assert (world.entry.closed, world.entry.actor) == (True, officer.actor)


def _soon() -> datetime:
    return NOW + timedelta(hours=1)


async def test_an_empty_board_leaves_the_line_of_a_full_one(world: World) -> None:
    """A look that could have found a live closed request is a closed line whether it found one, none, or an id that is
    none: whoever counts exact lines learns nothing. What touched an open-policy request alone is open."""
    officer = world.viewer(Role.WING_OFFICER)
    await world.make(officer, Verb.READ_BOARD, watching.board)
    with pytest.raises(Absent):
        await world.make(officer, Verb.READ_REQUEST, answering.read, world.ids())
    world.scheme()
    await world.make(officer, Verb.ASK, asking.ask, prison=PRISON, **ASKING)
    await world.make(officer, Verb.READ_BOARD, watching.board)
    assert [(e.closed, e.at) for e in world.store.entries] == [(True, NOW.replace(minute=0))] * 4
    wing = {"wing": "C", "need": Need.EDUCATION}
    other = world.viewer(Role.WING_OFFICER, wings=frozenset({"C"}))
    world.scheme("SHANNON_TRUST")
    await world.make(other, Verb.ASK, asking.ask, prison=PRISON, **{**ASKING, **wing})
    await world.make(other, Verb.READ_BOARD, watching.board)
    assert [(e.closed, e.at) for e in world.store.entries[-2:]] == [(False, NOW)] * 2


@pytest.mark.parametrize(
    ("verb", "kind", "role"),
    [
        (Verb.READ_CONCERN, ConcernRaised, Role.ORDERLY_OFFICER),
        (Verb.READ_SUITE_USE, SuiteUse, Role.ORDERLY_OFFICER),
        (Verb.READ_ESCALATION, Escalation, Role.PARTNER_VOLUNTEER),
    ],
)
async def test_no_worry_leaves_the_line_of_one(world: World, verb: Verb, kind: type[Record], role: Role) -> None:
    """A list of worries, of the suites in use, or of what was passed on: whether there is one is told by no line, nor
    by an id that is none."""
    scheme = world.scheme()
    reader = world.viewer(role, organisations=frozenset({str(scheme.organisation)}))
    search, read = partial(lists.many, verb=verb, kind=kind), partial(lists.one, verb=verb, kind=kind)
    await world.make(reader, verb, search, query=Query())
    with pytest.raises(Absent):
        await world.make(reader, verb, read, id=world.ids())
    until = {"readable_until": NOW + timedelta(hours=1)} if "readable_until" in kind.shape.fields else {}
    here = {"jurisdiction": "EW", "prison": PRISON, "organisation": scheme.organisation, "closed": True, **until}
    there = world.put(sample(kind, **{name: here[name] for name in here if name in kind.shape.fields}))
    await world.make(reader, verb, search, query=Query())
    assert [sight.count for sight in world.entry.sights] == [1]
    await world.make(reader, verb, read, id=there.id)
    assert [(e.closed, e.at) for e in world.store.entries] == [(True, NOW.replace(minute=0))] * 4


async def test_an_open_record_does_not_close_a_line(world: World) -> None:
    """Open-policy participation is recorded like anything else."""
    enrolment = world.put(sample(Enrolment, jurisdiction="EW", prison=PRISON, closed=False, person=None))
    await world.make(
        world.viewer(Role.COORDINATOR),
        Verb.READ_ENROLMENT,
        learning.read_enrolment,
        enrolment.id,
        why=Purpose.SUPPORT,
    )
    assert not world.entry.closed


async def test_readers_of_the_ledger_see_hour_and_family_of_what_is_closed(world: World) -> None:
    """A governor who reads conduct sees that an officer changed something about closed participation in some hour: not
    that somebody asked, nor when (rules 4 and 15)."""
    world.scheme()
    officer, governor = world.viewer(Role.WING_OFFICER), world.viewer(Role.GOVERNOR)
    await world.make(officer, Verb.ASK, asking.ask, prison=PRISON, **ASKING)
    await world.make(governor, Verb.READ_SUPPORTER, supporters.search, Query())
    world.clock.forward(hours=1)
    auditor = world.viewer(Role.GOVERNOR)
    page = await world.make(auditor, Verb.READ_LEDGER, looking.search, Query(), why=Purpose.OVERSIGHT)
    by = {view.values["actor"]: view.values for view in page.items}
    asked, read = by[officer.actor], by[governor.actor]
    assert (asked["act"], asked["at"]) == (Family.CHANGE.value, NOW.replace(minute=0))
    assert (read["act"], read["at"]) == (Verb.READ_SUPPORTER.value, NOW)
    assert "sights" not in asked
    assert "changes" not in asked


async def test_a_closed_line_is_read_only_when_the_hour_that_it_tells_is_over(world: World) -> None:
    """Who reads the ledger every minute would otherwise learn the minute of what is shown to the hour; of what names
    nobody, the day of what is shown to the week (rules 1 and 4)."""
    supporter = world.supporter(world.scheme())
    officer, listener = world.viewer(Role.WING_OFFICER), world.supporting(supporter)
    await world.make(officer, Verb.ASK, asking.ask, prison=PRISON, **ASKING)
    await world.make(listener, Verb.HAND_IN_TALLY, handing_in.hand_in, **TALLY)

    async def told() -> list[Any]:
        auditor = world.viewer(Role.GOVERNOR)
        page = await world.make(auditor, Verb.READ_LEDGER, looking.search, Query(), why=Purpose.OVERSIGHT)
        return sorted(
            v.values["at"] for v in page.items if v.values["role"] in (Role.WING_OFFICER, Role.PERSON_IN_CUSTODY)
        )

    hour, week = NOW.replace(minute=0), MONDAY
    expected: dict[Any, list[Any]] = {
        week: [],
        hour + timedelta(hours=1): [hour],
        week + timedelta(days=7): [week, hour],
    }
    for over, lines in expected.items():
        # A few minutes more: an act of the last second is written when it ends, and clocks differ.
        world.clock.now = max(NOW, over + timedelta(minutes=5, seconds=-1))
        assert len(await told()) < len(lines) or lines == []
        world.clock.now = max(NOW, over + timedelta(minutes=5))
        assert await told() == lines


# What is handed in, or given anonymously.


async def test_a_tally_s_line_says_that_one_was_handed_in(world: World) -> None:
    """No actor, no assignment, no record, no day: a Listener's tally cannot be joined to him (rule 1)."""
    supporter = world.supporter(world.scheme())
    listener = world.supporting(supporter)
    await world.make(listener, Verb.HAND_IN_TALLY, handing_in.hand_in, **TALLY)
    entry = world.entry
    assert (entry.verb, entry.outcome, entry.closed) == (Verb.HAND_IN_TALLY, Outcome.DONE, True)
    assert (entry.actor, entry.assignment, entry.sights, entry.changes) == (None, None, (), ())
    assert entry.at == MONDAY
    assert not _names(entry, listener.actor, supporter.id, supporter.person, supporter.scheme)


async def test_a_volunteer_s_tally_is_as_nameless_as_a_listener_s(world: World) -> None:
    """Who comes from outside has no more of a name in this line than who lives there."""
    scheme = world.scheme()
    volunteer = world.volunteer(scheme)
    await world.make(volunteer, Verb.HAND_IN_TALLY, handing_in.hand_in, **TALLY)
    assert (world.entry.closed, world.entry.actor, world.entry.at.hour) == (True, None, 0)
    assert not _names(world.entry, volunteer.actor, scheme.id)


async def test_who_never_reaches_closed_requests_leaves_open_lines(world: World) -> None:
    """A coordinator's look for requests of open schemes is recorded like anything else, found or not."""
    await world.make(world.viewer(Role.COORDINATOR), Verb.READ_REQUEST, answering.search, Query())
    assert (world.entry.closed, world.entry.at) == (False, NOW)


async def test_a_tally_that_was_refused_names_nobody_either(world: World) -> None:
    """A slip in a tally is followed by the tally: its line must not say whose both were."""
    listener = world.supporting(world.supporter(world.scheme()))
    with pytest.raises(Unacceptable):
        await world.make(listener, Verb.HAND_IN_TALLY, handing_in.hand_in, **{**TALLY, "month": "2025-01"})
    entry = world.entry
    assert (entry.outcome, entry.actor, entry.assignment, entry.at.hour) == (Outcome.MALFORMED, None, None, 0)


@pytest.mark.parametrize("kind", ["LISTENERS", "SHANNON_TRUST"])
@pytest.mark.parametrize("role", [Role.PERSON_IN_CUSTODY, Role.WING_OFFICER])
async def test_anonymous_feedback_leads_back_to_nobody(world: World, kind: str, role: Role) -> None:
    """Its line has no actor, no assignment, no record and no day, whoever gave it, whatever the scheme (rule 12)."""
    scheme, person = world.scheme(kind), world.person()
    who = world.prisoner(person) if role is Role.PERSON_IN_CUSTODY else world.viewer(role)
    await world.make(who, Verb.GIVE_FEEDBACK, feedback.give, scheme=scheme.id, rating=2)
    entry = world.entry
    assert (entry.actor, entry.assignment, entry.at) == (None, None, MONDAY)
    assert {c.id for c in entry.changes} <= {None}
    assert not _names(entry, who.actor, person.id)


@pytest.mark.parametrize("role", [Role.PERSON_IN_CUSTODY, Role.WING_OFFICER])
@pytest.mark.parametrize("slip", ["a number in the words", "an unknown scheme"])
async def test_a_slip_in_anonymous_feedback_names_nobody_either(world: World, role: Role, slip: str) -> None:
    """A refused attempt is followed by a good one: a line that named its author would sign the other."""
    scheme = world.scheme("SHANNON_TRUST")
    who = world.prisoner(world.person()) if role is Role.PERSON_IN_CUSTODY else world.viewer(role)
    given: dict[str, Any] = {"scheme": world.ids()} if "scheme" in slip else {"scheme": scheme.id, "words": "A1111AA"}
    with pytest.raises(Trouble):
        await world.make(who, Verb.GIVE_FEEDBACK, feedback.give, rating=2, **given)
    entry = world.entry
    assert (entry.actor, entry.assignment, entry.at.hour) == (None, None, 0)


@pytest.mark.parametrize(
    ("kind", "given"),
    [("LISTENERS", {"anonymous": False}), ("SHANNON_TRUST", {"anonymous": False, "on_behalf_of": Voice.RECIPIENT})],
    ids=["closed", "on behalf"],
)
async def test_what_would_be_unsigned_is_so_from_the_start(world: World, kind: str, given: dict[str, Any]) -> None:
    """Feedback that will bear no author names none when it fails either, though he wished to sign it; and of a closed
    scheme its line is closed."""
    scheme, officer = world.scheme(kind), world.viewer(Role.WING_OFFICER)
    begin = world.begin(officer, Verb.GIVE_FEEDBACK)
    with pytest.raises(Unacceptable):
        await feedback.give(begin, scheme=scheme.id, rating=2, words="Ask A1111AA", **given)
    with pytest.raises(Absent):
        await feedback.give(begin, scheme=world.ids(), rating=2, **given)
    first, second = world.store.entries
    assert (first.actor, first.closed, first.at.hour) == (None, kind == "LISTENERS", 0)
    assert (second.actor is None) is ("on_behalf_of" in given)
    assert not second.closed


async def test_a_prisoner_s_feedback_on_no_scheme_is_nobody_s(world: World) -> None:
    """Signed or not: until the scheme is known to be open, his attempt may have been about Listeners."""
    prisoner = world.prisoner(world.person())
    begin = world.begin(prisoner, Verb.GIVE_FEEDBACK)
    with pytest.raises(Absent):
        await feedback.give(begin, scheme=world.ids(), rating=2, anonymous=False)
    assert (world.entry.actor, world.entry.closed) == (None, True)


async def test_feedback_that_is_signed_stays_signed(world: World) -> None:
    """Who chose to be named, about a scheme of open policy, is named in the line too."""
    officer = world.viewer(Role.WING_OFFICER)
    scheme = world.scheme("SHANNON_TRUST")
    await world.make(officer, Verb.GIVE_FEEDBACK, feedback.give, scheme=scheme.id, rating=2, anonymous=False)
    assert (world.entry.actor, world.entry.at) == (officer.actor, NOW)
    begin = world.begin(officer, Verb.GIVE_FEEDBACK)
    await feedback.give(begin, scheme=scheme.id, rating=2, anonymous=False, on_behalf_of=Voice.RECIPIENT)
    assert world.entry.actor is None


async def test_what_is_said_without_a_name_is_all_alike(world: World) -> None:
    """Told by the week and by one role, a tally, a report, a complaint and feedback, of whoever lives there and whoever
    supports him: in the line of a complaint nothing is other than in that of a tally but the verb, which its readers
    are not shown. The first slip at any of them tells no more (rules 7 and 12)."""
    scheme = world.scheme()
    said: dict[Verb, Callable[[], Any]] = {
        Verb.HAND_IN_TALLY: lambda: world.make(listener, Verb.HAND_IN_TALLY, handing_in.hand_in, **TALLY),
        Verb.GIVE_FEEDBACK: lambda: world.make(prisoner, Verb.GIVE_FEEDBACK, feedback.give, scheme=scheme.id, rating=2),
        Verb.COMPLAIN: lambda: world.make(
            prisoner, Verb.COMPLAIN, complaints.complain, scheme=scheme.id, about=ComplaintAbout.PRESSED
        ),
    }
    listener, prisoner = world.supporting(world.supporter(scheme)), world.prisoner(world.person())
    for verb, say in said.items():
        await say()
        assert world.entry.verb is verb
    lines = {(e.at, e.readable_from, e.role, e.actor, e.nameless, e.closed) for e in world.store.entries}
    ends = MONDAY + timedelta(days=7, minutes=5)
    assert lines == {(MONDAY, ends, Role.PERSON_IN_CUSTODY, None, True, True)}
    assert frozenset(verb.value for verb in SAID_WITHOUT_A_NAME) == BY_THE_WEEK
    slip = partial(turned_away, outcome=Outcome.MALFORMED, code="unacceptable", prison=PRISON, jurisdiction="EW")
    whose: dict[str, Any] = {"actor": listener.actor, "client": None, "role": Role.SUPPORTER, "in_custody": True}
    slips = [slip(EntryId(world.ids()), NOW, verb=verb, **whose) for verb in SAID_WITHOUT_A_NAME]
    assert {(e.at, e.role, e.actor) for e in slips} == {(MONDAY, Role.PERSON_IN_CUSTODY, None)}
