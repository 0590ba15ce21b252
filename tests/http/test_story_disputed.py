"""What those concerned say of a request that was not met: by a code, into a letterbox, and beside what staff recorded
for whoever had no part in it (rules 6, 7 and 17)."""

import dataclasses
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.work.bench import service_begin
from domain.confidentiality.roles import Role
from domain.oversight.record import Assignment
from domain.sessions import disputing, emptying
from domain.sessions.conduct import Account, Conduct, Reconciliation, UnmetAs
from domain.sessions.disputing import AGAINST, RECEIPT
from domain.supporters.suspension import Suspension
from tests.http import stores, tale
from tests.http import world as worlds
from tests.http.stores import MEMORY, MEMORY_FIRST, POSTGRESQL
from tests.http.tale import done
from tests.http.world import World, actor_of, codes, opened

WHY = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
ASLEEP = {"code": "ASLEEP_CLAIMED", "alternative": "NONE"}
ASKED = {"says": "ASKED", "wing": "MDI-A", "on": "2027-01-06"}
NEXT_DAY = tale.NIGHT.replace(day=7, hour=10, minute=0)


async def said(world: World, name: str = "arthur", **changes: Any) -> Any:
    """Somebody says so."""
    return await world[name].post("/v1/disputes", {**ASKED, **changes}, key=f"dispute-{uuid4()}")


async def heard(world: World, name: str = "arthur", **changes: Any) -> None:
    """Somebody says so, and gets the one receipt."""
    answer = await said(world, name, **changes)
    assert (answer.status_code, answer.json()) == (201, {"receipt": RECEIPT})
    assert not {"etag", "location"} & set(answer.headers)


async def reconcile(world: World) -> int:
    """The clock's tick."""
    return await disputing.reconcile(lambda: service_begin(world.house.runtime))


async def refused(world: World, body: dict[str, str] | None = ASLEEP) -> None:
    """Somebody asks at ten past two, and the officer refuses; None: nobody does anything. Eight hours later it has gone
    from the tables."""
    await tale.listeners_open(world)
    await tale.on_duty(world)
    path = await tale.asked(world)
    if body is not None:
        await done(world.officer, path, "refuse", body)
    world.later(hours=8)
    await emptying.empty(lambda: service_begin(world.house.runtime), None)


async def kept(world: World) -> Conduct:
    """The one conduct that is kept."""
    (found,) = await world.records(Conduct)
    return found


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_both_accounts_are_kept_and_neither_author(empty: World) -> None:
    """The officer typed ASLEEP, the man says that he asked. From the next morning on both stand in one record, which
    the monitoring board finds as disputed; who said it stands nowhere, nor when."""
    await refused(empty)
    before = await kept(empty)
    await heard(empty)
    assert await kept(empty) == before
    empty.at(NEXT_DAY - timedelta(minutes=1))
    assert await reconcile(empty) == 0
    empty.at(NEXT_DAY)
    mark = len(empty.seen.entries)
    assert await reconcile(empty) == 1
    assert await reconcile(empty) == 0
    (entry,) = empty.seen.entries[mark:]
    assert (entry.nameless, entry.at.hour, {change.id for change in entry.changes}) == (True, 0, {None})
    after = await kept(empty)
    told = (after.code, after.accounts, after.reconciled, after.accounts_on)
    assert told == ("ASLEEP_CLAIMED", ("ASKED",), "DISPUTED", date(2027, 1, 7))
    listed = (await empty.imb.get("/v1/conduct-records?reconciled=DISPUTED")).json()["items"]
    assert [item["id"] for item in listed] == [str(before.id)]
    assert (listed[0]["codedBy"], listed[0]["accounts"]) == (str(actor_of("officer")), ["ASKED"])
    assert str(actor_of("arthur")) not in str(listed)
    assert "A1001QX" not in str(listed)


async def _eyes(world: World, name: str) -> list[tuple[int, bytes, str | None]]:
    """All that this one reads of what waits for him, of boards and of conduct: status, bytes and tag."""
    paths = (
        *("/v1/me", "/v1/conduct-records", "/v1/conduct-records?review=WAITING", "/v1/incidents"),
        *("/v1/conduct-records?reconciled=DISPUTED", "/v1/policy/assignments", "/v1/schemes", "/v1/tasks"),
    )
    answers = [await world[name].get(path) for path in paths]
    return [(a.status_code, a.content, a.headers.get("etag")) for a in answers]


