"""Rule 28: in the reader's language where the words are approved in it, else in English that says so; codes never
change; and nothing of ours can be counted by language below a prison and a year."""

from typing import Any

import pytest

from api.language import Language
from api.texts import spoken, welsh
from domain.confidentiality.classification import Classification
from domain.schemes.exceptions import READY_MADE, SAMARITANS
from domain.schemes.kinds import INSIDERS, KINDS, LISTENERS
from domain.schemes.made import KindVersion
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import SupportType
from domain.schemes.written import MEMBERS
from persistence.mapping import MAPPED
from tests.http.cast import uid
from tests.http.furnished_kinds import EXEMPTION
from tests.http.tale import done
from tests.http.world import World, codes, problem

CY = {"Accept-Language": "cy"}
TEXTS = {"title", "purpose", "purposePlain", "toldToNewcomers", "toldPlain"}


def test_every_text_has_its_welsh_or_is_said_to_wait_for_it() -> None:
    """A kind is translated or awaited, never forgotten; every label and type of support has its Welsh."""
    assert set(KINDS) == set(welsh.KINDS) | welsh.AWAITING
    assert set(welsh.KINDS) & welsh.AWAITING == set()
    assert set(welsh.TASKS) == set(Task)
    assert set(welsh.SUPPORT_TYPES) == set(SupportType)
    for text in (*welsh.TASKS.values(), *welsh.SUPPORT_TYPES.values()):
        assert 2 < len(text) <= 80
    assert set(welsh.PROMISES) <= {(p.organisation, p.number) for p in READY_MADE}


def test_no_partner_s_promise_is_approved_by_us() -> None:
    """The prison service approves its own words and nobody else's."""
    assert {code for code, words in welsh.KINDS.items() if words.approved} <= {
        code for code, kind in KINDS.items() if kind.partner == "PRISON"
    }
    assert not welsh.KINDS["LISTENERS"].approved


async def test_a_kind_is_told_in_welsh_where_its_words_are_approved(world: World) -> None:
    """Title, purpose, plain words and labels; every code as in English."""
    english = await world.arthur.get("/v1/kinds/INSIDERS")
    answer = await world.arthur.get("/v1/kinds/INSIDERS", headers=CY)
    assert (answer.headers["content-language"], english.headers["content-language"]) == ("cy", "en")
    assert "accept-language" in answer.headers["vary"].lower()
    said, before = answer.json(), english.json()
    assert (said["language"], said["inLanguageAsked"]) == ("cy", True)
    assert (before["language"], before["inLanguageAsked"]) == ("en", True)
    assert said["toldToNewcomers"] == welsh.KINDS["INSIDERS"].told_to_newcomers
    assert all(said[t] != before[t] for t in TEXTS)
    assert {m: said[m] for m in MEMBERS if m not in TEXTS} == {m: before[m] for m in MEMBERS if m not in TEXTS}
    assert [label["code"] for label in said["labels"]] == [label["code"] for label in before["labels"]]
    labels = {label["code"]: label["text"] for label in said["labels"]}
    assert labels["SIGNPOST"] == "Cyfeirio"
    assert {label["code"]: label["text"] for label in before["labels"]}["SHOW_ROUND"] == "Show round"


async def test_words_about_confidence_are_never_told_in_a_language_that_nobody_approved(world: World) -> None:
    """There is Welsh for the Listeners' promise, and it is a draft: the whole item is English and says so."""
    draft = welsh.KINDS["LISTENERS"]
    answer = await world.arthur.get("/v1/kinds/LISTENERS", headers=CY)
    said = answer.json()
    assert answer.headers["content-language"] == "en"
    assert (said["language"], said["inLanguageAsked"]) == ("en", False)
    assert said["toldToNewcomers"] == LISTENERS.told_to_newcomers
    for text in (draft.title, draft.purpose, draft.told_to_newcomers, draft.told_plain):
        assert text not in (await world.arthur.get("/v1/kinds", headers=CY)).text
    assert said["labels"][0]["text"] == "Emotional"


async def test_a_list_says_of_each_item_what_language_it_is_in(world: World) -> None:
    """Both are in it, so both stand in `Content-Language`; what was made here is in the English of its maker."""
    answer = await world.arthur.get("/v1/kinds", headers=CY)
    assert answer.headers["content-language"] == "cy, en"
    told = {item["code"]: (item["language"], item["inLanguageAsked"]) for item in answer.json()["items"]}
    assert told["INSIDERS"] == ("cy", True)
    assert told["SHANNON_TRUST"] == told["FIRST_NIGHT"] == ("en", False)
    assert (await world.arthur.get("/v1/kinds")).headers["content-language"] == "en"


