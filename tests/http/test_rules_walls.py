"""Rules 27, 29 and 30: jurisdictions are walls, one request acts in one capacity, no party reads his own case."""

import dataclasses
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.record import KINDS
from domain.confidentiality.roles import Purpose, Role
from domain.sessions.record import Enrolment, Session
from domain.supporters.record import Supporter
from tests.http import tale
from tests.http.cast import CAST, START, actor, assignment, person, uid
from tests.http.furniture import MOORLAND, request
from tests.http.lives import scheme
from tests.http.operations import LISTS, OPERATIONS, Operation
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import moved
from tests.http.world import World, codes, observed, problem, theatre

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

ENGLISH = [n for n, m in CAST.items() if m.jurisdiction == "EW"]
IRISH = [n for n, m in CAST.items() if m.jurisdiction == "IE"]
ITEMS: dict[str, str] = {
    "scheme:insiders": "/v1/schemes/{}",
    "supporter:insider": "/v1/supporters/{}",
    "request:received": "/v1/requests/{}",
    "induction": "/v1/inductions/{}",
    "enrolment": "/v1/enrolments/{}",
    "session": "/v1/sessions/{}",
    "feedback": "/v1/feedback/{}",
    "assignment:waiting": "/v1/assignments/{}",
    "duty": "/v1/duty-declarations/{}",
    "charter:insiders": "/v1/charters/{}",
    "charter-comment": "/v1/comments/{}",
    "objective": "/v1/objectives/{}",
    "finding": "/v1/findings/{}",
    "job": "/v1/jobs/{}",
    "scheme-kind": "/v1/kind-versions/{}",
    "exception-list": "/v1/exception-lists/{}",
}


async def everything(world: World, name: str) -> str:
    """All that a member reads in any list, for every purpose that he has, in one text."""
    found: list[str] = []
    for each in LISTS:
        for purpose in (None, *Purpose):
            answer = await world[name].get(f"{each.path}?limit=100", purpose=None if purpose is None else purpose.value)
            found.append(answer.text if answer.status_code == 200 else "")
    return "".join(found)


# --- rule 27 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [n for n in ENGLISH if CAST[n].prison in ("MDI", None) and CAST[n].number is None])
@FIRST
async def test_nobody_of_england_and_wales_reads_an_irish_record(world: World, name: str) -> None:
    """Neither in a list, headquarters' and inspectors' included, nor as an item: the bytes of what never existed."""
    assert "MJY" not in await everything(world, name)
    for of, path in ITEMS.items():
        irish = await world[name].get(path.format(uid(f"irish:{of}")))
        never = await world[name].get(path.format(uid("never-existed")))
        assert observed(irish) == observed(never), path
        assert irish.status_code in (403, 404, 409)


@pytest.mark.parametrize("name", IRISH)
@FIRST
async def test_nobody_of_ireland_reads_a_record_of_england_and_wales(world: World, name: str) -> None:
    """The wall stands on both sides."""
    text = await everything(world, name)
    assert "MDI" not in text
    assert "LEI" not in text
    for of, path in ITEMS.items():
        english = await world[name].get(path.format(uid(of)))
        assert observed(english) == observed(await world[name].get(path.format(uid("never-existed")))), path


@FIRST
async def test_headquarters_has_its_own_jurisdiction_and_all_of_it(world: World) -> None:
    """The same role on either side of the wall sees every prison of its own."""
    for name, prisons in (("headquarters", {"MDI", "LEI"}), ("irish-headquarters", {"MJY"})):
        items = (await world[name].get("/v1/schemes?limit=100")).json()["items"]
        assert {i["prison"] for i in items} == prisons


@FIRST
async def test_a_prison_of_one_name_in_two_jurisdictions_is_two(world: World) -> None:
    """Were there a Moorland in Ireland, its scheme would be nobody's here, though the code is the same."""
    twin = dataclasses.replace(scheme(MOORLAND, "scheme:twin", "INSIDERS"), jurisdiction="IE", name="Twin")
    await world.keep([twin])
    assert (await world.coordinator.get(f"/v1/schemes/{uid('scheme:twin')}")).status_code == 404
    for name in ("coordinator", "headquarters", "arthur", "imb"):
        assert "Twin" not in await everything(world, name)


