"""What rests beside the records: used keys, the letterbox, the stamp. Nothing in here can be read back into a name."""

from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from persistence.cipher import LETTER_LENGTH, LONGER
from persistence.tables.columns import Words, holds


class IdempotencyKey(SQLModel, table=True):
    """The use of an idempotency key. `use` is a keyed hash of (actor, route, key) and `subject` is sealed under a key
    that is made of those three too: by them a request for a Listener would else be joined to the man who sent it, for
    as long as the key lives."""

    __tablename__: ClassVar[str] = "idempotency_key"  # pyright: ignore[reportIncompatibleVariableOverride]
    __table_args__: ClassVar[Any] = (Index("idempotency_key_by_end", "until"),)

    use: bytes = Field(primary_key=True)
    body: bytes
    subject: bytes | None
    until: datetime


class TallyKey(SQLModel, table=True):
    """The same for what is handed into a letterbox, in a table of its own, its end told as a day (rule 1)."""

    __tablename__: ClassVar[str] = "tally_key"  # pyright: ignore[reportIncompatibleVariableOverride]

    use: bytes = Field(primary_key=True)
    body: bytes
    until: date


_MORE: Final = "".join(f" + {length - LETTER_LENGTH} * (box = '{box}')::integer" for box, length in LONGER.items())
_LONG: Final = f"octet_length(sealed) = {LETTER_LENGTH}{_MORE}"


class Letterbox(SQLModel, table=True):
    """What was handed in: ciphertext of one length for each box, its key not in the database. The application may
    only add."""

    __table_args__: ClassVar[Any] = (holds("constant_length", _LONG),)

    id: UUID = Field(primary_key=True)
    box: str = Field(sa_type=Words)
    sealed: bytes


class Footing(SQLModel, table=True):
    """The mark of an actor's assignments and duties: another one, at random, whenever any of them changes. Triggers
    write it, so that no change can forget to, an operator's by hand neither; it goes with its actor."""

    actor: UUID = Field(primary_key=True)
    mark: UUID


class Stamp(SQLModel, table=True):
    """One row or none. With it, this is the database of a demonstration, for good (rule 22)."""

    __table_args__: ClassVar[Any] = (holds("one_row", "id"), holds("only_demonstration", "kind = 'demonstration'"))

    id: bool = Field(primary_key=True)
    kind: str = Field(sa_type=Words)
