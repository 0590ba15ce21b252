"""Every kind of problem that we answer with: its status, its slug and its two sentences in two languages.

A slug is a promise: `/problems/<slug>` is a page of ours for as long as `/v1` lives. Slugs and statuses are only ever
added. The sentences say what the status means for every caller alike; what is particular to one request is in
`failures`, as codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from api.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """A title and the meaning behind it, in one language."""

    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem. `status` is the HTTP status; `slug` names the type, the code and the page."""

    slug: str
    status: int
    en: Sentences
    cy: Sentences

    @property
    def type(self) -> str:
        """The problem's `type`: a relative reference, so that no host is ever in a document (RFC 9457, 3.1.1)."""
        return f"/problems/{self.slug}"

    def sentences(self, language: Language) -> Sentences:
        """The sentences in that language; both are always there."""
        match language:
            case Language.ENGLISH:
                return self.en
            case Language.WELSH:
                return self.cy


def _kind(slug: str, status: int, en: tuple[str, str], cy: tuple[str, str]) -> Kind:
    return Kind(slug, status, Sentences(title=en[0], meaning=en[1]), Sentences(title=cy[0], meaning=cy[1]))


UNAUTHORISED: Final = _kind(
    "unauthorised",
    401,
    ("Not identified", "A valid bearer token is needed. Which check failed is not told."),
    ("Heb eich adnabod", "Mae angen tocyn cludydd dilys. Ni ddywedir pa wiriad a fethodd."),
)
FORBIDDEN: Final = _kind(
    "forbidden",
    403,
    ("Not for this role", "In the role and for the purpose in which you act this is never done, whatever the record."),
    (
        "Nid ar gyfer y rôl hon",
        "Nid yw'r rôl yr ydych yn gweithredu ynddi byth yn gwneud hyn, beth bynnag yw'r cofnod.",
    ),
)
PURPOSE_REQUIRED: Final = _kind(
    "purpose-required",
    400,
    ("Say for what purpose", "Your role does this for several purposes. Send one of `choices` as Purpose-Of-Use."),
    ("Nodwch at ba ddiben", "Mae eich rôl yn gwneud hyn at sawl diben. Anfonwch un o `choices` fel Purpose-Of-Use."),
)
CAPACITY_REQUIRED: Final = _kind(
    "capacity-required",
    409,
    ("Say in what capacity", "Several of your assignments fit. Send one of `choices` as Acting-As."),
    ("Nodwch ym mha swyddogaeth", "Mae sawl un o'ch aseiniadau yn addas. Anfonwch un o `choices` fel Acting-As."),
)
NOT_FOUND: Final = _kind(
    "not-found",
    404,
    ("Not found", "There is nothing here for you: it never existed, or it is out of your reach."),
    ("Heb ei ganfod", "Nid oes dim yma i chi: nid yw erioed wedi bodoli, neu mae y tu hwnt i'ch cyrraedd."),
)
UNREADABLE: Final = _kind(
    "unreadable",
    400,
    ("The request cannot be read", "The syntax of the body, a header, the address or a parameter is wrong."),
    ("Ni ellir darllen y cais", "Mae cystrawen y corff, pennyn, y cyfeiriad neu baramedr yn anghywir."),
)
UNACCEPTABLE: Final = _kind(
    "unacceptable",
    422,
    ("The body cannot be accepted", "A member is unknown, missing, of the wrong kind or may not be held here."),
    ("Ni ellir derbyn y corff", "Mae aelod yn anhysbys, ar goll, o'r math anghywir neu ni cheir ei gadw yma."),
)
CONFLICT: Final = _kind(
    "conflict",
    409,
    ("Not now", "The state of the record or a rule over it forbids this today. `failures` names every reason."),
    ("Nid nawr", "Mae cyflwr y cofnod neu reol drosto yn gwahardd hyn heddiw. Mae `failures` yn enwi pob rheswm."),
)
TAG_REQUIRED: Final = _kind(
    "tag-required",
    428,
    ("Say which version you read", "Send the ETag that you read as If-Match."),
    ("Nodwch pa fersiwn a ddarllenoch", "Anfonwch yr ETag a ddarllenoch fel If-Match."),
)
STALE: Final = _kind(
    "stale",
    412,
    (
        "The record has changed",
        "The tag is not that of the record as you read it now, in this capacity. Read it again, then decide again.",
    ),
    (
        "Mae'r cofnod wedi newid",
        "Nid tag y cofnod fel y darllenwch ef nawr, yn y rôl hon, mohono. Darllenwch ef eto, yna penderfynwch eto.",
    ),
)
KEY_REUSED: Final = _kind(
    "key-reused",
    422,
    ("This key has another body", "An Idempotency-Key stands for one body. Use a new key for a new request."),
    (
        "Mae gan yr allwedd hon gorff arall",
        "Mae Idempotency-Key yn sefyll am un corff. Defnyddiwch allwedd newydd ar gyfer cais newydd.",
    ),
)
KEY_IN_FLIGHT: Final = _kind(
    "key-in-flight",
    409,
    ("This key is in use", "The first request with this Idempotency-Key has not finished. Try again shortly."),
    (
        "Mae'r allwedd hon ar waith",
        "Nid yw'r cais cyntaf gyda'r Idempotency-Key hwn wedi gorffen. Rhowch gynnig arall cyn hir.",
    ),
)
TOO_MANY: Final = _kind(
    "too-many-requests",
    429,
    ("Too many requests", "Your own rate is spent. Wait as many seconds as Retry-After says."),
    (
        "Gormod o geisiadau",
        "Mae eich cyfradd eich hun wedi'i defnyddio. Arhoswch gynifer o eiliadau ag y mae Retry-After yn ei ddweud.",
    ),
)
CONTENT_TOO_LARGE: Final = _kind(
    "content-too-large",
    413,
    ("The body is too large", "The body is longer than this operation takes."),
    ("Mae'r corff yn rhy fawr", "Mae'r corff yn hirach nag y mae'r gweithrediad hwn yn ei dderbyn."),
)
URI_TOO_LONG: Final = _kind(
    "uri-too-long",
    414,
    ("The address is too long", "Path and query together may be 2,048 bytes long."),
    ("Mae'r cyfeiriad yn rhy hir", "Caiff y llwybr a'r ymholiad gyda'i gilydd fod yn 2,048 beit o hyd."),
)
HEADER_TOO_LARGE: Final = _kind(
    "header-too-large",
    431,
    ("The headers are too large", "All headers together may be 16,384 bytes long."),
    ("Mae'r penynnau yn rhy fawr", "Caiff yr holl benynnau gyda'i gilydd fod yn 16,384 beit o hyd."),
)
UNSUPPORTED_MEDIA_TYPE: Final = _kind(
    "unsupported-media-type",
    415,
    ("The body is of another media type", "Send application/json in UTF-8, without a content coding."),
    ("Mae'r corff o fath cyfrwng arall", "Anfonwch application/json mewn UTF-8, heb godio cynnwys."),
)
METHOD_NOT_ALLOWED: Final = _kind(
    "method-not-allowed",
    405,
    (
        "This address has no such method",
        "The Allow header lists the methods of this address; they are the same for everybody.",
    ),
    (
        "Nid oes dull o'r fath gan y cyfeiriad hwn",
        "Mae'r pennyn Allow yn rhestru dulliau'r cyfeiriad hwn; maent yr un fath i bawb.",
    ),
)
UNAVAILABLE: Final = _kind(
    "unavailable",
    503,
    ("Not available now", "Something that we need cannot be had. Nothing was shown or changed. Try again later."),
    (
        "Ddim ar gael nawr",
        "Ni ellir cael rhywbeth sydd ei angen arnom. Ni ddangoswyd na newidiwyd dim. Rhowch gynnig arall wedyn.",
    ),
)
INTERNAL_ERROR: Final = _kind(
    "internal-error",
    500,
    ("Our mistake", "Something went wrong on our side. Tell us the X-Request-Id of this answer."),
    ("Ein camgymeriad ni", "Aeth rhywbeth o'i le ar ein hochr ni. Rhowch wybod i ni beth yw X-Request-Id yr ateb hwn."),
)

KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        kind.slug: kind
        for kind in (
            UNREADABLE,
            PURPOSE_REQUIRED,
            UNAUTHORISED,
            FORBIDDEN,
            NOT_FOUND,
            METHOD_NOT_ALLOWED,
            CONFLICT,
            CAPACITY_REQUIRED,
            KEY_IN_FLIGHT,
            STALE,
            CONTENT_TOO_LARGE,
            URI_TOO_LONG,
            UNSUPPORTED_MEDIA_TYPE,
            UNACCEPTABLE,
            KEY_REUSED,
            TAG_REQUIRED,
            TOO_MANY,
            HEADER_TOO_LARGE,
            INTERNAL_ERROR,
            UNAVAILABLE,
        )
    }
)
