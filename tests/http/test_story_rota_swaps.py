"""A supporter takes a band of the rota, drops his own, and changes places with another (F35; rules 9 and 10)."""

import asyncio
import dataclasses
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.care.debriefs import Debrief
from domain.care.roster import RosterEntry, RosterState
from domain.care.wish import RotaWish
from domain.confidentiality.record import Record
from domain.schemes import made
from domain.schemes.kinds import KINDS
from domain.schemes.sheet import SelfService
from domain.supporters.record import Supporter
from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.test_story_rota import LISTENER, rota, written
from tests.http.test_story_rota_cover import SECOND, needs
from tests.http.world import World, codes, observed, problem

MENTOR, SECOND_MENTOR = (str(uid(f"supporter:{name}")) for name in ("mentor", "second-mentor"))
SHANNON = f"/v1/schemes/{uid('scheme:shannon')}"
NAMES = {LISTENER: "listener", SECOND: "second-listener", MENTOR: "mentor", SECOND_MENTOR: "second-mentor"}


async def wished(
    world: World, wish: str, day: int, band: str = "NIGHT", who: str = LISTENER, key: str | None = None, **more: Any
) -> httpx.Response:
    """He wishes this of a band of November: the answer."""
    body = {"wish": wish, "day": f"2026-11-{day:02}", "band": band, **more}
    return await world[NAMES[who]].post(f"/v1/supporters/{who}/rota-wishes", body, key=key)


async def asked(world: World, wish: str, day: int, band: str = "NIGHT", who: str = LISTENER, **more: Any) -> str:
    """He wishes it, and may: the path of his wish."""
    answer = await wished(world, wish, day, band, who, **more)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def asked_of(world: World, who: str) -> str:
    """The path of the other's side, as he finds it."""
    answer = await world[NAMES[who]].get("/v1/rota-wishes")
    (found,) = [i["id"] for i in answer.json()["items"] if i["askedOfHim"] and i["state"] == "ASKED"]
    return f"/v1/rota-wishes/{found}"


async def mentors(world: World, day: int, band: str, supporter: str = MENTOR) -> httpx.Response:
    """A mentor is rostered."""
    answer = await written(world, day, band, scheme=SHANNON, supporter=supporter)
    assert answer.status_code == 201, answer.text
    return answer


async def there(world: World, supporter: str) -> list[tuple[str, str]]:
    """(day, band) of all for which he is on the rota."""
    found = [e for e in await world.records(RosterEntry) if str(e.supporter) == supporter]
    return sorted((str(e.day), str(e.band)) for e in found if e.state is RosterState.PUBLISHED)


async def test_a_band_is_taken_at_once(world: World) -> None:
    """He is on the rota for everybody who reads it, and the same talk follows as for whoever else is there."""
    path = await asked(world, "TAKE", 26)
    assert (await world.listener.get(path)).json()["state"] == "DONE"
    for name in ("coordinator", "officer", "hub", "second-listener"):
        assert await rota(world, name) == [("Lionel Quaverley", "2026-11-26", "NIGHT")], name
    (entry,) = await world.records(RosterEntry, scheme=uid("scheme:listeners"))
    assert [d.entry for d in await world.records(Debrief, supporter=UUID(LISTENER))] == [entry.id]
    assert entry.wing == "MDI-A"


async def test_what_stands_in_his_way_is_told_as_to_the_coordinator(world: World) -> None:
    """Limits, what he has already, a day that is too far or over, a band that has begun, one that the kind has not. No
    override is his to give."""
    for day in (24, 26):
        await asked(world, "TAKE", day)
    assert codes(await wished(world, "TAKE", 28)) == codes(await written(world, 28)) == ["LOAD_NIGHTS"]
    assert codes(await wished(world, "TAKE", 26)) == ["ALREADY_ROSTERED"]
    assert codes(await wished(world, "TAKE", 23, "AM")) == ["TOO_LATE"]
    assert problem(await wished(world, "TAKE", 22))[2] == [("IN_THE_PAST", "/day")]
    assert problem(await wished(world, "TAKE", 26, "NIGHT", MENTOR))[2] == [("KIND_DOES_NOT_ALLOW", "/band")]
    with_override = {"wish": "TAKE", "day": "2026-11-28", "band": "NIGHT", "override": "OWN_WISH"}
    refused = await world.listener.post(f"/v1/supporters/{LISTENER}/rota-wishes", with_override)
    assert problem(refused)[2] == [("UNKNOWN_FIELD", "")]
    was = await world.record(Supporter, UUID(SECOND))
    await world.change(dataclasses.replace(was, away=("2026-11-26/2026-11-26",)))
    assert codes(await wished(world, "TAKE", 26, who=SECOND)) == ["NOT_AVAILABLE"]
    assert len(await world.records(RotaWish, scheme=uid("scheme:listeners"))) == 2


