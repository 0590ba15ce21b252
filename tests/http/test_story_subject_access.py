"""Somebody wants to know what is kept of him: the estate's machine asks, and is told his side and nobody else's; what
is sealed decides nothing (F89, rule 21)."""

import dataclasses
import json
import logging
import re
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from api.routes.subject_access import FINGERPRINT
from api.work.bench import service_begin
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.entry import Entry
from domain.confidentiality.verbs import Verb
from domain.feedback.record import Feedback
from domain.kernel.bands import Band
from domain.merging.merge import merge
from domain.oversight.record import Assignment
from domain.people.record import Person
from domain.sessions.conduct import Account, Conduct, Reconciliation, Review
from domain.sessions.record import Session
from domain.sessions.request import Request
from domain.supporters.record import Supporter
from domain.supporters.suspension import Category, Disclosed, Suspension, SuspensionState, WithheldReason
from domain.training.cohorts import Cohort
from tests.http import cast, tale
from tests.http.cast import CAST, START, actor, assignment, uid
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done
from tests.http.test_story_unmet import over, refused
from tests.http.world import World, actor_of, observed

ASK = "/subject-access-request"
FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
NEVER = "A9999ZZ"
Content = list[dict[str, Any]]


def number(name: str) -> str:
    """His prison number."""
    return str(CAST[name].number)


async def answered(world: World, name: str, **days: str) -> Content:
    """What the machine is told of him; nothing where there is nothing."""
    query = "&".join(f"{key}={value}" for key, value in {"prn": number(name), **days}.items())
    answer = await world.sar.get(f"{ASK}?{query}")
    assert answer.status_code in (200, 204), answer.text
    return answer.json()["content"] if answer.status_code == 200 else []


def titles(content: Content) -> list[str]:
    """Of its sections."""
    return [section["title"] for section in content]


def items(content: Content, title: str) -> list[dict[str, Any]]:
    """Of one section: each as {label: what is said}."""
    found = [section for section in content if section["title"] == title]
    return [
        {fact["label"]: [*fact["texts"], *fact["dates"], *fact["users"]] for fact in item["facts"]}
        for section in found
        for item in section["items"]
    ]


def dates(content: Content) -> list[str]:
    """Every day and instant in it."""
    return [day for section in content for item in section["items"] for fact in item["facts"] for day in fact["dates"]]


# --- the contract ----------------------------------------------------------------------------------------------------


async def test_who_has_something_here_is_told_it(world: World) -> None:
    """200 and `content`, with his own row first."""
    content = await answered(world, "mentor")
    (you,) = items(content, "You")
    assert you == {"Name": [CAST["mentor"].full_name], "Number": [number("mentor")], "Wing": ["MDI-A"]}
    assert titles(content)[1] == "Your role as a peer supporter"


@pytest.mark.parametrize("prn", [NEVER, "A9998ZZ", "not-a-number", "%20", "a9999zz"])
async def test_of_whom_nothing_is_kept_nothing_is_said(world: World, prn: str) -> None:
    """204 for a number that nobody has here, however it is written; never 404, and no body."""
    answer = await world.sar.get(f"{ASK}?prn={prn}")
    assert (answer.status_code, answer.content) == (204, b"")


async def test_a_number_of_probation_is_of_a_kind_that_is_not_held(world: World) -> None:
    """209 for a `crn` alone; with a `prn` beside it that counts."""
    answer = await world.sar.get(f"{ASK}?crn=X123456")
    assert (answer.status_code, answer.content) == (209, b"")
    assert (await world.sar.get(f"{ASK}?crn=X123456&prn={number('mentor')}")).status_code == 200


@pytest.mark.parametrize("query", ["", "?prn=", "?prn=&crn=", "?fromDate=2026-01-01"])
async def test_without_a_number_it_is_no_request(world: World, query: str) -> None:
    """400, and a line in the ledger."""
    answer = await world.sar.get(f"{ASK}{query}")
    assert answer.status_code == 400
    assert (world.last.outcome, world.last.verb) == ("MALFORMED", "READ_SUBJECT_ACCESS")


