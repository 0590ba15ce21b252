"""The risk register over HTTP, and the actions that follow from it and from every other register."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.routes.register import Register
from api.routes.shapes import Body, Day, ShortText, Text, Whole, amending
from domain.confidentiality.verbs import Verb
from domain.schemes.registers import actions, risks
from domain.schemes.registers.actions import About, Action, ActionOutcome
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.risks import Risk, RiskCode, RiskState, Settled

_OneToFive = Annotated[Whole, Field(ge=1, le=5)]


class AddRisk(Body):
    """A risk by its code; OTHER needs words."""

    risk: RiskCode
    in_words: Text | None = None


class AssessRisk(Body):
    """How likely and how grave it is, from 1 to 5; whose it is; when it is looked at again."""

    likelihood: _OneToFive
    impact: _OneToFive
    owner: Answerable
    review_on: Day


AmendRisk = amending(
    "AmendRisk", "The members to change.", AddRisk, AssessRisk, without=("risk", "likelihood", "impact")
)


class SettleRisk(Body):
    """Accepted or closed, and why."""

    to: Settled
    because: Text


class AddAction(Body):
    """What is to be done by a day, by whom, about which record of the scheme."""

    about: About
    which: UUID
    what: ShortText
    owner: Answerable
    due_on: Day


AmendAction = amending("AmendAction", "The members to change.", AddAction, without=("about", "which"))


class FinishAction(Body):
    """What came of it, and by when the same is to be done again, if it is."""

    outcome: ActionOutcome
    next_on: Day | None = None


RISKS = Register(Risk, "risks", many="risks", reads=Verb.READ_RISK, writes=Verb.KEEP_RISK)
RISKS.lists(
    "The scheme's risks. Every scheme begins with the eight that the evidence names, NOT_ASSESSED. Coordinator"
    " (operations), partner (support), safer custody (safety), governor, monitoring board, inspectorate (oversight).",
    state=(RiskState, "Only in this state."),
)
RISKS.adds(AddRisk, risks.add, "A risk that is not listed yet. Coordinator (operations).")
RISKS.shows("One risk. `score` is likelihood times impact.")
RISKS.amends(AmendRisk, "Change the members sent. Coordinator (operations). Needs `If-Match`.")
RISKS.moves(
    "assess",
    AssessRisk,
    risks.assess,
    "Say how likely and how grave it is now. Coordinator (operations). Needs `If-Match`.",
    verb=Verb.ASSESS_RISK,
)
RISKS.moves(
    "settle",
    SettleRisk,
    risks.settle,
    "Accept or close a risk that was assessed, and say why. Coordinator (operations). Needs `If-Match`.",
    verb=Verb.SETTLE_RISK,
)

ACTIONS = Register(Action, "actions", many="actions", reads=Verb.READ_ACTION, writes=Verb.KEEP_ACTION)
ACTIONS.lists(
    "What is to be done about anything in the scheme's registers, by the day on which it is due; `overdue` says what is"
    " late. Whoever reads the registers.",
    order="due_on",
    about=(About, "Only about records of this kind."),
    which=(UUID, "Only about this record."),
    owner=(Answerable, "Only of this role."),
)
ACTIONS.adds(AddAction, actions.add, "Something to be done. Coordinator (operations) or partner (support).")
ACTIONS.shows("One action.")
ACTIONS.amends(
    AmendAction,
    "Change the members sent, until it is finished. Coordinator or partner. Needs `If-Match`.",
    actions.amend,
)
ACTIONS.moves(
    "finish",
    FinishAction,
    actions.finish,
    "Say what came of it. With `nextOn` the same is to be done again by then. Needs `If-Match`.",
)

REGISTERS = (RISKS, ACTIONS)
