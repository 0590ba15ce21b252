"""What a closing waits for, worked out by the service: nobody is left without a word, and something is learned (F9).

Of a scheme whose policy is closed nobody may look whether a request is open: that one is would say that somebody asked.
So it does not close while it is asked for: it is suspended first, a day at least, in which every request has run out
with its band, whether there was one or not.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from domain.act import Act
from domain.confidentiality.record import Record
from domain.ports import Query
from domain.schemes.record import OWN_ORGANISATION, Scheme, SchemeState
from domain.schemes.registers.contingency import Activation, ActivationState
from domain.sessions.record import Enrolment, EnrolmentState
from domain.sessions.request import Request, RequestState
from domain.supporters.record import APPLYING, HOLDING, Standing, Supporter

AT_REST: Final = timedelta(days=1)
"""Longer than any band and its two hours."""
_ROLES: Final = (Standing.IN_TRAINING, *HOLDING)
_APPLYING: Final = (*APPLYING, Standing.ACCEPTED)
_ENROLLED: Final = (EnrolmentState.WAITING, EnrolmentState.STARTED)
_ASKED: Final = (RequestState.RECEIVED, RequestState.OFFERED, RequestState.ACCEPTED, RequestState.IN_PROGRESS)


async def checklist(act: Act, scheme: Scheme) -> tuple[tuple[bool, str], ...]:
    """Each thing that a closing waits for: whether it is done, and its code. A scheme that never opened has helped
    nobody: it waits for its supporters, and those who would be, and for a plan that is on; afterwards nobody could say
    that it is over.

    What is looked for here is made serially (applying, enrolling, switching a plan on), so that none of it comes about
    while the scheme closes. Asking is not: help never waits for a system, and a request runs out with its band."""
    left = (
        (not await _any(act, Supporter, scheme, "standing", _ROLES), "SUPPORTERS_STILL_IN_ROLE"),
        (not await _any(act, Supporter, scheme, "standing", _APPLYING), "APPLICATIONS_STILL_OPEN"),
        (not await _any(act, Activation, scheme, "state", (ActivationState.ACTIVE,)), "CONTINGENCY_PLAN_ON"),
    )
    if scheme.opened_on is None:
        return left
    asked = (
        (_at_rest(scheme, act.now), "NOT_SUSPENDED_FOR_A_DAY")
        if scheme.closed
        else (not await _any(act, Request, scheme, "state", _ASKED), "REQUESTS_STILL_OPEN")
    )
    return (
        *left,
        (not await _any(act, Enrolment, scheme, "state", _ENROLLED), "ENROLMENTS_STILL_OPEN"),
        asked,
        (scheme.organisation == OWN_ORGANISATION or scheme.partner_told_on is not None, "PARTNER_NOT_TOLD"),
        (bool(scheme.lessons), "LESSONS_MISSING"),
        (scheme.learners_go is not None, "LEARNERS_NOT_PLACED"),
    )


def _at_rest(scheme: Scheme, now: datetime) -> bool:
    at = scheme.suspended_at
    return scheme.state is SchemeState.SUSPENDED and at is not None and at + AT_REST <= now


async def _any(act: Act, kind: type[Record], scheme: Scheme, field: str, values: tuple[Any, ...]) -> bool:
    for value in values:
        if await act.known(kind, Query(equal={"scheme": scheme.id, field: value}, limit=1)):
            return True
    return False
