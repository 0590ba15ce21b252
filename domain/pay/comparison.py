"""Other prison jobs, as the hub enters them, so that supporters' work can be laid beside them (X23)."""

import dataclasses
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ComparisonJobId
from domain.kernel.moves import require
from domain.pay.rates import jurisdiction_of

MOST: Final = 300
"""Jobs of one prison."""


@record(kind="comparison-job", kept="six years after it was last in use; it names nobody")
class ComparisonJob(Record):
    """A job as it is advertised: its band, how much it is in a week, what it is paid, and how many places it has."""

    id: Open[ComparisonJobId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    job: Operational[str]
    """The job's code: LIBRARY_ORDERLY, say."""
    band: Operational[str]
    """The band's code in the prison's own published structure."""
    half_days: Operational[int]
    """Half days in a usual week."""
    money_minor_units: Operational[int]
    """What a usual week is paid, in minor units (pence, cents) of the jurisdiction's currency."""
    places: Operational[int]
    """How many people have it."""
    in_use: Operational[bool] = True
    """Whether it is there now; what is not is left out of comparisons."""


async def add(
    begin: Begin, *, prison: str, job: str, band: str, half_days: int, money_minor_units: int, places: int
) -> View[ComparisonJob]:
    """A job of one's prison. Each is there once."""
    async with begin.serially(Verb.RECORD_COMPARISON_JOB) as act:
        new = ComparisonJob(
            id=ComparisonJobId(act.new_id()),
            jurisdiction=jurisdiction_of(act),
            prison=prison,
            job=job,
            band=band,
            half_days=half_days,
            money_minor_units=money_minor_units,
            places=places,
        )
        act.within_reach(new)
        where = {"jurisdiction": new.jurisdiction, "prison": prison, "in_use": True}
        there = await looking.all_known(act, ComparisonJob, where)
        require(
            (all(other.job != job for other in there), "JOB_ALREADY_THERE"),
            (len(there) < MOST, "TOO_MANY_JOBS"),
        )
        act.keep(new)
        return act.disclose(new)


async def retire(begin: Begin, id: UUID, *, seen: Tag) -> View[ComparisonJob]:
    """It is not there any more, or comes back with other figures."""
    async with begin(Verb.RECORD_COMPARISON_JOB) as act:
        was = await act.fetch(ComparisonJob, id, seen=seen)
        require((was.in_use, "NOT_IN_USE"))
        now = dataclasses.replace(was, in_use=False)
        act.keep(now, was=was)
        return act.disclose(now)
