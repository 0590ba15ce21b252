"""What a plan names beside itself (its objectives, the findings that it answers), and all that is wrong with them: the
same is asked when it is handed in and when it is published, since either may have changed between the two."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from domain.act import Act
from domain.kernel.days import local_day
from domain.kernel.errors import Failure
from domain.schemes.charter import Charter
from domain.schemes.finding import Finding, FindingState
from domain.schemes.objective import Objective, ObjectiveState
from domain.schemes.objective import faults as not_smart

Named = TypeVar("Named", Objective, Finding)


async def findings_named(act: Act, charter: Charter) -> Sequence[Finding | None]:
    """The findings that it answers, each at its place; None: its scheme has no such finding."""
    return await _named(act, charter, Finding, charter.answers)


async def names_wrongly(act: Act, charter: Charter) -> list[Failure]:
    """Each with the member that names it. Of an objective the codes are those of its own `notSmart`, so that whoever
    wrote the plan knows which letter of which objective he has to mend."""
    wrong: list[Failure] = []
    today = local_day(charter, act.now)
    for n, objective in enumerate(await _named(act, charter, Objective, charter.objectives)):
        codes = ["OBJECTIVE_UNKNOWN"] if objective is None else not_smart(objective, today, charter.needs)
        if objective is not None and objective.state is not ObjectiveState.OPEN:
            codes = [*codes, "OBJECTIVE_CLOSED"]
        wrong += [Failure(str(code), f"/objectives/{n}") for code in codes]
    for n, finding in enumerate(await findings_named(act, charter)):
        if finding is None or finding.state is not FindingState.OPEN:
            wrong.append(Failure("FINDING_UNKNOWN" if finding is None else "FINDING_NOT_OPEN", f"/answers/{n}"))
    return wrong


async def _named(act: Act, charter: Charter, kind: type[Named], ids: Sequence[UUID]) -> Sequence[Named | None]:
    found = [await act.known_one(kind, id) for id in ids]
    return [None if each is None or each.scheme != charter.scheme else each for each in found]
