"""How somebody becomes a supporter: taught with others, assessed, watched in practice, signed for by another,
certified; and what it means that a certificate ends."""

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from domain.supporters.record import Standing, Supporter
from domain.training.certificates import lapse
from tests.http import tale
from tests.http.cast import CAST, uid
from tests.http.furniture import supporter
from tests.http.places import MOORLAND, TODAY
from tests.http.tale import done, moved
from tests.http.world import World, codes, problem

COHORT = {"startsOn": "2026-11-23", "endsOn": "2026-12-04", "places": 2}


def uid_of(path: str) -> UUID:
    """The id at the end of a path."""
    return UUID(path.rpartition("/")[2])


async def accepted(world: World, scheme: str, who: str = "listener") -> str:
    """He applied, and both said yes: his path."""
    body = {"scheme": scheme.rpartition("/")[2], "wing": CAST[who].wing}
    path = (await world[who].post("/v1/supporters", body)).headers["location"]
    await tale.suited(world, path)
    await done(world.coordinator, path, "decide", {"verdict": "YES"})
    assert (await done(world.samaritan, path, "decide", {"verdict": "YES"}))["standing"] == "ACCEPTED"
    return path


async def made(world: World, by: str, path: str, body: dict[str, Any]) -> str:
    """It is made: its path."""
    answer = await world[by].post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def test_a_listener_is_taught_watched_signed_for_and_certified(empty: World) -> None:
    """Each gate names all that is missing: attendance, hours, modules, compact; contacts, days, a signature that is not
    the trainer's (S19, S20, F22, F23, F26, X20)."""
    scheme = await tale.scheme_approved(empty, "LISTENERS")
    path = await accepted(empty, scheme)
    id = path.rpartition("/")[2]
    for module in tale.LISTENING:
        skill = "COMMUNICATION" if module == "LISTENING" else "SPECIFIC_NEED"
        await made(empty, "samaritan", f"{scheme}/courses", {"module": module, "skill": skill, "hours": 4})
    extra = {"module": "WRITING_LETTERS", "skill": "PROBLEM_SOLVING", "hours": 2, "mandatory": False}
    await made(empty, "samaritan", f"{scheme}/courses", extra)
    cohort = await made(empty, "samaritan", f"{scheme}/cohorts", COHORT)
    assert (await done(empty.samaritan, cohort, "join", {"supporter": id}))["members"] == [id]
    assert (await empty.coordinator.get(path)).json()["standing"] == "IN_TRAINING"
    certificate = {"certificate": "SAM-2026-0117"}
    assert codes(await moved(empty.samaritan, path, "certify", certificate)) == [
        "MODULES_MISSING",
        "COMPACT_NOT_SIGNED",
        "ATTENDANCE_MISSING",
        "TRAINING_HOURS_MISSING",
    ]
    noted = {"supporter": id, "attended": "ATTENDED", "hours": 3}
    for n, module in enumerate(tale.LISTENING):
        empty.later(days=n % 2)  # two a day
        noted["heldOn"] = empty.now.date().isoformat()
        await made(empty, "samaritan", f"{cohort}/attendances", {**noted, "module": module})
    training = {"modulesPassed": tale.LISTENING, "compactSigned": True}
    await done(empty.coordinator, path, "train", training)
    assert codes(await moved(empty.samaritan, path, "certify", certificate)) == ["TRAINING_HOURS_MISSING"]
    own = {**noted, "module": "WRITING_LETTERS", "hours": 2}
    await made(empty, "samaritan", f"{cohort}/attendances", own)
    certified = await done(empty.samaritan, path, "certify", {**certificate, "level": "LEVEL-1"})
    assert (certified["standing"], certified["certificateExpiresOn"]) == ("PROBATION", "2029-11-25")
    (held,) = (await empty.listener.get(f"{path}/certificates")).json()["items"]
    assert (held["number"], held["level"], held["awardingBody"]) == ("SAM-2026-0117", "LEVEL-1", "SAMARITANS")
    assert codes(await moved(empty.coordinator, path, "activate")) == [
        "OBSERVED_CONTACTS_MISSING",
        "COMPETENCE_NOT_SIGNED",
        "PROBATION_NOT_OVER",
    ]
    watched = {"how": "OBSERVED", "contacts": 3, "notedFor": "2026-11-20"}
    practice = await made(empty, "samaritan", f"{path}/practice", watched)
    await made(empty, "samaritan", f"{path}/practice", {"how": "SHADOWED", "contacts": 1})
    assert (await empty.listener.get(practice)).json()["notedFor"] == "2026-11-01"
    counted = (await empty.samaritan.get(path)).json()
    assert (counted["observedContacts"], counted["shadowedContacts"]) == (3, 1)
    for trainer in ("samaritan", "coordinator"):
        refused = await empty[trainer].post(f"{path}/sign-offs", {"competence": "COMMUNICATION"})
        assert codes(refused) == ["SIGNED_BY_TRAINER"], trainer
    await tale.signed_off(empty, path)
    twice = await empty.safer.post(f"{path}/sign-offs", {"competence": "COMMUNICATION"})
    assert codes(twice) == ["ALREADY_SIGNED"]
    empty.later(days=28)
    assert (await done(empty.coordinator, path, "activate"))["standing"] == "ACTIVE"


