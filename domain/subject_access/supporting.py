"""What is given of records about somebody who supports others, or would: of his role, his learning and his care.
Under a closed policy it holds no day: of each, its month (rule 21)."""

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
from domain.leaving.handover import HandOver
from domain.passports.passport import Passport
from domain.passports.rating import SelfRating
from domain.passports.reference import Reference
from domain.pay.entries import PayEntry
from domain.sessions.mandates import Mandate
from domain.subject_access.told import Given, Shown, leaves
from domain.supporters.absences import Absence
from domain.supporters.record import Supporter
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.assessing import Assessment
from domain.supporters.recruiting.panel import PanelScore
from domain.supporters.suspension import Suspension
from domain.training.certificates import Certificate
from domain.training.cohorts import Attendance
from domain.training.practice import Practice, SignOff
from domain.turnover.holds import TransferHold

_MONTH: Final = Shown.BY_THE_MONTH


def _known_to_him(record: Any, today: date) -> bool:
    """Days at court or in hospital are told to nobody before they are over (`domain.supporters.absences`)."""
    return record.told_to_him or (record.last_on is not None and record.last_on < today)


def _said_by_him(record: Any, _today: date) -> bool:
    """A wish for his days, and not what another wished of him."""
    return not record.asked_of_him


SUPPORTING: Final[Mapping[type[Record], Given]] = MappingProxyType(
    {
        Supporter: Given(
            title="Your role as a peer supporter",
            by="person",
            on="applied_on",
            gives=(
                *("name", "wing", "languages", "standing", "applied_on", "motivation", "prison_verdict"),
                *("partner_verdict", "rejected_for", "appeal", "modules_passed", "observed_contacts"),
                *("shadowed_contacts", "signed_off", "failed_module", "compact_signed_on", "certificate"),
                *("certified_on", "certificate_expires_on", "probation_from", "active_from", "paused_on"),
                "imported_on",
                *("own_word_on", "supervisor_word_on", "left_on", "left_for", "agreed_to_be_listed"),
            ),
            leaves=leaves(ours="kind kind_version", elsewhere="person away", by_whom="trained_by"),
            closed=_MONTH,
        ),
        Application: Given(
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
        PanelScore: Given(
            title="What the panel gave you",
            by="person",
            on="given_on",
            gives=("side", "scores", "given_on"),
            leaves=leaves(elsewhere="person supporter", by_whom="author"),
            closed=_MONTH,
        ),
        Assessment: Given(
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
        Attendance: Given(
            title="Training",
            by="person",
            on="held_on",
            gives=("module", "held_on", "attended", "hours"),
            leaves=leaves(ours="cohort", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Practice: Given(
            title="Practice",
            by="person",
            on="noted_for",
            gives=("how", "contacts", "noted_for"),
            staff=("observer",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        SignOff: Given(
            title="What you can do",
            by="person",
            on="signed_on",
            gives=("competence", "signed_on"),
            staff=("signed_by",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Certificate: Given(
            title="Certificates",
            by="person",
            on="awarded_on",
            gives=(*("number", "level", "awarding_body", "awarded_on", "expires_on", "refresher_due_on", "in_force"),),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Absence: Given(
            title="Days away",
            by="person",
            on="first_on",
            gives=("why", "first_on", "last_on"),
            leaves=leaves(ours="told_to_him", elsewhere="person supporter"),
            closed=_MONTH,
            which=_known_to_him,
        ),
        RotaWish: Given(
            title="What you asked of the rota",
            by="person",
            on="day",
            gives=("wish", "day", "band", "for_day", "for_band", "state"),
            leaves=leaves(ours="asked_of_him", another="other side", elsewhere="person supporter"),
            closed=_MONTH,
            which=_said_by_him,
        ),
        Mandate: Given(
            title="Wings that you spoke for",
            by="supporter_person",
            on="elected_on",
            gives=("name", "wing", "elected_on", "first_on", "last_on", "ended_on", "ended_for"),
            leaves=leaves(elsewhere="supporter_person supporter"),
            closed=_MONTH,
        ),
        Supervision: Given(
            title="Who supervises you",
            by="person",
            on="since",
            gives=("every_days", "since", "booked_for", "last_held_on", "ended_on"),
            staff=("supervisor",),
            leaves=leaves(ours="assignment hears", another="supervisee", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        SupervisionTalk: Given(
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
        Debrief: Given(
            title="Talks after a shift",
            by="person",
            on="opens_at",
            gives=("because", "opens_at", "due_by", "state", "hard", "held_on"),
            staff=("supervisor", "held_by"),
            leaves=leaves(ours="entry", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        WellbeingCheck: Given(
            title="How you said you were",
            by="person",
            on="checked_on",
            gives=("checked_on", "rated", "intrusive_thoughts", "sleep", "wants_pause"),
            staff=("supervisor",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        PostventionTask: Given(
            title="Support after a death",
            by="person",
            on="offered_on",
            gives=("offered_on", "state", "answered_on", "given_on"),
            staff=("supervisor",),
            leaves=leaves(ours="postvention", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Suspension: Given(
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
        PayEntry: Given(
            title="Pay",
            by="person",
            on="week_of",
            gives=("week_of", "band", "half_days", "full_days", "money_minor_units"),
            labels=MappingProxyType({"band": "Pay band"}),
            staff=("entered_by",),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        Passport: Given(
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
        Reference: Given(
            title="References",
            by="person",
            on="written_on",
            gives=("name", "strengths", "served_from", "served_until", "written_on", "state", "answered_on"),
            staff=("written_by",),
            leaves=leaves(ours="kind", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        SelfRating: Given(
            title="How you rated yourself",
            by="person",
            on="rated_on",
            gives=("moment", "identity", "confidence", "employability", "rated_on"),
            leaves=leaves(elsewhere="person supporter"),
            closed=_MONTH,
        ),
        TransferHold: Given(
            title="Requests that you be not moved",
            by="person",
            on="asked_on",
            gives=("reason", "until", "state", "asked_on", "decided_on", "ended_on", "outcome"),
            staff=("asked_by", "decided_by"),
            leaves=leaves(security="refused_for", elsewhere="person supporter"),
            closed=_MONTH,
        ),
        HandOver: Given(
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
