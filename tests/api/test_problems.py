"""Trouble, unreadable requests and mistakes of ours, as RFC 9457 documents that give nothing away."""

import importlib
import logging
import pkgutil
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException

import domain
from api.do_this_now import TEXTS, DoThisNow, for_jurisdiction
from api.language import Language, preferred
from api.problems.answers import BY_TROUBLE, Answers, document, kind_of
from api.problems.kinds import KINDS, Kind
from domain.kernel.errors import (
    Absent,
    CapacityRequired,
    Failure,
    KeyInFlight,
    KeyReused,
    NotNow,
    PurposeRequired,
    Refused,
    Stale,
    TagRequired,
    TooLarge,
    TooMany,
    Trouble,
    Unacceptable,
    Unavailable,
    Unidentified,
    Unreadable,
)
from tests.api.sample import AUTHORISED, application, client

CANARY = "A1234BC-canary"
# Headers that differ from answer to answer by their nature, or tell the caller of his own requests alone.
OWN = {"x-request-id", "ratelimit-remaining", "ratelimit-reset"}

TROUBLES: list[tuple[Trouble, int, dict[str, str]]] = [
    (Unidentified(), 401, {"www-authenticate": "Bearer"}),
    (Refused(), 403, {}),
    (PurposeRequired(["support", "safety"]), 400, {}),
    (CapacityRequired(["one", "two"]), 409, {}),
    (Absent(), 404, {}),
    (Unreadable(["FILTER_NOT_ALLOWED"]), 400, {}),
    (Unacceptable([Failure("UNKNOWN_FIELD", "/name")]), 422, {}),
    (NotNow(["NOT_OPEN", "NOT_APPROVED"]), 409, {}),
    (TagRequired(), 428, {}),
    (Stale(), 412, {}),
    (KeyReused(), 422, {}),
    (KeyInFlight(), 409, {}),
    (TooMany(7), 429, {"retry-after": "7"}),
    (TooLarge(), 413, {}),
    (TooLarge(code="content-too-large"), 413, {}),
    (TooLarge(code="uri-too-long"), 414, {}),
    (TooLarge(code="header-too-large"), 431, {}),
    (Unavailable(9), 503, {"retry-after": "9"}),
]


def every_kind_of_trouble() -> set[type[Trouble]]:
    """Every class of trouble in the whole domain, those of modules yet to be written included."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    found: set[type[Trouble]] = set()
    frontier = [Trouble]
    while frontier:
        below = frontier.pop().__subclasses__()
        found.update(below)
        frontier.extend(below)
    return {kind for kind in found if kind.__module__.startswith("domain.")}


def raising(error: Exception, path: str = "/v1/raises") -> Any:
    """Adds a route that raises this."""

    def add(app: FastAPI) -> None:
        async def raises() -> None:
            raise error

        app.add_api_route(path, raises, methods=["GET"])

    return add


def test_every_kind_of_trouble_has_its_own_row() -> None:
    """The table is exhaustive: no error of the domain is answered by accident."""
    kinds = every_kind_of_trouble()
    assert len(kinds) >= 15
    assert kinds == set(BY_TROUBLE)


def test_a_bare_trouble_is_our_mistake() -> None:
    """Trouble of no kind answers as an internal error, not as a guess."""
    assert kind_of(Trouble()).status == 500


@pytest.mark.parametrize(("trouble", "status", "headers"), TROUBLES, ids=lambda value: getattr(value, "code", None))
async def test_a_trouble_answers_with_its_status_members_and_headers(
    trouble: Trouble, status: int, headers: dict[str, str]
) -> None:
    """Each kind has one status, RFC 9457's members, HMPPS's members and the headers that its status needs."""
    app = application(raising(trouble))
    async with client(app) as http:
        answer = await http.get("/v1/raises", headers=AUTHORISED)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "en"
    assert "Accept-Language" in answer.headers["vary"]
    for name, value in headers.items():
        assert answer.headers[name] == value
    body = answer.json()
    assert body["status"] == status
    assert body["type"].startswith("/problems/")
    assert body["errorCode"] == body["code"]
    assert body["moreInfo"] == body["type"]
    assert body["userMessage"].startswith(body["title"])
    assert "instance" not in body
    assert "detail" not in body


async def test_all_failures_are_told_with_their_codes_and_places() -> None:
    """State and guard name every reason at once, with a path only where one member is at fault."""
    app = application(raising(NotNow(["NOT_OPEN", Failure("TOO_MANY", "/size")])))
    async with client(app) as http:
        answer = await http.get("/v1/raises", headers=AUTHORISED)
    assert answer.json()["failures"] == [{"code": "NOT_OPEN"}, {"code": "TOO_MANY", "path": "/size"}]


@pytest.mark.parametrize("trouble", [PurposeRequired(["support", "safety"]), CapacityRequired(["support", "safety"])])
async def test_choices_are_those_of_the_trouble(trouble: Trouble) -> None:
    """A missing purpose or capacity comes with the caller's own choices, never a union."""
    async with client(application(raising(trouble))) as http:
        answer = await http.get("/v1/raises", headers=AUTHORISED)
    assert answer.json()["choices"] == ["support", "safety"]


