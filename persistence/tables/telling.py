"""What leaves the service: who is told by webhook, and how far each destination has got in the ledger."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import WordList, Words, holds, vocabularies
from persistence.tables.ledger import TransactionId


class Subscription(SQLModel, table=True):
    """A webhook. Triggers write its place in the ledger as it is made, and take it away with it."""

    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.Subscription),
        holds("address_is_https", "address like 'https://%' and char_length(address) <= 500"),
        holds("ended_says_when", "(state = 'ENDED') = (ended_at is not null)"),
        holds("failing_says_since", "failing_since is null or state <> 'ACTIVE'"),
        holds("before_says_until", "(secret_before is null) = (secret_before_until is null)"),
        Index("subscription_by_author", "author", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    author: UUID
    assignment: UUID
    jurisdiction: str = Field(sa_type=Words)
    prison: str | None = Field(sa_type=Words)
    address: str = Field(sa_type=Words)
    types: list[str] = Field(sa_type=WordList)
    state: str = Field(sa_type=Words)
    since: datetime
    failing_since: datetime | None
    pinged_at: datetime | None
    ended_at: datetime | None
    secret: bytes
    secret_before: bytes | None
    secret_before_until: datetime | None


class Relay(SQLModel, table=True):
    """How far a destination has got: after this line of this transaction, and, where it is told of days, after this
    day. `least_at` is set once the numbers of transactions have begun again (`persistence.ledger.tail`). Names alone:
    it is of nobody, and goes with its subscription."""

    __table_args__: ClassVar[Any] = (holds("failures_count", "failures >= 0"),)

    name: str = Field(primary_key=True, sa_type=Words)
    tx: int = Field(sa_type=TransactionId)
    id: UUID
    since: datetime
    least_at: datetime | None
    day: date | None
    failures: int
    again_at: datetime | None
