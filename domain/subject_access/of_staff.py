"""What is given of members of staff, who are subjects too: which roles they hold, when they were on duty, who
supervises them, and CONDUCT that names them, without its author and without anything that an account of somebody
concerned would change (rules 6 and 21)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.care.supervision import Supervision
from domain.confidentiality.record import Record
from domain.oversight.record import Assignment, Duty
from domain.sessions.conduct import Conduct
from domain.subject_access.told import Given, Why, leaves

STAFF: Final[Mapping[type[Record], Given]] = MappingProxyType(
    {
        Assignment: Given(
            title="Roles that you hold in this service",
            by="holder",
            on="starts_on",
            gives=("role", "organisation", "starts_on", "ends_on", "visit_days", "ended_at", "last_used_on"),
            leaves=leaves(
                ours="issuer principal_kind proposer_organisation needs_second",
                elsewhere="holder subject",
                by_whom="proposed_by confirmed_by",
            ),
        ),
        Duty: Given(
            title="Duties that you declared",
            by="author",
            on="starts_at",
            gives=("wings", "band", "starts_at", "ends_at"),
            leaves=leaves(elsewhere="author"),
        ),
        Supervision: Given(
            title="Who supervises you",
            by="supervisee",
            on="since",
            gives=("every_days", "since", "booked_for", "last_held_on", "ended_on"),
            staff=("supervisor",),
            leaves=leaves(ours="assignment hears", another="person supporter", elsewhere="supervisee"),
        ),
        Conduct: Given(
            title="Requests that were not met, with a code that you gave",
            by="coded_by",
            on="at",
            gives=("wing", "at", "ended", "code", "late", "after_hold", "decided_by_role", "held_up_for", "held_up_by"),
            leaves=leaves(
                ours="goes_up",
                elsewhere="coded_by",
                security="noted_by cleared_by",
                would_warn="review verdict reviewed_by reviewed_on accounts reconciled accounts_on window_asked_for",
            ),
        ),
    }
)
"""By the field that holds our id for him."""
NOTHING_OF_STAFF: Final[Mapping[str, Why]] = MappingProxyType(
    {
        **dict.fromkeys(("complaint", "incident", "feedback", "escalation"), Why.IN_CONFIDENCE),
        **dict.fromkeys(("breach", "unusual-look"), Why.WOULD_WARN),
        **dict.fromkeys(("job", "watch", "supervision-talk"), Why.HE_READS_IT),
        "actor": Why.ELSEWHERE,
        **dict.fromkeys(
            (
                *("activation", "application", "assessment", "award", "charter", "charter-comment"),
                *("clearance", "cohort", "debrief", "envelope-hold", "evaluation", "exception-list", "finding"),
                *("hand-over", "induction", "ledger-line", "log-entry", "measurement", "movement-review"),
                *("news", "objective", "panel-score", "pay-entry", "person-merge", "postvention"),
                *("postvention-task", "practice", "proposal", "reference", "referral", "request", "roster-entry"),
                *("scheme", "scheme-kind", "sign-off", "staff-note", "subscription", "support-record"),
                *("supporter", "suspension", "transfer-hold", "vacancy", "wellbeing-check"),
            ),
            Why.OF_THE_WORK,
        ),
    }
)
"""Kinds that say by whom of the staff something was done, and of which nothing is given."""
