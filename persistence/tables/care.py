"""Care of supporters, pressure, hand-over."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from domain import records
from persistence.tables.columns import WordList, Words, holds
from persistence.tables.of_scheme import OfScheme, truths


class Supervision(OfScheme, table=True):
    """Who supervises a supporter, or a member of staff who runs the scheme, and how often."""

    __tablename__: ClassVar[Any] = "supervision"
    __table_args__: ClassVar[Any] = truths(
        records.Supervision,
        holds("of_one", "(supporter is null) <> (supervisee is null)"),
        holds("person_is_a_supporters", "(supporter is null) = (person is null)"),
        holds("a_cadence", "every_days >= 1"),
        holds("nobody_supervises_himself", "supervisee is null or supervisee <> supervisor"),
        Index("supervision_by_supporter", "prison", "supporter"),
    )

    supporter: UUID | None
    person: UUID | None
    supervisee: UUID | None
    supervisor: UUID
    assignment: UUID
    hears: bool
    every_days: int
    since: date
    booked_for: date | None
    last_held_on: date | None
    ended_on: date | None


class SupervisionTalk(OfScheme, table=True):
    """One meeting of supervisor and supervised."""

    __tablename__: ClassVar[Any] = "supervision_talk"
    __table_args__: ClassVar[Any] = truths(
        records.SupervisionTalk,
        holds("of_one", "(supporter is null) <> (supervisee is null)"),
        holds("missed_says_why", "(state = 'MISSED') = (missed_for is not null)"),
        holds("held_says_when", "(state in ('HELD', 'ANSWERED', 'ACKNOWLEDGED')) = (held_on is not null)"),
        holds("answered_says_what", "(state in ('ANSWERED', 'ACKNOWLEDGED')) = (answer is not null)"),
        holds("words_gone_are_gone", "words_gone_on is null or (note is null and answer_in_words is null)"),
        Index("supervision_talk_by_supervision", "prison", "supervision"),
        Index("supervision_talk_with_words", "booked_for", "id", postgresql_where=text("words_gone_on is null")),
        by="booked_for",
    )

    supervision: UUID
    supporter: UUID | None
    person: UUID | None
    supervisee: UUID | None
    supervisor: UUID
    booked_for: date
    state: str = Field(sa_type=Words)
    missed_for: str | None = Field(sa_type=Words)
    held_on: date | None
    themes: list[str] = Field(sa_type=WordList)
    agreed: list[str] = Field(sa_type=WordList)
    note: bytes | None
    answer: str | None = Field(sa_type=Words)
    answer_in_words: bytes | None
    answered_on: date | None
    acknowledged_on: date | None
    words_gone_on: date | None


class RosterEntry(OfScheme, table=True):
    """One supporter, one band of one day."""

    __tablename__: ClassVar[Any] = "roster_entry"
    __table_args__: ClassVar[Any] = truths(
        records.RosterEntry,
        holds("approved_says_by_whom", "overridden_for is null or state <> 'PUBLISHED' or approved_by is not null"),
        holds("published_says_when", "state = 'WITHDRAWN' or (state = 'PUBLISHED') = (in_force_from is not null)"),
        holds("hard_limits_say_why", "overridden_for is not null or load <@ array['LOAD_HOURS_SOFT']::text[]"),
        holds("two_people", "overridden_for is null or state <> 'PUBLISHED' or approved_by <> written_by"),
        Index("roster_entry_by_supporter", "prison", "supporter"),
        Index(
            "roster_entry_never_twice",
            "prison",
            "slot",
            unique=True,
            postgresql_where=text("state <> 'WITHDRAWN'"),
        ),
        by="day",
    )

    supporter: UUID
    name: bytes
    day: date
    band: str = Field(sa_type=Words)
    slot: UUID
    wing: str | None = Field(sa_type=Words)
    in_force_from: datetime | None
    in_force_until: datetime | None
    listed: bool
    state: str = Field(sa_type=Words)
    load: list[str] = Field(sa_type=WordList)
    overridden_for: str | None = Field(sa_type=Words)
    written_by: UUID
    approved_by: UUID | None


class Debrief(OfScheme, table=True):
    """That a supporter is to be asked how he is, by when, and whether he was."""

    __tablename__: ClassVar[Any] = "debrief"
    __table_args__: ClassVar[Any] = truths(
        records.Debrief,
        holds("held_says_when", "(state = 'HELD') = (held_on is not null)"),
        holds("hard_of_five", "hard between 1 and 5"),
        holds("times_in_order", "opens_at <= due_by"),
        holds("follows_the_rota", "(because = 'ROSTERED') = (entry is not null)"),
        Index("debrief_by_supporter", "prison", "supporter"),
        by="due_by",
    )

    supporter: UUID
    person: UUID
    supervisor: UUID | None
    because: str = Field(sa_type=Words)
    entry: UUID | None
    opens_at: datetime
    due_by: datetime
    state: str = Field(sa_type=Words)
    hard: int | None
    held_on: date | None
    held_by: UUID | None


class WellbeingCheck(OfScheme, table=True):
    """A supporter's own answer to 'how are you?'."""

    __tablename__: ClassVar[Any] = "wellbeing_check"
    __table_args__: ClassVar[Any] = truths(
        records.WellbeingCheck,
        holds("rated_of_ten", "rated between 0 and 10"),
        Index("wellbeing_check_by_supporter", "prison", "supporter"),
        by="checked_on",
    )

    supporter: UUID
    person: UUID
    supervisor: UUID | None
    checked_on: date
    rated: int
    intrusive_thoughts: bool
    sleep: str = Field(sa_type=Words)
    wants_pause: bool


