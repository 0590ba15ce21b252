"""The plans of schemes: charters and what is said to them, objectives, findings."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import DayList, IdList, NumberList, WordList, Words, holds, vocabularies


class Charter(SQLModel, table=True):
    """One version of a plan. Of one scheme one is being written at a time, and one holds."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Charter),
        holds(
            "counts_from_nought",
            "least(lasts_weeks, staff_hours_a_week, unlock_minutes_a_week, money_minor_units_a_year,"
            " weeks_left_at_least, practice_contacts, supporters_seen_every_days, probation_weeks,"
            " staff_seen_every_days) >= 0",
        ),
        holds("held_if_published", "(in_force_from is not null) = (state in ('PUBLISHED', 'SUPERSEDED'))"),
        holds("ends_if_it_held", "in_force_until is null or in_force_from is not null"),
        holds("held_in_order", "in_force_from <= in_force_until"),
        holds("numbered_from_one", "number >= 1"),
        Index("charter_numbered_once", "scheme", "number", unique=True),
        Index(
            "charter_one_draft",
            "scheme",
            unique=True,
            postgresql_where=text("state in ('DRAFT', 'SUBMITTED')"),
        ),
        Index("charter_one_in_force", "scheme", unique=True, postgresql_where=text("state = 'PUBLISHED'")),
        Index("charter_by_prison", "prison", "id"),
        Index("charter_by_scheme", "prison", "scheme", "number", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    kind: str = Field(sa_type=Words)
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    number: int
    state: str = Field(sa_type=Words)
    in_force_from: datetime | None
    in_force_until: datetime | None
    purpose: str | None = Field(sa_type=Words)
    permitted_tasks: list[str] = Field(sa_type=WordList)
    prohibited_tasks: list[str] = Field(sa_type=WordList)
    why_needed: str | None = Field(sa_type=Words)
    meant_to_do: str | None = Field(sa_type=Words)
    target_group: str | None = Field(sa_type=Words)
    needs: list[str] = Field(sa_type=WordList)
    needs_evidence: str | None = Field(sa_type=Words)
    evidence_sources: list[str] = Field(sa_type=WordList)
    outcomes: list[str] = Field(sa_type=WordList)
    support_lasts: str | None = Field(sa_type=Words)
    lasts_weeks: int | None
    endings: list[str] = Field(sa_type=WordList)
    when_available: str | None = Field(sa_type=Words)
    places: list[str] = Field(sa_type=WordList)
    how_to_ask: str | None = Field(sa_type=Words)
    passed_on: str | None = Field(sa_type=Words)
    staff_hours_a_week: int | None
    unlock_minutes_a_week: int | None
    rooms: list[str] = Field(sa_type=WordList)
    materials: str | None = Field(sa_type=Words)
    money_minor_units_a_year: int | None
    recruiting: str | None = Field(sa_type=Words)
    advertised_by: list[str] = Field(sa_type=WordList)
    weeks_left_at_least: int | None
    training: str | None = Field(sa_type=Words)
    training_modules: list[str] = Field(sa_type=WordList)
    practice_contacts: int | None
    supporting: str | None = Field(sa_type=Words)
    supporters_seen_every_days: int | None
    paying: str | None = Field(sa_type=Words)
    paid: bool | None
    stakeholders: list[str] = Field(sa_type=WordList)
    engaging: str | None = Field(sa_type=Words)
    knowing: str | None = Field(sa_type=Words)
    evaluation_design: str | None = Field(sa_type=Words)
    analysis_on: date | None
    objectives: list[UUID] = Field(sa_type=IdList)
    growing: str | None = Field(sa_type=Words)
    probation_weeks: int | None
    supervising: str | None = Field(sa_type=Words)
    staff_seen_every_days: int | None
    contingency: str | None = Field(sa_type=Words)
    maintaining: str | None = Field(sa_type=Words)
    involving: str | None = Field(sa_type=Words)
    watching: str | None = Field(sa_type=Words)
    review_on: date | None
    answers: list[UUID] = Field(sa_type=IdList)
    written_by: list[UUID] = Field(sa_type=IdList)
    submitted_at: datetime | None
    signed_by_safer_custody: UUID | None
    signed_by_governor: UUID | None
    signed_by_partner: UUID | None


class CharterComment(SQLModel, table=True):
    """A comment on a section of a plan."""

    __tablename__: ClassVar[Any] = "charter_comment"
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.CharterComment),
        Index("charter_comment_by_prison", "prison", "id"),
        Index("charter_comment_by_charter", "prison", "charter", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    charter: UUID
    section: str = Field(sa_type=Words)
    words: str = Field(sa_type=Words)
    made_by: UUID
    made_as: str = Field(sa_type=Words)
    made_at: datetime


class Objective(SQLModel, table=True):
    """An objective, with the points measured so far."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Objective),
        holds("counts_from_nought", "least(baseline, target) >= 0 and 0 <= all (measured)"),
        holds("runs_for_weeks", "running_weeks >= 1"),
        holds("due_after_start", "starts_on < due_on"),
        holds(
            "points_are_whole",
            "cardinality(measured) = cardinality(measured_on) and cardinality(measured) = cardinality(measured_from)"
            " and cardinality(measured) = cardinality(measured_about)",
        ),
        holds(
            "closed_says_why",
            "(state = 'CLOSED') = (closed_on is not null) and (state = 'CLOSED') = (closed_for is not null)",
        ),
        Index("objective_by_prison", "prison", "id"),
        Index("objective_by_scheme", "prison", "scheme", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    measure: str = Field(sa_type=Words)
    direction: str = Field(sa_type=Words)
    for_whom: str | None = Field(sa_type=Words)
    need: str | None = Field(sa_type=Words)
    baseline: int | None
    baseline_source: str | None = Field(sa_type=Words)
    baseline_by: date | None
    target: int | None
    achievable: str | None = Field(sa_type=Words)
    starts_on: date | None
    due_on: date | None
    running_weeks: int | None
    measured_on: list[date] = Field(sa_type=DayList)
    measured: list[int] = Field(sa_type=NumberList)
    measured_from: list[str] = Field(sa_type=WordList)
    set_by: UUID | None
    baseline_about: int | None
    measured_about: list[int | None] = Field(sa_type=NumberList)
    state: str = Field(sa_type=Words)
    closed_on: date | None
    closed_for: str | None = Field(sa_type=Words)


class Finding(SQLModel, table=True):
    """A finding about a scheme."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Finding),
        holds("answered_by_a_plan", "(state = 'ANSWERED') = (answered_by is not null)"),
        holds("declined_says_why", "(state = 'DECLINED') = (declined_for is not null)"),
        Index("finding_by_prison", "prison", "id"),
        Index("finding_by_scheme", "prison", "scheme", "answer_by", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    source: str = Field(sa_type=Words)
    design: str = Field(sa_type=Words)
    found: str = Field(sa_type=Words)
    recommendation: str | None = Field(sa_type=Words)
    found_on: date
    answer_by: date
    recorded_by: UUID
    state: str = Field(sa_type=Words)
    answered_by: UUID | None
    answered_in: int | None
    answered_on: date | None
    declined_for: str | None = Field(sa_type=Words)
    declined_by: UUID | None