async def test_a_refined_code_is_told_and_a_code_that_is_no_slug_is_not() -> None:
    """A trouble may refine its code; a code made of anything but a slug's letters never leaves."""
    for code, told in (("already-open", "already-open"), (f"no {CANARY}", "conflict")):
        async with client(application(raising(NotNow(code=code)))) as http:
            body = (await http.get("/v1/raises", headers=AUTHORISED)).json()
        assert body["code"] == told
        assert body["type"] == "/problems/conflict"


@pytest.mark.parametrize("accept", ["en", "cy"])
async def test_a_404_is_the_same_bytes_whatever_was_not_there(accept: str) -> None:
    """Out of reach, never existed, no such route: one constant string a language, with the same headers (DESIGN 4)."""
    app = application(
        raising(Absent(), "/v1/absent"),
        raising(Absent([Failure(CANARY, "/hidden")], code="hidden-request"), "/v1/hidden"),
        raising(HTTPException(404, CANARY), "/v1/other"),
    )
    seen: set[tuple[bytes, tuple[tuple[str, str], ...]]] = set()
    async with client(app) as http:
        for path in ("/v1/absent", "/v1/hidden", "/v1/other", "/v1/no/such/route"):
            answer = await http.get(path, headers={**AUTHORISED, "Accept-Language": accept})
            assert answer.status_code == 404
            seen.add((answer.content, tuple(item for item in sorted(answer.headers.items()) if item[0] not in OWN)))
    assert len(seen) == 1
    assert dict(next(iter(seen))[1])["content-language"] == accept


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, Language.ENGLISH),
        ("", Language.ENGLISH),
        ("cy", Language.WELSH),
        ("CY-gb", Language.WELSH),
        ("fr, cy;q=0.4", Language.WELSH),
        ("en;q=0.5, cy;q=0.9", Language.WELSH),
        ("cy;q=0.5, en", Language.ENGLISH),
        ("cy;q=0", Language.ENGLISH),
        ("cy;q=nan", Language.ENGLISH),
        ("cy;q=9", Language.ENGLISH),
        ("*, cy;q=0.1", Language.ENGLISH),
        (";;;,,=q", Language.ENGLISH),
        ("x," * 5000 + "cy", Language.ENGLISH),
    ],
)
def test_language_is_negotiated_and_nothing_in_the_header_breaks_it(accept: str | None, language: Language) -> None:
    """Accept-Language by RFC 9110, English where it says nothing that we have."""
    assert preferred(accept) is language