async def test_what_he_may_not_settle_himself_waits_for_the_coordinator(world: World) -> None:
    """Two Listeners who have agreed to change places are one line of his list, and none before; so is a band that may
    not fall short. They are gone once somebody has decided."""

    async def waits() -> list[tuple[str, str]]:
        tasks = (await world.coordinator.get("/v1/tasks")).json()["items"]
        return [(f"/v1/rota-wishes/{t['which']}", t["dueOn"]) for t in tasks if t["what"] == "WISH_TO_DECIDE"]

    before = await waits()
    await written(world, 26)
    swap = await asked(world, "SWAP", 26, other=SECOND)
    assert await waits() == before
    await done(world["second-listener"], await asked_of(world, SECOND), "answer", {"agrees": True})
    assert sorted(await waits()) == sorted([*before, (swap, "2026-11-26")])
    await done(world.coordinator, swap, "decide", {"allowed": False})
    await written(world, 24, "ED", supporter=SECOND)
    back = {"other": SECOND, "forDay": "2026-11-24", "forBand": "ED"}
    swap = await asked(world, "SWAP", 26, **back)
    await done(world["second-listener"], await asked_of(world, SECOND), "answer", {"agrees": True})
    assert sorted(await waits()) == sorted([*before, (swap, "2026-11-24")])  # it is too late once the first begins
    await done(world.coordinator, swap, "decide", {"allowed": False})
    await needs(world, "THURSDAY", "NIGHT", 1)
    drop = await asked(world, "DROP", 26)
    assert sorted(await waits()) == sorted([*before, (drop, "2026-11-26")])
    await done(world.coordinator, drop, "decide", {"allowed": False})
    assert await waits() == before


async def test_of_two_takings_at_once_one_is_done(world: World) -> None:
    """The database has one of him in a band; nobody is there twice."""
    answers = await asyncio.gather(*(wished(world, "TAKE", 26) for _ in range(3)))
    assert sorted(a.status_code for a in answers) == [201, 409, 409]
    assert await there(world, LISTENER) == [("2026-11-26", "NIGHT")]


async def test_a_mentor_drops_his_band_where_enough_are_left(world: World) -> None:
    """At once, without anybody's word; and the band is a gap, or none, as the rota now says."""
    await needs(world, "FRIDAY", "PM", 1)
    for who in (MENTOR, SECOND_MENTOR):
        await mentors(world, 27, "PM", who)
    answer = await wished(world, "DROP", 27, "PM", MENTOR)
    assert (answer.status_code, answer.json()["state"]) == (201, "DONE")
    assert await there(world, MENTOR) == []
    assert codes(await wished(world, "DROP", 27, "PM", MENTOR)) == ["NOT_ROSTERED"]


async def needed_of_mentors(world: World, supporters: int, wing: str | None = None) -> None:
    """So many mentors are needed on Friday afternoons."""
    body = {"wing": wing, "weekday": "FRIDAY", "band": "PM", "supporters": supporters}
    assert (await world.coordinator.post(f"{SHANNON}/cover-needs", body)).status_code == 201


@pytest.mark.parametrize("wing", [None, "MDI-A"])
async def test_where_the_band_would_fall_short_his_wish_waits(world: World, wing: str | None) -> None:
    """In the prison, or on his wing: he stays on the rota until the coordinator lets him go."""
    await needed_of_mentors(world, 1, wing)
    await mentors(world, 27, "PM")
    answer = await wished(world, "DROP", 27, "PM", MENTOR)
    assert (answer.status_code, answer.json()["state"]) == (201, "ASKED")
    assert codes(await wished(world, "DROP", 27, "PM", MENTOR)) == ["WISH_WAITS"]
    assert await there(world, MENTOR) == [("2026-11-27", "PM")]
    path = answer.headers["location"]
    assert (await done(world.coordinator, path, "decide", {"allowed": True}))["state"] == "DONE"
    assert await there(world, MENTOR) == []


