"""The document that FastAPI begins, finished: complete, limited, and nothing in it that is not really sent.

FastAPI knows routes and models. It does not know the edge (401, the limits, the headers on every answer), the one shape
of problems, or who may do what. This module adds those from the code that enforces them, drops FastAPI's own 422, and
refuses to finish what only a route's author can say: `Unfinished` lists what is wanting, all of it at once.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api import guarded, openapi_examples
from api import openapi_schemas as schemas
from api.edge.gate import is_open
from api.edge.limits import MERGE_PATCH
from api.problems import schema as problems

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_OPERATION_ID: Final = re.compile(r"[a-z][A-Za-z0-9]*\Z")
_SCHEME: Final = "bearer"
_SECURITY: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": (
        "An access token as a JWS in compact form, RS256 or ES256, from a configured issuer, checked as RFC8725 asks. "
        "Roles are assignments in this service, never claims of the token alone."
    ),
}
_SERVERS: Final = [
    {"url": "/", "description": "This service itself, be it local, staging or production.", "x-internal": True}
]
# The name of a response of request routes is that of the plain one and this: it carries what to do now.
_WITH_HELP: Final = "WithHelp"


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What no route can say of itself.

    open_routes     paths that need no token, as the edge has them
    request_routes  path prefixes whose 5xx carry what to do now, as the answers have them
    operations      by operationId: members added to the operation (`x-roles`, `x-purposes`), from the policy;
                    a `description` among them is put after the route's own
    members         by schema and member: its classification, as `x-classification`
    parameters      parameter objects that every operation with a token takes (Purpose-Of-Use, Acting-As, …)
    schemas         schemas that these refer to, by their names
    alike           operationIds of what is the same in every capacity, so that none need be named: never 409
    """

    open_routes: frozenset[str] = frozenset()
    request_routes: tuple[str, ...] = ("/v1/requests",)
    operations: Mapping[str, Mapping[str, Any]] = field(default_factory=_nothing)
    members: Mapping[str, Mapping[str, str]] = field(default_factory=_nothing)
    parameters: tuple[Mapping[str, Any], ...] = ()
    schemas: Mapping[str, Mapping[str, Any]] = field(default_factory=_nothing)
    alike: frozenset[str] = frozenset()


class Unfinished(ValueError):
    """What only a route's author can say is not said. `wanting` names every place and what it wants."""

    def __init__(self, wanting: list[str]) -> None:
        self.wanting = tuple(wanting)
        super().__init__("the document wants: " + "; ".join(wanting))


def finish(app: FastAPI, marks: Marks) -> dict[str, Any]:
    """The whole OpenAPI 3.1 document of an application whose routes lie on it directly.

    Raises Unfinished where the application lacks its description, contact, licence or a tag's description, or an
    operation its description, tag or a good operationId, or a request takes members that its model does not name.
    """
    document = _begun(app)
    wanting: list[str] = [
        f"{name} of the application" for name in ("description", "contact", "license") if name not in document["info"]
    ]
    document["servers"] = _SERVERS
    components: dict[str, Any] = document.setdefault("components", {})
    components["securitySchemes"] = {_SCHEME: _SECURITY}
    _name_operations(app, document)
    used: set[str] = set()
    for path, method, operation in _operations(document):
        token = not is_open(path, marks.open_routes)
        operation["security"] = [{_SCHEME: []}] if token else [{}]
        operation["responses"] = _responses(path, method, operation, token, marks, used)
        _add_parameters(operation, marks if token else Marks())
        _add_marks(operation, marks)
        wanting += _wanting_of(operation, document, f"{method.upper()} {path}")
    components["responses"] = {name: _component(name) for name in sorted(used)}
    components["headers"] = _headers(document)
    if marks.parameters:
        components["parameters"] = {_component_name(parameter): dict(parameter) for parameter in marks.parameters}
    wanting += _finish_schemas(document, marks)
    if wanting:
        raise Unfinished(wanting)
    openapi_examples.add(document)
    return document


def to_text(document: Mapping[str, Any]) -> str:
    """The document as it is kept in a file and compared: the same text for the same routes, in every process."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _begun(app: FastAPI) -> dict[str, Any]:
    guarded.show_models(app)
    begun = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary=app.summary,
        description=app.description or None,
        terms_of_service=app.terms_of_service,
        contact=app.contact,
        license_info=app.license_info,
        routes=app.routes,
        tags=app.openapi_tags,
        separate_input_output_schemas=app.separate_input_output_schemas,
    )
    # A copy all the way down, since FastAPI's may share parts with the models.
    document: dict[str, Any] = json.loads(json.dumps(begun))
    # FastAPI walks a set of methods, and the order of a set differs from process to process.
    for path, item in document["paths"].items():
        document["paths"][path] = {method: item[method] for method in _METHODS if method in item}
    found: dict[str, Any] = document.get("components", {}).get("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        found.pop(name, None)
    return document


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _name_operations(app: FastAPI, document: Mapping[str, Any]) -> None:
    """Where a route gives no operationId of its own, its function's name in camelCase is one."""
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema and route.operation_id is None:
            first, *rest = route.name.split("_")
            for method in route.methods or ():
                operation = document["paths"][route.path_format].get(method.lower())
                if operation is not None:
                    operation["operationId"] = first + "".join(word.capitalize() for word in rest)


