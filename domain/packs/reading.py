"""A pack of evidence, as whoever had it made reads it: what the job worked out, and beside it the rows and figures that
he may read now, each by his own grant for it. Every row that is shown is a sight in the line of this reading."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import disclose
from domain.confidentiality.policy import Decision, decide
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.feedback.codes import following
from domain.kernel.errors import Absent, Refused
from domain.metrics.record import KEPT_BACK, Figure, FigurePeriod
from domain.metrics.series import Series
from domain.oversight import jobs
from domain.oversight.record import Job, JobKind, LedgerLine
from domain.packs.evidence import READERS, PackNumber, span
from domain.ports import Query
from domain.sessions.conduct import Conduct

REFUSAL: Final = (
    *("id", "wing", "at", "ended", "code", "claimed", "late", "after_hold", "review", "verdict", "overdue"),
    *("accounts", "reconciled"),
)
"""What is told of a refusal. Who gave the code is told to safer custody and the governor, and is not in a pack, which
is carried about (domain facts 4.2)."""
LOOK: Final = ("id", "at", "actor", "role", "purpose", "act", "rule", "outcome")
"""What is told of a look: who looked, as what, by which rule, and never at whom."""


class PackPart(StrEnum):
    """A part of a pack."""

    REFUSALS = "REFUSALS"
    REQUESTS = "REQUESTS"
    COVER = "COVER"
    COMPLAINTS = "COMPLAINTS"
    SUPERVISION = "SUPERVISION"
    PUBLICITY = "PUBLICITY"
    SPOT_CHECKS = "SPOT_CHECKS"
    SAMPLE = "SAMPLE"


@dataclass(frozen=True, slots=True)
class Said:
    """What a part is, and what is kept back in it, and why."""

    title: str
    definition: str
    withheld: str


_SMALL: Final = (
    "Numbers of 1 to 7, and those out of which one of these could be reckoned, are kept back; all others are to the"
    " nearest 5: else one person could be told."
)
_LET_OUT: Final = (
    "It was let out once, for every prison together, and never changes; what came later is counted with the next month."
)
SAYS: Final[Mapping[PackPart, Said]] = MappingProxyType(
    {
        PackPart.REFUSALS: Said(
            "Requests for a Listener that were not met",
            "Each request of a scheme with a closed policy that was refused, said to be withdrawn, or expired. A code"
            " about the person or a supporter is a claim until a review confirms it. Late: recorded more than thirty"
            " minutes after it happened. They are of the prison: no row tells of a scheme.",
            "Who asked, from which cell, and which supporter: that is in no record here. Who gave the code: read it in"
            " the list of refusals, where a pack is not carried out of the prison.",
        ),
        PackPart.REQUESTS: Said(
            "Requests for a Listener",
            "All that were made in the quarter, by day and by night, met or not. A claim counts as not met."
            f" {_LET_OUT}",
            f"{_SMALL} Wings, days and hours: with them each request is alone in its cell.",
        ),
        PackPart.COVER: Said(
            "Cover by wing, by day and by night",
            "Bands for which somebody was said to be needed, and in how many of them as many supporters were on the"
            " rota as published. Supporters on probation do not count. A wing for which nothing was said has no"
            " record. It was kept when each month was closed, and never changes.",
            f"{_SMALL} Who was on the rota, and who was called: cover follows the rota and no contact.",
        ),
        PackPart.COMPLAINTS: Said(
            "Complaints",
            f"By what they are about and the week in which they were made, whatever came of them. {_LET_OUT}",
            f"{_SMALL} Who complained: it is not kept. Whom it is about, and what was answered.",
        ),
        PackPart.SUPERVISION: Said(
            "Supervision",
            "Meetings of supervisors with supporters and staff that were booked for the quarter: held, missed, or with"
            f" nothing recorded. {_LET_OUT}",
            f"{_SMALL} Who was supervised, and what was said.",
        ),
        PackPart.PUBLICITY: Said(
            "How people hear of the scheme",
            "Posters, leaflets, talks and the like that were shown for a day of the quarter at least.",
            f"{_SMALL} What each was, and where, is in the scheme's register.",
        ),
        PackPart.SPOT_CHECKS: Said(
            "Spot checks: do people know how to ask?",
            "People who were asked in the quarter, and how many of them knew.",
            f"{_SMALL} Who was asked: it is not kept.",
        ),
        PackPart.SAMPLE: Said(
            "A sample of looks at records",
            "Up to 25 looks of staff and partners at records of the prison in the quarter, done or refused. They were"
            " drawn by the seed that stands here: SHA-256 of the seed's and the line's 16 bytes, the least first.",
            "At whose record, and what was seen: no reader of the ledger is told. Looks of people in custody, of whom"
            " most lines name nobody. Of looks at participation and casework the hour alone is told.",
        ),
    }
)
"""What stands before each part."""
_FIGURES: Final = {
    PackPart.REQUESTS: Series.LISTENER_REQUESTS,
    PackPart.COMPLAINTS: Series.COMPLAINTS,
    PackPart.SUPERVISION: Series.SUPERVISION_TALKS,
}


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack. `numbers` as the wire has them; `refusals` and `looks` by member; `not_cleared`: parts that this reader
    may not read now."""

    job: UUID
    prison: str
    scheme: UUID | None
    first: date
    last: date
    numbers: list[dict[str, Any]]
    refusals: list[dict[str, Any]]
    looks: list[dict[str, Any]]
    drawn: int
    not_cleared: frozenset[PackPart]


