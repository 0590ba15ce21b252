"""What is out of reach is what never existed: the same bytes, headers, work and line (DESIGN 4, security.md 7.3)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.http import (
    bodies_operations,
    care_operations,
    contacts_operations,
    evaluation_operations,
    feedback_operations,
    importing_operations,
    merging_operations,
    packs_operations,
    recruiting_operations,
    registers_operations,
    subject_access_operations,
    tale,
    telling_operations,
    turnover_operations,
)
from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, session
from tests.http.lives import scheme
from tests.http.operations import OF_ONE, Operation, operation
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World, observed

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

NEVER = "never-existed"
CHARTERS_HIDDEN = {
    "officer": ["scheme:planned", "far:scheme:insiders", "irish:scheme:insiders"],
    "evaluator": ["scheme:insiders", "far:scheme:shannon"],
    "samaritan": ["scheme:insiders", "far:scheme:listeners"],
    "arthur": ["scheme:planned", "scheme:suspended", "far:scheme:insiders"],
    "headquarters": ["scheme:planned", "irish:scheme:insiders"],
}
HIDDEN: dict[str, dict[str, list[str]]] = {
    "getScheme": {
        "officer": ["far:scheme:insiders", "irish:scheme:insiders"],
        "samaritan": ["scheme:shannon", "far:scheme:listeners"],
        "evaluator": ["scheme:insiders", "far:scheme:shannon"],
        "headquarters": ["irish:scheme:shannon"],
        "integrator": ["irish:scheme:shannon"],
        "arthur": ["far:scheme:listeners", "irish:scheme:insiders"],
        "peer-coordinator": ["far:scheme:listeners"],
    },
    **dict.fromkeys(("getSchemeCharter", "getSchemeCharterDifference"), CHARTERS_HIDDEN),
    **dict.fromkeys(("getSchemeCharterPage", "getSchemeCharterPdf"), CHARTERS_HIDDEN),
    "listCharters": {"officer": ["scheme:planned", "far:scheme:insiders"], "arthur": ["scheme:planned"]},
    "getCharter": {
        "officer": ["charter:draft", "charter:submitted", "charter:shannon:old", "far:charter:insiders"],
        "arthur": ["charter:draft", "charter:shannon:old", "far:charter:insiders"],
        "listener": ["charter:ready", "charter:signed"],
        "shannon-coordinator": ["charter:draft", "charter:insiders"],
        "facilitator": ["charter:insiders", "far:charter:shannon"],
        "imb": ["far:charter:draft", "irish:charter:draft"],
    },
    "amendCharter": {"coordinator": ["far:charter:draft"], "shannon-coordinator": ["charter:draft"]},
    "submitCharter": {"coordinator": ["far:charter:ready"], "shannon-coordinator": ["charter:ready"]},
    "returnCharter": {"governor": ["far:charter:submitted"], "facilitator": ["charter:submitted"]},
    "signCharter": {"safer": ["far:charter:submitted"], "samaritan": ["charter:signed", "charter:submitted"]},
    "publishCharter": {"coordinator": ["far:charter:signed"], "shannon-coordinator": ["charter:submitted"]},
    "discardCharter": {"coordinator": ["far:charter:draft"], "shannon-coordinator": ["charter:draft"]},
    "getCharterComment": {"safer": ["far:charter-comment"], "facilitator": ["charter-comment"]},
    "getObjective": {"coordinator": ["far:objective"], "evaluator": ["objective"], "facilitator": ["objective"]},
    "amendObjective": {"coordinator": ["far:objective"], "shannon-coordinator": ["objective"]},
    "measureObjective": {"coordinator": ["irish:objective"], "shannon-coordinator": ["objective"]},
    "closeObjective": {"coordinator": ["far:objective"], "shannon-coordinator": ["objective"]},
    "getFinding": {"coordinator": ["far:finding"], "evaluator": ["finding"], "imb": ["irish:finding"]},
    "declineFinding": {"governor": ["far:finding", "irish:finding"]},
    "amendScheme": {
        "coordinator": ["far:scheme:insiders", "irish:scheme:insiders"],
        "shannon-coordinator": ["scheme:insiders", "scheme:listeners", "far:scheme:shannon"],
    },
    "approveScheme": {"governor": ["far:scheme:draft", "irish:scheme:draft"], "safer": ["far:scheme:draft"]},
    "openScheme": {"shannon-coordinator": ["scheme:approved"], "coordinator": ["far:scheme:approved"]},
    "launchScheme": {"shannon-coordinator": ["scheme:pilot"], "coordinator": ["far:scheme:pilot"]},
    "reviewScheme": {"governor": ["far:scheme:insiders", "irish:scheme:insiders"], "safer": ["far:scheme:insiders"]},
    "suspendScheme": {"governor": ["far:scheme:insiders", "irish:scheme:insiders"], "safer": ["far:scheme:insiders"]},
    "resumeScheme": {"governor": ["far:scheme:suspended"], "safer": ["irish:scheme:suspended"]},
    "nameSupervisionLead": {"governor": ["far:scheme:insiders"], "shannon-coordinator": ["scheme:insiders"]},
    "getSupervisionLeads": {"governor": ["far:scheme:insiders"], "shannon-coordinator": ["scheme:insiders"]},
    "getReadiness": {
        "coordinator": ["far:scheme:pilot", "irish:scheme:pilot"],
        "samaritan": ["scheme:pilot", "far:scheme:listeners"],
        "imb": ["far:scheme:insiders"],
    },
    "getSchemeStatus": {
        "governor": ["far:scheme:insiders"],
        "samaritan": ["scheme:pilot"],
        "headquarters": ["irish:scheme:shannon"],
    },
    "getClosing": {"shannon-coordinator": ["scheme:insiders"], "governor": ["far:scheme:insiders"]},
    "closeScheme": {"governor": ["far:scheme:draft"], "shannon-coordinator": ["scheme:draft"]},
    "getKindVersion": {
        "safer": ["far:scheme-kind", "irish:scheme-kind"],
        "governor": ["far:scheme-kind:published"],
        "headquarters": ["irish:scheme-kind"],
    },
    "confirmKindVersion": {"lead": ["far:scheme-kind:to-confirm", "irish:scheme-kind:to-confirm"]},
    "publishKindVersion": {"safer": ["far:scheme-kind"], "headquarters": ["irish:scheme-kind"]},
    "withdrawKindVersion": {"governor": ["far:scheme-kind"], "headquarters": ["irish:scheme-kind:published"]},
    "getExceptionList": {"lead": ["far:exception-list", "irish:exception-list"]},
    "publishExceptionList": {"lead": ["far:exception-list", "irish:exception-list"]},
    "withdrawExceptionList": {"lead": ["far:exception-list", "irish:exception-list"]},
    "getSupporter": {
        "officer": ["far:supporter:listener", "irish:supporter:mentor"],
        "samaritan": ["supporter:mentor", "far:supporter:listener"],
        "shannon-coordinator": ["supporter:listener"],
        "listener": ["supporter:second-listener", "supporter:applied"],
        "arthur": ["supporter:listener"],
    },
    "amendSupporter": {"listener": ["supporter:mentor"], "shannon-coordinator": ["supporter:listener"]},
    "decideApplication": {"samaritan": ["supporter:partner-applied"], "coordinator": ["far:supporter:applied"]},
    "noteTraining": {"facilitator": ["supporter:accepted"], "coordinator": ["far:supporter:accepted"]},
    "certifySupporter": {"samaritan": ["supporter:in_training"], "coordinator": ["far:supporter:in_training"]},
    "activateSupporter": {"samaritan": ["supporter:probation"], "coordinator": ["irish:supporter:probation"]},
    "pauseSupporter": {"listener": ["supporter:mentor"], "facilitator": ["supporter:insider"]},
    "resumeSupporter": {"shannon-coordinator": ["supporter:paused"], "coordinator": ["far:supporter:paused"]},
    "standDownSupporter": {"governor": ["far:supporter:listener"], "samaritan": ["supporter:mentor"]},
    "getRequest": {
        "officer": ["request:received", "far:request:received"],
        "oscar": ["far:request:received", "irish:request:received"],
        "coordinator": ["request:received", "far:request:open-policy"],
        "safer": ["request:received"],
        "imb": ["request:received"],
        "inspector": ["request:received", "far:request:received", "irish:request:open-policy"],
    },
    "offerRequest": {"officer": ["request:received"], "coordinator": ["request:received"]},
    "answerOffer": {"officer": ["request:offered"], "coordinator": ["request:offered"]},
    "unlockRequest": {"officer": ["request:accepted"], "oscar": ["far:request:accepted"]},
    "completeRequest": {"officer": ["request:in-progress"], "coordinator": ["request:in-progress"]},
    "refuseRequest": {"officer": ["request:received"], "coordinator": ["request:received"]},
    "delayRequest": {"officer": ["request:received"], "oscar": ["far:request:received"]},
    "withdrawRequest": {"officer": ["request:received"], "oscar": ["far:request:received"]},
    "clearOffers": {"oscar": ["far:request:received", "irish:request:received"], "safer": ["request:received"]},
    "getInduction": {
        "coordinator": ["far:induction"],
        "officer": ["induction"],
        "insider": ["far:induction"],
        "mentor": ["induction"],
        "shannon-coordinator": ["induction"],
    },
    "getEnrolment": {
        "coordinator": ["far:enrolment", "irish:enrolment"],
        "officer": ["enrolment"],
        "samaritan": ["enrolment"],
        "ben": ["enrolment"],
        "second-mentor": ["enrolment"],
    },
    "endEnrolment": {"coordinator": ["far:enrolment"], "samaritan": ["enrolment"]},
    "getSession": {
        "officer": ["session"],
        "ben": ["session"],
        "samaritan": ["session"],
        "coordinator": ["far:session"],
    },
    "recordSession": {"second-mentor": ["session"], "samaritan": ["session"], "coordinator": ["irish:session"]},
    "getFeedback": {"coordinator": ["feedback:closed", "far:feedback"], "samaritan": ["feedback:closed", "feedback"]},
    "getAssignment": {
        "admin": ["far:assignment:waiting", "irish:assignment:waiting"],
        "governor": ["far:assignment:waiting"],
        "imb": ["far:assignment:waiting"],
    },
    "confirmAssignment": {"imb": ["far:assignment:waiting"], "other-admin": ["irish:assignment:waiting"]},
    "endAssignment": {"admin": ["far:assignment:waiting"]},
    "getDuty": {"officer": ["duty", "far:duty"], "oscar": ["far:duty"], "safer": ["irish:duty"]},
    "getJob": {"coordinator": ["far:job"], "governor": ["job"], "evaluator": ["job"], "inspector": ["job"]},
    **registers_operations.HIDDEN,
    **recruiting_operations.HIDDEN,
    **turnover_operations.HIDDEN,
    **care_operations.HIDDEN,
    **bodies_operations.HIDDEN,
    **contacts_operations.HIDDEN,
    **evaluation_operations.HIDDEN,
    **packs_operations.HIDDEN,
    **subject_access_operations.HIDDEN,
    **importing_operations.HIDDEN,
    **feedback_operations.HIDDEN,
    **merging_operations.HIDDEN,
    **telling_operations.HIDDEN,
}
"""By operation: who may do it, and records that are there and out of his reach: of another prison, another
jurisdiction, another organisation or scheme, a closed policy, a wing without duty, another's own."""


