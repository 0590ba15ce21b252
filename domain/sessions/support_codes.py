"""The codes in which help is recorded (domain facts 1.4 to 1.11 and 3.8). Codes never change with language."""

from enum import StrEnum


class Issue(StrEnum):
    """What somebody needs help with."""

    HOUSING = "HOUSING"
    DEBT = "DEBT"
    BENEFITS = "BENEFITS"
    WORK = "WORK"
    EDUCATION = "EDUCATION"
    FAMILY = "FAMILY"
    IMMIGRATION = "IMMIGRATION"
    IDENTITY_DOCUMENTS = "IDENTITY_DOCUMENTS"
    PHYSICAL_ACTIVITY = "PHYSICAL_ACTIVITY"
    DIET_OR_WEIGHT = "DIET_OR_WEIGHT"
    SMOKING = "SMOKING"
    SUBSTANCE_USE = "SUBSTANCE_USE"
    HEALTH_SERVICES = "HEALTH_SERVICES"
    RELEASE_PLAN = "RELEASE_PLAN"
    OTHER = "OTHER"


class Advice(StrEnum):
    """What was done about it in words."""

    INFORMATION_GIVEN = "INFORMATION_GIVEN"
    OPTIONS_EXPLAINED = "OPTIONS_EXPLAINED"
    FORM_EXPLAINED = "FORM_EXPLAINED"
    SIGNPOSTED = "SIGNPOSTED"
    PLAN_MADE = "PLAN_MADE"
    DISPUTE_TALKED_THROUGH = "DISPUTE_TALKED_THROUGH"


class Agency(StrEnum):
    """To whom somebody was referred."""

    HOUSING_SERVICE = "HOUSING_SERVICE"
    DEBT_ADVICE = "DEBT_ADVICE"
    JOB_CENTRE = "JOB_CENTRE"
    EDUCATION = "EDUCATION"
    HEALTHCARE = "HEALTHCARE"
    DRUG_AND_ALCOHOL_SERVICE = "DRUG_AND_ALCOHOL_SERVICE"
    CHAPLAINCY = "CHAPLAINCY"
    FAMILY_SERVICE = "FAMILY_SERVICE"
    LEGAL_ADVICE = "LEGAL_ADVICE"
    IMMIGRATION_ADVICE = "IMMIGRATION_ADVICE"
    PROBATION = "PROBATION"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    VETERANS_SERVICE = "VETERANS_SERVICE"


class ReferralStanding(StrEnum):
    """How a referral stands."""

    MADE = "MADE"
    ACCEPTED = "ACCEPTED"
    NOT_ACCEPTED = "NOT_ACCEPTED"


class IssueOutcome(StrEnum):
    """What came of an issue."""

    RESOLVED = "RESOLVED"
    PART_RESOLVED = "PART_RESOLVED"
    UNRESOLVED = "UNRESOLVED"


class DocumentKind(StrEnum):
    """A kind of paper that somebody was helped with. What it says is never recorded (domain facts 1.11)."""

    APPLICATION = "APPLICATION"
    COMPLAINT_FORM = "COMPLAINT_FORM"
    CANTEEN_SHEET = "CANTEEN_SHEET"
    MENU_SHEET = "MENU_SHEET"
    VISIT_FORM = "VISIT_FORM"
    PHONE_NUMBERS_FORM = "PHONE_NUMBERS_FORM"
    PROPERTY_FORM = "PROPERTY_FORM"
    BENEFIT_FORM = "BENEFIT_FORM"
    JOB_APPLICATION = "JOB_APPLICATION"


class Appointment(StrEnum):
    """What a mentor goes to with somebody, around release above all (domain facts 1.10)."""

    MET_AT_GATE = "MET_AT_GATE"
    FIRST_NIGHT_ACCOMMODATION = "FIRST_NIGHT_ACCOMMODATION"
    GP = "GP"
    BENEFITS = "BENEFITS"
    PROBATION = "PROBATION"
    TREATMENT = "TREATMENT"
    VISIT_OR_CLINIC_INSIDE = "VISIT_OR_CLINIC_INSIDE"
