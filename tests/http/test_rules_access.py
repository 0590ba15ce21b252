"""Rules 14 and 15: who may act, who said so, who watches him; and who reads what was done."""

import asyncio
import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.entry import Outcome
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.roles import BINDING, SECOND_PERSON, Role, holdable
from domain.oversight.record import Assignment
from tests.http import tale
from tests.http.cast import PARTNERS, STAFF, START, actor, assigned, assignment, uid
from tests.http.joining import join
from tests.http.tale import line, moved
from tests.http.world import World, codes, observed, problem

NEW: dict[str, Any] = {
    "issuer": STAFF,
    "subject": "newcomer",
    "principalKind": "STAFF",
    "role": "WING_OFFICER",
    "organisation": "HMPPS",
    "endsOn": "2027-11-23",
    "prison": "MDI",
}
WAITING = f"/v1/assignments/{uid('assignment:waiting')}"


def newcomer(world: World) -> None:
    """The token `nobody` is the newcomer's."""
    world.stage.tokens["nobody"] = Principal(STAFF, "newcomer", PrincipalKind.STAFF)


async def propose(world: World, by: str = "admin", **changes: Any) -> Any:
    """A proposal, as it was answered."""
    return await world[by].post("/v1/assignments", {**NEW, **changes})


# --- rule 14 ---------------------------------------------------------------------------------------------------------


async def test_a_role_that_reads_secrets_waits_for_a_second_person(world: World) -> None:
    """Proposed by one, it gives nothing; confirmed by one of another organisation, it does from the next request on."""
    newcomer(world)
    made = await propose(world)
    assert made.status_code == 201
    shown = made.json()
    assert (shown["needsSecond"], shown["confirmedBy"], shown["startsOn"]) == (True, None, "2026-11-23")
    assert line(world.last) == (
        "admin",
        "ACCESS_ADMINISTRATOR",
        "PROPOSE_ASSIGNMENT",
        "DONE",
        False,
        ("actor", "assignment"),
    )
    assert world.last.family == "GRANT"
    declared = {"prison": "MDI", "wings": ["MDI-A"]}
    assert (await world.nobody.post("/v1/duty-declarations", declared)).status_code == 403
    confirmed = await moved(world.imb, made.headers["location"], "confirm")
    assert confirmed.json()["confirmedBy"] == str(actor("imb"))
    assert (await world.nobody.post("/v1/duty-declarations", declared)).status_code == 201
    (capacity, _) = (await world.nobody.get("/v1/me")).json()["capacities"]
    assert (capacity["actingAs"], capacity["role"]) == (shown["id"], "WING_OFFICER")
    assert codes(await moved(world.imb, made.headers["location"], "confirm")) == ["NOTHING_TO_CONFIRM"]


async def test_a_role_that_reads_no_secret_holds_at_once(world: World) -> None:
    """And there is nothing to confirm."""
    newcomer(world)
    made = await propose(world, role="ACTIVITIES_HUB")
    assert made.json()["needsSecond"] is False
    assert (await world.nobody.get("/v1/supporters")).status_code == 200
    assert codes(await moved(world.imb, made.headers["location"], "confirm")) == ["NOTHING_TO_CONFIRM"]


async def test_nobody_comes_by_two_roles_that_do_not_mix_in_two_steps_at_once(world: World) -> None:
    """Two proposals in one instant, each allowed only without the other: one of them is. And what the holder has become
    by the time of the second person's yes counts."""
    newcomer(world)
    await world.nobody.get("/v1/me")
    for _ in range(3):
        made = await asyncio.gather(propose(world, role="GOVERNOR"), propose(world, role="ACCESS_ADMINISTRATOR"))
        assert sorted(a.status_code for a in made) in ([201, 409], [409, 409])
        held = [a for a in await world.records(Assignment) if a.subject == NEW["subject"] and a.ended_at is None]
        assert len({a.role for a in held} & {Role.GOVERNOR, Role.ACCESS_ADMINISTRATOR}) == 1
    waiting = await world.record(Assignment, uid("assignment:waiting"))
    other = dataclasses.replace(waiting, id=uid("other"), role=Role.ACCESS_ADMINISTRATOR, needs_second=False)  # type: ignore[arg-type]
    await world.keep([other])
    assert codes(await moved(world.imb, WAITING, "confirm")) == ["ADMINISTRATORS_HOLD_NO_READING_ROLE"]


