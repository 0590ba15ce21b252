"""A request at night is not met. At its fixed hour it goes from the tables; conduct stays, for review by somebody who
had no part in it; and all of it is in an envelope that two people open outside (rules 2 and 6)."""

import base64
import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from api.wiring import windows
from api.work.bench import service_begin
from domain.confidentiality.about import ABOUT
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.oversight.record import Assignment
from domain.ports import Seal
from domain.records import KINDS
from domain.sessions import emptying, envelopes
from domain.sessions.conduct import Conduct
from domain.sessions.envelopes import Envelope
from domain.sessions.request import Request
from persistence.sealing import LENGTH, NotThisLayer, outside, plain_of, take_off, written
from tests.http import cast, tale
from tests.http.stores import MEMORY, MEMORY_FIRST, POSTGRESQL
from tests.http.tale import done, moved
from tests.http.world import World, actor_of, codes

PARTNER, ESTATE = X25519PrivateKey.generate(), X25519PrivateKey.generate()
SEAL: Seal = outside(written(PARTNER.public_key()), written(ESTATE.public_key())).seal
ASLEEP = {"code": "ASLEEP_CLAIMED", "alternative": "NONE"}
PUNISHED = {"code": "DENIED_AS_PUNISHMENT", "alternative": "NONE"}
READERS = ("safer", "governor", "imb", "inspector")


async def tick(world: World, seal: Seal | None = SEAL) -> int:
    """The fixed hour."""
    return await emptying.empty(lambda: service_begin(world.house.runtime), seal)


async def over(world: World, seal: Seal | None = SEAL) -> list[Conduct]:
    """The night is over, two hours too, and the timer has run."""
    world.later(hours=8)
    assert await tick(world, seal) > 0
    assert await tick(world, seal) == 0
    return await world.records(Conduct)


async def night(world: World) -> None:
    """Listeners, an officer on the wing, ten past two."""
    await tale.listeners_open(world)
    await tale.on_duty(world)


async def refused(world: World, body: dict[str, str] = ASLEEP, key: str = "night-key-0001", **asked: Any) -> str:
    """Somebody asks, and the officer refuses seven minutes later."""
    request = await tale.asked(world, key=key, **asked)
    world.later(minutes=7)
    await done(world.officer, request, "refuse", body)
    return request


def opened(envelope: Envelope, *keys: X25519PrivateKey) -> dict[str, Any]:
    """What is in it, by these keys, one after the other."""
    place = envelopes.place_of(envelope.id, envelope.prison, envelope.day)
    sealed = base64.b64decode(envelope.sealed)
    for key in keys:
        sealed = take_off(key, place, sealed)
    return json.loads(plain_of(sealed))


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_live_goes_at_its_hour_and_not_before(empty: World) -> None:
    """One second before the hour the request is there with the name; at the hour its row is gone, and its address is
    404 to the officer who typed it."""
    await night(empty)
    path = await refused(empty)
    (request,) = await empty.records(Request)
    empty.at(request.readable_until - timedelta(seconds=1))
    assert await tick(empty) == 0
    assert (await empty.officer.get(path)).json()["recipient"] == tale.ASK["recipient"]
    empty.later(seconds=1)
    assert await tick(empty) == 1
    assert await empty.records(Request) == []
    assert (await empty.officer.get(path)).status_code == 404
    (conduct,) = await empty.records(Conduct)
    assert (conduct.wing, conduct.at, conduct.code) == ("MDI-A", tale.NIGHT + timedelta(minutes=7), "ASLEEP_CLAIMED")
    assert (conduct.ended, conduct.coded_by, conduct.review) == ("REFUSED", actor_of("officer"), "WAITING")


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
@pytest.mark.parametrize(
    ("how", "ended", "code", "claimed", "review"),
    [
        (None, "EXPIRED", None, False, "WAITING"),
        ("withdraw", "WITHDRAWN", "WITHDRAWN_CLAIMED", True, "WAITING"),
        ("ASLEEP_CLAIMED", "REFUSED", "ASLEEP_CLAIMED", True, "WAITING"),
        ("DECLINED_CLAIMED", "REFUSED", "DECLINED_CLAIMED", True, "WAITING"),
        ("NOT_PASSED_ON", "REFUSED", "NOT_PASSED_ON", False, "WAITING"),
        ("OTHER_ASK_ME", "REFUSED", "OTHER_ASK_ME", False, "WAITING"),
        ("NIGHT_STATE", "REFUSED", "NIGHT_STATE", False, "NOT_NEEDED"),
    ],
)
async def test_each_way_of_not_being_met_leaves_conduct(
    empty: World, how: str | None, ended: str, code: str | None, claimed: bool, review: str
) -> None:
    """Refused, said to be withdrawn, or expired: each is unmet, and is there to be read. Claims and improper codes wait
    for a review, and what nobody answered at all; others do not."""
    await night(empty)
    request = await tale.asked(empty)
    if how == "withdraw":
        await done(empty.officer, request, "withdraw")
    elif how is not None:
        await done(empty.officer, request, "refuse", {"code": how, "alternative": "NONE"})
    (kept,) = await over(empty)
    shown = (await empty.safer.get(f"/v1/conduct-records/{kept.id}")).json()
    told = [shown[name] for name in ("ended", "code", "claimed", "review")]
    assert told == [ended, code, claimed, review]
    assert shown["codedBy"] == (None if how is None else str(actor_of("officer")))


