"""Rule 17: who spoke up on Monday and is suspended on Wednesday by the very man he named, over HTTP."""

from typing import Any

import pytest

from tests.http import stores, tale, world
from tests.http.cast import CAST, assignment, uid
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed

WHY = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
WORD = {"word": "REMOVE", "reason": "NOT_SAFE_IN_THE_ROLE"}
AGAINST = {"oscar": "WING_STAFF", "governor": "GOVERNOR", "safer": "SAFER_CUSTODY"}


async def week(empty: World, by: str, *, reports: bool) -> tuple[list[Any], list[Any]]:
    """Monday: perhaps he reports, and the board names the man. Wednesday: that man suspends him. What that man sees of
    it on every page that his role has, and what partner and board see."""
    scheme, (path, _) = await tale.listeners_open(empty)
    if reports:
        about = {"scheme": scheme.rpartition("/")[2], "what": "ASKED_TO_BREACH_CONFIDENCE", "against": AGAINST[by]}
        assert (await empty.listener.post("/v1/incidents", about)).status_code == 201
        (item,) = (await empty.imb.get("/v1/incidents")).json()["items"]
        named = {"priority": "TODAY", "named": str(assignment(by))}
        await done(empty.imb, f"/v1/incidents/{item['id']}", "triage", named)
    empty.later(days=2)
    his, tag = empty[by], await empty[by].tag(path)
    seen = [await his.post(f"{path}/suspend", WHY, tag=tag)]
    assert seen[0].status_code == 200
    id = path.rpartition("/")[2]
    (case,) = (await empty.imb.get(f"/v1/suspensions?supporter={id}")).json()["items"]
    never = uid("never-existed")
    for which in (case["id"], never):
        for action, body in (("review", {"finding": "CONCERN_CONFIRMED"}), ("decide", WORD)):
            answer = await his.post(f"/v1/suspensions/{which}/{action}", body, tag='"x"')
            assert answer.status_code == (403 if CAST[by].role == "ORDERLY_OFFICER" or _not_his(by, action) else 404)
            seen.append(answer)
    pages = (path, f"{scheme}/team", scheme, "/v1/suspensions", "/v1/incidents", "/v1/supporters", f"{path}/absences")
    seen += [await his.get(page) for page in pages]
    told = [(await empty[name].get(f"/v1/suspensions/{case['id']}")).json() for name in ("samaritan", "imb", "safer")]
    return [observed(answer) for answer in seen], [shown.get("possibleRetaliation") for shown in told]


def _not_his(by: str, action: str) -> bool:
    """Whether his role never does it: safer custody reviews, and does not decide."""
    return by == "safer" and action == "decide"


@pytest.mark.parametrize("by", list(AGAINST))
async def test_the_named_man_sees_what_he_would_see_had_nobody_spoken(by: str) -> None:
    """Two worlds that differ in the report alone. Partner and board read that it may be a retaliation; the man who
    suspended him gets the same bytes and headers on each of his pages, lifts and removes nothing, and finds no case."""
    found: list[Any] = []
    for reports in (False, True):
        async with (
            stores.opened(stores.MEMORY, world.theatre().stage.clock) as store,
            world.opened(store, furnished=False) as empty,
        ):
            found.append(await week(empty, by, reports=reports))
    (quiet, unflagged), (spoken, flagged) = found
    assert spoken == quiet
    assert (unflagged[:2], flagged[:2]) == ([False, False], [True, True])
    assert unflagged[2] is flagged[2] is None


@pytest.mark.parametrize(("days", "flag"), [(28, True), (29, False)])
async def test_for_twenty_eight_days(days: int, flag: bool) -> None:
    """To the day; and another's report is not his."""
    async with (
        stores.opened(stores.MEMORY, world.theatre().stage.clock) as store,
        world.opened(store, furnished=False) as empty,
    ):
        scheme, supporters = await tale.listeners_open(empty)
        about = {"scheme": scheme.rpartition("/")[2], "what": "THREATENED"}
        await empty.listener.post("/v1/incidents", about)
        empty.later(days=days)
        flags: list[bool] = []
        for path in supporters:
            await done(empty.oscar, path, "suspend", WHY)
            query = f"/v1/suspensions?supporter={path.rpartition('/')[2]}"
            (case,) = (await empty.imb.get(query)).json()["items"]
            flags.append(case["possibleRetaliation"])
        assert flags == [flag, False]


@pytest.mark.parametrize("by", ["coordinator", "samaritan", "governor"])
async def test_whoever_suspended_him_does_not_say_that_he_left(by: str) -> None:
    """That he wished to go, was moved or died is another's to tell: told by him, it would be a removal without review,
    by one word. Another tells it."""
    async with (
        stores.opened(stores.MEMORY, world.theatre().stage.clock) as store,
        world.opened(store, furnished=False) as empty,
    ):
        _, (path, _) = await tale.listeners_open(empty)
        await done(empty[by], path, "suspend", WHY)
        for reason in ("OWN_WISH", "TRANSFERRED", "RELEASED", "DIED"):
            assert codes(await moved(empty[by], path, "stand-down", {"reason": reason})) == ["SUSPENSION_UNDECIDED"]
        other = "governor" if by != "governor" else "coordinator"
        assert (await done(empty[other], path, "stand-down", {"reason": "OWN_WISH"}))["standing"] == "STOOD_DOWN"


@pytest.mark.parametrize("by", ["safer", "governor"])
async def test_a_named_man_who_decides_on_another_s_suspension_is_told_to_partner_and_board(by: str) -> None:
    """Another suspended him, long after; he whom he once named reviews or decides. To refuse him would tell him that he
    is named: his pages are the same in both worlds, and partner and board read that it may be a retaliation."""
    found: list[Any] = []
    for reports in (False, True):
        async with (
            stores.opened(stores.MEMORY, world.theatre().stage.clock) as store,
            world.opened(store, furnished=False) as empty,
        ):
            scheme, (path, _) = await tale.listeners_open(empty)
            if reports:
                about = {"scheme": scheme.rpartition("/")[2], "what": "THREATENED", "against": "NOT_SAID"}
                assert (await empty.listener.post("/v1/incidents", about)).status_code == 201
                (item,) = (await empty.imb.get("/v1/incidents")).json()["items"]
                named = {"priority": "TODAY", "named": str(assignment(by))}
                await done(empty.imb, f"/v1/incidents/{item['id']}", "triage", named)
            empty.later(days=40)
            await done(empty.oscar, path, "suspend", WHY)
            (case,) = (await empty.imb.get(f"/v1/suspensions?supporter={path.rpartition('/')[2]}")).json()["items"]
            assert case["possibleRetaliation"] is False
            where = f"/v1/suspensions/{case['id']}"
            seen = [await moved(empty.safer, where, "review", {"finding": "CONCERN_CONFIRMED"})]
            seen.append(await moved(empty.governor, where, "decide", WORD))
            assert [answer.status_code for answer in seen] == [200, 200]
            seen += [await empty[by].get(page) for page in (where, "/v1/suspensions", path)]
            flags = [(await empty[name].get(where)).json()["possibleRetaliation"] for name in ("samaritan", "imb")]
            # The case has another id in each world, for the report drew one before it.
            found.append(([(a.status_code, a.text.replace(case["id"], "the case")) for a in seen], flags))
    (quiet, unflagged), (spoken, flagged) = found
    assert spoken == quiet
    assert (unflagged, flagged) == ([False, False], [True, True])