async def test_a_variant_with_an_approved_kind_s_code_in_its_words_stays_english(world: World) -> None:
    """A variant's own title is nobody's translation, even where its base is translated."""
    made = await world.record(KindVersion, uid("scheme-kind:published"))
    assert made.base == INSIDERS.code
    said = (await world.arthur.get("/v1/kinds/FIRST_NIGHT", headers=CY)).json()
    assert (said["title"], said["language"]) == ("First night", "en")


async def test_exceptions_are_told_in_welsh_by_whoever_promised_them_and_by_nobody_else(world: World) -> None:
    """Samaritans' list has no approved Welsh: English, and it says so, to staff and to people in custody alike."""
    for name in ("officer", "listener", "arthur", "samaritan", "lead"):
        answer = await world[name].get("/v1/exceptions?organisation=SAMARITANS", headers=CY)
        assert answer.headers["content-language"] == "en"
        (said,) = answer.json()["items"]
        assert (said["number"], said["inForce"], said["effectiveFrom"]) == (1, True, None)
        assert (said["language"], said["inLanguageAsked"]) == ("en", False)
        assert [e["label"] for e in said["exceptions"]] == [g.label for g in SAMARITANS.exceptions]


def test_a_list_that_is_approved_whole_is_told_in_that_language() -> None:
    """Half a promise is none: where one word of it is missing, all of it is English."""
    words = {g.code: f"Cymraeg {number}" for number, g in enumerate(SAMARITANS.exceptions)}
    whole: Any = {Language.WELSH: {("SAMARITANS", 1): words}}
    said = spoken.promise(SAMARITANS, Language.WELSH, in_force=True, promised=whole)
    assert [e["label"] for e in said["exceptions"]] == list(words.values())
    assert (said["language"], said["inLanguageAsked"]) == (Language.WELSH, True)
    del words["CHILD"]
    said = spoken.promise(SAMARITANS, Language.WELSH, in_force=True, promised=whole)
    assert (said["language"], said["inLanguageAsked"]) == (Language.ENGLISH, False)
    assert said["exceptions"][0]["label"] == SAMARITANS.exceptions[0].label


async def test_a_partner_s_next_list_holds_from_its_day_and_the_old_one_stays(world: World) -> None:
    """Made by somebody, published by a lead; on its day it is the one in force, and the first is readable for ever."""
    path = f"/v1/exception-lists/{uid('exception-list')}"
    body = {"effectiveFrom": "2026-12-24", "exceptions": [EXEMPTION]}
    own = await world.lead.post("/v1/exception-lists", body)
    assert (own.status_code, own.json()["number"], own.json()["exceptions"]) == (201, 3, [EXEMPTION])
    alone = await world.lead.post(f"{own.headers['location']}/publish", tag=own.headers["etag"])
    assert codes(alone) == ["SECOND_PERSON_NEEDED"]
    assert (await done(world.lead, path, "publish"))["state"] == "PUBLISHED"
    seen = "/v1/exceptions?organisation=SAMARITANS"
    before = (await world.listener.get(seen)).json()["items"]
    assert [(p["number"], p["inForce"]) for p in before] == [(1, True), (2, False)]
    world.later(days=30)
    after = (await world.listener.get(seen)).json()["items"]
    assert [(p["number"], p["inForce"]) for p in after] == [(1, False), (2, True)]
    assert after[0] == {**before[0], "inForce": False}
    assert (await world["far-officer"].get(seen)).json()["items"] == after
    assert (await world["irish-officer"].get(seen)).json()["items"] == []
    for name in ("samaritan", "coordinator", "headquarters", "governor"):
        assert problem(await world[name].get(path))[0] == 403


def test_no_series_and_no_table_tells_a_language_of_less_than_a_prison_and_a_year() -> None:
    """A language is held on a live request and an induction, as participation, on who offers to help, and on a poster,
    which is about nobody; no record of counts, and no filter, has it."""
    held = {
        (kind, field.name): field.mark
        for kind, of in MAPPED.items()
        for field in of.record.shape.fields.values()
        if "language" in field.name
    }
    of_people = {("request", "language"), ("induction", "language"), ("supporter", "languages")}
    assert set(held) == of_people | {("publicity", "languages")}
    assert held["request", "language"].classification is Classification.PARTICIPATION
    assert held["request", "language"].encrypted
    assert held["induction", "language"].classification is Classification.PARTICIPATION


@pytest.mark.parametrize("path", ["/v1/requests", "/v1/inductions", "/v1/supporters"])
async def test_nobody_counts_a_wing_by_language(world: World, path: str) -> None:
    """A list that could be filtered by language would name the one man who speaks it."""
    for name in ("coordinator", "governor", "inspector", "safer"):
        for member in ("language", "languages"):
            answer = await world[name].get(f"{path}?{member}=cy")
            assert answer.status_code in (400, 403)
            if answer.status_code == 400:
                assert problem(answer)[2] == [("FILTER_NOT_ALLOWED", None)]
