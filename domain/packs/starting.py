"""Starting long work of any kind: which members go with which kind, and who may have it made."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.disclosure import View
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.words import camel
from domain.oversight import jobs
from domain.oversight.record import ExportOf, Job, JobKind
from domain.packs import chronology, evidence, exporting
from domain.packs.chronology import UnderHold


async def start(
    begin: Begin,
    under_hold: UnderHold,
    *,
    kind: JobKind,
    scheme: UUID | None = None,
    prison: str | None = None,
    quarter: date | None = None,
    exported: ExportOf | None = None,
    hold: UUID | None = None,
    identifier: str | None = None,
) -> View[Job]:
    """A job that waits for the worker. Raises `Unacceptable`: a member that goes with another kind, or one that is
    missing."""
    match kind:
        case JobKind.EVIDENCE:
            _only(exported=exported, hold=hold, identifier=identifier)
            return await evidence.start(begin, prison=prison, scheme=scheme, quarter=quarter)
        case JobKind.EXPORT:
            _only(prison=prison, quarter=quarter, hold=hold, identifier=identifier)
            return await exporting.start(begin, scheme=scheme, exported=exported)
        case JobKind.CHRONOLOGY:
            _only(scheme=scheme, prison=prison, quarter=quarter, exported=exported)
            return await chronology.start(begin, under_hold, hold=hold, identifier=identifier)
        case _:
            _only(prison=prison, quarter=quarter, exported=exported, hold=hold, identifier=identifier)
            return await jobs.start(begin, kind=kind, scheme=scheme)


def _only(**others: Any) -> None:
    wrong = [Failure("UNKNOWN_FIELD", f"/{camel(name)}") for name, value in others.items() if value is not None]
    if wrong:
        raise Unacceptable(wrong)
