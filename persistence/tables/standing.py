"""Where supporters stand: suspensions and absences."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from domain import records
from persistence.tables.columns import IdList, Words, holds
from persistence.tables.registers import OfScheme, truths


class OfSupporter(OfScheme):
    """What every one of them has."""

    supporter: UUID
    person: UUID


class Suspension(OfSupporter, table=True):
    """That a supporter was suspended, and what became of it. One at a time waits for its decision."""

    __table_args__: ClassVar[Any] = truths(
        records.Suspension,
        holds("reviewed_by_another", "reviewed_by <> suspended_by"),
        holds("decided_by_another", "prison_decided_by not in (suspended_by, reviewed_by)"),
        holds("partner_is_another", "partner_decided_by not in (suspended_by, reviewed_by)"),
        Index("suspension_by_supporter", "supporter", "state"),
        by="review_due_on",
    )

    state: str = Field(sa_type=Words)
    category: str = Field(sa_type=Words)
    disclosed_reason: str = Field(sa_type=Words)
    withheld_reason: str | None = Field(sa_type=Words)
    evidence: str | None = Field(sa_type=Words)
    pay_kept: bool
    stood: str = Field(sa_type=Words)
    suspended_on: date
    review_due_on: date
    suspended_by: UUID
    reviewed_on: date | None
    finding: str | None = Field(sa_type=Words)
    reviewed_by: UUID | None
    prison_word: str | None = Field(sa_type=Words)
    prison_decided_by: UUID | None
    partner_word: str | None = Field(sa_type=Words)
    partner_decided_by: UUID | None
    decided_by: list[UUID] = Field(sa_type=IdList)
    decided_on: date | None
    decision_reason: str | None = Field(sa_type=Words)
    appealed_on: date | None
    appeal_ground: str | None = Field(sa_type=Words)
    appeal_decided_on: date | None
    appeal_decided_by: UUID | None
    possible_retaliation: bool


class Absence(OfSupporter, table=True):
    """Days on which a supporter is not here."""

    __table_args__: ClassVar[Any] = truths(
        records.Absence,
        holds("ends_after_it_begins", "first_on <= last_on"),
        Index("absence_by_supporter", "supporter"),
        by="first_on",
    )

    why: str = Field(sa_type=Words)
    told_to_him: bool
    first_on: date
    last_on: date | None