async def read(begin: Begin, id: UUID) -> Pack:
    """The pack of one's own job. Raises `NotNow`: the job is of another kind, or not done."""
    async with begin(Verb.READ_JOB) as act:
        act.mark_closed()  # its line tells the hour: what is shown is casework (rule 4)
        job = await jobs.fetched(act, id)
        if act.viewer.role not in READERS:
            raise Refused
        result, closed_to = jobs.file_of(act, job, JobKind.EVIDENCE, "NO_EVIDENCE", "FILE_GONE"), set[PackPart]()
        if job.quarter is None:
            raise Absent
        act.disclose(job)
        numbers: list[dict[str, Any]] = list(result["numbers"])
        figures = _by(act, Verb.READ_FIGURE)
        for part, series in _FIGURES.items():
            told = None if figures is None else await _figures(act, figures, job, part, series)
            if told is None:
                closed_to.add(part)
            numbers += told or ()
        conduct, lines = _by(act, Verb.READ_CONDUCT), _by(act, Verb.READ_LEDGER)
        refusals = [] if conduct is None else [each async for each in _refusals(act, conduct, job)]
        looks = [] if lines is None else await _looks(act, lines, [UUID(one) for one in result["sampled"]])
        closed_to |= {PackPart.REFUSALS} if conduct is None else set()
        closed_to |= {PackPart.SAMPLE} if lines is None else set()
        return Pack(
            job=job.id,
            prison=str(job.prison),
            scheme=job.scheme,
            first=job.quarter,
            last=following(job.quarter) - timedelta(days=1),
            numbers=numbers,
            refusals=refusals,
            looks=looks,
            drawn=len(result["sampled"]),
            not_cleared=frozenset(closed_to),
        )


def _by(act: Act, verb: Verb) -> Decision | None:
    """The viewer's own grant for this verb; None: he has none."""
    try:
        return decide([act.viewer], verb, purpose=act.decision.grant.purpose)
    except Refused:
        return None


def _shown(act: Act, by: Decision, record: Record, only: tuple[str, ...]) -> dict[str, Any]:
    """What this grant shows of it, of these members."""
    view = disclose(record, by.sees(type(record)), act.now)
    members = tuple(name for name in only if name not in view.withheld)
    act.saw(type(record), [record], members)
    return {name: view.values[name] for name in only}


async def _refusals(act: Act, by: Decision, job: Job) -> AsyncIterator[dict[str, Any]]:
    since, until = span(job.jurisdiction, job.quarter or job.made_at.date())
    after = (since, UUID(int=0))
    while True:
        query = Query(equal={"prison": job.prison}, order="at", after=after, limit=looking.PAGE)
        page = list(await act.unread(Conduct, query, by))
        for each in page:
            if each.at >= until:
                return
            yield _shown(act, by, each, REFUSAL)
        if len(page) < looking.PAGE:
            return
        after = (page[-1].at, page[-1].id)


async def _looks(act: Act, by: Decision, ids: list[UUID]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for id in ids:
        for line in await act.unread(LedgerLine, Query(equal={"id": id}, limit=1), by):
            found.append(_shown(act, by, line, LOOK))
    return found


async def _figures(act: Act, by: Decision, job: Job, part: PackPart, series: Series) -> list[dict[str, Any]] | None:
    """What was let out of the quarter. None: this reader does not see it."""
    place = {"prison": job.prison, "scheme": None if series is Series.LISTENER_REQUESTS else job.scheme}
    asked = {"series": series, "period": FigurePeriod.QUARTER, "first": job.quarter, **place}
    found = list(await act.unread(Figure, Query(equal=asked, limit=1), by))
    scheme = None if place["scheme"] is None else str(place["scheme"])
    row = {"section": part.value, "scheme": scheme, "wing": None, "part": None}
    if not found:
        return [{**row, "word": "ALL", "told": None, "state": PackNumber.NOT_CLOSED.value}]
    view = disclose(found[0], by.sees(Figure), act.now)
    seen = view.values["told"] or view.values["told_cleared"]
    act.saw(Figure, found, tuple(name for name in ("words", "told", "told_cleared") if name not in view.withheld))
    if seen is None or len(seen) != len(found[0].words):
        return None
    silent = seen[-1] == 0  # the last word of a series is all of it
    return [
        {**row, "word": word, "told": None if silent or n == KEPT_BACK else n, "state": _state(n, silent).value}
        for word, n in zip(found[0].words, seen, strict=True)
    ]


def _state(n: int, silent: bool) -> PackNumber:
    if silent:
        return PackNumber.NO_RECORDS
    return PackNumber.TOO_FEW if n == KEPT_BACK else PackNumber.TOLD
