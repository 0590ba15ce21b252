"""Schemes over HTTP: their plans. What moves them is in `api.routes.life`."""

from typing import Annotated

from pydantic import Field

from api.routes.register import Register
from api.routes.shapes import Body, Code, Day, Nothing, Prison, ShortText, Text, Whole, amending
from domain.confidentiality.verbs import Verb
from domain.schemes import acts
from domain.schemes.record import LearnersGo, Scheme, SchemeState

_Places = Annotated[list[ShortText], Field(max_length=20)]
_Wanted = Annotated[Whole, Field(ge=1, le=200)]
_Days = Annotated[Whole, Field(ge=1, le=365)]


class CreateScheme(Body):
    """A new scheme, in draft."""

    kind: Code
    name: ShortText
    prison: Prison
    purpose: Text | None = None
    target_group: Text | None = None
    how_to_ask: Text | None = None
    places: _Places = []
    supporters_wanted: _Wanted = 1
    supporters_needed: _Wanted = 1
    pilot_limit: _Wanted | None = None
    pilot_days: _Days = acts.PILOT_DAYS
    review_on: Day | None = None


AmendScheme = amending(
    "AmendScheme",
    "The members to change; those that are not sent stay as they are. Only `targetGroup`, `howToAsk`, `reviewOn`, and"
    " what the closing says (`partnerToldOn`, `lessons`, `learnersGo`) may be emptied with null. `supportersNeeded`,"
    " `pilotLimit` and `pilotDays` are what is approved: the coordinator writes them until then, the governor after;"
    " and `supportersNeeded` is not lowered while it is short. From then on `reviewOn` may be brought forward, and only"
    " a review puts it off. What a charter in force says as well (`purpose`, `targetGroup`, `howToAsk`, `places`) is"
    " changed by its next version.",
    CreateScheme,
    without=("kind", "prison"),
    purpose=Text,
    pilot_limit=_Wanted,
    partner_told_on=Day | None,
    lessons=Text | None,
    learners_go=LearnersGo | None,
)


SCHEMES = Register(
    Scheme, "schemes", many="schemes", reads=Verb.READ_SCHEME, writes=Verb.AMEND_SCHEME, tag="schemes", under=None
)
SCHEMES.adds(
    CreateScheme,
    acts.create,
    "A scheme in draft: its information policy and partner come with its kind (`/v1/kinds`). Coordinator (operations)."
    " To go on with it he needs an assignment to it, or to all schemes of the prison.",
    verb=Verb.CREATE_SCHEME,
    name="createScheme",
)
SCHEMES.lists(
    "The schemes in reach. Every role that reads schemes; people in custody see those of their own prison, and of where"
    " each stands only whether it is `open`.",
    prison=(Prison, "Only schemes of this prison."),
    kind=(Code, "Only schemes of this kind."),
    state=(SchemeState, "Only schemes in this state."),
)
SCHEMES.shows("One scheme, with its tag.")
SCHEMES.amends(
    AmendScheme,
    "Change the members sent. Coordinator (operations), of the own scheme; governor (oversight), what was approved."
    " Needs `If-Match`.",
    acts.amend,
)
SCHEMES.moves(
    "approve",
    Nothing,
    acts.approve,
    "Yes to the plan: refused with `CHARTER_NOT_PUBLISHED` where there is none. Governor (oversight) or safer custody"
    " (safety). Needs `If-Match`.",
    verb=Verb.APPROVE_SCHEME,
)

REGISTERS = (SCHEMES,)