def cases() -> list[Any]:
    """(operation, who, record) for each."""
    return [
        pytest.param(operation(name), by, record, id=f"{name}-{by}-{record}")
        for name, who in HIDDEN.items()
        for by, records in who.items()
        for record in records
    ]


def test_every_operation_on_one_record_has_something_hidden_from_somebody() -> None:
    """So that none is left out of what follows; a watch is its watcher's alone, and has a test of its own."""
    assert set(HIDDEN) == {o.name for o in OF_ONE} - {"getWatch", "closeWatch"}


@pytest.mark.parametrize(("operation", "by", "hidden"), cases())
@FIRST
async def test_what_is_hidden_is_what_never_existed(world: World, operation: Operation, by: str, hidden: str) -> None:
    """One 404: its bytes, its headers, the looks that the store was asked for, and the line but for its id and the
    instant, are those of an id that never was; with a tag, without one, and with a key."""
    await world[by].get("/v1/me")  # whoever calls for the first time is worked out first, whatever he asks for
    for tag, key in (('"0123456789abcdef"', None), (None, None), ('"x"', "some-key-0001")):
        if not operation.moves and tag is None:
            continue
        seen = []
        for record in (hidden, NEVER):
            world.seen.calls.clear()
            mark = len(world.entries())
            more: dict[str, Any] = {"tag": tag} if operation.moves else {}
            if operation.method == "POST":
                more["key"] = key
            if operation.name == "amendSupporter":
                more["body"] = {"languages": ["en"]}  # all that a supporter may write
            answer = await operation.send(world, by=by, path=operation.path_of(uid(record)), **more)
            lines = [{**e.as_json(), "id": None} for e in world.since(mark)]
            seen.append((observed(answer), list(world.seen.calls), lines))
        assert seen[0] == seen[1]
        assert seen[0][0][0] == 404
        assert [e["outcome"] for e in seen[0][2]] == ["ABSENT"]
    assert world.seen.kept == []


