"""A kind that nobody programmed: made by headquarters, published by a second person, run in a prison with its own gates
and its own limits; a prison's variant; and the Red Cross in Ireland, over HTTP (S4, F10, rule 27).
"""

from typing import Any

import pytest

from api.work.bench import service_begin
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.roles import Role
from domain.feedback.mixing import mix
from domain.feedback.record import Feedback
from domain.schemes.made import KindVersion
from domain.schemes.record import Scheme
from tests.http import tale
from tests.http.cast import CAST, person, uid
from tests.http.joining import join
from tests.http.tale import changes, done, moved
from tests.http.world import World, codes, observed, problem

PANEL: dict[str, Any] = {
    "title": "Readers' panel",
    "purpose": "People who read well review what the prison gives others to read.",
    "purposePlain": "Help to make notices and forms easy to read.",
    "supportTypes": ["EDUCATION"],
    "stageOfSentence": ["SETTLED"],
    "recordLevel": "CODED",
    "holds": ["OPEN", "OPERATIONAL", "PARTICIPATION"],
    "toldToNewcomers": "The panel keeps no names of who asked it for help.",
    "toldPlain": "We keep no names.",
    "partner": "NATIONAL_LITERACY",
    "certifiedBy": "NATIONAL_LITERACY",
    "modules": ["PLAIN_WORDS", "TESTING_WITH_READERS"],
    "observedContacts": 1,
    "probationDays": 14,
}


async def published(world: World, by: str, second: str, lead: str | None = None, **body: Any) -> str:
    """A version made by one, confirmed by its partner's lead and published by another: its path."""
    made = await world[by].post("/v1/kind-versions", body)
    assert made.status_code == 201, made.text
    # With the tag that making it gave: what is made and what is read are the same.
    alone = await world[by].post(f"{made.headers['location']}/publish", tag=made.headers["etag"])
    waits = ["SECOND_PERSON_NEEDED", *([] if lead is None else ["PARTNER_NEEDED"])]
    assert codes(alone) == waits
    if lead is not None:
        assert codes(await moved(world[second], made.headers["location"], "publish")) == ["PARTNER_NEEDED"]
        await done(world[lead], made.headers["location"], "confirm")
    await done(world[second], made.headers["location"], "publish")
    return made.headers["location"]