@FIRST
async def test_an_irish_number_is_irish(world: World) -> None:
    """Identifiers are of the jurisdiction's own form: the other's is refused on either side."""
    body = {"scheme": str(uid("irish:scheme:shannon")), "wing": "MJY-A", "goal": "READ_A_BOOK", "name": "Iarla Quigley"}
    made = await world["irish-coordinator"].post("/v1/enrolments", {**body, "identifier": "190123"})
    assert (made.status_code, made.json()["person"]) == (201, str(person("irish-man")))
    assert (made.json()["jurisdiction"], made.json()["state"]) == ("IE", "WAITING")
    wrong = await world["irish-coordinator"].post("/v1/enrolments", {**body, "identifier": "A1001QX"})
    assert problem(wrong) == (422, "unacceptable", [("IDENTIFIER", "/identifier")])
    here = {**body, "scheme": str(uid("scheme:shannon")), "wing": "MDI-A", "identifier": "190123"}
    assert codes(await world.coordinator.post("/v1/enrolments", here)) == ["IDENTIFIER"]


@pytest.mark.parametrize("name", ["irish-officer", "irish-man"])
@FIRST
async def test_what_a_jurisdiction_does_not_have_is_refused_there(world: World, name: str) -> None:
    """One-to-one offers do not exist in Ireland: KIND_DOES_NOT_ALLOW, and nothing is kept."""
    body = {k: v for k, v in tale.ASK.items() if k not in ("recipient", "prison")}
    body = {**body, "wing": "MJY-A"} if name == "irish-man" else {**body, "wing": "MJY-A", "prison": "MJY"}
    answer = await world[name].post("/v1/requests", body, key="irish-key-0001")
    assert problem(answer) == (422, "unacceptable", [("KIND_DOES_NOT_ALLOW", "/need")])
    assert world.seen.kept == []


@FIRST
async def test_an_irish_scheme_is_run_by_its_own(world: World) -> None:
    """Started, read and amended there; a coordinator from here finds neither it nor a way to name it."""
    body = {"kind": "RED_CROSS_VOLUNTEERS", "name": "Red Cross in Mountjoy", "prison": "MJY"}
    made = await world["irish-coordinator"].post("/v1/schemes", body)
    assert (made.status_code, made.json()["jurisdiction"]) == (201, "IE")
    there = await world.coordinator.post("/v1/schemes", {**body, "kind": "INSIDERS"})
    assert there.status_code == 404
    apply = {"scheme": made.json()["id"], "wing": "MJY-A", "identifier": "A1002QX", "name": "Ben Quillfeather"}
    assert (await world.coordinator.post("/v1/supporters", apply)).status_code == 404
    given = {"scheme": made.json()["id"], "rating": 1}
    here = await world.officer.post("/v1/feedback", given)
    never = await world.officer.post("/v1/feedback", {**given, "scheme": str(uid("never-existed"))})
    assert observed(here) == observed(never)


# --- rule 29 ---------------------------------------------------------------------------------------------------------


@FIRST
async def test_where_several_capacities_fit_the_caller_says_which(world: World) -> None:
    """409 with his own assignments, and nothing shown; with `Acting-As` he sees what that capacity alone would."""
    both = {
        assignment("two-hats", Role.WING_OFFICER): "officer",
        assignment("two-hats", Role.COORDINATOR): "coordinator",
    }
    which = await world["two-hats"].get("/v1/supporters")
    assert problem(which) == (409, "capacity-required", [("CAPACITY_REQUIRED", "header:Acting-As")])
    assert which.json()["choices"] == sorted(str(a) for a in both)
    for held, alike in both.items():
        for path in ("/v1/supporters?limit=100", "/v1/schemes", f"/v1/supporters/{uid('supporter:listener')}"):
            acting = await world["two-hats"].get(path, acting_as=held)
            assert acting.json() == (await world[alike].get(path)).json()
    lines = [e for e in world.entries() if e.actor == actor("two-hats") and e.verb == "READ_SUPPORTER"]
    assert {(e.role, e.assignment) for e in lines} >= {(CAST[n].role, a) for a, n in both.items()}