async def test_whether_it_waits_for_cover_or_for_a_person_is_told_in_the_same_words(world: World) -> None:
    """A Listener's drop waits in any case: with enough left and with too few, the same members say the same. So nothing
    tells him how many a band needs."""
    answers = []
    for day, weekday, needed in ((26, "THURSDAY", 0), (29, "SUNDAY", 3)):
        await written(world, day)
        if needed:
            await needs(world, weekday, "NIGHT", needed)
        answers.append((await wished(world, "DROP", day)).json())
    told = [{n: v for n, v in a.items() if n not in ("id", "day")} for a in answers]
    assert told[0] == told[1]
    assert told[0]["state"] == "ASKED"
    assert len(await there(world, LISTENER)) == 2


async def test_up_to_a_day_before_and_no_later(world: World) -> None:
    """Later it is for those who run the day; what waited for the coordinator he may still let be done, until the band
    begins."""
    await written(world, 24)
    world.at(world.now.replace(hour=20, minute=30))
    path = await asked(world, "DROP", 24)
    world.later(seconds=1)
    assert (await done(world.listener, path, "withdraw"))["state"] == "WITHDRAWN"
    assert codes(await wished(world, "DROP", 24)) == ["TOO_LATE"]
    world.later(hours=-1)
    path = await asked(world, "DROP", 24)
    world.later(hours=26)
    assert (await world.listener.get(path)).json()["lapsed"] is True
    assert codes(await moved(world.coordinator, path, "decide", {"allowed": True})) == ["TOO_LATE"]
    assert await there(world, LISTENER) == [("2026-11-24", "NIGHT")]


async def test_a_key_that_comes_again_is_answered_though_the_entry_is_gone(world: World) -> None:
    """What he dropped is out of his reach; his wish is not. And nothing is done twice: he took it anew meanwhile."""
    entry = (await mentors(world, 27, "PM")).headers["location"]
    first = await wished(world, "DROP", 27, "PM", MENTOR, key="dropped-0001")
    assert (await world.mentor.get(entry)).status_code == 404
    await asked(world, "TAKE", 27, "PM", MENTOR)
    again = await wished(world, "DROP", 27, "PM", MENTOR, key="dropped-0001")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert await there(world, MENTOR) == [("2026-11-27", "PM")]
    other = await wished(world, "DROP", 28, "PM", MENTOR, key="dropped-0001")
    assert other.status_code == 422


async def test_two_change_places_once_the_other_says_yes(world: World) -> None:
    """Nobody is put anywhere by another: until his yes the rota is as it was."""
    await mentors(world, 26, "AM")
    await mentors(world, 27, "PM", SECOND_MENTOR)
    back = {"other": SECOND_MENTOR, "forDay": "2026-11-27", "forBand": "PM"}
    path = await asked(world, "SWAP", 26, "AM", MENTOR, **back)
    assert codes(await moved(world.coordinator, path, "decide", {"allowed": True})) == ["OTHERS_YES_NEEDED"]
    assert codes(await moved(world.mentor, path, "answer", {"agrees": True})) == ["ASKED_BY_HIMSELF"]
    assert await there(world, MENTOR) == [("2026-11-26", "AM")]
    other = await asked_of(world, SECOND_MENTOR)
    assert (await world["second-mentor"].get(path)).status_code == 404
    assert (await done(world["second-mentor"], other, "answer", {"agrees": True}))["state"] == "DONE"
    assert (await world.mentor.get(path)).json()["state"] == "DONE"
    assert await there(world, MENTOR) == [("2026-11-27", "PM")]
    assert await there(world, SECOND_MENTOR) == [("2026-11-24", "AM"), ("2026-11-26", "AM")]


async def test_one_stands_in_and_gets_nothing_for_it(world: World) -> None:
    """The wing stays that of the band; a no leaves all as it was."""
    await written(world, 26, "PM", scheme=SHANNON, supporter=MENTOR, wing="MDI-B")
    path = await asked(world, "SWAP", 26, "PM", MENTOR, other=SECOND_MENTOR)
    assert (await done(world["second-mentor"], await asked_of(world, SECOND_MENTOR), "answer", {"agrees": False}))[
        "state"
    ] == "REFUSED"
    assert (await world.mentor.get(path)).json()["state"] == "REFUSED"
    await asked(world, "SWAP", 26, "PM", MENTOR, other=SECOND_MENTOR)
    await done(world["second-mentor"], await asked_of(world, SECOND_MENTOR), "answer", {"agrees": True})
    assert await there(world, MENTOR) == []
    entries = [e for e in await world.records(RosterEntry) if str(e.supporter) == SECOND_MENTOR]
    assert [e.wing for e in entries if str(e.day) == "2026-11-26"] == ["MDI-B"]