async def test_a_kind_that_nobody_programmed_runs_from_the_idea_to_the_first_supporter(empty: World) -> None:
    """Headquarters makes it and another of headquarters publishes it; a prison starts a scheme of it; a supporter goes
    through *its* modules, *its* observed contact and *its* fourteen days; and what it may not hold is refused."""
    await join(empty, "second-headquarters", Role.HEADQUARTERS, prison=None)
    body = {"code": "READERS_PANEL", "base": "SHANNON_TRUST", "sheet": PANEL}
    early = await empty.coordinator.post("/v1/schemes", {"kind": "READERS_PANEL", "name": "Panel", "prison": "MDI"})
    assert problem(early) == (422, "unacceptable", [("KIND_UNKNOWN", "/kind")])
    partner = {"organisation": "NATIONAL_LITERACY", "kind": PrincipalKind.PARTNER}
    await join(empty, "literacy-lead", Role.PARTNER_LEAD, prison=None, **partner)  # type: ignore[arg-type]
    await published(empty, "headquarters", "second-headquarters", "literacy-lead", **body)
    shown = (await empty.arthur.get("/v1/kinds/READERS_PANEL")).json()
    assert (shown["version"], shown["prison"], shown["title"]) == (1, None, "Readers' panel")
    plan = {"howToAsk": "Ask in the library.", "reviewOn": "2027-12-01"}
    scheme = await tale.scheme_approved(empty, "READERS_PANEL", **plan)
    made = (await empty.coordinator.get(scheme)).json()
    assert (made["kindVersion"], made["organisation"], made["closed"]) == (1, "NATIONAL_LITERACY", False)
    assert (made["supportTypes"], made["stageOfSentence"]) == (["EDUCATION"], ["SETTLED"])
    panel = {"role": Role.PARTNER_VOLUNTEER, "organisation": "NATIONAL_LITERACY", "kind": PrincipalKind.PARTNER}
    await join(empty, "literacy", **panel)  # type: ignore[arg-type]
    applied = await empty.arthur.post("/v1/supporters", {"scheme": made["id"], "wing": "MDI-A"})
    path = applied.headers["location"]
    await tale.suited(empty, path)
    await done(empty.coordinator, path, "decide", {"verdict": "YES"})
    await done(empty["literacy"], path, "decide", {"verdict": "YES"})
    wrong = await moved(empty.coordinator, path, "train", {"modulesPassed": ["TURNING_PAGES"]})
    assert problem(wrong)[2] == [("MODULE_UNKNOWN", "/modulesPassed")]
    await done(empty.coordinator, path, "train", {"modulesPassed": ["PLAIN_WORDS"], "compactSigned": True})
    certificate = {"certificate": "NL-2026-1"}
    assert codes(await moved(empty["literacy"], path, "certify", certificate)) == ["MODULES_MISSING"]
    assert codes(await moved(empty.coordinator, path, "certify", certificate)) == [
        "MODULES_MISSING",
        "PARTNER_CERTIFIES",
    ]
    await done(empty.coordinator, path, "train", {"modulesPassed": ["TESTING_WITH_READERS"]})
    await done(empty["literacy"], path, "certify", certificate)
    gates = ["OBSERVED_CONTACTS_MISSING", "COMPETENCE_NOT_SIGNED", "PROBATION_NOT_OVER"]
    assert codes(await moved(empty.coordinator, path, "activate")) == gates
    await tale.signed_off(empty, path)
    await tale.watched(empty, path, "coordinator", 1)
    empty.later(days=13)
    assert codes(await moved(empty.coordinator, path, "activate")) == ["PROBATION_NOT_OVER"]
    empty.later(days=1)
    assert (await done(empty.coordinator, path, "activate"))["standing"] == "ACTIVE"
    assert (await done(empty.coordinator, scheme, "open"))["state"] == "PILOT"
    said = {"scheme": made["id"], "rating": 5, "anonymous": True}
    refused = await empty.ben.post("/v1/feedback", {**said, "words": "Clear at last."})
    assert problem(refused) == (422, "unacceptable", [("MAY_NOT_BE_HELD", "/words")])
    assert (await empty.ben.post("/v1/feedback", said)).status_code == 201
    empty.later(days=7)
    await mix(lambda: service_begin(empty.house.runtime))
    (kept,) = await empty.records(Feedback)
    assert kept.words is None


async def test_who_asks_is_heard_by_a_scheme_whose_kind_was_made_here(empty: World) -> None:
    """A prison's own closed variant of Listeners answers who asks for emotional support, names nobody, and takes its
    supporters' tallies: no rule looks for a kind by its name."""
    quiet = {"title": "Listeners, young adults", "probationDays": 42}
    body = {"code": "YOUNG_LISTENERS", "prison": "MDI", "base": "LISTENERS", "sheet": quiet}
    await published(empty, "safer", "governor", **body)
    plan = {"howToAsk": "Ask any officer.", "reviewOn": "2027-12-01"}
    scheme = await tale.scheme_approved(empty, "YOUNG_LISTENERS", **plan)
    for_night = {"title": "At night", "measure": "REACHED_IN_TARGET_AT_NIGHT"}
    judged = await empty.coordinator.post(f"{scheme}/objectives", for_night)
    assert judged.status_code == 201, "a variant is judged by its base's measures"
    reading = await empty.coordinator.post(f"{scheme}/objectives", {**for_night, "measure": "MANUALS_FINISHED"})
    assert problem(reading)[2] == [("MEASURE_NOT_FOR_THIS_KIND", "/measure")]
    said = {"title": "In time at night"}
    path = judged.headers["location"]
    assert (await empty.coordinator.patch(path, said, tag=await empty.coordinator.tag(path))).status_code == 200
    supporter = await tale.trained(empty, scheme, "listener", "samaritan", tale.LISTENING)
    empty.later(days=28)
    assert codes(await moved(empty.coordinator, supporter, "activate")) == ["PROBATION_NOT_OVER"]
    empty.later(days=14)
    await done(empty.coordinator, supporter, "activate")
    assert (await done(empty.coordinator, scheme, "open"))["closed"] is True
    await tale.on_duty(empty)
    request = await tale.asked(empty)
    heard = (await empty.officer.get(request)).json()
    assert (heard["scheme"], heard["closed"], heard["person"]) == (scheme.rpartition("/")[2], True, None)
    offered = await done(empty.officer, request, "offer")
    assert offered["offeredTo"] == supporter.rpartition("/")[2]
    tally = {**tale.TALLY, "month": "2027-01"}
    assert (await empty.listener.post("/v1/tallies", tally, key="tally-key-0001")).status_code == 201
    words = {"scheme": scheme.rpartition("/")[2], "rating": 5, "words": "He listened."}
    assert codes(await empty.ben.post("/v1/feedback", words)) == ["MAY_NOT_BE_HELD"]