async def test_a_day_that_is_none_is_no_request(world: World) -> None:
    """400."""
    assert (await world.sar.get(f"{ASK}?prn={NEVER}&fromDate=yesterday")).status_code == 400


async def test_days_that_end_before_they_begin_are_no_request(world: World) -> None:
    """400 of whomever it is asked, and not an answer that nothing is kept."""
    backwards = "fromDate=2026-09-02&toDate=2026-09-01"
    for asked in (f"{ASK}?prn={number('mentor')}&{backwards}", f"{ASK}?prn={NEVER}&{backwards}"):
        answer = await world.sar.get(asked)
        assert (answer.status_code, answer.json()["failures"][0]["code"]) == (400, "ENDS_BEFORE_START")
        assert (world.last.outcome, world.last.verb) == ("MALFORMED", "READ_SUBJECT_ACCESS")
    one_day = backwards.replace("02", "01")
    assert (await world.sar.get(f"{ASK}?prn={NEVER}&{one_day}")).status_code == 204


async def test_the_number_may_be_written_small(world: World) -> None:
    """As in every service of the estate."""
    small = await world.sar.get(f"{ASK}?prn={number('mentor').lower()}")
    assert small.content == (await world.sar.get(f"{ASK}?prn={number('mentor')}")).content


async def test_the_template_goes_out_as_it_is_registered(world: World) -> None:
    """Plain text, byte for byte; to the machine alone."""
    answer = await world.sar.get(f"{ASK}/template")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert sha256(answer.content).hexdigest() == FINGERPRINT
    assert (await world.governance.get(f"{ASK}/template")).status_code == 403


@pytest.mark.parametrize(
    "name", ["governance", "governor", "coordinator", "imb", "ombudsman", "headquarters", "integrator", "bare-sar"]
)
async def test_nobody_else_is_told(world: World, name: str) -> None:
    """403: neither staff nor partners nor another system, nor this one without the estate's own authority."""
    answer = await world[name].get(f"{ASK}?prn={number('mentor')}")
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["mentor", "arthur", "listener"])
async def test_in_custody_there_is_no_such_address(world: World, name: str) -> None:
    """He asks by hand: the same bytes as anywhere where nothing is."""
    nowhere = await world[name].get("/there-is-no-such-thing")
    assert observed(await world[name].get(f"{ASK}?prn={number(name)}")) == observed(nowhere)


# --- two people ------------------------------------------------------------------------------------------------------


async def test_each_of_two_is_told_his_side_and_nothing_of_the_other(world: World) -> None:
    """A session of mentor and learner: to the learner what was worked on and written, to the mentor that he gave it."""
    kept = await world.record(Session, uid("session"))
    await world.change(dataclasses.replace(kept, note="He reads to his son now.", minutes=20, manual=3, page=7))
    his = await answered(world, "arthur")
    (session,) = items(his, "Sessions")
    assert session["What was written of it"] == ["He reads to his son now."]
    assert (session["Manual"], session["Page"], session["Wing"]) == (["3"], ["7"], ["MDI-A"])
    mentors = await answered(world, "mentor")
    (given,) = items(mentors, "Sessions that you gave")
    assert given["Minutes"] == ["20"]
    assert set(given) == {"Starts at", "Ends at", "State", "Called off", "Minutes"}
    other = {"arthur": json.dumps(mentors), "mentor": json.dumps(his)}
    for name, text in other.items():
        words = {*CAST[name].full_name.split(), number(name), str(cast.person(name)), str(uid(f"supporter:{name}"))}
        assert not [word for word in words if word in text]
    assert "reads to his son" not in other["arthur"]
    assert "READ_A_LETTER" not in other["arthur"]
    assert "Read a letter" not in other["arthur"]


