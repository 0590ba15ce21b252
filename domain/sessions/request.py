"""A request for support while it lives: who, where, when, who was offered, and what came of it.

For a closed-policy scheme this is the LIVE body of rule 2: readable by those on duty for the wing and by whoever runs
the prison tonight, until the band's end plus two hours (`readable_until`). Then the timer takes it out of the tables
(`emptying`): what stays is ENVELOPE, RESIDUE, and CONDUCT if it was not met. There is no free text in it (rule 20), and
no person's id where the scheme is closed: nothing to look a man up by.
"""

import dataclasses
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Classification, Open, Participation, ParticipationIdentity
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, PersonId, RequestId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves
from domain.sessions.codes import (
    Alternative,
    Band,
    Channel,
    Need,
    Place,
    RefusalCode,
    RefusalGround,
    StageOfSentence,
    Urgency,
)
from domain.sessions.delays import DelayCode, HeldUpBy, WaitFor


class RequestState(StrEnum):
    """Where a request stands. LIFE_AT_RISK is recorded and never queued."""

    RECEIVED = "RECEIVED"
    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"
    LIFE_AT_RISK = "LIFE_AT_RISK"


_R = RequestState
_ENDING: Final = frozenset({_R.REFUSED, _R.WITHDRAWN, _R.EXPIRED})
REQUEST_MOVES: Final[Moves[RequestState]] = {
    _R.RECEIVED: frozenset({_R.OFFERED}) | _ENDING,
    _R.OFFERED: frozenset({_R.ACCEPTED, _R.RECEIVED}) | _ENDING,
    _R.ACCEPTED: frozenset({_R.IN_PROGRESS, _R.RECEIVED}) | _ENDING,
    _R.IN_PROGRESS: frozenset({_R.COMPLETED}),
    _R.COMPLETED: frozenset(),
    _R.REFUSED: frozenset(),
    _R.WITHDRAWN: frozenset(),
    _R.EXPIRED: frozenset(),
    _R.LIFE_AT_RISK: frozenset(),
}

MET: Final = frozenset({_R.IN_PROGRESS, _R.COMPLETED})
"""Somebody came."""
UNMET: Final = _ENDING
"""Nobody came: what was said to be withdrawn too (rule 6)."""

REQUEST_LIFE: Final = Life(
    "state",
    {
        Verb.OFFER_REQUEST: frozenset({_R.RECEIVED}),
        Verb.CLEAR_OFFERS: frozenset({_R.RECEIVED}),
        Verb.ANSWER_OFFER: frozenset({_R.OFFERED}),
        Verb.UNLOCK_REQUEST: frozenset({_R.ACCEPTED}),
        Verb.COMPLETE_REQUEST: frozenset({_R.IN_PROGRESS}),
        Verb.DELAY_REQUEST: frozenset({_R.RECEIVED, _R.OFFERED, _R.ACCEPTED}),
        Verb.REFUSE_REQUEST: frozenset({_R.RECEIVED, _R.OFFERED, _R.ACCEPTED}),
        Verb.WITHDRAW_REQUEST: frozenset({_R.RECEIVED, _R.OFFERED, _R.ACCEPTED}),
    },
)
"""From where each verb may move it."""


