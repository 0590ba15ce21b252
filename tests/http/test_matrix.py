"""Every operation for every member of the cast, as the policy's table has it; and every record masked by the same table
(F68, F70, F75).
"""

from typing import Any

import pytest

from api.wire import ECHOES, camel
from domain.confidentiality.disclosure import NEVER, mask
from domain.confidentiality.policy import grants_of
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import KINDS, Record
from tests.http import (
    bodies_operations,
    care_operations,
    contacts_operations,
    evaluation_operations,
    feedback_operations,
    merging_operations,
    recruiting_operations,
    registers_operations,
    telling_operations,
    turnover_operations,
)
from tests.http.cast import CAST, IN_CUSTODY, uid
from tests.http.operations import OPERATIONS, Operation, may, roles_of
from tests.http.stores import MEMORY
from tests.http.world import World, observed, problem

# The policy is asked before any store is; which one it is makes no difference to it.
pytestmark = pytest.mark.parametrize("world", [MEMORY], indirect=True)

ITEMS = {
    "getScheme": ("scheme", ["scheme:insiders", "scheme:listeners"]),
    "getSchemeStatus": ("scheme-status", ["scheme:insiders", "scheme:at-risk"]),
    "getSupporter": ("supporter", ["supporter:listener", "supporter:applied", "supporter:mentor"]),
    "getRequest": ("request", ["request:open-policy", "request:offered"]),
    "getInduction": ("induction", ["induction"]),
    "getEnrolment": ("enrolment", ["enrolment"]),
    "getSession": ("session", ["session"]),
    "getFeedback": ("feedback", ["feedback"]),
    "getAssignment": ("assignment", ["assignment:waiting"]),
    "getDuty": ("duty", ["duty"]),
    "getJob": ("job", ["job"]),
    **registers_operations.ITEMS,
    **recruiting_operations.ITEMS,
    **turnover_operations.ITEMS,
    **care_operations.ITEMS,
    **bodies_operations.ITEMS,
    **contacts_operations.ITEMS,
    **evaluation_operations.ITEMS,
    **feedback_operations.ITEMS,
    **merging_operations.ITEMS,
    **telling_operations.ITEMS,
    "getCharter": ("charter", ["charter:insiders", "charter:draft"]),
    "getCharterComment": ("charter-comment", ["charter-comment"]),
    "getObjective": ("objective", ["objective"]),
    "getFinding": ("finding", ["finding"]),
    "getKindVersion": ("scheme-kind", ["scheme-kind", "scheme-kind:published"]),
    "getExceptionList": ("exception-list", ["exception-list"]),
}


@pytest.mark.nightly  # of each commit is the matrix of `tests/proofs`, with every relation besides
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_who_may_at_all_is_what_the_table_says(world: World, operation: Operation) -> None:
    """403 for exactly those whose roles never do it, whatever the record; for people in custody there is nothing there.
    For all others it is anything but 403."""
    for name in CAST:
        answer = await operation.send(world, by=name, tag='"x"')
        allowed = may(name, operation.verb)
        if name in IN_CUSTODY:
            nowhere = await world[name].get("/v1/there-is-no-such-thing")
            assert allowed or observed(answer) == observed(nowhere), name
            assert answer.status_code != 403
        else:
            assert (answer.status_code == 403) is not allowed, (name, answer.text)
            if not allowed:
                assert problem(answer) == (403, "forbidden", [])


def expected(record: Record, sees: Any) -> tuple[dict[str, Any], list[str]]:
    """What a clearance is shown of a record: its members by name, and those that are withheld."""
    kind = type(record)
    echoes = ECHOES.get(kind.shape.kind, frozenset())
    shown, withheld = mask(kind, sees)
    names = [n for n in kind.shape.members if n not in NEVER and n not in echoes]
    return {camel(n): n in shown for n in names}, [camel(n) for n in withheld if n not in echoes]


@pytest.mark.parametrize("name", ITEMS)
async def test_each_role_sees_its_classes_of_member_and_no_other(world: World, name: str) -> None:
    """A withheld member is null and named; which are withheld follows from the role alone, never from the record. A
    member that is shown is what is kept."""
    each = next(o for o in OPERATIONS if o.name == name)
    kind, records = ITEMS[name]
    met = 0
    for who, member in CAST.items():
        roles = [r for r in roles_of(member) if grants_of(r, each.verb)]
        for number, of in enumerate(records):
            record = await world.record(KINDS[kind], uid(of))
            answer = await world[who].get(each.path_of(uid(of)))
            if answer.status_code != 200:
                assert answer.status_code in (403, 404, 409), (who, number)
                continue
            met += 1
            assigned = [r for r in roles if r in (member.role, *member.further)] or roles
            sees = {frozenset(g.sees) for r in assigned for g in grants_of(r, each.verb)}
            if member.kind is PrincipalKind.IN_CUSTODY:
                continue  # of his own matters; `test_rules_custody` holds what he sees of others'
            (clearance,) = sees
            said = answer.json()
            visible, withheld = expected(record, clearance)
            assert said["withheld"] == withheld, who
            assert set(said) - {"terms"} == {*visible, "withheld"}  # the words of its kind, which stand beside it
            assert [m for m in withheld if said[m] is not None] == []
            kept = {camel(n): getattr(record, n) for n in record.shape.fields}
            empty = (None, (), "")
            for member_name, is_shown in visible.items():
                if is_shown and kept.get(member_name) not in empty:
                    assert said[member_name] is not None, (who, member_name)
    assert met >= 1


async def test_a_mask_does_not_depend_on_what_it_hides(world: World) -> None:
    """Schemes of several states, one at risk and one suspended among them: to those who see none of it they have one
    shape."""
    shapes = set()
    for of in ("scheme:draft", "scheme:suspended", "scheme:at-risk", "scheme:listeners"):
        said = (await world.headquarters.get(f"/v1/schemes/{uid(of)}")).json()
        shapes.add((tuple(said), tuple(said["withheld"])))
    assert len(shapes) == 1
    assert next(iter(shapes))[1] == (
        "state",
        "supportersNeeded",
        "pilotLimit",
        "pilotDays",
        "reviewedBy",
        "reviewFound",
        "supervisionLead",
        "supervisionSince",
        "plannedBy",
        "approvedBy",
        "liveFrom",
        "atRiskFor",
        "atRiskSince",
        "suspendedFor",
        "suspendedAt",
        "suspensionReviewOn",
        "partnerToldOn",
        "lessons",
        "learnersGo",
        "closedFor",
    )