async def test_what_he_signed_learned_and_holds_is_his(world: World) -> None:
    """Feedback that he signed, a course that he joined among others, the role of a peer coordinator: found otherwise
    than by an id in a field of theirs."""
    signed = await world.record(Feedback, uid("feedback"))
    mine = dataclasses.replace(signed, id=uid("feedback:signed"), version=0, author=actor_of("arthur"))
    learned = await world.record(Cohort, uid("cohort"))
    roles = tuple({*learned.members, uid("supporter:mentor")})
    await world.keep([mine])
    await world.change(dataclasses.replace(learned, members=roles))
    (feedback,) = items(await answered(world, "arthur"), "Feedback that you signed")
    assert feedback["Rating"] == ["4"]
    (course,) = items(await answered(world, "mentor"), "Courses that you joined")
    assert set(course) <= {"Starts on", "Ends on", "Trainer"}
    (held,) = items(await answered(world, "peer-coordinator"), "Roles that you hold in this service")
    assert held["Role"] == ["Peer coordinator"]
    assert dates(await answered(world, "peer-coordinator")) == [], "of Listeners he is told months"


async def test_no_id_of_ours_is_told_to_anybody(world: World) -> None:
    """Nothing in an answer joins two of them."""
    for name in ("mentor", "arthur", "listener", "insider"):
        text = json.dumps(await answered(world, name))
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text), name


async def test_staff_are_told_by_user_name_and_partners_are_not_told(world: World) -> None:
    """The report makes last names of user names; a volunteer's is his own."""
    text = json.dumps(await answered(world, "mentor"))
    users = {
        user
        for section in await answered(world, "mentor")
        for item in section["items"]
        for fact in item["facts"]
        for user in fact["users"]
    }
    subjects = {cast.principal(name).subject for name, member in CAST.items() if member.issuer == cast.STAFF}
    assert users
    assert users <= subjects
    assert not [name for name, member in CAST.items() if member.issuer == cast.PARTNERS and f'"{name}"' in text]


async def test_why_security_says_so_is_withheld_and_the_answer_looks_the_same(world: World) -> None:
    """A suspension with and without a reason that is kept from him: the same labels, the same words."""
    plain = Suspension(
        id=uid("suspension:mentor"),  # type: ignore[arg-type]
        **_of("mentor"),
        state=SuspensionState.OPEN,
        category=Category.SECURITY,
        disclosed_reason=Disclosed.GENERAL_REVIEW,
        pay_kept=True,
        stood=(await world.record(Supporter, uid("supporter:mentor"))).standing,
        suspended_on=START.date(),
        review_due_on=START.date() + timedelta(days=7),
        suspended_by=actor("governor"),
    )
    await world.keep([plain])
    before = await answered(world, "mentor")
    assert items(before, "Suspensions")
    kept = await world.record(Suspension, plain.id)
    kept_from_him: dict[str, Any] = {"withheld_reason": WithheldReason.INTELLIGENCE, "evidence": "IR-1"}
    changed = dataclasses.replace(kept, category=Category.ALLEGATION, possible_retaliation=True, **kept_from_him)
    await world.change(changed)
    assert await answered(world, "mentor") == before


def _of(name: str) -> dict[str, Any]:
    return {
        "scheme": uid("scheme:shannon"),
        "jurisdiction": "EW",
        "prison": "MDI",
        "organisation": "SHANNON_TRUST",
        "supporter": uid(f"supporter:{name}"),
        "person": cast.person(name),
    }


# --- closed policies -------------------------------------------------------------------------------------------------


async def on_the_rota(world: World, days: Sequence[date]) -> None:
    """The Listener is on the rota, as published."""
    await world.keep(
        [
            RosterEntry(
                id=uid(f"rostered:{day}"),  # type: ignore[arg-type]
                scheme=uid("scheme:listeners"),  # type: ignore[arg-type]
                jurisdiction="EW",
                prison="MDI",
                organisation="SAMARITANS",
                supporter=uid("supporter:listener"),  # type: ignore[arg-type]
                name=CAST["listener"].full_name,
                day=day,
                band=Band.NIGHT,
                slot=uid(f"slot:{day}"),
                in_force_from=START,
                state=RosterState.PUBLISHED,
                written_by=actor("coordinator"),
            )
            for day in days
        ]
    )


