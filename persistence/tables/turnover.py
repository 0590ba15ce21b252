"""What a scheme knows of its supporters' staying and going: holds on their transfer."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from domain import records
from persistence.tables.columns import Words, holds
from persistence.tables.registers import OfScheme, truths


class TransferHold(OfScheme, table=True):
    """A request that a supporter be not moved."""

    __tablename__: ClassVar[Any] = "transfer_hold"
    __table_args__: ClassVar[Any] = truths(
        records.TransferHold,
        holds("refused_says_why", "(state = 'REFUSED') = (refused_for is not null)"),
        holds("decided_is_whole", "(decided_by is null) = (decided_on is null)"),
        holds("granted_was_decided", "state not in ('GRANTED', 'REFUSED') or decided_on is not null"),
        holds("ended_says_how", "(state = 'ENDED') = (outcome is not null)"),
        holds("not_decided_by_who_asked", "decided_by <> asked_by"),
    )

    supporter: UUID
    person: UUID
    reason: str = Field(sa_type=Words)
    until: date
    state: str = Field(sa_type=Words)
    asked_by: UUID
    asked_on: date
    decided_by: UUID | None
    decided_on: date | None
    refused_for: str | None = Field(sa_type=Words)
    ended_on: date | None
    outcome: str | None = Field(sa_type=Words)
