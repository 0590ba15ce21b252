"""The closed words of a kind's attribute sheet (domain facts 1.0 and 1.12). Codes never change with language (rule 28).

They are closed on purpose. A kind is data and may be made by headquarters without a release; what it may *say* is
agreed once, here, under review. With a free code for a task, 'wash and dress' would be a permitted task under another
name, and the national floor would be worth nothing.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from domain.kernel.words import PackPart


class SupportType(StrEnum):
    """What kind of support is given, or asked for (seed: emotional, education, resettlement, health, advocacy …)."""

    EMOTIONAL = "EMOTIONAL"
    INDUCTION = "INDUCTION"
    EDUCATION = "EDUCATION"
    INFORMATION_ADVICE = "INFORMATION_ADVICE"
    HEALTH_ADVICE = "HEALTH_ADVICE"
    SOCIAL_CARE = "SOCIAL_CARE"
    RECOVERY = "RECOVERY"
    RESETTLEMENT = "RESETTLEMENT"
    ADVOCACY_REPRESENTATION = "ADVOCACY_REPRESENTATION"
    SAFETY_VIOLENCE_REDUCTION = "SAFETY_VIOLENCE_REDUCTION"
    FAITH_CULTURE_IDENTITY = "FAITH_CULTURE_IDENTITY"
    END_OF_LIFE = "END_OF_LIFE"


class Stage(StrEnum):
    """When in a sentence (seed: 'during induction and/or later in sentences'). Arrival, transfer and release are when
    people say that they feel most vulnerable (domain facts 1.2)."""

    INDUCTION = "INDUCTION"
    SETTLED = "SETTLED"
    TRANSFER = "TRANSFER"
    BEFORE_RELEASE = "BEFORE_RELEASE"
    AFTER_RELEASE = "AFTER_RELEASE"
    ANY = "ANY"


class Contact(StrEnum):
    """How a contact is recorded (domain facts 3.7 and 3.10). Sessions of groups, cases and logs of tasks have no record
    of their own in the service yet; a kind that counts by them says so, and its schemes record none."""

    TALLY = "TALLY"
    """A count in codes, handed into a letterbox: closed policies, and only they."""
    INDUCTION = "INDUCTION"
    ENROLMENT = "ENROLMENT"
    CASE = "CASE"
    TASK_LOG = "TASK_LOG"
    GROUP = "GROUP"


NEEDED_FOR: Final[Mapping[Contact, PackPart | None]] = {
    Contact.TALLY: PackPart.OFFERS,
    Contact.INDUCTION: PackPart.ONE_TO_ONE,
    Contact.ENROLMENT: PackPart.ONE_TO_ONE,
    Contact.CASE: PackPart.ONE_TO_ONE,
    Contact.TASK_LOG: PackPart.ONE_TO_ONE,
    Contact.GROUP: None,
}
"""What a jurisdiction must have for contacts of this form."""


class Holder(StrEnum):
    """Who owns content, or holds identity."""

    PARTNER = "PARTNER"
    PRISON = "PRISON"
    EDUCATION = "EDUCATION"
    HEALTHCARE = "HEALTHCARE"
    LOCAL_AUTHORITY = "LOCAL_AUTHORITY"
    TREATMENT_PROVIDER = "TREATMENT_PROVIDER"
    PROBATION = "PROBATION"


class Pay(StrEnum):
    """How supporters are paid. Never by the piece: paying for each contact rewards volume (domain facts 2.4)."""

    UNPAID = "UNPAID"
    LOCAL_BAND = "LOCAL_BAND"
    """By the prison's own published structure."""


