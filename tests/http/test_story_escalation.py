"""Something left a scheme all the same: who decided, on which ground, the least that was shared, and who was told (X7;
scenarios 3 and 4 of the domain facts)."""

import dataclasses
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.kernel.ids import ActorId, ExceptionListId
from domain.records import KINDS, ExceptionList
from domain.schemes.publication import PublicationState
from domain.sessions.escalations import Escalation
from domain.sessions.request import Request
from tests.http import tale
from tests.http.stores import MEMORY, MEMORY_FIRST, POSTGRESQL
from tests.http.test_story_unmet import over
from tests.http.world import World, actor_of, codes, problem

FIRST = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
COLLAPSED: dict[str, Any] = {
    "toldOn": "2027-01-06",
    "consent": "NOT_POSSIBLE",
    "ground": "NOT_ABLE_TO_DECIDE",
    "shared": ["THAT_SOMEBODY_IS_IN_DANGER", "WHERE_TO_COME"],
    "toldTo": "PRISON_STAFF",
    "how": "VOICE_OR_BELL",
    "personTold": "NOT_TOLD",
    "notToldFor": "COULD_NOT_UNDERSTAND",
    "outcome": "HELP_CAME",
}


async def collapsed(world: World) -> str:
    """A caller collapses at night and the Listener rings the bell; next day the partner notes it. The scheme."""
    scheme, _ = await tale.listeners_open(world)
    await tale.on_duty(world)
    await tale.met(world, await tale.asked(world))
    world.later(hours=8)
    return scheme


async def test_what_was_passed_on_is_noted_by_the_partner_in_codes(empty: World) -> None:
    """Scenario 4: basis, ground by the version of the list that held, minimum facts, no day; and the partner reads it
    again, and nobody of the prison."""
    scheme = await collapsed(empty)
    made = await empty.samaritan.post(f"{scheme}/escalations", COLLAPSED)
    assert made.status_code == 201, made.text
    said = made.json()
    told = ("basis", "ground", "listNumber", "decidedBy", "consent", "month", "toldOn", "closed")
    assert [said[name] for name in told] == [
        *("VITAL_INTERESTS", "NOT_ABLE_TO_DECIDE", 1, "PARTNER", "NOT_POSSIBLE", "2027-01-01", None, True)
    ]
    path = made.headers["location"]
    assert (await empty.samaritan.get(path)).json() == said
    for name in ("coordinator", "shannon-coordinator"):
        assert (await empty[name].get(path)).status_code == 404
        assert (await empty[name].get("/v1/escalations")).json()["items"] == []
    for name in ("officer", "oscar", "safer", "governor", "imb", "inspector", "security"):
        assert (await empty[name].get(path)).status_code == 403, name
    for name in ("listener", "arthur", "peer-coordinator"):
        assert (await empty[name].get(path)).status_code == 404, name


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_nothing_ties_it_to_the_request_or_to_anybody_who_spoke(empty: World) -> None:
    """No id in it is in any other record but its scheme and who noted it; nobody's name, no wing, no instant (X7)."""
    scheme = await collapsed(empty)
    await empty.samaritan.post(f"{scheme}/escalations", COLLAPSED)
    (escalation,) = await empty.records(Escalation)
    ids = {v for v in dataclasses.asdict(escalation).values() if isinstance(v, UUID)}
    ids -= {escalation.scheme, escalation.author}
    assert ids == {escalation.id}
    (request,) = await empty.records(Request)
    assert str(request.id) not in json.dumps(dataclasses.asdict(escalation), default=str)
    for kind in KINDS.values():
        if kind is not Escalation and kind.shape.kind != "ledger-line":
            told = [str(each) for each in await empty.records(kind)]
            assert [t for t in told if str(escalation.id) in t] == [], kind
    assert {n for n, f in Escalation.shape.fields.items() if "datetime.datetime" in str(f.type)} == set()
    assert not {"wing", "supporter", "person", "recipient", "note", "words"} & set(Escalation.shape.fields)