class Incident(OfScheme, table=True):
    """One report, in codes alone: there is no word in it by which somebody could be known."""

    __tablename__: ClassVar[Any] = "incident"
    __table_args__: ClassVar[Any] = truths(
        records.Incident,
        holds("closed_says_what", "(state = 'CLOSED') = (outcome is not null)"),
        holds("triaged_says_how", "(state = 'REPORTED') = (priority is null)"),
        holds("two_people", "closed_by is null or closed_by <> triaged_by"),
        Index("incident_by_supporter", "prison", "supporter"),
        by="reported_on",
    )

    what: bytes
    sought: bytes | None
    against: bytes
    goes_up: bool
    reported_by: str = Field(sa_type=Words)
    author: UUID
    supporter: UUID | None
    person: UUID | None
    reported_on: date
    state: str = Field(sa_type=Words)
    priority: str | None = Field(sa_type=Words)
    named: UUID | None
    triaged_by: UUID | None
    outcome: bytes | None
    closed_by: UUID | None
    closed_on: date | None


class TaskRequest(OfScheme, table=True):
    """That somebody asked a supporter to do a task that is not among those permitted to his scheme."""

    __tablename__: ClassVar[Any] = "task_request"
    __table_args__: ClassVar[Any] = truths(
        records.TaskRequest,
        by="asked_on",
    )

    task: str = Field(sa_type=Words)
    prohibited: bool
    asked_by: str = Field(sa_type=Words)
    asked_on: date
    response: str = Field(sa_type=Words)
    staff_informed: bool
    told_by: str = Field(sa_type=Words)


class Postvention(OfScheme, table=True):
    """That support was offered to all active supporters of a scheme after a death."""

    __tablename__: ClassVar[Any] = "postvention"
    __table_args__: ClassVar[Any] = truths(
        records.Postvention,
        holds("no_less_than_nobody", "supporters >= 0"),
        by="opened_on",
    )

    opened_on: date
    opened_by: UUID
    supporters: int


class PostventionTask(OfScheme, table=True):
    """One supporter's offer: for the partner to give, and for him to take or leave."""

    __tablename__: ClassVar[Any] = "postvention_task"
    __table_args__: ClassVar[Any] = truths(
        records.PostventionTask,
        holds("given_says_when", "(state = 'GIVEN') = (given_on is not null)"),
        Index("postvention_task_by_supporter", "prison", "supporter"),
    )

    postvention: UUID
    supporter: UUID
    person: UUID
    supervisor: UUID | None
    offered_on: date
    state: str = Field(sa_type=Words)
    answered_on: date | None
    given_on: date | None


class News(OfScheme, table=True):
    """One piece of news."""

    __tablename__: ClassVar[Any] = "news"
    __table_args__: ClassVar[Any] = truths(
        records.News,
        holds("times_in_order", "in_force_from <= in_force_until"),
        by="in_force_until",
    )

    words: str = Field(sa_type=Words)
    staff_only: bool
    in_force_from: datetime
    in_force_until: datetime
    author: UUID


class HandOver(OfScheme, table=True):
    """What was open when a supporter left, and what of it is still."""

    __tablename__: ClassVar[Any] = "hand_over"
    __table_args__: ClassVar[Any] = truths(
        records.HandOver,
        holds("done_says_when", "(state = 'DONE') = (done_on is not null)"),
        holds("done_leaves_nothing", "state <> 'DONE' or cardinality(still_open) = 0"),
        holds("no_less_than_nothing", "roster_entries >= 0"),
        Index("hand_over_by_supporter", "prison", "supporter"),
        by="started_on",
    )

    supporter: UUID
    person: UUID
    started_on: date
    started_by: UUID
    roster_entries: int
    still_open: list[str] = Field(sa_type=WordList)
    state: str = Field(sa_type=Words)
    done_on: date | None
