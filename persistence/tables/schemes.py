"""Schemes, the supporters in them, what is said of them, and the long work that counts them."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import IdList, Json, WordList, Words, holds, vocabularies


class Scheme(SQLModel, table=True):
    """Peer support of one kind in one prison."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Scheme),
        holds("floor_in_reach", "supporters_needed between 1 and least(supporters_wanted, pilot_limit)"),
        holds("pilot_has_days", "pilot_days >= 1"),
        holds("at_risk_says_why", "(state = 'AT_RISK') = (at_risk_for <> '{}')"),
        holds(
            "suspended_says_until_when",
            "state <> 'SUSPENDED' or (suspended_at is not null and suspension_review_on is not null)",
        ),
        holds("scheme_is_id", "scheme = id"),
        holds("open_is_serving", "open = (state in ('PILOT', 'LIVE', 'AT_RISK'))"),
        holds(
            "review_is_whole",
            "(reviewed_on is null) = (reviewed_by is null) and (reviewed_on is null) = (review_found is null)",
        ),
        Index("scheme_by_prison", "prison", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    kind: str = Field(sa_type=Words)
    kind_version: int | None
    name: str = Field(sa_type=Words)
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    scheme: UUID
    closed: bool
    state: str = Field(sa_type=Words)
    open: bool
    support_types: list[str] = Field(sa_type=WordList)
    stage_of_sentence: list[str] = Field(sa_type=WordList)
    purpose: str = Field(sa_type=Words)
    target_group: str | None = Field(sa_type=Words)
    how_to_ask: str | None = Field(sa_type=Words)
    places: list[str] = Field(sa_type=WordList)
    supporters_wanted: int
    supporters_needed: int
    pilot_limit: int
    pilot_days: int
    review_on: date | None
    reviewed_on: date | None
    reviewed_by: UUID | None
    review_found: str | None = Field(sa_type=Words)
    supervision_lead: UUID | None
    supervision_since: date | None
    planned_by: list[UUID] = Field(sa_type=IdList)
    approved_by: UUID | None
    opened_on: date | None
    live_from: date | None
    at_risk_for: list[str] = Field(sa_type=WordList)
    at_risk_since: date | None
    suspended_for: str | None = Field(sa_type=Words)
    suspended_at: datetime | None
    suspension_review_on: date | None
    partner_told_on: date | None
    lessons: str | None = Field(sa_type=Words)
    learners_go: str | None = Field(sa_type=Words)
    closed_on: date | None
    closed_for: str | None = Field(sa_type=Words)


class SchemeStatus(SQLModel, table=True):
    """How a scheme stands: one row a scheme, kept by the acts that move it and by the clock."""

    __tablename__: ClassVar[str] = "scheme_status"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.SchemeStatus),
        holds(
            "counts_from_nought",
            "least(supporters_wanted, supporters_needed, supporters_about, supporters_active) >= 0"
            " and supporters_in_role >= supporters_active",
        ),
        holds("gaps_are_codes", "array_to_string(gaps, ',') ~ '^([A-Z][A-Z0-9_]*(,[A-Z][A-Z0-9_]*)*)?$'"),
        holds("scheme_is_id", "scheme = id"),
        Index("scheme_status_by_prison", "prison", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    kind: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    at_risk_for: list[str] = Field(sa_type=WordList)
    at_risk_since: date | None
    gaps: list[str] = Field(sa_type=WordList)
    supporters_wanted: int
    supporters_needed: int
    supporters_about: int | None
    supporters_active: int
    supporters_in_role: int
    review_on: date | None
    review_due: bool
    since: datetime
    state_about: str = Field(sa_type=Words)
    gaps_about: list[str] = Field(sa_type=WordList)
    supporters_gap: str = Field(sa_type=Words)


class Supporter(SQLModel, table=True):
    """A supporter's record. One application of a person to a scheme is open at a time."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Supporter),
        Index(
            "supporter_one_open_application",
            "scheme",
            "person",
            unique=True,
            postgresql_where=text("standing in ('APPLIED', 'DEFERRED', 'WAITING')"),
        ),
        Index("supporter_by_prison", "prison", "id"),
        Index("supporter_by_scheme", "prison", "scheme", "id"),
        Index("supporter_by_person", "person"),
        Index("supporter_by_standing", "scheme", "standing"),
        Index("supporter_by_expiry", "standing", "certificate_expires_on", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    kind: str = Field(sa_type=Words)
    kind_version: int | None
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    person: UUID
    name: bytes
    wing: str = Field(sa_type=Words)
    languages: list[str] = Field(sa_type=WordList)
    standing: str = Field(sa_type=Words)
    applied_on: date
    motivation: str | None = Field(sa_type=Words)
    prison_verdict: str | None = Field(sa_type=Words)
    partner_verdict: str | None = Field(sa_type=Words)
    rejected_for: str | None = Field(sa_type=Words)
    appeal: str | None = Field(sa_type=Words)
    modules_passed: list[str] = Field(sa_type=WordList)
    observed_contacts: int
    shadowed_contacts: int
    trained_by: list[UUID] = Field(sa_type=IdList)
    signed_off: list[str] = Field(sa_type=WordList)
    failed_module: str | None = Field(sa_type=Words)
    compact_signed_on: date | None
    certificate: str | None = Field(sa_type=Words)
    certified_on: date | None
    certificate_expires_on: date | None
    probation_from: date | None
    active_from: date | None
    paused_on: date | None
    own_word_on: date | None
    supervisor_word_on: date | None
    left_on: date | None
    left_for: str | None = Field(sa_type=Words)
    away: list[str] = Field(sa_type=WordList)
    agreed_to_be_listed: bool
    imported_on: date | None


class Feedback(SQLModel, table=True):
    """One piece of feedback. Of a closed-policy scheme it never has words or an author (rules 12 and 20)."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Feedback),
        holds("closed_names_nobody", "not closed or (words is null and author is null)"),
        holds("rating_of_five", "rating between 1 and 5"),
        holds("week_from_monday", "extract(isodow from week_of) = 1"),
        holds("words_gone_are_gone", "words_gone_on is null or words is null"),
        Index("feedback_with_words", "week_of", "id", postgresql_where=text("words_gone_on is null")),
        holds("a_code_names_nobody", "by_code is null or (words is null and author is null)"),
        holds("by_code_or_null", "by_code"),
        Index("feedback_by_scheme", "prison", "scheme", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    scheme: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    organisation: str = Field(sa_type=Words)
    closed: bool
    voice: str = Field(sa_type=Words)
    rating: int
    themes: list[str] = Field(sa_type=WordList)
    would_again: bool | None
    words: bytes | None
    week_of: date
    helped_to_answer: bool
    by_code: bool | None
    author: UUID | None
    words_gone_on: date | None


class Job(SQLModel, table=True):
    """Long work."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Job),
        holds("progress_in_per_cent", "progress between 0 and 100"),
        holds(
            "files_are_sealed",
            "(file is null or kind in ('EVIDENCE', 'EXPORT', 'CHRONOLOGY'))"
            " and (result is null or kind not in ('EVIDENCE', 'EXPORT', 'CHRONOLOGY'))",
        ),
        holds("about_is_a_hash", "about ~ '^[0-9a-f]{64}$'"),
        Index("job_by_prison", "prison", "id"),
        Index("job_by_author", "author"),
        Index("job_waiting", "id", postgresql_where=text("state in ('WAITING', 'RUNNING')")),
    )

    id: UUID = Field(primary_key=True)
    version: int
    author: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str | None = Field(sa_type=Words)
    kind: str = Field(sa_type=Words)
    scheme: UUID | None
    quarter: date | None
    exported: str | None = Field(sa_type=Words)
    rule: str | None = Field(sa_type=Words)
    hold: UUID | None
    person: UUID | None
    about: str | None = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    progress: int
    made_at: datetime
    ended_at: datetime | None
    result: dict[str, Any] | None = Field(sa_type=Json)
    file: bytes | None
