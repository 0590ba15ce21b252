"""Who is asked next, over HTTP: every gate alike to whoever is stopped by it, nobody offered twice, and a call that
tells nobody of an enemy (rules 9, 10, 11 and 18; F28 to F31, X19)."""

import asyncio
import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from domain.care.roster import RosterEntry, RosterState, slot_of
from domain.confidentiality.record import Record
from domain.kernel.bands import Band
from domain.kernel.ids import ActorId, PersonId, RosterEntryId, SupporterId
from domain.people.record import Person
from domain.schemes.registers.places import MeetingPlace
from domain.sessions.request import Request
from domain.supporters.record import Standing, Supporter
from tests.domain.given import sample
from tests.http import tale
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed, problem

TONIGHT = date(2027, 1, 5)
"""The night of the fifth of January: at ten past two on the sixth."""
MAN = "A1001QX"
WHO = f"{MAN} Arthur Zephyrine"
LISTENER, SECOND = "A1003QX", "A1004QX"
"""As the cast has them."""


def id_of(path: str) -> str:
    return path.rpartition("/")[2]


async def asked(world: World, number: int, **changes: Any) -> str:
    """Somebody of whom the number is known asks."""
    return await tale.asked(world, key=f"night-key-{number:04}", **{"recipient": WHO, "language": None, **changes})


async def rostered(world: World, supporter: str, *shifts: tuple[date, Band]) -> list[RosterEntry]:
    """Published on the rota, behind everybody's back."""
    who = await world.record(Supporter, UUID(id_of(supporter)))
    made = [
        RosterEntry(
            id=RosterEntryId(uuid4()),
            scheme=who.scheme,
            jurisdiction=who.jurisdiction,
            prison=who.prison,
            organisation=who.organisation,
            supporter=who.id,
            name=who.name,
            day=day,
            band=band,
            slot=slot_of(who.person, day, band),
            state=RosterState.PUBLISHED,
            in_force_from=world.now,
            written_by=ActorId(uuid4()),
        )
        for day, band in shifts
    ]
    await world.keep(made)
    return [await world.record(RosterEntry, each.id) for each in made]


async def night(world: World) -> tuple[str, str]:
    """Two Listeners, and an officer on duty."""
    _, supporters = await tale.listeners_open(world)
    await tale.on_duty(world)
    return supporters[0], supporters[1]


async def picked(world: World, request: str, supporter: str) -> httpx.Response:
    """Offered to the one who is named."""
    return await moved(world.officer, request, "offer", {"supporter": id_of(supporter)})


def _further(who: Person, like: Supporter, many: int) -> Iterator[Record]:
    """So many more who serve like one, and who they are."""
    for number in range(many):
        id = PersonId(uuid4())
        yield dataclasses.replace(who, id=id, version=0, person=id, identifier=f"A{7000 + number}QX")
        yield dataclasses.replace(like, id=SupporterId(uuid4()), version=0, person=id)


