"""The plans that stand in the store before a test begins: in each prison a charter in each state, a comment, objectives
and findings. Of each scheme one version holds or one is on its way, as the tables have it."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.kernel.words import JURISDICTIONS
from domain.schemes.charter import (
    Advertising,
    Charter,
    CharterState,
    Ending,
    EvaluationDesign,
    Lasting,
    StakeholderGroup,
)
from domain.schemes.comments import CharterComment
from domain.schemes.finding import Finding, FindingSource, FindingState
from domain.schemes.kinds import INSIDERS, KINDS, LISTENERS, SHANNON_TRUST
from domain.schemes.measures import MEASURES
from domain.schemes.needs import EvidenceSource, SupportOutcome, TargetNeed
from domain.schemes.objective import FigureSource, Objective, told_outside
from domain.schemes.questions import Section
from domain.schemes.record import Scheme
from tests.http.cast import START, actor

_TODAY = START.date()
_LONG_AGO = START - timedelta(days=150)

NEEDS: dict[str, tuple[TargetNeed, SupportOutcome]] = {
    LISTENERS.code: (TargetNeed.DISTRESS, SupportOutcome.HEARD_WHEN_IN_DISTRESS),
    INSIDERS.code: (TargetNeed.FIRST_DAYS, SupportOutcome.SETTLED_IN_THE_FIRST_DAYS),
    SHANNON_TRUST.code: (TargetNeed.READING, SupportOutcome.READS_BETTER),
}
"""What a scheme of each kind is for, in these plans."""


def plan(kind: str, **more: Any) -> dict[str, Any]:
    """A plan in which every question is answered, by the names of a record's fields."""
    need, outcome = NEEDS[kind]
    model = KINDS[kind]
    whole: dict[str, Any] = {
        "purpose": model.purpose,
        "permitted_tasks": model.permitted_tasks,
        "prohibited_tasks": model.prohibited_tasks,
        "why_needed": "Three in ten told the survey that they had nobody to turn to.",
        "meant_to_do": "Reach everybody in the group within a day.",
        "target_group": "Everybody who asks, on every wing.",
        "needs": (need,),
        "needs_evidence": "Survey of March, 212 answers.",
        "evidence_sources": (EvidenceSource.NEEDS_SURVEY,),
        "outcomes": (outcome,),
        "support_lasts": Lasting.AS_LONG_AS_NEEDED,
        "endings": (Ending.NO_LONGER_NEEDED, Ending.OWN_WISH),
        "when_available": "Every day, in association and after lock-up.",
        "places": ("Wing interview room",),
        "how_to_ask": "Ask any officer, or put a slip in the box.",
        "passed_on": "Nothing leaves the room but a risk to a child.",
        "staff_hours_a_week": 6,
        "unlock_minutes_a_week": 240,
        "rooms": ("Chapel vestry",),
        "materials": "Posters in four languages.",
        "money_minor_units_a_year": 0,
        "recruiting": "An advert on every wing, the same questions to all.",
        "advertised_by": (Advertising.NOTICE_ON_EVERY_WING,),
        "training": "Six mornings with the partner.",
        "training_modules": model.modules,
        "practice_contacts": 3,
        "supporting": "A debrief after every shift.",
        "supporters_seen_every_days": 14,
        "paying": "As any wing job.",
        "paid": False,
        "stakeholders": (StakeholderGroup.GOVERNORS, StakeholderGroup.CURRENT_SUPPORTERS),
        "engaging": "A standing item of the safer prisons meeting.",
        "knowing": "By the two objectives, each quarter.",
        "evaluation_design": EvaluationDesign.BEFORE_AND_AFTER,
        "analysis_on": _TODAY + timedelta(days=365),
        "growing": "Two wings first, then one more a month.",
        "probation_weeks": 4,
        "supervising": "The coordinator meets the partner monthly.",
        "staff_seen_every_days": 30,
        "contingency": "Samaritans by phone when no supporter can come.",
        "maintaining": "Communication is checked on the first Monday.",
        "involving": "Supporters bring two items to each meeting.",
        "watching": "A pulse of staff and wing each quarter.",
        "review_on": _TODAY + timedelta(days=300),
    }
    return {**whole, **more}


def records(place: Any) -> Iterator[Record]:
    """All of them, of one prison; and a scheme that has no plan yet."""
    yield Scheme(
        id=place.id("scheme:planned"),
        scheme=place.id("scheme:planned"),
        kind=INSIDERS.code,
        name=f"Insiders of the new wing at {place.prison}",
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        organisation=INSIDERS.partner,
        closed=INSIDERS.policy.closed,
        support_types=INSIDERS.support_types,
        stage_of_sentence=INSIDERS.stage_of_sentence,
        purpose=INSIDERS.purpose,
        supporters_wanted=4,
        pilot_limit=4,
    )
    yield from charters(place)
    yield from besides(place)


