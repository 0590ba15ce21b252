"""How the demonstration's supporters came: a vacancy that is over and one that is open in each live scheme, what was
applied for them, what the panels gave, who waits, what the rules found, security's word; and who is suspended or was
removed. Drawn from a hat of its own, so that all else stays as it was."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from api.demonstration.careers import Career
from api.demonstration.hat import Hat
from api.demonstration.knowing import known
from api.identity.demonstration import ISSUER
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record
from domain.kernel.days import months_after
from domain.kernel.ids import ActorId, ApplicationId, AssessmentId, ClearanceId, PanelScoreId, SuspensionId, VacancyId
from domain.kernel.prison import PrisonFacts
from domain.oversight.record import Actor
from domain.schemes.kinds import kind_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.supporters.record import APPLYING, TAKEN_ON, LeavingReason, Standing, Supporter, Verdict
from domain.supporters.recruiting import application, assessing, clearing
from domain.supporters.recruiting.application import Application, DeferralReason, HelpedBy, StaffReason
from domain.supporters.recruiting.assessing import Assessment, OverrideReason
from domain.supporters.recruiting.clearing import Clearance, ClearanceOutcome
from domain.supporters.recruiting.consent import CONSENT
from domain.supporters.recruiting.panel import PanelScore, Side
from domain.supporters.recruiting.questions import catalogue
from domain.supporters.recruiting.rules import ENGINE, evaluate
from domain.supporters.recruiting.vacancies import Vacancy, VacancyState
from domain.supporters.suspension import (
    TO_REVIEW,
    Category,
    DecisionReason,
    Disclosed,
    ReviewFinding,
    Suspension,
    SuspensionState,
    Word,
)

_S = Standing
_BEGAN: Final = timedelta(days=150)
_SCORED: Final = (_S.WAITING, _S.ACCEPTED, _S.IN_TRAINING, _S.PROBATION, _S.TRAINING_FAILED)
_ASSESSED: Final = (_S.WAITING, _S.ACCEPTED, _S.IN_TRAINING)
_KEPT: Final = (*APPLYING, *_SCORED, _S.REJECTED)
"""Of whom an application is kept: those before came before it was."""


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides on applications to one scheme. None of them signs in here, but for coordinator and governor."""

    coordinator: ActorId
    governor: ActorId
    security: Actor
    safer: Actor
    partner: Actor


def recruited(
    hat: Hat, scheme: Scheme, careers: Sequence[Career], coordinator: ActorId, governor: ActorId
) -> Iterator[Record]:
    """All of it, of one scheme."""
    own = dataclasses.replace(hat, chance=Random(f"{scheme.prison} {scheme.kind}"))  # noqa: S311  (made-up people)
    by = Deciders(coordinator, governor, *(_somebody(own, scheme, side) for side in ("security", "safer", "partner")))
    yield from (by.security, by.safer, by.partner)
    there = [c for c in careers if c.supporter.scheme == scheme.id]
    over, open_now = _vacancies(own, scheme, [c.supporter for c in there], by)
    yield from (over, open_now)
    facts = known(own.today)
    for career in there:
        one, of = career.supporter, kind_of(scheme.kind)
        if one.standing in _KEPT:
            yield from _applied(own, one, of, open_now if one.standing is _S.APPLIED else over, by)
        if one.standing in _ASSESSED or (one.standing is _S.APPLIED and own.likely(0.5)):
            yield _assessed(own, one, of, facts[career.person.identifier], by)
        yield from _said_by_security(own, one, of, by)
        yield from _suspended(own, one, by)


def _somebody(hat: Hat, scheme: Scheme, side: str) -> Actor:
    kind = PrincipalKind.PARTNER if side == "partner" else PrincipalKind.STAFF
    subject = f"{side}-{scheme.kind}-{scheme.prison}".lower().replace("_", "-")
    return Actor(id=ActorId(hat.ids()), issuer=ISSUER, subject=subject, kind=kind)


