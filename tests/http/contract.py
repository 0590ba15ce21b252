"""Every answer held against the OpenAPI document: its status, its body, its headers. Nothing is documented that is not
sent, and nothing is sent that is not documented.
"""

import json
from collections.abc import Mapping
from typing import Any

import httpx
import jsonschema_rs
from fastapi import FastAPI

from api import openapi
from api.app import marks

# What belongs to HTTP, to browsers and to intermediaries; every other header that is sent is documented.
_OF_HTTP = {
    *("allow", "cache-control", "content-length", "content-type", "vary"),
    *("content-security-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "referrer-policy"),
    *("strict-transport-security", "x-content-type-options", "x-frame-options"),
}
_DOCUMENT = "urn:document"
# An address that no operation has answers with these.
_NO_OPERATION = {401, 404, 405, 413, 414, 415, 429, 431, 503, 500, 400}


class Contract:
    """The document of an application, ready to be asked."""

    def __init__(self, app: FastAPI) -> None:
        self.document: dict[str, Any] = openapi.finish(app, marks(app))
        self._routes: dict[str, list[tuple[Any, str]]] = {}
        for route in app.routes:
            for method in route.methods or ():  # type: ignore[attr-defined]
                self._routes.setdefault(method, []).append((route.path_regex, route.path))  # type: ignore[attr-defined]
        self._registry = jsonschema_rs.Registry([(_DOCUMENT, self.document)])
        self._validators: dict[int, tuple[Mapping[str, Any], jsonschema_rs.Draft202012Validator]] = {}

    def operation(self, method: str, path: str) -> Mapping[str, Any] | None:
        """The operation that answers this request, if there is one."""
        for pattern, template in self._routes.get(method, ()):
            if pattern.match(path):
                return self.document["paths"].get(template, {}).get(method.lower())
        return None

    def check(self, method: str, answer: httpx.Response) -> None:
        """Fail where the answer is not as documented."""
        where = f"{method} {answer.request.url.path} {answer.status_code}"
        operation = self.operation(method, answer.request.url.path)
        problem = answer.status_code >= 400
        if operation is None:
            assert answer.status_code in _NO_OPERATION or not problem, where
            if problem and method != "HEAD":
                self._valid({"$ref": "#/components/schemas/Problem"}, answer, where)
            return
        documented = operation["responses"].get(str(answer.status_code))
        assert documented is not None, f"{where} is not documented: {answer.text}"
        documented = self._resolved(documented)
        self._headers(documented, answer, where)
        if "content" not in documented:
            assert answer.content == b"", f"{where} is documented without a body"
            return
        media: Mapping[str, Any] = documented.get("content", {})
        kind = answer.headers.get("content-type", "").partition(";")[0]
        assert kind in media or (not media and not answer.content), f"{where}: {kind} is not documented"
        if "schema" in media.get(kind, {}) and kind.endswith("json"):
            self._valid(media[kind]["schema"], answer, where)

    def _headers(self, documented: Mapping[str, Any], answer: httpx.Response, where: str) -> None:
        """Each header that is always there is there, each is as documented, and none is sent that is not."""
        said = {name.lower(): self._resolved(header) for name, header in documented.get("headers", {}).items()}
        unknown = set(answer.headers) - set(said) - _OF_HTTP
        assert unknown == set(), f"{where}: {sorted(unknown)} sent, and not documented"
        for name, header in said.items():
            if name not in answer.headers:
                assert not header.get("required"), f"{where}: {name} is documented and was not sent"
                continue
            schema = header["schema"]
            value: Any = answer.headers[name]
            self._validator(schema).validate(int(value) if schema["type"] == "integer" else value)

    def _resolved(self, named: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in named:
            return named
        found: Any = self.document
        for step in named["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return found

    def _valid(self, schema: Mapping[str, Any], answer: httpx.Response, where: str) -> None:
        error = next(iter(self._validator(schema).iter_errors(answer.json())), None)
        assert error is None, f"{where}: {error.message} at {error.instance_path} of {json.dumps(answer.json())[:500]}"

    def _validator(self, schema: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator:
        kept, found = self._validators.get(id(schema), (None, None))
        if found is None or kept is not schema:
            found = jsonschema_rs.Draft202012Validator(_of_document(schema), registry=self._registry)
            self._validators[id(schema)] = schema, found
        return found


def _of_document(schema: Any) -> Any:
    """The same schema, pointing into the document from outside of it."""
    match schema:
        case {"$ref": str(named), **rest}:
            return {**rest, "$ref": _DOCUMENT + named}
        case dict():
            return {name: _of_document(part) for name, part in schema.items()}  # type: ignore[reportUnknownVariableType]
        case list():
            return [_of_document(part) for part in schema]  # type: ignore[reportUnknownVariableType]
        case _:
            return schema