@pytest.mark.parametrize("role", sorted(SECOND_PERSON))
async def test_which_roles_wait(world: World, role: Role) -> None:
    """Every role that reads participation, casework or the ledger, or says what holds in every prison."""
    kind = next(k for k in (PrincipalKind.STAFF, PrincipalKind.PARTNER, PrincipalKind.CLIENT) if role in holdable(k))
    organisation = "ANOTHER" if kind is PrincipalKind.PARTNER else "HMPPS"
    await join(world, "national-admin", Role.ACCESS_ADMINISTRATOR, prison=None)
    prison = None if role in BINDING else "MDI"
    named = {"role": role.value, "principalKind": kind.value, "organisation": organisation}
    made = await propose(world, "national-admin", **named, prison=prison, subject="somebody-else")
    assert made.status_code == 201, made.text
    assert made.json()["needsSecond"] is True


async def test_one_prison_does_not_say_what_a_partner_promises(world: World) -> None:
    """An administrator of one prison cannot make leads of Samaritans: neither for his prison nor for all, nor of a
    volunteer of another partner; and the two of the prison service alone cannot either."""
    lead = {"issuer": PARTNERS, "principalKind": "PARTNER", "role": "PARTNER_LEAD", "organisation": "SAMARITANS"}
    here = await propose(world, **lead, subject="facilitator")
    assert problem(here) == (422, "unacceptable", [("UNKNOWN_FIELD", "/prison")])
    assert (await propose(world, **lead, subject="nobody", prison=None)).status_code == 404
    service = await join(world, "national-admin", Role.ACCESS_ADMINISTRATOR, prison=None)
    partner = PrincipalKind.PARTNER
    trust = await join(world, "trust-admin", Role.ACCESS_ADMINISTRATOR, prison=None, organisation="TRUST", kind=partner)
    samaritans = await join(
        world, "samaritans-admin", Role.ACCESS_ADMINISTRATOR, prison=None, organisation="SAMARITANS", kind=partner
    )
    other = await propose(world, "national-admin", **lead, subject="facilitator", prison=None)
    assert codes(other) == ["ACTS_FOR_ANOTHER_ORGANISATION"]
    made = await propose(world, "national-admin", **lead, subject="nobody", prison=None)
    assert (made.status_code, made.json()["needsSecond"]) == (201, True)
    promise = {"effectiveFrom": "2026-12-01", "exceptions": []}
    assert (await world.nobody.post("/v1/exception-lists", promise)).status_code == 403
    assert codes(await moved(trust, made.headers["location"], "confirm")) == ["PARTNER_NEEDED"]
    assert "OTHER_ORGANISATION_NEEDED" in codes(await moved(service, made.headers["location"], "confirm"))
    assert (await moved(samaritans, made.headers["location"], "confirm")).status_code == 200
    assert (await world.nobody.get("/v1/exception-lists")).status_code == 200


async def test_the_second_person_is_another_of_another_organisation(world: World) -> None:
    """Not who proposed it, not one of his own organisation, not the holder."""
    assert codes(await moved(world.admin, WAITING, "confirm")) == ["SECOND_PERSON_NEEDED", "OTHER_ORGANISATION_NEEDED"]
    await world.keep([dataclasses.replace(assigned("hub", Role.ACCESS_ADMINISTRATOR), prison="MDI")])
    world.stage.tokens["nobody"] = Principal(STAFF, "hub", PrincipalKind.STAFF)
    colleague = await moved(world.hub, WAITING, "confirm")
    assert codes(colleague) == ["OTHER_ORGANISATION_NEEDED"]
    waiting = await world.record(Assignment, uid("assignment:waiting"))
    own = dataclasses.replace(waiting, id=uid("own"), holder=actor("other-admin"))  # type: ignore[arg-type]
    await world.keep([own])
    assert codes(await moved(world["other-admin"], f"/v1/assignments/{uid('own')}", "confirm")) == ["NOT_TO_ONESELF"]
    confirmed = await moved(world["other-admin"], WAITING, "confirm")
    assert (confirmed.status_code, confirmed.json()["confirmedBy"]) == (200, str(actor("other-admin")))


async def test_nobody_gives_himself_a_role(world: World) -> None:
    """Not even one that reads nothing."""
    answer = await propose(world, subject="admin", role="ACTIVITIES_HUB")
    assert problem(answer)[:2] == (409, "conflict")
    assert "NOT_TO_ONESELF" in codes(answer)
    assert line(world.last)[3] == "NOT_NOW"
    assert world.seen.kept == []