@pytest.mark.parametrize("empty", [MEMORY], indirect=True)
async def test_what_the_mixer_is_given_is_coarse_and_says_unmet_of_a_claim(empty: World) -> None:
    """Prison, month, day or night, outcome, waits to five minutes: no id, no day, no wing, no minute (rule 1)."""
    await night(empty)
    await tale.met(empty, await tale.asked(empty, key="met-key-0001"))
    await refused(empty)
    await over(empty)
    assert {letter.box for letter in empty.seen.letters} == {"residue", "period"}
    letters = [letter.plain for letter in empty.seen.letters if letter.box == "residue"]
    assert sorted(letter["outcome"] for letter in letters) == ["MET", "UNMET"]
    (who,) = {letter["who"] for letter in letters}
    assert tale.ASK["recipient"] not in who
    here = {"prison": "MDI", "month": "2027-01", "part": "NIGHT", "who": who}
    met = next(letter for letter in letters if letter["outcome"] == "MET")
    assert met == {
        **here,
        "outcome": "MET",
        "minutes_to_offer": 0,
        "minutes_to_accept": 10,
        "minutes_to_unlock": 10,
        "minutes_in_all": 25,
    }


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_one_who_was_met_leaves_no_conduct(empty: World) -> None:
    """Only an envelope, for thirty days; of one that was not met for twelve months."""
    await night(empty)
    await tale.met(empty, await tale.asked(empty, key="met-key-0001"))
    assert await over(empty) == []
    (envelope,) = await empty.records(Envelope)
    assert (envelope.day, envelope.delete_on) == (date(2027, 1, 6), date(2027, 2, 5))


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_envelopes_are_deleted_on_their_day(empty: World) -> None:
    """Not the day before; the line in the ledger says how many, and which of them it does not."""
    await night(empty)
    await refused(empty)
    await over(empty)
    (envelope,) = await empty.records(Envelope)
    assert envelope.delete_on == date(2028, 1, 6)

    async def cleared() -> int:
        return await envelopes.delete_envelopes(service_begin(empty.house.runtime))

    empty.at(tale.NIGHT + timedelta(days=364))
    assert await cleared() == 0
    empty.later(days=1)
    assert await cleared() == 1
    assert await empty.records(Envelope) == []
    entry = empty.seen.entries[-1]
    assert (entry.nameless, [change.id for change in entry.changes]) == (True, [None])


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_without_keys_the_names_are_gone_for_good(empty: World) -> None:
    """No envelope is made; conduct is."""
    await night(empty)
    await refused(empty)
    assert len(await over(empty, None)) == 1
    assert await empty.records(Envelope) == []
    assert await empty.records(Request) == []


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_nothing_of_the_man_is_left_outside_the_envelope(empty: World) -> None:
    """After the batch no record of any kind holds his name, his cell, the id of the request, that of an envelope or a
    minute of his, but conduct the one of the refusal; nor does any line of the ledger hold an id of conduct or envelope
    (rule 2)."""
    _, supporters = await tale.listeners_open(empty)
    await tale.on_duty(empty)
    empty.later(minutes=1)
    path = await tale.asked(empty)
    await done(empty.officer, path, "offer")
    empty.later(minutes=3)
    await done(empty.officer, path, "answer", {"accepted": False})
    empty.later(minutes=4)
    await done(empty.officer, path, "refuse", ASLEEP)
    mark = len(empty.seen.entries)
    (conduct,) = await over(empty)
    (envelope,) = await empty.records(Envelope)
    minutes = ("02:11", "02:14")
    for kind in KINDS.values():
        for record in await empty.records(kind):
            told = str({name: str(getattr(record, name)) for name in kind.shape.fields})
            for secret in (tale.ASK["recipient"], tale.ASK["cell"], path.rpartition("/")[2]):
                assert secret not in told or kind.shape.kind == "ledger-line", (kind, secret)
            if kind is not KINDS["ledger-line"] and "2027-01-06" in told:
                assert not any(minute in told for minute in minutes), kind
    assert not {str(s.rpartition("/")[2]) for s in supporters} & {str(v) for v in _values(conduct)}
    for entry in empty.seen.entries:
        told = json.dumps(entry.as_json(), default=str)
        assert str(conduct.id) not in told
        assert str(envelope.id) not in told
    (batch,) = [entry for entry in empty.seen.entries[mark:] if entry.changes]
    assert batch.nameless
    assert batch.at.hour == batch.at.minute == 0
    assert {change.id for change in batch.changes} == {None}