async def test_listeners_swap_by_the_coordinator_s_word_too(world: World) -> None:
    """With the other's yes it waits, whatever stands in anybody's way: the coordinator learns of it, and lets it be
    done once nothing does. The yes may be taken back until then."""
    await written(world, 26)
    path = await asked(world, "SWAP", 26, other=SECOND)
    other = await asked_of(world, SECOND)
    assert codes(await moved(world["second-listener"], other, "withdraw")) == ["OTHERS_WISH"]
    assert (await done(world["second-listener"], other, "answer", {"agrees": True}))["state"] == "AGREED"
    was = await world.record(Supporter, UUID(SECOND))
    await world.change(dataclasses.replace(was, away=("2026-11-26/2026-11-26",)))
    assert codes(await moved(world.coordinator, path, "decide", {"allowed": True})) == ["AWAY"]
    now = await world.record(Supporter, UUID(SECOND))
    await world.change(dataclasses.replace(now, away=()))
    assert (await done(world.coordinator, path, "decide", {"allowed": True}))["state"] == "DONE"
    assert (await there(world, LISTENER), await there(world, SECOND)) == ([], [("2026-11-26", "NIGHT")])
    assert codes(await moved(world["second-listener"], other, "withdraw")) == ["STATE_DONE"]


async def test_who_says_yes_learns_of_his_own_hindrances_and_of_none_of_the_other_s(world: World) -> None:
    """His own limits are told to him. That the other is at court then is not: the same bytes, and the coordinator
    sees to it (rule 10)."""
    answers = []
    for away in ((), ("2026-11-29/2026-11-29",)):
        for day in (24, 26):
            await written(world, day, "ED")
        await written(world, 29, "ED", supporter=SECOND)
        back = {"other": SECOND, "forDay": "2026-11-29", "forBand": "ED"}
        path = await asked(world, "SWAP", 26, "ED", **back)
        was = await world.record(Supporter, UUID(LISTENER))
        await world.change(dataclasses.replace(was, away=away))
        answers.append(await done(world["second-listener"], await asked_of(world, SECOND), "answer", {"agrees": True}))
        await done(world.listener, path, "withdraw")
        for each in await world.records(RosterEntry, scheme=uid("scheme:listeners")):
            if each.state is RosterState.PUBLISHED:
                await done(world.coordinator, f"/v1/roster/{each.id}", "withdraw")
    assert len({str({n: v for n, v in a.items() if n not in ("id", "side")}) for a in answers}) == 1
    now = await world.record(Supporter, UUID(LISTENER))
    await world.change(dataclasses.replace(now, away=()))
    for day in (25, 27):
        await written(world, day, supporter=SECOND)
    await written(world, 29)
    await asked(world, "SWAP", 29, other=SECOND)
    assert codes(await moved(world["second-listener"], await asked_of(world, SECOND), "answer", {"agrees": True})) == [
        "LOAD_NIGHTS"
    ]


async def test_a_mentor_s_swap_waits_where_the_other_cannot_be_had(world: World) -> None:
    """Without a word of why; the coordinator is told."""
    await mentors(world, 26, "AM")
    await mentors(world, 27, "PM", SECOND_MENTOR)
    back = {"other": SECOND_MENTOR, "forDay": "2026-11-27", "forBand": "PM"}
    path = await asked(world, "SWAP", 26, "AM", MENTOR, **back)
    was = await world.record(Supporter, UUID(MENTOR))
    await world.change(dataclasses.replace(was, away=("2026-11-27/2026-11-27",)))
    other = await asked_of(world, SECOND_MENTOR)
    assert (await done(world["second-mentor"], other, "answer", {"agrees": True}))["state"] == "AGREED"
    assert codes(await moved(world.coordinator, path, "decide", {"allowed": True})) == ["AWAY"]
    assert await there(world, MENTOR) == [("2026-11-26", "AM")]


