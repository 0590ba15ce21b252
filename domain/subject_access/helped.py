"""What is given of records about somebody who was helped: of him, and not of whoever helped him."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.confidentiality.record import Record
from domain.evaluation.measurement import Measurement
from domain.sessions.appointments import PlannedAppointment
from domain.sessions.arrivals import Arrival
from domain.sessions.awards import Award
from domain.sessions.follow_ups import FollowUp
from domain.sessions.goals import EnrolmentGoal
from domain.sessions.group_places import GroupPlace
from domain.sessions.record import Enrolment, Induction, Session
from domain.sessions.referrals import Referral
from domain.sessions.request import Request
from domain.sessions.staff_notes import StaffNote
from domain.sessions.support import SupportRecord
from domain.subject_access.told import Given, leaves

HELPED: Final[Mapping[type[Record], Given]] = MappingProxyType(
    {
        Request: Given(
            title="Requests for support",
            by="person",
            on="asked_at",
            gives=(
                *("channel", "need", "urgency", "wing", "cell", "recipient", "language", "first_night"),
                *("stage_of_sentence", "band", "state", "asked_at", "recorded_at", "late", "offered_at"),
                *("accepted_at", "unlocked_at", "minutes_to_offer", "minutes_to_accept", "minutes_to_unlock"),
                *("place", "ended_at", "refusal_ground", "refusal_code", "refused_by_role", "alternative"),
                *("delay_codes", "delay_roles", "delay_waits", "delay_minutes"),
            ),
            leaves=leaves(
                ours="unverified after_hold readable_until",
                offers="offered_to declined_by",
                another="not_wanted",
                elsewhere="person",
                by_whom="author cleared_by refused_by delay_actors",
            ),
        ),
        Arrival: Given(
            title="First days in prison",
            by="person",
            on="arrived_at",
            gives=("name", "wing", "arrived_at", "meet_by", "met_at", "closed_for"),
            leaves=leaves(ours="induction", elsewhere="person"),
        ),
        Induction: Given(
            title="Meetings with an Insider",
            by="person",
            on="seen_at",
            gives=(
                *("name", "wing", "arrived_at", "seen_at", "minutes_after_arrival", "checklist", "not_gone_through"),
                *("language", "told_policy", "concern_told_to_staff", "follow_up_on"),
            ),
            leaves=leaves(another="supporter supporter_person marks", elsewhere="person", by_whom="author"),
        ),
        Enrolment: Given(
            title="Help from a peer supporter",
            by="person",
            on="enrolled_on",
            gives=(
                *("name", "wing", "state", "goal", "needs", "stage_of_sentence", "programme", "manual", "page"),
                *("manuals_passed", "checks_passed", "sessions_a_week", "enrolled_on", "reviewed_on", "reviewed_as"),
                *("review_due_on", "ended_on", "ended_for", "shared", "carried_on"),
            ),
            leaves=leaves(
                ours="carries_on",
                elsewhere="person",
                another="supporter supporter_person earlier_supporters earlier_since earlier_until earlier_for"
                " mentor_since",
            ),
        ),
        EnrolmentGoal: Given(
            title="Aims",
            by="person",
            on="set_on",
            gives=(*("outcome", "unit", "baseline", "target", "reached", "set_on", "due_on", "measured_on", "state"),),
            leaves=leaves(ours="enrolment", another="supporter_person", elsewhere="person"),
        ),
        Session: Given(
            title="Sessions",
            by="person",
            on="starts_at",
            gives=(
                *("wing", "starts_at", "ends_at", "state", "not_delivered", "called_off", "minutes", "manual"),
                *("page", "note", "words_gone_on"),
            ),
            leaves=leaves(ours="enrolment", another="supporter supporter_person marks", elsewhere="person"),
        ),
        SupportRecord: Given(
            title="Help that was given",
            by="person",
            on="held_on",
            gives=(
                *("name", "wing", "held_on", "minutes", "issue", "advice", "tasks_done", "documents", "referred_to"),
                *("referral", "appointment", "kept", "relapse_support", "outcome", "concern_told_to_staff", "state"),
                *("note", "words_gone_on"),
            ),
            leaves=leaves(
                ours="enrolment returned_for corrects corrected_by",
                another="supporter supporter_person marks",
                elsewhere="person",
                by_whom="author amended_by approved_by",
            ),
        ),
        StaffNote: Given(
            title="Notes of staff",
            by="person",
            on="noted_at",
            gives=("noted_at", "words", "words_gone_on"),
            leaves=leaves(ours="enrolment", elsewhere="person", by_whom="author"),
        ),
        PlannedAppointment: Given(
            title="Appointments",
            by="person",
            on="due_on",
            gives=("what", "due_on", "kept", "not_kept_for", "noted_on"),
            leaves=leaves(ours="enrolment", another="supporter_person", elsewhere="person"),
        ),
        GroupPlace: Given(
            title="Groups",
            by="person",
            on="held_on",
            gives=("name", "held_on", "came", "absent_for"),
            leaves=leaves(ours="group_session enrolment", elsewhere="person"),
        ),
        Award: Given(
            title="Awards",
            by="person",
            on="awarded_on",
            gives=("what", "programme", "manual", "awarded_on"),
            staff=("awarded_by",),
            leaves=leaves(ours="enrolment", another="mentor", elsewhere="person"),
        ),
        Referral: Given(
            title="Referrals to other services",
            by="person",
            on="agreed_on",
            gives=("referred_to", "agreed_on", "state", "answered_on"),
            staff=("author",),
            leaves=leaves(ours="enrolment", elsewhere="person"),
        ),
        FollowUp: Given(
            title="What is to be seen to",
            by="person",
            on="due_on",
            gives=("what", "whose", "due_on", "done_on", "outcome"),
            leaves=leaves(ours="which wing", another="supporter_person", elsewhere="person"),
        ),
        Measurement: Given(
            title="Questions answered for an evaluation",
            by="person",
            on="taken_on",
            gives=("instrument", "point", "taken_on", "mode", "answers", "missed", "risk_told_on"),
            leaves=leaves(
                ours="evaluation enrolment instrument_version enrolled_on compared consent_version",
                elsewhere="person",
                by_whom="author",
            ),
        ),
    }
)
"""As somebody who was helped."""
