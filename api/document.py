"""The OpenAPI document without a running service: from an application that has its routes and nothing behind them."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from api import health, openapi
from api.app import Backstage, create_app, marks
from api.caseloads import not_configured
from api.edge.install import Edge
from api.info import Info
from api.runtime import Secrets, runtime
from domain.confidentiality.principal import Principal
from domain.kernel.errors import Unidentified

INFO = {
    "git": {"branch": "", "commit": {"id": "", "time": ""}},
    "build": {"artifact": "peer-support", "name": "peer-support", "version": "", "time": "", "by": ""},
    "productId": "default",
    "activeAgencies": ["***"],
    "demonstration": False,
}


async def _up() -> bool:
    return True


async def _nobody(_authorization: str | None) -> Principal:
    raise Unidentified


def document_text() -> str:
    """The finished document: the same text that a running service gives."""
    nothing: Any = None
    behind = runtime(
        nothing,
        lambda: datetime.now(UTC),
        uuid.uuid4,
        not_configured,
        Secrets(bytes(32), bytes(32), bytes(32), bytes(32)),
        lambda _issuer: "EW",
    )
    checks: dict[str, health.Check] = dict.fromkeys(COMPONENTS, _up)
    app = create_app(
        Backstage(
            runtime=behind,
            authenticate=_nobody,
            edge=Edge(origin="http://127.0.0.1:8000"),
            components=health.Components(
                checks, needed=COMPONENTS, may_have=(*UPSTREAMS, *DETAILED), detailed=DETAILED
            ),
            info=Info.model_validate(INFO),
        )
    )
    return openapi.to_text(openapi.finish(app, marks(app)))


COMPONENTS: tuple[str, ...] = ("db", "ledger", "tokenKeys")
"""What a service stands on, by the names that `/health` lists."""

UPSTREAMS: tuple[str, ...] = (
    "hmppsAuth",
    "prisonerSearch",
    "alerts",
    "csip",
    "activities",
    "nonAssociations",
    "manageUsers",
)
"""What `/health` lists besides, of each that is configured: the prison's systems, none of which is needed to serve."""

EVENTS, COMMANDS, TOPIC = "prisonEvents", "commands", "domainEvents"

DETAILED: Mapping[str, type[health.HealthStatus]] = {
    EVENTS: health.QueueHealth,
    COMMANDS: health.QueueHealth,
    TOPIC: health.TopicHealth,
}
"""And of the queues and the topic that are set: of their events, of what outside organisations send, and of ours."""