@FIRST
async def test_two_capacities_are_never_a_union(world: World) -> None:
    """As officer he reaches the wing of his duty and no feedback; as coordinator the feedback and no live request."""
    await world.keep([request(MOORLAND, "request:b", wing="MDI-B")])
    declared = await world["two-hats"].post("/v1/duty-declarations", {"prison": "MDI", "wings": ["MDI-B"]})
    assert declared.status_code == 201
    officer, coordinator = (assignment("two-hats", r) for r in (Role.WING_OFFICER, Role.COORDINATOR))
    path = f"/v1/requests/{uid('request:b')}"
    assert (await world["two-hats"].get(path, acting_as=officer)).status_code == 200
    assert (await world["two-hats"].get(path, acting_as=coordinator)).status_code == 404
    assert (await world["two-hats"].get("/v1/feedback", acting_as=officer)).status_code == 403
    assert (await world["two-hats"].get("/v1/feedback")).status_code == 200
    open_policy = f"/v1/requests/{uid('request:open-policy')}"
    assert (await world["two-hats"].get(open_policy, acting_as=officer)).status_code == 404
    assert (await world["two-hats"].get(open_policy, acting_as=coordinator)).status_code == 200


@pytest.mark.parametrize("path", ["/v1/me", "/v1/policy", "/v1/kinds", "/v1/kinds/LISTENERS"])
@FIRST
async def test_who_has_several_capacities_learns_of_them_without_naming_one(world: World, path: str) -> None:
    """What shows no record asks for no capacity: else nobody could find out what to send as `Acting-As`."""
    answer = await world["two-hats"].get(path)
    assert answer.status_code == 200
    if path == "/v1/me":
        roles = {c["actingAs"]: c["role"] for c in answer.json()["capacities"]}
        held = {str(assignment("two-hats", r)): r.value for r in (Role.WING_OFFICER, Role.COORDINATOR)}
        assert roles == {**held, "own": "STAFF_MEMBER"}
    named = await world["two-hats"].get(path, acting_as=assignment("two-hats", Role.COORDINATOR))
    assert named.json() == answer.json()
    assert (world.last.role, world.last.assignment) == ("COORDINATOR", assignment("two-hats", Role.COORDINATOR))


@FIRST
async def test_a_supporter_of_two_schemes_finds_his_capacities_too(world: World) -> None:
    """In custody every refusal is absence, so that he would find nothing at all if he were asked first."""
    row = await world.record(Supporter, uid("supporter:listener"))
    second = dataclasses.replace(
        row, id=uid("supporter:also-insider"), scheme=uid("scheme:insiders"), kind="INSIDERS", organisation="PRISON"
    )  # type: ignore[arg-type]
    await world.keep([second])
    me = await world.listener.get("/v1/me")
    assert me.status_code == 200
    acting = {c["actingAs"]: (c["scheme"], c["prison"]) for c in me.json()["capacities"] if c["role"] == "SUPPORTER"}
    assert acting == {
        str(uid("supporter:listener")): (str(uid("scheme:listeners")), "MDI"),
        str(uid("supporter:also-insider")): (str(uid("scheme:insiders")), "MDI"),
    }
    assert (await world.listener.post("/v1/tallies", TALLY, key="tally-key-0001")).status_code == 404
    told = await world.listener.post("/v1/tallies", TALLY, key="tally-key-0002", acting_as=uid("supporter:listener"))
    assert told.status_code == 201


TALLY = {**tale.TALLY, "month": "2026-11"}


@FIRST
async def test_own_capacity_is_named_own(world: World) -> None:
    """`Acting-As: own` is what a principal has without an assignment, and no more."""
    assert (await world.officer.get("/v1/schemes", acting_as="own")).status_code == 200
    assert world.last.role == "STAFF_MEMBER"
    assert (await world.officer.get("/v1/supporters", acting_as="own")).status_code == 403
    assert (await world.samaritan.get("/v1/schemes", acting_as="own")).status_code == 403


def nullable(schema: Mapping[str, Any]) -> bool:
    """Whether null is among what the document says."""
    kinds = schema.get("type")
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    return kinds == "null" or (isinstance(kinds, list) and "null" in kinds) or any(nullable(s) for s in inner)


