"""Lists: pages by an opaque cursor, the next one in `Link`, a hard ceiling, and never a total."""

import base64
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.entry import Outcome
from domain.confidentiality.roles import Role
from domain.records import KINDS
from domain.supporters.record import Standing
from tests.http.cast import START, actor, assignment, uid
from tests.http.furniture import LEEDS, MOORLAND, MOUNTJOY, session, supporter
from tests.http.operations import LISTS, Operation
from tests.http.world import World, problem

PATH = "/v1/supporters"
MANY = 23


async def many(world: World) -> None:
    """Twenty-three further applicants in Moorland, between them as many in Leeds and Mountjoy."""
    made = [
        supporter(place, f"supporter:more-{n}", "scheme:insiders", f"{place.prefix}more-{n}", Standing.APPLIED)
        for n in range(MANY)
        for place in (MOORLAND, LEEDS, MOUNTJOY)
    ]
    await world.keep(made)


async def walked(world: World, path: str, by: str = "coordinator", most: int = 60) -> list[list[dict[str, Any]]]:
    """Every page, from `Link` to `Link`."""
    pages: list[list[dict[str, Any]]] = []
    following: str | None = path
    while following is not None:
        answer = await world[by].get(following)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert set(said) == {"items", "next"}
        link = answer.headers.get("link")
        assert (link is None) is (said["next"] is None)
        following = None
        if link is not None:
            following = link.removeprefix("<").removesuffix('>; rel="next"')
            assert said["next"] in following
        pages.append(said["items"])
        assert len(pages) <= most
    return pages


@pytest.mark.parametrize("limit", [1, 7, 8, 100])
async def test_a_walk_from_page_to_page_is_the_whole_and_each_once(world: World, limit: int) -> None:
    """Pages of the size asked for, the last one perhaps smaller and never empty; all of one's own reach and nothing
    besides, in one order."""
    await many(world)
    pages = await walked(world, f"{PATH}?limit={limit}&standing=APPLIED")
    ids = [item["id"] for page in pages for item in page]
    expected = {str(uid(f"supporter:more-{n}")) for n in range(MANY)}
    assert set(ids) == expected | {str(uid("supporter:applied")), str(uid("supporter:partner-applied"))}
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids)
    assert all(len(page) == limit for page in pages[:-1])
    assert 0 < len(pages[-1]) <= limit


async def test_a_page_that_is_just_full_is_the_last(world: World) -> None:
    """No empty page follows: whether there is more is looked at, not guessed."""
    first = await world.coordinator.get(f"{PATH}?standing=APPLIED&limit=2")
    assert (len(first.json()["items"]), first.json()["next"]) == (2, None)
    assert "link" not in first.headers


async def test_what_lies_out_of_reach_makes_no_page_longer_or_shorter(world: World) -> None:
    """The reach is asked for in the query, not cut away from its answer: the same pages with or without others'
    records."""
    await many(world)
    before = await walked(world, f"{PATH}?limit=5", "irish-coordinator")
    further = [
        supporter(MOORLAND, f"supporter:hidden-{n}", "scheme:insiders", f"hidden-{n}", Standing.APPLIED)
        for n in range(MANY)
    ]
    await world.keep(further)
    assert await walked(world, f"{PATH}?limit=5", "irish-coordinator") == before


