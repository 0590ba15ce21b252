"""Who answers for something in a scheme, by role and never by name."""

from enum import StrEnum


class Answerable(StrEnum):
    """The role that sees to it."""

    COORDINATOR = "COORDINATOR"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    GOVERNOR = "GOVERNOR"
    ACTIVITIES_HUB = "ACTIVITIES_HUB"
    SECURITY = "SECURITY"
    HEALTHCARE = "HEALTHCARE"
    CHAPLAINCY = "CHAPLAINCY"
    EDUCATION = "EDUCATION"
    WING_STAFF = "WING_STAFF"
    PARTNER = "PARTNER"
    SUPPORTERS = "SUPPORTERS"
