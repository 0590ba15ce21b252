"""Plans of evaluations, what people answered for them, and what was told of them."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from domain import records
from persistence.tables.columns import DayList, Json, NumberList, WordList, Words, holds
from persistence.tables.of_scheme import OfScheme, truths


class Evaluation(OfScheme, table=True):
    """What is asked, and how."""

    __tablename__: ClassVar[Any] = "evaluation"
    __table_args__: ClassVar[Any] = truths(
        records.Evaluation,
        holds("drafts_are_not_registered", "state in ('DRAFT', 'ABANDONED') or registered_on is not null"),
        holds("ends_with_its_state", "(state in ('CONCLUDED', 'ABANDONED')) = (ended_on is not null)"),
        holds("a_reason_goes_with_giving_up", "(state = 'ABANDONED') = (abandoned_for is not null)"),
        holds("no_more_refuse_than_are_asked", "refused between 0 and approached"),
        holds("each_wing_has_its_day", "cardinality(reached) = cardinality(reached_on)"),
    )

    title: str = Field(sa_type=Words)
    question: str = Field(sa_type=Words)
    design: str = Field(sa_type=Words)
    outcome: str = Field(sa_type=Words)
    further: list[str] = Field(sa_type=WordList)
    wanted: int
    starts_on: date
    running_weeks: int
    analysis_on: date
    missing_as: str = Field(sa_type=Words)
    collected_by: str = Field(sa_type=Words)
    consent_version: int
    compared_with: str | None = Field(sa_type=Words)
    reached: list[str] = Field(sa_type=WordList)
    reached_on: list[date] = Field(sa_type=DayList)
    risk_lead: UUID | None
    approached: int
    refused: int
    harms: int | None
    prisoner_days: int | None
    planned_by: UUID | None
    state: str = Field(sa_type=Words)
    registered_on: date | None
    ended_on: date | None
    conclusion: str | None = Field(sa_type=Words)
    abandoned_for: str | None = Field(sa_type=Words)


class Measurement(OfScheme, table=True):
    """One instrument, one point, one person."""

    __tablename__: ClassVar[Any] = "measurement"
    __table_args__: ClassVar[Any] = truths(
        records.Measurement,
        holds("never_closed", "not closed"),
        holds("answers_or_a_reason", "(cardinality(answers) = 0) = (missed is not null)"),
        holds("how_goes_with_answers", "(missed is null) = (mode is not null)"),
        Index("measurement_by_enrolment", "enrolment"),
        Index("measurement_by_person", "person"),
        Index("measurement_by_evaluation", "prison", "evaluation", "id"),
    )

    closed: bool
    evaluation: UUID
    enrolment: UUID
    person: UUID
    instrument: str = Field(sa_type=Words)
    instrument_version: int
    point: str = Field(sa_type=Words)
    taken_on: date
    enrolled_on: date
    compared: bool
    mode: str | None = Field(sa_type=Words)
    consent_version: int
    answers: list[int] = Field(sa_type=NumberList)
    missed: str | None = Field(sa_type=Words)
    risk_told_on: date | None
    author: UUID | None


class EvaluationReport(OfScheme, table=True):
    """What was told of an evaluation: once of each month."""

    __tablename__: ClassVar[Any] = "month_report"
    __table_args__: ClassVar[Any] = truths(
        records.EvaluationReport,
        holds("month_is_its_first", "extract(day from month) = 1"),
        holds("counted_when_over", "made_on > month"),
        Index("month_report_once", "evaluation", "month", unique=True),
    )

    evaluation: UUID
    month: date
    made_on: date
    told: dict[str, Any] = Field(sa_type=Json)
    kept: bytes