async def test_sessions_come_by_their_time_though_two_are_at_one(world: World) -> None:
    """Ordered by start, ties by id; a cursor between two at one instant loses neither."""
    times = [START + timedelta(days=2, minutes=30 * (n // 3)) for n in range(12)]
    await world.keep(
        session(
            MOORLAND,
            f"session:{n}",
            at,
            person=uid(f"learner-{n}"),
            supporter=uid(f"s-{n}"),
            supporter_person=uid(f"mentor-{n}"),
        )
        for n, at in enumerate(times)
    )
    pages = await walked(world, "/v1/sessions?limit=2")
    items = [item for page in pages for item in page]
    assert len(items) == 13
    assert items == sorted(items, key=lambda s: (s["startsAt"], s["id"]))


async def test_the_ledger_is_walked_by_time_and_by_an_instant_with_an_offset(world: World) -> None:
    """`since` with an offset stays what it is from `Link` to `Link`, though a plus sign means a blank in an address."""
    for _ in range(7):
        world.later(minutes=10)
        await world.officer.get("/v1/schemes")
    since = "2026-11-23T11:35:00%2B01:00"  # 10:35 UTC: four lines follow
    pages = await walked(world, f"/v1/ledger?limit=3&since={since}&actor={actor('officer')}", "safer")
    assert [len(page) for page in pages] == [3, 1]
    shown = [item["at"] for page in pages for item in page]
    assert shown == sorted(shown)
    assert shown[0] == "2026-11-23T10:40:00Z"


async def test_the_ledger_grows_while_it_is_walked_and_no_line_is_lost(world: World) -> None:
    """New lines come after the last page; those that were there are each shown once."""
    for _ in range(6):
        world.later(minutes=1)
        await world.officer.get("/v1/schemes")
    first = await world.safer.get("/v1/ledger?limit=4")
    world.later(minutes=1)
    await world.officer.get("/v1/schemes")
    second = await world.safer.get(f"/v1/ledger?limit=4&cursor={first.json()['next']}")
    ids = [item["id"] for answer in (first, second) for item in answer.json()["items"]]
    assert len(ids) == len(set(ids)) == 7


async def cursor(world: World, path: str = f"{PATH}?limit=1", by: str = "coordinator") -> str:
    """The cursor of the second page."""
    answer = await world[by].get(path)
    return answer.json()["next"]


async def refused(world: World, path: str, by: str = "coordinator") -> None:
    """One 400 for whatever is wrong with a cursor, and a line."""
    answer = await world[by].get(path)
    assert problem(answer) == (400, "unreadable", [("CURSOR", "query:cursor")]), path
    assert world.last.outcome is Outcome.MALFORMED


async def test_a_cursor_is_good_for_its_viewer_its_list_and_its_filter(world: World) -> None:
    """Another's, of another list, with another filter or with none: 400, all the same."""
    made = await cursor(world, f"{PATH}?limit=1&prison=MDI")
    assert (await world.coordinator.get(f"{PATH}?limit=1&prison=MDI&cursor={made}")).status_code == 200
    assert (await world.coordinator.get(f"{PATH}?limit=9&prison=MDI&cursor={made}")).status_code == 200
    await refused(world, f"{PATH}?limit=1&cursor={made}")
    await refused(world, f"{PATH}?limit=1&prison=LEI&cursor={made}")
    await refused(world, f"{PATH}?limit=1&prison=MDI&standing=APPLIED&cursor={made}")
    await refused(world, f"/v1/schemes?limit=1&prison=MDI&cursor={made}")
    await refused(world, f"{PATH}?limit=1&prison=MDI&cursor={made}", "once-inside")


async def test_a_cursor_is_good_for_one_capacity(world: World) -> None:
    """Of two capacities of one person, and of two purposes of one capacity, each has its own list and its cursors."""
    hats = [assignment("two-hats", role) for role in (Role.COORDINATOR, Role.WING_OFFICER)]
    made = (await world["two-hats"].get(f"{PATH}?limit=1", acting_as=hats[0])).json()["next"]
    assert (await world["two-hats"].get(f"{PATH}?cursor={made}", acting_as=hats[0])).status_code == 200
    other = await world["two-hats"].get(f"{PATH}?cursor={made}", acting_as=hats[1])
    assert problem(other) == (400, "unreadable", [("CURSOR", "query:cursor")])
    for _ in range(3):
        await world.officer.get("/v1/schemes")
    line = (await world.governor.get("/v1/ledger?limit=1", purpose="oversight")).json()["next"]
    assert (await world.governor.get(f"/v1/ledger?cursor={line}", purpose="oversight")).status_code == 200
    assert (await world.governor.get(f"/v1/ledger?cursor={line}", purpose="investigation")).status_code == 400


async def test_a_cursor_of_the_ledger_is_bound_to_its_instant(world: World) -> None:
    """`since` is a filter like any other: without it, or with another, the cursor does not open."""
    for _ in range(3):
        await world.officer.get("/v1/schemes")
    made = await cursor(world, "/v1/ledger?limit=1&since=2026-11-23T09:00:00Z", "safer")
    assert (await world.safer.get(f"/v1/ledger?since=2026-11-23T09:00:00Z&cursor={made}")).status_code == 200
    await refused(world, f"/v1/ledger?cursor={made}", "safer")
    await refused(world, f"/v1/ledger?since=2026-11-23T08:00:00Z&cursor={made}", "safer")


async def test_a_cursor_lives_a_day(world: World) -> None:
    """Twenty-four hours, and not a second more."""
    made = await cursor(world)
    world.later(hours=24)
    assert (await world.coordinator.get(f"{PATH}?limit=1&cursor={made}")).status_code == 200
    world.later(seconds=1)
    await refused(world, f"{PATH}?limit=1&cursor={made}")


async def test_a_cursor_that_was_touched_does_not_open(world: World) -> None:
    """Not a bit of it may be another; nor is one cut short, made longer, or made up."""
    made = await cursor(world)
    raw = base64.urlsafe_b64decode(made + "=" * (-len(made) % 4))
    for place in range(0, len(raw), 7):
        touched = bytes([*raw[:place], raw[place] ^ 1, *raw[place + 1 :]])
        await refused(world, f"{PATH}?limit=1&cursor={base64.urlsafe_b64encode(touched).rstrip(b'=').decode()}")
    for wrong in (made[:-1], made[:-4], made + "A", made + "AAAA", made[:8], "A", "AA", "x" * 400, made[::-1]):
        await refused(world, f"{PATH}?limit=1&cursor={wrong}")


async def test_one_page_has_one_cursor_text(world: World) -> None:
    """Base64 has unused bits at its end: a text other than the one given is refused though it means the same."""
    made = await cursor(world)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    others = [made[:-1] + letters[letters.index(made[-1]) ^ bit] for bit in (1, 2, 4, 8)]
    for other in others:
        await refused(world, f"{PATH}?limit=1&cursor={other}")


async def test_a_cursor_tells_nothing(world: World) -> None:
    """It holds no id and no instant in clear, is never the same twice, and is as long for one record as for another."""
    made = [await cursor(world), await cursor(world)]
    assert made[0] != made[1]
    first = (await world.coordinator.get(f"{PATH}?limit=1")).json()["items"][0]["id"]
    opened = base64.urlsafe_b64decode(made[0] + "=" * (-len(made[0]) % 4))
    assert uid("supporter:applied").bytes not in opened
    assert first.encode() not in opened
    later = await world.coordinator.get(f"{PATH}?limit=1&cursor={made[0]}")
    assert len(later.json()["next"]) == len(made[0]) == len(made[1])


@pytest.mark.parametrize("operation", LISTS, ids=str)
async def test_a_list_has_a_ceiling_and_says_no_total(world: World, operation: Operation) -> None:
    """One more is refused, for whomever; the answer has its items, the next page and nothing to count by. The ceiling
    is a hundred, but for what names nobody and is a few codes long."""
    kind = ABOUT[operation.verb].kind
    ceiling = 100 if kind is None else KINDS[kind].shape.ceiling
    assert ceiling == (2000 if operation.name == "listSchemeStatuses" else 100)
    assert problem(await operation.send(world, path=f"{operation.path}?limit={ceiling + 1}"))[0] == 400
    answer = await operation.send(world, path=f"{operation.path}?limit={ceiling}")
    assert set(answer.json()) == {"items", "next"}
    assert not {"x-total-count", "content-range"} & set(answer.headers)


async def test_a_hundred_and_one_records_are_two_pages(world: World) -> None:
    """The ceiling is one of the answer too."""
    made = [
        supporter(MOORLAND, f"supporter:crowd-{n}", "scheme:shannon", f"crowd-{n}", Standing.APPLIED)
        for n in range(101)
    ]
    await world.keep(made)
    scheme = uid("scheme:shannon")
    pages = await walked(world, f"{PATH}?limit=100&scheme={scheme}&standing=APPLIED")
    assert [len(page) for page in pages] == [100, 2]


FILTERS = {
    f"{PATH}?scheme={uid('scheme:listeners')}": {"listener", "second-listener", "third-listener"},
    f"{PATH}?standing=PAUSED": {"paused"},
    f"{PATH}?prison=LEI": set[str](),
    f"{PATH}?scheme={uid('far:scheme:listeners')}": set[str](),
    f"{PATH}?scheme={uid('never-existed')}": set[str](),
}


@pytest.mark.parametrize("path", FILTERS)
async def test_a_filter_finds_what_it_says_within_reach(world: World, path: str) -> None:
    """And nothing for what lies elsewhere, in the words for what never was."""
    items = (await world.coordinator.get(path)).json()["items"]
    assert {i["id"] for i in items} == {str(uid(f"supporter:{name}")) for name in FILTERS[path]}


async def test_days_at_the_ends_of_time_are_refused(world: World) -> None:
    """Nor any day from which a month or a night, taken off or added, would leave it: a filter, a death, a wish."""
    rota = f"/v1/schemes/{uid('scheme:listeners')}/rota.pdf"
    for wrong in ("0001-01-01", "9999-12-31", "1899-12-31"):
        for name, path, member in (("coordinator", rota, "since"), ("hub", "/v1/pay-sheets", "weekOf")):
            answer = await world[name].get(f"{path}?{member}={wrong}")
            assert problem(answer) == (400, "unreadable", [("OUT_OF_RANGE", f"query:{member}")]), (wrong, path)
        died = await world.oscar.post("/v1/envelope-holds", {"prison": "MDI", "on": wrong})
        assert problem(died) == (422, "unacceptable", [("OUT_OF_RANGE", "/on")]), wrong


async def test_instants_at_the_ends_of_time_are_refused(world: World) -> None:
    """No instant whose offset would carry it out of the calendar gets past the door: neither as a filter nor as when
    something happened."""
    for wrong in ("0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "1899-12-31T23:59:59Z"):
        answer = await world.safer.get(f"/v1/ledger?since={wrong}")
        assert problem(answer) == (400, "unreadable", [("OUT_OF_RANGE", "query:since")]), wrong
    body = {"need": "EMOTIONAL", "channel": "CELL_BELL", "urgency": "NOW", "wing": "MDI-A", "prison": "MDI"}
    for n, wrong in enumerate(("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")):
        answer = await world.officer.post("/v1/requests", {**body, "occurredAt": wrong}, key=f"end-of-time-{n}")
        assert problem(answer) == (422, "unacceptable", [("OUT_OF_RANGE", "/occurredAt")]), wrong
