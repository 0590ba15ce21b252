"""What a supporter takes with him, over HTTP: passports, references, and how he rates himself."""

from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field, StringConstraints
from starlette.responses import Response

from api import language
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.printing import portable
from api.routes.register import Register
from api.routes.shapes import Body, Identifier, IdPath, Nothing, Whole, Wing
from api.signing import LONGEST
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.passports import passport, rating, reference
from domain.passports.passport import Passport, claims_of
from domain.passports.rating import Moment, SelfRating
from domain.passports.reference import Reference, Strength
from domain.supporters.record import Competence, Supporter

routes = router("passports")
PDF: Final = "application/pdf"
_FOR: Final = "Coordinator, partner, and a person in custody his own (recruitment)."
Signed = Annotated[
    str,
    StringConstraints(min_length=20, max_length=LONGEST, pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"),
    Field(description="A passport as it was signed: a JWS in its compact form.", examples=["e30.e30.c2lnbmF0dXJl"]),
]


class VerifyPassport(Body):
    """A passport as it was handed over."""

    passport: Signed


class SignedPassport(VerifyPassport):
    """A passport, signed: what is asked about is what was answered, so that a file of it can be handed over."""


class TakePassport(Body):
    """A passport as it was handed over, by whom, and where he lives."""

    passport: Signed
    identifier: Identifier
    wing: Wing


class WriteReference(Body):
    """What he was good at."""

    strengths: Annotated[list[Strength], Field(min_length=1, max_length=11)]


class RateSelf(Body):
    """Three scales, from 0, not at all, to 10, wholly."""

    moment: Moment
    identity: Annotated[Whole, Field(ge=0, le=10)]
    confidence: Annotated[Whole, Field(ge=0, le=10)]
    employability: Annotated[Whole, Field(ge=0, le=10)]


_Word = Annotated[str, Field(max_length=64)]
_Day = Annotated[str, Field(max_length=10, pattern=r"^\d{4}-\d\d-\d\d$", examples=["2026-11-23"])]
_Month = Annotated[str, Field(max_length=7, pattern=r"^\d{4}-\d\d$", examples=["2026-11"])]


class PassportClaims(Shown):
    """What a passport says: nothing of clearance, of sessions, of whom he met or how he fared."""

    iss: Annotated[_Word, Field(examples=["peer-support"])]
    jti: UUID
    name: Annotated[_Word, Field(examples=["Sam Made-Up"])]
    kind: Annotated[_Word, Field(examples=["LISTENERS"])]
    awardingBody: Annotated[_Word, Field(examples=["SAMARITANS"])]
    certificate: Annotated[_Word, Field(examples=["SAM-2026-0117"])] | None
    certifiedOn: _Day | None
    certificateExpiresOn: _Day | None
    modules: Annotated[list[Annotated[_Word, Field(examples=["LISTENING"])]], Field(max_length=40)]
    competences: Annotated[list[Competence], Field(max_length=len(Competence))]
    servedFrom: _Month
    servedUntil: _Month | None
    issuedOn: _Day
    validUntil: _Day


PASSPORTS = Register(
    Passport, "passports", many="passports", reads=Verb.READ_PASSPORT, tag="passports", under=Supporter
)
PASSPORTS.lists(f"Passports that a supporter had made, those that he took back among them. {_FOR}")
PASSPORTS.adds(
    Nothing,
    passport.issue,
    "Have one made: to ask for it is to agree that it is shown to whom one gives it. Good for a year from the last day"
    " in the role. A person in custody, for himself (recruitment).",
    verb=Verb.ISSUE_PASSPORT,
    name="issuePassport",
)
PASSPORTS.shows(f"One passport. {_FOR}")
PASSPORTS.moves(
    "withdraw",
    Nothing,
    passport.withdraw,
    "Take one's consent back: it is no good to anybody from now on. A person in custody, his own (recruitment). Needs"
    " `If-Match`.",
    verb=Verb.WITHDRAW_PASSPORT,
)

REFERENCES = Register(
    Reference, "references", many="references", reads=Verb.READ_REFERENCE, tag="passports", under=Supporter
)
REFERENCES.lists(f"References that were written of a supporter. {_FOR}")
REFERENCES.adds(
    WriteReference,
    reference.write,
    "Write one, in codes. Coordinator or partner (recruitment).",
    verb=Verb.WRITE_REFERENCE,
    name="writeReference",
)
REFERENCES.shows(f"One reference. {_FOR}")
REFERENCES.moves(
    "sign",
    Nothing,
    reference.sign,
    "One has read it, and agrees that it is given on. A person in custody, his own (recruitment). Needs `If-Match`.",
    verb=Verb.SIGN_REFERENCE,
)
REFERENCES.moves(
    "decline",
    Nothing,
    reference.decline,
    "One does not agree, or no longer. A person in custody, his own (recruitment). Needs `If-Match`.",
    verb=Verb.DECLINE_REFERENCE,
)

RATINGS = Register(
    SelfRating, "self-ratings", many="self ratings", reads=Verb.READ_SELF_RATING, tag="passports", under=Supporter
)
RATINGS.lists("How a supporter rates himself. Himself, and the partner (recruitment): nobody who decides about him.")
RATINGS.adds(
    RateSelf,
    rating.rate,
    "Rate oneself: once before the role begins, then as often as one likes. A person in custody (recruitment).",
    verb=Verb.RECORD_SELF_RATING,
    name="rateSelf",
)
RATINGS.shows("One rating. Himself, and the partner (recruitment).")
REGISTERS = (PASSPORTS, REFERENCES, RATINGS)


@operation(
    routes,
    "GET",
    "/v1/passports/{id}/document",
    Verb.READ_PASSPORT_DOCUMENT,
    name="getPassportDocument",
    summary="A passport, signed",
    shows=SignedPassport,
)
async def get_document(call: CallDep, id: IdPath) -> Response:
    """In `passport` a JWS in its compact form, signed with a key of `/passport-keys`; the same bytes each time. A
    person in custody his own (recruitment), and nobody for him."""
    view = await call.run(lambda begin: passport.document(begin, id))
    return call.plain({"passport": call.runtime.signatures.signed(claims_of(view.values))})


@operation(
    routes,
    "GET",
    "/v1/passports/{id}/passport.pdf",
    Verb.READ_PASSPORT_DOCUMENT,
    name="getPassportPdf",
    summary="A passport as PDF",
    media=PDF,
    spoken=True,
)
async def get_passport_pdf(call: CallDep, id: IdPath) -> Response:
    """The same to print, its signed form at the end. Himself alone."""
    spoken = language.of(call.request.scope)
    view = await call.run(lambda begin: passport.document(begin, id))
    page = portable.passport_page(view, call.runtime.signatures.signed(claims_of(view.values)), spoken)
    return await _printed(call, page, spoken)


@operation(
    routes,
    "GET",
    "/v1/references/{id}/reference.pdf",
    Verb.READ_REFERENCE,
    name="getReferencePdf",
    summary="A reference as PDF",
    media=PDF,
    spoken=True,
)
async def get_reference_pdf(call: CallDep, id: IdPath) -> Response:
    """A reference to print, once he of whom it is has signed it. For the same roles."""
    spoken = language.of(call.request.scope)
    view = await call.run(lambda begin: reference.printed(begin, id))
    return await _printed(call, portable.reference_page(view, spoken), spoken)


async def _printed(call: CallDep, page: dict[str, Any], spoken: language.Language) -> Response:
    made = await call.runtime.press.pdf_of(page, call.caller.actor)
    return Response(made, 200, {"Content-Language": spoken.value}, PDF)


@operation(
    routes,
    "POST",
    "/v1/passport-checks",
    Verb.VERIFY_PASSPORT,
    name="verifyPassport",
    summary="Is this passport good",
    shows=PassportClaims,
)
async def verify(call: CallDep, body: VerifyPassport) -> Response:
    """What it says, if it is good today. `PASSPORT_NOT_VALID` where it was altered, has run out, was taken back or is
    of nobody: which of these is not told. Coordinator, partner (recruitment), activities hub (operations)."""
    claims = call.runtime.signatures.opened(body.passport)
    return call.plain(await call.once(Passport, lambda begin: passport.verify(begin, claims), passport.verified))


@operation(
    routes,
    "POST",
    "/v1/schemes/{id}/supporters",
    Verb.TAKE_PASSPORT,
    name="takePassport",
    summary="Take somebody on by his passport",
    shows=model(Supporter),
    status=201,
)
async def take(call: CallDep, id: IdPath, body: TakePassport) -> Response:
    """He applies to this scheme with what he has learned, and is cleared anew. `NOT_HERE_YET` while another prison has
    not told that he left. Coordinator (recruitment)."""
    claims = call.runtime.signatures.opened(body.passport)
    return await call.create(
        Supporter,
        lambda begin: passport.take(begin, id, claims=claims, identifier=body.identifier, wing=body.wing),
    )
