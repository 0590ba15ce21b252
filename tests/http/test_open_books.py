"""What is no secret: who am I, by which rules, which kinds there are; the document and its own promises; and jobs."""

import dataclasses
import re
from typing import Any

import pytest

from api import openapi
from api.app import marks
from api.call import ALIKE
from api.document import document_text
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import grants_of
from domain.confidentiality.roles import IMPLICIT, Role
from domain.confidentiality.verbs import Verb
from domain.oversight.record import Job, JobState
from domain.schemes.kinds import KINDS, kinds_of
from domain.schemes.written import MEMBERS, written
from tests.http.cast import CAST, assignment, uid
from tests.http.operations import OPERATIONS, Operation, operation
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World, actor_of, observed, problem, theatre

EVERYBODY = [n for n in CAST if n not in ("nobody", "bare-client", "bare-sar")]


@pytest.mark.parametrize("name", EVERYBODY)
async def test_everybody_learns_who_he_is_and_what_he_may_do(world: World, name: str) -> None:
    """His own principal, our id for him, and each of his capacities with the verbs that the table gives its role."""
    me = (await world[name].get("/v1/me")).json()
    who, member = world.stage.tokens[name], CAST[name]
    assert (me["issuer"], me["subject"], me["kind"], me["client"]) == (who.issuer, who.subject, who.kind, who.client)
    assert me["id"] == str(actor_of(name))
    for capacity in me["capacities"]:
        role = Role(capacity["role"])
        assert capacity["may"] == sorted(v for v in Verb if grants_of(role, v))
        assert capacity["wingsNow"] == []
    held = {c["actingAs"]: c for c in me["capacities"]}
    assert ("own" in held) is (member.kind in IMPLICIT)
    for role in (*([] if member.role is None else [member.role]), *member.further):
        own = held[str(assignment(name, role))]
        assert (own["role"], own["prison"], own["organisation"]) == (role, member.prison, member.organisation)
        assert own["endsOn"] == "2027-09-19"
        assert own["scheme"] == (None if member.scheme is None else str(uid(member.scheme)))


async def test_who_has_no_capacity_has_none_to_be_told(world: World) -> None:
    """A partner or a client without an assignment acts in nothing, so not even in asking."""
    for name in ("nobody", "bare-client", "bare-sar"):
        assert (await world[name].get("/v1/me")).status_code == 403


async def test_the_policy_that_is_shown_is_the_policy_that_decides(world: World) -> None:
    """Line by line the domain's own table, for a prisoner as for a governor."""
    shown = (await world.officer.get("/v1/policy")).json()["grants"]
    assert shown == [
        {
            "rule": grant.rule,
            "role": grant.role.value,
            "purpose": grant.purpose.value,
            "within": grant.within.name,
            "closedPolicy": grant.closed,
            "sees": sorted(c.value for c in grant.sees),
            "writes": sorted(grant.writes),
            "may": sorted(v.value for v in grant.may),
        }
        for grant in GRANTS
    ]
    assert (await world.arthur.get("/v1/policy")).json()["grants"] == shown


async def test_the_kinds_that_are_shown_are_the_kinds_that_there_are(world: World) -> None:
    """Each with its whole sheet; one by one as in the list; of the reader's own jurisdiction and of no other."""
    shown = (await world.arthur.get("/v1/kinds")).json()["items"]
    ready = [k for k in shown if k["version"] is None]
    assert [k["code"] for k in ready] == [k.code for k in kinds_of("EW")]
    for said in ready:
        kind = KINDS[said["code"]]
        assert {m: said[m] for m in MEMBERS} == written(kind)
        assert (said["closedPolicy"], said["holds"]) == (kind.policy.closed, sorted(c.value for c in kind.holds))
        assert (await world.officer.get(f"/v1/kinds/{kind.code}")).json() == said
    irish = (await world["irish-man"].get("/v1/kinds")).json()["items"]
    assert [k["code"] for k in irish if k["version"] is None] == ["RED_CROSS_VOLUNTEERS"]
    for name, code in (
        ("officer", "NO_SUCH_KIND"),
        ("officer", "RED_CROSS_VOLUNTEERS"),
        ("irish-officer", "LISTENERS"),
    ):
        assert problem(await world[name].get(f"/v1/kinds/{code}"))[:2] == (404, "not-found")
    assert (await world.officer.get("/v1/kinds/lower-case")).status_code == 400


