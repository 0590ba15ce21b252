"""Rule 10: a prisoner with a rota reads who agreed, in his own scheme, and cannot tell why one is gone; and no more can
anybody else of the rota."""

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from domain.care.roster import RosterEntry
from domain.oversight.record import Assignment
from domain.supporters.record import Standing, Supporter
from tests.http import stores
from tests.http import world as worlds
from tests.http.cast import assignment, uid
from tests.http.operations import may
from tests.http.tale import done
from tests.http.test_rules_rota import HIS, LOOKS, Views, paths
from tests.http.test_story_debriefs import rostered
from tests.http.world import World, observed


async def _away(world: World, why: str) -> None:
    body = {"why": why, "firstOn": "2026-11-23", "lastOn": "2026-11-23"}
    made = await world.safer.post(f"{HIS}/absences", body)
    assert made.status_code == 201, made.text


async def _court(world: World) -> None:
    await _away(world, "AT_COURT")


async def _hospital(world: World) -> None:
    await _away(world, "HOSPITAL")


async def _segregated(world: World) -> None:
    await _away(world, "SEGREGATED")


async def _suspended(world: World) -> None:
    body = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
    await done(world.oscar, HIS, "suspend", body)


async def _rests(world: World) -> None:
    await done(world.listener, HIS, "pause")


async def agrees(world: World, who: str, yes: bool = True) -> None:
    """He says that a peer coordinator may read his name, or takes it back."""
    path = f"/v1/supporters/{uid(f'supporter:{who}')}"
    answer = await world[who].patch(path, {"agreedToBeListed": yes}, tag=await world[who].tag(path))
    assert answer.status_code == 200, answer.text


async def peers_view(why: Callable[[World], Awaitable[None]] | None) -> Views:
    """All that the peer coordinator can see, once that has happened to a Listener who is on the rota and agreed."""
    clock = worlds.theatre().stage.clock
    async with stores.opened("memory", clock) as store, worlds.opened(store) as world:
        entry = UUID((await rostered(world, day="2026-11-24")).rpartition("/")[2])
        was = await world.record(Supporter, uid("supporter:listener"))
        await agrees(world, "listener")
        if why is not None:
            await why(world)
        about = {"supporters": was.id, "schemes": uid("scheme:listeners"), "roster": entry}
        found = {
            ("peer-coordinator", look.name): observed(await world["peer-coordinator"].get(paths(look, about)))
            for look in LOOKS
        }
        assert (await world.record(RosterEntry, entry)).state == "PUBLISHED"
        now = await world.record(Supporter, was.id)
        assert why is None or now.standing is not Standing.ACTIVE or now.away
        return found


async def test_a_peer_coordinator_has_one_view_of_whoever_is_gone() -> None:
    """Every GET there is, with his token: court, hospital, segregation, suspension and a rest of a Listener are one
    same view; and it is told that he is not available, so that somebody else is asked (rule 10)."""
    seen = {why.__name__: await peers_view(why) for why in (_court, _hospital, _segregated, _suspended, _rests)}
    first = seen["_court"]
    for why, found in seen.items():
        for what, shown in found.items():
            assert shown == first[what], (why, what)
    there = await peers_view(None)
    assert {name for (_, name), shown in there.items() if shown != first["peer-coordinator", name]} == {"getRoster"}


async def test_what_is_not_in_his_list_is_absent() -> None:
    """No request, supporter's record, debrief, check, strain, absence, suspension, search or message: 404 for each, as
    for an address that there is not."""
    found = await peers_view(_suspended)
    for look in LOOKS:
        if not may("peer-coordinator", look.verb):
            assert found["peer-coordinator", look.name][0] == 404, look.name
    for hidden in ("getSupporter", "getStrain", "getDebrief", "getWellbeingCheck", "getOverdue", "getFaring"):
        assert found["peer-coordinator", hidden][0] == 404, hidden
    told = found["peer-coordinator", "getRosterEntry"][1]
    assert found["peer-coordinator", "getRosterEntry"][0] == 200
    for secret in (b"A1003QX", b"SUSPENDED", b"ALLEGATION"):
        assert all(secret not in body for _, body, _ in found.values()), secret
    assert b"Lionel Quaverley" in told


async def to_cover(world: World, by: str) -> list[tuple[str, str]]:
    """(supporter, day) of each band that wants another, as this member finds them."""
    answer = await world[by].get(f"/v1/schemes/{uid('scheme:listeners')}/overdue")
    assert answer.status_code == 200, answer.text
    return [(i["supporter"], i["since"]) for i in answer.json()["items"] if i["what"] == "BAND_TO_COVER"]