@FIRST
async def test_no_line_gives_it_a_day(empty: World) -> None:
    """Its line has the hour in which it was noted, and whoever reads it has his: so no line has its id, and it does not
    say whether it was noted on the day (rules 1 and 4)."""
    scheme = await collapsed(empty)
    for days in (0, 1):
        empty.later(days=days)
        made = await empty.samaritan.post(f"{scheme}/escalations", COLLAPSED)
        assert (made.status_code, made.json()["late"]) == (201, False), made.text
        path = made.headers["location"]
        assert (await empty.samaritan.get(path)).status_code == 200
        assert (await empty.samaritan.get("/v1/escalations")).status_code == 200
        lines = json.dumps([entry.as_json() for entry in empty.entries()])
        assert path.rpartition("/")[2] not in lines
    about = [e for e in empty.entries() if e.verb in ("NOTE_ESCALATION", "READ_ESCALATION")]
    assert [(e.closed, len(e.changes), sum(s.count for s in e.sights if s.kind == "escalation")) for e in about] == [
        *((True, 1, 1), (True, 0, 1), (True, 0, 1), (True, 1, 1), (True, 0, 1), (True, 0, 2))
    ]


@FIRST
async def test_all_that_is_wrong_is_told_at_once(empty: World) -> None:
    """A ground that the list has not, twice the same, a day ahead, and no reason for not having told him."""
    scheme = await collapsed(empty)
    body = {
        **COLLAPSED,
        "toldOn": "2027-01-08",
        "ground": "ESCAPE",
        "shared": ["WHO_IT_IS", "WHO_IT_IS"],
        "basis": "TERRORISM",
        "notToldFor": None,
    }
    answer = await empty.samaritan.post(f"{scheme}/escalations", body)
    assert problem(answer)[2] == [
        ("IN_THE_FUTURE", "/toldOn"),
        ("TWICE", "/shared"),
        ("THE_LIST_SAYS_IT", "/basis"),
        ("NO_GROUND_OF_ITS", "/ground"),
        ("REASON_GOES_WITH_NOT_BEFORE", "/notToldFor"),
    ]
    missing = await empty.samaritan.post(f"{scheme}/escalations", {**COLLAPSED, "ground": None})
    assert problem(missing)[2] == [("NEEDED_HERE", "/ground")]
    too_far = await empty.samaritan.post(f"{scheme}/escalations", {**COLLAPSED, "toldTo": "POLICE"})
    assert problem(too_far)[2] == [("NOT_WHO_IS_NAMED", "/toldTo")]
    reasoned = await empty.samaritan.post(f"{scheme}/escalations", {**COLLAPSED, "personTold": "BEFORE"})
    assert problem(reasoned)[2] == [("REASON_GOES_WITH_NOT_BEFORE", "/notToldFor")]
    assert await empty.records(Escalation) == []


@FIRST
async def test_a_duty_is_the_law_s_and_his_yes_needs_no_list(empty: World) -> None:
    """Of terrorism nobody had a choice; with his consent, the consent is the ground, and no exception is claimed."""
    scheme = await collapsed(empty)
    law = {**COLLAPSED, "ground": "TERRORISM", "consent": "NOT_ASKED", "toldTo": "POLICE"}
    law |= {"shared": ["WHAT_IS_PLANNED"], "notToldFor": "THE_LAW_FORBIDS_IT", "how": "PHONE"}
    said = (await empty.samaritan.post(f"{scheme}/escalations", law)).json()
    assert (said["decidedBy"], said["basis"]) == ("THE_LAW", "TERRORISM")
    agreed = {**COLLAPSED, "consent": "GIVEN", "ground": None, "toldTo": "HEALTHCARE"}
    agreed |= {"personTold": "BEFORE", "notToldFor": None}
    said = (await empty.samaritan.post(f"{scheme}/escalations", agreed)).json()
    assert (said["decidedBy"], said["basis"], said["ground"], said["listNumber"]) == ("PARTNER", "CONSENT", None, None)
    claimed = await empty.samaritan.post(f"{scheme}/escalations", {**agreed, "ground": "CHILD"})
    assert problem(claimed)[2] == [("NO_LIST_DECIDES", "/ground")]


