"""Routine checks: what keeps a scheme going is looked at again and again (seed: 'check ongoing communication routes,
training, support'). Each has a cadence; when it is next due, and whether it is late, follow from when it was last
done."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.ids import RoutineCheckId, SchemeId
from domain.kernel.moves import require
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, changed, in_the_future, sound, with_


class CheckSubject(StrEnum):
    """What is looked at."""

    COMMUNICATION_ROUTES = "COMMUNICATION_ROUTES"
    TRAINING = "TRAINING"
    SUPPORT_FOR_SUPPORTERS = "SUPPORT_FOR_SUPPORTERS"
    SUPPORT_FOR_STAFF = "SUPPORT_FOR_STAFF"
    PLACES = "PLACES"
    HOW_TO_ASK = "HOW_TO_ASK"
    PUBLICITY = "PUBLICITY"
    NIGHT_ACCESS = "NIGHT_ACCESS"
    CONTINGENCY_PLANS = "CONTINGENCY_PLANS"
    CONFIDENTIALITY = "CONFIDENTIALITY"


class CheckOutcome(StrEnum):
    """What was found."""

    GOOD = "GOOD"
    ACTION_NEEDED = "ACTION_NEEDED"
    NOT_WORKING = "NOT_WORKING"


@record(kind="routine-check", kept="six years after its scheme closes; it names nobody in custody")
class RoutineCheck(OfScheme):
    """Something that is looked at every so many days, for the first time by `first_due_on`."""

    id: Open[RoutineCheckId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    looked_at: Operational[CheckSubject]
    every_days: Operational[int]
    """Days from one look to the next."""
    first_due_on: Operational[date]
    in_force: Operational[bool] = True
    """False: it was given up, and is never due."""
    last_done_on: Operational[date | None] = None
    outcome: Operational[CheckOutcome | None] = None
    """Of the last look."""
    found_in_words: Operational[str | None] = None

    @derived
    def next_due_on(self, now: datetime) -> Operational[date | None]:
        """So many days after it was last done; none for one that is given up."""
        if not self.in_force:
            return None
        return self.first_due_on if self.last_done_on is None else self.last_done_on + timedelta(days=self.every_days)

    @derived
    def overdue(self, now: datetime) -> Operational[bool]:
        """The day on which it was due has passed."""
        return overdue(self.next_due_on(now), self, now)


async def add(begin: Begin, scheme: UUID, **given: Any) -> View[RoutineCheck]:
    """Something to be looked at again and again."""
    return await belonging.add(begin, Verb.KEEP_ROUTINE_CHECK, RoutineCheck, scheme, **given)


async def done(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag,
    outcome: CheckOutcome,
    done_on: date | None = None,
    found_in_words: str | None = None,
) -> View[RoutineCheck]:
    """It was looked at: today, unless another day is given. What follows from it are actions about it."""
    async with begin(Verb.KEEP_ROUTINE_CHECK) as act:
        was = await act.fetch(RoutineCheck, id, seen=seen)
        on = done_on or local_day(was, act.now)
        now = with_(was, last_done_on=on, outcome=outcome, found_in_words=found_in_words)
        sound(act, now, *in_the_future(act, was, on, "/doneOn"), was=was)
        require(
            (was.in_force, "NOT_IN_FORCE"),
            (was.last_done_on is None or was.last_done_on <= on, "ALREADY_DONE_LATER"),
        )
        return await changed(act, was, now)
