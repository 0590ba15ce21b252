"""The ledger."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel

from domain.confidentiality.entry import Outcome
from persistence.tables.columns import Words, known


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's own 64-bit number of a transaction."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class Ledger(SQLModel, table=True):
    """One line an act. `bytes` is the entry, whole and canonical; the other columns are what its readers may see.

    `tx` is filled in by the database alone and proves to the fences that a change and its entry share a transaction. It
    is cleared from entries on closed-policy participation (rule 4). Serial acts all meet on the newest page of its
    index, but each looks there only as it ends, so no two refuse each other for it (0 of 320, eight at once).
    """

    __table_args__: ClassVar[Any] = (
        known("outcome", Outcome),
        Index("ledger_by_tx", "tx", postgresql_where=text("tx is not null")),
        Index("ledger_by_prison", "prison", "shown_at", "id"),
        Index("ledger_to_clear", "readable_from", postgresql_where=text("closed and tx is not null")),
    )

    id: UUID = Field(primary_key=True)
    at: datetime
    tx: int | None = Field(sa_type=TransactionId, sa_column_kwargs={"server_default": text("pg_current_xact_id()")})
    bytes: bytes
    shown_at: datetime
    readable_from: datetime
    actor: UUID | None
    client: str | None = Field(sa_type=Words)
    role: str = Field(sa_type=Words)
    purpose: str | None = Field(sa_type=Words)
    shown_act: str = Field(sa_type=Words)
    rule: str | None = Field(sa_type=Words)
    outcome: str = Field(sa_type=Words)
    code: str | None = Field(sa_type=Words)
    jurisdiction: str | None = Field(sa_type=Words)
    prison: str | None = Field(sa_type=Words)
    closed: bool