async def test_two_do_not_give_each_other(world: World) -> None:
    """Who was granted by somebody grants him nothing back, whichever of the two was first."""
    made = await propose(world, "admin", subject="hub", role="SECURITY")
    assert made.status_code == 201
    held = await world.record(Assignment, assignment("admin"))
    await world.change(dataclasses.replace(held, proposed_by=actor("hub")))
    back = await propose(world, "admin", subject="hub", role="ACTIVITIES_HUB", endsOn="2027-01-01")
    assert (back.status_code, codes(back)) == (409, ["NOT_TO_WHO_GRANTED_ONESELF"])


@pytest.mark.parametrize(
    "changes",
    [
        {
            "subject": "other-admin",
            "issuer": PARTNERS,
            "principalKind": "PARTNER",
            "role": "MONITORING_BOARD",
            "organisation": "SAMARITANS",
        },
        {"subject": "oscar", "role": "ACCESS_ADMINISTRATOR"},
    ],
)
async def test_an_administrator_of_access_reads_nothing(world: World, changes: dict[str, Any]) -> None:
    """Who gives roles holds none that reads, and who reads gives none."""
    answer = await propose(world, **changes)
    assert (answer.status_code, codes(answer)) == (409, ["ADMINISTRATORS_HOLD_NO_READING_ROLE"])


@pytest.mark.parametrize(
    ("by", "changes"),
    [
        ("admin", {"organisation": "SAMARITANS"}),
        ("admin", {"principalKind": "PARTNER", "role": "PARTNER_VOLUNTEER"}),
        ("other-admin", {"organisation": "SAMARITANS"}),
    ],
)
async def test_whose_person_somebody_is_cannot_be_typed_at_will(world: World, by: str, changes: dict[str, Any]) -> None:
    """Staff are of their proposer's organisation and partners of another: else one administrator could make himself
    the second person's organisation."""
    answer = await propose(world, by, **changes)
    assert (answer.status_code, codes(answer)) == (409, ["ORGANISATION"])


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"role": "SERVICE"}, ("ROLE_NOT_HOLDABLE", "/role")),
        ({"role": "STAFF_MEMBER"}, ("ROLE_NOT_HOLDABLE", "/role")),
        ({"role": "SUPPORTER"}, ("ROLE_NOT_HOLDABLE", "/role")),
        ({"role": "GOVERNOR", "principalKind": "PARTNER"}, ("ROLE_NOT_HOLDABLE", "/role")),
        ({"role": "GOVERNOR", "principalKind": "CLIENT"}, ("ROLE_NOT_HOLDABLE", "/role")),
        ({"prison": None}, ("MISSING", "/prison")),
        ({"role": "PEER_COORDINATOR", "principalKind": "IN_CUSTODY"}, ("MISSING", "/scheme")),
        ({"endsOn": "2026-11-22"}, ("TWELVE_MONTHS_AT_MOST", "/endsOn")),
        ({"endsOn": "2027-11-25"}, ("TWELVE_MONTHS_AT_MOST", "/endsOn")),
    ],
)
async def test_a_proposal_that_cannot_be_is_refused(
    world: World, changes: dict[str, Any], failure: tuple[str, str]
) -> None:
    """A role of another kind of principal, a role of no place, a time too long: 422, and nothing kept."""
    answer = await propose(world, **changes)
    assert problem(answer) == (422, "unacceptable", [failure])
    assert world.seen.kept == []


async def test_an_administrator_acts_in_his_own_prison(world: World) -> None:
    """Another prison's assignments are out of reach: to give, to read, to confirm, to end."""
    assert (await propose(world, prison="LEI")).status_code == 404
    assert (await propose(world, prison="MJY")).status_code == 404
    assert (await propose(world, role="HEADQUARTERS", prison=None)).status_code == 404
    far = f"/v1/assignments/{uid('far:assignment:waiting')}"
    assert (await world.admin.get(far)).status_code == 404
    for action in ("confirm", "end"):
        assert (await world.admin.post(f"{far}/{action}", tag='"x"')).status_code == 404
    listed = (await world.admin.get("/v1/policy/assignments?limit=100")).json()["items"]
    assert {a["prison"] for a in listed} == {"MDI"}
    for name in ("officer", "coordinator", "safer", "nobody", "headquarters"):
        assert (await propose(world, name)).status_code == 403
    assert (await propose(world, "arthur")).status_code == 404


