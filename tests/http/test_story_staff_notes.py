"""Text for staff alone, and text that he reads himself, each where it belongs (F93)."""

from datetime import timedelta
from typing import Any

import pytest

from api.work.bench import service_begin
from domain.retention.words import SIX_MONTHS, shred
from domain.sessions.staff_notes import StaffNote
from tests.http.cast import uid
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import moved
from tests.http.world import World, codes, observed

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

CASE = f"/v1/enrolments/{uid('enrolment')}"
NOTE = f"/v1/staff-notes/{uid('staff-note')}"
WORDS = "He is afraid of his cell mate; ask him alone."


async def noted(world: World, by: str, words: str = WORDS) -> Any:
    """Somebody notes something about the learner."""
    return await world[by].post(f"{CASE}/staff-notes", {"words": words})


@pytest.mark.parametrize("by", ["coordinator", "facilitator"])
async def test_staff_and_partner_note_and_read(world: World, by: str) -> None:
    """Who runs the scheme notes something; whoever else runs it reads it, and puts it right."""
    made = await noted(world, by)
    assert made.status_code == 201, made.text
    other = "facilitator" if by == "coordinator" else "coordinator"
    assert (await world[other].get(made.headers["location"])).json()["words"] == WORDS
    listed = (await world[other].get(f"{CASE}/staff-notes")).json()["items"]
    assert made.json()["id"] in [each["id"] for each in listed]
    tag = (await world[other].get(made.headers["location"])).headers["etag"]
    mended = await world[other].patch(made.headers["location"], {"words": "It was settled."}, tag=tag)
    assert (mended.json()["words"], mended.json()["author"] == made.json()["author"]) == ("It was settled.", False)


@pytest.mark.parametrize("by", ["arthur", "mentor", "officer", "oscar", "safer", "governor", "imb", "hub", "evaluator"])
async def test_nobody_else_reads_any_or_how_many(world: World, by: str) -> None:
    """Not he, not whoever helps him, not the wing, and nobody who watches over the prison."""
    (await noted(world, "coordinator")).raise_for_status()
    for path in (NOTE, f"{CASE}/staff-notes"):
        assert (await world[by].get(path)).status_code in (403, 404), path
    assert (await noted(world, by)).status_code in (403, 404)


async def test_all_that_he_reads_is_as_it_was_without_one(world: World) -> None:
    """Byte for byte: of a note nothing stands on the enrolment, its sessions or how far he has come."""
    paths = (CASE, f"{CASE}/progress", f"/v1/sessions/{uid('session')}", f"{CASE}/goals", "/v1/me")
    before = [observed(await world.arthur.get(path)) for path in paths]
    (await noted(world, "coordinator")).raise_for_status()
    assert [observed(await world.arthur.get(path)) for path in paths] == before


async def test_what_is_written_on_a_session_is_his_to_read(world: World) -> None:
    """The other sort of text: the note of a session is read by learner and mentor."""
    body = {"delivered": True, "minutes": 20, "note": "We read the sports page."}
    world.later(days=2)
    (await moved(world.coordinator, f"/v1/sessions/{uid('session')}", "record", body)).raise_for_status()
    for by in ("arthur", "mentor", "coordinator"):
        assert (await world[by].get(f"/v1/sessions/{uid('session')}")).json()["note"] == "We read the sports page."


async def test_no_number_and_not_after_its_end(world: World) -> None:
    """Words that name a number are refused; to an enrolment that is over nothing is noted."""
    assert codes(await noted(world, "coordinator", "Ask A1234BC.")) == ["LOOKS_LIKE_A_PRISON_NUMBER"]
    ended = {"ending": "COMPLETED", "because": "GOAL_MET"}
    (await moved(world.coordinator, CASE, "end", ended)).raise_for_status()
    assert codes(await noted(world, "coordinator")) == ["STATE_COMPLETED"]
    assert (await world.coordinator.get(NOTE)).status_code == 200


async def test_its_words_go_first(world: World) -> None:
    """After six months the words are gone, and that there was a note stands."""
    kept = await world.record(StaffNote, uid("staff-note"))
    assert kept.words is not None
    world.at(kept.noted_at + SIX_MONTHS - timedelta(days=1))
    await shred(service_begin(world.house.runtime))
    assert (await world.record(StaffNote, kept.id)).words == kept.words
    world.later(days=1)
    await shred(service_begin(world.house.runtime))
    gone = await world.record(StaffNote, kept.id)
    assert (gone.words, gone.words_gone_on) == (None, world.now.date())
