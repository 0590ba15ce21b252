"""What waits for whoever asks, over HTTP: one list, of all that he may do something about."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.shapes import PAGE, Cursor, Limit
from api.wire import shown
from domain.confidentiality.verbs import Verb
from domain.sessions.waiting import TaskKind, Waiting, waiting

routes = router("me")


class TaskShown(Shown):
    """One thing that waits. It is due on a day, or at an instant."""

    what: TaskKind
    kind: Annotated[str, Field(max_length=40, examples=["follow-up"])]
    """The kind of record that waits."""
    which: UUID
    """Its id: it is read at its own address."""
    dueOn: date | None
    """By the end of this day, by the prison's clocks; null: see `dueAt`."""
    dueAt: datetime | None
    """By this instant; null: see `dueOn`."""
    late: bool
    """That has passed."""


class TaskPage(Shown):
    """A page of what waits, by when it is due."""

    items: Annotated[list[TaskShown], Field(max_length=100)]
    next: Annotated[str, Field(max_length=400)] | None = Field(
        description="The cursor of the next page, or null. Also in the `Link` header."
    )


@operation(routes, "GET", "/v1/tasks", Verb.READ_TASKS, name="listTasks", summary="What waits for me", shows=TaskPage)
async def list_tasks(call: CallDep, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """What waits for the caller in the capacity in which he asks: offers, answers and doors of the requests that he
    reads; follow-ups, reviews, goals and arrivals; debriefs; reviews of suspensions and of requests that were not met.
    Each is there because he may do something about it, and nothing is that he could not read. Reminders to people: a
    supporter is asked to come by word of mouth, never here. Staff on duty, those who run, oversee or partner a scheme,
    and supporters (operations)."""
    return await call.paged(waiting, _written, limit=limit, cursor=cursor)


def _written(items: Any) -> list[Any]:
    tasks: list[Waiting] = items
    return [shown(each) for each in tasks]
