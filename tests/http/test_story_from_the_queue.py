"""Scenarios of the domain facts from the queue to what each role reads: a message of the prison's systems is put on the
queue, the service's consumer takes it, and everything after that is told over HTTP, over both stores.

| scenario | test here (each `test_…`) | and in its parts |
|---|---|---|
| 5, transfer at six | `five_a_mentor_with_five_learners_is_transferred` | `test_story_movements`, `…_transfer` |
| 6, court day | `six_a_listener_is_at_court_and_not_back_for_his_night` | `test_story_movements` |
| 7, non-association | `seven_security_opens_a_non_association` | `test_story_kept_apart` |
| 10, a recipient asks | `ten_a_learner_who_was_moved_asks_what_is_kept` | `test_story_subject_access` |
| 11, a Listener asks | `eleven_a_listener_who_was_moved_asks_what_is_kept` | `test_story_subject_access` |
| 13, death in custody | `thirteen_a_death_is_heard_of_and_recorded` | `test_story_after_a_death`, `test_story_hold`, |
| | | `test_story_chronology` |
| 14, merge | `fourteen_two_numbers_are_one_man` | `test_story_merge`, `tests/domain/test_merging.py` |
"""

import dataclasses
from datetime import timedelta

from domain.care.wellbeing import WellbeingCheck
from domain.kernel.whereabouts import InOut
from domain.people.record import Person
from domain.sessions.record import Enrolment
from domain.supporters.record import Supporter
from domain.supporters.suspension import Category, Suspension
from tests.http.cast import CAST, START, uid
from tests.http.prison_events import OFFENDER, SEARCH, Systems, located, notification, told
from tests.http.test_story_chronology import asked, held, made, read
from tests.http.test_story_hand_over import LEARNING, MENTOR, SCHEME, five_learners, of_his
from tests.http.test_story_kept_apart import PLAN
from tests.http.test_story_subject_access import answered, dates, items, titles
from tests.http.world import World, codes, observed

MAN = str(CAST["mentor"].number)
LEARNER = str(CAST["arthur"].number)
LISTENERS = f"/v1/schemes/{uid('scheme:listeners')}"
NEVER = f"/v1/supporters/{uid('never-existed')}"


def number(name: str) -> str:
    """His prison number."""
    return str(CAST[name].number)


def left(of: str, reason: str, *, prison: str = "MDI", minutes: int = 0) -> str:
    """Prisoner Search tells that he left a prison."""
    at = START + timedelta(minutes=minutes)
    return notification(f"{SEARCH}released", at, of=of, reason=reason, prisonId=prison)


def came(of: str, reason: str, *, prison: str = "MDI", minutes: int = 5) -> str:
    """And that he came to one."""
    at = START + timedelta(minutes=minutes)
    return notification(f"{SEARCH}received", at, of=of, reason=reason, prisonId=prison)


async def asked_of(world: World, name: str, supporter: str) -> list[str]:
    """What this one is asked to look at, of a supporter."""
    found = (await world[name].get("/v1/movement-reviews?limit=100")).json()["items"]
    return [each["asks"] for each in found if each["supporter"] == str(uid(supporter)) and each["state"] == "OPEN"]


async def test_five_a_mentor_with_five_learners_is_transferred(world: World) -> None:
    """In the old prison his learners wait where they stood, somebody is asked to see to it, and the forecast has one
    fewer; the wing finds nobody. In the new one nothing of him begins by itself. He himself has his passport made."""
    learners = await five_learners(world)
    forecast = (await world.coordinator.get(f"{SCHEME}/forecast")).json()["active"]
    systems = Systems({MAN: located("LEI", wing="LEI-C")})
    line = await told(world, came(MAN, "TRANSFERRED", prison="LEI"), left(MAN, "TRANSFERRED"), where=systems)
    assert line.waits == []
    for path in learners:
        shown = (await world.coordinator.get(path)).json()
        assert (shown["state"], shown["supporter"], shown["endedOn"]) == ("STARTED", None, None)
    assert (await world.arthur.get(LEARNING)).json()["manual"] == 3
    assert [each["state"] for each in await of_his(world)] == ["OPEN"]
    assert await asked_of(world, "coordinator", "supporter:mentor") == ["PERSON_LEFT"]
    assert (await world.coordinator.get(f"{SCHEME}/forecast")).json()["active"] == forecast - 1
    for name in ("officer", "hub", "security", "far-coordinator"):
        assert observed(await world[name].get(MENTOR)) == observed(await world[name].get(NEVER)), name
    assert (await world.governor.get(MENTOR)).json()["standing"] == "TRANSFERRED_OUT"
    passport = await world.mentor.post(f"{MENTOR}/passports")
    assert passport.status_code == 201, passport.text
    for path in (SCHEME, LEARNING, f"/v1/supporters/{uid('supporter:second-mentor')}"):
        assert (await world.mentor.get(path)).status_code == 404, "of the old prison nothing but what is about him"