async def test_titles_follow_the_language_and_codes_never_do() -> None:
    """Welsh sentences, the same codes, type and path."""
    app = application(raising(Unacceptable([Failure("UNKNOWN_FIELD", "/name")])))
    async with client(app) as http:
        english = (await http.get("/v1/raises", headers=AUTHORISED)).json()
        answer = await http.get("/v1/raises", headers={**AUTHORISED, "Accept-Language": "cy"})
        welsh = answer.json()
    assert answer.headers["content-language"] == "cy"
    spoken = {"title", "userMessage"}
    assert {name for name in english if english[name] != welsh[name]} == spoken


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.slug)
def test_every_kind_speaks_both_languages(kind: Kind) -> None:
    """No sentence is missing, and none was left in English."""
    english, welsh = kind.sentences(Language.ENGLISH), kind.sentences(Language.WELSH)
    assert english.title
    assert english.meaning
    assert welsh.title not in ("", english.title)
    assert welsh.meaning not in ("", english.meaning)


@pytest.mark.parametrize(
    ("body", "status", "failures"),
    [
        ({"name": 5}, 422, [("WRONG_TYPE", "/name")]),
        ({}, 422, [("MISSING", "/name")]),
        ({"name": "x" * 21}, 422, [("TOO_LONG", "/name")]),
        ({"name": "x", "size": 0}, 422, [("OUT_OF_RANGE", "/size")]),
        ({"name": "x", "size": "many"}, 422, [("BAD_FORMAT", "/size")]),
        ({"name": "x", CANARY: 1}, 422, [("UNKNOWN_FIELD", "")]),
        ({"name": "x", "places": [{"wing": "B"}, {"wing": "b"}]}, 422, [("BAD_FORMAT", "/places/1/wing")]),
        ({"name": "x", "places": [{"wing": "B", "size": 1}]}, 422, [("UNKNOWN_FIELD", "/places/0")]),
        ({"name": "x", "places": [{"wing": "B"}] * 11}, 422, [("TOO_MANY_ITEMS", "/places")]),
        ({"size": 0, "name": None}, 422, [("OUT_OF_RANGE", "/size"), ("WRONG_TYPE", "/name")]),
        ([CANARY], 422, [("WRONG_TYPE", "")]),
    ],
)
async def test_a_body_that_says_the_wrong_thing_is_422_by_codes_and_places(
    body: object, status: int, failures: list[tuple[str, str]]
) -> None:
    """Every fault of the body has a stable code and a pointer made of our own words alone."""
    async with client(application()) as http:
        answer = await http.post("/v1/things", json=body, headers=AUTHORISED)
    assert answer.status_code == status
    told = [(failure["code"], failure["path"]) for failure in answer.json()["failures"]]
    assert sorted(told) == sorted(failures)
    assert CANARY not in answer.text


@pytest.mark.parametrize(
    ("path", "headers", "failure"),
    [
        (f"/v1/things/{CANARY}", {}, {"code": "BAD_FORMAT", "path": "path:thing_id"}),
        ("/v1/things?limit=0", {}, {"code": "OUT_OF_RANGE", "path": "query:limit"}),
        (f"/v1/things?limit={CANARY}", {}, {"code": "BAD_FORMAT", "path": "query:limit"}),
        (
            "/v1/things/00000000-0000-4000-8000-000000000000",
            {"Purpose-Of-Use": CANARY * 3},
            {"code": "TOO_LONG", "path": "header:Purpose-Of-Use"},
        ),
    ],
)
async def test_a_path_query_or_header_that_cannot_be_read_is_400(
    path: str, headers: dict[str, str], failure: dict[str, str]
) -> None:
    """What is wrong outside the body makes the request unreadable, and is named by our own word for it."""
    async with client(application()) as http:
        answer = await http.get(path, headers={**AUTHORISED, **headers})
    assert (answer.status_code, answer.json()["failures"]) == (400, [failure])
    assert CANARY not in answer.text