def _values(conduct: Conduct) -> list[Any]:
    return [getattr(conduct, name) for name in conduct.shape.fields]


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_no_answer_to_anybody_holds_who_asked(empty: World) -> None:
    """Whoever reads conduct reads of the officer, and of nobody who asked or was asked; and of who typed the request
    not even he learns."""
    await night(empty)
    await refused(empty)
    (kept,) = await over(empty)
    for name in READERS:
        listed = await empty[name].get("/v1/conduct-records")
        one = await empty[name].get(f"/v1/conduct-records/{kept.id}")
        assert [item["id"] for item in listed.json()["items"]] == [one.json()["id"]] == [str(kept.id)]
        assert one.json()["notedBy"] is None
        for answer in (listed, one):
            for secret in (tale.ASK["recipient"], tale.ASK["cell"], "cy"):
                assert f'"{secret}"' not in answer.text
    for name in ("officer", "coordinator", "samaritan", "oscar"):
        assert (await empty[name].get("/v1/conduct-records")).status_code == 403
    assert (await empty.listener.get("/v1/conduct-records")).status_code == 404


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_both_halves_are_needed_and_in_turn(empty: World) -> None:
    """One private key alone opens nothing, the second before the first neither; both in turn give all of LIVE. All
    envelopes are of one length, whatever is in them."""
    await night(empty)
    await refused(empty)
    await refused(empty, key="night-key-0002", recipient="Al", language=None)
    await over(empty)
    both = await empty.records(Envelope)
    assert len({len(e.sealed) for e in both}) == 1
    assert len(base64.b64decode(both[0].sealed)) > LENGTH
    for keys in ((PARTNER,), (ESTATE,), (ESTATE, PARTNER), (PARTNER, PARTNER), (X25519PrivateKey.generate(), ESTATE)):
        with pytest.raises(NotThisLayer):
            opened(both[0], *keys)
    read = sorted((opened(e, PARTNER, ESTATE) for e in both), key=lambda each: each["recipient"])
    assert [each["recipient"] for each in read] == ["Al", tale.ASK["recipient"]]
    assert read[1]["cell"] == tale.ASK["cell"]
    assert read[1]["refused_by"] == str(actor_of("officer"))
    assert set(read[0]) == set(Request.shape.fields) - {"version"}
    elsewhere = dataclasses.replace(both[0], prison="LEI")
    with pytest.raises(NotThisLayer):
        opened(elsewhere, PARTNER, ESTATE)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_window_is_opened_outside_by_two_holders(empty: World, tmp_path: Path) -> None:
    """An operator hands out whole days, and the ledger says which envelopes; each holder takes his layer off in a file
    of his own; only the second's can be read. A day without any gives an empty window."""
    await night(empty)
    await refused(empty)
    await over(empty)
    begin = service_begin(empty.house.runtime, client="operator", verb=Verb.HAND_OUT_WINDOW)
    window = await envelopes.hand_out(begin, "MDI", date(2027, 1, 5), date(2027, 1, 6))
    (envelope,) = await empty.records(Envelope)
    assert window.envelopes == (envelope,)
    entry = empty.last
    assert (entry.verb, entry.client, entry.prison) == ("HAND_OUT_WINDOW", "operator", "MDI")
    assert [(sight.ids, sight.fields) for sight in entry.sights] == [((envelope.id,), ())]
    handed, half, read = (tmp_path / name for name in ("window", "half", "read"))
    windows.write_window(handed, window)
    with pytest.raises(windows.CannotOpen):
        windows.open_window(handed, [ESTATE], half)
    assert windows.open_window(handed, [PARTNER], half) == (1, 1)
    with pytest.raises(windows.CannotOpen):
        windows.open_window(half, [PARTNER], read)
    for file in (handed, half):
        assert tale.ASK["recipient"] not in file.read_text()
    assert windows.open_window(half, [ESTATE], read) == (1, 0)
    assert json.loads(read.read_text())["request"]["recipient"] == tale.ASK["recipient"]
    with pytest.raises(windows.CannotOpen):
        windows.open_window(half, [ESTATE], read)
    nobody = await envelopes.hand_out(begin, "MDI", date(2027, 1, 1), date(2027, 1, 2))
    assert nobody.envelopes == ()


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_review_is_anothers(empty: World) -> None:
    """Overdue when seven days are over; then the monitoring board says in a code what it found, once."""
    await night(empty)
    await refused(empty)
    (kept,) = await over(empty)
    path = f"/v1/conduct-records/{kept.id}"
    empty.at(kept.at + timedelta(days=7))
    assert (await empty.safer.get(path)).json()["overdue"] is False
    empty.later(days=1)
    assert (await empty.safer.get(path)).json()["overdue"] is True
    assert (await moved(empty.inspector, path, "review", {"verdict": "IT_WAS_SO"})).status_code == 403
    said = await done(empty.imb, path, "review", {"verdict": "IT_WAS_NOT_SO"})
    told = [said[name] for name in ("review", "verdict", "reviewedBy", "claimed", "overdue")]
    assert told == ["REVIEWED", "IT_WAS_NOT_SO", str(actor_of("imb")), True, False]
    assert codes(await moved(empty.safer, path, "review", {"verdict": "IT_WAS_SO"})) == ["STATE_REVIEWED"]
    listed = (await empty.safer.get("/v1/conduct-records?review=WAITING")).json()["items"]
    assert listed == []


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_nobody_reads_or_reviews_what_he_did_himself(empty: World) -> None:
    """The officer is acting head of safer custody the next day: item, list and review are as if it had never been.
    What whoever reviews did goes up, past safer custody and governor, to the monitoring board (rule 6)."""
    await night(empty)
    await refused(empty)
    (kept,) = await over(empty)
    mine = dataclasses.replace(kept, coded_by=actor_of("safer"))
    await empty.change(mine)
    path = f"/v1/conduct-records/{kept.id}"
    never = "/v1/conduct-records/00000000-0000-4000-8000-00000000dead"
    for gone in (path, never):
        assert (await empty.safer.get(gone)).status_code == 404
        answer = await empty.safer.post(f"{gone}/review", {"verdict": "IT_WAS_SO"}, tag='"x"')
        assert answer.status_code == 404
    assert (await empty.safer.get(path)).content == (await empty.safer.get(never)).content
    assert (await empty.safer.get("/v1/conduct-records")).json()["items"] == []
    assert (await empty.governor.get(path)).status_code == 200
    await empty.change(dataclasses.replace(kept, noted_by=actor_of("governor")))
    assert (await empty.governor.get(path)).status_code == 404
    assert (await empty.safer.get(path)).status_code == 200
    await empty.change(dataclasses.replace(kept, goes_up=True))
    for name, status in (("safer", 404), ("governor", 404), ("imb", 200), ("inspector", 200)):
        assert (await empty[name].get(path)).status_code == status
        assert len((await empty[name].get("/v1/conduct-records")).json().get("items", [])) == (status == 200)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