async def test_an_assignment_is_not_given_twice(world: World) -> None:
    """The same role at the same place for days that overlap is one assignment."""
    assert (await propose(world, role="ACTIVITIES_HUB")).status_code == 201
    again = await propose(world, role="ACTIVITIES_HUB", endsOn="2026-12-01")
    assert codes(again) == ["ALREADY_ASSIGNED"]
    assert (await propose(world, role="SECURITY")).status_code == 201


async def test_an_ended_assignment_is_gone_by_the_next_request(world: World) -> None:
    """The same token, in the midst of a session: refused."""
    assert (await world.oscar.get("/v1/board")).status_code == 200
    path = f"/v1/assignments/{assignment('oscar')}"
    ended = await moved(world.admin, path, "end")
    assert ended.json()["endedAt"] == "2026-11-23T10:00:00Z"
    assert line(world.last)[2:4] == ("END_ASSIGNMENT", "DONE")
    refused = await world.oscar.get("/v1/board")
    assert problem(refused)[:2] == (403, "forbidden")
    assert line(world.last)[:4] == ("oscar", "STAFF_MEMBER", "READ_BOARD", "REFUSED")
    assert [c["role"] for c in (await world.oscar.get("/v1/me")).json()["capacities"]] == ["STAFF_MEMBER"]
    acting = await world.oscar.get("/v1/board", acting_as=assignment("oscar"))
    assert acting.status_code == 403
    assert codes(await moved(world.admin, path, "end")) == ["ENDED"]


async def test_an_assignment_ends_on_its_last_day(world: World) -> None:
    """On the day it holds, on the next it does not."""
    last = START.date() + timedelta(days=300)
    held = await world.record(Assignment, assignment("oscar"))
    await world.change(dataclasses.replace(held, last_used_on=last - timedelta(days=1)))
    world.at(START + timedelta(days=300))
    assert (await world.oscar.get("/v1/board")).status_code == 200
    world.later(days=1)
    assert (await world.oscar.get("/v1/board")).status_code == 403


async def test_an_assignment_that_nobody_uses_ends_by_itself(world: World) -> None:
    """Ninety days without use end it; being used keeps it, and that is noted once a day by the service."""
    for _ in range(3):
        world.later(days=80)
        assert (await world.oscar.get("/v1/board")).status_code == 200
        assert (await world.oscar.get("/v1/board")).status_code == 200
    held = await world.record(Assignment, assignment("oscar"))
    assert held.last_used_on == world.now.date()
    assert held.version == 1 + 3
    assert (await world.hub.get("/v1/supporters")).status_code == 403
    world.at(START + timedelta(days=240 + 91))
    assert (await world.oscar.get("/v1/board")).status_code == 403


async def test_an_act_is_done_once_on_the_day_that_its_assignment_is_first_used(world: World) -> None:
    """Noting the use moves the caller's own footing; on the old one the act would find itself outdated, and be run
    again."""
    officer = world["officer"]
    assert (await officer.get("/v1/sessions")).status_code == 200
    world.later(seconds=90_000)
    looks: list[list[tuple[str, str]]] = []
    for _ in range(2):
        before = len(world.seen.calls)
        assert (await officer.get("/v1/schemes")).status_code == 200
        looks.append([c for c in world.seen.calls[before:] if c == ("find", "scheme")])
    assert looks[0] == looks[1]


async def test_a_caseload_withdrawn_upstream_ends_the_reach_within_five_minutes(world: World) -> None:
    """The same token; the role stays and reaches nothing: what was there is what never existed."""
    path = f"/v1/requests/{uid('request:received')}"
    world.stage.caseloads["oscar"] = frozenset({"MDI", "LEI"})
    assert (await world.oscar.get(path)).status_code == 200
    asked = world.stage.asked
    world.stage.caseloads["oscar"] = frozenset({"LEI"})
    world.later(minutes=4, seconds=59)
    assert (await world.oscar.get(path)).status_code == 200
    assert world.stage.asked == asked
    world.later(seconds=1)
    gone = await world.oscar.get(path)
    assert gone.status_code == 404
    assert observed(gone) == observed(await world.oscar.get(f"/v1/requests/{uid('never-existed')}"))
    assert (await world.oscar.get("/v1/board")).json()["items"] == []
    assert (await world.oscar.get(f"/v1/schemes/{uid('scheme:insiders')}")).status_code == 404
    assert (await world.oscar.get("/v1/schemes?prison=MDI")).json()["items"] == []
    world.stage.caseloads["oscar"] = frozenset({"MDI"})
    world.later(minutes=5)
    assert (await world.oscar.get(path)).status_code == 200


