"""'A clear predefined purpose for the interaction' (S6): whoever asks, whoever passes an offer on, learner and mentor
are told what the scheme is for, what a supporter may be asked to do and what never; in Welsh where that is approved.
"""

from dataclasses import replace
from typing import Any

import pytest

from api.texts import welsh
from domain.schemes.kinds import INSIDERS, LISTENERS, SHANNON_TRUST
from domain.schemes.record import Scheme
from domain.schemes.tasks import FLOOR, Task
from tests.http import tale
from tests.http.cast import uid
from tests.http.tale import done
from tests.http.world import World, problem

CY = {"Accept-Language": "cy"}
NEWCOMER: dict[str, Any] = {"need": "INDUCTION", "channel": "IN_PERSON_TO_OFFICER", "urgency": "TODAY", "wing": "MDI-A"}


async def asked(world: World, name: str, key: str, headers: dict[str, str] | None = None, **said: Any) -> Any:
    """What somebody who asks is answered."""
    answer = await world[name].post("/v1/requests", {**NEWCOMER, **said}, key=key, headers=headers or {})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_whoever_asks_is_told_what_the_scheme_is_for(world: World) -> None:
    """Purpose, the same in plain words, tasks and what is never a supporter's task, with the national floor: the
    sheet's own words; to staff and to a person in custody alike, and again when the device sends it twice."""
    said = (await asked(world, "officer", "terms-key-0001", prison="MDI"))["terms"]
    assert (said["kind"], said["purpose"], said["purposePlain"]) == (
        "INSIDERS",
        INSIDERS.purpose,
        INSIDERS.purpose_plain,
    )
    assert [t["code"] for t in said["permittedTasks"]] == list(INSIDERS.permitted_tasks)
    assert [t["code"] for t in said["prohibitedTasks"]] == list(INSIDERS.prohibited_tasks)
    assert {t["code"] for t in said["prohibitedTasks"]} >= set(FLOOR)
    assert {"code": "SHOW_ROUND", "text": "Show round"} in said["permittedTasks"]
    assert (said["language"], said["inLanguageAsked"]) == ("en", True)
    for _ in range(2):
        assert (await asked(world, "arthur", "terms-key-0002"))["terms"] == said


async def test_the_terms_are_in_the_reader_s_language_where_its_owner_approved_them(world: World) -> None:
    """Insiders in Welsh, codes as they are; the Listeners' are Samaritans' to approve: English, and it says so."""
    said = (await asked(world, "officer", "terms-key-0003", CY, prison="MDI"))["terms"]
    words = welsh.KINDS["INSIDERS"]
    assert (said["purpose"], said["purposePlain"]) == (words.purpose, words.purpose_plain)
    assert (said["language"], said["inLanguageAsked"]) == ("cy", True)
    assert {"code": "SHOW_ROUND", "text": welsh.TASKS[Task.SHOW_ROUND]} in said["permittedTasks"]
    assert [t["code"] for t in said["permittedTasks"]] == list(INSIDERS.permitted_tasks)
    said = (await asked(world, "arthur", "terms-key-0004", CY, need="EMOTIONAL"))["terms"]
    assert (said["purpose"], said["language"], said["inLanguageAsked"]) == (LISTENERS.purpose, "en", False)


async def test_the_stage_of_a_sentence_stays_with_schemes_of_open_policy(world: World) -> None:
    """Whoever runs or oversees the open scheme reads at which stage it is asked for; the Listeners' caller is asked
    for nothing of it, and what was sent is nowhere to be read, not by whoever is on duty (S5)."""
    stage: dict[str, Any] = {"prison": "MDI", "stageOfSentence": "BEFORE_RELEASE"}
    opened = await asked(world, "officer", "stage-key-0001", **stage)
    closed = await asked(world, "officer", "stage-key-0002", **stage, need="EMOTIONAL")
    assert (opened["closed"], closed["closed"]) == (False, True)
    assert (opened["stageOfSentence"], "stageOfSentence" in opened["withheld"]) == (None, True)
    read = await world.coordinator.get(f"/v1/requests/{opened['id']}")
    assert read.json()["stageOfSentence"] == "BEFORE_RELEASE"
    await tale.on_duty(world)
    assert (await world.officer.get(f"/v1/requests/{closed['id']}")).json()["stageOfSentence"] is None
    wrong = await world.officer.post("/v1/requests", {**NEWCOMER, **stage, "stageOfSentence": "ANY"}, key="stage-key-3")
    assert (problem(wrong)[0], problem(wrong)[2][0][1]) == (422, "/stageOfSentence")


