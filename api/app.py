"""The application, put together: routes, guard, problems, edge, documentation, health."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request

from api import anonymous, callers, guarded, health, openapi, published, route_index
from api.application import Application
from api.call import ALIKE
from api.do_this_now import for_jurisdiction
from api.docs import pages as documentation
from api.edge.gate import Notes
from api.edge.install import Edge
from api.edge.install import install as install_edge
from api.info import Info
from api.noting import note
from api.offers import Offers
from api.problems import handlers
from api.problems import pages as problem_pages
from api.problems.answers import Answers
from api.problems.kinds import Kind
from api.reads import Reads
from api.routes import all_routers, by_code
from api.runtime import Runtime
from api.telemetry.traced import Telemetry, Traced
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.principal import Principal
from domain.confidentiality.roles import Purpose
from domain.kernel.errors import Absent, TooMany, Trouble, Unacceptable, Unreadable
from domain.oversight.ended import LOCKS_OUT

TITLE: Final = "Peer support in prisons"
VERSION: Final = "1.0.0"
DESCRIPTION: Final = (
    "Schemes, supporters, sessions and feedback of peer support in prisons. Everybody acts in one role, for one "
    "purpose; every look, change and refusal has its line in the ledger; what a role does not see is null and named in "
    "`withheld`. Titles and sentences are English or Welsh by `Accept-Language`, in which nothing can make a request "
    "fail; codes never change. Lengths of time are whole numbers with their unit in the name (`runningWeeks`, "
    "`unlockMinutesAWeek`), and money is in minor units of the jurisdiction's currency (pence, cents). No life depends "
    "on this service: if someone may die, shout, ring the bell, use the radio."
)
TAGS: Final = [
    {"name": "me", "description": "Who am I, and by which rules."},
    {"name": "schemes", "description": "Peer support of one kind in one prison."},
    {"name": "charters", "description": "A scheme's plan in versions: written, commented on, signed, published."},
    {"name": "objectives", "description": "What a scheme is meant to reach, and what was found of it."},
    {"name": "catalogues", "description": "Questions and measures: what is the same for everybody."},
    {"name": "supporters", "description": "People in custody who give time to others."},
    {"name": "requests", "description": "Asking for support, and what came of it."},
    {"name": "tallies", "description": "A Listener's count of a contact, handed in and never read back."},
    {"name": "learning", "description": "Insiders' first meetings; learners, mentors and their sessions."},
    {
        "name": "evaluation",
        "description": "Did a scheme work: its evaluation, instruments, what people answered.",
    },
    {"name": "feedback", "description": "What people say of a scheme."},
    {"name": "access", "description": "Assignments, duty declarations, the ledger."},
    {"name": "jobs", "description": "Long work."},
    {
        "name": "recruiting",
        "description": "Vacancies, applications, panels, the waiting list, appeals: how supporters are found fairly.",
    },
    {
        "name": "suitability",
        "description": "Security's word on an applicant, and what the rules of the kind found.",
    },
    {
        "name": "standing",
        "description": "Where supporters stand: suspension, review, decision and appeal; absences; and who can be had.",
    },
    {"name": "training", "description": "Courses, cohorts, attendance, certificates, practice and signing off."},
    {
        "name": "registers",
        "description": "What keeps a scheme going: its plans, risks, times, places, checks and people.",
    },
    {"name": "turnover", "description": "How many supporters there will be, and holds on their transfer."},
    {"name": "metrics", "description": "What schemes did in months that are over, in numbers that may leave."},
    {"name": "passports", "description": "What a supporter takes with him: certificates, references."},
    {"name": "importing", "description": "Schemes that have run before, brought here and taken elsewhere in files."},
    {"name": "pay", "description": "Supporters' pay by the week, and other work beside it."},
    {
        "name": "care",
        "description": (
            "How those who give support are looked after: supervision, rota and load, debriefs, wellbeing, the channel"
            " for pressure and misuse, support after a death, news, hand-over."
        ),
    },
    {"name": "queues", "description": "What could not be worked on, at the estate's own addresses."},
    {
        "name": "subject-access",
        "description": "What is kept of somebody, for himself: the estate's contract, and ours for staff.",
    },
    {"name": "kinds", "description": "What kinds of scheme there are, and the making of others."},
    {"name": "exceptions", "description": "When a partner may pass something on, in versions."},
    {
        "name": "subscriptions",
        "description": "Webhooks: who is told of which events. What they are is in `openapi/asyncapi.json`.",
    },
    {"name": "problems", "description": "What each kind of problem means."},
    {"name": "health", "description": "Is the service up?"},
]
_CAPACITY: Final = "^(own|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$"
PARAMETERS: Final = (
    {
        "name": "Acting-As",
        "in": "header",
        "required": False,
        "description": "The assignment in which the caller acts, where several fit (from `/v1/me`); or `own`.",
        "schema": {"type": "string", "maxLength": 36, "pattern": _CAPACITY},
    },
    {
        "name": "Purpose-Of-Use",
        "in": "header",
        "required": False,
        "description": "Why, where the role does this for several purposes.",
        "schema": {"$ref": "#/components/schemas/PurposeOfUse"},
    },
)
SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    # By a name of its own, since a generator would else make one of it for each operation.
    "PurposeOfUse": {
        "type": "string",
        "enum": [purpose.value for purpose in Purpose],
        "description": "Why somebody looks or acts.",
    }
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backstage:
    """All that an application needs and does not make: from the wiring, or from a test."""

    runtime: Runtime
    authenticate: Callable[[str | None], Awaitable[Principal]]
    edge: Edge
    components: health.Components
    info: Info
    jurisdiction: str = "EW"
    on_unidentified: Callable[[str], None] = field(default=lambda _address: None)
    telemetry: Telemetry | None = None
    """What is told of requests to a collector; None: nothing is."""


def create_app(backstage: Backstage) -> FastAPI:
    """The application. Raises where the policy has a fault or a route stands behind no guard."""
    app = Application(
        title=TITLE,
        version=VERSION,
        description=DESCRIPTION,
        contact={"name": "Peer support in prisons"},
        license_info={"name": "MIT", "identifier": "MIT"},
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        # A span of FastAPI's would hold paths and errors beside the ledger; what ours hold says `api.telemetry`.
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    runtime = backstage.runtime
    app.state.runtime = runtime
    app.state.reads = Reads(backstage.edge.peers)
    app.state.offers = (Offers(backstage.edge.offers), Offers(backstage.edge.lock_outs, counted=LOCKS_OUT))
    app.state.tries = anonymous.tries()
    edge = replace(backstage.edge, open_routes=backstage.edge.open_routes | by_code.OPEN)
    answers = Answers(for_jurisdiction(backstage.jurisdiction))
    app.state.answers = answers
    text: list[bytes] = []

    def document() -> bytes:
        if not text:
            text.append(openapi.to_text(openapi.finish(app, marks(app))).encode())
        return text[0]

    route_index.join(
        app,
        *all_routers(),
        problem_pages.routes(),
        health.routes(backstage.components, backstage.info),
        published.routes(runtime.signatures),
        documentation.routes(TITLE, document, demonstration=backstage.info.demonstration),
    )

    async def on_unread(request: Request, kind: Kind) -> None:
        # A call that the guard opened writes its own line; what is left is an unknown route or method.
        principal = request.scope.get("state", {}).get("caller")
        if principal is not None and not hasattr(request.state, "call"):
            await _noted(runtime, principal, Absent() if kind.status == 404 else Unreadable(code=kind.slug))

    handlers.install(app, answers, on_unread=on_unread)
    if backstage.telemetry is not None:
        app.add_middleware(Traced, telemetry=backstage.telemetry)  # within the gate: who calls is known there
    install_edge(
        app,
        edge,
        answers=answers,
        authenticate=backstage.authenticate,
        caller_key=lambda principal: (principal.issuer, principal.subject, principal.kind),
        notes=_notes(backstage),
    )
    guarded.check(app, edge.open_routes)
    route_index.install(app)
    return app


def _notes(backstage: Backstage) -> Notes:
    runtime = backstage.runtime

    async def on_limited(principal: Any) -> None:
        await _noted(runtime, principal, TooMany())

    async def on_refused(principal: Any, kind: Kind) -> None:
        await _noted(runtime, principal, Unacceptable(code=kind.slug))

    return Notes(on_limited=on_limited, on_refused=on_refused, on_unidentified=backstage.on_unidentified)


async def _noted(runtime: Runtime, principal: Principal, trouble: Trouble) -> None:
    await note(runtime, await callers.now(runtime, principal), None, trouble)


def marks(app: FastAPI) -> openapi.Marks:
    """What the document says of each operation, read off the policy that decides it."""
    operations: dict[str, Mapping[str, Any]] = {}
    alike: set[str] = set()
    for route in app.routes:
        verb = guarded.verb_of(route) if isinstance(route, APIRoute) else None
        if verb is None or not isinstance(route, APIRoute) or route.operation_id is None:
            continue
        if verb in ALIKE:
            alike.add(route.operation_id)
        grants = [g for g in GRANTS if verb in g.may]
        operations[route.operation_id] = {
            "x-verb": verb.value,
            "x-roles": sorted({g.role.value for g in grants}),
            "x-purposes": sorted({g.purpose.value for g in grants}),
        }
    return openapi.Marks(
        open_routes=by_code.OPEN, operations=operations, parameters=PARAMETERS, schemas=SCHEMAS, alike=frozenset(alike)
    )