NAMED: dict[str, tuple[str, str, list[str]]] = {
    "applyToSupport": ("coordinator", "scheme", ["far:scheme:insiders", "irish:scheme:insiders"]),
    "recordInduction": ("coordinator", "scheme", ["far:scheme:insiders"]),
    "enrolLearner": ("coordinator", "scheme", ["far:scheme:shannon", "irish:scheme:shannon"]),
    "planSession": ("coordinator", "enrolment", ["far:enrolment", "irish:enrolment"]),
    "giveFeedback": ("officer", "scheme", ["far:scheme:shannon", "irish:scheme:shannon"]),
    "startJob": ("coordinator", "scheme", ["far:scheme:insiders", "irish:scheme:insiders"]),
    "draftCharter": ("coordinator", "id", ["far:scheme:insiders", "irish:scheme:insiders"]),
    "commentOnCharter": ("safer", "id", ["far:charter:submitted", "irish:charter:submitted"]),
    "setObjective": ("coordinator", "id", ["far:scheme:insiders", "irish:scheme:insiders"]),
    "recordFinding": ("coordinator", "id", ["far:scheme:insiders", "irish:scheme:insiders"]),
}


@pytest.mark.parametrize(("name", "hidden"), [(n, h) for n, (_, _, hidden) in NAMED.items() for h in hidden])
@FIRST
async def test_a_hidden_record_that_is_named_is_what_never_existed(world: World, name: str, hidden: str) -> None:
    """The same where the id stands in a body, or is of what something is made under."""
    by, member, _ = NAMED[name]
    await world[by].get("/v1/me")
    seen = []
    for record in (hidden, NEVER):
        world.seen.calls.clear()
        if member == "id":
            answer = await operation(name).send(world, by=by, path=operation(name).path_under(uid(record)))
        else:
            body = {**(operation(name).example.body or {}), member: str(uid(record))}
            answer = await operation(name).send(world, by=by, body=body)
        seen.append((observed(answer), list(world.seen.calls), {**world.last.as_json(), "id": None}))
    assert seen[0] == seen[1]
    assert seen[0][0][0] == 404
    assert world.seen.kept == []


