"""Deny by default, proved at the start (A1): every route carries a verb that somebody may do, or the application does
not start."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import Response
from starlette.routing import Route

from api import app as application
from api import guarded
from api.edge.gate import is_open
from api.routes import by_code
from domain.confidentiality import policy
from domain.confidentiality.about import ABOUT
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import grants_of
from domain.confidentiality.record import KINDS
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from tests.http.world import Theatre, theatre

Patch = pytest.MonkeyPatch


class _Shown(BaseModel):
    """What a planted route shows."""


def test_every_route_that_needs_a_token_carries_a_verb_that_somebody_may_do() -> None:
    """Walked over all that is registered, plain routes included: each is open by name, or has a verb, a family and a
    grant; and each verb of a route is of a kind that is there."""
    bare, guarded_ones = [], 0
    for route in theatre().app.routes:
        assert isinstance(route, Route), "only plain routes are indexed"
        for method in route.methods or ():
            verb = guarded.verb_of(route) if isinstance(route, APIRoute) else None
            if is_open(route.path, by_code.OPEN):
                assert verb is None, f"{route.path} is open and has a verb"
                continue
            guarded_ones += 1
            known = verb is not None and any(grants_of(role, verb) for role in Role)
            if not known or not isinstance(route, guarded.Guarded):
                bare.append(f"{method} {route.path}")
    assert bare == []
    assert guarded_ones > 50


async def _answer(_request: Any = None) -> Response:
    return Response("everything")


def _an_api_route(app: FastAPI) -> None:
    app.router.routes.append(APIRoute("/v1/everything", _answer, methods=["GET"]))


def _a_plain_route(app: FastAPI) -> None:
    app.router.routes.append(Route("/v1/everything", _answer, methods=["GET"]))


def _a_route_beside_v1(app: FastAPI) -> None:
    app.router.routes.append(Route("/v2/everything", _answer, methods=["GET"]))


def _a_route_of_another_class(app: FastAPI) -> None:
    router = APIRouter()
    # It names its verb, and its class never asks: the verb would be printed in the document and refuse nobody.
    guarded.operation(
        router, "GET", "/v1/everything", Verb.READ_ME, name="everything", summary="Everything", shows=_Shown
    )(_answer)
    app.router.routes.extend(router.routes)


@pytest.mark.parametrize("add", [_an_api_route, _a_plain_route, _a_route_beside_v1, _a_route_of_another_class])
def test_a_route_without_a_guard_does_not_start(monkeypatch: Patch, add: Callable[[FastAPI], None]) -> None:
    """However it was registered, and wherever: an address that needs a token and asks no verb stops the start."""
    real = application.guarded.check

    def check(app: FastAPI, *more: Any) -> None:
        add(app)
        real(app, *more)

    monkeypatch.setattr(application.guarded, "check", check)
    with pytest.raises(RuntimeError, match="everything asks for no verb"):
        Theatre()


def _without(verb: Verb) -> tuple[Any, ...]:
    return tuple(g for g in GRANTS if verb not in g.may)


@pytest.mark.parametrize("verb", [Verb.DECLARE_DUTY, Verb.HAND_IN_TALLY, Verb.CREATE_SCHEME])
def test_a_verb_that_no_grant_gives_does_not_start(monkeypatch: Patch, verb: Verb) -> None:
    """A route that can only refuse is a mistake in the table."""
    monkeypatch.setattr(policy, "GRANTS", _without(verb))
    monkeypatch.setattr(policy, "_BY_ROLE_AND_VERB", policy._index())
    with pytest.raises(RuntimeError, match=f"nobody may {verb}"):
        Theatre()


def test_a_grant_to_a_kind_that_is_not_there_does_not_start(monkeypatch: Patch) -> None:
    """A verb about no record has no reach; of each kind that verbs are about, its loss stops the start."""
    for name in sorted({kind for about in ABOUT.values() if (kind := about.kind) is not None}):
        with monkeypatch.context() as patch:
            patch.delitem(KINDS, name)
            with pytest.raises(RuntimeError, match=f"no record is called {name}"):
                guarded.check(theatre().app, by_code.OPEN)
    guarded.check(theatre().app, by_code.OPEN)
