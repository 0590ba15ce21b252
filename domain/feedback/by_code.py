"""What is said by a single-use code, by somebody whom nobody knows (rule 12): feedback, a pulse's answers, a complaint.
What somebody in custody says with his own token, feedback without his name and complaints, lies in the same box, and
looks the same.

It goes into the letterbox, and the code is deleted, in one transaction; every use leaves the same line in the ledger,
which names nobody and tells the week. What lies in the box is looked at once its week is over
(`domain.feedback.mixing`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Begin
from domain.care.incidents import short_code
from domain.confidentiality.verbs import Verb
from domain.feedback import codes
from domain.feedback.codes import CodeIds, quarter_of
from domain.feedback.pulses import ITEMS, PulseGroup, PulseItem, WhyNotUsed
from domain.kernel.days import local_day
from domain.kernel.errors import Failure
from domain.ports import Letter
from domain.schemes.belonging import InScheme

BOX: Final = "by-code"
"""One letterbox for all: which of them it is, is not to be read off the table."""


class SaidByCode(StrEnum):
    """What lies in a letter."""

    FEEDBACK = "FEEDBACK"
    PULSE = "PULSE"
    COMPLAINT = "COMPLAINT"


async def hand_in(begin: Begin, ids: CodeIds, *, code: str, what: SaidByCode, said: Mapping[str, Any]) -> str | None:
    """A short code by which whoever said it may ask, in person, what came of it: of a complaint it is kept, of all else
    nowhere. None: the code is not good. Of that there is no line: nobody is acting whom it could be about."""
    async with begin(Verb.HAND_IN_BY_CODE) as act:
        row = await codes.found(act, code, ids)
        if row is None:
            act.unchanged()
            return None
        id = act.new_id()
        act.post(letter(row, local_day(row, act.now), id, what, said))
        act.erase(row)
        return short_code(id)


def letter(of: InScheme, today: date, id: UUID, what: SaidByCode, said: Mapping[str, Any]) -> Letter:
    """What lies in the box: what was said of a scheme, and in which week."""
    plain = {
        **said,
        "what": what.value,
        "id": str(id),
        "scheme": str(of.scheme),
        "jurisdiction": of.jurisdiction,
        "prison": of.prison,
        "week": monday(today).isoformat(),
        "quarter": quarter_of(today).isoformat(),
    }
    return Letter(BOX, plain)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def faults(group: PulseGroup, items: Sequence[PulseItem], why_not: WhyNotUsed | None) -> list[Failure]:
    """What is wrong with a pulse's answers: items that this group is not asked, or twice; a reason of somebody who uses
    it."""
    found: list[Failure] = []
    if not set(items) <= set(ITEMS[group]):
        found.append(Failure("NOT_ASKED_OF_THEM", "/answers"))
    if len(set(items)) < len(items):
        found.append(Failure("TWICE", "/answers"))
    if why_not is not None and group is not PulseGroup.NON_USERS:
        found.append(Failure("NOT_ASKED_OF_THEM", "/whyNot"))
    return found
