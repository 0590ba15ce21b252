"""The demonstration's plans: the Listeners have a published charter, and two objectives of which they can be judged by
one already; so have, with an objective each, the draft that waits for its yes and the pilot that waits to go live.
Nothing is drawn from the hat, so that all else stays as it was."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from api.demonstration.hat import Hat
from domain.confidentiality.record import Record
from domain.kernel.ids import CharterId, ObjectiveId
from domain.oversight.record import Actor
from domain.schemes.charter import (
    Advertising,
    Charter,
    CharterState,
    Ending,
    EvaluationDesign,
    Lasting,
    StakeholderGroup,
)
from domain.schemes.kinds import INSIDERS, LISTENERS, SHANNON_TRUST, kind_of
from domain.schemes.measures import MEASURES, period
from domain.schemes.needs import EvidenceSource, SupportOutcome, TargetNeed
from domain.schemes.objective import FigureSource, Objective, told_outside
from domain.schemes.record import Scheme

_PLAN: Final[Mapping[str, Any]] = {
    "why_needed": "In last year's survey three in ten said that they had nobody to turn to when they could not cope.",
    "meant_to_do": "Whoever asks reaches a Listener: within an hour by day, within an hour and a half at night.",
    "needs": (TargetNeed.DISTRESS, TargetNeed.LONELINESS),
    "needs_evidence": "Survey of all wings, 412 answers; self-harm by hour and wing; what Listeners say of demand.",
    "evidence_sources": (EvidenceSource.NEEDS_SURVEY, EvidenceSource.SELF_HARM_DATA),
    "outcomes": (SupportOutcome.HEARD_WHEN_IN_DISTRESS, SupportOutcome.LESS_ISOLATED),
    "support_lasts": Lasting.AS_LONG_AS_NEEDED,
    "endings": (Ending.OWN_WISH, Ending.NO_LONGER_NEEDED),
    "when_available": "At every hour of every day. At night the orderly officer unlocks.",
    "staff_hours_a_week": 8,
    "unlock_minutes_a_week": 600,
    "rooms": ("Listener suite, A wing", "Quiet room by the chapel"),
    "materials": "Posters and cards in the languages of the prison; a phone to Samaritans in each suite.",
    "money_minor_units_a_year": 180_000,
    "recruiting": "Advertised on every wing; the same questions to all; the prison and Samaritans each decide.",
    "advertised_by": (Advertising.NOTICE_ON_EVERY_WING, Advertising.PRISON_RADIO, Advertising.INDUCTION),
    "weeks_left_at_least": 26,
    "training": "Samaritans' own course, assessed by Samaritans; a refresher every three years.",
    "practice_contacts": 3,
    "supporting": "Everybody who was on the rota is offered a debrief the next day, called or not.",
    "supporters_seen_every_days": 14,
    "paying": "Not paid, and no benefit: that is Samaritans' principle. Hours of training count as education.",
    "paid": False,
    "stakeholders": (
        StakeholderGroup.GOVERNORS,
        StakeholderGroup.WING_STAFF,
        StakeholderGroup.CURRENT_SUPPORTERS,
        StakeholderGroup.PARTNER,
        StakeholderGroup.SAFER_CUSTODY,
    ),
    "engaging": "A standing item of the monthly safer prisons meeting, with a Listener and Samaritans at the table.",
    "knowing": "By the two objectives, by what people say when asked, and by the nights with no record.",
    "evaluation_design": EvaluationDesign.COMPARED_WITH_ANOTHER_PERIOD,
    "growing": "From two to twelve on the rota, no faster than Samaritans can supervise.",
    "probation_weeks": 4,
    "supervising": "Samaritans meet the Listeners each fortnight; the coordinator meets the wing staff each month.",
    "staff_seen_every_days": 30,
    "contingency": "Where no Listener can come: Samaritans by phone from the cell, and the chaplain is told.",
    "maintaining": "First Monday of the month: phones, suites, posters, rota, who is leaving within ninety days.",
    "involving": "Listeners bring two items to each meeting and are told what became of the last two.",
    "watching": "A pulse of staff and wings each quarter; who asks what of Listeners; every breach is reviewed.",
}

_OTHERWISE: Final[Mapping[str, Mapping[str, Any]]] = {
    INSIDERS.code: {
        "why_needed": "Who is held apart meets no Insider: nine in ten there did not know how to ask for a Listener.",
        "meant_to_do": "Whoever is moved to H wing is met by somebody who has been there, on the day.",
        "needs": (TargetNeed.FIRST_DAYS,),
        "needs_evidence": "Thirty-one conversations on H wing in the spring.",
        "evidence_sources": (EvidenceSource.ASKED_PEOPLE_IN_PRISON,),
        "outcomes": (SupportOutcome.SETTLED_IN_THE_FIRST_DAYS,),
        "endings": (Ending.OWN_WISH, Ending.NO_LONGER_NEEDED),
        "when_available": "Each afternoon, and in the evening when somebody is moved late.",
        "unlock_minutes_a_week": 210,
        "rooms": ("H wing, interview room",),
        "materials": "The booklet for new arrivals, in the languages of the prison.",
        "money_minor_units_a_year": 30_000,
        "recruiting": "Two Insiders who were held apart themselves; the same questions to both.",
        "training": "The Insiders' course, and a morning with the staff of H wing.",
        "supporting": "A talk with the coordinator after each week.",
        "paying": "As any wing job.",
        "paid": True,
        "knowing": "By the objective, and by what people say in their second week.",
        "growing": "Two first; four once the staff of H wing say that it can be unlocked for.",
        "supervising": "The coordinator meets the two each fortnight, and the staff of H wing each month.",
        "contingency": "Where no Insider can come: an officer of H wing gives the booklet and says the same things.",
        "maintaining": "First Monday of the month: booklets, the room, who is leaving within ninety days.",
        "involving": "The two bring what they hear to the induction meeting, and are told what became of it.",
    },
    SHANNON_TRUST.code: {
        "why_needed": "One in four in the workshops cannot work out a pay slip, and asks nobody.",
        "meant_to_do": "Whoever wants to learn numbers sits with a mentor twice a week, where he works.",
        "needs": (TargetNeed.NUMBERS,),
        "needs_evidence": "Education's first assessments of last year, and what instructors say.",
        "evidence_sources": (EvidenceSource.SCREENING, EvidenceSource.STAFF_EXPERIENCE),
        "outcomes": (SupportOutcome.COUNTS_BETTER,),
        "support_lasts": Lasting.UNTIL_GOAL,
        "endings": (Ending.GOAL_MET, Ending.OWN_WISH, Ending.RELEASED),
        "when_available": "In the workshops, twenty minutes in each session of work.",
        "unlock_minutes_a_week": 0,
        "rooms": ("Workshop 2, quiet room",),
        "materials": "Count Me In, forty sets.",
        "money_minor_units_a_year": 40_000,
        "recruiting": "A notice in each workshop; the prison and Shannon Trust each decide.",
        "training": "Shannon Trust's own course, certified by Shannon Trust.",
        "supporting": "A talk with the facilitator each month, and whenever a mentor asks for one.",
        "paying": "As the work in the workshop that it stands for.",
        "paid": True,
        "knowing": "By the objective, each quarter.",
        "growing": "Two mentors in one workshop; six in three once it has gone well for four weeks.",
        "supervising": "Shannon Trust's volunteer comes each fortnight.",
        "contingency": "Where no mentor is there: education lends a tutor for the day.",
        "maintaining": "First Monday of the month: sets, the room, who is leaving within ninety days.",
        "involving": "Mentors bring two items to each meeting and are told what became of the last two.",
    },
}
"""Where the plan of another kind says otherwise."""
_GOALS: Final = {
    INSIDERS.code: ("NEW_ARRIVALS_MET_IN_24_HOURS", "All who are held apart are met within a day", (20, 90)),
    SHANNON_TRUST.code: ("SESSIONS_DELIVERED", "Four in five sessions take place", (40, 80)),
}
_PARTNERS: Final = {LISTENERS.partner: "samaritans", SHANNON_TRUST.partner: "facilitator"}


def plan_of(hat: Hat, scheme: Scheme, actors: Mapping[str, Actor]) -> list[Record]:
    """The charter that holds, and its objectives."""
    begun = hat.today - timedelta(weeks=40)
    objectives = [
        _objective(
            hat,
            scheme,
            "REACHED_IN_TARGET_AT_NIGHT",
            "Nine in ten reach a Listener in time at night",
            (61, 90),
            (begun, 52, 26),
            ((begun + timedelta(weeks=27), 74), (begun + timedelta(weeks=35), 84)),
        ),
        _objective(
            hat,
            scheme,
            "KNOW_HOW_TO_ASK",
            "All know how to ask",
            (55, 85),
            (hat.today - timedelta(weeks=6), 52, 13),
            (),
        ),
    ]
    return [_charter(hat, scheme, actors, objectives, begun, "coordinator-listeners"), *objectives]


def new_plan_of(hat: Hat, scheme: Scheme, actors: Mapping[str, Actor]) -> list[Record]:
    """The same of a scheme that has not gone live yet: its objective is under way since it opened, or will be."""
    begun = scheme.opened_on or hat.today + timedelta(weeks=5)
    measure, title, values = _GOALS[scheme.kind]
    need = _OTHERWISE[scheme.kind]["needs"][0]
    objective = _objective(hat, scheme, measure, title, values, (begun, 52, 13), (), need)
    signed_on = min(begun, hat.today) - timedelta(weeks=2)
    return [_charter(hat, scheme, actors, [objective], signed_on, "coordinator-insiders"), objective]


def _charter(
    hat: Hat, scheme: Scheme, actors: Mapping[str, Actor], objectives: Sequence[Objective], since: date, author: str
) -> Charter:
    kind = kind_of(scheme.kind)
    partner = _PARTNERS.get(scheme.organisation)
    return Charter(
        id=CharterId(hat.ids()),
        scheme=scheme.id,
        kind=scheme.kind,
        jurisdiction=scheme.jurisdiction,
        prison=scheme.prison,
        organisation=scheme.organisation,
        number=1,
        state=CharterState.PUBLISHED,
        in_force_from=datetime.combine(since, time(12), UTC),
        submitted_at=datetime.combine(since - timedelta(days=9), time(12), UTC),
        purpose=scheme.purpose,
        permitted_tasks=kind.permitted_tasks,
        prohibited_tasks=kind.prohibited_tasks,
        target_group=scheme.target_group,
        places=scheme.places,
        how_to_ask=scheme.how_to_ask,
        passed_on=kind.policy.told_to_newcomers,
        training_modules=kind.modules,
        objectives=tuple(o.id for o in objectives),
        analysis_on=since + timedelta(weeks=52),
        review_on=scheme.review_on,
        written_by=(actors[author].id,),
        signed_by_safer_custody=actors["safer-custody"].id,
        signed_by_governor=actors["governor"].id,
        signed_by_partner=None if partner is None else actors[partner].id,
        **{**_PLAN, **_OTHERWISE.get(scheme.kind, {})},
    )


def _objective(
    hat: Hat,
    scheme: Scheme,
    measure: str,
    title: str,
    values: tuple[int, int],
    times: Any,
    points: Any,
    need: TargetNeed = TargetNeed.DISTRESS,
) -> Objective:
    baseline, target = values
    starts_on, weeks, running_weeks = times
    objective = Objective(
        id=ObjectiveId(hat.ids()),
        scheme=scheme.id,
        jurisdiction=scheme.jurisdiction,
        prison=scheme.prison,
        organisation=scheme.organisation,
        title=title,
        measure=measure,
        direction=MEASURES[measure].better,
        for_whom=scheme.target_group,
        need=need,
        baseline=baseline,
        baseline_source=FigureSource.SCHEME_RECORDS,
        target=target,
        achievable="Another prison of this size got there within a year, with as many on the rota.",
        starts_on=starts_on,
        due_on=starts_on + timedelta(weeks=weeks),
        running_weeks=running_weeks,
        measured_on=tuple(period(MEASURES[measure].grain, on)[0] for on, _ in points),
        measured=tuple(value for _, value in points),
        measured_from=(FigureSource.SCHEME_RECORDS,) * len(points),
    )
    return told_outside(objective)