class Basis(StrEnum):
    """On what ground something may leave a scheme (domain facts 4.4). What is not here is no ground: curiosity, reviews
    of incidents, discipline. Two depend on the partner's policy and are in no published list: ESCAPE_OR_SECURITY and
    SERIOUS_CRIME_PREVENTION."""

    CONSENT = "CONSENT"
    VITAL_INTERESTS = "VITAL_INTERESTS"
    CHILD_PROTECTION = "CHILD_PROTECTION"
    ADULT_SAFEGUARDING = "ADULT_SAFEGUARDING"
    TERRORISM = "TERRORISM"
    COURT_ORDER = "COURT_ORDER"
    POLICE_INVESTIGATION = "POLICE_INVESTIGATION"
    ESCAPE_OR_SECURITY = "ESCAPE_OR_SECURITY"
    ABUSE_OF_SERVICE = "ABUSE_OF_SERVICE"
    SERIOUS_CRIME_PREVENTION = "SERIOUS_CRIME_PREVENTION"


class EligibilityRule(StrEnum):
    """What is looked at before somebody becomes a supporter (domain facts 2.3). The parameter's meaning is said with
    each; a rule without one has none. They are evaluated, with a snapshot, by the recruiting of supporters."""

    SECURITY_CLEARANCE = "SECURITY_CLEARANCE"
    """The outcome alone. Parameter: months that it holds."""
    INCENTIVE_LEVEL = "INCENTIVE_LEVEL"
    """Parameter: 1 Basic, 2 Standard, 3 Enhanced, at least. 'Enhanced' shuts out remand and newcomers."""
    TIME_LEFT = "TIME_LEFT"
    """Parameter: months left to serve, at least."""
    ACCT_OPEN = "ACCT_OPEN"
    ACCT_POST_CLOSURE = "ACCT_POST_CLOSURE"
    CSIP_OPEN = "CSIP_OPEN"
    RECENT_VIOLENCE = "RECENT_VIOLENCE"
    """Proven. Parameter: months back."""
    DRUG_ADJUDICATION = "DRUG_ADJUDICATION"
    """Parameter: months back."""
    SAFETY_ALERT = "SAFETY_ALERT"
    """Bully, corruptor, racist, gang, escape, terrorism: alerts go stale, so they are looked at, never obeyed."""
    OFFENCE_TYPE = "OFFENCE_TYPE"
    """Only the outcome is kept."""
    ABSTINENCE = "ABSTINENCE"
    """Attested by the treatment provider. Parameter: months."""
    LITERACY = "LITERACY"
    HEALTH_FITNESS = "HEALTH_FITNESS"
    """Yes or no from healthcare, no diagnosis."""
    ROLES_HELD = "ROLES_HELD"
    """Parameter: other roles at most."""
    LIVED_EXPERIENCE = "LIVED_EXPERIENCE"
    SERVED_IN_FORCES = "SERVED_IN_FORCES"
    ELECTED = "ELECTED"
    MEMBER_OF_PARTNER = "MEMBER_OF_PARTNER"


NEEDED_BY: Final[Mapping[EligibilityRule, PackPart]] = {
    EligibilityRule.INCENTIVE_LEVEL: PackPart.INCENTIVES,
    EligibilityRule.ACCT_OPEN: PackPart.ACCT,
    EligibilityRule.ACCT_POST_CLOSURE: PackPart.ACCT,
    EligibilityRule.CSIP_OPEN: PackPart.CSIP,
}
"""Rules that speak of what one jurisdiction has and another has not."""


class Weight(StrEnum):
    """How a rule counts."""

    HARD = "HARD"
    """Who fails it is refused, unless somebody overrides it with a reason."""
    SOFT = "SOFT"
    REVIEW = "REVIEW"
    """Somebody looks at it. Never an automatic no: an open ACCT is a reason to talk, not a ban for life."""


class DebriefAfter(StrEnum):
    """What a debrief follows. Of a closed policy it follows the rota, so that it tells of no contact (rule 9)."""

    ROSTERED_BAND = "ROSTERED_BAND"
    CONCERN_RAISED = "CONCERN_RAISED"
    ON_REQUEST = "ON_REQUEST"