async def test_a_variant_that_loosens_is_told_every_reason(world: World) -> None:
    """A closed policy opened, a class more, a prohibition and a probation less: each by code and place; nothing kept,
    and a line."""
    loose = {
        "title": "Listeners who tell",
        "closedPolicy": False,
        "holds": ["OPEN", "OPERATIONAL", "PARTICIPATION", "SEALED", "WELLBEING", "CONTENT"],
        "prohibitedTasks": ["GIVE_ADVICE"],
        "probationDays": 7,
    }
    body = {"code": "TELLING_LISTENERS", "prison": "MDI", "base": "LISTENERS", "sheet": loose}
    answer = await world.safer.post("/v1/kind-versions", body)
    status, code, failures = problem(answer)
    assert (status, code) == (422, "unacceptable")
    assert {
        ("POLICY_CHANGED", "/sheet/closedPolicy"),
        ("HOLDS_MORE", "/sheet/holds"),
        ("PROHIBITION_DROPPED", "/sheet/prohibitedTasks"),
        ("FLOOR_DROPPED", "/sheet/prohibitedTasks"),
        ("PROBATION_SHORTENED", "/sheet/probationDays"),
    } <= set(failures)
    assert world.seen.kept == []
    assert changes(world)[-1][2:4] == ("CREATE_SCHEME_KIND", "MALFORMED")


@pytest.mark.parametrize("wrong", ["WASH_AND_DRESS", "intimate_care", 7])
async def test_no_new_word_smuggles_a_task_in(world: World, wrong: object) -> None:
    """Tasks are closed words: what is not agreed nationally cannot be permitted under another name."""
    sheet = {"title": "Buddies", "permittedTasks": ["CLEAN_CELL", wrong]}
    body = {"code": "CARE_BUDDIES", "prison": "MDI", "base": "SOCIAL_CARE_BUDDIES", "sheet": sheet}
    answer = await world.safer.post("/v1/kind-versions", body)
    assert (problem(answer)[0], problem(answer)[2][0][1]) == (422, "/sheet/permittedTasks/1")


async def test_a_variant_is_its_own_prison_s(world: World) -> None:
    """To everybody of another prison or jurisdiction it is the kind that never was: in the catalogue, by its code, as a
    version, and for a scheme."""
    name = str(uid("scheme-kind:published"))
    mine = (await world.officer.get("/v1/kinds")).json()["items"]
    assert [k["prison"] for k in mine if k["code"] == "FIRST_NIGHT"] == ["MDI"]
    await published(
        world, "safer", "governor", code="ONLY_HERE", prison="MDI", base="INSIDERS", sheet={"title": "Only here"}
    )
    for who in ("far-officer", "far-safer", "far-man", "irish-officer", "irish-headquarters"):
        theirs = await world[who].get("/v1/kinds")
        assert "ONLY_HERE" not in theirs.text
        assert '"MDI"' not in theirs.text
        here, never = [await world[who].get(f"/v1/kinds/{code}") for code in ("ONLY_HERE", "NEVER_WAS")]
        assert observed(here) == observed(never)
    assert (await world["far-safer"].get(f"/v1/kind-versions/{name}")).status_code == 404
    body = {"kind": "ONLY_HERE", "name": "There", "prison": "LEI"}
    unknown = await world["far-coordinator"].post("/v1/schemes", {**body, "kind": "NEVER_WAS"})
    assert observed(await world["far-coordinator"].post("/v1/schemes", body)) == observed(unknown)
    assert problem(unknown) == (422, "unacceptable", [("KIND_UNKNOWN", "/kind")])
    assert "ONLY_HERE" in (await world.headquarters.get("/v1/kind-versions?limit=100")).text


