"""Rules 7 and 8: what a person in custody sees tells nothing of what he asked for, and he speaks for himself alone."""

import dataclasses
from typing import Any

import pytest

from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.roles import Role, holdable
from domain.kernel.ids import ActorId
from domain.oversight.record import Assignment
from domain.sessions.request import Request
from tests.http import stores, tale
from tests.http import world as worlds
from tests.http.cast import CUSTODY, PARTNERS, STAFF, assigned, uid
from tests.http.furniture import ROLES
from tests.http.operations import OPERATIONS, may
from tests.http.tale import done
from tests.http.world import World, actor_of, codes, observed, problem

LOOKS = [o for o in OPERATIONS if o.method == "GET"]
WATCHERS = ("arthur", "listener", "ben")
RECORDS = {
    "getScheme": ["scheme:listeners", "scheme:insiders", "far:scheme:listeners"],
    "getSchemeCharter": ["scheme:listeners"],
    "getSchemeCharterPage": ["scheme:listeners"],
    "getSchemeCharterPdf": ["scheme:listeners"],
    "listCharters": ["scheme:listeners"],
    "getCharter": ["charter:listeners", "charter:draft"],
    "getSupporter": [*ROLES, "supporter:applied"],
    "getEnrolment": ["enrolment"],
    "getSession": ["session"],
    "getInduction": ["induction"],
    "getFeedback": ["feedback", "feedback:closed"],
}
"""What each look may be about; of any other it is enough that nothing is there."""
ASKED = {k: v for k, v in tale.ASK.items() if k not in ("recipient", "prison")}


async def views(world: World, requests: list[str]) -> dict[tuple[str, str], Any]:
    """All that these three can see: every GET that is granted, of every record that it may be of, and each request."""
    found: dict[tuple[str, str], Any] = {}
    for who in WATCHERS:
        for look in [look for look in LOOKS if may(who, look.verb)]:
            names = RECORDS.get(look.name, ["never-existed"])
            for path in [look.path_of(uid(n)) for n in names] if look.of_one else [look.path]:
                found[who, path] = observed(await world[who].get(path))
        for number, request in enumerate(requests):
            found[who, f"request {number}"] = observed(await world[who].get(request))
        supporter = f"/v1/supporters/{uid('supporter:listener')}"
        found[who, "/v1/supporters?"] = observed(
            await world[who].get(f"/v1/supporters?scheme={uid('scheme:listeners')}")
        )
        found[who, "tag"] = (await world[who].get(supporter)).headers.get("etag")
    return found