async def test_a_listener_s_answer_has_no_day_of_his_role(world: World) -> None:
    """Months and numbers of them: of his rota a count, and no day, band or instant at all."""
    before = {each["label"]: each for each in _facts(await answered(world, "listener"), "Your duty on the rota")}
    await on_the_rota(world, [date(2026, 9, 4), date(2026, 9, 18), date(2026, 10, 2)])
    content = await answered(world, "listener")
    after = {each["label"]: each["texts"] for each in _facts(content, "Your duty on the rota")}
    assert after["September 2026"] == ["2"]
    assert after["October 2026"] == ["1"]
    assert set(after) >= set(before)
    assert dates(content) == []
    assert "Night" not in json.dumps([s for s in content if s["title"] == "Your duty on the rota"])
    (role,) = items(content, "Your role as a peer supporter")
    assert role["Applied on"] == ["May 2026"]


def _facts(content: Content, title: str) -> list[dict[str, Any]]:
    return [fact for s in content if s["title"] == title for item in s["items"] for fact in item["facts"]]


async def test_no_day_of_it_is_found_by_asking_for_one_day_after_another(world: World) -> None:
    """The filter cuts no finer than a month there: each day of September tells what every other does."""
    await on_the_rota(world, [date(2026, 9, 4), date(2026, 9, 18)])
    told = [
        json.dumps(await answered(world, "listener", fromDate=f"2026-09-{day:02}", toDate=f"2026-09-{day:02}"))
        for day in (1, 4, 5, 18, 30)
    ]
    assert len(set(told)) == 1
    assert '"September 2026"' in told[0]


async def test_what_is_sealed_decides_nothing(empty: World) -> None:
    """Five requests that are over or none at all: the same status and bytes. Of one that lives, on which he gave his
    number, he is told, and of no supporter in it; and the ledger's line does not say whether there was one."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    none = observed(await empty.sar.get(f"{ASK}?prn={NEVER}"))
    never = empty.last
    for at in range(5):
        request = await tale.asked(empty, key=f"night-key-{at:04}", recipient=number("arthur"))
        if at == 0:
            await done(empty.officer, request, "offer")
    live = await answered(empty, "arthur")
    alive = empty.last
    asked = items(live, "Requests for support")
    assert len(asked) == 5
    text = json.dumps(live)
    for name in ("listener", "second-listener"):
        assert not [word for word in CAST[name].full_name.split() if word in text]
    assert "Declined by" not in text
    assert _line(alive) == _line(never)
    await over(empty)
    assert await empty.records(Request) == []
    after = observed(await empty.sar.get(f"{ASK}?prn={number('arthur')}"))
    assert after[0] == none[0] == 204
    assert after == none
    assert _line(empty.last) == _line(never)


def _line(entry: Entry) -> dict[str, Any]:
    """All that a line tells but its own id and hour."""
    return {key: value for key, value in entry.as_json().items() if key not in ("id", "at")}


async def test_a_name_alone_may_be_another_s(empty: World) -> None:
    """A live request for somebody of his name is not given: nobody knows that it is he."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    await tale.asked(empty, recipient=CAST["arthur"].full_name)
    assert await answered(empty, "arthur") == []


async def test_his_number_beside_his_name_is_his(world: World) -> None:
    """As the service itself writes it down of a man whom it knows, and as an officer may: he is told."""
    own = {"need": "EMOTIONAL", "channel": "KIOSK_OR_LAPTOP", "urgency": "NOW", "wing": "MDI-A"}
    before = items(await answered(world, "arthur"), "Requests for support")
    assert (await world.arthur.post("/v1/requests", own, key="kiosk-key-0000")).status_code == 201
    live = [r for r in await world.records(Request) if r.closed and number("arthur") in (r.recipient or "")]
    assert [r.recipient for r in live] == [f"{number('arthur')} {CAST['arthur'].full_name}"]
    after = items(await answered(world, "arthur"), "Requests for support")
    assert len(after) == len(before) + 1