@FIRST
async def test_the_prison_does_not_decide_what_the_partner_owns(empty: World) -> None:
    """The coordinator is told so, and nothing is kept; of what the prison owns he decides himself."""
    scheme = await collapsed(empty)
    answer = await empty.coordinator.post(f"{scheme}/escalations", COLLAPSED)
    assert (answer.status_code, codes(answer)) == (409, ["FOR_THE_PARTNER_TO_DECIDE"])
    assert await empty.records(Escalation) == []
    insiders = await tale.scheme_begun(empty, "INSIDERS")
    body = {**COLLAPSED, "ground": None, "basis": "ADULT_SAFEGUARDING", "toldTo": "SAFER_CUSTODY"}
    made = await empty.coordinator.post(f"{insiders}/escalations", body)
    assert made.status_code == 201, made.text
    assert (made.json()["decidedBy"], made.json()["toldOn"], made.json()["late"]) == ("PRISON", "2027-01-06", False)
    nameless = await empty.coordinator.post(f"{insiders}/escalations", {**body, "basis": None})
    assert problem(nameless)[2] == [("NEEDED_HERE", "/basis")]
    loose = await empty.coordinator.post(f"{insiders}/escalations", {**body, "basis": "CONSENT"})
    assert problem(loose)[2] == [("NO_GROUND_OF_ITS", "/basis")]


@FIRST
async def test_a_list_of_a_later_day_is_no_ground_for_an_earlier_one(empty: World) -> None:
    """What was promised then judges what was done then: the version of that day, by its number."""
    scheme = await collapsed(empty)
    exception = {
        "code": "ESCAPE",
        "label": "Somebody plans to escape.",
        "duty": "DISCRETIONARY",
        "notifyTo": "PRISON_STAFF",
        "personTold": False,
        "basis": "ESCAPE_OR_SECURITY",
    }
    from_day = empty.now.date() + timedelta(days=1)
    second = ExceptionList(
        id=ExceptionListId(uuid4()),
        organisation="SAMARITANS",
        jurisdiction="EW",
        number=2,
        effective_from=from_day,
        state=PublicationState.PUBLISHED,
        exceptions=(exception,),
        made_by=ActorId(uuid4()),
        published_by=ActorId(uuid4()),
        published_on=empty.now.date(),
    )
    await empty.keep([second])
    empty.later(days=2)
    escape = {**COLLAPSED, "ground": "ESCAPE"}
    early = await empty.samaritan.post(f"{scheme}/escalations", escape)
    assert problem(early)[2] == [("NO_GROUND_OF_ITS", "/ground")]
    later = await empty.samaritan.post(f"{scheme}/escalations", {**escape, "toldOn": from_day.isoformat()})
    assert (later.status_code, later.json()["listNumber"], later.json()["late"]) == (201, 2, False)
    former = await empty.samaritan.post(f"{scheme}/escalations", COLLAPSED)
    assert (former.status_code, former.json()["listNumber"]) == (201, 1)


@FIRST
async def test_nobody_can_write_what_was_said(empty: World) -> None:
    """Scenario 3: there is no member that takes an answer to 'what did they say', and the line in the ledger says who
    of the staff, family and hour."""
    scheme = await collapsed(empty)
    for name in ("words", "whatWasSaid", "note", "recipient", "supporter", "session", "request"):
        answer = await empty.samaritan.post(f"{scheme}/escalations", {**COLLAPSED, name: "He said that he"})
        assert problem(answer)[2] == [("UNKNOWN_FIELD", "")]
    await empty.samaritan.post(f"{scheme}/escalations", COLLAPSED)
    entry = empty.last
    assert (entry.verb, entry.closed, entry.actor) == ("NOTE_ESCALATION", True, actor_of("samaritan"))
    assert (entry.at.minute, [c.kind for c in entry.changes]) == (0, ["escalation"])


@FIRST
async def test_no_word_and_no_tally_alerts_anybody(empty: World) -> None:
    """A tally that says suicidal feelings, a request that says NOW, a night that was met: no escalation, no incident,
    no concern comes of them by itself (rule 5)."""
    await collapsed(empty)
    tally = {**tale.TALLY, "suicidalFeelings": "YES", "selfHarm": "YES", "concerns": ["MENTAL_HEALTH"]}
    assert (await empty.listener.post("/v1/tallies", tally, key="tally-key-0001")).status_code == 201
    await over(empty, None)
    for kind in ("escalation", "incident", "concern", "referral"):
        assert await empty.records(KINDS[kind]) == []
