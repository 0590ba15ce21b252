"""A kind's sheet as a body and as an answer: its members once, taken in with all of them optional, given out whole."""

from typing import Annotated, Any, Final, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from api.routes.shapes import Amendment, Body, Code, Flag, ShortText, Text, Whole
from domain.confidentiality.admission import RecipientIdentity, RecordLevel
from domain.confidentiality.classification import Classification
from domain.kernel.bands import Band
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import (
    Basis,
    Contact,
    DebriefAfter,
    EligibilityRule,
    Holder,
    Pay,
    Stage,
    SupportType,
    Weight,
)

_Hours = Annotated[Whole, Field(ge=0, le=168)]
_Few = Annotated[Whole, Field(ge=0, le=100)]
_Days = Annotated[Whole, Field(ge=0, le=366)]
_Minutes = Annotated[Whole, Field(ge=1, le=20_160)]


class Eligible(Body):
    """One rule of eligibility, how it counts, and its parameter: months, a level or a number, as the rule says."""

    rule: EligibilityRule
    weight: Weight
    parameter: Annotated[Whole, Field(ge=0, le=600)] | None
    """Months, a level or a number, as its rule says; null: it has none."""


class Debriefed(Body):
    """When a supporter is asked how he is, and within how many hours."""

    after: DebriefAfter
    within_hours: _Hours
    """Hours after it, at most."""


class Loaded(Body):
    """How much is asked of one supporter."""

    hours_soft: _Hours
    """Hours a week above which somebody asks."""
    hours_hard: _Hours
    """Hours a week above which nobody may go."""
    nights_in_seven: Annotated[Whole, Field(ge=0, le=7)]
    """Nights on call in seven, at most."""
    rest_hours: _Hours
    """Hours of rest after a night, at least."""


class Covered(Body):
    """How many supporters there should be."""

    people_for_one: Annotated[Whole, Field(ge=1, le=5000)] | None
    """One supporter for so many people; null: no such aim."""
    on_each_wing: Annotated[Whole, Field(ge=1, le=100)] | None
    """So many supporters on each wing; null: no such aim."""


class SelfServed(Body):
    """What a supporter may do about the rota himself."""

    offered: Flag
    """He takes bands of it, and asks to drop or to swap his own."""
    until_hours: _Hours
    """Hours before a band begins, up to which he may."""
    waits: Flag
    """Whatever he drops or swaps waits for the coordinator."""


class KindSheet(Amendment):
    """All that a kind says. It has a title of its own; other members that are not sent are those of its base, and what
    stands for them here is not read."""

    needed = frozenset({"title"})
    title: ShortText
    support_types: Annotated[list[SupportType], Field(min_length=1, max_length=12)]
    stage_of_sentence: Annotated[list[Stage], Field(min_length=1, max_length=6)]
    purpose: Text
    purpose_plain: Text
    partner: Code
    closed_policy: Flag
    record_level: RecordLevel
    recipient_identity: RecipientIdentity
    holds: Annotated[list[Classification], Field(max_length=9)]
    told_to_newcomers: Text
    told_plain: Text
    content_owned_by: Annotated[list[Holder], Field(min_length=1, max_length=7)]
    identity_held_by: Annotated[list[Holder], Field(max_length=7)]
    disclosure: Annotated[list[Basis], Field(min_length=1, max_length=10)]
    eligibility: Annotated[list[Eligible], Field(max_length=30)]
    partner_certifies: Flag
    certified_by: Code | None
    modules: Annotated[list[Code], Field(min_length=1, max_length=30)]
    training_hours: Annotated[Whole, Field(ge=0, le=500)]
    """Hours, at least."""
    observed_contacts: _Few
    """Contacts in practice that are observed before probation ends."""
    probation_days: _Days
    """Days of probation, at least."""
    supervision_days: Annotated[Whole, Field(ge=1, le=366)]
    """Days from one supervision to the next, at most."""
    debrief: Debriefed
    load: Loaded
    pay: Pay
    bands: Annotated[list[Band], Field(min_length=1, max_length=5)]
    coverage: Covered
    self_service: SelfServed
    response_target_day: _Minutes | None
    """Minutes from asking to a supporter, by day; null: none."""
    response_target_night: _Minutes | None
    """The same by night."""
    permitted_tasks: Annotated[list[Task], Field(min_length=1, max_length=100)]
    prohibited_tasks: Annotated[list[Task], Field(max_length=100)]
    contact: Contact

    def as_sent(self) -> dict[str, Any]:
        """The members that were sent, as plain values under their names on the wire."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


def whole() -> Any:
    """The members of a whole sheet, for a model that shows one: all there, of the same form as they are taken in."""
    hints = get_type_hints(KindSheet, include_extras=True)
    return {
        str(field.alias): (hints[name], Field(description=field.description))
        for name, field in KindSheet.model_fields.items()
    }


SHOWN: Final[type[BaseModel]] = create_model(
    "Sheet", __config__=ConfigDict(extra="forbid"), __doc__="All that a kind says.", **whole()
)
"""A whole sheet, in an answer."""
