"""Registers of a scheme for a spreadsheet, row by row: the same rows and members that the list shows, by the same grant
(F67).

It is started by whoever may read the register, and the rule by which he may stands in the job. The worker reads under
that rule and no wider one; whoever fetches the file still has to hold it. After a day nothing is left to fetch. Nothing
that names anybody in custody, and nothing of a closed policy's use, may be exported so: a list of persons outlives
every rule (rule 3).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.cover import CoverNeed
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import View, disclose_all, mask
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.grants.grant import Grant
from domain.confidentiality.policy import decide, grants_of, reach_of
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import In
from domain.kernel.errors import Absent, Failure, NotNow, Refused, Unacceptable
from domain.kernel.ids import ActorId, JobId
from domain.oversight import jobs
from domain.oversight.record import ExportOf, Job, JobKind
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.record import Scheme
from domain.schemes.registers.actions import Action
from domain.schemes.registers.checks import RoutineCheck
from domain.schemes.registers.publicity import Publicity, SpotCheck
from domain.schemes.registers.resources import Resource
from domain.schemes.registers.risks import Risk
from domain.schemes.registers.stakeholders import Stakeholder

MOST: Final = 20_000
"""Rows of one file."""
EXPORTED: Final[Mapping[ExportOf, tuple[type[Record], Verb]]] = MappingProxyType(
    {
        ExportOf.RISKS: (Risk, Verb.READ_RISK),
        ExportOf.STAKEHOLDERS: (Stakeholder, Verb.READ_STAKEHOLDER),
        ExportOf.RESOURCES: (Resource, Verb.READ_RESOURCE),
        ExportOf.PUBLICITY: (Publicity, Verb.READ_PUBLICITY),
        ExportOf.SPOT_CHECKS: (SpotCheck, Verb.READ_SPOT_CHECK),
        ExportOf.ROUTINE_CHECKS: (RoutineCheck, Verb.READ_ROUTINE_CHECK),
        ExportOf.ACTIONS: (Action, Verb.READ_ACTION),
        ExportOf.COVER_NEEDS: (CoverNeed, Verb.READ_COVER_NEED),
    }
)
"""The kind of record, and the verb by which its list is read."""
_RULES: Final[Mapping[str, Grant]] = MappingProxyType({grant.rule: grant for grant in GRANTS})


def unfit(kind: type[Record]) -> list[str]:
    """Why a kind may not be exported row by row; empty: it may."""
    shape = kind.shape
    found = ["its existence is no open fact"] if shape.existence is not Classification.OPEN else []
    found += ["it names people in custody"] if shape.parties else []
    found += ["it is about what somebody did"] if shape.judged or shape.embargo else []
    held = {field.mark.classification for field in shape.members.values()}
    found += [f"it holds {each.value}" for each in sorted(held - {Classification.OPEN, Classification.OPERATIONAL})]
    return found


async def start(begin: Begin, *, scheme: UUID | None, exported: ExportOf | None) -> View[Job]:
    """A job that waits for the worker. Raises `Unacceptable`: a member is missing; `Refused`: the role does not read
    that register; `Absent`: not of that scheme."""
    async with begin(Verb.START_JOB) as act:
        missing = [Failure("MISSING", f"/{name}") for name, v in (("scheme", scheme), ("exported", exported)) if not v]
        if missing or scheme is None or exported is None:
            raise Unacceptable(missing)
        kind, verb = EXPORTED[exported]
        by = decide([act.viewer], verb)
        of = await scheme_here(act, scheme)
        if not _reaches(act, by.grant, kind, of):
            raise Absent
        job = Job(
            id=JobId(act.new_id()),
            author=ActorId(act.viewer.actor),
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            kind=JobKind.EXPORT,
            scheme=of.id,
            exported=exported,
            rule=by.rule,
            made_at=act.now,
        )
        act.keep(job)
        return act.disclose(job)


def _reaches(act: Act, grant: Grant, kind: type[Record], of: Scheme) -> bool:
    """Whether the grant reaches every record of the kind that is of this scheme: as far as it goes by what all of them
    have alike, and no further."""
    for condition in reach_of(grant, kind):
        if not isinstance(condition, In):
            return False
        known = act.viewer.fact(condition.facts)
        value = of.id if condition.field == "scheme" else getattr(of, condition.field, None)
        if known is not None and (value is None or value not in known):
            return False
    return True


async def gathered(begin: Begin, job: Job, progress: Callable[[int], Awaitable[None]]) -> dict[str, Any]:
    """The head and the rows, as the rule of the job shows them. Each row is a sight in the worker's line."""
    async with begin(Verb.TICK) as act:
        grant = _RULES.get(job.rule or "")
        if grant is None or job.exported is None or job.scheme is None:
            raise Absent
        kind, _ = EXPORTED[job.exported]
        shown = [name for name in mask(kind, grant.sees)[0] if name not in ("jurisdiction", "closed")]
        rows, after = list[list[Any]](), None
        while len(rows) < MOST:
            page = await act.known(kind, Query(equal={"scheme": job.scheme}, after=after, limit=looking.PAGE))
            columns = disclose_all(kind, page, grant.sees, act.now).columns
            act.saw(kind, page, tuple(shown))
            rows += [list(row) for row in zip(*(columns[name] for name in shown), strict=True)]
            if len(page) < looking.PAGE:
                break
            after = (None, page[-1].id)
            await progress(min(99, len(rows) * 100 // MOST))
        await jobs.nearly(act, job)
        return {"head": shown, "rows": rows[:MOST], "whole": len(rows) < MOST}


@dataclass(frozen=True, slots=True)
class Export:
    """A file: of which register and prison, its head and its rows."""

    exported: ExportOf
    prison: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


async def read(begin: Begin, id: UUID) -> Export:
    """The file of one's own job, by today's reach and rules: as if it were asked for now. Raises `NotNow`: it is none,
    it is not done, or a day has passed since; `Refused`: the role does not read the register by that rule any more;
    `Absent`: its scheme is out of reach."""
    async with begin(Verb.READ_JOB) as act:
        job = await jobs.fetched(act, id)
        if job.exported is None or job.scheme is None:
            raise NotNow(["NO_EXPORT"])
        kind, verb = EXPORTED[job.exported]
        grants = [grant for grant in grants_of(act.viewer.role, verb) if grant.rule == job.rule]
        if not grants:
            raise Refused
        of = await scheme_here(act, job.scheme)
        if not _reaches(act, grants[0], kind, of):
            raise Absent
        told = jobs.file_of(act, job, JobKind.EXPORT, "NO_EXPORT", "EXPORT_GONE")
        act.disclose(job)
        return Export(job.exported, of.prison, told["head"], told["rows"])
