"""A scheme as it is taken elsewhere over HTTP: its supporters and its rota, as JSON or as a file for a spreadsheet, in
the shape in which `importing` takes them (F103)."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.shapes import Day, Identifier, IdPath
from api.spreadsheets import CSV, file_of, named
from api.wire import camel
from domain.care.roster import Overridden
from domain.confidentiality.verbs import Verb
from domain.importing import files
from domain.importing.files import OF_ENTRY, OF_SUPPORTER, Row
from domain.kernel.bands import Band
from domain.supporters.record import MOST as SUPPORTERS
from domain.supporters.record import Competence

routes = router("importing")
_Words = Annotated[str, Field(max_length=120)]


class ExportedSupporter(Shown):
    """A supporter as a row; null: it is not known, or not shown in this role."""

    identifier: Identifier | None
    name: _Words | None
    wing: Annotated[str, Field(max_length=20)] | None
    activeFrom: Day | None
    compactSignedOn: Day | None
    languages: Annotated[list[Annotated[str, Field(max_length=3)]], Field(max_length=8)] | None
    modulesPassed: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=40)] | None
    signedOff: Annotated[list[Competence], Field(max_length=len(Competence))] | None
    certificate: Annotated[str, Field(max_length=40)] | None
    certifiedOn: Day | None
    certificateExpiresOn: Day | None


class ExportedSupporters(Shown):
    """Those who are in the role or may come back to it, and were active, by name."""

    items: Annotated[list[ExportedSupporter], Field(max_length=SUPPORTERS)]


class ExportedShift(Shown):
    """An entry of the rota as a row; null: it is not known, or not shown in this role."""

    identifier: Identifier | None
    day: Day | None
    band: Band | None
    wing: Annotated[str, Field(max_length=20)] | None
    override: Overridden | None


class ExportedRoster(Shown):
    """The entries from today on that stand or wait."""

    items: Annotated[list[ExportedShift], Field(max_length=files.ENTRIES)]


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/exported-supporters",
    Verb.READ_SUPPORTER_FILE,
    name="getExportedSupporters",
    summary="The supporters of a scheme, as they are taken over",
    shows=ExportedSupporters,
)
async def export_supporters(call: CallDep, id: IdPath) -> Response:
    """In the shape in which they come in: those who are in the role or may come back to it, and were active. Where they
    stand, whom they met and how they fare is in no file. Coordinator of the scheme (recruitment)."""
    return call.plain(_items(OF_SUPPORTER, await call.run(lambda begin: files.supporters(begin, id))))


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/exported-supporters.csv",
    Verb.READ_SUPPORTER_FILE,
    name="getExportedSupportersFile",
    summary="The same for a spreadsheet",
    media=CSV,
)
async def export_supporters_file(call: CallDep, id: IdPath) -> Response:
    """UTF-8 with its mark, each cell in quotation marks. A text that a spreadsheet could take for a formula has an
    apostrophe before it, which is taken off when it comes in again. For the same role."""
    return _file("supporters", OF_SUPPORTER, await call.run(lambda begin: files.supporters(begin, id)))


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/exported-roster",
    Verb.READ_ROSTER_FILE,
    name="getExportedRoster",
    summary="The rota of a scheme, as it comes in",
    shows=ExportedRoster,
)
async def export_roster(call: CallDep, id: IdPath) -> Response:
    """The entries from today on that stand or wait, each with its supporter's number. Coordinator of the scheme
    (support)."""
    return call.plain(_items(OF_ENTRY, await call.run(lambda begin: files.roster(begin, id))))


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/exported-roster.csv",
    Verb.READ_ROSTER_FILE,
    name="getExportedRosterFile",
    summary="The same for a spreadsheet",
    media=CSV,
)
async def export_roster_file(call: CallDep, id: IdPath) -> Response:
    """As of supporters. For the same role."""
    return _file("roster", OF_ENTRY, await call.run(lambda begin: files.roster(begin, id)))


def _items(head: Sequence[str], rows: Sequence[Row]) -> dict[str, Any]:
    return {"items": [{camel(name): row.get(name) for name in head} for row in rows]}


def _file(name: str, head: Sequence[str], rows: Sequence[Row]) -> Response:
    made = file_of([camel(each) for each in head], [[row.get(each) for each in head] for row in rows])
    return Response(made, 200, {"Content-Disposition": named(name)}, f"{CSV}; charset=utf-8")