async def lived(world: World, times: int) -> list[dict[tuple[str, str], Any]]:
    """What is seen before, during and after; in a life in which Arthur asks so many times, and in which he does not."""
    world.at(tale.NIGHT)
    seen = [await views(world, [f"/v1/requests/{uid('never-existed')}"] * 5)]
    paths: list[str] = []
    for number in range(times):
        world.later(minutes=1)
        by, body = ("arthur", ASKED) if number % 2 else ("officer", {**tale.ASK, "recipient": "Arthur Zephyrine"})
        answer = await world[by].post("/v1/requests", body, key=f"night-key-{number:04}")
        paths.append(answer.headers["location"])
    nowhere = [f"/v1/requests/{uid('never-existed')}"] * (5 - len(paths))
    world.at(tale.NIGHT.replace(hour=3))
    seen.append(await views(world, [*paths, *nowhere]))
    if paths:
        listener = {"supporter": str(uid("supporter:listener"))}
        await done(world.oscar, paths[0], "offer", listener)
        await done(world.oscar, paths[0], "answer", {"accepted": True})
        seen.append(await views(world, [*paths, *nowhere]))
        await done(world.oscar, paths[0], "unlock", {"place": "LISTENER_SUITE"})
        await done(world.oscar, paths[0], "complete")
        await done(world.oscar, paths[1], "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
        await done(world.oscar, paths[2], "offer", listener)
        await done(world.oscar, paths[3], "withdraw")
        key = await world.listener.post("/v1/tallies", tale.TALLY, key="tally-key-0001")
        assert key.status_code == 201
        assert len([r for r in await world.records(Request) if r.closed and r.asked_at.year == 2027]) == times
    else:
        seen.append(await views(world, nowhere))
    for hours in (0, 1, 24 * 40):
        world.later(hours=hours)
        seen.append(await views(world, [*paths, *nowhere]))
    return seen


@pytest.mark.parametrize("name", stores.NAMES)
async def test_nothing_that_he_can_read_tells_whether_he_asked(name: str) -> None:
    """For a man in custody, for the Listener who was with him and for another: every GET gives the same bytes and
    headers in a life with five requests and in one with none, before, during and after (rule 7)."""
    lives = []
    for times in (5, 0):
        clock = worlds.theatre().stage.clock
        async with stores.opened(name, clock) as store, worlds.opened(store) as world:
            lives.append(await lived(world, times))
    for stage, (with_five, with_none) in enumerate(zip(*lives, strict=True)):
        for what, shown in with_none.items():
            assert with_five[what] == shown, (stage, what)
    granted = {what: shown[0] for what, shown in lives[0][1].items() if isinstance(shown, tuple)}
    assert granted["arthur", f"/v1/schemes/{uid('scheme:listeners')}"] == 200
    assert granted["arthur", f"/v1/enrolments/{uid('enrolment')}"] == 200
    assert granted["listener", f"/v1/supporters/{uid('supporter:listener')}"] == 200
    assert {granted[who, f"request {n}"] for who in WATCHERS for n in range(5)} == {404}


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("name", ["arthur", "listener", "peer-coordinator"])
@pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
async def test_what_is_not_his_to_do_is_not_there(world: World, look: Any, name: str) -> None:
    """Whatever the policy does not grant is one 404, the same as for an address that does not exist; never 403."""
    answer = await look.send(world, by=name)
    if may(name, look.verb):
        assert answer.status_code in (200, 404)
    else:
        assert observed(answer) == observed(await world[name].get("/v1/there-is-no-such-thing"))


NAMING: dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]] = {
    "a recipient": ("arthur", "/v1/requests", ASKED, {"recipient": "Ben Quillfeather"}),
    "himself": ("arthur", "/v1/requests", ASKED, {"recipient": "A1001QX"}),
    "another prison": ("arthur", "/v1/requests", ASKED, {"prison": "LEI"}),
    "another's number": ("arthur", "/v1/supporters", {}, {"identifier": "A1002QX"}),
    "another's name": ("arthur", "/v1/supporters", {}, {"name": "Ben Quillfeather"}),
    "a learner's number": ("insider", "/v1/inductions", {}, {"identifier": "A1002QX"}),
    "whose view it is": ("arthur", "/v1/feedback", {}, {"onBehalfOf": "STAFF"}),
}
WHOLE: dict[str, dict[str, Any]] = {
    "/v1/supporters": {"scheme": str(uid("scheme:insiders")), "wing": "MDI-A"},
    "/v1/inductions": {
        "scheme": str(uid("scheme:insiders")),
        "wing": "MDI-A",
        "arrivedAt": "2026-11-23T07:00:00Z",
        "seenAt": "2026-11-23T09:00:00Z",
        "checklist": [],
        "toldPolicy": True,
    },
    "/v1/feedback": {"scheme": str(uid("scheme:insiders")), "rating": 3},
}


@pytest.mark.parametrize("case", NAMING)
async def test_a_prisoner_who_names_another_is_answered_as_for_a_member_that_is_not(world: World, case: str) -> None:
    """Same status and code as an unknown member: whether the other exists is not told, and nothing is kept (rule 8)."""
    name, path, body, further = NAMING[case]
    body = {**WHOLE.get(path, {}), **body}
    named = await world[name].post(path, {**body, **further}, key="naming-another-1")
    unknown = await world[name].post(path, {**body, "canary": "Ben Quillfeather"}, key="naming-another-2")
    assert problem(named)[:2] == problem(unknown)[:2] == (422, "unacceptable")
    assert codes(named) == codes(unknown) == ["UNKNOWN_FIELD"]
    assert "Ben" not in named.text
    absent = {member: value.replace("1002", "9002") for member, value in further.items()}
    other = await world[name].post(path, {**body, **absent}, key="naming-another-3")
    assert observed(other) == observed(named)
    assert world.seen.kept == []
    for entry in world.entries():
        if entry.verb == "ASK":
            assert (entry.actor, entry.closed) == (None, True)
    plain = await world[name].post(path, body, key="naming-another-4")
    assert plain.status_code == 201