def _statuses(path: str, method: str, operation: Mapping[str, Any], token: bool, alike: bool) -> list[int]:
    """The errors that this operation really answers with, beside what its route says itself."""
    names = {parameter.get("name") for parameter in operation.get("parameters", ())}
    statuses = [400, 401, 414, 429, 431, 500]
    if token:
        # 409: several assignments may fit; 404: people in custody get it for every refusal; 503: no ledger, no answer.
        statuses += [403, 404, *([] if alike else [409]), 503]
    elif "{" in path:
        statuses.append(404)
    if "If-Match" in names:  # whatever moves a record takes it (`api.answered.moves`)
        statuses += [412, 428]
    if "requestBody" in operation:
        statuses += [413, 415, 422]
    elif "Idempotency-Key" in names:
        statuses.append(422)
    return statuses


def _responses(
    path: str, method: str, operation: Mapping[str, Any], token: bool, marks: Marks, used: set[str]
) -> dict[str, Any]:
    said: dict[str, Any] = dict(operation["responses"])
    if "HTTPValidationError" in schemas.referred(said.get("422", {})):
        del said["422"]
    help_at_once = any(path == prefix or path.startswith(f"{prefix}/") for prefix in marks.request_routes)
    for status in _statuses(path, method, operation, token, operation["operationId"] in marks.alike):
        if "content" not in said.get(str(status), {}):
            name = problems.name_of(status) + (_WITH_HELP if help_at_once and status >= 500 else "")
            used.add(name)
            said[str(status)] = {"$ref": f"#/components/responses/{name}"}
    for response in said.values():
        if "$ref" not in response:
            headers = response.setdefault("headers", {})
            for name in problems.EVERYWHERE:
                headers.setdefault(name, {"$ref": f"#/components/headers/{name}"})
    return {status: said[status] for status in sorted(said)}


def _component(name: str) -> dict[str, Any]:
    plain = name.removesuffix(_WITH_HELP)
    return problems.response(problems.STATUSES[plain], help_at_once=name != plain)


def _headers(document: Mapping[str, Any]) -> dict[str, Any]:
    text = json.dumps([document["paths"], document["components"]["responses"]])
    return {name: header for name, header in problems.HEADERS.items() if f'"#/components/headers/{name}"' in text}


def _component_name(parameter: Mapping[str, Any]) -> str:
    return str(parameter["name"])


def _add_parameters(operation: dict[str, Any], marks: Marks) -> None:
    said = {(parameter["in"], parameter["name"].lower()) for parameter in operation.get("parameters", ())}
    for parameter in marks.parameters:
        if (parameter["in"], parameter["name"].lower()) not in said:
            reference = {"$ref": f"#/components/parameters/{_component_name(parameter)}"}
            operation.setdefault("parameters", []).append(reference)


def _add_marks(operation: dict[str, Any], marks: Marks) -> None:
    for name, value in marks.operations.get(operation["operationId"], {}).items():
        operation[name] = f"{operation.get('description', '')}\n\n{value}".strip() if name == "description" else value


def _wanting_of(operation: dict[str, Any], document: Mapping[str, Any], where: str) -> Iterator[str]:
    if not operation.get("description"):
        yield f"{where}: a description"
    if not _OPERATION_ID.match(operation["operationId"]):
        yield f"{where}: an operationId in camelCase"
    if sum(operation["operationId"] == other["operationId"] for _, _, other in _operations(document)) > 1:
        yield f"{where}: an operationId of its own"
    described = {tag["name"] for tag in document.get("tags", ()) if tag.get("description")}
    if not operation.get("tags"):
        yield f"{where}: a tag"
    for tag in operation.get("tags", ()):
        if tag not in described:
            yield f"{where}: a description of its tag {tag}"


def _finish_schemas(document: dict[str, Any], marks: Marks) -> Iterator[str]:
    components: dict[str, Any] = document["components"]
    models: dict[str, Any] = components.setdefault("schemas", {})
    bodies: list[Any] = []
    answers: list[Any] = []
    for path, method, operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            if "schema" in parameter:
                schemas.limit(parameter["schema"], schemas.ROOM[parameter["in"]])
        content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
        if method == "patch" and "application/json" in content:
            content[MERGE_PATCH] = content["application/json"]
        taken = [media["schema"] for media in content.values()]
        given = [
            media["schema"]
            for response in operation["responses"].values()
            for media in response.get("content", {}).values()
            if "schema" in media
        ]
        for schema in taken + given:
            schemas.limit(schema, schemas.ROOM["body"])
        if not all(taken):
            yield f"{method.upper()} {path}: a model of its body"
        bodies += taken
        answers += given
    asked = schemas.reached(bodies, models)
    for name, model in models.items():
        schemas.limit(model, schemas.ROOM["body"])
        for each in schemas.every(model):
            if name in asked and schemas.is_open_object(each):
                yield f"schema {name}: to forbid members that it does not name (extra='forbid')"
        schemas.close(model)
        for member, classification in marks.members.get(name, {}).items():
            if member in model.get("properties", {}):
                model["properties"][member]["x-classification"] = classification
    for name in schemas.reached(answers, models):
        schemas.mark_open_enums(models[name])
    for name, schema in {**marks.schemas, **problems.SCHEMAS}.items():
        models[name] = json.loads(json.dumps(schema))
    used = schemas.reached([document["paths"]], models) | {*marks.schemas, *problems.SCHEMAS}
    components["schemas"] = {name: model for name, model in sorted(models.items()) if name in used}
