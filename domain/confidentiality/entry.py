"""The ledger's entry: one act, in names only.

It says who, in what capacity, for what purpose, did what, by which rule, with what outcome, and which fields of which
records were shown or changed. Names of fields, never values; our own random ids, never a prison number; a search by
its kind and count, never its words (rule 4). Headers never enter it: an ETag, a location or a request id would join
the ledger to what a viewer keeps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.kernel.ids import ActorId, AssignmentId, EntryId

_MARGIN: Final = timedelta(minutes=5)
BY_THE_WEEK: Final = frozenset(
    {"HAND_IN_TALLY", "HAND_IN_DISPUTE", "HAND_IN_BY_CODE", "REPORT_INCIDENT", "COMPLAIN", "GIVE_FEEDBACK"}
)
"""What is said without a name (`domain.notes.SAID_WITHOUT_A_NAME`): its line tells the week, and no day. All of it, for
what alone told the week would be known as what it is (rules 7 and 12)."""


class Outcome(StrEnum):
    """How an act ended."""

    DONE = "DONE"
    REPLAYED = "REPLAYED"
    """The idempotency key had been used: the subject as it is now was shown again."""
    REFUSED = "REFUSED"
    ABSENT = "ABSENT"
    MALFORMED = "MALFORMED"
    STALE = "STALE"
    NOT_NOW = "NOT_NOW"
    LIMITED = "LIMITED"
    FAILED = "FAILED"


class Family(StrEnum):
    """What kind of act a verb is: all that a reader of the ledger sees of participation and casework (rule 15)."""

    LOOK = "LOOK"
    CHANGE = "CHANGE"
    GRANT = "GRANT"
    TICK = "TICK"


@dataclass(frozen=True, slots=True)
class Sight:
    """Records of one kind that were fetched under one rule, and the fields of them that were shown.

    No `fields`: fetched to decide, shown to nobody. For closed kinds and searches `ids` may be empty; `count` stands.
    """

    kind: str
    rule: str
    ids: tuple[UUID, ...]
    count: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A record that was kept: which fields differ, and the versions before and after (F79). Never their values."""

    kind: str
    id: UUID | None
    before: int
    after: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `closed`: on closed-policy participation or casework, so no person is named in it and
    its readers see the hour and the family of the act only. `actor` is then empty for a person in custody. `nameless`:
    given anonymously, so that it names nobody at all, and its readers see the week (of what the service does, the day);
    everybody in custody is then of one role."""

    id: EntryId
    at: datetime
    actor: ActorId | None
    client: str | None
    role: str
    assignment: AssignmentId | None
    purpose: str | None
    verb: str
    family: Family
    rule: str | None
    outcome: Outcome
    code: str | None
    prison: str | None
    jurisdiction: str | None
    closed: bool
    nameless: bool = False
    sights: tuple[Sight, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def readable_from(self) -> datetime:
        """When readers may first see it: once the hour, or the day, that it is shown to have happened in is over. Else
        whoever reads the ledger every minute learns the minute. A little later even: an act that began in the last
        second is written when it ends, and hosts differ in what time it is."""
        if self.nameless:
            days = 7 if self.verb in BY_THE_WEEK else 1
            return self.at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days) + _MARGIN
        if self.closed:
            return self.at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1) + _MARGIN
        return self.at

    def as_json(self) -> dict[str, Any]:
        """The entry as plain values: what is hashed, kept and one day sealed. Keys are sorted by whoever writes it."""
        return {
            "id": str(self.id),
            "at": self.at.isoformat(),
            "actor": None if self.actor is None else str(self.actor),
            "client": self.client,
            "role": self.role,
            "assignment": None if self.assignment is None else str(self.assignment),
            "purpose": self.purpose,
            "verb": self.verb,
            "family": self.family.value,
            "rule": self.rule,
            "outcome": self.outcome.value,
            "code": self.code,
            "prison": self.prison,
            "jurisdiction": self.jurisdiction,
            "closed": self.closed,
            "nameless": self.nameless,
            "sights": [
                {
                    "kind": s.kind,
                    "rule": s.rule,
                    "ids": [str(i) for i in s.ids],
                    "count": s.count,
                    "fields": list(s.fields),
                }
                for s in self.sights
            ],
            "changes": [
                {
                    "kind": c.kind,
                    "id": None if c.id is None else str(c.id),
                    "before": c.before,
                    "after": c.after,
                    "fields": list(c.fields),
                }
                for c in self.changes
            ],
        }
