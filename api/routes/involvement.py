"""How people take part in a scheme's development, over HTTP: meetings, proposals, and what came of them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.routes.register import READERS, Register
from api.routes.shapes import Body, Day, Nothing, Text, Whole
from domain.confidentiality.verbs import Verb
from domain.schemes.registers import involvement
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.involvement import (
    Group,
    Meeting,
    MeetingKind,
    Proposal,
    ProposalAnswer,
    ProposalState,
    PublishedOutcome,
)

_Heads = Annotated[Whole, Field(ge=0, le=1000)]


class AddMeeting(Body):
    """A meeting that was held: how many came of each group, and in which roles; no names."""

    kind: MeetingKind
    held_on: Day
    staff: _Heads = 0
    supporters: _Heads = 0
    people_in_custody: _Heads = 0
    partners: _Heads = 0
    roles: Annotated[list[Answerable], Field(max_length=11)] = []
    decided: Text | None = None


class AddProposal(Body):
    """What a group proposes, in its own words."""

    from_group: Group
    said: Text
    meeting: UUID | None = None
    to_answer: Answerable | None = None
    """The role that is to answer it."""


class AnswerProposal(Body):
    """Yes or no; a no has a reason."""

    answer: ProposalAnswer
    reason: Text | None = None


class PublishProposal(Body):
    """What came of it, for everybody to read: what was said as well in words that name nobody."""

    you_said: Text
    we_did: Text


MEETINGS = Register(Meeting, "meetings", many="meetings", reads=Verb.READ_MEETING, writes=Verb.KEEP_MEETING)
MEETINGS.lists(
    f"The meetings that were held about the scheme. {READERS}",
    order="held_on",
    kind=(MeetingKind, "Only of this sort."),
)
MEETINGS.adds(AddMeeting, involvement.met, "A meeting that was held. Coordinator (operations) or partner (support).")
MEETINGS.shows("One meeting.")

PROPOSALS = Register(Proposal, "proposals", many="proposals", reads=Verb.READ_PROPOSAL, writes=Verb.KEEP_PROPOSAL)
PROPOSALS.lists(
    f"What groups propose; `overdue` says what was not answered within 28 days. {READERS}",
    order="proposed_on",
    state=(ProposalState, "Only in this state."),
)
PROPOSALS.adds(
    AddProposal, involvement.propose, "What a group proposes. Coordinator (operations) or partner (support)."
)
PROPOSALS.shows("One proposal.")
PROPOSALS.moves(
    "answer",
    AnswerProposal,
    involvement.answer,
    "Accept it, or reject it with a reason. Coordinator or partner, or the governor (oversight). Needs `If-Match`.",
    verb=Verb.ANSWER_PROPOSAL,
)
PROPOSALS.moves(
    "implement",
    Nothing,
    involvement.implement,
    "It was done. Coordinator or partner. Needs `If-Match`.",
    verb=Verb.IMPLEMENT_PROPOSAL,
)
PROPOSALS.moves(
    "publish",
    PublishProposal,
    involvement.publish,
    "Tell everybody what came of it, once it is done or rejected. Coordinator (operations) or safer custody (safety),"
    " and not whoever wrote it down. Needs `If-Match`.",
    verb=Verb.PUBLISH_PROPOSAL,
)
PROPOSALS.moves(
    "unpublish",
    Nothing,
    involvement.unpublish,
    "Take down what was published of it. Coordinator (operations), safer custody (safety), governor (oversight). Needs"
    " `If-Match`.",
    verb=Verb.UNPUBLISH_PROPOSAL,
)

OUTCOMES = Register(
    PublishedOutcome,
    "outcomes",
    many="published outcomes",
    reads=Verb.READ_OUTCOME,
    writes=Verb.PUBLISH_PROPOSAL,
)
OUTCOMES.lists(
    "You said, we did: what came of proposals. Whoever is in the prison: people in custody, supporters and staff"
    " (operations), healthcare (support); the partner (support), who watches over the prison, evaluator, headquarters.",
    order="published_on",
)
OUTCOMES.shows("One of them.")

REGISTERS = (MEETINGS, PROPOSALS, OUTCOMES)
