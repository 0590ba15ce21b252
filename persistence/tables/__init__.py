"""The database as the database sees it. SQLModel declares; nothing behaves, and no row leaves `persistence`."""

from typing import Final, cast

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel

from persistence.tables.beside import Footing, IdempotencyKey, Letterbox, Stamp, TallyKey
from persistence.tables.ledger import Ledger
from persistence.tables.people import Actor, Assignment, Duty, Person, Watch
from persistence.tables.schemes import Feedback, Job, Scheme, Supporter
from persistence.tables.sessions import Enrolment, Induction, Request, Session

METADATA: Final[MetaData] = SQLModel.metadata


def table_of(declared: type[SQLModel]) -> Table:
    """The table that a class declares."""
    return cast(Table, declared.__dict__["__table__"])


RECORDS: Final = {
    "actor": table_of(Actor),
    "assignment": table_of(Assignment),
    "duty": table_of(Duty),
    "enrolment": table_of(Enrolment),
    "feedback": table_of(Feedback),
    "induction": table_of(Induction),
    "job": table_of(Job),
    "ledger-line": table_of(Ledger),
    "person": table_of(Person),
    "request": table_of(Request),
    "scheme": table_of(Scheme),
    "session": table_of(Session),
    "supporter": table_of(Supporter),
    "watch": table_of(Watch),
}
"""The table of each kind of record."""

LEDGER: Final = table_of(Ledger)
IDEMPOTENCY_KEY: Final = table_of(IdempotencyKey)
TALLY_KEY: Final = table_of(TallyKey)
LETTERBOX: Final = table_of(Letterbox)
FOOTING: Final = table_of(Footing)
STAMP: Final = table_of(Stamp)
