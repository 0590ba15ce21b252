"""From an entry of the ledger to the estate's audit queue for staff. Its default is deny, too (rule 3).

* **One by one** are told the acts of `AUDITED` by staff: what governs a scheme or who may act, and reading the ledger.
  None of them is about somebody in custody, and none happens because somebody asked for help.
* **A daily number** is all that is told of the rest, closed acts among them: one message a day for each prison and
  member of staff, the next day. It goes out for everybody of the staff who did anything at all that day, and the number
  is rounded up to a multiple of `STEP`: told exactly, or only to whom it concerned, an officer's 0 on one night and 7
  on the next would say on which night somebody asked for a Listener. So it shows who looked at hundreds of records, and
  nobody who did his work.
* **Acts by people in custody** raise no message. The queue of prisoners' acts would hold `who=A1234BC` for years; and
  there is nobody to name: the ledger's actor of a prisoner is a keyed hash that leads nowhere back, so that no row of
  ours joins his number to what he did. Our own ledger is the record of these acts.

No message bears a prison number: `subjectId` is our own random id of a record that is about nobody, or it is left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID

from domain.confidentiality.about import ABOUT
from domain.confidentiality.entry import Entry
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import id_of

SERVICE: Final = "peer-support"
STEP: Final = 50
"""A day's number is told as the next multiple of this."""
DAY: Final = "VIEW_PEER_SUPPORT_RECORDS_DAILY_NUMBER"
"""`what` of a daily number."""

_V = Verb
_PLANS: Final = frozenset(
    {
        *(_V.CREATE_SCHEME, _V.AMEND_SCHEME, _V.APPROVE_SCHEME, _V.OPEN_SCHEME, _V.LAUNCH_SCHEME, _V.SUSPEND_SCHEME),
        *(_V.RESUME_SCHEME, _V.CLOSE_SCHEME, _V.REVIEW_SCHEME, _V.NAME_LEAD),
        *(_V.DRAFT_CHARTER, _V.AMEND_CHARTER, _V.SUBMIT_CHARTER, _V.RETURN_CHARTER, _V.SIGN_CHARTER),
        *(_V.PUBLISH_CHARTER, _V.DISCARD_CHARTER, _V.SET_OBJECTIVE, _V.AMEND_OBJECTIVE, _V.CLOSE_OBJECTIVE),
        *(_V.PUBLISH_VACANCY, _V.CLOSE_VACANCY, _V.WITHDRAW_VACANCY),
    }
)
"""How a scheme is planned and run: it names nobody in custody."""
_RULES: Final = frozenset(
    {
        *(_V.CREATE_SCHEME_KIND, _V.CONFIRM_SCHEME_KIND, _V.PUBLISH_SCHEME_KIND, _V.WITHDRAW_SCHEME_KIND),
        *(_V.CREATE_EXCEPTION_LIST, _V.PUBLISH_EXCEPTION_LIST, _V.WITHDRAW_EXCEPTION_LIST),
    }
)
"""What holds for all schemes of a kind, or of a partner."""
_ACCESS: Final = frozenset(
    {
        *(_V.PROPOSE_ASSIGNMENT, _V.CONFIRM_ASSIGNMENT, _V.END_ASSIGNMENT),
        *(_V.CREATE_SUBSCRIPTION, _V.PING_SUBSCRIPTION, _V.ROTATE_SUBSCRIPTION, _V.END_SUBSCRIPTION),
    }
)
"""Who may act, and what is told to whom. Not duty: it is declared in the minute in which somebody asks."""
AUDITED: Final = _PLANS | _RULES | _ACCESS | {_V.READ_LEDGER}
"""The acts that are told one by one."""


@dataclass(frozen=True, slots=True)
class Message:
    """One audit message. `id` is the same each time that it is sent."""

    id: UUID
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DayNumber:
    """How much somebody did in a prison on a day, of what is not told one by one."""

    prison: str | None
    actor: UUID
    number: int


def audit_of(entry: Entry, staff: Mapping[UUID, str]) -> Message | None:
    """What the queue is told of this entry; None: nothing, one by one. `staff`: the user names of those members of
    staff whom we know, by our own ids; whoever is not in it is told of in no message."""
    who = None if entry.actor is None else staff.get(entry.actor)
    if who is None or entry.closed or entry.nameless or entry.verb not in AUDITED or entry.role in IN_CUSTODY:
        return None
    verb = Verb(entry.verb)
    kind = ABOUT[verb].kind or ""
    about = {c.id for c in entry.changes if c.kind == kind and c.id is not None}
    body: dict[str, Any] = {
        "what": what_of(verb),
        "when": _written(entry.at),
        "who": who,
        "service": SERVICE,
        "correlationId": str(entry.id),
        "details": _details(act=verb, outcome=entry.outcome, role=entry.role, prison=entry.prison, rule=entry.rule),
    }
    if len(about) == 1:
        body |= {"subjectId": str(about.pop()), "subjectType": _upper(kind)}
    return Message(entry.id, body)


def daily_of(day: date, counted: DayNumber, staff: Mapping[UUID, str]) -> Message | None:
    """What the queue is told of somebody's day; None: he is none of the staff. `when` is the day's begin, whatever he
    did last."""
    who = staff.get(counted.actor)
    if who is None:
        return None
    id = id_of(f"{day}|{counted.prison}|{counted.actor}")
    body = {
        "what": DAY,
        "when": _written(datetime.combine(day, time(), UTC)),
        "who": who,
        "service": SERVICE,
        "correlationId": str(id),
        "details": _details(prison=counted.prison, day=day.isoformat(), upTo=rounded(counted.number)),
    }
    return Message(id, body)


def rounded(number: int) -> int:
    """The next multiple of `STEP`, and never none."""
    return max(1, -(-number // STEP)) * STEP


def what_of(verb: Verb) -> str:
    """In the words of the estate's guidance, which asks for one of a few verbs first; `details` has ours."""
    first = verb.value.partition("_")[0]
    kind = _upper(ABOUT[verb].kind or "peer-support")
    return {"READ": "VIEW_", "CREATE": "CREATE_", "PROPOSE": "CREATE_"}.get(first, "EDIT_") + kind


def _upper(kind: str) -> str:
    return kind.upper().replace("-", "_")


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _details(**said: object) -> str:
    """JSON as a string, which is what the queue takes."""
    return json.dumps({name: value for name, value in said.items() if value is not None}, sort_keys=True)