async def test_a_supporter_passes_on_a_need_without_a_name(world: World) -> None:
    """A peer's referral has a place and a need: it names neither the one who asks nor the one who passes it on."""
    body = {**ASKED, "channel": "PEER_REFERRAL", "cell": "A-1-012"}
    answer = await world.listener.post("/v1/requests", body, key="passed-on-0001")
    assert answer.status_code == 201
    (live,) = [r for r in await world.records(Request) if r.channel == "PEER_REFERRAL"]
    assert (live.recipient, live.person, live.author) == (None, None, None)
    assert (world.last.actor, world.last.role) == (None, "PERSON_IN_CUSTODY")


@pytest.mark.parametrize("role", [r for r in Role if r not in holdable(PrincipalKind.IN_CUSTODY)])
async def test_no_staff_role_is_given_to_a_prisoner(world: World, role: Role) -> None:
    """Any such proposal is refused; and were it in the store all the same, his token would have nothing of it."""
    body = {
        "issuer": CUSTODY,
        "subject": "A1001QX",
        "principalKind": "IN_CUSTODY",
        "role": role.value,
        "organisation": "HMPPS",
        "endsOn": "2027-05-01",
        "prison": "MDI",
    }
    answer = await world.admin.post("/v1/assignments", body)
    assert answer.status_code == 422
    assert ("ROLE_NOT_HOLDABLE", "/role") in problem(answer)[2]
    assert world.seen.kept == []


async def test_a_staff_role_in_the_store_opens_nothing_to_a_prisoner(world: World) -> None:
    """Rule 8 holds at the door too: a row that should not be there gives no capacity."""
    wrong = dataclasses.replace(
        assigned("oscar", Role.ORDERLY_OFFICER),
        id=uid("a wrong row"),
        holder=ActorId(actor_of("arthur")),
        issuer=CUSTODY,
        subject="A1001QX",
        principal_kind=PrincipalKind.IN_CUSTODY,
    )
    await world.keep([wrong])
    assert len(await world.records(Assignment, issuer=CUSTODY, subject="A1001QX")) == 1
    assert (await world.arthur.get("/v1/board")).status_code == 404
    assert {c["role"] for c in (await world.arthur.get("/v1/me")).json()["capacities"]} == {"PERSON_IN_CUSTODY"}


@pytest.mark.parametrize(
    ("twin", "kind"),
    [
        (Principal(PARTNERS, "oscar", PrincipalKind.STAFF), "another issuer"),
        (Principal(STAFF, "oscar", PrincipalKind.PARTNER), "another kind"),
        (Principal(STAFF, "Oscar", PrincipalKind.STAFF), "another case"),
        (Principal(STAFF, "oscar", PrincipalKind.IN_CUSTODY), "a prisoner of that name"),
        (Principal(STAFF, "oscar", PrincipalKind.CLIENT, "oscar"), "a client of that name"),
    ],
)
async def test_a_subject_means_something_only_with_its_issuer_and_kind(
    world: World, twin: Principal, kind: str
) -> None:
    """Two principals of one name are two: neither has what the other was given."""
    assert (await world.oscar.get("/v1/board")).status_code == 200
    world.stage.tokens["nobody"] = twin
    assert (await world.nobody.get("/v1/board")).status_code in (403, 404), kind


async def test_whom_our_records_do_not_know_is_heard_all_the_same(world: World) -> None:
    """A prisoner whose row has not arrived yet asks for himself, naming the prison that we cannot know; he sees no
    scheme, and reads back nothing."""
    world.stage.tokens["nobody"] = Principal(CUSTODY, "A7777QX", PrincipalKind.IN_CUSTODY)
    answer = await world.nobody.post("/v1/requests", {**ASKED, "prison": "MDI"}, key="new-arrival-01")
    assert answer.status_code == 201
    assert (await world.nobody.get("/v1/schemes")).json()["items"] == []
    assert (await world.nobody.get(answer.headers["location"])).status_code == 404
    assert (world.last.actor, world.last.role) == (None, "PERSON_IN_CUSTODY")
    (live,) = [r for r in await world.records(Request) if r.recipient is not None]
    assert live.recipient == "A7777QX"
