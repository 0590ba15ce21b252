"""Subject access over HTTP: the estate's contract for people in custody, and our own for staff (F89, rule 21).

The contract is not ours to choose: two addresses outside `/v1`, the prison number in the query, 200, 204 and 209 and
never 404, and any 4xx ends the whole report of whoever asked. So the number is in an address here and nowhere else. It
is written down nowhere: the server's own access log is off, our log holds templates of routes alone (`api.logs`), and
the ledger's line says that somebody was looked for, and not who (rule 4).

The template goes out byte for byte as it is committed, for the estate compares its hash with the one that was
registered. It shows whatever the answer holds by its labels: a change of our records changes no byte of it.
"""

from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.shapes import Day, IdPath
from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.subject_access import gathering
from domain.subject_access.gathered import Answer, Range

routes = router("subject-access")
TEXT: Final = "text/plain"
TEMPLATE: Final = (Path(__file__).parent.parent / "texts" / "subject_access.mustache").read_bytes()
FINGERPRINT: Final = sha256(TEMPLATE).hexdigest()
"""What is registered with the estate's subject access service, before a release that changes it."""
NO_DATA: Final = 204
NOT_HELD: Final = 209
_BARE: Final = {
    NO_DATA: "Nothing is kept of him, or nothing of those days.",
    NOT_HELD: "Identifiers of that kind are not held here.",
}

_Words = Annotated[str, Field(max_length=4000)]
_From = Annotated[
    Day | None,
    Query(alias="fromDate", description="The first day. A record is of the day when it happened, began or was made."),
]
_To = Annotated[Day | None, Query(alias="toDate", description="The last day, included.")]


class SubjectAccessFact(Shown):
    """One thing that is kept."""

    label: Annotated[str, Field(max_length=120, examples=["Applied on"])]
    texts: Annotated[list[_Words], Field(max_length=1000, examples=[["In training"]])]
    """In plain words."""
    dates: Annotated[list[Annotated[str, Field(max_length=19)]], Field(max_length=1000, examples=[["2026-11-23"]])]
    """Days, or instants by the clocks of the prison, without a zone, as the estate writes them."""
    users: Annotated[list[Annotated[str, Field(max_length=255)]], Field(max_length=200, examples=[["ASMITH_GEN"]])]
    """User names of members of staff, of which the report tells the last name."""


class SubjectAccessItem(Shown):
    """One record."""

    scheme: Annotated[str, Field(max_length=255, examples=["Listeners"])] | None
    """The name of its scheme."""
    prison: Annotated[str, Field(max_length=5, examples=["MDI"])] | None
    facts: Annotated[list[SubjectAccessFact], Field(max_length=1000)]


class SubjectAccessSection(Shown):
    """All records of one kind, by their day."""

    title: Annotated[str, Field(max_length=120, examples=["Certificates"])]
    items: Annotated[list[SubjectAccessItem], Field(max_length=20_000)]


class SubjectAccess(Shown):
    """What is told to somebody of himself. Of others nothing is in it."""

    content: Annotated[list[SubjectAccessSection], Field(max_length=100)]


@operation(
    routes,
    "GET",
    "/subject-access-request",
    Verb.READ_SUBJECT_ACCESS,
    name="getSubjectAccess",
    summary="What is kept of somebody, for himself",
    shows=SubjectAccess,
    bare=_BARE,
)
async def get_subject_access(
    call: CallDep,
    prn: Annotated[str | None, Query(max_length=40, description="His prison number.", examples=["A1234BC"])] = None,
    crn: Annotated[
        str | None, Query(max_length=40, description="A number of probation. None is held here.", examples=["X123456"])
    ] = None,
    since: _From = None,
    until: _To = None,
) -> Response:
    """The estate's contract. Everything about him that is not sealed, with nothing of anybody else: of what two people
    did together only his side; of a scheme with a closed policy, of its supporters months and numbers of them. What is
    sealed decides nothing here. 204: nothing is kept of him; 209: only a `crn` was given; 400: neither, or days that
    end before they begin. Days are those of the prison's clocks, both included; a record with no day is always given.
    The machine that asks for the estate (subject-access), by its authority `ROLE_SAR_DATA_ACCESS` and an assignment of
    ours."""

    async def gathered(begin: Begin) -> Answer:
        within = Range(since, until)
        return await gathering.of_person(begin, number=prn, other=crn, within=within, selves=call.runtime.selves)

    found = await call.run(gathered)
    if not found.held:
        return Response(status_code=NOT_HELD)
    return call.plain({"content": found.sections}) if found.sections else Response(status_code=NO_DATA)


@operation(
    routes,
    "GET",
    "/subject-access-request/template",
    Verb.READ_SUBJECT_ACCESS,
    name="getSubjectAccessTemplate",
    summary="How the estate's report shows it",
    media=TEXT,
)
async def get_template(call: CallDep) -> Response:
    """A Mustache template, for Handlebars and the helpers of the estate's report. It says to everybody alike how to ask
    for what is sealed, and for what is told in confidence alone. The machine that asks for the estate
    (subject-access)."""
    await call.run(gathering.template)
    return Response(TEMPLATE, 200, None, f"{TEXT}; charset=utf-8")


@operation(
    routes,
    "GET",
    "/v1/assignments/{id}/subject-access",
    Verb.READ_STAFF_SUBJECT_ACCESS,
    name="getStaffSubjectAccess",
    summary="What is kept of a member of staff, for himself",
    shows=SubjectAccess,
)
async def get_staff_subject_access(call: CallDep, id: IdPath, since: _From = None, until: _To = None) -> Response:
    """Of whoever holds, or held, this assignment: roles, duties, who supervises him, and requests that were not met
    with a code that he gave, without whoever recorded them, and without what others say of them or a review found. What
    is of this prison. 404 for an assignment of one's own: a colleague sees to that; 400: days that end before they
    begin. Information governance (subject-access)."""
    found = await call.run(lambda begin: gathering.of_staff(begin, id, within=Range(since, until)))
    return call.plain({"content": found.sections})