@pytest.mark.parametrize(
    ("name", "member", "hidden"),
    [
        ("offerRequest", "supporter", "far:supporter:listener"),
        ("offerRequest", "supporter", "supporter:mentor"),
        ("offerRequest", "supporter", "supporter:third-listener"),  # busy with another
        ("recordInduction", "supporter", "far:supporter:insider"),
        ("recordInduction", "supporter", "supporter:mentor"),
        ("recordInduction", "supporter", "supporter:applied"),  # who never served
        ("enrolLearner", "supporter", "irish:supporter:mentor"),
        ("enrolLearner", "supporter", "supporter:listener"),
    ],
)
@FIRST
async def test_a_supporter_who_cannot_be_had_is_not_available_for_whatever_reason(
    world: World, name: str, member: str, hidden: str
) -> None:
    """Elsewhere, of another scheme, resting, busy, or nobody at all: the same bytes."""
    answers = []
    for record in (hidden, NEVER):
        body = {**(operation(name).example.body or {}), member: str(uid(record))}
        answers.append(await operation(name).send(world, body=body))
    assert answers[0].status_code == 409
    assert observed(answers[0]) == observed(answers[1])


@FIRST
async def test_a_clash_with_a_booking_that_one_cannot_see_is_not_available(world: World) -> None:
    """Whether the learner or the mentor is booked elsewhere is one answer to whoever cannot see where: else a learner's
    other scheme is told."""
    elsewhere = {"scheme": uid("scheme:other-trust"), "organisation": "OTHER_TRUST"}
    mentor = {"supporter": uid("supporter:other"), "supporter_person": uid("person:other")}
    await world.keep(
        [
            scheme(MOORLAND, "scheme:other-trust", "SHANNON_TRUST", organisation="OTHER_TRUST"),
            session(MOORLAND, "session:his", START + timedelta(days=3), **elsewhere, **mentor),
            session(MOORLAND, "session:mentors", START + timedelta(days=4), **elsewhere, person=uid("person:third")),
        ]
    )
    answers: list[Any] = []
    for day in (26, 27):
        booked = {"startsAt": f"2026-11-{day}T10:00:00Z", "endsAt": f"2026-11-{day}T10:20:00Z"}
        answers.append(await world.facilitator.post("/v1/sessions", {"enrolment": str(uid("enrolment")), **booked}))
    assert answers[0].json()["failures"] == [{"code": "NOT_AVAILABLE"}]
    assert observed(answers[0]) == observed(answers[1])


@FIRST
async def test_a_watch_is_its_watchers_alone(world: World) -> None:
    """Another's watch is what never existed: to read, to close, and to look by."""
    opened = await operation("openWatch").send(world)
    path = f"/v1/board/watches/{opened.json()['watch']['id']}"
    await tale.on_duty(world)
    for name in ("officer", "second-officer"):
        hidden = await world[name].get(path)
        assert observed(hidden) == observed(await world[name].get(f"/v1/board/watches/{uid(NEVER)}"))
        assert (await world[name].post(f"{path}/close", tag=opened.headers["etag"])).status_code == 404
        looks = [await world[name].get(f"/v1/board?watch={id}") for id in (opened.json()["watch"]["id"], uid(NEVER))]
        assert observed(looks[0]) == observed(looks[1])
        assert looks[0].status_code == 404
