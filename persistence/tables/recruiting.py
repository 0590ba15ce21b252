"""How supporters are recruited: vacancies, applications, panels, clearances, assessments."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from domain import records
from persistence.tables.columns import AsSent, IdList, WordList, Words, holds
from persistence.tables.registers import OfScheme, truths


class Vacancy(OfScheme, table=True):
    """Places that are advertised. What was never published was never read."""

    __table_args__: ClassVar[Any] = truths(
        records.Vacancy,
        holds("places_count", "places between 1 and 100 and filled between 0 and places"),
        holds("published_from", "state not in ('PUBLISHED', 'CLOSED') or in_force_from is not null"),
        holds("withdrawn_is_taken_down", "(state = 'WITHDRAWN') = (in_force_until is not null)"),
        by="closes_on",
    )

    kind: str = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    places: int
    filled: int
    closes_on: date
    waiting_list: bool
    adverts: list[dict[str, Any]] = Field(sa_type=AsSent)
    questions: list[str] = Field(sa_type=WordList)
    own_questions: list[str] = Field(sa_type=WordList)
    written_by: UUID
    in_force_from: datetime | None
    in_force_until: datetime | None


class Application(OfScheme, table=True):
    """What is kept of an application besides where it stands: one of each supporter."""

    __table_args__: ClassVar[Any] = truths(
        records.Application,
        Index("application_one_a_supporter", "supporter", unique=True),
        Index("application_by_turn", "scheme", "turn", "id", postgresql_where=text("waiting")),
        Index("application_by_person", "person"),
        holds("waiting_has_a_turn", "waiting = (turn is not null)"),
        holds("appeal_decided", "appeal_decided_by is null or appealed_on is not null"),
        by="applied_on",
    )

    supporter: UUID
    person: UUID
    vacancy: UUID | None
    applied_on: date
    consent_text: str | None = Field(sa_type=Words)
    entered_by: UUID | None
    helped_by: str | None = Field(sa_type=Words)
    panel: int
    panel_of_partner: int
    totals: list[dict[str, Any]] = Field(sa_type=AsSent)
    score: int | None
    decided_by: list[UUID] = Field(sa_type=IdList)
    decided_on: date | None
    staff_reason: str | None = Field(sa_type=Words)
    deferred_for: str | None = Field(sa_type=Words)
    review_on: date | None
    waiting: bool
    turn: str | None = Field(sa_type=Words)
    called_for: str | None = Field(sa_type=Words)
    appealed_on: date | None
    appeal_decided_by: UUID | None


class PanelScore(OfScheme, table=True):
    """What one member of a panel gave: nobody scores the same applicant twice."""

    __tablename__: ClassVar[Any] = "panel_score"
    __table_args__: ClassVar[Any] = truths(
        records.PanelScore, Index("panel_score_once", "supporter", "author", unique=True)
    )

    supporter: UUID
    person: UUID
    author: UUID
    side: str = Field(sa_type=Words)
    scores: list[dict[str, Any]] = Field(sa_type=AsSent)
    given_on: date


class Clearance(OfScheme, table=True):
    """One word of security's: of one supporter one counts, and a clearance has an end."""

    __table_args__: ClassVar[Any] = truths(
        records.Clearance,
        Index("clearance_one_counts", "supporter", unique=True, postgresql_where=text("current")),
        holds("cleared_has_an_end", "(outcome = 'CLEARED') = (expires_on is not null)"),
        by="expires_on",
    )

    supporter: UUID
    person: UUID
    outcome: str = Field(sa_type=Words)
    decided_on: date
    expires_on: date | None
    decided_by: UUID
    current: bool
    lapsed_on: date | None


class Assessment(OfScheme, table=True):
    """What the rules of a kind found of an applicant."""

    __table_args__: ClassVar[Any] = truths(records.Assessment, Index("assessment_by_supporter", "supporter"))

    supporter: UUID
    person: UUID
    kind: str = Field(sa_type=Words)
    kind_version: int | None
    rule_version: str = Field(sa_type=Words)
    made_at: datetime
    made_by: UUID
    valid_until: date
    source_known: bool
    results: list[dict[str, Any]] = Field(sa_type=AsSent)
    snapshot: list[dict[str, Any]] = Field(sa_type=AsSent)
    overrides: list[dict[str, Any]] = Field(sa_type=AsSent)