async def test_where_no_scheme_answers_there_is_nothing_to_be_told(world: World) -> None:
    """The request is recorded all the same, and the member is there."""
    said = await asked(world, "officer", "terms-key-0005", prison="MDI", need="RESETTLEMENT")
    assert (said["scheme"], said["terms"]) == (None, None)


@pytest.mark.parametrize(("who", "knows"), [("officer", True), ("arthur", True), ("far-officer", False)])
async def test_a_prison_s_own_kind_is_not_learned_by_asking_there(world: World, who: str, knows: bool) -> None:
    """A variant is its prison's: who asks from elsewhere is heard, and told nothing of what kinds there are."""
    scheme = await world.record(Scheme, uid("scheme:insiders"))
    await world.change(_of(scheme, "FIRST_NIGHT", 1))
    place = {} if who == "arthur" else {"prison": "MDI"}
    said = await asked(world, who, "terms-key-0006", CY, **place)
    assert said["scheme"] == str(scheme.id)
    assert (said["terms"] is not None) is knows
    if knows:
        # A made kind speaks its maker's English, whatever its base is translated to.
        assert (said["terms"]["kind"], said["terms"]["language"]) == ("FIRST_NIGHT", "en")


def _of(scheme: Scheme, kind: str, version: int) -> Scheme:
    return replace(scheme, kind=kind, kind_version=version)


async def test_an_offer_carries_what_the_supporter_may_be_asked_to_do(world: World) -> None:
    """Whoever goes to the supporter's door has it in hand: the same words, whoever is asked and whatever he says."""
    await tale.on_duty(world)
    path = f"/v1/requests/{uid('request:received')}"
    offered = await done(world.officer, path, "offer", key="terms-key-0007")
    told = offered["terms"]
    assert (told["kind"], told["purpose"]) == ("LISTENERS", LISTENERS.purpose)
    assert [t["code"] for t in told["prohibitedTasks"]] == list(LISTENERS.prohibited_tasks)
    await done(world.officer, path, "answer", {"accepted": False})
    again = await done(world.officer, path, "offer")
    assert again["offeredTo"] != offered["offeredTo"]
    assert again["terms"] == told
    assert "terms" not in (await world.officer.get(path)).json()


async def test_learner_and_mentor_read_the_same_of_what_it_is_for(world: World) -> None:
    """With the enrolment that brings them together, each in his own log-in."""
    path = f"/v1/enrolments/{uid('enrolment')}"
    mentor, learner = [(await world[name].get(path)).json()["terms"] for name in ("mentor", "arthur")]
    assert mentor == learner
    assert (mentor["kind"], mentor["purposePlain"]) == ("SHANNON_TRUST", SHANNON_TRUST.purpose_plain)
    assert "READ_LEGAL_POST" in {t["code"] for t in mentor["prohibitedTasks"]}


@pytest.mark.parametrize(
    ("need", "kind"),
    [("INDUCTION", "INSIDERS"), ("EDUCATION", "SHANNON_TRUST"), ("RECOVERY", "RECOVERY_MENTORS")],
)
async def test_what_is_asked_for_is_coded_and_decides_which_scheme_answers(world: World, need: str, kind: str) -> None:
    """One of the types of support that schemes give, never words: the scheme that gives it is told of, and a need that
    nobody has a code for is refused at its place (S7)."""
    heard = await asked(world, "officer", f"needs-{need.lower()}", prison="MDI", need=need)
    assert (heard["need"], heard["terms"]["kind"]) in [(need, kind), (None, kind)]
    read = (await world.coordinator.get(f"/v1/requests/{heard['id']}")).json()
    assert read["need"] == need
    body = {**NEWCOMER, "prison": "MDI", "need": "somebody to talk to"}
    wrong = await world.officer.post("/v1/requests", body, key="needs-unknown")
    assert problem(wrong) == (422, "unacceptable", [("UNKNOWN_VALUE", "/need")])
