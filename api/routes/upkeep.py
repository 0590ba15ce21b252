"""What keeps a scheme going, over HTTP: publicity, spot checks, routine checks, resources, and those with a stake in
it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.routes.register import READERS, Register
from api.routes.shapes import (
    Body,
    Day,
    Flag,
    Languages,
    PersonName,
    ShortText,
    Text,
    Whole,
    amending,
)
from domain.confidentiality.verbs import Verb
from domain.schemes.registers import checks, publicity, resources, stakeholders
from domain.schemes.registers.checks import CheckOutcome, CheckSubject, RoutineCheck
from domain.schemes.registers.publicity import AskedBy, Medium, Publicity, SpotCheck
from domain.schemes.registers.resources import Resource, ResourceKind
from domain.schemes.registers.stakeholders import Level, Stakeholder, StakeholderRole, Way

_Count = Annotated[Whole, Field(ge=0, le=100_000)]
_Amount = Annotated[Whole, Field(ge=0, le=100_000_000)]
_EveryDays = Annotated[Whole, Field(ge=1, le=730)]
_Ways = Annotated[list[Way], Field(min_length=1, max_length=8)]
_Month = Annotated[
    str, StringConstraints(max_length=7, pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$"), Field(examples=["2026-11"])
]


class AddPublicity(Body):
    """Something that tells people of the scheme."""

    medium: Medium
    shown_where: ShortText
    languages: Languages
    easy_read: Flag
    shown_from: Day
    shown_until: Day | None = None
    reach: _Count | None = None


AmendPublicity = amending(
    "AmendPublicity",
    "The members to change; `shownUntil` and `reach` may be emptied with null.",
    AddPublicity,
    without=("medium",),
)


class AddSpotCheck(Body):
    """Do you know how to ask? How many were asked, and how many knew."""

    asked_on: Day
    asked_by: AskedBy
    asked: Annotated[Whole, Field(ge=1, le=10_000)]
    knew: Annotated[Whole, Field(ge=0, le=10_000)]


class AddRoutineCheck(Body):
    """Something to be looked at every so many days, for the first time by a day."""

    looked_at: CheckSubject
    every_days: _EveryDays
    first_due_on: Day


AmendRoutineCheck = amending(
    "AmendRoutineCheck",
    "The members to change. A check that is given up has `inForce` false.",
    AddRoutineCheck,
    without=("looked_at",),
    in_force=Flag,
)


class RecordCheck(Body):
    """What was found: today, unless another day is given."""

    outcome: CheckOutcome
    done_on: Day | None = None
    found_in_words: Text | None = None


class AddStakeholder(Body):
    """Somebody with a stake in the scheme. `contact` names a member of staff or of a partner, and nobody in custody."""

    role: StakeholderRole
    of_whom: ShortText
    contact: PersonName | None = None
    interest: Level
    influence: Level
    ways: _Ways
    in_words: Text | None = None


AmendStakeholder = amending(
    "AmendStakeholder",
    "The members to change; `contact` and `inWords` may be emptied with null.",
    AddStakeholder,
    without=("role",),
)


class AddResource(Body):
    """A resource of a month: what is planned, and what was used once that is known."""

    kind: ResourceKind
    month: _Month
    planned: _Amount
    used: _Amount | None = None


AmendResource = amending(
    "AmendResource",
    "The members to change; `used` may be emptied with null.",
    AddResource,
    without=("kind", "month"),
)


PUBLICITY = Register(Publicity, "publicity", many="publicity", reads=Verb.READ_PUBLICITY, writes=Verb.KEEP_PUBLICITY)
PUBLICITY.lists(
    f"What tells people of the scheme; `showing` says what does today. {READERS} Evaluator, headquarters: in part.",
    order="shown_from",
    medium=(Medium, "Only of this sort."),
)
PUBLICITY.adds(AddPublicity, publicity.add, "Something that tells people of the scheme. Coordinator (operations).")
PUBLICITY.shows("One of them.")
PUBLICITY.amends(AmendPublicity, "Change the members sent. Coordinator (operations). Needs `If-Match`.")

SPOT_CHECKS = Register(
    SpotCheck, "spot-checks", many="spot checks", reads=Verb.READ_SPOT_CHECK, writes=Verb.KEEP_SPOT_CHECK
)
SPOT_CHECKS.lists(
    f"Whether people know how to ask, as counts. {READERS} Evaluator (evaluation), headquarters (oversight).",
    order="asked_on",
)
SPOT_CHECKS.adds(
    AddSpotCheck, publicity.asked, "A spot check that was made. Coordinator (operations) or partner (support)."
)
SPOT_CHECKS.shows("One spot check.")

CHECKS = Register(RoutineCheck, "checks", many="checks", reads=Verb.READ_ROUTINE_CHECK, writes=Verb.KEEP_ROUTINE_CHECK)
CHECKS.lists(
    f"What is looked at again and again; `overdue` says what is late. {READERS}",
    looked_at=(CheckSubject, "Only of this."),
)
CHECKS.adds(AddRoutineCheck, checks.add, "Something to be looked at again and again. Coordinator (operations).")
CHECKS.shows("One check, with the day on which it is next due.")
CHECKS.amends(AmendRoutineCheck, "Change the members sent. Coordinator (operations). Needs `If-Match`.")
CHECKS.moves(
    "record",
    RecordCheck,
    checks.done,
    "It was looked at, and what was found. Coordinator (operations). Needs `If-Match`.",
    name="recordCheck",
)

STAKEHOLDERS = Register(
    Stakeholder, "stakeholders", many="stakeholders", reads=Verb.READ_STAKEHOLDER, writes=Verb.KEEP_STAKEHOLDER
)
STAKEHOLDERS.lists(
    f"Who has a stake in the scheme, and how to engage them. What is done to is among the actions. {READERS}",
    role=(StakeholderRole, "Only in this role."),
)
STAKEHOLDERS.adds(AddStakeholder, stakeholders.add, "Somebody with a stake in the scheme. Coordinator (operations).")
STAKEHOLDERS.shows("One stakeholder.")
STAKEHOLDERS.amends(AmendStakeholder, "Change the members sent. Coordinator (operations). Needs `If-Match`.")

RESOURCES = Register(Resource, "resources", many="resources", reads=Verb.READ_RESOURCE, writes=Verb.KEEP_RESOURCE)
RESOURCES.lists(
    f"What the scheme needs and what it used, by month; `over` says how much too much. {READERS} Activities hub"
    " (operations).",
    order="month",
    kind=(ResourceKind, "Only of this sort."),
    month=(_Month, "Only of this month."),
)
RESOURCES.adds(AddResource, resources.add, "A resource of a month, once. Coordinator (operations).")
RESOURCES.shows("One resource in one month.")
RESOURCES.amends(AmendResource, "Change the members sent. Coordinator (operations). Needs `If-Match`.")

REGISTERS = (PUBLICITY, SPOT_CHECKS, CHECKS, STAKEHOLDERS, RESOURCES)