async def test_a_module_that_was_not_passed_ends_training(empty: World) -> None:
    """By whoever certifies; then there is no way on, and he may apply again."""
    scheme = await tale.scheme_approved(empty, "LISTENERS")
    path = await accepted(empty, scheme)
    await done(empty.coordinator, path, "train", {"modulesPassed": ["LISTENING"]})
    for by, body, wrong in (
        ("coordinator", {"module": "BOUNDARIES"}, ["PARTNER_CERTIFIES"]),
        ("samaritan", {"module": "LISTENING"}, ["MODULE_PASSED"]),
        ("samaritan", {"module": "TURNING_PAGES"}, ["MODULE_UNKNOWN"]),
    ):
        assert codes(await moved(empty[by], path, "fail", body)) == wrong
    failed = await done(empty.samaritan, path, "fail", {"module": "BOUNDARIES"})
    assert (failed["standing"], failed["failedModule"]) == ("TRAINING_FAILED", "BOUNDARIES")
    assert codes(await moved(empty.coordinator, path, "train", {"compactSigned": True})) == ["STATE_TRAINING_FAILED"]
    body = {"scheme": scheme.rpartition("/")[2], "wing": "MDI-A"}
    assert (await empty.listener.post("/v1/supporters", body)).status_code == 201


async def test_bad_cohorts_are_field_errors(empty: World) -> None:
    """Days backwards, two at once, twice the same man, one of another scheme, a module that nobody teaches, a day on
    which it does not meet, hours without being there; and a full one is full."""
    scheme = await tale.scheme_approved(empty, "LISTENERS", pilotLimit=2, supportersWanted=4)
    path = await accepted(empty, scheme)
    id = path.rpartition("/")[2]
    cohorts = f"{scheme}/cohorts"
    backwards = await empty.samaritan.post(cohorts, {**COHORT, "endsOn": "2026-11-22"})
    assert problem(backwards)[2] == [("ENDS_BEFORE_START", "/endsOn")]
    one = await made(empty, "samaritan", cohorts, COHORT)
    other = await made(empty, "samaritan", cohorts, {**COHORT, "startsOn": "2026-12-04", "endsOn": "2026-12-11"})
    later = await made(empty, "samaritan", cohorts, {"startsOn": "2026-12-05", "endsOn": "2026-12-11", "places": 1})
    await done(empty.samaritan, one, "join", {"supporter": id})
    for cohort, body, wrong in (
        (one, {"supporter": id}, ("TWICE", "/supporter")),
        (other, {"supporter": id}, ("OVERLAPS_ANOTHER", "/supporter")),
        (one, {"supporter": str(uid("never-existed"))}, ("NOT_OF_THIS_SCHEME", "/supporter")),
    ):
        assert problem(await moved(empty.samaritan, cohort, "join", body))[2] == [wrong]
    await done(empty.samaritan, later, "join", {"supporter": id})
    second = await accepted(empty, scheme, "second-listener")
    full = await moved(empty.samaritan, later, "join", {"supporter": second.rpartition("/")[2]})
    assert codes(full) == ["COHORT_FULL"]
    good = {"supporter": id, "module": "LISTENING", "heldOn": "2026-11-23", "attended": "ATTENDED", "hours": 3}
    for changes, wrong in (
        ({"supporter": second.rpartition("/")[2]}, ("NOT_A_MEMBER", "/supporter")),
        ({"heldOn": "2026-11-22"}, ("OUTSIDE_THE_COHORT", "/heldOn")),
        ({"module": "JUGGLING"}, ("MODULE_UNKNOWN", "/module")),
        ({"attended": "ABSENT"}, ("HOURS_GO_WITH_ATTENDING", "/hours")),
        ({"hours": 0}, ("HOURS_GO_WITH_ATTENDING", "/hours")),
    ):
        answer = await empty.samaritan.post(f"{one}/attendances", {**good, **changes})
        assert problem(answer)[2] == [wrong]
    await made(empty, "samaritan", f"{one}/attendances", good)
    assert problem(await empty.samaritan.post(f"{one}/attendances", good))[2] == [("TWICE", "/heldOn")]
    long = {**good, "module": "BOUNDARIES", "hours": 11 - good["hours"]}
    assert problem(await empty.samaritan.post(f"{one}/attendances", long))[2] == [("MORE_THAN_A_DAY_HOLDS", "/hours")]
    await made(empty, "samaritan", f"{one}/attendances", {**long, "hours": 10 - good["hours"]})


