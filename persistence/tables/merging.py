"""What the service found in the prison's data, and the map of merged numbers."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from domain import records
from persistence.tables.columns import Words, holds, vocabularies


class MovementReview(SQLModel, table=True):
    """Something a person must look at."""

    __tablename__: ClassVar[Any] = "movement_review"
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.MovementReview),
        holds("of_one_role", "supporter is null or enrolment is null"),
        holds("settled_says_as_what", "(state = 'SETTLED') = (settled_as is not null)"),
        holds("settled_says_when", "(state = 'SETTLED') = (settled_on is not null)"),
        holds("settled_says_by_whom", "(state = 'SETTLED') = (settled_by is not null)"),
        Index("movement_review_by_day", "prison", "raised_on", "id"),
        Index("movement_review_by_person", "person"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str = Field(sa_type=Words)
    scheme: UUID | None
    kind: str = Field(sa_type=Words)
    asks: str = Field(sa_type=Words)
    person: UUID
    supporter: UUID | None
    enrolment: UUID | None
    raised_on: date
    state: str = Field(sa_type=Words)
    settled_as: str | None = Field(sa_type=Words)
    settled_on: date | None
    settled_by: UUID | None


class PersonMerge(SQLModel, table=True):
    """A number that became another. `removed_index` finds the old one again without reading it,
    `survivor_index` all that became one. One without a prison is
    in no prison's scope: the service alone looks it up."""

    __tablename__: ClassVar[Any] = "person_merge"
    __table_args__: ClassVar[Any] = (
        holds("version_counts", "version >= 1"),
        *vocabularies(records.PersonMerge),
        holds("doubted_says_by_whom", "(state = 'JOINED') = (doubted_by is null)"),
        holds("reversed_says_by_whom", "(state = 'REVERSED') = (reversed_by is not null)"),
        holds("reversed_says_when", "(state = 'REVERSED') = (reversed_at is not null)"),
        holds("two_people", "reversed_by <> doubted_by"),
        holds("reversed_keeps_nothing", "state <> 'REVERSED' or undo is null"),
        Index(
            "person_merge_stands_once",
            "jurisdiction",
            "removed_index",
            unique=True,
            postgresql_where=text("state <> 'REVERSED' and not booking"),
        ),
        Index("person_merge_by_survivor", "jurisdiction", "survivor_index"),
        Index("person_merge_by_prison", "prison", "merged_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    jurisdiction: str = Field(sa_type=Words)
    prison: str | None = Field(sa_type=Words)
    removed: bytes
    removed_index: bytes
    survivor: bytes
    survivor_index: bytes
    occurred_at: datetime
    merged_at: datetime
    booking: bool
    undo: bytes | None
    state: str = Field(sa_type=Words)
    doubted_by: UUID | None
    reversed_by: UUID | None
    reversed_at: datetime | None
