"""Who has left, or is suspended, reads what was written of him still, over HTTP; and nothing that was not his."""

import pytest

from tests.http.cast import person, uid
from tests.http.operations import OPERATIONS
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done
from tests.http.test_rules_parties import ITEMS, kind_of
from tests.http.world import World, observed

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

MENTOR = f"/v1/supporters/{uid('supporter:mentor')}"
ANOTHERS = ("enrolment", "session", "roster-entry", "news", "induction")
"""What he read as a mentor: of his learners, of the rota, of the scheme."""


@pytest.mark.parametrize(
    ("by", "action", "body"),
    [
        ("coordinator", "stand-down", {"reason": "OWN_WISH"}),
        ("oscar", "suspend", {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"}),
    ],
    ids=["left", "suspended"],
)
async def test_what_is_of_himself_he_reads_on(world: World, by: str, action: str, body: dict[str, str]) -> None:
    """Every record in which he is the person, one by one and in its list: the same ids before and after. What was of
    his learners, of the wing's rota, of the scheme's news, is his no more."""
    before = {path: ids for path, ids in (await own(world)).items() if ids}
    kinds = {path.split("/")[2] for path in before}
    assert kinds >= {"postvention-tasks", "debriefs", "wellbeing-checks", "supervisions", "supervision-talks"}
    assert kinds >= {"absences", "certificates", "practice", "sign-offs", "passports", "supporters"}
    await done(world[by], MENTOR, action, body)
    after = await own(world)
    assert {path: after[path] for path in before} == before
    for operation in ITEMS:
        if kind_of(operation).shape.kind in ANOTHERS:
            for record in await world.records(kind_of(operation), prison="MDI"):
                hidden = observed(await world.mentor.get(operation.path_of(record.id)))
                assert hidden == observed(await world.mentor.get(operation.path_of(uid("never-existed"))))


async def own(world: World) -> dict[str, set[str]]:
    """By the address of what is read one by one: the ids of those that are of the mentor himself, which its list, if
    he has one, shows too."""
    found: dict[str, set[str]] = {}
    lists = {o.template for o in OPERATIONS if o.method == "GET"}
    for operation in ITEMS:
        if "person" not in kind_of(operation).shape.fields:
            continue
        flat = operation.template.removesuffix("/{id}")
        his = await world.records(kind_of(operation), prison="MDI", person=person("mentor"))
        got = {str(r.id) for r in his if (await world.mentor.get(operation.path_of(r.id))).status_code == 200}
        found[flat] = got
        if flat in lists and got:
            listed = await world.mentor.get(f"{flat}?limit=100")
            assert {item["id"] for item in listed.json()["items"]} >= got, flat
    return found


async def test_support_after_a_death_is_his_to_take_still(world: World) -> None:
    """Offered while he was active; he leaves, and says yes; the partner gives it."""
    path = f"/v1/postvention-tasks/{uid('postvention-task')}"
    await done(world.coordinator, MENTOR, "stand-down", {"reason": "OWN_WISH"})
    assert (await done(world.mentor, path, "answer", {"accepted": True}))["state"] == "ACCEPTED"
    assert (await done(world.facilitator, path, "give"))["state"] == "GIVEN"
    assert (await world.arthur.post(f"{path}/answer", {"accepted": True}, tag='"x"')).status_code == 404
