"""The charter of a scheme: its plan, as data, in versions.

One row is one version whole, so that all sections are one look. What is open is what whoever might ask needs to know.
"""

import dataclasses
from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import derived, record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, CharterId, FindingId, ObjectiveId, SchemeId
from domain.kernel.moves import Life, Moves
from domain.schemes.belonging import OfScheme
from domain.schemes.needs import ANSWERS, EvidenceSource, SupportOutcome, TargetNeed
from domain.schemes.questions import MEMBERS, QUESTIONS, Section
from domain.schemes.record import LONGEST_REVIEW, OWN_ORGANISATION
from domain.schemes.tasks import Task


class CharterState(StrEnum):
    """Where a version stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    PUBLISHED = "PUBLISHED"
    SUPERSEDED = "SUPERSEDED"
    DISCARDED = "DISCARDED"
    """Given up before it was published. It is kept, for what those who sign said to it is theirs."""


CHARTER_MOVES: Final[Moves[CharterState]] = {
    CharterState.DRAFT: frozenset({CharterState.SUBMITTED, CharterState.DISCARDED}),
    CharterState.SUBMITTED: frozenset({CharterState.DRAFT, CharterState.PUBLISHED}),
    CharterState.PUBLISHED: frozenset({CharterState.SUPERSEDED}),
    CharterState.SUPERSEDED: frozenset(),
    CharterState.DISCARDED: frozenset(),
}
_DRAFT, _SUBMITTED = frozenset({CharterState.DRAFT}), frozenset({CharterState.SUBMITTED})
CHARTER_LIFE: Final = Life(
    "state",
    {
        Verb.AMEND_CHARTER: _DRAFT,
        Verb.SUBMIT_CHARTER: _DRAFT,
        Verb.RETURN_CHARTER: _SUBMITTED,
        Verb.SIGN_CHARTER: _SUBMITTED,
        Verb.PUBLISH_CHARTER: _SUBMITTED,
        Verb.DISCARD_CHARTER: _DRAFT,
    },
)
"""From where each verb may be done. What holds is superseded by the next version that is published, and by nobody."""
UNPUBLISHED: Final = (CharterState.DRAFT, CharterState.SUBMITTED)
"""Of these states one version may be at a time."""


class Lasting(StrEnum):
    """How long support lasts."""

    ONE_CONTACT = "ONE_CONTACT"
    AS_LONG_AS_NEEDED = "AS_LONG_AS_NEEDED"
    UNTIL_GOAL = "UNTIL_GOAL"
    FIXED_WEEKS = "FIXED_WEEKS"


class Ending(StrEnum):
    """What ends support. A change of supporter, wing or prison is none of these: it never does (S8)."""

    GOAL_MET = "GOAL_MET"
    NO_LONGER_NEEDED = "NO_LONGER_NEEDED"
    OWN_WISH = "OWN_WISH"
    TIME_AGREED_IS_OVER = "TIME_AGREED_IS_OVER"
    RELEASED = "RELEASED"
    PASSED_TO_OTHER_SUPPORT = "PASSED_TO_OTHER_SUPPORT"
    UNSAFE = "UNSAFE"


class Advertising(StrEnum):
    """Where places are advertised."""

    NOTICE_ON_EVERY_WING = "NOTICE_ON_EVERY_WING"
    KIOSK_OR_LAPTOP = "KIOSK_OR_LAPTOP"
    PRISON_RADIO = "PRISON_RADIO"
    INDUCTION = "INDUCTION"
    NEWSLETTER = "NEWSLETTER"
    OPEN_MEETING = "OPEN_MEETING"
    JOB_BOARD = "JOB_BOARD"


class StakeholderGroup(StrEnum):
    """Whom the plan has to take along."""

    GOVERNORS = "GOVERNORS"
    WING_STAFF = "WING_STAFF"
    CURRENT_SUPPORTERS = "CURRENT_SUPPORTERS"
    POTENTIAL_SUPPORTERS = "POTENTIAL_SUPPORTERS"
    PEOPLE_WHO_USE_IT = "PEOPLE_WHO_USE_IT"
    PARTNER = "PARTNER"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    SECURITY = "SECURITY"
    HEALTHCARE = "HEALTHCARE"
    CHAPLAINCY = "CHAPLAINCY"
    EDUCATION = "EDUCATION"
    ACTIVITIES_HUB = "ACTIVITIES_HUB"
    PROBATION = "PROBATION"
    FAMILIES = "FAMILIES"
    UNIONS = "UNIONS"


class EvaluationDesign(StrEnum):
    """How an evaluation is made: the label that its figures will bear (domain facts 5.5)."""

    COUNTS_ONLY = "COUNTS_ONLY"
    FEEDBACK_ONLY = "FEEDBACK_ONLY"
    BEFORE_AND_AFTER = "BEFORE_AND_AFTER"
    COMPARED_WITH_ANOTHER_WING = "COMPARED_WITH_ANOTHER_WING"
    COMPARED_WITH_ANOTHER_PERIOD = "COMPARED_WITH_ANOTHER_PERIOD"
    CONTROLLED = "CONTROLLED"
    INTERVIEWS = "INTERVIEWS"
    MIXED_METHODS = "MIXED_METHODS"
    INSPECTION = "INSPECTION"


@record(kind="charter", kept="six years after its scheme closes; it names nobody in custody", life=CHARTER_LIFE)
class Charter(OfScheme):
    """One version of a scheme's plan: every question with its answer, who signed it, and since when it holds."""

    id: Open[CharterId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    kind: Open[str]
    """The code of its scheme's kind."""
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    number: Open[int]
    """Which version of the plan: 1 is the first."""
    state: Open[CharterState] = CharterState.DRAFT
    in_force_from: Open[datetime | None] = None
    in_force_until: Open[datetime | None] = None
    """When the next version took its place, or the scheme closed."""

    purpose: Open[str | None] = None
    permitted_tasks: Open[tuple[Task, ...]] = ()
    """What a supporter may do: codes of the national catalogue of tasks."""
    prohibited_tasks: Open[tuple[Task, ...]] = ()
    """What a supporter may not do, beside what his kind of scheme never permits."""
    why_needed: Operational[str | None] = None
    meant_to_do: Operational[str | None] = None
    target_group: Open[str | None] = None
    needs: Open[tuple[TargetNeed, ...]] = ()
    needs_evidence: Operational[str | None] = None
    evidence_sources: Operational[tuple[EvidenceSource, ...]] = ()
    outcomes: Open[tuple[SupportOutcome, ...]] = ()
    support_lasts: Open[Lasting | None] = None
    lasts_weeks: Open[int | None] = None
    """How many weeks support lasts, where it lasts FIXED_WEEKS."""
    endings: Open[tuple[Ending, ...]] = ()
    when_available: Open[str | None] = None
    places: Open[tuple[str, ...]] = ()
    how_to_ask: Open[str | None] = None
    passed_on: Open[str | None] = None
    """What may leave the scheme, in words for whoever asks."""
    staff_hours_a_week: Operational[int | None] = None
    """Hours of staff in a week."""
    unlock_minutes_a_week: Operational[int | None] = None
    """Minutes in a week for which somebody is unlocked."""
    rooms: Operational[tuple[str, ...]] = ()
    materials: Operational[str | None] = None
    money_minor_units_a_year: Operational[int | None] = None
    """In minor units (pence, cents) of the jurisdiction's currency."""
    recruiting: Operational[str | None] = None
    advertised_by: Operational[tuple[Advertising, ...]] = ()
    weeks_left_at_least: Operational[int | None] = None
    """How many weeks of his sentence an applicant should still have before him."""
    training: Operational[str | None] = None
    training_modules: Operational[tuple[str, ...]] = ()
    practice_contacts: Operational[int | None] = None
    """Contacts in which a trainee is observed, before he is a supporter."""
    supporting: Operational[str | None] = None
    supporters_seen_every_days: Operational[int | None] = None
    """Days from one meeting with each supporter to the next, at most."""
    paying: Operational[str | None] = None
    paid: Operational[bool | None] = None
    stakeholders: Operational[tuple[StakeholderGroup, ...]] = ()
    engaging: Operational[str | None] = None
    knowing: Operational[str | None] = None
    evaluation_design: Operational[EvaluationDesign | None] = None
    analysis_on: Operational[date | None] = None
    """The day on which the evaluation is analysed."""
    objectives: Operational[tuple[ObjectiveId, ...]] = ()
    """The objectives by which its authors will know: all of them SMART before it is published."""
    growing: Operational[str | None] = None
    probation_weeks: Operational[int | None] = None
    """Weeks of a supporter's probation."""
    supervising: Operational[str | None] = None
    staff_seen_every_days: Operational[int | None] = None
    """Days from one meeting with the scheme's staff to the next, at most."""
    contingency: Operational[str | None] = None
    maintaining: Operational[str | None] = None
    involving: Operational[str | None] = None
    watching: Operational[str | None] = None
    review_on: Operational[date | None] = None
    """The day by which the plan is looked at again."""
    answers: Operational[tuple[FindingId, ...]] = ()
    """The findings that this version answers."""

    written_by: Operational[tuple[ActorId, ...]] = ()
    """Who began it or changed anything in it: none of them signs it."""
    submitted_at: Operational[datetime | None] = None
    signed_by_safer_custody: Operational[ActorId | None] = None
    signed_by_governor: Operational[ActorId | None] = None
    signed_by_partner: Operational[ActorId | None] = None

    @derived
    def missing(self, _now: datetime) -> Operational[tuple[Section, ...]]:
        """The sections that are not answered yet."""
        return missing(self)


SIGNATURES: Final[Mapping[Role, str]] = {
    Role.SAFER_CUSTODY: "signed_by_safer_custody",
    Role.GOVERNOR: "signed_by_governor",
    Role.PARTNER_VOLUNTEER: "signed_by_partner",
}
"""Who signs, and where it is kept."""

SIGNED: Final = ("purpose", "target_group", "how_to_ask", "places")
"""What the scheme says as well: while a version holds these are its words. Its review has a rule of its own."""

_UNDECIDED: Final = (None, "", ())


def missing(charter: Charter) -> tuple[Section, ...]:
    """The sections that are blank, in their order. Nought and no are answers."""
    return tuple(
        section
        for section, asked in QUESTIONS.items()
        if any(getattr(charter, m) in _UNDECIDED for m in asked.members if m not in asked.optional)
        or (section is Section.DURATION and charter.support_lasts is Lasting.FIXED_WEEKS and not charter.lasts_weeks)
    )


def faults(charter: Charter, today: date, *, prohibited: Collection[Task] = ()) -> tuple[str, ...]:
    """All that keeps this plan from being published, as codes: what is blank, and what does not fit together.
    `prohibited` are the tasks that its kind of scheme never permits, the national floor among them: whatever a plan
    says, it permits none of them, and its readers are told of each."""
    permitted, wanted, needs = set(charter.permitted_tasks), set(charter.outcomes), set(charter.needs)
    met = {need for outcome in wanted for need in ANSWERS[outcome]}
    guards = (
        (not permitted & set(charter.prohibited_tasks), "TASK_PERMITTED_AND_PROHIBITED"),
        (not permitted & set(prohibited), "TASK_PROHIBITED_BY_KIND"),
        (not charter.prohibited_tasks or set(prohibited) <= set(charter.prohibited_tasks), "PROHIBITION_DROPPED"),
        (not wanted or needs <= met, "NEED_WITHOUT_OUTCOME"),
        (not needs or all(ANSWERS[outcome] & needs for outcome in wanted), "OUTCOME_WITHOUT_NEED"),
        (charter.review_on is None or charter.review_on > today, "REVIEW_NOT_AHEAD"),
        (charter.review_on is None or charter.review_on <= today + LONGEST_REVIEW, "REVIEW_TOO_FAR_AHEAD"),
        (charter.analysis_on is None or charter.analysis_on > today, "ANALYSIS_NOT_AHEAD"),
    )
    return (*(f"BLANK_{s.value}" for s in missing(charter)), *(code for holds, code in guards if not holds))


def signatures_missing(charter: Charter) -> tuple[str, ...]:
    """Codes for the signatures that it still lacks. The partner signs where there is one other than the prison."""
    asked = {role: kept for role, kept in SIGNATURES.items() if role is not Role.PARTNER_VOLUNTEER}
    if charter.organisation != OWN_ORGANISATION:
        asked = dict(SIGNATURES)
    names = {Role.PARTNER_VOLUNTEER: "PARTNER"}
    return tuple(
        f"SIGNATURE_MISSING_{names.get(role, role.value)}"
        for role, kept in asked.items()
        if getattr(charter, kept) is None
    )


def unsigned(charter: Charter) -> Charter:
    """The same without any signature: what was signed is what was read, and nothing else."""
    return dataclasses.replace(charter, **dict.fromkeys(SIGNATURES.values()), submitted_at=None)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[Section, str, Any, Any]]:
    """(section, member, before, after) for each member that two versions answer otherwise, in reading order."""
    return [
        (section, member, before.get(member), after[member])
        for section, asked in QUESTIONS.items()
        for member in asked.members
        if _said(before.get(member)) != _said(after[member])
    ]


def _said(value: Any) -> Any:
    return None if value in _UNDECIDED else value


def answers_of(charter: Charter) -> dict[str, Any]:
    """What a version says, for the next one to begin with; the findings that it answered are answered."""
    return {member: getattr(charter, member) for member in MEMBERS if member != "answers"}
