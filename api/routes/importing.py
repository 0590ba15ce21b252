"""A scheme that has run before, brought here over HTTP: schemes, supporters and the rota, as JSON or as a file for a
spreadsheet (F103, X25). How they are taken elsewhere is in `exported`.

Each row is an act of its own, as if it had come alone: one that is bad keeps no other out, and the same file sent again
does nothing twice. A row without a key of its own is known by what it says, in the scheme for which it says it; so a
file that was half read can be sent again whole. Keys are kept for 72 hours; after that a supporter or a shift that is
there is refused as such, and a scheme is another draft.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Annotated, Any, Final, TypeVar, cast

import orjson
from pydantic import Field, SkipValidation, StringConstraints
from starlette.responses import Response

from api import wire
from api.call import Call, disclosed
from api.csv_rows import AT, rows_of
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes import late
from api.routes.late import MOST, Key, LateAnswer, Unfit
from api.routes.schemes import CreateScheme
from api.routes.shapes import Body, Certificate, Code, Day, Flag, Identifier, IdPath, Languages, PersonName, Wing
from api.wire import model
from domain.care.roster import Overridden, RosterEntry
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import R
from domain.confidentiality.verbs import Verb
from domain.importing import rota, taking_over
from domain.kernel.bands import Band
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.schemes import acts
from domain.schemes.record import Scheme
from domain.supporters.record import Competence, Supporter

routes = router("importing")
B = TypeVar("B", bound=Body)
LONGEST: Final = 250_000
"""Characters of one file: of as many as four bytes each they are within what is taken of a body (`api.edge.limits`)."""
_Csv = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST),
    Field(
        description="A file for a spreadsheet, with a line of column names, which are those of an item; lists are"
        " separated by semicolons. Its failures are at `/csv/<row>/<column>`, the header being row 1.",
        examples=["identifier,name\r\nA1234BC,Sam Made-Up\r\n"],
    ),
]
_Dry = Annotated[Flag, Field(description="Only try it.")]
_Own = Key | None


class ImportedScheme(CreateScheme):
    """A scheme as it is planned here; of those who serve in it see `/v1/schemes/{id}/imported-supporters`."""

    key: _Own = None


class ImportedSupporter(Body):
    """Somebody who served in the scheme before it came here. He is taken over at rest."""

    key: _Own = None
    identifier: Identifier
    name: PersonName
    wing: Wing
    active_from: Day
    """The day since which he serves."""
    compact_signed_on: Day
    """The day on which he signed the agreement."""
    languages: Languages = ["en"]
    modules_passed: Annotated[list[Code], Field(max_length=20)] = []
    """Training modules of the scheme's kind."""
    signed_off: Annotated[list[Competence], Field(max_length=len(Competence))] = []
    """What others than his trainers signed that he can do."""
    certificate: Certificate | None = None
    """Its number. With it go the day on which it was given, and its last day."""
    certified_on: Day | None = None
    certificate_expires_on: Day | None = None


class ImportedShift(Body):
    """A supporter of the scheme on its rota."""

    key: _Own = None
    identifier: Identifier
    day: Day
    band: Band
    wing: Wing | None = None
    """For which he is there; where none is named, his own."""
    override: Overridden | None = None
    """Why a hard limit is passed; it then waits for another person's yes."""


class ImportSchemes(Body):
    """Schemes, as rows of JSON or as a file: one of the two."""

    items: Annotated[list[SkipValidation[ImportedScheme]], Field(min_length=1, max_length=MOST)] | None = None
    csv: _Csv | None = None
    dry_run: _Dry = False


class ImportSupporters(Body):
    """Supporters of a scheme, as rows of JSON or as a file: one of the two."""

    items: Annotated[list[SkipValidation[ImportedSupporter]], Field(min_length=1, max_length=MOST)] | None = None
    csv: _Csv | None = None
    dry_run: _Dry = False


class ImportRoster(Body):
    """A rota, as rows of JSON or as a file: one of the two. They are done in their order."""

    items: Annotated[list[SkipValidation[ImportedShift]], Field(min_length=1, max_length=MOST)] | None = None
    csv: _Csv | None = None
    dry_run: _Dry = False


class SchemeImport(LateAnswer):
    """What became of one row: the scheme as it is, or what was wrong."""

    scheme: model(Scheme) | None = None  # type: ignore[valid-type]


class SupporterImport(LateAnswer):
    """What became of one row: the supporter as he is, or what was wrong."""

    supporter: model(Supporter) | None = None  # type: ignore[valid-type]


class ShiftImport(LateAnswer):
    """What became of one row: the entry as it is, or what was wrong."""

    entry: model(RosterEntry) | None = None  # type: ignore[valid-type]


class _Told(Shown):
    dryRun: bool
    """True: nothing was kept."""


class SchemeImports(_Told):
    """One answer for each row, in their order."""

    items: Annotated[list[SchemeImport], Field(max_length=MOST)]