# --- the document ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_the_document_that_is_served_is_the_one_that_is_compared(world: World) -> None:
    """Open to all, in the bytes that the operator's command writes."""
    answer = await world.stranger.get("/openapi.json")
    assert answer.status_code == 200
    components = theatre().contract.document["components"]["schemas"]
    written = openapi.to_text(openapi.finish(world.app, marks(world.app)))
    assert answer.text == written
    assert set(components) - {"HealthComponents"} <= set(re.findall(r'"([A-Za-z]+)": \{', document_text()))


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_operation_says_who_does_it_and_why(operation: Operation) -> None:
    """Its verb, its roles and purposes, from the table that decides; it asks for a token; its errors are documented."""
    said = theatre().contract.document["paths"][operation.template][operation.method.lower()]
    grants = [g for g in GRANTS if operation.verb in g.may]
    assert said["x-verb"] == operation.verb
    assert said["x-roles"] == sorted({g.role.value for g in grants})
    assert said["x-purposes"] == sorted({g.purpose.value for g in grants})
    assert said["security"] == [{"bearer": []}]
    assert said["summary"]
    assert len(said["description"]) > 10
    needed = {"400", "401", "403", "404", "429", "500", "503"}
    needed |= set() if operation.verb in ALIKE else {"409"}  # what is the same in every capacity asks for none
    needed |= {"412", "428"} if operation.moves else set()
    needed |= {"413", "415", "422"} if operation.has_body else set()
    assert needed <= set(said["responses"])


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_every_header_that_is_documented_is_sent(world: World, operation: Operation) -> None:
    """On success: the tag of a record, the place of a new one, the next page where there is one; and what every answer
    carries. (Each answer in all these tests is held against the document besides.)"""
    answer = await operation.send(world)
    said = theatre().contract.document["paths"][operation.template][operation.method.lower()]
    documented = set(said["responses"][str(answer.status_code)]["headers"])
    everywhere = {"Access-Control-Allow-Origin", "X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining"}
    assert everywhere <= documented
    assert documented - {"Link"} <= {name for name in documented if name in answer.headers}
    if not answer.headers.get("content-type", "").startswith("application/json"):
        assert not {"ETag", "Location", "Link"} & documented
        return
    told = answer.json()  # a list is the estate's own: of what was sent again, by queue
    one = "id" in told and "withheld" in told
    # Who asks sees little of what he made, and goes on with it only after he has read it; a watch comes with its board.
    tagged = {"askForSupport": False, "openWatch": True}.get(operation.name, one)
    assert ("ETag" in documented) is tagged
    assert ("Location" in documented) is (one and answer.status_code in (201, 202))
    assert ("Link" in documented) is (list(told) == ["items", "next"])
    for name in ("etag", "location", "link"):
        assert (name in answer.headers) <= any(name == d.lower() for d in documented)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_an_answer_may_be_kept_by_nobody(world: World, operation: Operation) -> None:
    """No cache keeps it, no page frames it, nothing sniffs it; it depends on who asks, why, as whom and in which
    language; and a caller's own request id is never used."""
    answer = await operation.send(world, headers={"X-Request-Id": "f" * 32})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "https://peer-support.example"
    assert answer.headers["vary"] == "Authorization, Purpose-Of-Use, Acting-As, Accept-Language"
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
    assert answer.headers["x-request-id"] != "f" * 32


async def test_titles_follow_the_language_and_codes_never_do(world: World) -> None:
    """Welsh for who asks for Welsh; the same slug and codes."""
    answers = {
        language: await world.officer.get("/v1/schemes?unknown=1", headers={"Accept-Language": language})
        for language in ("cy", "en", "so", "cy;q=0.1, en")
    }
    titles = {language: a.json()["title"] for language, a in answers.items()}
    assert titles["cy"] != titles["en"] == titles["so"] == titles["cy;q=0.1, en"]
    assert {a.json()["code"] for a in answers.values()} == {"unreadable"}
    assert {a.json()["failures"][0]["code"] for a in answers.values()} == {"FILTER_NOT_ALLOWED"}
    assert answers["cy"].headers["content-language"] == "cy"


async def test_each_kind_of_problem_has_a_page(world: World) -> None:
    """`type` leads to a page of ours, open to all."""
    refused = [
        await world.hub.get("/v1/ledger"),
        await world.officer.get(f"/v1/schemes/{uid('never-existed')}"),
        await world.governor.get("/v1/ledger"),
        await world["two-hats"].get("/v1/supporters"),
        await operation("openScheme").send(world, tag=None),
    ]
    for answer in refused:
        page = await world.stranger.get(answer.json()["type"])
        assert page.status_code == 200
        assert page.json()["status"] == answer.status_code


# --- jobs ------------------------------------------------------------------------------------------------------------


async def test_a_job_is_its_makers_alone(world: World) -> None:
    """202 with where to look; he who started it reads it, with its result when it is done; nobody else does, of the
    same role or of a higher one."""
    started = await world.governor.post("/v1/jobs", {"kind": "SCHEME_SUMMARY", "scheme": str(uid("scheme:insiders"))})
    assert (started.status_code, started.json()["state"], started.json()["progress"]) == (202, "WAITING", 0)
    path = started.headers["location"]
    assert path == f"/v1/jobs/{started.json()['id']}"
    for name in ("coordinator", "inspector", "evaluator"):
        hidden = await world[name].get(path)
        assert observed(hidden) == observed(await world[name].get(f"/v1/jobs/{uid('never-existed')}"))
        assert hidden.status_code == 404
    for name in ("officer", "samaritan", "safer", "admin"):
        assert (await world[name].get(path)).status_code == 403
    assert (await world.arthur.get(path)).status_code == 404
    job = await world.record(Job, uid("job"))
    finished: dict[str, Any] = {"supportersByStanding": {"ACTIVE": None, "total": 10}}
    await world.change(dataclasses.replace(job, state=JobState.DONE, progress=100, result=finished, ended_at=world.now))
    mine = await world.coordinator.get(f"/v1/jobs/{uid('job')}")
    assert (mine.json()["state"], mine.json()["result"]) == ("DONE", finished)


@pytest.mark.parametrize(
    ("name", "scheme", "status"),
    [
        ("evaluator", "scheme:shannon", 202),
        ("evaluator", "scheme:insiders", 404),
        ("inspector", "far:scheme:listeners", 202),
        ("inspector", "irish:scheme:insiders", 404),
        ("governor", "far:scheme:insiders", 404),
        ("shannon-coordinator", "scheme:listeners", 404),
    ],
)
async def test_a_job_is_about_a_scheme_within_reach(world: World, name: str, scheme: str, status: int) -> None:
    """An evaluator's own scheme, an inspector's jurisdiction, a governor's prison."""
    answer = await world[name].post("/v1/jobs", {"kind": "SCHEME_SUMMARY", "scheme": str(uid(scheme))})
    assert answer.status_code == status