async def to_cover(world: World) -> list[str]:
    """Whose bands want another tonight, as the coordinator reads it."""
    waits = (await world.coordinator.get(f"{LISTENERS}/overdue")).json()["items"]
    return [each["supporter"] for each in waits if each["what"] == "BAND_TO_COVER"]


async def test_six_a_listener_is_at_court_and_not_back_for_his_night(world: World) -> None:
    """At four o'clock his band of tonight wants another, and whoever sees to it is reminded. Where he stands is as it
    was; officer, peer coordinator and he himself read what they read before. Back, he is there for it again."""
    listener = uid("supporter:listener")
    before = await to_cover(world)
    body = {"supporter": str(listener), "day": "2026-11-23", "band": "NIGHT", "override": None}
    rostered = await world.coordinator.post(f"{LISTENERS}/roster", body)
    assert rostered.status_code == 201, rostered.text
    his = f"/v1/supporters/{listener}"
    readers = {
        "officer": his,
        "peer-coordinator": f"{LISTENERS}/team",
        "listener": his,
        "samaritan": f"{LISTENERS}/rota",
    }
    seen = {name: (await world[name].get(path)).content for name, path in readers.items()}
    systems = Systems({number("listener"): located("MDI", InOut.OUT, wing="MDI-A", last_movement="CRT")})
    await told(world, left(number("listener"), "SENT_TO_COURT"), where=systems)
    world.at(START.replace(hour=16))
    assert await to_cover(world) == [*before, str(listener)]
    assert (await world.coordinator.get(his)).json()["standing"] == "ACTIVE"
    assert {name: (await world[name].get(path)).content for name, path in readers.items()} == seen
    systems.at[number("listener")] = located("MDI", wing="MDI-A", last_movement="CRT")
    await told(world, came(number("listener"), "RETURN_FROM_COURT", minutes=420), where=systems)
    assert await to_cover(world) == before
    assert (await world.coordinator.get(rostered.headers["location"])).json()["state"] == "PUBLISHED"


async def test_seven_security_opens_a_non_association(world: World) -> None:
    """No session goes on from that minute, and none is planned; staff are asked to find another mentor. Learner and
    mentor read nothing that says why."""
    world.stage.apart.keep_apart(LEARNER, MAN)
    opened = notification("non-associations.created", START, nsPrisonerNumber1=MAN, nsPrisonerNumber2=LEARNER)
    await told(world, opened)
    session = (await world.coordinator.get(f"/v1/sessions/{uid('session')}")).json()
    assert (session["state"], session["notDelivered"]) == ("NOT_DELIVERED", "NOT_REQUIRED")
    assert codes(await world.coordinator.post("/v1/sessions", PLAN)) != []
    due = (await world.coordinator.get(f"/v1/follow-ups?scheme={uid('scheme:shannon')}&limit=100")).json()["items"]
    prompts = [each["what"] for each in due if each["which"] == str(uid("enrolment"))]
    assert "FIND_ANOTHER_MENTOR" in prompts
    learning = (await world.arthur.get(LEARNING)).json()
    assert (learning["state"], learning["supporter"]) == ("STARTED", None)
    for name in ("arthur", "mentor"):
        read_by_him = [answer.text for answer in world.heard if name in answer.request.headers["authorization"]]
        assert not [text for text in read_by_him if "ASSOCIATION" in text.upper()]
    assert (await world.mentor.get(LEARNING)).status_code == 404
    assert (await world.governor.get(MENTOR)).json()["standing"] == "ACTIVE"


async def test_ten_a_learner_who_was_moved_asks_what_is_kept(world: World) -> None:
    """He is told what he did and how far he came, wherever he is now, and of the mentor neither name nor number. What
    Listeners hand in cannot be searched for him, as the report says to everybody."""
    await told(world, left(LEARNER, "TRANSFERRED"), came(LEARNER, "TRANSFERRED", prison="LEI"))
    assert (await world.coordinator.get(LEARNING)).json()["state"] == "TRANSFERRED"
    content = await answered(world, "arthur")
    assert "Sessions" in titles(content)
    said = str(content)
    assert not [word for word in (*CAST["mentor"].full_name.split(), MAN) if word in said]
    template = (await world.sar.get("/subject-access-request/template")).text
    assert "cannot be searched for anybody" in template
    assert (await world.sar.get("/subject-access-request?prn=A9999ZZ")).status_code == 204


