"""Free text goes first, and apart from the codes beside it (F72; rule 20): when its own time has come it is deleted
from each record that may hold any, and all that is coded stays, so that no count and no report changes.

Every record of that age says on which day it was, whether there were words in it or not: so it tells nobody that there
had been some. The record itself is deleted later, as its `kept` says.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from domain.act import Begin
from domain.care.supervision import SupervisionTalk
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.feedback.record import Feedback
from domain.kernel.days import local_day
from domain.ports import Query
from domain.sessions.record import Session
from domain.sessions.staff_notes import StaffNote
from domain.sessions.support import SupportRecord

BATCH: Final = 200
SIX_MONTHS: Final = timedelta(days=183)
A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Rule:
    """Of a kind: the fields that hold words, the day or instant from which their time is counted, and how long that is
    (defaults; domain facts 4.5)."""

    words: tuple[str, ...]
    since: str
    after: timedelta


RULES: Final[Mapping[type[Record], Rule]] = {
    Session: Rule(("note",), "starts_at", SIX_MONTHS),
    SupportRecord: Rule(("note",), "held_on", SIX_MONTHS),
    StaffNote: Rule(("words",), "noted_at", SIX_MONTHS),
    Feedback: Rule(("words",), "week_of", A_YEAR),
    SupervisionTalk: Rule(("note", "answer_in_words"), "booked_for", SIX_MONTHS),
}
"""All that holds words of somebody about somebody. A test holds it to every field that is marked so."""


async def shred(begin: Begin) -> int:
    """Delete the words whose time has come, the oldest first. Of how many records; at most `BATCH` of each kind a
    time."""
    done = 0
    async with begin.serially(Verb.TICK) as act:
        for kind, rule in RULES.items():
            still = Query(equal={"words_gone_on": None}, order=rule.since, limit=BATCH)
            for record in await act.known(kind, still):
                of: Any = record
                if _day(of, rule) + rule.after > local_day(of, act.now):
                    break
                gone: dict[str, Any] = {"words_gone_on": local_day(of, act.now), **dict.fromkeys(rule.words)}
                act.keep_beside(dataclasses.replace(of, **gone), was=record)
                done += 1
    return done


def _day(record: Any, rule: Rule) -> date:
    since: date | datetime = getattr(record, rule.since)
    return local_day(record, since) if isinstance(since, datetime) else since