def test_whatever_may_be_withheld_may_be_null() -> None:
    """Each member that some role is not shown is nullable in the document, is always there, and says how it is held."""
    schemas = theatre().contract.document["components"]["schemas"]
    maskable = 0
    for kind in KINDS.values():
        said = schemas.get(kind.__name__)
        if said is None:
            continue
        assert sorted(said["required"]) == sorted(said["properties"])
        for name, member in said["properties"].items():
            if name == "withheld":
                continue
            field = kind.shape.members["".join(f"_{c.lower()}" if c.isupper() else c for c in name)]
            assert member["x-classification"] == field.mark.classification
            if field.mark.classification != "OPEN":
                maskable += 1
                assert nullable(member), (kind, name)
    assert maskable > 100


# --- rule 30 ---------------------------------------------------------------------------------------------------------


@FIRST
async def test_nobody_reaches_by_role_what_he_is_a_party_to(world: World) -> None:
    """A coordinator who once was Ben reads everybody's enrolment and session but Ben's: those never existed."""
    kept = await world.record(Enrolment, uid("enrolment"))
    planned = await world.record(Session, uid("session"))
    await world.keep(
        [
            dataclasses.replace(kept, id=uid("enrolment:ben"), person=person("ben")),  # type: ignore[arg-type]
            dataclasses.replace(
                planned,
                id=uid("session:ben"),  # type: ignore[arg-type]
                person=person("ben"),
                starts_at=START + timedelta(days=9),
                ends_at=START + timedelta(days=9, minutes=20),
            ),
            dataclasses.replace(kept, id=uid("enrolment:mentored"), supporter_person=person("ben")),  # type: ignore[arg-type]
            request(
                MOORLAND,
                "request:ben",
                person=person("ben"),
                closed=False,
                scheme=uid("scheme:insiders"),
                organisation="PRISON",
            ),
        ]
    )
    own = {
        f"/v1/enrolments/{uid('enrolment:ben')}",
        f"/v1/enrolments/{uid('enrolment:mentored')}",
        f"/v1/sessions/{uid('session:ben')}",
        f"/v1/requests/{uid('request:ben')}",
    }
    for path in own:
        assert (await world.coordinator.get(path)).status_code == 200
        hidden = await world["once-inside"].get(path)
        never = await world["once-inside"].get(path.rpartition("/")[0] + f"/{uid('never-existed')}")
        assert observed(hidden) == observed(never)
    for kind in ("enrolments", "sessions", "requests"):
        listed = {f"/v1/{kind}/{i['id']}" for i in (await world["once-inside"].get(f"/v1/{kind}")).json()["items"]}
        whole = {f"/v1/{kind}/{i['id']}" for i in (await world.coordinator.get(f"/v1/{kind}")).json()["items"]}
        assert whole - listed == {p for p in own if p.startswith(f"/v1/{kind}/")}
        assert listed
    ending = await world["once-inside"].post(
        f"/v1/enrolments/{uid('enrolment:ben')}/end", {"ending": "RELEASED", "because": "RELEASED"}, tag='"x"'
    )
    assert ending.status_code == 404
    assert (await world.ben.get(f"/v1/enrolments/{uid('enrolment:ben')}")).status_code == 200


@FIRST
async def test_a_supporters_own_record_is_closed_to_his_later_self_in_a_role(world: World) -> None:
    """Once a Listener, now a member of staff: his own old standing is not his to read by role."""
    row = await world.record(Supporter, uid("supporter:listener"))
    await world.keep([dataclasses.replace(row, id=uid("supporter:ben"), person=person("ben"), standing="STOOD_DOWN")])  # type: ignore[arg-type]
    path = f"/v1/supporters/{uid('supporter:ben')}"
    assert (await world.coordinator.get(path)).status_code == 200
    assert (await world["once-inside"].get(path)).status_code == 404


@FIRST
async def test_a_visitor_reaches_on_the_days_of_his_visits(world: World) -> None:
    """On the day, his organisation's schemes in that prison; on the next, what never existed and empty lists."""
    path = f"/v1/enrolments/{uid('enrolment')}"
    assert (await world.visitor.get(path)).status_code == 200
    listed = (await world.visitor.get("/v1/enrolments")).json()["items"]
    assert {i["organisation"] for i in listed} == {"SHANNON_TRUST"}
    world.later(days=1)
    out = await world.visitor.get(path)
    assert observed(out) == observed(await world.visitor.get(f"/v1/enrolments/{uid('never-existed')}"))
    assert out.status_code == 404
    for each in ("/v1/enrolments", "/v1/sessions", "/v1/schemes", "/v1/supporters"):
        assert (await world.visitor.get(each)).json()["items"] == []
    assert (await world.visitor.post("/v1/tallies", TALLY, key="tally-key-0001")).status_code == 404
    given = {"scheme": str(uid("scheme:shannon")), "rating": 4}
    assert (await world.visitor.post("/v1/feedback", given)).status_code == 404
    world.later(days=6)
    assert (await world.visitor.get(path)).status_code == 200


