"""Versions of charters over HTTP: begun, written section by section, commented on, submitted, sent back, signed,
published, or discarded."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.routes.register import Register
from api.routes.shapes import Amendment, Body, Code, Day, Flag, Nothing, ShortText, Text, Whole
from domain.confidentiality.verbs import Verb
from domain.schemes import comments, drafting, publishing
from domain.schemes.charter import (
    Advertising,
    Charter,
    CharterState,
    Ending,
    EvaluationDesign,
    Lasting,
    StakeholderGroup,
)
from domain.schemes.comments import CharterComment
from domain.schemes.needs import EvidenceSource, SupportOutcome, TargetNeed
from domain.schemes.questions import Section
from domain.schemes.tasks import Task

_PAGE = 10
_Codes = Annotated[list[Code], Field(max_length=30)]
_Tasks = Annotated[list[Task], Field(max_length=100)]
_Names = Annotated[list[ShortText], Field(max_length=20)]
_Ids = Annotated[list[UUID], Field(max_length=20)]
_Amount = Annotated[Whole, Field(ge=0, le=1_000_000_000)]
_Few = Annotated[Whole, Field(ge=0, le=1_000)]


class AmendCharter(Amendment):
    """The members to change, of one section or of several; those that are not sent stay as they are. Null, or an empty
    list, makes one blank again."""

    purpose: Text | None
    permitted_tasks: _Tasks
    prohibited_tasks: _Tasks
    why_needed: Text | None
    meant_to_do: Text | None
    target_group: Text | None
    needs: Annotated[list[TargetNeed], Field(max_length=15)]
    needs_evidence: Text | None
    evidence_sources: Annotated[list[EvidenceSource], Field(max_length=10)]
    outcomes: Annotated[list[SupportOutcome], Field(max_length=18)]
    support_lasts: Lasting | None
    lasts_weeks: Annotated[Whole, Field(ge=1, le=520)] | None
    endings: Annotated[list[Ending], Field(max_length=10)]
    when_available: Text | None
    places: _Names
    how_to_ask: Text | None
    passed_on: Text | None
    staff_hours_a_week: _Few | None
    unlock_minutes_a_week: Annotated[Whole, Field(ge=0, le=10_080)] | None
    rooms: _Names
    materials: Text | None
    money_minor_units_a_year: _Amount | None
    recruiting: Text | None
    advertised_by: Annotated[list[Advertising], Field(max_length=10)]
    weeks_left_at_least: _Few | None
    training: Text | None
    training_modules: _Codes
    practice_contacts: _Few | None
    supporting: Text | None
    supporters_seen_every_days: Annotated[Whole, Field(ge=1, le=365)] | None
    paying: Text | None
    paid: Flag | None
    stakeholders: Annotated[list[StakeholderGroup], Field(max_length=15)]
    engaging: Text | None
    knowing: Text | None
    evaluation_design: EvaluationDesign | None
    analysis_on: Day | None
    objectives: _Ids
    growing: Text | None
    probation_weeks: _Few | None
    supervising: Text | None
    staff_seen_every_days: Annotated[Whole, Field(ge=1, le=365)] | None
    contingency: Text | None
    maintaining: Text | None
    involving: Text | None
    watching: Text | None
    review_on: Day | None
    answers: _Ids


class ReturnCharter(Body):
    """Why it goes back: kept as a comment on that section."""

    section: Section
    words: Text


class CommentOnCharter(Body):
    """What to say to a section. No names: it is about the plan."""

    section: Section
    words: Text


CHARTERS = Register(
    Charter, "charters", many="charters", reads=Verb.READ_CHARTER, writes=Verb.AMEND_CHARTER, tag="charters"
)
_STATE = (CharterState, "Only versions in this state.")
CHARTERS.adds(
    Nothing,
    drafting.begin_draft,
    "A new version in draft: the first is blank, each further one begins with what holds now. One at a time."
    " Coordinator (operations), of the own scheme.",
    verb=Verb.DRAFT_CHARTER,
    name="draftCharter",
)
CHARTERS.lists(
    "The scheme's versions in reach, the first one first.",
    order="number",
    search=drafting.versions_of,
    page=_PAGE,
    state=_STATE,
)
CHARTERS.lists_all(
    "The versions in reach, of whatever scheme: a signer finds here what waits for him.", page=_PAGE, state=_STATE
)
CHARTERS.shows("One version whole, with its tag; `missing` names the sections that are blank.")
CHARTERS.amends(
    AmendCharter,
    "Write the members sent, section by section; which members belong to which question is at `/v1/charter-questions`."
    " Coordinator (operations), of the own scheme. Needs `If-Match`.",
    drafting.amend,
)
CHARTERS.moves(
    "submit",
    Nothing,
    drafting.submit,
    "Hand it to those who sign. Refused while a section is blank or contradicts another. Coordinator (operations)."
    " Needs `If-Match`.",
    verb=Verb.SUBMIT_CHARTER,
)
CHARTERS.moves(
    "return",
    ReturnCharter,
    drafting.return_,
    "Back to draft, with a comment by whoever sends it back; what was signed is signed no more. Safer custody (safety),"
    " governor (oversight), partner or coordinator (operations). Needs `If-Match`.",
    verb=Verb.RETURN_CHARTER,
)
CHARTERS.moves(
    "discard",
    Nothing,
    drafting.discard,
    "Give a draft up, so that another may be begun. It stays readable to those who read drafts, with what was said to"
    " it. What is submitted is sent back first. Coordinator (operations), of the own scheme. Needs `If-Match`.",
    verb=Verb.DISCARD_CHARTER,
)
CHARTERS.moves(
    "sign",
    Nothing,
    publishing.sign,
    "A yes to what was submitted, in one's own role: safer custody (safety), governor (oversight), partner"
    " (operations). Nobody signs what he wrote. Needs `If-Match`.",
    verb=Verb.SIGN_CHARTER,
)
CHARTERS.moves(
    "publish",
    Nothing,
    publishing.publish,
    "From now on it holds, the version before is superseded, and the findings that it cites are answered. Needs every"
    " section, every signature, SMART objectives that serve its needs, and open findings. Coordinator (operations)."
    " Needs `If-Match`.",
    verb=Verb.PUBLISH_CHARTER,
)

COMMENTS = Register(
    CharterComment,
    "comments",
    many="charter comments",
    reads=Verb.READ_COMMENT,
    writes=Verb.COMMENT,
    tag="charters",
    under=Charter,
)
COMMENTS.adds(
    CommentOnCharter,
    comments.comment,
    "Say something to a section of a version that is not published. Who signs, and who writes.",
    name="commentOnCharter",
)
COMMENTS.lists(
    "The comments on this version: for those who sign or write, and oversight.",
    section=(Section, "Only on this section."),
)
COMMENTS.shows("One comment.")

REGISTERS = (CHARTERS, COMMENTS)