async def test_a_scheme_keeps_its_version_when_the_next_is_published(world: World) -> None:
    """The version is on the scheme; an old one stays readable; the catalogue shows the new one alone."""
    plan = {"kind": "FIRST_NIGHT", "name": "First night", "prison": "MDI"}
    first = (await world.coordinator.post("/v1/schemes", plan)).json()
    await done(world.governor, f"/v1/kind-versions/{uid('scheme-kind')}", "publish")
    second = (await world.coordinator.post("/v1/schemes", plan)).json()
    assert (first["kindVersion"], second["kindVersion"]) == (1, 2)
    old = (await world.safer.get(f"/v1/kind-versions/{uid('scheme-kind:published')}")).json()
    assert (old["state"], old["withdrawnOn"], old["sheet"]["probationDays"]) == ("WITHDRAWN", "2026-11-23", 35)
    shown = [k for k in (await world.officer.get("/v1/kinds")).json()["items"] if k["code"] == "FIRST_NIGHT"]
    assert [k["version"] for k in shown] == [2]
    kept = {s.kind_version for s in await world.records(Scheme) if s.kind == "FIRST_NIGHT"}
    assert kept == {1, 2}
    assert len(await world.records(KindVersion, code="FIRST_NIGHT", state="PUBLISHED", prison="MDI")) == 1


# --- rule 27: Ireland -------------------------------------------------------------------------------------------------


