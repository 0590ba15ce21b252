"""CONDUCT: what is left of a closed-policy request that was not met, in the open (rule 2). When, on which wing, with
which code, by whom of the staff, and what a review said of it. No recipient, no cell, no supporter, and an id that it
shares with nothing. A delay that waits for a review is conduct too, by its month, whatever came of the request
(`domain.sessions.delays`).

An improper code is given by the one who is accused of it, a claim about the recipient or a supporter by the one whom
it excuses, and of what nobody answered nobody says anything. So all of them wait for a review by somebody who had no
part in it; nobody reads or reviews what he did himself, and what one of those who review did goes up, past them (rule
6). Kept from it are whoever noted the request, whoever gave the code and whoever cleared the offer. Whoever passed on
an offer or an answer has nobody's word but his own in it, and is named nowhere (rule 2).
"""

import dataclasses
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import CaseworkCode, Classification, Open, Operational, Security
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import Record, derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, months_after
from domain.kernel.ids import ActorId, ConductId
from domain.kernel.moves import Life, Moves, move
from domain.sessions.codes import CLAIMS, RefusalCode, to_review
from domain.sessions.delays import DelayCode, HeldUpBy

REVIEWED_WITHIN: Final = timedelta(days=7)
"""After so long without a review it is overdue."""


class UnmetAs(StrEnum):
    """How the request ended unmet; or that it was held up as none should be."""

    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    """So it was claimed."""
    EXPIRED = "EXPIRED"
    """Nobody came, and nobody said why."""

    NOT_RECORDED = "NOT_RECORDED"
    """So says somebody concerned; nobody of the staff recorded it."""
    DELAYED = "DELAYED"
    """It was held up, improperly or as is claimed, in that month. Whether it was met in the end is not told."""


class Account(StrEnum):
    """What somebody concerned says. The first two are the recipient's to say, the others a supporter's."""

    ASKED = "ASKED"
    DID_NOT_WITHDRAW = "DID_NOT_WITHDRAW"
    NOT_ASKED = "NOT_ASKED"
    """He was not asked to come."""
    NOT_ACTIONED = "NOT_ACTIONED"
    """Somebody asked, and nothing came of it."""


class Reconciliation(StrEnum):
    """How the account of those concerned lies beside that of the staff."""

    MATCHED = "MATCHED"
    DISPUTED = "DISPUTED"
    """They contradict each other."""
    ADDED_RETROSPECTIVELY = "ADDED_RETROSPECTIVELY"
    """There was none of the staff."""


class Review(StrEnum):
    """Whether another person has looked at it."""

    NOT_NEEDED = "NOT_NEEDED"
    WAITING = "WAITING"
    REVIEWED = "REVIEWED"


class ConductVerdict(StrEnum):
    """What the review found."""

    IT_WAS_SO = "IT_WAS_SO"
    """What is recorded is what happened: a claim is confirmed, an improper refusal or delay was one."""
    IT_WAS_NOT_SO = "IT_WAS_NOT_SO"
    CANNOT_BE_TOLD = "CANNOT_BE_TOLD"


CONDUCT_MOVES: Final[Moves[Review]] = {
    Review.NOT_NEEDED: frozenset({Review.WAITING}),
    Review.WAITING: frozenset({Review.REVIEWED}),
    Review.REVIEWED: frozenset({Review.WAITING}),
}
CONDUCT_LIFE: Final = Life("review", {Verb.REVIEW_CONDUCT: frozenset({Review.WAITING})})