@FIRST
async def test_a_partner_reaches_his_own_organisation_in_his_own_prison(world: World) -> None:
    """Samaritans and Shannon Trust see their own supporters here, not each other's, nor their own elsewhere."""
    for name, organisation in (("samaritan", "SAMARITANS"), ("facilitator", "SHANNON_TRUST")):
        items = (await world[name].get("/v1/supporters?limit=100")).json()["items"]
        assert {(i["organisation"], i["prison"]) for i in items} == {(organisation, "MDI")}
    for hidden in ("supporter:mentor", "far:supporter:listener"):
        assert (await world.samaritan.get(f"/v1/supporters/{uid(hidden)}")).status_code == 404
    assert (await world.samaritan.get("/v1/enrolments")).json()["items"] == []
    down = await moved(
        world.facilitator, f"/v1/supporters/{uid('supporter:mentor')}", "stand-down", {"reason": "HEALTH"}
    )
    assert down.status_code == 200


@FIRST
async def test_a_coordinator_of_one_scheme_writes_in_that_one(world: World) -> None:
    """He reads the prison's schemes, and works in his own."""
    other = f"/v1/schemes/{uid('scheme:insiders')}"
    tag = await world["shannon-coordinator"].tag(other)
    assert (await world["shannon-coordinator"].patch(other, {"name": "Mine"}, tag=tag)).status_code == 404
    own = f"/v1/schemes/{uid('scheme:shannon')}"
    tag = await world["shannon-coordinator"].tag(own)
    assert (await world["shannon-coordinator"].patch(own, {"name": "Mine"}, tag=tag)).status_code == 200
    items = (await world["shannon-coordinator"].get("/v1/supporters?limit=100")).json()["items"]
    assert {i["scheme"] for i in items} == {str(uid("scheme:shannon"))}
    for hidden in ("induction", "feedback:closed"):
        kind = hidden.partition(":")[0]
        assert (await world["shannon-coordinator"].get(ITEMS[kind].format(uid(hidden)))).status_code == 404
    apply = {"scheme": str(uid("scheme:insiders")), "wing": "MDI-A", "identifier": "A3001QX", "name": "Noel"}
    assert (await world["shannon-coordinator"].post("/v1/supporters", apply)).status_code == 404


FEWER = {"listWaiting": "/v1/applications/{id}", "listClearanceRenewals": "/v1/clearances/{id}"}
"""Lists that a rule of their own makes shorter than what can be read, and where each item is."""


@pytest.mark.parametrize("operation", LISTS, ids=str)
@FIRST
async def test_a_list_shows_the_items_that_can_be_read_one_by_one(world: World, operation: Operation) -> None:
    """The item rule is the list rule: what is listed can be opened, and what is not listed cannot."""
    flat = operation.flat
    item = next((o for o in OPERATIONS if o.template == f"{flat}/{{id}}" and o.method == "GET"), None)
    if operation.name == "listAssignments":
        item = next(o for o in OPERATIONS if o.name == "getAssignment")
    name = operation.example.by
    if operation.name in FEWER:
        shown = (await world[name].get(f"{operation.path}?limit=100")).json()["items"]
        opened = [await world[name].get(FEWER[operation.name].format(id=each["id"])) for each in shown]
        assert opened
        assert {each.status_code for each in opened} == {200}
        return
    if item is None:
        assert operation.name in ("listLedgerLines", "listTasks")  # lines, and no records
        return
    listed = {i["id"] for i in (await world[name].get(f"{operation.path}?limit=100")).json()["items"]}
    kind = KINDS[str(ABOUT[item.verb].kind)]
    for record in await world.records(kind, **operation.under):
        answer = await world[name].get(item.path_of(record.id))
        assert (answer.status_code == 200) is (str(record.id) in listed), record