async def test_the_red_cross_in_mountjoy_from_draft_to_live(empty: World) -> None:
    """An Irish scheme with PRIS numbers: started, approved, its volunteer accepted by prison and society, trained,
    certified, active, open. What its pack lacks is refused, and England and Wales sees none of it."""
    here = {"prison": "MJY", "organisation": "IPS", "jurisdiction": "IE"}
    for who, role in (("irish-governor", Role.GOVERNOR), ("irish-safer", Role.SAFER_CUSTODY)):
        await join(empty, who, role, **here)  # type: ignore[arg-type]
    society = {**here, "organisation": "IRISH_RED_CROSS", "kind": PrincipalKind.PARTNER}
    await join(empty, "red-cross", Role.PARTNER_VOLUNTEER, **society)  # type: ignore[arg-type]
    clerk = empty["irish-coordinator"]
    body = {"kind": "RED_CROSS_VOLUNTEERS", "name": "Red Cross, C division", "prison": "MJY"}
    plan = {"howToAsk": "Ask the nurse.", "reviewOn": "2027-06-01"}
    for lacking in ("LISTENERS", "INSIDERS", "SHANNON_TRUST"):
        refused = await clerk.post("/v1/schemes", {**body, "kind": lacking})
        assert problem(refused) == (422, "unacceptable", [("KIND_UNKNOWN", "/kind")])
    made = await clerk.post("/v1/schemes", {**body, **plan})
    assert (made.status_code, made.json()["jurisdiction"]) == (201, "IE")
    scheme, id = made.headers["location"], made.json()["id"]
    await tale.chartered(empty, scheme)
    await done(empty["irish-governor"], scheme, "approve")
    apply = {"scheme": id, "wing": "MJY-C", "name": "Iarla Quigley"}
    english = await clerk.post("/v1/supporters", {**apply, "identifier": "A1234BC"})
    assert problem(english) == (422, "unacceptable", [("IDENTIFIER", "/identifier")])
    applied = await clerk.post("/v1/supporters", {**apply, "identifier": CAST["irish-man"].number})
    assert applied.json()["person"] == str(person("irish-man"))
    supporter = applied.headers["location"]
    await join(empty, "irish-security", Role.SECURITY, prison="MJY", organisation="IPS", jurisdiction="IE")
    await tale.suited(empty, supporter, security="irish-security", by="irish-coordinator")
    for side in ("irish-coordinator", "red-cross"):
        await done(empty[side], supporter, "decide", {"verdict": "YES"})
    modules = ["COMMUNITY_HEALTH", "FIRST_AID", "INFECTION_CONTROL", "RUNNING_A_PROJECT"]
    training = {"modulesPassed": modules, "compactSigned": True}
    await done(clerk, supporter, "train", training)
    await tale.watched(empty, supporter, "irish-coordinator", 2)
    await done(empty["red-cross"], supporter, "certify", {"certificate": "IRC-2026-1"})
    await tale.signed_off(empty, supporter, by="irish-safer")
    empty.later(days=28)
    await done(clerk, supporter, "activate")
    assert (await done(clerk, scheme, "open"))["state"] == "PILOT"
    asked = {"need": "HEALTH_ADVICE", "channel": "PAPER_APP", "urgency": "ROUTINE", "wing": "MJY-C", "prison": "MJY"}
    one_to_one = await empty["irish-officer"].post("/v1/requests", asked, key="irish-key-0001")
    assert problem(one_to_one) == (422, "unacceptable", [("KIND_DOES_NOT_ALLOW", "/need")])
    induction = {
        "scheme": id,
        "supporter": supporter.rpartition("/")[2],
        "wing": "MJY-C",
        "arrivedAt": "2026-12-20T19:30:00Z",
        "seenAt": "2026-12-20T20:15:00Z",
        "checklist": [],
        "toldPolicy": True,
    }
    assert codes(await clerk.post("/v1/inductions", induction)) == ["KIND_DOES_NOT_ALLOW"]
    for path in (scheme, supporter):
        for name in ("headquarters", "inspector", "coordinator", "governor"):
            unseen = await empty[name].get(path)
            assert unseen.status_code in (403, 404)
            assert observed(unseen) == observed(await empty[name].get(path.rpartition("/")[0] + f"/{uid('never')}"))
    for path in ("/v1/schemes?limit=100", "/v1/kinds", "/v1/kind-versions", "/v1/exceptions"):
        told = (await empty.headquarters.get(path)).text
        assert "MJY" not in told
        assert "RED_CROSS" not in told
    assert [s["id"] for s in (await empty["irish-headquarters"].get("/v1/schemes")).json()["items"]] == [id]


async def test_an_irish_kind_of_what_ireland_has_not_is_refused(empty: World) -> None:
    """A tally, a one-to-one record, an ACCT: KIND_DOES_NOT_ALLOW, each at its place."""
    sheet = {
        "title": "Listeners of Ireland",
        "closedPolicy": True,
        "contact": "TALLY",
        "recordLevel": "COUNT_ONLY",
        "recipientIdentity": "UNTIL_BAND_END",
        "holds": ["OPEN", "OPERATIONAL", "PARTICIPATION", "SEALED"],
        "debrief": {"after": "ROSTERED_BAND", "withinHours": 24},
        "eligibility": [
            {"rule": "ACCT_OPEN", "weight": "REVIEW", "parameter": None},
            {"rule": "SECURITY_CLEARANCE", "weight": "HARD", "parameter": 12},
        ],
        "observedContacts": 3,
    }
    body = {"code": "IRISH_LISTENERS", "base": "RED_CROSS_VOLUNTEERS", "sheet": sheet}
    answer = await empty["irish-headquarters"].post("/v1/kind-versions", body)
    assert problem(answer)[2] == [
        ("KIND_DOES_NOT_ALLOW", "/sheet/contact"),
        ("KIND_DOES_NOT_ALLOW", "/sheet/eligibility/0/rule"),
    ]
