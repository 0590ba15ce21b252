"""Contingency plans over HTTP: what covers for a scheme, switched on, logged, ended, reviewed."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.routes.register import Register
from api.routes.shapes import Body, Day, Flag, Text, amending
from domain.confidentiality.verbs import Verb
from domain.schemes.registers import activating
from domain.schemes.registers.contingency import (
    Activation,
    ActivationState,
    ContingencyPlan,
    Cover,
    Learned,
    LogCode,
    LogEntry,
    Tell,
    Trigger,
    Untold,
    Why,
)

_Cover = Annotated[list[Cover], Field(min_length=1, max_length=11)]
_Tell = Annotated[list[Tell], Field(min_length=1, max_length=11)]


class AddContingencyPlan(Body):
    """What the scheme does when it cannot run as planned."""

    trigger: Trigger
    cover: _Cover
    tell: _Tell
    review_on: Day
    cover_in_words: Text | None = None


AmendContingencyPlan = amending(
    "AmendContingencyPlan",
    "The members to change. A plan that is given up has `inForce` false.",
    AddContingencyPlan,
    without=("trigger",),
    in_force=Flag,
)


class StartContingencyPlan(Body):
    """Why it is switched on."""

    why: Why


class LogActivation(Body):
    """What happened; `told` says who was told, and goes with TOLD alone."""

    code: LogCode
    told: Tell | None = None
    words: Text | None = None


class EndActivation(Body):
    """A reason, where not all who must be told have been."""

    untold_because: Untold | None = None


class ReviewActivation(Body):
    """What was learned."""

    learned: Learned
    learned_in_words: Text | None = None


PLANS = Register(
    ContingencyPlan,
    "contingency-plans",
    many="contingency plans",
    reads=Verb.READ_CONTINGENCY_PLAN,
    writes=Verb.KEEP_CONTINGENCY_PLAN,
)
PLANS.lists(
    "The scheme's plans. Coordinator, orderly and wing officer (operations), partner (support), safer custody (safety),"
    " governor, monitoring board and inspectorate (oversight), ombudsman (investigation).",
    trigger=(Trigger, "Only for this trigger."),
)
PLANS.adds(AddContingencyPlan, activating.add, "A plan for one trigger. Coordinator (operations).")
PLANS.shows("One plan. `activation` is the one that is under way.")
PLANS.amends(
    AmendContingencyPlan,
    "Change the members sent; not while it is switched on. Coordinator (operations). Needs `If-Match`.",
    activating.amend,
)
PLANS.moves(
    "start",
    StartContingencyPlan,
    activating.start,
    "Switch it on: its activation begins. Not twice. Coordinator, orderly officer (operations), safer custody (safety)"
    " or governor (oversight). Needs `If-Match`.",
    verb=Verb.START_CONTINGENCY_PLAN,
)

ACTIVATIONS = Register(
    Activation, "activations", many="activations", reads=Verb.READ_ACTIVATION, writes=Verb.LOG_ACTIVATION
)
ACTIVATIONS.lists(
    "When the scheme's plans were switched on; `state=ACTIVE` for what is on now. Whoever reads the plans.",
    state=(ActivationState, "Only in this state."),
)
ACTIVATIONS.shows("One activation. `notTold` are those who still must be told.")
ACTIVATIONS.moves(
    "log",
    LogActivation,
    activating.log,
    "Add a line to its log; with TOLD, tick off who was told. Whoever may switch a plan on. Needs `If-Match`.",
)
ACTIVATIONS.moves(
    "end",
    EndActivation,
    activating.end,
    "Switch it off, once all who must be told have been, or with a reason. Needs `If-Match`.",
    verb=Verb.END_ACTIVATION,
)
ACTIVATIONS.moves(
    "review",
    ReviewActivation,
    activating.review,
    "Say what was learned, once it has ended. Needs `If-Match`.",
    verb=Verb.REVIEW_ACTIVATION,
)

LOG = Register(LogEntry, "log-entries", many="log entries", reads=Verb.READ_LOG_ENTRY, writes=Verb.LOG_ACTIVATION)
LOG.lists(
    "The logs of the scheme's activations, in the order of time. Whoever reads the plans.",
    order="at",
    activation=(UUID, "Only of this activation."),
)
LOG.shows("One line of a log.")

REGISTERS = (PLANS, ACTIVATIONS, LOG)
