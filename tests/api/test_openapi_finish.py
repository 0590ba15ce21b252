"""The finished document: valid, complete, limited, deterministic, and true of what is sent."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Annotated, Any
from uuid import UUID

import jsonschema
import pytest
from fastapi import APIRouter, FastAPI, Header, Query, Response
from fastapi import Path as InPath
from openapi_spec_validator import validate
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api import health, route_index
from api.edge.install import Edge
from api.edge.install import install as install_edge
from api.info import Info
from api.openapi import Marks, Unfinished, finish, to_text
from api.problems import pages
from api.problems.handlers import install as install_handlers
from domain.kernel.errors import Absent, NotNow, PurposeRequired, Unavailable
from tests.api.sample import ANSWERS, AUTHORISED, ORIGIN, Clock, authenticate, client, key_of

ROOT = FilePath(__file__).parents[2]
RULES = 'extends: ["spectral:oas", "@stoplight/spectral-owasp-ruleset"]\n'


class State(StrEnum):
    """Where a scheme stands."""

    OPEN = "OPEN"
    PAUSED = "PAUSED"


class NewScheme(BaseModel):
    """What a scheme is made from."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Insiders", "tags": []}]})

    name: Annotated[str, Field(max_length=80)]
    places: int = 4
    tags: list[str] = []


class Scheme(BaseModel):
    """A scheme, as its viewer sees it."""

    id: UUID
    name: str | None
    state: State
    opened_at: Annotated[AwareDatetime | None, Field(alias="openedAt")]
    places: int
    withheld: list[str]


class Schemes(BaseModel):
    """A page of schemes."""

    items: Annotated[list[Scheme], Field(max_length=50)]


Id = Annotated[UUID, InPath(description="The scheme's id.")]
Tag = Annotated[str | None, Header(alias="If-Match", max_length=100, description="The ETag that was read.")]


def schemes() -> APIRouter:
    """List, create, read, change and delete; an open route and a request route."""
    router = APIRouter(prefix="/v1", tags=["schemes"])

    @router.get("/schemes", response_model=Schemes)
    async def list_schemes(after: Annotated[str | None, Query(description="Where to go on.")] = None) -> Any:
        """The schemes that you may see."""
        return {"items": []}

    @router.post("/schemes", status_code=201, response_model=Scheme, operation_id="createScheme")
    async def make(scheme: NewScheme) -> Any:
        """Make a scheme."""
        raise NotNow(["NAME_TAKEN"])

    @router.get("/schemes/{id}", response_model=Scheme)
    async def read_scheme(id: Id) -> Any:
        """One scheme."""
        raise Absent

    @router.patch("/schemes/{id}", response_model=Scheme)
    async def change_scheme(id: Id, scheme: NewScheme, if_match: Tag = None) -> Any:
        """Change a scheme."""
        raise PurposeRequired(["operations", "oversight"])

    @router.delete("/schemes/{id}", status_code=204)
    async def close_scheme(id: Id, if_match: Tag = None) -> Response:
        """Close a scheme."""
        return Response(status_code=204)

    @router.post("/requests", status_code=202, response_model=Scheme)
    async def ask(scheme: NewScheme) -> Any:
        """Ask for help."""
        raise Unavailable

    @router.post("/feedback-by-code", status_code=204)
    async def say(scheme: NewScheme) -> Response:
        """Say something without a name."""
        return Response(status_code=204)

    return router


MARKS = Marks(
    open_routes=frozenset({"/v1/feedback-by-code"}),
    operations={"readScheme": {"x-roles": ["scheme-coordinator"], "description": "Roles: scheme coordinator."}},
    members={"Scheme": {"name": "OPERATIONAL", "no_such_member": "OPEN"}, "NoSuchSchema": {"x": "OPEN"}},
    parameters=(
        {
            "name": "Purpose-Of-Use",
            "in": "header",
            "description": "For what purpose you ask, where your role has several.",
            "schema": {"type": "string", "enum": ["support", "oversight"]},
        },
    ),
)