@pytest.mark.parametrize("store", [MEMORY, pytest.param(POSTGRESQL, marks=pytest.mark.nightly)])
async def test_the_officer_who_heads_safer_custody_next_day_sees_no_difference(store: str) -> None:
    """He refused as ASLEEP, and is acting head of safer custody the day after: in the worlds with and without the man's
    account all that he reads has the same bytes and tags, and his attempt at a review is the same 404. The monitoring
    board sees one that is disputed in the one and none in the other."""
    seen: list[Any] = []
    for disputes in (False, True):
        async with (
            stores.opened(store, worlds.theatre().stage.clock) as within,
            opened(within, furnished=False) as world,
        ):
            await refused(world)
            if disputes:
                await heard(world)
            await _heads_safer_custody(world, "officer")
            world.at(NEXT_DAY)
            await reconcile(world)
            conduct = await kept(world)
            his = await _eyes(world, "officer")
            path = f"/v1/conduct-records/{conduct.id}"
            attempt = await world.officer.post(f"{path}/review", {"verdict": "IT_WAS_SO"}, tag='"x"')
            board = await world.imb.get("/v1/conduct-records?reconciled=DISPUTED")
            seen.append((his, (attempt.status_code, attempt.content), len(board.json()["items"])))
    (without, with_) = seen
    assert without[:2] == with_[:2]
    assert with_[1][0] == 404
    assert (without[2], with_[2]) == (0, 1)
    assert all(status in (200, 404) for status, _, _ in with_[0])