class SupporterImports(_Told):
    """One answer for each row, in their order."""

    items: Annotated[list[SupporterImport], Field(max_length=MOST)]


class ShiftImports(_Told):
    """One answer for each row, in their order."""

    items: Annotated[list[ShiftImport], Field(max_length=MOST)]


@operation(
    routes,
    "POST",
    "/v1/imported-schemes",
    Verb.CREATE_SCHEME,
    name="importSchemes",
    summary="Bring schemes here",
    shows=SchemeImports,
    status=201,
    most=MOST,
)
async def import_schemes(call: CallDep, body: ImportSchemes) -> Response:
    """Schemes that run already, each as a plan in draft. Up to 500 rows, each for itself: a bad one keeps no other out,
    and what is sent again is answered the same. With `dryRun` nothing is kept, and each row is answered as it would be.
    Coordinator (operations)."""
    return await _imported(call, body, ImportedScheme, Scheme, "scheme", acts.create)


@operation(
    routes,
    "POST",
    "/v1/schemes/{id}/imported-supporters",
    Verb.IMPORT_SUPPORTER,
    name="importSupporters",
    summary="Take the supporters of a scheme over",
    shows=SupporterImports,
    status=201,
    most=MOST,
)
async def import_supporters(call: CallDep, id: IdPath, body: ImportSupporters) -> Response:
    """Those who served in it before it came here, while it was never live here (`SCHEME_RUNS_ALREADY`). Each comes at
    rest, and into the role by his own word and then staff's, once security has cleared him. Rows as of schemes; with
    `dryRun` two of which either may be kept, and not both, both pass. Coordinator of the scheme (recruitment)."""
    act = partial(taking_over.take_over, scheme=id)
    return await _imported(call, body, ImportedSupporter, Supporter, "supporter", act, str(id))


@operation(
    routes,
    "POST",
    "/v1/schemes/{id}/imported-roster",
    Verb.WRITE_ROSTER_ENTRY,
    name="importRoster",
    summary="Bring a rota here",
    shows=ShiftImports,
    status=201,
    most=MOST,
)
async def import_roster(call: CallDep, id: IdPath, body: ImportRoster) -> Response:
    """Each row one supporter of the scheme, by his number, on one day in one band, within the load limits of the kind.
    Rows as of schemes, but done in their order, since one may be in another's way: with `dryRun` that is not seen.
    Coordinator of the scheme (support)."""
    act = partial(rota.rostered, scheme=id)
    return await _imported(call, body, ImportedShift, RosterEntry, "entry", act, str(id))


async def _imported(
    call: Call,
    body: ImportSchemes | ImportSupporters | ImportRoster,
    of: type[B],
    kind: type[R],
    member: str,
    act: Callable[..., Awaitable[View[R]]],
    scheme: str = "",
) -> Response:
    rows, numbers = _rows(body, of, scheme)
    call.dry = body.dry_run

    async def one(alone: Call, said: B) -> dict[str, Any]:
        given = {name: value for name, value in said.given().items() if name != "key"}
        view = await alone.once(kind, lambda begin: act(begin, **given), disclosed)
        return {member: None if alone.dry else wire.body(view)}

    told = await late.each(call, call.route, rows, of, one, 201, {member: None}, in_order=True)
    if scheme and all(answer["status"] == 404 for answer in told["items"]):
        call.begun = True  # each row has its line
        raise Absent  # rows name nothing that could be absent but the scheme, in whose address they came
    for number, answer in zip(numbers, told["items"], strict=False):
        answer["failures"] = [f | {"path": f"{AT}/{number}{f['path'] or ''}"} for f in answer["failures"]]
    return call.plain({"dryRun": body.dry_run, **told}, 201)


def _rows(
    body: ImportSchemes | ImportSupporters | ImportRoster, of: type[B], scheme: str
) -> tuple[list[Any], list[int]]:
    """The rows, each with a key, and of a file their numbers in it."""
    if (body.items is None) is (body.csv is None):
        raise Unacceptable([Failure("ITEMS_OR_CSV")])
    if body.csv is None:
        return [_keyed(item, scheme) for item in body.items or ()], []
    read = rows_of(body.csv, of, MOST)
    return [_keyed(r.members, scheme, r.wrong) for r in read], [r.number for r in read]


def _keyed(item: Any, scheme: str, wrong: tuple[Failure, ...] = ()) -> Any:
    """The row with its own key, or one made of what it says and of the scheme for which it says it."""
    if not isinstance(item, Mapping):
        return item
    members = cast(Mapping[str, Any], item)
    if wrong:
        return Unfit(None, wrong)
    if members.get("key") is not None:
        return members
    said = orjson.dumps([scheme, {n: v for n, v in members.items() if n != "key"}], option=orjson.OPT_SORT_KEYS)
    return {**members, "key": f"row-{hashlib.sha256(said).hexdigest()[:40]}"}