@record(
    kind="conduct",
    kept="six years",
    existence=Classification.CASEWORK,
    judged=("coded_by", "noted_by", "cleared_by"),
    life=CONDUCT_LIFE,
)
class Conduct(Record):
    """One request of a closed-policy scheme that was not met, or was held up as none should be."""

    id: Open[ConductId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    wing: Operational[str]
    at: CaseworkCode[datetime]
    """When it was refused, or said to be withdrawn; of one that expired, when its time was over; of one that was not
    recorded, when its day began; of one that was held up, when its month did."""
    ended: CaseworkCode[UnmetAs]
    code: CaseworkCode[RefusalCode | None] = None
    """Null: it expired or was not recorded, and nobody gave a reason."""
    late: CaseworkCode[bool] = False
    """Something of it was recorded more than thirty minutes after it happened."""
    after_hold: CaseworkCode[bool] = False
    """Something of it was recorded after a death, about the time before."""
    coded_by: CaseworkCode[ActorId | None] = None
    """The member of staff who gave the code. Null: nobody did."""
    decided_by_role: CaseworkCode[HeldUpBy | None] = None
    """By which role it was refused or held up. Null: it is not said."""
    held_up_for: CaseworkCode[tuple[DelayCode, ...]] = ()
    """What else held it up, where that waits for no review of its own."""
    held_up_by: CaseworkCode[tuple[HeldUpBy, ...]] = ()
    """By which role, one for each of them."""
    noted_by: Security[ActorId | None] = None
    """The member of staff who recorded the request: shown to nobody, and himself kept from this record by it."""
    cleared_by: Security[ActorId | None] = None
    """Who said that it might be offered: likewise."""
    goes_up: Operational[bool] = False
    """Whoever had a part in it is of those who review, or nobody knows who had: safer custody and governor do not reach
    it."""
    review: CaseworkCode[Review] = Review.NOT_NEEDED
    verdict: CaseworkCode[ConductVerdict | None] = None
    """What the last review found. One that had not heard an account of those concerned is made again."""
    reviewed_by: CaseworkCode[ActorId | None] = None
    reviewed_on: CaseworkCode[date | None] = None
    accounts: CaseworkCode[tuple[Account, ...]] = ()
    """What those concerned say of it. Who said it stands nowhere."""
    reconciled: CaseworkCode[Reconciliation | None] = None
    """Null: nobody concerned has said anything."""
    accounts_on: CaseworkCode[date | None] = None
    """When the last of them was laid beside it: the day after it was said, or later."""
    window_asked_for: CaseworkCode[bool] = False
    """Somebody concerned wishes that the envelopes of that day be opened."""

    @derived
    def claimed(self, now: datetime) -> CaseworkCode[bool]:
        """The code is a claim about the recipient or a supporter, which no review has confirmed."""
        confirmed = self.review is Review.REVIEWED and self.verdict is ConductVerdict.IT_WAS_SO
        return self.code in CLAIMS and not confirmed

    @derived
    def overdue(self, now: datetime) -> CaseworkCode[bool]:
        """It has waited for its review for more than seven days."""
        if self.review is not Review.WAITING:
            return False
        return self.review_due_on < local_day(self, now)

    @property
    def review_due_on(self) -> date:
        """Seven days after it happened, or after an account was laid beside it. Of a delay the month alone is known:
        its last day counts."""
        if self.accounts_on is not None:
            return self.accounts_on + REVIEWED_WITHIN
        day = local_day(self, self.at)
        return (months_after(day, 1) - timedelta(days=1) if self.ended is UnmetAs.DELAYED else day) + REVIEWED_WITHIN

    def neglected(self, now: datetime) -> bool:
        """Whether the code that staff gave has had no review yet after more than seven days, by the day."""
        waits = self.review is Review.WAITING and self.verdict is None and to_review(self.code)
        return waits and self.review_due_on < local_day(self, now)


async def review(begin: Begin, id: UUID, *, seen: Tag, verdict: ConductVerdict) -> View[Conduct]:
    """Say in a code what a talk with those concerned found. Whoever had a part in it does not reach it."""
    async with begin(Verb.REVIEW_CONDUCT) as act:
        was = await act.fetch(Conduct, id, seen=seen)
        now = dataclasses.replace(
            was,
            review=move(CONDUCT_MOVES, was.review, Review.REVIEWED),
            verdict=verdict,
            reviewed_by=ActorId(act.viewer.actor),
            reviewed_on=local_day(was, act.now),
        )
        act.keep(now, was=was)
        return act.disclose(now)
