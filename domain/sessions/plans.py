"""What the plan that holds for a scheme says of contacts: the needs that it is for, and the outcomes that it chose (S7,
S9)."""

from uuid import UUID

from domain.act import Act
from domain.kernel.errors import Failure
from domain.ports import Query
from domain.schemes.charter import Charter, CharterState
from domain.schemes.needs import SupportOutcome, TargetNeed


async def plan_of(act: Act, scheme: UUID) -> Charter | None:
    """The plan that holds for a scheme, if one does."""
    published = Query(equal={"scheme": scheme, "state": CharterState.PUBLISHED}, limit=1)
    return next(iter(await act.known(Charter, published)), None)


async def needs_known(act: Act, scheme: UUID, needs: tuple[TargetNeed, ...]) -> list[Failure]:
    """The failures of needs that the scheme's plan is not for (S7)."""
    plan = await plan_of(act, scheme)
    told = () if plan is None else plan.needs
    return [Failure("NEED_NOT_OF_THE_PLAN", f"/needs/{n}") for n, need in enumerate(needs) if need not in told]


async def outcome_chosen(act: Act, scheme: UUID, outcome: SupportOutcome) -> bool:
    """Whether the scheme's plan has chosen it (S9)."""
    plan = await plan_of(act, scheme)
    return plan is not None and outcome in plan.outcomes