def _of(record: Scheme | Supporter) -> dict[str, Any]:
    scheme = record.scheme if isinstance(record, Supporter) else record.id
    place = {name: getattr(record, name) for name in ("jurisdiction", "prison", "organisation")}
    return {"scheme": scheme, **place}


def _whose(one: Supporter) -> dict[str, Any]:
    return {**_of(one), "supporter": one.id, "person": one.person}


def _vacancies(hat: Hat, scheme: Scheme, there: Sequence[Supporter], by: Deciders) -> tuple[Vacancy, Vacancy]:
    kind = kind_of(scheme.kind)
    taken = sum(s.standing in TAKEN_ON and _answers(hat, s) for s in there if s.active_from is None)
    given: dict[str, Any] = {
        **_of(scheme),
        "kind": kind.code,
        "adverts": tuple(_adverts(scheme)),
        "questions": catalogue(kind),
        "written_by": by.coordinator,
    }
    over = Vacancy(
        id=VacancyId(hat.ids()),
        **given,
        state=VacancyState.CLOSED,
        places=taken + 1,
        filled=taken,
        closes_on=hat.today - timedelta(days=62),
        waiting_list=True,
        in_force_from=_at(hat, hat.today - _BEGAN),
    )
    open_now = Vacancy(
        id=VacancyId(hat.ids()),
        **given,
        state=VacancyState.PUBLISHED,
        places=3,
        closes_on=hat.today + timedelta(days=21),
        in_force_from=_at(hat, hat.today - timedelta(days=45)),
    )
    return over, open_now


def _adverts(scheme: Scheme) -> Iterator[dict[str, Any]]:
    for language, easy, title, words in (
        ("en", False, scheme.name, "We look for people to help others here. Training is given. Apply by the date."),
        ("en", True, scheme.name, "You can help other people here. We train you. Ask any officer how to apply."),
        ("cy", False, scheme.name, "Rydym yn chwilio am bobl i helpu eraill yma. Rhoddir hyfforddiant."),
    ):
        yield {"language": language, "easyRead": easy, "title": title, "words": words}


def _at(hat: Hat, day: date) -> datetime:
    return hat.at(day, time(9))


def _answers(hat: Hat, one: Supporter) -> bool:
    """He applied while a vacancy was told of."""
    return one.applied_on >= hat.today - _BEGAN


def _applied(hat: Hat, one: Supporter, kind: Kind, vacancy: Vacancy, by: Deciders) -> Iterator[Record]:
    answers = vacancy if _answers(hat, one) else None
    helped = hat.chance.choice(list(HelpedBy)) if hat.likely(0.3) else None
    scores: list[PanelScore] = []
    if answers is not None and (one.standing in _SCORED or (one.standing is _S.APPLIED and hat.likely(0.5))):
        second = (by.partner.id, Side.PARTNER) if kind.partner_certifies else (by.safer.id, Side.PRISON)
        scores = [_score(hat, one, answers, *who) for who in ((by.coordinator, Side.PRISON), second)]
    yield from scores
    kept = Application(
        id=ApplicationId(hat.ids()),
        **_whose(one),
        vacancy=None if answers is None else answers.id,
        applied_on=one.applied_on,
        consent_text=CONSENT,
        entered_by=None if helped is None else by.coordinator,
        helped_by=helped,
        panel=len(scores),
        panel_of_partner=sum(s.side is Side.PARTNER for s in scores),
        **(application.scored([s.scores for s in scores]) if scores else {}),
        **_decided(hat, one, by),
    )
    waits = one.standing is _S.WAITING
    yield dataclasses.replace(kept, waiting=True, turn=application.turn_of(kept)) if waits else kept


def _score(hat: Hat, one: Supporter, vacancy: Vacancy, author: ActorId, side: Side) -> PanelScore:
    return PanelScore(
        id=PanelScoreId(hat.ids()),
        **_whose(one),
        author=author,
        side=side,
        scores=tuple({"question": code, "mark": hat.chance.randint(1, 4)} for code in vacancy.codes()),
        given_on=min(one.applied_on + hat.days(3, 10), hat.today),
    )


