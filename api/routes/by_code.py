"""Feedback, pulses and complaints by single-use code: printing the codes, the form, and handing in (rule 12)."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from starlette.responses import Response

from api import anonymous, language
from api.anonymous import Anonymous, AnonymousDep
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.shapes import Body, Day, Flag, IdPath, Nothing, Whole
from api.texts import forms
from api.wire import to_bytes
from api.written import Written
from domain.care.incidents import Against
from domain.confidentiality.verbs import Verb
from domain.feedback import by_code, codes
from domain.feedback.by_code import SaidByCode
from domain.feedback.complaints import ComplaintAbout
from domain.feedback.pulses import LEAST, MOST, PulseGroup, PulseItem, WhyNotUsed
from domain.feedback.record import Theme, Voice
from domain.kernel.errors import Failure, Unacceptable

OPEN: Final = frozenset(
    {"/v1/feedback-by-code", "/v1/pulse-answers-by-code", "/v1/complaints-by-code", "/v1/feedback-forms"}
)
"""What takes no token. None is below an address of records: another method there would ask for a token first."""
RECEIPT: Final = "RECEIVED"
_FORM: Final = r"^[A-Z2-9]{5}-[A-Z2-9]{5}-[A-Z2-9]{5}$"
Typed = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9 -]{1,40}$"),
    Field(
        description="A single-use code as it is printed; case, spaces and hyphens as one likes.",
        examples=["ABCDE-FGHJK-MNPQR"],
    ),
]
_Answer = Annotated[Whole, Field(ge=LEAST, le=MOST, description="From 1 (not at all) to 5 (very much).")]
_Short = Annotated[str, Field(max_length=60)]

routes = router("feedback")
unsigned = anonymous.router("feedback")
REGISTERS: Final = ()


class CodeSheet(Shown):
    """A sheet of fifty codes, told this once: they are kept nowhere."""

    quarter: Annotated[Day, Field(description="The first day of the quarter for which they are printed.")]
    codes: Annotated[
        list[Annotated[str, Field(max_length=17, pattern=_FORM)]], Field(min_length=codes.SHEET, max_length=codes.SHEET)
    ]


@operation(
    routes,
    "POST",
    "/v1/schemes/{id}/print-feedback-codes",
    Verb.PRINT_FEEDBACK_CODES,
    name="printFeedbackCodes",
    summary="Print a sheet of single-use codes",
    shows=CodeSheet,
    status=201,
)
async def print_codes(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Fifty codes of a scheme for this quarter, for nobody in particular: lay the cut sheet out where nobody sees who
    takes which. Each is good once, for feedback, a pulse or a complaint, until 28 days after the quarter. Coordinator
    or partner (evaluation). A key that is sent again is refused, for the codes are kept nowhere."""
    use, earlier = await call.key()
    if earlier is not None:
        await call.run(codes.shown_before)
    sheet = await call.run(lambda begin: codes.print_sheet(begin, id, call.runtime.codes), use)
    return call.plain({"quarter": sheet.quarter, "codes": list(sheet.codes)}, 201)


class UnsignedReceipt(Shown):
    """The same for everybody, and a short code of no use but to ask, in person, what came of a complaint."""

    receipt: Annotated[str, Field(max_length=20, examples=[RECEIPT])]
    ask_by: Annotated[
        str, Field(alias="askBy", max_length=9, pattern=r"^[A-Z2-7]{4}-[A-Z2-7]{4}$", examples=["K7QA-2MXD"])
    ]


class FeedbackByCode(Body):
    """What somebody says of a scheme, by the code of a sheet of it."""

    code: Typed
    voice: Voice
    rating: Annotated[Whole, Field(ge=1, le=5, description="1 to 5; shown as smileys.")]
    themes: Annotated[list[Theme], Field(max_length=10)] = []
    would_again: Flag | None = None
    """Whether he would use it, or give it, again."""
    helped_to_answer: Flag = False
    """Somebody read it out to him or typed it for him."""


class PulseAnswer(Body):
    """One item, answered."""

    item: PulseItem
    answer: _Answer


class PulseByCode(Body):
    """A group's answers to this quarter's pulse; items may be left out."""

    code: Typed
    group: PulseGroup
    """As whoever answers says himself."""
    answers: Annotated[list[PulseAnswer], Field(min_length=1, max_length=5)]
    why_not: WhyNotUsed | None = None
    """Of non-users: why they have not used it."""