async def test_a_client_needs_the_estates_authority_besides(world: World) -> None:
    """The assignment alone opens nothing to a service client, nor does the authority alone."""
    assert (await world.integrator.get("/v1/schemes")).status_code == 200
    assert world.last.client == "feeder"
    assert (await world["bare-client"].get("/v1/schemes")).status_code == 403
    world.stage.tokens["nobody"] = dataclasses.replace(world.stage.tokens["integrator"], subject="another")
    assert (await world.nobody.get("/v1/schemes")).status_code == 403


# --- rule 15 ---------------------------------------------------------------------------------------------------------

READERS = ("safer", "governor", "governance", "imb", "inspector", "ombudsman")
PURPOSES = {"governor": "investigation", "governance": "oversight"}


async def ledger(world: World, by: str = "safer", query: str = "?limit=100") -> list[dict[str, Any]]:
    """The lines that a reader is shown."""
    answer = await world[by].get(f"/v1/ledger{query}", purpose=PURPOSES.get(by))
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


@pytest.mark.parametrize("name", READERS)
async def test_no_reader_asks_by_whom_an_act_concerned(world: World, name: str) -> None:
    """A filter by subject, person or number is 400 FILTER_NOT_ALLOWED, the same bytes for who exists and who does not:
    it is not that nothing was found, it cannot be asked."""
    answers = [
        await world[name].get(f"/v1/ledger?{by}={value}", purpose=PURPOSES.get(name))
        for by in ("subject", "person", "recipient", "supporter", "identifier", "id", "sights", "prison")
        for value in (uid("person:arthur"), uid("never-existed"), "A1001QX", "A9999QX")
    ]
    assert problem(answers[0]) == (400, "unreadable", [("FILTER_NOT_ALLOWED", None)])
    assert len({observed(a)[:2] for a in answers}) == 1
    assert {(e.verb, e.outcome) for e in world.entries()} == {("READ_LEDGER", Outcome.MALFORMED)}


@pytest.mark.parametrize("name", READERS)
async def test_conduct_is_read_by_actor_and_reading_is_itself_a_line(world: World, name: str) -> None:
    """Who did what, in one's own prison; one's own acts are not shown, for nobody reviews himself (rule 6)."""
    await world.officer.get("/v1/schemes")
    await world.hub.get("/v1/requests")
    await world[name].get("/v1/schemes")
    await world["far-officer"].get("/v1/schemes")
    await world["irish-officer"].get("/v1/schemes")
    mark = len(world.entries())
    lines = await ledger(world, name)
    prisons = {"MDI", "LEI"} if name in ("inspector", "ombudsman") else {"MDI"}
    assert {i["prison"] for i in lines} == prisons
    assert {i["jurisdiction"] for i in lines} == {"EW"}
    assert str(actor(name)) not in {i["actor"] for i in lines}
    (refused,) = [i for i in lines if i["actor"] == str(actor("hub"))]
    assert (refused["act"], refused["outcome"], refused["rule"]) == ("READ_REQUEST", "REFUSED", None)
    (looked,) = await ledger(world, name, f"?actor={actor('officer')}")
    assert (looked["act"], looked["role"], looked["rule"]) == (
        "READ_SCHEME",
        "WING_OFFICER",
        "wing-officer.operations.own-prison",
    )
    assert await ledger(world, name, f"?actor={actor(name)}") == []
    assert {(e.verb, e.outcome) for e in world.since(mark)} == {("READ_LEDGER", Outcome.DONE)}


async def test_a_line_says_no_more_than_who_did_what_by_which_rule(world: World) -> None:
    """Not which records were seen, nor which fields, nor whose they were."""
    await world.coordinator.get(f"/v1/supporters/{uid('supporter:listener')}")
    (shown,) = await ledger(world)
    assert set(shown) == {
        "id",
        "at",
        "actor",
        "client",
        "role",
        "purpose",
        "act",
        "rule",
        "outcome",
        "code",
        "jurisdiction",
        "prison",
        "withheld",
    }
    assert str(uid("supporter:listener")) not in str(shown)


