"""What is given of records that are about the person himself: as somebody who was helped, and as a supporter."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from domain.care.debriefs import Debrief
from domain.care.postvention import PostventionTask
from domain.care.supervision import Supervision, SupervisionTalk
from domain.care.wellbeing import WellbeingCheck
from domain.care.wish import RotaWish
from domain.confidentiality.record import Record
from domain.evaluation.measurement import Measurement
from domain.leaving.handover import HandOver
from domain.passports.passport import Passport
from domain.passports.rating import SelfRating
from domain.passports.reference import Reference
from domain.pay.entries import PayEntry
from domain.sessions.appointments import PlannedAppointment
from domain.sessions.arrivals import Arrival
from domain.sessions.awards import Award
from domain.sessions.follow_ups import FollowUp
from domain.sessions.goals import EnrolmentGoal
from domain.sessions.group_places import GroupPlace
from domain.sessions.mandates import Mandate
from domain.sessions.record import Enrolment, Induction, Session
from domain.sessions.referrals import Referral
from domain.sessions.request import Request
from domain.sessions.support import SupportRecord
from domain.subject_access.told import Shown, Told, leaves
from domain.supporters.absences import Absence
from domain.supporters.record import Supporter
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.assessing import Assessment
from domain.supporters.recruiting.clearing import Clearance
from domain.supporters.recruiting.panel import PanelScore
from domain.supporters.suspension import Suspension
from domain.training.certificates import Certificate
from domain.training.cohorts import Attendance
from domain.training.practice import Practice, SignOff
from domain.turnover.holds import TransferHold

_MONTH: Final = Shown.BY_THE_MONTH


def _known_to_him(record: Any, today: date) -> bool:
    """Days at court or in hospital are told to nobody before they are over (`domain.supporters.absences`)."""
    return record.told_to_him or (record.last_on or record.first_on) < today


def _said_by_him(record: Any, _today: date) -> bool:
    """A wish for his days, and not what another wished of him."""
    return not record.asked_of_him


HELPED: Final[Mapping[type[Record], Told]] = MappingProxyType(
    {
        Request: Told(
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
        Arrival: Told(
            title="First days in prison",
            by="person",
            on="arrived_at",
            gives=("name", "wing", "arrived_at", "meet_by", "met_at", "closed_for"),
            leaves=leaves(ours="induction", elsewhere="person"),
        ),
        Induction: Told(
            title="Meetings with an Insider",
            by="person",
            on="seen_at",
            gives=(
                *("name", "wing", "arrived_at", "seen_at", "minutes_after_arrival", "checklist", "not_gone_through"),
                *("language", "told_policy", "concern_told_to_staff", "follow_up_on"),
            ),
            leaves=leaves(another="supporter supporter_person marks", elsewhere="person", by_whom="author"),
        ),
        Enrolment: Told(
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
        EnrolmentGoal: Told(
            title="Aims",
            by="person",
            on="set_on",
            gives=(*("outcome", "unit", "baseline", "target", "reached", "set_on", "due_on", "measured_on", "state"),),
            leaves=leaves(ours="enrolment", another="supporter_person", elsewhere="person"),
        ),
        Session: Told(
            title="Sessions",
            by="person",
            on="starts_at",
            gives=(
                *("wing", "starts_at", "ends_at", "state", "not_delivered", "called_off", "minutes", "manual"),
                *("page", "note", "words_gone_on"),
            ),
            leaves=leaves(ours="enrolment", another="supporter supporter_person marks", elsewhere="person"),
        ),
        SupportRecord: Told(
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
        PlannedAppointment: Told(
            title="Appointments",
            by="person",
            on="due_on",
            gives=("what", "due_on", "kept", "not_kept_for", "noted_on"),
            leaves=leaves(ours="enrolment", another="supporter_person", elsewhere="person"),
        ),
        GroupPlace: Told(
            title="Groups",
            by="person",
            on="held_on",
            gives=("name", "held_on", "came", "absent_for"),
            leaves=leaves(ours="group_session enrolment", elsewhere="person"),
        ),
        Award: Told(
            title="Awards",
            by="person",
            on="awarded_on",
            gives=("what", "programme", "manual", "awarded_on"),
            staff=("awarded_by",),
            leaves=leaves(ours="enrolment", another="mentor", elsewhere="person"),
        ),
        Referral: Told(
            title="Referrals to other services",
            by="person",
            on="agreed_on",
            gives=("referred_to", "agreed_on", "state", "answered_on"),
            staff=("author",),
            leaves=leaves(ours="enrolment", elsewhere="person"),
        ),
        FollowUp: Told(
            title="What is to be seen to",
            by="person",
            on="due_on",
            gives=("what", "whose", "due_on", "done_on", "outcome"),
            leaves=leaves(ours="which wing", another="supporter_person", elsewhere="person"),
        ),
        Measurement: Told(
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

SUPPORTING: Final[Mapping[type[Record], Told]] = MappingProxyType(
    {
        Supporter: Told(
            title="Your role as a peer supporter",
            by="person",
            on="applied_on",
            gives=(
                *("name", "wing", "languages", "standing", "applied_on", "motivation", "prison_verdict"),
                *("partner_verdict", "rejected_for", "appeal", "modules_passed", "observed_contacts"),
                *("shadowed_contacts", "signed_off", "failed_module", "compact_signed_on", "certificate"),
                *("certified_on", "certificate_expires_on", "probation_from", "active_from", "paused_on"),
                *("own_word_on", "supervisor_word_on", "left_on", "left_for", "agreed_to_be_listed"),
            ),
            leaves=leaves(ours="kind kind_version", elsewhere="person away", by_whom="trained_by"),
            closed=_MONTH,
        ),
        Application: Told(
            title="Your application",
            by="person",
            on="applied_on",
            gives=(
                *("applied_on", "consent_text", "helped_by", "panel", "panel_of_partner", "totals", "score"),
                *("decided_on", "deferred_for", "review_on", "waiting", "called_for", "appealed_on"),
            ),
            staff=("entered_by", "decided_by", "appeal_decided_by"),
            leaves=leaves(ours="vacancy turn", security="staff_reason", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        PanelScore: Told(
            title="What the panel gave you",
            by="person",
            on="given_on",
            gives=("side", "scores", "given_on"),
            leaves=leaves(elsewhere="person supporter", by_whom="author"),
            closed=_MONTH,
        ),
        Clearance: Told(
            title="Security checks",
            by="person",
            on="decided_on",
            gives=("decided_on",),
            leaves=leaves(
                security="outcome expires_on current lapsed_on", by_whom="decided_by", elsewhere="person supporter"
            ),
            closed=_MONTH,
        ),
        Assessment: Told(
            title="Checks of suitability",
            by="person",
            on="made_at",
            gives=("made_at", "valid_until", "source_known"),
            staff=("made_by",),
            leaves=leaves(
                ours="kind kind_version rule_version",
                security="results snapshot overrides",
                elsewhere="person supporter",
            ),
            closed=_MONTH,
        ),
        Attendance: Told(
            title="Training",
            by="person",
            on="held_on",
            gives=("module", "held_on", "attended", "hours"),
            leaves=leaves(ours="cohort", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Practice: Told(
            title="Practice",
            by="person",
            on="noted_for",
            gives=("how", "contacts", "noted_for"),
            staff=("observer",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        SignOff: Told(
            title="What you can do",
            by="person",
            on="signed_on",
            gives=("competence", "signed_on"),
            staff=("signed_by",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Certificate: Told(
            title="Certificates",
            by="person",
            on="awarded_on",
            gives=(*("number", "level", "awarding_body", "awarded_on", "expires_on", "refresher_due_on", "in_force"),),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Absence: Told(
            title="Days away",
            by="person",
            on="first_on",
            gives=("why", "first_on", "last_on"),
            leaves=leaves(ours="told_to_him", elsewhere="person supporter"),
            closed=_MONTH,
            which=_known_to_him,
        ),
        RotaWish: Told(
            title="What you asked of the rota",
            by="person",
            on="day",
            gives=("wish", "day", "band", "for_day", "for_band", "state"),
            leaves=leaves(ours="asked_of_him", another="other side", elsewhere="person supporter"),
            closed=_MONTH,
            which=_said_by_him,
        ),
        Mandate: Told(
            title="Wings that you spoke for",
            by="supporter_person",
            on="elected_on",
            gives=("name", "wing", "elected_on", "first_on", "last_on", "ended_on", "ended_for"),
            leaves=leaves(elsewhere="supporter_person supporter"),
            closed=_MONTH,
        ),
        Supervision: Told(
            title="Who supervises you",
            by="person",
            on="since",
            gives=("every_days", "since", "booked_for", "last_held_on", "ended_on"),
            staff=("supervisor",),
            leaves=leaves(ours="assignment hears", another="supervisee", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        SupervisionTalk: Told(
            title="Talks with your supervisor",
            by="person",
            on="booked_for",
            gives=(
                *("booked_for", "state", "missed_for", "held_on", "themes", "agreed", "note", "answer"),
                *("answer_in_words", "answered_on", "acknowledged_on", "words_gone_on"),
            ),
            staff=("supervisor",),
            leaves=leaves(ours="supervision", another="supervisee", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Debrief: Told(
            title="Talks after a shift",
            by="person",
            on="opens_at",
            gives=("because", "opens_at", "due_by", "state", "hard", "held_on"),
            staff=("supervisor", "held_by"),
            leaves=leaves(ours="entry", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        WellbeingCheck: Told(
            title="How you said you were",
            by="person",
            on="checked_on",
            gives=("checked_on", "rated", "intrusive_thoughts", "sleep", "wants_pause"),
            staff=("supervisor",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        PostventionTask: Told(
            title="Support after a death",
            by="person",
            on="offered_on",
            gives=("offered_on", "state", "answered_on", "given_on"),
            staff=("supervisor",),
            leaves=leaves(ours="postvention", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Suspension: Told(
            title="Suspensions",
            by="person",
            on="suspended_on",
            gives=(
                *("state", "disclosed_reason", "pay_kept", "stood", "suspended_on", "review_due_on", "reviewed_on"),
                *("finding", "prison_word", "partner_word", "decided_on", "decision_reason", "appealed_on"),
                *("appeal_ground", "appeal_decided_on"),
            ),
            leaves=leaves(
                security="category withheld_reason evidence",
                by_whom="suspended_by reviewed_by prison_decided_by partner_decided_by decided_by appeal_decided_by",
                would_warn="possible_retaliation",
                elsewhere="person supporter",
            ),
            closed=_MONTH,
        ),
        PayEntry: Told(
            title="Pay",
            by="person",
            on="week_of",
            gives=("week_of", "band", "half_days", "full_days", "money_minor_units"),
            staff=("entered_by",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Passport: Told(
            title="Your passport",
            by="person",
            on="consented_on",
            gives=(
                *("name", "certificate", "certified_on", "certificate_expires_on", "modules", "signed_off"),
                *("served_from", "served_until", "valid_until", "state", "consented_on", "withdrawn_on"),
                *("verified_on", "taken_on"),
            ),
            leaves=leaves(ours="kind", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Reference: Told(
            title="References",
            by="person",
            on="written_on",
            gives=("name", "strengths", "served_from", "served_until", "written_on", "state", "answered_on"),
            staff=("written_by",),
            leaves=leaves(ours="kind", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        SelfRating: Told(
            title="How you rated yourself",
            by="person",
            on="rated_on",
            gives=("moment", "identity", "confidence", "employability", "rated_on"),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        TransferHold: Told(
            title="Requests that you be not moved",
            by="person",
            on="asked_on",
            gives=("reason", "until", "state", "asked_on", "decided_on", "ended_on", "outcome"),
            staff=("asked_by", "decided_by"),
            leaves=leaves(security="refused_for", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        HandOver: Told(
            title="Handing over",
            by="person",
            on="started_on",
            gives=("started_on", "roster_entries", "still_open", "state", "done_on"),
            staff=("started_by",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
    }
)
"""As a supporter, or somebody who would be one."""
