"""Partners' lists of exceptions over HTTP: the published ones for everybody, and the making of new versions."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api import language
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.register import Register
from api.routes.shapes import Body, Code, Day, Flag, Nothing, Text
from api.texts import spoken
from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.schemes import promising
from domain.schemes.exceptions import ExceptionList, NotifyTo, Obligation, in_force, promises_here
from domain.schemes.publication import PublicationState
from domain.schemes.vocabulary import Basis

routes = router("exceptions")


class Exemption(Body):
    """One exception: when something may be passed on, whether it must be, to whom, whether the person is told before,
    and on what ground in law."""

    code: Code
    label: Text
    duty: Obligation
    notify_to: NotifyTo
    person_told: Flag
    basis: Basis


_Exemptions = Annotated[list[Exemption], Field(min_length=1, max_length=30)]


class CreateExceptionList(Body):
    """A version of the caller's own organisation's list, in draft."""

    effective_from: Day
    exceptions: _Exemptions

    def given(self) -> dict[str, Any]:
        """The exceptions as plain values, as they are kept."""
        return {**super().given(), "exceptions": self.model_dump(mode="json", by_alias=True)["exceptions"]}


class Promised(Shown):
    """One published version of a partner's list."""

    organisation: Code
    number: Annotated[int, Field(ge=1, le=100_000, description="Which version of that partner's list.")]
    effectiveFrom: Annotated[date | None, Field(description="Null: its source gives no day.")]
    inForce: Annotated[bool, Field(description="Whether it is the one that holds today.")]
    exceptions: _Exemptions
    language: Annotated[language.Language, Field(description="The language that this item is in.")]
    inLanguageAsked: Annotated[bool, Field(description="False: not approved in the language asked for.")]


class Promises(Shown):
    """Every published version of partners' lists, the oldest of each first."""

    items: Annotated[list[Promised], Field(max_length=1000)]


@operation(
    routes,
    "GET",
    "/v1/exceptions",
    Verb.READ_EXCEPTIONS,
    name="getExceptions",
    summary="When something may be passed on",
    shows=Promises,
    spoken=True,
)
async def list_exceptions(
    call: CallDep, organisation: Annotated[Code | None, Query(description="Only lists of this partner.")] = None
) -> Response:
    """The exceptions of each partner whose schemes there are in the caller's jurisdiction: every published version, old
    ones too, and which of them holds today. In Welsh only where the partner approved it in Welsh. Every role; purpose:
    operations."""
    asked = language.of(call.request.scope)

    async def told(begin: Begin) -> list[dict[str, Any]]:
        async with begin(Verb.READ_EXCEPTIONS) as act:
            found = await promises_here(act, organisation)
            holding = in_force(found, act.now)
        return [spoken.promise(p, asked, in_force=(p.organisation, p.number) in holding) for p in found]

    items = await call.run(told)
    return call.plain({"items": items}, headers=spoken.headers(items, asked))


LISTS = Register(
    ExceptionList,
    "exception-lists",
    many="exception lists",
    reads=Verb.READ_EXCEPTION_LIST,
    tag="exceptions",
    under=None,
    exceptions=_Exemptions,
)
LISTS.adds(
    CreateExceptionList,
    promising.make,
    "A version in draft, of the caller's own organisation, for a day that lies ahead. Lead of a partner (oversight)."
    " Another lead publishes it.",
    verb=Verb.CREATE_EXCEPTION_LIST,
    name="createExceptionList",
)
LISTS.lists(
    "The versions that the caller's own organisation made, drafts too. Lead of a partner (oversight).",
    state=(PublicationState, "Only versions in this state."),
)
LISTS.shows("One version, with its tag. Lead of a partner (oversight).")
LISTS.moves(
    "publish",
    Nothing,
    promising.publish,
    "It holds from its day on. Lead of a partner (oversight), and another one than its maker. Needs `If-Match`.",
    verb=Verb.PUBLISH_EXCEPTION_LIST,
)
LISTS.moves(
    "withdraw",
    Nothing,
    promising.withdraw,
    "Take it back before its day: what is promised now goes on. From its day on it is a promise, which only another"
    " version ends. Lead of a partner (oversight). Needs `If-Match`.",
    verb=Verb.WITHDRAW_EXCEPTION_LIST,
)

REGISTERS = (LISTS,)