def _decided(hat: Hat, one: Supporter, by: Deciders) -> dict[str, Any]:
    if one.standing is _S.DEFERRED:
        return {"deferred_for": DeferralReason.NEXT_COURSE, "review_on": hat.today + timedelta(days=30)}
    sides = ((one.prison_verdict, by.coordinator), (one.partner_verdict, by.partner.id))
    who = tuple(actor for verdict, actor in sides if verdict is not None)
    if not who:
        return {}
    reason = hat.chance.choice(list(StaffReason)) if Verdict.NO in (one.prison_verdict, one.partner_verdict) else None
    usual = min(one.applied_on + hat.days(11, 20), hat.today)
    decided = one.left_on or usual if one.standing is _S.REJECTED else usual
    return {"decided_by": who, "decided_on": decided, "staff_reason": reason}


def _assessed(hat: Hat, one: Supporter, kind: Kind, facts: PrisonFacts, by: Deciders) -> Assessment:
    """Found by the rules themselves. Whoever was taken on over one of them was so by two words."""
    on = hat.today - hat.days(1, 20)
    found = evaluate(kind.eligibility, facts, cleared=True, today=on)
    made = Assessment(
        id=AssessmentId(hat.ids()),
        **_whose(one),
        kind=kind.code,
        rule_version=f"{one.jurisdiction}-{ENGINE}",
        made_at=_at(hat, on),
        made_by=by.coordinator,
        valid_until=on + assessing.VALID,
        source_known=True,
        results=tuple(map(assessing.plain, found)),
        snapshot=assessing.snapshot(found),
    )
    if one.standing not in TAKEN_ON:
        return made
    lifted = tuple(_lifted(each, by) for each in assessing.blocking(made))
    return dataclasses.replace(made, overrides=lifted)


def _lifted(result: Mapping[str, Any], by: Deciders) -> dict[str, Any]:
    words = {"askedBy": str(by.coordinator), "approvedBy": str(by.safer.id)}
    return {"rule": result["rule"], "reason": OverrideReason.SUPPORTED_BY_REVIEW.value, **words}


def _said_by_security(hat: Hat, one: Supporter, kind: Kind, by: Deciders) -> Iterator[Clearance]:
    moved = one.left_for is LeavingReason.TRANSFERRED
    if one.standing not in TAKEN_ON and not moved and not (one.standing in APPLYING and hat.likely(0.5)):
        return
    last = one.left_on or hat.today
    on = max(one.applied_on, last - hat.days(3, 330))
    yield Clearance(
        id=ClearanceId(hat.ids()),
        **_whose(one),
        outcome=ClearanceOutcome.CLEARED,
        decided_on=on,
        expires_on=months_after(on, clearing.months(kind)),
        decided_by=by.security.id,
        lapsed_on=one.left_on,
    )


def _suspended(hat: Hat, one: Supporter, by: Deciders) -> Iterator[Suspension]:
    if one.standing not in (_S.SUSPENDED, _S.REMOVED):
        return
    gone = one.left_on
    on = hat.today - timedelta(days=3) if gone is None else gone - timedelta(days=12)
    suspension = Suspension(
        id=SuspensionId(hat.ids()),
        **_whose(one),
        category=Category.ALLEGATION,
        disclosed_reason=Disclosed.GENERAL_REVIEW,
        stood=_S.ACTIVE,
        suspended_on=on,
        review_due_on=on + TO_REVIEW,
        suspended_by=by.coordinator,
    )
    if gone is None:
        yield suspension
        return
    yield dataclasses.replace(
        suspension,
        state=SuspensionState.REMOVED,
        reviewed_on=on + timedelta(days=5),
        finding=ReviewFinding.CONCERN_CONFIRMED,
        reviewed_by=by.safer.id,
        prison_word=Word.REMOVE,
        prison_decided_by=by.governor,
        partner_word=Word.REMOVE,
        partner_decided_by=by.partner.id,
        decided_on=gone,
        decision_reason=DecisionReason.THE_AGREEMENT_WAS_BROKEN,
    )