async def test_eleven_a_listener_who_was_moved_asks_what_is_kept(world: World) -> None:
    """His role and how it ended, his training, how he said that he was, and a suspension without what security keeps
    from him; of contacts nothing, and no day."""
    was = await world.record(Supporter, uid("supporter:listener"))
    cases = await world.records(Suspension)
    kept = {"id": uid("suspension:his"), "version": 0, "supporter": was.id, "person": was.person, "scheme": was.scheme}
    of_scheme = {"organisation": was.organisation, "prison": was.prison}
    secret = dataclasses.replace(cases[0], **kept, **of_scheme, category=Category.SECURITY, evidence="IR-1")
    check = (await world.records(WellbeingCheck))[0]
    his = {**kept, **of_scheme, "id": uid("wellbeing-check:his")}
    await world.keep([secret, dataclasses.replace(check, **his)])
    await told(world, left(number("listener"), "TRANSFERRED"), came(number("listener"), "TRANSFERRED", prison="LEI"))
    content = await answered(world, "listener")
    (role,) = items(content, "Your role as a peer supporter")
    assert role["Standing"] == ["Transferred out"]
    assert {"Suspensions", "How you said you were"} <= set(titles(content)), titles(content)
    assert dates(content) == [], "months alone, of a closed policy"
    assert "IR-1" not in str(content)
    assert "Security" not in str(items(content, "Suspensions"))


async def test_thirteen_a_death_is_heard_of_and_recorded(world: World) -> None:
    """The systems say so, without an event of its own: his role is over, and staff are told that he left. Whoever runs
    the prison records the death: what is sealed is held whoever asked, each active Listener is offered support, and the
    ombudsman's chronology tells of open schemes in order, supporters as letters."""
    await told(
        world,
        notification(f"{SEARCH}updated", START, of=LEARNER, categoriesChanged=["STATUS"]),
        where=Systems({LEARNER: located(None, InOut.OUT, dead=True)}),
    )
    learning = await world.record(Enrolment, uid("enrolment"))
    assert (learning.supporter, learning.wing) == (None, None)
    assert learning.ended_on == world.now.date()
    hold = await held(world)
    world.later(days=1)
    opened = await world.safer.post(f"{LISTENERS}/postventions")
    assert opened.status_code == 201, opened.text
    tasks = (await world.listener.get("/v1/postvention-tasks")).json()["items"]
    assert [each["state"] for each in tasks if each["postvention"] == opened.json()["id"]] == ["OFFERED"]
    known, unknown = await asked(world, hold, LEARNER), await asked(world, str(uid("envelope-hold")), "A9999ZZ")
    alike = [{k: v for k, v in each.json().items() if k not in ("id", "hold")} for each in (known, unknown)]
    assert alike[0] == alike[1]
    told_of = await read(world, await made(world, hold, LEARNER))
    assert [each["at"] for each in told_of["events"]] == sorted(each["at"] for each in told_of["events"])
    assert not [word for word in (LEARNER, *CAST["mentor"].full_name.split()) if word in str(told_of)]
    for name in ("officer", "coordinator", "listener"):
        assert (await world[name].get(f"/v1/envelope-holds/{hold}")).status_code in (403, 404), name


async def test_fourteen_two_numbers_are_one_man(world: World) -> None:
    """Told once or twice: the number that goes leads to the man, of two roles of one scheme one is left, and somebody
    looks at it. What is told of the old number later is told of him. Both numbers are read by information governance
    alone."""
    gone, stays = number("second-mentor"), MAN
    merged = notification(f"{OFFENDER}merged", START, of=stays, removedNomsNumber=gone, reason="MERGE")
    line = await told(world, merged, merged)
    assert line.waits == []
    people = {each.identifier: each.id for each in await world.records(Person) if each.jurisdiction == "EW"}
    assert gone not in people
    roles = await world.records(Supporter, person=people[stays], scheme=uid("scheme:shannon"))
    assert len([each for each in roles if each.standing == "ACTIVE"]) <= 1
    asks = await asked_of(world, "coordinator", "supporter:mentor")
    asks += await asked_of(world, "coordinator", "supporter:second-mentor")
    assert set(asks) == {"CHECK_ROLE"}
    found = (await world.governance.get("/v1/person-merges?limit=100")).json()["items"]
    assert [each["survivor"] for each in found if each["removed"] == gone] == [stays]
    for name in ("officer", "safer", "coordinator"):
        assert (await world[name].get("/v1/person-merges")).status_code == 403, name
    await told(world, left(gone, "TRANSFERRED", minutes=9))
    assert (await world.record(Person, people[stays])).prison == "TRN"
    now = await world.records(Supporter, person=people[stays], scheme=uid("scheme:shannon"))
    assert {each.standing for each in now} <= {"TRANSFERRED_OUT", "STOOD_DOWN"}