async def test_what_a_wish_cannot_say(world: World) -> None:
    """A swap names another and a whole band of his; nothing else names either. Who is not of the scheme is not
    available, whoever he is."""
    for day, band in ((26, "AM"), (27, "PM")):
        await mentors(world, day, band)
    for more, wrong in (
        ({"wish": "SWAP"}, [("NAMED_IN_A_SWAP", "/other")]),
        ({"wish": "DROP", "other": SECOND_MENTOR}, [("NAMED_IN_A_SWAP", "/other")]),
        ({"wish": "DROP", "forDay": "2026-11-28", "forBand": "AM"}, [("NAMED_IN_A_SWAP", "/forDay")]),
        ({"wish": "SWAP", "other": SECOND_MENTOR, "forDay": "2026-11-28"}, [("BOTH_OR_NEITHER", "/forBand")]),
        ({"wish": "SWAP", "other": MENTOR}, [("NOBODY_SWAPS_WITH_HIMSELF", "/other")]),
    ):
        body = {"day": "2026-11-26", "band": "AM", **more}
        assert problem(await world.mentor.post(f"/v1/supporters/{MENTOR}/rota-wishes", body))[2] == wrong
    absent = [await wished(world, "SWAP", 26, "AM", MENTOR, other=str(uid(n))) for n in ("supporter:listener", "no")]
    assert observed(absent[0]) == observed(absent[1])
    assert codes(absent[0]) == ["NOT_AVAILABLE"]
    back = {"other": SECOND_MENTOR, "forDay": "2026-11-28", "forBand": "AM"}
    assert codes(await wished(world, "SWAP", 26, "AM", MENTOR, **back)) == ["NOT_ROSTERED"]


async def test_the_kind_says_whether_there_is_any_of_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy value of the kind, and its hours another."""
    await mentors(world, 26, "PM")

    def of_kinds(value: SelfService) -> None:
        monkeypatch.setattr(made, "kind_of", lambda code: dataclasses.replace(KINDS[code], self_service=value))

    of_kinds(SelfService(until_hours=96))
    assert codes(await wished(world, "DROP", 26, "PM", MENTOR)) == ["TOO_LATE"]
    of_kinds(SelfService(offered=False))
    refused = await wished(world, "TAKE", 27, "PM", MENTOR)
    assert problem(refused) == (422, "unacceptable", [("KIND_DOES_NOT_ALLOW", "/wish")])


@pytest.mark.parametrize(
    "name", ["officer", "oscar", "hub", "safer", "governor", "samaritan", "imb", "peer-coordinator", "arthur"]
)
async def test_a_wish_is_read_by_the_two_and_the_coordinator(world: World, name: str) -> None:
    """That somebody would rather not come may follow a hard night: no other supporter, no peer coordinator, no wing
    reads it (rules 9 and 10). On behalf of a supporter nobody wishes."""
    await written(world, 26)
    path = await asked(world, "DROP", 26)
    inside = name in ("peer-coordinator", "arthur")
    assert (await world[name].get(path)).status_code == (404 if inside else 403)
    assert (await world["second-listener"].get(path)).status_code == 404
    assert [i["id"] for i in (await world["second-listener"].get("/v1/rota-wishes")).json()["items"]] == []
    body = {"wish": "DROP", "day": "2026-11-26", "band": "NIGHT"}
    for who in (name, "second-listener", "coordinator"):
        answer = await world[who].post(f"/v1/supporters/{LISTENER}/rota-wishes", body)
        assert answer.status_code in (403, 404), who


async def test_what_is_on_the_rota_says_nothing_of_who_wished(world: World) -> None:
    """An entry that was taken and one that was written are the same to the wing and to other supporters."""
    await asked(world, "TAKE", 26)
    await written(world, 26, supporter=SECOND)
    entries: list[Record] = await world.records(RosterEntry, scheme=uid("scheme:listeners"))
    for name in ("officer", "hub", "second-listener", "peer-coordinator"):
        shown = [(await world[name].get(f"/v1/roster/{e.id}")) for e in entries]
        assert {a.status_code for a in shown} <= {200, 404}
        told = [
            {n: v for n, v in a.json().items() if n not in ("id", "name", "supporter")} for a in shown if a.is_success
        ]
        assert all(each == told[0] for each in told), name


async def test_whoever_leaves_wishes_nothing_any_longer(world: World) -> None:
    """He stands down: what he asked, and what was asked of him, is off for both, and holds up no other wish."""
    await mentors(world, 27, "PM", MENTOR)
    await mentors(world, 28, "PM", SECOND_MENTOR)
    his = await asked(world, "SWAP", 27, "PM", MENTOR, other=SECOND_MENTOR)
    theirs = await asked_of(world, SECOND_MENTOR)
    await done(world.coordinator, f"/v1/supporters/{SECOND_MENTOR}", "stand-down", {"reason": "OWN_WISH"})
    assert (await world.mentor.get(his)).json()["state"] == "WITHDRAWN"
    other = await world.record(RotaWish, UUID(theirs.rpartition("/")[2]))
    assert other.state == "WITHDRAWN"
    assert (await wished(world, "DROP", 27, "PM", MENTOR)).status_code == 201
