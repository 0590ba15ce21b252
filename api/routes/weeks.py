"""Sessions over HTTP, several at once: a week that is planned, and what came of sessions, written down while nothing
answered. Each item is an act of its own."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, SkipValidation
from starlette.responses import Response

from api import wire
from api.call import Call, disclosed
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes import late
from api.routes.late import MOST, Key, LateAnswer
from api.routes.learning import PlanSession, RecordSession
from api.routes.shapes import Body
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.sessions import learning
from domain.sessions.record import Session

routes = router("learning")


class PlannedSession(PlanSession):
    """One of the sessions that are planned."""

    key: Key


class PlanSessions(Body):
    """A week, or several people's: at most 500."""

    items: Annotated[list[SkipValidation[PlannedSession]], Field(min_length=1, max_length=MOST)]
    """Each is looked at for itself: one that cannot be keeps no other out."""


class LateSession(RecordSession):
    """What came of a session, written down while nothing answered."""

    key: Key
    session: UUID


class RecordSessions(Body):
    """Several, each for itself."""

    items: Annotated[list[SkipValidation[LateSession]], Field(min_length=1, max_length=MOST)]
    """Each is looked at for itself: a bad one keeps no other out."""


class LateRecord(LateAnswer):
    """What became of one: the session as it is, or what was wrong."""

    session: model(Session) | None = None  # type: ignore[valid-type]


class LateRecords(Shown):
    """One answer for each, in the order in which they were sent."""

    items: Annotated[list[LateRecord], Field(max_length=MOST)]


@operation(
    routes,
    "POST",
    "/v1/late-sessions",
    Verb.RECORD_SESSION,
    name="recordLateSessions",
    summary="Record what came of sessions, afterwards",
    shows=LateRecords,
    most=MOST,
)
async def record_late_sessions(call: CallDep, body: RecordSessions) -> Response:
    """Up to 500, each with a key of its own and each for itself: one that is bad keeps no other out, and the same ones
    sent again are answered the same. Facts are taken whatever has changed since: no `If-Match`. The mentor, the
    coordinator or the partner."""

    async def one(alone: Call, said: LateSession) -> dict[str, Any]:
        given = {name: value for name, value in said.given().items() if name not in ("key", "session")}
        act = partial(learning.record_session, id=said.session, seen=None, **given)
        return {"session": wire.body(await alone.once(Session, act, disclosed))}

    route = "/v1/late-sessions"
    return call.plain(await late.each(call, route, body.items, LateSession, one, 200, {"session": None}))


@operation(
    routes,
    "POST",
    "/v1/planned-sessions",
    Verb.PLAN_SESSION,
    name="planSessions",
    summary="Plan several sessions",
    shows=LateRecords,
    most=MOST,
)
async def plan_sessions(call: CallDep, body: PlanSessions) -> Response:
    """A week at once: each of up to 500 sessions with a key of its own and each for itself, as if it had been planned
    alone. One that overlaps another booking keeps no other out, and the same ones sent again are answered the same.
    Coordinator or partner (support)."""

    async def one(alone: Call, said: PlannedSession) -> dict[str, Any]:
        given = {name: value for name, value in said.given().items() if name != "key"}
        act = partial(learning.plan, source=call.runtime.apart, **given)
        return {"session": wire.body(await alone.once(Session, act, disclosed))}

    route = "/v1/planned-sessions"
    return call.plain(await late.each(call, route, body.items, PlannedSession, one, 201, {"session": None}))
