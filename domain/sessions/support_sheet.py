"""What a record of support may say, worked out of the sheet of its kind, and of no list of kinds (domain facts
3.10)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from domain.confidentiality.classification import Classification
from domain.kernel.errors import Failure
from domain.kernel.words import camel
from domain.schemes.sheet import Kind
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import Contact

_T = Task
BY_TASK: Final[Mapping[str, frozenset[Task]]] = {
    "advice": frozenset(
        {
            *(_T.ADVISE_ON_HOUSING, _T.ADVISE_ON_DEBT, _T.GIVE_HEALTH_INFORMATION, _T.EXPLAIN_FORMS, _T.SIGNPOST),
            *(_T.PLAN_RELEASE, _T.CALM_DISPUTE, _T.MEDIATE, _T.SET_GOALS_TOGETHER),
        }
    ),
    "documents": frozenset({_T.EXPLAIN_FORMS, _T.HELP_TO_FILL_IN_FORMS}),
    "referred_to": frozenset({_T.REFER_TO_AGENCY, _T.SIGNPOST, _T.LINK_TO_VETERANS_SERVICES}),
    "referral": frozenset({_T.REFER_TO_AGENCY, _T.SIGNPOST, _T.LINK_TO_VETERANS_SERVICES}),
    "appointment": frozenset({_T.ACCOMPANY_TO_APPOINTMENTS, _T.MEET_AT_GATE}),
    "kept": frozenset({_T.ACCOMPANY_TO_APPOINTMENTS, _T.MEET_AT_GATE}),
    "relapse_support": frozenset({_T.SHARE_OWN_RECOVERY}),
}
"""Which of a kind's permitted tasks let its records say something: any of them does."""
CASES: Final = ("issue", "outcome")
"""What is said of a case, and of nothing else."""
FORMS: Final = frozenset({Contact.CASE, Contact.TASK_LOG})
"""The kinds that record so."""


def not_said(kind: Kind, given: Mapping[str, Any]) -> Iterator[Failure]:
    """What a record of this kind does not say: members, and tasks that its supporters may not do. One that the kind or
    the floor prohibits has a code of its own, since it should not have been done (domain facts 1.6)."""
    permitted = set(kind.permitted_tasks)
    for member, tasks in BY_TASK.items():
        if given.get(member) not in (None, (), False) and not tasks & permitted:
            yield Failure("KIND_DOES_NOT_ALLOW", f"/{camel(member)}")
    for member in CASES:
        if given.get(member) is not None and kind.contact is not Contact.CASE:
            yield Failure("KIND_DOES_NOT_ALLOW", f"/{camel(member)}")
    for n, task in enumerate(given.get("tasks_done") or ()):
        if task in kind.prohibited_tasks:
            yield Failure("PROHIBITED_TASK", f"/tasksDone/{n}")
        elif task not in permitted:
            yield Failure("KIND_DOES_NOT_ALLOW", f"/tasksDone/{n}")


def approved_first(kind: Kind) -> bool:
    """Whether a record of this kind is approved by another person before it counts: where it may hold words."""
    return Classification.CONTENT in kind.holds