@record(
    kind="request",
    kept="of a closed policy until the band's end plus two hours; of an open one sixty days after that",
    existence=Classification.PARTICIPATION,
    parties=("person",),
    life=REQUEST_LIFE,
)
class Request(Record):
    """Someone asks for support. The wait is kept in parts (whole minutes until offered, from there until accepted, from
    there until unlocked), so that supporters are not blamed for a delay of staff (F51, X5). `recipient` and `cell` are
    what was said, unverified."""

    id: Open[RequestId]
    version: Open[int] = 0
    scheme: Open[SchemeId | None]
    """The scheme that answers; None: none was found yet."""
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str | None]
    closed: Open[bool]
    unverified: Open[bool] = False
    """Place or person could not be checked; whoever reads it in the morning puts it right. Help never waits for an
    upstream."""
    wing: Participation[str]
    channel: Participation[Channel]
    need: Participation[Need]
    urgency: Participation[Urgency]
    band: Participation[Band]
    readable_until: Participation[datetime]
    """Until when those on duty read it: the end of its band and two hours."""
    state: Participation[RequestState]
    asked_at: Participation[datetime]
    """When it was asked for; what was noted later says so (`late`)."""
    recorded_at: Participation[datetime]
    late: Participation[bool] = False
    """Recorded more than thirty minutes after it happened (rule 16)."""
    after_hold: Participation[bool] = False
    """Something of it was recorded after a death, about the time before (rule 16)."""
    recipient: ParticipationIdentity[str | None] = None
    """A name or number as it was given. None: the recipient is anonymous (F52)."""
    cell: ParticipationIdentity[str | None] = None
    """As it was said, unverified."""
    person: Participation[PersonId | None] = None
    """Open-policy schemes only, when the person is known: gives the person his own view."""
    language: ParticipationIdentity[str | None] = None
    first_night: Participation[bool] = False
    stage_of_sentence: Participation[StageOfSentence | None] = None
    """Open-policy schemes only (S5): with wing and hour it would tell one caller of the Listeners from another, and no
    report of theirs may be told by it (rules 1 and 2)."""
    author: Participation[ActorId | None] = None
    """Who typed it; None where the author is the person in custody himself."""
    offered_to: Participation[SupporterId | None] = None
    declined_by: Participation[tuple[SupporterId, ...]] = ()
    not_wanted: Participation[tuple[SupporterId, ...]] = ()
    """Whom the recipient would not have: he is not asked, and nobody is told why (rule 11)."""
    cleared_by: Participation[ActorId | None] = None
    """Who was cleared to say that it may be offered while nobody can say who is kept apart, and said so; null:
    nobody."""
    offered_at: Participation[datetime | None] = None
    accepted_at: Participation[datetime | None] = None
    unlocked_at: Participation[datetime | None] = None
    minutes_to_offer: Participation[int | None] = None
    """Whole minutes from asking to the first offer."""
    minutes_to_accept: Participation[int | None] = None
    """Whole minutes from the offer to its acceptance."""
    minutes_to_unlock: Participation[int | None] = None
    """Whole minutes from acceptance to the unlocking: a wait for staff, and not for supporters."""
    place: Participation[Place | None] = None
    ended_at: Participation[datetime | None] = None
    refusal_ground: Participation[RefusalGround | None] = None
    refusal_code: Participation[RefusalCode | None] = None
    refused_by: Participation[ActorId | None] = None
    refused_by_role: Participation[HeldUpBy | None] = None
    """The role that decided so, or says that it was withdrawn; null: it is not said, or neither was."""
    alternative: Participation[Alternative | None] = None
    delay_codes: Participation[tuple[DelayCode, ...]] = ()
    """Why it was held up, each time, in the order in which it was told."""
    delay_roles: Participation[tuple[HeldUpBy, ...]] = ()
    """By which role, one for each of them."""
    delay_waits: Participation[tuple[WaitFor, ...]] = ()
    """In which part of the wait."""
    delay_minutes: Participation[tuple[int, ...]] = ()
    """How many whole minutes after the asking."""
    delay_actors: Participation[tuple[ActorId | None, ...]] = ()
    """By whom, where he told it himself; null: it is not said who."""


def minutes(start: datetime | None, end: datetime | None) -> int | None:
    """Whole minutes from one to the other; never below zero, for two clocks may disagree. None while either is open."""
    return None if start is None or end is None else max(0, int((end - start).total_seconds() // 60))


def clocked(request: Request) -> Request:
    """The request with its wait in parts, worked out from the instants."""
    return dataclasses.replace(
        request,
        minutes_to_offer=minutes(request.asked_at, request.offered_at),
        minutes_to_accept=minutes(request.offered_at, request.accepted_at),
        minutes_to_unlock=minutes(request.accepted_at, request.unlocked_at),
    )
