"""Rule 9: care follows the rota and not the contact. Whoever reads the rota in custody: `test_rules_peer`."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.care.debriefs import Debrief
from domain.sessions.request import Request
from tests.http import stores, tale
from tests.http import world as worlds
from tests.http.cast import assignment, uid
from tests.http.operations import OPERATIONS, Operation, may
from tests.http.tale import done
from tests.http.test_story_debriefs import rostered
from tests.http.test_story_supervision import supervised
from tests.http.world import World, observed

LOOKS = [o for o in OPERATIONS if o.method == "GET" and o.name not in ("getSchemeCharterPdf", "getNightPackPdf")]
"""All but one that prints for a second what another shows."""
Views = dict[tuple[str, str], Any]
OTHERS = ("hub", "second-officer", "peer-coordinator", "second-listener", "coordinator", "listener", "samaritan")
"""Those beside him, and those who look after him: none may see from this side whether he was called."""
NIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
MOMENTS = [timedelta(0), timedelta(hours=7), *(timedelta(days=d) for d in (1, 7, 14))]
NOT_THERE = uid("never-existed")
HIS = f"/v1/supporters/{uid('supporter:listener')}"


def paths(look: Operation, about: dict[str, UUID]) -> str:
    """The address of a look: about the record that the story has of the kind, or one that there is not."""
    about_one = about.get(look.template.removeprefix("/v1/").split("/")[0], NOT_THERE)
    return look.template.format(**{**look.example.values, "id": about_one})


async def views(world: World, watchers: tuple[str, ...], about: dict[str, UUID], *, without: frozenset[str]) -> Views:
    """Every GET that these members are granted."""
    return {
        (who, look.name): observed(await world[who].get(paths(look, about)))
        for who in watchers
        for look in LOOKS
        if may(who, look.verb) and look.name not in without
    }


LEDGER = frozenset({o.name for o in LOOKS if o.template.startswith(("/v1/ledger", "/v1/board", "/v1/requests"))})
"""What is about requests themselves: rules 2, 4 and 13 say who reads it; here is what care tells beside it."""


async def called(world: World, times: int) -> None:
    """On wing A somebody asks so often that night; the Listener is unlocked for him, and hands in a tally."""
    for number in range(times):
        body = {**tale.ASK, "recipient": "Arthur Zephyrine"}
        path = await tale.asked(world, key=f"night-key-{number:04}", **body)
        await done(world.officer, path, "offer", {"supporter": str(uid("supporter:listener"))})
        await done(world.officer, path, "answer", {"accepted": True})
        await done(world.officer, path, "unlock", {"place": "LISTENER_SUITE"})
        await done(world.officer, path, "complete")
        tally = {**tale.TALLY, "month": "2026-11"}
        assert (await world.listener.post("/v1/tallies", tally, key=f"tally-key-{number:04}")).status_code == 201
    assert len([r for r in await world.records(Request) if r.state == "COMPLETED"]) == times


async def lived(times: int) -> list[Views]:
    """Fourteen days of what the others see, in a world in which he was called so often in the night of his duty."""
    clock = worlds.theatre().stage.clock
    async with stores.opened("memory", clock) as store, worlds.opened(store) as world:
        whom = {"supervisor": str(assignment("samaritan")), "supporter": HIS.rpartition("/")[2]}
        supervision = await supervised(world, "scheme:listeners", **whom)
        entries = [await rostered(world, who) for who in ("listener", "second-listener")]
        (due,) = await world.records(Debrief, entry=UUID(entries[0].rpartition("/")[2]))
        issued = await world.listener.get(f"{HIS}/passports")
        assert issued.status_code == 200
        about = {
            "supporters": uid("supporter:listener"),
            "schemes": uid("scheme:listeners"),
            "roster": UUID(entries[0].rpartition("/")[2]),
            "supervisions": UUID(supervision.rpartition("/")[2]),
            "debriefs": due.id,
        }
        world.at(NIGHT)
        await tale.on_duty(world)
        await tale.on_duty(world, "second-officer", "MDI-B")
        seen = []
        for number, moment in enumerate(MOMENTS):
            world.at(NIGHT + moment)
            seen.append(await views(world, OTHERS, about, without=LEDGER))
            if number == 0:
                await called(world, times)
        return seen


async def test_nobody_can_tell_whether_a_listener_was_called() -> None:
    """Two worlds, rostered in both, called twice in one of them: for fourteen days hub, an officer off that wing, the
    peer coordinator, the other Listener, those who look after him and he himself get the same bytes from every GET:
    rota, team, debriefs, strain, overdue list, forecast and passports among them (rule 9)."""
    twice, never = await lived(2), await lived(0)
    for moment, one, other in zip(MOMENTS, twice, never, strict=True):
        assert one.keys() == other.keys()
        for what, shown in other.items():
            assert one[what] == shown, (moment, what)
    told = {what for what, shown in never[-1].items() if shown[0] == 200}
    shown = {"listAllRosterEntries", "getRosterEntry", "getRoster", "getStrain", "getOverdue", "getForecast"}
    shown |= {"getDebrief", "listPassports", "getSupporter", "listTasks"}
    assert shown <= {name for _, name in told}, "each of these was looked at, by somebody to whom it was shown"
    before, after = (views["listener", "listAllDebriefs"][1] for views in (never[0], never[3]))
    assert before != after, "the prompt came, called or not"