@pytest.mark.parametrize("role", [Role.SAFER_CUSTODY, Role.GOVERNOR, Role.COORDINATOR])
async def test_what_a_reviewer_did_goes_up(empty: World, role: Role) -> None:
    """Where the officer holds a reviewer's role besides, neither safer custody nor governor reaches what he did."""
    await night(empty)
    await refused(empty)
    held = next(a for a in await empty.records(Assignment) if a.role is role and a.prison == "MDI")
    await empty.keep([dataclasses.replace(held, id=UUID(int=77), version=0, holder=actor_of("officer"))])
    (kept,) = await over(empty)
    up = role is not Role.COORDINATOR
    assert kept.goes_up is up
    assert (await empty.safer.get(f"/v1/conduct-records/{kept.id}")).status_code == (404 if up else 200)
    assert (await empty.imb.get(f"/v1/conduct-records/{kept.id}")).status_code == 200


@pytest.mark.parametrize(("role", "up"), [(Role.SAFER_CUSTODY, True), (Role.MONITORING_BOARD, False)])
async def test_who_cleared_the_offer_does_not_review_what_came_of_it(empty: World, role: Role, up: bool) -> None:
    """He ran the prison that night, and is of those who review the next day: it goes up past his colleagues; and
    wherever he reviews, he does not reach it."""
    await night(empty)
    path = await tale.asked(empty)
    await done(empty.oscar, path, "clear-offers")
    await done(empty.officer, path, "refuse", {"code": "ASLEEP_CLAIMED", "alternative": "NONE"})
    held = next(a for a in await empty.records(Assignment) if a.role is role and a.prison == "MDI")
    mine = cast.principal("oscar")
    whose = {"holder": actor_of("oscar"), "issuer": mine.issuer, "subject": mine.subject}
    await empty.keep([dataclasses.replace(held, id=UUID(int=78), version=0, **whose)])
    (kept,) = await over(empty)
    assert (kept.cleared_by, kept.goes_up) == (actor_of("oscar"), up)
    own = f"/v1/conduct-records/{kept.id}"
    for who, status in ((empty.oscar, 404), (empty.safer, 404 if up else 200), (empty.imb, 200)):
        assert (await who.get(own)).status_code == status