async def test_broken_json_is_400_and_says_so() -> None:
    """FastAPI's own reader of JSON leaves nothing of the body in the answer."""
    headers = {**AUTHORISED, "Content-Type": "application/json"}
    async with client(application()) as http:
        answer = await http.post("/v1/things", content=f'{{"{CANARY}": '.encode(), headers=headers)
    assert (answer.status_code, answer.json()["failures"]) == (400, [{"code": "MALFORMED_JSON"}])
    assert CANARY not in answer.text


async def test_trouble_within_a_reader_of_bodies_is_the_answer() -> None:
    """FastAPI wraps what a body's reader raises; the trouble within is told, not the wrapping."""

    def add(app: FastAPI) -> None:
        async def wraps(request: Request) -> None:
            raise HTTPException(400, CANARY) from Unreadable(["TOO_DEEP"])

        app.add_api_route("/v1/raises", wraps, methods=["GET"])

    async with client(application(add)) as http:
        answer = await http.get("/v1/raises", headers=AUTHORISED)
    assert (answer.status_code, answer.json()["failures"]) == (400, [{"code": "TOO_DEEP"}])


async def test_a_thousand_faults_make_a_short_answer() -> None:
    """Failures are told up to a number, so that no body can ask for an answer much larger than itself."""
    body = {"name": "x", "places": [{"wing": "b", "a": 1, "b": 2, "c": 3} for _ in range(10)] * 10}
    async with client(application()) as http:
        answer = await http.post("/v1/things", json={**body, **{f"f{n}": n for n in range(900)}}, headers=AUTHORISED)
    assert answer.status_code == 422
    assert len(answer.json()["failures"]) == 100


async def test_405_names_every_method_of_the_address_in_order() -> None:
    """Allow is by route: all of its methods, sorted, whoever asks and whatever is there (side channel 29)."""
    async with client(application()) as http:
        answer = await http.delete("/v1/things/00000000-0000-4000-8000-000000000000", headers=AUTHORISED)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, PATCH")
    assert answer.json()["code"] == "method-not-allowed"


async def test_our_mistake_is_500_without_a_word_of_it(caplog: pytest.LogCaptureFixture) -> None:
    """No text of the exception reaches the answer or the log: only its type does, and the request's id."""
    app = application(raising(RuntimeError(CANARY)))
    with caplog.at_level(logging.DEBUG):
        async with client(app) as http:
            answer = await http.get("/v1/raises", headers=AUTHORISED)
            fine = await http.get("/v1/things", headers=AUTHORISED)
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal-error"
    assert set(answer.headers) - set(fine.headers) == {"content-language"}
    [record] = [record for record in caplog.records if record.name == "peer_support.edge"]
    assert (record.getMessage(), record.__dict__["error"]) == ("unhandled", "builtins.RuntimeError")
    assert record.__dict__["request_id"] == answer.headers["x-request-id"]
    assert record.exc_info is None
    assert CANARY not in answer.text + caplog.text


async def test_an_outage_of_request_routes_says_what_to_do_now() -> None:
    """Rule 5: a 503 of the routes of requests carries the approved text, in Welsh where Welsh is asked for."""
    app = application(raising(Unavailable(), "/v1/requests"), raising(Unavailable(), "/v1/requests/one/offers"))
    async with client(app) as http:
        for path in ("/v1/requests", "/v1/requests/one/offers"):
            for accept in ("en", "cy"):
                answer = await http.get(path, headers={**AUTHORISED, "Accept-Language": accept})
                assert (answer.status_code, answer.headers["content-language"]) == (503, accept)
                body = answer.json()
                assert body["doThisNow"] == TEXTS["EW"][Language(accept)]
                assert (body["doThisNowLanguage"], body["doThisNowInLanguageAsked"]) == (accept, True)
                assert answer.headers["retry-after"] == "5"