async def test_by_either_number_of_a_man_he_is_told_the_same(world: World) -> None:
    """A live request bears the number that he had when he asked; so does a role that he holds."""
    role = await world.record(Assignment, assignment("peer-coordinator"))
    before = await answered(world, "peer-coordinator")
    there = await world.records(Request, prison="MDI", closed=True)
    kept = next(each for each in there if each.readable_until > world.now)
    await world.change(dataclasses.replace(kept, recipient=f"Quincy, {role.subject.lower()}"))
    async with service_begin(world.house.runtime).serially(Verb.TICK) as act:
        assert await merge(act, "EW", NEVER, role.subject, START) == "REKEYED"
    by_old, by_new = [(await world.sar.get(f"{ASK}?prn={prn}")) for prn in (role.subject, NEVER)]
    assert (by_old.status_code, by_new.status_code) == (200, 200)
    assert by_old.content == by_new.content
    told = by_new.json()["content"]
    assert len(items(told, "Requests for support")) == len(items(before, "Requests for support")) + 1
    assert items(told, "Roles that you hold in this service")


async def test_a_row_that_stands_for_him_says_nothing_by_itself(world: World) -> None:
    """Asking may have left it: 204 and the work of one whom nobody knows."""
    await world.keep([_person("A9998ZZ")])
    await answered(world, "mentor")  # whoever asks is known by now
    looks: list[list[tuple[str, str]]] = []
    for prn in ("A9998ZZ", NEVER):
        mark = len(world.seen.calls)
        assert (await world.sar.get(f"{ASK}?prn={prn}")).status_code == 204
        looks.append(world.seen.calls[mark:])
    assert looks[0] == looks[1]


def _person(number: str) -> Person:
    id: Any = uid(f"person:{number}")
    return Person(
        id=id, person=id, jurisdiction="EW", prison="MDI", identifier_kind="NOMS", identifier=number, name="Made Up"
    )


# --- days ------------------------------------------------------------------------------------------------------------


async def test_days_are_of_the_prison_s_clocks_and_both_count(world: World) -> None:
    """A session is of the day on which it starts: in the range of that day alone, and of no other."""
    day = (START + timedelta(days=1)).date()
    for since, until, there in (
        (day, day, True),
        (day + timedelta(days=1), None, False),
        (None, day - timedelta(days=1), False),
        (day - timedelta(days=3), day + timedelta(days=3), True),
    ):
        given = {key: str(each) for key, each in (("fromDate", since), ("toDate", until)) if each is not None}
        content = await answered(world, "arthur", **given)
        assert bool(items(content, "Sessions")) is there, given


async def test_a_range_that_holds_nothing_is_204(world: World) -> None:
    """Though there is something on other days."""
    assert await answered(world, "arthur", fromDate="2001-01-01", toDate="2001-12-31") == []


async def test_the_answer_is_the_same_each_time(world: World) -> None:
    """Byte for byte, in the order of days."""
    first, second = [await world.sar.get(f"{ASK}?prn={number('mentor')}") for _ in range(2)]
    assert first.content == second.content
    content = first.json()["content"]
    held = [each["Held on"] for each in items(content, "Training")]
    assert held == sorted(held)


# --- the ledger and the log ------------------------------------------------------------------------------------------


