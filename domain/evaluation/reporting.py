"""One report of an evaluation and a closed month: whoever asks again has the same. Two reports of a month that differed
would be a table with one man more or less.

Of what was concluded the last report stands: what people answered is deleted then, and nothing comes to it.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Counted, CountedExactly, Open
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.evaluation.before import Section, opened
from domain.evaluation.gathering import gathered
from domain.evaluation.plan import Evaluation, EvaluationState
from domain.evaluation.planning import reported
from domain.evaluation.report import made, whole
from domain.kernel.days import local_day
from domain.kernel.ids import EvaluationId, EvaluationReportId, SchemeId
from domain.oversight.record import Job
from domain.schemes.belonging import OfScheme, drafted
from domain.schemes.record import Scheme

Plain = Callable[[Any], dict[str, Any]]
"""Makes plain values of a section: what is kept is told again as it was."""


@record(kind="month-report", kept="six years; it tells of nobody", existence=Classification.SEALED)
class EvaluationReport(OfScheme):
    """What was told of an evaluation in the report of a month, and the numbers that it was told from. No role reads
    one: whoever asks for a report has it as the result of his job."""

    id: Open[EvaluationReportId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    evaluation: Counted[EvaluationId]
    month: Counted[date]
    """The first day of the month with which its counts end."""
    made_on: Counted[date]
    told: Counted[dict[str, Any]]
    """The report without its method: what anybody has been told."""
    kept: CountedExactly[str]
    """The numbers behind it, for the next one (`domain.evaluation.before`), as JSON."""


async def told(begin: Callable[[], Begin], job: Job, plain: Plain) -> Section | None:
    """The report of the evaluation of the job's scheme; None: it has none that is registered."""
    there = await _there(begin(), job)
    if there is None:
        return None
    plan, today, before = there
    found = _standing(plan, today, before)
    if found is None:
        facts = await gathered(begin(), job, opened([json.loads(each.kept) for each in before]))
        if facts is None:
            return None
        new = made(facts)
        async with begin().serially(Verb.TICK) as act:
            found = _standing(plan, today, await _reports(act, plan))
            if found is None:
                of = {"evaluation": plan.id, "month": _counted_with(today), "made_on": today}
                found = drafted(
                    act, plan, EvaluationReport, **of, told=plain(new.told), kept=json.dumps(plain(new.kept))
                )
                act.keep_beside(found)
    until = found.month.replace(day=28) + timedelta(days=4)
    return plain(whole(plan, found.made_on, until.replace(day=1) - timedelta(days=1), found.told))


async def _there(begin: Begin, job: Job) -> tuple[Evaluation, date, Sequence[EvaluationReport]] | None:
    async with begin(Verb.TICK) as act:
        of = None if job.scheme is None else await act.known_one(Scheme, job.scheme)
        plan = None if of is None else await reported(act, of.id)
        if of is None or plan is None:
            return None
        return plan, local_day(of, act.now), await _reports(act, plan)


async def _reports(act: Act, plan: Evaluation) -> list[EvaluationReport]:
    found = await looking.all_known(act, EvaluationReport, {"evaluation": plan.id})
    return sorted(found, key=lambda each: each.month)


def _standing(plan: Evaluation, today: date, before: Sequence[EvaluationReport]) -> EvaluationReport | None:
    """The report that stands: of this month, or, of what was concluded, the last that was made on its day or after."""
    last = before[-1] if before else None
    if last is None or last.month == _counted_with(today):
        return last
    ended = plan.state is EvaluationState.CONCLUDED and last.made_on >= plan.analysis_on
    return last if ended else None


def _counted_with(today: date) -> date:
    """The first day of the last whole month."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
