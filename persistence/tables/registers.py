"""The registers of schemes."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from domain import records
from persistence.tables.columns import WordList, Words, holds
from persistence.tables.of_scheme import OfScheme, truths
from persistence.tables.weekly import CLOCK, NEVER_TWICE


class ContingencyPlan(OfScheme, table=True):
    """What covers for a scheme that cannot run."""

    __tablename__: ClassVar[Any] = "contingency_plan"
    __table_args__: ClassVar[Any] = truths(records.ContingencyPlan)

    trigger: str = Field(sa_type=Words)
    cover: list[str] = Field(sa_type=WordList)
    cover_in_words: str | None = Field(sa_type=Words)
    tell: list[str] = Field(sa_type=WordList)
    review_on: date
    in_force: bool
    activation: UUID | None


class Activation(OfScheme, table=True):
    """A plan switched on."""

    __table_args__: ClassVar[Any] = truths(
        records.Activation,
        holds("ended_says_when", "(state = 'ACTIVE') = (ended_at is null)"),
        holds("times_in_order", "started_at <= ended_at"),
        holds("lines_are_counted", "log_entries >= 0"),
    )

    plan: UUID
    trigger: str = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    why: str = Field(sa_type=Words)
    started_at: datetime
    started_by: UUID
    to_tell: list[str] = Field(sa_type=WordList)
    told: list[str] = Field(sa_type=WordList)
    log_entries: int
    ended_at: datetime | None
    ended_by: UUID | None
    untold_because: str | None = Field(sa_type=Words)
    review_on: date | None
    reviewed_on: date | None
    learned: str | None = Field(sa_type=Words)
    learned_in_words: str | None = Field(sa_type=Words)


class LogEntry(OfScheme, table=True):
    """A line of an activation's log."""

    __tablename__: ClassVar[Any] = "log_entry"
    __table_args__: ClassVar[Any] = truths(
        records.LogEntry, holds("told_goes_with_told", "(code = 'TOLD') = (told is not null)"), by="at"
    )

    activation: UUID
    at: datetime
    code: str = Field(sa_type=Words)
    told: str | None = Field(sa_type=Words)
    words: str | None = Field(sa_type=Words)
    author: UUID


class Risk(OfScheme, table=True):
    """What may go wrong with a scheme."""

    __table_args__: ClassVar[Any] = truths(
        records.Risk,
        holds(
            "assessed_says_how",
            "state = 'NOT_ASSESSED' or (likelihood is not null and impact is not null and assessed_on is not null)",
        ),
        holds("other_needs_words", "risk <> 'OTHER' or in_words is not null"),
        holds("likelihood_of_five", "likelihood between 1 and 5"),
        holds("impact_of_five", "impact between 1 and 5"),
    )

    risk: str = Field(sa_type=Words)
    in_words: str | None = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    likelihood: int | None
    impact: int | None
    owner: str | None = Field(sa_type=Words)
    assessed_on: date | None
    review_on: date | None
    settled_because: str | None = Field(sa_type=Words)


class Action(OfScheme, table=True):
    """Something to be done by a day."""

    __table_args__: ClassVar[Any] = truths(records.Action, by="due_on")

    about: str = Field(sa_type=Words)
    which: UUID
    what: str = Field(sa_type=Words)
    owner: str = Field(sa_type=Words)
    due_on: date
    done_on: date | None
    outcome: str | None = Field(sa_type=Words)


class ServiceTime(OfScheme, table=True):
    """A time of the week at which a scheme runs, by the clock on the wall."""

    __tablename__: ClassVar[Any] = "service_time"
    __table_args__: ClassVar[Any] = truths(
        records.ServiceTime,
        NEVER_TWICE,
        holds("by_the_clock", f"starts ~ {CLOCK} and ends ~ {CLOCK}"),
        holds("days_in_order", "valid_from <= valid_until"),
    )

    weekday: str = Field(sa_type=Words)
    band: str = Field(sa_type=Words)
    starts: str = Field(sa_type=Words)
    ends: str = Field(sa_type=Words)
    valid_from: date
    valid_until: date | None
    place: UUID | None


class MeetingPlace(OfScheme, table=True):
    """Where a scheme meets."""

    __tablename__: ClassVar[Any] = "meeting_place"
    __table_args__: ClassVar[Any] = truths(
        records.MeetingPlace,
        holds(
            "out_of_use_says_why",
            "(outage is null) = (out_of_use_since is null) and (outage is null) = (out_of_use_for is null)",
        ),
    )

    kind: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    wing: str | None = Field(sa_type=Words)
    out_of_use_since: date | None
    out_of_use_for: str | None = Field(sa_type=Words)
    outage: UUID | None


