"""Referring on to other help, under an open policy and with the person's yes (F55): to whom, and whether they took it
on."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Classification, Open, Participation
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, EnrolmentId, PersonId, ReferralId, SchemeId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.schemes.belonging import OfScheme, made, with_
from domain.sessions.escalations import Consent
from domain.sessions.record import RUNNING, Enrolment


class ReferredTo(StrEnum):
    """To whom."""

    KEY_WORKER = "KEY_WORKER"
    HEALTHCARE = "HEALTHCARE"
    MENTAL_HEALTH_TEAM = "MENTAL_HEALTH_TEAM"
    SUBSTANCE_MISUSE_TEAM = "SUBSTANCE_MISUSE_TEAM"
    SAFER_CUSTODY_TEAM = "SAFER_CUSTODY_TEAM"
    CHAPLAINCY = "CHAPLAINCY"
    EDUCATION_PROVIDER = "EDUCATION_PROVIDER"
    RESETTLEMENT_TEAM = "RESETTLEMENT_TEAM"
    ANOTHER_SCHEME = "ANOTHER_SCHEME"


class ReferralState(StrEnum):
    """Where it stands."""

    MADE = "MADE"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TAKEN_BACK = "TAKEN_BACK"
    """He said no after all: a yes can be taken back."""


_S = ReferralState
REFERRAL_MOVES: Final[Moves[ReferralState]] = {
    _S.MADE: frozenset({_S.ACCEPTED, _S.DECLINED, _S.TAKEN_BACK}),
    _S.ACCEPTED: frozenset({_S.TAKEN_BACK}),
    _S.DECLINED: frozenset(),
    _S.TAKEN_BACK: frozenset(),
}
REFERRAL_LIFE: Final = Life("state", {Verb.ANSWER_REFERRAL: frozenset({_S.MADE, _S.ACCEPTED})})


@record(
    kind="referral",
    kept="twelve months after it was made",
    existence=Classification.PARTICIPATION,
    parties=("person",),
    life=REFERRAL_LIFE,
)
class Referral(OfScheme):
    """One learner or client, sent on to other help because he wants it."""

    id: Open[ReferralId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    enrolment: Participation[EnrolmentId]
    person: Participation[PersonId]
    referred_to: Participation[ReferredTo]
    agreed_on: Participation[date]
    """The day of his yes."""
    state: Participation[ReferralState] = ReferralState.MADE
    answered_on: Participation[date | None] = None
    author: Participation[ActorId]


async def refer(begin: Begin, *, enrolment: UUID, referred_to: ReferredTo, consent: Consent) -> View[Referral]:
    """Refer somebody on whose enrolment runs, with his yes and never without."""
    async with begin.serially(Verb.MAKE_REFERRAL) as act:
        of = await act.fetch(Enrolment, enrolment)
        if consent is not Consent.GIVEN:
            raise Unacceptable([Failure("CONSENT_NEEDED", "/consent")])
        require((of.state in RUNNING, f"STATE_{of.state.value}"))
        told = {"enrolment": of.id, "person": of.person, "referred_to": referred_to, "author": act.viewer.actor}
        new = made(act, of, Referral, **told, agreed_on=local_day(of, act.now))
        act.keep(new)
        return act.disclose(new)


async def answer(begin: Begin, id: UUID, *, seen: Tag, answer: ReferralState) -> View[Referral]:
    """They took it on, or did not; or he takes his yes back."""
    async with begin(Verb.ANSWER_REFERRAL) as act:
        was = await act.fetch(Referral, id, seen=seen)
        require(may_move(act, was))
        to = move(REFERRAL_MOVES, was.state, answer)
        now = with_(was, state=to, answered_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)