def bare(**changes: Any) -> FastAPI:
    """The sample application without its edge."""
    made: dict[str, Any] = {
        "title": "Sample",
        "version": "1",
        "description": "A sample.",
        "contact": {"name": "Nobody", "url": "https://peer-support.example", "email": "nobody@peer-support.example"},
        "license_info": {"name": "MIT", "url": "https://opensource.org/license/mit"},
        "openapi_tags": [
            {"name": "problems", "description": "Kinds of problem."},
            {"name": "schemes", "description": "Schemes."},
        ],
        "redirect_slashes": False,
        "openapi_url": None,
    }
    app = FastAPI(**(made | changes))
    route_index.join(app, schemes(), pages.routes())
    return app


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The finished document of the sample application."""
    return finish(bare(), MARKS)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def resolved(document: dict[str, Any], value: Any) -> Any:
    """The value with its own reference followed."""
    while "$ref" in value:
        found: Any = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        value = found
    return value


def schemas_within(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of the document that has a JSON type."""
    if isinstance(value, dict):
        if "type" in value and isinstance(value["type"], str | list) and "value" not in value:
            yield path, value
        for name, inner in value.items():
            if name not in ("example", "examples", "default"):
                yield from schemas_within(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from schemas_within(inner, f"{path}/{index}")


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    """By a validator that no one here wrote."""
    assert document["openapi"].startswith("3.1.")
    validate(document)


def test_nothing_of_fastapis_own_errors_is_left(document: dict[str, Any]) -> None:
    """Our 422 is a problem; FastAPI's is never sent."""
    text = to_text(document)
    assert "HTTPValidationError" not in text
    assert "ValidationError" not in text


def test_every_operation_names_its_errors_and_its_openness(document: dict[str, Any]) -> None:
    """400, 401, 429 and 500 everywhere; the rest where it can happen; security is said by each operation itself."""
    said = {(method, path): operation for path, method, operation in operations(document)}
    assert len(said) == 9
    for (_, path), operation in said.items():
        assert {"400", "401", "414", "429", "431", "500"} <= set(operation["responses"])
        is_open = path in ("/problems", "/problems/{slug}", "/v1/feedback-by-code")
        assert operation["security"] == ([{}] if is_open else [{"bearer": []}])
        assert ("503" in operation["responses"]) is not is_open
        assert ("403" in operation["responses"]) is not is_open
    assert {"412", "428"} <= set(said["patch", "/v1/schemes/{id}"]["responses"])
    assert {"412", "428"} <= set(said["delete", "/v1/schemes/{id}"]["responses"])
    assert {"413", "415", "422"} <= set(said["post", "/v1/schemes"]["responses"])
    assert not {"412", "413", "415", "422", "428"} & set(said["get", "/v1/schemes"]["responses"])
    assert "404" in said["get", "/problems/{slug}"]["responses"]
    assert "404" not in said["get", "/problems"]["responses"]


def test_every_response_documents_the_headers_that_are_sent(document: dict[str, Any]) -> None:
    """Rate, request id and origin on each response; Retry-After and WWW-Authenticate where they belong."""
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            headers = resolved(document, response)["headers"]
            expected = {"Access-Control-Allow-Origin", "X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining"}
            assert expected <= set(headers), (path, method, status)
            assert ("Retry-After" in headers) is (status in ("429", "503"))
            assert ("WWW-Authenticate" in headers) is (status == "401")


def test_every_operation_is_named_in_camel_case(document: dict[str, Any]) -> None:
    """By its route's own operationId, else by its function's name; never with an underscore."""
    names = {operation["operationId"] for _, _, operation in operations(document)}
    assert names == {
        "listSchemes",
        "createScheme",
        "readScheme",
        "changeScheme",
        "closeScheme",
        "ask",
        "say",
        "listProblemKinds",
        "getProblemKind",
    }


def test_nothing_is_without_an_end(document: dict[str, Any]) -> None:
    """Strings, lists and integers have limits, the formats of ids and instants included; objects are closed."""
    counted = 0
    for path, schema in schemas_within(document):
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        closed = "enum" in schema or "const" in schema
        if "string" in kinds and not closed:
            assert "maxLength" in schema, path
            assert "pattern" in schema or "format" in schema, path
        if "array" in kinds:
            assert "maxItems" in schema, path
        if "integer" in kinds:
            assert {"minimum", "maximum", "format"} <= set(schema), path
        if "object" in kinds:
            assert schema["additionalProperties"] is False, path
        counted += 1
    assert counted > 40
    scheme = document["components"]["schemas"]["Scheme"]["properties"]
    assert (scheme["id"]["format"], scheme["id"]["maxLength"]) == ("uuid", 36)
    opened = scheme["openedAt"]["anyOf"][0]
    assert (opened["format"], opened["maxLength"]) == ("date-time", 32)


def test_limits_that_a_model_says_itself_stand(document: dict[str, Any]) -> None:
    """The document narrows nothing and widens nothing that a model has said."""
    new = document["components"]["schemas"]["NewScheme"]["properties"]
    assert new["name"]["maxLength"] == 80
    assert document["components"]["schemas"]["Schemes"]["properties"]["items"]["maxItems"] == 50
    assert new["tags"]["maxItems"] == 100


def test_every_example_validates_against_its_schema(document: dict[str, Any]) -> None:
    """A caller who copies an example has copied something true."""
    registry = {"components": document["components"]}
    checked = 0
    for response in document["components"]["responses"].values():
        for media in response["content"].values():
            for example in media["examples"].values():
                schema = {**media["schema"], **registry}
                jsonschema.Draft202012Validator(schema).validate(example["value"])
                checked += 1
    for schema in document["components"]["schemas"].values():
        for example in schema.get("examples", ()) if schema.get("type") == "object" else ():
            jsonschema.Draft202012Validator({**schema, **registry}).validate(example)
            checked += 1
    assert checked >= 20


def test_request_routes_promise_what_to_do_now(document: dict[str, Any]) -> None:
    """Rule 5, in the document: their 5xx show it, and no other's do."""
    for path, _, operation in operations(document):
        for status in ("500", "503"):
            if status in operation["responses"]:
                shown = json.dumps(resolved(document, operation["responses"][status]))
                assert ("doThisNow" in shown) is (path == "/v1/requests")


def test_marks_are_in_the_document(document: dict[str, Any]) -> None:
    """Classification at the member, roles at the operation, common parameters where a token is needed."""
    assert document["components"]["schemas"]["Scheme"]["properties"]["name"]["x-classification"] == "OPERATIONAL"
    read = document["paths"]["/v1/schemes/{id}"]["get"]
    assert read["x-roles"] == ["scheme-coordinator"]
    assert read["description"] == "One scheme.\n\nRoles: scheme coordinator."
    reference = {"$ref": "#/components/parameters/Purpose-Of-Use"}
    assert reference in read["parameters"]
    assert "parameters" not in document["paths"]["/v1/feedback-by-code"]["post"]


def test_enumerations_in_answers_are_open_and_patches_may_be_merge_patches(document: dict[str, Any]) -> None:
    """Rule 29: a client is told that a state may be added; and what the edge takes for PATCH is said."""
    assert document["components"]["schemas"]["State"]["x-open-enum"] is True
    content = document["paths"]["/v1/schemes/{id}"]["patch"]["requestBody"]["content"]
    assert set(content) == {"application/json", "application/merge-patch+json"}


def test_what_only_an_author_can_say_is_asked_for() -> None:
    """Everything that is wanting is listed at once, each with its place."""
    app = bare(contact=None, openapi_tags=[{"name": "problems"}])

    class Loose(BaseModel):
        """Takes anything."""

        name: str

    async def no_words(loose: Loose) -> None:
        return None

    app.add_api_route("/v1/loose", no_words, methods=["POST"], operation_id="no_words")
    app.add_api_route("/v1/twice", no_words, methods=["POST"], name="list_schemes", tags=["schemes"])
    with pytest.raises(Unfinished) as refused:
        finish(app, Marks())
    wanting = refused.value.wanting
    for part in (
        "contact of the application",
        "POST /v1/loose: a description",
        "POST /v1/loose: a tag",
        "POST /v1/loose: an operationId in camelCase",
        "POST /v1/twice: an operationId of its own",
        "POST /v1/schemes: a description of its tag schemes",
        "schema Loose: to forbid members that it does not name (extra='forbid')",
    ):
        assert part in wanting


def test_finishing_changes_nothing_of_the_application() -> None:
    """The same document each time, and FastAPI's own untouched."""
    app = bare()
    before = json.dumps(app.openapi())
    assert to_text(finish(app, MARKS)) == to_text(finish(app, MARKS))
    assert json.dumps(app.openapi()) == before


def test_it_is_the_same_text_in_every_process() -> None:
    """Sets and hashes have no part in it, so that a committed file can be compared."""
    program = (
        "import hashlib; from tests.api.test_openapi_finish import bare, MARKS;"
        "from api.openapi import finish, to_text;"
        "print(hashlib.sha256(to_text(finish(bare(), MARKS)).encode()).hexdigest())"
    )
    expected = hashlib.sha256(to_text(finish(bare(), MARKS)).encode()).hexdigest()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert ran.stdout.strip() == expected


async def test_what_is_answered_is_what_is_documented(document: dict[str, Any]) -> None:
    """Real answers, ours and the edge's, validate against the document: status, schema, and every header of it."""
    app = bare()
    install_handlers(app, ANSWERS)
    edge = Edge(origin=ORIGIN, open_routes=MARKS.open_routes)
    install_edge(app, edge, answers=ANSWERS, authenticate=authenticate, caller_key=key_of, monotonic=Clock())
    route_index.install(app)
    one = "/v1/schemes/00000000-0000-4000-8000-000000000000"
    asked: list[tuple[str, str, str, dict[str, str], Any, int]] = [
        ("GET", "/v1/schemes", "/v1/schemes", AUTHORISED, None, 200),
        ("GET", "/v1/schemes", "/v1/schemes", {}, None, 401),
        ("POST", "/v1/schemes", "/v1/schemes", AUTHORISED, {"name": "a"}, 409),
        ("POST", "/v1/schemes", "/v1/schemes", AUTHORISED, {"name": 1, "odd": 2}, 422),
        ("POST", "/v1/schemes", "/v1/schemes", AUTHORISED, {"name": "x" * 70_000}, 413),
        ("GET", "/v1/schemes/{id}", one, AUTHORISED, None, 404),
        ("GET", "/v1/schemes/{id}", "/v1/schemes/x", AUTHORISED, None, 400),
        ("PATCH", "/v1/schemes/{id}", one, AUTHORISED, {"name": "a"}, 400),
        ("DELETE", "/v1/schemes/{id}", one, AUTHORISED, None, 204),
        ("POST", "/v1/requests", "/v1/requests", AUTHORISED, {"name": "a"}, 503),
        ("POST", "/v1/feedback-by-code", "/v1/feedback-by-code", {}, {"name": "a"}, 204),
        ("POST", "/v1/feedback-by-code", "/v1/feedback-by-code", {"Authorization": "x"}, {"name": "a"}, 401),
        ("GET", "/problems", "/problems", {}, None, 200),
        ("GET", "/problems", "/problems", {"Authorization": "x"}, None, 401),
        ("GET", "/problems/{slug}", "/problems/none", {}, None, 404),
    ]
    async with client(app) as http:
        for method, template, path, headers, body, status in asked:
            answer = await http.request(method, path, headers=headers, json=body)
            assert answer.status_code == status, (method, path)
            response = resolved(document, document["paths"][template][method.lower()]["responses"][str(status)])
            assert [name for name in response["headers"] if name not in answer.headers] == []
            content = response.get("content")
            if content:
                schema = content[answer.headers["content-type"]]["schema"]
                validator = jsonschema.Draft202012Validator({**schema, "components": document["components"]})
                validator.validate(answer.json())


def test_the_linters_of_the_estate_find_nothing(tmp_path: FilePath) -> None:
    """Spectral's own rules and OWASP's, every severity: no finding, those of health and information included."""
    spectral = _spectral()
    app = bare(openapi_tags=[{"name": name, "description": "Some."} for name in ("health", "problems", "schemes")])
    nothing = dict.fromkeys(("artifact", "name", "version", "time", "by"), "")
    shown = {"git": {"branch": "main", "commit": {"id": "1", "time": ""}}, "build": nothing, "productId": "DPS999"}
    info = Info.model_validate({**shown, "activeAgencies": ["***"], "demonstration": True})
    route_index.join(app, health.routes(health.Components({}), info))
    document = finish(app, MARKS)
    (tmp_path / "rules.yaml").write_text(RULES)
    (tmp_path / "openapi.json").write_text(to_text(document))
    # The rules are named by package, which Spectral looks for from the folder of the ruleset upward.
    (tmp_path / "node_modules").symlink_to(spectral.parents[1])
    ran = subprocess.run(
        [str(spectral), "lint", "-r", "rules.yaml", "-f", "json", "-F", "hint", "openapi.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    begun, ended = ran.stdout.find("["), ran.stdout.rfind("]")
    findings = json.loads(ran.stdout[begun : ended + 1])
    assert [(finding["code"], finding["path"]) for finding in findings] == []
    assert ran.returncode == 0


def _spectral() -> FilePath:
    """Spectral where the CI or the developer installed it; else the test names itself as left out."""
    for folder in (os.environ.get("OPENAPI_LINT_TOOLS"), str(ROOT / ".ci" / "tools")):
        if folder and (found := FilePath(folder) / "node_modules" / ".bin" / "spectral").exists():
            return found
    found_on_path = shutil.which("spectral")
    if found_on_path:
        return FilePath(found_on_path)
    if os.environ.get("REQUIRE") == "all":
        pytest.fail("Spectral is required, and not installed")
    pytest.skip("OpenAPI lint: Spectral (npm) is not installed")
