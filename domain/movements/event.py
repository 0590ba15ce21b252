"""One thing that the prison's systems told, as the rules need it: of whom, what, when. How it came stands in
`api.messages`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.kernel.whereabouts import InOut, Located


class What(StrEnum):
    """What an event is about. Of much that is told nothing follows here: NOTHING."""

    RECEIVED = "RECEIVED"
    RELEASED = "RELEASED"
    UPDATED = "UPDATED"
    """Where or what he is has changed; it does not say how."""
    MERGED = "MERGED"
    BOOKING_MOVED = "BOOKING_MOVED"
    ALERTS = "ALERTS"
    NON_ASSOCIATION = "NON_ASSOCIATION"
    INCENTIVE = "INCENTIVE"
    NOTHING = "NOTHING"


class Why(StrEnum):
    """Why somebody was received or released, in the words of both families of events (hmpps.md 4.3)."""

    ADMISSION = "ADMISSION"
    NEW_ADMISSION = "NEW_ADMISSION"
    READMISSION = "READMISSION"
    READMISSION_SWITCH_BOOKING = "READMISSION_SWITCH_BOOKING"
    TRANSFERRED = "TRANSFERRED"
    RETURN_FROM_COURT = "RETURN_FROM_COURT"
    TEMPORARY_ABSENCE_RETURN = "TEMPORARY_ABSENCE_RETURN"
    POST_MERGE_ADMISSION = "POST_MERGE_ADMISSION"
    TEMPORARY_ABSENCE_RELEASE = "TEMPORARY_ABSENCE_RELEASE"
    RELEASED_TO_HOSPITAL = "RELEASED_TO_HOSPITAL"
    RELEASED = "RELEASED"
    SENT_TO_COURT = "SENT_TO_COURT"
    UNKNOWN = "UNKNOWN"
    """It is not said, or in a word that nobody knew when this was written."""


MOVES: Final = frozenset({What.RECEIVED, What.RELEASED, What.UPDATED})
"""After which somebody may be elsewhere."""
ASKED_ABOUT: Final = MOVES | {What.ALERTS, What.INCENTIVE}
"""Before anything follows the prison's systems are asked about him."""
COURT, LEAVE = "CRT", "TAP"
"""The kinds of movement for the day: to court, on temporary licence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrisonEvent:
    """One event. `id` is the message's, the same each time that it is delivered. `number` is his, `other` the one that
    was merged away, from which a booking moved, or of whom he is to be kept apart."""

    id: UUID
    type: str
    what: What
    at: datetime
    number: str | None = field(default=None, repr=False)
    other: str | None = field(default=None, repr=False)
    prison: str | None = None
    """Of one who was received: where. Of one who was released: from where."""
    why: Why = Why.UNKNOWN
    codes: frozenset[str] = frozenset()
    """Of alerts those that were added; of an update what changed."""
    began: datetime | None = None
    """Of a booking that moved: when it began."""

    @property
    def numbers(self) -> frozenset[str]:
        """Of whom it is."""
        return frozenset(n for n in (self.number, self.other) if n is not None)


def by_its_word(event: PrisonEvent) -> Located | None:
    """Where he is by the event alone, for a prison whose systems cannot be asked. None: it does not say."""
    if event.what is What.RECEIVED and event.why in (Why.POST_MERGE_ADMISSION, Why.UNKNOWN):
        return None  # nobody came: two numbers became one
    if event.prison is None:
        return None
    match event.what, event.why:
        case (What.RECEIVED, _):
            return Located(event.prison, InOut.IN)
        case (What.RELEASED, Why.SENT_TO_COURT):
            return Located(event.prison, InOut.OUT, last_movement=COURT)
        case (What.RELEASED, Why.TEMPORARY_ABSENCE_RELEASE):
            return Located(event.prison, InOut.OUT, last_movement=LEAVE)
        case (What.RELEASED, Why.TRANSFERRED):
            return Located(None, InOut.TRN)
        case (What.RELEASED, Why.RELEASED):
            return Located(None, InOut.OUT)
        case (What.RELEASED, Why.RELEASED_TO_HOSPITAL):
            return Located(None, InOut.OUT, restricted_patient=True)
        case _:
            return None
