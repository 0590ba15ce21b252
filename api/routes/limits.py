"""What left a scheme and on which ground; a worry about somebody who has not asked; referring on to other help."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.routes.register import Register
from api.routes.shapes import Body, Cell, Code, Day, Nothing, Recipient
from domain.confidentiality.verbs import Verb
from domain.schemes.vocabulary import Basis
from domain.sessions import concerns, escalations, referrals
from domain.sessions.concerns import ConcernRaised, Worried
from domain.sessions.escalations import (
    CameOfIt,
    Consent,
    Escalation,
    NotTold,
    PassedOnBy,
    PersonTold,
    Shared,
    ToldTo,
)
from domain.sessions.referrals import Referral, ReferralState, ReferredTo


class NoteEscalation(Body):
    """What was passed on, in codes: never a name, and never what was said."""

    told_on: Day
    """The day. Under a closed policy its month alone is kept."""
    consent: Consent
    shared: Annotated[list[Shared], Field(min_length=1, max_length=7)]
    told_to: ToldTo
    how: PassedOnBy
    person_told: PersonTold
    ground: Code | None = None
    """The code of the partner's list, where the partner owns what was said and the person did not agree."""
    basis: Basis | None = None
    """Where no list of a partner decides."""
    not_told_for: NotTold | None = None
    outcome: CameOfIt = CameOfIt.NOT_KNOWN


class RaiseConcern(Body):
    """Somebody worries about a man who has not asked."""

    who: Worried
    whom: Recipient
    """Name or number, as it was given. Gone after twenty-four hours."""
    cell: Cell | None = None
    """Where he is found, as it was said."""


class MakeReferral(Body):
    """On to whom, with his yes."""

    enrolment: UUID
    referred_to: ReferredTo
    consent: Consent


class AnswerReferral(Body):
    """They took it on, or did not; or he takes his yes back."""

    answer: ReferralState


ESCALATIONS = Register(
    Escalation,
    "escalations",
    many="escalations",
    reads=Verb.READ_ESCALATION,
    writes=Verb.NOTE_ESCALATION,
    tag="requests",
)
ESCALATIONS.lists_all(
    "What left schemes all the same. Of a closed policy the partner alone (safety); of an open one coordinator and"
    " partner (safety).",
    scheme=(UUID, "Only of this scheme."),
)
ESCALATIONS.adds(
    NoteEscalation,
    escalations.note,
    "Note that something was passed on, after it was: a life is saved by voice, bell and radio. Where the partner owns"
    " what was said, the partner decides, by its own list as it held on that day. No words, and nobody is named.",
    name="noteEscalation",
)
ESCALATIONS.shows("One time that something was passed on.")

CONCERNS = Register(
    ConcernRaised,
    "concerns",
    many="concerns",
    reads=Verb.READ_CONCERN,
    writes=Verb.RAISE_CONCERN,
    tag="requests",
)
CONCERNS.lists_all(
    "Whom to offer a scheme, privately. Orderly officer (support), safer custody (safety), for twenty-four hours.",
    order="readable_until",
)
CONCERNS.adds(
    RaiseConcern,
    concerns.raise_,
    "Family, a chaplain or staff worry about a man who has not asked. To a scheme of a closed policy that is no"
    " request: somebody offers it to him, privately, and his yes is a request of his own. Any member of staff"
    " (support).",
    name="raiseConcern",
)
CONCERNS.shows("One of them.")
CONCERNS.moves(
    "settle",
    Nothing,
    concerns.settle,
    "Somebody has spoken with him. What he said is his, and is not kept. Needs `If-Match`.",
    verb=Verb.SETTLE_CONCERN,
)

REFERRALS = Register(
    Referral,
    "referrals",
    many="referrals",
    reads=Verb.READ_REFERRAL,
    writes=Verb.MAKE_REFERRAL,
    tag="requests",
    under=None,
)
REFERRALS.lists(
    "Referrals to other help. Coordinator or partner (support); the person his own.",
    order="agreed_on",
    scheme=(UUID, "Only of this scheme."),
    state=(ReferralState, "Only in this state."),
)
REFERRALS.adds(
    MakeReferral,
    referrals.refer,
    "Refer a learner or client on, with his yes and never without. Coordinator or partner (support).",
    name="makeReferral",
)
REFERRALS.shows("One referral.")
REFERRALS.moves(
    "answer",
    AnswerReferral,
    referrals.answer,
    "They took it on, or did not; or he takes his yes back. Coordinator or partner (support). Needs `If-Match`.",
    verb=Verb.ANSWER_REFERRAL,
)

REGISTERS = (ESCALATIONS, CONCERNS, REFERRALS)
