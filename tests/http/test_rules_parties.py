"""Rules 24 and 30 over everything that can be read one by one: a volunteer reaches it on the days of his visits, and
nobody reaches by role what he is or was a party to."""

import dataclasses
from typing import Any
from uuid import UUID

import pytest

from domain.care.debriefs import Debrief
from domain.care.postvention import PostventionTask
from domain.care.supervision import Supervision, SupervisionTalk
from domain.care.wellbeing import WellbeingCheck
from domain.confidentiality.about import ABOUT
from domain.confidentiality.policy import OWN, grants_of
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import Role
from tests.http.cast import actor, person, uid
from tests.http.operations import OPERATIONS, Operation
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World, observed

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

ITEMS = [
    operation
    for operation in OPERATIONS
    if operation.method == "GET"
    and operation.of_one
    and operation.template.count("/") == 3
    and "scheme" in KINDS[str(ABOUT[operation.verb].kind)].shape.fields
]
"""What shows one record of a scheme, by its own id."""
CARED: tuple[type[Any], ...] = (PostventionTask, Debrief, WellbeingCheck, Supervision, SupervisionTalk)
"""What a supervisor hears of whom he supervises."""


def kind_of(operation: Operation) -> type[Record]:
    """The kind of record that it shows."""
    return KINDS[str(ABOUT[operation.verb].kind)]


async def never(world: World, name: str, operation: Operation) -> Any:
    """What he gets of one that never was."""
    return observed(await world[name].get(operation.path_of(uid("never-existed"))))


async def test_outside_his_visits_a_volunteer_reaches_nothing(world: World) -> None:
    """On the day, what is his organisation's in that prison; on the next, of each of them what never was, and every
    list is empty."""
    reached: list[tuple[Operation, UUID]] = []
    for operation in ITEMS:
        for record in await world.records(kind_of(operation), prison="MDI"):
            if (await world.visitor.get(operation.path_of(record.id))).status_code == 200:
                reached.append((operation, record.id))
    kinds = {str(ABOUT[operation.verb].kind) for operation, _ in reached}
    cared = {"postvention", "postvention-task", "task-request", "news", "hand-over", "suspension", "debrief"}
    assert kinds >= {*cared, "supporter", "enrolment", "absence", "supervision", "roster-entry"}
    world.later(days=1)
    for operation, id in reached:
        assert observed(await world.visitor.get(operation.path_of(id))) == await never(world, "visitor", operation)
        assert (await world.visitor.get(operation.path_of(id))).status_code == 404, operation
    flat = {operation.template.removesuffix("/{id}") for operation, _ in reached}
    listed = [o.template for o in OPERATIONS if o.method == "GET" and o.template in flat]
    assert len(listed) > 10
    for path in listed:
        assert (await world.visitor.get(path)).json()["items"] == [], path
    report = {"scheme": str(uid("scheme:shannon")), "what": "THREATENED"}
    assert (await world.visitor.post("/v1/incidents", report)).status_code == 404


async def test_nobody_reaches_by_role_a_record_of_his_own_past(world: World) -> None:
    """A coordinator who once was Ben: of every kind that has parties, in each party's place, the record that another
    coordinator reads is to him one that never was; and each of the others is in his reach as in another's. What is
    read by its maker alone is in nobody's reach by role."""
    seen: set[str] = set()
    for operation in ITEMS:
        if all(grant.within in OWN for grant in grants_of(Role.COORDINATOR, operation.verb)):
            continue
        kind = kind_of(operation)
        for party in kind.shape.parties:
            for kept in await world.records(kind, prison="MDI"):
                path = operation.path_of(kept.id)
                theirs = await world.coordinator.get(path)
                if theirs.status_code != 200:
                    continue
                assert (await world["once-inside"].get(path)).status_code == 200, path
                changed: Any = kept
                await world.change(dataclasses.replace(changed, **{party: person("ben")}))
                assert (await world.coordinator.get(path)).status_code == 200
                hidden = observed(await world["once-inside"].get(path))
                assert hidden == await never(world, "once-inside", operation), path
                await world.change(kept)
                seen.add(kind.shape.kind)
                break
    assert seen >= {"supporter", "application", "suspension", "absence", "hand-over", "supervision", "certificate"}
    assert seen >= {"practice", "sign-off", "attendance", "clearance", "assessment", "enrolment", "session", "passport"}


@pytest.mark.parametrize("kind", CARED, ids=lambda k: k.shape.kind)
async def test_nor_what_a_supervisor_hears_of_him(world: World, kind: type[Any]) -> None:
    """Named as the supervisor of whom he once was, he hears nothing of it; of another he does."""
    (operation,) = [o for o in ITEMS if kind_of(o) is kind]
    kept = (await world.records(kind, prison="MDI"))[0]
    mine = dataclasses.replace(kept, supervisor=actor("once-inside"))
    await world.change(mine)
    assert (await world["once-inside"].get(operation.path_of(kept.id))).status_code == 200
    await world.change(dataclasses.replace(mine, person=person("ben")))
    hidden = observed(await world["once-inside"].get(operation.path_of(kept.id)))
    assert hidden == await never(world, "once-inside", operation)
    assert str(kept.id) not in (await world["once-inside"].get(operation.template.removesuffix("/{id}"))).text


async def test_nor_does_he_move_it(world: World) -> None:
    """No move of a suspension, hand-over or supporter that is his own past: the words for one that never was."""
    moves = {
        f"/v1/hand-overs/{uid('hand-over')}": ("settle", {"settled": ["MATERIALS"]}),
        f"/v1/supporters/{uid('supporter:mentor')}": ("stand-down", {"reason": "OWN_WISH"}),
        f"/v1/supporters/{uid('supporter:second-mentor')}": (
            "suspend",
            {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"},
        ),
    }
    for path, (action, body) in moves.items():
        operation = next(o for o in ITEMS if path.startswith(o.template.removesuffix("{id}")))
        kept = await world.record(kind_of(operation), UUID(path.rpartition("/")[2]))
        tag = await world["once-inside"].tag(path)
        await world.change(dataclasses.replace(kept, person=person("ben")))  # type: ignore[call-arg]
        answer = await world["once-inside"].post(f"{path}/{action}", body, tag=tag)
        absent = await world["once-inside"].post(f"{operation.path_of(uid('never-existed'))}/{action}", body, tag=tag)
        assert observed(answer) == observed(absent)
        assert answer.status_code == 404
