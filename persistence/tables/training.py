"""How supporters learn: courses, cohorts, attendance, certificates, practice, signing off."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from domain import records
from persistence.tables.columns import IdList, Words, holds
from persistence.tables.registers import OfScheme, truths
from persistence.tables.standing import OfSupporter


class Course(OfScheme, table=True):
    """A module that a scheme teaches."""

    __table_args__: ClassVar[Any] = truths(records.Course, holds("takes_time", "hours >= 1"))

    module: str = Field(sa_type=Words)
    skill: str = Field(sa_type=Words)
    hours: int
    mandatory: bool
    in_force: bool


class Cohort(OfScheme, table=True):
    """Some who learn together."""

    __table_args__: ClassVar[Any] = truths(
        records.Cohort,
        holds("ends_after_it_starts", "starts_on <= ends_on"),
        by="starts_on",
    )

    starts_on: date
    ends_on: date
    places: int
    trainer: UUID
    members: list[UUID] = Field(sa_type=IdList)


class Attendance(OfSupporter, table=True):
    """That a member was at a module on a day, or was not."""

    __table_args__: ClassVar[Any] = truths(
        records.Attendance, Index("attendance_by_supporter", "supporter"), by="held_on"
    )

    cohort: UUID
    module: str = Field(sa_type=Words)
    held_on: date
    attended: str = Field(sa_type=Words)
    hours: int


class Certificate(OfSupporter, table=True):
    """That somebody was certified."""

    __table_args__: ClassVar[Any] = truths(
        records.Certificate,
        Index("certificate_by_supporter", "supporter"),
        Index("certificate_by_number", "organisation", "number"),
        by="expires_on",
    )

    number: str = Field(sa_type=Words)
    level: str | None = Field(sa_type=Words)
    awarding_body: str = Field(sa_type=Words)
    awarded_on: date
    expires_on: date
    refresher_due_on: date
    in_force: bool


class Practice(OfSupporter, table=True):
    """How many contacts were observed or shadowed."""

    __table_args__: ClassVar[Any] = truths(records.Practice, Index("practice_by_supporter", "supporter"))

    how: str = Field(sa_type=Words)
    contacts: int
    noted_for: date
    observer: UUID


class SignOff(OfSupporter, table=True):
    """That somebody who did not train him says he can do it."""

    __tablename__: ClassVar[Any] = "sign_off"
    __table_args__: ClassVar[Any] = truths(records.SignOff, Index("sign_off_by_supporter", "supporter"))

    competence: str = Field(sa_type=Words)
    signed_on: date
    signed_by: UUID