async def test_whoever_is_stopped_is_not_available_in_the_same_bytes(empty: World) -> None:
    """T of rule 11: a hand-picked supporter answers alike for a non-association, a co-defendant, a rest, a load that is
    full, a rota that he is not on, no place to meet, the recipient's no, his own, another request, a suspension, and
    for an id that never was; and the lines of the ledger differ in nothing."""
    one, other = await night(empty)
    heard: dict[str, Any] = {}
    mark = len(empty.entries())

    async def stops(why: str, number: int, supporter: str = one, request: str | None = None, **more: Any) -> None:
        path = request or await asked(empty, number, **more)
        heard[why] = await picked(empty, path, supporter)
        if request is None:
            await done(empty.officer, path, "withdraw")

    empty.stage.apart.keep_apart(MAN, LISTENER)
    await stops("non-association", 1)
    empty.stage.apart = type(empty.stage.apart)()
    empty.stage.apart.tried_together(LISTENER, MAN)
    await stops("co-defendant", 2)
    empty.stage.apart = type(empty.stage.apart)()
    await stops("not wanted", 3, notWanted=[id_of(one)])
    cases = {
        "rest": (one, ((TONIGHT + timedelta(days=1), Band.AM),)),
        "load": (one, ((TONIGHT - timedelta(days=1), Band.NIGHT), (TONIGHT - timedelta(days=3), Band.NIGHT))),
        "load to come": (one, ((TONIGHT + timedelta(days=4), Band.NIGHT), (TONIGHT + timedelta(days=6), Band.NIGHT))),
        "rota": (other, ((TONIGHT, Band.NIGHT),)),
    }
    for number, (why, (who, shifts)) in enumerate(cases.items(), 20):
        entries = await rostered(empty, who, *shifts)
        await stops(why, number)
        for entry in entries:
            await empty.change(dataclasses.replace(entry, state=RosterState.WITHDRAWN))
    scheme = await empty.record(Supporter, UUID(id_of(one)))
    place = dataclasses.replace(
        sample(MeetingPlace, "x", version=0),
        scheme=scheme.scheme,
        jurisdiction="EW",
        prison="MDI",
        organisation="SAMARITANS",
        wing="MDI-D",
        out_of_use_since=None,
        out_of_use_for=None,
        outage=None,
    )
    await empty.keep([place])
    await stops("place", 7)
    await empty.change(dataclasses.replace(await empty.record(MeetingPlace, place.id), wing=None))
    await stops("nobody", 8, f"/v1/supporters/{uuid4()}")
    busy = await asked(empty, 9)
    await done(empty.officer, busy, "offer", {"supporter": id_of(one)})
    await stops("busy", 10)
    await done(empty.officer, busy, "answer", {"accepted": False})
    await stops("said no", 0, request=busy)
    await done(empty.samaritan, one, "suspend", {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"})
    await stops("suspended", 11)
    assert len(heard) == 12
    assert problem(heard["rest"]) == (409, "conflict", [("NOT_AVAILABLE", None)])
    told = {why: observed(answer) for why, answer in heard.items()}
    assert [why for why, each in told.items() if each != told["nobody"]] == []
    refused = [e for e in empty.since(mark) if e.verb == "OFFER_REQUEST" and e.outcome == "NOT_NOW"]
    lines = {(str(e.code), e.rule, e.closed, e.changes, len(e.sights), e.purpose) for e in refused}
    assert (len(refused), len(lines)) == (12, 1)


async def test_an_enemy_is_passed_over_and_nothing_else_differs(empty: World) -> None:
    """With and without a non-association between the recipient and whoever's turn it is: all that differs is who is
    offered next. Nothing of it is kept: not in the request, not in a line, and no number is on either."""
    first, second = await night(empty)
    seen: list[Any] = []
    for number, enemy in enumerate((None, LISTENER, SECOND)):
        empty.stage.apart = type(empty.stage.apart)()
        if enemy is not None:
            empty.stage.apart.keep_apart(enemy, MAN)
        path, mark = await asked(empty, number), len(empty.entries())
        before = (await empty.officer.get(path)).json()
        offered = await done(empty.officer, path, "offer")
        (line,) = [e for e in empty.since(mark) if e.verb == "OFFER_REQUEST"]
        free = {id_of(his) for who, his in ((LISTENER, first), (SECOND, second)) if who != enemy}
        assert offered["offeredTo"] in free
        kept = await empty.record(Request, UUID(id_of(path)))
        assert not {n for n in (LISTENER, SECOND) if n in repr(dataclasses.asdict(kept)) or n in repr(line)}
        told = {k: v for k, v in offered.items() if k not in ("id", "offeredTo")}
        changed = [(c.kind, c.fields, len(line.sights)) for c in line.changes]
        seen.append(({k: v for k, v in before.items() if k != "id"}, told, changed, line.code))
        await done(empty.officer, path, "withdraw")
    assert seen[0] == seen[1] == seen[2]


async def test_when_nobody_is_left_it_is_not_said_why(empty: World) -> None:
    """Both are kept apart from him, or both are suspended: the same bytes, which are those of one who is named."""
    one, other = await night(empty)
    for enemy in (LISTENER, SECOND):
        empty.stage.apart.keep_apart(enemy, MAN)
    path = await asked(empty, 1)
    apart = [await moved(empty.officer, path, "offer"), await picked(empty, path, one)]
    empty.stage.apart = type(empty.stage.apart)()
    for each in (one, other):
        await done(empty.samaritan, each, "suspend", {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"})
    gone = [await moved(empty.officer, path, "offer"), await picked(empty, path, one)]
    assert codes(apart[0]) == ["NOT_AVAILABLE"]
    assert len({repr(observed(answer)) for answer in (*apart, *gone)}) == 1


async def test_unknown_is_never_nobody(empty: World) -> None:
    """The source cannot be reached, or knows none of them: no offer, by turn or by name, until whoever runs the prison
    tonight has looked himself. Not the officer of the wing; and once is enough. A call without a number is offered. One
    of whom alone it knows nothing is as little available as an enemy."""
    one, other = await night(empty)
    path = await asked(empty, 1)
    empty.stage.apart.reachable = False
    for answer in (await moved(empty.officer, path, "offer"), await picked(empty, path, one)):
        assert problem(answer) == (409, "conflict", [("CLEARED_YES_NEEDED", None)])
    empty.stage.apart.reachable, empty.stage.apart.unknown = True, {LISTENER}
    assert codes(await picked(empty, path, one)) == ["NOT_AVAILABLE"]
    assert (await done(empty.officer, path, "offer"))["offeredTo"] == id_of(other)
    await done(empty.officer, path, "answer", {"accepted": False})
    empty.stage.apart.unknown = {LISTENER, SECOND}
    assert codes(await moved(empty.officer, path, "offer")) == ["CLEARED_YES_NEEDED"]
    for name in ("officer", "staff", "coordinator", "governor"):
        assert (await empty[name].post(f"{path}/clear-offers", {}, tag='"x"')).status_code == 403
    assert (await empty.safer.post(f"{path}/clear-offers", {}, tag='"x"')).status_code == 404
    assert (await empty.oscar.post(f"{path}/clear-offers")).status_code == 428
    await done(empty.oscar, path, "clear-offers")
    assert codes(await moved(empty.oscar, path, "clear-offers")) == ["ALREADY_CLEARED"]
    assert (await done(empty.officer, path, "offer"))["state"] == "OFFERED"
    await done(empty.officer, path, "withdraw")
    nameless = await asked(empty, 2, recipient="Quincy Quagmire")
    assert (await done(empty.officer, nameless, "offer"))["state"] == "OFFERED"


async def test_nobody_is_told_elsewhere_who_asks(empty: World) -> None:
    """Whoever keeps non-associations is asked about all the supporters and about nobody else: whoever asks, and whether
    his number was said or not (rules 3 and 4); and where the rota names one of them, about the other too."""
    one, _ = await night(empty)
    for number, recipient in enumerate((WHO, "Quincy Quagmire", None)):
        empty.stage.apart.asked.clear()
        path = await asked(empty, number, recipient=recipient)
        await done(empty.officer, path, "offer")
        assert empty.stage.apart.asked == [LISTENER, SECOND]
        await done(empty.officer, path, "withdraw")
        if number == 0:
            await rostered(empty, one, (TONIGHT, Band.NIGHT))


@pytest.mark.parametrize("since", [{"standing": Standing.PAUSED}, {"certificate_expires_on": TONIGHT}])
async def test_a_rota_whose_only_man_cannot_come_shuts_nobody_out(empty: World, since: dict[str, Any]) -> None:
    """He rests since, or his certificate has ended: the others are asked as if nobody were on it."""
    one, other = await night(empty)
    await rostered(empty, one, (TONIGHT, Band.NIGHT))
    await empty.change(dataclasses.replace(await empty.record(Supporter, UUID(id_of(one))), **since))
    assert (await done(empty.officer, await asked(empty, 1), "offer"))["offeredTo"] == id_of(other)


async def test_what_was_offered_at_night_is_written_down_in_the_morning(empty: World) -> None:
    """By the rota of the hour in which it was offered (rule 18). A time to come is refused before anybody is looked
    for, whoever is named: else it would tell who is available, and no offer would be made (rule 11)."""
    one, other = await night(empty)
    await rostered(empty, one, (TONIGHT, Band.NIGHT))
    path = await asked(empty, 1)
    empty.stage.apart.keep_apart(MAN, SECOND)
    for who in (one, other):
        body = {"supporter": id_of(who), "occurredAt": "2027-06-01T00:00:00Z"}
        assert codes(await moved(empty.officer, path, "offer", body)) == ["IN_THE_FUTURE"]
    empty.at(datetime(2027, 1, 6, 7, 50, tzinfo=UTC))
    said = {"supporter": id_of(one), "occurredAt": "2027-01-06T02:20:00Z"}
    assert (await done(empty.officer, path, "offer", said))["late"]


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_every_answer_says_what_to_look_up_before_a_door_opens(empty: World) -> None:
    """With an enemy on the wing and without one, accepted or not: the same words, in the reader's language."""
    await night(empty)
    english, welsh = set[str](), set[str]()
    keys = iter(range(100))
    for enemy, accepted in ((None, True), (SECOND, True), (None, False), (SECOND, False)):
        if enemy is not None:
            empty.stage.apart.keep_apart(enemy, MAN)
        for language, heard in (("en", english), ("cy", welsh)):
            path = await asked(empty, next(keys))
            await done(empty.officer, path, "offer")
            body, spoken = {"accepted": accepted}, {"Accept-Language": language}
            told = (await moved(empty.officer, path, "answer", body, headers=spoken)).json()
            assert told["beforeYouUnlockLanguage"] == language
            heard.add(told["beforeYouUnlock"])
            await done(empty.officer, path, "withdraw")
        empty.stage.apart = type(empty.stage.apart)()
    assert english == {"Check non-associations in DPS before you unlock."}
    assert len(welsh) == 1
    assert not english & welsh


async def test_the_last_free_listener_is_never_offered_twice(empty: World) -> None:
    """Twenty calls at once for two men, three times over: two are offered, one to each, and the others wait."""
    one, other = await night(empty)
    for round in range(3):
        paths = [await asked(empty, 100 * round + n) for n in range(20)]
        tags = [await empty.officer.tag(path) for path in paths]
        answers = await asyncio.gather(
            *(empty.officer.post(f"{p}/offer", {}, tag=t) for p, t in zip(paths, tags, strict=True))
        )
        taken = [a.json()["offeredTo"] for a in answers if a.status_code == 200]
        assert sorted(taken) == sorted({id_of(one), id_of(other)})
        # One that lost every time is told to come again: nothing of it was kept.
        assert {a.status_code for a in answers} <= {200, 409, 503}
        for path in paths:
            await done(empty.officer, path, "withdraw")


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_an_offer_looks_as_often_however_many_serve(empty: World) -> None:
    """Among two Listeners and among twenty: the same few looks, in the same order. A look at each would cost most of an
    offer, and would say how many there are to whoever can time it."""
    one, _ = await night(empty)
    like = await empty.record(Supporter, UUID(id_of(one)))
    who = await empty.record(Person, like.person)
    looks: list[list[tuple[str, str]]] = []
    for number in range(2):
        path = await asked(empty, number)
        tag = await empty.officer.tag(path)
        before = len(empty.seen.calls)
        assert (await empty.officer.post(f"{path}/offer", {}, tag=tag)).status_code == 200
        looks.append(empty.seen.calls[before:])
        await done(empty.officer, path, "withdraw")
        if number == 0:
            await empty.keep(_further(who, like, 18))
    assert looks[0] == looks[1]
    assert len(looks[0]) < 12


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_the_rota_says_whose_turn_it_is_and_who_is_there(empty: World) -> None:
    """Of two, the one whom the rota asked least lately is asked; and once somebody is rostered tonight, he alone: his
    load was looked at when it was written, and whoever was there by day is not there."""
    one, other = await night(empty)
    (entry,) = await rostered(empty, one, (TONIGHT - timedelta(days=2), Band.PM))
    for number in range(4):
        path = await asked(empty, number)
        assert (await done(empty.officer, path, "offer"))["offeredTo"] == id_of(other)
        await done(empty.officer, path, "withdraw")
    nights = [(TONIGHT - timedelta(days=days), Band.NIGHT) for days in (0, 1, 3)]
    await rostered(empty, one, *nights)
    await rostered(empty, other, (TONIGHT, Band.PM))
    path = await asked(empty, 5)
    assert (await done(empty.officer, path, "offer"))["offeredTo"] == id_of(one)
    assert entry.state is RosterState.PUBLISHED


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_of_two_who_are_there_the_one_is_asked_whom_the_rota_asked_less_lately(empty: World) -> None:
    """In the seven days up to the call, on whatever band: of these alone their rota is read. Of a call that is written
    down after midnight they are its own seven days."""
    one, other = await night(empty)
    for who in (one, other):
        await rostered(empty, who, (TONIGHT, Band.NIGHT))
    for number, (busier, days, chosen) in enumerate(((one, 4, other), (other, 2, None), (other, 1, one))):
        await rostered(empty, busier, (TONIGHT - timedelta(days=days), Band.PM))
        path = await asked(empty, number)
        offered = (await done(empty.officer, path, "offer"))["offeredTo"]
        assert chosen is None or offered == id_of(chosen), days
        await done(empty.officer, path, "withdraw")
    tomorrow = TONIGHT + timedelta(days=1)
    for who in (one, other):
        await rostered(empty, who, (tomorrow, Band.NIGHT))
    for band in (Band.AM, Band.PM):  # seven days before who writes it down, and six before the call
        await rostered(empty, one, (tomorrow - timedelta(days=6), band))
    empty.at(datetime(2027, 1, 6, 23, 30, tzinfo=UTC))
    await tale.on_duty(empty)
    path = await asked(empty, 9)
    empty.at(datetime(2027, 1, 7, 0, 30, tzinfo=UTC))
    late = {"occurredAt": "2027-01-06T23:40:00Z"}
    assert (await done(empty.officer, path, "offer", late))["offeredTo"] == id_of(other)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_call_whose_time_is_over_holds_nobody(empty: World) -> None:
    """Nobody said how it ended: two days later he is asked for another, whether or not anybody has cleared it away."""
    one, _ = await night(empty)
    for number, (day, status) in enumerate(((6, 200), (6, 409), (8, 200))):
        empty.at(datetime(2027, 1, day, 2, 10, tzinfo=UTC))
        await tale.on_duty(empty)
        assert (await picked(empty, await asked(empty, number), one)).status_code == status


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_who_asks_names_whom_he_would_not_have_and_hears_nothing_of_it(empty: World) -> None:
    """An active one, a suspended one and one who never was: taken in the same bytes, but for the request's own id."""
    one, other = await night(empty)
    await done(empty.samaritan, other, "suspend", {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"})
    body = {k: v for k, v in tale.ASK.items() if k not in ("recipient", "prison")}
    heard: list[Any] = []
    for number, who in enumerate((id_of(one), id_of(other), str(uuid4()))):
        asking = {**body, "channel": "KIOSK_OR_LAPTOP", "notWanted": [who]}
        answer = await empty.arthur.post("/v1/requests", asking, key=f"kiosk-key-{number}")
        assert answer.status_code == 201
        heard.append({k: v for k, v in answer.json().items() if k != "id"})
    assert heard[0] == heard[1] == heard[2]