@FIRST
async def test_one_act_one_line_and_no_number(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The line says who asked, by which rule, and what was shown; of whom it says nothing but our ids of records. The
    number is in no line and in no log."""
    mark = len(world.entries())
    with caplog.at_level(logging.DEBUG):
        assert await answered(world, "mentor")
    (line,) = world.since(mark)
    assert (line.verb, line.rule, line.purpose) == (
        "READ_SUBJECT_ACCESS",
        "subject-access.subject-access.own-prison",
        "subject-access",
    )
    assert line.client is None or line.client == "sar"
    assert line.closed
    assert (line.at.minute, line.at.second) == (0, 0)
    shown = {sight.kind: sight for sight in line.sights}
    assert "standing" in shown["supporter"].fields
    assert shown["session"].fields == ("starts_at", "ends_at", "state", "called_off", "minutes", "marks")
    assert shown["request"].ids == shown["person"].ids == ()
    told = json.dumps(line.as_json())
    assert number("mentor") not in told
    assert str(cast.person("mentor")) not in told
    ours = [record for record in caplog.records if not record.name.startswith("http")]  # the test's own client speaks
    assert not [record for record in ours if number("mentor") in record.getMessage()]


# --- staff -----------------------------------------------------------------------------------------------------------


async def conduct_of_the_officer(world: World) -> Conduct:
    """A conduct that the officer coded, kept."""
    kept = await world.record(Conduct, uid("conduct"))
    mine = dataclasses.replace(kept, coded_by=actor("officer"), noted_by=actor("oscar"))
    await world.change(mine)
    return await world.record(Conduct, uid("conduct"))


def path(name: str) -> str:
    """Where what is kept of him is read."""
    return f"/v1/assignments/{assignment(name)}/subject-access"


async def test_staff_are_subjects_too(world: World) -> None:
    """Roles, duties, and conduct that names him: without its author, and whatever an account of it says."""
    await conduct_of_the_officer(world)
    answer = await world.governance.get(path("officer"))
    assert answer.status_code == 200, answer.text
    content = answer.json()["content"]
    assert items(content, "You") == [{"User name": [cast.principal("officer").subject]}]
    (role,) = items(content, "Roles that you hold in this service")
    assert role["Role"] == ["Wing officer"]
    (conduct,) = items(content, "Requests that were not met, with a code that you gave")
    assert conduct["Code"] == ["Asleep claimed"]
    assert cast.principal("oscar").subject not in answer.text
    (line,) = [each for each in world.entries() if each.verb == "READ_STAFF_SUBJECT_ACCESS"]
    assert {sight.kind for sight in line.sights} == {"assignment", "conduct"}


async def test_of_staff_too_days_have_an_order(world: World) -> None:
    """400, as for those in custody."""
    answer = await world.governance.get(f"{path('officer')}?fromDate=2026-09-02&toDate=2026-09-01")
    assert (answer.status_code, answer.json()["failures"][0]["code"]) == (400, "ENDS_BEFORE_START")


async def test_what_those_concerned_say_of_it_moves_no_byte(world: World) -> None:
    """With a dispute, a review and a verdict, or without: who coded it does not learn of one (rule 6)."""
    conduct = await conduct_of_the_officer(world)
    before = observed(await world.governance.get(path("officer")))
    await world.change(
        dataclasses.replace(
            conduct,
            review=Review.REVIEWED,
            verdict="IT_WAS_NOT_SO",
            reviewed_by=actor("safer"),
            reviewed_on=START.date(),
            accounts=(Account.ASKED,),
            reconciled=Reconciliation.DISPUTED,
            accounts_on=START.date(),
            window_asked_for=True,
        )
    )
    assert observed(await world.governance.get(path("officer"))) == before


async def test_whoever_is_elsewhere_nowhere_or_oneself_is_not_there(world: World) -> None:
    """One answer for all three."""
    never = observed(await world.governance.get(f"/v1/assignments/{uid('never')}/subject-access"))
    assert never[0] == 404
    for name in ("far-officer", "governance", "headquarters", "peer-coordinator"):
        assert observed(await world.governance.get(path(name))) == never, name


@pytest.mark.parametrize("name", ["officer", "governor", "admin", "sar", "imb", "headquarters"])
async def test_of_staff_only_information_governance_is_told(world: World, name: str) -> None:
    """403."""
    assert (await world[name].get(path("officer"))).status_code == 403


async def test_a_refusal_at_night_is_told_to_whoever_gave_it(empty: World) -> None:
    """From the night itself: the officer's code, the wing and the hour, and nobody who asked."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    await refused(empty)
    await over(empty)
    answer = await empty.governance.get(path("officer"))
    (conduct,) = items(answer.json()["content"], "Requests that were not met, with a code that you gave")
    assert conduct["Wing"] == ["MDI-A"]
    assert conduct["At"][0].startswith("2027-01-06T02:1")
    assert "Quincy" not in answer.text
