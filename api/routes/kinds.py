"""Kinds of scheme over HTTP: the catalogue for everybody, in the reader's language; and the making of others."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import ConfigDict, Field, create_model
from starlette.responses import Response

from api import language
from api.guarded import CallDep, operation, router
from api.routes import sheets
from api.routes.register import Register
from api.routes.shapes import Body, Code, Nothing, Prison
from api.routes.terms import Label
from api.texts import spoken
from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent
from domain.schemes import making
from domain.schemes.made import KindVersion, published_here
from domain.schemes.publication import PublicationState

routes = router("kinds")
_CodePath = Annotated[str, Path(max_length=40, pattern=r"^[A-Z][A-Z0-9_]{2,39}$", description="The kind's code.")]


SchemeKind = create_model(
    "SchemeKind",
    __config__=ConfigDict(extra="forbid"),
    __doc__="A kind of scheme: what it is for, what it may hold, what is asked of a supporter, and what never.",
    code=(Annotated[str, Field(max_length=40)], ...),
    prison=(Prison | None, Field(description="The prison whose own variant it is; null: of the whole jurisdiction.")),
    version=(
        Annotated[int | None, Field(ge=1, le=100_000)],
        Field(description="The published version of a kind that was made here; null: a ready-made kind."),
    ),
    **sheets.whole(),
    labels=(Annotated[list[Label], Field(max_length=200)], Field(description="Types of support, and tasks, in words.")),
    language=(language.Language, Field(description="The language that this item is in.")),
    inLanguageAsked=(
        bool,
        Field(description="False: not approved in the language asked for; this is English."),
    ),
)
SchemeKinds = create_model(
    "SchemeKinds",
    __config__=ConfigDict(extra="forbid"),
    __doc__="Every kind of scheme that there is where the caller is.",
    items=(Annotated[list[SchemeKind], Field(max_length=1000)], ...),  # type: ignore[valid-type]
)


class CreateKindVersion(Body):
    """A version of a kind, in draft."""

    code: Code
    sheet: sheets.KindSheet
    prison: Prison | None = None
    base: Code | None = None

    def given(self) -> dict[str, Any]:
        """The sheet as it was sent: what is not there is its base's."""
        return {**super().given(), "sheet": self.sheet.as_sent()}


@operation(
    routes,
    "GET",
    "/v1/kinds",
    Verb.READ_KIND,
    name="listKinds",
    summary="The kinds of scheme",
    shows=SchemeKinds,
    spoken=True,
)
async def list_kinds(call: CallDep) -> Response:
    """The kinds of scheme of the caller's jurisdiction, ready-made and made here, with what each may hold; and the
    variants of his own prison. In English or Welsh by `Accept-Language`; words about confidence only where they are
    approved. Every role; purpose: operations."""
    return await _told(call)


@operation(
    routes,
    "GET",
    "/v1/kinds/{code}",
    Verb.READ_KIND,
    name="getKind",
    summary="One kind of scheme",
    shows=SchemeKind,
    spoken=True,
)
async def get_kind(call: CallDep, code: _CodePath) -> Response:
    """One kind of scheme, as in the list. Every role; purpose: operations."""
    return await _told(call, code)


async def _told(call: CallDep, code: str | None = None) -> Response:
    asked = language.of(call.request.scope)

    async def told(begin: Begin) -> list[dict[str, Any]]:
        async with begin(Verb.READ_KIND) as act:
            found = [(k, made) for k, made in await published_here(act) if code in (None, k.code)]
            if code is not None and not found:
                raise Absent
        return [
            {
                "prison": None if made is None else made.prison,
                "version": None if made is None else made.number,
                **spoken.kind(k, asked, made_here=made is not None),
            }
            for k, made in found
        ]

    items = await call.run(told)
    if code is not None:
        return call.plain(items[0], headers=spoken.headers(items[:1], asked))
    return call.plain({"items": items}, headers=spoken.headers(items, asked))


VERSIONS = Register(
    KindVersion,
    "kind-versions",
    many="kind versions",
    reads=Verb.READ_SCHEME_KIND,
    tag="kinds",
    under=None,
    sheet=sheets.SHOWN,
)
VERSIONS.adds(
    CreateKindVersion,
    making.make,
    "A version in draft. Headquarters (oversight) makes kinds for the jurisdiction, begun from another or whole; safer"
    " custody (safety) makes variants for its own prison, which may only tighten their base. All that is wrong with a"
    " sheet is told at once. Another person publishes it.",
    verb=Verb.CREATE_SCHEME_KIND,
    name="createKindVersion",
)
VERSIONS.lists(
    "The versions of kinds that were made here, drafts and old ones too: headquarters those of the jurisdiction, safer"
    " custody and the governor those of their prison.",
    code=(Code, "Only versions of this kind."),
    state=(PublicationState, "Only versions in this state."),
)
VERSIONS.shows("One version, with its tag.")
VERSIONS.moves(
    "confirm",
    Nothing,
    making.confirm,
    "The partner's yes, without which a version for the whole jurisdiction that names it is not published. A lead of"
    " the partner (oversight), not who made it. Needs `If-Match`.",
    verb=Verb.CONFIRM_SCHEME_KIND,
)
VERSIONS.moves(
    "publish",
    Nothing,
    making.publish,
    "From now on new schemes are made under it; the version before is withdrawn, and schemes that were made under that"
    " keep it. By another person than its maker: of headquarters (oversight), once its partner confirmed it; of a"
    " prison, safer custody (safety) or the governor (oversight). Needs `If-Match`.",
    verb=Verb.PUBLISH_SCHEME_KIND,
)
VERSIONS.moves(
    "withdraw",
    Nothing,
    making.withdraw,
    "No new scheme is made of it; those that are keep its terms. Whoever may publish it. Needs `If-Match`.",
    verb=Verb.WITHDRAW_SCHEME_KIND,
)

REGISTERS = (VERSIONS,)