async def test_our_mistake_in_a_request_route_says_what_to_do_now_too() -> None:
    """A 500 is no less of an outage at the cell door."""
    async with client(application(raising(RuntimeError(CANARY), "/v1/requests"))) as http:
        answer = await http.get("/v1/requests", headers=AUTHORISED)
    assert answer.status_code == 500
    assert "doThisNow" in answer.json()
    assert CANARY not in answer.text


async def test_other_outages_do_not_shout() -> None:
    """Only the routes of requests carry it: not those whose name merely begins alike."""
    app = application(raising(Unavailable(), "/v1/requests-archive"), raising(Absent(), "/v1/requests"))
    async with client(app) as http:
        for path in ("/v1/requests-archive", "/v1/requests"):
            assert "doThisNow" not in (await http.get(path, headers=AUTHORISED)).json()


async def test_a_language_without_an_approved_text_gets_english_that_says_so() -> None:
    """Rule 28: no machine-made wording; English, Content-Language en, and a member that says that it is English."""
    only_english: DoThisNow = for_jurisdiction("Elsewhere", {"Elsewhere": {Language.ENGLISH: "Shout."}})
    app = application(raising(Unavailable(), "/v1/requests"), answers=Answers(only_english))
    async with client(app) as http:
        answer = await http.get("/v1/requests", headers={**AUTHORISED, "Accept-Language": "cy"})
    body = answer.json()
    assert answer.headers["content-language"] == "en"
    assert (body["doThisNow"], body["doThisNowLanguage"], body["doThisNowInLanguageAsked"]) == ("Shout.", "en", False)
    assert body["title"] == "Not available now"


def test_a_jurisdiction_without_a_text_stops_the_start() -> None:
    """A wrong emergency instruction is worse than a late start."""
    with pytest.raises(LookupError):
        for_jurisdiction("Atlantis")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.slug)
async def test_every_type_resolves_to_a_page_of_ours(kind: Kind) -> None:
    """`type` is a promise: its page is there without a token, for programs and for people, in both languages."""
    async with client(application()) as http:
        for language in Language:
            told = await http.get(document(kind, language)["type"], headers={"Accept-Language": language.value})
            assert told.status_code == 200
            assert told.json()["title"] == kind.sentences(language).title
            assert told.json()["status"] == kind.status
            page = await http.get(kind.type, headers={"Accept": "text/html,*/*", "Accept-Language": language.value})
            assert page.headers["content-type"].startswith("text/html")
            assert f'lang="{language.value}"' in page.text
            assert "Accept" in [name.strip() for name in page.headers["vary"].split(",")]


async def test_the_index_of_problems_lists_every_kind() -> None:
    """/problems lists each kind once, as JSON and as a page."""
    async with client(application()) as http:
        listed = (await http.get("/problems")).json()["problems"]
        page = (await http.get("/problems", headers={"Accept": "text/html"})).text
    assert [kind["code"] for kind in listed] == list(KINDS)
    assert all(f'href="/problems/{slug}"' in page for slug in KINDS)


async def test_an_unknown_kind_is_not_found() -> None:
    """A slug that we never had is the same 404 as any other."""
    async with client(application()) as http:
        answer = await http.get("/problems/no-such-kind")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_who_reached_no_act_is_still_noted_and_no_note_means_no_answer() -> None:
    """An unknown route, a wrong method or a refused shape is an attempt: it is noted first, or the answer is 503."""
    noted: list[str] = []

    async def note(_request: Request, kind: Kind) -> None:
        noted.append(kind.slug)
        if len(noted) > 3:
            raise Unavailable

    async with client(application(on_unread=note)) as http:
        statuses = [
            (await http.get("/v1/nothing", headers=AUTHORISED)).status_code,
            (await http.delete("/v1/things", headers=AUTHORISED)).status_code,
            (await http.post("/v1/things", json={}, headers=AUTHORISED)).status_code,
            (await http.get("/v1/nothing", headers=AUTHORISED)).status_code,
        ]
    assert noted == ["not-found", "method-not-allowed", "unacceptable", "not-found"]
    assert statuses == [404, 405, 422, 503]