async def test_a_certificate_is_awarded_once(empty: World) -> None:
    """A number that the body awarded before is a field error, for another man and for a refresher; so is one that has
    ended already."""
    scheme = await tale.scheme_approved(empty, "LISTENERS", pilotLimit=2, supportersWanted=4)
    path = await tale.trained(empty, scheme, "listener", "samaritan", tale.LISTENING)
    used = (await empty.samaritan.get(path)).json()["certificate"]
    other = await accepted(empty, scheme, "second-listener")
    await done(empty.coordinator, other, "train", {"modulesPassed": tale.LISTENING, "compactSigned": True})
    twice = await moved(empty.samaritan, other, "certify", {"certificate": used})
    assert problem(twice)[2] == [("CERTIFICATE_TWICE", "/certificate")]
    ended = await moved(empty.samaritan, path, "renew", {"certificate": used, "expiresOn": "2026-11-23"})
    assert problem(ended)[2] == [("CERTIFICATE_TWICE", "/certificate"), ("IN_THE_PAST", "/expiresOn")]


async def test_a_certificate_that_ends_takes_him_out_until_another_brings_him_back(empty: World) -> None:
    """On its last day he serves; on the next no offer is made to him, whether or not the timer has come round; then he
    has lapsed. A refresher is another certificate, and he is where he stood (F24, F25)."""
    _, (path, other) = await tale.listeners_open(empty)
    id, now = path.rpartition("/")[2], empty.now.date()
    await empty.change(dataclasses.replace(await empty.record(Supporter, uid_of(path)), certificate_expires_on=now))
    await tale.on_duty(empty)
    request = await tale.asked(empty)
    await done(empty.officer, request, "offer", {"supporter": id})
    await done(empty.officer, request, "withdraw")
    assert await lapse(service_begin(empty.house.runtime)) == 0
    empty.later(days=1)
    await tale.on_duty(empty)
    request = await tale.asked(empty, key="night-key-0002")
    assert codes(await moved(empty.officer, request, "offer", {"supporter": id})) == ["NOT_AVAILABLE"]
    assert await lapse(service_begin(empty.house.runtime)) == 1
    assert await lapse(service_begin(empty.house.runtime)) == 0
    assert (await empty.coordinator.get(path)).json()["standing"] == "LAPSED"
    assert (await empty.coordinator.get(other)).json()["standing"] == "ACTIVE"
    assert codes(await moved(empty.coordinator, path, "renew", {"certificate": "SAM-2027-1"})) == ["PARTNER_CERTIFIES"]
    meanwhile = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
    assert (await done(empty.oscar, path, "suspend", meanwhile))["standing"] == "SUSPENDED"
    (held,) = (await empty.imb.get(f"/v1/suspensions?supporter={id}")).json()["items"]
    suspension = f"/v1/suspensions/{held['id']}"
    await done(empty.safer, suspension, "review", {"finding": "NOTHING_FOUND"})
    for by in (empty.governor, empty.samaritan):
        await done(by, suspension, "decide", {"word": "LIFT", "reason": "NOTHING_WAS_FOUND"})
    assert (await empty.coordinator.get(path)).json()["standing"] == "LAPSED"
    back = await done(empty.samaritan, path, "renew", {"certificate": "SAM-2027-1", "expiresOn": "2027-04-01"})
    assert (back["standing"], back["certificate"]) == ("ACTIVE", "SAM-2027-1")
    held = (await empty.samaritan.get(f"{path}/certificates")).json()["items"]
    assert [(c["number"], c["inForce"]) for c in held] == [("SAM-2027-1", True), ("CERT-2026-listener", False)]


