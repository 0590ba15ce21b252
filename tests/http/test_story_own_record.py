"""Scenario 11: a supporter reads what is recorded of him and who may see it; over HTTP, in easy read."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from api.printing.own import CLASSES, RECORDS, ROLES
from domain.confidentiality.classification import Classification
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band, span
from domain.own.record import reads, who_sees
from domain.schemes.kinds import SHANNON_TRUST
from domain.supporters.record import Standing, Supporter
from tests.http.cast import CAST, START, uid
from tests.http.world import World, observed

OWN = f"/v1/supporters/{uid('supporter:mentor')}/own-record"


async def own(world: World, path: str = OWN, name: str = "mentor", language: str = "en") -> Any:
    """His own view."""
    answer = await world[name].get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Language"] == language
    return answer.json()


async def test_a_supporter_reads_what_is_recorded_of_him_in_plain_words(world: World) -> None:
    """Name, role, since when, certificate, pay: a sentence each."""
    told = await own(world)
    assert f"Your name here is {CAST['mentor'].full_name}." in told["sentences"]
    assert "You are active." in told["sentences"]
    assert "Your certificate is CERT-2026-0001." in told["sentences"]
    assert told["certificates"][0]["awardedBy"] == "SHANNON_TRUST"
    (signed,) = told["signOffs"]
    assert signed["sentence"].endswith("somebody signed that you can do this: listen and talk.")
    assert told["pay"][0]["sentence"] == "In the week of 16 November 2026 you were paid £7.05."
    assert max(len(sentence.split()) for sentence in told["sentences"]) <= 12


async def test_his_load_is_the_published_rota_s_and_no_contact_s(world: World) -> None:
    """An afternoon of the next seven days counts by its hours, within the kind's limits; once it is withdrawn, no
    more (rule 9: whom he met moves none of it)."""
    before = (await own(world))["load"]
    scheme = f"/v1/schemes/{uid('scheme:shannon')}/roster"
    mentor = {"supporter": str(uid("supporter:mentor"))}
    made = await world.coordinator.post(scheme, {**mentor, "day": str(START.date() + timedelta(days=3)), "band": "PM"})
    assert made.status_code == 201, made.text
    load = (await own(world))["load"]
    start, end = span(START.date() + timedelta(days=3), Band.PM, "Europe/London")
    assert load["minutesNextSevenDays"] - before["minutesNextSevenDays"] == (end - start).total_seconds() / 60
    assert load["nightsNextSevenDays"] == before["nightsNextSevenDays"]
    limits = SHANNON_TRUST.load
    assert (load["hoursHard"], load["nightsInSeven"]) == (limits.hours_hard, limits.nights_in_seven)
    path = made.headers["Location"]
    await world.coordinator.post(f"{path}/withdraw", tag=await world.coordinator.tag(path))
    assert (await own(world))["load"] == before


async def test_in_welsh_every_sentence_is_welsh(world: World) -> None:
    """Each has another text than in English."""
    english, welsh = await own(world), await own(world, language="cy")
    assert "Rydych yn weithredol." in welsh["sentences"]
    assert not set(english["sentences"]) & set(welsh["sentences"])
    assert not {w["sentence"] for w in english["whoSees"]} & {w["sentence"] for w in welsh["whoSees"]}


async def test_who_sees_what_is_what_the_policy_gives(world: World) -> None:
    """Read off the same table: wing officers see his name and not how he is, a partner both, and no coordinator or
    governor how he rates himself."""
    found = {(w["record"], w["class"]): set(w["roles"]) for w in (await own(world))["whoSees"]}
    assert "WING_OFFICER" in found["supporter", "OPERATIONAL"]
    assert found["supporter", "WELLBEING"] == {"COORDINATOR", "PARTNER_VOLUNTEER"}
    assert found["self-rating", "WELLBEING"] == {"PARTNER_VOLUNTEER"}
    assert "PARTNER_VOLUNTEER" not in found["pay-entry", "OPERATIONAL"]
    readers = {g.role for g in GRANTS if Verb.READ_SUPPORTER in g.may and g.role not in IN_CUSTODY}
    assert {str(role) for role in readers} == found["supporter", "OPERATIONAL"]


def test_it_tells_of_no_record_that_he_may_not_read_himself() -> None:
    """What is withheld is not hinted at: no kind, no class and no member that his own grants do not show him."""
    may = reads()
    assert {seen.kind for seen in who_sees()} == set(may)
    assert all(seen.held in may[seen.kind] for seen in who_sees())
    casework = {seen.kind for seen in who_sees() if seen.held is Classification.CASEWORK}
    assert casework == {"suspension"}, "of which he is told, and which he may appeal"
    assert Classification.SECURITY not in {seen.held for seen in who_sees()}
    assert "transfer-hold" not in may


async def test_what_is_done_about_him_elsewhere_changes_no_byte(world: World) -> None:
    """A hold that was asked for, a contact that was watched: his own page is the same."""
    before = observed(await world.mentor.get(OWN))
    body = {"supporter": str(uid("supporter:mentor")), "reason": "COVER", "until": "2027-01-31"}
    asked = await world.coordinator.post(f"/v1/schemes/{uid('scheme:shannon')}/transfer-holds", body)
    assert asked.status_code == 201
    kept = await world.record(Supporter, uid("supporter:mentor"))
    await world.change(dataclasses.replace(kept, observed_contacts=9))
    assert observed(await world.mentor.get(OWN)) == before


async def test_after_the_role_he_reads_it_still(world: World) -> None:
    """His capacity as a supporter has ended, and what is held of him has not."""
    kept = await world.record(Supporter, uid("supporter:mentor"))
    await world.change(dataclasses.replace(kept, standing=Standing.STOOD_DOWN, left_on=START.date()))
    told = await own(world)
    assert "Your role ended in November 2026." in told["sentences"]


@pytest.mark.parametrize("name", ["arthur", "second-mentor", "peer-coordinator"])
async def test_another_in_custody_finds_nothing_there(world: World, name: str) -> None:
    """The words for what never was."""
    never = await world[name].get(OWN.replace(str(uid("supporter:mentor")), str(uid("nobody"))))
    assert observed(await world[name].get(OWN)) == observed(never)
    assert never.status_code == 404


@pytest.mark.parametrize("name", ["coordinator", "officer", "governor", "facilitator", "headquarters"])
async def test_staff_have_no_own_record_of_his(world: World, name: str) -> None:
    """It is his page, not theirs."""
    assert (await world[name].get(OWN)).status_code == 403


def test_each_role_and_class_has_its_words() -> None:
    """In both languages, so that a new one is not left out of what people are told."""
    assert set(ROLES) == set(Role) - IN_CUSTODY
    assert set(CLASSES) == set(Classification)
    assert set(RECORDS) >= set(reads())
    assert all(all(said) for said in (*ROLES.values(), *CLASSES.values(), *RECORDS.values()))
