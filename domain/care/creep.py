"""Role creep: a supporter is asked to do what is not his task (domain facts 2.5; scenario 8). Each time is one line, by
code; who was asked is not in it, so that nobody is blamed for having said yes, or no."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import Told, each_one
from domain.kernel.days import local_day
from domain.kernel.errors import Failure
from domain.kernel.ids import SchemeId, TaskRequestId
from domain.oversight.control import Sum, let_out
from domain.schemes.belonging import OfScheme, made, scheme_to_write, sound
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.registers.answerable import Answerable
from domain.schemes.tasks import Task

COUNTED: Final = 90
"""Over how many days requests are counted."""


class Response(StrEnum):
    """What came of it."""

    REFUSED = "REFUSED"
    DONE = "DONE"
    PASSED_TO_STAFF = "PASSED_TO_STAFF"


class ToldBy(StrEnum):
    """Who wrote it down, as a group."""

    SUPPORTER = "SUPPORTER"
    STAFF = "STAFF"
    PARTNER = "PARTNER"


@record(kind="task-request", kept="two years; it names nobody")
class TaskRequest(OfScheme):
    """That somebody asked a supporter to do a task that is not among those permitted to his scheme."""

    id: Open[TaskRequestId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    task: Operational[Task]
    prohibited: Operational[bool]
    """The kind forbids it, or the floor for all kinds does; else it is only not among what is permitted."""
    asked_by: Operational[Answerable]
    """Who asked, as a role."""
    asked_on: Operational[date]
    response: Operational[Response]
    staff_informed: Operational[bool]
    told_by: Operational[ToldBy]
    been = ("asked_on",)


async def tell(
    begin: Begin,
    scheme: UUID,
    *,
    task: Task,
    asked_by: Answerable,
    asked_on: date,
    response: Response,
    staff_informed: bool,
) -> View[TaskRequest]:
    """A supporter, staff or the partner tell of it. What the kind permits is no creep. The ledger does not name a
    supporter who tells, or the record would lead back to him."""
    async with begin(Verb.TELL_TASK_REQUEST) as act:
        act.mark_closed(act.viewer.role in IN_CUSTODY)
        of = await scheme_to_write(act, scheme, TaskRequest)
        kind = await terms_of(act, of)
        permitted = [Failure("TASK_PERMITTED", "/task")] if task in kind.permitted_tasks else []
        told = {Role.SUPPORTER: ToldBy.SUPPORTER, Role.PARTNER_VOLUNTEER: ToldBy.PARTNER}
        new = made(
            act,
            of,
            TaskRequest,
            task=task,
            prohibited=task in kind.prohibited_tasks,
            asked_by=asked_by,
            asked_on=asked_on,
            response=response,
            staff_informed=staff_informed,
            told_by=told.get(act.viewer.role, ToldBy.STAFF),
        )
        act.keep(sound(act, new, *permitted))
        return act.disclose(new)


@dataclass(frozen=True, slots=True)
class Creep:
    """How often supporters of a scheme were asked to do what is not theirs, in the days counted; each through
    disclosure control: 1 to 7 are not told, others to the nearest 5."""

    days: int
    asked: Told | None
    prohibited: Told | None
    done: Told | None
    by_task: dict[Task, Told | None]


async def counted(begin: Begin, scheme: UUID) -> Creep:
    """The counts of one scheme."""
    async with begin(Verb.READ_ROLE_CREEP) as act:
        of = await act.fetch(Scheme, scheme)
        since = local_day(of, act.now) - timedelta(days=COUNTED)
        found = await looking.all_known(act, TaskRequest, {"scheme": of.id}, order="asked_on", since=since)
        return summary(found)


def summary(found: Sequence[TaskRequest]) -> Creep:
    """The counts of these, which pass disclosure control together."""
    tasks = Counter[Task | str](each.task for each in found)
    n = {"asked": len(found), "prohibited": sum(each.prohibited for each in found)}
    n["done"] = sum(each.response is Response.DONE for each in found)
    rest: dict[Task | str, int] = {"permitted": n["asked"] - n["prohibited"], "not done": n["asked"] - n["done"]}
    sums: list[Sum[Task | str]] = [Sum("asked", ("prohibited", "permitted")), Sum("asked", ("done", "not done"))]
    sums += [Sum("asked", tuple(tasks))] if tasks else []
    told = let_out({what: each_one(count) for what, count in (tasks | n | rest).items()}, sums)
    by_task = {task: told[task] for task in sorted(Task) if task in tasks}
    return Creep(COUNTED, told["asked"], told["prohibited"], told["done"], by_task)