async def test_what_ends_within_90_days_is_one_list(empty: World) -> None:
    """Those in force that have ended or will: to the day, those first that end first; another partner reads his own."""
    scheme, (path, other) = await tale.listeners_open(empty)
    day = empty.now.date() + timedelta(days=90)
    ends = {"certificate": "SAM-2027-1", "expiresOn": day.isoformat()}
    await done(empty.samaritan, path, "renew", ends)
    later = {"certificate": "SAM-2027-2", "expiresOn": (day + timedelta(days=1)).isoformat()}
    await done(empty.samaritan, other, "renew", later)
    for name in ("samaritan", "coordinator", "governor", "imb", "hub"):
        items = (await empty[name].get("/v1/certificates")).json()["items"]
        assert [c["number"] for c in items] == ["SAM-2027-1"], name
    assert (await empty.facilitator.get("/v1/certificates")).json()["items"] == []
    (his,) = [i for i in (await empty.hub.get(f"{scheme}/team")).json()["items"] if i["certification"] == "EXPIRING"]
    assert his["supporter"] == path.rpartition("/")[2]
    empty.later(days=1)
    assert len((await empty.hub.get("/v1/certificates")).json()["items"]) == 2


@pytest.mark.parametrize("by", ["officer", "oscar", "safer", "governor", "hub", "imb", "peer-coordinator", "listener"])
async def test_who_trains_nobody(empty: World, by: str) -> None:
    """Coordinator and partner teach; others read, or do not even that. A supporter reads his own, and no other's."""
    scheme, (path, other) = await tale.listeners_open(empty)
    absent = 404 if by in ("peer-coordinator", "listener") else 403
    assert (await empty[by].post(f"{scheme}/cohorts", COHORT)).status_code == absent
    assert (await empty[by].post(f"{path}/renew", {"certificate": "SAM-2027-1"}, tag='"x"')).status_code == absent
    if by == "listener":
        assert (await empty[by].get(f"{path}/certificates")).status_code == 200
        assert (await empty[by].get(f"{other}/certificates")).status_code == 404


async def test_four_hundred_are_one_question_to_the_store(world: World) -> None:
    """Who could be asked, of ten and of four hundred, takes the same looks, and so does the next offer: gates are
    worked out of each record."""
    scheme = uid("scheme:listeners")
    await tale.on_duty(world)
    await world.safer.get("/v1/me")  # whoever calls for the first time is worked out first
    looks: list[Any] = []
    for more in (range(10), range(10, 400)):
        await world.keep(
            supporter(MOORLAND, f"supporter:crowd-{n}", "scheme:listeners", f"crowd-{n}", Standing.ACTIVE, **away(n))
            for n in more
        )
        world.seen.calls.clear()
        answer = await world.safer.get(f"/v1/schemes/{scheme}/eligible-supporters")
        asked = list(world.seen.calls)
        eligible = len(answer.json()["items"])
        world.seen.calls.clear()
        request = await tale.asked(world, key=f"night-key-{len(looks)}")
        await done(world.officer, request, "offer")
        looks.append((asked, [c for c in world.seen.calls if c[1] == "supporter"]))
        assert eligible == 3 + sum(1 for n in range(more.stop) if not away(n)), "all gates, and no page's end"
    assert looks[0] == looks[1]
    assert looks[0][0].count(("find", "supporter")) == 1


def away(n: int) -> dict[str, Any]:
    """Every third is away, every seventh has no certificate that holds."""
    given: dict[str, Any] = {}
    if n % 3 == 0:
        given["away"] = ("2026-11-20/..",)
    if n % 7 == 0:
        given["certificate_expires_on"] = TODAY - timedelta(days=1)
    return given