async def test_a_code_of_nobodys_goes_up(empty: World) -> None:
    """An earlier release took the names out where the request stood: whoever gave the code may be any of those who
    review."""
    await night(empty)
    await refused(empty)
    (request,) = await empty.records(Request)
    emptied = {"author": None, "refused_by": None, "recipient": None, "cell": None, "offered_to": None}
    await empty.change(dataclasses.replace(request, declined_by=(), **emptied))
    (kept,) = await over(empty)
    assert (kept.coded_by, kept.review, kept.goes_up) == (None, "WAITING", True)


async def test_an_envelope_holds_whom_he_would_not_have(empty: World) -> None:
    """As ids, as all else in it is: what is sealed cannot be mended."""
    await night(empty)
    await tale.asked(empty, notWanted=[str(UUID(int=5))])
    await over(empty)
    (envelope,) = await empty.records(Envelope)
    said = opened(envelope, PARTNER, ESTATE)
    assert (said["not_wanted"], said["declined_by"]) == ([str(UUID(int=5))], [])


async def test_an_envelope_has_no_address(empty: World) -> None:
    """No operation is about envelopes, and no act of any role reaches one: the kind is in no line of the policy."""
    assert "envelope" not in {facts.kind for facts in ABOUT.values()}
    await night(empty)
    await refused(empty)
    await over(empty)
    (envelope,) = await empty.records(Envelope)
    for name in ("safer", "governor", "imb", "officer", "coordinator"):
        assert (await empty[name].get(f"/v1/envelopes/{envelope.id}")).status_code == 404
