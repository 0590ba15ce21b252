"""The channel for pressure and misuse over HTTP, and the log of role creep."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, Day, Flag, IdPath
from api.wire import shown
from domain.care import creep, incidents
from domain.care.creep import TaskRequest
from domain.care.incidents import Against, Incident, IncidentKind, IncidentOutcome, IncidentState, Priority, Sought
from domain.confidentiality.verbs import Verb
from domain.schemes.registers.answerable import Answerable
from domain.schemes.tasks import Task

_Counted = Annotated[int | None, Field(ge=0, le=100_000)]


class ReportIncident(Body):
    """What happened, in codes alone. There is no place for what anybody said."""

    scheme: UUID
    what: IncidentKind
    sought: Sought | None = None
    """What was wanted of whoever was pressed."""
    against: Against = Against.NOT_SAID
    """Whom it is against, as a group."""


class IncidentReceipt(Body):
    """A short code to ask by, in person. Nothing shows it again."""

    code: Annotated[str, Field(max_length=9, pattern=r"^[A-Z2-7]{4}-[A-Z2-7]{4}$", examples=["K7QA-2MXD"])]


class TriageIncident(Body):
    """How soon it is seen to, and who of the staff is named in it, by his assignment."""

    priority: Priority
    named: UUID | None = None


class CloseIncident(Body):
    """What came of it."""

    outcome: IncidentOutcome


class TellTaskRequest(Body):
    """What a supporter was asked to do, by which role, and what came of it. Nobody is named."""

    task: Task
    asked_by: Answerable
    asked_on: Day
    response: creep.Response
    staff_informed: Flag


class TaskCount(Body):
    """One task, and how often."""

    task: Task
    asked: _Counted
    """How many times; those that were refused among them."""


class CreepShown(Body):
    """How often supporters were asked to do what is not theirs: 1 to 7 are not told, others to the nearest 5."""

    days: Annotated[int, Field(ge=1, le=400)]
    """Within how many days, back from today."""
    asked: _Counted
    """How many times; those that were refused among them."""
    prohibited: _Counted
    """What the kind or the floor for all kinds forbids."""
    done: _Counted
    """How many times it was done all the same."""
    by_task: Annotated[list[TaskCount], Field(max_length=100)]


INCIDENTS = Register(
    Incident,
    "incidents",
    many="incidents",
    reads=Verb.READ_INCIDENT,
    writes=Verb.TRIAGE_INCIDENT,
    tag="care",
    under=None,
)
INCIDENTS.lists(
    "What was reported. Safer custody (safety) and governor (oversight), but of what is against either; monitoring"
    " board and inspectorate (oversight). Never those who run the scheme, the wing, or whoever reported or is named.",
    order="reported_on",
    scheme=(UUID, "Only of this scheme."),
    state=(IncidentState, "Only in this state."),
)


@operation(
    INCIDENTS.routes,
    "POST",
    "/v1/incidents",
    Verb.REPORT_INCIDENT,
    name="reportIncident",
    summary="Report pressure or misuse",
    shows=IncidentReceipt,
    status=201,
)
async def report_incident(call: CallDep, body: ReportIncident) -> Response:
    """Report it. Supporters of the scheme, any member of staff, the partner (support). What is answered is a short code
    and nothing else; nobody reads back what he reported."""
    told = await call.once(Incident, lambda begin: incidents.report(begin, **body.given()), incidents.again)
    return call.plain({"code": told.code}, 201)


INCIDENTS.shows("One report, in codes.")
INCIDENTS.moves(
    "triage",
    TriageIncident,
    incidents.triage,
    "Say how soon it is seen to, and who is named. Safer custody, governor or monitoring board. Needs `If-Match`.",
)
INCIDENTS.moves(
    "close",
    CloseIncident,
    incidents.close,
    "Say what came of it: another person than sorted it. Needs `If-Match`.",
    verb=Verb.CLOSE_INCIDENT,
)

CREEP = Register(
    TaskRequest,
    "task-requests",
    many="task requests",
    reads=Verb.READ_TASK_REQUEST,
    writes=Verb.TELL_TASK_REQUEST,
    tag="care",
)
CREEP.lists_all(
    "What supporters were asked to do beside their tasks. Coordinator and partner (support), safer custody (safety),"
    " governor, monitoring board, inspectorate (oversight).",
    order="asked_on",
    scheme=(UUID, "Only of this scheme."),
    task=(Task, "Only this task."),
)
CREEP.adds(
    TellTaskRequest,
    creep.tell,
    "Tell that a supporter was asked to do what is not among the scheme's tasks. The supporter, any member of staff,"
    " the partner (support).",
    name="tellTaskRequest",
)
CREEP.shows("One of them. Nobody is named in it, and nobody blamed.")


@operation(
    CREEP.routes,
    "GET",
    "/v1/schemes/{id}/role-creep",
    Verb.READ_ROLE_CREEP,
    name="getRoleCreep",
    summary="Role creep, counted",
    shows=CreepShown,
)
async def get_role_creep(call: CallDep, id: IdPath) -> Response:
    """Counts of ninety days, through disclosure control. Whoever reads the log, and headquarters (oversight)."""
    found = await call.run(lambda begin: creep.counted(begin, id))
    by_task = [{"task": task, "asked": asked} for task, asked in found.by_task.items()]
    return call.plain({**shown(found), "byTask": by_task})


REGISTERS = (INCIDENTS, CREEP)