class Outage(OfScheme, table=True):
    """A time in which a place was out of use."""

    __table_args__: ClassVar[Any] = truths(records.Outage, holds("days_in_order", "since <= until"), by="since")

    place: UUID
    reason: str = Field(sa_type=Words)
    since: date
    until: date | None


class Publicity(OfScheme, table=True):
    """What tells people of a scheme."""

    __table_args__: ClassVar[Any] = truths(
        records.Publicity,
        holds("days_in_order", "shown_from <= shown_until"),
        holds("reach_counts", "reach >= 0"),
        holds("languages_are_codes", "array_to_string(languages, ',') ~ '^[a-z]{2,3}(,[a-z]{2,3})*$'"),
        by="shown_from",
    )

    medium: str = Field(sa_type=Words)
    shown_where: str = Field(sa_type=Words)
    languages: list[str] = Field(sa_type=WordList)
    easy_read: bool
    shown_from: date
    shown_until: date | None
    reach: int | None


class SpotCheck(OfScheme, table=True):
    """How many knew how to ask."""

    __tablename__: ClassVar[Any] = "spot_check"
    __table_args__: ClassVar[Any] = truths(
        records.SpotCheck, holds("knew_of_asked", "knew between 0 and asked"), by="asked_on"
    )

    asked_on: date
    asked_by: str = Field(sa_type=Words)
    asked: int
    knew: int


class RoutineCheck(OfScheme, table=True):
    """What is looked at again and again."""

    __tablename__: ClassVar[Any] = "routine_check"
    __table_args__: ClassVar[Any] = truths(records.RoutineCheck, holds("a_cadence", "every_days >= 1"))

    looked_at: str = Field(sa_type=Words)
    every_days: int
    first_due_on: date
    in_force: bool
    last_done_on: date | None
    outcome: str | None = Field(sa_type=Words)
    found_in_words: str | None = Field(sa_type=Words)


class Stakeholder(OfScheme, table=True):
    """Somebody with a stake in a scheme. The name of a contact is ciphertext."""

    __table_args__: ClassVar[Any] = truths(records.Stakeholder)

    role: str = Field(sa_type=Words)
    of_whom: str = Field(sa_type=Words)
    contact: bytes | None
    interest: str = Field(sa_type=Words)
    influence: str = Field(sa_type=Words)
    ways: list[str] = Field(sa_type=WordList)
    in_words: str | None = Field(sa_type=Words)


class Resource(OfScheme, table=True):
    """One resource in one month."""

    __table_args__: ClassVar[Any] = truths(
        records.Resource,
        holds("of_a_month", "month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'"),
        holds("no_less_than_nothing", "planned >= 0 and used >= 0"),
        by="month",
    )

    kind: str = Field(sa_type=Words)
    month: str = Field(sa_type=Words)
    planned: int
    used: int | None


class Meeting(OfScheme, table=True):
    """A meeting, and how many came."""

    __table_args__: ClassVar[Any] = truths(
        records.Meeting,
        holds(
            "somebody_came",
            "least(staff, supporters, people_in_custody, partners) >= 0"
            " and greatest(staff, supporters, people_in_custody, partners) > 0",
        ),
        by="held_on",
    )

    kind: str = Field(sa_type=Words)
    held_on: date
    staff: int
    supporters: int
    people_in_custody: int
    partners: int
    roles: list[str] = Field(sa_type=WordList)
    decided: str | None = Field(sa_type=Words)


class Proposal(OfScheme, table=True):
    """What a group proposes."""

    __table_args__: ClassVar[Any] = truths(
        records.Proposal,
        holds("answered_says_when", "(state = 'PROPOSED') = (answered_on is null)"),
        holds("implemented_says_when", "(state = 'IMPLEMENTED') = (implemented_on is not null)"),
        by="proposed_on",
    )

    from_group: str = Field(sa_type=Words)
    said: str = Field(sa_type=Words)
    meeting: UUID | None
    state: str = Field(sa_type=Words)
    proposed_on: date
    answered_on: date | None
    reason: str | None = Field(sa_type=Words)
    implemented_on: date | None
    outcome: UUID | None
    to_answer: str | None = Field(sa_type=Words)
    answered_by: UUID | None
    proposed_by: UUID | None


class PublishedOutcome(OfScheme, table=True):
    """You said, we did."""

    __tablename__: ClassVar[Any] = "outcome"
    __table_args__: ClassVar[Any] = truths(records.PublishedOutcome, by="published_on")

    proposal: UUID
    from_group: str = Field(sa_type=Words)
    you_said: str = Field(sa_type=Words)
    we_did: str = Field(sa_type=Words)
    published_on: date
