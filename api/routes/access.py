"""Who may act, who is on duty, who did what: assignments, duty declarations, the ledger."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.shapes import PAGE, Body, Code, Cursor, Day, IdPath, Instant, Limit, Nothing, Prison, Wing
from api.wire import model, page_model
from domain.confidentiality.entry import Outcome
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.looking import one
from domain.oversight import assignments, duties, looking
from domain.oversight.record import Assignment, Duty, LedgerLine

routes = router("access")
_FIRST = UUID(int=0)


class ProposeAssignment(Body):
    """That somebody may act in a role. `issuer` and `subject` as in his tokens."""

    issuer: Annotated[str, StringConstraints(max_length=255, pattern=r"^[!-~]{1,255}$")]
    subject: Annotated[str, StringConstraints(max_length=255, pattern=r"^[!-~]{1,255}$")]
    principal_kind: PrincipalKind
    role: Role
    organisation: Code
    ends_on: Day
    prison: Prison | None = None
    scheme: UUID | None = None
    visit_days: Annotated[list[Day], Field(max_length=100)] = []


class DeclareDuty(Body):
    """The wings that the officer is on, until this band ends. Two at most."""

    prison: Prison
    wings: Annotated[list[Wing], Field(min_length=1, max_length=20)]


@operation(
    routes,
    "POST",
    "/v1/assignments",
    Verb.PROPOSE_ASSIGNMENT,
    name="proposeAssignment",
    summary="Propose an assignment",
    shows=model(Assignment),
    status=201,
)
async def propose(call: CallDep, body: ProposeAssignment) -> Response:
    """Access administrator (operations), in his own prison, never to himself nor to who granted him. Roles that read
    participation, casework or the ledger wait for a second person of another organisation."""
    return await call.create(Assignment, lambda begin: assignments.propose(begin, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/policy/assignments",
    Verb.READ_ASSIGNMENT,
    name="listAssignments",
    summary="Who may act",
    shows=page_model(Assignment),
)
async def list_assignments(
    call: CallDep,
    role: Annotated[Role | None, Query(description="Only this role.")] = None,
    prison: Annotated[Prison | None, Query(description="Only this prison.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """Who may act here, and who said so. Access administrator, governor, information governance, monitoring board."""
    filters = {"role": role, "prison": prison}
    return await call.list_(Assignment, assignments.search, limit=limit, cursor=cursor, filters=filters)


@operation(
    routes,
    "GET",
    "/v1/assignments/{id}",
    Verb.READ_ASSIGNMENT,
    name="getAssignment",
    summary="One assignment",
    shows=model(Assignment),
)
async def get_assignment(call: CallDep, id: IdPath) -> Response:
    """One assignment, with its tag."""
    return await call.show(lambda begin: assignments.read(begin, id))


@operation(
    routes,
    "POST",
    "/v1/assignments/{id}/confirm",
    Verb.CONFIRM_ASSIGNMENT,
    name="confirmAssignment",
    summary="The second person's yes",
    shows=model(Assignment),
)
async def confirm(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Monitoring board, or an access administrator of another organisation. Needs `If-Match`."""
    return await call.move(Assignment, lambda begin: assignments.confirm(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/assignments/{id}/end",
    Verb.END_ASSIGNMENT,
    name="endAssignment",
    summary="End an assignment",
    shows=model(Assignment),
)
async def end(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """It ends now; the holder's next request finds it gone. Access administrator (operations). Needs `If-Match`."""
    return await call.move(Assignment, lambda begin: assignments.end(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/duty-declarations",
    Verb.DECLARE_DUTY,
    name="declareDuty",
    summary="Declare duty",
    shows=model(Duty),
    status=201,
)
async def declare(call: CallDep, body: DeclareDuty) -> Response:
    """'I am on these wings until this band ends.' Wing officer (operations). Gives reach of the wings' live
    requests."""
    return await call.create(Duty, lambda begin: duties.declare(begin, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/duty-declarations",
    Verb.READ_DUTY,
    name="listDuties",
    summary="Declared duties",
    shows=page_model(Duty),
)
async def list_duties(call: CallDep, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """One's own; all of the prison for the orderly officer (operations) and safer custody (safety)."""
    return await call.list_(Duty, duties.search, limit=limit, cursor=cursor)


@operation(
    routes,
    "GET",
    "/v1/duty-declarations/{id}",
    Verb.READ_DUTY,
    name="getDuty",
    summary="One declared duty",
    shows=model(Duty),
)
async def get_duty(call: CallDep, id: IdPath) -> Response:
    """One declared duty. One's own; any of the prison for the orderly officer (operations) and safer custody
    (safety)."""
    return await call.show(lambda begin: one(begin, Verb.READ_DUTY, Duty, id))


@operation(
    routes,
    "GET",
    "/v1/ledger",
    Verb.READ_LEDGER,
    name="listLedgerLines",
    summary="Who did what",
    shows=page_model(LedgerLine),
)
async def list_ledger(
    call: CallDep,
    actor: Annotated[UUID | None, Query(description="Only acts of this actor, by our id.")] = None,
    outcome: Annotated[Outcome | None, Query(description="Only acts that ended so.")] = None,
    since: Annotated[Instant | None, Query(description="Only from this instant on.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """Conduct, by actor, in one's own prison; never one's own acts, and never by whom an act concerned. Acts on
    closed-policy participation show their hour and family only."""
    after = None if since is None else (since, _FIRST)
    filters = {"actor": actor, "outcome": outcome}
    return await call.list_(
        LedgerLine, looking.search, limit=limit, cursor=cursor, filters=filters, order="at", after=after
    )