async def _heads_safer_custody(world: World, name: str) -> None:
    """From today on he is of safer custody and no longer on the wing."""
    held = await world.records(Assignment)
    head = next(a for a in held if a.role is Role.SAFER_CUSTODY and a.prison == "MDI")
    await world.keep([dataclasses.replace(head, id=UUID(int=77), version=0, holder=actor_of(name))])
    for mine in (a for a in held if a.holder == actor_of(name)):
        await world.change(dataclasses.replace(mine, ended_at=world.now))


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_what_nobody_recorded_goes_up(empty: World) -> None:
    """The man asked, and no officer passed it on: nobody knows who it was. It goes past safer custody and governor to
    the monitoring board; and he wishes that the envelopes be opened."""
    await tale.listeners_open(empty)
    await heard(empty, openWindow=True)
    await heard(empty, "listener", says="NOT_ACTIONED")
    empty.at(NEXT_DAY)
    assert await reconcile(empty) == 2
    added = await kept(empty)
    assert (added.ended, added.reconciled, added.accounts) == (
        UnmetAs.NOT_RECORDED,
        Reconciliation.ADDED_RETROSPECTIVELY,
        (Account.ASKED, Account.NOT_ACTIONED),
    )
    assert (added.wing, added.window_asked_for, added.coded_by, added.noted_by) == ("MDI-A", True, None, None)
    for name, status in (("safer", 404), ("governor", 404), ("imb", 200), ("inspector", 200)):
        assert (await empty[name].get(f"/v1/conduct-records/{added.id}")).status_code == status
    said_so = await done(empty.imb, f"/v1/conduct-records/{added.id}", "review", {"verdict": "IT_WAS_SO"})
    assert said_so["review"] == "REVIEWED"


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_a_sheet_that_is_typed_after_he_was_heard_is_no_second_one(empty: World) -> None:
    """He said at night that he asked, and at ten next day nothing was recorded. Of the sheet that was typed at nine
    conduct is made in the afternoon: both accounts are in one record, which went up and stays there."""
    await tale.listeners_open(empty)
    await heard(empty, openWindow=True)
    empty.at(NEXT_DAY.replace(hour=9))
    await tale.on_duty(empty)
    asked, ended = "2027-01-06T02:10:00Z", "2027-01-06T02:20:00Z"
    sheet = {**tale.ASK, "occurredAt": asked, "end": {"how": "REFUSED", "occurredAt": ended, **ASLEEP}}
    assert (await empty.officer.post("/v1/night-sheets", sheet, key="sheet-key-0001")).status_code == 201
    empty.at(NEXT_DAY)
    assert await reconcile(empty) == 1
    added = await kept(empty)
    empty.at(NEXT_DAY.replace(hour=14, minute=15))
    await emptying.empty(lambda: service_begin(empty.house.runtime), None)
    told = await kept(empty)
    assert (told.id, told.code, told.accounts, told.reconciled, told.review) == (
        *(added.id, "ASLEEP_CLAIMED", ("ASKED",), "DISPUTED", "WAITING"),
    )
    assert (told.window_asked_for, told.goes_up, told.late, told.noted_by) == (True, True, True, actor_of("officer"))


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
@pytest.mark.parametrize(
    ("code", "name", "says", "how"),
    [
        ("ASLEEP_CLAIMED", "arthur", "DID_NOT_WITHDRAW", "DISPUTED"),
        ("WITHDRAWN_CLAIMED", "arthur", "DID_NOT_WITHDRAW", "DISPUTED"),
        ("WITHDRAWN_CLAIMED", "arthur", "ASKED", "MATCHED"),
        ("NIGHT_STATE", "arthur", "ASKED", "MATCHED"),
        (None, "arthur", "ASKED", "MATCHED"),
        (None, "listener", "NOT_ASKED", "MATCHED"),
        ("DECLINED_CLAIMED", "listener", "NOT_ASKED", "DISPUTED"),
        ("NO_PEER_AVAILABLE", "listener", "NOT_ASKED", "DISPUTED"),
        ("ASLEEP_CLAIMED", "listener", "NOT_ACTIONED", "DISPUTED"),
        ("NIGHT_STATE", "listener", "NOT_ACTIONED", "MATCHED"),
        ("NIGHT_STATE", "listener", "NOT_ASKED", "ADDED_RETROSPECTIVELY"),
        ("NIGHT_STATE", "arthur", "DID_NOT_WITHDRAW", "ADDED_RETROSPECTIVELY"),
    ],
)
async def test_how_an_account_lies_beside_a_code(
    empty: World, code: str | None, name: str, says: str, how: str
) -> None:
    """What contradicts it is disputed, what agrees is matched, and what meets nothing is added. Whatever was heard
    waits for a review."""
    await refused(empty, None if code is None else {"code": code, "alternative": "NONE"})
    await heard(empty, name, says=says)
    empty.at(NEXT_DAY)
    assert await reconcile(empty) == 1
    (found,) = [each for each in await empty.records(Conduct) if each.accounts]
    assert (found.accounts, found.reconciled, found.review) == ((says,), how, "WAITING")
    assert (found.code is None) is (code is None or how == "ADDED_RETROSPECTIVELY")


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
@pytest.mark.parametrize(
    ("on", "wing", "found"),
    [("2027-01-05", "MDI-A", True), ("2027-01-07", "MDI-A", False), ("2027-01-06", "MDI-B", False)],
)
async def test_a_night_is_called_by_either_of_its_days(empty: World, on: str, wing: str, found: bool) -> None:
    """Ten past two on Wednesday is Tuesday's night too; another day or another wing is another matter."""
    await refused(empty)
    empty.later(days=2)
    await heard(empty, on=on, wing=wing)
    empty.at(NEXT_DAY + timedelta(days=2))
    await reconcile(empty)
    (first,) = [each for each in await empty.records(Conduct) if each.code is not None]
    assert bool(first.accounts) is found
    assert len(await empty.records(Conduct)) == (1 if found else 2)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