def charter(place: Any, name: str, of: str, kind: str, **more: Any) -> Charter:
    """A version of that scheme's plan: blank, unless told otherwise."""
    given: dict[str, Any] = {"number": 1, "written_by": (actor("coordinator"),), **more}
    return Charter(
        id=place.id(name),
        scheme=place.id(of),
        kind=kind,
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        organisation=KINDS[kind].partner,
        **given,
    )


def charters(place: Any) -> Iterator[Charter]:
    """In force, drafted anew, blank, submitted, and signed by all."""
    insiders = plan(INSIDERS.code, objectives=(place.id("objective"),))
    in_force: dict[str, Any] = {"state": CharterState.PUBLISHED, "in_force_from": _LONG_AGO}
    submitted: dict[str, Any] = {"state": CharterState.SUBMITTED, "submitted_at": START - timedelta(days=1)}
    yield charter(place, "charter:insiders", "scheme:insiders", INSIDERS.code, **insiders, **in_force)
    yield charter(place, "charter:ready", "scheme:insiders", INSIDERS.code, **{**insiders, "number": 2})
    draft = plan(INSIDERS.code, purpose="To meet those who are held apart.")
    yield charter(place, "charter:of-draft", "scheme:draft", INSIDERS.code, **draft, **in_force)
    yield charter(place, "charter:draft", "scheme:draft", INSIDERS.code, number=2)
    yield charter(place, "charter:submitted", "scheme:suspended", INSIDERS.code, **insiders, **submitted)
    reading = plan(SHANNON_TRUST.code, objectives=(place.id("objective:shannon"),))
    yield charter(
        place,
        "charter:shannon:old",
        "scheme:shannon",
        SHANNON_TRUST.code,
        **plan(SHANNON_TRUST.code, purpose="To teach reading."),
        state=CharterState.SUPERSEDED,
        in_force_from=_LONG_AGO - timedelta(days=400),
        in_force_until=_LONG_AGO,
    )
    yield charter(place, "charter:shannon", "scheme:shannon", SHANNON_TRUST.code, **reading, **in_force, number=2)
    signed = {f"signed_by_{who}": actor(f"signer:{who}") for who in ("safer_custody", "governor", "partner")}
    yield charter(
        place, "charter:signed", "scheme:shannon", SHANNON_TRUST.code, **reading, **submitted, **signed, number=3
    )
    if "OFFERS" in JURISDICTIONS[place.jurisdiction].has:
        yield charter(
            place, "charter:listeners", "scheme:listeners", LISTENERS.code, **plan(LISTENERS.code), **in_force
        )


def objective(place: Any, name: str, of: str, kind: str, measure: str, **more: Any) -> Objective:
    """An objective that is SMART, and under way for ten weeks of its eight."""
    need, _ = NEEDS[kind]
    given: dict[str, Any] = {
        "baseline": 40,
        "baseline_source": FigureSource.SCHEME_RECORDS,
        "target": 80,
        "starts_on": _TODAY - timedelta(weeks=10),
        "due_on": _TODAY + timedelta(weeks=20),
        "running_weeks": 8,
    }
    made = Objective(
        id=place.id(name),
        scheme=place.id(of),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        organisation=KINDS[kind].partner,
        title="From four in ten to eight in ten",
        measure=measure,
        direction=MEASURES[measure].better,
        for_whom="Everybody who asks",
        need=need,
        achievable="Leeds went from four to nine in a year.",
        set_by=actor("coordinator"),
        **{**given, **more},
    )
    return told_outside(made)


def besides(place: Any) -> Iterator[Record]:
    """A comment, objectives and findings."""
    at = {"jurisdiction": place.jurisdiction, "prison": place.prison}
    insiders = {**at, "scheme": place.id("scheme:insiders"), "organisation": INSIDERS.partner}
    yield CharterComment(
        id=place.id("charter-comment"),
        **{**insiders, "scheme": place.id("scheme:suspended")},
        charter=place.id("charter:submitted"),
        section=Section.WHY,
        words="Which survey is that?",
        made_by=actor("governor"),
        made_as=Role.GOVERNOR,
        made_at=START - timedelta(hours=2),
    )
    yield objective(place, "objective", "scheme:insiders", INSIDERS.code, "NEW_ARRIVALS_MET_IN_24_HOURS")
    for named in ("objective:shannon", "objective:free"):  # no plan names the second one yet
        yield objective(place, named, "scheme:shannon", SHANNON_TRUST.code, "SESSIONS_DELIVERED")
    found = Finding(
        id=place.id("finding"),
        **insiders,
        source=FindingSource.INSPECTION,
        design=EvaluationDesign.INSPECTION,
        found="People who arrived after six were met a day late.",
        recommendation="Roster one supporter for late arrivals.",
        found_on=_TODAY - timedelta(days=120),
        answer_by=_TODAY - timedelta(days=30),
        recorded_by=actor("inspector"),
    )
    yield found
    yield dataclasses.replace(
        found,
        id=place.id("finding:answered"),
        state=FindingState.ANSWERED,
        answered_by=place.id("charter:insiders"),
        answered_in=1,
        answered_on=_LONG_AGO.date(),
    )