async def covered(why: Callable[[World], Awaitable[None]]) -> list[Any]:
    """What hub, orderly officer and the other Listener read of the rota: before, with him gone, and once another has
    his band."""
    clock = worlds.theatre().stage.clock
    seen: list[Any] = []
    async with stores.opened("memory", clock) as store, worlds.opened(store) as world:

        async def look() -> None:
            for who in ("hub", "oscar", "second-listener"):
                items = (await world[who].get(f"/v1/roster?scheme={uid('scheme:listeners')}")).json()["items"]
                seen.append([(i["name"], i["day"], i["band"]) for i in items])

        yesterday = await rostered(world, day="2026-11-23", band="ED")
        world.later(days=1)
        entry = await rostered(world, day="2026-11-24")
        await look()
        assert await to_cover(world, "coordinator") == []
        await why(world)
        await look()
        assert seen[:3] == seen[3:], "the rota is as it was published"
        for who in ("coordinator", "samaritan"):
            assert await to_cover(world, who) == [(HIS.rpartition("/")[2], "2026-11-24")], who
        await rostered(world, "second-listener", day="2026-11-24")
        await done(world.coordinator, entry, "withdraw")
        await look()
        assert await to_cover(world, "coordinator") == []
        assert (await world.record(RosterEntry, UUID(yesterday.rpartition("/")[2]))).state == "PUBLISHED"
        return seen


async def _court_tomorrow(world: World) -> None:
    body = {"why": "AT_COURT", "firstOn": "2026-11-24", "lastOn": "2026-11-24"}
    assert (await world.safer.post(f"{HIS}/absences", body)).status_code == 201


async def test_a_band_whose_supporter_cannot_come_is_covered_and_tells_nothing() -> None:
    """Suspended, at court or at rest: those who run the scheme are told that his band wants another, roster one and
    take his off; to all others the rota looks the same, whatever kept him (rules 9 and 10)."""
    suspended, court, rests = await covered(_suspended), await covered(_court_tomorrow), await covered(_rests)
    assert suspended == court == rests
    assert suspended[-1] != suspended[0]


async def peers_rota(world: World) -> list[str]:
    """The names on the rota that the peer coordinator finds, whatever he asks for."""
    answer = await world["peer-coordinator"].get("/v1/roster")
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


async def test_he_reads_on_the_rota_who_agreed_and_nobody_else() -> None:
    """A Listener's yes puts his bands, those published before it too, before the peer coordinator; taken back, they are
    absent again (rule 10). Staff, who print the wall's sheet by it, read the yes and see nothing else change."""
    clock = worlds.theatre().stage.clock
    async with stores.opened("memory", clock) as store, worlds.opened(store) as world:
        his = [await rostered(world, day=f"2026-11-{day}") for day in (24, 26)]
        others = await rostered(world, "second-listener", day="2026-11-24")
        peer, before = world["peer-coordinator"], await world.officer.get(his[0])
        assert await peers_rota(world) == []
        await agrees(world, "listener")
        assert await peers_rota(world) == ["Lionel Quaverley"] * 2
        shown = (await peer.get(his[0])).json()
        assert (shown["band"], shown["listed"], shown["load"]) == ("NIGHT", True, None)
        assert (await peer.get(others)).status_code == 404
        his.append(await rostered(world, day="2026-11-29", band="PM"))
        assert len(await peers_rota(world)) == 3
        assert (await world.officer.get(his[0])).json() == before.json() | {"listed": True}
        await agrees(world, "listener", yes=False)
        assert await peers_rota(world) == []
        assert {(await peer.get(path)).status_code for path in his} == {404}
        assert (await world.officer.get(his[0])).json() == before.json()


async def test_another_schemes_rota_is_not_his() -> None:
    """Who agreed in another scheme of the prison is absent to him, on rota and roster; and whose assignment names no
    scheme reads none (rule 10)."""
    clock = worlds.theatre().stage.clock
    async with stores.opened("memory", clock) as store, worlds.opened(store) as world:
        await rostered(world)
        body = {"supporter": str(uid("supporter:mentor")), "day": "2026-11-24", "band": "AM"}
        made = await world["shannon-coordinator"].post(f"/v1/schemes/{uid('scheme:shannon')}/roster", body)
        assert made.status_code == 201, made.text
        for who in ("listener", "mentor"):
            await agrees(world, who)
        peer = world["peer-coordinator"]
        assert await peers_rota(world) == ["Lionel Quaverley"]
        assert (await peer.get(made.headers["location"])).status_code == 404
        assert (await peer.get(f"/v1/schemes/{uid('scheme:shannon')}/team")).status_code == 404
        listeners = f"/v1/schemes/{uid('scheme:listeners')}/team"
        assert [i["name"] for i in (await peer.get(listeners)).json()["items"]] == ["Lionel Quaverley"]
        held = await world.record(Assignment, assignment("peer-coordinator"))
        await world.change(dataclasses.replace(held, scheme=None))
        assert await peers_rota(world) == []
        assert (await peer.get(listeners)).status_code == 404


async def test_a_name_put_right_is_right_on_the_rota() -> None:
    """Staff correct how somebody is called: the rota calls him so from then on."""
    clock = worlds.theatre().stage.clock
    async with stores.opened("memory", clock) as store, worlds.opened(store) as world:
        entry = await rostered(world, day="2026-11-24")
        tag = await world.coordinator.tag(HIS)
        assert (await world.coordinator.patch(HIS, {"name": "Lionel Quaverly"}, tag=tag)).status_code == 200
        assert (await world.officer.get(entry)).json()["name"] == "Lionel Quaverly"