@pytest.mark.parametrize("acts", [False, True])
async def test_an_evening_is_called_by_its_day_however_late_it_ended(empty: World, acts: bool) -> None:
    """He asked at eleven in the evening of the fifth. Nobody came, and its time was over at a quarter to ten; or it was
    refused at half past eight in the morning: he speaks of the fifth, and both lie in one record."""
    await tale.listeners_open(empty)
    empty.at(tale.NIGHT.replace(day=5, hour=23, minute=0))
    await tale.on_duty(empty)
    path = await tale.asked(empty)
    if acts:
        empty.at(tale.NIGHT.replace(hour=8, minute=30))
        await done(empty.oscar, path, "refuse", ASLEEP)
    empty.at(tale.NIGHT + timedelta(hours=8))
    await emptying.empty(lambda: service_begin(empty.house.runtime), None)
    await heard(empty, on="2027-01-05")
    empty.at(NEXT_DAY)
    await reconcile(empty)
    assert (await kept(empty)).accounts == ("ASKED",)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_review_that_had_not_heard_it_is_made_again(empty: World) -> None:
    """Reviewed before he spoke: it waits again, and is overdue seven days after it was heard, not after it was."""
    await refused(empty)
    conduct = await kept(empty)
    path = f"/v1/conduct-records/{conduct.id}"
    await done(empty.imb, path, "review", {"verdict": "IT_WAS_SO"})
    empty.later(days=20)
    await heard(empty)
    empty.later(days=1)
    assert await reconcile(empty) == 1
    again = (await empty.imb.get(path)).json()
    assert [again[name] for name in ("review", "verdict", "claimed", "overdue")] == [
        "WAITING",
        "IT_WAS_SO",
        True,
        False,
    ]
    empty.later(days=7)
    assert (await empty.imb.get(path)).json()["overdue"] is False
    empty.later(days=1)
    assert (await empty.imb.get(path)).json()["overdue"] is True


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("arthur", {"says": "NOT_ASKED"}, ["SAID_BY_ANOTHER"]),
        ("listener", {"says": "ASKED"}, ["SAID_BY_ANOTHER"]),
        ("arthur", {"wing": "LEI-A"}, ["WING_OF_ANOTHER_PRISON"]),
        ("arthur", {"on": "2027-01-07"}, ["DAY_NOT_OPEN"]),
        ("arthur", {"on": "2026-12-08"}, ["DAY_NOT_OPEN"]),
        ("arthur", {"recipient": "A1002QX"}, ["UNKNOWN_FIELD"]),
    ],
)
async def test_what_nobody_may_say_is_the_same_whatever_there_is(
    empty: World, name: str, wrong: dict[str, str], told: list[str]
) -> None:
    """Another's word, another prison, a day that is over or ahead: 422 with or without a request that night."""
    await tale.listeners_open(empty)
    answer = await said(empty, name, **wrong)
    assert codes(answer) == told
    await heard(empty, name, says="NOT_ACTIONED" if name == "listener" else "ASKED", on="2026-12-09")
    await tale.on_duty(empty)
    path = await tale.asked(empty)
    await done(empty.officer, path, "refuse", ASLEEP)
    assert (await said(empty, name, **wrong)).content == answer.content


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_one_man_makes_one_record_of_a_day(empty: World) -> None:
    """He says it of forty wings: each time the same receipt, and the last is what he said. What another says of that
    day, or he of another day, is another matter."""
    await tale.listeners_open(empty)
    for n in range(40):
        await heard(empty, wing=f"MDI-{n}")
    await heard(empty, on="2027-01-05")
    await heard(empty, "listener", says="NOT_ACTIONED", wing="MDI-B")
    empty.at(NEXT_DAY)
    assert await reconcile(empty) == 3
    found = {(each.wing, each.accounts) for each in await empty.records(Conduct)}
    assert found == {("MDI-39", ("ASKED",)), ("MDI-A", ("ASKED",)), ("MDI-B", ("NOT_ACTIONED",))}


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_staff_say_nothing_for_them(empty: World) -> None:
    """Neither officer nor reviewer nor partner hands one in."""
    await tale.listeners_open(empty)
    for name in ("officer", "safer", "governor", "imb", "samaritan", "coordinator"):
        assert (await said(empty, name)).status_code == 403


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
@pytest.mark.parametrize(("days", "flagged"), [(0, True), (2, True), (29, False)])
async def test_a_supporter_who_spoke_up_and_is_suspended(empty: World, days: int, flagged: bool) -> None:
    """Within twenty-eight days, that day too: the partner reads that it may be retaliation (rule 17). No record says
    that he spoke up."""
    _, supporters = await tale.listeners_open(empty)
    await heard(empty, "listener", says="NOT_ACTIONED", on="2027-01-05")
    if days:
        empty.at(NEXT_DAY)
        await reconcile(empty)
        empty.later(days=days - 1)
    await done(empty.oscar, supporters[0], "suspend", WHY)
    (suspension,) = await empty.records(Suspension)
    assert suspension.possible_retaliation is flagged


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_that_he_spoke_up_is_forgotten_though_nobody_speaks_again(empty: World) -> None:
    """Twenty-eight days later the letter that says who it was goes with the clock, and needs no other to come."""
    await tale.listeners_open(empty)
    await heard(empty, "listener", says="NOT_ACTIONED")
    empty.at(NEXT_DAY)
    await reconcile(empty)
    store = empty.stage.store
    assert store is not None
    left: list[int] = []
    for days in (27, 1):
        empty.later(days=days)
        await reconcile(empty)
        async with store.inner.serially() as within:
            left.append(len(await within.lying(disputing.SPOKE_UP)))
    assert left == [1, 0]


def test_every_account_says_what_it_is_against() -> None:
    """None is forgotten."""
    assert set(AGAINST) == set(Account) == {each for may in disputing.HIS.values() for each in may}
