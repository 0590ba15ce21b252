"""What is given to a supporter of records in which another is helped, and of his duty; and the kinds of which nothing
is given, with the reason.

Of what another came for, said, learned or owes there is nothing here, nor his wing; only what the supporter did
himself, and when. Of whom he was asked to come to there is nothing either (rule 21).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.care.pattern import RotaLine
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.record import Record
from domain.feedback.record import Feedback
from domain.oversight.record import Assignment
from domain.sessions.follow_ups import FollowUp, FollowUpBy
from domain.sessions.record import Enrolment, Induction, Session
from domain.sessions.support import SupportRecord
from domain.subject_access.told import Given, Shown, Why, leaves
from domain.training.cohorts import Cohort

HELPING: Final[Mapping[type[Record], Given]] = MappingProxyType(
    {
        Enrolment: Given(
            title="People whom you help",
            by="supporter_person",
            on="mentor_since",
            gives=("mentor_since",),
            leaves=leaves(
                another="person name wing state goal needs stage_of_sentence programme manual page manuals_passed"
                " checks_passed sessions_a_week enrolled_on reviewed_on reviewed_as review_due_on ended_on ended_for"
                " shared carries_on carried_on earlier_supporters earlier_since earlier_until earlier_for",
                elsewhere="supporter supporter_person",
            ),
            closed=Shown.COUNTED,
        ),
        Session: Given(
            title="Sessions that you gave",
            by="supporter_person",
            on="starts_at",
            gives=("starts_at", "ends_at", "state", "called_off", "minutes", "marks"),
            leaves=leaves(
                ours="words_gone_on",
                another="enrolment person wing not_delivered manual page note",
                elsewhere="supporter supporter_person",
            ),
            closed=Shown.COUNTED,
        ),
        SupportRecord: Given(
            title="Help that you gave",
            by="supporter_person",
            on="held_on",
            gives=("held_on", "minutes", "state", "returned_for", "marks"),
            leaves=leaves(
                ours="corrects corrected_by words_gone_on",
                another="enrolment person name wing issue advice tasks_done documents referred_to referral appointment"
                " kept relapse_support outcome concern_told_to_staff note",
                elsewhere="supporter supporter_person",
                by_whom="author amended_by approved_by",
            ),
            closed=Shown.COUNTED,
        ),
        Induction: Given(
            title="New arrivals whom you met",
            by="supporter_person",
            on="seen_at",
            gives=("seen_at", "checklist", "not_gone_through", "told_policy", "marks"),
            leaves=leaves(
                another="person name wing arrived_at minutes_after_arrival language concern_told_to_staff follow_up_on",
                elsewhere="supporter supporter_person",
                by_whom="author",
            ),
            closed=Shown.COUNTED,
        ),
        FollowUp: Given(
            title="What you were to see to",
            by="supporter_person",
            on="due_on",
            gives=("due_on", "done_on"),
            leaves=leaves(ours="which", another="person wing what whose outcome", elsewhere="supporter_person"),
            closed=Shown.COUNTED,
            which=lambda record, _today: record.whose is FollowUpBy.SUPPORTER,
        ),
    }
)
"""By the field that holds the supporter as a person. What else holds one so (aims, appointments) is the other's alone:
`OF_THE_OTHER`."""
OF_THE_OTHER: Final = frozenset({"enrolment-goal", "appointment"})
"""Kinds that name a supporter beside whoever is helped, and of which all is the other's."""

BY_SUPPORTER: Final[Mapping[type[Record], Given]] = MappingProxyType(
    {
        RosterEntry: Given(
            title="Your duty on the rota",
            by="supporter",
            on="day",
            gives=("name", "day", "band", "wing", "state", "load", "overridden_for"),
            staff=("written_by", "approved_by"),
            leaves=leaves(ours="slot in_force_from in_force_until", elsewhere="supporter listed"),
            closed=Shown.COUNTED,
            counts=lambda record: record.state is RosterState.PUBLISHED,
        ),
        RotaLine: Given(
            title="Your usual days on the rota",
            by="supporter",
            on=None,
            gives=("weekday", "band", "wing", "ended_on"),
            leaves=leaves(elsewhere="supporter"),
            closed=Shown.NOT,
        ),
    }
)
"""By his id as a supporter."""
COURSES: Final = Given(
    title="Courses that you joined",
    by="members",
    on="starts_on",
    gives=("starts_on", "ends_on"),
    staff=("trainer",),
    leaves=leaves(ours="places", another="members"),
    closed=Shown.BY_THE_MONTH,
)
"""Of `Cohort`, which is looked through scheme by scheme: nobody is found in a list by his id."""
SIGNED: Final = Given(
    title="Feedback that you signed",
    by="author",
    on="week_of",
    gives=("voice", "rating", "themes", "would_again", "words", "words_gone_on", "week_of", "helped_to_answer"),
    leaves=leaves(sealed="by_code", elsewhere="author"),
)
"""Of `Feedback`: what he chose to sign, under an open policy. What is not signed is nobody's."""
HELD: Final = Given(
    title="Roles that you hold in this service",
    by="subject",
    on="starts_on",
    gives=("role", "organisation", "starts_on", "ends_on", "ended_at", "last_used_on"),
    leaves=leaves(
        ours="holder issuer principal_kind visit_days proposer_organisation needs_second",
        elsewhere="subject",
        by_whom="proposed_by confirmed_by",
    ),
    closed=Shown.BY_THE_MONTH,
)
"""Of `Assignment`: of somebody in custody a peer coordinator's."""
OTHERS: Final = {Cohort: COURSES, Feedback: SIGNED, Assignment: HELD}
"""What is found otherwise than by a field that holds him."""

NOTHING_OF: Final[Mapping[str, Why]] = MappingProxyType(
    {
        "clearance": Why.SECURITY,
        "movement-review": Why.SECURITY,
        "person-merge": Why.ELSEWHERE,
        "incident": Why.IN_CONFIDENCE,
        "complaint": Why.IN_CONFIDENCE,
        "concern": Why.IN_CONFIDENCE,
        "escalation": Why.IN_CONFIDENCE,
        "job": Why.AFTER_DEATH,
        "envelope": Why.SEALED,
        "envelope-hold": Why.AFTER_DEATH,
        "mixed-tally": Why.COUNTED,
        "month-count": Why.COUNTED,
        "residue": Why.COUNTED,
        "feedback-code": Why.COUNTED,
        "stakeholder": Why.NO_PERSON,
        "subscription": Why.NO_PERSON,
        "actor": Why.OURS,
        "month-report": Why.SEALED,
        "cover-kept": Why.COUNTED,
        "roll-up": Why.COUNTED,
    }
)
"""Kinds that hold, or were made of, somebody in custody or what he said, and of which nothing is given."""
BESIDES: Final[Mapping[str, Why]] = MappingProxyType(
    {
        "letterbox": Why.SEALED,
        "idempotency_key": Why.OURS,
        "tally_key": Why.SEALED,
        "footing": Why.OURS,
        "stamp": Why.NO_PERSON,
        "relay": Why.NO_PERSON,
    }
)
"""Tables that hold no record."""