async def test_of_closed_policy_participation_a_line_shows_hour_and_family(world: World) -> None:
    """At ten past two an officer's acts about a Listener request are CHANGE and LOOK at two o'clock; a prisoner's have
    no actor. The staff actor stays named."""
    world.at(tale.NIGHT)
    await tale.on_duty(world)
    path = await tale.asked(world)
    world.later(minutes=3)
    await tale.met(world, path)
    body = {k: v for k, v in tale.ASK.items() if k not in ("recipient", "prison")}
    await world.arthur.post("/v1/requests", body, key="kiosk-key-0001")
    await world.listener.post("/v1/tallies", tale.TALLY, key="tally-key-0001")
    world.later(days=7)  # no closed line is read before the hour, or the week, that it tells is over
    lines = [i for i in await ledger(world) if i["at"] >= "2027"]
    closed = [i for i in lines if i["act"] in ("CHANGE", "LOOK")]
    assert {i["at"][11:] for i in closed} <= {"02:00:00Z", "03:00:00Z", "00:00:00Z"}
    assert {i["actor"] for i in closed} == {str(actor("officer")), None}
    assert len([i for i in closed if i["actor"] is None]) == 2
    assert {i["role"] for i in closed if i["actor"] is None} == {"PERSON_IN_CUSTODY"}
    said = {i["act"] for i in lines}
    assert not {v for v in said if v in ("ASK", "OFFER_REQUEST", "UNLOCK_REQUEST", "HAND_IN_TALLY", "ANSWER_OFFER")}
    assert said == {"CHANGE", "LOOK", "DECLARE_DUTY"}


async def test_a_look_at_an_empty_board_leaves_the_line_of_a_full_one(world: World) -> None:
    """Else a reader of the ledger could tell the hours in which nobody asked for a Listener from the others."""
    await world.oscar.get("/v1/board")
    world.at(START + timedelta(days=1))
    await world.oscar.get("/v1/board")
    world.later(hours=2)
    full, bare = await ledger(world)
    hours = {"at", "id"}
    assert {k: v for k, v in full.items() if k not in hours} == {k: v for k, v in bare.items() if k not in hours}


async def test_a_refusal_names_the_verb_and_who_tried(world: World) -> None:
    """An attempt that was refused is conduct like any other (F82); of a person in custody nobody is named."""
    await world.hub.get("/v1/ledger")
    await world.ben.get("/v1/ledger")
    world.later(hours=2)
    staff, custody = sorted(await ledger(world), key=lambda i: i["actor"] is None)
    assert (staff["actor"], staff["act"], staff["outcome"]) == (str(actor("hub")), "READ_LEDGER", "REFUSED")
    assert (custody["actor"], custody["act"], custody["outcome"]) == (None, "LOOK", "ABSENT")


async def test_who_reads_the_ledger_says_why_where_there_are_two_reasons(world: World) -> None:
    """A governor looks for oversight or for an investigation: 400 with his own choices; the line keeps which it was."""
    answer = await world.governor.get("/v1/ledger")
    assert problem(answer)[:2] == (400, "purpose-required")
    assert answer.json()["choices"] == ["investigation", "oversight"]
    for purpose in ("investigation", "oversight"):
        assert (await world.governor.get("/v1/ledger", purpose=purpose)).status_code == 200
        assert world.last.purpose == purpose
    assert (await world.governor.get("/v1/ledger", purpose="support")).status_code == 403


async def test_the_ledger_is_closed_to_whom_it_does_not_concern(world: World) -> None:
    """Officers, coordinators, partners, administrators, headquarters: 403; people in custody: nothing there."""
    names = ("officer", "oscar", "coordinator", "samaritan", "admin", "headquarters", "hub", "staff", "integrator")
    for name in names:
        assert (await world[name].get("/v1/ledger")).status_code == 403, name
    assert (await world.listener.get("/v1/ledger")).status_code == 404


async def test_readers_of_the_ledger_are_listed_to_each_other(world: World) -> None:
    """Whoever reads it sees who else does."""
    for name in ("safer", "governor", "governance", "imb", "inspector", "ombudsman"):
        answer = await world[name].get("/v1/policy/assignments?limit=100&role=GOVERNOR")
        assert [a["holder"] for a in answer.json()["items"]] == [str(actor("governor"))], name


async def test_a_search_is_written_down_by_kind_and_count_and_not_by_its_words(world: World) -> None:
    """Which filter was sent stands in no entry: whom somebody looked for is a secret too (rule 4)."""
    await world.coordinator.get(f"/v1/supporters?scheme={uid('far:scheme:listeners')}")
    assert (world.last.sights[0].kind, world.last.sights[0].count) == ("supporter", 0)
    assert str(uid("far:scheme:listeners")) not in str(world.last.as_json())