class ComplaintByCode(Body):
    """What is wrong, in a code, and whom it is against, as a group."""

    code: Typed
    about: ComplaintAbout
    against: Against = Against.NOT_SAID


@anonymous.operation(
    unsigned,
    "POST",
    "/v1/feedback-by-code",
    name="giveFeedbackByCode",
    summary="Give feedback by a single-use code",
    shows=UnsignedReceipt,
    status=201,
)
async def feedback_by_code(anonymous: AnonymousDep, body: FeedbackByCode) -> Response:
    """Without a token: a bearer token is refused. Nothing is kept of who, where or when, but the week. A code that was
    used and one that was never printed are refused in the same words."""
    return await _handed_in(anonymous, SaidByCode.FEEDBACK, body)


@anonymous.operation(
    unsigned,
    "POST",
    "/v1/pulse-answers-by-code",
    name="answerPulseByCode",
    summary="Answer the quarter's pulse by a single-use code",
    shows=UnsignedReceipt,
    status=201,
)
async def pulse_by_code(anonymous: AnonymousDep, body: PulseByCode) -> Response:
    """Without a token, as feedback. Of the answers counts alone are kept once the quarter is over, and told where ten
    or more answered."""
    faults = by_code.faults(body.group, [each.item for each in body.answers], body.why_not)
    if faults:
        raise Unacceptable(faults)
    return await _handed_in(anonymous, SaidByCode.PULSE, body)


@anonymous.operation(
    unsigned,
    "POST",
    "/v1/complaints-by-code",
    name="complainByCode",
    summary="Complain by a single-use code",
    shows=UnsignedReceipt,
    status=201,
)
async def complaint_by_code(anonymous: AnonymousDep, body: ComplaintByCode) -> Response:
    """Without a token, as feedback. It is read once its week is over; `askBy` is the code by which to ask, in person,
    what was answered."""
    return await _handed_in(anonymous, SaidByCode.COMPLAINT, body)


async def _handed_in(anonymous: Anonymous, what: SaidByCode, body: Any) -> Response:
    anonymous.take(body.code)
    said = body.model_dump(mode="json", exclude={"code"})
    if what is SaidByCode.PULSE:
        said["answers"] = {each["item"]: each["answer"] for each in said["answers"]}
    ask_by = await anonymous.run(
        lambda begin: by_code.hand_in(begin, anonymous.runtime.codes, code=body.code, what=what, said=said)
    )
    if ask_by is None:
        raise Unacceptable([Failure("CODE_NOT_GOOD", "/code")])
    anonymous.used(body.code)
    return Written(to_bytes({"receipt": RECEIPT, "askBy": ask_by}), 201, {})


class FormWord(Shown):
    """A code with its picture and its sentence, to be read or said aloud."""

    code: _Short
    picture: _Short
    words: Annotated[str, Field(max_length=200)]


_FormWords = Annotated[list[FormWord], Field(max_length=20)]


class FeedbackWords(Shown):
    """The words of feedback."""

    voices: Annotated[list[Voice], Field(max_length=5)]
    ratings: _FormWords
    themes: _FormWords


class PulseWords(Shown):
    """What one group is asked."""

    group: PulseGroup
    items: _FormWords


class PulseFormWords(Shown):
    """The words of the pulse."""

    answers: _FormWords
    groups: Annotated[list[PulseWords], Field(max_length=5)]
    why_not: Annotated[_FormWords, Field(alias="whyNot")]


class ComplaintWords(Shown):
    """The words of a complaint."""

    about: _FormWords


class FeedbackForms(Shown):
    """The three forms in words and pictures."""

    feedback: FeedbackWords
    pulse: PulseFormWords
    complaint: ComplaintWords


@anonymous.operation(
    unsigned,
    "GET",
    "/v1/feedback-forms",
    name="getFeedbackForms",
    summary="What is asked, in words and pictures",
    shows=FeedbackForms,
    spoken=True,
)
async def get_forms(anonymous: AnonymousDep) -> Response:
    """In English or Welsh by `Accept-Language`: one short sentence and one picture for each code, for kiosk, paper and
    voice. No token is needed, and the answer is the same for everybody."""
    spoken = language.of(anonymous.request.scope)
    headers = {"Content-Language": spoken.value, "Vary": "Accept-Language"}
    return Written(to_bytes(forms.form(spoken)), 200, headers)
